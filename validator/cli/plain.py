"""A plain command line of `sverka check` read without click, whose import takes longer than the check.

What is read here is read exactly as click would; anything else (help, mistakes, rare spellings, options of batches)
is left to click. The table below repeats what the options of `check` are called; a test compares the two on random
command lines.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from validator.cli.context import this_run
from validator.cli.settings import SETTINGS, configured, default_from_settings

# Options with a value: the name of the parameter, and whether the option may be repeated.
_OPTIONS = {
    "-o": ("outputs", True),
    "--output": ("outputs", True),
    "--results": ("results", False),
    "--fail-on": ("fail_on", True),
    "--on-unknown": ("on_unknown", False),
    "--on-disputed": ("on_disputed", False),
    "--only": ("only", True),
    "--exclude": ("exclude", True),
    "--baseline": ("baseline", False),
    "--write-baseline": ("write_baseline", False),
    "--policies": ("policies", True),
    "--waivers": ("waivers", True),
    "--as-of": ("as_of", False),
    "--lang": ("lang", False),
}
_SWITCHES = {"--exit-zero": True, "--no-exit-zero": False}
_CHOICES = ("results", "on_unknown", "on_disputed", "lang")
# Where the command line says nothing, these come from the settings, and are asked for in this order.
_SETTINGS = ("results", "fail_on", "on_unknown", "on_disputed", "policies", "waivers", "as_of")
_NOTHING = ("outputs", "only", "exclude"), ("exit_zero", "baseline", "write_baseline")


def plain_check(arguments: Sequence[str]) -> dict[str, Any] | None:
    """What click would call `run_check` with; None for a command line that is left to click.

    Leaves with 2 for settings that are wrong.
    """
    if not arguments or arguments[0] != "check":
        return None
    given = _given(arguments[1:])
    if given is None or any(given[name] not in SETTINGS[name].choices for name in _CHOICES if name in given):
        return None
    if not _with_day(given):  # click looks at what is written before it asks for settings
        return None
    given.pop("lang", None)  # it was read before the rest of the command line
    this_run().command = "sverka check"
    given["paths"] = given["paths"] or configured("snapshots")
    if not given["paths"]:
        return None
    for name in _SETTINGS:
        if name not in given:
            given[name] = default_from_settings(name)()
    many, single = _NOTHING
    found = dict.fromkeys(many, ()) | dict.fromkeys(single) | given
    return found if _with_day(found) else None


def _given(words: Sequence[str]) -> dict[str, Any] | None:
    """The values by the name of their parameter; None for what is not surely plain."""
    paths: list[str] = []
    given: dict[str, Any] = {}
    rest = iter(words)
    for word in rest:
        if not word.startswith("-") or word == "-":
            paths.append(word)
            continue
        if word in _SWITCHES:
            given["exit_zero"] = _SWITCHES[word]
            continue
        option, equals, value = word.partition("=") if word.startswith("--") else (word, "", "")
        if option not in _OPTIONS:
            return None
        value = value if equals else next(rest, "-")
        if value.startswith("-"):  # forgotten, or so rare that click may say what it is
            return None
        name, many = _OPTIONS[option]
        given[name] = (*given.get(name, ()), value) if many else value
    return {**given, "paths": tuple(paths)}


def _with_day(found: dict[str, Any]) -> bool:
    """Makes a day of the text of `as_of`, where there is one; whether it could be done."""
    if not isinstance(found.get("as_of"), str):
        return True
    from validator.language.structure import parse_day  # noqa: PLC0415 - most runs name no day

    found["as_of"] = parse_day(found["as_of"])
    return found["as_of"] is not None
