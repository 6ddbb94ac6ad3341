"""What conditions and policies rest on: the definitions, parameters, registers and open questions they name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from validator.interpreters.prose import outline
from validator.journeys.book.parts import Ground, Ref, Told
from validator.logic.expr import (
    AllOf,
    AnyOf,
    Condition,
    ListedIn,
    Meets,
    ParameterValue,
    Quantified,
    Shifted,
    Term,
    Undecided,
    terms_of,
    walk,
)
from validator.logic.policy import Citation, Decision, Norm, Policy, PolicySet, Window


def refs_in(condition: Condition) -> tuple[Ref, ...]:
    """Everything that a condition names, each once, in the order written."""
    found: dict[Ref, None] = {}
    for node in walk(condition):
        match node:
            case Meets(definition):
                found[Ref("definition", definition)] = None
            case ListedIn(register=register):
                found[Ref("register", register)] = None
            case Undecided(question):
                found[Ref("conflict", question)] = None
            case _:
                found |= dict.fromkeys(ref for term in terms_of(node) for ref in refs_of_term(term))
    return tuple(found)


def refs_of_term(term: Term) -> tuple[Ref, ...]:
    """The parameters in a term."""
    match term:
        case ParameterValue(name):
            return (Ref("parameter", name),)
        case Shifted(day, days):
            return refs_of_term(day) + (() if isinstance(days, int) else refs_of_term(days))
        case _:
            return ()


def told_lines(condition: Condition, policies: PolicySet, about: str) -> tuple[Told, ...]:
    """The outline of a condition, each line with the sections it names; headings name none."""
    return tuple(
        Told(line.depth, line.text, () if _heads(line.condition) else refs_in(line.condition))
        for line in outline(condition, policies, about)
    )


def _heads(condition: Condition) -> bool:
    """Whether the parts of a condition follow its line as lines of their own."""
    match condition:
        case AllOf() | AnyOf():
            return True
        case Quantified(body=AllOf(parts) | AnyOf(parts)):
            return len(parts) > 1
        case _:
            return False


def ground(citation: Citation, policies: PolicySet) -> Ground:
    """A citation with what the book says of it."""
    act = policies.acts[citation.act]
    clause = act.clauses[citation.at]
    return Ground(act.id, citation.at, act.short, clause.title, act.force.value, act.checked_on)


def grounds(cites: Iterable[Citation], policies: PolicySet) -> tuple[Ground, ...]:
    """Citations in the order written."""
    return tuple(ground(citation, policies) for citation in cites)


def conditions_of(policy: Policy) -> Iterator[Condition]:
    """Every condition of a policy."""
    match policy:
        case Decision():
            yield policy.applies_when
            yield from (criterion.when for criterion in (*policy.criteria, *policy.exclusions))
        case Norm():
            for clauses in policy.clauses:
                yield clauses.applies_when
                yield clauses.requirement
                yield from (when for _, when in clauses.exceptions)
            if not isinstance(policy.waivable, bool):
                yield policy.waivable


def windows_of(policy: Policy) -> tuple[Window, ...]:
    """The terms of a policy, one per list it is about."""
    return tuple(c.window for c in policy.clauses) if isinstance(policy, Norm) else (policy.window,)


def rests_on(policy: Policy, policies: PolicySet) -> tuple[Ref, ...]:
    """All data and definitions that a policy needs, directly, through others or in a reading, by kind and name."""
    direct = [ref for condition in conditions_of(policy) for ref in refs_in(condition)]
    for window in windows_of(policy):
        direct += [ref for term in (window.first, window.last) if term is not None for ref in refs_of_term(term)]
    for reading in policy.readings:
        direct += [Ref("parameter", name) for name in (*reading.parameters, *reading.admit_press)]
        direct += [Ref("definition", name) for name in reading.definitions.values()]
        direct += [Ref("register", name) for name in reading.registers.values()]
    return closed(direct, policies)


def closed(direct: Iterable[Ref], policies: PolicySet) -> tuple[Ref, ...]:
    """The sections and what their definitions name in turn, by kind and name."""
    found: set[Ref] = set()
    queue = list(direct)
    while queue:
        ref = queue.pop()
        if ref in found:
            continue
        found.add(ref)
        if ref.kind == "definition":
            queue.extend(refs_in(policies.definitions[ref.name].when))
    return tuple(sorted(found))
