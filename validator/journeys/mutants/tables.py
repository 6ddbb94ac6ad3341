"""Whether a changed parameter or register gives another answer at all: tried out on every question there is.

The answers change only on the days on which some row begins or ends, and only for the regions, kinds and names that
rows speak of; all others get the same answer as one other of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from validator.interpreters.lookup import listed, parameter_row
from validator.journeys.mutants.model import Mutant
from validator.logic.policy import Parameter, Period, PolicySet, Register
from validator.logic.values import Interval, UnregisteredName

_OTHER = "\0other"
_DAY = timedelta(days=1)


def same_answers(policies: PolicySet, changed: PolicySet, mutant: Mutant) -> bool:
    """Whether the data that a mutant changes answers every question as before; False for any other mutant."""
    match mutant.kind:
        case "parameter":
            return _same_parameter(policies.parameters[mutant.owner], changed.parameters[mutant.owner])
        case "register":
            return _same_register(policies, changed, mutant.owner)
        case _:
            return False


def _same_parameter(one: Parameter, other: Parameter) -> bool:
    rows = (*one.rows, *other.rows)
    regions = {_OTHER, *(row.region for row in rows if row.region)}
    kinds = {_OTHER, *(row.kind for row in rows if row.kind)}
    days = list(_turns(row.period for row in rows))
    for region in sorted(regions):
        for kind in sorted(kinds):
            for day in days:
                for press in (False, True):
                    mine, its = (parameter_row(found, region, kind, day, press) for found in (one, other))
                    if (mine and mine.value) != (its and its.value):
                        return False
    return True


def _same_register(policies: PolicySet, changed: PolicySet, name: str) -> bool:
    one, other = policies.registers[name], changed.registers[name]
    rows = (*one.rows, *other.rows)
    told = [Period(row.announced_on) for row in rows if row.announced_on]
    days = list(_turns([*(row.period for row in rows), *told]))
    names = {*(row.id for register in policies.registers.values() for row in register.rows), _OTHER}
    strange = UnregisteredName(_OTHER)
    return all(
        _on(policies, one, word, day) == _on(changed, other, word, day)
        for word in [*sorted(names), strange]
        for day in days
    )


def _on(policies: PolicySet, register: Register, name: str, day: date) -> object:
    return listed(policies, register, name, Interval(day.toordinal(), day.toordinal()))


def _turns(periods: Iterable[Period]) -> Iterator[date]:
    """A day before everything, each first day, and each day after a last one."""
    found = {date(1, 1, 2)}
    for period in periods:
        found |= {period.first} if period.first else set()
        found |= {period.last + _DAY} if period.last and period.last < date.max else set()
    yield from sorted(found)
