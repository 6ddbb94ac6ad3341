"""What a number of the compiled program means as a finding: its verdict, who disputes it, whether it blocks."""

from __future__ import annotations

from validator.interpreters.compile.parts import Part
from validator.interpreters.compile.program import readings_in, verdict_of
from validator.interpreters.readings import readings_of
from validator.journeys.batch.records import text_of
from validator.journeys.gate import DEFAULT_GATE, Gate
from validator.logic.policy import Norm


class Meaning:
    """One kind of judgement of one policy, from its verdicts (and reasons) under each reading, the chosen first.

    `disputes` are the readings that judge otherwise, with their verdicts. `gate` is 1 or 3 when the gate blocks it,
    else 0.
    `before` and `after` are what the line of a finding says of it, before and after its place.
    """

    __slots__ = (
        "after",
        "before",
        "disputes",
        "gate",
        "is_finding",
        "kind",
        "policy",
        "reason",
        "severity",
        "verdict",
    )

    def __init__(self, part: Part, chosen: tuple[str, str | None], others: list[str], gate: Gate) -> None:
        policy = part.policy
        names = [readings[-1].id for readings in readings_of(policy)[1:]]
        self.policy = policy.id
        self.kind = "norm" if isinstance(policy, Norm) else "decision"
        self.verdict, self.reason = chosen
        self.severity = _severity(policy) if isinstance(policy, Norm) else None
        self.disputes = tuple(
            (name, verdict) for name, verdict in zip(names, others, strict=False) if verdict != self.verdict
        )
        self.is_finding = self.verdict != "ok" or bool(self.disputes)
        modality = policy.modality.value if isinstance(policy, Norm) else None
        disputes = [verdict for _, verdict in self.disputes]
        self.gate = gate.of(self.kind, self.verdict, modality, self.severity, disputes)
        disputed = [{"reading": name, "verdict": verdict} for name, verdict in self.disputes] or None
        self.before = _inner({"policy": self.policy, "kind": self.kind, "severity": self.severity})
        self.after = text_of({"verdict": self.verdict, "reason": self.reason, "disputed": disputed})[1:]


def _inner(values: dict[str, str | None]) -> str:
    """The members of an object as JSON."""
    return text_of(values)[1:-1]


def _severity(norm: Norm) -> str:
    own = (reading.severity for reading in readings_of(norm)[0])
    return next((severity for severity in own if severity), norm.severity).value


class Meanings:
    """The meaning of every number met, worked out once. Parts live as long as their program."""

    def __init__(self, gate: Gate = DEFAULT_GATE) -> None:
        self._gate = gate
        self._of_items: dict[tuple[int, int], Meaning] = {}
        self._of_rests: dict[tuple[int, int], Meaning] = {}

    def of_item(self, part: Part, code: int) -> Meaning:
        """The meaning of the number of an item."""
        key = (id(part), code)
        found = self._of_items.get(key)
        if found is None:
            chosen, *others = [verdict_of(part, bits) for bits in readings_in(part, code)]
            found = self._of_items[key] = Meaning(part, chosen, [verdict for verdict, _ in others], self._gate)
        return found

    def of_rest(self, part: Part, code: int) -> Meaning:
        """The meaning of the number of what a list may hold beside its items; no other reading judges that."""
        key = (id(part), code)
        found = self._of_rests.get(key)
        if found is None:
            found = self._of_rests[key] = Meaning(part, verdict_of(part, code), [], self._gate)
        return found
