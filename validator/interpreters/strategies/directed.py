"""Snapshots on which a policy comes close to a verdict: what one way through its conditions asks for, made so.

Where a condition offers a choice (a false part of a conjunction, a true one of a disjunction, an item of a list)
one is drawn and forced; then perhaps one of the facts that were set is moved a little. It is a heuristic: where
it fails, the snapshot is merely random.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import assert_never

from validator.interpreters.readings import window_condition
from validator.interpreters.strategies.choosers import Chooser
from validator.interpreters.strategies.mending import drawn, mended
from validator.interpreters.strategies.pools import CENT, Pools, windows_of
from validator.interpreters.strategies.standing import Bound, Standing, near, turned
from validator.interpreters.strategies.worlds import DAY, Json, World
from validator.language.vocabulary import ROOT
from validator.logic.expr import (
    AllOf,
    AnyOf,
    AsOf,
    Compare,
    Condition,
    CountOf,
    Field,
    Follow,
    Fresh,
    Known,
    ListedIn,
    ListPath,
    Literal,
    Meets,
    Not,
    OneOf,
    ParameterValue,
    Quantified,
    Quantity,
    Ratio,
    SetRelation,
    SetTest,
    Shifted,
    Sum,
    Term,
    Undecided,
    terms_of,
)
from validator.logic.policy import Decision, Policy, PolicySet, Subject, Window
from validator.logic.shape import FieldShape, Kind
from validator.logic.values import Order, SpecialDay, Value

MANY = 5


def directed_document(
    world: World, choose: Chooser, policies: PolicySet, pools: Pools, policy: Policy | None = None
) -> Json:
    """A sound snapshot near a verdict of `policy`, or of one that is drawn."""
    policy = policy or choose.one(policies.policies())
    day = _day(world, choose, choose.one(windows_of(policy)), pools)
    near = world._replace(as_of=day)
    return _Director(near, choose, policies, pools).document(policy)


def _day(world: World, choose: Chooser, window: Window, pools: Pools) -> date:
    """A day on which the policy may be in force, mostly."""
    first, last = (_literal_day(end) for end in (window.first, window.last))
    if choose.chance(20):
        return choose.one(pools.days or [world.as_of])
    if first is not None and first > world.as_of:
        return first
    if last is not None and last < world.as_of:
        return last
    cuts = [day for day in pools.days if (first is None or first <= day) and (last is None or day <= last)]
    return choose.one(cuts) if cuts and choose.chance(30) else world.as_of


def _literal_day(term: Term | None) -> date | None:
    return term.value if isinstance(term, Literal) and isinstance(term.value, date) else None


class _Director(Standing):
    def document(self, policy: Policy) -> Json:
        """The snapshot for one policy."""
        if isinstance(policy, Decision):
            env = self._subject(policy.subject)
            moved = self.choose.chance(60)
            self.force(policy.applies_when, True, env)
            self.force(window_condition(policy.window), True, env)
            criteria = AllOf(tuple(test.when for test in policy.criteria))
            excluded = AnyOf(tuple(test.when for test in policy.exclusions))
            self.force(AllOf((criteria, Not(excluded))), moved, env)
        else:
            clauses = self.choose.one(policy.clauses)
            env = self._subject(clauses.subject)
            self.force(clauses.requirement, self.choose.chance(25), env)
            self.force(clauses.applies_when, True, env)
            self.force(window_condition(clauses.window), True, env)
            self.force(AnyOf(tuple(when for _, when in clauses.exceptions)), self.choose.chance(20), env)
        if self.choose.chance(40):
            self._perturb()
        return mended(self.world, self.facts)

    def _perturb(self) -> None:
        """Move one of the facts that were set: to a neighbour, or away."""
        if not self.made:
            return
        record, shape = self.choose.one(self.made)
        value = drawn(self.world, self.choose, self.facts, self.pools).value(shape)
        if (value is None or self.choose.chance(25)) and not shape.required:
            record.pop(shape.name, None)
        else:
            record[shape.name] = value

    # --- where facts stand --------------------------------------------------------------------------------

    def _subject(self, subject: Subject) -> dict[str, Json]:
        """An item that the policy judges, made when there is none, with what the scope names stand for."""
        env: dict[str, Json] = {ROOT: self.facts}
        scope, path = ROOT, ""
        for name, inner in zip(subject.path.split("."), subject.scopes, strict=False):
            path = f"{path}.{name}" if path else name
            place = ListPath(scope, (name,), self.world.vocabulary.lists[path])
            env[inner] = self.item(place, env, 0)
            scope = inner
        return env

    # --- conditions ---------------------------------------------------------------------------------------

    def force(self, condition: Condition, wanted: bool, env: Bound) -> None:
        """Set facts so that the condition is likely to come out as wanted."""
        match condition:
            case AllOf(parts) | AnyOf(parts):
                if isinstance(condition, AllOf) is wanted:
                    for part in parts:
                        self.force(part, wanted, env)
                elif parts:
                    free = [part for part in parts if not self._is_settled(part, env)]
                    self.force(self.choose.one(free or parts), wanted, env)
            case Not(part):
                self.force(part, not wanted, env)
            case Compare():
                self._compare(condition, wanted, env)
            case OneOf(field=field, values=values):
                self._one_of(env, field, sorted(values, key=repr), wanted)
            case SetTest():
                self._set_test(condition, wanted, env)
            case Quantified():
                self._quantified(condition, wanted, env)
            case Follow():
                self._follow(condition, wanted, env)
            case ListedIn(field=field, register=register):
                self._name(env, field, [row.id for row in self.policies.registers[register].rows], wanted)
            case Meets(definition=name, scope=scope):
                definition = self.policies.definitions[name]
                self.force(definition.when, wanted, self._bound(definition.scopes, env[scope]))
            case Fresh(body=body, on=on, within=within):
                self.force(body, wanted, env)
                days = within if isinstance(within, int) else self.value(env, within)
                if isinstance(days, int):
                    self.put(env, on, self.told(on.shape, self.world.as_of - self.choose.below(days + 2) * DAY))
            case Known(field=field):
                value = drawn(self.world, self.choose, self.facts, self.pools).value(field.shape)
                if value is not None and wanted:
                    self.put(env, field, value)
                elif not wanted and not field.shape.required:
                    self.holder(env, field.scope, field.path).pop(field.path[-1], None)
            case Undecided():
                pass
            case _:
                assert_never(condition)

    def _is_settled(self, condition: Condition, env: Bound) -> bool:
        """Whether a field that the condition itself names was set already."""
        inner = condition.part if isinstance(condition, Not) else condition
        named = [term for term in terms_of(inner) if isinstance(term, Field) and term.scope in env]
        return any(self.is_made(env, field) for field in named)

    def _bound(self, scopes: tuple[str, ...], item: Json) -> dict[str, Json]:
        env = {ROOT: self.facts}
        for scope in reversed(scopes):
            env[scope] = item
            item = self.parents.get(id(item), self.facts)
        return env

    def _quantified(self, node: Quantified, wanted: bool, env: Bound) -> None:
        some = (node.quantity is Quantity.SOME) is wanted
        inside = node.quantity is not Quantity.EVERY if some else node.quantity is Quantity.EVERY
        place = self.list_place(node.items, env)
        indexes = [self.choose.below(max(len(place.items()), 1))] if some else [*range(len(place.items()))]
        for index in indexes:
            self.force(node.body, inside, {**env, node.bind: self.item(node.items, env, index)})
        if not some:
            place.say("complete")

    def _follow(self, node: Follow, wanted: bool, env: Bound) -> None:
        target = self.world.vocabulary.lists[node.reference.shape.target or ""]
        items = ListPath(ROOT, (target.name,), target)
        item = self.item(items, env, self.choose.below(max(len(self.list_place(items, env).items()), 1)))
        self.put(env, node.reference, item["ref"])
        self.force(node.body, wanted, {**env, node.bind: item})

    def _one_of(self, env: Bound, field: Field, values: list[Value], wanted: bool) -> None:
        if not (field.shape.kind.is_number or field.shape.kind.is_day):
            self._name(env, field, [str(value) for value in values], wanted)
        elif wanted:
            self.put(env, field, self.told(field.shape, self.choose.one(values)))

    def _name(self, env: Bound, field: Field, names: list[str], wanted: bool) -> None:
        """A field with one of some values, or with none of them."""
        options = names if wanted else [word for word in self._words(field.shape) if word not in names]
        if options:
            self.put(env, field, self.choose.one(options))

    def _words(self, shape: FieldShape) -> list[str]:
        if shape.values:
            return [word for word in shape.values if word not in shape.unknown_values]
        if Kind.SERVICE in (shape.kind, shape.item):
            return [*self.world.services]
        return [*self.world.fixed.get(shape.name, self.world.texts.get(shape.name, ()))]

    def _set_test(self, node: SetTest, wanted: bool, env: Bound) -> None:
        value = self.value(env, node.values)
        named = sorted(value) if isinstance(value, frozenset) else [str(value)] if value is not None else []
        if node.field.shape.item is Kind.REF:
            return
        others = [word for word in self._words(node.field.shape) if word not in named]
        match node.relation, wanted:
            case SetRelation.CONTAINS_ANY, True:
                found = self.choose.some(named) or named[:1]
            case SetRelation.CONTAINS_ALL, True:
                found = named
            case SetRelation.CONTAINS_ALL, False:
                found = named[1:]
            case SetRelation.WITHIN, True:
                found = self.choose.some(named)
            case _:
                found = self.choose.some(others) or others[:1]
        self.put(env, node.field, found)

    # --- comparisons --------------------------------------------------------------------------------------

    def _compare(self, node: Compare, wanted: bool, env: Bound) -> None:
        left, order, right = node.left, node.order, node.right
        value = self.value(env, right)
        match left:
            case Field() if value is not None:
                self._meet(env, left, order, value, wanted)
            case CountOf():
                self._count(left, order, value if isinstance(value, int) else 1, wanted, env)
            case Sum(terms=terms) if isinstance(value, int | Decimal):
                for term in terms[1:]:
                    self.put(env, term, self.told(term.shape, 0))
                self._meet(env, terms[0], order, value, wanted)
            case Ratio(part=Field() as part, whole=Field() as whole) if isinstance(value, int | Decimal):
                self.put(env, whole, self.told(whole.shape, 100))
                self._meet(env, part, order, value, wanted)
            case Ratio(part=CountOf() as part, whole=CountOf() as whole):
                self._count(whole, Order.AT_LEAST, 2, True, env)
                self._count(part, order, 1, wanted, env)
            case AsOf() | Shifted() | Literal() | ParameterValue():
                here = self.value(env, left)
                if isinstance(right, Field) and here is not None:
                    self._meet(env, right, turned(order), here, wanted)
            case _:
                pass

    def _count(self, count: CountOf, order: Order, number: int, wanted: bool, env: Bound) -> None:
        """So many items that count, the rest not, the list complete."""
        needed = min(max(int(near(order, number, wanted, 1)), 0), MANY)
        place = self.list_place(count.items, env)
        for index in range(max(needed, len(place.items()))):
            self.force(count.body, index < needed, {**env, count.bind: self.item(count.items, env, index)})
        place.say("complete")

    def _meet(self, env: Bound, field: Field, order: Order, value: Value, wanted: bool) -> None:
        """A field that stands in an order to a value, just so."""
        match value:
            case bool():
                self.put(env, field, value is wanted)
            case frozenset():
                words = self._words(field.shape)
                self.put(env, field, sorted(value) if wanted else self.choose.some(words))
            case date():
                move = timedelta(int(near(order, 0, wanted, 1)))
                self.put(env, field, self.told(field.shape, value + move))
            case int():
                self.put(env, field, self.told(field.shape, near(order, value, wanted, 1)))
            case Decimal():
                self.put(env, field, self.told(field.shape, near(order, value, wanted, CENT)))
            case SpecialDay():
                self.put(env, field, value.value if wanted else self.told(field.shape, self.world.as_of))
            case str():
                self._name(env, field, [value], wanted)
