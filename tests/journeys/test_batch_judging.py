"""One document judged in a batch: the rows are those of `check`, with evidence or without, waived or not."""

from __future__ import annotations

import hashlib
import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "interpreters"))
from worlds import REAL

from validator.interpreters.compile.program import Program
from validator.interpreters.strategies import Menu, forget, random_document, random_policies, seeded
from validator.journeys.assemble import count
from validator.journeys.batch import judging
from validator.journeys.batch.judging import EvidenceLevel, Judge, Terms
from validator.journeys.batch.records import SECTIONS, Record, decode, encode
from validator.journeys.batch.rows import short
from validator.journeys.check import check
from validator.journeys.gate import DEFAULT_GATE
from validator.journeys.rollup.persons import persons_of
from validator.journeys.waivers.waiving import Waiving
from validator.language.library import Library, load, read_folder
from validator.language.vocabulary import read_vocabulary
from validator.logic.facts import Snapshot
from validator.logic.policy import PolicySet
from validator.logic.problem import InputError
from validator.logic.report import Result
from validator.resources import policies_folder, schema_bytes
from validator.snapshots.read import read_snapshot
from validator.snapshots.stream import Delivered, document_of
from validator.snapshots.waivers import read_waivers

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "fixtures" / "organizations").iterdir())
LEVELS = list(EvidenceLevel)


@pytest.fixture(scope="module")
def library() -> Library:
    return load(read_folder(policies_folder()), read_vocabulary(schema_bytes("snapshot")))


@pytest.fixture(scope="module")
def program(library: Library) -> Program:
    return Program(library.policies, library.vocabulary)


def judged(judge: Judge, item: Delivered) -> Record:
    return judge.judge(item, digest_of(item))


def digest_of(item: Delivered) -> str:
    return f"sha256:{hashlib.sha256(item.data).hexdigest()}"


def rows(record: Record, name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in record.sections.get(name, b"").splitlines()]


def wanted(level: EvidenceLevel, result: Result, library: Library) -> bool:
    match level:
        case EvidenceLevel.NONE:
            return False
        case EvidenceLevel.BLOCKING:
            return DEFAULT_GATE.blocks(result) != 0
        case EvidenceLevel.SUMMARY:
            return result["policy"] not in persons_of(library.policies, library.vocabulary)
        case EvidenceLevel.ALL:
            return True


def facts_of(library: Library, item: Delivered) -> Snapshot:
    return read_snapshot(document_of(item), library.vocabulary, library.names)[0]


def assert_agrees(record: Record, results: list[Result], level: EvidenceLevel, library: Library) -> None:
    """The rows of a record say what the results say."""
    found = [result for result in results if result["verdict"] != "ok" or result["disputed"]]
    assert rows(record, "findings") == [
        json.loads(json.dumps(result)) if wanted(level, result, library) else short(result) for result in found
    ]
    counted: Counter[tuple[str, str, str | None, bool]] = Counter(
        (result["policy"], result["verdict"], result["reason"], bool(result["disputed"])) for result in results
    )
    assert {(tally[0], tally[1], tally[2], tally[3]): tally.number for tally in record.tallies} == counted
    assert sum(tally.number for tally in record.tallies) == len(results)
    told = [(row["policy"], row["verdict"], row["reason"], row["disputed"]) for row in rows(record, "verdicts")]
    assert told == sorted(told, key=lambda key: (key[0], key[1], key[2] or "", key[3]))
    assert {*told} == {*counted}
    assert {*record.gates} == {DEFAULT_GATE.blocks(result) for result in results} - {0}


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_rows_of_a_document_are_those_of_check(
    library: Library, program: Program, file: Path, level: EvidenceLevel
) -> None:
    item = Delivered(file.name, file.read_bytes())
    record = judged(Judge(library, program, Terms(None, level)), item)
    assert_agrees(record, check(facts_of(library, item), library.policies), level, library)


@pytest.mark.parametrize("seed", range(24))
def test_the_rows_are_those_of_check_by_any_policies(seed: int) -> None:
    choose = seeded(seed)
    policies = random_policies(REAL, choose, 6, Menu(known=True))
    library = of_random(policies)
    program = Program(policies, REAL.vocabulary)
    judge = {level: Judge(library, program, Terms(None, level)) for level in LEVELS}
    compared = 0
    for _ in range(4):
        document = random_document(REAL, choose)
        if choose.chance(50):
            document = forget(REAL, choose, document, 30)
        item = Delivered("organization.json", json.dumps(document, ensure_ascii=False, default=str).encode())
        try:
            snapshot = facts_of(library, item)
        except InputError:
            assert judged(judge[EvidenceLevel.NONE], item).key is None
            continue
        results = check(snapshot, policies)
        for level in LEVELS:
            assert_agrees(judged(judge[level], item), results, level, library)
            compared += 1
    assert compared


def of_random(policies: PolicySet) -> Library:
    return Library(policies, {}, REAL.names, REAL.vocabulary, ())


def test_without_evidence_a_sound_json_document_is_read_once_and_quickly(
    library: Library, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(judging, "read_snapshot", None)
    file = ROOT / "fixtures" / "organizations" / "school-coercion-order.json"
    record = judged(
        Judge(library, program, Terms(None, EvidenceLevel.NONE)), Delivered(file.name, file.read_bytes())
    )
    assert record.key is not None


@pytest.mark.parametrize("level", LEVELS)
def test_what_is_waived_is_waived_as_in_check(library: Library, program: Program, level: EvidenceLevel) -> None:
    folder = ROOT / "fixtures" / "waivers" / "school"
    waivers = read_waivers([Delivered("waivers.yaml", (folder / "waivers.yaml").read_bytes())])
    judge = Judge(library, program, Terms(None, level, waivers))
    waived = 0
    for file in [*FILES, folder / "snapshot.yaml"]:
        item = Delivered(file.name, file.read_bytes())
        snapshot = facts_of(library, item)
        own = Waiving(waivers, library.policies, library.vocabulary.root)
        results = own.apply(snapshot, check(snapshot, library.policies))
        record = judged(judge, item)
        assert_agrees(record, results, level, library)
        assert bool(rows(record, "waivers")) == own.concerns(snapshot)
        waived += count(results)["waived"]
    assert waived


def test_a_broken_document_is_put_aside_with_its_problems(library: Library, program: Program) -> None:
    item = Delivered("a.json", b'{"schema": "sverka.snapshot/1", "schema": 1}')
    record = judged(Judge(library, program, Terms(None, EvidenceLevel.NONE)), item)
    assert record.key is None
    (row,) = rows(record, "quarantine")
    assert (row["code"], row["file"], row["line"], row["column"]) == ("duplicate-key", "a.json", 1, 33)
    assert row["digest"] == digest_of(item)
    assert not any(record.sections.get(name) for name in SECTIONS if name != "quarantine")


def test_a_record_comes_back_from_its_bytes(library: Library, program: Program) -> None:
    judge = Judge(library, program, Terms(None, EvidenceLevel.BLOCKING))
    for file in FILES:
        record = judged(judge, Delivered(file.name, file.read_bytes()))
        again = decode(encode(record))
        assert again._replace(sections={}) == record._replace(sections={})
        assert all(again.sections[name] == record.sections.get(name, b"") for name in SECTIONS)


@pytest.mark.parametrize("data", [b"", b"{}\n", b"[]\n", b"null\n", b'{"sections":[1,0,0,0,0,0]}\n', b"\xff\n"])
def test_what_is_no_record_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match=r".*"):
        decode(data)


def test_a_damaged_record_is_refused(library: Library, program: Program) -> None:
    file = FILES[0]
    judge = Judge(library, program, Terms(None, EvidenceLevel.NONE))
    data = encode(judged(judge, Delivered(file.name, file.read_bytes())))
    for cut in range(0, len(data) - 1, 97):
        with pytest.raises(ValueError, match=r".*"):
            decode(data[:cut])
