"""A batch on one machine: a stream of documents to a folder of results, and nothing lost."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import NamedTuple, Protocol

from validator.engines.failures import put_aside_by
from validator.engines.folder.journal import Entry
from validator.engines.folder.results import FolderError, ResultFolder
from validator.engines.kept import KeptRecords
from validator.engines.local.orders import Order, pack_order
from validator.engines.local.supervise import Failure, Supervisor
from validator.journeys.assemble import Quarantined
from validator.journeys.batch.judging import put_aside
from validator.journeys.batch.ledger import Ledger, replayed
from validator.journeys.batch.records import Record, decode
from validator.logic.text import Text
from validator.snapshots.stream import Delivered

SYNC_SECONDS = 5.0


class Watch(Protocol):
    """Who wants to know how far a batch is."""

    def reached(self, item: Delivered) -> None:
        """A document was read."""

    def done(self, count: int) -> None:
        """So many documents are done, those of earlier attempts counted."""


class _Waiting(NamedTuple):
    """A document that was read: its name, digest and size, and its record where no worker is needed."""

    item: Delivered
    digest: str
    size: int
    record: Record | None


@dataclass(slots=True)
class Batch:
    """One attempt at a run. `folder` is open, `kept` too when there is one."""

    folder: ResultFolder
    ledger: Ledger
    supervisor: Supervisor
    kept: KeptRecords | None
    watch: Watch
    clock: Callable[[], float] = time.monotonic

    def run(self, documents: Iterable[Delivered]) -> bool:
        """Judge all documents that no earlier attempt has judged; whether the end was reached.

        Raises `FolderError` when the documents are not those of the earlier attempt.
        """
        source = iter(documents)
        count = self._take_up(source)
        waiting: deque[_Waiting] = deque()
        synced = self.clock()
        for answer in self.supervisor.run(self._orders(source, waiting)):
            given = waiting.popleft()
            self._write(self._record(given, answer))
            count += 1
            self.watch.done(count)
            if self.clock() - synced > SYNC_SECONDS:
                self.folder.sync()
                synced = self.clock()
        self.folder.sync()
        return self.supervisor.stopped is None

    def _take_up(self, source: Iterator[Delivered]) -> int:
        """Pass over what is done, and account for it again; how many documents that is."""
        count = 0
        for done in self.folder.recover():
            entry = done.entry
            item = next(source, None)
            if item is None or item.file != entry.file or (item.problem is None and _digest(item) != entry.digest):
                raise _changed(entry.file)
            self.watch.reached(item)
            record = replayed(
                Record(entry.file, entry.digest, entry.size, entry.key, None, (), entry.gates, done.lines)
            )
            if self.ledger.admit(record) is record and entry.digest is not None:
                self._keep(item, entry.digest, record)
            count += 1
        return count

    def _orders(self, source: Iterator[Delivered], waiting: deque[_Waiting]) -> Iterator[bytes | None]:
        """A frame for every document that a worker has to judge, None for any other."""
        for item in source:
            self.watch.reached(item)
            if item.problem is not None:
                record = put_aside(Quarantined(item.file, None, None, [item.problem]))
                waiting.append(_Waiting(item, "", 0, record))
                yield None
                continue
            digest = _digest(item)
            found = None if self.kept is None else self.kept.get(item, digest)
            waiting.append(_Waiting(item._replace(data=b""), digest, len(item.data), found))
            yield pack_order(Order(item, digest)) if found is None else None

    def _record(self, given: _Waiting, answer: bytes | Failure | None) -> Record:
        if given.record is not None:
            return given.record
        assert answer is not None
        if isinstance(answer, Failure):
            return put_aside_by(answer, given.item.file, given.digest, given.size)
        record = decode(answer)
        self._keep(given.item, given.digest, record)
        return record

    def _keep(self, item: Delivered, digest: str, record: Record) -> None:
        """Keep the record of an evaluated document for the next batch."""
        if self.kept is not None and record.key is not None:
            self.kept.put(item, digest, record)

    def _write(self, record: Record) -> None:
        written = self.ledger.admit(record)
        entry = Entry(written.file, written.digest, written.size, written.key, written.gates, (), 0)
        self.folder.append(entry, written.sections)


def _digest(item: Delivered) -> str:
    return f"sha256:{sha256(item.data).hexdigest()}"


def _changed(file: str) -> FolderError:
    return FolderError(
        Text(
            f"документы уже не те, с которых начата проверка; первый отличается: {file}",
            f"the documents are no longer those that the run began with; the first to differ: {file}",
        ),
        Text("начните новую проверку в новой папке", "begin a new run in a new folder"),
    )
