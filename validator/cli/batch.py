"""`sverka check --to`: thousands of organizations into a folder of results."""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from types import FrameType
from typing import NoReturn, cast

import click

from validator import LANGUAGE_VERSION, __version__
from validator.cli.baseline_files import BaselineOptions, baseline_in
from validator.cli.batch_options import BatchOptions
from validator.cli.batch_outputs import BatchOutputs, write_batch_outputs
from validator.cli.context import (
    INTERNAL,
    StopError,
    current_language,
    library_of,
    notice,
    policy_texts,
    shown,
    stop,
    tell,
    usage_error,
)
from validator.cli.documents import STANDARD_INPUT, delivered
from validator.cli.gate_options import GateOptions, cut_down, endings
from validator.cli.outputs import ENDINGS
from validator.cli.progress import progress_for
from validator.cli.waiver_files import WaiverFiles, selected_waivers, told_of, waiver_files
from validator.engines.batch import Batch
from validator.engines.folder.conclude import Conclusion, conclude
from validator.engines.folder.results import RUN, FolderError, ResultFolder
from validator.engines.kept import KeptRecords
from validator.engines.kept_key import results_key
from validator.engines.local.orders import Setup, pack_setup
from validator.engines.local.supervise import EngineError, Supervisor, workers_of
from validator.engines.source import Source
from validator.journeys.assemble import problem_record
from validator.journeys.baseline import Recognizer
from validator.journeys.batch.expected import ExpectedList, read_expected
from validator.journeys.batch.judging import EvidenceLevel
from validator.journeys.batch.known import KnownFindings
from validator.journeys.batch.ledger import Ledger
from validator.journeys.batch.records import line_of
from validator.journeys.batch.run import Run
from validator.journeys.batch.waiving import absorb
from validator.journeys.results.entries import policies_document
from validator.journeys.waivers.waiving import Waiving
from validator.language.library import Library, PolicyText
from validator.language.limits import MIB
from validator.language.store import store_for
from validator.logic.batch import RollUpTable
from validator.logic.problem import InputError
from validator.logic.text import Text
from validator.render.batch.text import render

_SIGNALS = ("SIGINT", "SIGTERM")


class _Given:
    """What a batch is given, read once: policies, waivers, the list of the expected."""

    def __init__(
        self,
        options: BatchOptions,
        asked: GateOptions,
        listed: BaselineOptions,
        policies: tuple[str, ...],
        waivers: tuple[str, ...],
        law_date: date | None,
    ) -> None:
        self.options = options
        self.asked = asked
        self.law_date = law_date
        self.texts: list[PolicyText] = policy_texts(policies)
        try:
            whole = library_of(self.texts)
        except InputError as error:
            stop(error.problems)
        self.library: Library = cut_down(whole, asked)
        self.baseline = baseline_in(listed, self.library.policies)
        files = waiver_files(waivers) if waivers else WaiverFiles((), ())
        self.waivers = files._replace(waivers=selected_waivers(files.waivers, self.library))
        self.expected, self.expected_digest = _expected(options.expect)
        self.evidence = EvidenceLevel(options.evidence)

    def terms(self) -> dict[str, object]:
        """What the results depend on beside the documents."""
        waivers = [sha256(item.data).hexdigest() for item in self.waivers.files]
        return {
            "program": f"{__version__}, language {LANGUAGE_VERSION}",
            "policies": self.library.policies.digest,
            "law_date": None if self.law_date is None else self.law_date.isoformat(),
            "waivers": waivers,
            "expected": self.expected_digest,
            "evidence": self.options.evidence,
            "rows": self.options.rows,
            "gate": self.asked.gate.words(),
            "baseline": None if self.baseline is None else self.baseline.digest,
        }

    def setup(self) -> Setup:
        """What workers are told."""
        return Setup(
            tuple(self.texts),
            self.waivers.files,
            self.law_date,
            self.evidence,
            store_for(os.environ, sys.platform),
            self.options.memory_mib * MIB,
            self.asked.gate,
            self.asked.selection,
        )


def _expected(file: Path | None) -> tuple[ExpectedList | None, str | None]:
    """The list of the expected, and the digest of its file. Leaves with 2 when it can't be read."""
    if file is None:
        return None, None
    try:
        data = file.read_bytes()
        return read_expected(data, shown(file)), f"sha256:{sha256(data).hexdigest()}"
    except InputError as error:
        stop(error.problems)
    except OSError as error:
        why = error.strerror or type(error).__name__
        usage_error(f"список не читается: {shown(file)} ({why})", f"can't read the list: {shown(file)} ({why})")


def run_batch(
    paths: tuple[str, ...],
    options: BatchOptions,
    asked: GateOptions,
    listed: BaselineOptions,
    policies: tuple[str, ...],
    waivers: tuple[str, ...],
    law_date: date | None,
    shown_as: BatchOutputs | None = None,
) -> int:
    """Check the documents of the paths into the folder, say how it went, answer with the exit code.

    `shown_as` are the reports to make of the folder then.
    """
    assert options.folder is not None
    _check_place(options.folder, paths)
    _check_baseline(listed)
    given = _Given(options, asked, listed, policies, waivers, law_date)
    if options.engine == "spark":
        return _on_spark(paths, given, listed)
    if options.rows == "parquet" and find_spec("pyarrow") is None:
        usage_error(
            "для строк в Parquet нужно дополнение",
            "rows as Parquet need an extra",
            Text('pip install "sverka[parquet]"', 'pip install "sverka[parquet]"'),
        )
    folder = ResultFolder(options.folder, given.terms())
    try:
        folder.open(resume=options.resume)
    except FolderError as error:
        _refuse(error)
    except OSError as error:
        why = error.strerror or type(error).__name__
        name = shown(options.folder)
        usage_error(f"папка результатов недоступна: {name} ({why})", f"can't use the folder: {name} ({why})")
    try:
        if folder.is_complete:
            notice(Text("эта проверка уже закончена", "this run is complete already"))
        else:
            code = _judge(paths, given, folder)
            if code is not None:
                return code
    except FolderError as error:
        _refuse(error)
    finally:
        folder.close()
    if shown_as is not None:
        write_batch_outputs(options.folder, shown_as)
    return _summary(options.folder, given)


def _on_spark(paths: tuple[str, ...], given: _Given, listed: BaselineOptions) -> int:
    from validator.cli.batch_spark import run_on_spark  # noqa: PLC0415 - an extra

    if listed.file is not None:
        usage_error("--baseline не действует с --engine spark", "--baseline does not go with --engine spark")
    if STANDARD_INPUT in paths:
        usage_error("кластер не читает стандартный ввод", "a cluster does not read standard input")
    setup = given.setup()._replace(store=None, memory_bytes=None)
    ledger = _ledger(given)
    done = run_on_spark(paths, given.options.place, pack_setup(setup), given.terms(), ledger, _conclusion(given))
    return _told(done.run, done.table, given)


def _ledger(given: _Given) -> Ledger:
    expected = None if given.expected is None else frozenset(given.expected.organizations)
    return Ledger(expected, given.library.policies, given.library.vocabulary, _known(given))


def _check_place(folder: Path, paths: tuple[str, ...]) -> None:
    """Results among the documents would be taken for documents by the next run. Leaves with 2."""
    place = folder.resolve()
    for path in paths:
        if path != STANDARD_INPUT and Path(path).resolve() in (place, *place.parents):
            usage_error(
                f"папка результатов лежит среди проверяемых документов: {shown(folder)}",
                f"the folder for results lies among the documents to be checked: {shown(folder)}",
                Text("назовите папку в другом месте", "name a folder somewhere else"),
            )


def _check_baseline(listed: BaselineOptions) -> None:
    """Leaves with 2 when a batch is to write a baseline."""
    if listed.write and listed.file is not None:
        name = shown(listed.file)
        usage_error(
            "--write-baseline не сочетается с --to",
            "--write-baseline does not go with --to",
            Text(
                f"запишите список проверкой без --to, а здесь читайте его: --baseline {name}",
                f"write the list by a check without --to, and read it here: --baseline {name}",
            ),
        )


def _judge(paths: tuple[str, ...], given: _Given, folder: ResultFolder) -> int | None:
    """Do the work; the exit code when it did not come to its end, else None."""
    options = given.options
    ledger = _ledger(given)
    supervisor = Supervisor(pack_setup(given.setup()), workers_of(options.jobs), options.seconds)
    kept = _kept(given)
    progress = progress_for(paths)
    batch = Batch(folder, ledger, supervisor, kept, progress, Source(delivered(paths)))
    finished = False
    try:
        with _stopping(batch):
            finished = batch.run()
    except EngineError as error:
        notice(Text(f"процессы проверки не запускаются: {error}", f"worker processes do not start: {error}"))
        return INTERNAL
    finally:
        progress.end()
        if kept is not None:
            kept.close(finished=finished)
    if not finished:
        return _interrupted(ledger, batch)
    conclude(folder, ledger, _conclusion(given))
    return None


def _known(given: _Given) -> KnownFindings | None:
    if given.baseline is None:
        return None
    policies = given.library.policies
    return KnownFindings(Recognizer(given.baseline, policies), given.asked.gate, policies)


def _kept(given: _Given) -> KeptRecords | None:
    store = store_for(os.environ, sys.platform)
    if store is None:
        return None
    waivers = [item.data for item in given.waivers.files]
    key = results_key(
        given.texts, waivers, given.law_date, given.evidence, given.asked.gate, given.library.policies
    )
    kept = KeptRecords(store, key, notice)
    kept.open()
    return kept


def _conclusion(given: _Given) -> Conclusion:
    """What is known at the end beside what the ledger knows."""

    def warnings(lines: list[bytes]) -> Iterator[bytes]:
        """The warnings about policies and waivers."""
        waiving = Waiving(given.waivers.waivers, given.library.policies, given.library.vocabulary.root)
        for line in lines:
            absorb(waiving, line)
        told = [] if not given.waivers.waivers else told_of(waiving)
        for problem in (*given.library.warnings, *told):
            yield line_of(problem_record(problem, None))

    law_date = None if given.law_date is None else given.law_date.isoformat()
    has_evidence = given.evidence is not EvidenceLevel.NONE
    is_parquet = given.options.rows == "parquet"
    listed = policies_document(given.library.policies, given.library.vocabulary)
    return Conclusion(given.library.policies, listed, law_date, given.expected, is_parquet, has_evidence, warnings)


def _interrupted(ledger: Ledger, batch: Batch) -> int:
    sums = ledger.sums
    done = sums.evaluated + sums.quarantined + sums.repeated
    notice(
        Text(
            f"прервано; готово документов: {done}; продолжить — та же команда с --resume",
            f"interrupted; documents done: {done}; the same command with --resume goes on",
        )
    )
    return 128 + (batch.stopped or signal.SIGINT)


@contextmanager
def _stopping(batch: Batch) -> Iterator[None]:
    """The first signal stops the run in order, the second one at once."""
    seen: list[int] = []

    def handle(number: int, _: FrameType | None) -> None:
        if seen:
            os._exit(128 + number)  # workers leave when their pipes close, the system lets go of the lock
        seen.append(number)
        batch.stop(number)

    numbers = [getattr(signal, name) for name in _SIGNALS]
    if threading.current_thread() is not threading.main_thread():  # only there signals can be handled
        numbers = []
    before = [signal.signal(number, handle) for number in numbers]
    try:
        yield
    finally:
        for number, handler in zip(numbers, before, strict=True):
            signal.signal(number, handler)


def _refuse(error: FolderError) -> NoReturn:
    if error.code == 2:
        usage_error(error.message.ru, error.message.en, error.help)
    notice(error.message)
    notice(error.help)
    raise StopError(error.code)


def _endings(run: Run, given: _Given) -> dict[int, Text]:
    return endings(ENDINGS, given.asked, given.library.policies, run["exit_code"], run.get("baseline"))


def _summary(folder: Path, given: _Given) -> int:
    run = cast(Run, json.loads((folder / RUN).read_bytes()))
    table = cast(RollUpTable, json.loads((folder / "rollup.json").read_bytes()))
    return _told(run, table, given)


def _told(run: Run, table: RollUpTable, given: _Given) -> int:
    """Say how a run ended; its exit code."""
    found = run["exit_code"]
    click.echo(render(run, table, shown(given.options.place), current_language()), nl=False)
    code, told = given.asked.code(found), _endings(run, given)
    click.echo(f"{tell(Text('Код выхода', 'Exit code'))}: {code} ({tell(told[code])})")
    return code
