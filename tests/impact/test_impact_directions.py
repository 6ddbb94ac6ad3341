"""Which way a verdict flips, and how results of two sides find one another."""

from __future__ import annotations

from itertools import product
from typing import Any, cast

import pytest

from validator.journeys.impact.flips import Presence, decision_direction, norm_direction, pairs
from validator.logic.impact import NOT_JUDGED, NOT_LISTED
from validator.logic.report import Result

# before, after, direction: every pair of verdicts of a norm that differ.
NORMS = """
ok unknown worse            unknown ok better
ok advice worse             advice ok better
ok waived worse             waived ok better
ok violation worse          violation ok better
unknown advice worse        advice unknown other
unknown waived worse        waived unknown other
unknown violation worse     violation unknown other
advice waived other         waived advice other
advice violation worse      violation advice better
waived violation worse      violation waived better
not_judged violation worse  violation not_judged other
not_listed violation worse  violation not_listed better
not_judged unknown worse    unknown not_judged other
not_judged ok -             ok not_judged -
not_listed ok -             ok not_listed -
"""


def rows(text: str) -> list[tuple[str, str, str | None]]:
    words = text.split()
    triples = zip(words[::3], words[1::3], words[2::3], strict=True)
    return [(before, after, None if way == "-" else way) for before, after, way in triples]


@pytest.mark.parametrize(("before", "after", "way"), rows(NORMS))
def test_the_verdict_of_a_norm_flips_this_way(before: str, after: str, way: str | None) -> None:
    assert norm_direction(before, after) == way


def test_every_pair_of_verdicts_of_a_norm_has_its_line() -> None:
    verdicts = ("ok", "unknown", "advice", "waived", "violation")
    told = {(before, after) for before, after, _ in rows(NORMS)}
    assert {pair for pair in product(verdicts, verdicts) if pair[0] != pair[1]} <= told


@pytest.mark.parametrize("verdict", ["ok", "unknown", "advice", "waived", "violation", NOT_JUDGED, NOT_LISTED])
def test_what_stays_does_not_flip(verdict: str) -> None:
    assert norm_direction(verdict, verdict) is None
    assert decision_direction(verdict, verdict) is None


def test_unknown_is_never_reached_by_getting_better() -> None:
    for before in ("ok", "advice", "waived", "violation", NOT_JUDGED, NOT_LISTED):
        assert norm_direction(before, "unknown") != "better"
    for before in ("ok", "moved", "stays", NOT_JUDGED, NOT_LISTED):
        assert decision_direction(before, "unknown") == "worse"


@pytest.mark.parametrize(
    ("before", "after", "way"),
    [
        ("moved", "stays", "other"),
        ("stays", "moved", "other"),
        ("unknown", "moved", "better"),
        ("unknown", "ok", "better"),
        ("unknown", NOT_JUDGED, "other"),
        ("ok", "stays", "other"),
        ("stays", NOT_JUDGED, "other"),
        ("ok", NOT_JUDGED, None),
    ],
)
def test_an_outcome_flips_this_way(before: str, after: str, way: str | None) -> None:
    assert decision_direction(before, after) == way


# --- pairs ------------------------------------------------------------------------------------------------------


def result(verdict: str, subject: str = "uses[0]", ref: str | None = None, **more: Any) -> Result:
    base = {"policy": "T-ONE", "kind": "norm", "reason": "met" if verdict == "ok" else None, "disputed": None}
    return cast(Result, {**base, "verdict": verdict, "subject": subject, "ref": ref, **more})


BOTH = (Presence({"T-ONE"}), Presence({"T-ONE"}))


def ways(old: list[Result], new: list[Result], sides: tuple[Presence, Presence] = BOTH) -> list[str]:
    return [f"{pair.before} {pair.after} {pair.direction}" for pair in pairs(old, new, sides)]


def test_an_item_with_a_ref_is_the_same_item_elsewhere_in_the_list() -> None:
    old = [result("ok", "uses[0]", "a"), result("violation", "uses[1]", "b")]
    new = [result("violation", "uses[0]", "b"), result("ok", "uses[1]", "a")]
    assert ways(old, new) == ["violation violation None", "ok ok None"]


def test_an_item_without_a_ref_is_known_by_its_path() -> None:
    assert ways([result("ok", "uses[0]")], [result("violation", "uses[0]")]) == ["ok violation worse"]


def test_a_ref_that_comes_twice_is_told_apart_by_its_path() -> None:
    old = [result("ok", "chats[0].admins[0]", "x"), result("violation", "chats[0].admins[1]", "x")]
    assert ways(old, old) == ["ok ok None", "violation violation None"]


def test_the_question_of_an_incomplete_list_is_told_by_the_violation_found_in_it() -> None:
    before = [result("ok", "uses[0]"), result("unknown", "uses")]
    assert ways(before, [result("violation", "uses[0]")]) == ["ok violation worse"]


def test_the_question_of_an_incomplete_list_comes_back_as_neither_better_nor_worse() -> None:
    after = [result("ok", "uses[0]"), result("unknown", "uses")]
    told = ways([result("violation", "uses[0]")], after)
    assert told == ["violation ok better", "not_judged unknown other"]


def test_the_question_of_another_list_is_not_taken_for_answered() -> None:
    before = [result("unknown", "chats"), result("ok", "uses[0]")]
    assert "unknown not_judged other" in ways(before, [result("violation", "uses[0]")])


def test_a_policy_that_one_side_does_not_have_is_added_or_removed() -> None:
    none = Presence(set())
    assert ways([], [result("violation")], (none, BOTH[1])) == ["not_judged violation added"]
    assert ways([], [result("ok")], (none, BOTH[1])) == ["not_judged ok None"]
    assert ways([result("unknown")], [], (BOTH[0], none)) == ["unknown not_judged removed"]


def test_a_mark_of_dispute_that_comes_or_goes_is_a_flip_and_another_reading_is_a_reason() -> None:
    plain = result("violation")
    strict = result("violation", disputed=[{"reading": "strict", "verdict": "ok"}])
    mild = result("violation", disputed=[{"reading": "mild", "verdict": "ok"}])
    assert ways([plain], [strict]) == ["violation violation other"]
    assert ways([strict], [plain]) == ["violation violation other"]
    (pair,) = pairs([strict], [mild], BOTH)
    assert pair.direction is None
    assert pair.other_reason
