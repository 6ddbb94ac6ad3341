"""Norms that can't all be complied with: some situation that nobody in the organization can change, and no
decisions that comply with every norm which it engages (ANA-A5)."""

from __future__ import annotations

from collections.abc import Iterator

from validator.interpreters.smt.answer import Answer, Witness
from validator.interpreters.smt.duties import Clash, Duty, Search, told, understood
from validator.interpreters.smt.query import (
    Both,
    ForEvery,
    ForSome,
    Judged,
    Query,
    complies,
    somewhere,
    surely,
    surely_not,
    violated,
)
from validator.journeys.prove.ground import Found, Ground, quoted
from validator.journeys.prove.reach import Read, cut_days, part_reads, reads
from validator.journeys.prove.told import FIRST, LAST
from validator.language.vocabulary import ROOT
from validator.logic.expr import AllOf, Condition, Not
from validator.logic.policy import Modality, Norm, Period, Reading
from validator.logic.proof import Status, Weight
from validator.logic.shape import Role
from validator.logic.text import Text

# Of longer lists the search would take minutes; a group that is found is looked at again with lists long enough.
LONGEST = 2
_ONE = Text("в некотором положении норму нельзя выполнить", "in some situation a norm can't be met")
_ASKS = Text(
    "есть ли положение, в котором все действующие нормы вместе невыполнимы?",
    "is there a situation in which the norms that it engages can't all be complied with?",
)
_ASKS_SLICED = Text(
    "есть ли положение, в котором изменённые нормы и нормы, которые зависят от тех же решений, вместе невыполнимы?",
    "is there a situation in which the changed norms and those that turn on the same decisions can't all be "
    "complied with?",
)


def joint(ground: Ground) -> Iterator[Found]:
    """The smallest groups of norms that exclude each other in some situation."""
    from validator.interpreters.smt.contexts import clashes  # noqa: PLC0415 - the solver takes long to load

    parts = [part for part in _around(ground, [*_duties(ground)]) if _settled(ground, part)]
    if not parts:
        return
    duties: list[Duty] = [_duty(ground, part) for part in parts]
    cuts = sorted({day for part in parts for day in cut_days(ground.policies, part.policy)})
    names = tuple(dict.fromkeys(part.policy.id for part in parts))
    concerning = [index for index, part in enumerate(parts) if ground.concerns(part.policy.id)]
    if not concerning:
        return
    limits = ground.limits._replace(bounded=min(ground.limits.bounded, LONGEST))

    def put() -> object:
        return told(clashes(ground.setting, duties, cuts, limits=limits, concerning=concerning))

    found = understood(ground.work_out(names, f"joint {concerning}", put))
    ground.note("ANA-A5", names, ROOT, _ASKS if ground.only is None else _ASKS_SLICED, _answer(found))
    question = ground.last
    for clash in found.clashes:
        yield _found(parts, clash, question)._replace(reading=_reading(ground, parts, clash))


def _answer(found: Search) -> Answer:
    """How the search came out. Only given lists have a bound: decisions that were found are decisions.

    How many situations were looked at is not told: that depends on which questions were put before.
    """
    lengths = ", ".join(f"{path} {size}" for path, size in found.bounds.items())
    why = Text(f"списки не длиннее: {lengths}", f"lists no longer than: {lengths}") if lengths else None
    status = Status.BOUNDED_OK if found.bounds else Status.PROVED
    if found.clashes or not found.finished:
        status = Status.WITNESS if found.clashes else Status.UNDECIDED
    return Answer(status, None, found.bounds, exact=status is Status.PROVED, why=why)


def _duties(ground: Ground) -> Iterator[Judged]:
    """The norms that demand something, on each of their lists."""
    for policy in ground.analysed("ANA-A5"):
        if isinstance(policy, Norm) and policy.modality in (Modality.PROHIBITION, Modality.OBLIGATION):
            yield from ground.parts(policy)


def _around(ground: Ground, parts: list[Judged]) -> list[Judged]:
    """All of the norms; of a run about changed ones these, and those that turn on the same decisions.

    A changed norm that excludes nothing brings no others with it.
    """
    if ground.only is None:
        return parts
    decisions = [{read for read in part_reads(part) if read.role is not Role.GIVEN} for part in parts]
    changed = {number for number, part in enumerate(parts) if part.policy.id in ground.only}
    wanted = {read for number in changed if _settled(ground, parts[number]) for read in decisions[number]}
    return [part for number, part in enumerate(parts) if number in changed or decisions[number] & wanted]


def _settled(ground: Ground, part: Judged) -> bool:
    """Whether the norm can be met and violated where it applies; what is never settled excludes nothing."""
    path = part.subject.path
    for query, extra in ((surely(AllOf((part.engaged, part.met)), part.mode), "met"), (violated(part), "violated")):
        found = ground.probe((part.policy.id,), somewhere(part, query), f"{path} {extra}")
        if found.status is Status.PROVED:
            return False
    return True


def _guard(ground: Ground, part: Judged) -> Query:
    """What of the norm's scope only given facts decide, of some thing that is given itself."""
    wanted: list[Condition] = []
    for condition in (part.in_force, *_conjuncts(part.applies), Not(part.exempt)):
        found = reads(condition, part)
        if all(_is_given(ground, read) for read in found):
            wanted.append(condition)
    about = part.subject.path
    scope = surely(AllOf(tuple(wanted)), part.mode)
    if about == ROOT or _list_is_given(ground, about):
        return ForSome(part.subject, scope)
    return Both(())


def _is_given(ground: Ground, read: Read) -> bool:
    return read.role is Role.GIVEN and (read.about == ROOT or _list_is_given(ground, read.about))


def _list_is_given(ground: Ground, path: str) -> bool:
    parts = path.split(".")
    lists = ground.vocabulary.lists
    return all(lists[".".join(parts[: index + 1])].role is Role.GIVEN for index in range(len(parts)))


def _duty(ground: Ground, part: Judged) -> Duty:
    met, broken = ForEvery(part.subject, complies(part)), somewhere(part, violated(part))
    always = surely_not(AllOf((part.applies, Not(part.exempt), Not(part.met))), part.mode)
    return Duty(part.policy.id, _guard(ground, part), met, broken, ForEvery(part.subject, always))


def _reading(ground: Ground, parts: list[Judged], clash: Clash) -> Reading | None:
    """A recorded reading of one of the norms under which they can all be complied with."""
    from validator.interpreters.smt.contexts import clashes  # noqa: PLC0415 - the solver takes long to load

    group = [parts[index] for index in clash.group]
    for number, part in enumerate(group):
        others = [reading for reading in part.policy.readings if not reading.chosen]
        under = [one for one in ground.under_readings(part.policy) if one.subject.path == part.subject.path]
        for reading, other in zip(others, under[1:], strict=True):
            duties = [_duty(ground, other if place == number else one) for place, one in enumerate(group)]
            found = clashes(ground.setting, duties, [], limits=ground.limits)
            if found.finished and not found.clashes:
                return reading
    return None


def _conjuncts(condition: Condition) -> tuple[Condition, ...]:
    return condition.parts if isinstance(condition, AllOf) else (condition,)


def _found(parts: list[Judged], clash: Clash, question: int) -> Found:
    names = tuple(dict.fromkeys(parts[index].policy.id for index in clash.group))
    paths = tuple(f"{parts[index].policy.id} {parts[index].subject.path}" for index in clash.group)
    days = Period(None if clash.first == FIRST else clash.first, None if clash.last == LAST else clash.last)
    answer = None
    if clash.document is not None:
        witness = Witness(clash.document, clash.first, {})
        answer = Answer(Status.WITNESS, witness, {}, exact=clash.exact)
    several = len(names) > 1
    ru, en = (
        (f"нормы {quoted(names)} нельзя выполнить вместе", f"norms {quoted(names)} can't all be complied with")
        if several
        else (f"норму {quoted(names)} нельзя выполнить", f"norm {quoted(names)} can't be complied with")
    )
    return Found(
        "ANA-A5",
        Weight.ERROR,
        names,
        Text(
            f"{ru}: есть положение, в котором выхода нет",
            f"{en}: there is a situation that leaves no way out",
        ),
        Text(
            "добавьте исключение или исправьте требования",
            "add an exception, or mend the requirements",
        ),
        title=None if several else _ONE,
        core=paths,
        answer=answer,
        days=days,
        # All norms of the group but the last are met in the snapshot.
        show=parts[clash.group[-1]].policy.id,
        question=question,
    )
