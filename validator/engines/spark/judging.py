"""What an executor does: files of documents to judged documents, one Arrow row each.

A task gets whole files, takes them apart as the stream of one machine does, and judges one document at a time. It
holds one file in memory, and results of at most some megabytes.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from validator.engines.failures import put_aside_by
from validator.engines.local.frames import receive
from validator.engines.local.orders import Order, setup_of
from validator.engines.local.supervise import Failure
from validator.engines.local.worker import Answer, answer_by
from validator.journeys.assemble import Quarantined
from validator.journeys.batch.judging import put_aside
from validator.journeys.batch.records import SECTIONS, Record, decode, encode
from validator.snapshots.stream import Delivered, PassedOver
from validator.snapshots.stream.deliveries import documents_in

if TYPE_CHECKING:
    import pyarrow as pa  # type: ignore[import-untyped]

# Rows of an answer are handed on when they hold so many bytes.
BATCH_BYTES = 4 << 20
# One row a document: the place in the input, the head of its record, and its lines, the last without line break.
COLUMNS = "file int, document int, name string, head binary, " + ", ".join(f"{name} binary" for name in SECTIONS)


class Place(NamedTuple):
    """A file of the input: its number in the order of input, and the name that reports show."""

    number: int
    name: str


class Task:
    """What executors are sent, to be called by `mapInArrow` on the columns `path` and `content`.

    `places` has every file by the path that Spark gives it. `setup` is what a worker of one machine gets, packed.
    """

    def __init__(self, setup: Callable[[], bytes], places: Callable[[], Mapping[str, Place]]) -> None:
        """Both as functions, so that what is large reaches an executor once."""
        self._setup = setup
        self._places = places

    def __call__(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """The judged documents of the files."""
        answer, places = answer_of(self._setup()), self._places()
        rows = _Rows()
        for batch in batches:
            for path, content in zip(batch.column("path"), batch.column("content"), strict=True):
                place = places[path.as_py()]
                for document, record in enumerate(records(place.name, content.as_py(), answer)):
                    rows.add(place.number, document, record)
                    if rows.bytes >= BATCH_BYTES:
                        yield rows.batch()
        if rows.bytes:
            yield rows.batch()


@lru_cache(maxsize=1)
def answer_of(setup: bytes) -> Answer:
    """The judge of a packed setup; a process makes it once and keeps it for its next tasks."""
    frame = receive(io.BytesIO(setup))
    assert frame is not None
    return answer_by(setup_of(frame))


def records(name: str, data: bytes, answer: Answer) -> Iterator[Record]:
    """The records of the documents in one file, in their order."""
    for item in documents_in(name, io.BytesIO(data), len(data), PassedOver()):
        yield _record(item, answer)


def _record(item: Delivered, answer: Answer) -> Record:
    if item.problem is not None:
        return put_aside(Quarantined(item.file, None, None, [item.problem]))
    digest = f"sha256:{sha256(item.data).hexdigest()}"
    try:
        return decode(answer(Order(item, digest)))
    except MemoryError:
        failure = Failure("memory")
    except Exception as error:  # the other documents go on; no data in what is told
        failure = Failure("internal", "", type(error).__name__)
    return put_aside_by(failure, item.file, digest, len(item.data))


class _Rows:
    """Judged documents on their way to a batch of Arrow."""

    def __init__(self) -> None:
        self._rows: list[dict[str, object]] = []
        self.bytes = 0

    def add(self, file: int, document: int, record: Record) -> None:
        head = encode(record._replace(sections={}))
        lines = {name: record.sections.get(name, b"").removesuffix(b"\n") or None for name in SECTIONS}
        self._rows.append({"file": file, "document": document, "name": record.file, "head": head, **lines})
        self.bytes += len(head) + sum(map(len, record.sections.values()))

    def batch(self) -> pa.RecordBatch:
        import pyarrow as pa  # noqa: PLC0415 - an extra

        texts = [(name, pa.binary()) for name in ("head", *SECTIONS)]
        schema = pa.schema([("file", pa.int32()), ("document", pa.int32()), ("name", pa.string()), *texts])
        found = pa.RecordBatch.from_pylist(self._rows, schema=schema)
        self._rows, self.bytes = [], 0
        return found
