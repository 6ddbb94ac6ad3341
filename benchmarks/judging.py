"""What a document costs in a batch: parsing, the quick reader, the compiled program; and the reference beside them.

    python benchmarks/judging.py [--organizations 40] [--reference 2] [--collect]

CPU seconds of one process over lifelike organizations (`organizations.py`), each parsed, read and judged in turn;
of every document and step the smaller of two rounds, the first of which fills the tables of spellings and of
registers. "parse" is strict parsing alone with the fastest parser at hand that refuses repeated keys; ratios are to
it, and the goal is that reading and judging together are at most 2.5. The garbage collector is off while documents
are judged, and runs between rounds; `--collect` leaves it on. The reference is timed on a few organizations only,
and so is the compiled program beside it. Nothing is asserted.
"""

from __future__ import annotations

import argparse
import gc
import json
import platform
import time
from collections.abc import Callable
from functools import partial
from typing import NamedTuple, TypeVar

import jiter
from organizations import lines

from validator.interpreters.compile.program import Program
from validator.journeys.check import check
from validator.journeys.findings import find
from validator.language.library import Library, load, read_folder
from validator.language.source import read_json
from validator.language.vocabulary import read_vocabulary
from validator.logic.facts import Snapshot
from validator.logic.lean import Facts, Types, lower
from validator.resources import policies_folder, schema_bytes
from validator.snapshots.quick import DoubtError, QuickReader
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


def strict_parsers() -> dict[str, Callable[[bytes], object]]:
    """The parsers that refuse repeated keys; orjson and msgspec take the last one in silence."""
    ways: dict[str, Callable[[bytes], object]] = {
        f"jiter, cache of {mode}": partial(
            jiter.from_json, catch_duplicate_keys=True, allow_inf_nan=False, cache_mode=mode
        )
        for mode in ("keys", "all", "none")
    }
    return ways | {"json": partial(json.loads, object_pairs_hook=_once)}


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a repeated key")
    return found


def _all(parse: Callable[[bytes], object], documents: list[bytes]) -> None:
    for line in documents:
        parse(line)


class Steps(NamedTuple):
    """CPU seconds of the steps of one document, and its verdicts."""

    parse: float
    read: float
    judge: float
    verdicts: int


class Reader:
    """The quick reader, and the strict one for what it leaves."""

    def __init__(self, library: Library, types: Types) -> None:
        self.library = library
        self.types = types
        self.quick = QuickReader(library.vocabulary, library.names, types)
        self.doubts = 0

    def read(self, line: bytes) -> Facts:
        """The facts of a document."""
        try:
            return self.quick.read(line).facts
        except DoubtError:
            self.doubts += 1
            return lower(strictly(self.library, line), self.types)


def steps(parse: Callable[[bytes], object], reader: Reader, program: Program, line: bytes) -> Steps:
    """One document, every step once."""
    start = time.process_time()
    parse(line)
    parsed = time.process_time()
    facts = reader.read(line)
    read = time.process_time()
    verdicts = sum(len(judged.codes) for judged in program.judge(facts, facts.as_of))
    return Steps(parsed - start, read - parsed, time.process_time() - read, verdicts)


def least_steps(
    parse: Callable[[bytes], object], reader: Reader, program: Program, documents: list[bytes]
) -> Steps:
    """All documents, of each step the smaller time of two rounds."""
    rounds = []
    for _ in range(2):
        rounds.append([steps(parse, reader, program, line) for line in documents])
        gc.collect()
    return Steps(
        *(sum(map(min, *columns)) for columns in zip(*(zip(*r, strict=True) for r in rounds), strict=True))
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--organizations", type=int, default=40)
    parser.add_argument("--reference", type=int, default=2)
    parser.add_argument("--collect", action="store_true")
    asked = parser.parse_args()
    documents = list(lines(asked.organizations))
    library = load(read_folder(policies_folder()), read_vocabulary(schema_bytes("snapshot")))
    start = time.process_time()
    program = Program(library.policies, library.vocabulary)
    written = time.process_time() - start
    reader = Reader(library, program.types)
    gc.collect()
    gc.freeze()
    if not asked.collect:
        gc.disable()
    ways = strict_parsers()
    times = {name: least(partial(_all, way, documents))[0] for name, way in ways.items()}
    fastest = min(times, key=lambda name: times[name])
    found = least_steps(ways[fastest], reader, program, documents)
    gc.enable()
    size = sum(map(len, documents)) / 1e6
    whole = found.read + found.judge
    print(f"Python {platform.python_version()}, {len(documents)} organizations, {size:.1f} MB", end=", ")
    print(f"{found.verdicts} verdicts; fastest strict parser: {fastest}")
    print(f"program written   {written:8.3f} s")
    print(f"parse alone       {found.parse:8.3f} s  {size / found.parse:6.1f} MB/s")
    print(f"quick reader      {found.read:8.3f} s  {found.read / found.parse:6.2f} × parse (parsing included)")
    each = f"{found.judge / found.verdicts * 1e9:.0f} ns per verdict"
    print(f"compiled program  {found.judge:8.3f} s  {found.judge / found.parse:6.2f} × parse, {each}")
    print(f"left by the quick reader to the strict one: {reader.doubts // 2} documents")
    print(f"whole             {whole:8.3f} s  {whole / found.parse:6.2f} × parse; the goal is 2.5")
    _beside_the_reference(library, program, documents[: asked.reference])


def _beside_the_reference(library: Library, program: Program, documents: list[bytes]) -> None:
    strict, snapshots = least(lambda: [strictly(library, line) for line in documents])
    reader = Reader(library, program.types)
    few = [reader.read(line) for line in documents]
    quick, _ = least(lambda: [reader.read(line) for line in documents])
    fast, _ = least(lambda: [list(program.judge(one, one.as_of)) for one in few])
    findings, _ = least(lambda: [find(program, one, one.as_of) for one in snapshots])
    slow, _ = least(lambda: [check(one, library.policies) for one in snapshots])
    print(f"of {len(documents)}: strict reader {strict:.3f} s, {strict / quick:.1f} × the quick one")
    print(f"of {len(documents)}: reference with evidence {slow:.3f} s, {slow / fast:.0f} × the compiled program")
    print(f"of {len(documents)}: findings with evidence {findings:.3f} s, {slow / findings:.1f} × faster than that")


if __name__ == "__main__":
    main()
