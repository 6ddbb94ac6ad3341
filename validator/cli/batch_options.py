"""The options of `check` for batches: results go to a folder, and the work to several processes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from validator.cli.context import tell, usage_error
from validator.logic.text import Text

if TYPE_CHECKING:
    from validator.cli.options import F

EVIDENCE = ("none", "blocking", "summary", "all")
ROWS = ("jsonl", "parquet")
ENGINES = ("local", "spark")
# What another engine than that of this machine sees to itself.
_LOCAL_ONLY = ("jobs", "resume", "time_limit", "memory_limit")
SECONDS, MEMORY_MIB = 60, 2048


class BatchOptions(NamedTuple):
    """What the command line says of a batch; `folder` None when none is wanted, `jobs` None: one per processor.

    `place` is the folder as it was written: a cluster may write to another file system.
    """

    folder: Path | None
    place: str
    engine: str
    jobs: int | None
    resume: bool
    expect: Path | None
    evidence: str
    rows: str
    seconds: float
    memory_mib: int


def batch_options(function: F) -> F:
    """The options, the folder first."""
    import click  # noqa: PLC0415 - a plain check does without it

    texts = {
        "to": Text(
            "проверить пакетом: результаты в эту новую папку, работа на все процессоры",
            "check as a batch: results into this new folder, work on all processors",
        ),
        "jobs": Text(
            "сколько процессов (иначе — по числу процессоров)", "how many processes (else one per processor)"
        ),
        "resume": Text("продолжить прерванную проверку в этой папке", "take up the interrupted run in that folder"),
        "expect": Text(
            "список ожидаемых организаций: ИНН в начале строки",
            "the expected organizations: lines beginning with an INN",
        ),
        "evidence": Text(
            "какие выводы объяснить: ни одного, блокирующие, summary — все, кроме выводов о людях, или все (долго)",
            "which findings to explain: none, blocking ones, summary: all but those about persons, or all (slow)",
        ),
        "rows": Text(
            "в каком виде строки вердиктов (parquet — с дополнением)",
            "the form of verdict rows (parquet is an extra)",
        ),
        "engine": Text(
            "где работать: на этом компьютере или на кластере Spark (с дополнением)",
            "where to work: on this computer or on a Spark cluster (an extra)",
        ),
        "seconds": Text("сколько секунд может занять один документ", "how many seconds one document may take"),
        "memory": Text("сколько МиБ памяти может занять процесс", "how many MiB of memory a process may take"),
    }
    number, file = tell(Text("ЧИСЛО", "NUMBER")), tell(Text("ФАЙЛ", "FILE"))
    options = (
        click.option(
            "--to",
            "to",
            type=click.Path(),
            metavar=tell(Text("ПАПКА", "FOLDER")),
            help=tell(texts["to"]),
        ),
        click.option("--jobs", type=click.IntRange(1, 512), metavar=number, help=tell(texts["jobs"])),
        click.option("--resume", is_flag=True, help=tell(texts["resume"])),
        click.option("--expect", type=click.Path(path_type=Path), metavar=file, help=tell(texts["expect"])),
        click.option("--evidence", type=click.Choice(EVIDENCE), help=tell(texts["evidence"])),
        click.option("--rows", type=click.Choice(ROWS), help=tell(texts["rows"])),
        click.option("--engine", type=click.Choice(ENGINES), help=tell(texts["engine"])),
        click.option("--time-limit", type=click.FloatRange(0.1), metavar=number, help=tell(texts["seconds"])),
        click.option("--memory-limit", type=click.IntRange(64), metavar=number, help=tell(texts["memory"])),
    )
    for option in reversed(options):
        function = option(function)
    return function


def batch_of(given: dict[str, object]) -> BatchOptions:
    """The options as click gives them. Leaves with 2 for one that means nothing without `--to`."""
    to, expect = given["to"], given["expect"]
    if to is None:
        names = ("jobs", "resume", "expect", "evidence", "rows", "engine", "time_limit", "memory_limit")
        named = next((name for name in names if given[name]), None)
        if named is not None:
            flag = f"--{named.replace('_', '-')}"
            usage_error(
                f"{flag} ничего не значит без --to",
                f"{flag} means nothing without --to",
                Text("назовите папку для результатов: --to ПАПКА", "name a folder for the results: --to FOLDER"),
            )
    engine = str(given["engine"] or ENGINES[0])
    if engine != ENGINES[0]:
        _check_engine(engine, given)
    jobs, seconds, memory = given["jobs"], given["time_limit"], given["memory_limit"]
    return BatchOptions(
        None if to is None else Path(str(to)),
        "" if to is None else str(to),
        engine,
        jobs if isinstance(jobs, int) else None,
        bool(given["resume"]),
        expect if isinstance(expect, Path) else None,
        str(given["evidence"] or "none"),
        str(given["rows"] or "jsonl"),
        seconds if isinstance(seconds, float) else SECONDS,
        memory if isinstance(memory, int) else MEMORY_MIB,
    )


def _check_engine(engine: str, given: dict[str, object]) -> None:
    """Leaves with 2 for an option that another engine has no use for."""
    named = next((name for name in _LOCAL_ONLY if given[name]), "rows" if given["rows"] == "parquet" else None)
    if named is not None:
        flag = f"--{named.replace('_', '-')}"
        usage_error(
            f"{flag} не действует с --engine {engine}",
            f"{flag} does not go with --engine {engine}",
            Text("уберите этот ключ: кластер следит за этим сам", "drop it: the cluster sees to that itself"),
        )
