"""`sverka schema`: the published schemas, for editors and for those who make snapshots."""

from __future__ import annotations

import click

from validator.cli.context import tell
from validator.cli.options import language_option
from validator.logic.text import Text
from validator.resources import schema_bytes


def build() -> click.Command:
    """The command, its texts in the language of the run."""
    text = Text(
        "Напечатать схему: снимка (snapshot), политик (policy) или отчёта (report).",
        "Print a schema: of snapshots, of policies or of reports.",
    )

    @click.command(name="schema", help=tell(text))
    @click.argument("name", type=click.Choice(["snapshot", "policy", "report"]))
    @language_option
    def command(name: str) -> None:
        """Print the schema as it is published."""
        click.echo(schema_bytes(name).decode("utf-8"), nl=False)

    return command
