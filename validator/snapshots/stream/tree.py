"""From a delivered document to its tree, with places in the file that holds it."""

from __future__ import annotations

from validator.language.limits import SNAPSHOT_LIMITS, ReadLimits
from validator.language.nodes import Document, Node
from validator.logic.problem import InputError, Problem, Span
from validator.snapshots.stream.given import Delivered, Start


def document_of(item: Delivered, limits: ReadLimits = SNAPSHOT_LIMITS) -> Document:
    """The document read strictly. Raises InputError with its mistakes, or with what kept it from being delivered.

    A part of a file is JSON, and its places are those in the file.
    """
    from validator.language.source import read_document, read_json  # noqa: PLC0415 - readers come with a library

    if item.problem is not None:
        raise InputError([item.problem])
    start = item.start
    if start is None:
        return read_document(item.data, item.file, syntax=item.syntax, limits=limits)
    try:
        found = read_json(item.data, start.file, limits, first_line=start.line)
    except InputError as error:
        raise InputError([_moved_problem(problem, start) for problem in error.problems]) from None
    return found if start.column == 1 else _Part(found, start)


class _Part(Document):
    """A document that begins in the middle of a line: on that line every column is counted from there."""

    __slots__ = ("_start",)

    def __init__(self, document: Document, start: Start) -> None:
        super().__init__(document.file, document.root, document.digest, document.size)
        self._start = start

    def span(self, node: Node) -> Span:
        """The place of a node in the file."""
        return _moved(node.span(self.file), self._start)


def _moved(span: Span, start: Start) -> Span:
    beside = start.column - 1
    return span._replace(
        column=span.column + (beside if span.line == start.line else 0),
        end_column=span.end_column + (beside if span.end_line == start.line else 0),
    )


def _moved_problem(problem: Problem, start: Start) -> Problem:
    return problem if problem.span is None else problem._replace(span=_moved(problem.span, start))
