"""YAML documents to the values that a JSON parser would give, at the speed of libyaml's events.

As everything quick it gives up at any doubt, and the strict reader decides: at an anchor, a tag, a directive, a
second document, a repeated key, an empty value, and wherever a spelling needs the eye of the strict reader. What
a plain scalar is depends on the field it stands in, so numbers and truth values are known by the names of fields.
"""

from __future__ import annotations

import re
from typing import Any, Final

import yaml
from yaml.events import (
    DocumentEndEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
    StreamStartEvent,
)

from validator.language.limits import SNAPSHOT_LIMITS
from validator.language.source_text import decode
from validator.language.source_yaml_mistakes import misplaced_space
from validator.language.vocabulary import Vocabulary
from validator.logic.problem import InputError
from validator.logic.shape import Kind, RecordShape

_WHOLE: Final = re.compile(r"-?(?:0|[1-9][0-9]{0,14})").fullmatch
_TRUTHS: Final = {"true": True, "false": False}
_NOTHING: Final = frozenset({"", "~", "null", "Null", "NULL"})
# Fewer characters can't hold more values than the limit allows.
_MOST_CHARACTERS: Final = 2 * SNAPSHOT_LIMITS.nodes


class UnsureError(Exception):
    """The document has to be read by the strict reader."""


class YamlReader:
    """Reads documents whose fields are those of a vocabulary. Raises ImportError where there is no libyaml."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        from yaml.cyaml import CParser  # type: ignore[attr-defined]  # noqa: PLC0415 - PyYAML may come without it

        self._parser = CParser
        kinds: dict[str, set[Kind]] = {}
        _collect(vocabulary.document, kinds, set())
        self._typed = frozenset(name for name, found in kinds.items() if found <= {Kind.INTEGER, Kind.BOOLEAN})

    def values(self, data: bytes) -> Any:
        """The values of a document: mappings, lists, texts, whole numbers, truth values. Raises `UnsureError`."""
        try:
            text = decode(data, "", SNAPSHOT_LIMITS)
            if len(text) > _MOST_CHARACTERS or "\\" in text or misplaced_space(text) is not None:
                raise UnsureError
            has_properties = any(mark in text for mark in "&!*")
            return self._grown(self._parser(text).get_event, has_properties)
        except (yaml.YAMLError, InputError):
            raise UnsureError from None

    def _grown(self, next_event: Any, careful: bool) -> Any:  # noqa: PLR0915 - no calls: it is run for every scalar
        """The values of the events of one document, grown in one loop without recursion.

        `careful` when the text has a sign that could be an anchor or a tag.
        """
        typed = self._typed
        above: list[Any] = []
        here: Any = None
        is_mapping = False
        key: str | None = None
        root: Any = None
        while True:
            event = next_event()
            kind = event.__class__
            if kind is ScalarEvent:
                value: Any = event.value
                if careful and (event.anchor is not None or event.tag is not None):
                    raise UnsureError
                if is_mapping:
                    if key is None:
                        if value in here:
                            raise UnsureError
                        key = value
                        continue
                    if not event.style:
                        if key in typed:
                            value = int(value) if _WHOLE(value) else _TRUTHS.get(value, value)
                        elif value in _NOTHING:
                            raise UnsureError
                    here[key] = value
                    key = None
                elif here is not None and (event.style or value not in _NOTHING):
                    here.append(value)
                else:
                    raise UnsureError
            elif kind is MappingStartEvent or kind is SequenceStartEvent:
                made: Any = {} if kind is MappingStartEvent else []
                if careful and (event.anchor is not None or event.tag is not None):
                    raise UnsureError
                if is_mapping:
                    if key is None:
                        raise UnsureError
                    here[key] = made
                elif here is not None:
                    here.append(made)
                elif root is None:
                    root = made
                else:
                    raise UnsureError
                above.append(here)
                here, key, is_mapping = made, None, kind is MappingStartEvent
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                if len(here) > SNAPSHOT_LIMITS.items:
                    raise UnsureError
                here = above.pop()
                is_mapping, key = here.__class__ is dict, None
            elif kind is StreamEndEvent:
                return root
            elif kind is DocumentStartEvent:
                if root is not None or event.version is not None or event.tags is not None:
                    raise UnsureError
            elif kind is not DocumentEndEvent and kind is not StreamStartEvent:  # an alias
                raise UnsureError


def _collect(shape: RecordShape, kinds: dict[str, set[Kind]], seen: set[int]) -> None:
    """The kinds of all fields by their names."""
    if id(shape) in seen:
        return
    seen.add(id(shape))
    for name, field in shape.fields.items():
        kinds.setdefault(name, set()).add(field.kind)
        if field.record is not None:
            _collect(field.record, kinds, seen)
