"""The folder of results, wherever Spark can write: what stands there under its final name is whole."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from validator.engines.spark.file_system import below, root_of
from validator.journeys.batch.run import FileRow

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

WORK, RUN = ".run", "run.json"


class Target:
    """A folder of results. Everything is written below `.run` and then moved, `run.json` the last."""

    def __init__(self, spark: SparkSession, folder: str) -> None:
        self._spark = spark
        self._root = root_of(spark, folder)
        self._system = self._root.system
        self.folder = self._root.text

    def _path(self, name: str) -> Any:
        return below(self._spark, self._root, name) if name else self._root.path

    def is_free(self) -> bool:
        """Whether nothing stands there, but perhaps what a run left that did not come to its end."""
        if not self._system.exists(self._path("")):
            return True
        return {entry.getPath().getName() for entry in self._system.listStatus(self._path(""))} <= {WORK}

    def clear_work(self) -> None:
        """Take away what a run under way needs."""
        self._system.delete(self._path(WORK), True)

    def work(self, name: str) -> str:
        """Where a run under way writes."""
        return f"{self.folder}/{WORK}/{name}"

    def write(self, name: str, pieces: Iterable[bytes]) -> None:
        """A file of some megabytes, written by the driver, not under its final name yet."""
        with tempfile.TemporaryDirectory() as folder:
            local = Path(folder) / "file"
            with local.open("wb") as stream:
                stream.writelines(pieces)
            source = root_of(self._spark, str(local)).path
            self._system.copyFromLocalFile(False, True, source, self._path(f"{WORK}/final/{name}"))

    def parts(self, name: str) -> list[str]:
        """The parts that Spark wrote for a file, renamed to numbers in their order; their paths."""
        folder = self._path(f"{WORK}/final/{name}")
        written = sorted(entry.getPath().getName() for entry in self._system.listStatus(folder))
        found = []
        for number, old in enumerate(part for part in written if part.startswith("part-")):
            new = f"{WORK}/final/{name}/part-{number:05}.jsonl"
            self._rename(f"{WORK}/final/{name}/{old}", new)
            found.append(f"{self.folder}/{new}")
        for other in written:
            if not other.startswith("part-"):
                self._system.delete(self._path(f"{WORK}/final/{name}/{other}"), True)
        if not found:  # a folder without files is lost on some file systems
            self.write(f"{name}/part-00000.jsonl", [])
            found.append(f"{self.folder}/{WORK}/final/{name}/part-00000.jsonl")
        return found

    def finish(self, names: Iterable[str]) -> None:
        """Move everything to its final name, `run.json` the last, and take away what is left of the work."""
        for name in (*names, RUN):
            self._rename(f"{WORK}/final/{name}", name)
        self.clear_work()

    def _rename(self, old: str, new: str) -> None:
        if not self._system.rename(self._path(old), self._path(new)):
            raise OSError(f"can't rename {old} to {new} in {self.folder}")


def rows_of(spark: SparkSession, parts: dict[str, list[str]]) -> dict[str, FileRow]:
    """What `run.json` says of the parts of each file: digest, size and lines, counted where the parts lie."""
    paths = [path for found in parts.values() for path in found]
    # Spark does not show files that are empty.
    nothing: FileRow = {"sha256": sha256(b"").hexdigest(), "bytes": 0, "lines": 0}
    rows = {_short(path): nothing for path in paths}
    frame = spark.read.format("binaryFile").load(paths).select("path", "content")
    for row in frame.mapInArrow(_measured, "path string, digest string, size long, lines long").collect():
        rows[_short(str(row["path"]))] = {"sha256": row["digest"], "bytes": row["size"], "lines": row["lines"]}
    return rows


def _short(path: str) -> str:
    """A part by the names of its file and its own."""
    return "/".join(path.rsplit("/", 2)[1:])


def _measured(batches: Iterator[Any]) -> Iterator[Any]:
    import pyarrow as pa  # type: ignore[import-untyped]  # noqa: PLC0415

    for batch in batches:
        texts = [content.as_py() for content in batch.column("content")]
        yield pa.RecordBatch.from_pydict(
            {
                "path": batch.column("path"),
                "digest": pa.array([sha256(text).hexdigest() for text in texts], pa.string()),
                "size": pa.array([len(text) for text in texts], pa.int64()),
                "lines": pa.array([text.count(b"\n") for text in texts], pa.int64()),
            }
        )
