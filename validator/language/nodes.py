"""What a strict reader gives: a tree of scalars, mappings and sequences, every one with its place.

Nothing is typed here. A YAML scalar is the text as written; a JSON scalar also says of which kind it was,
because JSON spells its types and a number where text is wanted is a mistake there.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Literal

from validator.logic.problem import Span

# plain / quoted come from YAML; the others from JSON.
ScalarKind = Literal["plain", "quoted", "string", "number", "true", "false", "null"]


class _Placed:
    """A place in the document: lines and columns from 1, columns in code points, the end exclusive."""

    __slots__ = ("column", "end_column", "end_line", "line")

    def __init__(self, line: int, column: int, end_line: int, end_column: int) -> None:
        self.line = line
        self.column = column
        self.end_line = end_line
        self.end_column = end_column

    def span(self, file: str) -> Span:
        """The place as a span of `file`."""
        return Span(file, self.line, self.column, self.end_line, self.end_column)


class Scalar(_Placed):
    """One value as text. `text` of a JSON literal is its spelling: `true`, `null`, `12`."""

    __slots__ = ("kind", "text")

    def __init__(self, text: str, kind: ScalarKind, line: int, column: int, end_line: int, end_column: int) -> None:
        self.line = line  # set here and not by the base class: this runs once per value of every document
        self.column = column
        self.end_line = end_line
        self.end_column = end_column
        self.text: Final = text
        self.kind: Final = kind

    @property
    def is_text(self) -> bool:
        """Whether it can be read as text: any YAML scalar, or a JSON string."""
        return self.kind in ("plain", "quoted", "string")


class Mapping(_Placed):
    """Keys in the order written, no key twice. The place of an entry is that of its key."""

    __slots__ = ("entries",)

    def __init__(self, line: int, column: int, end_line: int, end_column: int) -> None:
        super().__init__(line, column, end_line, end_column)
        self.entries: Final[dict[str, tuple[Scalar, Node]]] = {}

    def get(self, key: str) -> Node | None:
        """The value under `key`, or None when the key is absent."""
        entry = self.entries.get(key)
        return entry[1] if entry else None

    def items(self) -> Iterator[tuple[Scalar, Node]]:
        """Key and value, in the order written."""
        return iter(self.entries.values())


class Sequence(_Placed):
    """The items in the order written."""

    __slots__ = ("items",)

    def __init__(self, line: int, column: int, end_line: int, end_column: int) -> None:
        super().__init__(line, column, end_line, end_column)
        self.items: Final[list[Node]] = []


Node = Scalar | Mapping | Sequence


class Document:
    """One document read whole: its name for messages, its root, and which bytes it was read from.

    `digest` is `sha256:` and the hex digest of the bytes, `size` their number.
    """

    __slots__ = ("digest", "file", "root", "size")

    def __init__(self, file: str, root: Node, digest: str, size: int) -> None:
        self.file = file
        self.root = root
        self.digest = digest
        self.size = size

    def span(self, node: Node) -> Span:
        """The place of a node of this document."""
        return node.span(self.file)
