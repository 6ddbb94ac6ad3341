"""What the stream hands on: a document under its name, or why there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from validator.logic.named_tuple import NamedTuple
from validator.logic.problem import InputError, Problem

if TYPE_CHECKING:
    from validator.language.source import Syntax


# So much of a stream is read at a time.
CHUNK: Final = 64 * 1024


class Start(NamedTuple):
    """Where a document begins in a file that holds several: lines and columns from 1, columns in code points."""

    file: str
    line: int
    column: int


class Delivered(NamedTuple):
    """One document as it lies: its name for messages and its bytes, or why there are none.

    `file` is the name of this document alone: `a.json`, `batch.ndjson:17`, `array.json[3]`, `x.zip/a.json`,
    `x.parquet/a.json`.
    `start` is where it begins when it is a part of a file; places in it are then places in that file. `syntax` is
    None where the ending of the name says it.
    """

    file: str
    data: bytes
    problem: Problem | None = None
    start: Start | None = None
    syntax: Syntax | None = None


class PassedOver:
    """How many files of archives are no snapshots, and the first of them; told at the end of a run."""

    def __init__(self) -> None:
        self.number = 0
        self.first = ""

    def add(self, name: str) -> None:
        """Count a file that is no snapshot."""
        self.first = self.first or name
        self.number += 1


def refused(problem: Problem, file: str = "") -> Delivered:
    """A document that can't be had, under the name `file`, or that of the problem."""
    return Delivered(file or problem.file, b"", problem)


def refused_by(error: InputError, file: str) -> Delivered:
    """The same for an error of reading: its first problem stands for all."""
    return Delivered(file, b"", error.problems[0])
