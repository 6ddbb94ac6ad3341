"""Checks of facts: where each stands, and what becomes of them for fast judging."""

from __future__ import annotations

import gc
import math
import sys
import weakref
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "interpreters"))

from worlds import INN, TOY, snapshot_of

from validator.logic.facts import ItemList, Record, Snapshot
from validator.logic.lean import COMPLETE, NEVER, Facts, Lean, Release, Types, lean_value, lower
from validator.logic.problem import Span
from validator.logic.shape import FieldShape, Kind, RecordShape
from validator.logic.text import Text
from validator.logic.values import INFINITY, OngoingDay, SpecialDay, UnregisteredName

DOCUMENT: dict[str, Any] = {
    "schema": "sverka.snapshot/1",
    "as_of": "2025-09-25",
    "coverage": {"people": "complete", "teams": "partial"},
    "organization": {
        **{"inn": INN, "region": "50", "kind": "school", "name": "Ромашка", "bound": False},
        **{"tags": ["red", "blue"], "budget": "2.5", "public_share": {"region": "40"}},
    },
    "people": [
        {
            **{"ref": "p_0", "status": "away", "load": 0, "first_on": "2025-09-01", "seen_on": "never"},
            **{"service": "stranger", "tools": ["альфа"], "desk": {"floor": 2}, "tasks_coverage": "complete"},
            "tasks": [{"due_on": "open_ended", "urgent": True}, {}],
        },
        {"ref": "p_1", "last_on": "ongoing", "tasks": [{"points": 7}]},
    ],
    "teams": [{"ref": "t_0", "month": "2025-08", "lead": "p_1"}],
    "roadmap": {"poster": True},
}


def snapshot() -> Snapshot:
    """The facts of the document."""
    return snapshot_of(TOY, DOCUMENT)


def day(text: str) -> int:
    return date.fromisoformat(text).toordinal()


def told(record: Lean) -> dict[str, Any]:
    """What is known of a record and of those in it; lists of which nothing is known are left out."""
    found: dict[str, Any] = {}
    for slot in type(record).__slots__:
        value = getattr(record, slot)
        if slot.startswith("r_"):
            found[slot] = told(value)
        elif slot.startswith("l_"):
            found |= {slot: [told(item) for item in value]} if value else {}
        elif value is not None:
            found[slot] = value
    return found


# --- facts with places -----------------------------------------------------------------------------------------


def check_every_fact_has_a_path() -> None:
    """That of a nested record and of a list is their own."""
    root = snapshot().root
    person = root.lists["people"].items[0]
    assert root.path_of("name") == "organization.name"
    assert root.path_of("public_share") == "organization.public_share"
    assert root.path_of("roadmap") == "roadmap"
    assert root.path_of("people") == "people"
    assert person.path_of("status") == "people[0].status"
    assert person.path_of("desk") == "people[0].desk"
    assert person.path_of("tasks") == "people[0].tasks"
    assert person.records["desk"].path_of("floor") == "people[0].desk.floor"
    assert person.lists["tasks"].items[1].path_of("due_on") == "people[0].tasks[1].due_on"


def check_every_fact_has_a_place() -> None:
    """Its own where it was written, else that of the record that should hold it."""
    shape = TOY.vocabulary.root.fields["people"]
    assert shape.record is not None
    spans = [Span("f.json", line, 1, line, 9) for line in range(9)]
    person = Record(shape.record, "people[0]", spans[0])
    desk = Record(shape.record, "people[0].desk", spans[2])
    person.spans |= {"status": spans[1], "desk": spans[7], "tasks": spans[8]}
    person.records["desk"] = desk
    person.lists["tasks"] = ItemList(shape, "people[0].tasks", spans[3], True)
    person.lists["tasks"].items.append(Record(shape.record, "people[0].tasks[0]", spans[4], person))
    assert person.span_of("status") == spans[1]
    assert person.span_of("load") == spans[0]
    assert person.span_of("desk") == spans[2]
    assert person.span_of("tasks") == spans[3]
    assert desk.span_of("floor") == spans[2]


def check_an_empty_list_has_its_place() -> None:
    """It is there, although it holds nothing."""
    shape = TOY.vocabulary.root.fields["people"]
    assert shape.record is not None
    here, there, other = (Span("f.json", line, 1, line, 9) for line in (1, 2, 3))
    root = Record(TOY.vocabulary.root, "organization", here)
    root.lists["people"] = ItemList(shape, "people", there, False)
    root.spans["people"] = other
    assert root.span_of("people") == there
    assert root.path_of("people") == "people"


def check_records_and_lists_are_what_they_were_made_of() -> None:
    """A new record holds nothing yet."""
    shape, span = TOY.vocabulary.root.fields["people"], Span("f.json", 1, 2, 3, 4)
    assert shape.record is not None
    outer = Record(shape.record, "people[0]", span)
    inner = Record(TOY.vocabulary.root, "people[0].tasks[0]", span, outer)
    assert (outer.shape, outer.path, outer.span, outer.parent, outer.ref) == (
        *(shape.record, "people[0]", span),
        *(None, None),
    )
    assert inner.parent is outer
    assert [outer.values, outer.spans, outer.records, outer.lists] == [{}, {}, {}, {}]
    for closed in (True, False):
        items = ItemList(shape, "people", span, closed)
        assert (items.shape, items.path, items.span, items.closed) == (shape, "people", span, closed)
        assert [*items] == items.items == []
        assert len(items) == 0
        items.items += [inner, outer]
        assert [*items] == [inner, outer]
        assert len(items) == 2


def check_a_snapshot_is_what_it_was_made_of() -> None:
    """Its index is empty until somebody fills it."""
    root = snapshot().root
    found = Snapshot("s.yaml", "sha256:1", 17, date(2025, 9, 25), root)
    assert (found.file, found.digest, found.size, found.as_of) == ("s.yaml", "sha256:1", 17, date(2025, 9, 25))
    assert found.root is root
    assert found.index == {}
    assert found.referred("people", "p_0") is None
    assert (found.inn, found.region, found.kind) == (INN, "50", "school")


def check_items_are_found_by_the_path_of_their_list() -> None:
    """One list at the top, and one in each item around it."""
    found = snapshot()
    assert [items.path for items in found.items("people")] == ["people"]
    assert found.items("people")[0] is found.root.lists["people"]
    tasks = found.items("people.tasks")
    assert [items.path for items in tasks] == ["people[0].tasks", "people[1].tasks"]
    assert [(items.closed, [item.path for item in items]) for items in tasks] == [
        (True, ["people[0].tasks[0]", "people[0].tasks[1]"]),
        (False, ["people[1].tasks[0]"]),
    ]
    with pytest.raises(KeyError):
        found.items("persons")
    with pytest.raises(KeyError):
        found.items("people.task")


def check_a_list_may_lie_at_any_depth() -> None:
    """The path leads through every list on the way."""
    shape, span = TOY.vocabulary.root.fields["people"], Span("f.json", 1, 1, 1, 2)
    assert shape.record is not None
    root = Record(TOY.vocabulary.root, "organization", span)
    root.values |= {"inn": INN, "region": "50", "kind": "school"}
    record, wanted = root, None
    for name in ("a", "b", "c"):
        wanted = record.lists[name] = ItemList(shape, name, span, True)
        record = Record(shape.record, name, span)
        wanted.items.append(record)
    found = Snapshot("s.json", "", 0, date(2025, 9, 25), root)
    assert [one is wanted for one in found.items("a.b.c")] == [True]


def check_a_reference_finds_the_item_of_its_list() -> None:
    """Of that list alone; a strange one finds nothing."""
    found = snapshot()
    people = found.root.lists["people"].items
    assert found.referred("people", "p_0") is people[0]
    assert found.referred("people", "p_1") is people[1]
    assert found.referred("teams", "t_0") is found.root.lists["teams"].items[0]
    assert found.referred("teams", "p_0") is found.referred("people", "p_9") is found.referred("?", "p_0") is None


# --- facts for fast judging ---------------------------------------------------------------------------------------


def check_what_values_are_for_fast_judging() -> None:
    """Days are numbers, decimals are exact, and a word of a day is what compares as it should."""
    assert lean_value(date(2025, 9, 25)) == day("2025-09-25")
    assert type(lean_value(Decimal("0.1"))) is Fraction
    assert lean_value(Decimal("0.1")) == Fraction(1, 10)
    assert lean_value(SpecialDay.NEVER) is NEVER
    assert math.isnan(NEVER)
    assert lean_value(SpecialDay.OPEN_ENDED) == INFINITY
    assert lean_value(OngoingDay(2025, 9, 25)) == day("2025-09-25")
    for value in (True, 7, "away", frozenset({"red"}), UnregisteredName("stranger")):
        assert lean_value(value) is value


def check_lean_facts_say_what_the_snapshot_says() -> None:
    """Every value, record and list that is known, and nothing else."""
    found = lower(snapshot(), Types())
    never = found.root.l_people[0].v_seen_on
    assert never is NEVER
    assert told(found.root) == {
        **{"v_inn": INN, "v_region": "50", "v_kind": "school", "v_name": "Ромашка", "v_bound": False},
        **{"v_tags": frozenset({"red", "blue"}), "v_budget": Fraction(5, 2)},
        "r_public_share": {"v_region": Fraction(40)},
        "l_people": [
            {
                **{"v_ref": "p_0", "v_status": "away", "v_load": 0, "v_first_on": day("2025-09-01")},
                **{"v_seen_on": never, "v_service": UnregisteredName("stranger")},
                **{"v_tools": frozenset({"alpha"}), "r_desk": {"v_floor": 2}},
                "l_tasks": [{"v_due_on": INFINITY, "v_urgent": True}, {}],
                "c_tasks": COMPLETE,
            },
            {
                **{"v_ref": "p_1", "v_last_on": day("2025-09-25"), "r_desk": {}},
                "l_tasks": [{"v_points": 7}],
            },
        ],
        "c_people": COMPLETE,
        "l_teams": [{"v_ref": "t_0", "v_month": day("2025-08-31"), "v_lead": "p_1"}],
        "r_roadmap": {"v_poster": True},
    }
    assert (found.as_of, found.region, found.kind) == (day("2025-09-25"), "50", "school")
    assert type(found.root.l_people[0].v_service) is UnregisteredName


def check_each_record_knows_the_item_around_it() -> None:
    """An item of a list in an item does; one of a list of the document has none around it."""
    root = lower(snapshot(), Types()).root
    assert root.up is None
    for person in root.l_people:
        assert person.up is None
        assert [task.up is person for task in person.l_tasks] == [True] * len(person.l_tasks)
    assert [team.up for team in root.l_teams] == [None]


def check_references_find_the_first_item_of_the_name() -> None:
    """By list and name; an item without a name is found by none."""
    shape, span = TOY.vocabulary.root.fields["people"], Span("f.json", 1, 1, 1, 2)
    found = snapshot()
    people = found.root.lists["people"]
    assert shape.record is not None
    twin, nobody = (Record(shape.record, f"people[{number}]", span) for number in (2, 3))
    twin.ref = "p_0"
    twin.values["status"] = "left"
    people.items += [twin, nobody]
    lean = lower(found, Types())
    assert {name: [*items] for name, items in lean.index.items()} == {"people": ["p_0", "p_1"], "teams": ["t_0"]}
    assert lean.index["people"]["p_0"] is lean.root.l_people[0]
    assert lean.index["people"]["p_1"] is lean.root.l_people[1]
    assert lean.index["teams"]["t_0"] is lean.root.l_teams[0]


def check_a_blank_record_knows_nothing() -> None:
    """Of every shape there is one class; what is not of the shape can't be set."""
    types = Types()
    shape = TOY.vocabulary.root
    kind = types.type_of(shape)
    assert types.type_of(shape) is kind
    blank: Any = kind()
    assert told(blank) == {"r_public_share": {}, "r_roadmap": {}}
    assert (blank.l_people, blank.c_people, blank.v_name, blank.up) == ((), None, None, None)
    people = shape.fields["people"].record
    assert people is not None
    person: Any = types.type_of(people)()
    assert type(person) is not kind
    assert type(person.r_desk) is types.of["people.desk"]
    tasks = people.fields["tasks"].record
    assert tasks is not None
    task: Any = types.type_of(tasks)(person)
    assert task.up is person
    assert type(task).__name__ == "Lean_people_tasks"
    for record in (blank, person, task):
        assert isinstance(record, Lean)
        with pytest.raises(AttributeError):
            record.anything = 1
    assert Types().type_of(shape) is not kind


def check_a_field_is_called_by_a_plain_name() -> None:
    """A class is written as text, so nothing else may get into it."""
    strange = "name\n    raise SystemExit"
    nothing = Text("", "")
    shape = RecordShape("x", {strange: FieldShape(strange, Kind.TEXT, nothing, nothing)})
    with pytest.raises(AssertionError, match=r"^name\n    raise SystemExit$"):
        Types().type_of(shape)


def check_lean_facts_are_what_they_were_made_of() -> None:
    """Each under its name."""
    root, index = Lean(), {"people": {"p_0": Lean()}}
    found = Facts(root, index, 9, "50", "club")
    assert (found.root, found.index, found.as_of, found.region, found.kind) == (root, index, 9, "50", "club")
    assert root.up is None
    assert Lean(root).up is root


class Token:
    """A value that shows when the record that holds it is gone: records themselves can't be watched."""


def check_released_facts_are_gone_at_once() -> None:
    """No record waits for the collector, be it of the document, of a list or of an item."""
    found = lower(snapshot(), Types())
    root = found.root
    held = [(root, "v_name"), (root.r_public_share, "v_region"), (root.r_roadmap, "v_poster")]
    held += [(team, "v_ref") for team in root.l_teams]
    for person in root.l_people:
        held += [(person, "v_ref"), (person.r_desk, "v_floor"), *((task, "v_points") for task in person.l_tasks)]
    seen = []
    for record, slot in held:
        token = Token()
        setattr(record, slot, token)
        seen.append(weakref.ref(token))
    assert len(seen) == 11
    release = Release(TOY.vocabulary.root)
    gc.disable()
    try:
        del root, person, record, held, token
        assert None not in [token() for token in seen]
        release(found)
        del found
        assert [token() for token in seen] == [None] * 11
    finally:
        gc.enable()
