"""The `sverka` command: which commands there are, and exit codes that never lie.

A command's module is imported when the command is used, so that each starts with no more than it needs.
"""

from __future__ import annotations

import importlib
import os
import sys

import click

from validator import __version__
from validator.cli.context import INTERNAL, INTERRUPTED, USAGE, language_of, notice, prepare_streams, speaking, tell
from validator.logic.text import Text

COMPLETION = "_SVERKA_COMPLETE"
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
        command: click.Command = importlib.import_module(f"validator.cli.{cmd_name}").build()
        command.options_metavar = OPTIONS_METAVAR.in_language(current_language())
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


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and leave with its exit code (`PRODUCT.md`, exit codes)."""
    sys.exit(run(sys.argv[1:] if arguments is None else arguments))


def run(arguments: list[str]) -> int:
    """Run the command line; the exit code."""
    prepare_streams()
    with speaking(language_of(arguments, dict(os.environ))):
        try:
            code = _run(arguments)
            _flush()
            return code
        except BrokenPipeError:
            _silence()
            return 0
        except KeyboardInterrupt:
            notice(Text("прервано", "interrupted"))
            return INTERRUPTED
        except OSError as error:
            return _system(error)
        except Exception as error:  # the last resort: anything unforeseen is an internal error
            return _internal(error)


def _run(arguments: list[str]) -> int:
    """Parse and call. Not `click.Command.main`, which leaves with 1 when the reader of our output has gone."""
    group = build()
    if instruction := os.environ.get(COMPLETION):
        from click.shell_completion import shell_complete  # noqa: PLC0415 - only when a shell asks

        return shell_complete(group, {}, "sverka", COMPLETION, instruction)
    try:
        with group.make_context("sverka", list(arguments), color=_color(), no_args_is_help=False) as context:
            result: object = group.invoke(context)
            return result if isinstance(result, int) else 0
    except click.exceptions.Exit as stopped:
        return stopped.exit_code
    except click.Abort:
        return INTERRUPTED
    except click.UsageError as error:
        return _usage(error)
    except click.ClickException as error:
        notice(Text(f"sverka: {error.format_message()}", f"sverka: {error.format_message()}"))
        return USAGE


