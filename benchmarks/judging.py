"""What a document costs in a batch: parsing, the quick reader, the compiled program; and the reference beside them.

    python benchmarks/judging.py [--organizations 40] [--reference 2]

CPU seconds of one process over lifelike organizations (`organizations.py`), each step over all of them, the smaller
of two rounds; the first round fills the tables of spellings and of registers. "parse" is the parser of the quick
reader alone, repeated keys refused; ratios are to it. The reference is timed on a few organizations only, and so is
the compiled program beside it. Nothing is asserted.
"""

from __future__ import annotations

import argparse
import gc
import platform
import time
from collections.abc import Callable
from typing import TypeVar

import jiter
from organizations import lines

from validator.interpreters.compile.program import Program
from validator.journeys.check import check
from validator.journeys.findings import find
from validator.language.library import Library, load, read_folder
from validator.language.source import read_json
from validator.language.vocabulary import read_vocabulary
from validator.logic.facts import Snapshot
from validator.logic.lean import Facts
from validator.resources import policies_folder, schema_bytes
from validator.snapshots.quick import QuickReader
from validator.snapshots.read import read_snapshot

T = TypeVar("T")


def least(step: Callable[[], T]) -> tuple[float, T]:
    """The smaller CPU time of two rounds, and what the step gives."""
    times = []
    for _ in range(2):
        start = time.process_time()
        found = step()
        times.append(time.process_time() - start)
    return min(times), found


def strictly(library: Library, line: bytes) -> Snapshot:
    """The facts with places, by the strict reader."""
    return read_snapshot(read_json(line, "organization.json"), library.vocabulary, library.names)[0]


def parsed(documents: list[bytes]) -> int:
    """The parser alone."""
    for line in documents:
        jiter.from_json(line, catch_duplicate_keys=True, allow_inf_nan=False, cache_mode="keys")
    return len(documents)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--organizations", type=int, default=40)
    parser.add_argument("--reference", type=int, default=2)
    asked = parser.parse_args()
    documents = list(lines(asked.organizations))
    library = load(read_folder(policies_folder()), read_vocabulary(schema_bytes("snapshot")))
    start = time.process_time()
    program = Program(library.policies, library.vocabulary)
    written = time.process_time() - start
    reader = QuickReader(library.vocabulary, library.names, program.types)
    gc.freeze()
    parse, _ = least(lambda: parsed(documents))
    read, facts = least(lambda: [reader.read(line).facts for line in documents])
    judge, judged = least(lambda: [list(program.judge(one, one.as_of)) for one in facts])
    verdicts = sum(len(part.codes) for one in judged for part in one)
    size = sum(map(len, documents)) / 1e6
    print(f"Python {platform.python_version()}, {len(documents)} organizations, {size:.1f} MB, {verdicts} verdicts")
    print(f"program written   {written:8.3f} s")
    print(f"parse alone       {parse:8.3f} s  {size / parse:6.1f} MB/s")
    print(f"quick reader      {read:8.3f} s  {read / parse:6.2f} × parse (parsing included)")
    each = judge / verdicts * 1e9
    print(f"compiled program  {judge:8.3f} s  {judge / parse:6.2f} × parse, {each:.0f} ns per verdict")
    print(f"whole             {read + judge:8.3f} s  {(read + judge) / parse:6.2f} × parse")
    _beside_the_reference(library, program, documents[: asked.reference])


def _beside_the_reference(library: Library, program: Program, documents: list[bytes]) -> None:
    strict, snapshots = least(lambda: [strictly(library, line) for line in documents])
    reader = QuickReader(library.vocabulary, library.names, program.types)
    few: list[Facts] = [reader.read(line).facts for line in documents]
    quick, _ = least(lambda: [reader.read(line).facts for line in documents])
    fast, _ = least(lambda: [list(program.judge(one, one.as_of)) for one in few])
    findings, _ = least(lambda: [find(program, one, one.as_of) for one in snapshots])
    slow, _ = least(lambda: [check(one, library.policies) for one in snapshots])
    print(f"of {len(documents)}: strict reader {strict:.3f} s, {strict / quick:.1f} × the quick one")
    print(f"of {len(documents)}: reference with evidence {slow:.3f} s, {slow / fast:.0f} × the compiled program")
    print(f"of {len(documents)}: findings with evidence {findings:.3f} s, {slow / findings:.1f} × faster than that")


if __name__ == "__main__":
    main()
