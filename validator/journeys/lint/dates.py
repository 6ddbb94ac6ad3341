"""Days that do not fit together: periods of rows, and the time a policy is in force against that of its acts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import groupby, pairwise
from typing import NamedTuple

from validator.journeys.lint.pack import Check, Pack, at, mappings_of, place_of, text_of, weakness
from validator.journeys.sweep import left_over, more_general
from validator.language.library import PolicyFile
from validator.language.nodes import Node
from validator.language.structure import parse_day
from validator.logic.expr import Literal, Term
from validator.logic.policy import Act, Decision, Force, Norm, Period, Policy, Window
from validator.logic.problem import Problem, Span
from validator.logic.shape import Kind
from validator.logic.text import Text, plural_ru
from validator.logic.values import month_end

_DAY = timedelta(days=1)
# A register may well be without an entry for years; a hole of some days is a slip.
_SLIP = 7
# Acts of these forces make law; letters, guidance and the press tell of law that may be older than they are.
_MAKING_LAW = (
    *(Force.FEDERAL_LAW, Force.GOVERNMENT_ACT, Force.MINISTRY_ORDER),
    *(Force.REGIONAL_ACT, Force.LOCAL_ACT),
)


class _Row(NamedTuple):
    """A row of a register or parameter: what its period is about, the period, and where it is written."""

    key: str
    period: Period
    span: Span


# --- rows ------------------------------------------------------------------------------------------------------


def gaps_between_rows(pack: Pack) -> Iterator[Problem]:
    """Days between two rows of the same keys that no row covers, unless a parameter says that this is meant."""
    for parameter in pack.policies.parameters.values():
        if parameter.gaps_intended:
            continue
        file = pack.file_of(parameter.name, parameter.span)
        rows = [_Row(f"{r.region}/{r.kind}/{r.press}", r.period, r.span) for r in parameter.rows]
        others = {
            row.key: more_general(parameter, r.region, r.kind, press=r.press)
            for row, r in zip(rows, parameter.rows, strict=True)
        }
        yield from _gaps(file, rows, None, others)
    for register in pack.policies.registers.values():
        file = pack.file_of(register.name, register.span)
        yield from _gaps(file, [_Row(r.id, r.period, r.span) for r in register.rows], _SLIP, {})


def _gaps(
    file: PolicyFile | None, rows: list[_Row], most: int | None, others: Mapping[str, list[Period]]
) -> Iterator[Problem]:
    """`others` are the periods of rows that speak in the gaps of a key."""
    told: set[Span] = set()
    for _, group in groupby(sorted(rows, key=lambda row: (row.key, _first(row))), key=lambda row: row.key):
        for earlier, later in pairwise(group):
            last, first = earlier.period.last, later.period.first
            if last is None or first is None or file is None or later.span in told:
                continue
            days = (first - last).days - 1
            if days < 1 or (most is not None and days > most):
                continue
            if not left_over(Period(last + _DAY, first - _DAY), others.get(later.key, ())):
                continue  # a row that asks for less speaks there
            told.add(later.span)
            yield weakness(
                "gap-between-rows",
                place_of(file, _under(file, later.span, "from")),
                Text(
                    f"между {last} и {first} пропущено: {days} {plural_ru(days, 'день', 'дня', 'дней')}",
                    f"between {last} and {first} {days} day{'' if days == 1 else 's'} belong to no row",
                ),
                Text(
                    f"начните строку {last + _DAY}, запишите на эти дни `value: unknown` и `why` либо "
                    "`gaps: intended`, если так и задумано",
                    f"let the row begin on {last + _DAY}, write a row for the gap (`value: unknown` and `why`), or "
                    "`gaps: intended` if it is meant",
                )
                if most is None
                else Text(
                    f"начните строку {last + _DAY}, если пропуск не задуман",
                    f"let the row begin on {last + _DAY}, unless the gap is meant",
                ),
            )


def _first(row: _Row) -> date:
    return row.period.first or date.min


def _under(file: PolicyFile, span: Span, key: str) -> Node | None:
    """The value of a key in the row that stands at a place."""
    for row in mappings_of(file.root.get("rows")):
        if file.document.span(row) == span:
            return row.get(key) or row
    return None


def overlapping_register_rows(pack: Pack) -> Iterator[Problem]:
    """Two rows of a register about the same thing that have a day in common."""
    for register in pack.policies.registers.values():
        file = pack.file_of(register.name, register.span)
        for index, row in enumerate(register.rows):
            for other in register.rows[:index]:
                if file is not None and row.id == other.id and row.period.overlaps(other.period):
                    place = f"{other.span.line}:{other.span.column}"
                    yield weakness(
                        "overlapping-register-rows",
                        place_of(file, _under(file, row.span, "from")),
                        Text(
                            f"строка о `{row.id}` пересекается со строкой {place}",
                            f"this row on `{row.id}` overlaps the row at {place}",
                        ),
                        Text(
                            "день `through` тоже считается: разведите периоды или оставьте одну строку",
                            "the day `through` counts too: set the periods apart, or keep one row",
                        ),
                    )


def announced_too_late(pack: Pack) -> Iterator[Problem]:
    """Entries of a register that are announced after they begin: announcing then changes nothing."""
    for register in pack.policies.registers.values():
        file = pack.file_of(register.name, register.span)
        for row in register.rows:
            first, announced = row.period.first, row.announced_on
            if file is None or announced is None or (first is not None and announced < first):
                continue
            yield weakness(
                "announced-after-start",
                place_of(file, _under(file, row.span, "announced_on")),
                Text(
                    f"`announced_on` не раньше, чем запись `{row.id}` начала действовать",
                    f"`announced_on` is not before the entry `{row.id}` begins",
                ),
                Text(
                    "исправьте даты или уберите `announced_on`: он нужен лишь до дня `from`",
                    "mend the dates, or drop `announced_on`: it matters only before the day `from`",
                ),
            )


# --- in force --------------------------------------------------------------------------------------------------


def in_force_before_its_act(pack: Pack) -> Iterator[Problem]:
    """Policies that begin before their weightiest grounds do; a letter may tell of older law, so that is a note."""
    for policy, file in pack.judged():
        first = _first_judged(_window(policy))
        grounds = [
            pack.policies.acts[c.act] for c in policy.cites if pack.policies.acts[c.act].force is policy.force
        ]
        starts = [(start, act) for act in grounds if (start := _start(pack, act)) is not None]
        if first is None or len(starts) < len(grounds) or not starts:
            continue
        start, act = min(starts, key=lambda found: (found[0], found[1].id))
        if first >= start:
            continue
        makes_law = act.force in _MAKING_LAW
        yield weakness(
            "in-force-before-act" if makes_law else "in-force-before-letter",
            place_of(file, at(file.root, "in_force", "from")),
            Text(
                f"`{policy.id}` действует с {first}, а основание `{act.id}` — с {start}",
                f"`{policy.id}` is in force from {first}, but its ground `{act.id}` from {start}",
            ),
            Text(
                f"начните не раньше {start} или сошлитесь на акт, который действовал раньше",
                f"begin not before {start}, or cite the act that was in force earlier",
            )
            if makes_law
            else Text(
                "разъяснение позже нормы: убедитесь, что норма следует из более раннего права",
                "the explanation is later than the norm: make sure that the norm follows from older law",
            ),
        )


def _window(policy: Policy) -> Window:
    match policy:
        case Norm():
            return policy.clauses[0].window
        case Decision():
            return policy.window


def _first_judged(window: Window) -> date | None:
    """The first day that a policy may judge; a month is judged on its last day."""
    first = _day(window.first)
    if first is not None and window.judged_from is not None and window.judged_from.shape.kind is Kind.MONTH:
        return month_end(first.year, first.month)
    return first


def _day(term: Term | None) -> date | None:
    """The day that a term names; the rows of a parameter have grounds of their own."""
    return term.value if isinstance(term, Literal) and isinstance(term.value, date) else None


def _start(pack: Pack, act: Act) -> date | None:
    """The day from which an act is in force: as written, else its date."""
    file = pack.file_of(act.id, act.span)
    written = text_of(file.root.get("in_force_from")) if file else ""
    return parse_day(written) or act.date


def in_force_after_its_act(pack: Pack) -> Iterator[Problem]:
    """Policies that go on after the last of their weightiest grounds has ended."""
    for policy, file in pack.judged():
        grounds = [
            pack.policies.acts[c.act] for c in policy.cites if pack.policies.acts[c.act].force is policy.force
        ]
        ends = [(end, act) for act in grounds if (end := _end(pack, act)) is not None]
        if len(ends) < len(grounds) or not ends:
            continue
        end, act = max(ends, key=lambda found: (found[0], found[1].id))
        last = _window(policy).last
        if last is not None and ((day := _day(last)) is None or day <= end):
            continue
        yield weakness(
            "in-force-after-act",
            place_of(file, at(file.root, "in_force", "through") or at(file.root, "in_force")),
            Text(
                f"основание `{act.id}` действует по {end}, а `{policy.id}` дольше",
                f"the ground `{act.id}` is in force through {end}, but `{policy.id}` longer",
            ),
            Text(
                f"допишите `in_force: {{through: {end}}}` или сошлитесь на акт, который его сменил",
                f"add `in_force: {{through: {end}}}`, or cite the act that replaced it",
            ),
        )


def _end(pack: Pack, act: Act) -> date | None:
    file, start = pack.file_of(act.id, act.span), _start(pack, act)
    end = parse_day(text_of(file.root.get("in_force_through"))) if file else None
    return None if end is None or (start is not None and end < start) else end  # upside down: told by the reader


DATES: tuple[Check, ...] = (
    gaps_between_rows,
    overlapping_register_rows,
    announced_too_late,
    in_force_before_its_act,
    in_force_after_its_act,
)
