"""Reads one YAML document strictly: every scalar is text, and what YAML adds to text is refused with advice.

The tree is grown from parser events in one loop without recursion, because libyaml's own tree builder
crashes the process on deep nesting; every limit is checked event by event, before anything is kept.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, NoReturn

import yaml
from yaml.events import (
    AliasEvent,
    DocumentEndEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
    StreamStartEvent,
)
from yaml.resolver import Resolver

from validator.language.limits import SNAPSHOT_LIMITS, ReadLimits
from validator.language.nodes import Document, Mapping, Scalar, Sequence
from validator.language.source_problems import problem, shown
from validator.language.source_text import decode, place
from validator.language.source_tree import TreeBuilder, one_place
from validator.language.source_yaml_mistakes import misplaced_space, syntax_problem
from validator.logic.digest import sha256_of
from validator.logic.problem import Span

try:
    from yaml.cyaml import CParser as _Parser  # type: ignore[attr-defined]
except ImportError:  # PyYAML was built without libyaml: slower, the same events
    from yaml.parser import Parser
    from yaml.reader import Reader
    from yaml.scanner import Scanner

    class _Parser(Reader, Scanner, Parser):  # type: ignore[no-redef]
        def __init__(self, stream: str) -> None:
            Reader.__init__(self, stream)
            Scanner.__init__(self)
            Parser.__init__(self)


_BOOL_TAG: Final = "tag:yaml.org,2002:bool"
_MERGE_TAG: Final = "tag:yaml.org,2002:merge"


def read_yaml(
    data: bytes,
    file: str,
    limits: ReadLimits = SNAPSHOT_LIMITS,
    *,
    object_only: bool = True,
    require_end_marker: bool = False,
) -> Document:
    """The document in `data`; `file` only names it in messages.

    Raises InputError with every mistake that could be told together, and nothing else.
    """
    text = decode(data, file, limits)
    root = _YamlReader(text, file, limits, require_end_marker).read().finish(object_only)
    return Document(file, root, sha256_of(data), len(data))


class _YamlReader:
    """Turns the events of one text into calls of the tree builder."""

    def __init__(self, text: str, file: str, limits: ReadLimits, require_end_marker: bool) -> None:
        self._text = text
        self._file = file
        self._tree = TreeBuilder(file, limits)
        self._require_end_marker = require_end_marker
        # A text of so many characters may be too long in bytes; a shorter one can't be.
        self._long = limits.string_bytes // 4
        # Only then can a value hold characters that the text does not show.
        self._escapes = "\\" in text
        self._odd_spaces = misplaced_space(text) is not None
        self._plain_keys: set[str] = set()
        self._others: dict[type[Event], Callable[[Any], None]] = {
            MappingStartEvent: self._mapping,
            SequenceStartEvent: self._sequence,
            MappingEndEvent: self._close,
            SequenceEndEvent: self._close,
            AliasEvent: self._alias,
            DocumentStartEvent: self._document_start,
            DocumentEndEvent: self._document_end,
            StreamStartEvent: _nothing,
        }

    def read(self) -> TreeBuilder:
        mistake = None
        try:
            self._read_events()
        except yaml.YAMLError as error:
            mistake = syntax_problem(error, self._text, self._file)
        if mistake:
            # Outside of the handler: the parser's error holds a piece of the text.
            self._tree.stop(mistake)
        return self._tree

    def _read_events(self) -> None:
        """The loop over events. Scalars are most of them, so they are made here and not in a method."""
        others = self._others
        scalar_of_tree = self._scalar
        next_event = _Parser(self._text).get_event
        while True:
            event: Any = next_event()
            kind = event.__class__
            if kind is ScalarEvent:
                start, end = event.start_mark, event.end_mark
                scalar = Scalar(
                    event.value,
                    "quoted" if event.style else "plain",
                    start.line + 1,
                    start.column + 1,
                    end.line + 1,
                    end.column + 1,
                )
                if event.anchor is not None or event.tag is not None:
                    self._refuse_properties(event)
                scalar_of_tree(scalar)
            elif kind is StreamEndEvent:
                break
            else:
                others[kind](event)
        if self._tree.root is None:
            self._tree.stop(problem("empty-document", one_place(self._file, 1, 1)))

    def _scalar(self, scalar: Scalar) -> None:
        tree = self._tree
        text = scalar.text
        if tree.key is None and tree.here.__class__ is Mapping:
            if text not in self._plain_keys and scalar.kind == "plain":
                self._check_plain_key(scalar)
            tree.name(scalar)
            return
        if len(text) > self._long or (self._escapes and scalar.kind == "quoted"):
            tree.check_text(scalar)
        elif self._odd_spaces and scalar.kind == "plain":
            self._check_spaces(scalar)
        tree.add(scalar)

    def _mapping(self, event: Any) -> None:
        self._open(event, Mapping(*_span(self._file, event)[1:]))

    def _sequence(self, event: Any) -> None:
        self._open(event, Sequence(*_span(self._file, event)[1:]))

    def _open(self, event: Any, container: Mapping | Sequence) -> None:
        if event.anchor is not None or event.tag is not None:
            self._refuse_properties(event)
        tree = self._tree
        if tree.key is None and tree.here.__class__ is Mapping:
            tree.stop(problem("key-not-scalar", container.span(self._file), tree.path()))
        tree.open(container)

    def _close(self, event: Any) -> None:
        """A block ends where the next line starts, so its end is taken from the last thing in it."""
        end_line, end_column = event.end_mark.line + 1, event.end_mark.column + 1
        here = self._tree.here
        if event.start_mark.index == event.end_mark.index and here is not None:
            last = _last(here)
            end_line, end_column = last.end_line, last.end_column
        self._tree.close(end_line, end_column)

    def _alias(self, event: Any) -> None:
        """An alias is reported and read as an empty text, so that the rest can be read too."""
        span = _span(self._file, event)
        tree = self._tree
        if tree.key is None and tree.here.__class__ is Mapping:
            tree.stop(problem("yaml-alias", span, tree.path()))
        tree.report(problem("yaml-alias", span, tree.path()))
        tree.add(Scalar("", "plain", *span[1:]))

    def _document_start(self, event: Any) -> None:
        span = _span(self._file, event)
        if self._tree.root is not None:
            self._tree.stop(problem("second-document", span))
        if event.version is not None or event.tags is not None:
            self._tree.report(problem("yaml-directive", span))

    def _document_end(self, event: Any) -> None:
        root = self._tree.root
        if isinstance(root, Scalar) and root.kind == "plain" and not root.text:
            self._tree.stop(problem("empty-document", root.span(self._file)))
        if self._require_end_marker and not event.explicit:
            self._refuse_no_end()

    def _refuse_no_end(self) -> NoReturn:
        line, column = place(self._text, len(self._text))
        self._tree.stop(problem("no-end-marker", one_place(self._file, line, column)))

    def _refuse_properties(self, event: NodeEvent) -> None:
        span = _span(self._file, event)
        if event.anchor is not None:
            self._tree.report(problem("yaml-anchor", span, self._tree.path()))
        else:
            self._tree.report(problem("yaml-tag", span, self._tree.path()))

    def _check_plain_key(self, key: Scalar) -> None:
        """Refuses a key that YAML 1.1 reads as something else than text, but for `on`, `no` and their like."""
        tag = _implicit_tag(key.text)
        if tag is None:
            self._plain_keys.add(key.text)
        elif tag == _MERGE_TAG:
            self._tree.refuse("merge-key", key)
        elif key.text:
            self._tree.refuse("non-text-key", key, token=shown(key.text))

    def _check_spaces(self, scalar: Scalar) -> None:
        found = misplaced_space(scalar.text)
        if found:
            self._tree.refuse("no-break-space", scalar, token=found)


def _implicit_tag(text: str) -> str | None:
    """The tag YAML 1.1 gives to a plain scalar, None for text."""
    resolvers: dict[str | None, list[tuple[str, Any]]] = Resolver.yaml_implicit_resolvers
    for tag, pattern in resolvers.get(text[:1], []):
        if pattern.match(text):
            is_word = tag == _BOOL_TAG and text.lower() not in ("true", "false")
            return None if is_word else tag
    return None


def _last(container: Mapping | Sequence) -> Mapping | Scalar | Sequence:
    """The last thing in a container; itself when it is empty."""
    if isinstance(container, Sequence):
        return container.items[-1] if container.items else container
    if not container.entries:
        return container
    return next(reversed(container.entries.values()))[1]


def _nothing(_event: Event) -> None:
    pass


def _span(file: str, event: Any) -> Span:
    mark, end = event.start_mark, event.end_mark
    return Span(file, mark.line + 1, mark.column + 1, end.line + 1, end.column + 1)
