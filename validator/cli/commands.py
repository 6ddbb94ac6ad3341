"""The command line as click reads it: the commands there are, their options, help and mistakes.

A command's module is imported when the command is used, so that each starts with no more than it needs.
"""

from __future__ import annotations

import importlib
import os

import click

from validator import __version__
from validator.cli.context import (
    INTERRUPTED,
    USAGE,
    current_language,
    help_hint,
    say_aside,
    say_usage,
    speaking,
    tell,
    this_run,
)
from validator.cli.main import COMMANDS, COMPLETION
from validator.logic.text import Text

# A word of Python can't be the name of a module.
MODULES = {"import": "import_table"}
OPTIONS_METAVAR = Text("[ПАРАМЕТРЫ]", "[OPTIONS]")


class Commands(click.Group):
    """A group that imports a command when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(f"validator.cli.{MODULES.get(cmd_name, cmd_name)}").build()
        command.options_metavar = tell(OPTIONS_METAVAR)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command by its name; click would only suggest commands that are imported already."""
        name = args[0]
        if name not in COMMANDS and not name.startswith("-") and not ctx.resilient_parsing:
            from validator.language.structure import nearest  # noqa: PLC0415 - only when the name is wrong

            unknown = Text(f"нет команды `{name}`", f"there is no command `{name}`")
            raise click.UsageError(f"{tell(unknown)}; {tell(nearest(name, COMMANDS))}", ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """The list of commands, without importing any of them."""
        with formatter.section(tell(Text("Команды", "Commands"))):
            formatter.write_dl([(name, tell(text)) for name, text in COMMANDS.items()])


def build() -> click.Group:
    """The command group, its texts in the language of the run."""
    text = Text(
        "Сверка: проверка перехода школ и органов власти в MAX по политикам, записанным в YAML.",
        "Sverka: checks the move of schools and public bodies to MAX against policies written in YAML.",
    )
    group = Commands(
        name="sverka",
        help=tell(text),
        context_settings={"help_option_names": ["-h", "--help"]},
        options_metavar=tell(OPTIONS_METAVAR),
        subcommand_metavar=tell(Text("КОМАНДА …", "COMMAND …")),
        no_args_is_help=False,
    )
    group.params.append(
        click.Option(
            ["--lang"],
            type=click.Choice(["ru", "en"]),
            expose_value=False,
            help=tell(Text("язык сообщений", "language of messages")),
        )
    )
    version = tell(Text("показать версию", "show the version"))
    return click.version_option(__version__, prog_name="sverka", message="%(prog)s %(version)s", help=version)(
        group
    )


def run_by_click(arguments: list[str]) -> int:
    """Parse and call. Not `click.Command.main`, which leaves with 1 when the reader of our output has gone."""
    with speaking(current_language()):
        return _run(build(), arguments)


def _run(group: click.Group, arguments: list[str]) -> int:
    if instruction := os.environ.get(COMPLETION):
        from click.shell_completion import shell_complete  # noqa: PLC0415 - only when a shell asks

        this_run().completing = True
        return shell_complete(group, {}, "sverka", COMPLETION, instruction)
    try:
        with group.make_context("sverka", list(arguments), color=_color()) as context:
            result: object = group.invoke(context)
            return result if isinstance(result, int) else 0
    except click.exceptions.Exit as stopped:
        return stopped.exit_code
    except click.Abort:
        return INTERRUPTED
    except click.UsageError as error:
        return _usage(error, arguments)
    except click.ClickException as error:
        say_aside(f"sverka: {error.format_message()}")
        return USAGE


def _color() -> bool | None:
    """NO_COLOR, then FORCE_COLOR; otherwise colour is for terminals. Click reads neither of them."""
    if os.environ.get("NO_COLOR"):
        return False
    return True if os.environ.get("FORCE_COLOR") else None


def _usage(error: click.UsageError, arguments: list[str]) -> int:
    """Click breaks its lists of choices over several lines, and does not always know which command was meant."""
    command = error.ctx.command_path if error.ctx else next((f"sverka {a}" for a in arguments if a in COMMANDS), "")
    say_usage(error.format_message().replace("\n\t", " "), help_hint(command))
    return USAGE
