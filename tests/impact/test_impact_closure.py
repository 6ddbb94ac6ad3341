"""What a policy rests on: everything that judging it really looks up, watched while it is judged."""

from __future__ import annotations

from collections.abc import Iterator, ValuesView
from datetime import date
from typing import TypeVar

import pytest
from impact_bench import ORGANIZATIONS

from validator.cli.documents import named, read
from validator.interpreters.judge import (
    case_of,
    environment_of,
    environments,
    judge_decision,
    judge_norm,
    open_lists,
    possible_item,
)
from validator.interpreters.readings import readings_of
from validator.interpreters.terms import Env
from validator.journeys.assemble import Quarantined
from validator.journeys.impact.compare import same_facts
from validator.journeys.impact.content import Part, PartKind, closure, content, essence, essence_of, first_day_of
from validator.language.library import Library, load, read_folder
from validator.language.names import reference_names
from validator.language.vocabulary import read_vocabulary
from validator.logic.expr import Literal, Not
from validator.logic.facts import Snapshot
from validator.logic.frozen import replace
from validator.logic.policy import Modality, Norm, Period, Policy, PolicySet, Severity, Subject, Window
from validator.logic.text import Text
from validator.resources import policies_folder, schema_bytes
from validator.snapshots.stream import deliver

T = TypeVar("T")


class Watched(dict[str, T]):
    """A mapping that notes which of its names are asked for; `*` stands for a look at all of them."""

    def __init__(self, items: dict[str, T]) -> None:
        super().__init__(items)
        self.asked: set[str] = set()

    def __getitem__(self, key: str) -> T:
        self.asked.add(key)
        return super().__getitem__(key)

    def values(self) -> ValuesView[T]:  # type: ignore[override]
        self.asked.add("*")
        return super().values()


@pytest.fixture(scope="module")
def library() -> Library:
    return load(read_folder(policies_folder()), read_vocabulary(schema_bytes("snapshot")))


@pytest.fixture(scope="module")
def snapshots(library: Library) -> list[Snapshot]:
    found = [read(named(deliver(file)), library) for file in sorted(ORGANIZATIONS.iterdir())]
    return [answer[0] for answer in found if not isinstance(answer, Quarantined)]


def _subjects(snapshot: Snapshot, subject: Subject) -> Iterator[Env]:
    yield from (env for _, env in environments(snapshot, subject))
    for items in open_lists(snapshot, subject):
        yield environment_of(snapshot, subject, possible_item(snapshot, subject, items))


def _looked_up(policy: Policy, policies: PolicySet, snapshots: list[Snapshot]) -> set[Part]:
    """What judging the policy looks up, under each of its readings."""
    watched = replace(
        policies,
        definitions=Watched(dict(policies.definitions)),
        registers=Watched(dict(policies.registers)),
        parameters=Watched(dict(policies.parameters)),
    )
    for snapshot in snapshots:
        for readings in readings_of(policy):
            for clauses in policy.clauses if isinstance(policy, Norm) else ():
                assert isinstance(policy, Norm)
                for env in _subjects(snapshot, clauses.subject):
                    case = case_of(watched, snapshot, snapshot.as_of, readings, env, clauses.window)
                    judge_norm(policy, clauses, case, env)
            if not isinstance(policy, Norm):
                for env in _subjects(snapshot, policy.subject):
                    case = case_of(watched, snapshot, snapshot.as_of, readings, env, policy.window)
                    judge_decision(policy, case, env)
    kinds: tuple[tuple[PartKind, object], ...] = (
        ("definition", watched.definitions),
        ("register", watched.registers),
        ("parameter", watched.parameters),
    )
    found: set[Part] = set()
    for kind, mapping in kinds:
        assert isinstance(mapping, Watched)
        found |= {Part("family" if name == "*" else kind, name) for name in mapping.asked}
    return found


def test_judging_looks_up_nothing_outside_of_the_closure(library: Library, snapshots: list[Snapshot]) -> None:
    everything: set[Part] = set()
    for policy in library.policies.policies():
        looked_up = _looked_up(policy, library.policies, snapshots)
        rests_on = closure(policy, library.policies)
        known = {Part("family", "*") for part in rests_on if part.kind == "family"}
        assert looked_up <= rests_on | known, policy.id
        everything |= looked_up
    assert {part.kind for part in everything} == {"definition", "register", "parameter", "family"}


def test_the_closure_of_a_norm_follows_definitions_readings_and_families(library: Library) -> None:
    found = closure(library.policies.norms["FM-BAN"], library.policies)
    assert found == {
        Part("definition", "FM-ADDR"),
        Part("definition", "FM-SHARE"),  # through FM-ADDR
        Part("parameter", "share-threshold"),  # through FM-SHARE
        Part("register", "foreign-messengers"),
        Part("register", "rkn-listed"),  # through the reading `listed-only`
        Part("family", "services"),  # a name that another register knows is surely not on this one
    }


def test_a_name_that_any_register_of_the_family_knows_matters_to_all_of_them(library: Library) -> None:
    policies = library.policies
    domestic = policies.registers["domestic-services"]
    fewer = replace(domestic, rows=domestic.rows[1:])
    edited = replace(policies, registers={**policies.registers, domestic.name: fewer})
    part = Part("family", "services")
    assert essence_of(part, policies) != essence_of(part, edited)
    dated = replace(domestic, rows=tuple(replace(row, period=Period()) for row in domestic.rows))
    same_names = replace(policies, registers={**policies.registers, domestic.name: dated})
    assert essence_of(part, policies) == essence_of(part, same_names)


# --- what of its own text a verdict depends on ------------------------------------------------------------------


def test_every_condition_of_a_policy_is_of_its_essence_and_its_wording_is_not(library: Library) -> None:
    norm, decision = library.policies.norms["FM-BAN"], library.policies.decisions["XF-AUTO"]
    (clauses,) = norm.clauses
    criterion, exclusion = decision.criteria[0], decision.exclusions[0]
    moving: list[Policy] = [
        replace(norm, modality=Modality.RECOMMENDATION),
        replace(norm, readings=norm.readings[:-1]),
        replace(norm, clauses=(replace(clauses, applies_when=Not(clauses.applies_when)),)),
        replace(norm, clauses=(replace(clauses, requirement=Not(clauses.requirement)),)),
        replace(norm, clauses=(replace(clauses, exceptions=()),)),
        replace(norm, clauses=(replace(clauses, window=Window()),)),
        replace(decision, applies_when=Not(decision.applies_when)),
        replace(decision, criteria=(replace(criterion, when=Not(criterion.when)), *decision.criteria[1:])),
        replace(decision, exclusions=(replace(exclusion, when=Not(exclusion.when)), *decision.exclusions[1:])),
        replace(decision, window=Window()),
        replace(decision, readings=()),
        replace(decision, otherwise="moved", positive="stays"),
    ]
    for policy in moving:
        assert essence(policy) != essence(norm if isinstance(policy, Norm) else decision)
    other = Text("Иначе", "Otherwise")
    worded = replace(norm, title=other, message=other, remedy=None, sanction=None, severity=Severity.INFO, cites=())
    assert essence(worded) == essence(norm)
    assert essence(replace(decision, title=other, advice={}, cites=())) == essence(decision)


def test_true_and_one_are_different_things() -> None:
    assert content(Literal(True)) != content(Literal(1))


def test_a_change_of_a_row_matters_from_the_first_day_on_which_it_says_anything(library: Library) -> None:
    policies = library.policies
    register = policies.registers["foreign-messengers"]

    def with_row(first: date | None, announced: date | None) -> PolicySet:
        row = replace(register.rows[0], period=Period(first), announced_on=announced)
        return replace(
            policies,
            registers={**policies.registers, register.name: replace(register, rows=(row, *register.rows[1:]))},
        )

    part = Part("register", register.name)
    begins = with_row(date(2027, 1, 1), None)
    for other, wanted in (
        (with_row(date(2026, 5, 1), None), date(2026, 5, 1)),
        (with_row(date(2028, 5, 1), None), date(2027, 1, 1)),
        (with_row(date(2027, 1, 1), date(2026, 9, 1)), date(2026, 9, 1)),
        (with_row(None, None), None),
    ):
        assert first_day_of(part, begins, other) == wanted
        assert first_day_of(part, other, begins) == wanted


def test_a_name_that_becomes_known_is_another_fact_though_it_is_spelled_the_same(library: Library) -> None:
    file = ORGANIZATIONS / "school-order-behind-login.json"
    register = library.policies.registers["domestic-services"]
    row = replace(register.rows[0], id="jazz_lessons", aliases=())
    known = replace(register, rows=(*register.rows, row))
    names = reference_names([*library.policies.registers.values(), known])
    readings = [read(named(deliver(file)), replace(library, names=one)) for one in (library.names, names)]
    one, other = (answer[0] for answer in readings if not isinstance(answer, Quarantined))
    assert "jazz_lessons" in [item.values.get("service") for item in one.root.lists["uses"]]
    assert not same_facts(one.root, other.root)
    assert same_facts(one.root, one.root)
