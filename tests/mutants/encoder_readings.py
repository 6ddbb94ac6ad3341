"""How conditions are read (`encoder_conditions.py`): parameters by place and day, windows, what readings change."""

from __future__ import annotations

import json
import sys
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "interpreters"))

from encoder_conditions import DATED, DOCUMENTS, PLAIN, TASK, TEAM, Item, day
from worlds import AS_OF, NO_OVERRIDES, NOTHING, TOY, read

from validator.interpreters.readings import Overrides, window_condition
from validator.interpreters.smt.query import Judged, Mode
from validator.interpreters.strategies import World, random_policies, seeded, subject_of
from validator.language.vocabulary import Vocabulary, read_vocabulary
from validator.logic.expr import NOWHERE, TRUE, AsOf, Field, Literal, ParameterValue, Shifted, Term
from validator.logic.frozen import replace
from validator.logic.policy import Parameter, ParameterRow, Period, PolicySet, Window
from validator.logic.shape import Kind
from validator.logic.values import SpecialDay, Value

INTERPRETERS = Path(__file__).resolve().parents[1] / "interpreters"


# --- reference data and readings ---------------------------------------------------------------------------------


def _row(value: Value | None, place: str = "", first: int | None = None, last: int | None = None) -> ParameterRow:
    """A row for a region and kind (`78 club`, `50`, `club`), between two days."""
    region = next((word for word in place.split() if word.isdigit()), None)
    kind = next((word for word in place.split() if not word.isdigit()), None)
    days = (None if offset is None else AS_OF + timedelta(days=offset) for offset in (first, last))
    return ParameterRow(region, kind, Period(*days), value, False, (), NOWHERE)


OWN: dict[str, tuple[Kind, tuple[ParameterRow, ...]]] = {
    "turn": (
        Kind.INTEGER,
        (
            _row(3, "50 school"),
            _row(2, "78 club", last=-2),
            _row(4, "78 club", -1),
            _row(0, "27", last=-2),
            _row(1, "club"),
        ),
    ),
    "part": (Kind.DECIMAL, (_row(Decimal("2.75")), _row(Decimal("-0.5"), "club", -4), _row(None, "27 office"))),
    "last": (
        Kind.DATE,
        (
            *(_row(SpecialDay.OPEN_ENDED, "50"), _row(SpecialDay.NEVER, "78", last=-5)),
            *(_row(AS_OF, "78", -4), _row(SpecialDay.NEVER, "27")),
        ),
    ),
}
KNOWN = TOY.known._replace(parameters={**TOY.known.parameters, **{name: kind for name, (kind, _) in OWN.items()}})
WORLD = TOY._replace(known=KNOWN)


def _policies() -> PolicySet:
    parameters = {name: Parameter(name, NOTHING, kind, rows, NOWHERE) for name, (kind, rows) in OWN.items()}
    return replace(TOY.policies, parameters={**TOY.policies.parameters, **parameters})


POLICIES = _policies()
NORM = next(iter(random_policies(TOY, seeded(2), 6).norms.values()))


def field(path: str, name: str) -> Field:
    """A field of the items of a list of the toy world, or of the organization."""
    shape = TOY.vocabulary.record_of(path).fields[name]
    return Field({"people": "person", "people.tasks": "task"}.get(path, path), (name,), shape)


def _read_as(**changes: Any) -> Overrides:
    return NO_OVERRIDES._replace(**changes)


def _window(path: str, name: str, first: Term | None = None, last: Term | None = None) -> Window:
    """A window that is judged on a day of the item."""
    return Window(first, last, judged_through=field(path, name))


class Asked(NamedTuple):
    """What is asked of the items of a list, and how it is read."""

    path: str
    structures: tuple[Item, ...]
    overrides: Overrides = NO_OVERRIDES
    window: Window = Window()


START = ParameterValue("start", Kind.DATE)
MODES: dict[str, Asked] = {
    "as it stands": Asked("people", (*PLAIN, *DATED)),
    "on the last day": Asked("people", DATED, NO_OVERRIDES, _window("people", "last_on", START, Literal(AS_OF))),
    "on the day seen": Asked(
        "people",
        DATED,
        _read_as(registers={"foreign": "whole", "whole": "foreign"}, admit_press=frozenset({"gap"})),
        _window("people", "seen_on", Literal(AS_OF - timedelta(days=4)), Shifted(AsOf(), -1)),
    ),
    "on the first day": Asked(
        "people",
        DATED,
        _read_as(
            parameters={"few": field("people", "grade"), "start": field("people", "seen_on"), "turn": Literal(2)},
            definitions={"ORG-BIG": "ORG-RED"},
        ),
        _window("people", "first_on", ParameterValue("last", Kind.DATE)),
    ),
    "tasks": Asked("people.tasks", TASK),
    "tasks on the day due": Asked(
        "people.tasks",
        TASK,
        _read_as(parameters={"turn": field("people.tasks", "points"), "start": Literal(SpecialDay.OPEN_ENDED)}),
        _window("people.tasks", "due_on", None, ParameterValue("last", Kind.DATE)),
    ),
    "teams": Asked("teams", TEAM, window=Window(last=START)),
}


_JUDGED: dict[int, list[Judged]] = {}


def judged(asked: Asked, world: World) -> list[Judged]:
    """The conditions, each as what a norm requires; before them that the window is open. Worked out once."""
    if id(asked) not in _JUDGED:
        _JUDGED[id(asked)] = _judged(asked, world)
    return _JUDGED[id(asked)]


def _judged(asked: Asked, world: World) -> list[Judged]:
    mode = Mode(POLICIES, asked.overrides, subject_of(TOY, asked.path), asked.window)
    known = world._replace(known=KNOWN)
    conditions = [window_condition(asked.window), *(read(known, asked.path, one) for one in asked.structures)]
    return [
        Judged(replace(NORM, id=f"{asked.path} {number}"), mode, TRUE, TRUE, TRUE, condition, TRUE)
        for number, condition in enumerate(conditions)
    ]


# --- bounds ----------------------------------------------------------------------------------------------------


def _bent() -> Vocabulary:
    """The toy vocabulary with fields that bound one another in other ways."""
    schema = json.loads((INTERPRETERS / "toy.schema.json").read_text(encoding="utf-8"))
    person = schema["properties"]["people"]["anyOf"][0]["items"]["properties"]
    person["last_on"]["x-bounds"] = {"at_least": {"field": "first_on"}, "at_most": {"field": "seen_on"}}
    person["other"] = person["service"]
    desk = person["desk"]["anyOf"][0]["properties"]
    desk["top"] = {**desk["floor"], "x-bounds": {"at_least": 2, "at_most": 9}}
    desk["depth"] = {**desk["floor"], "x-bounds": {"at_least": {"field": "floor"}, "at_most": {"field": "top"}}}
    return read_vocabulary(json.dumps(schema).encode())


BENT = TOY._replace(vocabulary=_bent())
DEPTHS: tuple[Item, ...] = tuple({"desk": {"depth": {"at_least": value}}} for value in (-1, 0, 3, 4, 5, 6, 9, 10))
ENDS: tuple[Item, ...] = tuple(
    {"last_on": {order: day(offset)}}
    for order in ("before", "on_or_before", "after", "on_or_after", "is")
    for offset in (-4, -3, -2, 0)
)
RANKED: Item = {"rank": {"at_least": 1}}  # which is so of everybody
OTHERS: tuple[Item, ...] = (
    *({"desk": {"depth": 5}}, {"sum": {"of": ["rank", "grade"], "at_most": 5}}),
    {"service": {"is": {"field": "person.other"}}},
    {"fresh": {"of": RANKED, "on": "last_on", "within_days": 9}},
    {"fresh": {"of": RANKED, "on": "seen_on", "within_days": 1_000_000}},
)
BENT_MODE = Asked("people", (*DEPTHS, *OTHERS, *ENDS))
BENT_DOCUMENT: Item = {
    "as_of": day(0),
    "organization": DOCUMENTS[0]["organization"],
    "people": [
        {"ref": "p_1", "desk": {"floor": 4, "top": 5}, "seen_on": day(-3), "first_on": day(-3), "rank": 1},
        {"ref": "p_2", "desk": {"floor": 5, "top": 5}, "seen_on": "never", "first_on": day(-2), "places": 1},
        {"ref": "p_3", "desk": {"floor": 3}, "seen_on": day(-4), "places": 2, "grade": 3, "service": "alpha"},
        {"ref": "p_4", "desk": {"top": 4}, "first_on": day(-4), "service": "alpha", "other": "unheard"},
        {"ref": "p_5", "desk": {"depth": 5}, "seen_on": "never", "last_on": day(-2), "service": "unheard"},
        {"ref": "p_6", "service": "unheard", "other": "alpha"},
        {"ref": "p_7", "desk": {"floor": 7, "top": 9}, "seen_on": day(-4), "first_on": day(-2), "other": "beta"},
        {"ref": "p_8", "service": "alpha", "other": "beta", "desk": {"floor": 6, "top": 5}},
        {"ref": "p_9", "service": "unheard", "other": "unheard"},
    ],
}
