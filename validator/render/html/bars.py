"""Rows with bars: verdicts by municipality and by policy, the worst first.

A bar is a drawing of its own in a cell of the table, so it needs no other table behind it: the numbers that it
shows stand beside it, and are what it is called.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import quote

from validator.logic.batch import Judgements, MunicipalityRow, PolicyRow, RollUpTable
from validator.logic.report import BothTexts, PolicyEntry
from validator.logic.text import Language, Text
from validator.render.html.words import BARS
from validator.render.rollup.words import number_text, percent_text, person_text
from validator.render.safe import one_line
from validator.render.words import say

SHOWN = 12
WIDTH = 1000
NO_PLACE = Text("не указан", "not given")


class Piece(NamedTuple):
    """A part of a bar: the name of its colour, where it begins and how long it is, of `WIDTH`."""

    colour: str
    start: int
    length: int


class Row(NamedTuple):
    """A municipality or a policy: `more` is told in small letters, `link` leads to its findings."""

    name: str
    more: str
    link: str
    told: str
    bar: list[Piece]
    cells: list[str]


class Bars(NamedTuple):
    """The rows that are shown, and those that are folded away."""

    shown: list[Row]
    folded: list[Row]


def by_municipality(table: RollUpTable, regions: Mapping[str, BothTexts], language: Language) -> Bars:
    """All municipalities; `regions` names the regions in words."""
    rows = sorted(table["by_municipality"], key=lambda row: (-_all_violations(row), -row["judgements"]["unknown"]))
    longest = max((_length(row["judgements"]) for row in rows), default=0)
    threshold = table["persons_rule"]["threshold"]
    return _folded([_municipality(row, longest, threshold, regions, language) for row in rows])


def _all_violations(row: MunicipalityRow) -> int:
    return row["judgements"]["violation"] + (row["persons"]["violation"] or 0)


def region_name(code: str, regions: Mapping[str, BothTexts], language: Language) -> str:
    """A region in words; one that has none by its code."""
    if code in regions:
        return one_line(say(regions[code], language))
    return f"{'регион' if language == 'ru' else 'region'} {one_line(code)}"


def _municipality(
    row: MunicipalityRow, longest: int, threshold: int, regions: Mapping[str, BothTexts], language: Language
) -> Row:
    name = say(NO_PLACE, language) if row["municipality"] is None else one_line(row["municipality"])
    exact, persons, own = row["judgements"], row["persons"], row["coverage"]
    place = f"{one_line(row['region'])}|{one_line(row['municipality'] or '')}"
    return Row(
        name=name,
        more=region_name(row["region"], regions, language),
        link=link_to("municipality", place),
        told=told(exact, language),
        bar=pieces(exact, longest),
        cells=[
            number_text(row["organizations"]["evaluated"]),
            number_text(row["organizations"]["with_violation"]),
            *([] if own is None else [percent_text(own["percent"], language)]),
            number_text(exact["violation"]),
            person_text(persons["violation"], persons["hidden"].get("violation"), threshold, language),
            number_text(exact["unknown"]),
            percent_text(exact["unknown_percent"], language),
        ],
    )


def has_coverage(table: RollUpTable) -> bool:
    """Whether the municipalities have a coverage of their own: all have, or none."""
    return any(row["coverage"] is not None for row in table["by_municipality"])


def by_policy(table: RollUpTable, entries: dict[str, PolicyEntry], language: Language) -> Bars:
    """The norms and decisions that are not about persons and were judged at least once."""
    found = [
        (row, exact)
        for row in table["by_policy"]
        if (exact := row["judgements"]) is not None and exact["applicable"] and row["policy"] in entries
    ]
    found.sort(key=lambda item: (-item[1]["violation"], -item[1]["unknown"], item[0]["policy"]))
    longest = max((_length(exact) for _, exact in found), default=0)
    return _folded([_policy(row, exact, entries[row["policy"]], longest, language) for row, exact in found])


def _policy(row: PolicyRow, exact: Judgements, entry: PolicyEntry, longest: int, language: Language) -> Row:
    having = row["organizations"]
    return Row(
        name=one_line(row["policy"]),
        more=one_line(say(entry["title"], language)),
        link=link_to("policy", row["policy"]),
        told=told(exact, language),
        bar=pieces(exact, longest),
        cells=[
            "—" if having is None else number_text(having["with_violation"]),
            number_text(exact["violation"]),
            number_text(exact["unknown"]),
            percent_text(exact["unknown_percent"], language),
            number_text(exact["advice"]),
            number_text(exact["waived"]),
            number_text(fine(exact)),
        ],
    )


def _folded(rows: list[Row]) -> Bars:
    """One row is not worth folding."""
    shown = SHOWN if len(rows) > SHOWN + 1 else len(rows)
    return Bars(rows[:shown], rows[shown:])


def link_to(name: str, value: str) -> str:
    """The address of the table of findings, filtered."""
    return f"#?{name}={quote(value, safe='')}"


def told(exact: Judgements, language: Language) -> str:
    """What a bar shows, in words."""
    parts = ((colour, number) for colour, number in _numbers(exact).items() if number)
    return ", ".join(f"{say(BARS[colour], language)}: {number_text(number)}" for colour, number in parts) or "0"


def _numbers(exact: Judgements) -> dict[str, int]:
    return {
        "violation": exact["violation"],
        "unknown": exact["unknown"],
        "advice": exact["advice"],
        "waived": exact["waived"],
        "ok": fine(exact),
    }


def fine(exact: Judgements) -> int:
    """How many judgements find nothing wrong, whatever the reason."""
    return exact["ok"]["met"] + exact["ok"]["exempt"] + exact["ok"]["open"]


def _length(exact: Judgements) -> int:
    return sum(_numbers(exact).values())


def pieces(exact: Judgements, longest: int) -> list[Piece]:
    """The parts of a bar; `longest` judgements are as long as a bar gets. What there is one of is seen, too."""
    found: list[Piece] = []
    done = start = 0
    for colour, number in _numbers(exact).items():
        done += number
        if number and longest:
            end = max(done * WIDTH // longest, start + 3)
            found.append(Piece(colour, start, end - start))
            start = end
    return found
