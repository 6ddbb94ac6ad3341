"""One measurement in a process of its own: `python benchmarks/steps.py STEP DATA [OPTIONS]` prints a line of JSON.

A process for each, so that the peak of memory is that of the step alone. CPU seconds are those of the measured
loop; loading policies, writing the program and the first document stay outside.
"""

from __future__ import annotations

import gc
import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from commands import command, command_again
from measured import Measured, Options, documents, over_lines, peak, seconds

from validator.logic.frozen import replace

T = TypeVar("T")
Step = Callable[[Path, Options], Measured]


# --- parsing alone -----------------------------------------------------------------------------------------------


def parse_strictly(data: Path, options: Options) -> Measured:
    """jiter, repeated keys refused."""
    return over_lines(data, options, strictly)


def strictly(line: bytes) -> object:
    """The document parsed as the quick reader does it, and nothing else."""
    import jiter  # noqa: PLC0415

    return jiter.from_json(line, catch_duplicate_keys=True, allow_inf_nan=False, cache_mode="keys")


def parse_orjson(data: Path, options: Options) -> Measured:
    """orjson: the last of repeated keys wins in silence."""
    import orjson  # noqa: PLC0415

    return over_lines(data, options, orjson.loads)


def parse_msgspec(data: Path, options: Options) -> Measured:
    """msgspec without types: the last of repeated keys wins in silence."""
    import msgspec  # noqa: PLC0415

    return over_lines(data, options, msgspec.json.Decoder().decode)


# --- ours --------------------------------------------------------------------------------------------------------


def whole(data: Path, options: Options) -> Measured:
    """Reading and judging by the shipped set, or by it and copies; `read` is the share of reading.

    `parse` is the time of parsing each document alone, just before: a ratio to it holds on a busy machine too. It
    is no part of `cpu` and `wall`.
    """
    from copies import copied  # noqa: PLC0415
    from ours import Engine, shipped  # noqa: PLC0415

    library = shipped()
    if options.copies:
        policies = copied(library.policies, options.copies, definitions=options.definitions)
        library = replace(library, policies=policies)
    engine = Engine(library)
    sums = {"read": 0.0, "parse": 0.0, "verdicts": 0.0, "doubts": 0.0}

    def work(line: bytes) -> None:
        doubts, begin = engine.doubts, time.process_time()
        strictly(line)
        parsed = time.process_time()
        facts = engine.read(line)
        sums["parse"] += parsed - begin
        sums["read"] += time.process_time() - parsed
        sums["doubts"] += engine.doubts - doubts
        sums["verdicts"] += sum(len(judged.codes) for judged in engine.judge(facts))

    found = over_lines(data, options, work, sums)
    found = found._replace(cpu=found.cpu - found.more["parse"], wall=found.wall - found.more["parse"])
    return found._replace(more=found.more | {"policies": len(library.policies.policies())})


def judge_compared(data: Path, options: Options) -> Measured:
    """Reading and judging by some of the rules of the comparison, and what they find."""
    from ours import Engine, compared  # noqa: PLC0415

    engine = Engine(compared(options.rules))
    return counting(data, options, engine.read, engine.violations)


def counting(
    data: Path, options: Options, prepare: Callable[[bytes], T], violations: Callable[[T], Mapping[str, int]]
) -> Measured:
    """An engine on every document; `prepare` is the share of what comes before the evaluation."""
    sums = {"prepare": 0.0}
    counts: Counter[str] = Counter()

    def work(line: bytes) -> None:
        start = time.process_time()
        prepared = prepare(line)
        sums["prepare"] += time.process_time() - start
        counts.update(violations(prepared))

    found = over_lines(data, options, work, sums)
    counts.clear()
    for line in documents(data, options):
        counts.update(violations(prepare(line)))
    return found._replace(counts=dict(+counts))


def reference(data: Path, options: Options) -> Measured:
    """The reference evaluator, with evidence and bare, beside the program, on snapshots already read."""
    from bare import judge_bare  # noqa: PLC0415
    from ours import Engine, shipped  # noqa: PLC0415

    from validator.journeys.check import check  # noqa: PLC0415

    library = shipped()
    engine = Engine(library)
    lines = list(documents(data, options))
    snapshots = [engine.strict(line) for line in lines]
    facts = [engine.read(line) for line in lines]
    judged = [engine.judge(one) for one in facts]
    gc.freeze()
    evidence, _ = seconds(lambda: [check(one, library.policies) for one in snapshots])
    bare, _ = seconds(lambda: [judge_bare(one, library.policies) for one in snapshots])
    compiled, wall = min(seconds(lambda: [engine.judge(one) for one in facts]) for _ in range(5))
    more = {"evidence": evidence, "bare": bare, "verdicts": sum(len(part.codes) for one in judged for part in one)}
    return Measured(len(lines), sum(map(len, lines)), compiled, wall, peak(), more, {})


# --- YAML --------------------------------------------------------------------------------------------------------


def yaml_files(data: Path, options: Options) -> Measured:
    """Every YAML file of a folder: the whole check, and in `events` libyaml's events of the same files alone."""
    from ours import Engine, shipped  # noqa: PLC0415
    from yaml import StreamEndEvent  # noqa: PLC0415
    from yaml.cyaml import CParser  # type: ignore[attr-defined]  # noqa: PLC0415

    engine = Engine(shipped())
    texts = [path.read_bytes() for path in sorted(data.glob("*.yaml"))]

    def events() -> None:
        for text in texts:
            parser = CParser(text)
            while not isinstance(parser.get_event(), StreamEndEvent):
                pass

    def check(some: list[bytes]) -> None:
        for text in some:
            engine.judge(engine.read_yaml(text))

    check(texts[:1])
    engine.doubts = 0
    gc.collect()
    gc.freeze()
    taken = [(seconds(lambda: check(texts)), seconds(events)) for _ in range(options.rounds)]
    cpu, wall = min(whole for whole, _ in taken)
    alone, _ = min(alone for _, alone in taken)
    more = {"events": alone, "doubts": engine.doubts / options.rounds}
    return Measured(len(texts), sum(map(len, texts)), cpu, wall, peak(), more, {})


# --- others ------------------------------------------------------------------------------------------------------


def peer(data: Path, options: Options) -> Measured:
    """One of the other engines on rules it can express."""
    from peers import engine_of  # noqa: PLC0415

    engine = engine_of(options.peer, options.rules)
    return counting(data, options, engine.prepare, engine.violations)


STEPS: dict[str, Step] = {
    "parse-jiter": parse_strictly,
    "parse-orjson": parse_orjson,
    "parse-msgspec": parse_msgspec,
    "whole": whole,
    "compared": judge_compared,
    "reference": reference,
    "yaml": yaml_files,
    "peer": peer,
    "command": command,
    "command-again": command_again,
}


def main() -> None:
    """Run a step and print what it measured."""
    name, data, told = sys.argv[1], Path(sys.argv[2]), json.loads(sys.argv[3] if len(sys.argv) > 3 else "{}")
    told["rules"] = tuple(told.get("rules", ()))
    found: dict[str, Any] = STEPS[name](data, Options(**told))._asdict()
    print(json.dumps(found))


if __name__ == "__main__":
    main()
