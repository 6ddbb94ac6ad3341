"""What a change of the policies changes: for each policy, whose verdict can turn from what into what (ANA-A15)."""

from __future__ import annotations

from collections.abc import Iterator

from validator.interpreters.smt.query import Both, ForSome, Judged, judged, verdicts
from validator.journeys.prove.ground import Found, Ground
from validator.logic.policy import Clauses, Norm, Policy, PolicySet
from validator.logic.proof import Status, Weight
from validator.logic.text import Text

# Which verdicts weigh more: a change upwards is stricter, one downwards laxer.
_WEIGHTS = {"ok": 0, "unknown": 1, "advice": 2, "violation": 3}

_WORDS = {
    "ok": Text("нарушения нет", "no violation"),
    "unknown": Text("нет данных", "unknown"),
    "advice": Text("совет", "advice"),
    "violation": Text("нарушение", "violation"),
}


def changes(ground: Ground, old: PolicySet) -> Iterator[Found]:
    """The findings about each policy that differs from what it was, itself or in what it rests on."""
    for policy in ground.policies.policies():
        before = old.norms.get(policy.id) or old.decisions.get(policy.id)
        if before is None or not ground.concerns(policy.id) or ground.switched_off("ANA-A15", policy):
            continue
        yield from _changed(ground, old, before, policy)


def _changed(ground: Ground, old: PolicySet, before: Policy, policy: Policy) -> Iterator[Found]:
    earlier = {part.subject.path: part for part in _parts(old, before)}
    for part in ground.parts(policy):
        one = earlier.get(part.subject.path)
        if one is not None:
            yield from _flips(ground, old, one, part)


def _parts(policies: PolicySet, policy: Policy) -> list[Judged]:
    lists: tuple[Clauses | None, ...] = policy.clauses if isinstance(policy, Norm) else (None,)
    return [judged(policies, policy, clauses) for clauses in lists]


def _flips(ground: Ground, old: PolicySet, one: Judged, part: Judged) -> Iterator[Found]:
    from validator.journeys.prove.digests import Meanings  # noqa: PLC0415 - only where two sets are compared

    name, path = part.policy.id, part.subject.path
    extra = Meanings(old).of(name)
    found: list[tuple[str, str]] = []
    before, after = verdicts(one), verdicts(part)
    for was in before:
        for now in after:
            if was == now:
                continue
            turn = _turn(part.policy, was, now)
            asks = Text(
                f"может ли вердикт `{name}` смениться с {turn.ru} ({path})?",
                f"can the verdict of `{name}` turn from {turn.en} ({path})?",
            )
            query = ForSome(part.subject, Both((before[was], after[now])))
            answer = ground.ask("ANA-A15", (name,), path, asks, query, f"{extra} {was} {now}")
            if answer.status is Status.WITNESS:
                found.append((was, now))
                yield Found(
                    "ANA-A15",
                    Weight.INFO,
                    (name,),
                    Text(
                        f"вердикт `{name}` может смениться с {turn.ru} ({path})",
                        f"the verdict of `{name}` can turn from {turn.en} ({path})",
                    ),
                    Text("чьи вердикты сменятся на деле, скажет `impact`", "`impact` tells whose verdicts do turn"),
                    core=(path, extra, was, now),
                    answer=answer,
                    show=name,
                    question=ground.last,
                )
    yield _summary(ground, part, found, extra)


def _turn(policy: Policy, was: str, now: str) -> Text:
    """From which verdict into which, in words."""
    before, after = _verdict(policy, was), _verdict(policy, now)
    return Text(f"«{before.ru}» на «{after.ru}»", f"“{before.en}” into “{after.en}”")


def _verdict(policy: Policy, name: str) -> Text:
    known = {} if isinstance(policy, Norm) else {"ok": Text("не применимо", "not applicable"), **policy.outcomes}
    return known.get(name) or _WORDS.get(name) or Text(name, name)


def _summary(ground: Ground, part: Judged, found: list[tuple[str, str]], extra: str) -> Found:
    name, path = part.policy.id, part.subject.path
    word = _word(found)
    return Found(
        "ANA-A15",
        Weight.INFO,
        (name,),
        Text(f"`{name}` ({path}): новая редакция {word.ru}", f"`{name}` ({path}): the new version is {word.en}"),
        Text("", ""),
        core=(path, extra, "summary", word.en),
        question=ground.last,
    )


def _word(found: list[tuple[str, str]]) -> Text:
    if not found:
        return Text("равносильна прежней", "equivalent to the old one")
    if any(name not in _WEIGHTS for pair in found for name in pair):
        return Text("решает иначе", "deciding otherwise")
    ups = any(_WEIGHTS[now] > _WEIGHTS[was] for was, now in found)
    downs = any(_WEIGHTS[now] < _WEIGHTS[was] for was, now in found)
    if ups and downs:
        return Text("несравнима с прежней", "incomparable with the old one")
    return (
        Text("строже прежней", "stricter than the old one")
        if ups
        else Text("мягче прежней", "laxer than the old one")
    )
