"""The list of waivers on one day: what each is about, how long it holds, what is wrong with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

from validator.journeys.assemble import Quarantined, inputs, problem_record, tool
from validator.journeys.waivers.problems import expired
from validator.journeys.waivers.waiving import Waiving, applied
from validator.logic.problem import Problem
from validator.logic.report import both
from validator.logic.waiver import LIST_SCHEMA, ListedWaiver, WaiverCounts, WaiverList, WaiverState


def waiver_list(
    waiving: Waiving, day: date, files: int, evaluated: int, quarantined: list[Quarantined]
) -> WaiverList:
    """The list after all snapshots were judged by the law of `day`; those that end first come first."""
    rows = sorted(
        (_row(waiving, index, day) for index in range(len(waiving.waivers))),
        key=lambda row: (row["through"], row["organization"] or "", row["policy"], row["id"]),
    )
    policies = waiving.policies
    return {
        "schema": LIST_SCHEMA,
        "tool": tool(),
        "policy_set": {
            "digest": policies.digest,
            "norms": len(policies.norms),
            "decisions": len(policies.decisions),
        },
        "day": day.isoformat(),
        "files": files,
        "inputs": inputs(evaluated, len(quarantined), 0),
        "waivers": rows,
        "quarantine": [problem_record(problem, q) for q in quarantined for problem in q.problems],
        "counts": _counts(rows),
    }


def _row(waiving: Waiving, index: int, day: date) -> ListedWaiver:
    waiver = waiving.waivers[index]
    norm, shown = waiving.policies.norms.get(waiver.policy), applied(waiver, day)
    facts_on = waiving.facts_on(index)
    return {
        "id": waiver.id,
        "policy": waiver.policy,
        "title": None if norm is None else both(norm.title),
        "organization": waiver.organization,
        "item": waiver.item,
        "from": shown["from"],
        "through": shown["through"],
        "ground": shown["ground"],
        "approved_by": shown["approved_by"],
        "state": _state(waiving, index, day).value,
        "days_left": shown["days_left"],
        "facts_on": None if facts_on is None else facts_on.isoformat(),
        "waives": None if facts_on is None else waiving.waived(index),
        "problems": [problem_record(problem, None) for problem in _problems(waiving, index, day)],
        "location": shown["location"],
    }


def _state(waiving: Waiving, index: int, day: date) -> WaiverState:
    """A waiver that can waive nothing is told so on any day: days left would look like a permission."""
    return WaiverState.NO_EFFECT if waiving.without_effect(index) else waiving.waivers[index].state(day)


def _problems(waiving: Waiving, index: int, day: date) -> list[Problem]:
    """A waiver that is over is told so here even when the violation is gone or was not looked for.

    One that has not begun is nothing to mend, and its state tells it.
    """
    waiver = waiving.waivers[index]
    found = [problem for problem in waiving.problems_of(index) if problem.code != "waiver-not-begun"]
    over = waiver.state(day) is WaiverState.EXPIRED
    if over and not any(problem.code == "waiver-expired" for problem in found):
        found.append(expired(waiver, day, violated=False))
    return found


def _counts(rows: Iterable[ListedWaiver]) -> WaiverCounts:
    states = Counter(row["state"] for row in rows)
    return {
        "active": states["active"],
        "ends_soon": states["ends_soon"],
        "not_begun": states["not_begun"],
        "expired": states["expired"],
        "no_effect": states["no_effect"],
        "with_problems": sum(bool(row["problems"]) for row in rows),
    }


def list_exit_code(found: WaiverList) -> int:
    """1 when a waiver has a problem, else 3 when a document was quarantined, else 0."""
    if found["counts"]["with_problems"]:
        return 1
    return 3 if found["inputs"]["quarantined"] else 0
