"""P7 and P12: days."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from laws import Claim, fields_read, is_item, law, only, same, without
from trials import Engine, Trial, with_policies

from validator.interpreters.strategies import Chooser, Json
from validator.logic.expr import AsOf, Fresh, ListedIn, ParameterValue
from validator.logic.frozen import Frozen, fields_of, replace
from validator.logic.policy import Norm
from validator.logic.shape import Kind, RecordShape

MOVES = (98, -400, -31, -1, 1, 7, 28, 365)
LEFT = ("shape", "span", "subject", "acts", "scopes")


@law("P7")
def when_all_days_move_together_no_verdict_changes(trial: Trial, choose: Chooser, judge: Engine) -> Iterator[Claim]:
    trial = only(trial, lambda p: not any(f.shape.kind is Kind.MONTH for f in fields_read(trial.policies, p)))
    days = choose.one(MOVES)
    moved = trial._replace(
        policies=_moved(trial.policies, days),
        document=_moved_document(trial, days),
        day=trial.day + timedelta(days),
    )
    before = trial.on(_moved_document(trial, 0)).judged(judge)
    yield from same(before, moved.judged(judge))


def _moved(node: Any, days: int) -> Any:
    """Policies and their data with every day moved."""
    match node:
        case date():
            return date.fromordinal(min(node.toordinal() + days, date.max.toordinal()))
        case Frozen():
            changed = {name: _moved(getattr(node, name), days) for name in fields_of(node) if name not in LEFT}
            return replace(node, **changed)
        case tuple() if type(node) is tuple:
            return tuple(_moved(part, days) for part in node)
        case frozenset():
            return frozenset(_moved(part, days) for part in node)
        case Mapping():
            return {key: _moved(value, days) for key, value in node.items()}
        case _:
            return node


def _moved_document(trial: Trial, days: int) -> Json:
    """The document with every day moved, and without months, which have no day."""

    def record(facts: Json, shape: RecordShape) -> Json:
        found: Json = {}
        for name, value in facts.items():
            field = shape.fields.get(name)
            if field is None or field.kind is Kind.MONTH:
                if field is None:
                    found[name] = value
            elif field.record is not None and isinstance(value, list):
                found[name] = [record(item, field.record) for item in value]
            elif field.record is not None and isinstance(value, dict):
                found[name] = record(value, field.record)
            elif field.kind is Kind.DATE and str(value)[:1].isdigit():
                found[name] = (date.fromisoformat(value) + timedelta(days)).isoformat()
            else:
                found[name] = value
        return found

    moved = record(trial.document, trial.world.vocabulary.document)
    moved["as_of"] = (date.fromisoformat(trial.document["as_of"]) + timedelta(days)).isoformat()
    return moved


@law("P12")
def once_violated_always_violated_on_these_facts(trial: Trial, choose: Chooser, judge: Engine) -> Iterator[Claim]:
    """Of norms whose conditions do not look at the day, read without their last day."""
    norms = [_without_end(norm) for norm in trial.policies.norms.values()]
    trial = without(trial.by(with_policies(trial.policies, [*norms])), AsOf, Fresh, ListedIn, ParameterValue)
    later = trial._replace(day=trial.day + timedelta(choose.one((1, 30, 400))))
    before, after = trial.judged(judge), later.judged(judge)
    for key in filter(is_item, before):
        if before[key][0][0] in ("violation", "advice"):
            yield Claim((key, later.day), before[key][0][0], after[key][0][0])


def _without_end(norm: Norm) -> Norm:
    lists = [replace(clauses, window=replace(clauses.window, last=None)) for clauses in norm.clauses]
    return replace(norm, clauses=tuple(lists), readings=tuple(r for r in norm.readings if r.chosen))
