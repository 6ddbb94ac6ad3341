"""What is told of the search for contradictions does not depend on how the search went."""

from __future__ import annotations

import pytest

pytest.importorskip("z3")

from validator.interpreters.smt.duties import Search
from validator.journeys.prove.joint import _answer
from validator.logic.proof import Status


@pytest.mark.parametrize("bounds", [{}, {"classes": 2}])
def test_the_number_of_situations_looked_at_is_not_told(bounds: dict[str, int]) -> None:
    few, many = (Search((), bounds, finished=True, contexts=number) for number in (170, 195))
    assert _answer(few) == _answer(many)


def test_only_a_finished_search_without_lists_is_a_proof() -> None:
    def status(bounds: dict[str, int], *, finished: bool) -> Status:
        return _answer(Search((), bounds, finished, 1)).status

    assert status({}, finished=True) is Status.PROVED
    assert status({"classes": 2}, finished=True) is Status.BOUNDED_OK
    assert status({}, finished=False) is Status.UNDECIDED
