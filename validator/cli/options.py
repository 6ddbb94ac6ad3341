"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

import click

from validator.cli.context import tell
from validator.cli.settings import SETTINGS, configured, default_from_settings
from validator.logic.text import Text

F = TypeVar("F", bound=Callable[..., Any])


class Day(click.ParamType[date]):
    """A civil date `YYYY-MM-DD`."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The date, or a usage error."""
        from validator.language.structure import parse_day  # noqa: PLC0415

        if isinstance(value, date):
            return value
        found = parse_day(value)
        if found is None:
            message = Text(f"`{value}` не дата: пишите ГГГГ-ММ-ДД", f"`{value}` is not a date: write YYYY-MM-DD")
            self.fail(tell(message), param, ctx)
        return found


def paths_argument(function: F) -> F:
    """The snapshots: files, folders, `-`; when none is named, what the settings name."""
    metavar = tell(Text("[ПУТИ]…", "[PATHS]…"))
    return click.argument("paths", nargs=-1, callback=_paths_or_configured, metavar=metavar)(function)


def _paths_or_configured(
    context: click.Context, parameter: click.Parameter, value: tuple[str, ...]
) -> tuple[str, ...]:
    """A callback, because older versions of click know no default for several arguments."""
    found = value or (() if context.resilient_parsing else configured("snapshots"))
    if not found and not context.resilient_parsing:
        hint = tell(Text("'ПУТИ…'", "'PATHS…'"))  # without the brackets: here they are wanted
        raise click.MissingParameter(ctx=context, param=parameter, param_hint=hint)
    return found


def language_option(function: F) -> F:
    """`--lang`, allowed after the command too; it was read before the command line was parsed."""
    text = Text("язык сообщений", "language of messages")
    return click.option("--lang", type=click.Choice(["ru", "en"]), expose_value=False, help=tell(text))(function)


def policies_option(function: F) -> F:
    """`--policies`, repeatable; else SVERKA_POLICIES, else the settings file, else the shipped set."""
    text = Text(
        "папка с политиками; можно повторять; `builtin` — встроенные (так по умолчанию)",
        "a policy folder; repeatable; `builtin` is the shipped set (the default)",
    )
    metavar = tell(Text("ПАПКА", "FOLDER"))
    default = default_from_settings("policies")
    return click.option("--policies", multiple=True, default=default, metavar=metavar, help=tell(text))(function)


def as_of_option(function: F) -> F:
    """`--as-of`, else SVERKA_AS_OF, else the settings file; the report names the day either way."""
    text = Text("проверить по праву на эту дату", "judge by the law of that day")
    metavar = tell(Text("ГГГГ-ММ-ДД", "YYYY-MM-DD"))
    default = default_from_settings("as_of")
    return click.option("--as-of", type=Day(), default=default, metavar=metavar, help=tell(text))(function)


def results_option(function: F) -> F:
    """`--results`, else SVERKA_RESULTS, else the settings file, else all of them."""
    text = Text("все оценки или без благополучных", "all judgements, or without those that are ok")
    choice, default = click.Choice(SETTINGS["results"].choices), default_from_settings("results")
    return click.option("--results", type=choice, default=default, help=tell(text))(function)
