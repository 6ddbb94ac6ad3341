"""The facts of a snapshot as variables: one presence bit and one value per field, bits per member of a set.

A field of a record that does not exist constrains nothing. What the schema and the integrity rules forbid is
forbidden here as well (`sound` for one field, `between` for two of one record), so every model is a snapshot that
the reader accepts.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import z3

from validator.interpreters.smt.codes import MADE_UP, STRANGE, STRANGERS, Codes
from validator.interpreters.smt.formulas import (
    BIG,
    LARGEST,
    Bool,
    Number,
    any_of,
    at_most,
    both,
    choose,
    disj,
    implies,
    is_plain,
    neg,
    within,
)
from validator.logic.shape import FieldShape, Kind, RecordShape
from validator.logic.values import month_end
from validator.snapshots.integrity import DAYS_IN_ORDER

NEVER, LAST_DAY = 0, 3_652_059
Path = tuple[str, ...]


class Node:
    """A record that the solver chooses: the organization, or an item of a list.

    `path` is the list path, `label` its name in formulas, `parent` the item that encloses it, `here` whether it
    exists, `code` the code of its pseudonym, `index` its number in the list.
    """

    __slots__ = ("code", "here", "index", "label", "parent", "path", "shape")

    def __init__(
        self,
        path: str,
        label: str,
        shape: RecordShape,
        parent: Node | None,
        here: Bool,
        code: Number,
        index: int = 0,
    ) -> None:
        self.path = path
        self.label = label
        self.shape = shape
        self.parent = parent
        self.here = here
        self.code = code
        self.index = index

    def fact(self, name: str, sort: Any) -> Any:
        """The constant that stands for a fact about this record."""
        return z3.Const(f"{self.label}.{name}", sort)

    def related(self, name: str, code: Number) -> Any:
        """Whether a set of this record has the item with a pseudonym that is no number; slots have numbers."""
        raise AssertionError(name, code)


class Variable:
    """A field of a record: `present`, and what it holds when it is.

    `value` is a code, a number, a day (`NEVER`, `BIG` for open-ended) or, of a truth value, a formula; None for a
    set, whose members are asked by `has`.
    """

    __slots__ = ("_bits", "name", "node", "path", "present", "shape", "value")

    def __init__(self, node: Node, path: Path, shape: FieldShape) -> None:
        self.node = node
        self.path = path
        self.shape = shape
        self.name = ".".join(path)
        self.present: Bool = True if shape.required else node.fact(f"{self.name}?", z3.BoolSort())
        self.value: Any = None
        self._bits: dict[int, Bool] = {}
        if shape.identity:
            self.value = node.code
        elif shape.kind is not Kind.SET:
            self.value = node.fact(self.name, _sort(shape.kind))

    def has(self, code: Number) -> Bool:
        """Whether the set has a member."""
        if not is_plain(code):
            return self.node.related(self.name, code)
        found = self._bits.get(code)
        if found is None:
            found = self._bits[code] = self.node.fact(f"{self.name}:{code}", z3.BoolSort())
        return found

    @property
    def members(self) -> dict[int, Bool]:
        """The members of the set that came up."""
        return self._bits

    def never(self) -> Bool:
        """Whether the value is known to be the word `never`."""
        return both(self.present, self.value == NEVER) if "never" in self.shape.special else False

    def is_ordinary(self) -> Bool:
        """Whether a known value is none of the words that may stand in the place of a day."""
        parts = [neg(self.value == NEVER)] if "never" in self.shape.special else []
        if "open_ended" in self.shape.special:
            parts.append(self.value < BIG)
        return both(*parts)


def _sort(kind: Kind) -> Any:
    if kind is Kind.BOOLEAN:
        return z3.BoolSort()
    return z3.RealSort() if kind is Kind.DECIMAL else z3.IntSort()


# --- what one field may hold -----------------------------------------------------------------------------------


def sound(variable: Variable, codes: Codes, as_of: Number, texts: frozenset[int]) -> Bool:
    """What a known value of the field may be, references and bounds by other fields apart.

    `texts` are the codes of the texts that the conditions of the question mention.
    """
    shape, value = variable.shape, variable.value
    if shape.identity or shape.kind in (Kind.BOOLEAN, Kind.REF, Kind.SET):
        return True
    match shape.kind:
        case Kind.ENUM:
            found = within(value, codes.words(shape))
        case Kind.SERVICE:
            named = [code for code in texts if STRANGE <= code < MADE_UP]
            found = within(value, [*codes.services, *named, *range(MADE_UP, MADE_UP + STRANGERS)])
        case Kind.INTEGER | Kind.DECIMAL:
            found = _number(shape, value)
        case Kind.DATE:
            found = _date(variable, as_of)
        case Kind.MONTH:
            found = _month(variable, as_of)
        case _:
            found = _text(variable, codes, texts)
    return implies(variable.present, found)


def _number(shape: FieldShape, value: Number) -> Bool:
    low, high = -LARGEST, LARGEST
    for limit in (shape.min_value, shape.at_least.number if shape.at_least else None):
        low = low if limit is None else max(low, limit)
    for limit in (shape.max_value, shape.at_most.number if shape.at_most else None):
        high = high if limit is None else min(high, limit)
    return both(value >= low, value <= high)


def _date(variable: Variable, as_of: Number) -> Bool:
    value, shape = variable.value, variable.shape
    last = LAST_DAY if shape.future else as_of
    found = both(value >= 1, value <= last)
    if "never" in shape.special:
        found = any_of(found, value == NEVER)
    return any_of(found, value == BIG) if "open_ended" in shape.special else found


def _text(variable: Variable, codes: Codes, texts: frozenset[int]) -> Bool:
    shape, value = variable.shape, variable.value
    if shape.name == "region" and codes.regions:
        return within(value, codes.regions)
    named = [code for code in texts if code < STRANGE and codes.admits(shape, codes.text(code))]
    families = [both(value >= f.base, value < f.base + f.size) for f in codes.families(shape)]
    return any_of(within(value, named), *families)


# --- months ----------------------------------------------------------------------------------------------------

# From 1904 to 2099 every fourth year is a leap year, so the ends of months repeat every 48 months.
_FIRST_YEAR, _CYCLE, _CYCLES = 1904, 1461, 49


def _month_table() -> list[tuple[int, int]]:
    """For each month of a cycle its last day, counted from the day before the cycle, and its length."""
    before = month_end(_FIRST_YEAR - 1, 12).toordinal()
    ends = [month_end(_FIRST_YEAR + n // 12, n % 12 + 1) for n in range(48)]
    return [(end.toordinal() - before, end.day) for end in ends]


def _month(variable: Variable, as_of: Number) -> Bool:
    """That a value is the last day of a month which does not begin after the day of the snapshot."""
    node, value = variable.node, variable.value
    base = month_end(_FIRST_YEAR - 1, 12).toordinal()
    cycle = node.fact(f"{variable.name}/cycle", z3.IntSort())
    rest = value - base - _CYCLE * cycle
    ends = disj(both(rest == end, value - (length - 1) <= as_of) for end, length in _month_table())
    return both(cycle >= 0, cycle < _CYCLES, ends)


# --- what two fields of one record may hold together --------------------------------------------------------------


def between(one: Variable, other: Variable) -> Iterator[Bool]:
    """What two fields of one record forbid each other."""
    for shape, variable, sibling in ((one.shape, one, other), (other.shape, other, one)):
        if variable.path[:-1] != sibling.path[:-1] or not (shape.kind.is_number or shape.kind is Kind.DATE):
            continue
        known = both(variable.present, sibling.present, variable.is_ordinary(), sibling.is_ordinary())
        if shape.at_least is not None and shape.at_least.sibling == sibling.path[-1]:
            yield implies(known, at_most(sibling.value, variable.value))
        if shape.at_most is not None and shape.at_most.sibling == sibling.path[-1]:
            yield implies(known, at_most(variable.value, sibling.value))
        if (variable.path[-1], sibling.path[-1]) in DAYS_IN_ORDER:
            yield implies(known, at_most(variable.value, sibling.value))


_SHARE, _NOT_PUBLIC, _ENTREPRENEUR = "public_share", ("private", "person", "foreign"), "entrepreneur"


def of_organization(root: dict[Path, Variable], codes: Codes) -> Iterator[Bool]:
    """What fields of the organization forbid each other: shares, and the length of the INN."""
    shares = [variable for path, variable in root.items() if path[0] == _SHARE]
    if shares:
        total = sum(
            (choose(s.present, s.value, 0) for s in shares[1:]), choose(shares[0].present, shares[0].value, 0)
        )
        yield total <= 100
        founder = root.get(("founder",))
        if founder is not None:
            private = both(founder.present, within(founder.value, [codes.of(word) for word in _NOT_PUBLIC]))
            yield implies(private, both(*(implies(s.present, s.value <= 0) for s in shares)))
    inn, form = root.get(("inn",)), root.get(("legal_form",))
    if inn is not None and form is not None:
        long = any_of(
            *(
                both(inn.value >= f.base, inn.value < f.base + f.size)
                for f in codes.families(inn.shape)
                if f.form == "12"
            )
        )
        named = [
            code
            for code in range(codes.known)
            if codes.admits(inn.shape, codes.text(code)) and len(codes.text(code)) == 12
        ]
        yield implies(
            form.present, (form.value == codes.of(_ENTREPRENEUR)) == any_of(long, within(inn.value, named))
        )


__all__ = ["BIG", "LAST_DAY", "NEVER", "Node", "Path", "Variable", "between", "of_organization", "sound"]
