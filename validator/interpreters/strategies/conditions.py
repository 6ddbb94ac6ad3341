"""Well-typed conditions: connectives, quantifiers, counts and references round the leaves."""

from __future__ import annotations

from collections.abc import Callable

from validator.interpreters.strategies.choosers import Chooser
from validator.interpreters.strategies.leaves import PLAIN, Leaves, Menu, can_step
from validator.interpreters.strategies.worlds import World
from validator.language.scopes import Scope
from validator.logic.expr import (
    TRUE,
    AllOf,
    AnyOf,
    Condition,
    CountOf,
    Follow,
    Fresh,
    ListPath,
    Literal,
    Not,
    Quantified,
    Quantity,
    Ratio,
)
from validator.logic.shape import Kind

MAX_NESTING = 3
WITHIN = (0, 1, 2)


def random_condition(world: World, choose: Chooser, scope: Scope, menu: Menu = PLAIN) -> Condition:
    """A well-typed condition that stands in `scope`, as the reader would make it."""
    return _Conditions(world, choose, menu).condition(scope, menu.depth)


class _Conditions(Leaves):
    def condition(self, scope: Scope, depth: int) -> Condition:
        """A condition of at most `depth` levels."""
        if depth <= 0:
            return self.leaf(scope)
        makers: list[Callable[[Scope, int], Condition | None]] = [
            self._leaf_maker,
            self._not,
            self._several,
            self._quantified,
            self._quantified,
            self._count,
            self._follow,
            self._fresh,
        ]
        return self.choose.one(makers)(scope, depth) or self.leaf(scope)

    def _leaf_maker(self, scope: Scope, _: int) -> Condition:
        return self.leaf(scope)

    def _not(self, scope: Scope, depth: int) -> Condition:
        return Not(self.condition(scope, depth - 1))

    def _several(self, scope: Scope, depth: int) -> Condition:
        parts = tuple(self.condition(scope, depth - 1) for _ in range(self.choose.one((2, 1, 3, 0))))
        return AnyOf(parts) if self.choose.chance(50) else AllOf(parts)

    def _fresh(self, scope: Scope, depth: int) -> Condition | None:
        days = [field for field in self.fields(scope, scope.current) if field.shape.kind.is_day]
        if not days:
            return None
        on = self.choose.one(days)
        return Fresh(self.condition(self._within(scope, on.scope), depth - 1), on, self._days(WITHIN))

    # --- lists and references -----------------------------------------------------------------------------

    def _within(self, scope: Scope, name: str) -> Scope:
        return scope if scope.current == name else scope.into_scope(name)

    def _list(self, scope: Scope) -> tuple[ListPath, str, Scope] | None:
        """A list in reach, a name for its items, and the scope inside."""
        if scope.depth >= MAX_NESTING:
            return None
        own = [(scope.current, s) for s in scope.shape.fields.values() if s.kind is Kind.LIST]
        all_lists = [
            (name, shape)
            for name, record in scope.bound.items()
            for shape in record.fields.values()
            if shape.kind is Kind.LIST and can_step(scope, name)
        ]
        options = own if own and self.choose.chance(60) else all_lists
        if not options:
            return None
        name, shape = self.choose.one(options)
        assert shape.record is not None
        bind = scope.free_name(shape.scope)
        if self.choose.chance(15) and f"other{scope.depth}" not in scope.bound:
            bind = f"other{scope.depth}"
        return ListPath(name, (shape.name,), shape), bind, scope.into_item(shape.record, bind)

    def _quantified(self, scope: Scope, depth: int) -> Condition | None:
        found = self._list(scope)
        if found is None:
            return None
        items, bind, inner = found
        quantity = self.choose.one([*Quantity])
        return Quantified(quantity, items, bind, self.condition(inner, depth - 1))

    def _counted(self, scope: Scope, depth: int) -> CountOf | None:
        found = self._list(scope)
        if found is None:
            return None
        items, bind, inner = found
        return CountOf(items, bind, self.condition(inner, depth - 1))

    def _count(self, scope: Scope, depth: int) -> Condition | None:
        count = self._counted(scope, depth)
        if count is None:
            return None
        if self.menu.ratios and self.choose.chance(30):
            return self._share(scope, count, depth)
        return self._ordered(count, self._number(scope))

    def _share(self, scope: Scope, part: CountOf, depth: int) -> Condition | None:
        whole = self._counted(self._within(scope, part.items.scope), depth)
        if whole is None or whole.items.scope != part.items.scope:
            whole = CountOf(part.items, part.bind, TRUE)
        return self._ordered(Ratio(part, whole), Literal(self.choose.one((50, 0, 100))))

    def _follow(self, scope: Scope, depth: int) -> Condition | None:
        found = [field for field in self.reachable(scope) if field.shape.kind is Kind.REF]
        if not found:
            return None
        reference = self.choose.one(found)
        item = scope.vocabulary.lists[reference.shape.target or ""]
        assert item.record is not None
        bind = scope.free_name(item.scope)
        return Follow(reference, bind, self.condition(scope.into_item(item.record, bind), depth - 1))
