"""Random snapshots, conditions and policies over any vocabulary, for property tests and differential runs.

Everything is drawn through a `Chooser`, so that the same generators serve Hypothesis (which shrinks) and a plain
seeded run (which is fast). Values come from small pools, so that boundaries collide; what the documents say is
always a sound snapshot. Nothing of the product imports this module: Hypothesis is a tool of development.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any, NamedTuple, TypeAlias, TypeVar

from hypothesis import strategies as st

from validator.language.names import ReferenceNames
from validator.language.scopes import Known as KnownNames
from validator.language.scopes import Scope, scope_of
from validator.language.vocabulary import ROOT, Vocabulary
from validator.logic.expr import (
    TRUE,
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
    walk,
)
from validator.logic.frozen import Frozen, replace
from validator.logic.policy import (
    Clauses,
    Criterion,
    Decision,
    ExceptionClause,
    Force,
    Modality,
    Norm,
    Parameter,
    PolicySet,
    Reading,
    Severity,
    Subject,
    Window,
)
from validator.logic.shape import FieldShape, Kind, RecordShape
from validator.logic.text import Text
from validator.logic.values import DAY_ORDERS, NUMBER_ORDERS, Order, SpecialDay, Value, month_end

T = TypeVar("T")
Json: TypeAlias = "dict[str, Any]"
DAY = timedelta(days=1)
MAX_ITEMS = 3
MAX_NESTING = 3
NUMBERS = (0, 1, 2, 3)
DECIMALS = ("0", "0.5", "25", "50", "50.01", "100")
SHIFTS = (-2, -1, 0, 1, 2)
WITHIN = (0, 1, 2)
QUESTION = "C00"
NOTHING = Text("", "")


class World(NamedTuple):
    """What a test is about: a vocabulary, the reference data beside it, and the values that occur.

    `services` are spellings as a document may write them, registered or not; `fixed` gives the values of fields
    of the organization by name, `texts` those of fields with a pattern of their own.
    """

    vocabulary: Vocabulary
    policies: PolicySet
    names: ReferenceNames
    known: KnownNames
    as_of: date
    services: tuple[str, ...]
    fixed: Mapping[str, tuple[str, ...]]
    texts: Mapping[str, tuple[str, ...]]

    def days(self) -> list[date]:
        """The days that occur: around the day of the snapshot, none after it."""
        return [self.as_of - k * DAY for k in range(5)]


class Chooser:
    """The source of every choice: `below(n)` gives a number from 0 to n - 1, the simplest being 0."""

    def __init__(self, below: Callable[[int], int]) -> None:
        self.below = below

    def one(self, options: Sequence[T]) -> T:
        """One of the options; the first is the simplest."""
        return options[self.below(len(options))]

    def chance(self, percent: int) -> bool:
        """True so many times in a hundred; False is the simpler answer."""
        return self.below(100) >= 100 - percent

    def some(self, options: Sequence[T], most: int = 3) -> list[T]:
        """A few different options in their order, perhaps none."""
        found = [option for option in options if self.chance(40)]
        return found[:most]


def seeded(seed: int) -> Chooser:
    """A chooser that always makes the same choices for a seed."""
    return Chooser(Random(seed).randrange)


@st.composite
def choosers(draw: st.DrawFn) -> Chooser:
    """A chooser whose choices Hypothesis makes, records and shrinks."""
    return Chooser(lambda n: 0 if n == 1 else draw(st.integers(0, n - 1)))


# --- snapshots -----------------------------------------------------------------------------------------------


def random_document(world: World, choose: Chooser) -> Json:
    """A sound snapshot as JSON would hold it."""
    return _Documents(world, choose).document()


class _Documents:
    def __init__(self, world: World, choose: Chooser) -> None:
        self.world = world
        self.choose = choose
        self.refs: dict[str, list[str]] = {}

    def document(self) -> Json:
        document = self.world.vocabulary.document
        lists = {name: shape for name, shape in document.fields.items() if shape.kind is Kind.LIST}
        sizes = {name: 0 if self.choose.chance(20) else self.choose.below(MAX_ITEMS + 1) for name in lists}
        for name, shape in lists.items():
            self.refs[name] = _refs(shape, sizes[name])
        found: Json = {"schema": "sverka.snapshot/1", "as_of": self.world.as_of.isoformat()}
        organization = document.fields[ROOT].record
        assert organization is not None
        found[ROOT] = self._record(organization)
        for name, shape in document.fields.items():
            if shape.kind is Kind.RECORD and name != ROOT and shape.record is not None:
                found[name] = self._record(shape.record)
        found["coverage"] = {}
        for name, shape in lists.items():
            self._list(found, found["coverage"], shape, sizes[name])
        _repair(found[ROOT])
        return _in_order(found)

    def _list(self, holder: Json, coverage: Json, shape: FieldShape, size: int) -> None:
        assert shape.record is not None
        if size or self.choose.chance(50):
            holder[shape.name] = [self._record(shape.record, index) for index in range(size)]
        key = shape.coverage.removeprefix("coverage.")
        match self.choose.below(10):
            case 8:
                coverage[key] = "partial"
            case 9:
                pass
            case _:
                coverage[key] = "complete"

    def _record(self, shape: RecordShape, index: int = 0) -> Json:
        found: Json = {}
        for name, field in shape.fields.items():
            if field.kind is Kind.LIST:
                size = self.choose.below(MAX_ITEMS)
                if not self.choose.chance(20):
                    self._list(found, found, field, size)
            elif field.kind is Kind.RECORD:
                assert field.record is not None
                if not self.choose.chance(20):
                    found[name] = self._record(field.record)
            elif field.identity:
                found[name] = self.refs[shape.path][index]
            elif field.required or not self.choose.chance(25):
                value = self._value(field)
                if value is not None:
                    found[name] = value
        return _within_bounds(found, shape)

    def _value(self, shape: FieldShape) -> Any:
        if shape.kind is Kind.SET:
            options = self._scalars(shape, shape.item or Kind.TEXT)
            if shape.item is Kind.SERVICE:  # two spellings of one service would be a repeat
                options = [*{self.world.names.service(name): name for name in reversed(options)}.values()]
            return self.choose.some(options)
        options = self._scalars(shape, shape.kind)
        return self.choose.one(options) if options else None

    def _scalars(self, shape: FieldShape, kind: Kind) -> list[Any]:
        match kind:
            case Kind.BOOLEAN:
                return [True, False]
            case Kind.INTEGER:
                low = shape.at_least.number if shape.at_least and shape.at_least.number else 0
                return [low + number for number in NUMBERS]
            case Kind.DECIMAL:
                return [*DECIMALS]
            case Kind.DATE:
                later = [(self.world.as_of + k * DAY) for k in (1, 2)] if shape.future else []
                return [day.isoformat() for day in (*self.world.days(), *later)] + list(shape.special) * 2
            case Kind.MONTH:
                return [*_months(self.world.as_of)]
            case Kind.ENUM:
                return [*words_of(shape), *shape.unknown_values]
            case Kind.SERVICE:
                return [*self.world.services]
            case Kind.REF:
                return [*self.refs.get(shape.target or "", []), *shape.special]
            case _:
                return [*self.world.fixed.get(shape.name, self.world.texts.get(shape.name, ()))]


def words_of(shape: FieldShape) -> list[str]:
    """The first words of an enumeration that count as known: a small pool for facts and conditions alike."""
    return [word for word in shape.values if word not in shape.unknown_values][:3]


def _refs(shape: FieldShape, size: int) -> list[str]:
    assert shape.record is not None
    identity = next((field for field in shape.record.fields.values() if field.identity), None)
    prefix = identity.pattern[1:3] if identity is not None and identity.pattern else "x_"
    return [f"{prefix}{index}" for index in range(size)]


def _months(day: date) -> list[str]:
    earlier = day.replace(day=1) - DAY
    return [f"{day:%Y-%m}", f"{earlier:%Y-%m}"]


def _within_bounds(record: Json, shape: RecordShape) -> Json:
    """The record without values that its other values contradict."""
    for name, field in shape.fields.items():
        for limit, sign in ((field.at_least, 1), (field.at_most, -1)):
            other = record.get(limit.sibling) if limit is not None and limit.sibling else None
            if other is None or name not in record or field.kind is Kind.SET:
                continue
            if _contradicts(record[name], other, sign):
                del record[name]
    return record


def _contradicts(value: Any, other: Any, sign: int) -> bool:
    if isinstance(value, int) and isinstance(other, int):
        return (value - other) * sign < 0
    return str(value)[:1].isdigit() and str(other)[:1].isdigit() and (str(value) < str(other)) is (sign > 0)


_IN_ORDER = (
    ("archive_announced_on", "archived_on"),
    ("in_force_from", "in_force_through"),
    ("invited_on", "joined_on"),
)


def _repair(organization: Json) -> None:
    shares = organization.get("public_share", {})
    private = organization.get("founder") in ("private", "person", "foreign")
    if private or sum(Decimal(share) for share in shares.values()) > 100:
        organization.pop("public_share", None)


def _in_order(document: Json) -> Json:
    """The document without days that stand in the wrong order."""
    for record in _records(document):
        for earlier, later in _IN_ORDER:
            first, last = str(record.get(earlier, "")), str(record.get(later, ""))
            if first[:1].isdigit() and last[:1].isdigit() and first > last:
                del record[later]
    return document


def _records(node: Any) -> Iterator[Json]:
    if isinstance(node, dict):
        yield node
        for value in node.values():
            yield from _records(value)
    elif isinstance(node, list):
        for item in node:
            yield from _records(item)


# --- conditions ----------------------------------------------------------------------------------------------


class Menu(Frozen, frozen=True):
    """Which parts of the language may occur beside the plain ones."""

    known: bool = False
    undecided: bool = True
    definitions: bool = True
    ratios: bool = True
    depth: int = 3


PLAIN = Menu()


def random_condition(world: World, choose: Chooser, scope: Scope, menu: Menu = PLAIN) -> Condition:
    """A well-typed condition that stands in `scope`, as the reader would make it."""
    return _Conditions(world, choose, menu).condition(scope, menu.depth)


class _Conditions:
    def __init__(self, world: World, choose: Chooser, menu: Menu) -> None:
        self.world = world
        self.choose = choose
        self.menu = menu

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
            if shape.kind is Kind.LIST and _can_step(scope, name)
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

    # --- fields -------------------------------------------------------------------------------------------

    def fields(self, scope: Scope, name: str) -> list[Field]:
        """Every field of an item in reach, those of its nested records included."""
        return [*_fields(name, scope.bound[name], ())]

    def reachable(self, scope: Scope) -> list[Field]:
        """The fields of every item in reach."""
        return [field for name in scope.bound if _can_step(scope, name) for field in self.fields(scope, name)]

    def leaf(self, scope: Scope) -> Condition:
        """A condition without conditions inside."""
        special = self.choose.below(20)
        if special == 19 and self.menu.undecided:
            return Undecided(QUESTION)
        if special in (17, 18) and self.menu.definitions and (found := self._meets(scope)):
            return found
        if special in (14, 15, 16) and (total := self._total(scope)):
            return total
        fields = self.fields(scope, scope.current)
        if self.choose.chance(20):
            fields = self.reachable(scope)
        return self._test(self.choose.one(fields), scope)

    def _meets(self, scope: Scope) -> Condition | None:
        found = [
            Meets(definition, name)
            for name, record in scope.bound.items()
            for definition, about in self.world.known.definitions.items()
            if about == record.path and _can_step(scope, name)
        ]
        return self.choose.one(found) if found else None

    def _total(self, scope: Scope) -> Condition | None:
        numbers = [field for field in self.fields(scope, scope.current) if field.shape.kind.is_number]
        if not numbers:
            return None
        if self.menu.ratios and self.choose.chance(50):
            share = Ratio(self.choose.one(numbers), self.choose.one(numbers))
            return self._ordered(share, Literal(self.choose.one((50, 0, 100))))
        terms = tuple(self.choose.one(numbers) for _ in range(self.choose.one((2, 1, 3))))
        return self._ordered(Sum(tuple(dict.fromkeys(terms))), self._number(scope))

    def _test(self, field: Field, scope: Scope) -> Condition:
        found = self._plain_test(field, scope)
        if self.menu.known and self.choose.chance(10):
            found = Known(field)
        return Not(found) if self.choose.chance(15) else found

    def _plain_test(self, field: Field, scope: Scope) -> Condition:
        shape = field.shape
        if shape.kind is Kind.SET:
            return self._set_test(field, scope)
        if shape.kind.is_day:
            return Compare(field, self.choose.one([*DAY_ORDERS, Order.IS]), self._day(field, scope))
        if shape.kind.is_number:
            values = self._number_values(shape)
            if self.choose.chance(20):
                return OneOf(field, frozenset(self._some_of(values)))
            return self._ordered(field, self._number_operand(scope, values))
        if shape.kind is Kind.BOOLEAN:
            return Compare(field, Order.IS, Literal(self.choose.one((True, False))))
        return self._name_test(field, scope)

    def _name_test(self, field: Field, scope: Scope) -> Condition:
        values = self._names(field.shape, field.shape.kind)
        registers = [*self.world.known.registers] if field.shape.kind is Kind.SERVICE else []
        others = [f for f in self.reachable(scope) if _same_names(field, f)]
        options: list[Callable[[], Condition]] = []
        if values:
            options.append(lambda: Compare(field, Order.IS, Literal(self.choose.one(values))))
            options.append(lambda: OneOf(field, frozenset(self._some_of(values))))
        if registers:
            options.append(lambda: ListedIn(field, self.choose.one(registers)))
            options.append(lambda: ListedIn(field, self.choose.one(registers)))
        if others:
            options.append(lambda: Compare(field, Order.IS, self.choose.one(others)))
        return self.choose.one(options)()

    def _some_of(self, values: Sequence[Value]) -> list[Value]:
        return [*self.choose.some(values)] or [self.choose.one(values)]

    def _names(self, shape: FieldShape, kind: Kind) -> list[str]:
        match kind:
            case Kind.ENUM:
                return words_of(shape)
            case Kind.SERVICE:
                return sorted(self.world.known.services)
            case Kind.REF:
                return [*shape.special]
            case _:
                return [*self.world.fixed.get(shape.name, ()), *self.world.texts.get(shape.name, ())] or ["text"]

    def _set_test(self, field: Field, scope: Scope) -> Condition:
        shape = field.shape
        values = self._names(shape, shape.item or Kind.TEXT)
        relation = self.choose.one([*SetRelation])
        others = [f for f in self.reachable(scope) if f.shape.kind is Kind.SET and _same_names(field, f)]
        if others and self.choose.chance(25):
            other = self.choose.one(others)
            return Compare(field, Order.IS, other) if self.choose.chance(30) else SetTest(field, relation, other)
        singles = [f for f in self.reachable(scope) if f.shape.kind is shape.item and _same_items(shape, f.shape)]
        if singles and self.choose.chance(25):
            return SetTest(field, SetRelation.CONTAINS_ANY, self.choose.one(singles))
        if self.choose.chance(30) or not values:
            return Compare(field, Order.IS, Literal(frozenset(self.choose.some(values))))
        return SetTest(field, relation, Literal(frozenset(str(v) for v in self._some_of(values))))

    # --- right-hand sides ---------------------------------------------------------------------------------

    def _ordered(self, left: Term, right: Term) -> Condition:
        found = Compare(left, self.choose.one([*NUMBER_ORDERS, Order.IS]), right)
        return Not(found) if found.order is Order.IS and self.choose.chance(30) else found

    def _number_values(self, shape: FieldShape) -> list[Value]:
        return [*NUMBERS] if shape.kind is Kind.INTEGER else [Decimal(text) for text in DECIMALS]

    def _number_operand(self, scope: Scope, values: list[Value]) -> Term:
        others = [f for f in self.reachable(scope) if f.shape.kind.is_number]
        match self.choose.below(4):
            case 2:
                return self._parameter(lambda kind: kind.is_number)
            case 3 if len(others) > 1:
                return self.choose.one(others)
            case _:
                return Literal(self.choose.one(values))

    def _number(self, scope: Scope) -> Term:
        match self.choose.below(4):
            case 2:
                return self._parameter(lambda kind: kind.is_number)
            case 3:
                others = [f for f in self.reachable(scope) if f.shape.kind.is_number]
                return self.choose.one(others) if others else Literal(1)
            case _:
                return Literal(self.choose.one(NUMBERS))

    def _parameter(self, fits: Callable[[Kind], bool]) -> ParameterValue:
        found = [(name, kind) for name, kind in self.world.known.parameters.items() if fits(kind)]
        return ParameterValue(*self.choose.one(found))

    def _days(self, options: Sequence[int]) -> int | ParameterValue:
        if self.choose.chance(30):
            return self._parameter(lambda kind: kind is Kind.INTEGER)
        return self.choose.one(options)

    def _day(self, field: Field, scope: Scope) -> Term:
        if field.shape.special and self.choose.chance(15):
            words = [word for word in field.shape.special if word != "ongoing"]
            if words:
                return Literal(SpecialDay(self.choose.one(words)))
        term: Field | ParameterValue | AsOf
        match self.choose.below(5):
            case 2:
                term = AsOf()
            case 3:
                term = self._parameter(lambda kind: kind.is_day)
            case 4:
                term = self.choose.one([f for f in self.reachable(scope) if f.shape.kind.is_day])
            case _:
                day = self.choose.one(self.world.days())
                month = field.shape.kind is Kind.MONTH
                return Literal(month_end(day.year, day.month) if month else day)
        return Shifted(term, self._days(SHIFTS)) if self.choose.chance(40) else term


def _can_step(scope: Scope, name: str) -> bool:
    """Whether the fields of an item can be named from here at all."""
    if scope.current == name or scope.field(name) is None:
        return True
    return scope.bound[ROOT].fields.get(name) is None and scope.field(ROOT) is None


def _fields(name: str, shape: RecordShape, path: tuple[str, ...]) -> Iterator[Field]:
    for field in shape.fields.values():
        if field.kind is Kind.RECORD and field.record is not None:
            yield from _fields(name, field.record, (*path, field.name))
        elif field.kind not in (Kind.LIST, Kind.INSTANT):
            yield Field(name, (*path, field.name), field)


def _same_items(one: FieldShape, other: FieldShape) -> bool:
    return one.target == other.target and (not one.values or bool(set(one.values) & set(other.values)))


def _same_names(one: Field, other: Field) -> bool:
    """Whether two fields of names can be equal."""
    same = other.shape.kind is one.shape.kind and one.shape.item is other.shape.item
    return same and _same_items(one.shape, other.shape)


# --- policies ------------------------------------------------------------------------------------------------


def subject_of(world: World, path: str) -> Subject:
    """What a policy about `path` judges."""
    return Subject(path, world.vocabulary.scopes_of(path), world.vocabulary.record_of(path))


def random_window(world: World, choose: Chooser, path: str) -> Window:
    """A time in force, sometimes open on either side, sometimes judged on days of the item."""
    days = [field for field in _own_fields(world, path) if field.shape.kind is Kind.DATE]
    first = None if choose.chance(50) else choose.one(world.days())
    later = [world.as_of, world.as_of + DAY, *world.days()]
    last = None if choose.chance(50) else max(choose.one(later), first or date.min)
    start, end = (None if day is None else Literal(day) for day in (first, last))
    if not days or choose.chance(40):
        return Window(start, end)
    judged_from = choose.one(days)
    return Window(start, end, judged_from, choose.one(days) if choose.chance(50) else judged_from)


def random_norm(world: World, choose: Chooser, path: str, menu: Menu = PLAIN) -> Norm:
    """A norm about the items of one list, or about the organization."""
    scope = scope_of(world.vocabulary, path)

    def any_condition() -> Condition:
        return random_condition(world, choose, scope, menu)

    names = [f"e{index}" for index in range(choose.below(3))]
    clauses = Clauses(
        subject_of(world, path),
        random_window(world, choose, path),
        TRUE if choose.chance(30) else any_condition(),
        Not(any_condition()) if choose.chance(50) else any_condition(),
        tuple((name, any_condition()) for name in names),
    )
    modality = choose.one([*Modality])
    reading = Reading("chosen", True, NOTHING, TRUE.span, parameters=_overrides(world, choose, path))
    return norm_of(clauses, modality, (reading,))


def _own_fields(world: World, path: str) -> list[Field]:
    """The fields of the judged item; none of the organization, which has no days to be judged on."""
    if path == ROOT:
        return []
    return [*_fields(world.vocabulary.scopes_of(path)[-1], world.vocabulary.record_of(path), ())]


def _overrides(world: World, choose: Chooser, path: str) -> dict[str, Literal | Field]:
    """Sometimes a parameter that a reading replaces by a value or by a field of the judged item."""
    if not choose.chance(25):
        return {}
    name, kind = choose.one([*world.known.parameters.items()])
    days = kind.is_day
    fields = [f for f in _own_fields(world, path) if (f.shape.kind.is_day if days else f.shape.kind is kind)]
    if fields and choose.chance(50):
        return {name: choose.one(fields)}
    return {name: Literal(choose.one(world.days()) if days else choose.one(NUMBERS))}


def norm_of(
    clauses: Clauses, modality: Modality = Modality.PROHIBITION, readings: tuple[Reading, ...] = ()
) -> Norm:
    """A norm with these clauses and no texts."""
    exceptions = tuple(ExceptionClause(name, (), None, TRUE.span) for name, _ in clauses.exceptions)
    return Norm(
        id="N",
        topic="",
        title=NOTHING,
        modality=modality,
        severity=Severity.LOW,
        cites=(),
        force=Force.FEDERAL_LAW,
        clauses=(clauses,),
        exceptions=exceptions,
        readings=readings,
        message=NOTHING,
        remedy=None,
        remark=None,
        remedy_sets={},
        sanction=None,
        waivable=True,
        span=TRUE.span,
    )


def random_decision(world: World, choose: Chooser, path: str, menu: Menu = PLAIN) -> Decision:
    """A decision about the items of one list, or about the organization."""
    scope = scope_of(world.vocabulary, path)

    def tests(prefix: str, count: int) -> tuple[Criterion, ...]:
        return tuple(
            Criterion(f"{prefix}{n}", NOTHING, (), random_condition(world, choose, scope, menu), TRUE.span)
            for n in range(count)
        )

    return Decision(
        id="D",
        topic="",
        title=NOTHING,
        cites=(),
        force=Force.FEDERAL_LAW,
        subject=subject_of(world, path),
        window=random_window(world, choose, path),
        applies_when=TRUE if choose.chance(50) else random_condition(world, choose, scope, menu),
        outcomes={"moved": NOTHING, "stays": NOTHING},
        criteria=tests("p", choose.one((1, 2))),
        exclusions=tests("e", choose.one((1, 0, 2))),
        positive="moved",
        otherwise="stays",
        readings=(),
        advice={},
        span=TRUE.span,
    )


def random_reading(world: World, choose: Chooser, policy: Norm | Decision, path: str, name: str) -> Reading:
    """A reading that is not chosen: other parameters, definitions and registers, some exceptions dropped."""
    data = world.policies
    others = {
        d.name: [o.name for o in data.definitions.values() if o.about == d.about] for d in data.definitions.values()
    }
    lists = {
        r.name: [o.name for o in data.registers.values() if o.family == r.family] for r in data.registers.values()
    }
    mentioned = {node.register for node in _parts_of(policy) if isinstance(node, ListedIn)}
    lists = {name: names for name, names in lists.items() if name in mentioned}
    dropped = [clause.id for clause in policy.exceptions] if isinstance(policy, Norm) else []
    return Reading(
        name,
        False,
        NOTHING,
        TRUE.span,
        parameters=_overrides(world, choose, path),
        definitions={name: choose.one(names[::-1]) for name, names in others.items() if choose.chance(50)},
        registers={name: choose.one(names[::-1]) for name, names in lists.items() if choose.chance(50)},
        without_exceptions=tuple(choose.some(dropped)),
        admit_press=tuple(p.name for p in data.parameters.values() if _has_press(p) and choose.chance(60)),
    )


def _parts_of(policy: Norm | Decision) -> list[Condition]:
    """Every condition of a policy and everything inside them."""
    if isinstance(policy, Decision):
        tests = [test.when for test in (*policy.criteria, *policy.exclusions)]
        return [node for when in (policy.applies_when, *tests) for node in walk(when)]
    found = [
        when
        for clauses in policy.clauses
        for when in (clauses.applies_when, clauses.requirement, *(when for _, when in clauses.exceptions))
    ]
    return [node for when in found for node in walk(when)]


def _has_press(parameter: Parameter) -> bool:
    return any(row.press for row in parameter.rows)


def random_policies(world: World, choose: Chooser, count: int, menu: Menu = PLAIN) -> PolicySet:
    """The reference data of the world with so many random norms and decisions, some with several readings."""
    paths = [ROOT, *world.vocabulary.lists]
    norms: dict[str, Norm] = {}
    decisions: dict[str, Decision] = {}
    for number in range(count):
        path = choose.one(paths)
        if choose.chance(25):
            decision = random_decision(world, choose, path, menu)
            chosen = Reading("chosen", True, NOTHING, TRUE.span)
            readings = (chosen, *_other_readings(world, choose, decision, path))
            decisions[f"D{number}"] = replace(decision, id=f"D{number}", readings=readings)
        else:
            norm = random_norm(world, choose, path, menu)
            readings = (*norm.readings, *_other_readings(world, choose, norm, path))
            norms[f"N{number}"] = replace(norm, id=f"N{number}", readings=readings)
    return replace(world.policies, norms=norms, decisions=decisions)


def _other_readings(world: World, choose: Chooser, policy: Norm | Decision, path: str) -> tuple[Reading, ...]:
    return tuple(random_reading(world, choose, policy, path, f"other{n}") for n in range(choose.below(3)))


# --- changes to a snapshot -----------------------------------------------------------------------------------


def forget(world: World, choose: Chooser, document: Json, percent: int = 20) -> Json:
    """The document with less said: values left out, lists no longer complete, last items gone.

    Only last items go, so that the places of the others stay as they are.
    """
    found: Json = copy.deepcopy(document)
    for name, shape in world.vocabulary.document.fields.items():
        if shape.kind is Kind.LIST:
            _forget_list(choose, found, found["coverage"], shape, percent)
        elif shape.kind is Kind.RECORD and isinstance(found.get(name), dict):
            _forget_fields(choose, found[name], shape, percent)
    return _without_dangling(found, world.vocabulary)


def _forget_list(choose: Chooser, holder: Json, coverage: Json, shape: FieldShape, percent: int) -> None:
    key = shape.coverage.removeprefix("coverage.")
    if choose.chance(percent):
        if coverage.get(key) == "complete" and choose.chance(50):
            coverage[key] = "partial"
        else:
            coverage.pop(key, None)
        if holder.get(shape.name) and choose.chance(50):
            holder[shape.name].pop()
    for item in holder.get(shape.name, []):
        _forget_fields(choose, item, shape, percent)


def _forget_fields(choose: Chooser, record: Json, shape: FieldShape, percent: int) -> None:
    assert shape.record is not None
    for name, field in shape.record.fields.items():
        if name not in record or field.required or field.identity:
            continue
        if field.kind is Kind.LIST:
            _forget_list(choose, record, record, field, percent)
        elif field.kind is Kind.RECORD and isinstance(record[name], dict):
            _forget_fields(choose, record[name], field, percent)
        elif choose.chance(percent):
            if choose.chance(50):
                del record[name]
            else:
                record[name] = "unknown"


def _without_dangling(document: Json, vocabulary: Vocabulary) -> Json:
    """The document without references to items that are gone."""
    refs = {name: {item.get("ref") for item in document.get(name, [])} for name in vocabulary.lists}

    def clean(record: Json, shape: RecordShape) -> None:
        for name, field in shape.fields.items():
            value = record.get(name)
            if field.kind is Kind.LIST and field.record is not None:
                for item in value or []:
                    clean(item, field.record)
            elif field.kind is Kind.RECORD and field.record is not None and isinstance(value, dict):
                clean(value, field.record)
            elif field.target is not None and value not in (None, "unknown", *field.special):
                wanted = value if isinstance(value, list) else [value]
                if not set(wanted) <= refs[field.target]:
                    del record[name]

    clean(document, vocabulary.document)
    return document


def shuffle(choose: Chooser, node: Any) -> Any:
    """The document with every list in another order."""
    if isinstance(node, dict):
        return {key: shuffle(choose, value) for key, value in node.items()}
    if isinstance(node, list):
        rest = [shuffle(choose, item) for item in node]
        return [rest.pop(choose.below(len(rest))) for _ in range(len(rest))]
    return node


def rename_refs(node: Any, vocabulary: Vocabulary, suffix: str = "z") -> Any:
    """The document with other pseudonyms for the same items."""
    refs = {item["ref"] for name in vocabulary.lists for item in node.get(name, []) if "ref" in item}

    def renamed(part: Any) -> Any:
        match part:
            case dict():
                return {key: renamed(value) for key, value in part.items()}
            case list():
                return [renamed(item) for item in part]
            case str() if part in refs:
                return part + suffix
            case _:
                return part

    return renamed(node)
