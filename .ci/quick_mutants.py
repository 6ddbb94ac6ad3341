"""The first look at many small changes: the checks of one area, run without pytest. Used by `.ci/mutants`.

    python .ci/quick_mutants.py CHECKS CHILDREN [NAME …]      in the folder that `.ci/mutants` works in

CHECKS is the path of a test module whose table `CHECKS` holds functions by name that fail when something is wrong.
They are run as the program is, which also tells what each of them touches; then children of this process take
the changes that were not tried yet (or those named), a portion each, one change after another: the checks that
touch it, first those that notice most for their time.

A change may spoil what the next one is tried with. So what functions of the program keep is forgotten before each
change, and a child ends with checks of the program as it is: when these fail, nothing that it told counts, and
every change of its portion is tried in a child of its own. Spoilt things make checks fail; a change that lives on
was seen to pass every check that touches it.
"""

from __future__ import annotations

import functools
import gc
import importlib
import json
import os
import resource
import select
import signal
import sys
import time
from collections import Counter, deque
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

from mutmut.__main__ import copy_also_copy_files, copy_src_dir, create_mutants, walk_mutatable_files
from mutmut.mutation import trampoline
from mutmut.mutation.data import SourceFileMutationData
from mutmut.state import state
from mutmut.utils.file_utils import setup_source_paths
from mutmut.utils.format_utils import mangled_name_from_mutant_name

Check = Callable[[], None]
NOTICED, LIVES_ON, NO_TESTS, TOO_LONG = 1, 0, 33, 36
PORTION = 50  # changes for one child, or fewer, so that there are some portions for each
SECONDS, TIMES = 3, 5  # a check may take so many of a processor, beside so many times what it takes unchanged
SILENCE = 10  # so many times that by the clock, on a busy machine, until a child that says nothing is ended
CONTROL = 1.0  # so many seconds of checks show at the end of a portion that nothing is spoilt
MEMORY = 6 << 30  # bytes of address space for a child


def main() -> None:
    module, children, *names = sys.argv[1:]
    trampoline.set_mutant_under_test("mutant_generation")
    Path("mutants").mkdir(exist_ok=True)
    copy_src_dir()
    copy_also_copy_files()
    setup_source_paths()
    create_mutants(int(children))
    files = [data for path in walk_mutatable_files() if (data := read(path)).exit_code_by_key]
    os.chdir("mutants")
    touched = checks_by_function(module)
    os.chdir("..")
    known = {name: data for data in files for name in data.exit_code_by_key}
    untried = [name for name, data in known.items() if data.exit_code_by_key[name] is None]
    wanted = [(known[name], name) for name in names or untried]  # in the order in which they are named
    Trials(wanted, touched).run(int(children))


def read(path: Path) -> SourceFileMutationData:
    """What is known of the changes in a module."""
    data = SourceFileMutationData(path=path)
    data.load()
    return data


def checks_by_function(module: str) -> dict[str, list[tuple[float, Check]]]:
    """The checks that touch a function, each with its seconds, the cheapest first."""
    file = Path(module)
    sys.path[:0] = [str(Path(folder).absolute()) for folder in ("tests/interpreters", str(file.parent))]
    trampoline.set_mutant_under_test("stats")
    checks: dict[str, Check] = importlib.import_module(file.stem).CHECKS
    found: dict[str, list[tuple[float, Check]]] = {}
    for check in checks.values():
        check()  # once before, so that what is kept from then on does not count
        state()._stats.clear()
        start = time.process_time()
        check()
        cost = time.process_time() - start
        for function in state()._stats:
            found.setdefault(function, []).append((cost, check))
    for touching in found.values():
        touching.sort(key=lambda pair: pair[0])
    trampoline.set_mutant_under_test("")
    return found


class TooLongError(BaseException):
    """A check takes too long; no `except Exception` of the program may swallow that."""


class Child(NamedTuple):
    """A process at work: the changes that it has been given, and what it has written so far."""

    pid: int
    names: tuple[str, ...]
    pipe: int
    written: bytearray

    def told(self) -> dict[str, tuple[int, float]]:
        """What became of a change, and the seconds that took, by its name."""
        return {name: (code, seconds) for name, code, seconds in map(json.loads, self.written.splitlines())}


class Trials:
    """The changes that are to be tried, and what has become of them."""

    def __init__(
        self, wanted: list[tuple[SourceFileMutationData, str]], touched: dict[str, list[tuple[float, Check]]]
    ) -> None:
        self.data = {name: data for data, name in wanted}
        self.touched = touched
        self.control = controls(touched)
        self.patience = SILENCE * limit(max(cost for found in touched.values() for cost, _ in found))
        self.left: deque[tuple[str, ...]] = deque()
        self.heard: dict[int, float] = {}
        self.done = 0

    def run(self, children: int) -> None:
        """Try them all, and write down what became of each."""
        names = [name for name in self.data if mangled_name_from_mutant_name(name) in self.touched]
        for name in self.data.keys() - set(names):
            self.data[name].exit_code_by_key[name] = NO_TESTS
        size = min(PORTION, 1 + len(names) // (4 * children))
        self.left.extend(tuple(names[start : start + size]) for start in range(0, len(names), size))
        running: list[Child] = []
        kept = caches()
        gc.collect()
        gc.freeze()
        try:
            while self.left or running:
                while self.left and len(running) < children:
                    running.append(self.start(self.left.popleft(), kept))
                self.listen(running)
        finally:
            for child in running:
                os.kill(child.pid, signal.SIGKILL)
            self.save()

    def start(self, names: tuple[str, ...], kept: list[Any]) -> Child:
        """A child that tries these changes."""
        read, write = os.pipe()
        pid = os.fork()
        if pid == 0:
            os.close(read)
            work(names, self.touched, kept, write)
            spoilt = len(names) > 1 and outcome(self.control, kept)[0] != LIVES_ON
            os._exit(1 if spoilt else 0)
        os.close(write)
        self.heard[pid] = time.monotonic()
        return Child(pid, names, read, bytearray())

    def listen(self, running: list[Child]) -> None:
        """Take what children say, and end those that say nothing any more."""
        ready, _, _ = select.select([child.pipe for child in running], [], [], 5)
        for child in list(running):
            said = os.read(child.pipe, 1 << 16) if child.pipe in ready else None
            if said:
                child.written.extend(said)
                self.heard[child.pid] = time.monotonic()
                continue
            silent = said is None and time.monotonic() - self.heard[child.pid] > self.patience
            if silent:
                os.kill(child.pid, signal.SIGKILL)
            if silent or said == b"":
                running.remove(child)
                os.close(child.pipe)
                _, status = os.waitpid(child.pid, 0)
                self.ended(child, TOO_LONG if silent else os.waitstatus_to_exitcode(status))

    def ended(self, child: Child, code: int) -> None:
        """Write down what a child has found, and what is to be tried again."""
        told = child.told()
        missing = tuple(name for name in child.names if name not in told)
        if missing and len(child.names) > 1:  # the change that ended it, what came before, and what was left
            self.left.extend(part for part in (missing[:1], tuple(told), missing[1:]) if part)
            return
        if missing:
            told[missing[0]] = (TOO_LONG if code in (TOO_LONG, -signal.SIGXCPU) else NOTICED, 0.0)
        elif code != 0:
            self.left.extend((name,) for name in child.names)
            print(f"spoilt by one of {len(child.names)}: each is tried alone", flush=True)
            return
        for name, (found, seconds) in told.items():
            self.data[name].exit_code_by_key[name] = found
            self.data[name].durations_by_key[name] = seconds
        self.done += len(told)
        print(f"{self.done} of {len(self.data)}", flush=True)
        self.save()

    def save(self) -> None:
        """Keep what is known so far."""
        for data in {id(data): data for data in self.data.values()}.values():
            data.save()


def limit(cost: float) -> float:
    """How many seconds of a processor a check may take that takes `cost` as the program is."""
    return SECONDS + TIMES * cost


def controls(touched: dict[str, list[tuple[float, Check]]]) -> list[tuple[float, Check]]:
    """Checks that show whether the program still is as it was: the cheapest, as many as there is time for."""
    pairs = {id(check): (cost, check) for found in touched.values() for cost, check in found}.values()
    spent, found = 0.0, list[tuple[float, Check]]()
    for cost, check in sorted(pairs, key=lambda pair: pair[0]):
        spent += cost
        if found and spent > CONTROL:
            break
        found.append((cost, check))
    return found


def caches() -> list[Any]:
    """What functions of the program keep. Tests keep what they made of the program as it is, and nothing else."""
    kind = type(functools.cache(main))
    return [one for one in gc.get_objects() if isinstance(one, kind) and one.__module__.startswith("validator.")]


def work(names: tuple[str, ...], touched: dict[str, list[tuple[float, Check]]], kept: list[Any], pipe: int) -> None:
    """Try changes one after another, in a child, and tell of each what became of it."""
    active = ""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    signal.signal(signal.SIGPROF, too_long)
    sys.stdout = sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - until the end
    os.chdir("mutants")
    os.environ.pop("MUTANT_UNDER_TEST", None)
    trampoline.get_mutant_under_test = lambda: active
    noticed_by = Counter[tuple[str, Check]]()
    for name in names:
        function, since = mangled_name_from_mutant_name(name), time.time()
        worth = {check: noticed_by[function, check] / (cost + 0.01) for cost, check in touched[function]}
        checks = sorted(touched[function], key=lambda pair, worth=worth: (-worth[pair[1]], pair[0]))
        active = name
        code, check = outcome(checks, kept)
        active = ""
        if check is not None:
            noticed_by[function, check] += 1
        os.write(pipe, (json.dumps([name, code, time.time() - since]) + "\n").encode())


def outcome(checks: list[tuple[float, Check]], kept: list[Any]) -> tuple[int, Check | None]:
    """What became of a change, and the check that noticed it."""
    for cache in kept:
        cache.cache_clear()
    for cost, check in checks:
        try:
            # The second limit is for what cannot be interrupted: it ends the child.
            most = int(time.process_time() + 2 * limit(cost)) + 1
            resource.setrlimit(resource.RLIMIT_CPU, (most, resource.RLIM_INFINITY))
            signal.setitimer(signal.ITIMER_PROF, limit(cost))
            check()
            signal.setitimer(signal.ITIMER_PROF, 0)
        except TooLongError:
            return TOO_LONG, check
        except BaseException:
            signal.setitimer(signal.ITIMER_PROF, 0)
            return NOTICED, check
    return LIVES_ON, None


def too_long(*_: object) -> NoReturn:
    """The end of a check that takes too long."""
    raise TooLongError


if __name__ == "__main__":
    main()
