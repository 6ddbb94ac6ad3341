"""`sverka prove` as its users call it: what it prints, in which form, and with which exit code."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from jsonschema import Draft202012Validator
from tiny_sets import files_of, norm, write

from validator.cli import prove_solver
from validator.cli.main import run
from validator.logic.proof import ANALYSES
from validator.resources import schema_bytes

pytest.importorskip("z3")
OURS = ("SVERKA_", "LC_", "LANG", "GITHUB_")
SOUND = norm("T-ONE", "applies_when: {kind: school}\nrequired: {alternatives_offered: {contains: sms}}")
ALWAYS = norm("T-ONE", "applies_when: {kind: school}\nrequired: {any: [{kind: school}]}")


class Ran(NamedTuple):
    """What a run left behind."""

    code: int
    out: str
    err: str


Sverka = Callable[..., Ran]


@pytest.fixture
def prove(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Sverka:
    """Runs the command in an empty folder, in English, with a cache of its own."""
    for name in [name for name in os.environ if name.startswith(OURS)]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("SVERKA_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("SVERKA_LANG", "en")
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")

    def ran(*arguments: str) -> Ran:
        capfd.readouterr()
        code = run(["prove", *arguments])
        return Ran(code, *capfd.readouterr())

    return ran


def _set(files: dict[str, str]) -> str:
    write(Path("policies"), files_of(files))
    return "policies"


def _json(ran: Ran) -> Any:
    report = json.loads(ran.out)
    Draft202012Validator(json.loads(schema_bytes("prove"))).validate(report)
    return report


# --- exit codes ---------------------------------------------------------------------------------------------------


def test_a_consistent_set_ends_with_0_once_bounded_answers_are_accepted(prove: Sverka) -> None:
    body = "applies_when: {max_status: refused}\nrequired: {channels: {some: {kind: sms}}}"
    folder = _set(norm("T-ONE", body, about="guardians", base="{item: {max_status: refused}}"))
    strict, lenient = prove("--policies", folder), prove("--policies", folder, "--accept-bounded")
    assert (strict.code, lenient.code) == (3, 0)
    assert "none found, not everything looked at: 1" in strict.out
    assert lenient.out.endswith("Exit code: 0 (all is proved or acknowledged)\n")


def test_a_finding_ends_with_1_and_tells_place_digest_and_what_to_do(prove: Sverka) -> None:
    ran = prove("--policies", _set(ALWAYS))
    assert ran.code == 1
    assert "ANA-A3 error: `T-ONE` can't be violated [" in ran.out
    assert "T-ONE: policies/norms/trial/T-ONE.yaml:2:7" in ran.out
    assert "--known" in ran.out
    russian = prove("--policies", "policies", "--lang", "ru")
    assert "ANA-A3 ошибка: `T-ONE` невозможно нарушить [" in russian.out


def test_a_broken_set_and_a_mistake_of_the_command_line_end_with_2(prove: Sverka) -> None:
    broken = {"norms/trial/T-ONE.yaml": SOUND["norms/trial/T-ONE.yaml"].replace("kind: school}", "knd: school}")}
    assert prove("--policies", _set(broken)).code == 2
    ran = prove("--only", "ANA-A99")
    assert (ran.code, ran.out) == (2, "")
    assert "there is no analysis `ANA-A99`" in ran.err
    assert prove("--policies", "nowhere").code == 2
    assert prove("--property", "nowhere.yaml").code == 2


def test_without_the_solver_the_command_says_how_to_get_it(prove: Sverka, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prove_solver, "find_spec", lambda _: None)
    ran = prove("--policies", _set(SOUND))
    assert (ran.code, ran.out) == (2, "")
    assert 'pip install "sverka[prove]"' in ran.err


def test_a_question_that_takes_too_long_is_undecided_and_never_a_0(
    prove: Sverka, monkeypatch: pytest.MonkeyPatch
) -> None:
    import validator.interpreters.smt.ask as asking
    from validator.interpreters.smt.answer import Answer
    from validator.logic.proof import Status

    monkeypatch.setattr(asking, "ask", lambda *_, **__: Answer(Status.UNDECIDED, None, {}, exact=False))
    ran = prove("--policies", _set(SOUND), "--accept-bounded", "--only", "ANA-A3")
    assert ran.code == 3
    assert "undecided: 1" in ran.out


def test_the_analyses_are_listed(prove: Sverka) -> None:
    ran = prove("--list")
    assert ran.code == 0
    assert len(ran.out.splitlines()) == len(ANALYSES)


# --- known findings -----------------------------------------------------------------------------------------------


def _known(digest: str, through: str = "2027-12-31") -> str:
    text = f"known: [{{digest: {digest}, owner: отдел, reason: {{ru: так, en: so}}, through: {through}}}]\n"
    Path("known.yaml").write_text(text, encoding="utf-8")
    return "known.yaml"


def test_a_finding_lives_through_acknowledgement_expiry_and_an_edit(prove: Sverka) -> None:
    folder = _set(ALWAYS)
    only = ("--policies", folder, "--accept-bounded")
    (digest,) = {one["digest"] for one in _json(prove(*only, "-o", "json"))["findings"] if one["weight"] == "error"}
    assert prove(*only, "--known", _known(digest)).code == 0
    over = prove(*only, "--known", _known(digest, "2025-01-01"), "--today", "2025-01-02")
    assert over.code == 1
    assert "known.yaml:1:9" in over.out
    assert "the entry is over" in over.out
    _set(norm("T-ONE", "applies_when: {kind: preschool}\nrequired: {any: [{kind: preschool}]}"))
    edited = prove(*only, "--known", _known(digest))
    assert edited.code == 1
    assert "there is no such finding any more" in edited.out
    assert "`T-ONE` can't be violated" in edited.out


def test_known_findings_beside_the_policies_are_found_by_themselves(prove: Sverka) -> None:
    folder = _set(ALWAYS)
    found = _json(prove("--policies", folder, "-o", "json"))["findings"]
    Path(_known(found[0]["digest"])).rename(Path(folder) / "prove-known.yaml")
    assert prove("--policies", folder, "--accept-bounded").code == 0


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        ("{digest: short, owner: a, reason: {ru: а, en: a}, through: 2027-01-01}", "unknown-value"),
        ("{digest: 0123456789abcdef, owner: a, reason: {ru: а, en: a}}", "missing-key"),
        ("{digest: 0123456789abcdef, owner: a, reason: {ru: а}, through: 2027-01-01}", "missing-translation"),
        ("{digest: 0123456789abcdef, owner: a, reason: {ru: а, en: a}, through: tomorrow}", "date-expected"),
    ],
)
def test_a_mistake_in_known_findings_is_told_at_its_place(prove: Sverka, entry: str, code: str) -> None:
    Path("known.yaml").write_text(f"known: [{entry}]\n", encoding="utf-8")
    ran = prove("--policies", _set(SOUND), "--known", "known.yaml")
    assert (ran.code, ran.out) == (2, "")
    assert f"[{code}]" in ran.err
    assert ran.err.startswith("known.yaml:1:")


# --- formats ------------------------------------------------------------------------------------------------------


def test_two_runs_give_the_same_bytes_with_and_without_kept_answers(prove: Sverka) -> None:
    folder = _set(ALWAYS | norm("T-TWO", "applies_when: {kind: school}\nrequired: {sferum_connected: true}"))
    runs = [prove("--policies", folder, "-o", "json").out for _ in range(2)]
    os.environ["SVERKA_CACHE_DIR"] = str(Path("other").absolute())
    runs.append(prove("--policies", folder, "-o", "json").out)
    assert len(set(runs)) == 1
    assert _json(Ran(0, runs[0], ""))["counts"]["errors"] == 1


def test_sarif_names_the_rule_the_place_and_the_digest(prove: Sverka) -> None:
    folder = _set(ALWAYS)
    ran = prove("--policies", folder, "-o", "sarif", "-o", "json=report.json")
    (log,) = json.loads(ran.out)["runs"]
    finding = json.loads(Path("report.json").read_text(encoding="utf-8"))["findings"][0]
    (result,) = [one for one in log["results"] if one["ruleId"] == "ANA-A3"]
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "policies/norms/trial/T-ONE.yaml"
    assert result["partialFingerprints"] == {"sverka/1": finding["digest"]}
    assert log["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == "ANA-A3"


def test_the_statement_tells_what_was_proved_and_what_was_not(prove: Sverka) -> None:
    report = _json(prove("--policies", _set(SOUND), "-o", "json"))
    told = " ".join(sentence["en"] for sentence in report["statement"])
    for words in (
        "lists of any length",
        "Only for lists up to the length shown: nothing",
        "Solver: z3",
        "as written",
    ):
        assert words in told
    assert all(sentence["ru"] for sentence in report["statement"])


# --- changes ------------------------------------------------------------------------------------------------------


def _git(*arguments: str) -> None:
    identity = ("-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "init.defaultBranch=main")
    subprocess.run(["git", *identity, *arguments], check=True, capture_output=True)


def test_changed_asks_about_changed_policies_only_and_says_what_the_change_changes(prove: Sverka) -> None:
    other = norm("T-TWO", "applies_when: {kind: school}\nrequired: {sferum_connected: true}")
    folder = _set(SOUND | other)
    _git("init")
    _git("add", "policies")
    _git("commit", "-m", "first")
    same = prove("--policies", folder, "--changed", "HEAD", "--accept-bounded")
    assert same.code == 0
    assert "no policy has changed in meaning" in same.err
    _set(norm("T-ONE", "applies_when: {kind: school}\nrequired: {alternatives_offered: {contains: email}}") | other)
    ran = prove("--policies", folder, "--changed", "HEAD", "-o", "json")
    assert ran.code == 0  # nothing is amiss, and all that was asked is settled
    report = _json(ran)
    told = report["statement"][0]["en"]
    assert told.startswith("Only what has changed since HEAD was asked about: `T-ONE`. Of the rest of the set")
    assert report["scope"]["policies"] == ["T-ONE"]
    alone = {tuple(one["policies"]) for one in report["questions"] if len(one["policies"]) == 1}
    assert alone == {("T-ONE",)}
    flips = [one["core"][-2:] for one in report["findings"] if one["analysis"] == "ANA-A15"]
    assert ["ok", "violation"] in flips
    assert ["summary", "incomparable with the old one"] in flips


def test_the_shipped_set_has_no_revisions_and_stands_unchanged_beside_a_folder_that_has(prove: Sverka) -> None:
    alone = prove("--changed", "HEAD")
    assert (alone.code, alone.out) == (2, "")
    assert "--policies builtin --policies my-folder" in alone.err
    folder = _set(SOUND)
    _git("init")
    _git("add", "policies")
    _git("commit", "-m", "first")
    both = ("--policies", "builtin", "--policies", folder, "--changed", "HEAD")
    same = prove(*both)
    assert same.code == 0
    assert same.out.endswith("Exit code: 0 (no policy has changed in meaning)\n")
    _set({place: text.replace("sms", "email") for place, text in SOUND.items()})
    report = _json(prove(*both, "-o", "json", "--only", "ANA-A15"))
    assert report["scope"]["policies"] == ["T-ONE"]
    assert {involved["id"] for one in report["findings"] for involved in one["policies"]} == {"T-ONE"}


def test_a_second_opinion_agrees_and_is_counted(prove: Sverka) -> None:
    ran = prove("--policies", _set(SOUND), "--second-opinion", "--only", "ANA-A3", "--accept-bounded")
    assert ran.code == 0
    assert "Second opinion (no bounds on the length of lists): " in ran.out
    assert " 0 agree" not in ran.out
