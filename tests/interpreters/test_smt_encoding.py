"""The formulas of a condition say what the reference evaluator says, on random policies and random snapshots."""

from __future__ import annotations

import os
from collections import Counter
from datetime import date

import pytest
from smt_pairs import differences
from smt_queries import setting_of
from worlds import TOY

from validator.interpreters.smt import ordered, sets, terms, variables
from validator.interpreters.smt.answer import Limits
from validator.interpreters.smt.ask import ask
from validator.interpreters.smt.encoder import Encoder
from validator.interpreters.smt.formulas import Rails
from validator.interpreters.smt.query import NO_OVERRIDES, ForSome, Mode, organization, organization_mode, surely
from validator.interpreters.smt.reference_data import Stretch
from validator.interpreters.strategies import subject_of
from validator.logic.expr import AllOf, AsOf, Compare, Field, Literal, Shifted
from validator.logic.proof import Status
from validator.logic.values import Order

NIGHTLY = os.environ.get("SVERKA_HYPOTHESIS") == "nightly"
SEEDS = range(1_000) if NIGHTLY else (0, 1, 2, 4, 7, 15)
KINDS = {
    "AllOf", "AnyOf", "Not", "Compare", "OneOf", "SetTest", "Quantified", "Follow", "ListedIn", "Meets",
    "Undecided", "Fresh", "Known", "Literal", "Field", "ParameterValue", "AsOf", "Shifted", "CountOf",
    "Sum", "Ratio",
    "replaced parameter", "replaced definition", "replaced register", "judged day of the item",
}  # fmt: skip


def test_every_kind_of_condition_comes_out_as_the_reference_says() -> None:
    kinds: Counter[str] = Counter()
    found = [one for seed in SEEDS for one in differences(seed, kinds)]
    assert found == []
    assert {kind for kind in KINDS if not kinds[kind]} == set()
    assert kinds["pairs"] > 2_000


def _planted(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """A fault in the encoder, by the name of what it does."""
    match name:
        case "shifted days stay":
            unmoved = lambda self, case, names, found: self.ordered(case, names, found.day)  # noqa: E731
            monkeypatch.setattr(terms.Terms, "_shifted", unmoved)
        case "a sum of intervals ends too early":
            monkeypatch.setattr(terms, "plus", lambda one, _: one)
        case "never has an order":
            monkeypatch.setattr(variables.Variable, "never", lambda _: False)
        case "strange names are like any other":
            monkeypatch.setattr(sets, "_is_strange", lambda _: False)
        case "strange names differ":
            monkeypatch.setattr("validator.interpreters.smt.encoder.is_strange", lambda _: False)
        case "declared bounds are forgotten":
            monkeypatch.setattr(Encoder, "_bounds", lambda *_: None)
        case "intervals that overlap differ":
            compared = ordered.compare_ends

            def overlap(*found: object) -> Rails:
                true, false = compared(*found)  # type: ignore[arg-type]
                return Rails(true, ~true if found[2] is Order.IS and not isinstance(true, bool) else false)

            monkeypatch.setattr(ordered, "compare_ends", overlap)
        case "answers hold on the first day only":
            monkeypatch.setattr(Stretch, "holds", lambda found, low, _: found_on(found, low))
        case "open lists are complete":
            monkeypatch.setattr(Encoder, "closed", lambda *_: True)
        case "readings replace nothing":
            monkeypatch.setattr("validator.interpreters.smt.terms.Terms._parameter", _unreplaced)
        case "the words of references point somewhere":
            monkeypatch.setattr(Encoder, "specials", lambda *_: [])
        case "stale facts are fresh":
            monkeypatch.setattr(Encoder, "_fresh", lambda self, case, names, c: self.rails(case, names, c.body))
        case "the judged day is today":
            monkeypatch.setattr("validator.interpreters.smt.terms.Terms.judged", lambda s, _: (s.as_of, s.as_of))
        case _:
            raise AssertionError(name)


def found_on(found: Stretch, low: object) -> object:
    """The stretch on one day."""
    return HOLDS(found, low, low)


HOLDS = Stretch.holds
_PARAMETER = terms.Terms._parameter


def _unreplaced(self: terms.Terms, case: object, found: object) -> object:
    return _PARAMETER(self, case._replace(mode=_plain(case)), found)  # type: ignore[attr-defined,arg-type]


def _plain(case: object) -> object:
    mode = case.mode  # type: ignore[attr-defined]
    return Mode(mode.policies, NO_OVERRIDES, mode.subject, mode.window)


# Each fault with the seed of a trial that shows it; when the generators change, others are tried.
FAULTS = {
    "shifted days stay": 7,
    "a sum of intervals ends too early": 1,
    "never has an order": 1,
    "strange names are like any other": 52,
    "strange names differ": 57,
    "declared bounds are forgotten": 5,
    "intervals that overlap differ": 1,
    "answers hold on the first day only": 5,
    "open lists are complete": 0,
    "readings replace nothing": 5,
    "the words of references point somewhere": 0,
    "stale facts are fresh": 0,
    "the judged day is today": 5,
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_shows(fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    _planted(monkeypatch, fault)
    assert any(_fails(seed) for seed in (FAULTS[fault], *range(60)))


def _fails(seed: int) -> bool:
    try:
        return bool(differences(seed, Counter()))
    except (AttributeError, AssertionError):  # a broken formula is a failure as well
        return True


def test_the_snapshot_lies_on_a_day_that_the_setting_allows() -> None:
    setting = setting_of(False)
    mode = organization_mode(TOY.policies, organization(TOY.vocabulary))
    late = surely(Compare(AsOf(), Order.AFTER, Literal(setting.last)), mode)
    assert ask(setting, late, limits=Limits()).status is Status.PROVED
    on_last = surely(Compare(AsOf(), Order.ON_OR_AFTER, Literal(setting.last)), mode)
    answer = ask(setting, on_last)
    assert answer.witness is not None
    assert answer.witness.law_date == setting.last == date(2099, 12, 31)


def test_a_month_is_never_one_that_has_yet_to_begin() -> None:
    setting = setting_of(False)
    month = TOY.vocabulary.lists["teams"].record
    assert month is not None
    field = Field("team", ("month",), month.fields["month"])
    mode = organization_mode(TOY.policies, subject_of(TOY, "teams"))
    day = Literal(date(2024, 2, 10))
    in_february = AllOf(
        (
            Compare(AsOf(), Order.ON_OR_BEFORE, day),
            Compare(AsOf(), Order.ON_OR_AFTER, day),
            Compare(field, Order.AFTER, Shifted(AsOf(), 18)),
        )
    )
    answer = ask(setting, ForSome(subject_of(TOY, "teams"), surely(in_february, mode)))
    assert answer.witness is not None
    assert answer.witness.document["teams"] == [{"ref": "t_1", "month": "2024-02"}]
    later = AllOf((*in_february.parts[:2], Compare(field, Order.AFTER, Shifted(AsOf(), 19))))
    assert ask(setting, ForSome(subject_of(TOY, "teams"), surely(later, mode))).status is Status.PROVED
