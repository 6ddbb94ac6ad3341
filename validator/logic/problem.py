"""What is wrong with an input, said once, with its place and what to do.

A problem is about a text that somebody wrote (a policy, a snapshot, a command line); a finding about
an organization is not a problem but a result of the report.
"""

from __future__ import annotations

from validator.logic.named_tuple import NamedTuple
from validator.logic.text import Text


class Span(NamedTuple):
    """A place in a text: lines and columns from 1, columns in code points, the end exclusive."""

    file: str
    line: int
    column: int
    end_line: int
    end_column: int

    def start(self) -> str:
        """`file:line:column`, the form editors follow."""
        return f"{self.file}:{self.line}:{self.column}"


class Problem(NamedTuple):
    """One mistake: a stable kebab-case `code`, the message, its place, and what to do about it.

    `span` is None only where there is no text to point into (an unreadable file, an empty folder);
    `file` then names the input. `path` is the place inside the document (`chats[3].platform`), or "".
    A message names tokens in backticks and never quotes the text of a snapshot.
    """

    code: str
    message: Text
    help: Text
    span: Span | None = None
    file: str = ""
    path: str = ""
    warning: bool = False

    def where(self) -> str:
        """`file:line:column`, or the file alone."""
        return self.span.start() if self.span else self.file


class InputError(Exception):
    """An input can't be used; `problems` holds all of its mistakes, at least one."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(f"{p.where()}: {p.message.en} [{p.code}]" for p in problems))
        self.problems = problems
