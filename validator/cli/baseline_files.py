"""`--baseline`, `--write-baseline`: known findings that block nothing, and the list of them, which only shrinks."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from validator.cli.context import notice, shown, stop, tell, usage_error
from validator.cli.outputs import Output, write_whole
from validator.cli.settings import configured
from validator.language.file_names import path_of
from validator.logic.named_tuple import NamedTuple
from validator.logic.problem import InputError
from validator.logic.text import Text

if TYPE_CHECKING:
    from pathlib import Path

    from validator.cli.options import F
    from validator.journeys.gate import Gate
    from validator.logic.baseline import Baseline
    from validator.logic.policy import PolicySet
    from validator.logic.report import Report

_TEXTS = {
    "read": Text(
        "список известного: такие нарушения и пробелы остаются в отчёте, но не блокируют",
        "the list of known findings: such violations and unknowns stay in the report and do not block",
    ),
    "write": Text(
        "записать в новый файл (.json) всё, что блокирует; из готового списка только убрать то, чего больше нет",
        "write all that blocks now to a new file (.json); from a list that is there only take what is gone",
    ),
}


class BaselineOptions(NamedTuple):
    """The file that is read (None: none), and whether it is to be written."""

    file: Path | None
    write: bool


def baseline_options(function: F) -> F:
    """`--baseline` (else SVERKA_BASELINE, else the settings file) and `--write-baseline`."""
    import click  # noqa: PLC0415 - a plain check does without it

    file = tell(Text("ФАЙЛ", "FILE"))
    write = click.option("--write-baseline", metavar=file, help=tell(_TEXTS["write"]))
    return click.option("--baseline", metavar=file, help=tell(_TEXTS["read"]))(write(function))


def baseline_of_options(given: dict[str, object]) -> BaselineOptions:
    """The options as click gives them. Leaves with 2 when they name two files."""
    read, write = given["baseline"], given["write_baseline"]
    if write is None:
        name = read if isinstance(read, str) else next(iter(configured("baseline")), None)
        return BaselineOptions(None if name is None else path_of(name), write=False)
    assert isinstance(write, str)
    if isinstance(read, str) and path_of(read).absolute() != path_of(write).absolute():
        usage_error(
            "--baseline и --write-baseline называют разные файлы",
            "--baseline and --write-baseline name two files",
            Text(
                "достаточно --write-baseline: список и читается",
                "--write-baseline is enough: it reads the list too",
            ),
        )
    return BaselineOptions(path_of(write), write=True)


def check_baseline_target(options: BaselineOptions, paths: tuple[str, ...], outputs: list[Output]) -> None:
    """Leaves with 2 before any work when the list is to be written where it can't be."""
    if not options.write or options.file is None:
        return
    from validator.cli.packing import check_target  # noqa: PLC0415 - only where a list is written
    from validator.snapshots.baseline import ENDING  # noqa: PLC0415

    name = shown(options.file)
    if options.file.suffix != ENDING:
        usage_error(
            f"список известного — это файл {ENDING}: {name}",
            f"a baseline is a {ENDING} file: {name}",
            Text("например --write-baseline known.json", "for example --write-baseline known.json"),
        )
    if any(output.file is not None and output.file.absolute() == options.file.absolute() for output in outputs):
        usage_error(
            f"в один файл направлены отчёт и список известного: {name}",
            f"a report and the baseline go to one file: {name}",
        )
    check_target(options.file, paths, outputs)


def baseline_in(options: BaselineOptions, policies: PolicySet) -> Baseline | None:
    """The list in the file; None when none is named, and when it is to be a new one. Leaves with 2 for mistakes."""
    if options.file is None or (options.write and not os.path.lexists(options.file)):
        return None
    try:
        return _read(options.file.read_bytes(), options.file, policies)
    except OSError as error:
        why, name = error.strerror or type(error).__name__, shown(options.file)
        usage_error(
            f"список известного не читается: {name} ({why})",
            f"can't read the baseline: {name} ({why})",
            Text(f"новый список пишет --write-baseline {name}", f"--write-baseline {name} writes a new one"),
        )


def _read(data: bytes, file: Path, policies: PolicySet) -> Baseline:
    from validator.journeys.selection import PartialSet  # noqa: PLC0415 - only where there is a list
    from validator.snapshots.baseline import read_baseline  # noqa: PLC0415

    whole = policies.whole if isinstance(policies, PartialSet) else policies
    try:
        return read_baseline(data, shown(file), {*whole.norms, *whole.drafts})
    except InputError as error:
        stop(error.problems)


def with_baseline(
    report: Report, options: BaselineOptions, known: Baseline | None, policies: PolicySet, gate: Gate
) -> Report:
    """The report with its known findings marked; the list is written when that is asked for.

    A new list holds what blocks in this report, so nothing of it does. Of a list that is there only what was not
    found any more is taken away.
    """
    if options.write and not report["inputs"]["evaluated"]:
        notice(
            Text("список известного не записан: ничего не проверено", "no baseline written: nothing was evaluated")
        )
    elif options.write:
        known = _written(report, options, known, policies, gate)
    if known is None:
        return report
    from validator.journeys.baseline import Recognizer, recognized  # noqa: PLC0415 - only where there is a list

    return recognized(report, Recognizer(known, policies))


def _written(
    report: Report, options: BaselineOptions, known: Baseline | None, policies: PolicySet, gate: Gate
) -> Baseline:
    """The list as it stands in the file after this run."""
    from validator.journeys.baseline import Recognizer, fresh, recognized, shrunk, text_of  # noqa: PLC0415

    assert options.file is not None
    if known is None:
        lines = fresh(report, gate)
        told = Text(f"записей {len(lines)}", f"entries {len(lines)}")
    else:
        recognizer = Recognizer(known, policies)
        fixed = recognized(report, recognizer)["baseline"]["fixed"]
        if not fixed:
            return known
        lines = shrunk(recognizer)
        gone = sum(entry["number"] - entry["found"] for entry in fixed)
        told = Text(
            f"записей {len(lines)}, снято выводов {gone}", f"entries {len(lines)}, findings taken off {gone}"
        )
    text = text_of(lines)
    found = _read(text.encode(), options.file, policies)  # what can't be read back is not written
    write_whole(options.file, text)
    name = shown(options.file)
    notice(Text(f"записан список известного: {name}, {told.ru}", f"written baseline: {name}, {told.en}"))
    return found
