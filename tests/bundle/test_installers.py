"""The installers: they refuse a damaged bundle and an unfit Python, and say what to do.

install.cmd can't run here; what can be seen without Windows is checked.
"""

from __future__ import annotations

import base64
import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from installed import BUNDLE, module, offline, plain_environment

install = module(BUNDLE / "files" / "install.py", "bundle_install")


class Ran(NamedTuple):
    """The exit code of an installer and all that it said."""

    code: int
    said: str


def run_installer(folder: Path, *arguments: str, **environment: str) -> Ran:
    ran = subprocess.run(
        [*offline(), "/bin/sh", str(folder / "install.sh"), *arguments],
        env={**plain_environment(), "SVERKA_PYTHON": sys.executable, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
        timeout=120,
    )
    return Ran(ran.returncode, ran.stdout.decode())


# --- a damaged bundle -----------------------------------------------------------------------------------------


def damaged_wheel(folder: Path) -> str:
    wheel = next((folder / "wheels").glob("click-*.whl"))
    data = bytearray(wheel.read_bytes())
    data[len(data) // 2] ^= 1
    wheel.write_bytes(data)
    return f"Файл испорчен: wheels/{wheel.name}"


def lost_wheel(folder: Path) -> str:
    wheel = next((folder / "wheels").glob("click-*.whl"))
    wheel.unlink()
    return f"Нет файла: wheels/{wheel.name}"


def added_wheel(folder: Path) -> str:
    (folder / "wheels" / "click-99.0-py3-none-any.whl").write_bytes(b"PK")
    return "Лишний файл: wheels/click-99.0-py3-none-any.whl"


def changed_facts(folder: Path) -> str:
    file = folder / "bundle.json"
    file.write_text(file.read_text("utf-8").replace("sverka", "sverko"), "utf-8")
    return "Файл испорчен: bundle.json"


def lost_sums(folder: Path) -> str:
    (folder / "SHA256SUMS").unlink()
    return "Нет файла SHA256SUMS."


def lost_installer(folder: Path) -> str:
    (folder / "install.py").unlink()
    return "рядом нет install.py"


@pytest.mark.parametrize(
    "damage",
    [damaged_wheel, lost_wheel, added_wheel, changed_facts, lost_sums, lost_installer],
    ids=lambda f: f.__name__,
)
def test_a_damaged_bundle_is_refused_before_anything_is_made(unpacked: Path, damage: object) -> None:
    assert callable(damage)
    expected = damage(unpacked)
    ran = run_installer(unpacked)
    assert ran.code == 1, ran.said
    assert expected in ran.said
    assert "аспакуйте архив заново" in ran.said
    assert not (unpacked / "sverka").exists()


def test_a_whole_bundle_passes_the_check_of_the_system_too(unpacked: Path) -> None:
    checked = subprocess.run(["sha256sum", "-c", "--quiet", "SHA256SUMS"], cwd=unpacked, check=False)
    assert checked.returncode == 0


def test_what_fails_half_way_is_taken_away_again(unpacked: Path) -> None:
    """A wheel is missing, and the sums do not know of it: pip is the one that fails."""
    wheel = next((unpacked / "wheels").glob("click-*.whl"))
    wheel.unlink()
    sums = unpacked / "SHA256SUMS"
    sums.write_text("".join(line for line in sums.read_text().splitlines(True) if wheel.name not in line))
    ran = run_installer(unpacked, str(unpacked / "новая"))
    assert ran.code == 4
    assert "Не удалось установить:" in ran.said
    assert "click" in ran.said
    assert not (unpacked / "новая").exists()


# --- where to ------------------------------------------------------------------------------------------------


def test_a_folder_with_anything_in_it_is_left_as_it_is(unpacked: Path) -> None:
    taken = unpacked / "занято"
    taken.mkdir()
    (taken / "mine").write_text("x")
    ran = run_installer(unpacked, str(taken))
    assert ran == Ran(2, f"Папка уже есть и не пуста: {taken}\nУдалите её или укажите другую.\n")
    assert os.listdir(taken) == ["mine"]


def test_a_link_is_not_followed(unpacked: Path) -> None:
    aim, link = unpacked / "aim", unpacked / "link"
    aim.mkdir()
    link.symlink_to(aim)
    assert run_installer(unpacked, str(link)).code == 2
    assert os.listdir(aim) == []


@pytest.mark.parametrize("arguments", [["a", "b"], ["--force"]])
def test_other_arguments_are_refused(unpacked: Path, arguments: list[str]) -> None:
    ran = run_installer(unpacked, *arguments)
    assert ran == Ran(2, "Укажите одну папку, в которую ставить, или ничего.\n")


# --- which Python --------------------------------------------------------------------------------------------


def fake_python(folder: Path, version: str) -> Path:
    """A program that is asked as Python is, and is of another version."""
    file = folder / "python3"
    file.write_text(f'#!/bin/sh\n[ "$1" = "-I" ] && exit 1\necho {version}\n')
    file.chmod(0o755)
    return file


def version_now() -> str:
    return f"{sys.version_info[0]}.{sys.version_info[1]}"


def test_an_old_python_is_named_with_what_is_needed(unpacked: Path, tmp_path: Path) -> None:
    ran = run_installer(unpacked, SVERKA_PYTHON=str(fake_python(tmp_path, "3.6.15")))
    assert ran.code == 2
    assert f"Подходящего Python нет. Найдены: {tmp_path / 'python3'} (3.6.15)" in ran.said
    assert f"Нужен 64-разрядный CPython одной из версий: {version_now()}." in ran.said
    assert "SVERKA_PYTHON=/путь/к/python" in ran.said


def test_a_python_that_does_not_start_is_named(unpacked: Path) -> None:
    ran = run_installer(unpacked, SVERKA_PYTHON="/нет/такого")
    assert ran.code == 2
    assert "Указанный Python не запускается: /нет/такого" in ran.said


def test_a_machine_without_python_is_told(unpacked: Path, tmp_path: Path) -> None:
    tools = tmp_path / "tools"
    tools.mkdir()
    (tools / "dirname").symlink_to(str(shutil.which("dirname")))
    ran = subprocess.run(
        ["/bin/sh", str(unpacked / "install.sh")], env={"PATH": str(tools)}, capture_output=True, check=False
    )
    assert ran.returncode == 2
    assert "Python не найден." in ran.stderr.decode()


def test_a_fit_python_on_the_path_is_found_among_unfit_ones(unpacked: Path, tmp_path: Path) -> None:
    tools = tmp_path / "tools"
    tools.mkdir()
    (tools / "dirname").symlink_to(str(shutil.which("dirname")))
    (tools / "python").symlink_to(os.path.realpath(sys.executable))
    fake_python(tools, "3.6.15")
    environment = {**plain_environment(), "PATH": str(tools)}
    script = ["/bin/sh", str(unpacked / "install.sh"), "a", "b"]  # stops after Python was found
    ran = subprocess.run(script, env=environment, capture_output=True, check=False)
    assert "Укажите одну папку" in ran.stderr.decode()


def test_a_python_without_wheels_is_refused_with_the_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(install.StopError) as stopped:
        install.check_python(["linux-cp399", "windows-cp399"])
    assert stopped.value.code == 2
    assert "а есть linux-cp399, windows-cp399" in "\n".join(stopped.value.lines)

    monkeypatch.setattr(install.sysconfig, "get_config_var", {"Py_GIL_DISABLED": 1, "SOABI": "x-musl"}.get)
    with pytest.raises(install.StopError) as stopped:
        install.check_python([])
    told = "\n".join(stopped.value.lines)
    assert "это сборка без GIL" in told
    assert "musl" in told


# --- install.cmd, read but not run ---------------------------------------------------------------------------

# What install.cmd may use: commands of cmd itself, programs of every Windows 10, and Python.
KNOWN = {
    "@echo", "call", "chcp", "echo", "exit", "for", "goto", "if", "pause", "powershell", "py", "rem", "set",
    "setlocal", "type", "where",
}  # fmt: skip


@pytest.fixture
def script(unpacked: Path) -> list[str]:
    """The lines of install.cmd."""
    data = (unpacked / "install.cmd").read_bytes()
    assert data.isascii(), "no code page may change it"
    assert data.count(b"\n") == data.count(b"\r\n") == data.count(b"\r"), "cmd wants CR LF"
    return data.decode("ascii").split("\r\n")


def commands_of(lines: list[str]) -> Iterator[str]:
    """The first word of each command, also after `do`, `&&`, `||` and conditions; texts in quotes apart."""
    for line in lines:
        if not line or line.startswith((":", "rem ")):
            continue
        bare = re.sub(r'"[^"]*"', '""', line)
        bare = re.sub(r"\('[^']*'\)", "()", bare)
        bare = re.sub(r"^if (/i )?(not )?(exist|defined) \S+ ", "", bare)
        for part in re.split(r" && | \|\| |\bdo ", bare):
            yield part.split()[0]


def test_install_cmd_uses_nothing_that_windows_lacks(script: list[str]) -> None:
    used = set(commands_of(script)) - {'""'}  # a program in quotes is Python itself
    assert used <= KNOWN
    assert {"py", "where", "chcp", "goto"} <= used


def test_every_label_of_install_cmd_is_there_and_is_used(script: list[str]) -> None:
    labels = [line[1:] for line in script if line.startswith(":")]
    text = "\n".join(line for line in script if not line.startswith("rem "))
    targets = re.findall(r"\bgoto (\w+)", text) + re.findall(r"\bcall :(\w+)", text)
    assert len(set(labels)) == len(labels)
    assert set(targets) == set(labels)


def test_quotes_of_install_cmd_are_closed(script: list[str]) -> None:
    idiom = '%SVERKA_PYTHON:"=%'  # takes quotes out of a value
    assert [line for line in script if line.replace(idiom, "").count('"') % 2] == []


def test_the_question_put_to_python_tells_fit_from_unfit(script: list[str], unpacked: Path) -> None:
    questions = {match for line in script for match in re.findall(r'-I -c "([^"]+)"', line)}
    assert len(questions) == 1
    question = questions.pop()
    assert not set(question) & set('%!^"')
    assert f'-I -c "{question}"' in (unpacked / "install.sh").read_text("utf-8")
    fit = f"({sys.version_info[0]}, {sys.version_info[1]})"
    assert subprocess.run([sys.executable, "-I", "-c", question], check=False).returncode == 0
    assert fit in question
    unfit = question.replace(fit, "(3, 6)")
    assert subprocess.run([sys.executable, "-I", "-c", unfit], check=False).returncode == 1
    small = question.replace("sys.maxsize", "2**31")
    assert subprocess.run([sys.executable, "-I", "-c", small], check=False).returncode == 1


def test_install_cmd_speaks_russian_through_files_and_an_encoded_text(script: list[str], unpacked: Path) -> None:
    encoded = re.search(r"FromBase64String\('([^']+)'\)", "\n".join(script))
    assert encoded
    assert base64.b64decode(encoded[1]).decode() == (
        "Сначала распакуйте весь архив в папку, потом запустите install.cmd из неё."
    )
    shown = re.findall(r'type "%HERE%([\w.-]+)"', "\n".join(script))
    assert shown == ["no-python.txt"]
    text = (unpacked / "no-python.txt").read_bytes().decode("utf-8")
    assert f"одной из версий: {version_now()}." in text
    assert "\r\n" in text
    assert not text.startswith("\ufeff"), "`type` would print it"


def test_the_guide_is_for_notepad_and_tells_of_every_file(unpacked: Path) -> None:
    data = (unpacked / "README.txt").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf"), "old Notepads take a text without a mark for cp1251"
    assert data.count(b"\n") == data.count(b"\r\n")
    text = data.decode("utf-8-sig")
    for name in os.listdir(unpacked):
        assert name in text or name == "README.txt", name
    assert "@" not in text, "a mark was not filled in"
    assert f"одной из версий: {version_now()}." in text


def test_no_mark_is_left_in_any_file(unpacked: Path) -> None:
    for name in ("install.sh", "install.cmd", "install.py", "no-python.txt", "README.txt"):
        assert not re.search(rb"@[A-Z_0-9]+@", (unpacked / name).read_bytes()), name


def test_the_sums_name_every_file_but_themselves(unpacked: Path) -> None:
    lines = (unpacked / "SHA256SUMS").read_text("ascii").splitlines()
    named = {name: digest for digest, name in (line.split("  ") for line in lines)}
    there = {path.relative_to(unpacked).as_posix(): path for path in unpacked.rglob("*") if path.is_file()}
    assert set(named) == set(there) - {"SHA256SUMS"}
    for name, digest in named.items():
        assert hashlib.sha256(there[name].read_bytes()).hexdigest() == digest
