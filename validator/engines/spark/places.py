"""Which files of the input are documents, in the order and under the names of a run on one machine.

Files are listed by Spark, so they may lie wherever it reads from. It shows no file that is empty and none whose
name begins with `_` or `.`. A run on one machine passes over the last only; so the first are looked for, and a
snapshot of the second kind is refused: nothing is skipped without a word.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from validator.engines.spark.file_system import Root, root_of
from validator.engines.spark.judging import Place
from validator.logic.text import Text
from validator.snapshots.stream.names import named

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

# A file is held in memory as a whole, by Spark and by the task that judges it.
LARGEST_FILE_BYTES = 512 << 20


class InputError(Exception):
    """The input can't be used; `text` says why and `help` what to do."""

    def __init__(self, text: Text, help_: Text) -> None:
        super().__init__(text.en)
        self.text = text
        self.help = help_


class Listing(NamedTuple):
    """The files of documents by the path that Spark gives them, those of them that are empty, and the others.

    `passed_over` are names of files that are no snapshots.
    """

    places: dict[str, Place]
    empty: list[str]
    passed_over: list[str]


class _File(NamedTuple):
    """A file: its name in reports, its path for Spark, its size."""

    name: str
    path: str
    size: int


def listing(spark: SparkSession, paths: Iterable[str]) -> Listing:
    """What the paths lead to.

    Raises InputError for a path that does not exist, a file that is too large, or a snapshot that Spark won't show.
    """
    found: dict[str, _File] = {}
    passed_over: list[str] = []
    for given in paths:
        for file in sorted(_below(spark, given)):
            if named(file.name.rpartition("/")[2]) is None:
                passed_over.append(file.name)
                continue
            if file.size > LARGEST_FILE_BYTES:
                raise _too_large(file)
            found.setdefault(file.path, file)
    places = {path: Place(number, file.name) for number, (path, file) in enumerate(found.items())}
    return Listing(places, [path for path, file in found.items() if not file.size], passed_over)


def _below(spark: SparkSession, given: str) -> list[_File]:
    """The files that a path leads to, in no order."""
    root, number = _root(spark, given)
    shown = spark.read.format("binaryFile").option("recursiveFileLookup", "true").load(_escaped(root.text))
    files = [(str(row["path"]), int(row["length"])) for row in shown.select("path", "length").collect()]
    if number > len(files):
        files += _not_shown(root, {path for path, _ in files})
    return [_File(_name(given, root.text, path), path, size) for path, size in files]


def _not_shown(root: Root, shown: set[str]) -> Iterator[tuple[str, int]]:
    """The files that Spark does not show; it takes a call a file, so it is done only where there are some."""
    entries = root.system.listFiles(root.path, True)
    while entries.hasNext():
        entry = entries.next()
        path, size = str(entry.getPath().toString()), int(entry.getLen())
        parts = path.removeprefix(root.text).split("/")
        if path in shown or any(part.startswith(".") for part in parts):
            continue
        if any(part.startswith("_") for part in parts) and named(parts[-1]) is not None:
            raise InputError(
                Text(f"Spark не читает файлы с `_` в начале имени: {path}", f"Spark reads no `_…` files: {path}"),
                Text("переименуйте файл или его папку", "rename the file, or its folder"),
            )
        yield path, size


def contents(spark: SparkSession, listed: Listing, tasks: int) -> DataFrame:
    """The columns `path` and `content` of the files of a listing, spread over so many tasks at least."""
    from pyspark.sql import functions as f  # noqa: PLC0415 - an extra

    empty = set(listed.empty)
    full = [_escaped(path) for path in listed.places if path not in empty]
    nothing = spark.createDataFrame([(path, b"") for path in listed.empty], "path string, content binary")
    if not full:
        return nothing
    frame = spark.read.format("binaryFile").load(full).select("path", "content")
    if frame.rdd.getNumPartitions() < min(tasks, len(full)):
        frame = frame.repartition(min(tasks, len(full)), f.col("path"))
    return frame.unionByName(nothing) if empty else frame


def _root(spark: SparkSession, path: str) -> tuple[Root, int]:
    """The place of a path, and how many files are under it."""
    from py4j.protocol import Py4JJavaError  # type: ignore[import-untyped]  # noqa: PLC0415 - comes with Spark

    try:
        root = root_of(spark, path)
        return root, int(root.system.getContentSummary(root.path).getFileCount())
    except Py4JJavaError as error:
        why = error.java_exception.getMessage()
        raise InputError(
            Text(f"путь не читается: {path} ({why})", f"can't read the path: {path} ({why})"),
            Text(
                "проверьте, что он есть и доступен кластеру",
                "check that it exists and the cluster may read it",
            ),
        ) from None


def _escaped(path: str) -> str:
    """The path itself where Spark would look for a pattern."""
    return "".join(f"\\{sign}" if sign in "*?[]{}\\" else sign for sign in path)


def _name(given: str, root: str, uri: str) -> str:
    """The name of a file as reports of one machine show it: the given path, and what lies below it."""
    below = uri.removeprefix(root).strip("/")
    return f"{given.rstrip('/')}/{below}" if below else given


def _too_large(file: _File) -> InputError:
    name, size, most = file.name, file.size, LARGEST_FILE_BYTES >> 20
    return InputError(
        Text(
            f"файл слишком велик для одной задачи: {name} ({size >> 20} МиБ, можно {most})",
            f"the file is too large for one task: {name} ({size >> 20} MiB, at most {most})",
        ),
        Text("разделите его на части, лучше по 64–128 МиБ", "split it, best into parts of 64 to 128 MiB"),
    )
