"""A finished folder of results, read again: what its run found, without policies and without snapshots.

Nothing in it is believed: every file must be the one that `run.json` names by its digest, and every row must be as
the program writes it. Findings are read row by row, so a folder of any size can be shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from operator import itemgetter
from pathlib import Path
from typing import Self

from msgspec.json import Decoder

from validator.engines.folder.blocks import Blocks, Key
from validator.engines.folder.columns import FINDINGS, VERDICTS
from validator.engines.folder.conclude import POLICIES, ROLLUP
from validator.engines.folder.finished import ORGANIZATIONS, QUARANTINE, WARNINGS, FinishedFolder, FinishedRun
from validator.journeys.batch.rows import FindingRow, VerdictRow
from validator.journeys.results.entries import POLICIES_SCHEMA
from validator.journeys.results.short import whole_of
from validator.journeys.results.tallies import Tallied
from validator.logic.batch import SCHEMA as ROLLUP_SCHEMA
from validator.logic.batch import RollUpTable, Tally
from validator.logic.report import BaselineUse, OrganizationRow, PolicyEntry, QuarantineRecord, Result
from validator.logic.result_set import Explained, Head, PoliciesDocument


class _Row(OrganizationRow):
    law_date: str


class FolderResults:
    """A `ResultSet` of a finished folder. To be closed when it is not needed any more."""

    def __init__(self, folder: Path, name: str) -> None:
        """`name` names the folder in messages. Raises `InputError` for what can't be used, or OSError."""
        self._files = FinishedFolder(folder, name)
        policies = self._files.document(POLICIES, PoliciesDocument, POLICIES_SCHEMA)
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
        self._files.close()

    # --- what a result set tells ----------------------------------------------------------------------------

    @cached_property
    def head(self) -> Head:
        """See `ResultSet`."""
        run, inputs = self._files.run, self._files.run["inputs"]
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
            "explained": _explained(run),
            "names": self._names,
        }

    @property
    def baseline(self) -> BaselineUse | None:
        """What came of the baseline of the run, None without one."""
        return self._files.run.get("baseline")

    @cached_property
    def table(self) -> RollUpTable:
        """See `ResultSet`."""
        return self._files.document(ROLLUP, RollUpTable, ROLLUP_SCHEMA)

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
                    self._files.damaged(FINDINGS, number, error)
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
                    self._files.damaged(VERDICTS, number, error)
                self._entry(told["policy"], VERDICTS, number)
                tallies.append(
                    Tally(told["policy"], told["verdict"], told["reason"], told["disputed"], told["number"])
                )
            yield Tallied(_without_law_date(row), tuple(tallies))

    def quarantine(self) -> Iterator[QuarantineRecord]:
        """See `ResultSet`."""
        return self._files.records(QUARANTINE, QuarantineRecord)

    def warnings(self) -> Iterator[QuarantineRecord]:
        """See `ResultSet`."""
        return self._files.records(WARNINGS, QuarantineRecord)

    def _read_organizations(self) -> list[_Row]:
        rows = list(self._files.records(ORGANIZATIONS, _Row))
        if len({_key(row) for row in rows}) < len(rows) or len(rows) != self._files.run["inputs"]["evaluated"]:
            self._files.damaged(ORGANIZATIONS, None, None)
        return sorted(rows, key=itemgetter("organization", "as_of", "file"))

    def _blocks(self, name: str) -> Blocks:
        blocks = self._files.blocks(name)
        if unknown := blocks.keys - {_key(row) for row in self._rows}:
            self._files.damaged(name, next(blocks.lines(min(unknown)))[0], None)
        return blocks

    def _entry(self, policy: str, name: str, line: int) -> PolicyEntry:
        entry = self.policies.get(policy)
        if entry is None:
            self._files.damaged(name, line, None)
        return entry


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


def _explained(run: FinishedRun) -> Explained:
    match run["terms"]["evidence"]:
        case "all" | "summary" | "blocking" as level:
            return level
        case _:
            return "none"


def _first_and_last(days: list[str]) -> tuple[str, str] | None:
    return (min(days), max(days)) if days else None
