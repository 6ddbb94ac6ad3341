"""What the language has for proofs: files of topics, gaps that are meant, invariants, facts that never come."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tiny_sets import files_of, found, library_of, norm, report_of

from validator.cli.context import load_library
from validator.interpreters.evaluate import evaluate
from validator.interpreters.judge import environments
from validator.interpreters.readings import overrides_of
from validator.interpreters.terms import Case
from validator.journeys.examples.cases import Case as ExampleCase
from validator.journeys.examples.embedded import examples_of
from validator.journeys.lint.dates import gaps_between_rows
from validator.journeys.lint.pack import Pack
from validator.journeys.prove.reach import in_vocabulary
from validator.journeys.prove.run import Asked
from validator.language.layout import laid_out
from validator.language.library import PolicyText, inspect
from validator.language.vocabulary import ROOT, read_vocabulary
from validator.logic.policy import Period
from validator.logic.problem import InputError
from validator.logic.proof import ANALYSES
from validator.logic.truth import Truth
from validator.logic.values import Interval
from validator.resources import schema_bytes

SCHEMA: dict[str, Any] = json.loads(schema_bytes("snapshot"))
VOCABULARY = read_vocabulary(schema_bytes("snapshot"))
OFFER = norm("T-ONE", "applies_when: {kind: school}\nrequired: {alternatives_offered: {contains: sms}}")
TOPIC = """topic: trial
title:
  ru: Проба
  en: Trial
covers:
  - id: schools
    title: {ru: школы, en: schools}
    about: organization
    from: 2025-01-01
    through: 2025-12-31
    exhaustive: true
    when: {kind: school}
switched_off:
  - analysis: ANA-A8
    why: {ru: так надо, en: on purpose}
"""


# --- topics --------------------------------------------------------------------------------------------------


def test_a_topic_is_read_whole() -> None:
    topic = library_of(files_of(OFFER, {"topics/trial.yaml": TOPIC})).policies.topics["trial"]
    (cover,) = topic.covers
    assert (cover.id, cover.about, cover.scope, cover.exhaustive) == ("schools", ROOT, ROOT, True)
    assert cover.period != Period()
    assert [off.analysis for off in topic.switched_off] == ["ANA-A8"]
    assert laid_out(TOPIC.encode(), "trial.yaml") == TOPIC


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("topic: trial", "topic: Trial", "bad-id", 1),
        ("exhaustive: true", "exhaustive: 'true'", "boolean-expected", 11),
        ("about: organization", "about: organisation", "unknown-list", 8),
        ("kind: school", "kin: school", "unknown-field", 12),
        ("ANA-A8", "ANA-A80", "unknown-value", 14),
        ("through: 2025-12-31", "through: 2024-12-31", "period-ends-before-it-starts", 10),
        ("    why: {ru: так надо, en: on purpose}\n", "", "missing-key", 14),
        ("switched_off", "switchedoff", "unknown-key", 13),
    ],
)
def test_a_mistake_in_a_topic_is_told_at_its_place(old: str, new: str, code: str, line: int) -> None:
    assert old in TOPIC
    with pytest.raises(InputError) as refused:
        library_of(files_of(OFFER, {"topics/trial.yaml": TOPIC.replace(old, new)}))
    (problem,) = refused.value.problems
    assert (problem.code, problem.file) == (code, "topics/trial.yaml")
    assert problem.span is not None
    assert problem.span.line == line


# --- parameters -----------------------------------------------------------------------------------------------

ROWS = """parameter: t-day
title: {ru: День, en: Day}
type: date
rows:
  - {through: 2025-03-31, value: 2025-01-01, cites: [{act: t-act, at: ст. 1}]}
  - {from: 2025-05-01, value: 2025-06-01, cites: [{act: t-act, at: ст. 1}]}
"""


def test_a_hole_between_rows_is_told_unless_it_is_meant() -> None:
    uses = norm(
        "T-ONE", "applies_when: {kind: school}\nrequired: {roadmap: {started_on: {before: {param: t-day}}}}"
    )
    meant = ROWS.replace("type: date\n", "type: date\ngaps: intended\n")
    report = report_of(library_of(files_of(uses, {"parameters/t-day.yaml": ROWS})))
    (hole,) = found(report, "ANA-A10")
    assert hole["days"] == {"first": "2025-04-01", "last": "2025-04-30"}
    library = library_of(files_of(uses, {"parameters/t-day.yaml": meant}))
    assert library.policies.parameters["t-day"].gaps_intended
    assert found(report_of(library), "ANA-A10") == []
    with pytest.raises(InputError, match="unknown-value"):
        library_of(files_of(uses, {"parameters/t-day.yaml": meant.replace("intended", "meant")}))


def _gaps(rows: str) -> tuple[list[tuple[str | None, str | None]], list[str]]:
    """The days that rows leave out, as `prove` tells them, and what `lint` says of them."""
    uses = norm(
        "T-ONE", "applies_when: {kind: school}\nrequired: {roadmap: {started_on: {before: {param: t-day}}}}"
    )
    head = "parameter: t-day\ntitle: {ru: День, en: Day}\ntype: date\nrows:\n"
    cites = "cites: [{act: t-act, at: ст. 1}]"
    lines = "".join(f"  - {{{row}, value: 2025-01-01, {cites}}}\n" for row in rows.splitlines())
    files = files_of(uses, {"parameters/t-day.yaml": head + lines})
    proved = found(report_of(library_of(files), Asked(frozenset({"ANA-A10"}))), "ANA-A10")
    days = [(one["days"]["first"], one["days"]["last"]) for one in proved if one["days"] is not None]
    texts = [PolicyText(place, place, text.encode()) for place, text in files.items()]
    pack = Pack(texts, inspect(texts, VOCABULARY))
    linted = [problem.message.en for problem in gaps_between_rows(pack)]
    return days, linted


OWN = "region: '50', through: 2025-03-31\nregion: '50', from: 2025-05-01\n"


@pytest.mark.parametrize(
    ("others", "left"),
    [
        ("", [("2025-04-01", "2025-04-30")]),
        ("from: 2025-01-01", []),
        ("from: 2025-04-01, through: 2025-04-15\nfrom: 2025-04-16", []),
        ("from: 2025-04-10, through: 2025-04-20", [("2025-04-01", "2025-04-09"), ("2025-04-21", "2025-04-30")]),
        ("through: 2025-04-20", [("2025-04-21", "2025-04-30")]),
        ("kind: school", [("2025-04-01", "2025-04-30")]),
    ],
)
def test_a_row_that_asks_for_less_speaks_in_the_gaps_of_those_that_ask_for_more(
    others: str, left: list[tuple[str, str]]
) -> None:
    proved, linted = _gaps(OWN + others)
    assert proved == left
    assert bool(linted) == bool(left)


# --- invariants -----------------------------------------------------------------------------------------------


def test_every_invariant_can_be_read_and_is_told_in_both_languages() -> None:
    stated = SCHEMA["x-invariants"]
    assert list(VOCABULARY.invariants) == [one["name"] for one in stated]
    for one in stated:
        assert set(one) == {"name", "title", "about", "holds", "why", "cites"}
        assert all(one[key][language].strip() for key in ("title", "why") for language in ("ru", "en"))


def test_no_example_of_a_shipped_policy_breaks_an_invariant() -> None:
    library = load_library(())
    looked_at = 0
    for case in examples_of(library):
        assert isinstance(case, ExampleCase)
        snapshot = case.facts()
        for name, one in VOCABULARY.invariants.items():
            for _, env in environments(snapshot, in_vocabulary(VOCABULARY, one.about)):
                whole = Case(library.policies, snapshot, snapshot.as_of, overrides_of(), Interval(0, 0))
                assert evaluate(whole, env, one.when).truth is not Truth.FALSE, (case.policy.id, case.name, name)
                looked_at += 1
    assert looked_at > 1000


def test_an_invariant_is_broken_by_what_it_speaks_of() -> None:
    dead = norm("T-ONE", "applies_when: {kind: state_body, founder: private}\nrequired: {sferum_connected: true}")
    assert [one["core"][0] for one in found(report_of(library_of(files_of(dead))), "ANA-A1")] == [ROOT]


def test_facts_that_never_come_are_fields_or_lists_of_snapshots() -> None:
    sources = SCHEMA["properties"]["source"]["x-values"]
    assert set(VOCABULARY.never_provided) <= set(sources)
    for told in VOCABULARY.never_provided.values():
        for path in told.paths:
            holder, _, name = path.rpartition(".")
            assert path in VOCABULARY.lists or name in VOCABULARY.record_of(holder or ROOT).fields
        assert told.why.ru
        assert told.why.en


def test_the_analyses_a_topic_can_name_are_those_there_are() -> None:
    schema = json.loads(schema_bytes("policy"))
    off = schema["$defs"]["file_topic"]["properties"]["switched_off"]["items"]["properties"]["analysis"]
    assert off["enum"] == list(ANALYSES)
