"""A second snapshot beside the one that a question is about: what ties the two together, and how it is shown."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from validator.interpreters.smt.answer import Document
from validator.interpreters.smt.formulas import Bool, both, conj, disj, implies, neg
from validator.interpreters.smt.model import Minimizer
from validator.interpreters.smt.query import Other, Query
from validator.interpreters.smt.slots import Space
from validator.interpreters.smt.variables import Node, Variable


def tied(space: Space, other: Other, assumed: Query) -> list[Bool]:
    """What makes the other snapshot of a question one that is sound and that follows from the first.

    Afterwards both snapshots speak of the same facts.
    """
    second = space.asked[other]
    found = [second.formula(assumed)]
    _level(second, space)
    _level(space, second)
    touched = list(second.encoder.touched)
    found += second.soundness(touched)
    if other is Other.MORE_FACTS:
        found += _more(space, second)
    return found


def _level(one: Space, other: Space) -> None:
    """Let the other snapshot speak of everything that one speaks of."""
    for part in tuple(one.encoder.touched):
        match part:
            case Variable():
                same = _counterpart(part, other)
                for code in part.members:
                    same.has(code)
            case (str(name), Node() as node):
                other.encoder.closed(other.lists.same_place(node), name)
            case _:
                other.encoder.touched[part] = None


def _counterpart(variable: Variable, other: Space) -> Variable:
    """The same fact in the other snapshot."""
    return other.encoder.fact(other.lists.same_place(variable.node), variable.path)


def _more(space: Space, second: Space) -> list[Bool]:
    """That the second snapshot says all that the first does; both speak of the same facts."""
    found = [implies(slot.here, second.lists.same_place(slot).here) for slot in space.all_slots()]
    for part in space.encoder.touched:
        match part:
            case Variable():
                found.append(_kept(part, _counterpart(part, second)))
            case (str(name), Node() as node):
                found += _complete(space, second, node, name)
            case _:
                pass  # a text or a remark, which no snapshot holds
    return found


def _kept(one: Variable, other: Variable) -> Bool:
    """That a fact which is known stays known and as it is."""
    if one.shape.identity:
        return True
    if one.value is None:
        equal = conj(one.has(code) == other.has(code) for code in one.members)
    else:
        equal = one.value == other.value
    return implies(one.present, both(other.present, equal))


def _complete(space: Space, second: Space, node: Node, name: str) -> list[Bool]:
    """That a complete list stays complete and gets no further item."""
    there = second.lists.same_place(node)
    closed, path = space.encoder.closed(node, name), _path_of(node, name)
    slots = zip(space.lists.slots(node, path), second.lists.slots(there, path), strict=True)
    more = disj(both(after.here, neg(before.here)) for before, after in slots)
    return [implies(closed, both(second.encoder.closed(there, name), neg(more)))]


def _path_of(node: Node, name: str) -> str:
    """The path of a list of a record."""
    record = node.shape.fields[name].record
    assert record is not None
    return record.path


def shown(other: Other, first: Minimizer, document: Document, solver: Any) -> Document:
    """The other snapshot as a document, the first being settled: as little more as the question allows."""
    if other is Other.NEXT_DAY:
        day = date.fromisoformat(str(document["as_of"])) + timedelta(days=1)
        return {**document, "as_of": day.isoformat()}
    second = first.space.asked[other]
    small = Minimizer(second, solver, second.encoder.touched, first.model)
    small.run()
    return small.document()
