"""Which small changes are made of each kind of condition: a table with a row for every kind of node."""

from __future__ import annotations

from typing import get_args

import pytest
from mutant_set import library_of, parameter, register

from validator.journeys.mutants.all import mutants_of
from validator.journeys.mutants.model import Mutant
from validator.language.library import Library
from validator.logic import expr
from validator.logic.expr import Condition, Term, terms_of, walk
from validator.logic.policy import Norm

DATA = {
    "parameters__t-days": parameter("t-days", "integer", "value: 30"),
    "parameters__t-day": parameter("t-day", "date", "value: 2025-09-01"),
    "registers__t-services": register("t-services", "id: telegram", "id: max"),
    "definitions__T-DEF": (
        "definition: T-DEF\ntitle: {ru: Проба, en: Trial}\nabout: organization\n"
        "cites: [{act: test-act, at: ст. 1}]\nwhen: {sferum_connected: true}\n"
    ),
}
DROPPED = {"applies_when.dropped", "applies_when.negated"}
# Under each kind of node: what the norm is about, its `applies_when`, and every change made of that.
FORMS: dict[str, tuple[str, str, set[str]]] = {
    "Compare": (
        "chats",
        "{member_count: {at_least: 2}}",
        {*DROPPED, "order:more_than", "order:at_most", "right.is.constant-minus", "right.is.constant-plus"},
    ),
    "Literal": ("chats", "{origin: ezhd}", {*DROPPED, "right.is.word:sferum_community"}),
    "Field": (
        "chats",
        "{last_message_on: {after: {field: chat.created_on}}}",
        {*DROPPED, "order:on_or_after", "order:before"},
    ),
    "OneOf": (
        "chats",
        "{kind: {in: [class, subject]}}",
        {*DROPPED, "in.without:class", "in.without:subject", "in.with:parents"},
    ),
    "SetTest": (
        "uses",
        "{counterpart: {contains_any: [students, parents]}}",
        {
            *DROPPED,
            "relation:contains_all",
            "relation:within",
            "values.without:students",
            "values.without:parents",
            "values.with:citizens",
        },
    ),
    "Quantified": (
        "organization",
        "{chats: {every: {official: true}}}",
        {*DROPPED, "quantity:some", "quantity:no", "of.dropped", "of.negated"},
    ),
    "Follow": ("chats", "{creator: {ref: {bound: true}}}", {*DROPPED, "of.dropped", "of.negated"}),
    "ListedIn": ("uses", "{service: {listed_in: t-services}}", DROPPED),
    "Meets": ("organization", "{meets: T-DEF}", DROPPED),
    "Undecided": ("organization", "{undecided: Q1}", {"applies_when.dropped", "settled-yes", "settled-no"}),
    "Fresh": (
        "documents",
        "{fresh: {of: {open_access: true}, on: checked_on, within_days: 30}}",
        {*DROPPED, "fresh-dropped", "within.constant-minus", "within.constant-plus", "of.dropped", "of.negated"},
    ),
    "AllOf": (
        "chats",
        "{official: true, in_sferum: true}",
        {"applies_when.negated", "connective", "0.dropped", "0.negated", "1.dropped", "1.negated"},
    ),
    "AnyOf": (
        "chats",
        "{any: [{official: true}, {in_sferum: true}]}",
        {*DROPPED, "connective", "0.dropped", "0.negated", "1.dropped", "1.negated"},
    ),
    "Not": (
        "chats",
        "{kind: {not_in: [class]}}",
        {"applies_when.dropped", "not-dropped", "not.in.word:subject", "not.in.with:subject"},
    ),
    "ParameterValue": (
        "chats",
        "{created_on: {before: {param: t-day}}}",
        {*DROPPED, "order:on_or_before", "order:after"},
    ),
    "AsOf": ("chats", "{created_on: {before: as_of}}", {*DROPPED, "order:on_or_before", "order:after"}),
    "Shifted": (
        "chats",
        "{created_on: {before: {as_of: {plus_days: -3}}}}",
        {
            *DROPPED,
            "order:on_or_before",
            "order:after",
            "right.shift-dropped",
            "right.days.constant-minus",
            "right.days.constant-plus",
        },
    ),
    "CountOf": (
        "organization",
        "{chats: {count: {of: {official: true}, is: {at_most: 1}}}}",
        {
            *DROPPED,
            "order:less_than",
            "order:at_least",
            "left.of.dropped",
            "left.of.negated",
            "right.is.constant-minus",
            "right.is.constant-plus",
        },
    ),
    "Sum": (
        "organization",
        "{sum: {of: [public_share.federation, public_share.region], more_than: 50}}",
        {
            *DROPPED,
            "order:at_least",
            "order:less_than",
            "left.0.dropped",
            "left.1.dropped",
            "right.is.constant-minus",
            "right.is.constant-plus",
        },
    ),
    "Ratio": (
        "organization",
        "{ratio: {of: {chats: {count: {official: true}}}, to: {chats: {count: {in_sferum: true}}}, at_least: 80}}",
        {
            *DROPPED,
            "order:more_than",
            "order:at_most",
            "left.turned",
            "left.part.of.dropped",
            "left.part.of.negated",
            "left.whole.of.dropped",
            "left.whole.of.negated",
            "right.is.constant-minus",
            "right.is.constant-plus",
        },
    ),
    "Known": ("chats", "{kind: {known: true}}", DROPPED),
}
DECISION = """decision: T-DECIDE
title: {ru: Выбор, en: Choice}
about: chats
cites: [{act: test-act, at: ст. 1}]
applies_when: CONDITION
outcomes: {moved: {ru: да, en: yes}, stays: {ru: нет, en: no}}
criteria:
  - {id: T-C1, title: {ru: Проба, en: Trial}, cites: [{act: test-act, at: ст. 1}], when: {official: true}}
then: {all_criteria_and_no_exclusion: moved, otherwise: stays}
advice: {T-C1: {ru: Сделайте, en: Do it}}
examples: {cases: []}
"""


def written(kind: str) -> tuple[Library, Condition, list[Mutant]]:
    """The set with that form in it, the condition as read, and the mutants of `applies_when`."""
    about, condition, _ = FORMS[kind]
    body = f"applies_when: {condition}\nrequired: {{undecided: Q9}}"
    library = library_of(body, about, **DATA)
    clauses = library.policies.norms["T-NORM"].clauses[0]
    found = [m for m in mutants_of(library.policies, ["T-NORM"]) if m.kind == "policy"]
    return library, clauses.applies_when, [m for m in found if m.id.startswith("T-NORM:applies_when")]


def keys(found: list[Mutant]) -> set[str]:
    return {mutant.id.removeprefix("T-NORM:") for mutant in found}


def full(expected: set[str]) -> set[str]:
    return {key if key.startswith("applies_when") else f"applies_when.{key}" for key in expected}


def kinds_in(condition: Condition) -> set[str]:
    nodes = walk(condition)
    return {type(node).__name__ for node in (*nodes, *(term for node in nodes for term in terms_of(node)))}


def test_the_table_has_a_row_for_every_kind_of_node() -> None:
    assert set(FORMS) == {kind.__name__ for kind in (*get_args(Condition), *get_args(Term))}


@pytest.mark.parametrize("kind", [kind for kind in FORMS if kind != "Known"])
def test_every_change_of_a_form_is_made_and_no_other(kind: str) -> None:
    _, condition, found = written(kind)
    assert kind in kinds_in(condition)
    assert keys(found) == full(FORMS[kind][2])


def test_what_only_decisions_may_ask_is_negated_too() -> None:
    library = library_of(
        "required: {sferum_connected: true}",
        **{"decisions__trial__T-DECIDE": DECISION.replace("CONDITION", FORMS["Known"][1])},
    )
    found = [m.id for m in mutants_of(library.policies, ["T-DECIDE"])]
    assert [name for name in found if "applies_when" in name] == [
        "T-DECIDE:applies_when.dropped",
        "T-DECIDE:applies_when.negated",
    ]
    assert {"T-DECIDE:criteria.without:T-C1", "T-DECIDE:criteria.T-C1.negated"} <= set(found)


@pytest.mark.parametrize("kind", [kind for kind in FORMS if kind != "Known"])
def test_a_change_changes_the_policy_says_what_and_stands_at_a_place(kind: str) -> None:
    library, condition, found = written(kind)
    lines = set()
    for mutant in found:
        changed = mutant.make().norms["T-NORM"]
        assert isinstance(changed, Norm)
        assert changed.clauses[0].applies_when != condition
        assert library.policies.norms["T-NORM"].clauses[0].applies_when == condition
        assert mutant.what.ru
        assert mutant.what.en
        lines.add(mutant.span.line)
    assert lines == {8}
    assert len({mutant.id for mutant in found}) == len(found)


def test_two_changes_that_come_to_the_same_are_one() -> None:
    """Of `not: {not: C}` either negation can be dropped, and what is left is the same."""
    library = library_of("applies_when: {not: {not: {operates_regional_system: true}}}\nrequired: {undecided: Q}")
    found = [m.id for m in mutants_of(library.policies, ["T-NORM"])]
    assert [name for name in found if "applies_when" in name] == [
        "T-NORM:applies_when.dropped",
        "T-NORM:applies_when.not-dropped",
    ]


def test_of_one_value_any_and_all_are_the_same() -> None:
    library = library_of(
        "required: {organization: {documents: {some: {services_named: {contains: {field: chat.platform}}}}}}",
        "chats",
    )
    found = [m.id for m in mutants_of(library.policies, ["T-NORM"])]
    assert [name for name in found if "relation" in name] == ["T-NORM:requirement.of.relation:within"]


def test_nothing_here_is_missing_from_the_language() -> None:
    """The names of the table are those of the classes: a renamed one would leave its row behind."""
    assert all(hasattr(expr, kind) for kind in FORMS)
