"""Questions and their answers: what `.ci/mutants` asks first of a change in the face of the solver's side."""

from __future__ import annotations

from collections.abc import Callable
from unittest.mock import patch

import pytest
import z3
from ask_many_checks import MANY
from ask_solvers import EVERYBODY_HAS, MODE, NOBODY_IS, SOMEBODY, gave_up, shares, silent
from clash_cases import NEVER, OPEN, PAID, SHUT, rooms
from clash_world import WORLD, said, setting
from worlds import read

from validator.interpreters.smt import ask as asking
from validator.interpreters.smt.answer import Answer, Limits
from validator.interpreters.smt.ask import DisagreementError, Session, ask, new_solver, session
from validator.interpreters.smt.model import Minimizer, UndecidedError
from validator.interpreters.smt.query import Both, ForSome, Other, Query, Setting, Then, organization, unsettled
from validator.interpreters.smt.replay import holds, snapshot_of
from validator.interpreters.smt.variables import Variable
from validator.logic.expr import NOWHERE
from validator.logic.policy import Definition
from validator.logic.problem import InputError, Problem
from validator.logic.proof import Status
from validator.logic.text import Text

# --- one question ---------------------------------------------------------------------------------------------


def a_question_is_answered() -> None:
    """With a snapshot, with a proof, or with no more than short lists allow."""
    some = Both((said(PAID), said({"grade": 5}, "classes")))
    answer = ask(setting(), some)
    assert answer.witness is not None
    assert answer.status is Status.WITNESS
    assert answer.exact
    assert holds(snapshot_of(setting(), answer.witness.document), some)
    assert answer.witness.law_date.isoformat() == answer.witness.document["as_of"]
    assert answer.witness.items == {"item": "classes[0]"}
    assert answer.witness.then is None
    bare = ask(setting(), some, witness=False)
    assert bare == answer._replace(witness=None)
    assert ask(setting(), Both((said(OPEN), said(SHUT)))) == Answer(Status.PROVED, None, {}, exact=True)
    assert ask(setting(), said(NEVER)) == Answer(Status.PROVED, None, {}, exact=True)
    open_ = Both((said(EVERYBODY_HAS), said(NOBODY_IS), said(SOMEBODY)))
    for most in (1, 2):
        found = ask(setting(), open_, limits=Limits(bounded=most))
        assert found == Answer(Status.BOUNDED_OK, None, {"people": most}, exact=False)


def another_snapshot_is_shown_beside_the_first() -> None:
    """What is told stays told there, and no invariant is broken."""
    undecided = unsettled(read(WORLD, "organization", OPEN), MODE)
    then = ForSome(organization(WORLD.vocabulary), Then(said(OPEN), Other.MORE_FACTS))
    answer = ask(setting(), Both((undecided, then)))
    assert answer.witness is not None
    assert answer.witness.then is not None
    facts, more = answer.witness.document["organization"], answer.witness.then["organization"]
    assert isinstance(facts, dict)
    assert "open" not in facts
    assert more == {**facts, "open": True}
    assert ask(setting(), Both((said(SHUT), then))).status is Status.PROVED
    shut = Definition("S", Text("", ""), "organization", (), read(WORLD, "organization", SHUT), (), NOWHERE)
    strict = Setting(WORLD.vocabulary, WORLD.names, (shut,), WORLD.policies)
    assert ask(strict, Both((undecided, then))).status is Status.PROVED
    assert ask(strict, undecided).status is Status.WITNESS


def a_question_without_answer_says_why() -> None:
    """The solver gave up, while it looked or while a snapshot was made small, or was never asked."""
    with silent():
        assert gave_up(ask(setting(), said(rooms(2))))
    with silent(), patch.object(Minimizer, "run", side_effect=UndecidedError()):
        assert gave_up(ask(setting(), said(rooms(2))))
    with silent(1), patch.object(Minimizer, "run", side_effect=UndecidedError()):
        answer = ask(setting(), said(rooms(2)))
        assert gave_up(answer)
        assert (dict(answer.bounds), answer.exact) == ({"rooms": 2}, True)
    with silent():
        answer = ask(setting(), said(rooms(2)), witness=False)
        assert gave_up(answer)
        assert (dict(answer.bounds), answer.exact) == ({"rooms": 2}, True)
    never = ask(setting(), shares())
    assert (never.status, never.witness, never.bounds, never.exact) == (Status.NOT_ANALYSED, None, {}, False)
    assert never.why is not None
    assert "shares" in never.why.en
    assert "дол" in never.why.ru


def a_snapshot_that_is_not_confirmed_is_a_fault_of_ours() -> None:
    """With the question and the snapshot, whatever the reference or the reader has against it."""
    query = said(PAID)
    with patch.object(asking, "holds", lambda *_, **__: False):
        caught = _fault(query)
    assert str(caught).startswith("the reference evaluator does not confirm the witness; question: ")
    assert repr(query) in str(caught)
    assert repr(caught.document) in str(caught)
    with patch.object(asking, "holds", lambda _, asked, **__: asked is not query):
        _fault(query)
    with patch.object(asking, "holds", lambda _, asked, **__: asked is query):
        _fault(query)  # it breaks what no real snapshot breaks
    problems = [
        Problem("wrong", Text("плохо", told), Text("", ""), path=path)
        for path, told in (("a", "is bad"), ("b", "is worse"))
    ]
    with patch.object(asking, "snapshot_of", side_effect=InputError(problems)):
        caught = _fault(query)
    assert "the reader refuses the witness: a: is bad; b: is worse; question: " in str(caught)
    assert isinstance(caught.__cause__, InputError)


def _fault(query: Query) -> DisagreementError:
    with pytest.raises(DisagreementError) as caught:
        ask(setting(), query)
    assert caught.value.query is query
    facts = {"inn": "7800000002", "region": "50", "kind": "school", "paid": True}
    assert caught.value.document["organization"] == facts
    return caught.value


def a_solver_has_the_limits_that_it_is_given() -> None:
    """Its time and its seed."""
    with patch.object(z3, "SimpleSolver") as made:
        new_solver(Limits(timeout=1234, seed=7))
    found = {call.args for call in made.return_value.set.call_args_list}
    assert found == {("timeout", 1234), ("random_seed", 7)}
    assert new_solver(Limits()).check() == z3.sat


def what_was_worked_out_is_kept_for_a_setting() -> None:
    """By its identity."""
    one, other = setting(), setting()
    assert session(one) is session(one)
    assert session(one) is not session(other)
    assert session(other).setting is other


# --- lengths of lists -----------------------------------------------------------------------------------------


def bounds_are_those_of_the_question() -> None:
    """As long as lists may get; what no item is needed of is left out."""
    kept = session(setting())
    for number, longest, wanted in (
        (3, 12, ({"rooms": 3}, True)),
        (3, 3, ({"rooms": 3}, True)),
        (3, 2, ({"rooms": 2}, False)),
    ):
        bounds, exact = kept.bounds(said(rooms(number)), Limits(longest=longest))
        assert (bounds.sizes, exact, bounds.open) == (*wanted, frozenset())
    several = Both((said(rooms(4)), said(SOMEBODY)))
    bounds, exact = kept.bounds(several, Limits(longest=2))
    assert (bounds.sizes, exact) == ({"rooms": 2, "people": 1}, False)
    bounds, exact = kept.bounds(said({"rooms": {"no": {"lit": True}}}), Limits())
    assert (bounds.sizes, exact) == ({}, True)
    for bounded, longest, size in ((3, 12, 3), (5, 4, 4), (2, 4, 2)):
        bounds, exact = kept.bounds(
            Both((said(EVERYBODY_HAS), said(SOMEBODY))), Limits(bounded=bounded, longest=longest)
        )
        assert bounds.sizes == {"people": size}, bounded
        assert (exact, bounds.open) == (False, frozenset({"people"}))


def proofs_need_lists_that_are_long_enough() -> None:
    """Where the longest is too short there is none."""
    few = {"not": rooms(3)}
    assert ask(setting(), Both((said(rooms(3)), said(few)))).status is Status.PROVED
    short = ask(setting(), Both((said(rooms(3)), said(few))), limits=Limits(longest=2))
    assert short == Answer(Status.BOUNDED_OK, None, {"rooms": 2}, exact=False)
    assert ask(setting(), said(rooms(3)), limits=Limits(longest=2)).status is Status.BOUNDED_OK
    found = ask(setting(), said(rooms(2)), limits=Limits(longest=2))
    assert (found.status, found.exact) == (Status.WITNESS, True)


def formulas_speak_of_what_they_touch() -> None:
    """Each question has its own."""
    kept = Session(setting())
    for structure, name in ((PAID, "paid"), (OPEN, "open"), (PAID, "paid")):
        formulas, sound, touched = kept.formulas((said(structure), said(NEVER)), {})
        assert {part.name for part in touched if isinstance(part, Variable)} == {name}
        assert formulas[1] is False
        assert len(formulas) == 2
        assert sound


ASKED: dict[str, Callable[[], None]] = {
    check.__name__.replace("_", " "): check
    for check in (
        a_question_is_answered,
        another_snapshot_is_shown_beside_the_first,
        a_question_without_answer_says_why,
        a_snapshot_that_is_not_confirmed_is_a_fault_of_ours,
        a_solver_has_the_limits_that_it_is_given,
        what_was_worked_out_is_kept_for_a_setting,
        bounds_are_those_of_the_question,
        proofs_need_lists_that_are_long_enough,
        formulas_speak_of_what_they_touch,
    )
}
CHECKS: dict[str, Callable[[], None]] = {f"asked: {name}": check for name, check in (ASKED | MANY).items()}
