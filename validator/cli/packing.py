"""`--pack FILE`: the sound documents of a run in one file, written whole or not at all."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import click

from validator.cli.context import (
    INTERNAL,
    USAGE,
    StopError,
    notice,
    problem_lines,
    say_aside,
    shown,
    stop,
    tell,
    usage_error,
)
from validator.cli.outputs import Output, create_beside
from validator.logic.problem import InputError, Problem
from validator.logic.report import Report
from validator.logic.text import Text, plural_ru

if TYPE_CHECKING:
    from collections.abc import Iterable

    from validator.language.library import Library
    from validator.snapshots.stream import Delivered
    from validator.snapshots.stream.pack import Packable, Packing

F = TypeVar("F", bound=Callable[..., Any])
NOT_ALL = 3
_NO_PARQUET = Text(
    'Для Parquet установите: pip install "sverka[parquet]"', 'For Parquet install: pip install "sverka[parquet]"'
)


class Target(NamedTuple):
    """The file to be written, and its kind."""

    file: Path
    packing: Packing


def pack_option(function: F) -> F:
    """`--pack FILE`."""
    text = Text(
        "записать годные документы в один файл: .parquet, .ndjson или .ndjson.gz",
        "write the sound documents into one file: .parquet, .ndjson or .ndjson.gz",
    )
    return click.option("--pack", metavar=tell(Text("ФАЙЛ", "FILE")), help=tell(text))(function)


def parse_pack(value: str | None, paths: tuple[str, ...], outputs: list[Output]) -> Target | None:
    """The target, None when there is none. Leaves with 2 before any work when it can't be written.

    That is: an ending of no known kind, the extra for Parquet not installed, no folder, something that is no file
    in its place, the target of a report, or what is or would become an input of the run.
    """
    if value is None:
        return None
    from validator.snapshots.stream.pack import Packing, packing_of, require  # noqa: PLC0415
    from validator.snapshots.stream.parquet_pages import MissingParquetError  # noqa: PLC0415

    packing = packing_of(value)
    if packing is None:
        endings = ", ".join(packing.value for packing in Packing)
        usage_error(
            f"по имени файла не понять, как записать: {shown(value)}",
            f"the name does not say how to write the file: {shown(value)}",
            Text(f"имя должно кончаться на {endings}", f"end the name in one of {endings}"),
        )
    target = Target(Path(value), packing)
    check_target(target.file, paths, outputs)
    try:
        require(packing)
    except MissingParquetError:
        say_aside(tell(_NO_PARQUET))
        raise StopError(USAGE) from None
    return target


def check_target(file: Path, paths: tuple[str, ...], outputs: list[Output]) -> None:
    """Leaves with 2 when a file of ours can't be written there, or would be an input of this run or the next."""
    name, folder = shown(file), shown(file.parent)
    if not file.parent.is_dir():
        usage_error(f"нет папки для файла: {folder}", f"no folder for the file: {folder}")
    if os.path.lexists(file) and not file.is_file():
        usage_error(
            f"на месте файла стоит не файл: {name}", f"something else stands where the file should go: {name}"
        )
    if not os.access(file.parent, os.W_OK | os.X_OK, effective_ids=os.access in os.supports_effective_ids):
        usage_error(f"в папку нельзя писать: {folder}", f"the folder is read-only: {folder}")
    if any(output.file is not None and output.file.absolute() == file.absolute() for output in outputs):
        usage_error(
            f"в один файл направлены отчёт и документы: {name}", f"report and documents go to one file: {name}"
        )
    for path in map(Path, paths):
        if path.is_file() and file.exists() and file.samefile(path):
            usage_error(f"файл затёр бы входной файл: {name}", f"the file would overwrite an input: {name}")
        if path.is_dir() and path.resolve() in file.resolve().parents:
            usage_error(
                f"файл оказался бы среди входных: {name} лежит в {shown(path)}",
                f"the file would become an input: {name} lies in {shown(path)}",
                Text("запишите его в другую папку", "write it to another folder"),
            )


# --- writing --------------------------------------------------------------------------------------------------


def write_pack(
    target: Target, again: Callable[[], Iterable[Delivered]], report: Report, library: Library, code: int
) -> int:
    """Pack the documents of `again` that the report counts as sound, and say so.

    The exit code: `code`, or 3 when a sound document could not be packed, or 2 when there was none at all. Leaves
    with 4 when a document changed since it was read, with 2 when the file would be over a limit on input.
    """
    from validator.snapshots.stream.pack import pack  # noqa: PLC0415

    chosen = _Chosen(target.packing, again, report, library)
    number = 0
    try:
        with _beside(target) as temporary:
            if report["organizations"]:
                number = pack(target.packing, temporary, chosen.documents)
            if number:
                os.replace(temporary, target.file)
    except _ChangedError as error:
        stop([_changed(error.file)], INTERNAL)
    except InputError as error:  # it names the file that was written beside the target
        stop([problem._replace(file=shown(target.file), span=None) for problem in error.problems])
    for line in problem_lines(chosen.left_out):
        say_aside(line)
    _tell(target, number, report["inputs"]["quarantined"] + len(chosen.left_out))
    if not number:
        return USAGE
    return code or (NOT_ALL if chosen.left_out else 0)


class _ChangedError(Exception):
    """A document is not the same any more as when it was checked."""

    def __init__(self, file: str) -> None:
        super().__init__(file)
        self.file = file


class _Chosen:
    """The sound documents of a run, read again; `left_out` says which of them could not be spelled as JSON."""

    def __init__(
        self, packing: Packing, again: Callable[[], Iterable[Delivered]], report: Report, library: Library
    ) -> None:
        self.left_out: list[Problem] = []
        self._one_line = packing.one_line
        self._again = again
        self._sound = {row["file"]: row["digest"] for row in report["organizations"]}
        self._library = library

    def documents(self) -> Iterator[Packable]:
        """The documents, as they came. Raises `_ChangedError`."""
        from validator.snapshots.respell import as_json  # noqa: PLC0415
        from validator.snapshots.stream.pack import Packable  # noqa: PLC0415

        self.left_out = []
        awaited = dict(self._sound)
        vocabulary, names = self._library.vocabulary, self._library.names
        for item in self._again():
            digest = awaited.pop(item.file, None)
            if digest is None:
                continue
            if f"sha256:{hashlib.sha256(item.data).hexdigest()}" != digest:
                raise _ChangedError(item.file)
            try:
                yield Packable(item.file, as_json(item, vocabulary, names, one_line=self._one_line))
            except InputError as error:
                self.left_out.append(error.problems[0])
        if awaited:
            raise _ChangedError(next(iter(awaited)))


def _changed(file: str) -> Problem:
    return Problem(
        "changed-while-read",
        Text(
            "документ изменился после проверки; файл не записан",
            "the document changed since it was checked; no file was written",
        ),
        Text("дождитесь, пока он будет записан, и повторите", "wait until it is written, then repeat"),
        None,
        file,
    )


def _tell(target: Target, number: int, left_out: int) -> None:
    name = shown(target.file)
    if number:
        documents = plural_ru(number, "документ", "документа", "документов")
        notice(
            Text(
                f"записан {name}: {number} {documents}",
                f"written {name}: {number} {'document' if number == 1 else 'documents'}",
            )
        )
    else:
        older = target.file.exists()
        notice(
            Text(
                f"{name} не записан: нет ни одного годного документа" + "; прежний файл остался" * older,
                f"{name} was not written: there is no sound document" + "; the older file was left alone" * older,
            )
        )
    if number and left_out:
        notice(
            Text(
                f"не вошли в файл: {left_out}; о каждом сказано, почему",
                f"left out of the file: {left_out}; each is told with the reason",
            )
        )


@contextmanager
def _beside(target: Target) -> Iterator[Path]:
    """A new empty file in the same folder, gone at the end unless it was moved; folders are read without it."""
    handle, temporary = create_beside(target.file, target.packing.value)
    os.close(handle)
    try:
        yield temporary
    finally:
        temporary.unlink(missing_ok=True)
