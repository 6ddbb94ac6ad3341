"""Rules with the groups of them that exclude each other, by hand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, NamedTuple

from clash_world import FIRST, LAST, Rule

DAY, BEFORE = date(2025, 9, 1), date(2025, 8, 31)
LATER, UNTIL = date(2026, 3, 1), date(2026, 2, 28)
OPEN, SHUT, QUIET = {"open": True}, {"open": False}, {"quiet": True}
SCHOOL, CLUB, PAID = {"kind": "school"}, {"kind": "club"}, {"paid": True}
ALWAYS: dict[str, Any] = {"all": []}
NEVER: dict[str, Any] = {"any": []}
UNSETTLED = {"undecided": "C03"}
EVER = (FIRST, LAST)
NONE: Mapping[Any, Any] = MappingProxyType({})


class Case(NamedTuple):
    """Rules, and what must be found: the groups with their days.

    `cuts` are the days that matter, `bounds` the lengths of given lists, `facts` what the snapshot of a group says
    beside what every snapshot says.
    """

    rules: tuple[Rule, ...]
    found: Mapping[tuple[int, ...], tuple[date, date]] = NONE
    cuts: tuple[date, ...] = ()
    bounds: Mapping[str, int] = NONE
    facts: Mapping[tuple[int, ...], dict[str, Any]] = NONE


def rooms(number: int) -> dict[str, Any]:
    """That there are so many rooms at least."""
    return {"rooms": {"count": {"of": {"lit": True}, "is": {"at_least": number}}}}


# What differs in the facts that engage duties, and in what they demand.
FACTS = {
    "one way out": Case((Rule(SCHOOL, OPEN), Rule(SCHOOL, QUIET))),
    "no way out": Case(
        (Rule(SCHOOL, OPEN), Rule(SCHOOL, SHUT)), {(0, 1): EVER}, facts={(0, 1): {"organization": OPEN}}
    ),
    "of different kinds": Case((Rule(SCHOOL, OPEN), Rule(CLUB, SHUT))),
    "of one kind only": Case(
        (Rule({"kind": {"in": ["school", "office"]}}, OPEN), Rule({"kind": {"in": ["club", "office"]}}, SHUT)),
        {(0, 1): EVER},
        facts={(0, 1): {"organization": {"kind": "office", "open": True}}},
    ),
    "three of which any two can be met": Case(
        (
            Rule(ALWAYS, {"tone": {"is_not": "low"}}),
            Rule(ALWAYS, {"tone": {"is_not": "middle"}}),
            Rule(PAID, QUIET),
            Rule(ALWAYS, {"tone": {"is_not": "high"}}),
        ),
        {(0, 1, 3): EVER},
        facts={(0, 1, 3): {"organization": {"tone": "high"}}},
    ),
    "groups that overlap": Case(
        (
            Rule(SCHOOL, {"tone": "low"}),
            Rule(SCHOOL, {"tone": "middle"}),
            Rule(SCHOOL, OPEN),
            Rule(SCHOOL, {"any": [{"tone": {"is_not": "low"}}, SHUT]}),
            Rule(SCHOOL, {"tone": "high"}),
            Rule(CLUB, {"tone": "high"}),
        ),
        {(0, 1): EVER, (0, 4): EVER, (1, 4): EVER, (0, 2, 3): EVER},
    ),
    "one that nobody can meet": Case(
        (Rule(PAID, QUIET), Rule(PAID, NEVER)),
        {(1,): EVER},
        facts={(1,): {"organization": PAID}},
    ),
    "one that cannot be met in every situation": Case(
        (Rule(ALWAYS, {"any": [{"paid": False}, SHUT]}), Rule(ALWAYS, OPEN)),
        {(0, 1): EVER},
        facts={(0, 1): {"organization": {"paid": True, "open": False}}},
    ),
    "one that cannot be met with every set": Case(
        (Rule(ALWAYS, {"any": [{"not": {"langs": {"contains": "one"}}}, SHUT]}), Rule(ALWAYS, OPEN)),
        {(0, 1): EVER},
        facts={(0, 1): {"organization": {"langs": ["one"], "open": False}}},
    ),
    "one that the law leaves open in part": Case(
        (Rule(SCHOOL, SHUT), Rule(SCHOOL, {"any": [UNSETTLED, OPEN]})),
        {(0, 1): EVER},
        facts={(0, 1): {"organization": SHUT}},
    ),
    "one that is always met": Case((Rule(PAID, ALWAYS), Rule(PAID, OPEN), Rule(PAID, SHUT)), {(1, 2): EVER}),
    "one that is never engaged": Case((Rule(NEVER, OPEN), Rule(ALWAYS, SHUT), Rule(NEVER, NEVER))),
    "none": Case(()),
    "of a set": Case(
        (Rule({"langs": {"contains": "one"}}, OPEN), Rule({"langs": {"contains": "two"}}, SHUT)),
        {(0, 1): EVER},
        facts={(0, 1): {"organization": {"langs": ["one", "two"], "open": True}}},
    ),
    "of a set that may be empty": Case(
        (
            Rule({"langs": {"empty": True}}, {"tools": {"empty": True}}),
            Rule(ALWAYS, {"tools": {"contains": "pen"}}),
        ),
        {(0, 1): EVER},
        facts={(0, 1): {"organization": {"langs": [], "tools": []}}},
    ),
    "of a number": Case(
        (Rule({"beds": {"at_least": 7}}, OPEN), Rule({"beds": {"at_most": 7}}, SHUT)),
        {(0, 1): EVER},
        facts={(0, 1): {"organization": {"beds": 7, "open": True}}},
    ),
    "of a number that no duty leaves out": Case(
        (Rule({"beds": {"at_least": 8}}, OPEN), Rule({"beds": {"at_most": 7}}, SHUT))
    ),
    "of a part": Case(
        (
            Rule({"part": {"at_least": "2.5"}}, {"tone": "low"}),
            Rule({"part": {"at_most": "2.5"}}, {"tone": "high"}),
        ),
        {(0, 1): EVER},
        facts={(0, 1): {"organization": {"part": "2.5", "tone": "low"}}},
    ),
    "of a day": Case(
        (
            Rule({"since": {"on_or_after": DAY.isoformat()}}, OPEN),
            Rule({"since": {"before": LATER.isoformat()}}, SHUT),
            Rule({"since": {"before": LATER.isoformat()}}, QUIET),
        ),
        {(0, 1): (DAY, LAST)},
        cuts=(DAY, LATER),
    ),
    "of numbers that are compared": Case(
        (
            Rule({"beds": {"at_most": 6}}, {"seats": {"at_least": {"field": "organization.beds"}}}),
            Rule(ALWAYS, {"seats": {"at_most": 5}}),
        ),
        {(0, 1): EVER},
        facts={(0, 1): {"organization": {"beds": 6, "seats": 6}}},
    ),
    "of a day that is decided": Case(
        (
            Rule(ALWAYS, {"checked": {"on_or_after": "1999-01-01"}}),
            Rule(ALWAYS, {"checked": {"before": "1999-01-01"}}),
        ),
        {(0, 1): EVER},
    ),
    "of dates that are compared": Case(
        (
            Rule({"since": DAY.isoformat()}, {"checked": {"on_or_after": {"field": "organization.since"}}}),
            Rule(PAID, {"checked": {"before": DAY.isoformat()}}),
        ),
        {(0, 1): (DAY, LAST)},
        cuts=(DAY,),
    ),
}

# What differs in the days.
DAYS = {
    "on one day": Case(
        (Rule(ALWAYS, OPEN, last=DAY), Rule(ALWAYS, SHUT, first=DAY)),
        {(0, 1): (DAY, DAY)},
        cuts=(DAY, date(2025, 9, 2)),
    ),
    "never on one day": Case((Rule(ALWAYS, OPEN, last=BEFORE), Rule(ALWAYS, SHUT, first=DAY)), cuts=(DAY,)),
    "from a day on": Case((Rule(PAID, OPEN), Rule(ALWAYS, SHUT, first=DAY)), {(0, 1): (DAY, LAST)}, cuts=(DAY,)),
    "until a day": Case(
        (Rule(PAID, OPEN, last=BEFORE), Rule(PAID, SHUT)), {(0, 1): (FIRST, BEFORE)}, cuts=(DAY, LATER)
    ),
    "over several stretches": Case(
        (
            Rule(ALWAYS, OPEN, first=DAY, last=UNTIL),
            Rule(ALWAYS, SHUT),
            Rule(SCHOOL, QUIET, first=date(2025, 10, 1)),
            Rule(CLUB, QUIET, last=date(2025, 10, 31)),
        ),
        {(0, 1): (DAY, UNTIL)},
        cuts=(LATER, date(2025, 11, 1), DAY, date(2025, 10, 1)),
    ),
    "on days of which the earliest are told": Case(
        (
            Rule(ALWAYS, {"any": [OPEN, {"not": {"kind": "club"}}]}, first=DAY, last=UNTIL),
            Rule({"kind": {"is_not": "office"}}, SHUT),
            Rule({"kind": {"is_not": "club"}}, OPEN, first=LATER),
        ),
        {(0, 1): (DAY, UNTIL), (1, 2): (LATER, LAST)},
        cuts=(DAY, LATER),
    ),
    "in the last stretch": Case(
        (Rule(PAID, OPEN, first=LATER), Rule(PAID, SHUT, first=DAY)), {(0, 1): (LATER, LAST)}, cuts=(DAY, LATER)
    ),
    "with days that are out of the question": Case(
        (Rule(PAID, OPEN), Rule(PAID, SHUT)), {(0, 1): EVER}, cuts=(date(1990, 1, 1), FIRST, date(2100, 1, 1))
    ),
}

# Which facts of lists are given, and how long the lists have to be.
LISTS = {
    "of a given list": Case(
        (
            Rule({"grade": {"at_least": 5}}, {"plan": "long"}, about="classes"),
            Rule({"grade": {"at_most": 5}}, {"plan": "short"}, about="classes"),
        ),
        {(0, 1): EVER},
        bounds={"classes": 2},
    ),
    "of a list that is complete": Case(
        (
            Rule({"classes": {"no": {"grade": 5}}}, OPEN),
            Rule(ALWAYS, SHUT),
            Rule(PAID, QUIET),
            Rule({"beds": {"at_least": 4}}, {"tone": "low"}),
        ),
        {(0, 1): EVER},
        bounds={"classes": 1},
        facts={(0, 1): {"organization": OPEN, "coverage": {"classes": "complete"}}},
    ),
    "of a list within a given list": Case(
        (
            Rule({"new": True}, {"seat": True}, about="classes.pupils"),
            Rule({"new": True}, {"seat": False}, about="classes.pupils"),
        ),
        {(0, 1): EVER},
        bounds={"classes": 2, "classes.pupils": 2},
    ),
    "of things that need not be there": Case(
        (
            Rule({"big": True}, {"lit": True}, about="rooms"),
            Rule({"big": True}, {"lit": False}, about="rooms"),
        ),
    ),
    "of things that must be there": Case(
        (
            Rule({"big": True}, {"lit": True}, about="rooms"),
            Rule({"big": True}, {"lit": False}, about="rooms"),
            Rule(ALWAYS, {"rooms": {"some": {"big": True}}}),
            Rule(ALWAYS, {"rooms": {"some": {"big": False}}}),
        ),
        {(0, 1, 2): EVER},
    ),
    "of things within things that need not be there": Case(
        (
            Rule({"north": True}, {"barred": True}, about="rooms.windows"),
            Rule({"north": True}, {"barred": False}, about="rooms.windows"),
            Rule(ALWAYS, {"rooms": {"some": {"windows": {"some": {"north": False}}}}}),
        ),
    ),
    "of what is referred to": Case(
        (Rule({"host": {"grade": 3}}, OPEN), Rule({"host": {"grade": {"less_than": 4}}}, SHUT)),
        {(0, 1): EVER},
        bounds={"classes": 4},
    ),
    "of people to be named": Case(
        (
            Rule(ALWAYS, {"lead": {"trained": True}}, about="classes"),
            Rule(ALWAYS, {"lead": {"trained": False}}, about="classes"),
        ),
        {(0, 1): EVER},
        bounds={"classes": 2},
    ),
}
