"""What users see: the three formats, exit codes, usage errors; hostile names, size, determinism."""

from __future__ import annotations

import html
import json
import os
import re
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any, cast, get_args

import pytest
from impact_bench import (
    FM_BAN,
    ORGANIZATIONS,
    Bench,
    Impact,
    Sverka,
    assert_valid_impact,
    write_set,
    write_snapshot,
)

from validator.cli.impact import spread
from validator.logic.impact import ChangeKind, ChangeWord, ImpactReport
from validator.render.impact import markdown as impact_markdown
from validator.render.impact import text as impact_text
from validator.render.impact.words import cause_phrase
from validator.render.markdown_text import quiet

HOSTILE = (
    "|a| **b** <img src=x onerror=alert(1)> </details> [x](http://evil.example) www.evil.example @everyone #1 !2 "
    "`code` ~~s~~ \\ &lt; $x$ :smile: a_b_c 1. - GH-1\n\n# head\n\u202eabc\u200b"
)


@pytest.fixture(autouse=True)
def _sets(tmp_path: Path) -> None:
    """Two tiny policy sets, `old` and `new`; the norm of the second begins in 2026."""
    for name in ("old", "new"):
        write_set(tmp_path / name)
    file = tmp_path / "new" / "norms" / "T-CONNECT.yaml"
    file.write_text(file.read_text("utf-8").replace("2025-06-01", "2026-06-01"), "utf-8")


@pytest.fixture
def violating(tmp_path: Path) -> Path:
    return write_snapshot(tmp_path / "a.json", 1, sferum_connected=False, municipality="Приморский район")


# --- text -------------------------------------------------------------------------------------------------------


def test_the_text_says_all_in_russian(violating: Path, sverka: Sverka) -> None:
    ran = sverka("impact", "old", "new", "--on", violating.name)
    assert ran.code == 1
    assert ran.out == (
        "Было: политики old\n"
        "Стало: политики new\n"
        "\n"
        "Что изменилось в политиках:\n"
        "    норма T-CONNECT: изменена (norms/T-CONNECT.yaml) — срок действия\n"
        "\n"
        "=== Причина: норма T-CONNECT: изменена (norms/T-CONNECT.yaml) ===\n"
        "T-CONNECT (высокая)  Организация подключена: лучше 1; организаций 1\n"
        "    ЛУЧШЕ  Школа № 1 (ИНН 7800000010), факты на 01.10.2025, organization: "
        "нарушение → соответствует (не действует на эту дату)\n"
        "        было: «Школа № 1» не подключена; Подключение к «Сферуму»: нет\n"
        "        где: a.json:1:72\n"
        "\n"
        "Изменится 1 вердикт, затронуто организаций: 1 из 1. Лучше 1\n"
        "    нарушение → соответствует: 1\n"
        "По муниципалитетам:\n"
        "    регион 78, Приморский район: затронуто 1 из 1; лучше 1\n"
        "Документов 1 = сравнено 1 + отложено 0 + без пары 0 + не читано 0\n"
        "Код выхода: 1 (вердикты изменятся)\n"
    )


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("norm", "норма X: добавлена, норма X: удалена, норма X: изменена, норма X: переименована"),
        ("decision", "решение X: добавлено, решение X: удалено, решение X: изменено, решение X: переименовано"),
        ("draft", "черновик X: добавлен, черновик X: удалён, черновик X: изменён, черновик X: переименован"),
        ("definition", "определение X: добавлено, определение X: удалено, определение X: изменено, …"),
        ("values", "набор значений X: добавлен, набор значений X: удалён, набор значений X: изменён, …"),
        ("parameter", "параметр X: добавлен, параметр X: удалён, параметр X: изменён, параметр X: переименован"),
        ("register", "перечень X: добавлен, перечень X: удалён, перечень X: изменён, перечень X: переименован"),
        ("act", "акт X: добавлен, акт X: удалён, акт X: изменён, акт X: переименован"),
        ("topic", "тема X: добавлена, тема X: удалена, тема X: изменена, тема X: переименована"),
    ],
    ids=lambda value: value.split(" ")[0] if value.isascii() else "",
)
def test_a_change_agrees_with_the_kind_of_thing_in_russian(kind: ChangeKind, told: str) -> None:
    changes: tuple[ChangeWord, ...] = ("added", "removed", "changed", "renamed")
    phrases = [cause_phrase({"kind": kind, "name": "X", "change": c, "file": None}, "ru") for c in changes]
    assert ", ".join(phrases).startswith(told.removesuffix("…"))


def test_every_kind_of_change_is_tried_for_its_gender() -> None:
    [parametrized] = test_a_change_agrees_with_the_kind_of_thing_in_russian.pytestmark  # type: ignore[attr-defined]
    assert {kind for kind, _ in parametrized.args[1]} == set(get_args(ChangeKind))


def test_the_text_says_the_same_in_english(violating: Path, sverka: Sverka) -> None:
    ran = sverka("impact", "old", "new", "--on", violating.name, "--lang", "en")
    assert not re.search("[А-Яа-я]", ran.out.replace("Школа", "").replace("Приморский район", "")), ran.out
    assert "1 verdict flips; organizations touched: 1 of 1. Better 1" in ran.out
    assert "Exit code: 1 (verdicts flip)" in ran.out


# --- exit codes and usage ---------------------------------------------------------------------------------------


def test_only_reporting_leaves_with_0_and_says_so(violating: Path, sverka: Sverka) -> None:
    ran = sverka("impact", "old", "new", "--on", violating, "--exit-zero", "--lang", "en")
    assert ran.code == 0
    assert "Exit code: 0 (verdicts flip; with `--exit-zero` only reported)" in ran.out


def test_only_reporting_hides_no_document_that_was_not_compared(
    violating: Path, sverka: Sverka, tmp_path: Path
) -> None:
    (tmp_path / "bad.json").write_text("{", "utf-8")
    ran = sverka("impact", "old", "new", "--on", violating, tmp_path / "bad.json", "--exit-zero", "--lang", "en")
    assert ran.code == 3
    assert "Exit code: 3 (not every document was compared)" in ran.out
    assert "NOT COMPARED" in ran.out
    assert sverka("impact", "old", "new", "--on", violating, tmp_path / "bad.json").code == 1


def test_no_flip_leaves_with_0(tmp_path: Path, sverka: Sverka) -> None:
    good = write_snapshot(tmp_path / "good.json", 1, sferum_connected=True)
    ran = sverka("impact", "old", "new", "--on", good, "--lang", "en")
    assert ran.code == 0
    assert "Same verdict, other reason: 1 (shown by `--reasons`)" in ran.out
    assert "No verdict flips. Organizations: 1" in ran.out


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], "what to compare is not named: 0 given"),
        (["old"], "what to compare is not named: 1 given"),
        (["old", "new", "old"], "what to compare is not named: 3 given"),
        (["--on", "a.json", "old", "new"], "written before `--on`"),
        (["--base", "HEAD", "old", "new"], "one of the two is wanted"),
        (["old", "nwe", "--on", "a.json"], "no such policy folder or saved report: nwe"),
        (["old", "new"], "the snapshots to compare on are not named"),
        (["old", "new", "--on", "none.json"], "no such path: none.json"),
        (["old", "new", "--on", "empty"], "no snapshot was found"),
        (["old", "empty", "--on", "a.json"], "empty: the folder holds no policy"),
        (["old", "new", "--on", "a.json", "-o", "md"], "unknown format `md`"),
        (["old", "new", "--on", "a.json", "-o", "json=a.json"], "would overwrite an input"),
        (["old", "new", "--on"], "--on"),
    ],
)
def test_a_mistake_of_the_command_line_leaves_with_2(
    arguments: list[str], told: str, violating: Path, sverka: Sverka, tmp_path: Path
) -> None:
    assert violating.name == "a.json"
    (tmp_path / "empty").mkdir()
    ran = sverka("impact", *arguments, "--lang", "en")
    assert ran.code == 2, ran
    assert told in ran.err
    assert ran.out == ""
    assert not re.search("[а-я]", ran.err)


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("old new --on a b --lang en", "old new --on a --on b --lang en"),
        ("--on a b -o json c", "--on a --on b -o json c"),
        ("--on - x", "--on - --on x"),
        ("--on=a b", "--on=a b"),
        ("--on a --on b c", "--on a --on b --on c"),
        ("--on a -- b", "--on a -- b"),
        ("old new --on", "old new --on"),
    ],
)
def test_all_words_after_on_are_snapshots(given: str, wanted: str) -> None:
    assert spread(given.split(), "--on") == wanted.split()


def test_several_formats_at_once(violating: Path, sverka: Sverka, tmp_path: Path) -> None:
    ran = sverka(
        "impact", "old", "new", "--on", violating, "-o", "text", "-o", "json=r.json", "-o", "markdown=r.md"
    )
    assert ran.code == 1
    assert "Код выхода: 1" in ran.out
    assert_valid_impact(json.loads((tmp_path / "r.json").read_text("utf-8")))
    assert (tmp_path / "r.md").read_text("utf-8").startswith("### Сверка: чьи вердикты изменит правка политик\n")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no named pipes in folders")
def test_an_output_that_is_no_file_is_written_to_and_not_replaced(
    violating: Path, sverka: Sverka, tmp_path: Path
) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    heard: list[str] = []
    reader = threading.Thread(target=lambda: heard.append(pipe.read_text("utf-8")), daemon=True)
    reader.start()
    sverka("impact", "old", "new", "--on", violating, "-o", f"json={pipe}")
    reader.join(10)
    assert pipe.is_fifo()
    assert_valid_impact(json.loads(heard[0]))


def test_policies_may_be_the_common_ground_of_both_sides(bench: Bench, impact: Impact, tmp_path: Path) -> None:
    """Two folders of one's own, each on top of the shipped set."""
    text = bench.file(FM_BAN).read_text("utf-8").replace("norm: FM-BAN", "norm: MY-BAN")
    for name, day in (("one", "2025-06-01"), ("two", "2025-10-15")):
        folder = tmp_path / name / "norms"
        folder.mkdir(parents=True)
        (folder / "MY-BAN.yaml").write_text(text.replace("2025-06-01, judged", f"{day}, judged"), "utf-8")
    report = impact("one", "two", "--policies", "builtin", "--on", ORGANIZATIONS / "spb-school-transfer-week.yaml")
    assert [(flip["policy"], flip["ref"]) for flip in report["flips"]] == [("MY-BAN", "u_whatsapp")]
    assert report["old"]["names"] == ["builtin", "one"]


# --- Markdown ---------------------------------------------------------------------------------------------------


def markdown_of(report: dict[str, Any], language: str = "ru") -> str:
    return impact_markdown.render(cast(ImpactReport, report), cast(Any, language))


def test_a_hostile_name_can_only_be_text(tmp_path: Path, impact: Impact) -> None:
    file = write_snapshot(tmp_path / "evil.json", 1, sferum_connected=False, name="x", municipality="y")
    report = impact("old", "new", "--on", file)
    for flip in report["flips"]:
        flip["organization_name"] = flip["municipality"] = HOSTILE
        flip["before"]["message"] = {"ru": HOSTILE, "en": HOSTILE}
    report["municipalities"][0]["municipality"] = HOSTILE
    shown = markdown_of(report)
    name = quiet(HOSTILE)
    assert shown.count(name) == 3
    rest = shown.replace(name, "")
    for piece in ("evil", "img", "everyone", "smile", "onerror"):
        assert piece not in rest
    assert not set(name) & set("|*<>[]`~\\$@!_\n\u202e\u200b")
    # What Markdown shows is the name again, unsafe characters as their escapes.
    seen = HOSTILE.replace("\n", "\\n").replace("\u202e", "\\u202e").replace("\u200b", "\\u200b")
    assert html.unescape(name).replace("\u200b", "") == seen
    text = impact_text.render(cast(ImpactReport, report))
    assert "\u202e" not in text
    assert "\n# head" not in text


@pytest.mark.parametrize(
    "text",
    [
        *(
            "http://x.example",
            "www.x.example",
            "a@b.example",
            "@team",
            "#12",
            "!12",
            "GH-12",
            ":tada:",
            "`x`",
            "a|b",
        ),
        *(
            "<b>",
            "&amp;",
            "[a](b)",
            "*a*",
            "_a_",
            "~a~",
            "$a$",
            "\\a",
            "- a",
            "1. a",
            "> a",
            "# a",
            "a\nb",
            "%1",
            "^1",
        ),
    ],
)
def test_nothing_that_markdown_reads_is_left_of_a_text(text: str) -> None:
    shown = quiet(text)
    bare = re.sub(r"&#[0-9]+;", "", shown)
    assert re.fullmatch(r"[\w ,;()]*(: [\w ,;()]*)*", bare), shown
    assert html.unescape(shown).replace("\u200b", "") == text.replace("\n", "\\n")


def test_points_of_dates_and_colons_before_a_space_stay_readable() -> None:
    assert quiet("день: 01.02.2025; (да)") == "день: 01.02.2025; (да)"


def test_a_large_report_keeps_to_the_limit_and_says_what_is_left_out(tmp_path: Path, impact: Impact) -> None:
    for number in range(150):
        name = f"Школа № {number} с длинным-предлинным названием " * 4
        facts = {"municipality": f"Район № {number}", "name": name, "sferum_connected": False}
        write_snapshot(tmp_path / f"{number}.json", number, **facts)
    for side in ("old", "new"):
        norm = (tmp_path / side / "norms" / "T-CONNECT.yaml").read_text("utf-8")
        (tmp_path / side / "norms" / "T-TWO.yaml").write_text(norm.replace("T-CONNECT", "T-TWO"), "utf-8")
    report = impact("old", "new", "--on", *(tmp_path / f"{number}.json" for number in range(150)))
    for language in ("ru", "en"):
        shown = markdown_of(report, language)
        assert len(shown.encode()) <= impact_markdown.LIMIT_BYTES
        assert len(shown.encode()) > impact_markdown.LIMIT_BYTES * 0.8
        told = re.search(r"(?:Не поместилось изменений|Flips that did not fit): (\d+)", shown)
        assert told is not None
        assert shown.count("\n- **") + int(told[1]) == 300
        assert shown.count("<details>") == shown.count("</details>")


def test_a_small_report_leaves_nothing_out(violating: Path, sverka: Sverka) -> None:
    ran = sverka("impact", "old", "new", "--on", violating.name, "-o", "markdown", "--lang", "en")
    assert "did not fit" not in ran.out
    assert "| T&#45;CONNECT | The organization is connected | 1 | 1 |" in ran.out
    assert "Norms: violation → ok: 1" in ran.out


def test_documents_not_compared_stand_in_the_comment(violating: Path, sverka: Sverka, tmp_path: Path) -> None:
    (tmp_path / "bad.json").write_text("{", "utf-8")
    ran = sverka("impact", "old", "new", "--on", violating.name, "bad.json", "-o", "markdown", "--lang", "en")
    assert "<summary><b>Documents NOT COMPARED: 1</b></summary>" in ran.out


# --- the same bytes again ---------------------------------------------------------------------------------------


def test_the_same_input_gives_the_same_bytes(bench: Bench) -> None:
    bench.replace("definitions/staff-roles.yaml", "[employee, teacher, org_admin]", "[employee]")
    bench.replace(FM_BAN, "in_force: {from: 2025-06-01,", "in_force: {from: 2025-10-15,")
    files = [str(ORGANIZATIONS / name) for name in ("spb-school-transfer-week.yaml", "company-share-50-01.yaml")]
    for format_ in ("text", "markdown", "json"):
        seen = set()
        for seed, order in (("1", files), ("2", files[::-1])):
            command = "from validator.cli.main import main; main()"
            process = subprocess.run(
                [sys.executable, "-c", command, "impact", "builtin", "edited", "--on", *order, "-o", format_],
                cwd=bench.path,
                env={**os.environ, "PYTHONHASHSEED": seed},
                capture_output=True,
                check=False,
            )
            assert process.returncode == 1, process.stderr
            seen.add(process.stdout)
        assert len(seen) == 1, format_
