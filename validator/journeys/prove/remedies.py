"""Remedies that do not cure: a thing that is as `remedy_sets` wants it and violates the norm all the same.

That is the whole of the question: a violation that the change leaves standing is, after the change, such a thing,
and each such thing is one that the change leaves as it is. Told under ANA-A5, beside what can't be complied with.
"""

from __future__ import annotations

from collections.abc import Iterator

from validator.interpreters.smt.query import Both, Judged, Query, somewhere, surely, violated
from validator.journeys.prove.ground import Found, Ground
from validator.logic.expr import AllOf, Compare, Condition, Field, Literal
from validator.logic.policy import Norm
from validator.logic.proof import Status, Weight
from validator.logic.shape import RecordShape
from validator.logic.text import Text
from validator.logic.values import Order, spell

# The first word of the core of every finding here.
REMEDY = "remedy"


def remedies(ground: Ground) -> Iterator[Found]:
    """The findings about each norm that says what to change."""
    for policy in ground.analysed("ANA-A5"):
        if isinstance(policy, Norm) and policy.remedy_sets and ground.concerns(policy.id):
            yield from _remedy(ground, policy, ground.parts(policy)[0])


def _remedy(ground: Ground, norm: Norm, part: Judged) -> Iterator[Found]:
    changed = ", ".join(f"{name}: {spell(value)}" for name, value in norm.remedy_sets.items())
    asks = Text(
        f"нарушена ли `{norm.id}` там, где уже `{changed}`?", f"is `{norm.id}` violated where `{changed}` already?"
    )
    query = somewhere(part, Both((cured(norm, part), violated(part))))
    answer = ground.ask("ANA-A5", (norm.id,), part.subject.path, asks, query, f"remedy {changed}")
    if answer.status is Status.WITNESS:
        yield Found(
            "ANA-A5",
            Weight.ERROR,
            (norm.id,),
            Text(
                f"исправление `{changed}` не устраняет нарушение `{norm.id}`",
                f"the remedy `{changed}` does not cure a violation of `{norm.id}`",
            ),
            Text("исправьте `remedy_sets` или требование", "mend `remedy_sets`, or the requirement"),
            title=Text("исправление не помогает", "a remedy that does not cure"),
            core=(REMEDY, *sorted(norm.remedy_sets)),
            answer=answer,
            days=ground.days_around((norm.id,), query, answer, f"remedy {changed}"),
            show=norm.id,
            question=ground.last,
        )


def cured(norm: Norm, part: Judged) -> Query:
    """That the thing is as the remedy wants it."""
    tests: list[Condition] = []
    for name, value in norm.remedy_sets.items():
        path = tuple(name.split("."))
        path = (part.subject.renamed.get(path[0], path[0]), *path[1:])
        shape: RecordShape = part.subject.shape
        for step in path[:-1]:
            inner = shape.fields[step].record
            assert inner is not None
            shape = inner
        field = Field(part.subject.scope, path, shape.fields[path[-1]])
        tests.append(Compare(field, Order.IS, Literal(value)))
    return surely(AllOf(tuple(tests)), part.mode)
