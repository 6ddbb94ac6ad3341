"""What a command is given: every document is evaluated or told about, and a name is only a name."""

from __future__ import annotations

import os
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from workplace import Folder, Ran, inn, snapshot_text, start

from validator.cli.context import shown
from validator.language.limits import default
from validator.resources import schema_bytes

Sverka = Callable[..., Ran]
ReportOf = Callable[[str | bytes], dict[str, Any]]
posix = pytest.mark.skipif(os.name == "nt", reason="files of POSIX")


def check(folder: Folder, *arguments: object) -> list[object]:
    return ["check", *arguments, "--policies", folder.policies, "-o", "json"]


# --- paths ----------------------------------------------------------------------------------------------------


def test_files_in_folders_that_are_no_snapshots_are_said_aloud(
    folder: Folder, sverka: Sverka, report_of: ReportOf
) -> None:
    folder.good()
    for name in ("notes.txt", "table.xlsx"):
        (folder.snapshots / name).write_text("x")
    ran = sverka(*check(folder, folder.snapshots))
    assert ran.code == 0
    assert report_of(ran.out)["inputs"]["documents"] == 1
    assert f"в папках есть файлы, которые не снимки: 2 (первый: {folder.snapshots}/notes.txt)" in ran.err


def test_a_file_that_is_named_is_read_whatever_it_is_called(folder: Folder, sverka: Sverka) -> None:
    file = folder.snapshots / "notes.txt"
    file.write_text("x")
    ran = sverka("check", file, "--policies", folder.policies)
    assert ran.code == 3
    assert "notes.txt" in ran.out


def test_a_file_named_twice_is_one_document(folder: Folder, sverka: Sverka, report_of: ReportOf) -> None:
    file = folder.good()
    ran = sverka(*check(folder, file, file, folder.snapshots))
    assert report_of(ran.out)["inputs"]["documents"] == 1


def test_all_snapshots_of_folders_within_folders_are_found_in_a_stable_order(
    folder: Folder, sverka: Sverka, report_of: ReportOf
) -> None:
    (folder.snapshots / "b").mkdir()
    for number, name in enumerate(["c.yml", "b/a.yaml", "a.JSON", "b/Школа.json"], 1):
        folder.good(name, number)
    report = report_of(sverka(*check(folder, folder.snapshots)).out)
    assert [row["organization"] for row in report["organizations"]] == [inn(number) for number in (1, 2, 3, 4)]


def test_brackets_and_stars_in_a_name_are_no_pattern(folder: Folder, sverka: Sverka, report_of: ReportOf) -> None:
    """FILE-A23"""
    for number, name in enumerate(["g[1].json", "g1.json", "g*.json"], 1):
        folder.good(name, number)
    report = report_of(sverka(*check(folder, folder.snapshots / "g[1].json")).out)
    assert [row["organization"] for row in report["organizations"]] == [inn(1)]
    report = report_of(sverka(*check(folder, folder.snapshots)).out)
    assert report["inputs"]["evaluated"] == 3


# --- standard input -------------------------------------------------------------------------------------------

YAML = f"""
schema: sverka.snapshot/1
as_of: 2025-10-01
organization: {{inn: "{inn(1)}", region: "78", kind: school, sferum_connected: true}}
"""


JSON = snapshot_text(1, sferum_connected=True)


@pytest.mark.parametrize(
    "document",
    [YAML, "---" + YAML, "\ufeff" + YAML, JSON, "\n\t" + JSON, "\ufeff" + JSON],
    ids=["yaml", "yaml after ---", "yaml after a bom", "json", "json after a tab", "json after a bom"],
)
def test_standard_input_may_be_yaml_or_json(
    document: str, folder: Folder, sverka: Sverka, report_of: ReportOf
) -> None:
    ran = sverka(*check(folder, "-"), stdin=document.encode())
    assert ran.code == 0
    assert report_of(ran.out)["organizations"][0]["file"] == "<stdin>"


@pytest.mark.parametrize("document", [b"", b"{", b"[]", b"\xff\xfe", b'"text"'])
def test_standard_input_that_is_no_snapshot_is_put_aside(
    document: bytes, folder: Folder, sverka: Sverka, report_of: ReportOf
) -> None:
    ran = sverka(*check(folder, "-"), stdin=document)
    assert ran.code == 3
    assert {record["file"] for record in report_of(ran.out)["quarantine"]} == {"<stdin>"}


def test_standard_input_and_files_go_together(folder: Folder, sverka: Sverka, report_of: ReportOf) -> None:
    ran = sverka(*check(folder, "-", folder.violating()), stdin=snapshot_text(1, sferum_connected=True).encode())
    assert ran.code == 1
    assert report_of(ran.out)["inputs"]["evaluated"] == 2


# --- what is no readable file ---------------------------------------------------------------------------------


def put_aside(report: dict[str, Any]) -> list[str]:
    return [record["code"] for record in report["quarantine"]]


@posix
def test_a_link_is_not_followed(folder: Folder, sverka: Sverka, report_of: ReportOf) -> None:
    """FILE-A18"""
    outside = folder.path / "outside.json"
    outside.write_text(snapshot_text(1, sferum_connected=True), "utf-8")
    (folder.snapshots / "link.json").symlink_to(outside)
    (folder.snapshots / "dangling.json").symlink_to(folder.path / "nowhere")
    folder.good("real.json", 2)
    ran = sverka(*check(folder, folder.snapshots))
    report = report_of(ran.out)
    assert ran.code == 3
    assert put_aside(report) == ["symbolic-link", "symbolic-link"]
    assert [row["organization"] for row in report["organizations"]] == [inn(2)]


@posix
def test_a_pipe_with_the_name_of_a_snapshot_does_not_block(folder: Folder, report_of: ReportOf) -> None:
    """FILE-A17"""
    os.mkfifo(folder.snapshots / "pipe.json")
    folder.good()
    ran = start(*check(folder, folder.snapshots))  # in a process with a time limit, in case it does
    assert ran.returncode == 3
    assert put_aside(report_of(ran.stdout)) == ["not-a-file"]


def test_a_folder_with_the_name_of_a_snapshot_is_a_folder(
    folder: Folder, sverka: Sverka, report_of: ReportOf
) -> None:
    """FILE-A19"""
    (folder.snapshots / "x.json").mkdir()
    folder.good("x.json/inside.json")
    ran = sverka(*check(folder, folder.snapshots))
    assert ran.code == 0
    assert report_of(ran.out)["inputs"]["documents"] == 1


@pytest.fixture
def as_nobody() -> Iterator[Callable[[], None]]:
    """Gives up the rights of the superuser for the rest of a test, if it has them; files are made before that."""
    if os.name == "nt":
        pytest.skip("rights of POSIX")
    privileged = os.geteuid() == 0

    def give_up() -> None:
        if privileged:
            schema_bytes("snapshot")  # what may lie where only the superuser can read
            os.seteuid(65534)

    yield give_up
    if privileged:
        os.seteuid(0)


@pytest.fixture
def open_folder() -> Iterator[Folder]:
    """A folder that everybody may enter; the temporary folders of pytest are for their owner alone."""
    path = Path(tempfile.mkdtemp(prefix="sverka-test-"))
    path.chmod(0o755)
    yield Folder(path)
    shutil.rmtree(path)


def test_a_file_that_may_not_be_read_is_put_aside(
    open_folder: Folder, sverka: Sverka, report_of: ReportOf, as_nobody: Callable[[], None]
) -> None:
    """FILE-A20"""
    open_folder.good()
    open_folder.violating().chmod(0)
    sverka(*check(open_folder, open_folder.snapshots))  # so that everything is imported
    as_nobody()
    ran = sverka(*check(open_folder, open_folder.snapshots))
    assert ran.code == 3
    report = report_of(ran.out)
    assert put_aside(report) == ["unreadable-file"]
    assert report["inputs"]["evaluated"] == 1


def test_a_report_into_a_folder_that_is_read_only_is_bad_usage(
    open_folder: Folder, sverka: Sverka, as_nobody: Callable[[], None]
) -> None:
    file = open_folder.good()
    sverka(*check(open_folder, file))
    as_nobody()
    ran = sverka("check", file, "--policies", open_folder.policies, "-o", f"json={open_folder.path}/r.json")
    assert (ran.code, ran.out) == (2, "")
    assert "нельзя писать" in ran.err
    assert sorted(path.name for path in open_folder.path.iterdir()) == ["in", "policies"]


def test_one_byte_too_many_is_put_aside(folder: Folder, sverka: Sverka, report_of: ReportOf) -> None:
    """IN-J35"""
    limit = default("limit-snapshot-bytes")
    text = snapshot_text(1, sferum_connected=True)
    (folder.snapshots / "full.json").write_text(text + " " * (limit - len(text.encode())), "utf-8")
    ran = sverka(*check(folder, folder.snapshots))
    assert ran.code == 0
    (folder.snapshots / "over.json").write_text(text + " " * (limit - len(text.encode()) + 1), "utf-8")
    ran = sverka(*check(folder, folder.snapshots))
    assert ran.code == 3
    assert put_aside(report_of(ran.out)) == ["limit-snapshot-bytes"]
    ran = sverka(*check(folder, "-"), stdin=b" " * (limit + 1))
    assert put_aside(report_of(ran.out)) == ["limit-snapshot-bytes"]


# --- names that are hostile -----------------------------------------------------------------------------------

HOSTILE = ["new\nline.json", "escape\x1b[2Jscreen.json", "left\u202eright.json", "zero\u200bwidth.json"]


def unsafe(text: str) -> list[str]:
    return [char for char in text if not char.isprintable() and char != "\n"]


@posix
@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("format_", ["text", "concise"])
def test_a_hostile_name_is_read_and_shown_escaped(name: str, format_: str, folder: Folder, sverka: Sverka) -> None:
    """FILE-A24, SINK-R4"""
    folder.violating(name)
    ran = sverka("check", folder.snapshots, "--policies", folder.policies, "-o", format_)
    assert ran.code == 1
    assert not unsafe(ran.out + ran.err)
    assert name.encode("unicode_escape").decode() in ran.out
    assert all("screen.json" not in line or "escape" in line for line in ran.out.splitlines())


@posix
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_in_a_message_is_escaped(name: str, folder: Folder, sverka: Sverka) -> None:
    target = folder.path / name
    (folder.snapshots / name.replace(".json", ".txt")).write_text("x")
    folder.broken(name)
    runs = [
        sverka("check", folder.snapshots, "--policies", folder.policies, "-o", f"json={target}"),
        sverka("check", "nowhere/" + name, "--policies", folder.policies),
        sverka("check", folder.snapshots, "-o", f"json={folder.path}/nowhere-{name}/x"),
        sverka("check", folder.snapshots, "-o", name),
        sverka("check", folder.snapshots, "--policies", name),
        sverka("check", folder.snapshots, "--as-of", name),
        sverka("check", "--" + name),
        sverka("limits", name),
        sverka(name),
        sverka("explain", name),
        sverka("explain", "T-CONNECT", "--policies", folder.policies, "--snapshot", folder.snapshots / name),
        sverka("schema", name),
    ]
    for ran in runs:
        assert ran.code in (2, 3)
        assert ran.err
        assert not unsafe(ran.err)
        if ran.code == 2:
            assert len(ran.err.splitlines()) == 2
    assert target.exists()


@posix
def test_a_name_that_is_no_utf_8_is_shown_by_its_bytes(folder: Folder, sverka: Sverka, report_of: ReportOf) -> None:
    """FILE-A24"""
    file = os.fsencode(folder.snapshots) + b"/\xef\xe5\xf0.json"
    with open(file, "w") as stream:
        stream.write(snapshot_text(1, sferum_connected=False))
    target = folder.path / "report.json"
    ran = sverka("check", folder.snapshots, "--policies", folder.policies, "-o", f"json={target}", "-o", "json")
    assert ran.code == 1
    for text in (ran.out.encode(), target.read_bytes()):
        assert report_of(text)["organizations"][0]["file"].endswith(r"/\xef\xe5\xf0.json")


def test_a_name_is_shown_the_same_whatever_python_makes_of_its_bytes() -> None:
    assert shown("папка/школа.json") == "папка/школа.json"
    assert shown("\udcd0\udcbf.json") == "п.json"
    assert shown("\udcff") == r"\xff"


# --- files of many documents ----------------------------------------------------------------------------------


def test_places_in_lines_items_and_members_are_those_in_the_file(
    folder: Folder, sverka: Sverka, report_of: ReportOf
) -> None:
    text = snapshot_text
    (folder.snapshots / "b.ndjson").write_text(f"{text(1, sferum_connected=False)}\n\n{text(2)[:-1]}\n", "utf-8")
    array = f"[\n  {text(3, sferum_connected=False)},\n  {text(4, sferum_connected=True)}\n]"
    (folder.snapshots / "a.json").write_text(array, "utf-8")
    with zipfile.ZipFile(folder.snapshots / "c.zip", "w") as archive:
        archive.writestr("район/x.json", text(5, sferum_connected=False))
        archive.writestr("d.json", text(6)[:-1])
        archive.writestr("readme.txt", "x")
    ran = sverka(*check(folder, folder.snapshots))
    report = report_of(ran.out)
    base = folder.snapshots.as_posix()
    assert ran.code == 1
    assert report["inputs"] == {"documents": 6, "evaluated": 4, "quarantined": 2, "not_reached": 0}
    assert [row["file"].removeprefix(base) for row in report["organizations"]] == [
        "/b.ndjson:1", "/a.json[0]", "/a.json[1]", "/c.zip/район/x.json",
    ]  # fmt: skip
    places = [result["location"] for result in report["results"] if result["verdict"] == "violation"]
    column = snapshot_text(1, sferum_connected=False).index("false") + 1
    assert [(p["file"].removeprefix(base), p["line"], p["column"]) for p in places] == [
        ("/b.ndjson", 1, column),
        ("/a.json", 2, column + 2),
        ("/c.zip/район/x.json", 1, column),
    ]
    aside = [(q["file"].removeprefix(base), q["line"], q["code"]) for q in report["quarantine"]]
    assert aside == [("/b.ndjson", 3, "unexpected-end"), ("/c.zip/d.json", 1, "unexpected-end")]
    assert f"в архивах есть файлы, которые не снимки: 1 (первый: {base}/c.zip/readme.txt)" in ran.err


def test_a_gap_in_a_line_has_its_place_in_the_file(folder: Folder, sverka: Sverka, report_of: ReportOf) -> None:
    file = folder.snapshots / "b.ndjson"
    file.write_text(f"\n{snapshot_text(1)}\n", "utf-8")
    report = report_of(sverka(*check(folder, file)).out)
    ((verdict, place),) = [(result["verdict"], result["location"]) for result in report["results"]]
    assert (verdict, place["file"], place["line"]) == ("unknown", file.as_posix(), 2)


def test_lines_on_standard_input_are_documents(folder: Folder, sverka: Sverka, report_of: ReportOf) -> None:
    lines = "\n".join(snapshot_text(number, sferum_connected=True) for number in (1, 2, 3))
    report = report_of(sverka(*check(folder, "-"), stdin=lines.encode()).out)
    assert [row["file"] for row in report["organizations"]] == ["<stdin>:1", "<stdin>:2", "<stdin>:3"]


def test_a_hostile_name_in_an_archive_is_escaped(folder: Folder, sverka: Sverka) -> None:
    """FILE-A24, SINK-R4"""
    with zipfile.ZipFile(folder.snapshots / "x.zip", "w") as archive:
        for number, name in enumerate(HOSTILE, 1):
            archive.writestr(name, snapshot_text(number, sferum_connected=False))
            archive.writestr(name + ".json", "{")
            archive.writestr("../" + name, "{}")
            archive.writestr(name + ".txt", "x")
    for format_ in ("text", "concise"):
        ran = sverka("check", folder.snapshots, "--policies", folder.policies, "-o", format_)
        assert ran.code == 1
        assert not unsafe(ran.out + ran.err)
        for name in HOSTILE:
            assert name.encode("unicode_escape").decode() in ran.out


@pytest.mark.parametrize("language", ["ru", "en"])
def test_every_reason_to_put_a_file_aside_is_told_with_what_to_do(
    language: str, folder: Folder, sverka: Sverka
) -> None:
    with zipfile.ZipFile(folder.snapshots / "x.zip", "w") as archive:
        for name in ("../a.json", "inner.zip"):
            archive.writestr(name, "{}")
    for name in ("cut.tgz", "old.rar", "empty.ndjson", "cut.zip"):
        (folder.snapshots / name).write_bytes(b"")
    ran = sverka("check", folder.snapshots, "--policies", folder.policies, "--lang", language)
    lines = [line for line in ran.out.splitlines() if line]
    aside = [number for number, line in enumerate(lines) if line.startswith(("НЕ ПРОВЕРЕНО", "NOT EVALUATED"))]
    assert ran.code == 3
    assert len(aside) == 6
    for number in aside:
        assert lines[number].endswith("]")
        assert lines[number + 1].strip().startswith(("что сделать: ", "what to do: "))


# --- one organization twice -----------------------------------------------------------------------------------


def test_a_copy_of_a_snapshot_counts_once_and_is_told(folder: Folder, sverka: Sverka, report_of: ReportOf) -> None:
    folder.good("a.json", 1)
    folder.good("b.json", 1)
    ran = sverka(*check(folder, folder.snapshots))
    report = report_of(ran.out)
    assert ran.code == 0
    assert report["inputs"]["documents"] == report["inputs"]["evaluated"] == len(report["results"]) == 1
    (warning,) = report["warnings"]
    assert (warning["code"], warning["file"]) == ("repeated-snapshot", f"{folder.snapshots.as_posix()}/b.json")
    assert f"{folder.snapshots.as_posix()}/a.json" in warning["message"]["ru"]


@pytest.mark.parametrize("command", ["check", "validate"])
def test_two_snapshots_that_contradict_are_both_put_aside(
    command: str, folder: Folder, sverka: Sverka, report_of: ReportOf
) -> None:
    folder.good("a.json", 1)
    (folder.snapshots / "b.ndjson").write_text(
        f"{snapshot_text(2, sferum_connected=True)}\n{snapshot_text(1, sferum_connected=False)}\n", "utf-8"
    )
    ran = sverka(command, folder.snapshots, "--policies", folder.policies, "-o", "json")
    report = report_of(ran.out)
    assert ran.code == 3
    assert report["inputs"] == {"documents": 3, "evaluated": 1, "quarantined": 2, "not_reached": 0}
    assert {row["organization"] for row in report["organizations"]} == {inn(2)}
    assert {result["organization"] for result in report["results"]} <= {inn(2)}
    assert report["counts"]["violation"] == 0
    base = folder.snapshots.as_posix()
    told = {record["file"].removeprefix(base): record for record in report["quarantine"]}
    assert {name: record["code"] for name, record in told.items()} == {
        "/a.json": "conflict",
        "/b.ndjson:2": "conflict",
    }
    assert f"{base}/b.ndjson:2" in told["/a.json"]["message"]["en"]
    assert f"{base}/a.json" in told["/b.ndjson:2"]["message"]["en"]
    assert all(record["digest"] and record["size"] for record in told.values())


def test_facts_of_two_days_are_judged_each_and_told(folder: Folder, sverka: Sverka, report_of: ReportOf) -> None:
    folder.good("a.json", 1)
    folder.add("b.json", 1, sferum_connected=False, as_of="2025-10-02")
    ran = sverka(*check(folder, folder.snapshots))
    report = report_of(ran.out)
    assert ran.code == 1
    assert [(result["as_of"], result["verdict"]) for result in report["results"]] == [
        ("2025-10-01", "ok"),
        ("2025-10-02", "violation"),
    ]
    assert [warning["code"] for warning in report["warnings"]] == ["several-days"]


# --- policies and dates ---------------------------------------------------------------------------------------


def test_own_policies_come_on_top_of_the_shipped_ones(folder: Folder, sverka: Sverka, report_of: ReportOf) -> None:
    file = folder.violating()
    own = report_of(sverka(*check(folder, file)).out)
    shipped = report_of(sverka("check", file, "-o", "json").out)
    both = report_of(sverka(*check(folder, file, "--policies", "builtin")).out)
    assert own["policy_set"]["norms"] == 1
    assert both["policy_set"]["norms"] == shipped["policy_set"]["norms"] + 1
    assert len({report["policy_set"]["digest"] for report in (own, shipped, both)}) == 3
    assert "T-CONNECT" in {result["policy"] for result in both["results"]}
    named = report_of(sverka("check", file, "--policies", "builtin", "-o", "json").out)
    assert named == shipped


def test_two_policies_of_one_name_are_refused_with_both_places(folder: Folder, sverka: Sverka) -> None:
    other = folder.policy_folder("other")
    ran = sverka(*check(folder, folder.good(), "--policies", other))
    assert (ran.code, ran.out) == (2, "")
    assert str(other) in ran.err
    assert str(folder.policies) in ran.err


def test_the_law_of_another_day(folder: Folder, sverka: Sverka, report_of: ReportOf) -> None:
    file = folder.violating()
    assert report_of(sverka(*check(folder, file)).out)["law_date"] is None
    ran = sverka(*check(folder, file, "--as-of", "2025-05-31"))
    report = report_of(ran.out)
    assert ran.code == 0
    assert report["law_date"] == "2025-05-31"
    (result,) = report["results"]
    assert (result["verdict"], result["reason"]) == ("ok", "not_in_force")
    assert (result["as_of"], result["law_date"]) == ("2025-10-01", "2025-05-31")
    text = sverka("check", file, "--policies", folder.policies, "--as-of", "2025-06-01").out
    assert "Внимание: право на 01.06.2025, а факты на 01.10.2025" in text


def test_the_day_may_come_from_the_environment_and_the_option_wins(
    folder: Folder, sverka: Sverka, report_of: ReportOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = folder.violating()
    monkeypatch.setenv("SVERKA_AS_OF", "2025-05-31")
    assert report_of(sverka(*check(folder, file)).out)["law_date"] == "2025-05-31"
    assert report_of(sverka(*check(folder, file, "--as-of", "2025-06-01")).out)["law_date"] == "2025-06-01"
    monkeypatch.setenv("SVERKA_AS_OF", "soon")
    assert sverka(*check(folder, file)).code == 2


def test_findings_leave_out_what_is_well_and_change_neither_counts_nor_code(
    folder: Folder, sverka: Sverka, report_of: ReportOf
) -> None:
    folder.good(), folder.violating(), folder.unknown()
    everything = sverka(*check(folder, folder.snapshots))
    findings = sverka(*check(folder, folder.snapshots, "--results", "findings"))
    one, other = report_of(everything.out), report_of(findings.out)
    assert everything.code == findings.code == 1
    assert one["counts"] == other["counts"]
    assert [result for result in one["results"] if result["verdict"] != "ok"] == other["results"]
    assert {result["verdict"] for result in other["results"]} == {"violation", "unknown"}


def test_findings_keep_an_ok_that_is_disputed(folder: Folder, sverka: Sverka, report_of: ReportOf) -> None:
    policies = folder.policy_folder("own", readings="exception")
    file = folder.add("x.json", sferum_connected=False, operates_regional_system=True)
    ran = sverka("check", file, "--policies", policies, "--results", "findings", "-o", "json")
    assert [result["verdict"] for result in report_of(ran.out)["results"]] == ["ok"]


def test_a_folder_of_other_files_is_one_mistake_and_not_one_for_each_file(folder: Folder, sverka: Sverka) -> None:
    snapshots = folder.good().parent
    ran = sverka("check", folder.good(), "--policies", snapshots, "--lang", "en")
    assert ran.code == 2
    assert ran.err.count("[policy-folder]") == 1
    assert "this is not a policy folder" in ran.err
    assert "[unknown-policy-file]" not in ran.err
