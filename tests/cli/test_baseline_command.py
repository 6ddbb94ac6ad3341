"""`--baseline` and `--write-baseline` as users meet them: written once, then only shrinking, alike in a batch."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from workplace import Folder, Ran, inn

from validator.cli.outputs import FORMATS
from validator.engines.batch import Batch
from validator.journeys.batch.records import Record

Sverka = Callable[..., Ran]
ReportOf = Callable[[str], dict[str, Any]]
KINDS = ("fixed", "outgrown")


@pytest.fixture(scope="module")
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("own-cache")


@pytest.fixture(autouse=True)
def _cache_of_these_tests(_own_cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The programs kept here are kept from tests that count on none being there."""
    monkeypatch.setenv("SVERKA_CACHE_DIR", str(_own_cache))


def checked(sverka: Sverka, folder: Folder, *options: object) -> Ran:
    return sverka("check", folder.snapshots, "--policies", folder.policies, *options)


def listed(file: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(file.read_bytes())["findings"]
    return found


@pytest.fixture
def known(folder: Folder) -> Path:
    """Where the list is written."""
    return folder.path / "known.json"


# --- a new list -----------------------------------------------------------------------------------------------


def test_a_new_list_holds_what_blocks_and_then_nothing_does(folder: Folder, sverka: Sverka, known: Path) -> None:
    folder.violating(number=2)
    folder.unknown(number=3)
    folder.good(number=1)
    assert checked(sverka, folder).code == 1
    ran = checked(sverka, folder, "--write-baseline", known, "--lang", "en")
    assert ran.code == 0
    assert f"written baseline: {known.as_posix()}, entries 2" in ran.err
    assert listed(known) == [
        {"organization": inn(2), "policy": "T-CONNECT", "item": "organization", "verdict": "violation"},
        {"organization": inn(3), "policy": "T-CONNECT", "item": "organization", "verdict": "unknown"},
    ]
    assert known.read_bytes().count(b"\n") == 7
    ran = checked(sverka, folder, "--baseline", known)
    assert (ran.code, ran.err) == (0, "")


def test_what_is_known_stays_visible(folder: Folder, sverka: Sverka, known: Path, report_of: ReportOf) -> None:
    folder.violating(number=2)
    folder.unknown(number=3)
    plain = report_of(checked(sverka, folder, "-o", "json").out)
    checked(sverka, folder, "--write-baseline", known)
    report = report_of(checked(sverka, folder, "--baseline", known, "-o", "json").out)
    assert [result.pop("baseline") for result in report["results"]] == [True, True]
    use = report.pop("baseline")
    assert report == plain
    assert (use["entries"], use["known"], use["fixed"], use["outgrown"], use["not_judged"]) == (2, 2, [], [], 0)
    told = {
        "ru": ("    известно: есть в списке известного, не блокирует", "(есть в списке известного, не блокирует)"),
        "en": ("    known: in the baseline, does not block", "(in the baseline, does not block)"),
    }
    for language, (violation, unknown) in told.items():
        text = checked(sverka, folder, "--baseline", known, "--lang", language).out
        assert violation in text.splitlines()
        assert text.count(unknown) == 1
    concise = checked(sverka, folder, "--baseline", known, "-o", "concise", "--lang", "en")
    assert [line.split(": ", 2)[1] for line in concise.out.splitlines()] == [
        "info T-CONNECT violation, known",
        "info T-CONNECT unknown, known",
    ]
    assert concise.err.endswith("(nothing that blocks; known by the baseline 2)\n")


def test_what_is_new_blocks(folder: Folder, sverka: Sverka, known: Path) -> None:
    folder.violating(number=2)
    checked(sverka, folder, "--write-baseline", known)
    folder.violating("new.json", number=4)
    assert checked(sverka, folder, "--baseline", known).code == 1
    folder.violating("new.json", number=2).unlink()
    folder.broken()
    assert checked(sverka, folder, "--baseline", known).code == 3


def test_a_known_unknown_that_turns_out_a_violation_blocks(folder: Folder, sverka: Sverka, known: Path) -> None:
    file = folder.unknown("x.json", number=3)
    checked(sverka, folder, "--write-baseline", known)
    folder.violating(file.name, number=3)
    told = {"ru": "    Больше или хуже, чем известно:", "en": "    More or graver than is known:"}
    for language, text in told.items():
        ran = checked(sverka, folder, "--baseline", known, "--lang", language)
        assert (ran.code, text in ran.out.splitlines()) == (1, True)
    folder.unknown(file.name, number=3)
    assert checked(sverka, folder, "--baseline", known).code == 0


def test_a_new_list_follows_the_gate(folder: Folder, sverka: Sverka, known: Path) -> None:
    folder.violating(number=2)
    folder.unknown(number=3)
    assert checked(sverka, folder, "--fail-on", "never", "--write-baseline", known).code == 0
    assert [entry["organization"] for entry in listed(known)] == [inn(3)]
    assert checked(sverka, folder, "--baseline", known).code == 1


def test_nothing_is_written_when_nothing_was_evaluated(folder: Folder, sverka: Sverka, known: Path) -> None:
    assert checked(sverka, folder, "--write-baseline", known).code == 2
    folder.broken()
    told = {
        "ru": "список известного не записан: ничего не проверено",
        "en": "no baseline written: nothing was evaluated",
    }
    for language, text in told.items():
        ran = checked(sverka, folder, "--write-baseline", known, "--lang", language)
        assert (ran.code, text in ran.err, known.exists()) == (3, True, False)


# --- a list that is there -------------------------------------------------------------------------------------


def test_what_is_mended_is_told_until_it_is_taken_off(folder: Folder, sverka: Sverka, known: Path) -> None:
    folder.violating("a.json", number=2)
    folder.unknown("b.json", number=3)
    checked(sverka, folder, "--write-baseline", known)
    before = known.read_bytes()
    folder.good("a.json", number=2)
    told = {
        "ru": ("    Больше не нужно; убрать из списка: sverka check … --write-baseline ", "найдено 0 из 1"),
        "en": (
            "    Not needed any more; to take it off the list: sverka check … --write-baseline ",
            "found 0 of 1",
        ),
    }
    for language, (head, line) in told.items():
        ran = checked(sverka, folder, "--baseline", known, "--lang", language)
        assert ran.code == 0
        assert f"{head}{known.as_posix()}" in ran.out.splitlines()
        assert f"        {known.as_posix()}:4:5  {inn(2)} T-CONNECT organization: {line}" in ran.out.splitlines()
    assert known.read_bytes() == before
    ran = checked(sverka, folder, "--baseline", known, "-o", "concise", "--lang", "en")
    assert ran.err.endswith("(nothing that blocks; known by the baseline 1, entries to take off 1)\n")
    ran = checked(sverka, folder, "--write-baseline", known, "--lang", "en")
    assert (ran.code, "entries 1, findings taken off 1" in ran.err) == (0, True)
    assert [entry["organization"] for entry in listed(known)] == [inn(3)]
    assert "Not needed" not in ran.out
    folder.violating("a.json", number=2)
    assert checked(sverka, folder, "--baseline", known).code == 1


# GitLab's format has room for findings alone; there the last line on standard error says how many there are.
@pytest.mark.parametrize("form", [name for name in FORMATS if name != "gitlab"])
def test_every_format_names_the_entries_that_are_not_as_the_facts_are(
    form: str, folder: Folder, sverka: Sverka, known: Path
) -> None:
    folder.violating("a.json", number=2)
    folder.unknown("b.json", number=3)
    checked(sverka, folder, "--write-baseline", known)
    folder.good("a.json", number=2)
    folder.violating("b.json", number=3)
    ran = checked(sverka, folder, "--baseline", known, "-o", form, "--lang", "en")
    out = re.sub("&#([0-9]+);", lambda found: chr(int(found[1])), ran.out).replace("\u200b", "")
    if form in ("json", "jsonl"):
        found = [json.loads(line) for line in out.splitlines() if '"fixed"' in line] if form == "jsonl" else []
        use = found[0] if found else json.loads(out)["baseline"]
        named = {kind: [(entry["organization"], entry["found"]) for entry in use[kind]] for kind in KINDS}
        assert named == {"fixed": [(inn(2), 0)], "outgrown": [(inn(3), 1)]}
        return
    assert f"{inn(2)} T-CONNECT organization: found 0 of 1" in out
    assert f"{inn(3)} T-CONNECT organization: found 1 of 1" in out
    what_to_do = f"take it off the list: sverka check … --write-baseline {known.as_posix()}"
    assert (what_to_do in out) == (form != "concise")


def test_lines_for_editors_point_to_the_entries(folder: Folder, sverka: Sverka, known: Path) -> None:
    folder.violating("a.json", number=2)
    folder.unknown("b.json", number=3)
    checked(sverka, folder, "--write-baseline", known)
    assert "baseline-" not in checked(sverka, folder, "--baseline", known, "-o", "concise").out
    folder.good("a.json", number=2)
    folder.violating("b.json", number=3)
    lines = checked(sverka, folder, "--baseline", known, "-o", "concise").out.splitlines()
    place = known.as_posix()
    assert lines[-2:] == [
        f"{place}:5:5: info baseline-outgrown {inn(3)} T-CONNECT organization: найдено 1 из 1",
        f"{place}:4:5: info baseline-fixed {inn(2)} T-CONNECT organization: найдено 0 из 1",
    ]


def test_many_entries_are_named_as_far_as_there_is_room_and_the_others_counted(
    folder: Folder, sverka: Sverka, known: Path
) -> None:
    for number in range(10, 35):
        folder.violating(f"{number}.json", number=number)
    checked(sverka, folder, "--write-baseline", known)
    for number in range(10, 35):
        folder.good(f"{number}.json", number=number)
    for form in ("text", "github", "markdown"):
        out = checked(sverka, folder, "--baseline", known, "-o", form, "--lang", "en").out
        assert out.count("found 0 of 1") == 20
        assert "and 5 more" in out
    assert checked(sverka, folder, "--baseline", known, "-o", "concise").out.count("baseline-fixed") == 25


def test_a_list_that_is_there_never_grows(folder: Folder, sverka: Sverka, known: Path) -> None:
    folder.violating("a.json", number=2)
    checked(sverka, folder, "--write-baseline", known)
    before, stamp = known.read_bytes(), known.stat().st_mtime_ns
    folder.violating("new.json", number=4)
    ran = checked(sverka, folder, "--write-baseline", known)
    assert (ran.code, known.read_bytes(), known.stat().st_mtime_ns) == (1, before, stamp)
    assert "записан" not in ran.err


def test_organizations_that_were_not_there_keep_their_entries(folder: Folder, sverka: Sverka, known: Path) -> None:
    folder.violating("a.json", number=2)
    file = folder.violating("b.json", number=4)
    checked(sverka, folder, "--write-baseline", known)
    file.unlink()
    folder.good("a.json", number=2)
    told = {
        "ru": "    Не проверялись (нет снимка или политика не выбрана) записи: 1",
        "en": "    Not judged (no snapshot, or a policy not selected) are entries: 1",
    }
    for language, text in told.items():
        assert text in checked(sverka, folder, "--baseline", known, "--lang", language).out.splitlines()
    checked(sverka, folder, "--write-baseline", known)
    assert [entry["organization"] for entry in listed(known)] == [inn(4)]


def test_a_quarantined_snapshot_takes_nothing_off(folder: Folder, sverka: Sverka, known: Path) -> None:
    folder.violating("a.json", number=2)
    folder.good("b.json", number=1)
    checked(sverka, folder, "--write-baseline", known)
    before = known.read_bytes()
    folder.broken("a.json")
    assert checked(sverka, folder, "--write-baseline", known).code == 3
    assert known.read_bytes() == before


def test_places_and_files_may_change(folder: Folder, sverka: Sverka, known: Path) -> None:
    file = folder.violating("a.json", number=2)
    checked(sverka, folder, "--write-baseline", known)
    moved = folder.snapshots / "deep" / "other.yaml"
    moved.parent.mkdir()
    moved.write_text("\n\n# moved\n" + file.read_text("utf-8"), "utf-8")
    file.unlink()
    assert checked(sverka, folder, "--baseline", known).code == 0


CHATS = """
schema: sverka.snapshot/1
as_of: 2025-10-01
organization: {inn: "7800000002", region: "78", kind: school, founder: municipality, legal_form: budgetary}
uses:
USES"""
USE = """  - {ref: REF, service: telegram, actor: employee_on_duty, counterpart: [parents], purpose: inform,
     direction: outgoing, first_on: 2025-09-01, last_on: ongoing}
"""


def test_an_item_is_known_when_others_come_and_go_before_it(folder: Folder, sverka: Sverka, known: Path) -> None:
    file = folder.snapshots / "s.yaml"

    def write(*refs: str) -> None:
        file.write_text(CHATS.replace("USES", "".join(USE.replace("REF", ref) for ref in refs)), "utf-8")

    def run(*options: object) -> Ran:
        return sverka("check", file, "--only", "FM-BAN", *options)

    write("u_1")
    assert run().code == 1
    assert run("--write-baseline", known).code == 0
    assert [entry["item"] for entry in listed(known)] == ["uses[u_1]"]
    write("u_0", "u_1")
    ran = run("--baseline", known, "-o", "json")
    results = json.loads(ran.out)["results"]
    assert ran.code == 1
    assert [(one["ref"], one.get("baseline", False)) for one in results] == [("u_0", False), ("u_1", True)]
    write("u_0")
    assert run("--baseline", known).code == 1


# --- mistakes -------------------------------------------------------------------------------------------------


def test_mistakes_of_usage_are_2_before_any_work(folder: Folder, sverka: Sverka, known: Path) -> None:
    folder.violating(number=2)
    inside, other, text = folder.snapshots / "known.json", folder.path / "other.json", folder.path / "known.txt"
    wrong = [
        (("--baseline", known), "список известного не читается", "can't read the baseline"),
        (("--baseline", folder.path), "список известного не читается", "can't read the baseline"),
        (("--baseline", known, "--write-baseline", other), "называют разные файлы", "name two files"),
        (("--write-baseline", text), "это файл .json", "a baseline is a .json file"),
        (("--write-baseline", folder.path / "no" / "k.json"), "нет папки для файла", "no folder for the file"),
        (("--write-baseline", inside), "оказался бы среди входных", "would become an input"),
        (("--write-baseline", known, "-o", f"json={known}"), "в один файл", "go to one file"),
        (("--write-baseline", known, "--to", other), "не сочетается с --to", "does not go with --to"),
    ]
    for options, ru, en in wrong:
        for language, told in (("ru", ru), ("en", en)):
            ran = checked(sverka, folder, *options, "--lang", language)
            assert (ran.code, ran.out) == (2, ""), options
            first, second = ran.err.splitlines()
            assert told in first
            assert second.strip()
    assert sorted(os.listdir(folder.path)) == ["in", "policies"]


def test_a_list_of_another_policy_set_is_refused_at_its_place(folder: Folder, sverka: Sverka, known: Path) -> None:
    folder.violating(number=2)
    checked(sverka, folder, "--write-baseline", known)
    for language, told in (("ru", "в наборе политик нет нормы"), ("en", "the policy set has no norm")):
        for more in ((), ("--to", folder.path / "out")):
            ran = sverka("check", folder.snapshots, "--baseline", known, "--lang", language, *more)
            assert (ran.code, ran.out) == (2, "")
            assert ran.err.startswith(f"{known.as_posix()}:4:")
            assert told in ran.err
    assert not (folder.path / "out").exists()


def test_a_broken_list_is_never_overwritten(folder: Folder, sverka: Sverka, known: Path) -> None:
    folder.violating(number=2)
    known.write_text('{"schema": "sverka.baseline/1", "findings": [\n', "utf-8")
    before = known.read_bytes()
    ran = checked(sverka, folder, "--write-baseline", known)
    assert (ran.code, known.read_bytes()) == (2, before)


def test_a_selection_leaves_the_other_entries_alone(folder: Folder, sverka: Sverka, known: Path) -> None:
    folder.violating(number=2)
    entry = {"organization": inn(2), "policy": "FM-BAN", "item": "uses[u_1]", "verdict": "violation"}
    text = json.dumps({"schema": "sverka.baseline/1", "findings": [entry]})
    known.write_text(text, "utf-8")
    ran = sverka("check", folder.snapshots, "--only", "US-INVITE", "--write-baseline", known, "-o", "json")
    assert json.loads(ran.out)["baseline"]["not_judged"] == 1
    assert known.read_text("utf-8") == text
    ran = sverka("check", folder.snapshots, "--only", "FM-BAN", "--write-baseline", known)
    assert listed(known) == []


# --- settings -------------------------------------------------------------------------------------------------


def test_settings_name_the_list(
    folder: Folder, sverka: Sverka, known: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder.path)
    folder.violating(number=2)
    (folder.path / "sverka.yaml").write_text("baseline: known.json\nlang: en\n", "utf-8")
    ran = checked(sverka, folder)
    assert (ran.code, ran.err.splitlines()[0]) == (
        2,
        "sverka.yaml:1:11: no such path: known.json [settings-path-missing]",
    )
    assert checked(sverka, folder, "--write-baseline", "known.json").code == 0
    assert checked(sverka, folder).code == 0
    assert checked(sverka, folder, "--to", "out", "--jobs", "1").code == 0
    monkeypatch.setenv("SVERKA_BASELINE", "other.json")
    assert checked(sverka, folder).code == 2
    assert checked(sverka, folder, "--baseline", known).code == 0


# --- batches --------------------------------------------------------------------------------------------------


def test_a_batch_marks_and_tells_what_a_check_does(folder: Folder, sverka: Sverka, known: Path) -> None:
    folder.violating("a.json", number=2)
    folder.unknown("b.json", number=3)
    folder.violating("c.json", number=5)
    checked(sverka, folder, "--write-baseline", known)
    folder.good("c.json", number=5)
    folder.violating("d.json", number=6)
    checking = checked(sverka, folder, "--baseline", known, "-o", "json", "--results", "findings")
    report = json.loads(checking.out)
    for number, level in enumerate(("none", "all")):
        out = folder.path / f"out{number}"
        ran = checked(sverka, folder, "--baseline", known, "--to", out, "--jobs", "1", "--evidence", level)
        assert ran.code == checking.code == 1
        run = json.loads((out / "run.json").read_bytes())
        assert run["baseline"] == report["baseline"]
        rows = [json.loads(line) for line in (out / "findings.jsonl").read_bytes().splitlines()]
        keys = ("organization", "policy", "subject", "verdict")
        assert [(*(row[key] for key in keys), row.get("baseline")) for row in rows] == [
            (*(one[key] for key in keys), one.get("baseline")) for one in report["results"]
        ]
        assert f"Список известного {known.as_posix()}: записей 3, известных выводов 2" in ran.out.splitlines()
        if level == "all":
            assert rows == report["results"]
    folder.violating("d.json", number=6).unlink()
    ran = checked(sverka, folder, "--baseline", known, "--to", folder.path / "last", "--jobs", "1")
    assert ran.code == 0


def test_a_batch_without_the_list_finds_nothing_of_it_in_the_cache(
    folder: Folder, sverka: Sverka, known: Path
) -> None:
    folder.violating("a.json", number=2)
    checked(sverka, folder, "--write-baseline", known)
    plain = folder.path / "plain"
    checked(sverka, folder, "--to", plain, "--jobs", "1")
    with_list = folder.path / "with"
    assert checked(sverka, folder, "--to", with_list, "--jobs", "1", "--baseline", known).code == 0
    again = folder.path / "again"
    assert checked(sverka, folder, "--to", again, "--jobs", "1").code == 1
    assert (again / "findings.jsonl").read_bytes() == (plain / "findings.jsonl").read_bytes()
    assert b'"baseline":true' in (with_list / "findings.jsonl").read_bytes()


def test_a_batch_is_taken_up_with_the_same_list_only(folder: Folder, sverka: Sverka, known: Path) -> None:
    folder.violating("a.json", number=2)
    checked(sverka, folder, "--write-baseline", known)
    out = folder.path / "out"
    to = ("--to", out, "--jobs", "1", "--lang", "en")
    assert checked(sverka, folder, *to, "--baseline", known).code == 0
    ran = checked(sverka, folder, *to, "--resume")
    assert (ran.code, "these differ: baseline" in ran.err) == (2, True)
    assert checked(sverka, folder, *to, "--resume", "--baseline", known).code == 0


def test_a_batch_taken_up_again_leaves_no_marks_for_others(
    folder: Folder, sverka: Sverka, known: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What an interrupted batch has written is read again with its marks; none of it may be kept for others."""
    for number, name in enumerate("abcdef", 2):
        folder.violating(f"{name}.json", number=number)
    checked(sverka, folder, "--write-baseline", known)
    to = ("--jobs", "1", "--baseline", known)
    whole, out = folder.path / "whole", folder.path / "out"
    assert checked(sverka, folder, "--to", whole, *to).code == 0
    write = Batch._write
    monkeypatch.setenv("SVERKA_CACHE_DIR", str(folder.path / "cache"))

    def stopping(batch: Batch, record: Record) -> None:
        write(batch, record)
        batch.stop(2)

    with monkeypatch.context() as patched:
        patched.setattr(Batch, "_write", stopping)
        assert checked(sverka, folder, "--to", out, *to).code == 130
    assert checked(sverka, folder, "--to", out, *to, "--resume").code == 0
    for name in ("run.json", "findings.jsonl"):
        assert (out / name).read_bytes() == (whole / name).read_bytes()
    plain = folder.path / "plain"
    assert checked(sverka, folder, "--to", plain, "--jobs", "1").code == 1
    assert b"baseline" not in (plain / "findings.jsonl").read_bytes()


def test_a_contradicted_snapshot_leaves_its_entries_unjudged(folder: Folder, sverka: Sverka, known: Path) -> None:
    folder.violating("a.json", number=2)
    folder.good("b.json", number=1)
    checked(sverka, folder, "--write-baseline", known)
    folder.good("c.json", number=2)
    checking = checked(sverka, folder, "--baseline", known, "-o", "json")
    assert json.loads(checking.out)["baseline"]["not_judged"] == 1
    out = folder.path / "out"
    ran = checked(sverka, folder, "--baseline", known, "--to", out, "--jobs", "1")
    run = json.loads((out / "run.json").read_bytes())
    assert run["baseline"] == json.loads(checking.out)["baseline"]
    assert ran.code == checking.code == 3


def test_rows_of_parquet_are_marked_too(folder: Folder, sverka: Sverka, known: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    folder.violating("a.json", number=2)
    checked(sverka, folder, "--write-baseline", known)
    folder.violating("b.json", number=5)
    rows = {}
    for name, options in (("with", ("--baseline", known)), ("without", ())):
        out = folder.path / name
        assert checked(sverka, folder, "--to", out, "--jobs", "1", "--rows", "parquet", *options).code == 1
        table = parquet.read_table(out / "findings.parquet").to_pylist()
        rows[name] = [(row["organization"], row["baseline"]) for row in table]
    assert rows["with"] == [(inn(2), True), (inn(5), False)]
    assert rows["without"] == [(inn(2), False), (inn(5), False)]


@pytest.mark.parametrize(
    ("language", "told", "instead"),
    [
        (
            "ru",
            "--write-baseline не сочетается с --to",
            "проверкой без --to, а здесь читайте его: --baseline known.json",
        ),
        (
            "en",
            "--write-baseline does not go with --to",
            "a check without --to, and read it here: --baseline known.json",
        ),
    ],
)
def test_a_batch_writes_no_list_and_says_what_to_do(
    language: str, told: str, instead: str, folder: Folder, sverka: Sverka
) -> None:
    folder.violating("a.json", number=2)
    out = folder.path / "out"
    ran = checked(sverka, folder, "--write-baseline", "known.json", "--to", out, "--lang", language)
    assert (ran.code, ran.out) == (2, "")
    assert told in ran.err
    assert instead in ran.err
    assert not out.exists()
