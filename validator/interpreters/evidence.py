"""Evidence: the outcomes that decided, told as facts with places.

Of a conjunction that failed one false part is enough; of one that held all parts count. Where a whole list
decided, the list is the evidence, and citing a list cites its items.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from validator.interpreters.outcome import Outcome
from validator.logic.expr import (
    AllOf,
    AnyOf,
    Compare,
    Follow,
    Fresh,
    Known,
    ListedIn,
    Meets,
    Not,
    OneOf,
    Quantified,
    Quantity,
    SetTest,
    Undecided,
)
from validator.logic.truth import Truth

# A whole list is evidence by itself; of one this short the items are told too, because a reader asks for them.
SMALL_LIST = 3


def deciding(outcome: Outcome) -> Iterator[Outcome]:
    """The outcomes that an answer rests on, each with facts of its own; an unknown part has none."""
    condition, parts, answer = outcome.condition, outcome.parts, outcome.truth
    match condition:
        case AllOf() | AnyOf():
            yield from _of_parts(parts, answer, all_count=isinstance(condition, AllOf) is (answer is Truth.TRUE))
        case Not() | Meets():
            yield from deciding(parts[0])
        case Quantified():
            yield from _of_items(outcome, condition.quantity)
        case Follow() | Fresh():
            yield outcome
            for part in parts:
                yield from deciding(part)
        case Compare():
            yield outcome
            if len(parts) <= SMALL_LIST:  # the items of a count
                for part in parts:
                    yield from deciding(part)
        case OneOf() | SetTest() | ListedIn() | Undecided() | Known():
            yield outcome
        case _:
            assert_never(condition)


def _of_parts(parts: tuple[Outcome, ...], answer: Truth, *, all_count: bool) -> Iterator[Outcome]:
    if answer is Truth.UNKNOWN or all_count:
        for part in parts:
            yield from deciding(part)
        return
    yield from deciding(next(part for part in parts if part.truth is answer))


def _of_items(outcome: Outcome, quantity: Quantity) -> Iterator[Outcome]:
    """One item that decided, or the list."""
    item = _settling_item(outcome, quantity)
    if item is not None:
        yield from deciding(item)
        return
    yield outcome
    if len(outcome.parts) <= SMALL_LIST:
        for part in outcome.parts:
            yield from deciding(part)


def _settling_item(outcome: Outcome, quantity: Quantity) -> Outcome | None:
    """The first item that alone gives a quantifier its answer; None where the whole list does, or nothing."""
    answered = Truth.TRUE if quantity is Quantity.SOME else Truth.FALSE
    witness = Truth.FALSE if quantity is Quantity.EVERY else Truth.TRUE
    if outcome.truth is not answered:
        return None
    return next(part for part in outcome.parts if part.truth is witness)


def decisive_parts(outcome: Outcome) -> tuple[Outcome, ...]:
    """The parts directly inside an outcome that its answer rests on; none for a leaf and for a whole list."""
    condition, parts, answer = outcome.condition, outcome.parts, outcome.truth
    if isinstance(condition, AllOf | AnyOf):
        if answer is Truth.UNKNOWN:
            return tuple(part for part in parts if part.truth is Truth.UNKNOWN)
        if isinstance(condition, AllOf) is (answer is Truth.TRUE):
            return parts
        return tuple(part for part in parts if part.truth is answer)[:1]
    if isinstance(condition, Quantified):
        if answer is Truth.UNKNOWN:
            return tuple(part for part in parts if part.truth is Truth.UNKNOWN)
        item = _settling_item(outcome, condition.quantity)
        return () if item is None else (item,)
    return parts
