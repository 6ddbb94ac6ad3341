"""The facts of a document while it is being made: where each stands, what a term comes to on them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, TypeAlias

from validator.interpreters.lookup import parameter_row
from validator.interpreters.strategies.choosers import Chooser
from validator.interpreters.strategies.documents import random_document
from validator.interpreters.strategies.mending import ListPlace, Place, add_item
from validator.interpreters.strategies.pools import Pools
from validator.interpreters.strategies.worlds import Json, World
from validator.language.vocabulary import ROOT
from validator.logic.expr import AsOf, Field, ListPath, Literal, ParameterValue, Shifted, Term
from validator.logic.policy import PolicySet
from validator.logic.shape import FieldShape, Kind
from validator.logic.values import Order, Value, spell

Bound: TypeAlias = "Mapping[str, Json]"
_ABOVE = (Order.MORE_THAN, Order.AFTER)
_NOT_BELOW = (Order.AT_LEAST, Order.ON_OR_AFTER)
_BELOW = (Order.LESS_THAN, Order.BEFORE)


class Standing:
    """A random document, and where in it the names of conditions lead."""

    def __init__(self, world: World, choose: Chooser, policies: PolicySet, pools: Pools) -> None:
        self.world = world
        self.choose = choose
        self.policies = policies
        self.pools = pools
        self.facts = random_document(world, choose, pools)
        self.made: list[Place] = []
        self.parents: dict[int, Json] = {}

    # --- places -------------------------------------------------------------------------------------------

    def holder(self, env: Bound, scope: str, path: tuple[str, ...]) -> Json:
        """The record that holds the last name of a path, made where it is not there."""
        record = env[scope]
        if scope == ROOT and (path[0] == ROOT or path[0] not in self.world.vocabulary.document.fields):
            record = self.facts[ROOT]
        for name in path[:-1]:
            if not isinstance(record.get(name), dict):
                record[name] = {}
            record = record[name]
        return record

    def list_place(self, items: ListPath, env: Bound) -> ListPlace:
        """Where a list stands."""
        holder = self.holder(env, items.scope, items.path)
        return ListPlace(holder, self.facts["coverage"] if holder is self.facts else holder, items.shape)

    def item(self, items: ListPath, env: Bound, index: int) -> Json:
        """The item of a list with that number, items added until there is one."""
        place = self.list_place(items, env)
        while len(place.items()) <= index:
            add_item(self.world, self.choose, self.facts, place, self.pools)
        found = place.items()[index]
        self.parents[id(found)] = env[items.scope]
        return found

    def put(self, env: Bound, field: Field, value: Any) -> None:
        """Set a field, once; what identifies an item or the organization stays."""
        if field.shape.identity or field.shape.name == "inn" or self.is_made(env, field):
            return
        record = self.holder(env, field.scope, field.path)
        record[field.path[-1]] = value
        self.made.append(Place(record, field.shape))

    def is_made(self, env: Bound, field: Field) -> bool:
        """Whether the field was set already."""
        record = self.holder(env, field.scope, field.path)
        return any(place.record is record and place.shape is field.shape for place in self.made)

    # --- values -------------------------------------------------------------------------------------------

    def told(self, shape: FieldShape, value: Value) -> Any:
        """A value as a document writes it in a field."""
        if shape.kind is Kind.MONTH and isinstance(value, date):
            return f"{value:%Y-%m}"
        if isinstance(value, bool) or (shape.kind is Kind.INTEGER and isinstance(value, int)):
            return value
        if shape.kind is Kind.INTEGER and isinstance(value, Decimal):
            return int(value)
        return f"{value:f}" if isinstance(value, Decimal) else spell(value)

    def value(self, env: Bound, term: Term) -> Value | None:
        """What a term comes to on the facts as they are."""
        match term:
            case Literal(value=value):
                return value
            case AsOf():
                return self.world.as_of
            case ParameterValue(name=name):
                organization = self.facts[ROOT]
                row = parameter_row(
                    self.policies.parameters[name],
                    str(organization.get("region")),
                    str(organization.get("kind")),
                    self.world.as_of,
                    False,
                )
                return None if row is None else row.value
            case Shifted(day=day, days=days):
                base, move = self.value(env, day), days if isinstance(days, int) else self.value(env, days)
                return base + timedelta(move) if isinstance(base, date) and isinstance(move, int) else None
            case Field(shape=shape):
                return self.read(shape, self.holder(env, term.scope, term.path).get(term.path[-1]))
            case _:
                return None

    def read(self, shape: FieldShape, value: Any) -> Value | None:
        """A value of a document as conditions see it; None for what has no plain one."""
        text = str(value or "")
        if shape.kind is Kind.DATE and text[:1].isdigit():
            return date.fromisoformat(text)
        if isinstance(value, list):
            return frozenset(value)
        if shape.kind is Kind.DECIMAL:
            return Decimal(text) if text[:1].isdigit() else None
        return value if isinstance(value, str | bool | int) and not shape.kind.is_day else None


def turned(order: Order) -> Order:
    """The order seen from the other side."""
    pairs = {
        Order.AT_LEAST: Order.AT_MOST,
        Order.MORE_THAN: Order.LESS_THAN,
        Order.BEFORE: Order.AFTER,
        Order.ON_OR_BEFORE: Order.ON_OR_AFTER,
    }
    return {**pairs, **{other: one for one, other in pairs.items()}}.get(order, order)


def near(order: Order, number: int | Decimal, wanted: bool, step: int | Decimal) -> int | Decimal:
    """The number next to a bound for which the order holds, or does not."""
    if order in _ABOVE:
        return number + step if wanted else number
    if order in _NOT_BELOW or order is Order.IS:
        return number if wanted else number - step
    if order in _BELOW:
        return number - step if wanted else number
    return number if wanted else number + step
