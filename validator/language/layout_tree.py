"""A YAML text as a tree of values with its comments, each comment bound to the entry it speaks of.

The strict reader keeps no comments, so the text is read a second time, as parser events; what stands between two
events can only be space, signs of syntax and comments. Only texts that the strict reader has accepted may come
here: there are no anchors, aliases, tags or directives, and one document.

A comment on lines of its own belongs to the entry below it; at the end of a block it belongs to the block, when
it is indented as the block is. A comment behind a value belongs to its entry. Comments before the first key are
those of the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final, NamedTuple, TypeAlias

import yaml
from msgspec import Struct, field

_LOADER: Final[Any] = getattr(yaml, "CLoader", yaml.Loader)
_COMMENT: Final = re.compile(r"#[^\n]*")
_HEADER: Final = re.compile(r"[|>][-+0-9]*[ \t]*(#[^\n]*)?")


class Leaf(Struct):
    """A scalar; `plain` when it was written without quotes and not as a block of lines."""

    text: str
    plain: bool


class Branch(Struct):
    """A mapping (`keyed`) or a list, and the comments after its last entry."""

    keyed: bool
    slots: list[Slot] = field(default_factory=list)
    foot: list[str] = field(default_factory=list)


Value: TypeAlias = Leaf | Branch


class Slot(Struct):
    """An entry of a mapping, an item of a list (`key` is None), or the whole document.

    `head` are the comments above it, `side` is the one on its line, or "".
    """

    value: Value
    key: str | None = None
    head: list[str] = field(default_factory=list)
    side: str = ""

    def hoist(self, comments: list[str]) -> None:
        """Puts comments above the entry, after what was said on its line before them."""
        if comments and self.side:
            self.head.append(self.side)
            self.side = ""
        self.head += comments

    def say(self, comment: str) -> None:
        """Takes a comment on the line of the entry; an earlier one moves above it."""
        if comment and self.side:
            self.head.append(self.side)
        self.side = comment or self.side


class _Comment(NamedTuple):
    text: str
    column: int
    beside: bool  # a value stands before it on its line


class _Frame(NamedTuple):
    slot: Slot
    branch: Branch
    column: int
    flow: bool
    loose: bool  # a list that is not indented under its key: a comment at its column may be of the next key


def read_tree(text: str) -> Slot:
    """The whole document as one entry, whose `head` are the comments of the file."""
    return _Builder(text).build()


def comments_of(slot: Slot) -> Iterator[str]:
    """Every comment of an entry, in the order of the text."""
    yield from slot.head
    if slot.side:
        yield slot.side
    if isinstance(slot.value, Branch):
        for inner in slot.value.slots:
            yield from comments_of(inner)
        yield from slot.value.foot


def is_commented(branch: Branch) -> bool:
    """Whether there is a comment anywhere inside."""
    return bool(branch.foot) or any(next(comments_of(slot), None) is not None for slot in branch.slots)


class _Builder:
    """Follows the events of a text: comments are read up to `cursor`, the last value ended at `leaf`."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.cursor = 0
        self.leaf = 0
        self.beside: Slot | Branch | None = None
        self.waiting: list[_Comment] = []
        self.frames: list[_Frame] = []
        self.open_key: list[Slot | None] = []
        self.root: Slot | None = None

    def build(self) -> Slot:
        for event in yaml.parse(self.text, Loader=_LOADER):
            match event:
                case yaml.ScalarEvent():
                    self._scalar(event)
                case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                    self._open(event)
                case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                    self._close(event)
                case _:
                    pass
        self._read_to(len(self.text))
        root = self.root
        assert root is not None
        assert isinstance(root.value, Branch)
        root.value.foot[:0] = [root.side] if root.side else []
        root.side = ""
        root.value.foot += self._heads()
        return root

    def _scalar(self, event: Any) -> None:
        self._read_to(event.start_mark.index)
        if self.frames and self.frames[-1].branch.keyed and self.open_key[-1] is None:
            slot = Slot(Leaf("", True), event.value, self._heads())
            self.frames[-1].branch.slots.append(slot)
            self.open_key[-1] = slot
        else:
            slot = self._place(Leaf(event.value, not event.style))
            slot.hoist(self._heads())
            if event.style in ("|", ">"):
                header = _HEADER.match(self.text, event.start_mark.index)
                slot.say((header.group(1) or "").rstrip() if header else "")
        self.beside = slot
        self.cursor = self.leaf = event.end_mark.index

    def _open(self, event: Any) -> None:
        self._read_to(event.start_mark.index)
        branch = Branch(isinstance(event, yaml.MappingStartEvent))
        above = self.frames[-1] if self.frames else None
        slot = self._place(branch)
        if event.flow_style or slot.key is None:
            slot.hoist(self._heads())
        column = event.start_mark.column
        loose = not branch.keyed and slot.key is not None and above is not None and above.column == column
        self.frames.append(_Frame(slot, branch, column, bool(event.flow_style), loose))
        self.open_key.append(None)
        if event.flow_style and event.end_mark.index > event.start_mark.index:
            self.cursor = self.leaf = event.end_mark.index
            self.beside = None

    def _close(self, event: Any) -> None:
        self._read_to(event.start_mark.index)
        frame = self.frames.pop()
        self.open_key.pop()
        branch, slot = frame.branch, frame.slot
        if event.end_mark.index > event.start_mark.index:
            branch.foot += self._heads()
            self.cursor = self.leaf = event.end_mark.index
            self.beside = branch if branch.slots and is_commented(branch) else slot
        elif not frame.flow:
            branch.foot += self._feet(frame)
        if not branch.slots:
            slot.hoist(branch.foot)
            branch.foot = []
        elif slot.key is None:
            # An item starts on the line of its dash: what is above its first entry is above the item.
            slot.head += branch.slots[0].head
            branch.slots[0].head = []

    def _feet(self, frame: _Frame) -> list[str]:
        """Of the comments that wait, those at the end of a block that is being closed."""
        count = 0
        for comment in self.waiting:
            if comment.column < frame.column + frame.loose:
                break
            count += 1
        feet, self.waiting = self.waiting[:count], self.waiting[count:]
        return [comment.text for comment in feet]

    def _heads(self) -> list[str]:
        """The comments that wait for the entry below them."""
        heads = [comment.text for comment in self.waiting]
        self.waiting = []
        return heads

    def _place(self, value: Value) -> Slot:
        """Puts a value under the open key, at the end of the list, or as the document."""
        if not self.frames:
            self.root = slot = Slot(value)
            return slot
        waiting = self.open_key[-1]
        if waiting is not None:
            waiting.value = value
            self.open_key[-1] = None
            return waiting
        slot = Slot(value)
        self.frames[-1].branch.slots.append(slot)
        return slot

    def _read_to(self, end: int) -> None:
        """Reads the comments up to a place: those beside the last value go to it, the others wait."""
        for comment in self._comments(end):
            match self.beside if comment.beside else None:
                case Slot() as slot:
                    slot.say(comment.text)
                case Branch() as branch:
                    branch.foot.append(comment.text)
                case None:
                    self.waiting.append(comment)
        self.cursor = end

    def _comments(self, end: int) -> Iterator[_Comment]:
        for found in _COMMENT.finditer(self.text, self.cursor, end):
            line_start = self.text.rfind("\n", 0, found.start()) + 1
            yield _Comment(found.group().rstrip(), found.start() - line_start, self.leaf > line_start)
