"""P1, P2, P3, P11, P17: what facts do to verdicts."""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Iterator
from typing import Any

from differential import compiled
from laws import Claim, fields_read, is_item, law, only, same, without
from trials import Engine, Trial, Verdicts, with_policies

from validator.interpreters.compile.program import Program
from validator.interpreters.strategies import (
    Chooser,
    Json,
    Pools,
    forget,
    mended,
    random_document,
    rename_refs,
    shuffle,
)
from validator.interpreters.strategies.mending import drawn, places_in
from validator.interpreters.strategies.pools import windows_of
from validator.journeys.check import check
from validator.language.vocabulary import ROOT
from validator.logic.expr import (
    TRUE,
    AllOf,
    AnyOf,
    Field,
    Known,
    ListPath,
    Not,
    Quantified,
    Quantity,
    Ratio,
    terms_of,
    walk,
)
from validator.logic.facts import Snapshot
from validator.logic.frozen import replace
from validator.logic.policy import Clauses, Decision, Modality, Norm, Policy, Window
from validator.logic.shape import FieldShape, Kind
from validator.logic.values import Value, spell

VIOLATING = ("violation", "advice")


@law("P1")
def less_said_makes_verdicts_unknown_and_nothing_else(
    trial: Trial, choose: Chooser, judge: Engine
) -> Iterator[Claim]:
    trial = without(trial, Known)
    full = trial.judged(judge)
    less = trial.on(forget(trial.world, choose, trial.document, choose.one((10, 30, 60)))).judged(judge)
    for key in sorted(full.keys() & less.keys()):
        yield Claim((key, full[key], less[key]), True, says_no_more(less[key], full[key]))


def says_no_more(
    less: tuple[tuple[str, str | None], tuple[str, ...]], full: tuple[tuple[str, str | None], tuple[str, ...]]
) -> bool:
    weaker = less[0] in (full[0], ("unknown", None)) or (less[0] == ("ok", "open") and full[0][0] == "ok")
    return weaker and all(one in (other, "unknown") for one, other in zip(less[1], full[1], strict=True))


# --- P2: order and pseudonyms --------------------------------------------------------------------------------


@law("P2")
def the_order_of_lists_changes_no_verdict(trial: Trial, choose: Chooser, judge: Engine) -> Iterator[Claim]:
    before, after = trial.judged(judge), trial.on(shuffle(choose, trial.document)).judged(judge)
    counted, again = _by_policy(before), _by_policy(after)
    for policy in sorted(counted.keys() | again.keys()):
        yield Claim(policy, counted.get(policy), again.get(policy))


def _by_policy(verdicts: Verdicts) -> dict[str, Counter[object]]:
    found: dict[str, Counter[object]] = {}
    for (policy, _), verdict in verdicts.items():
        found.setdefault(policy, Counter())[verdict] += 1
    return found


@law("P2")
def the_pseudonyms_of_items_change_no_verdict(trial: Trial, _: Chooser, judge: Engine) -> Iterator[Claim]:
    trial = only(trial, lambda policy: not any(f.shape.identity for f in fields_read(trial.policies, policy)))
    renamed = trial.on(rename_refs(trial.document, trial.world.vocabulary))
    yield from same(trial.judged(judge), renamed.judged(judge))


# --- P3: what nobody asks for --------------------------------------------------------------------------------


@law("P3")
def a_field_that_no_policy_reads_changes_no_verdict(
    trial: Trial, choose: Chooser, judge: Engine
) -> Iterator[Claim]:
    read = {id(field.shape) for p in trial.policies.policies() for field in fields_read(trial.policies, p)}
    places = [place for place in places_in(trial.document, trial.world.vocabulary) if _is_free(place.shape, read)]
    if not places:
        return
    shape = choose.one(places).shape
    changed: Json = copy.deepcopy(trial.document)
    documents = drawn(trial.world, choose, changed, Pools(trial.policies))
    for record, other in places_in(changed, trial.world.vocabulary):
        if other is shape:
            value = documents.value(shape)
            if value is None or choose.chance(30):
                record.pop(shape.name, None)
            else:
                record[shape.name] = value
    yield from same(trial.judged(judge), trial.on(mended(trial.world, changed)).judged(judge))


def _is_free(shape: FieldShape, read: set[int]) -> bool:
    """Whether a field is read by no policy, bounds no other one and is no part of a check of the reader."""
    plain = shape.kind in (Kind.TEXT, Kind.BOOLEAN, Kind.ENUM) or shape.item is Kind.ENUM
    return plain and not shape.required and id(shape) not in read and shape.name not in ("founder", "kind")


@law("P3")
def another_organization_before_changes_no_verdict(trial: Trial, choose: Chooser, judge: Engine) -> Iterator[Claim]:
    other = trial.on(random_document(trial.world, choose))
    other.judged(judge)
    fresh = compiled(Program(trial.policies, trial.world.vocabulary), trial.snapshot, trial.day)
    yield from same(fresh, trial.judged(judge))


# --- P11: a list is its items --------------------------------------------------------------------------------


@law("P11")
def a_policy_on_items_is_one_on_the_organization_about_every_item(
    trial: Trial, _: Chooser, judge: Engine
) -> Iterator[Claim]:
    for norm in trial.policies.norms.values():
        for clauses in norm.clauses:
            if _can_be_folded(norm, clauses):
                always = replace(clauses, window=Window())
                readings = tuple(reading for reading in norm.readings if reading.chosen)
                plain = replace(norm, modality=Modality.OBLIGATION, clauses=(always,), readings=readings)
                items = trial.by(with_policies(trial.policies, [plain])).judged(judge)
                folded = trial.by(with_policies(trial.policies, [_folded(trial, plain)])).judged(judge)
                ((found, _others),) = folded.values()
                yield Claim((norm.id, clauses.subject.path), _together(trial, items, clauses), found[0])


def _can_be_folded(norm: Norm, clauses: Clauses) -> bool:
    fields = any(isinstance(term, Field) for reading in norm.readings for term in reading.parameters.values())
    return len(clauses.subject.scopes) == 1 and not fields


def _folded(trial: Trial, norm: Norm) -> Norm:
    """The same as a norm about the organization: no item is in scope, not exempt and against the requirement."""
    (clauses,) = norm.clauses
    subject = clauses.subject
    dropped = {name for reading in norm.readings for name in reading.without_exceptions}
    exempt = AnyOf(tuple(when for name, when in clauses.exceptions if name not in dropped))
    wrong = AllOf((clauses.applies_when, Not(exempt), Not(clauses.requirement)))
    items = ListPath(ROOT, (subject.path,), trial.world.vocabulary.lists[subject.path])
    every = Quantified(Quantity.EVERY, items, subject.scope, Not(wrong))
    whole = replace(subject, path=ROOT, scopes=(), shape=trial.world.vocabulary.root, renamed={})
    return replace(norm, clauses=(Clauses(whole, clauses.window, TRUE, every, ()),), exceptions=())


def _together(trial: Trial, items: Verdicts, clauses: Clauses) -> str:
    """What the verdicts on the items and an open list make of the organization."""
    found = {verdict for key, ((verdict, _), _) in items.items() if is_item(key)}
    if "violation" in found:
        return "violation"
    (whole,) = trial.snapshot.items(clauses.subject.path)
    return "unknown" if "unknown" in found or not whole.closed else "ok"


# --- P17: explanations ---------------------------------------------------------------------------------------


@law("P17", engines=("reference",))
def the_facts_that_are_cited_give_the_verdict_alone(trial: Trial, _: Chooser, judge: Engine) -> Iterator[Claim]:
    trial = without(trial, Ratio, Known)
    for policy in trial.policies.policies():
        alone = with_policies(trial.policies, [policy])
        for result in check(trial.snapshot, alone, trial.day):
            key = (policy.id, result["subject"])
            if result["verdict"] == "unknown" or result["reason"] == "open" or not is_item(key):
                continue
            cited = {evidence["path"] for evidence in result["because"]}
            less = _with_cited_facts_alone(trial.snapshot, cited, _frame(policy))
            found = judge(trial.world, alone, less, trial.day)
            yield Claim((key, cited), result["verdict"], found[key][0][0])


def _frame(policy: Policy) -> set[str]:
    """The names of facts that are never cited: they tell the judged day, and whether a decision applies."""
    windows = [end for window in windows_of(policy) for end in (window.judged_from, window.judged_through) if end]
    frame = [policy.applies_when] if isinstance(policy, Decision) else []
    terms = [term for condition in frame for node in walk(condition) for term in terms_of(node)]
    return {field.path[-1] for field in [*windows, *(term for term in terms if isinstance(term, Field))]}


def _with_cited_facts_alone(snapshot: Snapshot, cited: set[str], kept: set[str]) -> Snapshot:
    """The same facts without the values that were not cited; citing a list cites its items."""
    waiting = [snapshot.root]
    while waiting:
        record = waiting.pop()
        for name in list(record.values):
            path = record.path_of(name)
            needed = record.shape.fields[name].identity or name in ("region", "kind", "inn") or name in kept
            if not needed and not any(path == one or path.startswith((f"{one}[", f"{one}.")) for one in cited):
                del record.values[name]
        waiting += record.records.values()
        for items in record.lists.values():
            waiting += items.items
    return snapshot


@law("P17")
def what_a_remedy_sets_ends_the_violation(trial: Trial, _: Chooser, judge: Engine) -> Iterator[Claim]:
    for key, ((verdict, _reason), _others) in trial.judged(judge).items():
        norm = trial.policies.norms.get(key[0])
        if verdict in VIOLATING and norm is not None and norm.remedy_sets and is_item(key):
            cured = copy.deepcopy(trial.document)
            renamed = next(c.subject.renamed for c in norm.clauses if key[1].startswith(c.subject.path))
            record = _record_at(cured, key[1])
            record |= {renamed.get(name, name): _written(value) for name, value in norm.remedy_sets.items()}
            after = trial.on(mended(trial.world, cured)).judged(judge)
            yield Claim(key, True, after[key][0][0] not in VIOLATING)


def _record_at(document: Json, path: str) -> Json:
    record = document
    for part in path.split("."):
        name, _, index = part.rstrip("]").partition("[")
        record = record[name][int(index)] if index else record[name]
    return record


def _written(value: Value) -> Any:
    if isinstance(value, frozenset):
        return sorted(value)
    return value if isinstance(value, bool | int) else spell(value)
