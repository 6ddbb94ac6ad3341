"""The sections about ourselves, in the order of the table."""

from __future__ import annotations

from collections.abc import Callable

from commands import batch_is_there
from table import SMALL, Plan, head, installed, measure, rate, result, row, start

# How many small organizations show what explaining costs.
EXPLAINED = 20


def speed(plan: Plan) -> None:
    """Speed per core and memory, and the ratio to parsing alone, measured document by document."""
    data = plan.data(plan.organizations)
    head(f"Reading and judging by the shipped set, one process, {plan.organizations} organizations (CPU time)")
    parsed, whole = measure("parse-jiter", data, rounds=plan.rounds), measure("whole", data, rounds=plan.rounds)
    row(f"parse strictly (jiter {installed('jiter')}, repeated keys refused)", rate(parsed))
    for package, step in (("orjson", "parse-orjson"), ("msgspec", "parse-msgspec")):
        if told := installed(package):
            row(f"parse loosely ({package} {told})", rate(measure(step, data, rounds=plan.rounds)))
        else:
            row(f"parse loosely ({package})", "not installed: skipped")
    row("read and judge", rate(whole))
    row("of that reading, parsing included", f"{whole.more['read'] / whole.cpu:.0%}")
    verdicts = whole.more["verdicts"]
    row(f"{whole.more['policies']:.0f} policies, verdicts", f"{verdicts:,.0f}")
    row("judging, a verdict", f"{(whole.cpu - whole.more['read']) / verdicts * 1e9:.0f} ns")
    row("documents that the quick reader left to the strict one", f"{whole.more['doubts']:.0f}")
    row("read and judge ÷ parse strictly", f"{whole.cpu / whole.more['parse']:.2f}", "≤ 2.5")
    row("peak memory", f"{whole.peak:.0f} MB" if whole.peak else "not told by this system", "< 150 MB")


def growth(plan: Plan) -> None:
    """Cost per organization with ten and a hundred times as many."""
    head("Cost against the number of organizations")
    counts = [plan.organizations, plan.organizations * 10, *([plan.organizations * 100] if plan.large else [])]
    base = None
    for count in counts:
        found = measure("whole", plan.data(count), rounds=plan.rounds if count <= plan.organizations * 10 else 1)
        base = base or found
        each = found.cpu / found.documents
        size = f"{found.size / 1e6:,.1f} MB"
        row(f"{count:,} organizations, {size}", f"{each * 1e3:.2f} ms each, {found.peak:.0f} MB")
        if found.more["doubts"]:
            row("  left to the strict reader", f"{found.more['doubts']:.0f}")
        if found is not base:
            ratio = each / base.cpu * base.documents
            row(f"  ÷ {base.documents:,}: per organization", f"{ratio:.2f}", "0.9–1.1")
            ratio = found.cpu / found.size / base.cpu * base.size
            row(f"  ÷ {base.documents:,}: per megabyte", f"{ratio:.2f}")
            ratio = found.cpu / found.more["parse"] / base.cpu * base.more["parse"]
            row(f"  ÷ {base.documents:,}: in units of parsing the same document", f"{ratio:.2f}")
    if not plan.large:
        row(f"{plan.organizations * 100:,} organizations", "left out: ask --large")


def policies(plan: Plan) -> None:
    """Cost with ten times as many policies."""
    data = plan.data(plan.organizations)
    head("Ten times as many policies (copies with other ids, days and numbers)")
    base = measure("whole", data, rounds=plan.rounds)
    for title, own, goal in (
        ("copies that share definitions", False, "≤ 2"),
        ("copies with definitions of their own", True, ""),
    ):
        found = measure("whole", data, copies=9, definitions=own, rounds=plan.rounds)
        number = f"{base.more['policies']:.0f} → {found.more['policies']:.0f}"
        row(f"{title}, {number}", f"{found.cpu / base.cpu:.2f}", goal)
        judging = (found.cpu - found.more["read"]) / (base.cpu - base.more["read"])
        row("  judging alone", f"{judging:.2f}")
        row("  peak memory", f"{found.peak:.0f} MB")


def reference(plan: Plan) -> None:
    """The compiled program beside the reference evaluator, on facts already read."""
    found = measure("reference", plan.small(plan.reference))
    small = f"{found.documents} organizations below {SMALL // 1000} kB"
    head(f"Judging alone, {small}, {found.more['verdicts']:,.0f} verdicts")
    row("compiled program", f"{found.cpu * 1e3:.1f} ms")
    row("reference evaluator with evidence (check)", f"{found.more['evidence']:.2f} s")
    row("reference evaluator bare (judge_norm, judge_decision)", f"{found.more['bare']:.2f} s")
    row("reference with evidence ÷ compiled", f"{found.more['evidence'] / found.cpu:.0f}", "≥ 8")
    row("reference bare ÷ compiled", f"{found.more['bare'] / found.cpu:.0f}", "≥ 8")


def workers(plan: Plan) -> None:
    """One process against two side by side, each with every second document."""
    count = plan.organizations * 10
    data = plan.data(count)
    head(f"Two processes beside one another, {count:,} organizations (wall time of the loop)")
    alone = measure("whole", data)
    halves = [result(one) for one in [start("whole", data, {"part": n, "parts": 2}) for n in (0, 1)]]
    slower = max(half.wall for half in halves)
    row("one", f"{alone.wall:.2f} s")
    row("two", f"{slower:.2f} s")
    row("two ÷ one, times as fast", f"{alone.wall / slower:.2f}", "≥ 1.8")


def yaml(plan: Plan) -> None:
    """YAML documents."""
    found = measure("yaml", plan.yaml_folder(), rounds=plan.rounds)
    head(f"YAML, {found.documents} files, {found.size / 1e6:.1f} MB")
    row("libyaml events alone", f"{found.size / found.more['events'] / 1e6:.1f} MB/s")
    row("whole check", rate(found))
    row("files that the quick reader left to the strict one", f"{found.more['doubts']:.0f}")
    row("whole check ÷ events alone", f"{found.cpu / found.more['events']:.2f}", "≤ 1.6")


def command(plan: Plan) -> None:
    """The command end to end, when this version has it."""
    count = plan.organizations * 10
    head(f"`sverka check --to FOLDER --jobs N`, {count:,} organizations, start and results included")
    if not batch_is_there():
        row("sverka check --to", "not in this version: skipped")
        return
    data = plan.data(count)
    parsed = measure("parse-jiter", data)
    one, two = measure("command", data, jobs=1), measure("command", data, jobs=2)
    row("one worker", f"{one.wall:.2f} s wall, {one.cpu:.2f} s CPU")
    row("two workers", f"{two.wall:.2f} s wall, {two.cpu:.2f} s CPU")
    row("two ÷ one, times as fast", f"{one.wall / two.wall:.2f}", "≥ 1.8")
    row("one worker ÷ parse strictly (CPU)", f"{one.cpu / parsed.cpu:.2f}", "≤ 2.5")
    row("peak memory of the largest process", f"{max(one.peak, two.peak):.0f} MB", "< 150 MB")
    row("80,000 organizations on two cores, reckoned", f"{two.wall / count * 80_000:.0f} s", "about 120 s")
    few = plan.small(EXPLAINED)
    for level in ("none", "blocking", "all"):
        found = measure("command", few, evidence=level)
        row(f"{found.documents} small organizations, --evidence {level}", f"{found.cpu:.2f} s CPU")
    again = measure("command-again", data, limit=plan.organizations * 3, jobs=1)
    row(f"{again.documents} files, first run", f"{again.wall:.2f} s")
    row("again, one file changed", f"{again.more['again wall']:.2f} s")


SECTIONS: dict[str, Callable[[Plan], None]] = {
    "speed": speed,
    "growth": growth,
    "policies": policies,
    "reference": reference,
    "workers": workers,
    "yaml": yaml,
    "command": command,
}
