"""The cache of checked policy sets: the same library as from the files, without reading and typing them again.

What is kept is the vocabulary and what `codec.py` wrote with it. The key covers everything the result depends on:
the program, its schema, and the name and bytes of every policy file. How it is kept, and when it is not used, is
told in `store.py`.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache

import msgspec

from validator import LANGUAGE_VERSION, __version__
from validator.language import codec
from validator.language.checked import Examples, Library
from validator.language.policy_folder import PolicyText
from validator.language.store import DAMAGED, CacheError, Once, Shelf, Store, code_of, key_of_parts
from validator.language.vocabulary import Stated, Vocabulary, read_vocabulary, vocabulary_of
from validator.logic.policy import PolicySet
from validator.logic.text import Text

_HERE = os.path.dirname(__file__)
_CODE = (_HERE, os.path.join(os.path.dirname(_HERE), "logic"))


def load_cached(
    texts: Iterable[PolicyText], schema: bytes, store: Store | None, notice: Callable[[Text], None]
) -> Library:
    """The library of `load`, from the store when it is there, and kept in it when it was not.

    `schema` is the snapshot schema. `notice` is told, at most once, that the cache could not be used. Raises
    `InputError` for a broken policy set, which is never kept.
    """
    ordered = sorted(texts, key=lambda text: (text.place, text.file))
    source = _Source(ordered, schema)
    if store is None:
        return source.library()
    tell = Once(notice)
    shelf, key = Shelf(store, "policies"), key_of(ordered, schema)
    try:
        payload = shelf.read(key)
        if payload is not None:
            return _decoded(payload, source, tell)
    except CacheError as error:
        tell(error.reason)
    library = source.library()
    try:
        shelf.write(key, _encoded(library))
    except CacheError as error:
        tell(error.reason)
    return library


class _Source:
    """The policy files, read in full when that turns out to be needed, and then once.

    `vocabulary` is that of the schema, once it is known.
    """

    def __init__(self, texts: list[PolicyText], schema: bytes) -> None:
        self.texts = texts
        self.vocabulary: Vocabulary | None = None
        self._schema = schema
        self._library: Library | None = None

    def library(self) -> Library:
        if self._library is None:
            from validator.language.library import load  # noqa: PLC0415 - the cache has it mostly

            self._library = load(self.texts, self.vocabulary or read_vocabulary(self._schema))
        return self._library


class _LazyExamples(Mapping[str, Examples]):
    """The examples of a cached library: asking for them reads the policy files in full."""

    def __init__(self, source: _Source) -> None:
        self._source = source

    def __getitem__(self, key: str) -> Examples:
        return self._source.library().examples[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._source.library().examples)

    def __len__(self) -> int:
        return len(self._source.library().examples)


def _encoded(library: Library) -> bytes:
    try:
        checked = codec.Checked(library.policies, library.names, library.warnings)
        stated = msgspec.json.encode(library.vocabulary.stated)
        return stated + b"\n" + codec.encode(checked, library.vocabulary)
    except (ValueError, TypeError, KeyError):  # what the codec does not know is used, and not kept
        raise CacheError(Text("этот набор не записывается", "this set can't be written down")) from None


def _decoded(payload: bytes, source: _Source, tell: Once) -> Library:
    def afresh() -> PolicySet:
        tell(DAMAGED)
        return source.library().policies

    try:
        stated, _, rest = payload.partition(b"\n")
        source.vocabulary = vocabulary = vocabulary_of(msgspec.json.decode(stated, type=Stated))
        found = codec.decode(rest, vocabulary, afresh)
    except (ValueError, TypeError, KeyError, IndexError, StopIteration):
        raise CacheError(DAMAGED) from None
    examples = _LazyExamples(source)
    return Library(found.policies, examples, found.names, vocabulary, found.warnings, cached=True)


# --- keys --------------------------------------------------------------------------------------------------------


def key_of(texts: Iterable[PolicyText], schema: bytes) -> str:
    """What an entry depends on, as a digest: the program, the schema, the name, place and bytes of every file."""
    return key_of_parts((_program().encode(), schema, *(part for text in texts for part in _parts(text))))


def _parts(text: PolicyText) -> tuple[bytes, bytes, bytes]:
    return text.file.encode("utf-8", "surrogatepass"), text.place.encode("utf-8", "surrogatepass"), text.data


@cache
def _program() -> str:
    """The versions that shape a result, and the modules."""
    versions = [f"codec {codec.VERSION}", __version__, f"language {LANGUAGE_VERSION}", sys.version]
    return "\n".join([*versions, code_of(_CODE)])
