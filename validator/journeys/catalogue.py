"""What the policy set covers: each place of each act with the policies that rest on it, and every conflict of law.

A conflict is a place of our own design rules (`sverka-design`, C01…); whatever cites it records it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from validator.logic.expr import Undecided, walk
from validator.logic.policy import Act, Citation, Clause, Decision, Norm, Policy, PolicySet
from validator.logic.text import Text

DESIGN = "sverka-design"
_CONFLICT = re.compile(r"C[0-9]{2}\Z")


class Place(NamedTuple):
    """A place of an act: what covers it as declared, and what cites it in fact."""

    act: Act
    clause: Clause
    cited_by: tuple[str, ...]


class Record(NamedTuple):
    """Where a conflict is recorded: a policy or definition, and what in it (a reading, an exception, …)."""

    policy: str
    kind: str
    name: str
    text: Text | None


class Conflict(NamedTuple):
    """An open or settled question of law, what was decided, and where it is recorded."""

    id: str
    clause: Clause
    records: tuple[Record, ...]


def places(policies: PolicySet) -> list[Place]:
    """Every place of every act, strongest acts first, in the order of the sources."""
    cited: dict[tuple[str, str], dict[str, None]] = {}
    for owner, _, _, citation, _ in citations(policies):
        cited.setdefault((citation.act, citation.at), {})[owner] = None
    acts = sorted(policies.acts.values(), key=lambda act: (act.force.rank, act.id))
    return [
        Place(act, clause, tuple(sorted(cited.get((act.id, clause.at), ()))))
        for act in acts
        for clause in act.clauses.values()
    ]


def conflicts(policies: PolicySet) -> list[Conflict]:
    """Every conflict by its number, with all places that record it."""
    clauses = policies.acts[DESIGN].clauses if DESIGN in policies.acts else {}
    records: dict[str, list[Record]] = {name: [] for name in clauses if _CONFLICT.match(name)}
    for owner, kind, name, citation, text in citations(policies):
        if citation.act == DESIGN and citation.at in records:
            records[citation.at].append(Record(owner, kind, name, text))
    for owner, question in _undecided(policies):
        records.setdefault(question, []).append(Record(owner, "undecided", question, None))
    # A question that a set asks without describing it is no row of the list; lint says so.
    return [
        Conflict(name, clauses[name], tuple(found)) for name, found in sorted(records.items()) if name in clauses
    ]


def citations(policies: PolicySet) -> Iterator[tuple[str, str, str, Citation, Text | None]]:
    """Every citation: the policy, what in it cites (policy, exception, reading, criterion, row…), its name."""
    for policy in (*policies.policies(), *policies.drafts.values()):
        yield from _of_policy(policy)
    for definition in policies.definitions.values():
        for citation in definition.cites:
            yield definition.name, "definition", definition.name, citation, definition.title
    for register in policies.registers.values():
        for row in register.rows:
            for citation in row.cites:
                yield register.name, "register", row.id, citation, row.note
    for parameter in policies.parameters.values():
        for value in parameter.rows:
            for citation in value.cites:
                yield parameter.name, "parameter", value.region or value.kind or "—", citation, value.why


def _of_policy(policy: Policy) -> Iterator[tuple[str, str, str, Citation, Text | None]]:
    for citation in policy.cites:
        yield policy.id, "policy", policy.id, citation, policy.title
    for reading in policy.readings:
        for citation in reading.cites:
            yield policy.id, "reading", reading.id, citation, reading.why
    match policy:
        case Norm():
            for exception in policy.exceptions:
                for citation in exception.cites:
                    yield policy.id, "exception", exception.id, citation, exception.title
            if policy.sanction is not None:
                yield policy.id, "sanction", policy.sanction.applies, policy.sanction.cites, None
        case Decision():
            for criterion in (*policy.criteria, *policy.exclusions):
                for citation in criterion.cites:
                    yield policy.id, "criterion", criterion.id, citation, criterion.title


def _undecided(policies: PolicySet) -> Iterator[tuple[str, str]]:
    for definition in policies.definitions.values():
        for node in walk(definition.when):
            if isinstance(node, Undecided):
                yield definition.name, node.question


def known_ids(policies: PolicySet) -> set[str]:
    """Every name that a place of an act may give as what covers it."""
    names = {policy.id for policy in policies.policies()} | set(policies.drafts) | set(policies.definitions)
    names |= set(policies.registers) | set(policies.parameters)
    for decision in policies.decisions.values():
        names |= {criterion.id for criterion in (*decision.criteria, *decision.exclusions)}
    return names
