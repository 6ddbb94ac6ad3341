"""The section about other engines: the same rules, the same documents, the same counts."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from peers import PEERS, REFERENCES, SIMPLE, Peer
from table import Plan, head, measure, rate, row


class Comparison:
    """The other engines on one group of rules."""

    def __init__(self, plan: Plan, title: str, rules: Sequence[str], goal: str) -> None:
        self.plan = plan
        self.title = title
        self.rules = rules
        self.goal = goal
        self.equal = True
        self.fastest: tuple[float, str, float] | None = None

    def run(self) -> None:
        """Measure all of them; `equal` says afterwards whether all counts were."""
        head(f"Other engines, {self.title}: {', '.join(self.rules)}")
        data = self.plan.data(self.plan.organizations)
        ours = measure("compared", data, rules=self.rules, rounds=self.plan.rounds)
        row("ours, every input check and three-valued", rate(ours))
        row("  of that reading", f"{ours.more['prepare'] / ours.cpu:.0%}")
        row("  certain violations", f"{sum(ours.counts.values()):,}")
        for peer in PEERS:
            self._beside(peer, data)
        if self.fastest is None:
            row("the fastest of the others", "none was measured")
            return
        ratio, name, judging = self.fastest
        row(f"ours against the fastest, {name}", f"{ratio:.2f} × as fast", self.goal)
        row("  evaluation alone", f"{judging:.2f} × as fast")

    def _beside(self, peer: Peer, data: Path) -> None:
        told = peer.installed()
        if told is None:
            row(peer.name, "not installed: skipped")
            return
        rules = [rule for rule in self.rules if rule in peer.expresses]
        if not rules:
            row(f"{peer.name} {told}", "can't express them")
            return
        limit = peer.sample if self.rules == SIMPLE else peer.sample_references
        rounds = self.plan.rounds if limit == 0 else 1
        sample = {"limit": limit or self.plan.organizations, "rules": rules}
        try:
            theirs = measure("peer", data, peer=peer.module, rounds=rounds, **sample)
        except RuntimeError as error:
            row(f"{peer.name} {told}", f"could not be measured: {error}")
            self.equal = False
            return
        ours = measure("compared", data, rounds=max(3, self.plan.rounds), **sample)
        ratio = theirs.cpu / ours.cpu
        row(f"{peer.name} {told}, {theirs.documents} documents", rate(theirs))
        row("  ours on the same documents and rules", rate(ours))
        row("  ours against it", f"{ratio:.2f} × as fast")
        evaluation = theirs.cpu - theirs.more["prepare"]
        judging = evaluation / (ours.cpu - ours.more["prepare"])
        row("  behind the same input checks", f"{(ours.more['prepare'] + evaluation) / ours.cpu:.2f} × as fast")
        row("  evaluation alone", f"{judging:.2f} × as fast")
        row("  its peak memory, ours", f"{theirs.peak:.0f} MB, {ours.peak:.0f} MB")
        if missing := [rule for rule in self.rules if rule not in rules]:
            row("  can't express", ", ".join(missing))
        elif self.fastest is None or ratio < self.fastest[0]:
            self.fastest = ratio, peer.name, judging
        self.equal = same_counts(theirs.counts, ours.counts) and self.equal


def same_counts(theirs: dict[str, int], ours: dict[str, int]) -> bool:
    """Whether two engines found as many violations of each rule; where not is told."""
    if theirs == ours:
        row("  counts", f"equal: {sum(ours.values()):,}")
        return True
    row("  counts differ", "the comparison is void")
    for rule in sorted({*theirs, *ours}):
        if theirs.get(rule, 0) != ours.get(rule, 0):
            row(f"    {rule}", f"ours {ours.get(rule, 0)}, theirs {theirs.get(rule, 0)}")
    return False


def others(plan: Plan) -> bool:
    """Both groups of rules; whether every engine counted what we count."""
    groups = (
        Comparison(plan, "simple rules", SIMPLE, "≥ 3 ×"),
        Comparison(plan, "rules with references", REFERENCES, "≥ 30 ×"),
    )
    for group in groups:
        group.run()
    return all(group.equal for group in groups)
