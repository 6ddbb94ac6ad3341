"""`sverka validate`: only the input rules, for those who deliver snapshots."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import click

from validator.cli.context import library_of, notice, policy_texts, stop, tell
from validator.cli.documents import STANDARD_INPUT, Intake, delivered
from validator.cli.options import language_option, paths_argument, policies_option
from validator.cli.outputs import deliver, output_option, parse_outputs
from validator.cli.packing import pack_option, parse_pack, write_pack
from validator.journeys.assemble import assemble, exit_code
from validator.logic.problem import InputError, Problem
from validator.logic.report import Report
from validator.logic.text import Text, plural_ru

if TYPE_CHECKING:
    from collections.abc import Iterable

    from validator.language.library import Library, PolicyText
    from validator.snapshots.stream import Delivered

# A snapshot is read by the names in registers, and registers rest on acts; all other files only judge.
JUDGING = ("parameters", "definitions", "norms", "decisions")


def build() -> click.Command:
    """The command, its texts in the language of the run."""
    text = Text(
        "Проверить только входные данные: вид, целостность, персональные данные. Без путей — то, что названо в"
        " sverka.yaml.",
        "Check the input rules only: structure, integrity, personal data. Without paths, what sverka.yaml names.",
    )

    @click.command(name="validate", help=tell(text))
    @paths_argument
    @output_option
    @policies_option
    @pack_option
    @language_option
    def command(
        paths: tuple[str, ...], outputs: tuple[str, ...], policies: tuple[str, ...], pack: str | None
    ) -> int:
        """Read the documents, pack them if asked, write the report, answer with the exit code."""
        targets = parse_outputs(outputs, paths)
        target = parse_pack(pack, paths, targets)
        library = library_of_names(policies)
        # Standard input can be read once only.
        kept = list(delivered(paths)) if target is not None and STANDARD_INPUT in paths else None
        report = read_all(delivered(paths) if kept is None else kept, library)
        code = exit_code(report)
        if target is not None:
            again = partial(delivered, paths, aloud=False) if kept is None else partial(iter, kept)
            code = write_pack(target, again, report, library, code)
        return deliver(report, targets, code)

    return command


def read_all(items: Iterable[Delivered], library: Library) -> Report:
    """The report of what could be read; the policies are needed for their registers of names alone."""
    intake = Intake(library)
    for item in items:
        intake.admit(item)
    intake.settle()
    return assemble(library.policies, None, intake.rows, [], intake.quarantined, intake.warnings)


def library_of_names(folders: tuple[str, ...]) -> Library:
    """The policy set, of which only the names may be used: what judges may be broken, that is told in a line.

    Leaves with 2 when a file that names rest on is broken, or when a folder can't be read.
    """
    texts = policy_texts(folders)
    try:
        return library_of(texts)
    except InputError as error:
        return _in_spite_of(error.problems, texts)


def _in_spite_of(problems: list[Problem], texts: list[PolicyText]) -> Library:
    """The library of a broken set, when all that is wrong with it concerns judging only."""
    from validator.language.library import inspect  # noqa: PLC0415
    from validator.language.vocabulary import read_vocabulary  # noqa: PLC0415
    from validator.resources import schema_bytes  # noqa: PLC0415

    judging = {text.file for text in texts if text.place.split("/", 1)[0] in JUDGING}
    errors = [problem for problem in problems if not problem.warning]
    grave = [problem for problem in errors if problem.file not in judging]
    if grave:
        notice(
            Text(
                "снимки не прочитаны: ошибки в папке с политиками, в файлах, от которых зависят перечни названий",
                "no snapshot was read: the policy folder has mistakes in files that the registers of names rest on",
            )
        )
        stop(grave)
    number, first = len(errors), errors[0].where()
    mistakes = plural_ru(number, "ошибка", "ошибки", "ошибок")
    notice(
        Text(
            f"в политиках {number} {mistakes} (первая: {first}); для проверки входных данных политики не нужны, а"
            " `check` с ними не начнётся: их покажет `sverka lint`",
            f"the policies have {number} {'mistake' if number == 1 else 'mistakes'} (the first: {first}); input"
            " rules need no policies, but `check` will refuse them: `sverka lint` shows them",
        )
    )
    return inspect(texts, read_vocabulary(schema_bytes("snapshot"))).library
