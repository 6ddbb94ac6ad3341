"""The roll-up as JSON: itself, nothing added. Keys keep their order, so equal tables are equal bytes."""

from __future__ import annotations

from validator.journeys.rollup.pieces import json_pieces
from validator.logic.batch import RollUpTable
from validator.logic.text import Language


def render(table: RollUpTable, language: Language = "ru") -> str:  # noqa: ARG001 - machines read no language
    """The table as JSON text with a final line end."""
    return "".join(json_pieces(table))
