"""The first look at many small changes: the checks of one area, run without pytest. Used by `.ci/mutants`.

    python .ci/quick_mutants.py CHECKS CHILDREN [NAME …]      in the folder that `.ci/mutants` works in

CHECKS is the path of a test module whose table `CHECKS` holds functions by name that fail when something is wrong.
They are run once as the program is, which also tells what each of them touches; then, for every change that was not
tried yet (or for those named), a child of this process runs the checks that touch it, the cheapest first.
"""

from __future__ import annotations

import gc
import importlib
import os
import resource
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from mutmut.__main__ import copy_also_copy_files, copy_src_dir, create_mutants, walk_mutatable_files
from mutmut.mutation import trampoline
from mutmut.mutation.data import SourceFileMutationData
from mutmut.state import state
from mutmut.utils.file_utils import setup_source_paths
from mutmut.utils.format_utils import mangled_name_from_mutant_name

Check = Callable[[], None]
NOTICED, LIVES_ON, NO_TESTS, TOO_LONG = 1, 0, 33, 36
SECONDS = 10  # of a processor, beside three times what the checks take as the program is


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
    run(wanted, touched, int(children))


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


def run(
    wanted: list[tuple[SourceFileMutationData, str]],
    touched: dict[str, list[tuple[float, Check]]],
    children: int,
) -> None:
    """Try the changes, and write down what became of each."""
    running: dict[int, tuple[SourceFileMutationData, str, float]] = {}
    gc.freeze()
    try:
        for number, (data, name) in enumerate(wanted):
            checks = touched.get(mangled_name_from_mutant_name(name), [])
            if not checks:
                data.exit_code_by_key[name] = NO_TESTS
                continue
            if len(running) >= children:
                note(running)
            running[start(name, checks)] = (data, name, time.time())
            if number % 100 == 0:
                print(f"{number} of {len(wanted)}", flush=True)
                save(wanted)
        while running:
            note(running)
    finally:
        save(wanted)


def save(wanted: list[tuple[SourceFileMutationData, str]]) -> None:
    """Keep what is known so far."""
    for data in {id(data): data for data, _ in wanted}.values():
        data.save()


def start(name: str, checks: list[tuple[float, Check]]) -> int:
    """A child that runs checks on a change."""
    pid = os.fork()
    if pid:
        return pid
    limit = int(SECONDS + 3 * sum(cost for cost, _ in checks) + time.process_time())
    resource.setrlimit(resource.RLIMIT_CPU, (limit, limit + 1))
    signal.alarm(10 * limit)  # where two wait for one another
    sys.stdout = sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - until the end
    os.chdir("mutants")
    os.environ.pop("MUTANT_UNDER_TEST", None)
    trampoline.get_mutant_under_test = lambda: name
    code = NOTICED
    with suppress(BaseException):
        for _, check in checks:
            check()
        code = LIVES_ON
    os._exit(code)


def note(running: dict[int, tuple[SourceFileMutationData, str, float]]) -> None:
    """Wait for a child and write down how it ended."""
    pid, status = os.wait()
    data, name, since = running.pop(pid)
    code = os.waitstatus_to_exitcode(status)
    data.exit_code_by_key[name] = TOO_LONG if code == -signal.SIGALRM else code
    data.durations_by_key[name] = time.time() - since


if __name__ == "__main__":
    main()
