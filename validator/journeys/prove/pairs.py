"""What can be asked of several policies about the same things: whether two can be met at once, and whether one adds
anything to the others (ANA-A6, A7, A8)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from validator.interpreters.smt.answer import Answer
from validator.interpreters.smt.query import Both, ForSome, Judged, Negated, Query, somewhere, surely, violated
from validator.journeys.prove.beside import Beside
from validator.journeys.prove.ground import Found, Ground, quoted
from validator.language.vocabulary import ROOT
from validator.logic.expr import AllOf
from validator.logic.policy import Modality, Norm
from validator.logic.proof import Status, Weight
from validator.logic.text import Text


def pairs(ground: Ground) -> Iterator[Found]:
    """The findings about norms beside one another."""
    parts = sorted(_duties(ground), key=lambda part: (part.subject.path, part.policy.id))
    for _, found in groupby(parts, key=lambda part: part.subject.path):
        group = list(found)
        beside = Beside(ground, group)
        for one, other in beside.pairs:
            yield from _conflict(ground, one, other, beside)
        for part, others in zip(group, beside.others, strict=True):
            yield from _redundant(ground, part, others, beside)


def _duties(ground: Ground) -> Iterator[Judged]:
    """Every norm that can be violated, on each of its lists."""
    for policy in ground.policies.policies():
        if isinstance(policy, Norm) and policy.modality is not Modality.PERMISSION:
            yield from ground.parts(policy)


# --- two at once -------------------------------------------------------------------------------------------------


def _conflict(ground: Ground, one: Judged, other: Judged, beside: Beside) -> Iterator[Found]:
    names = (one.policy.id, other.policy.id)
    engaged: tuple[Query, ...] = (surely(one.engaged, one.mode), surely(other.engaged, other.mode))
    both_met = (surely(one.met, one.mode), surely(other.met, other.mode))
    path = one.subject.path
    asks = Text(
        f"есть ли снимок, где {quoted(names)} применимы к одному и тому же и обе выполнены ({path})?",
        f"is there a snapshot where {quoted(names)} apply to the same thing and are both met ({path})?",
    )
    query = ForSome(one.subject, Both((*engaged, *both_met)))
    met = ground.probe(names, query, f"both met {path}", put=beside.met(one, other, (one, other)))
    ground.note("ANA-A6", names, path, asks, met)
    if met.status is not Status.PROVED:
        return
    # Where one of the two can't be met at all, it forbids what the other is about, and that is no conflict.
    for number, (part, demand) in enumerate(zip((one, other), both_met, strict=True)):
        query = ForSome(one.subject, Both((*engaged, demand)))
        alone = ground.probe(names, query, f"{number} met {path}", put=beside.met(one, other, (part,)))
        if alone.status is Status.PROVED:
            return
    together = ground.probe(names, ForSome(one.subject, Both(engaged)), f"both apply {path}", witness=True)
    if together.status is Status.WITNESS:
        yield Found(
            "ANA-A6",
            Weight.WARNING,
            names,
            Text(
                f"{quoted(names)} нельзя соблюсти обе сразу; остаётся лишь сделать так, чтобы одна из них не "
                f"применялась ({_of(path).ru})",
                f"{quoted(names)} can't both be met; all that is left is to see to it that one of them does not "
                f"apply ({_of(path).en})",
            ),
            Text("исправьте требования или добавьте исключение", "mend the requirements, or add an exception"),
            core=(path,),
            answer=_shown(ground, one, other, together),
            days=ground.days_around(names, ForSome(one.subject, Both(engaged)), together, f"both apply {path}"),
            show=names[0],
            question=ground.last,
        )


def _shown(ground: Ground, one: Judged, other: Judged, together: Answer) -> Answer:
    """What shows a conflict: the other norm met and so the first one violated, or the other way about.

    Where neither is settled like that, that both apply has to do.
    """
    names, path = (one.policy.id, other.policy.id), one.subject.path
    for met, broken in ((other, one), (one, other)):
        query = ForSome(one.subject, Both((surely(AllOf((met.engaged, met.met)), met.mode), violated(broken))))
        answer = ground.probe(names, query, f"{broken.policy.id} broken {path}", witness=True)
        if answer.status is Status.WITNESS:
            return answer
    return together


def _of(path: str) -> Text:
    """Which list a finding is about, in words."""
    return Text("организация", "organization") if path == ROOT else Text(f"список `{path}`", f"list `{path}`")


# --- one among others --------------------------------------------------------------------------------------------


def _redundant(ground: Ground, part: Judged, others: list[Judged], beside: Beside) -> Iterator[Found]:
    """Whether whatever the norm forbids is forbidden by others as well."""
    name, path = part.policy.id, part.subject.path
    if not others or ground.switched_off("ANA-A7", part.policy):
        return
    names = (name, *(other.policy.id for other in others))
    if not ground.concerns(*names):
        return
    asks = Text(
        f"есть ли снимок, где нарушена `{name}` и не нарушена ни одна другая норма о том же ({path})?",
        f"is there a snapshot that violates `{name}` and no other norm about the same ({path})?",
    )
    answer = ground.ask(
        "ANA-A7", names, path, asks, _only_by(part, others), "redundant", witness=False, put=beside.only(part)
    )
    if answer.status is not Status.PROVED or _dead(ground, part):
        return
    question = ground.last
    covering = beside.covering(part)
    if ground.doubt:
        kept = (name, *(other.policy.id for other in covering))
        ground.probe(kept, _only_by(part, covering), f"covered {path}")
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
