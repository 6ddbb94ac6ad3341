"""The pages of the guide as programs: what a reader types and puts into files, done in the order of the page.

Every fenced block of a page is one of
- `console`: lines that begin with `$ ` are commands, the lines below each are what it prints; `…` on a line of its
  own stands for any lines, within a line for any text, and no lines at all mean that nothing is printed. A command
  exits with 0; a block of one command may say otherwise: `console exit=1`;
- `yaml title=FILE` or `csv title=FILE`: the whole file;
- `yaml append=FILE`: lines to add at the end of a file that is there;
- `sh only=PLACE`: a command of another place, such as a cluster: shown, never run here;
- `diff title=FILE`: lines with `-` to replace by lines with `+`, those with a space stay; the place is found once.

Files are named from the folder of the page, commands run in it. A comment `<!-- continues: PAGE -->` means the
folder that PAGE leaves behind; without it the folder is empty. What is none of this raises `PageError`, so that
nothing on a page is left out silently.
"""

from __future__ import annotations

import io
import os
import re
import shlex
import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import chdir, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

from validator.cli.main import run

ROOT = Path(__file__).parents[2]
GUIDE = ROOT / "docs" / "guide"
FolderAfter = Callable[[str, str], Path]  # a page and a language → the folder that the page leaves behind

PROMPT, GAP = "$ ", "…"
_FENCE = re.compile(r"^(?P<ticks>```+)(?P<language>\w*)(?: +(?P<key>\w+)=(?P<value>\S+))?(?P<rest>.*)$")
_CONTINUES = re.compile(r"^<!-- continues: (\S+) -->$", re.MULTILINE)
# What cmd.exe, PowerShell and sh read differently; double quotes mean the same in all of them.
_SHELL = re.compile(r"""['`\\$%^&|<>;*?~#!(){}]""")
_GIT = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_COUNT": "1",
    "GIT_CONFIG_KEY_0": "init.defaultBranch",
    "GIT_CONFIG_VALUE_0": "main",
}


class PageError(Exception):
    """A page that can't be run, or whose commands do something else than it says."""


class Block(NamedTuple):
    """A fenced block: its language, what its first line says, its text, and the line at which it begins."""

    language: str
    key: str
    value: str
    text: str
    line: int

    def error(self, why: str) -> PageError:
        return PageError(f"line {self.line}: {why}")


class Command(NamedTuple):
    """A command with what the page says about it."""

    words: list[str]
    expected: str
    exit_code: int


def blocks(page: str) -> list[Block]:
    """All fenced blocks of a page, in order."""
    found: list[Block] = []
    lines = iter(enumerate(page.splitlines(), 1))
    for number, line in lines:
        if not line.lstrip().startswith(("```", "~~~")):
            continue
        fence = _FENCE.match(line)
        if fence is None or fence["rest"].strip():
            raise PageError(f"line {number}: a block begins in an unknown way: {line}")
        body: list[str] = []
        for _, inner in lines:
            if inner == fence["ticks"]:
                break
            body.append(inner)
        else:
            raise PageError(f"line {number}: the block does not end")
        text = "".join(f"{inner}\n" for inner in body)
        found.append(Block(fence["language"], fence["key"] or "", fence["value"] or "", text, number))
    return found


def continued(page: str) -> str | None:
    """The page whose folder this one goes on with."""
    found = _CONTINUES.search(page)
    return found[1] if found else None


def commands(block: Block) -> list[Command]:
    """The commands of a `console` block."""
    if block.key not in ("", "exit"):
        raise block.error(f"`{block.key}=` means nothing here")
    found: list[tuple[str, list[str]]] = []
    for line in block.text.splitlines():
        if line.startswith(PROMPT):
            found.append((line.removeprefix(PROMPT), []))
        elif found:
            found[-1][1].append(line)
        else:
            raise block.error(f"output before any command: {line}")
    if not found:
        raise block.error("no command")
    if block.key and len(found) > 1:
        raise block.error("`exit=` is for one command")
    code = int(block.value) if block.key else 0
    return [Command(_words(block, typed), "\n".join(output).rstrip("\n"), code) for typed, output in found]


def _words(block: Block, typed: str) -> list[str]:
    if found := _SHELL.search(typed):
        raise block.error(f"`{found[0]}` is not the same in every shell: {typed}")
    words = shlex.split(typed)
    if not words or words[0] not in ("sverka", "git"):
        raise block.error(f"neither sverka nor git: {typed}")
    return words


def matches(expected: str, output: str) -> bool:
    """Whether the output is what a page says; see `…` above."""
    parts = ["(?:.*\n)*?" if line == GAP else _line_pattern(line) for line in expected.splitlines()]
    found = output.rstrip("\n")
    return re.fullmatch("".join(parts), f"{found}\n" if found else "") is not None


def _line_pattern(line: str) -> str:
    return ".*".join(map(re.escape, line.split(GAP))) + "\n"


class Folder:
    """The folder of a reader, and the environment in which commands run there."""

    def __init__(self, place: Path, language: str, cache: Path) -> None:
        self.place = place
        own = {name: value for name, value in os.environ.items() if not name.startswith(("SVERKA_", "GIT_", "LC_"))}
        own.pop("LANG", None)
        own.pop("LANGUAGE", None)
        # Russian is what the program speaks when nobody asks for another language.
        spoken = {} if language == "ru" else {"SVERKA_LANG": language}
        self.environment: Mapping[str, str] = {**own, **_GIT, **spoken, "SVERKA_CACHE_DIR": str(cache)}

    def follow(self, page: str) -> int:
        """Does all that the page says and returns how many commands ran. Raises `PageError` at a difference."""
        ran = 0
        for block in blocks(page):
            match block.language, block.key:
                case "console", _:
                    for command in commands(block):
                        self._run_command(block, command)
                        ran += 1
                case "yaml" | "csv", "title" | "append":
                    self._write(block)
                case "diff", "title":
                    self._change(block)
                case "sh", "only":
                    pass
                case _:
                    raise block.error(f"a block of an unknown kind: `{block.language} {block.key}`")
        return ran

    def run(self, words: list[str]) -> tuple[int, str]:
        """The exit code and all that was printed, to either stream."""
        if words[0] == "git":
            done = subprocess.run(
                words,
                cwd=self.place,
                env=dict(self.environment),
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                check=False,
            )
            return done.returncode, done.stdout.decode()
        printed = io.BytesIO()
        stream = io.TextIOWrapper(printed, encoding="utf-8", write_through=True)
        with (
            chdir(self.place),
            patch.dict(os.environ, self.environment, clear=True),
            redirect_stdout(stream),
            redirect_stderr(stream),
        ):
            code = run(words[1:])
        return code, printed.getvalue().decode()

    def _run_command(self, block: Block, command: Command) -> None:
        code, output = self.run(command.words)
        told = f"{' '.join(command.words)}\nexit code {code}, and it printed:\n{output}"
        if code != command.exit_code:
            raise block.error(f"the page says exit code {command.exit_code}: {told}")
        if not matches(command.expected, output):
            raise block.error(f"the page says\n{command.expected}\nbut: {told}")

    def _file(self, block: Block) -> Path:
        path = Path(block.value)
        if path.is_absolute() or ".." in path.parts:
            raise block.error(f"no file of this folder: {block.value}")
        return self.place / path

    def _write(self, block: Block) -> None:
        file = self._file(block)
        if block.key == "append":
            if not file.is_file():
                raise block.error(f"no such file yet: {block.value}")
            file.write_bytes(file.read_bytes() + block.text.encode())
            return
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(block.text.encode())

    def _change(self, block: Block) -> None:
        file = self._file(block)
        if not file.is_file():
            raise block.error(f"no such file yet: {block.value}")
        before = "".join(_side(block, "-"))
        after = "".join(_side(block, "+"))
        text = file.read_bytes().decode()
        if before == after:
            raise block.error("nothing changes")
        places = [found.start() for found in re.finditer(f"^(?={re.escape(before)})", text, re.MULTILINE)]
        if len(places) != 1:
            raise block.error(f"this stands in {block.value} {len(places)} times:\n{before}")
        start = places[0]
        file.write_bytes((text[:start] + after + text[start + len(before) :]).encode())


def _side(block: Block, mark: str) -> Iterator[str]:
    """The lines of a diff that stay, and those with the mark."""
    for line in block.text.splitlines(keepends=True):
        if line[0] not in " +-":
            raise block.error(f"neither `-` nor `+` nor a space begins: {line}")
        if line[0] in (" ", mark):
            yield line[1:]
