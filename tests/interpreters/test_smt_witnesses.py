"""Questions end to end: a small snapshot, the same in every run, that the reference confirms."""

from __future__ import annotations

import os
from collections import Counter
from decimal import Decimal

import pytest
import z3
from smt_queries import LIMITS, Question, question
from worlds import TOY, read

from validator.interpreters.smt import model, sets
from validator.interpreters.smt.answer import Limits
from validator.interpreters.smt.ask import DisagreementError, ask, culprits, session
from validator.interpreters.smt.formulas import Rails
from validator.interpreters.smt.quantified import Opinion, decide, second_opinion
from validator.interpreters.smt.query import (
    Both,
    ForEvery,
    ForSome,
    Mode,
    Negated,
    Query,
    Setting,
    all_judged,
    complies,
    invariants,
    organization,
    organization_mode,
    somewhere,
    surely,
    surely_not,
    unsettled,
    verdicts,
    violated,
)
from validator.interpreters.smt.replay import holds, snapshot_of
from validator.interpreters.strategies import Menu, random_policies, seeded, subject_of
from validator.logic.expr import Compare, Field, Known, Literal, Ratio
from validator.logic.policy import Definition, Modality, Norm
from validator.logic.proof import Status
from validator.logic.text import Text
from validator.logic.values import Order

NIGHTLY = os.environ.get("SVERKA_HYPOTHESIS") == "nightly"
SEEDS = range(10_000) if NIGHTLY else range(44)
SETTING = Setting(TOY.vocabulary, TOY.names)


def _mode(path: str) -> Mode:
    return organization_mode(TOY.policies, subject_of(TOY, path))


def _of(path: str, structure: object, *, truth: bool = True) -> Query:
    """That a condition is surely true (or false) of some item of a list."""
    mode = _mode(path)
    make = surely if truth else surely_not
    return ForSome(mode.subject, make(read(TOY, path, structure), mode))


def _document(query: Query) -> dict[str, object]:
    answer = ask(SETTING, query)
    assert answer.witness is not None, answer
    return dict(answer.witness.document)


def _asked(seed: int) -> Question:
    return question(seed, real=seed % 5 == 4)


def test_what_is_found_is_read_and_confirmed() -> None:
    found: Counter[Status] = Counter()
    for seed in SEEDS:
        asked = _asked(seed)
        answer = ask(asked.setting, asked.query, limits=LIMITS)
        found[answer.status] += 1
        if answer.witness is not None:  # `ask` has done the same, but a test should not trust it
            assert holds(snapshot_of(asked.setting, answer.witness.document), asked.query)
    assert found[Status.WITNESS] > 20
    assert found[Status.PROVED] > 0


def test_the_witness_does_not_depend_on_the_way_of_the_solver() -> None:
    for seed in range(0, 40, 3):
        asked = _asked(seed)
        answers = {repr(ask(asked.setting, asked.query, limits=LIMITS._replace(seed=way))) for way in (0, 1, 7)}
        assert len(answers) == 1, seed


def test_the_witness_does_not_depend_on_earlier_questions() -> None:
    asked = _asked(6)
    fresh = Setting(asked.setting.vocabulary, asked.setting.names)
    assert repr(ask(fresh, asked.query)) == repr(ask(asked.setting, asked.query))


def test_the_second_encoding_agrees() -> None:
    found: Counter[Opinion] = Counter()
    for seed in range(2_000) if NIGHTLY else range(16):
        asked = _asked(seed)
        answer = ask(asked.setting, asked.query, limits=LIMITS, witness=False)
        opinion = second_opinion(asked.setting, asked.query, answer, Limits(timeout=300))
        assert opinion is not Opinion.DISAGREES, seed
        found[opinion] += 1
    assert found[Opinion.AGREES] >= 5


def test_the_second_encoding_contradicts_a_wrong_answer() -> None:
    query = _of("people", {"status": "active"})
    wrong = ask(SETTING, query)._replace(status=Status.PROVED, witness=None)
    assert second_opinion(SETTING, query, wrong) is Opinion.DISAGREES
    impossible = Both(
        (query, ForEvery(subject_of(TOY, "people"), surely(read(TOY, "people", {"any": []}), _mode("people"))))
    )
    assert decide(SETTING, impossible) is False
    assert second_opinion(SETTING, impossible, ask(SETTING, query)) is Opinion.DISAGREES


# --- witnesses are small and readable ------------------------------------------------------------------------


def test_nothing_stands_in_a_witness_that_the_question_does_not_need() -> None:
    found = _document(_of("people", {"status": "left", "load": {"at_least": 2}}))
    assert found == {
        "schema": "sverka.snapshot/1",
        "as_of": "2025-01-01",
        "organization": {"inn": "7800000002", "region": "50", "kind": "school"},
        "people": [{"ref": "p_1", "status": "left", "load": 2}],
        "coverage": {"people": "partial"},
    }


def test_a_witness_names_the_items_that_play_the_parts() -> None:
    people = subject_of(TOY, "people")
    one = surely(read(TOY, "people", {"status": "left"}), _mode("people"), "one")
    other = surely(read(TOY, "people", {"status": "active"}), _mode("people"), "other")
    answer = ask(SETTING, ForSome(people, ForSome(people, Both((one, other)), "other"), "one"))
    assert answer.witness is not None
    assert sorted(answer.witness.items.values()) == ["people[0]", "people[1]"]


def test_items_within_items_references_sets_and_decimals_are_written_as_the_reader_wants_them() -> None:
    tasks = _document(_of("people.tasks", {"person": {"team": {"open": True}}, "weight": {"more_than": "0.25"}}))
    assert tasks["people"] == [
        {"ref": "p_1", "team": "t_1", "tasks": [{"weight": "1"}], "tasks_coverage": "partial"}
    ]
    assert tasks["teams"] == [{"ref": "t_1", "open": True}]
    narrow = {"weight": {"more_than": "0.25"}, "all": [{"weight": {"less_than": "0.3"}}]}
    found = _document(_of("people.tasks", narrow))
    assert found["people"] == [{"ref": "p_1", "tasks": [{"weight": "0.26"}], "tasks_coverage": "partial"}]
    skills = _document(_of("people", {"skills": {"contains_all": ["sing", "cook"]}}))
    assert skills["people"] == [{"ref": "p_1", "skills": ["cook", "sing"]}]


def test_a_list_is_complete_only_where_it_has_to_be() -> None:
    mode = organization_mode(TOY.policies, organization(TOY.vocabulary))
    nobody = read(TOY, "organization", {"people": {"no": {"status": "left"}}})
    assert _document(surely(nobody, mode))["coverage"] == {"people": "complete"}
    assert _document(unsettled(nobody, mode))["coverage"] == {"people": "partial"}


def test_a_name_that_no_register_knows_is_made_up() -> None:
    mode = _mode("people")
    listed = read(TOY, "people", {"service": {"listed_in": "foreign"}})
    known = Field("person", ("service",), mode.subject.shape.fields["service"])
    found = _document(ForSome(mode.subject, Both((surely(Known(known), mode), unsettled(listed, mode)))))
    people = found["people"]
    assert isinstance(people, list)
    assert snapshot_of(SETTING, found)  # type: ignore[arg-type]
    assert people[0] in ({"ref": "p_1", "service": "unregistered-1"}, {"ref": "p_1", "service": "beta"})


# --- what is possible at all ---------------------------------------------------------------------------------


def test_an_invariant_is_never_broken() -> None:
    when = read(TOY, "people", {"any": [{"status": "active"}, {"load": {"at_most": 2}}]})
    rule = Definition("R", Text("", ""), "people", ("person",), when, (), when.span)
    setting = Setting(TOY.vocabulary, TOY.names, (rule,), TOY.policies)
    query = _of("people", {"status": "left", "load": {"more_than": 2}})
    assert ask(SETTING, query).status is Status.WITNESS
    assert ask(setting, query).status is Status.PROVED
    assert decide(setting, query) is False
    open_ = _of("people", {"load": {"more_than": 2}})
    answer = ask(setting, open_)
    assert answer.witness is not None  # the status may be unknown: then the rule is not broken for sure
    assert holds(snapshot_of(setting, answer.witness.document), invariants(setting))


def test_integrity_rules_bind_the_solver() -> None:
    assert ask(SETTING, _of("people", {"rank": {"more_than": {"field": "person.places"}}})).status is Status.PROVED
    late = {"first_on": {"after": "as_of"}}
    assert ask(SETTING, _of("people", late)).status is Status.PROVED
    shares = {"public_share": {"sum": {"of": ["federation", "region"], "more_than": 100}}}
    mode = organization_mode(TOY.policies, organization(TOY.vocabulary))
    assert ask(SETTING, surely(read(TOY, "organization", shares), mode)).status is Status.PROVED


def test_parts_that_exclude_each_other_are_named() -> None:
    parts = tuple(
        _of_every(condition)
        for condition in ({"status": "active"}, {"load": 1}, {"load": {"more_than": 1}}, {"grade": 2}, {"load": 3})
    )
    whole = (*parts, _of("people", {"all": []}))
    answer = culprits(SETTING, whole)
    assert answer.status is Status.PROVED
    assert answer.core == (1, 2, 5)
    assert culprits(SETTING, parts).status is Status.WITNESS  # nobody is there


def _of_every(structure: object) -> Query:
    mode = _mode("people")
    return ForEvery(mode.subject, surely(read(TOY, "people", structure), mode))


def test_a_comparison_of_shares_is_not_analysed_and_named() -> None:
    mode = _mode("people")
    number = Field("person", ("load",), mode.subject.shape.fields["load"])
    share = Ratio(number, number)
    answer = ask(SETTING, ForSome(mode.subject, surely(Compare(share, Order.IS, share), mode)))
    assert answer.status is Status.NOT_ANALYSED
    assert answer.why is not None
    assert "shares" in answer.why.en


@pytest.mark.parametrize("said", [{"ref": "p_1"}, {"ref": {"in": ["p_1", "p_2"]}}])
def test_a_comparison_with_a_given_pseudonym_is_not_analysed_and_named(said: dict[str, object]) -> None:
    for truth in (True, False):
        answer = ask(SETTING, _of("people", said, truth=truth))
        assert answer.status is Status.NOT_ANALYSED
        assert answer.why is not None
        assert "pseudonym" in answer.why.en


def test_a_share_of_a_field_is_compared_exactly() -> None:
    mode = _mode("people")
    fields = {name: Field("person", (name,), mode.subject.shape.fields[name]) for name in ("load", "places")}
    third = Compare(Ratio(fields["load"], fields["places"]), Order.IS, Literal(Decimal("12.5")))
    found = _document(ForSome(mode.subject, surely(third, mode)))
    assert found["people"] == [{"ref": "p_1", "load": 1, "places": 8}]


# --- policies ------------------------------------------------------------------------------------------------


def test_every_item_has_exactly_one_verdict() -> None:
    choose = seeded(5)
    policies = random_policies(TOY, choose, 4, Menu(ratios=False, depth=1))
    for policy in policies.policies():
        for part in all_judged(policies, policy)[:1]:
            found = [*verdicts(part).values()]
            none = Both(tuple(Negated(verdict) for verdict in found))
            pairs = [Both((one, other)) for n, one in enumerate(found) for other in found[n + 1 :]]
            for impossible in (none, *pairs):
                answer = ask(SETTING, somewhere(part, impossible), limits=LIMITS)
                assert answer.status in (Status.PROVED, Status.BOUNDED_OK)


def test_a_permission_is_never_violated() -> None:
    choose = seeded(3)
    policies = random_policies(TOY, choose, 12, Menu(ratios=False, depth=1))
    norm = next(p for p in policies.norms.values() if p.modality is Modality.PERMISSION)
    part = all_judged(policies, norm)[0]
    assert ask(SETTING, somewhere(part, violated(part))).status is Status.PROVED
    assert isinstance(part.policy, Norm)
    assert ask(SETTING, somewhere(part, complies(part))).status is Status.WITNESS


# --- a fault of ours is never a verdict ----------------------------------------------------------------------


def test_what_the_reference_does_not_confirm_is_an_internal_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sets.SetEncoder, "test", lambda *_: Rails(True, False))
    session.cache_clear()
    setting = Setting(TOY.vocabulary, TOY.names)
    query = _of("people", {"skills": {"contains": "sing"}})
    with pytest.raises(DisagreementError) as caught:
        ask(setting, query)
    assert not holds(snapshot_of(setting, caught.value.document), caught.value.query)


def test_what_the_reader_refuses_is_an_internal_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model, "day_text", lambda *_: "2025-02-30")
    setting = Setting(TOY.vocabulary, TOY.names)
    with pytest.raises(DisagreementError, match="refuses"):
        ask(setting, _of("people", {"first_on": {"before": "as_of"}}))


class _Exhausted:
    """A solver that never finds an answer."""

    def add(self, *_: object) -> None: ...

    def check(self, *_: object) -> object:
        return z3.unknown

    def reason_unknown(self) -> str:
        return "timeout"


def test_a_solver_that_gives_up_proves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("validator.interpreters.smt.ask.new_solver", lambda _: _Exhausted())
    answer = ask(SETTING, _of("people", {"status": "active"}))
    assert answer.status is Status.UNDECIDED
    assert answer.why is not None
    assert "timeout" in answer.why.en
