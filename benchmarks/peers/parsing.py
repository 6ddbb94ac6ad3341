"""JSON for engines that take objects of Python: the quickest parser at hand, so that no engine loses time on it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

Document = dict[str, Any]
loads: Callable[[bytes], Document]
try:
    import orjson

    loads, PARSER = orjson.loads, "orjson"
except ImportError:
    loads, PARSER = json.loads, "json"


def by_ref(items: list[Document]) -> dict[str, Document]:
    """The items by their `ref`: the index that references need and no engine builds by itself."""
    return {item["ref"]: item for item in items}
