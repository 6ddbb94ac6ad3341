"""`sverka test` on case files: cases that are kept apart from the policies they are about."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from workplace import Folder, Ran

ROOT = Path(__file__).resolve().parents[2]
INLINE = """policy: T-CONNECT
as_of: 2025-10-01
base: {organization: {kind: school, sferum_connected: true}}
cases:
  - {name: connected, expect: met}
  - {name: not connected, change: {organization: {sferum_connected: false}}, expect: violation}
"""
WITH_SNAPSHOT = """cases:
  - name: a school that is not connected
    policy: T-CONNECT
    snapshot: schools/bad.json
    expect: violation
    force: federal_law
    message: is not connected
  - name: by the law of an earlier day
    policy: T-CONNECT
    snapshot: schools/bad.json
    as_of: 2025-05-31
    expect: not_in_force
  - name: everything about it
    snapshot: schools/bad.json
    verdicts:
      - {policy: T-CONNECT, subject: organization, expect: violation}
    violations: [T-CONNECT]
"""


@pytest.fixture
def cases(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> Folder:
    """The folder, with case files in `cases` and snapshots beneath."""
    monkeypatch.chdir(folder.path)
    folder.snapshots = folder.path / "cases" / "schools"
    folder.snapshots.mkdir(parents=True)
    return folder


@pytest.fixture
def ran(sverka: Callable[..., Ran], cases: Folder) -> Callable[..., Ran]:
    assert Path.cwd() == cases.path

    def call(*arguments: object, lang: str = "en") -> Ran:
        return sverka("test", *arguments, "--policies", "policies", "--lang", lang)

    return call


Run = Callable[..., Ran]


def write(text: str, name: str = "cases/own.yaml") -> str:
    Path(name).write_text(text, encoding="utf-8")
    return name


# --- what is run ---------------------------------------------------------------------------------------------


def test_a_file_that_writes_its_facts_out(ran: Run) -> None:
    assert ran(write(INLINE)) == Ran(0, "Examples 2, mismatches 0\n", "")


def test_a_file_that_takes_snapshots(ran: Run, cases: Folder) -> None:
    cases.violating()
    assert ran(write(WITH_SNAPSHOT)) == Ran(0, "Examples 4, mismatches 0\n", "")


def test_a_folder_holds_case_files_and_their_snapshots(ran: Run, cases: Folder) -> None:
    cases.violating()
    write(WITH_SNAPSHOT)
    write(INLINE, "cases/other.yml")
    assert ran("cases") == Ran(0, "Examples 6, mismatches 0\n", "")


def test_policies_and_files_add_up(ran: Run) -> None:
    assert ran("T-CONNECT", write(INLINE)) == Ran(0, "Examples 3, mismatches 0\n", "")


def test_a_policy_is_the_policy_even_where_a_folder_has_its_name(ran: Run) -> None:
    Path("T-CONNECT").mkdir()
    write(INLINE, "T-CONNECT/own.yaml")
    assert ran("T-CONNECT").out == "Examples 1, mismatches 0\n"
    assert ran("./T-CONNECT").out == "Examples 2, mismatches 0\n"


def test_a_case_is_chosen_by_its_name_and_policy(ran: Run, cases: Folder) -> None:
    cases.violating()
    file = write(WITH_SNAPSHOT)
    assert ran(file, "--case", "everything about it").out == "Examples 2, mismatches 0\n"
    assert ran(file, "--policy", "T-CONNECT").out == "Examples 3, mismatches 0\n"
    found = ran(file, "--case", "everything about")
    assert (found.code, found.err) == (
        2,
        "sverka: there is no case `everything about`\n    did you mean `everything about it`?\n",
    )


def test_cases_of_files_count_for_coverage(ran: Run) -> None:
    found = ran(write(INLINE), "--coverage")
    # Shown: in force; connected, not connected. Not shown: before the window, nobody knows.
    assert "Coverage of conditions: 3 of 5 (60.0%); conditions 2\n" in found.out


def test_the_sample_cases_pass(sverka: Callable[..., Ran]) -> None:
    found = sverka("test", ROOT / "fixtures" / "cases", "--lang", "en")
    assert (found.code, found.err) == (0, "")
    assert found.out.endswith("mismatches 0\n")


# --- mismatches ----------------------------------------------------------------------------------------------


def test_a_mismatch_on_a_snapshot_names_the_file_of_the_facts(ran: Run, cases: Folder) -> None:
    cases.good("bad.json")
    found = ran(write(WITH_SNAPSHOT), "--case", "a school that is not connected")
    assert found.code == 1
    assert "    cases/own.yaml:5:13: expected `violation`, got `met` [example-mismatch]\n" in found.out
    assert "    What decided about organization (cases/schools/bad.json):\n" in found.out


def test_force_sanction_and_words_of_the_message_are_compared(ran: Run, cases: Folder) -> None:
    cases.violating()
    text = WITH_SNAPSHOT.replace("federal_law", "press")
    text = text.replace("is not connected\n  - name: by", "is wrong\n    sanction: yes\n  - name: by")
    found = ran(write(text), "--case", "a school that is not connected")
    assert found.code == 1
    assert "own.yaml:6:12: `force`: expected `press`, got `federal_law`" in found.out
    assert "own.yaml:7:14: `message`: expected `is wrong`, got `«Школа № 2» не подключена`" in found.out
    assert "own.yaml:8:15: `sanction`: expected `yes`, got `none`" in found.out


@pytest.mark.parametrize(("stated", "got"), [("[]", "T-CONNECT (organization)"), ("[T-CONNECT]", "—")])
def test_violations_are_all_there_are_and_no_others(ran: Run, cases: Folder, stated: str, got: str) -> None:
    (cases.violating if stated == "[]" else cases.good)("bad.json")
    file = write(f"cases:\n  - {{name: whole, snapshot: schools/bad.json, violations: {stated}}}\n")
    found = ran(file)
    expected = stated.strip("[]") or "—"
    assert found.code == 1
    assert f"whole\n    cases/own.yaml:2:59: `violations`: expected `{expected}`, got `{got}`" in found.out


def test_an_unknown_fact_is_stated_by_its_short_or_whole_path(ran: Run, cases: Folder) -> None:
    cases.unknown()
    case = "  - {name: NAME, policy: T-CONNECT, snapshot: schools/unknown.json, expect: unknown, missing: [PATH]}\n"
    paths = ("sferum_connected", "organization.sferum_connected", "founder")
    text = "cases:\n" + "".join(case.replace("NAME", path).replace("PATH", path) for path in paths)
    found = ran(write(text))
    assert found.out.count("[example-mismatch]") == 1
    assert "`missing`: expected `founder`, got `organization.sferum_connected`" in found.out


# --- mistakes of a case --------------------------------------------------------------------------------------


def marked(text: str) -> tuple[str, str]:
    """A text without the `|` in it, and the line and column at which that stands."""
    before, after = text.split("|")
    return before + after, f"{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"


ONE = "cases:\n  - {name: one, policy: T-CONNECT, expect: met, "
BARE = "cases:\n  - {name: one, snapshot: schools/good.json, "
OUTSIDE = "a snapshot is taken from the folder of this file only [outside-folder]"
MISTAKES = {
    "an unknown key": (
        ONE + "|snapshott: a.json}",
        "unknown key `snapshott` [unknown-key]\n        did you mean `snapshot`?",
    ),
    "a policy that does not exist": (
        INLINE.replace("connected, expect: met", "connected, policy: |T-CONECT, expect: met"),
        "unknown policy `T-CONECT` [unknown-policy]\n        did you mean `T-CONNECT`?",
    ),
    "a step out of the folder": (ONE + "snapshot: |../in/good.json}", OUTSIDE),
    "a step out half-way": (ONE + "snapshot: |schools/../../in/good.json}", OUTSIDE),
    "an absolute path": (ONE + "snapshot: |/etc/hostname}", OUTSIDE),
    "a Windows path": (ONE + "snapshot: |'schools\\good.json'}", OUTSIDE),
    "a drive": (ONE + "snapshot: |'C:good.json'}", OUTSIDE),
    "a file that is not there": (
        ONE + "snapshot: |schools/none.json}",
        "schools/none.json: the file can't be opened [unreadable-file]",
    ),
    "facts from two places": (
        ONE + "snapshot: schools/good.json, |change: {}}",
        "`change` can't stand beside `snapshot` [keys-exclude]",
    ),
    "no facts at all": (
        "cases:\n  - |{name: one, policy: T-CONNECT, expect: met}",
        "no day is given [missing-key]",
    ),
    "no policy": (
        "as_of: 2025-10-01\ncases:\n  - |{name: one, expect: met}",
        "key `policy` is missing [missing-key]",
    ),
    "two kinds of expectation": (
        BARE + "|policy: T-CONNECT, verdicts: []}",
        "`policy` can't stand beside `verdicts` [keys-exclude]",
    ),
    "nothing expected": (
        "cases:\n  - |{name: one, snapshot: schools/good.json, verdicts: []}",
        "no verdict is stated [no-cases]",
    ),
    "a norm that does not exist": (
        BARE + "violations: [|T-CONECT]}",
        "unknown norm `T-CONECT` [unknown-policy]\n        did you mean `T-CONNECT`?",
    ),
    "a verdict without a policy": (
        BARE + "verdicts: [|{expect: met}]}",
        "key `policy` is missing [missing-key]",
    ),
    "an item that is not judged": (
        ONE + "snapshot: schools/good.json, subject: |uses}",
        "the policy says nothing of `uses` [unknown-subject]",
    ),
}


@pytest.mark.parametrize(("wrong", "told"), MISTAKES.values(), ids=MISTAKES)
def test_a_case_that_can_not_be_run_is_told_and_fails(ran: Run, cases: Folder, wrong: str, told: str) -> None:
    cases.good()
    Path("in/good.json").write_bytes(Path("cases/schools/good.json").read_bytes())
    text, place = marked(wrong + "\n")
    found = ran(write(text))
    assert (found.code, found.err) == (1, "")
    assert f"    cases/own.yaml:{place}: {told}" in found.out
    assert "mismatches 0, not run for mistakes 1\n" in found.out


def test_a_snapshot_that_is_refused_is_told_at_its_own_place(ran: Run, cases: Folder) -> None:
    cases.broken()
    found = ran(write(ONE + "snapshot: schools/broken.json}\n"))
    assert found.code == 1
    assert "T-CONNECT: one\n    cases/schools/broken.json:2:25: " in found.out
    assert found.out.endswith("mismatches 0, not run for mistakes 1\n")


def test_a_link_that_leads_out_of_the_folder_is_not_followed(ran: Run, cases: Folder) -> None:
    outside = cases.path / "in"
    (outside / "good.json").write_bytes(cases.good().read_bytes())
    Path("cases/elsewhere").symlink_to(outside, target_is_directory=True)
    found = ran(write(ONE + "snapshot: elsewhere/good.json}\n"))
    assert found.code == 1
    assert "elsewhere/good.json: a link leads out of the folder of this file [outside-folder]" in found.out


def test_mistakes_of_a_case_read_in_russian(ran: Run) -> None:
    assert ran(write(ONE + "snapshot: ../in/good.json}\n"), lang="ru") == Ran(
        1,
        "T-CONNECT: one\n"
        "    cases/own.yaml:2:59: снимок берут только из папки этого файла [outside-folder]\n"
        "        путь от этого файла вниз, через `/`: `снимки/школа.yaml`\n"
        "Примеров 1, не сошлось 0, не выполнено из-за ошибок 1\n",
        "",
    )


def test_a_case_that_may_be_the_chosen_one_is_not_left_out(ran: Run) -> None:
    file = write(INLINE + "  - {nmae: third, expect: met}\n")
    found = ran(file, "--case", "connected")
    assert found.code == 1
    assert "Examples 2, mismatches 0, not run for mistakes 1\n" in found.out
    found = ran(file, "--case", "third")
    assert (found.code, found.out) == (2, "")
    assert "did you mean `name`?" in found.err


# --- files that can't be used --------------------------------------------------------------------------------


FRAMES = {
    "a misspelt key": (
        "policy: T-CONNECT\n|kases: []\n",
        "unknown key `kases` [unknown-key]\n    did you mean `cases`?",
    ),
    "a policy": ("|norm: X\ntitle: Y\n", "this is not a case file [no-case-file]"),
    "no case": ("|cases: []\n", "the file holds no case [no-cases]"),
    "no list": ("cases: |{name: one}\n", "expected a list [list-expected]"),
    "an unknown policy": ("policy: |T-CONECT\ncases: [{name: one, expect: met}]\n", "unknown policy `T-CONECT`"),
    "a misspelt base": (
        INLINE.replace("{organization: {kind", "{|organisation: {kind"),
        "unknown key `organisation`",
    ),
    "one name twice": (INLINE.replace("name: not connected", "name: |connected"), "the name `connected` is taken"),
    "no YAML": ("cases: [|\n", ""),
}


@pytest.mark.parametrize(("wrong", "told"), FRAMES.values(), ids=FRAMES)
def test_a_file_that_is_no_case_file_stops_the_run(ran: Run, wrong: str, told: str) -> None:
    write(INLINE, "cases/good.yaml")
    text, place = marked(wrong)
    write(text)
    found = ran("cases")
    assert (found.code, found.out) == (2, "")
    assert (f"cases/own.yaml:{place}: {told}" if told else "cases/own.yaml:") in found.err


def test_a_path_that_does_not_exist_is_refused(ran: Run) -> None:
    assert ran("cases/none.yaml").err.startswith("sverka: no such path: cases/none.yaml\n")
    assert ran("cases/none.yaml", lang="ru").err.startswith("sverka: нет такого пути: cases/none.yaml\n")
    found = ran("none")
    assert found.code == 2
    assert found.err == (
        "sverka: there is neither a policy nor a file `none`\n"
        "    expected one of: `T-CONNECT`; a case file is named with its `.yaml`\n"
    )


def test_a_folder_without_case_files_is_refused(ran: Run, cases: Folder) -> None:
    cases.good()
    found = ran("cases")
    assert (found.code, found.out) == (2, "")
    assert "no case file was found: cases" in found.err


def test_a_snapshot_that_is_named_as_a_case_file_is_refused(ran: Run, cases: Folder) -> None:
    cases.good("good.yaml")
    found = ran("cases/schools/good.yaml")
    assert (found.code, found.out) == (2, "")
    assert "cases/schools/good.yaml: this is a snapshot, not a case file [no-case-file]" in found.err


def test_what_lies_beside_case_files_is_told(ran: Run, cases: Folder) -> None:
    write(INLINE)
    cases.good()
    Path("cases/notes.txt").write_text("", encoding="utf-8")
    Path("cases/README.md").write_text("", encoding="utf-8")
    found = ran("cases")
    assert (found.code, found.out) == (0, "Examples 2, mismatches 0\n")
    assert found.err == (
        "the folder holds files that are neither cases nor snapshots: 1 (the first: cases/notes.txt)\n"
        "snapshots that no case takes: 1 (the first: cases/schools/good.json)\n"
    )


def test_json_tells_a_mistake_with_its_place(ran: Run) -> None:
    report = json.loads(ran(write(ONE + "snapshott: a.json}\n"), "-o", "json").out)
    (case,) = report["cases"]
    assert (case["policy"], case["ending"], report["counts"]["error"]) == (None, "error", 1)
    (problem,) = case["problems"]
    assert (problem["code"], problem["file"]) == ("unknown-key", "cases/own.yaml")
    assert (problem["line"], problem["column"]) == (2, 49)
    assert problem["help"] == {"ru": "похоже на `snapshot`", "en": "did you mean `snapshot`?"}
