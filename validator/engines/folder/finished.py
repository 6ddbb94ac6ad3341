"""The files of a finished run, each checked against `run.json`; names that are not ours are never looked at.

Rows stand in one file of lines, in one Parquet file, or (from a cluster) in a folder of parts in their order.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from hashlib import file_digest
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NoReturn, NotRequired, TypedDict, TypeVar

from msgspec import ValidationError
from msgspec.json import Decoder

from validator.engines.folder.blocks import Blocks, LineError, numbered_lines
from validator.engines.folder.columns import FINDINGS, VERDICTS, as_lines
from validator.engines.folder.conclude import POLICIES, ROLLUP
from validator.engines.folder.results import RUN, WORK
from validator.journeys.batch.run import SCHEMA, FileRow
from validator.language.limits import MIB
from validator.language.structure import shorten
from validator.logic.problem import InputError, Problem, Span
from validator.logic.report import BaselineUse, Counts, PolicySetIdentity, Tool
from validator.logic.text import Text

MAX_DOCUMENT = 512 * MIB
ORGANIZATIONS, QUARANTINE, WARNINGS = "organizations.jsonl", "quarantine.jsonl", "warnings.jsonl"
_DOCUMENTS = (ROLLUP, POLICIES)
_ROWS = (ORGANIZATIONS, QUARANTINE, WARNINGS, FINDINGS, VERDICTS)
_PART = re.compile(r"part-[0-9]{5}[.]jsonl", re.ASCII)
_CHECK_AGAIN = Text("проверьте снимки заново в новой папке", "check the snapshots anew into a new folder")
_WANTED = Text(
    "нужна папка, которую `sverka check … --to ПАПКА` записала до конца",
    "a folder is wanted that `sverka check … --to FOLDER` has written to its end",
)
T = TypeVar("T")


class _Terms(TypedDict):
    evidence: str


class _Inputs(TypedDict):
    documents: int
    evaluated: int
    quarantined: int
    not_reached: int
    organizations: int


class FinishedRun(TypedDict):
    """What is needed of `run.json` (see `journeys.batch.run.Run`)."""

    schema: str
    tool: Tool
    policy_set: PolicySetIdentity
    law_date: str | None
    terms: _Terms
    inputs: _Inputs
    counts: Counts
    files: dict[str, FileRow]
    baseline: NotRequired[BaselineUse]


class FinishedFolder:
    """The files of a finished folder; `name` names it in messages. To be closed when it is not needed any more."""

    def __init__(self, folder: Path, name: str) -> None:
        """Raises `InputError` when the folder is not what a finished run left there, or OSError."""
        self.folder = folder
        self.name = name
        self._stack = ExitStack()
        self._unpacked: dict[str, Path] = {}
        self.run = self._read_run()
        for document in _DOCUMENTS:
            self._check(document)
        self._parts = {rows: self._parts_of(rows) for rows in _ROWS}
        for part in (part for parts in self._parts.values() for part in parts):
            self._check(part)

    def close(self) -> None:
        """Take away what was unpacked for reading."""
        self._stack.close()
        self._unpacked.clear()

    def _read_run(self) -> FinishedRun:
        if not (self.folder / RUN).is_file():
            if (self.folder / WORK).exists():
                self._refuse(
                    Text("проверка в этой папке не закончена", "the run in this folder is not finished"),
                    Text(
                        "закончите её: та же команда `sverka check … --to` с --resume",
                        "finish it: the same command `sverka check … --to` with --resume",
                    ),
                )
            self._refuse(
                Text("это не папка результатов: в ней нет run.json", "no folder of results: it holds no run.json"),
                _WANTED,
            )
        return self.document(RUN, FinishedRun, SCHEMA)

    def _parts_of(self, name: str) -> list[str]:
        """The files in which rows are, in their order, as `run.json` names them."""
        files = self.run["files"]
        parquet = name.replace(".jsonl", ".parquet")
        parts = [key for key in files if key.startswith(f"{name}/") and _PART.fullmatch(key[len(name) + 1 :])]
        if name in files:
            return [name]
        return [parquet] if parquet in files else sorted(parts) or [name]

    def _check(self, name: str) -> None:
        """The file is there and as `run.json` says."""
        row = self.run["files"].get(name)
        if row is None:
            self._refuse(
                Text(
                    f"в этой папке нет {name}: она записана другой версией программы",
                    f"this folder has no {name}: it was written by another version of the program",
                ),
                _CHECK_AGAIN,
            )
        file = self.folder / name
        if not file.is_file() or file.stat().st_size != row["bytes"] or _digest(file) != row["sha256"]:
            self._refuse(
                Text(
                    f"файл {name} не тот, который записала проверка",
                    f"the file {name} is not the one that the run wrote",
                ),
                _CHECK_AGAIN,
            )

    # --- reading --------------------------------------------------------------------------------------------

    def document(self, name: str, type_: type[T], schema: str) -> T:
        """A JSON document of the folder. Raises `InputError`."""
        file = self.folder / name
        if file.stat().st_size > MAX_DOCUMENT:
            size = MAX_DOCUMENT // MIB
            self._refuse(Text(f"{name} больше {size} МиБ", f"{name} is over {size} MiB"), _WANTED)
        data = file.read_bytes()
        try:
            found = Decoder(dict[str, object]).decode(data).get("schema")
        except ValueError:
            found = None
        if found != schema:
            self._refuse_schema(name, found, schema)
        try:
            return Decoder(type_).decode(data)
        except ValidationError as error:
            self.damaged(name, None, error)

    def _refuse_schema(self, name: str, found: object, wanted: str) -> NoReturn:
        if isinstance(found, str) and found.startswith(wanted.partition("/")[0] + "/"):
            token = shorten(found)
            self._refuse(
                Text(f"{name} другой версии: `{token}`", f"{name} is of another version: `{token}`"),
                Text("нужна версия программы поновее", "a newer version of the program is wanted"),
            )
        message = Text(f"{name} — не итог проверки или повреждён", f"{name} is damaged, or not of a run")
        self._refuse(message, _WANTED)

    def records(self, name: str, type_: type[T]) -> Iterator[T]:
        """The rows of a kind, in the order in which they stand. Raises `InputError` at one that is damaged."""
        decode = Decoder(type_).decode
        try:
            for number, line in numbered_lines(self._lines(name)):
                try:
                    found = decode(line)
                except ValueError as error:
                    self.damaged(name, number, error)
                yield found
        except LineError as error:
            self.damaged(name, error.line, None)

    def blocks(self, name: str) -> Blocks:
        """The rows of a kind by whose they are. Raises `InputError`."""
        try:
            return Blocks(self._lines(name))
        except LineError as error:
            self.damaged(name, error.line, error if error.why else None)

    def _lines(self, name: str) -> Path:
        """The rows as one file of lines; what is kept otherwise is unpacked once."""
        parts = [self.folder / part for part in self._parts[name]]
        if len(parts) == 1 and parts[0].suffix != ".parquet":
            return parts[0]
        if name not in self._unpacked:
            target = Path(self._stack.enter_context(TemporaryDirectory(prefix="sverka-"))) / name
            self._unpack(parts, target, name)
            self._unpacked[name] = target
        return self._unpacked[name]

    def _unpack(self, parts: list[Path], target: Path, name: str) -> None:
        if parts[0].suffix != ".parquet":
            with target.open("wb") as whole:
                for part in parts:
                    with part.open("rb") as stream:
                        shutil.copyfileobj(stream, whole)
            return
        try:
            as_lines(parts[0], target, name)
        except ModuleNotFoundError:
            self._refuse(
                Text("строки этой папки записаны в Parquet", "the rows of this folder are Parquet"),
                Text('установите: pip install "sverka[parquet]"', 'install: pip install "sverka[parquet]"'),
            )
        except ValueError:
            self.damaged(parts[0].name, None, None)

    def damaged(self, name: str, line: int | None, error: Exception | None) -> NoReturn:
        """Refuse the folder for a row or a document that is not as the program writes it."""
        file = f"{self.name}/{name}"
        why = shorten(str(error)) if error is not None and str(error) else ""
        more = f": {why}" if why else ""
        span = None if line is None else Span(file, line, 1, line, 2)
        message = Text(f"файл результатов повреждён{more}", f"the file of results is damaged{more}")
        raise InputError([Problem("saved-folder", message, _CHECK_AGAIN, span, file)])

    def _refuse(self, message: Text, help_: Text) -> NoReturn:
        raise InputError([Problem("saved-folder", message, help_, None, self.name)])


def _digest(file: Path) -> str:
    with file.open("rb") as stream:
        return file_digest(stream, "sha256").hexdigest()
