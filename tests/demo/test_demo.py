"""`sverka demo`: a newcomer gets a dozen organizations, a report, and commands that work as printed."""

from __future__ import annotations

import contextlib
import errno
import io
import json
import os
import re
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from validator.cli.demo import ORGANIZATIONS, contents_in, gravest_of, unpack
from validator.cli.main import run
from validator.resources import demo_folder, organizations_folder

LANGUAGES = ("ru", "en")
WHATSAPP = "service: Ватсап, "
COUNTERPART = "counterpart: [parents], "


class Ran(NamedTuple):
    """What a run of the command left behind."""

    code: int
    out: str
    err: str


Sverka = Callable[..., Ran]


@pytest.fixture(scope="session")
def _cache_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def sverka(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, _cache_folder: Path
) -> Sverka:
    """Runs the command in this process, in an empty folder whose name holds Cyrillic letters and a space."""
    for name in [name for name in os.environ if name.startswith(("SVERKA_", "LC_", "LANG"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("SVERKA_CACHE_DIR", str(_cache_folder))
    place = tmp_path / "Мои документы"
    place.mkdir()
    monkeypatch.chdir(place)

    def call(*arguments: str) -> Ran:
        capfd.readouterr()
        code = run(list(arguments))
        return Ran(code, *capfd.readouterr())

    return call


FEW = ("school-refusals-working-channel.yaml", "spb-school-transfer-week.yaml")


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two organizations instead of twelve, for tests about anything else: a check takes its time."""
    monkeypatch.setattr("validator.cli.demo.ORGANIZATIONS", FEW)


class Example(NamedTuple):
    """The whole example, unpacked once, and what the run showed."""

    folder: Path
    out: str


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory, _cache_folder: Path) -> Example:
    """The example as the command makes it in Russian; tests leave it as it is."""
    place = tmp_path_factory.mktemp("example")
    shown = io.StringIO()
    with pytest.MonkeyPatch.context() as patch, contextlib.redirect_stdout(shown):
        patch.chdir(place)
        patch.setenv("SVERKA_CACHE_DIR", str(_cache_folder))
        assert run(["demo", "--lang", "ru"]) == 1
    return Example(place / "sverka-demo", shown.getvalue())


def files_in(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def findings(result: Ran) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(result.out)["results"]
    return [r for r in found if r["verdict"] != "ok" or r["disputed"]]


# --- what it unpacks ------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_promised_is_unpacked_and_nothing_else(sverka: Sverka, language: str) -> None:
    assert sverka("demo", "--lang", language).code == 1
    unpacked = files_in(Path("sverka-demo"))
    assert {name for name in unpacked if name.startswith("snapshots/")} == {f"snapshots/{n}" for n in FEW}
    for name in FEW:
        assert unpacked[f"snapshots/{name}"] == (organizations_folder() / name).read_bytes()
    assert unpacked["README.md"] == (demo_folder() / f"README.{language}.md").read_bytes()
    rest = {name for name in unpacked if not name.startswith("snapshots/")}
    assert rest == {
        "README.md",
        "policies/norms/DEMO-CALL.yaml",
        "policies/sources/demo-order-1.yaml",
        "policies-edited/norms/DEMO-CALL.yaml",
        "policies-edited/sources/demo-order-1.yaml",
        "report.json",
        "report.txt",
        "sverka.yaml",
    }
    assert os.listdir(".") == ["sverka-demo"]


def test_the_dozen_is_a_dozen_and_shows_every_verdict(example: Example) -> None:
    assert len(set(ORGANIZATIONS)) == 12
    assert {path.name for path in (example.folder / "snapshots").iterdir()} == set(ORGANIZATIONS)
    report = json.loads((example.folder / "report.json").read_bytes())
    assert report["inputs"] == {"documents": 12, "evaluated": 12, "quarantined": 0, "not_reached": 0}
    assert {row["file"] for row in report["organizations"]} == {f"sverka-demo/snapshots/{n}" for n in ORGANIZATIONS}
    seen = {result["verdict"] for result in report["results"]}
    assert {"violation", "advice", "unknown", "moved", "stays"} <= seen
    assert report["counts"]["disputed"] > 0
    assert report["counts"]["ok"]["exempt"] > 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_guide_names_every_snapshot_once(language: str) -> None:
    guide = (demo_folder() / f"README.{language}.md").read_text("utf-8")
    assert sorted(re.findall(r"^\| `([\w-]+\.(?:yaml|json))`", guide.split("\n## ")[2], re.M)) == sorted(
        ORGANIZATIONS
    )


def commands_of_the_guide(language: str) -> list[str]:
    return re.findall(r"^\| `(sverka [^`]+)`", (demo_folder() / f"README.{language}.md").read_text("utf-8"), re.M)


def test_both_guides_tell_the_same_commands() -> None:
    assert commands_of_the_guide("ru") == commands_of_the_guide("en")
    assert len(commands_of_the_guide("ru")) == 10


@pytest.mark.parametrize("command", commands_of_the_guide("ru"))
def test_every_command_of_the_guide_works_in_the_folder(
    sverka: Sverka, example: Example, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.chdir(example.folder)
    ran = sverka(*shlex.split(command)[1:])
    expected = 0 if command.split()[1] in ("explain", "test") or "working-channel" in command else 1
    assert ran.code == expected, ran.err
    assert ran.out


@pytest.mark.usefixtures("few")
def test_the_edits_that_the_guide_suggests_do_what_it_says(sverka: Sverka) -> None:
    sverka("demo")
    file = Path("sverka-demo/snapshots/spb-school-transfer-week.yaml")
    original = file.read_text("utf-8")
    assert original.count(WHATSAPP) == 1

    def verdicts(text: str) -> set[str]:
        file.write_text(text, "utf-8")
        report = findings(sverka("check", str(file), "-o", "json"))
        return {r["verdict"] for r in report if r["policy"] == "FM-BAN"}

    line = next(line for line in original.splitlines() if WHATSAPP in line)
    assert COUNTERPART in line
    assert verdicts(original) == {"violation"}
    assert verdicts(original.replace(WHATSAPP, "service: max, ")) == set()
    assert verdicts(original.replace(line, line.replace(COUNTERPART, ""))) == {"unknown"}


def test_the_own_norm_finds_what_the_shipped_ones_do_not(
    sverka: Sverka, example: Example, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(example.folder.parent)
    both = ("--policies", "builtin", "--policies", "sverka-demo/policies")
    own = findings(sverka("check", "sverka-demo/snapshots", *both, "-o", "json"))
    shipped = json.loads((example.folder / "report.json").read_bytes())["results"]
    added = [r for r in own if r["policy"] == "DEMO-CALL"]
    assert [r for r in own if r["policy"] != "DEMO-CALL"] == shipped
    assert {r["verdict"] for r in added} == {"violation", "unknown"}


def test_the_edited_norm_flips_one_verdict(
    sverka: Sverka, example: Example, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(example.folder)

    def violating(folder: str) -> set[str]:
        ran = sverka("check", "snapshots", "--policies", folder, "-o", "json")
        return {r["location"]["file"] for r in findings(ran) if r["verdict"] == "violation"}

    kindergarten = "snapshots/kindergarten-parent-cannot-register.yaml"
    assert violating("policies") - violating("policies-edited") == {kindergarten}
    assert violating("policies-edited") < violating("policies")
    for folder in ("policies", "policies-edited"):
        assert sverka("test", "--policies", folder).code == 0


# --- what it says ---------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_saved_report_is_that_of_check(sverka: Sverka, language: str) -> None:
    demo = sverka("demo", "--lang", language)
    check = ("check", "sverka-demo/snapshots", "--results", "findings", "--lang", language)
    assert sverka(*check, "-o", "json").out == Path("sverka-demo/report.json").read_text("utf-8")
    assert sverka(*check, "-o", "text=again.txt").code == demo.code == 1
    assert Path("again.txt").read_bytes() == Path("sverka-demo/report.txt").read_bytes()


def test_the_screen_shows_one_finding_of_each_organization_that_has_one(example: Example) -> None:
    parts = example.out.split("\n=== ")[1:]
    shown = [part.count("НАРУШЕНИЕ  ") + part.count("НЕТ ДАННЫХ  ") for part in parts]
    assert shown == [1] * len(parts)
    school = next(part for part in parts if "школа № 1907" in part)
    assert "НАРУШЕНИЕ  FM-BAN (критическая)" in school
    names = {row["name"] for row in json.loads((example.folder / "report.json").read_bytes())["organizations"]}
    clean = next(line for line in example.out.splitlines() if line.startswith("Без блокирующих замечаний: "))
    told = set(clean.partition(": ")[2].split("; "))
    assert "МБОУ СШ № 77 города Тихие Заводи" in told
    assert told | {part.partition(" (ИНН ")[0] for part in parts} == names
    assert len(told) + len(parts) == 12


def test_the_totals_on_the_screen_are_those_of_the_whole_report(example: Example) -> None:
    lines = example.out.splitlines()
    report = (example.folder / "report.txt").read_text("utf-8").splitlines()
    assert next(line for line in lines if line.startswith("Итог")) in report
    assert "Код выхода: 1 (есть нарушения)" in lines


def test_the_gravest_finding_comes_first() -> None:
    def result(organization: str, verdict: str, severity: str, policy: str, **more: Any) -> Any:
        common = {"as_of": "2025-10-01", "kind": "norm", "disputed": None}
        return {
            **common,
            "modality": "recommendation" if verdict == "advice" else "obligation",
            "organization": organization,
            "verdict": verdict,
            "severity": severity,
            "policy": policy,
            **more,
        }

    results = [
        result("1", "unknown", "critical", "A"),
        result("1", "violation", "medium", "B"),
        result("1", "violation", "high", "D"),
        result("1", "violation", "high", "C"),
        result("1", "violation", "critical", "A", disputed=[{"verdict": "ok"}]),
        result("2", "violation", "low", "A"),
        result("2", "advice", "critical", "A"),
        result("3", "unknown", "high", "B"),
        result("3", "unknown", "critical", "C"),
        result("3", "violation", "low", "A"),
    ]
    assert [(r["organization"], r["policy"]) for r in gravest_of(results)] == [("1", "C"), ("3", "C")]


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize(
    ("name", "language"), [("sverka-demo", "en"), ("Пример для школы", "ru"), ("it's $HOME", "ru"), ("-x", "ru")]
)
def test_every_command_it_suggests_works_as_printed(sverka: Sverka, name: str, language: str) -> None:
    out = sverka("demo", "--lang", language, "--", name).out
    commands = [line.strip() for line in out.splitlines() if line.startswith("  sverka ")]
    assert [shlex.split(command)[1] for command in commands] == ["explain", "explain", "check", "check"]
    for command in commands:
        ran = sverka(*shlex.split(command)[1:])
        assert ran.code == (1 if " check " in command else 0), (command, ran.err)
    assert Path(name, "my-report.json").is_file()


@pytest.mark.usefixtures("few")
def test_a_folder_named_from_here_is_shown_from_here(sverka: Sverka) -> None:
    out = sverka("demo").out
    assert str(Path.cwd()) not in out + Path("sverka-demo/report.txt").read_text("utf-8")
    assert str(Path.cwd()) not in Path("sverka-demo/report.json").read_text("utf-8")


@pytest.mark.usefixtures("few")
def test_two_runs_give_the_same_bytes(sverka: Sverka, monkeypatch: pytest.MonkeyPatch) -> None:
    first = sverka("demo").out
    here = Path.cwd()
    there = here.parent / "elsewhere"
    there.mkdir()
    monkeypatch.chdir(there)
    assert sverka("demo").out == first
    assert files_in(there) == files_in(here)


# --- what it refuses ------------------------------------------------------------------------------------------


def test_a_folder_with_anything_in_it_is_left_as_it_is(sverka: Sverka) -> None:
    folder = Path("sverka-demo")
    folder.mkdir()
    (folder / ".hidden").write_text("mine")
    Path("sverka-demo-2").write_text("taken")
    ran = sverka("demo")
    assert ran == Ran(
        2, "", "sverka: папка уже есть и не пуста: sverka-demo\n    укажите другую: sverka demo sverka-demo-3\n"
    )
    assert files_in(folder) == {".hidden": b"mine"}
    english = sverka("demo", "--lang", "en").err
    assert english == (
        "sverka: the folder exists and is not empty: sverka-demo\n    name another: sverka demo sverka-demo-3\n"
    )


@pytest.mark.usefixtures("few")
def test_an_empty_folder_is_used(sverka: Sverka) -> None:
    Path("пусто").mkdir()
    assert sverka("demo", "пусто").code == 1
    assert Path("пусто", "README.md").is_file()


@pytest.mark.usefixtures("few")
def test_this_folder_is_used_when_it_is_empty_and_another_named_when_it_is_not(sverka: Sverka) -> None:
    assert sverka("demo", ".").code == 1
    assert Path("snapshots").is_dir()
    assert "sverka demo sverka-demo\n" in sverka("demo", ".").err


@pytest.mark.parametrize("place", ["file", "link", "dangling"])
def test_a_file_or_a_link_in_its_place_is_refused(sverka: Sverka, place: str) -> None:
    Path("aim").mkdir()
    Path("file").write_text("x")
    Path("link").symlink_to("aim", target_is_directory=True)
    Path("dangling").symlink_to("nowhere")
    ran = sverka("demo", place)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.splitlines() == [
        f"sverka: здесь {'файл' if place == 'file' else 'ссылка'}, а не папка: {place}",
        f"    укажите другую: sverka demo {place}-2",
    ]
    assert os.listdir("aim") == []
    assert not Path("nowhere").exists()


def test_a_folder_in_no_folder_is_refused(sverka: Sverka) -> None:
    ran = sverka("demo", "нет/такой")
    assert (ran.code, ran.err.splitlines()[0]) == (2, "sverka: нет папки, в которой создать пример: нет")


@pytest.mark.parametrize(
    ("number", "ru"), [(errno.EROFS, "диск только для чтения"), (errno.EACCES, "нет прав на запись")]
)
def test_a_place_that_is_read_only_is_told_clearly(
    sverka: Sverka, monkeypatch: pytest.MonkeyPatch, number: int, ru: str
) -> None:
    def refuse(path: Path, *_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number), str(path))

    monkeypatch.setattr(Path, "mkdir", refuse)
    assert sverka("demo") == Ran(
        2,
        "",
        f"sverka: пример нельзя записать в sverka-demo: {ru}\n"
        "    укажите папку, куда можно писать: sverka demo ПАПКА\n",
    )
    monkeypatch.undo()


def test_a_name_too_long_for_the_system_is_told(sverka: Sverka) -> None:
    ran = sverka("demo", "д" * 300)
    assert ran.code == 2
    assert "имя слишком длинное" in ran.err


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="an administrator may write anywhere")
def test_a_folder_without_rights_is_told(sverka: Sverka) -> None:
    closed = Path("closed")
    closed.mkdir()
    closed.chmod(0o500)
    for place in ("closed", "closed/demo"):
        ran = sverka("demo", place)
        assert ran.code == 2
        assert "нет прав на запись" in ran.err


def test_a_full_disk_leaves_nothing_behind(sverka: Sverka, monkeypatch: pytest.MonkeyPatch) -> None:
    opened, real = [], Path.open

    def fill(path: Path, mode: str = "r", **options: Any) -> Any:
        if mode == "xb":
            opened.append(path)
            if len(opened) == 5:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))
        return real(path, mode, **options)

    monkeypatch.setattr(Path, "open", fill)
    ran = sverka("demo")
    assert ran.code == 4
    assert "на диске нет места" in ran.err
    assert len(opened) == 5
    assert os.listdir(".") == []


def test_a_link_that_appears_while_unpacking_is_not_followed(tmp_path: Path) -> None:
    aim, target = tmp_path / "aim", tmp_path / "demo"
    aim.write_text("mine")

    class Planting(dict[str, bytes]):
        def items(self) -> Any:
            (target / "README.md").symlink_to(aim)
            return super().items()

    with pytest.raises(FileExistsError):
        unpack(Planting({"README.md": b"overwritten"}), target)
    assert aim.read_text() == "mine"


def test_the_contents_differ_between_languages_in_the_guide_alone() -> None:
    ru, en = contents_in("ru"), contents_in("en")
    assert list(ru) == list(en)
    assert [name for name in ru if ru[name] != en[name]] == ["README.md"]
