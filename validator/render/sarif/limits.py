"""The limits of GitHub code scanning: of more results, more rules or a larger file it takes nothing at all."""

from __future__ import annotations

import zlib

from validator.logic.report import Report
from validator.logic.text import Language, Text
from validator.render.fitted import Fitted, as_many_as_fit, bytes_of
from validator.render.json_text import json_text
from validator.render.sarif.log import log_of
from validator.render.sarif.results import Profile, Told, chosen

MOST_RESULTS = 25_000
MOST_RULES = 25_000
MOST_BYTES = 10_000_000  # compressed


def within_limits(report: Report, language: Language, profile: Profile) -> Fitted:
    """The log with the worst results, as many as are taken; what is left out is told in it and beside it."""
    every = chosen(report, profile)
    most = _within_counts(every)

    def made(number: int) -> str:
        log = log_of(report, every[:number], language, profile, left_out(number, len(every)))
        return json_text(log) + "\n"

    text, number = as_many_as_fit(most, MOST_BYTES, made, _packed)
    return Fitted(text, left_out(number, len(every)))


def left_out(shown: int, every: int) -> Text | None:
    """What to tell where not every result is shown."""
    if shown == every:
        return None
    rest = every - shown
    return Text(
        f"sarif: в пределы формата вошли {shown} самых серьёзных результатов из {every}, не вошло {rest}; "
        "все есть в -o json",
        f"sarif: the limits of the format let in the {shown} gravest of {every} results, {rest} are left out; "
        "all are in -o json",
    )


def _within_counts(every: list[Told]) -> int:
    """How many of the first results there may be, by their number and that of their rules."""
    rules: set[str] = set()
    for number, told in enumerate(every[:MOST_RESULTS]):
        rules.add(told.rule)
        if len(rules) > MOST_RULES:
            return number
    return min(len(every), MOST_RESULTS)


def _packed(text: str) -> int:
    """The size of the file when it is uploaded; a small one is not packed to find out."""
    size = bytes_of(text)
    return size if size <= MOST_BYTES else len(zlib.compress(text.encode("utf-8", "replace")))
