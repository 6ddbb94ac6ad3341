"""The mutants of parameters and registers: their rows left out, their days and values moved by one.

Rows that were written as one (several kinds of organizations on a line) change together. A change that the reader
of policies would refuse, two rows of the same keys that overlap, is none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from validator.journeys.mutants.model import Change, Mutant
from validator.journeys.mutants.values import Words, replaced, values
from validator.logic.frozen import replace
from validator.logic.policy import Parameter, ParameterRow, Period, PolicySet, Register, RegisterRow
from validator.logic.problem import Span
from validator.logic.text import Text
from validator.logic.values import Value, spell

_DAY = timedelta(days=1)
_DROPPED = Text("строка убрана", "the row dropped")


def of_parameter(
    policies: PolicySet, parameter: Parameter, touches: tuple[str, ...], words: Words
) -> Iterator[Mutant]:
    """Every mutant of a parameter that the policies `touches` rest on."""
    for change in parameters(parameter, words):
        yield _parameter(policies, change, touches)


def _parameter(policies: PolicySet, change: Change[Parameter], touches: tuple[str, ...]) -> Mutant:
    name, made = change.made.name, change.made

    def make() -> PolicySet:
        return replace(policies, parameters={**policies.parameters, name: made})

    return Mutant(f"{name}:{change.key}", "parameter", name, change.span, change.what, touches, make)


def parameters(parameter: Parameter, words: Words) -> Iterator[Change[Parameter]]:
    """Every changed parameter that is still sound."""
    for span, written in _together(parameter.rows):
        key = _keys(written)
        if len(parameter.rows) > len(written):
            rest = tuple(row for row in parameter.rows if row not in written)
            yield Change(f"{key}.dropped", span, _DROPPED, replace(parameter, rows=rest))
        for row in written if len(written) > 1 else ():
            rest = tuple(other for other in parameter.rows if other is not row)
            name = f"{row.region or ''}{row.kind or ''}"
            what = Text(f"строка убрана для `{name}`", f"the row dropped for `{name}`")
            yield Change(f"{key}.without:{name}", span, what, replace(parameter, rows=rest))
        for name, told, edit in _row_edits(written[0], words):
            rows = tuple(edit(row) if row in written else row for row in parameter.rows)
            if not _overlapping(rows):
                yield Change(f"{key}.{name}", span, told, replace(parameter, rows=rows))


def _row_edits(
    row: ParameterRow, words: Words
) -> Iterator[tuple[str, Text, Callable[[ParameterRow], ParameterRow]]]:
    if row.value is not None:
        for change in values(row.value, None, row.span, words):

            def given(other: ParameterRow, change: Change[Value] = change) -> ParameterRow:
                return replace(other, value=change.made)

            yield f"value.{change.key}", change.what, given
    for name, told, moved in _periods(row.period):

        def during(other: ParameterRow, moved: Period = moved) -> ParameterRow:
            return replace(other, period=moved)

        yield name, told, during


def _together(rows: tuple[ParameterRow, ...]) -> list[tuple[Span, list[ParameterRow]]]:
    found: dict[Span, list[ParameterRow]] = {}
    for row in rows:
        found.setdefault(row.span, []).append(row)
    return list(found.items())


def _keys(written: list[ParameterRow]) -> str:
    """What tells rows from the others: region, kind, first day."""
    row = written[0]
    first = row.period.first.isoformat() if row.period.first else ""
    return "/".join(part for part in (row.region, row.kind, first, "press" if row.press else "") if part) or "all"


def _overlapping(rows: tuple[ParameterRow, ...]) -> bool:
    return any(
        (one.region, one.kind, one.press) == (other.region, other.kind, other.press)
        and one.period.overlaps(other.period)
        for place, one in enumerate(rows)
        for other in rows[place + 1 :]
    )


def _periods(period: Period) -> Iterator[tuple[str, Text, Period]]:
    """Each end of a period a day earlier and later, unless nothing would be left of it."""
    for name, step in (("minus", -1), ("plus", 1)):
        for end, day in (("first", period.first), ("last", period.last)):
            if day is not None and day not in (date.min, date.max):
                moved = replace(period, **{end: day + step * _DAY})
                if moved.first is None or moved.last is None or moved.first <= moved.last:
                    yield f"{end}-{name}", replaced(spell(day), spell(day + step * _DAY)), moved


def of_register(policies: PolicySet, register: Register, touches: tuple[str, ...]) -> Iterator[Mutant]:
    """Every mutant of a register that the policies `touches` rest on."""
    for change in registers(register):
        yield _register(policies, change, touches)


def _register(policies: PolicySet, change: Change[Register], touches: tuple[str, ...]) -> Mutant:
    name, made = change.made.name, change.made

    def make() -> PolicySet:
        return replace(policies, registers={**policies.registers, name: made})

    return Mutant(f"{name}:{change.key}", "register", name, change.span, change.what, touches, make)


def registers(register: Register) -> Iterator[Change[Register]]:
    """Every changed register: open or closed the other way, rows dropped, their days moved."""
    what = replaced(f"closed: {spell(register.closed)}", f"closed: {spell(not register.closed)}")
    yield Change("closed", register.span, what, replace(register, closed=not register.closed))
    for place, row in enumerate(register.rows):
        rest = (*register.rows[:place], *register.rows[place + 1 :])
        number = sum(other.id == row.id for other in register.rows[:place])
        key = f"{row.id}-{number + 1}" if number else row.id
        yield Change(f"{key}.dropped", row.span, _DROPPED, replace(register, rows=rest))
        for name, told, made in _register_row(row):
            rows = (*register.rows[:place], made, *register.rows[place + 1 :])
            yield Change(f"{key}.{name}", row.span, told, replace(register, rows=rows))


def _register_row(row: RegisterRow) -> Iterator[tuple[str, Text, RegisterRow]]:
    for name, told, moved in _periods(row.period):
        yield name, told, replace(row, period=moved)
    if row.announced_on is not None:
        for name, step in (("minus", -1), ("plus", 1)):
            day = row.announced_on + step * _DAY
            told = replaced(spell(row.announced_on), spell(day))
            yield f"announced-{name}", told, replace(row, announced_on=day)
