"""`sverka limits`: every limit on input, with the code of the problem that exceeding it gives."""

from __future__ import annotations

import click

from validator.cli.context import tell
from validator.cli.options import language_option
from validator.language.limits import LIMITS
from validator.logic.text import Text


def build() -> click.Command:
    """The command, its texts in the language of the run."""
    text = Text("Показать пределы входных данных и их коды.", "Show the limits on input and their codes.")

    @click.command(name="limits", help=tell(text))
    @language_option
    def command() -> None:
        """Print the table."""
        width = max(len(limit.id) for limit in LIMITS)
        for limit in LIMITS:
            number = f"{limit.default:,}".replace(",", " ")
            click.echo(f"{limit.id:<{width}}  {tell(limit.title)}: {number} {tell(limit.unit)}".rstrip())

    return command
