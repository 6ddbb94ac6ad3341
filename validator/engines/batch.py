"""A batch on one machine: a stream of documents to a folder of results, and nothing lost."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import closing
from hashlib import sha256
from typing import NamedTuple, Protocol

from msgspec import Struct

from validator.engines.failures import put_aside_by
from validator.engines.folder.journal import Entry
from validator.engines.folder.results import FolderError, ResultFolder
from validator.engines.kept import KeptRecords
from validator.engines.local.orders import Order, pack_order
from validator.engines.local.supervise import Failure, Supervisor
from validator.engines.source import Source
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


class Batch(Struct):
    """One attempt at a run, over all documents of `source`. `folder` is open, `kept` too when there is one.

    `stopped` is the signal that ended it before its time.
    """

    folder: ResultFolder
    ledger: Ledger
    supervisor: Supervisor
    kept: KeptRecords | None
    watch: Watch
    source: Source
    clock: Callable[[], float] = time.monotonic
    stopped: int | None = None

    def stop(self, number: int) -> None:
        """Come to an end soon, as a signal asks; to be called from its handler."""
        self.stopped = number
        self.supervisor.stop(number)
        self.source.stop()

    def run(self) -> bool:
        """Judge all documents that no earlier attempt has judged; whether the end was reached.

        Raises `FolderError` when the documents are not those of the earlier attempt.
        """
        count = self._take_up()
        if self.stopped is None:
            self._judge(count)
        return self.stopped is None

    def _judge(self, count: int) -> None:
        """Judge what is left, after so many documents."""
        waiting: deque[_Waiting] = deque()
        synced = self.clock()
        with closing(self.supervisor.run(self._orders(waiting))) as answers:
            for answer in answers:
                given = waiting.popleft()
                self._write(self._record(given, answer))
                count += 1
                self.watch.done(count)
                if self.clock() - synced > SYNC_SECONDS:
                    self.folder.sync()
                    synced = self.clock()
        self.folder.sync()

    def _take_up(self) -> int:
        """Pass over what is done, and account for it again; how many documents that is."""
        count = 0
        for done in self.folder.recover():
            entry = done.entry
            item = self.source.next()
            if self.stopped is not None:
                break
            if item is None or item.file != entry.file or _digest(item) != entry.digest:
                raise _changed(entry.file)
            self.watch.reached(item)
            record = replayed(
                Record(entry.file, entry.digest, entry.size, entry.key, None, (), entry.gates, done.lines)
            )
            if self.ledger.admit(record) is record and entry.digest is not None:
                self._keep(item, entry.digest, record)
            count += 1
        return count

    def _orders(self, waiting: deque[_Waiting]) -> Iterator[bytes | None]:
        """A frame for every document that a worker has to judge, None for any other."""
        while (item := self.source.next()) is not None:
            self.watch.reached(item)
            digest = _digest(item)
            if digest is None:
                assert item.problem is not None
                record = put_aside(Quarantined(item.file, None, None, [item.problem]))
                waiting.append(_Waiting(item, "", 0, record))
                yield None
                continue
            found = None if self.kept is None else self.kept.get(item, digest)
            waiting.append(_Waiting(item._replace(data=b""), digest, len(item.data), found))
            yield pack_order(Order(item, digest)) if found is None else None

    def _record(self, given: _Waiting, answer: bytes | Failure | None) -> Record:
        if given.record is not None:
            return given.record
        assert answer is not None
        if isinstance(answer, Failure):
            return put_aside_by(answer, given.item.file, given.digest, given.size)
        record = _answered(given, answer)
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


def _digest(item: Delivered) -> str | None:
    """The digest of its bytes, None where they could not be read."""
    return f"sha256:{sha256(item.data).hexdigest()}" if item.problem is None else None


def _answered(given: _Waiting, answer: bytes) -> Record:
    """The record in an answer. What is no record of this document is a fault of ours, and is told of as one."""
    try:
        record = decode(answer)
    except ValueError:
        record = None
    if record is None or (record.file, record.digest) != (given.item.file, given.digest):
        return put_aside_by(Failure("internal", error="answer"), given.item.file, given.digest, given.size)
    return record


def _changed(file: str) -> FolderError:
    return FolderError(
        Text(
            f"документы уже не те, с которых начата проверка; первый отличается: {file}",
            f"the documents are no longer those that the run began with; the first to differ: {file}",
        ),
        Text("начните новую проверку в новой папке", "begin a new run in a new folder"),
    )
