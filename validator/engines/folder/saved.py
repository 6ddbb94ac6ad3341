"""A finished folder of results, read again: what its run found, without policies and without snapshots.

Nothing in it is believed: every file must be the one that `run.json` names by its digest, and every row must be as
the program writes it. Findings are read row by row, so a folder of any size can be shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from functools import cached_property
from hashlib import file_digest
from operator import itemgetter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NoReturn, NotRequired, Self, TypedDict, TypeVar

from msgspec import ValidationError
from msgspec.json import Decoder

from validator.engines.folder.blocks import Blocks, Key, LineError, numbered_lines
from validator.engines.folder.columns import FINDINGS, VERDICTS, as_lines
from validator.engines.folder.conclude import POLICIES, ROLLUP
from validator.engines.folder.results import RUN, WORK
from validator.journeys.batch.rows import FindingRow, VerdictRow
from validator.journeys.batch.run import SCHEMA, FileRow
from validator.journeys.results.entries import POLICIES_SCHEMA
from validator.journeys.results.short import whole_of
from validator.journeys.results.tallies import Tallied
from validator.language.limits import MIB
from validator.language.structure import shorten
from validator.logic.batch import SCHEMA as ROLLUP_SCHEMA
from validator.logic.batch import RollUpTable, Tally
from validator.logic.problem import InputError, Problem, Span
from validator.logic.report import (
    BaselineUse,
    Counts,
    OrganizationRow,
    PolicyEntry,
    PolicySetIdentity,
    QuarantineRecord,
    Result,
    Tool,
)
from validator.logic.result_set import Head, PoliciesDocument
from validator.logic.text import Text

MAX_DOCUMENT = 512 * MIB
ORGANIZATIONS, QUARANTINE, WARNINGS = "organizations.jsonl", "quarantine.jsonl", "warnings.jsonl"
_NEEDED = (ORGANIZATIONS, QUARANTINE, WARNINGS, ROLLUP, POLICIES)
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


class _Run(TypedDict):
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


class _Row(OrganizationRow):
    law_date: str


class FolderResults:
    """A `ResultSet` of a finished folder. To be closed when it is not needed any more."""

    def __init__(self, folder: Path, name: str) -> None:
        """`name` names the folder in messages. Raises `InputError` for what can't be used, or OSError."""
        self.folder = folder
        self.name = name
        self._stack = ExitStack()
        self._run = self._read_run()
        self._check_files()
        self._files: dict[str, Path] = {}
        policies = self._document(POLICIES, PoliciesDocument, POLICIES_SCHEMA)
        self.policies: Mapping[str, PolicyEntry] = {
            entry["policy"]: entry for entry in sorted(policies["policies"], key=itemgetter("policy"))
        }
        self._names = policies["names"]
        self._rows = self._read_organizations()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Take away what was unpacked for reading."""
        self._stack.close()
        self._files.clear()

    # --- what a result set tells ----------------------------------------------------------------------------

    @cached_property
    def head(self) -> Head:
        """See `ResultSet`."""
        run, inputs = self._run, self._run["inputs"]
        explained = run["terms"]["evidence"]
        return {
            "tool": run["tool"],
            "policy_set": run["policy_set"],
            "law_date": run["law_date"],
            "law_dates": _first_and_last([row["law_date"] for row in self._rows]),
            "fact_dates": _first_and_last([row["as_of"] for row in self._rows]),
            "inputs": {
                "documents": inputs["documents"],
                "evaluated": inputs["evaluated"],
                "quarantined": inputs["quarantined"],
                "not_reached": inputs["not_reached"],
            },
            "counts": run["counts"],
            "organizations": inputs["organizations"],
            "explained": "all" if explained == "all" else "blocking" if explained == "blocking" else "none",
            "names": self._names,
        }

    @property
    def baseline(self) -> BaselineUse | None:
        """What came of the baseline of the run, None without one."""
        return self._run.get("baseline")

    @cached_property
    def table(self) -> RollUpTable:
        """See `ResultSet`."""
        return self._document(ROLLUP, RollUpTable, ROLLUP_SCHEMA)

    def organizations(self) -> Iterator[OrganizationRow]:
        """See `ResultSet`."""
        return (_without_law_date(row) for row in self._rows)

    def findings(self) -> Iterator[Result]:
        """See `ResultSet`. Raises `InputError` at a row that is damaged."""
        blocks = self._blocks(FINDINGS)
        whole, short = Decoder(Result).decode, Decoder(FindingRow).decode
        for row in self._rows:
            for number, line in blocks.lines(_key(row)):
                try:
                    if b'"because":' in line:
                        found = whole(line)
                        self._entry(found["policy"], FINDINGS, number)
                    else:
                        told = short(line)
                        found = whole_of(told, row, self._entry(told["policy"], FINDINGS, number))
                except ValueError as error:
                    self._damaged(FINDINGS, number, error)
                yield found

    def tallied(self) -> Iterator[Tallied]:
        """The judgements of each organization, counted, in the order of `organizations`."""
        blocks, decode = self._blocks(VERDICTS), Decoder(VerdictRow).decode
        for row in self._rows:
            tallies = []
            for number, line in blocks.lines(_key(row)):
                try:
                    told = decode(line)
                except ValueError as error:
                    self._damaged(VERDICTS, number, error)
                self._entry(told["policy"], VERDICTS, number)
                tallies.append(
                    Tally(told["policy"], told["verdict"], told["reason"], told["disputed"], told["number"])
                )
            yield Tallied(_without_law_date(row), tuple(tallies))

    def quarantine(self) -> Iterator[QuarantineRecord]:
        """See `ResultSet`."""
        return self._records(QUARANTINE, QuarantineRecord)

    def warnings(self) -> Iterator[QuarantineRecord]:
        """See `ResultSet`."""
        return self._records(WARNINGS, QuarantineRecord)

    # --- reading --------------------------------------------------------------------------------------------

    def _read_run(self) -> _Run:
        file = self.folder / RUN
        if not file.is_file():
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
        return self._document(RUN, _Run, SCHEMA)

    def _check_files(self) -> None:
        """Every file is there and as `run.json` says; names that are not ours are never looked at."""
        files = self._run["files"]
        for name in (*_NEEDED, self._rows_file(FINDINGS), self._rows_file(VERDICTS)):
            row = files.get(name)
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

    def _rows_file(self, name: str) -> str:
        """The name under which rows are there: as lines, or as Parquet alone."""
        parquet = name.replace(".jsonl", ".parquet")
        files = self._run["files"]
        return parquet if name not in files and parquet in files else name

    def _document(self, name: str, type_: type[T], schema: str) -> T:
        """A JSON document of a folder. Raises `InputError`."""
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
            kind = schema.partition("/")[0] + "/"
            if isinstance(found, str) and found.startswith(kind):
                token = shorten(found)
                self._refuse(
                    Text(f"{name} другой версии: `{token}`", f"{name} is of another version: `{token}`"),
                    Text("нужна версия программы поновее", "a newer version of the program is wanted"),
                )
            self._refuse(
                Text(f"{name} — не итог проверки или повреждён", f"{name} is damaged, or not of a run"), _WANTED
            )
        try:
            return Decoder(type_).decode(data)
        except ValidationError as error:
            self._damaged(name, None, error)

    def _read_organizations(self) -> list[_Row]:
        rows = list(self._records(ORGANIZATIONS, _Row))
        if len({_key(row) for row in rows}) < len(rows):
            self._damaged(ORGANIZATIONS, None, None)
        if len(rows) != self._run["inputs"]["evaluated"]:
            self._damaged(ORGANIZATIONS, None, None)
        return sorted(rows, key=itemgetter("organization", "as_of", "file"))

    def _records(self, name: str, type_: type[T]) -> Iterator[T]:
        decode = Decoder(type_).decode
        try:
            for number, line in numbered_lines(self.folder / name):
                try:
                    found = decode(line)
                except ValueError as error:
                    self._damaged(name, number, error)
                yield found
        except LineError as error:
            self._damaged(name, error.line, None)

    def _blocks(self, name: str) -> Blocks:
        try:
            blocks = Blocks(self._lines_file(name))
        except LineError as error:
            self._damaged(name, error.line, error)
        if unknown := blocks.keys - {_key(row) for row in self._rows}:
            self._damaged(name, next(blocks.lines(min(unknown)))[0], None)
        return blocks

    def _lines_file(self, name: str) -> Path:
        """The rows as lines; those kept as Parquet are unpacked once."""
        if self._rows_file(name) == name:
            return self.folder / name
        if name not in self._files:
            folder = Path(self._stack.enter_context(TemporaryDirectory(prefix="sverka-")))
            try:
                as_lines(self.folder / self._rows_file(name), folder / name, name)
            except ModuleNotFoundError:
                self._refuse(
                    Text("строки этой папки записаны в Parquet", "the rows of this folder are Parquet"),
                    Text('установите: pip install "sverka[parquet]"', 'install: pip install "sverka[parquet]"'),
                )
            except ValueError:
                self._damaged(self._rows_file(name), None, None)
            self._files[name] = folder / name
        return self._files[name]

    def _entry(self, policy: str, name: str, line: int) -> PolicyEntry:
        entry = self.policies.get(policy)
        if entry is None:
            self._damaged(name, line, None)
        return entry

    def _damaged(self, name: str, line: int | None, error: Exception | None) -> NoReturn:
        """A row or a document that is not as the program writes it."""
        file = f"{self.name}/{name}"
        why = shorten(str(error)) if error is not None and str(error) else ""
        more = f": {why}" if why else ""
        span = None if line is None else Span(file, line, 1, line, 2)
        message = Text(f"файл результатов повреждён{more}", f"the file of results is damaged{more}")
        raise InputError([Problem("saved-folder", message, _CHECK_AGAIN, span, file)])

    def _refuse(self, message: Text, help_: Text) -> NoReturn:
        raise InputError([Problem("saved-folder", message, help_, None, self.name)])


def _key(row: OrganizationRow) -> Key:
    return row["organization"], row["as_of"]


def _without_law_date(row: _Row) -> OrganizationRow:
    return {
        "organization": row["organization"],
        "name": row["name"],
        "region": row["region"],
        "municipality": row["municipality"],
        "kind": row["kind"],
        "as_of": row["as_of"],
        "file": row["file"],
        "digest": row["digest"],
    }


def _digest(file: Path) -> str:
    with file.open("rb") as stream:
        return file_digest(stream, "sha256").hexdigest()


def _first_and_last(days: list[str]) -> tuple[str, str] | None:
    return (min(days), max(days)) if days else None
