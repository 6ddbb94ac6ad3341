"""The roll-up adds up what organizations were told, says how much of the input that was, and leaves nobody out."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from validator.journeys.rollup.accumulate import RollUp
from validator.journeys.rollup.persons import is_about_persons, persons_of
from validator.journeys.rollup.pieces import json_pieces
from validator.journeys.rollup.shares import percent_down, rounded_percent
from validator.language.library import load, read_folder
from validator.language.vocabulary import read_vocabulary
from validator.logic.batch import Coverage, Expected, ExpectedGroups, Group, RollUpTable, Tally
from validator.resources import policies_folder, schema_bytes

PERSONS = {
    "PE-1": frozenset({"violation", "unknown", "ok.met"}),
    "PE-2": frozenset({"advice", "unknown", "ok.met"}),
}
SCHOOL = Group("26", "Ессентуки", "school")
GARDEN = Group("26", "Ессентуки", "kindergarten")
ELSEWHERE = Group("78", None, "school")


def covered(evaluated: int = 1, **others: int) -> Coverage:
    """The coverage of a run without a list of expected organizations."""
    quarantined, left = others.get("quarantined", 0), others.get("not_reached", 0)
    return Coverage(evaluated + quarantined + left, evaluated, quarantined, left, None, None, None)


def tally(policy: str, verdict: str, number: int = 1, *, disputed: bool = False) -> Tally:
    """`ok.met` is the verdict `ok` with the reason `met`."""
    head, _, reason = verdict.partition(".")
    return Tally(policy, head, reason or None, disputed, number)


def rolled(*organizations: tuple[Group, list[Tally]], policies: tuple[str, ...] = ()) -> RollUpTable:
    """The table of these organizations."""
    found = RollUp(PERSONS, policies)
    for group, tallies in organizations:
        found.add(group, tallies)
    return found.table(covered(len(organizations)))


# --- numbers --------------------------------------------------------------------------------------------


def test_judgements_are_counted_by_verdict_reason_and_outcome() -> None:
    tallies = [
        tally("A", "violation", 2),
        tally("A", "violation", 1, disputed=True),
        tally("A", "unknown", 3),
        tally("A", "advice", 4),
        tally("A", "waived", 5),
        *(tally("A", f"ok.{reason}", 10) for reason in ("met", "exempt", "open")),
        tally("A", "ok.not_applicable", 100),
        tally("A", "ok.not_in_force", 200),
        tally("XF", "moved", 6),
        tally("XF", "unknown", 1, disputed=True),
    ]
    found = rolled((SCHOOL, tallies))["total"]["judgements"]
    assert found == {
        "judgements": 352,
        "applicable": 52,
        "violation": 3,
        "advice": 4,
        "waived": 5,
        "unknown": 4,
        "ok": {"met": 10, "exempt": 10, "not_applicable": 100, "not_in_force": 200, "open": 10},
        "decisions": {"moved": 6},
        "disputed": 2,
        "unknown_percent": 7.7,
    }


def test_an_organization_counts_once_however_many_violations_it_has() -> None:
    both = [tally("A", "violation", 9), tally("A", "violation", 1, disputed=True), tally("B", "violation")]
    table = rolled((SCHOOL, both), (GARDEN, [tally("A", "ok.met")]), (ELSEWHERE, [tally("B", "unknown")]))
    assert table["total"]["organizations"] == {"evaluated": 3, "with_violation": 1, "with_unknown": 1}
    rows = {row["policy"]: row["organizations"] for row in table["by_policy"]}
    assert rows["A"] == {"evaluated": 3, "with_violation": 1, "with_unknown": 0}
    assert rows["B"] == {"evaluated": 3, "with_violation": 1, "with_unknown": 1}


def test_an_organization_with_violations_about_persons_only_counts_as_one_without() -> None:
    """One organization in a municipality would tell that a hidden number is not 0."""
    table = rolled((SCHOOL, [tally("PE-1", "violation", 9), tally("PE-2", "unknown", 9)]))
    assert table["total"]["organizations"] == {"evaluated": 1, "with_violation": 0, "with_unknown": 0}
    assert table["total"]["persons"]["violation"] == 9
    assert table["total"]["judgements"]["judgements"] == 0


def test_rows_are_by_region_municipality_kind_and_policy_in_order() -> None:
    one = [tally("B", "violation"), tally("A", "ok.met")]
    places = [
        ("78", None, "school"),
        ("78", "Пушкин", "school"),
        ("26", "Ессентуки", "school"),
        ("26", "А", "college"),
    ]
    table = rolled(*((Group(*place), one) for place in places))
    assert [row["region"] for row in table["by_region"]] == ["26", "78"]
    assert [(row["region"], row["municipality"]) for row in table["by_municipality"]] == [
        ("26", "А"),
        ("26", "Ессентуки"),
        ("78", "Пушкин"),
        ("78", None),
    ]
    assert [row["kind"] for row in table["by_kind"]] == ["college", "school"]
    assert [row["policy"] for row in table["by_policy"]] == ["A", "B", "PE-1", "PE-2"]
    crossed = [(row["municipality"], row["policy"]) for row in table["by_municipality_and_policy"]]
    assert crossed == [(name, policy) for name in ("А", "Ессентуки", "Пушкин", None) for policy in ("A", "B")]


def test_one_name_in_two_regions_is_two_municipalities() -> None:
    one = [tally("A", "violation")]
    table = rolled((Group("26", "Советский", "school"), one), (Group("61", "Советский", "school"), one))
    assert [row["judgements"]["violation"] for row in table["by_municipality"]] == [1, 1]


def test_a_policy_that_judged_nothing_still_has_its_row() -> None:
    table = rolled((SCHOOL, [tally("B", "ok.met")]), policies=("A", "B"))
    assert [row["policy"] for row in table["by_policy"] if not row["about_persons"]] == ["A", "B"]
    assert table["by_policy"][0]["judgements"] is not None
    assert table["by_policy"][0]["judgements"]["judgements"] == 0
    assert table["by_policy"][0]["judgements"]["unknown_percent"] is None


def test_a_policy_about_persons_is_told_apart_and_never_crossed_with_municipalities() -> None:
    table = rolled((SCHOOL, [tally("PE-1", "violation", 60), tally("A", "violation", 1)]))
    row = next(row for row in table["by_policy"] if row["policy"] == "PE-1")
    assert row["about_persons"]
    assert row["judgements"] is None
    assert row["organizations"] is None
    assert row["persons"] is not None
    assert row["persons"]["violation"] == 60
    assert {row["policy"] for row in table["by_municipality_and_policy"]} == {"A"}
    assert "persons" not in table["by_kind"][0]


def test_the_share_of_unknowns_about_persons_is_told_when_hidden_numbers_do_not_change_it() -> None:
    many = [tally("PE-1", "ok.met", 90_000), tally("PE-1", "unknown", 10_000), tally("PE-1", "violation", 2)]
    few = [tally("PE-1", "ok.met", 20), tally("PE-1", "unknown", 10), tally("PE-1", "violation", 2)]
    assert rolled((SCHOOL, many))["total"]["persons"]["unknown_percent"] == 10.0
    assert rolled((SCHOOL, few))["total"]["persons"]["unknown_percent"] is None


def test_no_share_is_told_beside_a_number_that_may_be_anything() -> None:
    places = {"А": 1, "Б": 30, "В": 800}
    settled = tally("PE-1", "ok.met", 10_000_000)
    table = rolled(
        *((Group("26", name, "s"), [tally("PE-1", "violation", n), settled]) for name, n in places.items())
    )
    rows = {row["municipality"]: row["persons"] for row in table["by_municipality"]}
    assert rows["Б"]["hidden"] == {"violation": "withheld"}
    assert rows["Б"]["unknown_percent"] is None
    assert rows["В"]["unknown_percent"] == 0.0


ORGANIZATIONS = st.lists(
    st.tuples(
        st.sampled_from([SCHOOL, GARDEN, ELSEWHERE, Group("78", "Пушкин", "school")]),
        st.lists(
            st.builds(
                tally,
                st.sampled_from(["A", "B"]),
                st.sampled_from(
                    ["violation", "unknown", "advice", "waived", "moved", "ok.met", "ok.not_applicable"]
                ),
                st.integers(1, 40),
                disputed=st.booleans(),
            ),
            max_size=8,
        ),
    ),
    max_size=8,
)


@settings(max_examples=80, deadline=None)
@given(ORGANIZATIONS)
def test_every_table_adds_up_to_the_total(organizations: list[tuple[Group, list[Tally]]]) -> None:
    table = rolled(*organizations)
    total = table["total"]["judgements"]
    for name in ("by_region", "by_municipality", "by_kind", "by_policy", "by_municipality_and_policy"):
        rows: list[Any] = [row["judgements"] for row in table[name] if row["judgements"] is not None]  # type: ignore[literal-required]
        for key in ("judgements", "applicable", "violation", "advice", "waived", "unknown", "disputed"):
            assert sum(row[key] for row in rows) == total[key], (name, key)  # type: ignore[literal-required]
    outcomes = sum(total["decisions"].values())
    verdicts = total["violation"] + total["advice"] + total["waived"] + total["unknown"]
    assert total["judgements"] == verdicts + sum(total["ok"].values()) + outcomes  # type: ignore[arg-type]
    assert table["total"]["organizations"]["evaluated"] == len(organizations)


@settings(max_examples=80, deadline=None)
@given(ORGANIZATIONS, ORGANIZATIONS, st.randoms())
def test_what_is_taken_back_leaves_no_trace_and_the_order_does_not_matter(
    stays: list[tuple[Group, list[Tally]]], goes: list[tuple[Group, list[Tally]]], chance: random.Random
) -> None:
    steps = [(group, tallies, 1) for group, tallies in stays + goes]
    chance.shuffle(steps)
    found = RollUp(PERSONS)
    for group, tallies, times in [*steps, *((group, tallies, -1) for group, tallies in goes)]:
        found.add(group, iter(tallies), times)
    expected = rolled(*stays)
    assert "".join(json_pieces(found.table(covered(len(stays))))) == "".join(json_pieces(expected))


def test_taking_back_what_was_never_added_is_refused() -> None:
    found = RollUp(PERSONS)
    found.add(SCHOOL, [tally("A", "violation")], -1)
    with pytest.raises(ValueError, match="taken back"):
        found.table(covered())


@pytest.mark.parametrize("reason", [None, "good"])
def test_an_ok_without_a_known_reason_is_refused(reason: str | None) -> None:
    found = RollUp(PERSONS)
    found.add(SCHOOL, [Tally("A", "ok", reason, False, 1)])
    with pytest.raises(ValueError, match="reason"):
        found.table(covered())


def test_a_verdict_that_a_policy_about_persons_can_not_have_is_refused() -> None:
    with pytest.raises(ValueError, match="PE-2 can't have these verdicts: violation"):
        rolled((SCHOOL, [tally("PE-2", "violation", 7)]))


def test_a_threshold_that_hides_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="threshold"):
        RollUp(PERSONS).table(covered(), threshold=2)


def test_the_threshold_can_be_raised() -> None:
    found = RollUp(PERSONS)
    found.add(SCHOOL, [tally("PE-1", "violation", 7)])
    assert found.table(covered())["total"]["persons"]["violation"] == 7
    assert found.table(covered(), threshold=10)["total"]["persons"]["violation"] is None
    assert found.table(covered(), threshold=10)["persons_rule"]["threshold"] == 10


def test_the_pieces_are_the_json_of_the_table() -> None:
    table = rolled((SCHOOL, [tally("A", "violation")]))
    text = "".join(json_pieces(table))
    assert json.loads(text) == table
    assert list(json.loads(text)) == list(table)
    assert text.endswith("\n}\n")
    assert max(map(len, text.splitlines())) < 2_000


# --- shares and coverage ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("part", "whole", "rounded", "down"),
    [(0, 0, None, None), (0, 7, 0.0, 0.0), (1, 3, 33.3, 33.3), (2, 3, 66.7, 66.6), (1, 2000, 0.1, 0.0),
     (1, 2001, 0.0, 0.0), (1999, 2000, 100.0, 99.9), (7, 7, 100.0, 100.0)],
)  # fmt: skip
def test_shares_are_rounded_in_one_way(part: int, whole: int, rounded: float | None, down: float | None) -> None:
    assert rounded_percent(part, whole) == rounded
    assert percent_down(part, whole) == down


@pytest.mark.parametrize(
    ("coverage", "percent", "complete"),
    [
        (covered(95, quarantined=5), 95.0, True),
        (covered(94, quarantined=6), 94.0, False),
        (covered(9_499_999, quarantined=500_001), 94.9, False),
        (covered(100, not_reached=1), 99.0, False),
        (covered(0), None, False),
        (covered(0, quarantined=3), 0.0, False),
        (Coverage(100, 100, 0, 0, 200, 105, 5), 47.5, False),
        (Coverage(100, 100, 0, 0, 100, 0, 0), 100.0, True),
        (Coverage(110, 100, 10, 0, 90, 1, 11), 98.8, True),
        (Coverage(3, 3, 0, 0, 0, 0, 3), None, False),
    ],
)
def test_below_the_floor_the_table_says_that_it_is_incomplete(
    coverage: Coverage, percent: float | None, complete: bool
) -> None:
    table = RollUp(PERSONS).table(coverage)
    assert table["coverage"]["percent"] == percent
    assert table["complete"] is complete


def test_the_floor_can_be_set() -> None:
    coverage = covered(94, quarantined=6)
    assert RollUp(PERSONS).table(coverage, floor_percent=90)["complete"]
    assert not RollUp(PERSONS).table(coverage, floor_percent=94.1)["complete"]


def _with_list(columns: set[str], groups: dict[Group, Expected]) -> RollUpTable:
    found = RollUp(PERSONS)
    found.add(SCHOOL, [tally("A", "violation")])
    return found.table(Coverage(1, 1, 0, 0, 4, 3, 0), ExpectedGroups(frozenset(columns), groups))


def test_rows_have_their_own_coverage_where_the_list_tells_them_apart() -> None:
    groups = {SCHOOL: Expected(2, 1), GARDEN: Expected(1, 1), ELSEWHERE: Expected(1, 1)}
    table = _with_list({"region", "municipality", "kind"}, groups)
    assert table["by_region"][0]["coverage"] == {"expected": 3, "missing": 2, "percent": 33.3, "complete": False}
    assert table["by_municipality"][0]["coverage"] == table["by_region"][0]["coverage"]
    assert table["by_municipality_and_policy"][0]["coverage"] == table["by_region"][0]["coverage"]
    kinds = {row["kind"]: row["coverage"] for row in table["by_kind"]}
    assert kinds["kindergarten"] == {"expected": 1, "missing": 1, "percent": 0.0, "complete": False}
    assert table["by_policy"][0]["coverage"] is None
    assert table["by_policy"][0]["no_coverage"] == "whole_run"


def test_a_region_from_which_nothing_came_has_its_row() -> None:
    table = _with_list({"region"}, {SCHOOL: Expected(1, 0), Group("91", None, ""): Expected(7, 7)})
    row = table["by_region"][-1]
    assert row["region"] == "91"
    assert row["organizations"]["evaluated"] == 0
    assert row["judgements"]["judgements"] == 0
    assert row["persons"]["hidden"] == {}
    assert row["coverage"] == {"expected": 7, "missing": 7, "percent": 0.0, "complete": False}


def test_a_row_without_coverage_says_why() -> None:
    table = _with_list({"region"}, {ELSEWHERE: Expected(1, 1)})
    assert (table["by_region"][0]["coverage"], table["by_region"][0]["no_coverage"]) == (None, None)
    assert table["by_municipality"][0]["no_coverage"] == "no_column"
    assert table["by_kind"][0]["no_coverage"] == "no_column"
    assert [row["region"] for row in table["by_municipality"]] == ["26"]
    assert rolled((SCHOOL, []))["by_region"][0]["no_coverage"] == "no_list"


# --- which policies count persons ----------------------------------------------------------------------------

# Every list of a snapshot must stand here: a new one is either about persons or not.
ABOUT_PERSONS = {
    "services": False,
    "people": True,
    "guardians": True,
    "guardians.channels": True,
    "classes": True,
    "chats": False,
    "chats.admins": True,
    "chats.ranks": True,
    "chats.missing_members": True,
    "chats.invitations": True,
    "uses": False,
    "documents": False,
    "activity": False,
    "coercion_events": True,
}


def test_every_list_of_a_snapshot_is_either_about_persons_or_not() -> None:
    vocabulary = read_vocabulary(schema_bytes("snapshot"))
    assert {path: is_about_persons(path, vocabulary) for path in vocabulary.lists} == ABOUT_PERSONS
    assert not is_about_persons("organization", vocabulary)


def test_a_list_inside_one_about_persons_is_about_persons_too() -> None:
    schema = json.loads(schema_bytes("snapshot"))
    changed = json.dumps(schema).replace('"x-pd": "indirect"', '"x-pd": "none"').replace('"sensitive"', '"none"')
    vocabulary = read_vocabulary(changed.encode())
    assert not is_about_persons("guardians.channels", vocabulary)
    holder = schema["properties"]["guardians"]
    assert holder.get("x-pd") == "indirect"
    only_holder = json.loads(changed)
    only_holder["properties"]["guardians"]["x-pd"] = "indirect"
    vocabulary = read_vocabulary(json.dumps(only_holder).encode())
    assert is_about_persons("guardians.channels", vocabulary)
    assert not is_about_persons("people", vocabulary)


def test_the_shipped_policies_about_persons_are_those_that_judge_such_a_list() -> None:
    library = load(read_folder(policies_folder()), read_vocabulary(schema_bytes("snapshot")))
    found = persons_of(library.policies, library.vocabulary)
    subjects = {
        norm.id: {clauses.subject.path for clauses in norm.clauses} for norm in library.policies.norms.values()
    } | {decision.id: {decision.subject.path} for decision in library.policies.decisions.values()}
    assert set(found) == {policy for policy, paths in subjects.items() if any(ABOUT_PERSONS.get(p) for p in paths)}
    assert len(found) > 10
    for policy, verdicts in found.items():
        norm = library.policies.norms.get(policy)
        assert "unknown" in verdicts
        assert ("violation" in verdicts) == (
            norm is not None and norm.modality.value in ("prohibition", "obligation")
        )
        assert ("advice" in verdicts) == (norm is not None and norm.modality.value == "recommendation")
        assert ("ok.exempt" in verdicts) == (norm is not None and bool(norm.exceptions))
