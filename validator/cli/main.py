"""The `sverka` command: which commands there are, and exit codes that never lie.

A command's module is imported when the command is used, so that each starts with no more than it needs.
"""

from __future__ import annotations

import importlib
import os
import sys
from typing import Any

import click

from validator import __version__
from validator.cli.context import INTERNAL, USAGE, language_of, prepare_streams, tell
from validator.logic.text import Text

COMMANDS = {
    "check": Text("проверить снимки организаций по политикам", "check organization snapshots against policies"),
    "validate": Text("проверить только входные данные", "check the input rules only"),
    "explain": Text(
        "объяснить норму, а со снимком и её вердикт", "explain a norm, and with a snapshot its verdict"
    ),
    "schema": Text("напечатать опубликованную схему", "print a published schema"),
    "limits": Text("показать пределы входных данных", "show the limits on input"),
}


class Commands(click.Group):
    """A group that imports a command when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(f"validator.cli.{cmd_name}").command
        return command

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
    group = Commands(name="sverka", help=tell(text), context_settings={"help_option_names": ["-h", "--help"]})
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


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and leave with its exit code (`PRODUCT.md`, exit codes)."""
    sys.exit(run(sys.argv[1:] if arguments is None else arguments))


def run(arguments: list[str]) -> int:
    """Run the command line; the exit code."""
    prepare_streams()
    language = language_of(arguments, dict(os.environ))
    os.environ["LANGUAGE"] = language
    try:
        result: Any = build().main(arguments, prog_name="sverka", standalone_mode=False, obj=language)
        sys.stdout.flush()
        return result if isinstance(result, int) else 0
    except click.exceptions.Exit as stopped:
        return stopped.exit_code
    except click.exceptions.Abort:
        return 130
    except KeyboardInterrupt:
        return 130
    except click.UsageError as error:
        return _usage(error)
    except click.ClickException as error:
        click.echo(f"sverka: {error.format_message()}", err=True)
        return USAGE
    except BrokenPipeError:
        # The reader of our output has gone; without this Python would complain once more at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:  # the last resort: anything unforeseen is an internal error
        return _internal(error)


def _usage(error: click.UsageError) -> int:
    click.echo(f"sverka: {error.format_message()}", err=True)
    if error.ctx is not None:
        hint = tell(Text("справка", "help"))
        click.echo(f"    {hint}: {error.ctx.command_path} --help", err=True)
    return USAGE


def _internal(error: Exception) -> int:
    """Say that it is our fault; the trace goes to a file, because it may quote nothing of an input."""
    import tempfile  # noqa: PLC0415 - only on failure
    import traceback  # noqa: PLC0415

    frames = "".join(traceback.format_tb(error.__traceback__))
    with tempfile.NamedTemporaryFile("w", prefix="sverka-", suffix=".txt", delete=False, encoding="utf-8") as file:
        file.write(f"sverka {__version__}, Python {sys.version}\n{type(error).__name__}\n{frames}")
    message = Text("внутренняя ошибка, это вина программы", "internal error, the fault is ours")
    click.echo(f"sverka: {tell(message)}: {type(error).__name__}; {file.name}", err=True)
    return INTERNAL
