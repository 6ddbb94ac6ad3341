"""The options of `sverka prove`."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple, TypeVar

import click

from validator.cli.context import notice, tell, usage_error
from validator.cli.options import Day
from validator.cli.prove_solver import require_solver
from validator.language.structure import nearest
from validator.logic.proof import ANALYSES
from validator.logic.text import Text

F = TypeVar("F", bound=Callable[..., Any])


class Seconds(click.FloatRange):
    """A number of seconds within limits."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """The number, or a usage error in the language of the run."""
        try:
            found = float(value)
        except ValueError:
            found = math.nan
        low, high = self.min or 0, self.max or math.inf
        if not low <= found <= high:
            message = Text(
                f"`{value}` не годится: нужно число секунд от {low:g} до {high:g}",
                f"`{value}` does not do: a number of seconds from {low:g} to {high:g} is wanted",
            )
            self.fail(tell(message), param, ctx)
        return found


class Options(NamedTuple):
    """The command line, policies and outputs apart."""

    changed: str | None
    properties: tuple[str, ...]
    known: tuple[str, ...]
    waivers: tuple[str, ...]
    only: tuple[str, ...]
    accept_bounded: bool
    second_opinion: bool
    timeout: float
    bounded: int
    today: date | None


def what_options(function: F) -> F:
    """What is to be proved."""
    revision, file, code = Text("РЕВИЗИЯ", "REV"), Text("ФАЙЛ", "FILE"), Text("КОД", "CODE")
    changed = Text(
        "только о политиках, изменённых с этой ревизии git, и что правка меняет",
        "only about policies changed since that git revision, and what the change changes",
    )
    own = Text("файл своих свойств; можно повторять", "a file of own properties; repeatable")
    known = Text(
        "файл признанных находок; без него — `prove-known.yaml` в папках политик; можно повторять",
        "a file of known findings; else `prove-known.yaml` in the policy folders; repeatable",
    )
    only = Text("только этот анализ; можно повторять", "that analysis only; repeatable")
    every = Text("перечислить анализы", "list the analyses")
    options = (
        click.option("--changed", metavar=tell(revision), help=tell(changed)),
        click.option("--property", "properties", multiple=True, metavar=tell(file), help=tell(own)),
        click.option("--known", multiple=True, metavar=tell(file), help=tell(known)),
        click.option("--only", multiple=True, metavar=tell(code), help=tell(only)),
        click.option("--list", "every", is_flag=True, help=tell(every)),
    )
    for option in reversed(options):
        function = option(function)
    return function


def how_options(function: F) -> F:
    """How hard to try, and what counts."""
    seconds, number, day = Text("СЕКУНД", "SECONDS"), Text("ЧИСЛО", "NUMBER"), Text("ГГГГ-ММ-ДД", "YYYY-MM-DD")
    accept = Text(
        "не кончать кодом 3 из-за вопросов, просмотренных лишь для списков показанной длины или не разобранных",
        "do not end with 3 over questions looked at for lists of the length shown only, or not analysed",
    )
    second = Text(
        "перепроверить каждый ответ вторым способом, для списков любой длины",
        "check every answer by a second encoding, for lists of any length",
    )
    timeout = Text("сколько решать один вопрос", "how long to think about one question")
    bounded = Text("длина списков там, где границу не вывести", "the length of lists where no bound can be derived")
    today = Text(
        "на какой день судить о сроках признанных находок и отступлений; без него сроки не проверяются",
        "the day by which known findings and waivers are judged to be over; without it none is called over",
    )
    options = (
        click.option("--accept-bounded", is_flag=True, help=tell(accept)),
        click.option("--second-opinion", is_flag=True, help=tell(second)),
        click.option(
            "--timeout",
            type=Seconds(0.001, 3600),
            default=10.0,
            show_default=True,
            metavar=tell(seconds),
            help=tell(timeout),
        ),
        click.option(
            "--bound",
            "bounded",
            type=click.IntRange(1, 12),
            default=3,
            show_default=True,
            metavar=tell(number),
            help=tell(bounded),
        ),
        click.option("--today", type=Day(), envvar="SVERKA_TODAY", metavar=tell(day), help=tell(today)),
    )
    for option in reversed(options):
        function = option(function)
    return function


def check_options(options: Options) -> None:
    """Leaves with 2 for an analysis that does not exist or has nothing to look at, and without the solver."""
    for code in options.only:
        if code not in ANALYSES:
            usage_error(f"нет анализа `{code}`", f"there is no analysis `{code}`", nearest(code, ANALYSES))
    _check_wanted(options)
    require_solver()
    if options.second_opinion and options.changed is None and not options.only:
        notice(Text("второе мнение по всему набору долгое", "a second opinion on the whole set takes long"))


def _check_wanted(options: Options) -> None:
    """Leaves with 2 when an analysis is asked for by name and what it looks at is not given."""
    for code, given, option in (
        ("ANA-A15", options.changed, Text("--changed РЕВИЗИЯ", "--changed REV")),
        ("ANA-A16", options.waivers, Text("--waivers ПУТЬ", "--waivers PATH")),
        ("ANA-A19", options.properties, Text("--property ФАЙЛ", "--property FILE")),
    ):
        if code in options.only and not given:
            usage_error(
                f"для `{code}` ({ANALYSES[code].ru}) не сказано, на что смотреть",
                f"`{code}` ({ANALYSES[code].en}) has nothing to look at",
                Text(f"добавьте `{option.ru}`", f"add `{option.en}`"),
            )
