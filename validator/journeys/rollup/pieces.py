"""The table as JSON, piece by piece: that of a country has hundreds of thousands of rows."""

from __future__ import annotations

import json
from collections.abc import Iterator

from validator.logic.batch import RollUpTable


def json_pieces(table: RollUpTable) -> Iterator[str]:
    """The pieces of the JSON text, which together end with a line end. Equal tables are equal bytes."""
    yield from json.JSONEncoder(ensure_ascii=False, indent=2).iterencode(table)
    yield "\n"
