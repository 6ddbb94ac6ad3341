"""Rows of verdicts and findings as Parquet: for tools that ask questions about results, in a tenth of the space.

Evidence stays in `findings.jsonl`: its records are of no fixed width.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from types import ModuleType
from typing import Any

from validator.journeys.batch.records import line_of

VERDICTS, FINDINGS = "verdicts.jsonl", "findings.jsonl"
_ROWS = 65_536
_COLUMNS = {
    VERDICTS: ("organization", "as_of", "law_date", "policy", "verdict", "reason", "disputed", "number"),
    FINDINGS: (
        "organization",
        "as_of",
        "law_date",
        "policy",
        "kind",
        "severity",
        "subject",
        "ref",
        "verdict",
        "reason",
        "disputed",
        "baseline",
    ),
}


def as_parquet(files: dict[str, Path], folder: Path, *, keep_findings: bool) -> dict[str, Path]:
    """The files with Parquet in place of lines of verdicts and findings; `keep_findings` keeps the lines of these.

    Written into `folder`; the same rows give the same bytes. Raises ImportError without the extra.
    """
    import pyarrow as arrow  # type: ignore[import-untyped]  # noqa: PLC0415 - an extra, and slow to load
    import pyarrow.parquet  # type: ignore[import-untyped]  # noqa: PLC0415

    found = dict(files)
    for name, columns in _COLUMNS.items():
        target = folder / name.replace(".jsonl", ".parquet")
        schema = _schema(arrow, columns, is_findings=name == FINDINGS)
        with arrow.parquet.ParquetWriter(target, schema, compression="zstd") as writer:
            for rows in _batches(files[name], columns):
                writer.write_batch(arrow.RecordBatch.from_pylist(rows, schema=schema), row_group_size=_ROWS)
        found[target.name] = target
        if name == VERDICTS or not keep_findings:
            del found[name]
    return found


def as_lines(file: Path, target: Path, name: str) -> None:
    """Rows kept as Parquet (`name` says which) written as the lines they were.

    Raises ImportError without the extra, ValueError when the file is damaged or of other columns.
    """
    from pyarrow import parquet  # noqa: PLC0415 - an extra, and slow to load

    columns = _COLUMNS[name]
    with parquet.ParquetFile(file) as source, target.open("wb") as lines:
        if tuple(source.schema_arrow.names) != columns:
            raise ValueError(name)
        for batch in source.iter_batches(_ROWS):
            lines.writelines(line_of(_told(row)) for row in batch.to_pylist())


def _told(row: dict[str, Any]) -> dict[str, Any]:
    """A row as its line: `baseline` stands only where a finding is known by one."""
    if not row.get("baseline", True):
        del row["baseline"]
    return row


def _schema(arrow: ModuleType, columns: tuple[str, ...], *, is_findings: bool) -> Any:
    """Dates are text as everywhere in reports; a column of few words is stored as such by Parquet itself.

    The columns are the same for every batch: without a baseline nothing is known by one.
    """
    dispute = arrow.struct([("reading", arrow.string()), ("verdict", arrow.string())])
    kinds = {"disputed": arrow.list_(dispute) if is_findings else arrow.bool_(), "number": arrow.int64()}
    kinds["baseline"] = arrow.bool_()
    return arrow.schema([(name, kinds.get(name, arrow.string())) for name in columns])


def _batches(file: Path, columns: tuple[str, ...]) -> Iterator[list[dict[str, Any]]]:
    with file.open("rb") as stream:
        while lines := list(islice(stream, _ROWS)):
            yield [_row(json.loads(line), columns) for line in lines]


def _row(whole: dict[str, Any], columns: tuple[str, ...]) -> dict[str, Any]:
    row = {name: whole.get(name, False) if name == "baseline" else whole[name] for name in columns}
    if isinstance(row["disputed"], list):  # a finding with evidence says more about a reading
        row["disputed"] = [{"reading": one["reading"], "verdict": one["verdict"]} for one in row["disputed"]]
    return row
