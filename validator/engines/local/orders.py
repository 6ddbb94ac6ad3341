"""The contents of frames: what a worker is set up with, and a document to judge."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import NamedTuple

from validator.engines.local.frames import Frame, pack
from validator.journeys.batch.judging import EvidenceLevel
from validator.journeys.gate import DEFAULT_GATE, Gate, gate_of
from validator.journeys.selection import Selection
from validator.language.library import PolicyText
from validator.language.store import Store
from validator.snapshots.stream import Delivered, Start


class Setup(NamedTuple):
    """All that a worker has to know. It reads no policy and no waiver from the disk: the run has read them once.

    `law_date` None is the day of each snapshot. `store` is where checked policies and their code are kept, None for
    nowhere. `memory_bytes` None sets no limit.
    """

    policies: tuple[PolicyText, ...]
    waivers: tuple[Delivered, ...]
    law_date: date | None
    evidence: EvidenceLevel
    store: Store | None
    memory_bytes: int | None
    gate: Gate = DEFAULT_GATE
    selection: Selection = Selection()


def pack_setup(setup: Setup) -> bytes:
    """The first frame that a worker gets."""
    head = {
        "policies": [[text.file, text.place] for text in setup.policies],
        "waivers": [item.file for item in setup.waivers],
        "law_date": None if setup.law_date is None else setup.law_date.isoformat(),
        "evidence": setup.evidence.value,
        "store": _of_store(setup.store),
        "memory_bytes": setup.memory_bytes,
        "gate": setup.gate.words(),
        "selection": setup.selection,
    }
    pieces = [*(text.data for text in setup.policies), *(item.data for item in setup.waivers)]
    return pack(head, pieces)


def setup_of(frame: Frame) -> Setup:
    """The setup that was packed."""
    head, pieces = frame
    count = len(head["policies"])
    texts = zip(head["policies"], pieces[:count], strict=True)
    waivers = zip(head["waivers"], pieces[count:], strict=True)
    return Setup(
        tuple(PolicyText(file, place, data) for (file, place), data in texts),
        tuple(Delivered(file, data) for file, data in waivers),
        None if head["law_date"] is None else date.fromisoformat(head["law_date"]),
        EvidenceLevel(head["evidence"]),
        _store(head["store"]),
        head["memory_bytes"],
        gate_of(**head["gate"]),
        Selection(*map(tuple, head["selection"])),
    )


def _of_store(store: Store | None) -> list[object] | None:
    return None if store is None else [str(store.folder), store.asked_for]


def _store(given: list[object] | None) -> Store | None:
    return None if given is None else Store(Path(str(given[0])), bool(given[1]))


class Order(NamedTuple):
    """A document to judge, and the digest of its bytes (`sha256:…`)."""

    item: Delivered
    digest: str


def pack_order(order: Order) -> bytes:
    """A document that was delivered without a problem."""
    item = order.item
    head = {"file": item.file, "start": item.start, "syntax": item.syntax, "digest": order.digest}
    return pack(head, [item.data])


def order_in(frame: Frame) -> Order:
    """The document that was packed."""
    head = frame.head
    start = None if head["start"] is None else Start(*head["start"])
    return Order(Delivered(head["file"], frame.pieces[0], None, start, head["syntax"]), head["digest"])
