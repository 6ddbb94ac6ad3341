"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

import click

from validator.cli.context import tell
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
    """The snapshots: files, folders, `-`."""
    metavar = tell(Text("ПУТИ…", "PATHS…"))
    return click.argument("paths", nargs=-1, required=True, metavar=metavar)(function)


def language_option(function: F) -> F:
    """`--lang`, allowed after the command too; it was read before the command line was parsed."""
    text = Text("язык сообщений", "language of messages")
    return click.option("--lang", type=click.Choice(["ru", "en"]), expose_value=False, help=tell(text))(function)


def policies_option(function: F) -> F:
    """`--policies`, repeatable."""
    text = Text(
        "папка с политиками; можно повторять; `builtin` — встроенные (так по умолчанию)",
        "a policy folder; repeatable; `builtin` is the shipped set (the default)",
    )
    metavar = tell(Text("ПАПКА", "FOLDER"))
    return click.option("--policies", multiple=True, metavar=metavar, help=tell(text))(function)


def as_of_option(function: F) -> F:
    """`--as-of`, else SVERKA_AS_OF; the report names the day either way."""
    text = Text("проверить по праву на эту дату", "judge by the law of that day")
    metavar = tell(Text("ГГГГ-ММ-ДД", "YYYY-MM-DD"))
    option = click.option("--as-of", type=Day(), envvar="SVERKA_AS_OF", metavar=metavar, help=tell(text))
    return option(function)
