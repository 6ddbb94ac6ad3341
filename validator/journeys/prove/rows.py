"""Rows of parameters: days that two rows of equal rank claim, days that none does, rows that say nothing new
(ANA-A10). Exact without a solver."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from validator.interpreters.smt.answer import Answer
from validator.journeys.prove.ground import Found, Ground, settled
from validator.journeys.prove.told import days_after
from validator.journeys.sweep import holes, left_over, more_general, overlaps
from validator.logic.policy import Parameter, ParameterRow
from validator.logic.proof import Status, Weight
from validator.logic.text import Text

_Key = tuple[str, str, bool]


def rows(ground: Ground) -> Iterator[Found]:
    """The findings about each parameter."""
    users = _users(ground)
    for parameter in ground.policies.parameters.values():
        if not ground.concerns(parameter.name, *users.get(parameter.name, ())):
            continue
        found = [*_overlapping(parameter), *_holes(parameter)]
        asks = Text(
            f"есть ли дни, которые строки `{parameter.name}` делят или пропускают?",
            f"are there days that rows of `{parameter.name}` share or leave out?",
        )
        answer: Answer = settled(Status.WITNESS if found else Status.PROVED)
        ground.note("ANA-A10", (), f"parameters.{parameter.name}", asks, answer)
        for one in found:
            yield one._replace(question=ground.last)


def _users(ground: Ground) -> dict[str, list[str]]:
    """The policies whose verdicts rest on each parameter."""
    from validator.journeys.impact.content import closure  # noqa: PLC0415 - only for the sweep

    found: dict[str, list[str]] = {}
    for policy in ground.policies.policies() if ground.only is not None else ():
        for part in closure(policy, ground.policies):
            if part.kind == "parameter":
                found.setdefault(part.name, []).append(policy.id)
    return found


def _keys(parameter: Parameter) -> Iterator[tuple[_Key, list[ParameterRow]]]:
    def key(row: ParameterRow) -> _Key:
        return (row.region or "", row.kind or "", row.press)

    for found, group in groupby(sorted(parameter.rows, key=key), key=key):
        yield found, sorted(group, key=lambda row: (row.period.first is not None, row.period.first, row.span))


def _told(parameter: Parameter, key: _Key) -> str:
    whose = "/".join(part for part in key[:2] if part)
    return f"{parameter.name} ({whose})" if whose else parameter.name


def _overlapping(parameter: Parameter) -> Iterator[Found]:
    for key, group in _keys(parameter):
        for one, other, days in overlaps([row.period for row in group]):
            same = group[one].value == group[other].value
            text = days_after(days)
            what = Text("повторяются", "repeat each other") if same else Text("спорят", "contradict each other")
            places = f"{group[one].span.line}, {group[other].span.line}"
            yield Found(
                "ANA-A10",
                Weight.WARNING if same else Weight.ERROR,
                (parameter.name,),
                Text(
                    f"строки `{_told(parameter, key)}` {what.ru}{text.ru} (строки файла {places})",
                    f"rows of `{_told(parameter, key)}` {what.en}{text.en} (lines {places})",
                ),
                Text("разведите периоды `from`–`through`", "set the periods `from`–`through` apart"),
                core=(*map(str, key), str(days.first), str(days.last), str(same)),
                days=days,
            )


def _holes(parameter: Parameter) -> Iterator[Found]:
    if parameter.gaps_intended:
        return
    for key, group in _keys(parameter):
        if key[2]:
            continue  # what the press says enters through readings only
        others = more_general(parameter, group[0].region, group[0].kind, press=False)
        for days in (part for hole in holes([row.period for row in group]) for part in left_over(hole, others)):
            text = days_after(days)
            yield Found(
                "ANA-A10",
                Weight.WARNING,
                (parameter.name,),
                Text(
                    f"у `{_told(parameter, key)}` нет значения{text.ru}",
                    f"`{_told(parameter, key)}` has no value{text.en}",
                ),
                Text("добавьте строку или скажите `gaps: intended`", "add a row, or say `gaps: intended`"),
                core=(*map(str, key), str(days.first), str(days.last), "hole"),
                days=days,
            )
