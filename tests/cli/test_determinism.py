"""Equal inputs give equal bytes, whatever the machine: hash seed, locale, time zone, order of listing, clock."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from workplace import Folder, Ran, start

import validator
from validator.resources import policies_folder

Sverka = Callable[..., Ran]
FORMATS = ("json", "text", "concise")
MACHINES = [
    {"PYTHONHASHSEED": "0"},
    {"PYTHONHASHSEED": "1"},
    {"PYTHONHASHSEED": "random"},
    {"LC_ALL": "C"},
    {"LC_ALL": "ru_RU.UTF-8"},
    {"LC_ALL": "tr_TR.UTF-8"},
    {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    {"TZ": "Asia/Kamchatka"},
    {"TZ": "America/Los_Angeles"},
    {"TZ": "UTC-14"},
    {"PYTHONIOENCODING": "cp1251"},
    {"PYTHONOPTIMIZE": "1"},
    {"CI": "true", "COLUMNS": "40", "TERM": "dumb"},
]
SNAPSHOT = """
schema: sverka.snapshot/1
as_of: 2025-10-01
coverage: {uses: complete, chats: partial}
organization: {inn: "7800000041", region: "78", kind: school, founder: region, name: Школа № 4}
uses:
- {ref: u_1, service: whatsapp, actor: employee_on_duty, counterpart: [parents, students], purpose: inform,
   first_on: 2025-09-02, last_on: ongoing}
- {ref: u_2, service: какой-то мессенджер, actor: organization, counterpart: [parents]}
"""


def fill(folder: Folder) -> Folder:
    """Snapshots of every fate, with Cyrillic names."""
    folder.good("хорошая.json", 1), folder.violating("плохая.json", 2)
    folder.unknown("неизвестная.json", 3), folder.broken("сломанная.json")
    (folder.snapshots / "школа.yaml").write_text(SNAPSHOT, "utf-8")
    return folder


@pytest.fixture
def mixed(folder: Folder) -> Folder:
    return fill(folder)


class Here(NamedTuple):
    """The command on snapshots and a copy of the shipped policies, and what each format gives on this machine."""

    command: list[object]
    expected: dict[str, subprocess.CompletedProcess[bytes]]


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Here:
    folder = fill(Folder(tmp_path_factory.mktemp("machines")))
    shipped = folder.path / "shipped"
    shutil.copytree(policies_folder(), shipped)
    command = ["check", folder.snapshots, "--policies", shipped, "--policies", folder.policies, "-o"]
    machine = {"PYTHONHASHSEED": "42", "TZ": "Europe/Moscow"}
    return Here(command, {format_: start(*command, format_, **machine) for format_ in FORMATS})


@pytest.mark.parametrize("machine", MACHINES, ids=str)
@pytest.mark.parametrize("format_", FORMATS)
def test_the_same_bytes_on_every_machine(machine: dict[str, str], format_: str, here: Here) -> None:
    """FAULT-F15, FAULT-F10"""
    there = start(*here.command, format_, **machine)
    assert there.returncode == here.expected[format_].returncode == 1
    assert there.stdout == here.expected[format_].stdout
    assert there.stderr == here.expected[format_].stderr


SCANDIR = os.scandir


class Listing:
    """What `os.scandir` gives, in another order."""

    def __init__(self, shuffle: Callable[[list[Any]], None], *arguments: Any) -> None:
        with SCANDIR(*arguments) as entries:
            self.entries = list(entries)
        shuffle(self.entries)

    def __enter__(self) -> Listing:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __iter__(self) -> Listing:
        return self

    def __next__(self) -> os.DirEntry[str]:
        if not self.entries:
            raise StopIteration
        return self.entries.pop()

    def close(self) -> None:
        self.entries.clear()


def test_the_order_in_which_folders_are_listed_does_not_matter(
    mixed: Folder, sverka: Sverka, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(10, 40):
        mixed.violating(f"{number}.json", number)
        mixed.broken(f"{number}-broken.json")  # these have no organization to be ordered by
    command = ["check", mixed.snapshots, "--policies", mixed.policies, "-o", "json"]
    expected = sverka(*command)
    walk = os.walk
    for seed in range(5):
        shuffle = random.Random(seed).shuffle

        def shuffled_walk(
            *arguments: Any, shuffle: Any = shuffle, **options: Any
        ) -> Iterator[tuple[str, list[str], list[str]]]:
            for root, folders, names in walk(*arguments, **options):
                shuffle(folders)
                shuffle(names)
                yield root, folders, names

        monkeypatch.setattr(os, "walk", shuffled_walk)
        monkeypatch.setattr(os, "scandir", partial(Listing, shuffle))
        assert sverka(*command) == expected
        monkeypatch.undo()


def test_the_order_in_which_paths_are_named_does_not_matter(mixed: Folder, sverka: Sverka) -> None:
    files = sorted(path for path in mixed.snapshots.iterdir() if "сломанная" not in path.name)
    command = ["--policies", mixed.policies, "-o", "json"]
    assert sverka("check", *files, *command).out == sverka("check", *reversed(files), *command).out


CLOCKS = ("time", "time_ns", "monotonic", "perf_counter", "localtime", "gmtime", "strftime", "ctime")


def test_no_clock_is_read(mixed: Folder, sverka: Sverka, monkeypatch: pytest.MonkeyPatch) -> None:
    """FAULT-F10"""
    command = ["check", mixed.snapshots, "--policies", mixed.policies, "-o", "json", "-o"]
    command.append(f"text={mixed.path}/r.txt")
    expected = sverka(*command)

    def read(*_: object) -> None:
        raise AssertionError("the clock was read")

    for clock in CLOCKS:
        monkeypatch.setattr(time, clock, read)
    ran = sverka(*command)
    monkeypatch.undo()
    assert ran == expected
    assert ran.code == 1


def test_no_code_asks_for_the_day_or_the_time() -> None:
    """What a test can't replace: `date.today` and `datetime.now` are built in.

    Only the list of waivers counts days from today, and says from which day it counts; no verdict is in it. And a
    line on a terminal says how fast a batch is.
    """
    asking = re.compile(r"\b(today|utcnow|now|fromtimestamp|localtime|monotonic|perf_counter)\(")
    files = sorted(Path(validator.__file__).parent.rglob("*.py"))
    assert len(files) > 50
    cli = Path(validator.__file__).parent / "cli"
    found = [path for path in files if asking.search(path.read_text("utf-8"))]
    assert found == [cli / "progress.py", cli / "waivers.py"]


def test_the_digest_of_a_policy_set_does_not_depend_on_where_it_lies(
    folder: Folder, sverka: Sverka, tmp_path: Path
) -> None:
    copy = tmp_path / "copy" / "of" / "policies"
    shutil.copytree(folder.policies, copy)
    file = folder.good()
    one = json.loads(sverka("check", file, "--policies", folder.policies, "-o", "json").out)
    other = json.loads(sverka("check", file, "--policies", copy, "-o", "json").out)
    assert one["policy_set"] == other["policy_set"]
