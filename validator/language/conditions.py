"""Conditions: from a YAML node and the vocabulary to a well-typed expression.

This is the one place that knows the operators, which kinds of field they go with, and what may stand on their
right-hand side. What it returns is well-typed: no interpreter checks types again.
"""

from __future__ import annotations

from validator.language.nodes import Mapping, Node, Scalar, Sequence
from validator.language.operands import OPERANDS, OperandReader
from validator.language.scopes import Scope
from validator.language.structure import closest, nearest, shorten
from validator.language.vocabulary import ROOT
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
    ListedIn,
    ListPath,
    Literal,
    Meets,
    Not,
    OneOf,
    Quantified,
    Quantity,
    Ratio,
    SetRelation,
    SetTest,
    Sum,
    Term,
    Undecided,
)
from validator.logic.shape import FieldShape, Kind
from validator.logic.text import Text
from validator.logic.values import DAY_ORDERS, NUMBER_ORDERS, Order

CONNECTIVES = ("all", "any", "not", "meets", "undecided", "fresh", "sum", "ratio")
QUANTIFIERS = ("some", "every", "no", "count", "as")
NUMBER_OPERATORS = tuple(order.value for order in NUMBER_ORDERS)
DAY_OPERATORS = tuple(order.value for order in DAY_ORDERS)
SET_OPERATORS = ("contains", "contains_any", "contains_all", "within", "empty")
EQUALITY = ("is", "is_not")
MEMBERSHIP = ("in", "not_in")
MAX_QUANTIFIERS = 3


def operators_of(shape: FieldShape) -> tuple[str, ...]:
    """The operators that go with a field, for errors and for the policy schema."""
    kind = shape.kind
    if kind is Kind.SET:
        return (*EQUALITY, *SET_OPERATORS, "known")
    if kind.is_number:
        return (*EQUALITY, *MEMBERSHIP, *NUMBER_OPERATORS, "known")
    if kind.is_day:
        return (*EQUALITY, *DAY_OPERATORS, "known")
    if kind.is_name:
        return (*EQUALITY, *MEMBERSHIP, "listed_in", "known")
    if kind is Kind.LIST:
        return QUANTIFIERS
    return (*EQUALITY, "known")


class ConditionReader(OperandReader):
    """Reads the conditions of one file. `allow_known` is set inside decisions."""

    allow_known = False

    def condition(self, node: Node | None, scope: Scope) -> Condition | None:
        """A mapping of conditions that must all hold; None when something in it was wrong."""
        mapping = self.mapping(node, Text("условие", "condition"))
        if mapping is None:
            return None
        parts = [self._entry(key, value, scope) for key, value in mapping.items()]
        sound = [part for part in parts if part is not None]
        if len(sound) < len(parts):
            return None
        return sound[0] if len(sound) == 1 else AllOf(tuple(sound), self.span(mapping))

    def _entry(self, key: Scalar, value: Node, scope: Scope) -> Condition | None:
        if key.text in CONNECTIVES:
            return self._connective(key, value, scope)
        shape = scope.field(key.text)
        if shape is not None:
            return self._field(key, value, shape, scope)
        if key.text in scope.bound:
            return self.condition(value, scope.into_scope(key.text))
        known = [*scope.names(), *CONNECTIVES, *(name for name in scope.bound if "#" not in name)]
        self.unknown_name("unknown-field", key, Text("поле", "field"), known)
        return None

    # --- connectives --------------------------------------------------------------------------------------

    def _connective(self, key: Scalar, value: Node, scope: Scope) -> Condition | None:
        match key.text:
            case "all" | "any":
                return self._several(key, value, scope)
            case "not":
                part = self.condition(value, scope)
                return None if part is None else Not(part, self.span(key))
            case "meets":
                return self._meets(value, scope)
            case "undecided":
                question = self.text(value)
                return None if question is None else Undecided(question, self.span(value))
            case "fresh":
                return self._fresh(key, value, scope)
            case "sum":
                return self._sum(key, value, scope)
            case _:
                return self._ratio(key, value, scope)

    def _several(self, key: Scalar, value: Node, scope: Scope) -> Condition | None:
        items = self.sequence(value)
        parts: tuple[Condition, ...] = self.each(value, lambda item: self.condition(item, scope))
        if not isinstance(value, Sequence) or len(parts) < len(items):
            return None
        return AllOf(parts, self.span(key)) if key.text == "all" else AnyOf(parts, self.span(key))

    def _meets(self, value: Node, scope: Scope) -> Condition | None:
        name = self.text(value)
        if name is None:
            return None
        about = self.known.definitions.get(name)
        if about is None:
            assert isinstance(value, Scalar)
            self.unknown_name(
                "unknown-definition", value, Text("определение", "definition"), self.known.definitions
            )
            return None
        if about != ROOT and about not in scope.vocabulary.lists:
            return None  # the definition itself says that there is no such list
        if scope.prefix or scope.shape.path != about:
            step = ROOT if about == ROOT else scope.vocabulary.lists[about].scope
            self.report(
                "wrong-scope",
                value,
                Text(
                    f"определение `{name}` описывает `{about}`, а здесь `{scope.shape.path}`",
                    f"definition `{name}` is about `{about}`, but this is `{scope.shape.path}`",
                ),
                Text(
                    f"перейдите к нужной записи: `{step}: {{meets: {name}}}`",
                    f"step to the right record first: `{step}: {{meets: {name}}}`",
                ),
            )
            return None
        return Meets(name, scope.current, self.span(value))

    def _fresh(self, key: Scalar, value: Node, scope: Scope) -> Condition | None:
        mapping = self.mapping(value, Text("`fresh`", "`fresh`"))
        names = ("of", "on", "within_days")
        if mapping is None or not self.keys(mapping, names, names):
            return None
        body = self.condition(mapping.get("of"), scope)
        on = self.own_field(mapping.get("on"), scope)
        within = self.days(mapping.get("within_days"))
        if on is not None and not on.shape.kind.is_day:
            self.wrong_kind(mapping.entries["on"][1], on.shape, Text("день", "a day"))
            return None
        if body is None or on is None or within is None:
            return None
        return Fresh(body, on, within, self.span(key))

    def _sum(self, key: Scalar, value: Node, scope: Scope) -> Condition | None:
        mapping = self.mapping(value, Text("`sum`", "`sum`"))
        if mapping is None or not self.keys(mapping, ("of", *EQUALITY, *NUMBER_OPERATORS), ("of",)):
            return None
        of = mapping.get("of")
        if isinstance(of, Sequence) and not of.items:
            self.report(
                "list-expected",
                of,
                Text("складывать нечего", "there is nothing to add up"),
                Text("назовите поля: `of: [поле, поле]`", "name the fields: `of: [field, field]`"),
            )
            return None
        fields = self.each(of, lambda item: self._number_field(item, scope))
        if not isinstance(of, Sequence) or len(fields) < len(of.items):
            return None
        return self._orders(mapping, Sum(fields, self.span(key)), ("of",), scope)

    def _ratio(self, key: Scalar, value: Node, scope: Scope) -> Condition | None:
        mapping = self.mapping(value, Text("`ratio`", "`ratio`"))
        names = ("of", "to")
        if mapping is None or not self.keys(mapping, (*names, *EQUALITY, *NUMBER_OPERATORS), names):
            return None
        part = self._number_term(mapping.get("of"), scope)
        whole = self._number_term(mapping.get("to"), scope)
        if part is None or whole is None:
            return None
        return self._orders(mapping, Ratio(part, whole, self.span(key)), names, scope)

    def _number_field(self, node: Node | None, scope: Scope) -> Field | None:
        found = self.own_field(node, scope)
        if found is None or node is None or found.shape.kind.is_number:
            return found
        self.wrong_kind(node, found.shape, Text("число", "a number"))
        return None

    def _number_term(self, node: Node | None, scope: Scope) -> Field | CountOf | None:
        if not isinstance(node, Mapping):
            return self._number_field(node, scope)
        if len(node.entries) == 1:
            ((key, inner),) = node.items()
            shape = scope.field(key.text)
            if shape is not None and shape.kind is Kind.LIST and isinstance(inner, Mapping):
                if not self.keys(inner, ("count", "as"), ("count",)):
                    return None
                body = inner.entries["count"][1]
                return self._count(key, body, inner.get("as"), shape, scope)
        self.report(
            "count-expected",
            node,
            Text(
                "ожидается поле или `список: {count: условие}`",
                "expected a field or `list: {count: condition}`",
            ),
            Text(
                "например `services: {count: {purpose: teaching}}`",
                "for example `services: {count: {purpose: teaching}}`",
            ),
        )
        return None

    def _orders(self, mapping: Mapping, left: Term, besides: tuple[str, ...], scope: Scope) -> Condition | None:
        """Every comparison written beside the names in `besides`, with the number `left`."""
        parts: list[Condition | None] = []
        for key, value in mapping.items():
            if key.text not in besides:
                right = self.number(value, scope)
                parts.append(None if right is None else self._ordered(key, left, right))
        if not parts:
            self.report(
                "missing-comparison",
                mapping,
                Text("нет сравнения", "there is no comparison"),
                Text("добавьте, например, `more_than: 50`", "add one, for example `more_than: 50`"),
            )
        return self._joined(parts, mapping)

    def _ordered(self, key: Scalar, left: Term, right: Term) -> Condition:
        if key.text == "is_not":
            return Not(Compare(left, Order.IS, right, self.span(key)), self.span(key))
        return Compare(left, Order(key.text), right, self.span(key))

    def _joined(self, parts: list[Condition | None], node: Node) -> Condition | None:
        sound = tuple(part for part in parts if part is not None)
        if len(sound) < len(parts) or not parts:
            return None
        return sound[0] if len(sound) == 1 else AllOf(sound, self.span(node))

    # --- fields -------------------------------------------------------------------------------------------

    def _field(self, key: Scalar, value: Node, shape: FieldShape, scope: Scope) -> Condition | None:
        if shape.kind is Kind.RECORD:
            return self.condition(value, scope.into_record(key.text))
        if shape.kind is Kind.LIST:
            return self._quantifiers(key, value, shape, scope)
        field = Field(scope.current, scope.path(key.text), shape, self.span(key))
        if not isinstance(value, Mapping) or is_operand(value):
            return self._equals(field, value, scope)
        if shape.kind is Kind.REF and not any(name in operators_of(shape) for name in value.entries):
            return self._follow(field, value, scope)
        if not value.entries:
            self.report(
                "missing-comparison",
                value,
                Text(f"нет сравнения с полем `{key.text}`", f"field `{key.text}` is not compared with anything"),
                nearest("", operators_of(shape)),
            )
        return self._joined([self._operator(k, v, field, scope) for k, v in value.items()], value)

    def _equals(self, field: Field, value: Node, scope: Scope) -> Condition | None:
        if isinstance(value, Sequence) and field.shape.kind is not Kind.SET:
            self.report(
                "list-not-allowed",
                value,
                Text("здесь нужно одно значение", "one value is wanted here"),
                Text("для нескольких пишите `{in: […]}`", "for several write `{in: […]}`"),
            )
            return None
        right = self.operand(value, field.shape, scope)
        return None if right is None else Compare(field, Order.IS, right, field.span)

    def _follow(self, field: Field, value: Node, scope: Scope) -> Condition | None:
        target = field.shape.target or ""
        item = scope.vocabulary.lists[target]
        assert item.record is not None
        name = scope.free_name(item.scope)
        body = self.condition(value, scope.into_item(item.record, name))
        return None if body is None else Follow(field, name, body, field.span)

    def _operator(self, key: Scalar, value: Node, field: Field, scope: Scope) -> Condition | None:
        name, shape, span = key.text, field.shape, self.span(key)
        allowed = operators_of(shape)
        if name not in allowed:
            known = OPERANDS if closest(name, (*allowed, *OPERANDS)) in OPERANDS else allowed
            what = Text(f"сравнение для «{shape.title.ru}»", f"comparison for “{shape.title.en}”")
            self.unknown_name("unknown-operator", key, what, known)
            return None
        if name == "known":
            return self._known(key, value, field)
        if name == "empty":
            return self._empty(value, field)
        if name == "listed_in":
            return self._listed(value, field)
        if name in MEMBERSHIP:
            values = self.literals(value, shape)
            found = None if values is None else OneOf(field, values, span)
            return found if found is None or name == "in" else Not(found, span)
        if name in SET_OPERATORS:
            return self._set_test(key, value, field, scope)
        right = self.operand(value, shape, scope)
        return None if right is None else self._ordered(key, field, right)

    def _known(self, key: Scalar, value: Node, field: Field) -> Condition | None:
        wanted = self.boolean(value)
        if not self.allow_known:
            self.report(
                "known-in-norm",
                key,
                Text("`known` допустимо только в решениях", "`known` is allowed in decisions only"),
                Text(
                    "в норме недостающий факт сам даёт ответ «нет данных»",
                    "in a norm a missing fact already gives `unknown`",
                ),
            )
            return None
        if wanted is None:
            return None
        found = Known(field, self.span(key))
        return found if wanted else Not(found, self.span(key))

    def _empty(self, value: Node, field: Field) -> Condition | None:
        wanted = self.boolean(value)
        if wanted is None:
            return None
        found = Compare(field, Order.IS, Literal(frozenset(), self.span(value)), field.span)
        return found if wanted else Not(found, field.span)

    def _listed(self, value: Node, field: Field) -> Condition | None:
        name = self.text(value)
        if name is None:
            return None
        if name not in self.known.registers:
            assert isinstance(value, Scalar)
            self.unknown_name("unknown-register", value, Text("перечень", "register"), self.known.registers)
            return None
        return ListedIn(field, name, self.span(value))

    def _set_test(self, key: Scalar, value: Node, field: Field, scope: Scope) -> Condition | None:
        relation = SetRelation.CONTAINS_ANY if key.text == "contains" else SetRelation(key.text)
        right = self.members(value, field.shape, scope, single=key.text == "contains")
        return None if right is None else SetTest(field, relation, right, self.span(key))

    # --- lists --------------------------------------------------------------------------------------------

    def _quantifiers(self, key: Scalar, value: Node, shape: FieldShape, scope: Scope) -> Condition | None:
        mapping = self.mapping(value, Text(f"список `{key.text}`", f"list `{key.text}`"))
        if mapping is None or not self.keys(mapping, QUANTIFIERS):
            return None
        alias = mapping.get("as")
        parts: list[Condition | None] = []
        for name, body in mapping.items():
            if name.text == "count":
                parts.append(self._counted(key, body, alias, shape, scope))
            elif name.text != "as":
                parts.append(self._quantified(name, key, body, alias, shape, scope))
        if not parts:
            self.report(
                "missing-quantifier",
                mapping,
                Text(
                    f"не сказано, сколько элементов списка `{key.text}`",
                    f"which items of `{key.text}` are meant?",
                ),
                nearest("", ("some", "every", "no", "count")),
            )
        return self._joined(parts, mapping)

    def _inner(
        self, alias: Node | None, shape: FieldShape, scope: Scope, place: Scalar
    ) -> tuple[str, Scope] | None:
        if scope.depth >= MAX_QUANTIFIERS:
            self.report(
                "too-deep",
                place,
                Text("слишком много вложенных списков", "too many lists inside one another"),
                Text("вынесите часть условия в определение", "move a part of the condition into a definition"),
            )
            return None
        name = scope.free_name(shape.scope)
        if alias is not None:
            wanted = self.text(alias)
            if wanted is None:
                return None
            if wanted in scope.bound or wanted in CONNECTIVES or not wanted.isidentifier():
                self.report(
                    "name-taken",
                    alias,
                    Text(f"имя `{shorten(wanted)}` уже занято", f"the name `{shorten(wanted)}` is taken"),
                    Text("выберите другое имя из латинских букв", "choose another name of Latin letters"),
                )
                return None
            name = wanted
        assert shape.record is not None
        return name, scope.into_item(shape.record, name)

    def _quantified(
        self, name: Scalar, key: Scalar, body: Node, alias: Node | None, shape: FieldShape, scope: Scope
    ) -> Condition | None:
        inner = self._inner(alias, shape, scope, key)
        if inner is None:
            return None
        condition = self.condition(body, inner[1])
        items = ListPath(scope.current, scope.path(key.text), shape, self.span(key))
        if condition is None:
            return None
        return Quantified(Quantity(name.text), items, inner[0], condition, self.span(name))

    def _count(
        self, key: Scalar, body: Node, alias: Node | None, shape: FieldShape, scope: Scope
    ) -> CountOf | None:
        inner = self._inner(alias, shape, scope, key)
        condition = None if inner is None else self.condition(body, inner[1])
        if inner is None or condition is None:
            return None
        return CountOf(
            ListPath(scope.current, scope.path(key.text), shape, self.span(key)),
            inner[0],
            condition,
            self.span(key),
        )

    def _counted(
        self, key: Scalar, node: Node, alias: Node | None, shape: FieldShape, scope: Scope
    ) -> Condition | None:
        mapping = self.mapping(node, Text("`count`", "`count`"))
        if mapping is None or not self.keys(mapping, ("of", "is"), ("of", "is")):
            return None
        count = self._count(key, mapping.entries["of"][1], alias, shape, scope)
        limits = mapping.entries["is"][1]
        if count is None:
            return None
        if isinstance(limits, Scalar):
            right = self.number(limits, scope)
            return None if right is None else Compare(count, Order.IS, right, self.span(limits))
        orders = self.mapping(limits, Text("`is`", "`is`"))
        if orders is None or not self.keys(orders, (*EQUALITY, *NUMBER_OPERATORS)):
            return None
        return self._orders(orders, count, (), scope)


def is_operand(node: Mapping) -> bool:
    """Whether a mapping is a right-hand side (`{param: …}`) and not a set of comparisons."""
    return any(name in node.entries for name in OPERANDS)
