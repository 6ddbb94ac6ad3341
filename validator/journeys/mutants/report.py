"""What a study of mutants found, as plain data: what a renderer shows and what `-o json` prints."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Literal, TypedDict

from validator.journeys.mutants.documents import Json
from validator.journeys.mutants.model import Owner
from validator.journeys.mutants.proposals import Proposal
from validator.journeys.mutants.study import State, Studied
from validator.logic.policy import PolicySet
from validator.logic.report import BothTexts, Location, both
from validator.logic.text import Text

SCHEMA: Literal["sverka.mutants/1"] = "sverka.mutants/1"


class Counts(TypedDict):
    """How many mutants became what."""

    mutants: int
    killed: int
    alive: int
    equivalent: int
    bounded: int
    undecided: int
    unchecked: int


class MutantRow(TypedDict):
    """One mutant. `killed_by` is the first example that notices it; `policy` and `facts` tell it from the original.

    `bounds` are the lengths of lists, by list path, up to which it was compared.
    """

    id: str
    location: Location
    what: BothTexts
    state: str
    policies: list[str]
    killed_by: str | None
    shown_on: ShownOn | None
    bounds: dict[str, int]


class ShownOn(TypedDict):
    """Facts on which a mutant differs: the policy, the judged item, the snapshot, what must come out."""

    policy: str
    subject: str
    snapshot: object


class OwnerRow(TypedDict):
    """The mutants of one policy, definition, parameter or register."""

    name: str
    kind: Owner
    title: BothTexts
    counts: Counts
    mutants: list[MutantRow]


class ProposalRow(TypedDict):
    """An example that is missing: the policy, the case to add, the mutants that it kills."""

    policy: str
    case: dict[str, Json]
    kills: list[str]


class MutantReport(TypedDict):
    """A study. `score`: what share of all that is not proved equivalent examples kill, in percent, rounded down."""

    schema: Literal["sverka.mutants/1"]
    policy_set: str
    solver: bool
    examples: int
    counts: Counts
    score: float
    threshold: int | None
    reached: bool
    owners: list[OwnerRow]
    proposals: list[ProposalRow]


def report_of(
    studied: Iterable[Studied],
    policies: PolicySet,
    named: Callable[[str], str],
    proposals: Iterable[Proposal] = (),
    *,
    examples: int,
    solver: bool,
    threshold: int | None,
) -> MutantReport:
    """The report of a study; `named` gives the name of a file to show."""
    found = list(studied)
    counts = _counts(found)
    by_owner: dict[tuple[Owner, str], list[Studied]] = {}
    for one in found:
        by_owner.setdefault((one.mutant.kind, one.mutant.owner), []).append(one)
    killed, of = counts["killed"], counts["mutants"] - counts["equivalent"]
    return {
        "schema": SCHEMA,
        "policy_set": policies.digest,
        "solver": solver,
        "examples": examples,
        "counts": counts,
        "score": killed * 1000 // of / 10 if of else 100.0,
        "threshold": threshold,
        "reached": threshold is None or killed * 100 >= threshold * of,
        "owners": [_owner(kind, name, mine, policies, named) for (kind, name), mine in by_owner.items()],
        "proposals": [{"policy": p.policy, "case": p.body, "kills": list(p.kills)} for p in proposals],
    }


def _counts(found: list[Studied]) -> Counts:
    states = Counter(one.state for one in found)
    return {
        "mutants": len(found),
        "killed": states[State.KILLED],
        "alive": states[State.ALIVE],
        "equivalent": states[State.EQUIVALENT],
        "bounded": states[State.BOUNDED],
        "undecided": states[State.UNDECIDED],
        "unchecked": states[State.UNCHECKED],
    }


def _owner(
    kind: Owner, name: str, mine: list[Studied], policies: PolicySet, named: Callable[[str], str]
) -> OwnerRow:
    return {
        "name": name,
        "kind": kind,
        "title": both(_title(kind, name, policies)),
        "counts": _counts(mine),
        "mutants": [_row(one, named) for one in mine],
    }


def _title(kind: Owner, name: str, policies: PolicySet) -> Text:
    match kind:
        case "policy":
            return (policies.norms.get(name) or policies.decisions[name]).title
        case "definition":
            return policies.definitions[name].title
        case "parameter":
            return policies.parameters[name].title
        case "register":
            return policies.registers[name].title


def _row(one: Studied, named: Callable[[str], str]) -> MutantRow:
    mutant, witness = one.mutant, one.survival.witness
    span = mutant.span
    return {
        "id": mutant.id,
        "location": {"file": named(span.file), "line": span.line, "column": span.column},
        "what": both(mutant.what),
        "state": one.state.value,
        "policies": list(mutant.touches),
        "killed_by": one.by or None,
        "shown_on": None
        if witness is None
        else {"policy": witness.policy, "subject": witness.subject, "snapshot": witness.facts},
        "bounds": dict(sorted(one.survival.bounds.items())),
    }
