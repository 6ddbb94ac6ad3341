"""Waivers that waive nothing, and examples that no longer come out as they say (ANA-A16, A17)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from validator.interpreters.smt.query import Both, somewhere, violated
from validator.journeys.examples.embedded import run_examples
from validator.journeys.prove.ground import Found, Ground, settled
from validator.logic.policy import Norm, Period
from validator.logic.proof import Status, Weight
from validator.logic.text import Text
from validator.logic.waiver import Waiver


def waived(ground: Ground, waivers: Iterable[Waiver], today: date | None) -> Iterator[Found]:
    """The findings about each waiver. Without a day none is called over."""
    for waiver in waivers:
        norm = ground.policies.norms.get(waiver.policy)
        if norm is None:
            yield _told(ground, waiver, Text("такой нормы нет", "there is no such norm"), Status.PROVED)
        elif ground.concerns(norm.id) and not ground.switched_off("ANA-A16", norm):
            yield from _waiver(ground, waiver, norm, today)


def _waiver(ground: Ground, waiver: Waiver, norm: Norm, today: date | None) -> Iterator[Found]:
    period = Period(waiver.first, waiver.last)
    for part in ground.parts(norm):
        asks = Text(
            f"есть ли в срок отступления `{waiver.id}` снимок с нарушением `{norm.id}` ({part.subject.path})?",
            f"is there a snapshot that violates `{norm.id}` while waiver `{waiver.id}` runs ({part.subject.path})?",
        )
        query = Both((ground.within(period), somewhere(part, violated(part))))
        extra = f"waiver {period}"
        answer = ground.ask("ANA-A16", (norm.id,), part.subject.path, asks, query, extra, witness=False)
        if answer.status is Status.PROVED:
            yield _told(ground, waiver, Text("в этот срок нарушить нечего", "nothing can be violated in its time"))
    if waiver.organization is None and waiver.item is None:
        told = Text("оно закрывает всю норму для всех", "it hides the whole norm for everybody")
        ground.note("ANA-A16", (norm.id,), "", told, settled(Status.WITNESS))
        yield _told(ground, waiver, told)
    if today is not None and waiver.last < today:
        told = Text(f"срок кончился {waiver.last:%d.%m.%Y}", f"it ended on {waiver.last}")
        ground.note("ANA-A16", (norm.id,), "", told, settled(Status.WITNESS))
        yield _told(ground, waiver, told)


def _told(ground: Ground, waiver: Waiver, why: Text, status: Status | None = None) -> Found:
    if status is not None:
        ground.note("ANA-A16", (waiver.policy,), "", why, settled(status))
    return Found(
        "ANA-A16",
        Weight.WARNING,
        (waiver.policy,),
        Text(
            f"отступление `{waiver.id}` от `{waiver.policy}`: {why.ru}",
            f"waiver `{waiver.id}` of `{waiver.policy}`: {why.en}",
        ),
        Text("уберите или исправьте отступление", "remove the waiver, or mend it"),
        core=(waiver.id, why.en),
        question=ground.last,
    )


def examples(ground: Ground) -> Iterator[Found]:
    """Every embedded example whose policy no longer says what the example expects."""
    names = [policy.id for policy in ground.analysed("ANA-A17") if ground.concerns(policy.id)]
    failed: dict[str, list[str]] = {name: [] for name in names}
    ran: dict[str, int] = dict.fromkeys(names, 0)
    for result in run_examples(ground.library, names):
        ran[result.policy] += 1
        if result.ending != "passed":
            failed[result.policy].append(result.name)
    for name in names:
        asks = Text(
            f"выходят ли примеры `{name}` так, как сказано ({ran[name]})?",
            f"do the examples of `{name}` come out as they say ({ran[name]})?",
        )
        status = Status.WITNESS if failed[name] else Status.PROVED if ran[name] else Status.NOT_ANALYSED
        why = None if ran[name] else Text("примеров нет", "there are no examples")
        ground.note("ANA-A17", (name,), "examples", asks, settled(status, why))
        if failed[name]:
            listed = "; ".join(failed[name])
            yield Found(
                "ANA-A17",
                Weight.ERROR,
                (name,),
                Text(
                    f"примеры `{name}` выходят иначе, чем сказано: {listed}",
                    f"examples of `{name}` do not come out as they say: {listed}",
                ),
                Text("что именно не так, скажет `sverka test`", "`sverka test` tells what differs"),
                core=tuple(failed[name]),
                question=ground.last,
            )
