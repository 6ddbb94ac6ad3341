"""Where a report goes: standard output, or files written whole or not at all."""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from itertools import count
from types import ModuleType
from typing import TYPE_CHECKING, Any, BinaryIO, TypeVar, cast

from validator.cli.context import (
    current_language,
    notice,
    say,
    say_aside,
    shown,
    tell,
    usage_error,
    user_environment,
)
from validator.cli.job_summary import add_to_summary, is_job_summary, room_in_summary
from validator.cli.rooted import ROOTED, rooted
from validator.language.file_names import path_of
from validator.logic.named_tuple import NamedTuple
from validator.logic.text import Text

if TYPE_CHECKING:
    from pathlib import Path

    from validator.cli.result_outputs import Split
    from validator.logic.report import Report
    from validator.render.fitted import Fitted

F = TypeVar("F", bound=Callable[..., Any])
FORMATS = (
    "text",
    "concise",
    "json",
    "jsonl",
    "sarif",
    "sarif-full",
    "sarif-github",
    "junit",
    "gitlab",
    "github",
    "markdown",
)
# A check and saved results are also shown as a page for people and as a workbook.
REPORT_FORMATS = (*FORMATS, "html", "xlsx")
FOR_PEOPLE = frozenset({"html", "xlsx"})
# These show judgements that are plainly fine too; explaining them is most of the work of a check.
SHOWING_ALL = frozenset({"json", "jsonl", "junit", "sarif-full"})
# These say more of policies than results do, or let somebody do so later.
WITH_POLICIES = frozenset({"json", "html", "xlsx"})
ENDINGS = {
    0: Text("блокирующих замечаний нет", "nothing that blocks"),
    1: Text("есть нарушения", "there are violations"),
    2: Text("ничего не проверено", "nothing was evaluated"),
    3: Text("не хватает данных или есть отложенные документы", "facts are missing or documents were quarantined"),
    4: Text("проверка не закончена", "the run is incomplete"),
}


class Output(NamedTuple):
    """A format, and the file it goes to (None for standard output)."""

    format: str
    file: Path | None


def parse_outputs(
    values: tuple[str, ...],
    inputs: tuple[str, ...] = (),
    formats: tuple[str, ...] = FORMATS,
    new_folder: Path | None = None,
) -> list[Output]:
    """`FORMAT` or `FORMAT=FILE`, repeatable. Leaves with 2 before any work when an output can't be written.

    That is: an unknown format, two formats for one place, no folder, a folder that can't be written to, or one
    of the `inputs` as the target. `new_folder` is one that will be there by then.
    """
    outputs: list[Output] = []
    for value in values or ("text",):
        name, equals, target = value.partition("=")
        if name not in formats:
            from validator.language.structure import nearest  # noqa: PLC0415 - only for a mistake

            usage_error(f"неизвестный формат `{name}`", f"unknown format `{name}`", nearest(name, formats))
        if equals and not target:
            usage_error(f"для `{name}=` не указан файл", f"`{name}=` names no file")
        outputs.append(Output(_profile(name), path_of(target) if target else None))
    if not FOR_PEOPLE.isdisjoint(output.format for output in outputs):
        _check_for_people(outputs)
    if sum(output.file is None for output in outputs) > 1:
        usage_error(
            "в стандартный вывод можно направить только один формат",
            "only one format can go to standard output",
            Text(
                "остальным укажите файл: `-o json=отчёт.json`", "name files for the others: `-o json=report.json`"
            ),
        )
    files = [output.file for output in outputs if output.file is not None]
    for file in files:
        if new_folder is None or file.parent.absolute() != new_folder.absolute() or new_folder.exists():
            _check_target(file, inputs)
    if len({file.absolute() for file in files}) < len(files):
        usage_error("два формата направлены в один файл", "two formats go to one file")
    return outputs


def _check_for_people(outputs: list[Output]) -> None:
    from validator.cli.result_outputs import check_extras  # noqa: PLC0415 - most checks write no such report

    if any(output.format == "xlsx" and output.file is None for output in outputs):
        usage_error(
            "XLSX пишется только в файл",
            "XLSX goes to a file only",
            Text("назовите его: `-o xlsx=свод.xlsx`", "name it: `-o xlsx=summary.xlsx`"),
        )
    check_extras([output.format for output in outputs])


def _profile(name: str) -> str:
    """The format that is meant: on GitHub `sarif` is what its code scanning understands."""
    return "sarif-github" if name == "sarif" and user_environment().get("GITHUB_ACTIONS") else name


def _check_target(file: Path, inputs: tuple[str, ...]) -> None:
    name, folder = shown(file), shown(file.parent)
    if not file.parent.is_dir():
        usage_error(f"нет папки для отчёта: {folder}", f"no folder for the report: {folder}")
    if file.is_dir():
        usage_error(f"вместо файла отчёта папка: {name}", f"a folder stands where the report should go: {name}")
    if not os.access(file.parent, os.W_OK | os.X_OK, effective_ids=os.access in os.supports_effective_ids):
        usage_error(f"в папку отчёта нельзя писать: {folder}", f"the folder of the report is read-only: {folder}")
    if file.exists() and any(path_of(path).is_file() and file.samefile(path) for path in inputs):
        usage_error(f"отчёт затёр бы входной файл: {name}", f"the report would overwrite an input: {name}")


def output_option(function: F, formats: tuple[str, ...] = FORMATS) -> F:
    """`-o FORMAT[=FILE]`, repeatable."""
    import click  # noqa: PLC0415 - a plain check does without it

    names = ", ".join(formats)
    metavar = tell(Text("ФОРМАТ[=ФАЙЛ]", "FORMAT[=FILE]"))
    text = Text(f"формат отчёта ({names}); можно повторять", f"format of the report ({names}); repeatable")
    return click.option("-o", "--output", "outputs", multiple=True, metavar=metavar, help=tell(text))(function)


def deliver(
    report: Mapping[str, object],
    outputs: list[Output],
    code: int,
    family: str = "",
    endings: Mapping[int, Text] = ENDINGS,
    split: Split | None = None,
) -> int:
    """Render and write every output, and say the exit code where people read; the code.

    `family` begins the names of the renderers of another document than a report (`impact.`), `endings` says what
    its exit codes mean, `split` where pages of organizations go. Files come first: whoever reads standard
    output may stop at any time. One that can't be written keeps no other from being written; then the first failure
    is raised, an `OSError`.
    """

    def write(output: Output) -> None:
        if output.format in FOR_PEOPLE and not family:
            _write_for_people(cast("Report", report), output, split)
        else:
            write_report(report, output, family)

    write_each(outputs, write)
    tell_ending(outputs, code, endings)
    return code


def write_each(outputs: Iterable[Output], write: Callable[[Output], None]) -> None:
    """Write every output, files first. Raises the first `OSError` once all that could be written is."""
    failures: list[OSError] = []
    for output in sorted(outputs, key=lambda output: output.file is None):
        try:
            write(output)
        except OSError as error:
            failures.append(error)
    if failures:  # a reader who has gone is none, unless there is no other
        raise next((error for error in failures if not isinstance(error, BrokenPipeError)), failures[0])


def tell_ending(outputs: Iterable[Output], code: int, endings: Mapping[int, Text]) -> None:
    """Say the exit code where people read."""
    ending = f"{tell(Text('Код выхода', 'Exit code'))}: {code} ({tell(endings[code])})"
    if any(output.format == "text" and output.file is None for output in outputs):
        say(ending)
    else:
        say_aside(ending)


def _write_for_people(report: Report, output: Output, split: Split | None) -> None:
    from validator.cli.result_outputs import write_pages, write_results  # noqa: PLC0415 - most checks do without
    from validator.journeys.results.of_report import results_of  # noqa: PLC0415

    results = results_of(report)
    pages = None if split is None or output.format != "html" else write_pages(results, split)
    write_results(results, output, pages)


def write_report(report: Mapping[str, object], output: Output, family: str = "") -> None:
    """Write one output of a report, or of the document of a `family`. Raises OSError."""
    renderer = importlib.import_module(f"validator.render.{family}{output.format.replace('-', '_')}")
    summary = output.file is not None and is_job_summary(output.file)
    text = _rendered(rooted(report) if output.format in ROOTED else report, renderer, output, summary=summary)
    if output.file is None:
        say(text, end="")
    else:
        if summary:
            with naming(output.file):
                add_to_summary(output.file, text)
        else:
            write_whole(output.file, text)
        name = shown(output.file)
        notice(Text(f"записан {output.format}: {name}", f"written {output.format}: {name}"))


def _rendered(report: Mapping[str, object], renderer: ModuleType, output: Output, *, summary: bool) -> str:
    """The text of a renderer; one that has limits tells what it left out."""
    fit = getattr(renderer, "fit", None)
    if fit is None:
        text: str = renderer.render(report, current_language())
        return text
    room = {}
    if summary and output.file is not None and output.format == "markdown":
        room["limit"] = room_in_summary(output.file)
    fitted: Fitted = fit(report, current_language(), **room)
    if fitted.left_out is not None:
        notice(fitted.left_out)
    return fitted.text


def write_whole(file: Path, text: str) -> None:
    """Write a file under another name and move it into place, so that it is never there half-written.

    What is no file, such as `/dev/null` or a pipe, is written to and never replaced. Raises `OSError` that names
    the file that was meant.
    """
    with naming(file):
        if file.exists() and not file.is_file():
            file.write_text(text, encoding="utf-8", newline="\n")
            return
    with replacing(file) as stream:
        stream.write(text.encode("utf-8"))


@contextmanager
def replacing(file: Path) -> Iterator[BinaryIO]:
    """A stream to a new file that takes its place once it is whole. Raises `OSError` that names the file."""
    with naming(file):
        handle, temporary = create_beside(file)
        try:
            with os.fdopen(handle, "w+b") as stream:
                yield stream
                stream.flush()
                os.fsync(stream.fileno())
            os.replace(temporary, file)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise


@contextmanager
def naming(file: Path) -> Iterator[None]:
    """What the system refuses is told of the file that was meant; it names temporary ones, or none."""
    try:
        yield
    except OSError as error:
        error.filename, error.filename2 = shown(file), None
        raise


def create_beside(file: Path, ending: str = ".tmp") -> tuple[int, Path]:
    """A new file in the same folder, with the rights that new files have. (`tempfile` would slow every start.)"""
    for number in count():
        temporary = file.with_name(f".sverka-{os.getpid()}-{number}{ending}")
        with suppress(FileExistsError):
            return os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666), temporary
    raise AssertionError
