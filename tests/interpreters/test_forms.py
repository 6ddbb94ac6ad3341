"""Every form of the condition table, once true, once false and once unknown.

A row is a condition on the organization, and what is said of the organization or its lists; whatever is not said
is absent, and every list is complete unless the row says otherwise.
"""

from __future__ import annotations

from typing import Any

import pytest
from worlds import AS_OF, INN, TOY, case_for, outcome_of, read, snapshot_of, subjects, truth_of

from validator.interpreters.evaluate import evaluate
from validator.interpreters.missing import ways_to_settle
from validator.logic.expr import Compare, Literal
from validator.logic.truth import Truth
from validator.logic.values import Interval, Order
from validator.logic.ways import Gap

T, F, U = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN
Facts = dict[str, Any]
Row = tuple[str, Facts, Facts, Truth]


def document(facts: Facts) -> Facts:
    """A complete document: keys of `facts` that are lists go to the top, the rest to the organization."""
    found: Facts = {"schema": "sverka.snapshot/1", "as_of": AS_OF.isoformat()}
    found["coverage"] = {"people": "complete", "teams": "complete", **facts.get("coverage", {})}
    for name in ("people", "teams"):
        if name in facts:
            found[name] = [_item(name, index, item) for index, item in enumerate(facts[name])]
    if "roadmap" in facts:
        found["roadmap"] = facts["roadmap"]
    own = {key: value for key, value in facts.items() if key not in ("people", "teams", "roadmap", "coverage")}
    found["organization"] = {"inn": INN, "region": "50", "kind": "school", **own}
    return found


def _item(name: str, index: int, item: Facts) -> Facts:
    complete = {"tasks_coverage": "complete"} if name == "people" else {}
    return {"ref": f"{name[0]}_{index}", **complete, **item}


def people(*items: Facts, coverage: str = "complete") -> Facts:
    return {"people": list(items), "coverage": {"people": coverage}}


def first(condition: Facts) -> Facts:
    """The condition, asked of the only person."""
    return {"people": {"some": condition}}


def both(form: str, condition: Facts, yes: Facts, no: Facts, *open_: Facts) -> list[Row]:
    """Three rows or more of one form."""
    return [(form, condition, yes, T), (form, condition, no, F), *((form, condition, facts, U) for facts in open_)]


def of_person(form: str, condition: Facts, yes: Facts, no: Facts, *open_: Facts) -> list[Row]:
    rows = both(form, condition, yes, no, *open_)
    return [(name, first(found), people(facts), truth) for name, found, facts, truth in rows]


DAYS = {"before": ("24", "25"), "on_or_before": ("25", "26"), "after": ("26", "25"), "on_or_after": ("25", "24")}
ROWS: list[Row] = [
    # --- equality and membership
    *both("field: value", {"kind": "school"}, {"kind": "school"}, {"kind": "club"}),
    *both("field: truth value", {"bound": True}, {"bound": True}, {"bound": False}, {}, {"bound": "unknown"}),
    *both("is", {"bound": {"is": False}}, {"bound": False}, {"bound": True}, {}),
    *both("is_not", {"bound": {"is_not": False}}, {"bound": True}, {"bound": False}, {}),
    *of_person("in", {"status": {"in": ["active", "left"]}}, {"status": "left"}, {"status": "away"}, {}),
    *of_person("not_in", {"status": {"not_in": ["active"]}}, {"status": "left"}, {"status": "active"}, {}),
    ("a word that counts as unknown", first({"status": "active"}), people({"status": "gone"}), U),
    *of_person("in, numbers", {"grade": {"in": [1, 3]}}, {"grade": 3}, {"grade": 2}, {}),
    ("in, beyond the bounds", first({"grade": {"in": [7, 9]}}), people({}), F),
    *both("text", {"name": "Лютик"}, {"name": "Лютик"}, {"name": "Ромашка"}, {}),
    # --- numbers
    *of_person("at_least", {"load": {"at_least": 2}}, {"load": 2}, {"load": 1}, {}),
    *of_person("at_most", {"load": {"at_most": 2}}, {"load": 2}, {"load": 3}, {}),
    *of_person("more_than", {"load": {"more_than": 2}}, {"load": 3}, {"load": 2}, {}),
    *of_person("less_than", {"load": {"less_than": 2}}, {"load": 1}, {"load": 2}, {}),
    *of_person("bounded, both ends", {"grade": {"at_least": 4}}, {"grade": 4}, {"grade": 3}, {}),
    ("bounded: absent is at least the lower end", first({"grade": {"at_least": 0}}), people({}), T),
    ("bounded: absent is at most the upper end", first({"grade": {"more_than": 4}}), people({}), F),
    ("bounded by a sibling", first({"rank": {"at_most": 3}}), people({"places": 3}), T),
    ("bounded by a sibling", first({"rank": {"at_most": 2}}), people({"places": 3}), U),
    ("bounded by a sibling", first({"rank": {"more_than": 3}}), people({"places": 3}), F),
    ("bounded: a point", first({"rank": 1}), people({"places": 1}), T),
    *both("decimal", {"budget": {"more_than": "50"}}, {"budget": "50.01"}, {"budget": "50.00"}, {}),
    *both("decimal is", {"budget": "50"}, {"budget": "50.00"}, {"budget": "50.01"}, {}),
    # --- days
    *[
        (word, first({"seen_on": {word: "2025-09-25"}}), people({"seen_on": f"2025-09-{day}"}), truth)
        for word, days in DAYS.items()
        for day, truth in zip(days, (T, F), strict=True)
        if day != "26"
    ],
    *[
        (word, first({"seen_on": {word: "2025-09-24"}}), people({"seen_on": f"2025-09-{day}"}), truth)
        for word, day, truth in (
            ("after", 25, T),
            ("after", 24, F),
            ("on_or_before", 24, T),
            ("on_or_before", 25, F),
        )
    ],
    *[(word, first({"seen_on": {word: "2025-09-25"}}), people({}), U) for word in DAYS],
    *[
        (f"{word} and never", first({"seen_on": {word: "2025-09-25"}}), people({"seen_on": "never"}), F)
        for word in DAYS
    ],
    *[
        (f"{word} and never on the right", first({"first_on": {word: {"field": "person.seen_on"}}}), facts, F)
        for word in DAYS
        for facts in (people({"seen_on": "never"}), people({"seen_on": "never", "first_on": "2025-09-20"}))
    ],
    *of_person("is: never", {"seen_on": "never"}, {"seen_on": "never"}, {"seen_on": "2025-09-20"}, {}),
    *of_person("as_of", {"seen_on": {"before": "as_of"}}, {"seen_on": "2025-09-24"}, {"seen_on": "2025-09-25"}, {}),
    ("bounded by the day of the snapshot", first({"first_on": {"on_or_before": "as_of"}}), people({}), T),
    ("bounded by the day of the snapshot", first({"first_on": {"after": "as_of"}}), people({}), F),
    ("bounded by both", first({"last_on": {"on_or_after": "2025-09-20"}}), people({"first_on": "2025-09-20"}), T),
    ("bounded by both", first({"last_on": {"before": "2025-09-20"}}), people({"first_on": "2025-09-20"}), F),
    ("bounded by both", first({"last_on": {"after": "2025-09-20"}}), people({"first_on": "2025-09-20"}), U),
    ("ongoing is the day of the snapshot", first({"last_on": "2025-09-25"}), people({"last_on": "ongoing"}), T),
    # --- sets
    *both("contains", {"tags": {"contains": "red"}}, {"tags": ["red", "blue"]}, {"tags": []}, {}),
    *both("contains_any", {"tags": {"contains_any": ["red", "blue"]}}, {"tags": ["blue"]}, {"tags": ["green"]}, {}),
    *both(
        "contains_all",
        {"tags": {"contains_all": ["red", "blue"]}},
        {"tags": ["blue", "red"]},
        {"tags": ["red"]},
        {},
    ),
    *both("within", {"tags": {"within": ["red", "blue"]}}, {"tags": ["red"]}, {"tags": ["red", "green"]}, {}),
    ("within: nothing is within anything", {"tags": {"within": ["red"]}}, {"tags": []}, T),
    *both("empty: true", {"tags": {"empty": True}}, {"tags": []}, {"tags": ["red"]}, {}),
    *both("empty: false", {"tags": {"empty": False}}, {"tags": ["red"]}, {"tags": []}, {}),
    *both("sets are order-free", {"tags": ["red", "blue"]}, {"tags": ["blue", "red"]}, {"tags": ["red"]}, {}),
    *both(
        "a set against a set",
        {"tags": {"within": {"field": "organization.paints"}}},
        {"tags": ["red"], "paints": ["red", "blue"]},
        {"tags": ["red"], "paints": ["blue"]},
        {"tags": ["red"]},
        {"paints": ["red"]},
        {"tags": [], "paints": "unknown"},
    ),
    *of_person(
        "a set against one value",
        {"skills": {"contains": {"field": "person.skill"}}},
        {"skills": ["cook", "sing"], "skill": "sing"},
        {"skills": ["cook"], "skill": "sing"},
        {"skills": ["cook"]},
        {"skill": "sing"},
    ),
    *both("a named set", {"tags": {"within": {"values": "warm"}}}, {"tags": ["green"]}, {"tags": ["blue"]}, {}),
    # --- quantifiers
    *both(
        "some",
        {"people": {"some": {"status": "active"}}},
        people({"status": "left"}, {"status": "active"}),
        people({"status": "left"}),
        people({"status": "left"}, {}),
        people({"status": "left"}, coverage="partial"),
        people(coverage="unknown"),
    ),
    (
        "some, over an incomplete list",
        {"people": {"some": {"status": "active"}}},
        people({"status": "active"}, coverage="partial"),
        T,
    ),
    ("some, of nothing", {"people": {"some": {}}}, people(), F),
    *both(
        "every",
        {"people": {"every": {"status": "active"}}},
        people({"status": "active"}),
        people({"status": "active"}, {"status": "left"}),
        people({"status": "active"}, {}),
        people({"status": "active"}, coverage="partial"),
    ),
    (
        "every, over an incomplete list",
        {"people": {"every": {"status": "active"}}},
        people({"status": "left"}, coverage="unknown"),
        F,
    ),
    ("every, of nothing", {"people": {"every": {"status": "active"}}}, people(), T),
    *both(
        "no",
        {"people": {"no": {"status": "active"}}},
        people({"status": "left"}),
        people({"status": "active"}),
        people({}),
        people({"status": "left"}, coverage="partial"),
    ),
    (
        "no, over an incomplete list",
        {"people": {"no": {"status": "active"}}},
        people({"status": "active"}, coverage="partial"),
        F,
    ),
    *both(
        "a list that is not there",
        {"teams": {"no": {"open": True}}},
        {},
        {"teams": [{"open": True}]},
        {"coverage": {"teams": "partial"}},
        {"coverage": {"teams": "unknown"}},
    ),
    *both(
        "nested lists",
        {"people": {"some": {"tasks": {"every": {"urgent": True}}}}},
        people({"tasks": [{"urgent": True}]}),
        people({"tasks": [{"urgent": False}]}),
        people({"tasks": [{}]}),
        people({"tasks": [{"urgent": True}], "tasks_coverage": "partial"}),
    ),
    # --- counts
    *both(
        "count",
        {"people": {"count": {"of": {"status": "active"}, "is": {"at_least": 2}}}},
        people({"status": "active"}, {"status": "active"}),
        people({"status": "active"}, {"status": "left"}),
        people({"status": "active"}, {}),
        people({"status": "active"}, coverage="partial"),
    ),
    (
        "count is at least",
        {"people": {"count": {"of": {}, "is": {"at_least": 1}}}},
        people({}, coverage="partial"),
        T,
    ),
    (
        "count has no upper end",
        {"people": {"count": {"of": {}, "is": {"at_most": 1}}}},
        people({}, coverage="partial"),
        U,
    ),
    (
        "count has no upper end",
        {"people": {"count": {"of": {}, "is": {"at_most": 1}}}},
        people({}, {}, coverage="partial"),
        F,
    ),
    *both(
        "count is",
        {"people": {"count": {"of": {"status": "active"}, "is": 1}}},
        people({"status": "active"}),
        people(),
        people({}),
    ),
    *both(
        "count is_not",
        {"people": {"count": {"of": {"status": "active"}, "is": {"is_not": 1}}}},
        people(),
        people({"status": "active"}),
        people({}),
    ),
    # --- records, scopes, references
    *of_person(
        "record",
        {"desk": {"shared": True}},
        {"desk": {"shared": True}},
        {"desk": {"shared": False}},
        {},
        {"desk": {}},
    ),
    *both(
        "an enclosing item",
        {"people": {"some": {"tasks": {"some": {"urgent": True, "person": {"status": "active"}}}}}},
        people({"status": "active", "tasks": [{"urgent": True}]}),
        people({"status": "left", "tasks": [{"urgent": True}]}),
        people({"tasks": [{"urgent": True}]}),
    ),
    *both(
        "the organization from inside",
        {"people": {"some": {"organization": {"bound": True}}}},
        {**people({}), "bound": True},
        {**people({}), "bound": False},
        people({}),
    ),
    *both(
        "the lists of the organization from inside",
        {"people": {"some": {"organization": {"teams": {"some": {"open": True}}}}}},
        {**people({}), "teams": [{"open": True}]},
        {**people({}), "teams": [{"open": False}]},
        {**people({}), "teams": [{}]},
    ),
    *both(
        "a reference",
        {"teams": {"some": {"lead": {"status": "active"}}}},
        {**people({"status": "active"}), "teams": [{"lead": "p_0"}]},
        {**people({"status": "left"}), "teams": [{"lead": "p_0"}]},
        {**people({"status": "active"}), "teams": [{}]},
        {**people({}), "teams": [{"lead": "p_0"}]},
    ),
    ("a reference to nothing", first({"team": {"open": True}}), people({"team": "none"}), F),
    ("a reference to nothing", first({"team": "none"}), people({"team": "none"}), T),
    *both(
        "a reference out of a nested record",
        first({"desk": {"owner": {"status": "active"}}}),
        people({"desk": {"owner": "p_0"}, "status": "active"}),
        people({"desk": {"owner": "p_0"}, "status": "left"}),
        people({"desk": {}, "status": "active"}),
    ),
    *both(
        "correlation across lists",
        {"people": {"some": {"organization": {"teams": {"some": {"lead": {"field": "person.desk.owner"}}}}}}},
        {**people({"desk": {"owner": "p_0"}}), "teams": [{"lead": "p_0"}]},
        {**people({"desk": {"owner": "p_0"}}, {"desk": {"owner": "p_0"}}), "teams": [{"lead": "p_1"}]},
        {**people({"desk": {"owner": "p_0"}}), "teams": [{}]},
    ),
    *both(
        "the same list twice",
        {
            "people": {
                "some": {
                    "organization": {
                        "people": {"some": {"grade": {"more_than": {"field": "person.grade"}}}, "as": "other"}
                    }
                }
            }
        },
        people({"grade": 1}, {"grade": 2}),
        people({"grade": 2}, {"grade": 2}),
        people({"grade": 1}, {}),
    ),
    # --- registers
    *of_person("listed_in", {"service": {"listed_in": "foreign"}}, {"service": "alpha"}, {"service": "delta"}, {}),
    ("listed_in: another spelling", first({"service": {"listed_in": "foreign"}}), people({"service": "Альфа"}), T),
    (
        "listed_in: a name nobody knows",
        first({"service": {"listed_in": "foreign"}}),
        people({"service": "stranger"}),
        U,
    ),
    ("listed_in: no longer", first({"service": {"listed_in": "foreign"}}), people({"service": "gamma"}), F),
    ("listed_in: since", first({"service": {"listed_in": "foreign"}}), people({"service": "beta"}), T),
    (
        "listed_in: a closed register",
        first({"service": {"listed_in": "whole"}}),
        people({"service": "stranger"}),
        F,
    ),
    *both("listed_in: of no family", {"region": {"listed_in": "regions"}}, {"region": "78"}, {"region": "27"}),
    ("a strange name may be any name", first({"service": "alpha"}), people({"service": "stranger"}), U),
    ("a strange name may be any name", first({"service": {"in": ["alpha"]}}), people({"service": "stranger"}), U),
    ("a strange name may be any name", first({"tools": {"contains": "alpha"}}), people({"tools": ["stranger"]}), U),
    ("a strange name may be any name", first({"tools": {"within": ["alpha"]}}), people({"tools": ["stranger"]}), U),
    (
        "a strange name beside the one that counts",
        first({"tools": {"contains": "alpha"}}),
        people({"tools": ["stranger", "alpha"]}),
        T,
    ),
    (
        "a strange name beside one that breaks it",
        first({"tools": {"within": ["alpha"]}}),
        people({"tools": ["stranger", "delta"]}),
        F,
    ),
    (
        "a set with a strange name is not empty",
        first({"tools": {"empty": True}}),
        people({"tools": ["stranger"]}),
        F,
    ),
    # --- definitions, totals, shares
    *both("meets", {"meets": "ORG-RED"}, {"tags": ["red"]}, {"tags": ["blue"]}, {}),
    *both(
        "meets, of an item",
        {"people": {"some": {"meets": "PERSON-NEW"}}},
        people({"first_on": "2025-09-23"}),
        people({"first_on": "2025-09-22"}),
        people({}),
    ),
    *both(
        "meets, of a nested item",
        {"people": {"some": {"tasks": {"some": {"meets": "TASK-DUE"}}}}},
        people({"status": "active", "tasks": [{"due_on": "2025-09-24"}]}),
        people({"status": "active", "tasks": [{"due_on": "open_ended"}]}),
        people({"tasks": [{"due_on": "2025-09-24"}]}),
        people({"status": "active", "tasks": [{}]}),
    ),
    *both(
        "sum",
        {"public_share": {"sum": {"of": ["federation", "region"], "more_than": 50}}},
        {"public_share": {"federation": "25", "region": "25.01"}},
        {"public_share": {"federation": "25", "region": "25.00"}},
        {},
        {"public_share": {"federation": "25"}},
    ),
    (
        "sum: enough already",
        {"public_share": {"sum": {"of": ["federation", "region"], "more_than": 50}}},
        {"public_share": {"region": "51"}},
        T,
    ),
    ("sum: never enough", {"public_share": {"sum": {"of": ["federation"], "more_than": 100}}}, {}, F),
    (
        "sum: exact decimals",
        {"public_share": {"sum": {"of": ["federation", "region"], "is": "0.3"}}},
        {"public_share": {"federation": "0.1", "region": "0.2"}},
        T,
    ),
    *of_person(
        "ratio",
        {"ratio": {"of": "load", "to": "places", "at_least": 50}},
        {"load": 1, "places": 2},
        {"load": 1, "places": 3},
        {"load": 1},
        {"places": 2},
    ),
    (
        "ratio: to nought",
        first({"ratio": {"of": "load", "to": "grade", "at_least": 0}}),
        people({"load": 0, "grade": 0}),
        U,
    ),
    (
        "ratio: in percent, exactly",
        first({"ratio": {"of": "load", "to": "places", "less_than": "33.34"}}),
        people({"load": 1, "places": 3}),
        T,
    ),
    *both(
        "ratio of counts",
        {
            "ratio": {
                "of": {"people": {"count": {"status": "active"}}},
                "to": {"people": {"count": {}}},
                "at_least": 50,
            }
        },
        people({"status": "active"}, {"status": "left"}),
        people({"status": "active"}, {"status": "left"}, {"status": "left"}),
        people({"status": "active"}, {}, {"status": "left"}),
        people({"status": "active"}, coverage="partial"),
        people(),
    ),
    # --- undecided, fresh, known
    ("undecided", {"undecided": "C03"}, {}, U),
    ("undecided decides nothing", {"any": [{"undecided": "C03"}, {"bound": True}]}, {"bound": True}, T),
    *of_person(
        "fresh",
        {"fresh": {"of": {"status": "active"}, "on": "seen_on", "within_days": 2}},
        {"status": "active", "seen_on": "2025-09-23"},
        {"status": "left", "seen_on": "2025-09-23"},
        {"status": "active", "seen_on": "2025-09-22"},
        {"status": "left", "seen_on": "never"},
        {"status": "active"},
        {"seen_on": "2025-09-23"},
    ),
    *of_person(
        "fresh, within a parameter",
        {"fresh": {"of": {"status": "active"}, "on": "first_on", "within_days": {"param": "within"}}},
        {"status": "active", "first_on": "2025-09-23"},
        {"status": "left", "first_on": "2025-09-23"},
        {"status": "active", "first_on": "2025-09-22"},
        {"status": "active"},
    ),
    *[
        ("known: true", first({"status": {"known": True}}), people(f), t)
        for f, t in (({"status": "left"}, T), ({}, F), ({"status": "gone"}, F))
    ],
    *[
        ("known: false", first({"status": {"known": False}}), people(f), t)
        for f, t in (({"status": "left"}, F), ({}, T))
    ],
    # --- logic
    *both("several keys", {"bound": True, "kind": "school"}, {"bound": True}, {"bound": False}, {}),
    ("several keys", {"bound": True, "kind": "club"}, {}, F),
    ("no key at all", {}, {}, T),
    *both("all", {"all": [{"bound": True}, {"kind": "school"}]}, {"bound": True}, {"bound": False}, {}),
    *both("any", {"any": [{"bound": True}, {"kind": "club"}]}, {"bound": True}, {"bound": False}, {}),
    ("any", {"any": [{"bound": True}, {"kind": "school"}]}, {}, T),
    *both("not", {"not": {"bound": True}}, {"bound": False}, {"bound": True}, {}),
    # --- right-hand sides
    *of_person("{param: p}", {"load": {"at_least": {"param": "few"}}}, {"load": 1}, {"load": 0}, {}),
    (
        "{param: p}, an unknown row",
        first({"load": {"at_least": {"param": "few"}}}),
        {**people({"load": 1}), "region": "27"},
        U,
    ),
    (
        "{param: p}, a row of its own",
        first({"first_on": {"on_or_after": {"param": "start"}}}),
        {**people({"first_on": "2025-09-23"}), "region": "78"},
        F,
    ),
    (
        "{param: p}, no row on the day",
        first({"first_on": {"on_or_after": {"param": "gap"}}}),
        people({"first_on": "2025-09-23"}),
        U,
    ),
    *of_person(
        "{field: path}",
        {"load": {"more_than": {"field": "person.grade"}}},
        {"load": 3, "grade": 2},
        {"load": 2, "grade": 2},
        {"load": 3},
        {"grade": 2},
    ),
    ("{field: path}, bounded", first({"load": {"more_than": {"field": "person.grade"}}}), people({"load": 5}), T),
    *of_person(
        "plus_days",
        {"seen_on": {"is": {"param": "start", "plus_days": -1}}},
        {"seen_on": "2025-09-22"},
        {"seen_on": "2025-09-23"},
        {},
    ),
    *of_person(
        "as_of plus_days",
        {"seen_on": {"on_or_after": {"as_of": {"plus_days": -2}}}},
        {"seen_on": "2025-09-23"},
        {"seen_on": "2025-09-22"},
        {},
    ),
    *of_person(
        "a field plus_days a parameter",
        {"seen_on": {"is": {"field": "person.first_on", "plus_days": {"param": "few"}}}},
        {"seen_on": "2025-09-22", "first_on": "2025-09-21"},
        {"seen_on": "2025-09-22", "first_on": "2025-09-22"},
        {"seen_on": "2025-09-22"},
    ),
    (
        "never plus_days is never",
        first({"first_on": {"before": {"field": "person.seen_on", "plus_days": 9}}}),
        people({"seen_on": "never"}),
        F,
    ),
    *both(
        "a month is its last day",
        {"teams": {"some": {"month": {"on_or_after": "2025-08"}}}},
        {"teams": [{"month": "2025-08"}]},
        {"teams": [{"month": "2025-07"}]},
        {"teams": [{}]},
    ),
    (
        "a month against a day",
        {"teams": {"some": {"month": {"before": "as_of"}}}},
        {"teams": [{"month": "2025-08"}]},
        T,
    ),
    (
        "the month that runs",
        {"teams": {"some": {"month": {"before": "as_of"}}}},
        {"teams": [{"month": "2025-09"}]},
        F,
    ),
    *both(
        "the roadmap",
        {"roadmap": {"started_on": "never"}},
        {"roadmap": {"started_on": "never"}},
        {"roadmap": {"started_on": "2025-09-01"}},
        {},
    ),
]


@pytest.mark.parametrize(
    ("form", "condition", "facts", "expected"), ROWS, ids=[f"{i}-{r[0]}-{r[3].value}" for i, r in enumerate(ROWS)]
)
def test_a_form_of_the_language_means_what_it_says(
    form: str, condition: Facts, facts: Facts, expected: Truth
) -> None:
    snapshot = snapshot_of(TOY, document(facts))
    assert truth_of(TOY, snapshot, read(TOY, "organization", condition)) is expected, form


def test_every_form_has_a_row_of_each_truth_it_can_have() -> None:
    words = " ".join(str(condition) for _, condition, _, _ in ROWS)
    for word in ("is", "is_not", "in", "not_in", "at_least", "at_most", "more_than", "less_than", "before"):
        assert f"'{word}'" in words
    for word in ("on_or_before", "after", "on_or_after", "contains", "contains_any", "contains_all", "within"):
        assert f"'{word}'" in words
    for word in (
        "empty",
        "some",
        "every",
        "no",
        "count",
        "listed_in",
        "meets",
        "sum",
        "ratio",
        "undecided",
        "fresh",
    ):
        assert f"'{word}'" in words
    for word in ("known", "all", "any", "not", "param", "values", "field", "plus_days", "as"):
        assert f"'{word}'" in words


def test_a_dated_value_is_read_on_the_judged_day_and_unknown_while_the_days_differ() -> None:
    facts = people({"service": "gamma", "load": 1})
    snapshot = snapshot_of(TOY, document(facts))
    listed = read(TOY, "organization", first({"service": {"listed_in": "foreign"}}))
    today = AS_OF.toordinal()
    for low, high, expected in ((-2, -2, T), (-1, 0, F), (-2, -1, U), (-4, -2, T)):
        case = case_for(TOY, snapshot)._replace(judged=Interval(today + low, today + high))
        assert evaluate(case, {"organization": snapshot.root}, listed).truth is expected


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [(-2, -2, T), (-4, -2, T), (-2, -1, U), (-1, 0, U), (0, 0, U), (-9, 0, U)],
)
def test_a_check_is_fresh_when_it_is_recent_enough_for_every_day_that_may_be_judged(
    low: int, high: int, expected: Truth
) -> None:
    asked = read(TOY, "people", {"fresh": {"of": {"load": 1}, "on": "seen_on", "within_days": 1}})
    snapshot = snapshot_of(TOY, document(people({"load": 1, "seen_on": "2025-09-22"})))
    today = AS_OF.toordinal()
    ((item, env),) = subjects(TOY, snapshot, "people")
    day = Gap((0,), "people[0].last_on", "absent", item.span)
    case = case_for(TOY, snapshot)._replace(judged=Interval(today + low, today + high), judged_gaps=(day,))
    found = evaluate(case, env, asked)
    assert found.truth is expected
    stale = ["people[0].seen_on"]
    if expected is U:  # an earlier judged day would do as well, where there may be one
        wanted = {frozenset(stale), frozenset({day.path})} if low <= -2 else {frozenset(stale)}
        assert {frozenset(gap.path for gap in way) for way in ways_to_settle(found)} == wanted


@pytest.mark.parametrize(("day", "expected"), [(-4, F), (-3, U), (-2, T), (0, T)])
def test_between_its_announcement_and_its_beginning_an_entry_is_open(day: int, expected: Truth) -> None:
    snapshot = snapshot_of(TOY, document(people({"service": "beta"})))
    listed = read(TOY, "organization", first({"service": {"listed_in": "foreign"}}))
    at = AS_OF.toordinal() + day
    case = case_for(TOY, snapshot)._replace(judged=Interval(at, at))
    assert evaluate(case, {"organization": snapshot.root}, listed).truth is expected


def test_open_ended_is_after_every_day() -> None:
    snapshot = snapshot_of(TOY, document(people({"tasks": [{"due_on": "open_ended"}]})))
    for condition, expected in (
        ({"due_on": {"after": "2999-12-31"}}, T),
        ({"due_on": {"on_or_before": "2999-12-31"}}, F),
        ({"due_on": "open_ended"}, T),
        ({"due_on": "never"}, F),
        ({"due_on": {"after": {"as_of": {"plus_days": 900000}}}}, T),
    ):
        found = read(TOY, "organization", first({"tasks": {"some": condition}}))
        assert truth_of(TOY, snapshot, found) is expected, condition


def test_an_outcome_tells_what_it_saw_where() -> None:
    snapshot = snapshot_of(TOY, document(people({"load": 3})))
    found = outcome_of(TOY, snapshot, read(TOY, "organization", first({"load": {"at_least": 2}})))
    ((observed,),) = (part.observed for part in found.parts)
    assert (observed.path, observed.value) == ("people[0].load", "3")
    assert observed.span.file == "snapshot.json"


def test_a_literal_may_stand_on_the_left_where_the_engine_builds_conditions_itself() -> None:
    snapshot = snapshot_of(TOY, document({}))
    assert truth_of(TOY, snapshot, Compare(Literal(1), Order.LESS_THAN, Literal(2))) is T
