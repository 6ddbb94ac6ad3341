"""What every report needs to be put together. The types of its parts are in `report.py`, which no run needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.logic.text import Text

if TYPE_CHECKING:
    from validator.logic.report import BothTexts

SCHEMA = "sverka.report/1"


def both(text: Text) -> BothTexts:
    """A text as reports hold it."""
    return {"ru": text.ru, "en": text.en}
