"""A command line that is read without click is read as click reads it, or left to click."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from workplace import Folder, Ran

from validator.cli import check_command, plain
from validator.cli.commands import build
from validator.cli.context import StopError, language_of, running, this_run
from validator.cli.plain import plain_check

PLAIN = ["check", "a.json"]
OPTIONS = sorted({*plain._OPTIONS, *plain._SWITCHES})
WORDS = [
    *("a.json", "b.yaml", "-", "", "--", "check", "policies", "builtin", "text", "json=r.json", "2025-11-01"),
    *("2025-13-01", "never", "high", "medium", "prohibition=low", "topic=users", "ignore", "strictest", "chosen"),
    *(
        "all",
        "findings",
        "ru",
        "en",
        "de",
        "-x",
        "-ojson",
        "-o=json",
        "--to",
        "--jobs",
        "--help",
        "-h",
        "--version",
    ),
    *("--exit", "--result", "--only=", "--lang=en", "--as-of=2025-01-01", "--as-of=x", "--exit-zero=1", "=", "-=x"),
    *("--resume", "--rows=jsonl", "--baseline=k.json", "имя", "--only=имя", "--results=ALL", "--fail-on=never"),
]
ENVIRONMENT = {
    "SVERKA_POLICIES": os.pathsep.join(("builtin", "own")),
    "SVERKA_SNAPSHOTS": "in",
    "SVERKA_RESULTS": "findings",
    "SVERKA_FAIL_ON": "critical",
    "SVERKA_ON_UNKNOWN": "never",
    "SVERKA_ON_DISPUTED": "unknown",
    "SVERKA_AS_OF": "2025-10-01",
    "SVERKA_WAIVERS": "w",
    "SVERKA_OUTPUT": "json",
    "SVERKA_ONLY": "FM-BAN",
    "SVERKA_BASELINE": "known.json",
    "SVERKA_EXIT_ZERO": "yes",
}
WRONG = {"SVERKA_RESULTS": "some", "SVERKA_AS_OF": "soon", "SVERKA_ON_UNKNOWN": "x", "SVERKA_FAIL_ON": "x"}


class CalledError(Exception):
    """What click would have called the command with, and what fell back on the settings."""


def by_click(arguments: list[str]) -> Any:
    """What click makes of a command line: the values of its parameters, or None when it calls nothing."""

    def catch(*_: object, **found: object) -> int:
        raise CalledError(found, frozenset(this_run().defaulted))

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(check_command, "run_check", catch)
        try:
            with build().make_context("sverka", list(arguments)) as context:
                context.command.invoke(context)
        except CalledError as called:
            return called.args
        except StopError as stopped:
            return stopped.code
        except (click.ClickException, click.exceptions.Exit):
            return None
    return None


def plainly(arguments: list[str]) -> Any:
    """What is made of it without click: the same, or None when it is left to click."""
    try:
        found = plain_check(arguments)
    except StopError as stopped:
        return stopped.code
    return None if found is None else (found, frozenset(this_run().defaulted))


def without_batches(found: Any) -> Any:
    """The values without those of a batch or of pages, which are all unset where there is none."""
    if not isinstance(found, tuple):
        return found
    values, defaulted = found
    batch = {
        "to",
        "jobs",
        "resume",
        "expect",
        "evidence",
        "rows",
        "engine",
        "time_limit",
        "memory_limit",
        "split_by",
    }
    assert not any(values[name] for name in batch)
    return {name: value for name, value in values.items() if name not in batch}, defaulted


@contextmanager
def a_run(arguments: list[str], environment: dict[str, str]) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patched:
        for name, value in environment.items():
            patched.setenv(name, value)
        with running(language_of(arguments, environment)):
            yield


def compared(arguments: list[str], environment: dict[str, str]) -> Any:
    """What is made of the command line without click, after it was found to be what click makes of it."""
    with a_run(arguments, environment):
        ours = plainly(arguments)
    if ours is not None:
        with a_run(arguments, environment):
            assert ours == without_batches(by_click(arguments)), arguments
    return ours


@pytest.fixture(autouse=True, scope="module")
def _empty_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The settings of this repository are none of the command line."""
    before = Path.cwd()
    os.chdir(tmp_path_factory.mktemp("empty"))
    yield
    os.chdir(before)


lines = st.lists(st.one_of(st.sampled_from(OPTIONS), st.sampled_from(WORDS)), max_size=7)
environments = st.dictionaries(st.sampled_from(sorted(ENVIRONMENT)), st.none(), max_size=4).map(
    lambda names: {name: ENVIRONMENT[name] for name in names}
)
wrong = st.dictionaries(st.sampled_from(sorted(WRONG)), st.none(), max_size=2).map(
    lambda names: {name: WRONG[name] for name in names}
)


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines, environments, wrong, st.booleans())
def test_random_command_lines_are_read_as_click_reads_them(
    words: list[str], environment: dict[str, str], mistakes: dict[str, str], path: bool
) -> None:
    compared(["check", *(["a.json"] if path else []), *words], {**environment, **mistakes})


@pytest.mark.parametrize(
    "words",
    [
        ["-o", "json"],
        ["--output", "json=r.json", "-o", "text"],
        ["--output=json"],
        ["--results", "findings", "--results=all"],
        ["--fail-on", "high", "--fail-on=prohibition"],
        ["--on-unknown", "never", "--on-disputed=chosen"],
        ["--exit-zero", "--no-exit-zero"],
        ["--only", "FM-BAN", "--exclude", "topic=users"],
        ["--baseline", "known.json"],
        ["--write-baseline=known.json"],
        ["--policies", "builtin", "--policies", "own", "--waivers", "w"],
        ["--as-of", "2025-11-01", "--lang", "en"],
        ["b.json", "-", "c.yaml"],
        [],
    ],
    ids=" ".join,
)
def test_plain_command_lines_need_no_click(words: list[str]) -> None:
    for environment in ({}, ENVIRONMENT):
        assert isinstance(compared(["check", *words, "a.json"], environment), tuple)


def test_what_settings_say_need_not_be_on_the_command_line() -> None:
    assert isinstance(compared(["check"], ENVIRONMENT), tuple)


@pytest.mark.parametrize(
    "words",
    [
        *(["--help"], ["-h"], ["--to", "out"], ["--resume"], ["--results", "some"], ["--results"]),
        *(["-ojson"], ["--"], ["--unheard-of"], ["--only", "--exclude", "x"], ["--exit-zero=1"], ["--lang", "de"]),
        ["--as-of", "soon"],
    ],
    ids=" ".join,
)
def test_anything_else_is_left_to_click(words: list[str]) -> None:
    with a_run([], {}):
        assert plain_check(["check", "a.json", *words]) is None
    with a_run([], {}):
        assert plain_check(["--lang", "ru", "check", "a.json"]) is None
        assert plain_check(["check"]) is None
        assert plain_check([]) is None


def test_every_option_that_is_read_without_click_is_one_of_the_command() -> None:
    """And of the same kind: with a value or a switch, for one value or several, with the same choices."""
    with running("ru"):
        parameters = {
            flag: one for one in check_command.build().params for flag in (*one.opts, *one.secondary_opts)
        }
    for flag, (name, many) in plain._OPTIONS.items():
        option = parameters[flag]
        assert isinstance(option, click.Option)
        assert (option.name, option.multiple, option.nargs) == (name, many, 1)
        assert not option.is_flag
        chosen = list(option.type.choices) if isinstance(option.type, click.Choice) else None
        assert chosen == (list(plain.SETTINGS[name].choices) if name in plain._CHOICES else None)
    for flag, value in plain._SWITCHES.items():
        option = parameters[flag]
        assert isinstance(option, click.Option)
        assert option.is_flag
        assert (flag in option.opts) is value


def test_a_mistake_in_the_settings_is_told_once(folder: Folder, sverka: Any) -> None:
    (folder.path / "sverka.yaml").write_text("results: some\n", "utf-8")
    before = Path.cwd()
    os.chdir(folder.path)
    try:
        ran: Ran = sverka("check", folder.good())
    finally:
        os.chdir(before)
    assert ran.code == 2
    assert ran.err.count("sverka.yaml:1:10") == 1
