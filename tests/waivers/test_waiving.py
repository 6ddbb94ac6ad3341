"""What a waiver does to results, and what is said of one that does nothing."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

import pytest
import yaml
from waiver_place import ACT, ELSEWHERE, FIXTURES, INN, NORM, waiver

from validator.journeys.check import check
from validator.journeys.waivers.waiving import Waiving
from validator.language.library import Library, PolicyText, load
from validator.language.source import read_document
from validator.language.vocabulary import read_vocabulary
from validator.logic.facts import Snapshot
from validator.logic.policy import PolicySet
from validator.logic.problem import Problem
from validator.logic.report import Result
from validator.resources import schema_bytes
from validator.snapshots.read import read_snapshot
from validator.snapshots.stream import Delivered
from validator.snapshots.waivers import read_waivers

SCHOOL = (FIXTURES / "school" / "snapshot.yaml").read_text("utf-8")


class Applied(NamedTuple):
    """What waivers did: results before and after, warnings by code, and the object that did it."""

    before: list[Result]
    after: list[Result]
    warnings: list[Problem]
    waiving: Waiving

    @property
    def codes(self) -> list[str]:
        return [problem.code for problem in self.warnings]

    def waived(self) -> set[tuple[str, str | None]]:
        return {(r["policy"], r["ref"]) for r in self.after if r["verdict"] == "waived"}


def snapshot_of(text: str, library: Library) -> Snapshot:
    return read_snapshot(read_document(text.encode(), "s.yaml"), library.vocabulary, library.names)[0]


def waiving_of(library: Library, *waivers: dict[str, Any], policies: PolicySet | None = None) -> Waiving:
    text = yaml.safe_dump({"waivers": list(waivers)}, allow_unicode=True, sort_keys=False)
    found = read_waivers([Delivered("w.yaml", text.encode())])
    return Waiving(found, policies or library.policies, library.vocabulary.root)


Apply = Callable[..., Applied]


@pytest.fixture(scope="session")
def school(library: Library) -> Snapshot:
    return snapshot_of(SCHOOL, library)


@pytest.fixture(scope="session")
def judged(library: Library, school: Snapshot) -> list[Result]:
    return check(school, library.policies)


@pytest.fixture
def apply(library: Library, school: Snapshot, judged: list[Result]) -> Apply:
    """Applies waivers to the school, by the law of its own day or of another."""

    def call(*waivers: dict[str, Any], on: str | None = None) -> Applied:
        day = None if on is None else date.fromisoformat(on)
        before = judged if day is None else check(school, library.policies, day)
        kept = json.dumps(before)
        waiving = waiving_of(library, *waivers)
        after = waiving.apply(school, before, day)
        assert json.dumps(before) == kept, "the results that were given were changed"
        return Applied(before, after, waiving.warnings(), waiving)

    return call


# --- what is waived -----------------------------------------------------------------------------------------------


def test_a_waiver_changes_its_own_cell_and_nothing_else(apply: Apply) -> None:
    found = apply(waiver())
    changed = [(b, a) for b, a in zip(found.before, found.after, strict=True) if a != b]
    [(before, after)] = changed
    assert (before["policy"], before["ref"], before["verdict"]) == ("FM-BAN", "u_redirect", "violation")
    assert {key for key in before if before[key] != after[key]} == {"verdict", "waiver"}  # type: ignore[literal-required]
    assert after["waiver"] == {
        "id": "W-1",
        "ground": {"ru": "Ждём нового чата", "en": "Waiting for the new chat"},
        "from": "2025-10-01",
        "through": "2025-12-31",
        "days_left": 91,
        "approved_by": {"post": "директор школы", "document": "приказ № 12"},
        "location": {"file": "w.yaml", "line": 2, "column": 3},
    }
    assert found.codes == []


@pytest.mark.parametrize(
    ("day", "left", "code"),
    [
        ("2025-10-31", None, "waiver-not-begun"),
        ("2025-11-01", 29, None),
        ("2025-11-29", 1, None),
        ("2025-11-30", 0, None),
        ("2025-12-01", None, "waiver-expired"),
    ],
)
def test_the_first_and_the_last_day_count(day: str, left: int | None, code: str | None, apply: Apply) -> None:
    found = apply(waiver(first="2025-11-01", last="2025-11-30"), on=day)
    [result] = [r for r in found.after if (r["policy"], r["ref"]) == ("FM-BAN", "u_redirect")]
    assert result["verdict"] == ("violation" if left is None else "waived")
    assert (result["waiver"] or {}).get("days_left") == left
    assert found.codes == ([] if code is None else [code])


def test_without_a_law_date_the_day_of_the_snapshot_counts(apply: Apply) -> None:
    assert apply(waiver(first="2025-09-01", last="2025-10-01")).waived() == {("FM-BAN", "u_redirect")}
    assert apply(waiver(first="2025-09-01", last="2025-09-30")).codes == ["waiver-expired"]
    assert apply(waiver(first="2025-10-02")).codes == ["waiver-not-begun"]


@pytest.mark.parametrize(
    ("item", "code", "said"),
    [
        ("u_redirect", None, ""),
        ("u_talk", "waiver-forbidden", "`uses[1]`"),
        ("u_unclear", "waiver-forbidden", "`uses[2].redirect_only`"),
    ],
)
def test_only_a_certainly_true_condition_permits(item: str, code: str | None, said: str, apply: Apply) -> None:
    found = apply(waiver(item=item))
    assert found.waived() == (set() if code else {("FM-BAN", item)})
    assert found.codes == ([code] if code else [])
    for problem in found.warnings:
        assert said in problem.message.ru + problem.help.ru
        assert said in problem.message.en + problem.help.en


def test_what_is_unknown_is_not_waived_and_its_waiver_not_orphaned(apply: Apply) -> None:
    found = apply(waiver(item="u_nobody"))
    [result] = [r for r in found.before if (r["policy"], r["ref"]) == ("FM-BAN", "u_nobody")]
    assert result["verdict"] == "unknown"
    assert found.after == found.before
    assert found.codes == []


# --- waivers that do nothing --------------------------------------------------------------------------------------

SILENT: list[tuple[str, dict[str, str | None], str, str, str]] = [
    ("the norm is met", {"item": "u_max"}, "waiver-orphaned", "policy", "is not violated here"),
    ("no such item", {"item": "u_redirct"}, "waiver-orphaned", "item", "judges no item of that `ref`"),
    ("never waivable", {"policy": "FM149-PD"}, "waiver-forbidden", "policy", "allows no waivers"),
    ("misspelt norm", {"policy": "FM-BAM"}, "waiver-unknown-policy", "policy", "`FM-BAM`"),
    ("decision", {"policy": "XF-AUTO"}, "waiver-orphaned", "policy", "a decision"),
    ("recommendation", {"policy": "PR-DUP"}, "waiver-orphaned", "policy", "blocks nothing"),
    ("permission", {"policy": "PL-156"}, "waiver-orphaned", "policy", "never violated"),
    ("pattern of norms", {"policy": "FM-*"}, "waiver-too-broad", "policy", "a pattern fits many norms"),
    ("no organization", {"organization": None}, "waiver-too-broad", "", "no single organization"),
    ("any organization", {"organization": "*"}, "waiver-too-broad", "organization", "no single organization"),
    ("all organizations", {"organization": "все"}, "waiver-too-broad", "organization", "no single organization"),
    ("no item", {"item": None}, "waiver-too-broad", "", "about each item of `uses`"),
    ("any item", {"item": "u_*"}, "waiver-too-broad", "item", "a pattern fits many items"),
    ("item of an organization", {"policy": "ORG"}, "waiver-orphaned", "item", "not about items"),
]


@pytest.mark.parametrize(
    ("keys", "code", "key", "said"), [row[1:] for row in SILENT], ids=[row[0] for row in SILENT]
)
def test_a_waiver_without_effect_is_told_at_its_place(
    keys: dict[str, str | None], code: str, key: str, said: str, apply: Apply, library: Library
) -> None:
    norms = library.policies.norms.values()
    obligations = [n.id for n in norms if n.modality.value == "obligation" and not n.clauses[0].subject.scopes]
    named = {"policy": obligations[0]} if keys.get("policy") == "ORG" else {}
    found = apply(waiver(**{**keys, **named}))
    assert found.after == found.before
    [problem] = found.warnings
    assert (problem.code, problem.warning) == (code, True)
    assert said in problem.message.en
    assert problem.message.ru.startswith("отступление W-1: ")
    assert problem.help.ru
    assert problem.help.en
    written = found.waiving.waivers[0]
    assert problem.span == (written.spans[key] if key else written.span)


def test_a_misspelt_norm_is_told_the_nearest(apply: Apply) -> None:
    assert apply(waiver(policy="FM-BAM")).warnings[0].help.en == "did you mean `FM-BAN`?"


def test_of_an_organization_that_is_not_there_nothing_is_said(apply: Apply) -> None:
    found = apply(waiver(organization=ELSEWHERE))
    assert (found.after, found.codes) == (found.before, [])
    assert [w.id for w in found.waiving.not_seen()] == ["W-1"]
    assert apply(waiver()).waiving.not_seen() == []


def test_an_expired_waiver_is_told_only_where_the_violation_is_still_there(apply: Apply) -> None:
    over = {"first": "2025-09-01", "last": "2025-09-30"}
    assert apply(waiver(item="u_max", **over)).codes == []
    renewed = apply(waiver(**over), waiver(id="W-2"))
    assert (renewed.codes, renewed.waived()) == ([], {("FM-BAN", "u_redirect")})


def test_of_two_on_the_same_days_the_longer_one_is_named_and_both_are_told(apply: Apply) -> None:
    found = apply(waiver(id="W-short", last="2025-10-31"), waiver(id="W-long"))
    [result] = [r for r in found.after if r["waiver"]]
    assert result["waiver"] is not None
    assert result["waiver"]["id"] == "W-long"
    [problem] = found.warnings
    assert problem.code == "waiver-overlap"
    assert "W-long" in problem.message.en
    assert "W-short, w.yaml:2:3" in problem.message.en


def test_one_that_follows_another_does_not_overlap(apply: Apply) -> None:
    assert apply(waiver(last="2025-10-31"), waiver(id="W-2", first="2025-11-01")).codes == []
    assert apply(waiver(last="2025-10-31"), waiver(id="W-2", first="2025-10-31")).codes == ["waiver-overlap"]


def test_a_waiver_that_one_of_two_snapshots_needs_is_not_orphaned(library: Library, school: Snapshot) -> None:
    mended = snapshot_of(SCHOOL.replace("service: whatsapp", "service: max"), library)
    waiving = waiving_of(library, waiver())
    waiving.apply(mended, check(mended, library.policies))
    assert [problem.code for problem in waiving.warnings()] == ["waiver-orphaned"]
    waiving.apply(school, check(school, library.policies))
    assert waiving.warnings() == []


# --- norms of other kinds -----------------------------------------------------------------------------------------

FACTS = f"""
schema: sverka.snapshot/1
as_of: 2025-10-01
organization: {{inn: "{INN}", region: "78", kind: school}}
"""
WORLDS = {
    "organization": ("about: organization\nrequired: {sferum_connected: true}", "", None, "organization"),
    "items without a ref": (
        "about: activity\nrequired: {active: {at_least: 5}}",
        "activity: [{role: teachers, period: 2025-08, active: 1, total: 9}]",
        None,
        "activity[0]",
    ),
    "items named by what holds them": (
        "about: chats.invitations\nrequired: {wants_chat: true}",
        "people: [{ref: p_1}]\nchats: [{ref: h_1, invitations: [{person: p_1, wants_chat: false}]}]",
        "h_1",
        "chats[0].invitations[0]",
    ),
    "items of two lists": (
        "about: [uses, chats]\nfields: {service: {chats: platform}}\nrequired: {service: max}",
        "uses: [{ref: u_1, service: telegram}]\nchats: [{ref: h_1, platform: telegram}]",
        "h_1",
        "chats[0]",
    ),
}


def world(rules: str, facts: str) -> tuple[Library, Snapshot]:
    texts = [
        PolicyText(place, place, text.encode())
        for place, text in (
            ("sources/test-act.yaml", ACT),
            ("norms/T-NORM.yaml", NORM + rules),
            ("registers/services.yaml", REGISTER),
        )
    ]
    library = load(texts, read_vocabulary(schema_bytes("snapshot")))
    facts = FACTS.replace("kind: school", "kind: school, sferum_connected: false") + facts
    return library, snapshot_of(facts, library)


REGISTER = """
register: services
title: {ru: Сервисы, en: Services}
family: services
rows:
  - {id: max, title: {ru: MAX, en: MAX}, cites: [{act: test-act, at: ст. 1}]}
  - {id: telegram, title: {ru: Телеграм, en: Telegram}, cites: [{act: test-act, at: ст. 1}]}
"""


@pytest.mark.parametrize("name", WORLDS)
def test_every_kind_of_subject_can_be_waived_by_its_own_scope(name: str) -> None:
    rules, facts, item, scope = WORLDS[name]
    library, snapshot = world(rules, facts)
    before = check(snapshot, library.policies)
    waiving = waiving_of(library, waiver(policy="T-NORM", item=item))
    after = waiving.apply(snapshot, before)
    violated = {r["subject"] for r in before if r["verdict"] == "violation"}
    waived = {r["subject"] for r in after if r["verdict"] == "waived"}
    assert waived == {scope}
    assert {r["subject"] for r in after if r["verdict"] == "violation"} == violated - {scope}
    assert waiving.warnings() == []


def test_a_condition_written_for_one_list_permits_nothing_in_another() -> None:
    rules, facts, _, _ = WORLDS["items of two lists"]
    library, snapshot = world(rules + "\nwaivable: {when: {redirect_only: true}}", facts)
    waiving = waiving_of(library, waiver(policy="T-NORM", item="h_1"))
    waiving.apply(snapshot, check(snapshot, library.policies))
    [problem] = waiving.warnings()
    assert (problem.code, "another list" in problem.message.en) == ("waiver-forbidden", True)


def test_an_incomplete_list_of_unnamed_items_keeps_its_waiver_from_being_orphaned() -> None:
    rules, facts, _, _ = WORLDS["items without a ref"]
    fine = facts.replace("active: 1", "active: 9")
    for coverage, codes in (("complete", ["waiver-orphaned"]), ("partial", [])):
        library, snapshot = world(rules, f"{fine}\ncoverage: {{activity: {coverage}}}")
        waiving = waiving_of(library, waiver(policy="T-NORM", item=None))
        waiving.apply(snapshot, check(snapshot, library.policies))
        assert [problem.code for problem in waiving.warnings()] == codes, coverage
