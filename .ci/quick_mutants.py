"""The first look at many small changes: the checks of one area, run without pytest. Used by `.ci/mutants`.

    python .ci/quick_mutants.py CHECKS CHILDREN [NAME …]      in the folder that `.ci/mutants` works in

CHECKS is the path of a test module whose table `CHECKS` holds functions by name that fail when something is wrong.
They are run as the program is, which also tells what each of them touches; then children of this process take the
changes that were not tried yet (or those named), a portion each, one change after another: the checks that touch it,
first those that notice most for their time.

A change may spoil what the next one is tried with. So what functions of the program keep is forgotten before each
change, and a child ends with checks of the program as it is: when these fail, none of its portion counts, and every
change of it is tried in a child of its own. So is every change that lived on in company.
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
from typing import IO, Any, NamedTuple, NoReturn

from mutmut.__main__ import copy_also_copy_files, copy_src_dir, create_mutants, walk_mutatable_files
from mutmut.mutation import trampoline
from mutmut.mutation.data import SourceFileMutationData
from mutmut.state import state
from mutmut.utils.file_utils import setup_source_paths
from mutmut.utils.format_utils import mangled_name_from_mutant_name

Check = Callable[[], None]
NOTICED, LIVES_ON, NO_TESTS, TOO_LONG = 1, 0, 33, 36
PORTION = 50  # changes for one child
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
    wanted = [
        (data, name)
        for data in files
        for name, code in data.exit_code_by_key.items()
        if (name in names if names else code is None)
    ]
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
    """A process at work: the changes that it has been given, what it writes, and what it has written so far."""

    pid: int
    names: tuple[str, ...]
    lines: IO[str]
    told: dict[str, tuple[int, float]]


class Trials:
    """The changes that are to be tried, and what has become of them."""

    def __init__(
        self, wanted: list[tuple[SourceFileMutationData, str]], touched: dict[str, list[tuple[float, Check]]]
    ) -> None:
        self.data = {name: data for data, name in wanted}
        self.touched = touched
        self.control = controls(touched)
        self.left: deque[tuple[str, ...]] = deque()
        self.done = 0

    def run(self, children: int) -> None:
        """Try them all, and write down what became of each."""
        names = [name for name in self.data if self.checks(name)]
        for name in self.data.keys() - set(names):
            self.data[name].exit_code_by_key[name] = NO_TESTS
        self.left.extend(tuple(names[start : start + PORTION]) for start in range(0, len(names), PORTION))
        running: list[Child] = []
        gc.collect()
        gc.freeze()
        try:
            while self.left or running:
                while self.left and len(running) < children:
                    running.append(self.start(self.left.popleft()))
                self.listen(running)
        finally:
            for child in running:
                os.kill(child.pid, signal.SIGKILL)
            self.save()

    def checks(self, name: str) -> list[tuple[float, Check]]:
        """The checks that touch what is changed."""
        return self.touched.get(mangled_name_from_mutant_name(name), [])

    def start(self, names: tuple[str, ...]) -> Child:
        """A child that tries these changes."""
        read, write = os.pipe()
        pid = os.fork()
        if pid == 0:
            os.close(read)
            work(names, self.touched, self.control, write)
        os.close(write)
        return Child(pid, names, os.fdopen(read, encoding="utf-8"), {})

    def listen(self, running: list[Child]) -> None:
        """Take the next thing that a child says, or end those that say nothing any more."""
        most = max(cost for child in running for name in child.names for cost, _ in self.checks(name))
        silence = SILENCE * (SECONDS + TIMES * max(most, CONTROL))
        ready, _, _ = select.select([child.lines for child in running], [], [], silence)
        for child in list(running):
            if not ready:
                os.kill(child.pid, signal.SIGKILL)
            elif child.lines not in ready:
                continue
            line = "" if not ready else child.lines.readline()
            if line.endswith("\n"):
                name, code, seconds = json.loads(line)
                child.told[name] = (code, seconds)
                continue
            running.remove(child)
            child.lines.close()
            _, status = os.waitpid(child.pid, 0)
            self.ended(child, TOO_LONG if not ready else os.waitstatus_to_exitcode(status))

    def ended(self, child: Child, code: int) -> None:
        """Write down what a child has found, and what is to be tried again."""
        silent = [name for name in child.names if name not in child.told]
        alone = len(child.names) == 1
        if silent and alone:
            child.told[silent[0]] = (code or NOTICED, 0.0)
        elif silent or (code != 0 and not alone):
            self.left.extend((name,) for name in child.names)  # it was ended by a change, or spoilt
            return
        for name, (found, seconds) in child.told.items():
            if found == LIVES_ON and not alone:
                self.left.append((name,))
                continue
            self.data[name].exit_code_by_key[name] = found
            self.data[name].durations_by_key[name] = seconds
            self.done += 1
        if not alone or self.done % PORTION == 0:
            print(f"{self.done} of {len(self.data)}", flush=True)
            self.save()

    def save(self) -> None:
        """Keep what is known so far."""
        for data in {id(data): data for data in self.data.values()}.values():
            data.save()


def controls(touched: dict[str, list[tuple[float, Check]]]) -> list[tuple[float, Check]]:
    """Checks that show whether the program still is as it was: the cheapest, as many as there is time for."""
    every = sorted(
        {id(check): (cost, check) for found in touched.values() for cost, check in found}.values(),
        key=lambda pair: pair[0],
    )
    found: list[tuple[float, Check]] = []
    for cost, check in every:
        if found and sum(spent for spent, _ in found) + cost > CONTROL:
            break
        found.append((cost, check))
    return found


def work(
    names: tuple[str, ...],
    touched: dict[str, list[tuple[float, Check]]],
    control: list[tuple[float, Check]],
    to: int,
) -> NoReturn:
    """Try changes one after another, in a child, and tell of each. Ends with 1 when the program is spoilt by then."""
    active = ""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    signal.signal(signal.SIGPROF, too_long)
    sys.stdout = sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - until the end
    os.chdir("mutants")
    os.environ.pop("MUTANT_UNDER_TEST", None)
    trampoline.get_mutant_under_test = lambda: active
    kept, noticed_by = caches(), Counter[tuple[str, Check]]()
    for name in names:
        function, since = mangled_name_from_mutant_name(name), time.time()
        checks = sorted(
            touched[function],
            key=lambda pair, function=function: (-noticed_by[function, pair[1]] / (pair[0] + 0.01), pair[0]),
        )
        active = name
        code, check = outcome(checks, kept)
        active = ""
        if check is not None:
            noticed_by[function, check] += 1
        os.write(to, (json.dumps([name, code, time.time() - since]) + "\n").encode())
    spoilt = len(names) > 1 and outcome(control, kept)[0] != LIVES_ON
    os._exit(1 if spoilt else 0)


def too_long(*_: object) -> NoReturn:
    """The end of a check that takes too long."""
    raise TooLongError


def outcome(checks: list[tuple[float, Check]], kept: list[Any]) -> tuple[int, Check | None]:
    """What became of a change, and the check that noticed it."""
    for cache in kept:
        cache.cache_clear()
    for cost, check in checks:
        try:
            signal.setitimer(signal.ITIMER_PROF, SECONDS + TIMES * cost)
            check()
            signal.setitimer(signal.ITIMER_PROF, 0)
        except TooLongError:
            return TOO_LONG, check
        except BaseException:  # noqa: BLE001 - whatever a change leads to
            signal.setitimer(signal.ITIMER_PROF, 0)
            return NOTICED, check
    return LIVES_ON, None


def caches() -> list[Any]:
    """What functions of the program keep. Tests keep what was made of the program as it is, and nothing else."""
    kind = type(functools.cache(main))
    gc.unfreeze()  # what is frozen is not among the objects that are told
    found = [one for one in gc.get_objects() if isinstance(one, kind) and one.__module__.startswith("validator.")]
    gc.freeze()
    return found


if __name__ == "__main__":
    main()
