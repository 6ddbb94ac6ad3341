"""The indexes of the book: whom a policy may concern, and on which days policies start and end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from validator.interpreters.prose import day_term, outline
from validator.journeys.book.parts import Addressee, DayPart, OpenDay, Told
from validator.journeys.book.refs import refs_in, refs_of_term, windows_of
from validator.language.library import Library
from validator.language.vocabulary import ROOT
from validator.logic.expr import (
    AllOf,
    AnyOf,
    Compare,
    Condition,
    Field,
    Literal,
    Meets,
    Not,
    OneOf,
    ParameterValue,
    Quantified,
    Shifted,
    Term,
    terms_of,
    walk,
)
from validator.logic.policy import ALWAYS, Decision, Policy, PolicySet
from validator.logic.truth import Truth, all_of, any_of, truth
from validator.logic.values import Order, Value

_KIND = ("kind",)


# --- whom a policy may concern -------------------------------------------------------------------------------


def addressee(policy: Policy, library: Library) -> Addressee:
    """The kinds of organization that a policy may concern under some reading, and what else it asks of them."""
    kinds = library.vocabulary.root.fields["kind"].values
    inside = tuple(kind for kind in kinds if may_concern(policy, kind, library.policies))
    return Addressee(
        kinds=inside,
        excluded=tuple(kind for kind in kinds if kind not in inside),
        conditions=tuple(_organization_conditions(policy, library.policies)),
    )


def may_concern(policy: Policy, kind: str, policies: PolicySet) -> bool:
    """False only when `applies_when` can't hold for an organization of that kind, whatever else is true of it.

    A kind that another reading lets in is not left out.
    """
    definitions = [{}, *(reading.definitions for reading in policy.readings)]
    return any(
        _by_kind(condition, kind, policies, names) is not Truth.FALSE
        for names in definitions
        for condition in _applies(policy)
    )


def _applies(policy: Policy) -> list[Condition]:
    if isinstance(policy, Decision):
        return [policy.applies_when]
    return [clauses.applies_when for clauses in policy.clauses]


def _by_kind(condition: Condition, kind: str, policies: PolicySet, names: Mapping[str, str]) -> Truth:
    """The truth of a condition when nothing but the kind of the organization is known."""
    match condition:
        case AllOf(parts):
            return all_of(_by_kind(part, kind, policies, names) for part in parts)
        case AnyOf(parts):
            return any_of(_by_kind(part, kind, policies, names) for part in parts)
        case Not(part):
            return ~_by_kind(part, kind, policies, names)
        case Meets(definition):
            when = policies.definitions[names.get(definition, definition)].when
            return _by_kind(when, kind, policies, names)
        case Compare(Field(scope="organization", path=("kind",)), Order.IS, Literal(value)):
            return truth(value == kind)
        case OneOf(Field(scope="organization", path=("kind",)), values):
            return truth(kind in values)
        case _:
            return Truth.UNKNOWN


def _organization_conditions(policy: Policy, policies: PolicySet) -> Iterator[Told]:
    """What else must be true of the organization itself: told once, whatever lists the policy is about."""
    found: dict[Told, None] = {}
    for condition in _applies(policy):
        for part in condition.parts if isinstance(condition, AllOf) else (condition,):
            if _of_organization(part, policies) and not _of_kind_alone(part, policies):
                for line in outline(part, policies, ROOT):
                    found[Told(line.depth, line.text, refs_in(part) if line.depth == 0 else ())] = None
    yield from found


def _fields(condition: Condition, policies: PolicySet) -> Iterator[Field | Quantified]:
    for node in walk(condition):
        if isinstance(node, Quantified):
            yield node
        elif isinstance(node, Meets):
            yield from _fields(policies.definitions[node.definition].when, policies)
        else:
            yield from (term for term in terms_of(node) if isinstance(term, Field))


def _of_organization(condition: Condition, policies: PolicySet) -> bool:
    """Whether a condition asks for nothing but fields of the organization."""
    fields = list(_fields(condition, policies))
    return bool(fields) and all(isinstance(field, Field) and field.scope == ROOT for field in fields)


def _of_kind_alone(condition: Condition, policies: PolicySet) -> bool:
    return all(isinstance(field, Field) and field.path == _KIND for field in _fields(condition, policies))


# --- days ----------------------------------------------------------------------------------------------------


def timeline(policies: PolicySet) -> tuple[tuple[DayPart, ...], tuple[OpenDay, ...]]:
    """The days on which policies start or which are their last, and the beginnings and ends no calendar holds.

    A day that depends on the region, the kind or the records of the organization is told in words: the table of
    its parameter holds the dates.
    """
    days: dict[date, tuple[list[str], list[str]]] = {}
    open_days: dict[Told, tuple[list[str], list[str]]] = {}
    for policy in policies.policies():
        for window in windows_of(policy):
            for side, term in enumerate((window.first, window.last)):
                if term is None:
                    continue
                day = _day(term, policies)
                if day is None:
                    told = Told(0, day_term(term, policies), refs_of_term(term))
                    names = open_days.setdefault(told, ([], []))[side]
                else:
                    names = days.setdefault(day, ([], []))[side]
                if policy.id not in names:
                    names.append(policy.id)
    return (
        tuple(DayPart(day, tuple(starts), tuple(ends)) for day, (starts, ends) in sorted(days.items())),
        tuple(OpenDay(told, tuple(starts), tuple(ends)) for told, (starts, ends) in sorted(open_days.items())),
    )


def _day(term: Term, policies: PolicySet) -> date | None:
    """The day a term comes to for everybody; None when there is no such day."""
    match term:
        case Literal(value=date() as day):
            return day
        case ParameterValue(name):
            value = _constant(name, policies)
            return value if isinstance(value, date) else None
        case Shifted(day, days):
            number = days if isinstance(days, int) else _constant(days.name, policies)
            base = _day(day, policies)
            return base + timedelta(number) if base is not None and isinstance(number, int) else None
        case _:
            return None


def _constant(name: str, policies: PolicySet) -> Value | None:
    """The value of a parameter that is the same for everybody and on all days."""
    rows = policies.parameters[name].rows
    only = rows[0] if len(rows) == 1 else None
    if only is None or only.specificity or only.press or only.period != ALWAYS:
        return None
    return only.value
