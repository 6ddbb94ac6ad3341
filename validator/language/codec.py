"""A checked policy set as plain JSON text, and back: what the cache keeps.

One line is the index (names, warnings, file names, the ids of everything); each further line is one item. An item
is decoded when it is asked for. The tables in `codec_data.py` and `codec_nodes.py` are the whole format: class,
fields in order, spelling of each. Shapes of fields are referred to by their path, so a text can only be read with
the vocabulary it was written with.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Generic, TypeVar

import msgspec

from validator.language import codec_data
from validator.language.codec_parts import Json, Part, Reader, Writer, shapes_of
from validator.language.names import ReferenceNames
from validator.language.vocabulary import Vocabulary
from validator.logic.named_tuple import NamedTuple
from validator.logic.policy import PolicySet
from validator.logic.problem import Problem

T = TypeVar("T")

# To be raised whenever the format below changes its meaning.
VERSION = 2


# The mappings of a policy set, in the order of its fields.
SECTIONS = ("norms", "decisions", "drafts", "definitions", "registers", "parameters", "acts", "topics")


def part_of(section: str) -> Part:
    """The spelling of the items of a section. The tables of policies are loaded when one is asked for."""
    match section:
        case "registers":
            return codec_data.REGISTER
        case "parameters":
            return codec_data.PARAMETER
        case "acts":
            return codec_data.ACT
        case "definitions":
            from validator.language.codec_nodes import DEFINITION  # noqa: PLC0415

            return DEFINITION
        case "topics":
            from validator.language.codec_nodes import TOPIC  # noqa: PLC0415

            return TOPIC
        case _:
            from validator.language.codec_nodes import NODE  # noqa: PLC0415

            return NODE


class Checked(NamedTuple):
    """What the text holds of a library: all that does not need the policy files themselves."""

    policies: PolicySet
    names: ReferenceNames
    warnings: tuple[Problem, ...]


def encode(checked: Checked, vocabulary: Vocabulary) -> bytes:
    """The text of a policy set, the same bytes for equal sets.

    Raises TypeError or KeyError for what the tables do not know or a shape that is not of the vocabulary.
    """
    writer = Writer(shapes_of(vocabulary))
    sections = {name: getattr(checked.policies, name) for name in SECTIONS}
    lines = [_text(part_of(name).write(writer, item)) for name in SECTIONS for item in sections[name].values()]
    index = {
        "digest": checked.policies.digest,
        "services": dict(checked.names.services),
        "regions": sorted(checked.names.regions),
        "warnings": [codec_data.PROBLEM.write(writer, problem) for problem in checked.warnings],
        "sections": {name: [*section] for name, section in sections.items()},
        "files": [*writer.files],
    }
    return b"\n".join([_text(index), *lines])


def decode(text: bytes, vocabulary: Vocabulary, afresh: Callable[[], PolicySet]) -> Checked:
    """The policy set of a text; `afresh` gives the same set read from its files, if an item can't be decoded.

    Raises ValueError, TypeError, KeyError or IndexError for a text that `encode` did not write.
    """
    first, *lines = text.split(b"\n")
    index = _json(first)
    shapes = shapes_of(vocabulary)
    reader = Reader(index["files"], shapes.fields, shapes.records)
    rest = iter(lines)
    sections: dict[str, Any] = {}
    for name in SECTIONS:
        items = {key: next(rest) for key in index["sections"][name]}
        sections[name] = Items(items, _reading(name, reader), _instead(name, afresh))
    names = ReferenceNames(index["services"], frozenset(index["regions"]))
    warnings = tuple(codec_data.PROBLEM.read(reader, row) for row in index["warnings"])
    return Checked(PolicySet(index["digest"], **sections), names, warnings)


class Items(Mapping[str, T], Generic[T]):
    """A mapping whose items are decoded when they are asked for; keys and length decode nothing."""

    __slots__ = ("_found", "_instead", "_lines", "_read")

    def __init__(self, lines: Mapping[str, bytes], read: Callable[[bytes], T], instead: Callable[[str], T]) -> None:
        self._lines = lines
        self._read = read
        self._instead = instead
        self._found: dict[str, T] = {}

    def __getitem__(self, key: str) -> T:
        found = self._found.get(key)
        if found is None:
            line = self._lines[key]
            try:
                found = self._read(line)
            except (ValueError, TypeError, KeyError, IndexError):
                found = self._instead(key)
            self._found[key] = found
        return found

    def __contains__(self, key: object) -> bool:
        return key in self._lines

    def __iter__(self) -> Iterator[str]:
        return iter(self._lines)

    def __len__(self) -> int:
        return len(self._lines)

    def __repr__(self) -> str:
        return f"<{len(self)} items, {len(self._found)} of them decoded>"


def _reading(section: str, reader: Reader) -> Callable[[bytes], Any]:
    return lambda line: part_of(section).read(reader, _json(line))


def _instead(section: str, afresh: Callable[[], PolicySet]) -> Callable[[str], Any]:
    return lambda key: getattr(afresh(), section)[key]


def _text(value: Json) -> bytes:
    """One line of JSON; half a surrogate pair (a file name that is no UTF-8) is kept."""
    import json  # noqa: PLC0415 - texts are read far more often than written

    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def _json(line: bytes) -> Json:
    try:
        return msgspec.json.decode(line)
    except ValueError:
        import json  # noqa: PLC0415 - it alone knows half a surrogate pair

        return json.loads(line.decode("utf-8", "surrogatepass"))
