"""What the literals of conditions need, condition by condition: the part of `bounds` below questions."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from math import ceil, floor
from typing import Protocol

from validator.interpreters.smt.needs import (
    NOTHING,
    Element,
    Names,
    Need,
    Rail,
    Root,
    add,
    alternatives,
    choice,
    is_number,
    names_of,
)
from validator.interpreters.smt.query import Mode
from validator.interpreters.smt.uses import UseFinder
from validator.logic.expr import (
    AllOf,
    AnyOf,
    Compare,
    Condition,
    CountOf,
    Field,
    Follow,
    Fresh,
    Known,
    ListPath,
    Literal,
    Meets,
    Not,
    OneOf,
    ParameterValue,
    Quantified,
    Quantity,
    Ratio,
    SetTest,
    Term,
)
from validator.logic.shape import Kind
from validator.logic.values import Order


class Finder(Protocol):
    """Whose question it is: what conditions use, and what comes to light on the way (`bounds.BoundFinder`)."""

    finder: Callable[[Mode], UseFinder]
    endless: set[str]
    most: int
    uncertain: bool

    def root(self, path: str, copies: int = 0) -> Root:
        """A new root."""


class Conditions:
    """What the conditions of one `Definitely` need."""

    def __init__(self, owner: Finder, mode: Mode, subject: Names) -> None:
        self.owner = owner
        self.mode = mode
        self.subject = subject
        self.uses = owner.finder(mode)

    def of(self, condition: Condition, rail: Rail, names: Names) -> Need:
        """What a literal of a condition needs."""
        match condition:
            case AllOf(parts):
                return rail.joined([self.of(part, rail, names) for part in parts], rail.straight)
            case AnyOf(parts):
                return rail.joined([self.of(part, rail, names) for part in parts], not rail.straight)
            case Not(part):
                return self.of(part, rail.flipped(), names)
            case Quantified():
                return self._quantified(condition, rail, names)
            case Follow(reference=reference, bind=bind, body=body):
                source = names[reference.scope]
                own = self._targets([reference], rail, names)
                target = Element(source.roots, None)
                return add([own, self.of(body, rail, {**names, bind: target})])
            case Meets(definition=name, scope=scope):
                found = self.mode.policies.definitions[self.mode.overrides.definitions.get(name, name)]
                return self.of(found.when, rail, names_of(found.scopes, names[scope]))
            case Fresh(body=body):
                return self.of(body, rail, names)
            case Compare():
                return self._compare(condition, rail, names)
            case SetTest(field=field, values=values):
                return self._sets(condition, [field, values], rail, names)
            case OneOf(field=field):
                return self._targets([field], rail, names)
            case Known(field=field):
                return self._targets([field], rail._replace(positive=rail.straight), names)
            case _:
                return NOTHING

    def _free(self, condition: Condition, names: Names) -> list[Element]:
        """The items that a condition speaks of."""
        uses = self.uses.of(condition)
        found = [names[scope] for scope in sorted(uses.scopes)]
        found += [self.subject[scope] for scope in sorted(uses.subject)]
        through = self.mode.window.judged_through
        return [*found, self.subject[through.scope]] if uses.judged and through is not None else found

    def _some(
        self,
        condition: Condition,
        items: ListPath,
        bind: str,
        body: Condition,
        rail: Rail,
        names: Names,
        count: int,
    ) -> Need:
        """So many items of a list, each with the literal of the body."""
        record = items.shape.record
        assert record is not None
        if count <= 0:
            return NOTHING
        parent = names[items.scope]
        others = frozenset[Root]().union(*(e.roots for e in self._free(condition, names) if e is not parent))
        roots = others | parent.roots
        per_parent = others - parent.decided
        if count > 1:
            roots |= {self.owner.root(record.path, count)}
            rail = rail._replace(single=False)
        element = Element(roots, parent)
        return add([choice(record.path, per_parent, count), self.of(body, rail, {**names, bind: element})])

    def _every(self, items: ListPath, bind: str, body: Condition, rail: Rail, names: Names) -> Need:
        record = items.shape.record
        assert record is not None
        parent = names[items.scope]
        element = Element(frozenset({self.owner.root(record.path)}), parent, free=True)
        return self.of(body, rail._replace(single=False), {**names, bind: element})

    def _quantified(self, condition: Quantified, rail: Rail, names: Names) -> Need:
        if condition.quantity is Quantity.NO:
            rail = rail.flipped()
        chosen = rail.straight if condition.quantity is not Quantity.EVERY else not rail.straight
        items, bind, body = condition.items, condition.bind, condition.body
        if chosen:
            return self._some(condition, items, bind, body, rail, names, 1)
        return self._every(items, bind, body, rail, names)

    # --- references ---------------------------------------------------------------------------------------------

    def _targets(self, fields: Iterable[Term], rail: Rail, names: Names) -> Need:
        """The targets of references that a literal needs to be known."""
        if not rail.positive:
            return NOTHING
        return add(
            choice(field.shape.target or "", names[field.scope].roots, 1)
            for field in fields
            if isinstance(field, Field) and field.shape.kind is Kind.REF
        )

    def _sets(self, condition: Condition, sides: list[Term], rail: Rail, names: Names) -> Need:
        """A member that shows how sets of references differ, or what they have in common."""
        targets = {s.shape.target for s in sides if isinstance(s, Field) and s.shape.kind is Kind.SET}
        roots: frozenset[Root] = frozenset().union(*(element.roots for element in self._free(condition, names)))
        shown = add(choice(target, roots, 1) for target in sorted(filter(None, targets)))
        return add([shown, self._targets(sides, rail, names)])

    # --- counts -------------------------------------------------------------------------------------------------

    def _compare(self, condition: Compare, rail: Rail, names: Names) -> Need:
        left, right = condition.left, condition.right
        if isinstance(left, CountOf):
            return self._count(condition, left, condition.order, right, rail, names)
        if isinstance(right, CountOf):
            return self._count(condition, right, _MIRRORED[condition.order], left, rail, names)
        if isinstance(left, Ratio) or isinstance(right, Ratio):
            return self._share(condition, names)
        if any(isinstance(side, Field) and side.shape.kind is Kind.SET for side in (left, right)):
            return self._sets(condition, [left, right], rail, names)
        return self._targets([left, right], rail, names)

    def _share(self, condition: Compare, names: Names) -> Need:
        shares = [side for side in (condition.left, condition.right) if isinstance(side, Ratio)]
        counts = [side for share in shares for side in (share.part, share.whole) if isinstance(side, CountOf)]
        return add(self._uncertain(condition, count, names) for count in counts)

    def _uncertain(self, condition: Compare, count: CountOf, names: Names) -> Need:
        """A count for which no number of items is enough."""
        record = count.items.shape.record
        assert record is not None
        self.owner.endless.add(record.path)
        self.owner.uncertain = True
        needs = [
            part
            for rail in (Rail(truth, positive, False) for truth in (True, False) for positive in (True, False))
            for part in (
                self._some(condition, count.items, count.bind, count.body, rail, names, 1),
                self._every(count.items, count.bind, count.body, rail, names),
            )
        ]
        return alternatives(needs, single=True)

    def _count(
        self, condition: Compare, count: CountOf, order: Order, other: Term, rail: Rail, names: Names
    ) -> Need:
        most = self.largest(other)
        if most is None:
            others = [c for c in (condition.left, condition.right) if isinstance(c, CountOf)]
            return add(self._uncertain(condition, each, names) for each in others)

        self.owner.most = max(self.owner.most, ceil(most))

        def some(number: int, rail: Rail) -> Need:
            return self._some(condition, count.items, count.bind, count.body, rail, names, number)

        def every(rail: Rail) -> Need:
            return self._every(count.items, count.bind, count.body, rail, names)

        if order is Order.IS:
            return is_number(rail, ceil(most), some, every)
        if order in (Order.AT_MOST, Order.LESS_THAN):  # "at most n" is not "at least n + 1"
            rail = rail.flipped()
        number = ceil(most) if order in (Order.AT_LEAST, Order.LESS_THAN) else floor(most) + 1
        return some(number, rail) if rail.straight else every(rail)

    def largest(self, other: Term) -> int | Decimal | None:
        """The largest number that a count is compared with; None when there is none."""
        match other:
            case Literal(value=int() | Decimal() as value):
                return value
            case ParameterValue(name=name):
                override = self.mode.overrides.parameters.get(name)
                if override is not None:
                    return self.largest(override)
                rows = self.mode.policies.parameters[name].rows
                return max((row.value for row in rows if isinstance(row.value, int | Decimal)), default=0)
            case Field(shape=shape) if shape.max_value is not None:
                return shape.max_value
            case _:
                return None


_MIRRORED = {
    Order.IS: Order.IS,
    Order.AT_LEAST: Order.AT_MOST,
    Order.AT_MOST: Order.AT_LEAST,
    Order.MORE_THAN: Order.LESS_THAN,
    Order.LESS_THAN: Order.MORE_THAN,
}
