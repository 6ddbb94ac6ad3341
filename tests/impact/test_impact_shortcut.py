"""The shortcut (judge only what can differ) against the plain way (judge everything twice), on random edits."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any, TypeVar

import pytest
from impact_bench import ORGANIZATIONS

from validator.cli.documents import named, read
from validator.journeys.assemble import Quarantined
from validator.journeys.check import check
from validator.journeys.impact.changes import Difference, Loaded, compare_sets
from validator.journeys.impact.compare import judge_both
from validator.journeys.impact.flips import Pair, Presence, pairs
from validator.language.library import Library, load, read_folder
from validator.language.names import reference_names
from validator.language.vocabulary import read_vocabulary
from validator.logic.expr import Literal, Not
from validator.logic.facts import Snapshot
from validator.logic.frozen import replace
from validator.logic.policy import Clauses, Decision, Norm, Parameter, PolicySet, Register, Severity
from validator.logic.text import Text
from validator.resources import policies_folder, schema_bytes
from validator.snapshots.stream import deliver

T = TypeVar("T")
FILES = ("spb-school-transfer-week.yaml", "school-unknown-service.yaml", "company-share-50-01.yaml")
Edit = Callable[[PolicySet, random.Random], PolicySet]


@pytest.fixture(scope="module")
def shipped() -> Loaded:
    texts = tuple(read_folder(policies_folder()))
    return Loaded(load(texts, read_vocabulary(schema_bytes("snapshot"))), texts)


def snapshot_of(file: Path, library: Library) -> Snapshot:
    answer = read(named(deliver(file)), library)
    assert not isinstance(answer, Quarantined)
    return answer[0]


# --- random edits -----------------------------------------------------------------------------------------------


def _one(mapping: Mapping[str, T], chance: random.Random) -> T:
    return mapping[chance.choice(sorted(mapping))]


def _with(mapping: Mapping[str, T], name: str, item: T) -> dict[str, T]:
    return {**mapping, name: item}


def negate_definition(policies: PolicySet, chance: random.Random) -> PolicySet:
    found = _one(policies.definitions, chance)
    return replace(
        policies, definitions=_with(policies.definitions, found.name, replace(found, when=Not(found.when)))
    )


def shift_parameter(policies: PolicySet, chance: random.Random) -> PolicySet:
    found: Parameter = _one(policies.parameters, chance)
    at = chance.randrange(len(found.rows))
    row = found.rows[at]
    value = row.value
    if isinstance(value, date):
        row = replace(row, value=value + timedelta(days=chance.choice((-40, -1, 1, 40))))
    elif isinstance(value, int):
        row = replace(row, value=value + chance.choice((-1, 1, 30)))
    else:
        row = replace(row, value=None, why=Text("?", "?"))
    rows = (*found.rows[:at], row, *found.rows[at + 1 :])
    return replace(policies, parameters=_with(policies.parameters, found.name, replace(found, rows=rows)))


def drop_row(policies: PolicySet, chance: random.Random) -> PolicySet:
    # Not the subjects: without its own one, a school can't be read.
    registers = {name: r for name, r in policies.registers.items() if name != "federal-subjects"}
    found: Register = _one(registers, chance)
    at = chance.randrange(len(found.rows))
    rows = (*found.rows[:at], *found.rows[at + 1 :])
    return replace(policies, registers=_with(policies.registers, found.name, replace(found, rows=rows)))


def date_row(policies: PolicySet, chance: random.Random) -> PolicySet:
    found: Register = policies.registers["foreign-messengers"]
    at = chance.randrange(len(found.rows))
    first = date(2025, 9, 1) + timedelta(days=chance.randrange(120))
    row = replace(found.rows[at], period=replace(found.rows[at].period, first=first))
    rows = (*found.rows[:at], row, *found.rows[at + 1 :])
    return replace(policies, registers=_with(policies.registers, found.name, replace(found, rows=rows)))


def _edit_norm(policies: PolicySet, chance: random.Random, edit: Callable[[Clauses], Clauses]) -> PolicySet:
    norm: Norm = _one(policies.norms, chance)
    edited = replace(norm, clauses=tuple(edit(clauses) for clauses in norm.clauses))
    return replace(policies, norms=_with(policies.norms, norm.id, edited))


def negate_requirement(policies: PolicySet, chance: random.Random) -> PolicySet:
    return _edit_norm(policies, chance, lambda c: replace(c, requirement=Not(c.requirement)))


def drop_exceptions(policies: PolicySet, chance: random.Random) -> PolicySet:
    return _edit_norm(policies, chance, lambda c: replace(c, exceptions=()))


def start_later(policies: PolicySet, chance: random.Random) -> PolicySet:
    day = Literal(date(2025, 8, 1) + timedelta(days=chance.randrange(200)))
    return _edit_norm(policies, chance, lambda c: replace(c, window=replace(c.window, first=day)))


def drop_reading(policies: PolicySet, chance: random.Random) -> PolicySet:
    norms = {name: norm for name, norm in policies.norms.items() if len(norm.readings) > 1}
    norm: Norm = _one(norms, chance)
    kept = tuple(reading for reading in norm.readings if reading.chosen)
    return replace(policies, norms=_with(policies.norms, norm.id, replace(norm, readings=kept)))


def drop_norm(policies: PolicySet, chance: random.Random) -> PolicySet:
    gone = chance.choice(sorted(policies.norms))
    return replace(policies, norms={name: norm for name, norm in policies.norms.items() if name != gone})


def rename_norm(policies: PolicySet, chance: random.Random) -> PolicySet:
    norm = _one(policies.norms, chance)
    norms = {name: other for name, other in policies.norms.items() if name != norm.id}
    return replace(policies, norms={**norms, "ZZ-NEW": replace(norm, id="ZZ-NEW")})


def drop_criterion(policies: PolicySet, chance: random.Random) -> PolicySet:
    decision: Decision = policies.decisions["XF-AUTO"]
    at = chance.randrange(len(decision.criteria))
    criteria = (*decision.criteria[:at], *decision.criteria[at + 1 :])
    edited = replace(decision, criteria=criteria)
    return replace(policies, decisions=_with(policies.decisions, decision.id, edited))


def reword(policies: PolicySet, chance: random.Random) -> PolicySet:
    norm = _one(policies.norms, chance)
    edited = replace(norm, severity=Severity.INFO, title=Text("Иначе", "Otherwise"))
    return replace(policies, norms=_with(policies.norms, norm.id, edited))


EDITS: tuple[Edit, ...] = (
    *(negate_definition, shift_parameter, drop_row, date_row, negate_requirement, drop_exceptions),
    *(start_later, drop_reading, drop_norm, rename_norm, drop_criterion, reword),
)


# --- both ways --------------------------------------------------------------------------------------------------


def _edited(shipped: Loaded, seed: int) -> Loaded:
    chance = random.Random(seed)
    policies = shipped.policies
    for edit in (EDITS[seed % len(EDITS)], *chance.sample(EDITS, chance.randrange(2))):
        policies = edit(policies, chance)
    names = reference_names(policies.registers.values())
    return Loaded(replace(shipped.library, policies=policies, names=names), shipped.texts)


def _presence(difference: Difference) -> tuple[Presence, Presence]:
    old = {policy.id for policy in difference.old.policies()}
    return Presence(old | set(difference.renamed)), Presence({policy.id for policy in difference.new.policies()})


def _telling(pair: Pair) -> tuple[Any, ...]:
    return (pair.policy, pair.shown["subject"], pair.before, pair.after, pair.direction, pair.other_reason)


def _plainly(old: Loaded, new: Loaded, snapshots: tuple[Snapshot, Snapshot], difference: Difference) -> list[Pair]:
    """Everything judged twice, with nothing but the new names of renamed policies taken from the comparison."""
    before, after = check(snapshots[0], old.policies), check(snapshots[1], new.policies)
    current = {former: name for name, former in difference.renamed.items()}
    for result in before:
        result["policy"] = current.get(result["policy"], result["policy"])
    return list(pairs(before, after, _presence(difference)))


@pytest.mark.parametrize("seed", range(36))
def test_judging_only_what_can_differ_finds_every_flip(seed: int, shipped: Loaded) -> None:
    old, new = shipped, _edited(shipped, seed)
    difference = compare_sets(old, new)
    for name in FILES:
        file = ORGANIZATIONS / name
        snapshots = (snapshot_of(file, old.library), snapshot_of(file, new.library))
        wanted = _plainly(old, new, snapshots, difference)
        results = judge_both(snapshots, difference, None)
        quick = list(pairs(*results, _presence(difference)))
        told = [_telling(pair) for pair in wanted if pair.direction or pair.other_reason]
        assert sorted(told) == sorted(_telling(pair) for pair in quick if pair.direction or pair.other_reason)
        for pair in wanted:
            if pair.direction and difference.reads_alike:
                day = difference.affected[pair.policy].not_before
                assert day is None or day.isoformat() <= pair.shown["law_date"], (pair.policy, day)


def test_the_edits_do_flip_verdicts(shipped: Loaded) -> None:
    """Else the comparison above would compare nothing with nothing."""
    flipping = 0
    for seed in range(len(EDITS)):
        new = _edited(shipped, seed)
        difference = compare_sets(shipped, new)
        file = ORGANIZATIONS / FILES[0]
        snapshots = (snapshot_of(file, shipped.library), snapshot_of(file, new.library))
        results = judge_both(snapshots, difference, None)
        flipping += any(pair.direction for pair in pairs(*results, _presence(difference)))
    assert flipping >= 4


def test_a_set_is_equal_to_itself_and_nothing_is_judged(shipped: Loaded) -> None:
    difference = compare_sets(shipped, shipped)
    assert difference.equal
    assert not difference.can_flip()
    assert not any(policies.policies() for policies in difference.narrowed())


def test_a_rewording_touches_no_verdict(shipped: Loaded) -> None:
    edited = reword(shipped.policies, random.Random(1))
    difference = compare_sets(shipped, Loaded(replace(shipped.library, policies=edited), shipped.texts))
    assert not difference.equal
    assert not difference.can_flip()
