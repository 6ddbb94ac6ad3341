"""JSON documents to lean facts at speed: what is sound without doubt is read here, all else by the strict reader.

The quick reader never refuses a document and never tells a problem. Whatever it is not sure of, a rare spelling
as well as a mistake, it leaves to `read_snapshot`, whose facts and problems alone count; so it need not know every
rule, only be sure that what it accepts would be accepted there without a word and would give the same facts. That
is tested on random documents and on damaged ones.

A decoder makes the lean records, and checks words, truth values and numbers on the way (`quick_types.py`). It takes
the last of repeated keys; they are noticed because the records, written again, have fewer commas than the document.
Texts, days and references are checked here, all those of a field together.
"""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, NamedTuple

from validator.language.limits import SNAPSHOT_LIMITS
from validator.language.names import ReferenceNames
from validator.language.vocabulary import Vocabulary
from validator.logic.lean import Facts, Types
from validator.snapshots.integrity import inn_is_valid, shares_are_sound
from validator.snapshots.quick_writer import DoubtError, Writer

if TYPE_CHECKING:
    from validator.snapshots.quick_yaml import YamlReader

# A larger document might hold more values than the limit allows, keys counted as values; they are told by signs.
SMALL = 2 * SNAPSHOT_LIMITS.nodes
# The one way to write a comma so that it is not seen as one.
_HIDDEN_COMMA = b"\\u002"
# What the decoder raises, and what our own code may where a value is not what it should be.
_DOUBTS = (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError)


class Quick(NamedTuple):
    """A document read: its facts, and what the report says of the organization."""

    facts: Facts
    name: str | None
    municipality: str | None
    inn: str
    as_of: str


class QuickReader:
    """Reads documents of one vocabulary and one set of reference names."""

    def __init__(self, vocabulary: Vocabulary, names: ReferenceNames, types: Types) -> None:
        import msgspec  # noqa: PLC0415 - only where many documents are read

        from validator.snapshots.quick_types import document_type  # noqa: PLC0415

        document = document_type(vocabulary)
        self._decode = msgspec.json.Decoder(document).decode
        self._encode = msgspec.json.Encoder().encode
        self._convert = partial(msgspec.convert, type=document)
        self._names = names
        self._vocabulary = vocabulary
        self._space: dict[str, Any] = {}
        text = Writer(self._space, vocabulary, names, types).text()
        exec(compile(text, "<vocabulary>", "exec"), self._space)  # our own schema's names and nothing else
        self.source = text

    def read(self, data: bytes) -> Quick:
        """The facts of a document. Raises `DoubtError` for all that is not certainly sound."""
        if _HIDDEN_COMMA in data or not _is_within_limits(data):
            raise DoubtError
        try:
            document = self._decode(data)
            return self._document(document, data, b'"unknown"' in data or b"\\u" in data)
        except _DOUBTS:
            raise DoubtError from None

    def read_yaml(self, data: bytes) -> Quick:
        """The same for a document in YAML. Raises `DoubtError`, also where PyYAML came without libyaml."""
        from validator.snapshots.quick_yaml import UnsureError  # noqa: PLC0415 - only where documents are YAML

        if len(data) > SNAPSHOT_LIMITS.file_bytes:
            raise DoubtError
        try:
            values = self._yaml.values(data)
            return self._document(self._convert(values), self._encode(values), True)
        except (UnsureError, ImportError, *_DOUBTS):
            raise DoubtError from None

    @cached_property
    def _yaml(self) -> YamlReader:
        from validator.snapshots.quick_yaml import YamlReader  # noqa: PLC0415

        return YamlReader(self._vocabulary)

    def _document(self, document: Any, told: bytes, doubtful: bool) -> Quick:
        """The facts of a document that was `told` as JSON; it may hold the word `unknown` only if `doubtful`."""
        if self._encode(document).count(b",") != told.count(b","):
            raise DoubtError
        as_of = self._space["T_as_of"][document.as_of]
        if as_of is None:
            raise DoubtError
        facts: Facts = self._space["read_document"](document, as_of, doubtful)
        self._check(facts)
        root = facts.root
        return Quick(facts, root.v_name, root.v_municipality, root.v_inn, document.as_of)

    def _check(self, facts: Facts) -> None:
        root = facts.root
        if not inn_is_valid(root.v_inn) or (self._names.regions and facts.region not in self._names.regions):
            raise DoubtError
        form = root.v_legal_form
        if form is not None and (form == "entrepreneur") is not (len(root.v_inn) == 12):
            raise DoubtError
        shares = root.r_public_share
        if not shares_are_sound([shares.v_federation, shares.v_region, shares.v_municipality], root.v_founder):
            raise DoubtError


def _is_within_limits(data: bytes) -> bool:
    """Whether a document surely holds no more bytes and values than it may."""
    if len(data) <= SMALL:
        return True
    members = sum(map(data.count, (b",", b"[", b"{")))  # the first of a container has no comma before it
    return len(data) <= SNAPSHOT_LIMITS.file_bytes and 2 * (members + 1) <= SNAPSHOT_LIMITS.nodes


__all__ = ["DoubtError", "Quick", "QuickReader"]
