"""Answers of earlier runs, by what their questions depend on. What is kept is read back only when it is ours.

Only answers that are final are kept: a question that the solver gave up is put again.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

from validator import LANGUAGE_VERSION, __version__
from validator.interpreters.smt.answer import Answer, Witness
from validator.language.store import CacheError, Once, Shelf, Store, code_of
from validator.logic.proof import Status
from validator.logic.text import Text

KIND = "proofs"
MOST = 20_000
_FINAL = (Status.PROVED, Status.WITNESS, Status.BOUNDED_OK)


_PACKAGE = Path(__file__).parents[2]
# What puts a question into formulas, and what decides which question is put: other code may answer otherwise.
_CODE = ("interpreters/smt", "interpreters", "journeys/prove", "journeys/impact", "snapshots", "language", "logic")


def program() -> str:
    """The versions and the modules that answers depend on, the solver apart."""
    return "\n".join([__version__, f"language {LANGUAGE_VERSION}", code_of(_PACKAGE / name for name in _CODE)])


class Kept:
    """Answers by key. Without a store nothing outlives the run; `key` is what every answer depends on."""

    def __init__(self, store: Store | None, key: str, notice: Callable[[Text], None]) -> None:
        self._shelf = None if store is None else Shelf(store, KIND)
        self._key = key
        self._tell = Once(notice)
        self._known = self._read()
        self._used: dict[str, Answer] = {}
        self._plain: dict[str, object] = {}
        self.asked = 0

    def answer(self, key: str, put: Callable[[], Answer]) -> Answer:
        """The answer under a key, from an earlier run or put now."""
        if key not in self._used:
            found = _decoded(self._known[key]) if key in self._known else None
            if found is None:
                found = put()
                self.asked += 1
            self._used[key] = found
        return self._used[key]

    def plain(self, key: str, put: Callable[[], object]) -> object:
        """What was worked out under a key, as JSON data, in an earlier run or now."""
        if key not in self._plain:
            if key in self._known:
                self._plain[key] = self._known[key]
            else:
                self._plain[key] = put()
                self.asked += 1
        return self._plain[key]

    def write(self) -> None:
        """Keep what was answered, in place of the oldest of what was known."""
        if self._shelf is None or not self.asked:
            return
        fresh = {key: _encoded(found) for key, found in self._used.items() if found.status in _FINAL}
        fresh |= self._plain
        older = {key: value for key, value in self._known.items() if key not in fresh}
        room = max(MOST - len(fresh), 0)
        kept = dict([*older.items()][-room:] if room else []) | fresh
        try:
            self._shelf.write(self._key, json.dumps(kept, ensure_ascii=False, separators=(",", ":")).encode())
        except CacheError as error:
            self._tell(error.reason)

    def _read(self) -> dict[str, object]:
        if self._shelf is None:
            return {}
        try:
            payload = self._shelf.read(self._key)
        except CacheError as error:
            self._tell(error.reason)
            return {}
        found = json.loads(payload) if payload is not None else {}
        return found if isinstance(found, dict) else {}


def _encoded(answer: Answer) -> object:
    witness = answer.witness
    shown = None
    if witness is not None:
        shown = [witness.document, witness.law_date.isoformat(), dict(witness.items), witness.then]
    why = None if answer.why is None else [*answer.why]
    return [answer.status.value, shown, dict(answer.bounds), answer.exact, why, [*answer.core]]


def _decoded(row: object) -> Answer | None:
    match row:
        case [str(status), shown, dict(bounds), bool(exact), why, list(core)]:
            witness = None
            match shown:
                case [dict(document), str(day), dict(items), dict() | None as then]:
                    witness = Witness(document, date.fromisoformat(day), items, then)
                case _:
                    pass
            text = Text(*why) if isinstance(why, list) else None
            return Answer(Status(status), witness, bounds, exact, text, tuple(core))
        case _:
            return None
