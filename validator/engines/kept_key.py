"""What the record of a document depends on beside the document: everything that could change it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from validator.journeys.batch.judging import EvidenceLevel
from validator.journeys.gate import Gate
from validator.language.cache import key_of
from validator.language.library import PolicyText
from validator.language.store import code_of, key_of_parts
from validator.logic.policy import PolicySet
from validator.resources import schema_bytes

_PACKAGE = Path(__file__).parents[1]
_CODE = tuple(
    _PACKAGE / name
    for name in (
        "interpreters",
        "interpreters/compile",
        "journeys",
        "journeys/batch",
        "journeys/waivers",
        "snapshots",
        "snapshots/stream",
    )
)


def results_key(
    policies: Sequence[PolicyText],
    waivers: Iterable[bytes],
    law_date: date | None,
    evidence: EvidenceLevel,
    gate: Gate,
    judging: PolicySet,
) -> str:
    """A digest of the policies, those of them that are `judging`, the program, the waivers, and how it judges."""
    head = f"{law_date} {evidence.value} {gate.words()} {judging.digest}\n{code_of(_CODE)}"
    return key_of_parts((key_of(policies, schema_bytes("snapshot")).encode(), head.encode(), *waivers))
