"""The table as JSON, a row on a line, piece by piece: that of a country has hundreds of thousands of rows."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

_told = json.JSONEncoder(ensure_ascii=False).encode


def json_pieces(table: Mapping[str, object]) -> Iterator[str]:
    """The pieces of the JSON text, which together end with a line end. Equal tables are equal bytes."""
    mark = "{"
    for key, value in table.items():
        yield f"{mark}\n  {_told(key)}: "
        yield from _rows(value) if isinstance(value, list) else (_told(value),)
        mark = ","
    yield "\n}\n"


def _rows(rows: list[object]) -> Iterator[str]:
    """The items of a list, each on a line of its own."""
    mark = "["
    for row in rows:
        yield f"{mark}\n    {_told(row)}"
        mark = ","
    yield "\n  ]" if rows else "[]"
