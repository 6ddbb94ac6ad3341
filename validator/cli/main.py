"""The `sverka` command: which commands there are, and exit codes that never lie.

A command's module is imported when the command is used, so that each starts with no more than it needs.
"""

from __future__ import annotations

import errno
import importlib
import os
import sys

import click

from validator import __version__
from validator.cli.context import (
    INTERNAL,
    INTERRUPTED,
    USAGE,
    discard,
    help_hint,
    language_of,
    notice,
    prepare_streams,
    say_aside,
    say_usage,
    speaking,
    tell,
)
from validator.logic.text import Text

COMPLETION = "_SVERKA_COMPLETE"
OPTIONS_METAVAR = Text("[ПАРАМЕТРЫ]", "[OPTIONS]")
COMMANDS = {
    "check": Text("проверить снимки организаций по политикам", "check organization snapshots against policies"),
    "validate": Text("проверить только входные данные", "check the input rules only"),
    "explain": Text(
        "объяснить норму, а со снимком и её вердикт", "explain a norm, and with a snapshot its verdict"
    ),
    "lint": Text("найти в политиках всё неверное и слабое", "find all that is wrong or weak in policies"),
    "test": Text("выполнить примеры политик", "run the examples of policies"),
    "prove": Text("доказать непротиворечивость политик", "prove that the policies are consistent"),
    "fmt": Text("привести политики к единому виду", "bring policies into the one layout"),
    "impact": Text("чьи вердикты изменит правка политик", "whose verdicts a change of policies flips"),
    "waivers": Text("отступления и сколько дней им осталось", "waivers and how many days they have left"),
    "docs": Text("набор политик книгой, покрытие, противоречия", "the policy set as a book, coverage, conflicts"),
    "init": Text("настроить репозиторий со снимками", "set up a repository of snapshots"),
    "demo": Text("распаковать готовый пример и проверить его", "unpack a ready example and check it"),
    "config": Text("действующие настройки и откуда они", "effective settings and where they come from"),
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
            discard(sys.stdout)
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


def _flush() -> None:
    """What is buffered is written while its failure can still be told; a closed stream holds nothing."""
    if sys.stdout is not None:
        sys.stdout.flush()


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


_SYSTEM = {
    errno.ENOSPC: Text("на диске нет места", "no space is left on the disk"),
    errno.EDQUOT: Text("исчерпана квота на диске", "the disk quota is used up"),
    errno.EACCES: Text("нет прав доступа", "permission is denied"),
    errno.EPERM: Text("нет прав доступа", "permission is denied"),
    errno.EROFS: Text("диск только для чтения", "the disk is read-only"),
    errno.EIO: Text("ошибка чтения или записи", "reading or writing failed"),
    errno.EMFILE: Text("открыто слишком много файлов", "too many files are open"),
}


def _system(error: OSError) -> int:
    """The system refused to read or write: no mistake in a policy or a snapshot, and the run is incomplete."""
    told = Text(error.strerror or type(error).__name__, error.strerror or type(error).__name__)
    what = tell(_SYSTEM.get(error.errno or 0, told))
    file = f": {error.filename}" if error.filename else ""
    say_aside(f"sverka: {tell(Text('работа не закончена', 'the run is incomplete'))}: {what}{file}")
    try:
        _flush()
    except OSError:
        discard(sys.stdout)
    return INTERNAL


def _internal(error: Exception) -> int:
    """Say that it is our fault; the trace goes to a file and holds places in the program alone, no data."""
    message = Text("внутренняя ошибка, это вина программы", "internal error, the fault is ours")
    say_aside(f"sverka: {tell(message)}: {type(error).__name__}{_trace(error)}")
    return INTERNAL


def _trace(error: Exception) -> str:
    import tempfile  # noqa: PLC0415 - only on failure
    import traceback  # noqa: PLC0415

    frames = "".join(traceback.format_tb(error.__traceback__))
    text = f"sverka {__version__}, Python {sys.version}\n{type(error).__name__}\n{frames}"
    try:
        with tempfile.NamedTemporaryFile(
            "w", prefix="sverka-", suffix=".txt", delete=False, encoding="utf-8"
        ) as file:
            file.write(text)
    except OSError:
        return ""
    return f"; {file.name}"
