"""How long lists have to be: for each list a number of items that is enough, whatever the length of real lists.

The argument. A question in negation normal form is put together by "and", "or", "for some item" and "for every
item" from the four literals of a condition without lists: surely true, not surely true, surely false, not surely
false. Take a snapshot that satisfies it and choose, for every "for some" that holds there, an item which shows it;
the choice depends only on the items that the part speaks of and that are bound by a "for every" around it. Starting
from nothing, collect what the choices give for the items collected so far, and their parents. Now delete every
other item. What was chosen is still there; "for every" holds of fewer items if it held of all; whether a list is
complete does not change. So the smaller snapshot satisfies the question, if it is a sound one: no two rules about
soundness speak of two items, but a reference may now point to a deleted item. Therefore the target of a reference
is collected too where a literal that needs its value ("surely true", "surely false") speaks of it; elsewhere its
value is made unknown, which never makes "not surely …" false, because more facts can only settle what is open.
(`known` is the one condition that asks for presence itself, and is treated so.) Of a set of references the deleted
members are left out, and each condition on such a set chooses one member that shows what is different or common.

Counts: "at least n, surely" chooses n items, "fewer than n, surely" is a "for every" (deleting items whose
condition is not surely false keeps it; those that stay must stay what they were). A total of n needs both. A
disjunction asked of several items may be decided otherwise for each of them, so its parts are added up there; asked
once, the most demanding part is enough.

If no list feeds itself through a chain of "for every x of A some y of B", the collecting ends, and the number of
items it can collect is the bound: items per parent for lists within items. This is the finite-model argument of
the stratified many-sorted fragment (Abadi, Rabinovich, Sagiv, "Decidable fragments of many-sorted logic", 2010).
Otherwise, and for counts that are compared with something else than a number, there is no bound.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple

from validator.interpreters.smt.needs import (
    NOTHING,
    THE_ROOT,
    Element,
    Names,
    Need,
    Rail,
    Root,
    Totals,
    add,
    alternatives,
    choice,
    is_number,
    names_of,
)
from validator.interpreters.smt.query import Both, Definitely, Either, ForEvery, ForSome, Mode, Negated, Query
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
from validator.logic.policy import Subject
from validator.logic.shape import Kind
from validator.logic.values import Order


class Bounds(NamedTuple):
    """Items per parent by list path; `open` are the lists for which there is no bound."""

    sizes: Mapping[str, int]
    open: frozenset[str]


class BoundFinder:
    """Works out what a question needs. One per question.

    `most` is the largest number that a count is compared with, `uncertain` says that one is compared with something
    else.
    """

    def __init__(self, finder: Callable[[Mode], UseFinder]) -> None:
        self.finder = finder
        self.endless: set[str] = set()
        self.most = 0
        self.uncertain = False
        self._roots = 0

    def root(self, path: str, copies: int = 0) -> Root:
        """A new root."""
        self._roots += 1
        return Root(self._roots, path, copies)

    # --- questions ----------------------------------------------------------------------------------------------

    def of_query(self, query: Query, positive: bool, items: Mapping[str, Element], single: bool = True) -> Need:
        """What a question, or its negation, needs; `single` when it is asked once."""
        match query:
            case Definitely(condition, truth, mode, item):
                names = names_of(mode.subject.scopes, items.get(item, THE_ROOT))
                return _Conditions(self, mode, names).of(condition, Rail(truth, positive, single), names)
            case Both(parts):
                found = [self.of_query(part, positive, items, single) for part in parts]
                return add(found) if positive else alternatives(found, single)
            case Either(parts):
                found = [self.of_query(part, positive, items, single) for part in parts]
                return alternatives(found, single) if positive else add(found)
            case Negated(part):
                return self.of_query(part, not positive, items, single)
            case ForSome(subject, body, item):
                return self._items(subject, (body, item), positive, items, single, chosen=positive)
            case ForEvery(subject, body, item):
                return self._items(subject, (body, item), positive, items, single, chosen=not positive)

    def _items(
        self,
        subject: Subject,
        inner: tuple[Query, str],
        positive: bool,
        items: Mapping[str, Element],
        single: bool,
        *,
        chosen: bool,
    ) -> Need:
        body, item = inner
        element, own = THE_ROOT, NOTHING
        # A choice may depend on every item bound so far: which of them the body speaks of is not looked at.
        roots: frozenset[Root] = frozenset().union(*(other.roots for other in items.values()))
        parts = subject.path.split(".") if subject.scopes else []
        for depth in range(len(parts)):
            path = ".".join(parts[: depth + 1])
            if chosen:
                own = add([own, choice(path, roots, 1)])
                element = Element(path, roots, element)
            else:
                element, single = Element(path, frozenset({self.root(path)}), element, free=True), False
        return add([own, self.of_query(body, positive, {**items, item: element}, single)])

    # --- totals -------------------------------------------------------------------------------------------------

    def bounds(self, query: Query, bounded: int = 1) -> Bounds:
        """The bound of each list that the question needs items of; at least `bounded` where there is none."""
        need = self.of_query(query, True, {})
        paths = sorted({*need.once, *(each.path for each in need.each), *self.endless})
        totals = Totals(need, {})
        for path in paths:
            totals.size(path)
        open_ = frozenset(self.endless | totals.endless)
        if open_:
            totals = Totals(need, dict.fromkeys(open_, bounded))
        return Bounds({path: totals.size(path) for path in paths}, open_)


class _Conditions:
    """What the conditions of one `Definitely` need."""

    def __init__(self, owner: BoundFinder, mode: Mode, subject: Names) -> None:
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
                target = Element(reference.shape.target or "", source.roots, None)
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
        per_parent = others - parent.decided if "." in record.path else roots
        if count > 1:
            roots |= {self.owner.root(record.path, count)}
            rail = rail._replace(single=False)
        element = Element(record.path, roots, parent)
        return add([choice(record.path, per_parent, count), self.of(body, rail, {**names, bind: element})])

    def _every(self, items: ListPath, bind: str, body: Condition, rail: Rail, names: Names) -> Need:
        record = items.shape.record
        assert record is not None
        parent = names[items.scope]
        element = Element(record.path, frozenset({self.owner.root(record.path)}), parent, free=True)
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
        targets = {s.shape.target for s in sides if isinstance(s, Field) and s.shape.kind is Kind.SET} - {None}
        roots: frozenset[Root] = frozenset().union(*(element.roots for element in self._free(condition, names)))
        shown = add(choice(target or "", roots, 1) for target in sorted(str(t) for t in targets))
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

        self.owner.most = max(self.owner.most, most)

        def some(number: int, rail: Rail) -> Need:
            return self._some(condition, count.items, count.bind, count.body, rail, names, number)

        def every(rail: Rail) -> Need:
            return self._every(count.items, count.bind, count.body, rail, names)

        if order is Order.IS:
            return is_number(rail, most, some, every)
        if order in (Order.AT_MOST, Order.LESS_THAN):  # "at most n" is not "at least n + 1"
            rail = rail.flipped()
        number = most if order in (Order.AT_LEAST, Order.LESS_THAN) else most + 1
        return some(number, rail) if rail.straight else every(rail)

    def largest(self, other: Term) -> int | None:
        """The largest number that a count is compared with; None when there is none."""
        match other:
            case Literal(value=int() | Decimal() as value):
                return int(-(-value // 1))
            case ParameterValue(name=name):
                override = self.mode.overrides.parameters.get(name)
                if override is not None:
                    return self.largest(override)
                rows = self.mode.policies.parameters[name].rows
                values = [row.value for row in rows if isinstance(row.value, int | Decimal)]
                return max((int(-(-value // 1)) for value in values), default=0)
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
