"""Conditions as Python: small ones inline on two rails, long ones as functions that are called when needed.

Names, ids and texts of policies enter the code as constants only: every word of the generated text is either our
own or a literal that `repr` wrote.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from validator.interpreters.compile.blocks import Block, Names, Variable, both, either, indented
from validator.interpreters.compile.links import Link, links, wanted_parts
from validator.interpreters.compile.needs import SUBJECT, Dependencies
from validator.interpreters.compile.operands import UNKNOWN, Operand, Rails, compare, constant, spell_constant
from validator.interpreters.readings import Overrides
from validator.language.vocabulary import ROOT, Vocabulary
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
    SetTest,
    Shifted,
    Sum,
    Term,
    Undecided,
)
from validator.logic.lean import COMPLETE, closed_slot, lean_value, list_slot, record_slot, value_slot
from validator.logic.policy import Definition, PolicySet
from validator.logic.shape import FieldShape, Kind, Limit, RecordShape
from validator.logic.values import Order, SpecialDay, Value


class Mode(NamedTuple):
    """How a condition is read: with which overrides, and with which variables for the judged day."""

    overrides: Overrides
    dependencies: Dependencies
    low: Variable
    high: Variable


class Conditions:
    """Writes conditions into blocks; functions they need are collected in `functions`."""

    def __init__(self, policies: PolicySet, vocabulary: Vocabulary) -> None:
        self.policies = policies
        self.vocabulary = vocabulary
        self.names = Names()
        self.constants: dict[str, str] = {}
        self.functions: list[str] = []
        self._made: dict[object, str] = {}

    def rails(self, block: Block, condition: Condition, mode: Mode) -> Rails:
        """When a condition is surely true and when surely false, as Python conditions for this block."""
        match condition:
            case AllOf(parts):
                found = [self.rails(block, part, mode) for part in parts]
                return Rails(both(r.true for r in found), either(r.false for r in found))
            case AnyOf(parts):
                found = [self.rails(block, part, mode) for part in parts]
                return Rails(either(r.true for r in found), both(r.false for r in found))
            case Not(part):
                return self.rails(block, part, mode).opposite()
            case Compare():
                return self._compare(block, condition, mode)
            case OneOf():
                return self._one_of(block, condition, mode)
            case SetTest():
                return self._set_test(block, condition)
            case ListedIn():
                return self._listed(block, condition, mode)
            case Known(field=field):
                value = self._value(block, field).name
                return Rails(f"{value} is not None", f"{value} is None")
            case Undecided():
                return UNKNOWN
            case Quantified() | Follow() | Meets() | Fresh():
                return self._answer(block, *self._call(block, condition, mode))

    # --- leaves -------------------------------------------------------------------------------------------

    def _value(self, block: Block, field: Field, *, subject: bool = False) -> Variable:
        """The variable with the value of a field."""
        holder, record = self._holder(block, field, subject=subject)
        return block.load("a", f"{record}.{value_slot(field.path[-1])}", [holder])

    def _holder(self, block: Block, field: Field | ListPath, *, subject: bool = False) -> tuple[Variable, str]:
        """The variable of the scope, and the expression of the record that holds the last name of the path."""
        scope = SUBJECT + field.scope if subject and field.scope != ROOT else field.scope
        holder = block.scopes[scope]
        return holder, holder.name + "".join(f".{record_slot(name)}" for name in field.path[:-1])

    def _compare(self, block: Block, condition: Compare, mode: Mode) -> Rails:
        left, order, right = condition.left, condition.order, condition.right
        if order is Order.IS and not (_has_order(left) and _has_order(right)):
            return self._same(block, left, right)
        return compare(self.operand(block, left, mode), order, self.operand(block, right, mode))

    def _same(self, block: Block, left: Term, right: Term) -> Rails:
        """Equality of names, truth values and sets."""
        if isinstance(left, Field) and isinstance(right, Literal):
            value, other = self._value(block, left).name, right.value
            if isinstance(other, bool):
                return Rails(f"{value} is {other}", f"{value} is {not other}")
            if isinstance(other, str):
                told = spell_constant(other)
                strange = _not_strange(left, value)
                return Rails(f"{value} == {told}", both((f"{value} is not None", f"{value} != {told}", strange)))
        one, one_uses = self._unordered(block, left)
        other_value, other_uses = self._unordered(block, right)
        if not any(isinstance(term, Field) and _may_be_strange(term) for term in (left, right)):
            known = both(f"{used.name} is not None" for used in (*one_uses, *other_uses))
            return Rails(both((known, f"{one} == {other_value}")), both((known, f"{one} != {other_value}")))
        return self._answer(block, f"same({one}, {other_value})", [*one_uses, *other_uses])

    def _unordered(self, block: Block, term: Term) -> tuple[str, list[Variable]]:
        """The value of a term that has no order: a literal or a field."""
        if isinstance(term, Literal):
            return self._constant(term.value), []
        assert isinstance(term, Field)
        found = self._value(block, term)
        return found.name, [found]

    def _answer(self, block: Block, call: str, uses: Sequence[Variable]) -> Rails:
        """A call whose answer is three-valued."""
        memo = block.memo(call, uses)
        return Rails(memo, f"{memo} is False")

    def _one_of(self, block: Block, condition: OneOf, mode: Mode) -> Rails:
        field = condition.field
        if field.shape.is_bounded:  # the declared interval may exclude every value
            values = sorted(condition.values, key=repr)
            found = [self._compare(block, Compare(field, Order.IS, Literal(value)), mode) for value in values]
            return Rails(either(r.true for r in found), both(r.false for r in found))
        value = self._value(block, field).name
        items = sorted(spell_constant(lean_value(item)) for item in condition.values)
        told = self._named("frozenset((" + "".join(f"{item}, " for item in items) + "))")
        known, strange = f"{value} is not None", _not_strange(field, value)
        return Rails(f"{value} in {told}", both((known, f"{value} not in {told}", strange)))

    def _set_test(self, block: Block, condition: SetTest) -> Rails:
        field, values = condition.field, condition.values
        value, relation = self._value(block, field), condition.relation.value
        if not isinstance(values, Literal) or field.shape.item is Kind.SERVICE:
            other, uses = self._unordered(block, values)
            return self._answer(block, f"relate({relation!r}, {value.name}, {other})", [value, *uses])
        members = values.value if isinstance(values.value, frozenset) else frozenset({str(values.value)})
        told, known = self._constant(members), f"{value.name} is not None"
        match relation:
            case "contains_any":
                opposite = f"{told}.isdisjoint({value.name})"
                return Rails(f"({known} and not {opposite})", f"({known} and {opposite})")
            case "contains_all":
                test = f"{told} <= {value.name}"
            case _:
                test = f"{value.name} <= {told}"
        return Rails(f"({known} and {test})", f"({known} and not {test})")

    def _listed(self, block: Block, condition: ListedIn, mode: Mode) -> Rails:
        name = mode.overrides.registers.get(condition.register, condition.register)
        value = self._value(block, condition.field)
        days = f"{mode.low.name}, {mode.high.name}"
        call = f"(None if {value.name} is None else c.listed({name!r}, {value.name}, {days}))"
        return self._answer(block, call, [value, mode.low, mode.high])

    # --- constants ----------------------------------------------------------------------------------------

    def _constant(self, value: Value) -> str:
        """A constant; what is not a plain number or text is made once, when the program is loaded."""
        lean = lean_value(value)
        told = spell_constant(lean)
        return told if isinstance(lean, bool | int | str | float) else self._named(told)

    def _named(self, told: str) -> str:
        return self.constants.setdefault(told, f"K{len(self.constants)}")

    # --- terms --------------------------------------------------------------------------------------------

    def operand(self, block: Block, term: Term, mode: Mode) -> Operand:
        """A term that has an order."""
        match term:
            case Literal(value=value):
                return constant(lean_value(value), self._constant(value))
            case AsOf():
                found = block.load("t", "c.day", [])
                return Operand(found.name, found.name, found.name, "True", "True", "False", (found,))
            case Field():
                return self._field(block, term)
            case ParameterValue(name=name):
                return self._parameter(block, name, mode)
            case Shifted() | Sum() | CountOf() | Ratio():
                found = self._triple(block, term, mode)
                value, low, high = (f"{found.name}[{index}]" for index in range(3))
                return Operand(
                    value, low, high, f"{low} is not None", f"{value} is not None", f"{value} != {value}", (found,)
                )

    def _field(self, block: Block, field: Field, *, subject: bool = False) -> Operand:
        value, shape = self._value(block, field, subject=subject), field.shape
        name, known = value.name, f"{value.name} is not None"
        never = f"{name} != {name}" if SpecialDay.NEVER.value in shape.special else "False"
        if not shape.is_bounded:
            return Operand(name, name, name, known, known, never, (value,))
        holder, record = self._holder(block, field, subject=subject)
        assert holder.shape is not None
        call = f"{self._bounds(_shape_at(holder.shape, field.path), shape)}(c, {record})"
        low, high = block.load_pair(f"({name}, {name}) if {known} else {call}", [value, holder])
        return Operand(name, low.name, high.name, "True", known, never, (value, low, high))

    def _parameter(self, block: Block, name: str, mode: Mode) -> Operand:
        match mode.overrides.parameters.get(name):
            case Literal(value=value):
                return constant(lean_value(value), self._constant(value))
            case Field() as field:
                return self._field(block, field, subject=True)
            case _:
                press = name in mode.overrides.admit_press
                days = f"{mode.low.name}, {mode.high.name}"
                call = f"c.parameter({name!r}, c.region, c.kind, {days}, {press})"
                found = block.load("p", call, [mode.low, mode.high])
                known, never = f"{found.name} is not None", f"{found.name} != {found.name}"
                return Operand(found.name, found.name, found.name, known, known, never, (found,))

    def _triple(self, block: Block, term: Term, mode: Mode) -> Variable:
        """A variable that holds a term as the runtime's triple."""
        match term:
            case CountOf():
                return block.load("s", *self._call(block, term, mode))
            case Ratio(part=part, whole=whole):
                return self._applied(block, "share", [part, whole], mode)
            case Sum(terms=terms):
                return self._applied(block, "total", terms, mode)
            case Shifted(day=day, days=days):
                return self._applied(block, "shift", [day, Literal(days) if isinstance(days, int) else days], mode)
            case _:
                found = self.operand(block, term, mode)
                return block.load("s", found.triple(), found.uses)

    def _applied(self, block: Block, function: str, terms: Sequence[Term], mode: Mode) -> Variable:
        found = [self._triple(block, term, mode) for term in terms]
        return block.load("s", f"{function}({', '.join(v.name for v in found)})", found)

    # --- the interval of an absent value ------------------------------------------------------------------

    def _bounds(self, record: RecordShape, shape: FieldShape) -> str:
        """The function that gives the declared interval of a field of a record."""
        key = ("bounds", record.path, shape.name)
        if key not in self._made:
            name = self._made[key] = self.names.fresh("bounds")
            low, high = (
                self._limit(record, shape.at_least, lower=True),
                self._limit(record, shape.at_most, lower=False),
            )
            lines = [f"def {name}(c, r):", f"    low, high = {low}, {high}", "    return low, max(low, high)"]
            self.functions.append("\n".join(lines))
        return self._made[key]

    def _limit(self, record: RecordShape, limit: Limit | None, *, lower: bool) -> str:
        end = "-INF" if lower else "INF"
        if limit is None:
            return end
        if limit.as_of:
            return "c.as_of"
        if limit.number is not None:
            return str(limit.number)
        assert limit.sibling is not None
        sibling, side = record.fields[limit.sibling], 0 if lower else 1
        otherwise = f"{self._bounds(record, sibling)}(c, r)[{side}]" if sibling.is_bounded else end
        value = f"r.{value_slot(limit.sibling)}"
        # Neither an absent sibling nor the word `never` (which equals nothing) is a day or a number.
        return f"({value} if {value} == {value} and {value} is not None else {otherwise})"

    # --- functions ----------------------------------------------------------------------------------------

    def _call(self, block: Block, node: Condition | CountOf, mode: Mode) -> tuple[str, list[Variable]]:
        """The call of the function for a long condition or a count, and the variables it uses."""
        if isinstance(node, Meets):
            return self._meets(block, node, mode)
        needs = mode.dependencies.of(node) if not isinstance(node, CountOf) else mode.dependencies.of_term(node)
        scopes = sorted(needs.scopes)
        shapes = {scope: block.scopes[scope].shape for scope in scopes}
        key = (node, needs, tuple((scope, shape.path) for scope, shape in shapes.items() if shape is not None))
        if key not in self._made:
            self._made[key] = self._function(node, shapes, mode, timed=needs.timed)
        return self._called(block, self._made[key], scopes, mode, timed=needs.timed)

    def _called(
        self, block: Block, name: str, scopes: Sequence[str], mode: Mode, *, timed: bool
    ) -> tuple[str, list[Variable]]:
        uses = [block.scopes[scope] for scope in scopes] + ([mode.low, mode.high] if timed else [])
        return f"{name}({', '.join(('c', *(v.name for v in uses)))})", uses

    def _opened(self, shapes: Mapping[str, RecordShape | None], mode: Mode, *, timed: bool) -> Opened:
        """A new function: its block, its parameters, and its mode."""
        block = Block(self.names)
        block.bind(ROOT, "o", self.vocabulary.root)
        params = ["c"]
        for scope, shape in shapes.items():
            assert shape is not None
            name = self.names.fresh("x")
            block.bind(scope, name, shape)
            params.append(name)
        low, high = Variable("jl", block), Variable("jh", block)
        params += ["jl", "jh"] if timed else []
        return Opened(self.names.fresh("f"), block, params, mode._replace(low=low, high=high))

    def _function(
        self, node: Condition | CountOf, shapes: Mapping[str, RecordShape | None], mode: Mode, *, timed: bool
    ) -> str:
        opened = self._opened(shapes, mode, timed=timed)
        block, inner = opened.block, opened.mode
        match node:
            case Quantified():
                body = self._quantified(block, node, inner)
            case CountOf():
                body = self._count(block, node, inner)
            case Follow():
                body = self._follow(block, node, inner)
            case Fresh():
                body = self._fresh(block, node, inner)
            case _:
                raise TypeError(node)
        return self._finished(opened, body)

    def _finished(self, opened: Opened, body: list[str]) -> str:
        lines = ["o = c.root", *opened.block.opening(), *body]
        head = f"def {opened.name}({', '.join(opened.params)}):"
        self.functions.append("\n".join([head, *indented(lines)]))
        return opened.name

    def _three(self, rails: Rails) -> list[str]:
        return [f"if {rails.true}: return True", f"if {rails.false}: return False", "return None"]

    def _meets(self, block: Block, node: Meets, mode: Mode) -> tuple[str, list[Variable]]:
        """A definition is one function of its item, whoever asks."""
        name = mode.overrides.definitions.get(node.definition, node.definition)
        definition = self.policies.definitions[name]
        needs = mode.dependencies.of(definition.when)
        outside = sorted(scope for scope in needs.scopes if scope.startswith(SUBJECT))
        shapes = {scope: block.scopes[scope].shape for scope in outside}
        key = ("definition", name, needs, tuple((scope, shape.path) for scope, shape in shapes.items() if shape))
        if key not in self._made:
            self._made[key] = self._definition(definition, shapes, mode, timed=needs.timed)
        item = [] if not definition.scopes else [node.scope]
        return self._called(block, self._made[key], [*item, *outside], mode, timed=needs.timed)

    def _definition(
        self, definition: Definition, outside: Mapping[str, RecordShape | None], mode: Mode, *, timed: bool
    ) -> str:
        shapes: dict[str, RecordShape | None] = {}
        if definition.scopes:
            shapes[definition.scopes[-1]] = self.vocabulary.record_of(definition.about)
        opened = self._opened({**shapes, **outside}, mode, timed=timed)
        block = opened.block
        bind_enclosing(block, self.vocabulary, definition.about, definition.scopes)
        return self._finished(opened, self._three(self.rails(block, definition.when, opened.mode)))

    def _items(self, block: Block, items: ListPath) -> tuple[str, str, RecordShape]:
        """The expressions of the items of a list and of whether it is complete, and the shape of an item."""
        _, record = self._holder(block, items)
        assert items.shape.record is not None
        return (
            f"{record}.{list_slot(items.path[-1])}",
            f"{record}.{closed_slot(items.path[-1])} == {COMPLETE!r}",
            items.shape.record,
        )

    def _loop(self, block: Block, node: Quantified | CountOf, mode: Mode) -> tuple[Block, str, str, Rails]:
        """The body of a loop over items, its head, whether the list is complete, and the condition on each."""
        items, closed, shape = self._items(block, node.items)
        inner = Block(self.names, block)
        variable = self.names.fresh("y")
        inner.bind(node.bind, variable, shape)
        found = self._near(block, node, items, mode) or items
        return inner, f"for {variable} in {found}:", closed, self.rails(inner, node.body, mode)

    def _near(self, block: Block, node: Quantified | CountOf, items: str, mode: Mode) -> str | None:
        """The expression of those items of a list of the document that may matter, when an index can tell."""
        variable = self.names.fresh("y")
        parts = wanted_parts(node)
        found = (
            link
            for link in links(self.vocabulary, variable, node.bind, parts)
            if node.items.scope == ROOT and link.field.scope in block.scopes and link.field.scope != ROOT
        )
        link = next(found, None)
        if link is None:
            return None
        own = [part for part in parts if self._is_own(part, node.bind, mode)]
        index = self._index(variable, node, own, link, mode)
        return f"near(c, {index}, {items}, {self._value(block, link.field).name})"

    def _is_own(self, part: Condition, bind: str, mode: Mode) -> bool:
        """Whether a condition depends on nothing but the item."""
        needs = mode.dependencies.of(part)
        return needs.scopes <= {bind} and not needs.timed

    def _index(
        self, variable: str, node: Quantified | CountOf, own: Sequence[Condition], link: Link, mode: Mode
    ) -> str:
        """The function that gives the keys of an item, none when it can't matter."""
        assert node.items.shape.record is not None
        block = Block(self.names)
        block.bind(ROOT, "o", self.vocabulary.root)
        block.bind(node.bind, variable, node.items.shape.record)
        barred = either(self.rails(block, part, mode).false for part in own)
        name = self.names.fresh("keys")
        lines = ["o = c.root", *block.opening(), *([] if barred == "False" else [f"if {barred}: return ()"])]
        self.functions.append(
            "\n".join([f"def {name}(c, {variable}):", *indented([*lines, f"return {link.keys}"])])
        )
        return name

    def _quantified(self, block: Block, node: Quantified, mode: Mode) -> list[str]:
        body, head, closed, rails = self._loop(block, node, mode)
        found, other = (rails.false, rails.true) if node.quantity is Quantity.EVERY else (rails.true, rails.false)
        at_once, at_end = ("True", "False") if node.quantity is Quantity.SOME else ("False", "True")
        lines = [*body.opening(), f"if {found}: return {at_once}", f"if sure and not {other}: sure = False"]
        return [f"sure = {closed}", head, *indented(lines), f"return {at_end} if sure else None"]

    def _count(self, block: Block, node: CountOf, mode: Mode) -> list[str]:
        body, head, closed, rails = self._loop(block, node, mode)
        lines = [*body.opening(), f"if {rails.true}: low += 1; high += 1", f"elif not {rails.false}: high += 1"]
        end = f"return None, low, high if {closed} else INF"
        return ["low = high = 0", head, *indented(lines), end]

    def _follow(self, block: Block, node: Follow, mode: Mode) -> list[str]:
        value = self._value(block, node.reference).name
        target = node.reference.shape.target or ""
        inner = Block(self.names, block)
        variable = self.names.fresh("y")
        inner.bind(node.bind, variable, self.vocabulary.record_of(target))
        rails = self.rails(inner, node.body, mode)
        return [
            f"if {value} is None: return None",
            f"{variable} = c.index[{target!r}].get({value})",
            f"if {variable} is None: return False",
            *inner.opening(),
            *self._three(rails),
        ]

    def _fresh(self, block: Block, node: Fresh, mode: Mode) -> list[str]:
        on = self._value(block, node.on).name
        within = Literal(node.within) if isinstance(node.within, int) else node.within
        days = self.operand(block, within, mode)
        rails = self.rails(block, node.body, mode)
        return [
            f"if {on} is None or not ({days.known}): return None",
            # The word `never` is no day and so never recent.
            f"if not {on} >= jh - {days.value}: return None",
            *self._three(rails),
        ]


class Opened(NamedTuple):
    """A function that is being written."""

    name: str
    block: Block
    params: list[str]
    mode: Mode


def bind_enclosing(block: Block, vocabulary: Vocabulary, about: str, scopes: Sequence[str]) -> None:
    """Bind the names of the items around the innermost one, which is bound already."""
    parts = about.split(".")
    for index in range(len(scopes) - 2, -1, -1):
        inner = block.scopes[scopes[index + 1]]
        outer = block.load("x", f"{inner.name}.up", [inner])
        shape = vocabulary.record_of(".".join(parts[: index + 1]))
        block.scopes[scopes[index]] = Variable(outer.name, outer.block, shape)


def _has_order(term: Term) -> bool:
    match term:
        case Literal(value=value):
            return not isinstance(value, str | bool | frozenset)
        case Field(shape=shape):
            return shape.kind.is_number or shape.kind.is_day
        case _:
            return True


def _may_be_strange(field: Field) -> bool:
    """Whether the field may hold a name that no register knows."""
    return Kind.SERVICE in (field.shape.kind, field.shape.item)


def _not_strange(field: Field, value: str) -> str:
    """That the name is one a register knows, where that is not sure."""
    return f"type({value}) is str" if _may_be_strange(field) else "True"


def _shape_at(shape: RecordShape, path: tuple[str, ...]) -> RecordShape:
    """The shape of the record that holds the last name of a path."""
    for name in path[:-1]:
        inner = shape.fields[name].record
        assert inner is not None
        shape = inner
    return shape
