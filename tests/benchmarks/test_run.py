"""The benchmarks measure what they say: the data are sound and repeatable, the table is printed, peers are told."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

FOLDER = Path(__file__).parents[2] / "benchmarks"
RULES = FOLDER / "peers" / "policies"


@pytest.fixture(autouse=True)
def _benchmarks_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(FOLDER))


@pytest.fixture
def made() -> ModuleType:
    """The generator."""
    import organizations

    return organizations


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments], cwd=FOLDER.parent, capture_output=True, encoding="utf-8", check=False
    )


def test_the_same_seed_gives_the_same_bytes_on_every_machine(made: ModuleType) -> None:
    digest = hashlib.sha256()
    for number in (0, 1, 2, 3, 47, 9_999):
        digest.update(made.as_json(made.organization(number)))
    assert digest.hexdigest() == "5f2ae07ee23ed7d58fe0746ec881279910eccc7684a391bf0f06155777a5ddad"
    assert made.as_json(made.organization(3, seed=2)) != made.as_json(made.organization(3))


def test_an_organization_is_the_same_whichever_others_are_asked_for(made: ModuleType) -> None:
    assert list(made.lines(3, start=5)) == list(made.lines(8))[5:]


def test_any_hundred_in_a_row_hold_the_same_kinds_and_nearly_the_same_size(made: ModuleType) -> None:
    mixes, sizes = [], []
    for start in (0, 130):
        hundred = [made.organization(number) for number in range(start, start + 100)]
        mixes.append(Counter(one["organization"]["kind"] for one in hundred))
        sizes.append(sum(len(made.as_json(one)) for one in hundred))
    assert mixes[0] == mixes[1]
    assert mixes[0]["school"] == 46
    assert mixes[0]["preschool"] == 48
    assert len(mixes[0]) == 8
    assert 0.9 < sizes[0] / sizes[1] < 1.1


def test_the_strict_reader_takes_an_organization_of_every_kind_without_a_word(made: ModuleType) -> None:
    from ours import Engine, compared

    from validator.language.source import read_json, read_yaml
    from validator.snapshots.read import read_snapshot

    engine = Engine(compared(["CMP-ORIGIN"]))
    library = engine.library
    smallest: dict[str, dict[str, Any]] = {}
    for number in range(100):
        one = made.organization(number)
        before = smallest.setdefault(one["organization"]["kind"], one)
        if len(one["people"]) < len(before["people"]):
            smallest[one["organization"]["kind"]] = one
    assert len(smallest) == 8
    for one in smallest.values():
        for document in (
            read_json(made.as_json(one), "organization.json"),
            read_yaml(made.as_yaml(one), "organization.yaml"),
        ):
            _, warnings = read_snapshot(document, library.vocabulary, library.names)
            assert warnings == []
        engine.read(made.as_json(one))
    assert engine.doubts == 0


def test_a_folder_holds_the_same_organizations_in_json_and_in_yaml(tmp_path: Path) -> None:
    import yaml

    for folder, more in (("json", ()), ("yaml", ("--yaml",))):
        told = run(str(FOLDER / "organizations.py"), "3", "--folder", str(tmp_path / folder), *more)
        assert told.returncode == 0, told.stderr
        assert "3 organizations, " in told.stderr
    for path in sorted((tmp_path / "json").iterdir()):
        document = json.loads(path.read_bytes())
        text = (tmp_path / "yaml" / f"{path.stem}.yaml").read_bytes()
        assert yaml.load(text, Loader=yaml.CBaseLoader) == json.loads(
            json.dumps(document).replace("true", '"true"').replace("false", '"false"'), parse_int=str
        )
    refused = run(str(FOLDER / "organizations.py"), "3", "--yaml")
    assert refused.returncode == 2
    assert "--yaml needs --folder" in refused.stderr


def test_every_rule_of_the_comparison_finds_violations(made: ModuleType) -> None:
    from ours import Engine, compared
    from peers import PEERS, REFERENCES, SIMPLE

    engine = Engine(compared([*SIMPLE, *REFERENCES]))
    found: Counter[str] = Counter()
    for line in made.lines(30):
        found.update(engine.violations(engine.read(line)))
    assert set(found) == {*SIMPLE, *REFERENCES}
    assert {path.stem for path in RULES.glob("norms/*/*.yaml")} == {*SIMPLE, *REFERENCES}
    assert all({*peer.expresses} <= {*SIMPLE, *REFERENCES} for peer in PEERS)


def test_the_examples_of_the_rules_of_the_comparison_hold() -> None:
    told = run("-m", "validator", "test", "--policies", "builtin", "--policies", str(RULES), "--lang", "en")
    assert told.returncode == 0, told.stdout + told.stderr


def test_copies_are_other_policies_with_other_constants_and_all_are_judged(made: ModuleType) -> None:
    from copies import copied
    from ours import Engine, shipped

    from validator.logic.expr import Meets, walk
    from validator.logic.frozen import replace

    library = shipped()
    line = next(line for line in made.lines(100) if len(line) < 60_000)
    plain = Engine(library)
    base = sum(len(one.codes) for one in plain.judge(plain.read(line)))
    for own in (False, True):
        policies = copied(library.policies, 2, definitions=own)
        assert len(policies.policies()) == 3 * len(library.policies.policies())
        assert len(policies.definitions) == (3 if own else 1) * len(library.policies.definitions)
        engine = Engine(replace(library, policies=policies))
        assert sum(len(one.codes) for one in engine.judge(engine.read(line))) == 3 * base
        first, second = (policies.norms[f"FM-BAN-COPY-{number}"].clauses[0].window for number in (1, 2))
        assert first != second
        applies = policies.norms["FM-BAN-COPY-2"].clauses[0].applies_when
        assert [part.definition for part in walk(applies) if isinstance(part, Meets)] == [
            "FM-ADDR-COPY-2" if own else "FM-ADDR"
        ]


def test_the_table_of_two_organizations_is_printed_without_other_engines() -> None:
    told = run(
        str(FOLDER / "run.py"), "--organizations", "2", "--rounds", "1", "--reference", "1", "--yaml", "1",
        "--no-peers", "--sections", "speed,growth,reference,yaml",
    )  # fmt: skip
    assert told.returncode == 0, told.stdout + told.stderr
    for expected in (
        "read and judge ÷ parse strictly",
        "goal ≤ 2.5",
        "peak memory",
        "20 organizations",
        "200 organizations                                       left out: ask --large",
        "reference bare ÷ compiled",
        "whole check ÷ events alone",
        "Other engines: left out by --no-peers",
    ):
        assert expected in told.stdout


def test_a_section_that_fails_is_told_and_ends_with_one(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import run as benchmark

    def broken(_plan: object) -> None:
        raise RuntimeError("no such engine")

    monkeypatch.setattr(benchmark, "SECTIONS", {"broken": broken})
    monkeypatch.setattr(sys, "argv", ["run.py", "--no-peers", "--sections", "broken"])
    assert benchmark.main() == 1
    assert "could not be measured: no such engine" in capsys.readouterr().out


def test_an_engine_that_counts_otherwise_voids_the_comparison(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import comparison
    import run as benchmark

    assert comparison.same_counts({"CMP-BOUND": 3}, {"CMP-BOUND": 3})
    assert not comparison.same_counts({"CMP-BOUND": 3}, {"CMP-BOUND": 2})
    assert not comparison.same_counts({}, {"CMP-BOUND": 1})
    assert "ours 2, theirs 3" in capsys.readouterr().out
    monkeypatch.setattr(benchmark, "others", lambda _plan: False)
    monkeypatch.setattr(sys, "argv", ["run.py", "--sections", "peers"])
    assert benchmark.main() == 1
    assert "counts differ" in capsys.readouterr().err


def test_an_engine_that_is_not_installed_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    import comparison
    from peers import Peer
    from table import Plan

    absent = Peer("An engine", "absent", "no-such-distribution", ("CMP-BOUND",), 0, 0)
    monkeypatch.setattr(comparison, "PEERS", (absent,))
    asked = comparison.Comparison(Plan(2, False, 1, 1, 1, tmp_path), "one rule", ["CMP-BOUND"], "")
    asked.run()
    told = capsys.readouterr().out
    assert "not installed: skipped" in told
    assert "none was measured" in told
    assert asked.equal
