"""Well-typed expressions of the policy language, the one tree that every interpreter reads.

A node knows the place it was written at (`span`), which never counts in comparisons: two conditions are equal
when they mean the same by construction. Names of scopes (`chat`, `organization`) are bound by the norm's
`about` and by quantifiers; every other scope name is resolved before a node is built. All conditions are
three-valued (`truth.py`); each docstring says when its node is unknown.
"""

from __future__ import annotations

from enum import Enum

from validator.logic.frozen import Placed
from validator.logic.problem import Span
from validator.logic.shape import FieldShape, Kind
from validator.logic.values import Order, Value

NOWHERE = Span("", 0, 0, 0, 0)


# --- terms: what stands on the two sides of a comparison ----------------------------------------------------


class Literal(Placed, frozen=True):
    """A value written in the policy."""

    value: Value
    span: Span = NOWHERE


class Field(Placed, frozen=True):
    """A field of the record that `scope` names; `path` leads through nested records.

    Absent: the declared interval where the schema bounds it, else unknown.
    """

    scope: str
    path: tuple[str, ...]
    shape: FieldShape
    span: Span = NOWHERE


class ParameterValue(Placed, frozen=True):
    """The value of a parameter for the organization on the judged day; unknown without a row."""

    name: str
    kind: Kind
    span: Span = NOWHERE


class AsOf(Placed, frozen=True):
    """The day of judgement: the law date of the run."""

    span: Span = NOWHERE


class Shifted(Placed, frozen=True):
    """A day moved by a whole number of days, earlier when negative; `never` and `open_ended` stay."""

    day: Field | ParameterValue | AsOf | Literal
    days: int | ParameterValue
    span: Span = NOWHERE


class ListPath(Placed, frozen=True):
    """A list of records: `path` leads from the record that `scope` names to the list."""

    scope: str
    path: tuple[str, ...]
    shape: FieldShape
    span: Span = NOWHERE


class CountOf(Placed, frozen=True):
    """How many items satisfy `body`: at least the certain ones, at most all that are not excluded.

    Over a list that is not complete there is no upper end.
    """

    items: ListPath
    bind: str
    body: Condition
    span: Span = NOWHERE


class Sum(Placed, frozen=True):
    """The exact total of its terms, each an interval where it is not known."""

    terms: tuple[Field, ...]
    span: Span = NOWHERE


class Ratio(Placed, frozen=True):
    """`part` in percent of `whole` (0 to 100), exactly; unknown when the whole may be nought."""

    part: Field | CountOf
    whole: Field | CountOf
    span: Span = NOWHERE


Term = Literal | Field | ParameterValue | AsOf | Shifted | CountOf | Sum | Ratio


# --- conditions ----------------------------------------------------------------------------------------------


class Compare(Placed, frozen=True):
    """An order or equality of two terms; of sets, equality whatever the order of their items."""

    left: Term
    order: Order
    right: Term
    span: Span = NOWHERE


class OneOf(Placed, frozen=True):
    """Whether a field has one of the values; unknown when it is absent or an unregistered name."""

    field: Field
    values: frozenset[Value]
    span: Span = NOWHERE


class SetRelation(Enum):
    """How a set is compared with another."""

    CONTAINS_ANY = "contains_any"
    CONTAINS_ALL = "contains_all"
    WITHIN = "within"


class SetTest(Placed, frozen=True):
    """A set against another, or against the one value of a field; unknown when either is absent."""

    field: Field
    relation: SetRelation
    values: Literal | Field
    span: Span = NOWHERE


class Quantity(Enum):
    """Which of the items must satisfy a condition."""

    SOME = "some"
    EVERY = "every"
    NO = "no"


class Quantified(Placed, frozen=True):
    """A condition over the items of a list, each bound to `bind`.

    Over a list that is not complete, `some` is never false, `every` and `no` are never true.
    """

    quantity: Quantity
    items: ListPath
    bind: str
    body: Condition
    span: Span = NOWHERE


class Follow(Placed, frozen=True):
    """A condition on the record that a reference points to; unknown when the reference is absent."""

    reference: Field
    bind: str
    body: Condition
    span: Span = NOWHERE


class ListedIn(Placed, frozen=True):
    """Whether a name stands on a register on the judged day.

    False when it is known not to (another row of the family, or a closed register); otherwise unknown.
    """

    field: Field
    register: str
    span: Span = NOWHERE


class Meets(Placed, frozen=True):
    """A named condition, read with the record that `scope` names as its item."""

    definition: str
    scope: str
    span: Span = NOWHERE


class Undecided(Placed, frozen=True):
    """A legal question nobody has settled: always unknown."""

    question: str
    span: Span = NOWHERE


class Fresh(Placed, frozen=True):
    """`body`, when `on` lies at most `within` days before the judged day; else unknown."""

    body: Condition
    on: Field
    within: int | ParameterValue
    span: Span = NOWHERE


class Known(Placed, frozen=True):
    """Whether a field is known. Never unknown, and so not monotone: allowed in decisions only."""

    field: Field
    span: Span = NOWHERE


class AllOf(Placed, frozen=True):
    """Conjunction; true when empty."""

    parts: tuple[Condition, ...]
    span: Span = NOWHERE


class AnyOf(Placed, frozen=True):
    """Disjunction; false when empty."""

    parts: tuple[Condition, ...]
    span: Span = NOWHERE


class Not(Placed, frozen=True):
    """Negation."""

    part: Condition
    span: Span = NOWHERE


Condition = (
    Compare
    | OneOf
    | SetTest
    | Quantified
    | Follow
    | ListedIn
    | Meets
    | Undecided
    | Fresh
    | Known
    | AllOf
    | AnyOf
    | Not
)

TRUE = AllOf(())


def children(condition: Condition) -> tuple[Condition, ...]:
    """The conditions directly inside a condition, in the order written; those inside counts included."""
    match condition:
        case AllOf(parts) | AnyOf(parts):
            return parts
        case Not(part):
            return (part,)
        case Quantified(body=body) | Follow(body=body) | Fresh(body=body):
            return (body,)
        case Compare(left=left, right=right):
            return tuple(c for term in (left, right) for c in _counted(term))
        case OneOf() | SetTest() | ListedIn() | Meets() | Undecided() | Known():
            return ()


def _counted(term: Term) -> tuple[Condition, ...]:
    match term:
        case CountOf(body=body):
            return (body,)
        case Ratio(part=part, whole=whole):
            return _counted(part) + _counted(whole)
        case _:
            return ()


def walk(condition: Condition) -> tuple[Condition, ...]:
    """The condition and everything inside it, outermost first."""
    found = [condition]
    for inner in children(condition):
        found.extend(walk(inner))
    return tuple(found)


def terms_of(condition: Condition) -> tuple[Term, ...]:
    """The terms that stand directly in a condition, those inside totals, shares and shifts included."""
    match condition:
        case Compare(left=left, right=right):
            return tuple(t for term in (left, right) for t in _terms_within(term))
        case OneOf(field=found) | ListedIn(field=found) | Known(field=found) | Follow(reference=found):
            return (found,)
        case SetTest(field=found, values=values):
            return (found, values)
        case Fresh(on=on, within=within):
            return (on,) if isinstance(within, int) else (on, within)
        case Quantified() | Meets() | Undecided() | AllOf() | AnyOf() | Not():
            return ()


def _terms_within(term: Term) -> tuple[Term, ...]:
    match term:
        case Sum(terms):
            return (term, *terms)
        case Ratio(part=part, whole=whole):
            return (term, *_terms_within(part), *_terms_within(whole))
        case Shifted(day=day, days=days):
            return (term, day) if isinstance(days, int) else (term, day, days)
        case _:
            return (term,)
