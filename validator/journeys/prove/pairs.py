"""What can be asked of several policies about the same things: whether two can be met at once, and whether one adds
anything to the others (ANA-A6, A7, A8)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, groupby

from validator.interpreters.smt.query import Both, ForSome, Judged, Negated, Query, somewhere, surely, violated
from validator.journeys.prove.ground import Found, Ground, quoted
from validator.journeys.prove.reach import part_reads, reads
from validator.logic.policy import Modality, Norm
from validator.logic.proof import Status, Weight
from validator.logic.shape import Role
from validator.logic.text import Text


def pairs(ground: Ground) -> Iterator[Found]:
    """The findings about norms beside one another."""
    parts = sorted(_duties(ground), key=lambda part: (part.subject.path, part.policy.id))
    for _, found in groupby(parts, key=lambda part: part.subject.path):
        group = list(found)
        for one, other in combinations(group, 2):
            if ground.concerns(one.policy.id, other.policy.id) and _meet(one, other):
                yield from _conflict(ground, one, other)
        for part in group:
            yield from _redundant(ground, part, group)


def _duties(ground: Ground) -> Iterator[Judged]:
    """Every norm that can be violated, on each of its lists."""
    for policy in ground.policies.policies():
        if isinstance(policy, Norm) and policy.modality is not Modality.PERMISSION:
            yield from ground.parts(policy)


def _meet(one: Judged, other: Judged) -> bool:
    """Whether both demand something of the same fact that an organization can change."""
    first, second = reads(one.met, one), reads(other.met, other)
    return any(read.role is not Role.GIVEN for read in first & second)


# --- two at once -------------------------------------------------------------------------------------------------


def _conflict(ground: Ground, one: Judged, other: Judged) -> Iterator[Found]:
    if any(ground.switched_off("ANA-A6", part.policy) for part in (one, other)):
        return
    names = (one.policy.id, other.policy.id)
    engaged: tuple[Query, ...] = (surely(one.engaged, one.mode), surely(other.engaged, other.mode))
    both_met = (surely(one.met, one.mode), surely(other.met, other.mode))
    path = one.subject.path
    asks = Text(
        f"есть ли снимок, где {quoted(names)} применимы к одному и тому же и обе выполнены ({path})?",
        f"is there a snapshot where {quoted(names)} apply to the same thing and are both met ({path})?",
    )
    met = ground.probe(names, ForSome(one.subject, Both((*engaged, *both_met))), f"both met {path}")
    if met.status is not Status.PROVED:
        ground.note("ANA-A6", names, path, asks, met)
        return
    together = ground.probe(names, ForSome(one.subject, Both(engaged)), f"both apply {path}", witness=True)
    ground.note("ANA-A6", names, path, asks, met)
    # Where one of the two can't be met at all, it forbids what the other is about, and that is no conflict.
    alone = [
        ground.probe(names, ForSome(one.subject, Both((*engaged, demand))), f"{number} met {path}").status
        for number, demand in enumerate(both_met)
    ]
    if together.status is Status.WITNESS and Status.PROVED not in alone:
        yield Found(
            "ANA-A6",
            Weight.WARNING,
            names,
            Text(
                f"{quoted(names)} не выполнить вместе: из двух можно только выйти из-под действия одной ({path})",
                f"{quoted(names)} can't both be met: the only way is out of the scope of one of them ({path})",
            ),
            Text("исправьте требования или добавьте исключение", "mend the requirements, or add an exception"),
            core=(path,),
            answer=together,
            days=ground.days_around(names, ForSome(one.subject, Both(engaged)), together, f"both apply {path}"),
            show=names[0],
            question=ground.last,
        )


# --- one among others --------------------------------------------------------------------------------------------


def _redundant(ground: Ground, part: Judged, group: list[Judged]) -> Iterator[Found]:
    """Whether whatever the norm forbids is forbidden by others as well."""
    name, path = part.policy.id, part.subject.path
    own = part_reads(part)
    others = [
        other
        for other in group
        if other.policy.id != name and any(read.role is not Role.GIVEN for read in own & part_reads(other))
    ]
    if not others or ground.switched_off("ANA-A7", part.policy):
        return
    names = (name, *(other.policy.id for other in others))
    if not ground.concerns(*names):
        return
    asks = Text(
        f"есть ли снимок, где нарушена `{name}` и не нарушена ни одна другая норма о том же ({path})?",
        f"is there a snapshot that violates `{name}` and no other norm about the same ({path})?",
    )
    answer = ground.ask("ANA-A7", names, path, asks, _only_by(part, others), "redundant", witness=False)
    if answer.status is not Status.PROVED or _dead(ground, part):
        return
    question = ground.last
    covering = _covering(ground, part, others)
    told = tuple(other.policy.id for other in covering)
    yield Found(
        "ANA-A7",
        Weight.INFO,
        (name, *told),
        Text(
            f"всё, что запрещает `{name}`, уже запрещают {quoted(told)} ({path}); два основания законны",
            f"all that `{name}` forbids, {quoted(told)} forbid already ({path}); two grounds are legitimate",
        ),
        Text("если основания разные, ничего делать не нужно", "where the grounds differ, nothing need be done"),
        core=(path, *told),
        question=question,
    )
    if len(covering) == 1 and not ground.switched_off("ANA-A8", part.policy):
        yield from _pair(ground, part, covering[0])


def _only_by(part: Judged, others: list[Judged]) -> Query:
    """That an item violates the norm and surely none of the others (what is unknown of them does not count)."""
    return ForSome(part.subject, Both((violated(part), *(Negated(violated(other)) for other in others))))


def _dead(ground: Ground, part: Judged) -> bool:
    """Whether the norm can't be violated at all, which is told elsewhere."""
    path = part.subject.path
    found = ground.probe((part.policy.id,), somewhere(part, violated(part)), f"{path} violated")
    return found.status is Status.PROVED


def _covering(ground: Ground, part: Judged, others: list[Judged]) -> list[Judged]:
    """A smallest group of norms that already forbid all that this one does."""
    kept = list(others)
    for other in others:
        fewer = [one for one in kept if one is not other]
        names = (part.policy.id, *(one.policy.id for one in fewer))
        if not fewer:
            break
        if ground.probe(names, _only_by(part, fewer), f"covered {part.subject.path}").status is Status.PROVED:
            kept = fewer
    return kept


def _pair(ground: Ground, part: Judged, other: Judged) -> Iterator[Found]:
    """One norm covers another: whether they are the same."""
    names, path = (part.policy.id, other.policy.id), part.subject.path
    asks = Text(
        f"есть ли снимок, где нарушена `{names[1]}`, а `{names[0]}` нет ({path})?",
        f"is there a snapshot that violates `{names[1]}` and not `{names[0]}` ({path})?",
    )
    back = ground.ask("ANA-A8", names, path, asks, _only_by(other, [part]), "converse", witness=False)
    same = back.status is Status.PROVED
    if same and names[0] > names[1]:
        return  # told of the first of the two already
    ru, en = ("равносильны", "are equivalent") if same else ("связаны: первая следует из второй", "are nested")
    yield Found(
        "ANA-A8",
        Weight.INFO,
        names,
        Text(f"{quoted(names)} {ru} ({path})", f"{quoted(names)} {en} ({path})"),
        Text("если основания разные, ничего делать не нужно", "where the grounds differ, nothing need be done"),
        core=(path, "equivalent" if same else "subsumed"),
        question=ground.last,
    )
