"""`sverka prove` given what it can't use: one clear line with its place and the next step, and never a 0."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from importlib.machinery import ModuleSpec
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from tiny_sets import files_of, norm, write

from validator.cli.main import run

pytest.importorskip("z3")
OURS = ("SVERKA_", "LC_", "LANG", "GITHUB_")
SOUND = norm("T-ONE", "applies_when: {kind: school}\nrequired: {alternatives_offered: {contains: sms}}")
PROPERTY = """properties:
  - id: one
    title: {ru: Одно, en: One}
    when: [{policy: T-ONE, verdict: violation}]
    then: [{policy: T-ONE, is_not: ok}]
"""


class Ran(NamedTuple):
    """What a run left behind."""

    code: int
    out: str
    err: str


Prove = Callable[..., Ran]


@pytest.fixture
def prove(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Prove:
    """Runs the command, in English, in a folder that holds a sound set in `policies/` and nothing else."""
    for name in [name for name in os.environ if name.startswith(OURS)]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("SVERKA_CACHE_DIR", str(tmp_path / "cache"))
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    write(Path("policies"), files_of(SOUND))

    def ran(*arguments: str, lang: str = "en") -> Ran:
        capfd.readouterr()
        code = run(["prove", "--policies", "policies", "--lang", lang, *arguments])
        return Ran(code, *capfd.readouterr())

    return ran


def _refused(prove: Prove, *arguments: str) -> str:
    """What a run that is refused says in English; in Russian it says as many lines, in Russian."""
    english, russian = prove(*arguments), prove(*arguments, lang="ru")
    assert (english.code, english.out) == (russian.code, russian.out) == (2, "")
    assert len(english.err.splitlines()) == len(russian.err.splitlines())
    assert re.search("[а-яё]{3}", russian.err)
    assert not re.search("[а-яё]", english.err)
    return english.err


# --- files --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("option", ["--property", "--known"])
def test_a_file_that_is_not_there_or_is_none_is_named_with_what_to_do(prove: Prove, option: str) -> None:
    missing = _refused(prove, option, "away.yaml")
    assert missing == "away.yaml: there is no such file [unreadable-file]\n    check the name of the file\n"
    assert _refused(prove, option, "policies").startswith("policies: this is a folder, a file is wanted ")


@pytest.mark.parametrize("option", ["--property", "--known"])
@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\xff", "file.yaml:1:1: the file is not in UTF-8"),
        (b"", "file.yaml:1:1: there is no data in the file"),
        (b"- a: 1\n  b\n" * 200_000, "file.yaml:1:1: over the limit: size of a policy file"),
        (b"5\n", "file.yaml:1:1: "),
    ],
    ids=["binary", "empty", "huge", "number"],
)
def test_a_file_of_something_else_is_refused_at_its_place(
    prove: Prove, option: str, data: bytes, told: str
) -> None:
    Path("file.yaml").write_bytes(data)
    assert _refused(prove, option, "file.yaml").startswith(told)


def test_a_file_without_end_is_not_read_to_its_end(prove: Prove) -> None:
    if not Path("/dev/zero").exists():
        pytest.skip("there is no endless file here")
    assert "over the limit" in _refused(prove, "--property", "/dev/zero")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("{policy: T-ONE, verdict", "{policy: T-ON, verdict", "file.yaml:4:21: unknown policy `T-ON`"),
        ("verdict: violation", "verdict: violaton", "file.yaml:4:37: unknown verdict `violaton`"),
        ("then:", "than:", "file.yaml:5:5: unknown key `than`"),
        ("is_not: ok", "is_not: ok, verdict: ok", "file.yaml:5:12: one of `verdict` and `is_not` is wanted"),
    ],
)
def test_a_misspelt_word_of_a_property_is_shown_where_it_stands(
    prove: Prove, old: str, new: str, told: str
) -> None:
    Path("file.yaml").write_text(PROPERTY.replace(old, new), encoding="utf-8")
    assert told in _refused(prove, "--property", "file.yaml")


def test_mistakes_of_all_files_are_told_together(prove: Prove) -> None:
    Path("file.yaml").write_text(PROPERTY.replace("T-ONE", "T-ON"), encoding="utf-8")
    told = _refused(prove, "--property", "file.yaml", "--known", "away.yaml", "--property", "gone.yaml")
    for place in ("file.yaml:4:21: ", "away.yaml: ", "gone.yaml: "):
        assert place in told


def test_an_entry_that_is_over_or_fits_nothing_says_what_to_do(prove: Prove) -> None:
    entry = "{digest: 0123456789abcdef, owner: a, reason: {ru: а, en: a}, through: 2027-01-01}"
    Path("known.yaml").write_text(f"known: [{entry}]\n", encoding="utf-8")
    ran = prove("--known", "known.yaml")
    assert ran.code == 1
    place, help_ = ran.out.splitlines()[:2]
    assert place.startswith("known.yaml:1:9: 0123456789abcdef: there is no such finding any more")
    assert help_.startswith("    remove the entry")
    over = prove("--known", "known.yaml", "--today", "2027-01-02", lang="ru")
    assert "продлите `through`" in over.out.splitlines()[1]


# --- nothing to do ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "option"), [("ANA-A15", "--changed"), ("ANA-A16", "--waivers"), ("ANA-A19", "--property")]
)
def test_an_analysis_that_was_given_nothing_to_look_at_proves_nothing(prove: Prove, code: str, option: str) -> None:
    told = _refused(prove, "--only", code)
    assert f"`{code}`" in told
    assert f"add `{option} " in told


def test_a_set_without_norms_and_decisions_proves_nothing(prove: Prove) -> None:
    Path("policies/norms/trial/T-ONE.yaml").unlink()
    assert "there is nothing to prove: no norm and no decision (policies)" in _refused(prove)


def test_a_run_without_questions_does_not_speak_of_proofs(prove: Prove) -> None:
    ran = prove("--only", "ANA-A6")
    assert "No question was put, so nothing is proved." in ran.out
    assert "What is proved holds" not in ran.out


@pytest.mark.parametrize("value", ["abc", "0", "nan", "-1", "1e9"])
def test_a_time_that_is_none_is_refused_in_plain_words(prove: Prove, value: str) -> None:
    assert f"`{value}` does not do: a number of seconds from 0.001 to 3600" in _refused(prove, "--timeout", value)


# --- git ----------------------------------------------------------------------------------------------------------


def _git(*arguments: str) -> None:
    identity = ("-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "init.defaultBranch=main")
    subprocess.run(["git", *identity, *arguments], check=True, capture_output=True)


def test_without_git_the_whole_set_can_be_proved(prove: Prove, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(Path.cwd().parent))
    told = _refused(prove, "--changed", "HEAD")
    assert told.startswith("policies: the folder lies in no git repository [git-repository]\n")
    assert "without `--changed` the whole set is proved" in told


def test_a_folder_that_the_revision_does_not_hold_is_told_about(prove: Prove) -> None:
    _git("init")
    _git("commit", "--allow-empty", "-m", "nothing")
    assert "there is no such revision: `nope`" in _refused(prove, "--changed", "nope")
    ran = prove("--changed", "HEAD", "--only", "ANA-A3", "-o", "json")
    assert ran.err.startswith("policies: there is no such folder in HEAD, all of its policies count as new\n")
    assert json.loads(ran.out)["scope"]["policies"] == ["T-ONE"]


# --- the solver ---------------------------------------------------------------------------------------------------


class _Blocker:
    """Stands in the way of an import, as an environment without the solver does, or one that forbids it."""

    def find_spec(self, name: str, *_: Any, **__: Any) -> ModuleSpec | None:
        if name == "z3":
            raise ModuleNotFoundError("No module named 'z3'", name="z3")
        return None


def test_a_solver_that_can_not_be_imported_is_missing(prove: Prove, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "z3", raising=False)
    monkeypatch.setattr(sys, "meta_path", [_Blocker(), *sys.meta_path])
    assert 'pip install "sverka[prove]"' in _refused(prove)


@pytest.mark.parametrize("arguments", [("prove",), ("test", "--mutants")])
def test_a_solver_that_is_installed_and_broken_is_no_fault_of_the_program(
    tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    (tmp_path / "z3").mkdir()
    code = 'print("Could not find libz3.so")\nraise RuntimeError("libz3.so not found.")\n'
    (tmp_path / "z3" / "__init__.py").write_text(code, encoding="utf-8")
    case = "cases: [{name: met, change: {organization: {alternatives_offered: [sms]}}, expect: met}]"
    tested = {place: text.replace("cases: []", case) for place, text in SOUND.items()}
    write(tmp_path / "policies", files_of(tested))
    ran = subprocess.run(
        [sys.executable, "-m", "validator", *arguments, "--policies", "policies", "--lang", "en"],
        env={**os.environ, "PYTHONPATH": str(tmp_path), "SVERKA_CACHE_DIR": str(tmp_path / "cache")},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert (ran.returncode, ran.stdout) == (2, "")
    assert "the solver is installed and can't be loaded: libz3.so not found." in ran.stderr
    assert "pip install --force-reinstall" in ran.stderr
