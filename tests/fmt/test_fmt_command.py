"""`sverka fmt` as its users run it: what is written, what is told, which code it leaves with."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

import validator.cli.outputs
import validator.language.layout
from validator.cli.main import run

LAID_OUT = "norm: T-NORM\ntitle:\n  ru: Норма\n  en: Norm\n"
UNTIDY = 'title: {ru: "Норма", en: Norm} \nnorm: T-NORM'
BROKEN = "norm: T-NORM\nnorm: T-NORM\n"


class Ran(NamedTuple):
    code: int
    out: str
    err: str


Fmt = Callable[..., Ran]


@pytest.fixture
def fmt(tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Fmt:
    """Runs the command in an empty folder, in Russian unless told otherwise."""
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith(("SVERKA_", "LC_", "LANG"))]:
        monkeypatch.delenv(name)

    def call(*arguments: object) -> Ran:
        capfd.readouterr()
        code = run(["fmt", *map(str, arguments)])
        return Ran(code, *capfd.readouterr())

    return call


@pytest.fixture
def policies(tmp_path: Path) -> Path:
    """A folder with a file that is laid out and one that is not."""
    write(tmp_path / "policies/norms/a.yaml", LAID_OUT)
    write(tmp_path / "policies/norms/b.yaml", UNTIDY)
    return tmp_path / "policies"


def write(file: Path, text: str | bytes) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return file


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


# --- writing --------------------------------------------------------------------------------------------------


def test_a_file_that_is_not_laid_out_is_rewritten_and_named(policies: Path, fmt: Fmt) -> None:
    ran = fmt("policies")
    assert ran == Ran(
        0, "policies/norms/b.yaml: изменён\nФайлов политик 2: изменено 1, без изменений 1, не приведено 0\n", ""
    )
    assert bytes_of(policies) == {"norms/a.yaml": LAID_OUT.encode(), "norms/b.yaml": LAID_OUT.encode()}
    assert fmt("policies").out == "Файлов политик 2: изменено 0, без изменений 2, не приведено 0\n"


def test_everything_is_told_in_english_too(policies: Path, fmt: Fmt) -> None:
    write(policies / "c.yaml", BROKEN)
    ran = fmt("policies", "--lang", "en")
    assert ran.code == 1
    assert ran.out.splitlines() == [
        "policies/norms/b.yaml: changed",
        "Policy files 3: changed 1, unchanged 1, not laid out 1",
    ]
    assert "policies/c.yaml:2:1: norm: " in ran.err
    assert "[duplicate-key]" in ran.err


def test_a_laid_out_file_is_not_touched(policies: Path, fmt: Fmt) -> None:
    file = policies / "norms/a.yaml"
    os.utime(file, ns=(1, 1))
    assert fmt(file).code == 0
    assert file.stat().st_mtime_ns == 1


@pytest.mark.skipif(sys.platform == "win32", reason="rights of POSIX")
@pytest.mark.parametrize("rights", [0o600, 0o640, 0o755])
def test_a_file_keeps_its_rights(policies: Path, fmt: Fmt, rights: int) -> None:
    file = policies / "norms/b.yaml"
    file.chmod(rights)
    assert fmt("policies").code == 0
    assert file.read_text(encoding="utf-8") == LAID_OUT
    assert stat.S_IMODE(file.stat().st_mode) == rights


def test_a_file_is_replaced_whole_or_not_at_all(policies: Path, fmt: Fmt, monkeypatch: pytest.MonkeyPatch) -> None:
    write(policies / "norms/c.yaml", UNTIDY)
    before = bytes_of(policies)

    def full(_file: int) -> None:
        raise OSError(28, "no space")

    monkeypatch.setattr(validator.cli.outputs.os, "fsync", full)
    ran = fmt("policies")
    assert ran.code == 4
    assert bytes_of(policies) == before, "neither a half-written file nor a temporary one is left"
    assert ran.err.count("[unwritable-file]") == 2, "one failure does not stop the others"
    assert "не приведено 2" in ran.out


def test_a_file_without_the_right_to_write_stays(policies: Path, fmt: Fmt, monkeypatch: pytest.MonkeyPatch) -> None:
    before = bytes_of(policies)
    monkeypatch.setattr(os, "access", lambda *_arguments, **_options: False)
    assert fmt("policies").code == 4
    assert bytes_of(policies) == before


# --- only looking ---------------------------------------------------------------------------------------------


def test_check_writes_nothing_and_finds_what_would_change(policies: Path, fmt: Fmt) -> None:
    before = bytes_of(policies)
    ran = fmt("--check", "policies")
    assert ran == Ran(
        1, "policies/norms/b.yaml: изменится\nФайлов политик 2: изменятся 1, без изменений 1, не приведено 0\n", ""
    )
    assert bytes_of(policies) == before


def test_check_of_laid_out_files_is_0(policies: Path, fmt: Fmt) -> None:
    assert fmt("--check", policies / "norms/a.yaml").code == 0


@pytest.mark.parametrize("options", [("--diff",), ("--check", "--diff")])
def test_diff_shows_the_changed_lines_and_writes_nothing(
    policies: Path, fmt: Fmt, options: tuple[str, ...]
) -> None:
    before = bytes_of(policies)
    ran = fmt(*options, "policies")
    assert ran.code == 1
    assert bytes_of(policies) == before
    lines = ran.out.splitlines()
    assert '-title: {ru: "Норма", en: Norm} ' in lines
    assert "+  ru: Норма" in lines
    assert "--- policies/norms/b.yaml" in lines


@pytest.mark.parametrize(
    "data",
    [LAID_OUT.replace("\n", "\r\n").encode(), b"\xef\xbb\xbf" + LAID_OUT.encode(), LAID_OUT.rstrip("\n").encode()],
    ids=["windows line ends", "byte order mark", "no last line end"],
)
def test_a_change_that_no_diff_shows_is_named(tmp_path: Path, fmt: Fmt, data: bytes) -> None:
    file = write(tmp_path / "a.yaml", data)
    ran = fmt("--diff", "a.yaml")
    assert ran.code == 1
    assert ran.out.splitlines()[0] == "a.yaml: изменится (только концы строк или метка BOM)"
    assert fmt("a.yaml").code == 0
    assert file.read_bytes() == LAID_OUT.encode()


# --- what can't be laid out -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "code", "place"),
    [
        (BROKEN.encode(), "duplicate-key", "2:1"),
        (b"norm: T\ntitle: &a {ru: x, en: y}\nmessage: *a\n", "yaml-anchor", "2:8"),
        (b"norm: T\ntitle: [\n", "unclosed-bracket", "3:1"),
        (b"norm: T\n---\nnorm: U\n", "second-document", "2:1"),
        (b"norm: !!str T\n", "yaml-tag", "1:7"),
        ("norm: Т\ntitle: Норма\n".encode("cp1251"), "encoding-cp1251", "1:7"),
        ("norm: T\n".encode("utf-16"), "encoding-utf-16", "1:1"),
        (b"norm: T\x00\n", "control-character", "1:8"),
        (b"\tnorm: T\n", "tab-indent", "1:1"),
        (b"- norm: T\n", "object-expected", "1:1"),
        (b"", "empty-document", "1:1"),
        (b"norm: " + b"[" * 60 + b"]" * 60, "limit-depth", "1:38"),
        (b"norm: T\nx: " + b"a" * 70_000, "limit-string-bytes", "2:4"),
        (b"#" * 600_000, "limit-policy-bytes", "1:1"),
    ],
)
@pytest.mark.parametrize("options", [(), ("--check",)])
def test_a_mistake_is_told_with_its_place_and_the_others_go_on(
    policies: Path, fmt: Fmt, data: bytes, code: str, place: str, options: tuple[str, ...]
) -> None:
    broken = write(policies / "norms/a-broken.yaml", data)
    ran = fmt(*options, "policies")
    assert ran.code == 1
    assert f"policies/norms/a-broken.yaml:{place}: " in ran.err
    assert f"[{code}]" in ran.err
    assert broken.read_bytes() == data
    laid_out = (policies / "norms/b.yaml").read_text(encoding="utf-8") == LAID_OUT
    assert laid_out is (not options)
    assert "не приведено 1" in ran.out


def test_a_fault_of_the_layout_is_told_and_writes_nothing(
    policies: Path, fmt: Fmt, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = bytes_of(policies)
    monkeypatch.setattr(validator.language.layout, "printed", lambda _tree, _rule: "norm: T-OTHER\n")
    ran = fmt("policies")
    assert ran.code == 4
    assert ran.err.count("[layout-fault]") == 2
    assert bytes_of(policies) == before


@pytest.mark.parametrize("text", ["norm: [\n", "# made up\n" + LAID_OUT, LAID_OUT.replace("Norm", "norm")])
def test_a_text_that_would_say_something_else_is_never_given_back(
    monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    monkeypatch.setattr(validator.language.layout, "printed", lambda _tree, _rule: text)
    with pytest.raises(validator.language.layout.LayoutError):
        validator.language.layout.laid_out(LAID_OUT.encode(), "a.yaml")


def test_a_lost_comment_is_a_fault_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(validator.language.layout, "printed", lambda _tree, _rule: LAID_OUT)
    with pytest.raises(validator.language.layout.LayoutError, match="comment"):
        validator.language.layout.laid_out(f"# lost\n{LAID_OUT}".encode(), "a.yaml")


# --- which files ----------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("policies")
def test_without_paths_the_folder_policies_is_meant(fmt: Fmt) -> None:
    ran = fmt("--check")
    assert ran.code == 1
    assert "policies/norms/b.yaml: изменится" in ran.out


def test_without_paths_and_without_that_folder_nothing_is_guessed(fmt: Fmt) -> None:
    ran = fmt()
    assert ran.code == 2
    assert "sverka fmt policies" in ran.err


def test_a_path_that_does_not_exist_is_2_and_nothing_is_written(policies: Path, fmt: Fmt) -> None:
    before = bytes_of(policies)
    ran = fmt("policies", "policy")
    assert ran.code == 2
    assert "нет такого пути: policy" in ran.err
    assert bytes_of(policies) == before


@pytest.mark.parametrize("empty", ["folder", "snapshot.yaml", "notes.txt", "data.json"])
def test_zero_policy_files_is_2_and_said(tmp_path: Path, fmt: Fmt, empty: str) -> None:
    if empty == "folder":
        (tmp_path / empty).mkdir()
    else:
        write(tmp_path / empty, "schema: sverka.snapshot/1\nx:   {a:   1}\n")
    before = bytes_of(tmp_path)
    ran = fmt(empty)
    assert ran.code == 2
    assert "не найдено ни одного файла политики" in ran.err
    assert bytes_of(tmp_path) == before


def test_files_that_are_no_policies_are_left_alone_and_counted(policies: Path, fmt: Fmt) -> None:
    write(policies / "docker.yaml", "services:   {a:   1}\n")
    write(policies / "README.md", "x")
    ran = fmt("policies")
    assert ran.code == 0
    assert "не политики, оставлены как есть: 2 (первый: policies/docker.yaml)" in ran.err
    assert (policies / "docker.yaml").read_text(encoding="utf-8") == "services:   {a:   1}\n"


def test_a_file_named_twice_is_laid_out_once(policies: Path, fmt: Fmt) -> None:
    assert "Файлов политик 2:" in fmt("policies", policies / "norms/b.yaml", "policies/../policies").out


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_links_are_not_followed(tmp_path: Path, policies: Path, fmt: Fmt) -> None:
    outside = write(tmp_path / "outside/n.yaml", UNTIDY)
    (policies / "norms/link.yaml").symlink_to(outside)
    (policies / "linked").symlink_to(outside.parent)
    ran = fmt("policies")
    assert outside.read_text(encoding="utf-8") == UNTIDY
    assert (policies / "norms/link.yaml").is_symlink()
    assert "policies/norms/link.yaml: это ссылка, а не файл [symbolic-link]" in ran.err
    assert ran.code == 0


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="nothing is closed to this user")
def test_a_closed_file_is_2(policies: Path, fmt: Fmt) -> None:
    (policies / "norms/a.yaml").chmod(0)
    assert fmt("policies").code == 2


def test_a_name_that_is_hostile_to_a_terminal_is_shown_escaped(tmp_path: Path, fmt: Fmt) -> None:
    write(tmp_path / "a\u202e.yaml", UNTIDY)
    assert fmt("--check", tmp_path).out.splitlines()[0].endswith("a\\u202e.yaml: изменится")


@pytest.mark.parametrize(("language", "word"), [("ru", "единому виду"), ("en", "one layout")])
def test_help_says_what_the_command_does(fmt: Fmt, language: str, word: str) -> None:
    ran = fmt("--help", "--lang", language)
    assert ran.code == 0
    assert all(text in " ".join(ran.out.split()) for text in ("--check", "--diff", word))
