"""Reports of a batch for people: made of its folder once it is finished."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple, NoReturn

from validator.cli.batch_options import ENGINES, BatchOptions
from validator.cli.context import notice, shown, stop, usage_error
from validator.cli.outputs import FOR_PEOPLE, REPORT_FORMATS, Output, parse_outputs
from validator.cli.result_outputs import Split, check_extras, split_beside, split_of, write_pages, write_results
from validator.engines.folder.saved import FolderResults
from validator.language.structure import nearest
from validator.logic.problem import InputError
from validator.logic.text import Text

_SUMMARY = "report.html"


class BatchOutputs(NamedTuple):
    """What is to be written beside the folder of results, and where pages of organizations go."""

    outputs: list[Output]
    split: Split | None


def outputs_of_batch(
    values: tuple[str, ...], split_by: object, batch: BatchOptions, paths: tuple[str, ...]
) -> BatchOutputs | None:
    """What `-o` and `--split-by` ask for, None when they do not. Leaves with 2 for what a batch does not write."""
    if not values and split_by is None:
        return None
    folder = batch.folder
    assert folder is not None
    if batch.engine != ENGINES[0]:
        _refuse_engine(batch.engine)
    for value in values:
        _check_format(value, folder)
    outputs = parse_outputs(values, paths, REPORT_FORMATS, folder) if values else []
    if split_by is None:
        return BatchOutputs(outputs, None)
    if any(output.format == "html" for output in outputs):
        return BatchOutputs(outputs, split_of(split_by, outputs))
    check_extras(["html"])
    page = folder / _SUMMARY
    return BatchOutputs([*outputs, Output("html", page)], split_beside(page))


def for_reports(batch: BatchOptions, *, pages: bool) -> BatchOptions:
    """The batch with all findings explained that reports list, said aloud: without that they are of little use."""
    if pages:
        told = Text(
            "для страниц организаций объясняются все выводы (--evidence all)",
            "for the pages of organizations all findings are explained (--evidence all)",
        )
    else:
        told = Text(
            "для отчётов объясняются все выводы, кроме выводов о людях (--evidence summary)",
            "for the reports all findings but those about persons are explained (--evidence summary)",
        )
    notice(told)
    return batch._replace(evidence=_enough(pages)[0])


def _enough(pages: bool) -> tuple[str, ...]:
    """The levels of explanation that show all there is to show, the least first."""
    return ("all",) if pages else ("summary", "all")


def _refuse_engine(engine: str) -> NoReturn:
    usage_error(
        f"-o и --split-by не действуют с --engine {engine}",
        f"-o and --split-by do not go with --engine {engine}",
        Text("отчёты делает из папки `sverka report ПАПКА`", "`sverka report FOLDER` makes reports of the folder"),
    )


def _check_format(value: str, folder: Path) -> None:
    name, equals, _ = value.partition("=")
    if name not in REPORT_FORMATS:
        usage_error(f"неизвестный формат `{name}`", f"unknown format `{name}`", nearest(name, REPORT_FORMATS))
    if name not in FOR_PEOPLE or not equals:
        place = shown(folder)
        usage_error(
            "с --to результаты идут в папку; рядом можно только -o html=ФАЙЛ и -o xlsx=ФАЙЛ",
            "with --to results go to the folder; beside it only -o html=FILE and -o xlsx=FILE",
            Text(
                f"другие форматы — потом из папки: sverka report {place} -o {name}",
                f"other formats, later from the folder: sverka report {place} -o {name}",
            ),
        )


def write_batch_outputs(folder: Path, shown_as: BatchOutputs) -> None:
    """Write them from the finished folder. Leaves with 4 when the folder was changed meanwhile; raises OSError."""
    try:
        with FolderResults(folder, shown(folder)) as results:
            if results.head["explained"] not in _enough(shown_as.split is not None):
                _tell_unexplained(_enough(shown_as.split is not None)[0])
            links = None if shown_as.split is None else write_pages(results, shown_as.split)
            for output in shown_as.outputs:
                write_results(results, output, links)
    except InputError as error:
        stop(error.problems, 4)


def _tell_unexplained(level: str) -> None:
    notice(
        Text(
            f"объяснены не все выводы: у остальных нет фактов и советов (нужно --evidence {level})",
            f"not all findings are explained: the others lack facts and advice (--evidence {level} gives them)",
        )
    )
