"""The generated program of a policy set, kept in the user's cache folder: to write it takes longer than to judge.

What is kept is Python code, and it is run. So an entry is used only when it is surely our own: the user's, closed
to everybody else, whole, and of the same policies, schema, program and interpreter. Anything else costs a notice
and the time to write the program anew. How entries are kept is told in `language/store.py`.
"""

from __future__ import annotations

import marshal
import os
import sys
from collections.abc import Callable
from functools import cache, cached_property
from importlib._bootstrap_external import MAGIC_NUMBER  # loaded at every start, unlike importlib.util
from types import CodeType

from validator import LANGUAGE_VERSION, __version__
from validator.interpreters.compile.parts import Written
from validator.language.store import DAMAGED, CacheError, Once, Shelf, Store, code_of, key_of_parts
from validator.logic.policy import PolicySet
from validator.logic.text import Text

KIND = "program"
_HERE = os.path.dirname(__file__)
_PACKAGE = os.path.dirname(os.path.dirname(_HERE))
# What writes a program, and what it is written from: the same policy files read by other code are other policies.
_CODE = (_HERE, *(os.path.join(_PACKAGE, name) for name in ("interpreters", "language", "logic")))


class KeptProgram:
    """The place of the program of one policy set in a store."""

    def __init__(self, store: Store, policies: PolicySet, schema: bytes, notice: Callable[[Text], None]) -> None:
        """`schema` is the snapshot schema; `notice` is told, at most once, that the cache could not be used."""
        self._shelf = Shelf(store, KIND)
        self._policies = policies
        self._schema = schema
        self._tell = Once(notice)

    @cached_property
    def _key(self) -> str:
        return key_of(self._policies, self._schema)

    def read(self) -> Written | None:
        """The program that was kept, None when there is none that can be used."""
        try:
            payload = self._shelf.read(self._key)
            return None if payload is None else _written(payload)
        except CacheError as error:
            self._tell(error.reason)
            return None

    def write(self, written: Written) -> None:
        """Keep the program for the next run."""
        try:
            self._shelf.write(self._key, marshal.dumps(tuple(written)))
        except CacheError as error:
            self._tell(error.reason)


def _written(payload: bytes) -> Written:
    """The program of an entry whose checksum is right. Raises `CacheError` for any other object."""
    try:
        code, outline = marshal.loads(payload)
    except (EOFError, ValueError, TypeError):
        raise CacheError(DAMAGED) from None
    if not isinstance(code, CodeType) or not isinstance(outline, tuple):
        raise CacheError(DAMAGED)
    return Written(code, outline)


def key_of(policies: PolicySet, schema: bytes) -> str:
    """What a program depends on, as a digest: the policies, the schema, the versions, the modules."""
    return key_of_parts((_versions().encode(), MAGIC_NUMBER, policies.digest.encode(), schema))


@cache
def _versions() -> str:
    """The versions that shape a program and its code, and the modules."""
    python = [sys.implementation.name, sys.version, f"optimize {sys.flags.optimize}"]
    return "\n".join([__version__, f"language {LANGUAGE_VERSION}", *python, code_of(_CODE)])
