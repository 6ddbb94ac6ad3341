"""Days and policies in the words of findings: `с 01.03.2026`, `from 2026-03-01 on`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from validator.logic.policy import Period
from validator.logic.text import Text, plural_ru

# The days that questions are about; a period that reaches an end of them has no end there.
FIRST, LAST = date(2000, 1, 1), date(2099, 12, 31)

# So many policies are named in a sentence; of more their number is told, and the report names them beside it.
_NAMED = 4


def policies_told(names: Sequence[str]) -> Text:
    """The policies at the end of a sentence, by name or, when there are many, by their number."""
    if len(names) <= _NAMED:
        quoted = ", ".join(f"`{name}`" for name in names)
        return Text(quoted, quoted)
    number = len(names)
    return Text(f"{number} {plural_ru(number, 'политике', 'политиках', 'политиках')}", f"{number} policies")


def days_after(period: Period) -> Text:
    """The days at the end of a clause, with the space before them; nothing for all days."""
    told = _told(period)
    return Text("", "") if told is None else Text(f" {told.ru}", f" {told.en}")


def days_line(period: Period) -> Text:
    """The days as a line of their own."""
    told = _told(period)
    if told is None:
        return Text("во все дни", "on all days")
    if period.first == period.last:
        return Text(f"только {told.ru}", f"{told.en} only")
    return told


def _told(period: Period) -> Text | None:
    first = None if period.first is None or period.first <= FIRST else _day(period.first)
    last = None if period.last is None or period.last >= LAST else _day(period.last)
    if first is None:
        return None if last is None else Text(f"по {last.ru}", f"through {last.en}")
    if last is None:
        return Text(f"с {first.ru}", f"from {first.en} on")
    if first == last:
        return Text(first.ru, f"on {first.en}")
    return Text(f"с {first.ru} по {last.ru}", f"from {first.en} through {last.en}")


def _day(day: date) -> Text:
    return Text(day.strftime("%d.%m.%Y"), day.isoformat())
