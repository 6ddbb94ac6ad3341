"""Right-hand sides: values typed by the field they are compared with, parameters, other fields, days.

Nothing is converted silently: a number where a day is wanted, a misspelt word of an enumeration, a parameter of
the wrong kind are mistakes with a place.
"""

from __future__ import annotations

from validator.language.nodes import Mapping, Node, Scalar, Sequence
from validator.language.scopes import Known, Scope
from validator.language.structure import FileReader, parse_day, parse_decimal, parse_integer, shorten
from validator.logic.expr import AsOf, Field, Literal, ParameterValue, Shifted, Term
from validator.logic.problem import Problem
from validator.logic.shape import FieldShape, Kind
from validator.logic.text import Text
from validator.logic.values import SpecialDay, Value, month_end

_KIND_NAMES = {
    Kind.BOOLEAN: Text("`true` или `false`", "`true` or `false`"),
    Kind.INTEGER: Text("целое число", "a whole number"),
    Kind.DECIMAL: Text("число с точкой", "a number with a point"),
    Kind.DATE: Text("дата ГГГГ-ММ-ДД", "a date YYYY-MM-DD"),
    Kind.MONTH: Text("месяц ГГГГ-ММ", "a month YYYY-MM"),
    Kind.SET: Text("список значений", "a list of values"),
}
_NAME = Text("слово или текст", "a word or text")
_RECORD = Text("вложенная запись", "nested record")
OPERANDS = ("param", "field", "values", "as_of")


def kind_name(kind: Kind) -> Text:
    """What a field of that kind holds, as a message says it."""
    return _KIND_NAMES.get(kind, _NAME)


class OperandReader(FileReader):
    """Reads right-hand sides. `known` are the names of parameters, registers and value sets of all files."""

    def __init__(self, file: str, problems: list[Problem], known: Known) -> None:
        super().__init__(file, problems)
        self.known = known

    def wrong_kind(self, node: Node, shape: FieldShape, wanted: Text) -> None:
        """Note that a field is not of the wanted kind."""
        has = kind_name(shape.kind)
        self.report(
            "wrong-type",
            node,
            Text(
                f"поле «{shape.title.ru}» ({has.ru}) здесь не подходит",
                f"field “{shape.title.en}” ({has.en}) does not fit here",
            ),
            Text(f"нужно: {wanted.ru}", f"wanted: {wanted.en}"),
        )

    # --- values -------------------------------------------------------------------------------------------

    def literal(self, node: Node, shape: FieldShape) -> Literal | None:
        """A value that the field may have."""
        if shape.kind is Kind.SET:
            members = self.literals(node, shape)
            if members is None:
                return None
            return Literal(frozenset(str(member) for member in members), self.span(node))
        value = self._value(node, shape, shape.kind)
        return None if value is None else Literal(value, self.span(node))

    def literals(self, node: Node, shape: FieldShape) -> frozenset[Value] | None:
        """A list of values of the field (of its items, for a set), or `{values: name}`."""
        if isinstance(node, Mapping):
            return self._named_values(node, shape)
        if not isinstance(node, Sequence):
            self.report(
                "list-expected",
                node,
                Text("ожидается список значений", "expected a list of values"),
                Text("пишите `[…]` или `{values: имя}`", "write `[…]` or `{values: name}`"),
            )
            return None
        kind = shape.item if shape.kind is Kind.SET and shape.item else shape.kind
        found = [self._value(item, shape, kind) for item in node.items]
        values = [value for value in found if value is not None]
        if len(set(values)) < len(values):
            self.report(
                "repeated-value",
                node,
                Text("значение указано дважды", "a value is given twice"),
                Text("оставьте каждое по одному разу", "keep each of them once"),
            )
            return None
        return frozenset(values) if len(values) == len(found) else None

    def _named_values(self, node: Mapping, shape: FieldShape) -> frozenset[Value] | None:
        name_node = node.get("values")
        name = self.text(name_node) if self.keys(node, ("values",), ("values",)) else None
        if name is None or not isinstance(name_node, Scalar):
            return None
        members = self.known.values.get(name)
        if members is None:
            self.unknown_name("unknown-values", name_node, Text("набор значений", "value set"), self.known.values)
            return None
        kind = shape.item if shape.kind is Kind.SET and shape.item else shape.kind
        if not kind.is_name:  # a set holds words, which equal no number and no day
            self.wrong_kind(name_node, shape, Text("поле со словами", "a field that holds words"))
            return None
        known = shape.values or (self.known.services if kind is Kind.SERVICE else ())
        wrong = sorted(m for m in members if known and m not in known)
        if wrong:
            self.report(
                "wrong-type",
                name_node,
                Text(
                    f"в наборе `{name}` есть `{wrong[0]}`, а у поля «{shape.title.ru}» такого значения нет",
                    f"set `{name}` holds `{wrong[0]}`, which field “{shape.title.en}” does not know",
                ),
                Text("исправьте набор или возьмите другой", "mend the set or take another"),
            )
            return None
        return frozenset(members)

    def _value(self, node: Node, shape: FieldShape, kind: Kind) -> Value | None:
        if not isinstance(node, Scalar):
            self._bad_value(node, shape, kind, "")
            return None
        text = node.text
        if text in shape.special and text in ("never", "open_ended"):
            return SpecialDay(text)
        value = self._plain_value(node, shape, kind)
        if value is None:
            self._bad_value(node, shape, kind, text)
        return value

    def _plain_value(self, node: Scalar, shape: FieldShape, kind: Kind) -> Value | None:
        text = node.text
        match kind:
            case Kind.BOOLEAN:
                return {"true": True, "false": False}.get(text) if node.kind != "quoted" else None
            case Kind.INTEGER:
                return parse_integer(text)
            case Kind.DECIMAL:
                return parse_decimal(text)
            case Kind.DATE:
                return parse_day(text)
            case Kind.MONTH:
                first = parse_day(f"{text}-01")
                return None if first is None else month_end(first.year, first.month)
            case Kind.ENUM:
                return text if text in shape.values else None
            case Kind.SERVICE:
                return text if text in self.known.services else None
            case Kind.REF:
                return text if text in shape.special else None
            case _:
                return text if text != "unknown" else None

    def _bad_value(self, node: Node, shape: FieldShape, kind: Kind, token: str) -> None:
        if kind is Kind.ENUM and isinstance(node, Scalar):
            what = Text(f"значение поля «{shape.title.ru}»", f"value of “{shape.title.en}”")
            self.unknown_name("unknown-value", node, what, shape.values)
            return
        if kind is Kind.SERVICE and isinstance(node, Scalar):
            what = Text("сервис из перечней", "registered service")
            self.unknown_name("unknown-service", node, what, self.known.services)
            return
        wanted = kind_name(kind)
        got = Text(f", а не `{shorten(token)}`", f", not `{shorten(token)}`") if token else Text("", "")
        self.report(
            "wrong-type",
            node,
            Text(
                f"для поля «{shape.title.ru}» ожидается {wanted.ru}{got.ru}",
                f"field “{shape.title.en}” takes {wanted.en}{got.en}",
            ),
            Text(
                "неизвестное значение не сравнивают: правило само ответит «нет данных»"
                if token == "unknown"
                else "исправьте значение или выберите другое поле",
                "an unknown value can't be compared with: the rule will say `unknown` by itself"
                if token == "unknown"
                else "mend the value or choose another field",
            ),
        )

    # --- operands -----------------------------------------------------------------------------------------

    def operand(self, node: Node, shape: FieldShape, scope: Scope) -> Term | None:
        """What a field is compared with: a value, `{param: …}`, `{field: …}`, `as_of`."""
        if isinstance(node, Mapping):
            term = self._reference(node, scope)
            return term if term is None or self._fits(node, term, shape.kind, shape) else None
        if shape.kind.is_day and isinstance(node, Scalar) and node.text == "as_of":
            return AsOf(self.span(node))
        return self.literal(node, shape)

    def number(self, node: Node, scope: Scope) -> Term | None:
        """A number, or a parameter or field that holds one."""
        if isinstance(node, Mapping):
            term = self._reference(node, scope)
            return term if term is None or self._fits(node, term, Kind.DECIMAL, None) else None
        text = self.text(node)
        value = None if text is None else parse_decimal(text)
        if text is not None and value is None:
            self.report(
                "wrong-type",
                node,
                Text(f"ожидается число, а не `{shorten(text)}`", f"expected a number, not `{shorten(text)}`"),
                Text("пишите цифры, дробную часть через точку", "write digits, with a point for decimals"),
            )
        if value is None:
            return None
        return Literal(int(value) if value == int(value) else value, self.span(node))

    def day_term(self, node: Node | None, scope: Scope) -> Term | None:
        """A day: a date, `{param: …}`, `{field: …}` or `as_of`, shifted by `plus_days` where asked."""
        if node is None:
            return None
        if isinstance(node, Mapping):
            term = self._reference(node, scope)
            return term if term is None or self._fits(node, term, Kind.DATE, None) else None
        if isinstance(node, Scalar) and node.text == "as_of":
            return AsOf(self.span(node))
        found = self.day(node)
        return None if found is None else Literal(found, self.span(node))

    def members(self, node: Node, shape: FieldShape, scope: Scope, *, single: bool) -> Literal | Field | None:
        """What a set is tested against: values, `{values: name}`, or a field (a set or one value)."""
        if isinstance(node, Mapping) and "field" in node.entries:
            term = self._reference(node, scope)
            if isinstance(term, Shifted):  # only days can be shifted, and there are no sets of days
                self._not_a_day(node, Kind.DATE)
                return None
            if not isinstance(term, Field):
                return None
            item = term.shape.item if term.shape.kind is Kind.SET else term.shape.kind
            if item is not shape.item or (term.shape.kind is not Kind.SET and not single):
                wanted = Text("значение того же рода", "a value of the same kind")
                self.wrong_kind(_operand_name(node), term.shape, wanted)
                return None
            return term
        if single and isinstance(node, Scalar):
            value = self._value(node, shape, shape.item or Kind.TEXT)
            return None if value is None else Literal(frozenset({str(value)}), self.span(node))
        values = self.literals(node, shape)
        return None if values is None else Literal(frozenset(str(v) for v in values), self.span(node))

    def days(self, node: Node | None) -> int | ParameterValue | None:
        """A whole number of days, or `{param: name}`."""
        if not isinstance(node, Mapping):
            return self.integer(node)
        if not self.keys(node, ("param",), ("param",)):
            return None
        term = self._parameter(node.entries["param"][1])
        if term is not None and term.kind is not Kind.INTEGER:
            self.report(
                "wrong-type",
                _operand_name(node),
                Text(f"параметр `{term.name}` не целое число", f"parameter `{term.name}` is not a whole number"),
                Text("нужно число дней", "a number of days is wanted"),
            )
            return None
        return term

    def _reference(self, node: Mapping, scope: Scope) -> Field | ParameterValue | AsOf | Shifted | None:
        sources = [name for name in ("param", "field", "as_of") if name in node.entries]
        if len(sources) != 1 or not self.keys(node, (*sources, "plus_days")):
            if len(sources) != 1:
                self.report(
                    "operand-expected",
                    node,
                    Text("ожидается значение", "expected a value"),
                    Text(
                        "`{param: …}`, `{field: …}` или само значение",
                        "`{param: …}`, `{field: …}`, or the value itself",
                    ),
                )
            return None
        inner = node.entries[sources[0]][1]
        term: Field | ParameterValue | AsOf | None
        shift = node.get("plus_days")
        match sources[0]:
            case "param":
                term = self._parameter(inner)
            case "field":
                term = self.named_field(inner, scope)
            case _:
                term = AsOf(self.span(node))
                inside = self.mapping(inner, Text("`as_of`", "`as_of`"))
                if inside is None or not self.keys(inside, ("plus_days",), ("plus_days",)):
                    return None
                if shift is not None:
                    self.unknown_name("unknown-key", node.entries["plus_days"][0], Text("ключ", "key"), ("as_of",))
                    return None
                shift = inside.get("plus_days")
        if term is None or shift is None:
            return term
        days = self.days(shift)
        if not _kind_of(term).is_day:
            self._not_a_day(node, _kind_of(term))
            return None
        return None if days is None else Shifted(term, days, self.span(node))

    def _not_a_day(self, node: Mapping, kind: Kind) -> None:
        has = kind_name(kind)
        self.report(
            "wrong-type",
            node.entries["plus_days"][0],
            Text(
                f"`plus_days` прибавляет дни к дате, а здесь {has.ru}",
                f"`plus_days` adds days to a date, but here is {has.en}",
            ),
            Text("уберите `plus_days` или возьмите дату", "leave `plus_days` out, or take a date"),
        )

    def _parameter(self, node: Node) -> ParameterValue | None:
        name = self.text(node)
        if name is None or ("parameters", name) in self.broken:
            return None
        kind = self.known.parameters.get(name)
        if kind is None:
            assert isinstance(node, Scalar)
            self.unknown_name("unknown-parameter", node, Text("параметр", "parameter"), self.known.parameters)
            return None
        return ParameterValue(name, kind, self.span(node))

    def _fits(self, node: Node, term: Term, kind: Kind, shape: FieldShape | None) -> bool:
        other = _kind_of(term)
        if comparable(kind, other) and (shape is None or not _strangers(shape, term)):
            return True
        wanted = kind_name(kind)
        self.report(
            "wrong-type",
            _operand_name(node),
            Text(
                f"сравниваются разные вещи: {wanted.ru} и {kind_name(other).ru}",
                f"different things are compared: {wanted.en} and {kind_name(other).en}",
            ),
            Text("обе стороны должны быть одного рода", "both sides must be of one kind"),
        )
        return False

    # --- fields -------------------------------------------------------------------------------------------

    def own_field(self, node: Node | None, scope: Scope) -> Field | None:
        """A field of the item at hand, by its name or by a path through records (`opinion.parents`)."""
        return self._walk(node, scope, named=False)

    def named_field(self, node: Node | None, scope: Scope) -> Field | None:
        """A field by a path from a named scope: `chat.class`, `organization.kind`."""
        return self._walk(node, scope, named=True)

    def _walk(self, node: Node | None, scope: Scope, *, named: bool) -> Field | None:
        path = self.text(node)
        if path is None or not isinstance(node, Scalar):
            return None
        names = path.split(".")
        start = 0
        if named:
            first = names.pop(0)
            if first not in scope.bound or not names:
                self._no_scope(self.part(node, 0, first), scope)
                return None
            scope = scope.into_scope(first)
            start = len(first) + 1
        for name in names[:-1]:
            shape = scope.field(name)
            if shape is None or shape.kind is not Kind.RECORD:
                records = [known for known in scope.names() if _is_record(scope.field(known))]
                self.unknown_name("unknown-field", self.part(node, start, name), _RECORD, records)
                return None
            scope = scope.into_record(name)
            start += len(name) + 1
        shape = scope.field(names[-1])
        if shape is None or shape.kind in (Kind.RECORD, Kind.LIST):
            token = self.part(node, start, names[-1])
            known = [name for name in scope.names() if not _is_container(scope.field(name))]
            self.unknown_name("unknown-field", token, Text("поле", "field"), known)
            return None
        return Field(scope.current, scope.path(names[-1]), shape, self.span(node))

    def _no_scope(self, token: Scalar, scope: Scope) -> None:
        """A path must begin with the name of an item at hand and go on to a field of it."""
        names = [name for name in scope.bound if "#" not in name]
        if token.text in names:
            self.report(
                "unknown-scope",
                token,
                Text(f"после `{token.text}` не названо поле", f"no field is named after `{token.text}`"),
                Text(f"пишите `{token.text}.поле`", f"write `{token.text}.field`"),
            )
            return
        self.unknown_name("unknown-scope", token, Text("запись, от которой идёт путь", "start of a path"), names)


def _is_record(shape: FieldShape | None) -> bool:
    return shape is not None and shape.kind is Kind.RECORD


def _is_container(shape: FieldShape | None) -> bool:
    return shape is not None and shape.kind in (Kind.RECORD, Kind.LIST)


def _operand_name(node: Node) -> Node:
    """The name inside `{param: name}` or `{field: path}`: the token that a mistake is about."""
    if isinstance(node, Mapping):
        for key in ("param", "field"):
            if (inner := node.get(key)) is not None:
                return inner
    return node


def comparable(left: Kind, right: Kind) -> bool:
    """Whether values of the two kinds can be compared."""
    if left.is_number or left.is_day:
        return (left.is_number and right.is_number) or (left.is_day and right.is_day)
    return left is right


def _kind_of(term: Term) -> Kind:
    match term:
        case Field(shape=shape):
            return shape.kind
        case ParameterValue(kind=kind):
            return kind
        case AsOf():
            return Kind.DATE
        case Shifted(day=day):
            return _kind_of(day)
        case _:
            return Kind.DECIMAL


def _strangers(shape: FieldShape, term: Term) -> bool:
    """Two fields of one kind that can never be equal: other references, other words."""
    if not isinstance(term, Field):
        return False
    other = term.shape
    if shape.kind is Kind.REF:
        return shape.target != other.target
    if shape.values and other.values:
        return not set(shape.values) & set(other.values)
    return shape.item is not other.item
