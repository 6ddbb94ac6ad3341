"""A batch on Spark: the rows of one machine, byte for byte, and nothing half-done under a final name."""

from __future__ import annotations

import gzip
import io
import json
import shutil
import sys
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from spark_runs import ROWS, by_one_machine, by_spark, read, rows

from validator.engines.spark import run as spark_run
from validator.engines.spark.judging import Task
from validator.engines.spark.places import InputError, listing
from validator.journeys.batch.judging import EvidenceLevel

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="Spark on Windows needs more than Java"),
    pytest.mark.filterwarnings("ignore"),
]
FIXTURES = Path(__file__).parents[2] / "fixtures"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with organizations in `in/`; the current one."""
    shutil.copytree(FIXTURES / "organizations", tmp_path / "in")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def every_kind_of_file(folder: Path) -> None:
    """Lines, an archive, an array, and what can't be read, is repeated, or is contradicted."""
    given = sorted(folder.glob("*.json"))
    texts = [json.loads(file.read_text(encoding="utf-8")) for file in given]
    several = [json.dumps(text | {"as_of": "2026-01-15"}, ensure_ascii=False) for text in texts]
    (folder / "lines.ndjson").write_text("\n".join([*several[:2], "{broken"]) + "\n", encoding="utf-8")
    (folder / "more.ndjson.gz").write_bytes(gzip.compress(several[2].encode() + b"\n", mtime=0))
    (folder / "array.json").write_text(f"[{several[3]}, {several[4]}]", encoding="utf-8")
    with zipfile.ZipFile(folder / "archive.zip", "w") as archive:
        archive.writestr("inner/one.json", several[5])
        archive.writestr("readme.txt", "no snapshot")
    (folder / "cut.zip").write_bytes((folder / "archive.zip").read_bytes()[:-30])
    (folder / "empty.json").write_bytes(b"")
    (folder / "again.json").write_bytes(given[0].read_bytes())
    contrary = texts[1] | {"source": "survey"}
    (folder / "contrary.json").write_text(json.dumps(contrary, ensure_ascii=False), encoding="utf-8")
    (folder / "notes.txt").write_text("passed over", encoding="utf-8")
    (folder / "имя с пробелом [1] и %20.json").write_text(several[6], encoding="utf-8")


def test_rows_are_those_of_one_machine_whatever_the_files_hold(spark: Any, place: Path) -> None:
    every_kind_of_file(place / "in")
    assert by_one_machine(place, "local") == 1
    run = by_spark(spark, "cluster")
    local = read(place / "local", "run.json")
    assert {name: rows(place / "cluster", name) for name in ROWS} == {
        name: rows(place / "local", name) for name in ROWS
    }
    assert read(place / "cluster", "rollup.json") == read(place / "local", "rollup.json")
    for same in ("inputs", "counts", "coverage", "exit_code", "policy_set"):
        assert run[same] == local[same], same
    assert run["inputs"]["quarantined"] >= 4
    assert run["inputs"]["repeated"] == 1
    assert sorted(one.name for one in (place / "cluster").iterdir() if not one.name.endswith(".crc")) == sorted(
        one.name for one in (place / "local").iterdir()
    )


def test_evidence_and_the_day_of_the_law_are_those_of_one_machine(spark: Any, place: Path) -> None:
    for file in sorted((place / "in").iterdir())[4:]:
        file.unlink()
    by_one_machine(place, "local", "--evidence", "all", "--as-of", "2026-03-01")
    by_spark(spark, "cluster", evidence=EvidenceLevel.ALL, law_date=date(2026, 3, 1))
    assert rows(place / "cluster", "findings") == rows(place / "local", "findings")


class FailsOnce(Task):
    """A task that is lost in the midst of its rows when it is tried first."""

    always = False

    def __call__(self, batches: Any) -> Any:
        from pyspark import TaskContext

        context = TaskContext.get()
        assert context is not None
        for number, batch in enumerate(super().__call__(batches)):
            yield batch
            if self.always or (context.attemptNumber() == 0 and number == 0):
                raise RuntimeError("the executor is lost")


class FailsAlways(FailsOnce):
    """A task that is lost however often it is tried."""

    always = True


@pytest.fixture
def by_value() -> Any:
    """Executors know nothing of the modules of tests."""
    from pyspark import cloudpickle

    cloudpickle.register_pickle_by_value(sys.modules[__name__])
    yield
    cloudpickle.unregister_pickle_by_value(sys.modules[__name__])


@pytest.mark.usefixtures("by_value")
def test_a_task_that_is_lost_is_tried_again_and_nothing_comes_twice(
    spark: Any, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    by_one_machine(place, "local")
    monkeypatch.setattr(spark_run, "Task", FailsOnce)
    by_spark(spark, "cluster")
    assert rows(place / "cluster", "verdicts") == rows(place / "local", "verdicts")


@pytest.mark.usefixtures("by_value")
def test_a_run_that_fails_leaves_nothing_under_a_final_name(
    spark: Any, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spark_run, "Task", FailsAlways)
    with pytest.raises(Exception, match="lost"):
        by_spark(spark, "cluster")
    assert [one.name for one in (place / "cluster").iterdir()] == [".run"]


def test_what_spark_does_not_show_is_looked_for(spark: Any, place: Path) -> None:
    for name in ("empty.json", "notes.txt", "_SUCCESS", ".hidden.json"):
        (place / "in" / name).write_bytes(b"")
    found = listing(spark, ["in"])
    assert (len(found.places), len(found.empty)) == (28, 1)
    assert found.passed_over == ["in/_SUCCESS", "in/notes.txt"]


def test_a_snapshot_that_spark_would_not_read_is_refused(spark: Any, place: Path) -> None:
    (place / "in" / "_hidden.json").write_bytes(b"{}")
    with pytest.raises(InputError, match="_hidden"):
        listing(spark, ["in"])


def test_a_path_that_does_not_exist_is_one_clear_error(spark: Any, place: Path) -> None:
    with pytest.raises(InputError) as caught:
        listing(spark, ["nowhere"])
    assert "nowhere" in caught.value.text.ru
    assert place.is_dir()


def test_documents_in_memory_are_those_on_the_disk(place: Path) -> None:
    from validator.snapshots.stream import PassedOver, documents
    from validator.snapshots.stream.deliveries import documents_in

    every_kind_of_file(place / "in")
    for file in sorted((place / "in").iterdir()):
        if file.suffix == ".txt":
            continue
        data = file.read_bytes()
        inside = list(documents_in(f"in/{file.name}", io.BytesIO(data), len(data), PassedOver()))
        assert inside == list(documents(f"in/{file.name}", PassedOver()))
