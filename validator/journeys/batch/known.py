"""Known findings of a batch: the lines of a record that a baseline knows are marked, and block no more.

It is done when a record is admitted, not when it is made: what is kept of a document for later batches must not
depend on a baseline. A record that was marked before comes out the same.
"""

from __future__ import annotations

import json

from validator.journeys.baseline import Recognizer
from validator.journeys.batch.records import Record
from validator.journeys.batch.rows import FindingRow
from validator.journeys.gate import Gate
from validator.logic.policy import PolicySet
from validator.logic.report import BaselineUse

_END = b"}\n"
_MARK = b',"baseline":true}\n'


class KnownFindings:
    """The baseline of a batch. `policies` are those that judge in it."""

    def __init__(self, recognizer: Recognizer, gate: Gate, policies: PolicySet) -> None:
        self._recognizer = recognizer
        self._gate = gate
        self._modalities = {name: norm.modality.value for name, norm in policies.norms.items()}

    def admit(self, record: Record) -> Record:
        """The record of an evaluated document, its known findings marked, with what it then means for the gate."""
        assert record.key is not None
        if not self._recognizer.concerns(record.key[0]):
            return record
        lines = [_unmarked(line) for line in record.sections.get("findings", b"").splitlines(keepends=True)]
        rows: list[FindingRow] = [json.loads(line) for line in lines]
        known = self._recognizer.see(record.key, rows)
        gates = {self._blocks(row) for place, row in enumerate(rows) if place not in known} - {0}
        marked = b"".join(_marked(line) if place in known else line for place, line in enumerate(lines))
        sections = {**record.sections, "findings": marked}
        return record._replace(gates=tuple(sorted(gates)), sections=sections)

    def _blocks(self, row: FindingRow) -> int:
        modality = self._modalities.get(row["policy"])
        disputes = [other["verdict"] for other in row["disputed"] or ()]
        return self._gate.of(row["kind"], row["verdict"], modality, row["severity"], disputes)

    def retract(self, record: Record) -> None:
        """A document does not count after all."""
        assert record.key is not None
        self._recognizer.forget(record.key)

    def use(self) -> BaselineUse:
        """What came of the baseline."""
        return self._recognizer.use()


def _marked(line: bytes) -> bytes:
    return line.removesuffix(_END) + _MARK


def _unmarked(line: bytes) -> bytes:
    return line.removesuffix(_MARK) + _END if line.endswith(_MARK) else line
