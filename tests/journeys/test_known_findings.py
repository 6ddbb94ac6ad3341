"""Known findings of a batch are marked when a record is admitted, so that marking again changes nothing."""

from __future__ import annotations

import json
from typing import Any

import pytest

from validator.journeys.baseline import Recognizer
from validator.journeys.batch.known import KnownFindings
from validator.journeys.batch.ledger import Ledger, replayed
from validator.journeys.batch.records import Record, lines_of
from validator.journeys.gate import DEFAULT_GATE, Gate, gate_of
from validator.language.library import Library, load, read_folder
from validator.language.vocabulary import read_vocabulary
from validator.logic.baseline import Baseline, Entry, Key
from validator.logic.batch import Group, Tally
from validator.logic.problem import Problem, Span
from validator.logic.text import Text
from validator.resources import named_policies, schema_bytes

ONE = "7800000002"


@pytest.fixture(scope="module")
def library() -> Library:
    return load(read_folder(named_policies("builtin")), read_vocabulary(schema_bytes("snapshot")))


def row(ref: str, verdict: str = "violation", **more: Any) -> dict[str, Any]:
    found = {"organization": ONE, "as_of": "2025-10-01", "law_date": "2025-10-01", "policy": "FM-BAN"}
    found |= {"kind": "norm", "severity": "critical", "subject": "uses[0]", "ref": ref}
    return {**found, "verdict": verdict, "reason": None, "disputed": None, **more}


def record(*rows: dict[str, Any], organization: str = ONE) -> Record:
    whose = {"organization": organization, "as_of": "2025-10-01", "law_date": "2025-10-01", "name": "«Ш»"}
    place = {"region": "78", "municipality": None, "kind": "school"}
    tallies = tuple(Tally("FM-BAN", one["verdict"], None, False, 1) for one in rows)
    verdicts = [
        {"policy": t.policy, "verdict": t.verdict, "reason": None, "disputed": False, "number": 1} for t in tallies
    ]
    sections = {
        "organizations": lines_of([{**whose, **place}]),
        "verdicts": lines_of(verdicts),
        "findings": lines_of(rows),
    }
    key, group = (organization, "2025-10-01"), Group("78", None, "school")
    return Record(f"{organization}.json", "sha256:1", 10, key, group, tallies, (1, 3), sections)


def known_findings(library: Library, *refs: str, gate: Gate = DEFAULT_GATE) -> KnownFindings:
    keys = [Key(ONE, "FM-BAN", f"uses[{ref}]") for ref in refs]
    entries = {key: Entry(key, "violation", 1, Span("known.json", 1, 1, 1, 2)) for key in keys}
    recognizer = Recognizer(Baseline("known.json", "sha256:2", entries), library.policies)
    return KnownFindings(recognizer, gate, library.policies)


def marks(found: Record) -> list[bool]:
    return [json.loads(line).get("baseline", False) for line in found.sections["findings"].splitlines()]


def test_known_lines_are_marked_and_the_others_keep_their_bytes(library: Library) -> None:
    given = record(row("u_1"), row("u_2", "unknown"), row("u_3"))
    found = known_findings(library, "u_1", "u_3").admit(given)
    assert marks(found) == [True, False, True]
    assert found.gates == (3,)
    before, after = (one.sections["findings"].splitlines() for one in (given, found))
    assert after[1] == before[1]
    assert json.loads(after[0]) == {**json.loads(before[0]), "baseline": True}


def test_the_gate_is_asked_again_for_what_is_not_known(library: Library) -> None:
    given = record(row("u_1"), row("u_2", severity="low"), row("u_3", "unknown"))
    assert known_findings(library, "u_1", gate=gate_of(["prohibition"], "never", "ignore")).admit(given).gates == (
        1,
    )
    assert known_findings(library, "u_1", gate=gate_of(["obligation"], "never", "ignore")).admit(given).gates == ()
    decision = record(row("u_9", "unknown", policy="XF-AUTO", kind="decision", severity=None))
    assert known_findings(library, "u_1").admit(decision).gates == ()


def test_a_record_of_another_organization_is_left_alone(library: Library) -> None:
    given = record(row("u_1"), organization="7800000108")
    assert known_findings(library, "u_1").admit(given) is given


def test_what_was_written_before_an_interruption_comes_out_the_same(library: Library) -> None:
    given = record(row("u_1"), row("u_2"))
    first = known_findings(library, "u_1").admit(given)
    again = known_findings(library, "u_1")
    second = again.admit(replayed(first._replace(group=None, tallies=())))
    assert (second.sections, second.gates, second.tallies) == (first.sections, first.gates, first.tallies)
    # It is another record than the one that was written, so it never gets into the cache of the next batch.
    assert second is not first
    assert known_findings(library, "u_2").admit(first).sections["findings"].count(b'"baseline"') == 1


def test_a_ledger_counts_only_what_is_not_known_and_takes_that_back_too(library: Library) -> None:
    ledger = Ledger(None, library.policies, library.vocabulary, known_findings(library, "u_1"))
    assert ledger.known is not None
    written = ledger.admit(record(row("u_1")))
    assert ledger.gates == frozenset()
    assert (ledger.counts()["violation"], ledger.known.use()["known"]) == (1, 1)
    ledger.retract(written, Problem("x", Text("x", "x"), Text("", "")))
    use = ledger.known.use()
    assert (use["known"], use["not_judged"]) == (0, 1)
    assert ledger.counts()["violation"] == 0


def test_without_a_list_a_ledger_writes_the_record_that_it_is_given(library: Library) -> None:
    given = record(row("u_1"))
    ledger = Ledger(None, library.policies, library.vocabulary)
    assert ledger.admit(given) is given
    assert ledger.gates == {1, 3}
