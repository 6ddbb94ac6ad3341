"""The tree both readers build, with the checks that do not depend on the syntax.

A reader calls `name`, `add`, `open` and `close` in the order of the text. What can be told together is
collected with `report`; what makes going on pointless or dangerous is raised with `stop`.
"""

from __future__ import annotations

import re
from typing import Final, NoReturn

from validator.language.limits import ReadLimits
from validator.language.nodes import Mapping, Node, Scalar, Sequence
from validator.language.source_problems import code_point, over_limit, problem, shown
from validator.language.source_text import find_forbidden, forbidden
from validator.logic.problem import InputError, Problem, Span

ODD_SPACES: Final = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
# Patterns are made when a key is met that needs them: nearly all are plain words.
_ODD_SPACE: Final = f"[{ODD_SPACES}]"
# Controls of direction, zero-width characters, fillers and variation selectors.
_INVISIBLE: Final = (
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
_LATIN: Final = "[A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff]"
_CYRILLIC: Final = "[\u0400-\u052f\u1c80-\u1c8f\u2de0-\u2dff\ua640-\ua69f]"


class TreeBuilder:
    """Grows a tree node by node. `here` is the open container, `key` the key that waits for its value."""

    __slots__ = (
        "_above",
        "_alike",
        "_file",
        "_folded",
        "_items",
        "_keys",
        "_left",
        "_limits",
        "here",
        "key",
        "problems",
        "root",
    )

    def __init__(self, file: str, limits: ReadLimits) -> None:
        self.here: Mapping | Sequence | None = None
        self.key: Scalar | None = None
        self.root: Node | None = None
        self.problems: list[Problem] = []
        self._file = file
        self._limits = limits
        self._left = limits.nodes
        self._keys = limits.keys
        self._items = limits.items
        self._above: list[tuple[Mapping | Sequence | None, Scalar | None]] = []
        # Every key met so far → all keys that look like it, itself among them; the same list by folded key.
        self._alike: dict[str, list[str]] = {}
        self._folded: dict[str, list[str]] = {}

    def name(self, key: Scalar) -> None:
        """Takes the key of the next value of the open mapping."""
        mapping = self.here
        assert isinstance(mapping, Mapping)
        self.key = key
        text = key.text
        alike = self._alike.get(text)
        if alike is None:
            alike = self._learn(key)
        if text in mapping.entries:
            self._refuse_twin("duplicate-key", mapping, text)
        elif len(alike) > 1:
            self._refuse_confusable(mapping, alike)
        if len(mapping.entries) >= self._keys:
            self.stop_over("limit-keys", self._keys, key)

    def add(self, node: Node) -> None:
        """Puts a value in its place: under the waiting key, at the end of the list, or as the root."""
        self._left -= 1
        if self._left < 0:
            self.stop_over("limit-nodes", self._limits.nodes, node)
        here = self.here
        if isinstance(here, Mapping):
            key = self.key
            assert key is not None
            here.entries[key.text] = (key, node)
            self.key = None
        elif here is None:
            self.root = node
        else:
            if len(here.items) >= self._items:
                self.stop_over("limit-items", self._items, node)
            here.items.append(node)

    def open(self, container: Mapping | Sequence) -> None:
        """Adds a container and makes it the open one."""
        if len(self._above) >= self._limits.depth:
            self.stop_over("limit-depth", self._limits.depth, container)
        outer = (self.here, self.key)
        self.add(container)
        self._above.append(outer)
        self.here = container
        self.key = None

    def close(self, end_line: int, end_column: int) -> None:
        """Closes the open container; the end is exclusive."""
        here = self.here
        assert here is not None
        here.end_line = end_line
        here.end_column = end_column
        self.here = self._above.pop()[0]

    def check_text(self, scalar: Scalar) -> None:
        """Refuses forbidden characters that escapes have brought in, and a text that is too long."""
        if found := find_forbidden(scalar.text):
            self.report(forbidden(found, scalar.span(self._file), self.path()))
        elif len(scalar.text.encode()) > self._limits.string_bytes:
            self.refuse_over("limit-string-bytes", self._limits.string_bytes, scalar)

    def path(self) -> str:
        """Where the next value goes: `chats[3].platform`."""
        if self.here is None:
            return ""
        parts = []
        for container, key in self._above[1:]:
            parts.append(_step(container, key, 1))
        parts.append(_step(self.here, self.key, 0))
        return "".join(parts).removeprefix(".")

    def refuse(self, code: str, node: Node, **words: str | int) -> None:
        """Reports a mistake at a node."""
        self.report(problem(code, node.span(self._file), self.path(), **words))

    def report(self, mistake: Problem) -> None:
        """Collects a mistake; raises InputError when there are as many as one file may have."""
        self.problems.append(mistake)
        if len(self.problems) >= self._limits.errors:
            self.fail()

    def refuse_over(self, limit_id: str, allowed: int, node: Node) -> None:
        """Reports that a limit is exceeded at a node."""
        self.report(over_limit(limit_id, allowed, node.span(self._file), self.path()))

    def stop(self, mistake: Problem) -> NoReturn:
        """Raises InputError with this mistake and those collected."""
        self.problems.append(mistake)
        self.fail()

    def stop_over(self, limit_id: str, allowed: int, node: Node) -> NoReturn:
        """Raises InputError because a limit is exceeded at a node."""
        self.stop(over_limit(limit_id, allowed, node.span(self._file), self.path()))

    def fail(self) -> NoReturn:
        """Raises InputError with the mistakes collected, in the order of the text."""
        raise InputError(sorted(self.problems, key=_by_place))

    def finish(self, object_only: bool) -> Node:
        """The root of a tree without mistakes; raises InputError when there are any."""
        root = self.root
        assert root is not None
        if object_only and not isinstance(root, Mapping):
            self.report(problem("object-expected", root.span(self._file)))
        if self.problems:
            self.fail()
        return root

    def _learn(self, key: Scalar) -> list[str]:
        """Checks a key met for the first time in the file and finds those that look like it."""
        text = key.text
        if not text:
            self.refuse("empty-key", key)
        elif len(text.encode("utf-8", "surrogatepass")) > self._limits.key_bytes:
            self.refuse_over("limit-key-bytes", self._limits.key_bytes, key)
        self._refuse_characters(key)
        folded = (text if text.isascii() else _composed(text)).casefold()
        alike = self._folded.setdefault(folded, [])
        alike.append(text)
        self._alike[text] = alike
        return alike

    def _refuse_characters(self, key: Scalar) -> None:
        text = key.text
        if text.isascii() and text.isprintable():  # then none of the patterns finds anything
            return
        if char := find_forbidden(text) or next((char for char in text if char in "\n\t"), None):
            self.report(forbidden(char, key.span(self._file), self.path()))
        elif re.search(_INVISIBLE, text):
            self.refuse("invisible-in-key", key, token=shown(text))
        elif found := re.search(_ODD_SPACE, text):
            self.refuse("no-break-space", key, token=code_point(found.group()))
        elif re.search(_LATIN, text) and re.search(_CYRILLIC, text):
            self.refuse("mixed-script-key", key, token=shown(text))

    def _refuse_confusable(self, mapping: Mapping, alike: list[str]) -> None:
        twin = next((text for text in alike if text in mapping.entries), None)
        if twin is not None:
            self._refuse_twin("confusable-key", mapping, twin)

    def _refuse_twin(self, code: str, mapping: Mapping, twin: str) -> None:
        key = self.key
        assert key is not None
        first = mapping.entries[twin][0]
        words = {"token": shown(key.text), "other": shown(twin)}
        self.refuse(code, key, **words, line=first.line, column=first.column)


def one_place(file: str, line: int, column: int) -> Span:
    """The span of one character."""
    return Span(file, line, column, line, column + 1)


def _step(container: Mapping | Sequence | None, key: Scalar | None, entered: int) -> str:
    if isinstance(container, Sequence):
        return f"[{len(container.items) - entered}]"
    return f".{shown(key.text)}" if key else ""


def _by_place(mistake: Problem) -> tuple[int, int]:
    return (mistake.span.line, mistake.span.column) if mistake.span else (0, 0)


def _composed(text: str) -> str:
    import unicodedata  # noqa: PLC0415 - nearly all keys are plain words

    return unicodedata.normalize("NFC", text)
