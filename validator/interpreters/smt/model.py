"""Models of the solver made small, always in the same order, and written down as a snapshot.

Every step asks the solver whether the question still has an answer with one thing more left out or settled: items
are dropped from the last on, lists declared incomplete only where they must be, values left unknown where they can
be, and what must be known takes its first word, `false`, or the smallest number or day. The order is that of the
schema, so the result does not depend on what the solver happened to find first.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from itertools import chain
from typing import Any

import z3

from validator.interpreters.smt.answer import Document
from validator.interpreters.smt.codes import MADE_UP, STRANGE, Codes
from validator.interpreters.smt.formulas import BIG, Bool, neg, within
from validator.interpreters.smt.slots import Space
from validator.interpreters.smt.variables import NEVER, Node, Variable
from validator.language.vocabulary import ROOT
from validator.logic.shape import FieldShape, Kind, RecordShape
from validator.snapshots.build import DEFAULT_INN, DEFAULT_REGION

# Days from here on are preferred: a witness with dates of today is easier to read than one of the year 1.
READABLE = tuple(date(year, 1, 1).toordinal() for year in (2025, 2020, 2000, 1900))
DEFAULTS = {"inn": DEFAULT_INN, "region": DEFAULT_REGION, "kind": "school"}


class UndecidedError(Exception):
    """The solver gave up while a model was made small."""


class Minimizer:
    """Makes the model of a satisfiable solver small by adding what still can be demanded."""

    def __init__(self, space: Space, solver: Any, touched: Iterable[object], model: Any = None) -> None:
        """`model` is the one to begin with, if it is not the solver's last."""
        self.space = space
        self.solver = solver
        touched = [*touched]
        self.touched = [part for part in touched if isinstance(part, Variable)]
        self.lists = [part for part in touched if isinstance(part, tuple)]
        self.codes: Codes = space.encoder.codes
        self.texts = [part for part in touched if isinstance(part, int)]
        self.model = solver.model() if model is None else model

    def holds(self, formula: Bool) -> bool:
        """Whether a formula holds in the model found last."""
        if isinstance(formula, bool):
            return formula
        return bool(z3.is_true(self.model.eval(formula, model_completion=True)))

    def number(self, value: Any) -> Fraction:
        """The value of a number in the model found last."""
        found = self.model.eval(value, model_completion=True)
        return Fraction(found.as_long()) if z3.is_int_value(found) else Fraction(str(found.as_fraction()))

    def demand(self, formula: Bool) -> bool:
        """Demand a formula where that is possible; says whether it is."""
        if self.holds(formula):
            self.solver.add(formula)
            return True
        if isinstance(formula, bool):
            return False
        answer = self.solver.check(formula)
        if answer == z3.unknown:
            raise UndecidedError
        if answer == z3.unsat:
            self.solver.add(neg(formula))
            return False
        self.model = self.solver.model()
        self.solver.add(formula)
        return True

    def run(self) -> None:
        """Settle everything."""
        for slot in reversed(list(self.space.all_slots())):
            self.demand(neg(slot.here))
        there = [slot for slot in self.space.all_slots() if self.holds(slot.here)]
        self._as_of()
        by_node: dict[Node, list[Variable]] = {}
        for variable in self.touched:
            by_node.setdefault(variable.node, []).append(variable)
        nodes = [self.space.root, *there]
        for name, node in sorted(self.lists, key=lambda part: (part[1].label, part[0])):
            if node in nodes:
                self.demand(self._closed(node, name))
        for node in nodes:
            for variable in _in_order(node.shape, by_node.get(node, [])):
                self.demand(neg(variable.present))
        for node in nodes:
            for variable in _in_order(node.shape, by_node.get(node, [])):
                if self.holds(variable.present):
                    self._settle(variable)

    def _closed(self, node: Node, name: str) -> Bool:
        return node.fact(f"{name}*", z3.BoolSort())

    def _as_of(self) -> None:
        self._smallest_day(self.space.as_of, self.space.setting.first.toordinal())

    def _settle(self, variable: Variable) -> None:
        match variable.shape.kind:
            case Kind.SET:
                self._settle_set(variable)
            case Kind.BOOLEAN:
                self.demand(neg(variable.value))
            case Kind.INTEGER:
                self._nearest_zero(variable.value)
            case Kind.DECIMAL:
                self._decimal(variable)
            case Kind.DATE | Kind.MONTH:
                for word in (NEVER, BIG):
                    self.demand(neg(variable.value == word))
                if self.number(variable.value) not in (NEVER, BIG):
                    self._smallest_day(variable.value, 1)
            case _:
                self._first(variable)

    def _settle_set(self, variable: Variable) -> None:
        for code, bit in sorted(variable.members.items()):
            if isinstance(code, int):
                self.demand(neg(bit))

    def _smallest_day(self, value: Any, first: int) -> None:
        """The smallest of the days from the first on, a readable one where there is any."""
        low = next((day for day in READABLE if self.demand(value >= day)), first)
        self._smallest(value, max(low, first))

    def _nearest_zero(self, value: Any) -> None:
        """The number that is nearest to zero, a positive one where there is any."""
        if self.demand(value >= 0):
            self._smallest(value, 0)
        else:
            self._smallest(-value, 1)

    def _smallest(self, value: Any, low: int) -> None:
        """The smallest of the values, none of which is below `low`, by halving."""
        if self.demand(value == low):
            return
        low, high = low + 1, int(self.number(value))
        while low < high:
            middle = (low + high) // 2
            if self.demand(value <= middle):
                high = min(middle, int(self.number(value)))
            else:
                low = middle + 1
        self.demand(value == low)

    def _decimal(self, variable: Variable) -> None:
        """The smallest number with as few decimal places as possible."""
        for places in range(7):
            scaled = z3.Int(f"{variable.node.label}.{variable.name}/{places}")
            if self.demand(variable.value * 10**places == z3.ToReal(scaled)):
                self._nearest_zero(scaled)
                return
        raise UndecidedError

    def _first(self, variable: Variable) -> None:
        """The first of the names that are possible."""
        options = self.options(variable)
        if self.demand(within(variable.value, options[:1])):
            return
        low, high = 1, len(options) - 1
        while low < high:
            middle = (low + high) // 2
            if self.demand(within(variable.value, options[low : middle + 1])):
                high = middle
            else:
                low = middle + 1

    def options(self, variable: Variable) -> list[int]:
        """The names that a field can hold, in the order in which they are preferred."""
        found = self._possible(variable.shape)
        default = DEFAULTS.get(variable.shape.name) if variable.node.path == ROOT else None
        if default is not None:
            preferred = self.codes.known_code(default)
            found = sorted(found, key=lambda code: code != preferred)
        return list(dict.fromkeys(found))

    def _possible(self, shape: FieldShape) -> list[int]:
        match shape.kind:
            case Kind.ENUM:
                return self.codes.words(shape)
            case Kind.SERVICE:
                strangers = sorted(self.codes.strangers, key=lambda code: (code >= MADE_UP, self.codes.text(code)))
                return [*self.codes.services, *strangers]
            case Kind.REF:
                assert shape.target is not None
                slots = self.space.lists.slots(self.space.root, shape.target)
                words = [self.codes.of(word) for word in shape.special]
                return [*(slot.code for slot in slots), *words]
            case _ if shape.name == "region" and self.codes.regions:
                return self.codes.regions
            case _:
                texts = sorted({self.codes.text(code) for code in self.texts if code < STRANGE})
                named = [self.codes.of(text) for text in texts if self.codes.admits(shape, text)]
                ranges = (range(family.base, family.base + family.size) for family in self.codes.families(shape))
                return [*named, *chain.from_iterable(ranges)]

    # --- writing down -------------------------------------------------------------------------------------------

    def document(self) -> Document:
        """The model as a snapshot."""
        vocabulary = self.space.setting.vocabulary
        as_of = int(self.number(self.space.as_of))
        found: Document = {"schema": "sverka.snapshot/1", "as_of": date.fromordinal(as_of).isoformat()}
        coverage: Document = {}
        facts = {(v.node, v.path): v for v in self.touched}
        root = self.space.root
        organization = self._record(root, (), vocabulary.document.fields[ROOT].record, facts)
        found[ROOT] = self._organization(organization)
        for name, shape in vocabulary.document.fields.items():
            if shape.kind is Kind.RECORD and name != ROOT:
                inner = self._record(root, (name,), shape.record, facts)
                if inner:
                    found[name] = inner
        closed = {(node, name) for name, node in self.lists}
        for name, shape in vocabulary.document.fields.items():
            if shape.kind is not Kind.LIST:
                continue
            items = self._items(root, name, facts, closed)
            told = (root, name) in closed
            if items:
                found[name] = items
            if told and self.holds(self._closed(root, name)):
                coverage[name] = "complete"
            elif items or told:
                coverage[name] = "partial"
        if coverage:
            found["coverage"] = coverage
        return found

    def _organization(self, given: Document) -> Document:
        """The organization with what every snapshot must say of it."""
        shape = self.space.setting.vocabulary.document.fields[ROOT].record
        assert shape is not None
        defaults = {name: self._default(field) for name, field in shape.fields.items() if field.required}
        if given.get("legal_form") == "entrepreneur":
            inn = next(f for f in self.codes.families(shape.fields["inn"]) if f.form == "12")
            defaults["inn"] = next(inn.texts())
        whole = {**defaults, **given}
        return {name: whole[name] for name in shape.fields if name in whole}

    def _default(self, shape: FieldShape) -> str:
        wanted = DEFAULTS.get(shape.name, "")
        if shape.name == "region" and self.space.setting.names.regions:
            regions = sorted(self.space.setting.names.regions)
            return wanted if wanted in regions else regions[0]
        if shape.kind is Kind.ENUM:
            return wanted if wanted in shape.values else next(iter(shape.values))
        return wanted

    def _items(
        self, parent: Node, path: str, facts: dict[Any, Variable], closed: set[tuple[Node, str]]
    ) -> list[Any]:
        found: list[Any] = []
        for slot in self.space.lists.slots(parent, path):
            if not self.holds(slot.here):
                continue
            item = self._record(slot, (), slot.shape, facts)
            for name, shape in slot.shape.fields.items():
                if shape.identity:
                    item[name] = self.codes.text(slot.code)
                if shape.kind is Kind.LIST:
                    self._nested(item, slot, shape, facts, closed)
            keys = [key for field in slot.shape.fields.values() for key in (field.name, field.coverage) if key]
            found.append({key: item[key] for key in keys if key in item})
        return found

    def _nested(
        self,
        item: Document,
        slot: Node,
        shape: FieldShape,
        facts: dict[Any, Variable],
        closed: set[tuple[Node, str]],
    ) -> None:
        items = self._items(slot, f"{slot.path}.{shape.name}", facts, closed)
        told = (slot, shape.name) in closed
        if items:
            item[shape.name] = items
        if told and self.holds(self._closed(slot, shape.name)):
            item[shape.coverage] = "complete"
        elif items or told:
            item[shape.coverage] = "partial"

    def _record(
        self, node: Node, path: tuple[str, ...], shape: RecordShape | None, facts: dict[Any, Variable]
    ) -> Document:
        assert shape is not None
        found: Document = {}
        for name, field in shape.fields.items():
            if field.kind is Kind.RECORD:
                inner = self._record(node, (*path, name), field.record, facts)
                if inner:
                    found[name] = inner
            variable = facts.get((node, (*path, name)))
            if variable is not None and not field.identity and self.holds(variable.present):
                found[name] = self._value(variable)
        return found

    def _value(self, variable: Variable) -> Any:
        kind, value = variable.shape.kind, variable.value
        match kind:
            case Kind.SET:
                codes = [code for code, bit in sorted(variable.members.items()) if self.holds(bit)]
                return [self.codes.text(code) for code in codes]
            case Kind.BOOLEAN:
                return self.holds(value)
            case Kind.INTEGER:
                return int(self.number(value))
            case Kind.DECIMAL:
                return decimal_text(self.number(value))
            case Kind.DATE | Kind.MONTH:
                return day_text(int(self.number(value)), kind)
            case _:
                return self.codes.text(int(self.number(value)))


def decimal_text(number: Fraction) -> str:
    """A number with as many decimal places as it has."""
    for places in range(20):
        if (number * 10**places).denominator == 1:
            digits = f"{abs(int(number * 10**places)):0{places + 1}}"
            text = f"{digits[:-places]}.{digits[-places:]}" if places else digits
            return f"-{text}" if number < 0 else text
    raise UndecidedError


def day_text(day: int, kind: Kind) -> str:
    """A day, a month or the word in the place of one."""
    if day == NEVER:
        return "never"
    if day == BIG:
        return "open_ended"
    text = date.fromordinal(day).isoformat()
    return text[:7] if kind is Kind.MONTH else text


def _in_order(shape: RecordShape, variables: list[Variable]) -> list[Variable]:
    """Variables of a record in the order of the schema."""

    def place(variable: Variable) -> tuple[int, ...]:
        found, record = [], shape
        for name in variable.path:
            found.append(list(record.fields).index(name))
            inner = record.fields[name].record
            if inner is not None:
                record = inner
        return tuple(found)

    return sorted((v for v in variables if not v.shape.identity), key=place)
