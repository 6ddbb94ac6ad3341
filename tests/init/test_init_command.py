"""`sverka init`: what it creates, what it leaves alone, what it says, and when it refuses."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from init_folder import CREATED, Ran, state

from validator.cli import init_write
from validator.cli.init_contents import PURPOSES
from validator.resources import schema_bytes

Sverka = Callable[..., Ran]


def test_in_an_empty_folder_every_file_is_created_and_told(folder: Path, sverka: Sverka) -> None:
    ran = sverka("init")
    assert (ran.code, ran.err) == (0, "")
    assert list(state(folder)) == CREATED
    for place in CREATED:
        assert f"  создан    {place} (" in ran.out
    assert "Создано: 10 файлов\n" in ran.out
    assert ran.out.endswith("Дальше:\n" + ran.out.partition("Дальше:\n")[2])
    assert ran.out.splitlines()[-1] == "  sverka check"


def test_it_says_all_of_it_in_english_too(folder: Path, sverka: Sverka) -> None:
    ran = sverka("init", "--lang", "en")
    assert ran.out.startswith("Folder: .\n  created     sverka.yaml (settings,")
    assert "Created: 10 files\nNext:\n" in ran.out
    again = sverka("init", "--lang", "en").out
    assert not any("а" <= char.lower() <= "я" for char in ran.out + again)
    assert "Nothing was changed" in again
    assert list(state(folder)) == CREATED


def test_a_second_run_changes_nothing_and_says_so(folder: Path, sverka: Sverka) -> None:
    sverka("init")
    before = state(folder)
    ran = sverka("init")
    assert ran.code == 0
    assert state(folder) == before
    assert ran.out.count("  уже есть  ") == len(CREATED)
    assert "Ничего не изменено\n" in ran.out
    assert "создан " not in ran.out


@pytest.mark.parametrize("place", CREATED)
def test_a_file_that_is_there_is_left_alone_and_what_to_add_can_be_shown(
    place: str, folder: Path, sverka: Sverka
) -> None:
    file = folder / place
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("# own\n", "utf-8")
    stamp = file.stat().st_mtime_ns
    ran = sverka("init")
    assert ran.code == 0
    assert state(folder)[place] == (b"# own\n", stamp)
    (line,) = [line for line in ran.out.splitlines() if f"  {place} " in line]
    assert line.startswith("  оставлен  ")
    assert f"--show {place})" in line or "удалите его и повторите init" in line
    assert "Создано: 9 файлов, не тронуто 1\n" in ran.out
    assert list(state(folder)) == CREATED


def test_line_ends_that_git_changed_are_no_difference(folder: Path, sverka: Sverka) -> None:
    sverka("init")
    file = folder / ".gitlab-ci.yml"
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert "  уже есть  .gitlab-ci.yml\n" in sverka("init").out


@pytest.mark.parametrize("place", PURPOSES)
def test_what_is_shown_is_what_is_written(place: str, folder: Path, sverka: Sverka) -> None:
    shown = sverka("init", "--show", place)
    assert (shown.code, shown.err) == (0, "")
    assert list(folder.iterdir()) == []
    sverka("init", "--ci", "gitflic" if place == "gitflic-ci.yaml" else "both")
    assert (folder / place).read_bytes().decode("utf-8") == shown.out


def test_showing_a_file_that_is_not_written_is_bad_usage(folder: Path, sverka: Sverka) -> None:
    ran = sverka("init", "--show", "sverka.yml")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.splitlines() == ["sverka: init не пишет файла `sverka.yml`", "    похоже на `sverka.yaml`"]
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "left_out"),
    [
        (["--ci", "github"], {".gitlab-ci.yml"}),
        (["--ci", "gitlab"], {".github/workflows/sverka.yml"}),
        (["--ci", "gitflic"], {".github/workflows/sverka.yml", ".gitlab-ci.yml"}),
        (["--ci", "none"], {".github/workflows/sverka.yml", ".gitlab-ci.yml"}),
        (["--no-pre-commit"], {".pre-commit-config.yaml"}),
        (["--no-vscode"], {place for place in CREATED if place.startswith((".vscode/", ".sverka/"))}),
    ],
)
def test_what_is_not_wanted_is_left_out(
    arguments: list[str], left_out: set[str], folder: Path, sverka: Sverka
) -> None:
    ran = sverka("init", *arguments)
    assert ran.code == 0
    added = {"gitflic-ci.yaml"} if "gitflic" in arguments else set[str]()
    assert set(state(folder)) == (set(CREATED) - left_out) | added
    assert not any(place in ran.out for place in left_out)


def test_a_folder_of_any_name_is_made(folder: Path, sverka: Sverka) -> None:
    ran = sverka("init", "Школы района/снимки за год")
    assert ran.code == 0
    assert list(state(folder / "Школы района" / "снимки за год")) == CREATED
    assert ran.out.startswith("Папка: Школы района/снимки за год\n")
    assert "Дальше, в этой папке:\n" in ran.out


# --- what others have set up already --------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "text"), [(".sverka.yaml", "lang: ru\n"), ("pyproject.toml", "[tool.sverka]\n")])
def test_settings_under_another_name_are_enough(name: str, text: str, folder: Path, sverka: Sverka) -> None:
    (folder / name).write_text(text, "utf-8")
    ran = sverka("init")
    assert f"  не нужен  sverka.yaml (уже есть {name})\n" in ran.out
    assert not (folder / "sverka.yaml").exists()
    assert sverka("config").code == 0


def test_a_pyproject_of_other_tools_is_no_settings_file(folder: Path, sverka: Sverka) -> None:
    (folder / "pyproject.toml").write_text("[tool.other]\n", "utf-8")
    sverka("init")
    assert (folder / "sverka.yaml").exists()
    assert sverka("check").code == 0


def test_misnamed_settings_are_told_and_nothing_is_created(folder: Path, sverka: Sverka) -> None:
    (folder / "sverka.yml").write_text("lang: ru\n", "utf-8")
    ran = sverka("init")
    assert (ran.code, ran.out) == (2, "")
    assert "переименуйте его в `sverka.yaml`" in ran.err
    assert list(state(folder)) == ["sverka.yml"]


def test_beside_own_snapshots_no_invented_school_appears(folder: Path, sverka: Sverka) -> None:
    (folder / "snapshots").mkdir()
    (folder / "snapshots" / "7800000108.yaml").write_text("schema: sverka.snapshot/1\n", "utf-8")
    ran = sverka("init")
    assert "  не нужен  snapshots/example-school.yaml (уже есть snapshots/)\n" in ran.out
    assert [path.name for path in (folder / "snapshots").iterdir()] == ["7800000108.yaml"]


def test_own_policies_are_judged_by_from_the_start(folder: Path, sverka: Sverka) -> None:
    (folder / "policies" / "norms").mkdir(parents=True)
    sverka("init")
    assert "policies: [builtin, policies]\n" in (folder / "sverka.yaml").read_text("utf-8")


# --- git ------------------------------------------------------------------------------------------------------


def test_the_root_of_a_repository_needs_no_git_init(folder: Path, sverka: Sverka) -> None:
    (folder / ".git").mkdir()
    assert "git init" not in sverka("init").out


def test_below_the_root_of_a_repository_it_says_that_ci_and_hooks_belong_there(
    folder: Path, sverka: Sverka
) -> None:
    (folder / ".git").mkdir()
    ran = sverka("init", "part")
    assert "перенесите CI и .pre-commit-config.yaml в корень репозитория" in ran.out
    assert "git init" not in ran.out


def test_outside_of_any_repository_git_init_comes_before_the_hooks(folder: Path, sverka: Sverka) -> None:
    if any((above / ".git").exists() for above in folder.parents):
        pytest.skip("the temporary folder lies in a repository")
    lines = sverka("init").out.splitlines()
    assert lines.index("  git init") < lines.index("  pre-commit install") < lines.index("  sverka check")


# --- refusals -------------------------------------------------------------------------------------------------


def refused(ran: Ran, message: str) -> None:
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"sverka: {message}")
    assert len(ran.err.splitlines()) == 2


@pytest.mark.parametrize("name", ["file", "file/below"])
def test_a_file_is_no_folder(name: str, folder: Path, sverka: Sverka) -> None:
    (folder / "file").write_text("x", "utf-8")
    refused(sverka("init", name), "здесь файл, а не папка: file")
    refused(sverka("init", name, "--lang", "en"), "a file stands here, no folder: file")


@pytest.mark.parametrize("name", [".github", "snapshots", ".sverka"])
def test_a_file_where_a_folder_should_be_stops_everything(name: str, folder: Path, sverka: Sverka) -> None:
    (folder / name).write_text("x", "utf-8")
    refused(sverka("init"), f"на месте папки файл: {name}")
    refused(sverka("init", "--lang", "en"), f"a file stands where a folder should be: {name}")
    assert list(state(folder)) == [name]


@pytest.mark.parametrize("name", ["sverka.yaml", ".vscode/settings.json"])
def test_a_folder_where_a_file_should_be_stops_everything(name: str, folder: Path, sverka: Sverka) -> None:
    (folder / name).mkdir(parents=True)
    refused(sverka("init"), f"на месте файла папка: {name}")
    refused(sverka("init", "--lang", "en"), f"a folder stands where the file should be: {name}")
    assert list(state(folder)) == []


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_a_link_that_leads_out_of_the_folder_is_not_followed(folder: Path, sverka: Sverka) -> None:
    outside = folder.parent / "outside"
    outside.mkdir()
    (folder / ".github").symlink_to(outside)
    refused(sverka("init"), "ссылка ведёт за пределы папки: .github/workflows")
    refused(sverka("init", "--lang", "en"), "a link leads out of the folder: .github/workflows")
    assert list(outside.iterdir()) == []
    assert list(folder.iterdir()) == [folder / ".github"]


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_a_link_in_place_of_a_file_is_left_alone_even_when_it_leads_nowhere(folder: Path, sverka: Sverka) -> None:
    (folder / "sverka.yaml").symlink_to("../elsewhere.yaml")
    assert "  оставлен  sverka.yaml (" in sverka("init", "--no-vscode").out
    assert (folder / "sverka.yaml").is_symlink()
    assert not (folder.parent / "elsewhere.yaml").exists()


def test_a_name_that_the_system_refuses_is_bad_usage(folder: Path, sverka: Sverka) -> None:
    refused(sverka("init", "x" * 300), "не удалось создать папку: xxx")
    assert list(folder.iterdir()) == []


@pytest.fixture
def as_nobody() -> Iterator[Callable[[], None]]:
    """Gives up the rights of the superuser for the rest of a test, if it has them."""
    if os.name == "nt":
        pytest.skip("rights of POSIX")
    privileged = os.geteuid() == 0

    def give_up() -> None:
        if privileged:
            schema_bytes("snapshot"), schema_bytes("policy")  # what may lie where only the superuser can read
            os.seteuid(65534)

    yield give_up
    if privileged:
        os.seteuid(0)


@pytest.mark.parametrize("closed", ["", ".github"])
def test_a_folder_that_is_read_only_is_told_before_anything_is_written(
    closed: str, sverka: Sverka, as_nobody: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = Path(tempfile.mkdtemp(prefix="sverka-test-"))
    try:
        (path / ".github").mkdir()
        path.chmod(0o777)
        (path / closed).chmod(0o555)
        monkeypatch.chdir(path)
        as_nobody()
        refused(sverka("init"), f"в папку нельзя писать: {closed or '.'}\n")
        refused(sverka("init", "--lang", "en"), f"the folder is read-only: {closed or '.'}\n")
        assert list(state(path)) == []
    finally:
        monkeypatch.undo()
        if hasattr(os, "seteuid") and os.getuid() == 0:
            os.seteuid(0)
        path.chmod(0o777)
        shutil.rmtree(path)


# --- writing --------------------------------------------------------------------------------------------------


@pytest.fixture(params=["with second names", "without second names"])
def file_system(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Some file systems give a file one name only."""
    if request.param == "without second names":

        def refuse(*_: object) -> None:
            raise PermissionError(errno.EPERM, "no second names")

        monkeypatch.setattr(os, "link", refuse)


@pytest.mark.usefixtures("file_system")
def test_a_new_file_is_written_and_nothing_else_stays(folder: Path) -> None:
    assert init_write.write_new(folder / "a" / "b.txt", b"text")
    assert {name: data for name, (data, _) in state(folder).items()} == {"a/b.txt": b"text"}


@pytest.mark.usefixtures("file_system")
def test_a_file_that_somebody_else_made_meanwhile_stays_his(folder: Path) -> None:
    (folder / "b.txt").write_bytes(b"his")
    assert not init_write.write_new(folder / "b.txt", b"ours")
    assert {name: data for name, (data, _) in state(folder).items()} == {"b.txt": b"his"}


def test_a_full_disk_leaves_no_piece_of_a_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="full"):
        init_write.write_new(folder / "b.txt", b"ours")
    assert list(folder.iterdir()) == []


def test_a_run_that_stops_half_way_is_incomplete_and_can_be_repeated(
    folder: Path, sverka: Sverka, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, calls = os.fsync, iter(range(100))

    def full_after_three(handle: int) -> None:
        if next(calls) >= 3:
            raise OSError(errno.ENOSPC, "full")
        real(handle)

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full_after_three)
        ran = sverka("init")
    assert ran.code == 4
    assert "на диске нет места" in ran.err
    assert ran.out.count("создан ") == 3
    assert len(state(folder)) == 3
    assert "Создано: 7 файлов, не тронуто 3\n" in sverka("init").out
    assert list(state(folder)) == CREATED
