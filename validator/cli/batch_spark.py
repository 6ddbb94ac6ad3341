"""`sverka check --to FOLDER --engine spark`: the batch on a Spark cluster, or on the Spark of this machine."""

from __future__ import annotations

import os
import sys
import warnings
from importlib.util import find_spec
from typing import TYPE_CHECKING, NoReturn

from validator.cli.context import INTERNAL, StopError, notice, shown, usage_error
from validator.engines.folder.conclude import Conclusion
from validator.journeys.batch.ledger import Ledger
from validator.logic.text import Text

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

    from validator.engines.spark.places import Listing
    from validator.engines.spark.run import Finished

_HERE = "local[*]"
# Tasks for each core: the last of them do not keep the others waiting for long.
_TASKS_PER_CORE = 3


def run_on_spark(
    paths: tuple[str, ...],
    to: str,
    setup: bytes,
    terms: dict[str, object],
    ledger: Ledger,
    conclusion: Conclusion,
) -> Finished:
    """Judge the documents into a new folder, either of them wherever Spark reads and writes.

    Leaves with 2 when the input or the folder can't be used, and with 4 when the cluster gives up; then nothing
    stands under a final name.
    """
    _require()
    spark = _session()
    try:
        return _run(spark, paths, to, setup, terms, ledger, conclusion)
    finally:
        spark.stop()


def _run(
    spark: SparkSession,
    paths: tuple[str, ...],
    to: str,
    setup: bytes,
    terms: dict[str, object],
    ledger: Ledger,
    conclusion: Conclusion,
) -> Finished:
    from py4j.protocol import Py4JError  # type: ignore[import-untyped]  # noqa: PLC0415 - comes with Spark
    from pyspark.errors import PySparkException  # noqa: PLC0415 - an extra

    from validator.engines.spark.places import InputError, listing  # noqa: PLC0415
    from validator.engines.spark.run import Job, run  # noqa: PLC0415
    from validator.engines.spark.target import Target  # noqa: PLC0415

    try:
        listed = listing(spark, paths)
        _tell(listed)
        target = Target(spark, to)
        if not target.is_free():
            usage_error(
                f"папка результатов не пуста: {shown(to)}",
                f"the folder for results is not empty: {shown(to)}",
                Text("назовите новую папку", "name a new folder"),
            )
        tasks = spark.sparkContext.defaultParallelism * _TASKS_PER_CORE
        return run(spark, listed, target, ledger, Job(setup, terms, conclusion), tasks)
    except InputError as error:
        usage_error(error.text.ru, error.text.en, error.help)
    except (Py4JError, PySparkException, OSError) as error:
        _gave_up(error)


def _require() -> None:
    if find_spec("pyspark") is None or find_spec("pyarrow") is None:
        usage_error(
            "для --engine spark нужно дополнение",
            "--engine spark needs an extra",
            Text('pip install "sverka[spark]"', 'pip install "sverka[spark]"'),
        )


def _session() -> SparkSession:
    """The session of the cluster that `spark-submit` names, or of this machine. Leaves with 2 without Java."""
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    own = os.environ.get("LC_ALL") or os.environ.get("LC_CTYPE") or os.environ.get("LANG") or ""
    if sys.platform == "linux" and not own.lower().replace("-", "").endswith("utf8"):
        os.environ["LC_ALL"] = "C.UTF-8"  # otherwise Java can't name a file that has Russian letters
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from py4j.protocol import Py4JError  # noqa: PLC0415 - comes with Spark
        from pyspark import SparkConf  # noqa: PLC0415 - an extra
        from pyspark.errors import PySparkRuntimeError  # noqa: PLC0415
        from pyspark.sql import SparkSession  # noqa: PLC0415

    try:
        builder = SparkSession.builder.appName("sverka").config("spark.ui.showConsoleProgress", "false")
        master = str(SparkConf().get("spark.master", _HERE))
        if master.startswith("local"):
            os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
            builder = builder.master(master).config("spark.ui.enabled", "false")
        session = builder.getOrCreate()
    except PySparkRuntimeError:
        usage_error(
            "Spark не запускается: ему нужна Java 17 или новее",
            "Spark does not start: it needs Java 17 or newer",
            Text("проверьте `java -version` и JAVA_HOME", "check `java -version` and JAVA_HOME"),
        )
    except Py4JError as error:
        _gave_up(error)
    session.sparkContext.setLogLevel("ERROR")
    return session


def _tell(listed: Listing) -> None:
    """Leaves with 2 when there is no document."""
    if listed.passed_over:
        number, first = len(listed.passed_over), shown(listed.passed_over[0])
        notice(
            Text(
                f"в папках есть файлы, которые не снимки: {number} (первый: {first})",
                f"folders hold files that are no snapshots: {number} (the first: {first})",
            )
        )
    if not listed.places:
        usage_error("не найдено ни одного снимка", "no snapshot was found")


def _gave_up(error: Exception) -> NoReturn:
    java = getattr(error, "java_exception", None)
    lines = str(error if java is None else java.toString()).strip().splitlines() or [type(error).__name__]
    notice(Text(f"кластер не справился: {shown(lines[0])}", f"the cluster gave up: {shown(lines[0])}"))
    notice(
        Text(
            "под окончательными именами ничего не записано; повторите ту же команду",
            "nothing was written under a final name; run the same command again",
        )
    )
    raise StopError(INTERNAL) from error
