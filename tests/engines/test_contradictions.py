"""Documents that contradict or repeat one another, and lists of those that should be there."""

from __future__ import annotations

import itertools
import json
import sys
from collections.abc import Callable
from typing import Any

import pytest
from batch_place import WAIVER, Place, Ran, check_folder, inn, snapshot
from batch_steps import Runs

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="processes are forked")
Call = Callable[..., Ran]
ROWS = ("organizations", "verdicts", "findings")


@pytest.fixture
def sverka(runs: Runs, place: Place) -> Call:
    """Runs the command in the place, quickly."""

    def call(to: str, *more: str, at: int = 0, what: str = "") -> Ran:
        code, _ = runs.run(place.path, place.arguments(to, *more), at, what, SVERKA_CACHE="off")
        told = (place.path / "told.txt").read_text(encoding="utf-8")
        if code >= 0 and (place.path / to / "run.json").exists():
            check_folder(place.path / to)
        return Ran(code, told, told)

    return call


def figures(place: Place, to: str) -> dict[str, Any]:
    """The roll-up without what it says of the input."""
    table: dict[str, Any] = json.loads((place.path / to / "rollup.json").read_bytes())
    return {name: part for name, part in table.items() if name not in ("coverage", "complete")}


def inputs(place: Place, to: str) -> dict[str, int]:
    found: dict[str, int] = json.loads((place.path / to / "run.json").read_bytes())["inputs"]
    return found


# --- contradictions ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("waived", [False, True])
@pytest.mark.parametrize("order", list(itertools.permutations(["a", "b", "c"]))[:4])
def test_of_documents_that_contradict_each_other_nothing_is_left(
    place: Place, sverka: Call, order: tuple[str, ...], waived: bool
) -> None:
    """No row, no figure of any of them; the roll-up is that of a run without them."""
    more = []
    if waived:
        (place.path / "waivers.yaml").write_text(WAIVER.format(inn=inn(1)), encoding="utf-8")
        more = ["--waivers", "waivers.yaml"]
    place.fill(7)
    (place.documents / "001.json").unlink()
    assert sverka("without", *more).code == 1
    for number, name in enumerate(order):
        place.add(f"{name}.json", 1, name=f"Школа {number}", region="23")
    ran = sverka("out", *more)
    assert ran.code == 1, ran.err
    assert place.aside("out") == {f"{name}.json": ["conflict"] for name in "abc"}
    found, wanted = place.results("out"), place.results("without")
    for name in (*ROWS, "warnings"):
        assert found[f"{name}.jsonl"] == wanted[f"{name}.jsonl"], name
    assert inn(1).encode() not in b"".join(found[f"{name}.jsonl"] for name in ROWS)
    assert figures(place, "out") == figures(place, "without")
    assert inputs(place, "out") == inputs(place, "without") | {"documents": 9, "quarantined": 3}


def test_facts_of_another_day_contradict_nothing(place: Place, sverka: Call) -> None:
    place.add("a.json", 1)
    place.add("b.json", 1, as_of="2025-11-01")
    sverka("out")
    assert place.aside("out") == {}
    assert inputs(place, "out")["organizations"] == 1
    assert [row["code"] for row in place.rows("out", "warnings")] == ["several-days"]


def test_a_document_given_twice_counts_once_aloud(place: Place, sverka: Call) -> None:
    place.fill(3)
    assert sverka("once").code == 1
    place.add("zz.json", 1)
    assert sverka("out").code == 1
    for name in ROWS:
        assert place.results("out")[f"{name}.jsonl"] == place.results("once")[f"{name}.jsonl"]
    assert [row["code"] for row in place.rows("out", "warnings")] == ["repeated-snapshot"]
    assert inputs(place, "out") == inputs(place, "once") | {"repeated": 1}
    assert figures(place, "out") == figures(place, "once")


def test_a_file_that_is_named_twice_is_one_document(place: Place, runs: Runs) -> None:
    place.fill(3)
    for to, paths in (("once", ["in"]), ("twice", ["in", "in/001.json", "./in/002.json", "in"])):
        code, _ = runs.run(place.path, ["check", *paths, "--policies", "policies", "--to", to], SVERKA_CACHE="off")
        assert code == 1
    assert place.results("once") == place.results("twice")


def test_contradictions_of_what_is_repeated_are_taken_back_once(place: Place, sverka: Call) -> None:
    """Documents of one file, of one organization and day: one, itself again, another, that again."""
    place.fill(1)
    one, other = snapshot(1), snapshot(1, name="Другая школа")
    (place.documents / "many.ndjson").write_bytes(b"\n".join([one, one, other, other, one, b""]))
    assert sverka("out").code == 3
    counts = inputs(place, "out")
    assert (counts["evaluated"], counts["quarantined"], counts["repeated"]) == (1, 2, 3)
    assert place.aside("out") == {
        "many.ndjson:1": ["conflict"],
        "many.ndjson:3": ["conflict"],
    }


@pytest.mark.parametrize("at", range(15, 120, 15))
def test_contradictions_are_known_over_an_interruption(place: Place, sverka: Call, at: int) -> None:
    place.fill(4)
    place.add("a.json", 1, name="Другая школа")
    place.add("b.json", 2)
    place.add("c.json", 3, name="Ещё одна")
    place.add("d.json", 3, name="И ещё одна")
    assert sverka("good").code == 3
    assert sverka("out", at=at, what="kill").code == -9
    assert sverka("out", "--resume").code == 3
    assert place.results("out") == place.results("good")


# --- who should be there ----------------------------------------------------------------------------------------


def expect(place: Place, data: bytes, sverka: Call, to: str = "out") -> Ran:
    (place.path / "expected.csv").write_bytes(data)
    return sverka(to, "--expect", "expected.csv")


def test_who_is_missing_and_who_is_unexpected_is_told(place: Place, sverka: Call) -> None:
    place.fill(3)
    ran = expect(place, "\n".join([inn(0), inn(1), inn(8), inn(9)]).encode(), sverka)
    assert ran.code == 1, ran.err
    run = json.loads((place.path / "out" / "run.json").read_bytes())
    assert run["expected"] == {"organizations": 4, "missing": 2, "unexpected": 1}
    assert [row["organization"] for row in place.rows("out", "missing")] == sorted([inn(8), inn(9)])
    assert place.aside("out") == {"002.json": ["unexpected-organization"]}
    assert run["inputs"]["documents"] == run["inputs"]["evaluated"] + run["inputs"]["quarantined"] == 3
    assert inn(2).encode() not in b"".join(place.results("out")[f"{name}.jsonl"] for name in ROWS)


def test_somebody_missing_is_no_pass(place: Place, sverka: Call) -> None:
    place.add("a.json", 0)
    assert expect(place, inn(0).encode(), sverka, "all").code == 0
    assert expect(place, f"{inn(0)}\n{inn(1)}".encode(), sverka).code == 3


def test_whose_documents_contradict_each_other_is_missing(place: Place, sverka: Call) -> None:
    place.add("a.json", 0)
    place.add("b.json", 0, name="Другая школа")
    assert expect(place, inn(0).encode(), sverka).code == 3
    assert [row["organization"] for row in place.rows("out", "missing")] == [inn(0)]


@pytest.mark.parametrize(
    "text",
    [
        "{0}\n{1}\n",
        "{0}\r\n{1}\r\n",
        "\ufeff{0}\n{1}",
        "# школы\n\n{0};Школа № 0\n{1};Школа № 1\n",
        "inn\n{0}\n{1}\n",
        "\ufeffINN;name\r\n{0};Школа № 0\r\n{1};\r\n",
        'name,inn\nШкола № 0,{0}\n"Школа, та самая",{1}\n',
        "region\tinn\tkind\n78\t{0}\tschool\n78\t{1}\tschool\n",
    ],
)
def test_lists_are_read_as_people_save_them(place: Place, sverka: Call, text: str) -> None:
    place.fill(2)
    ran = expect(place, text.format(inn(0), inn(1)).encode(), sverka)
    assert ran.code == 1, ran.err
    run = json.loads((place.path / "out" / "run.json").read_bytes())
    assert run["expected"] == {"organizations": 2, "missing": 0, "unexpected": 0}


@pytest.mark.parametrize(
    ("data", "code", "line"),
    [
        (b"", "expected-empty", None),
        (b"# nobody\n\n", "expected-empty", None),
        (b"inn\n", "expected-empty", None),
        ("ИНН".encode("cp1251"), "expected-encoding", None),
        (b"number;name\n", "expected-header", 1),
        (b"inn;nmae\n7800000002;x\n", "expected-column", 1),
        (b"7800000002\n7800000003\n", "expected-inn", 2),
        (b"7800000002\nnobody\n", "expected-inn", 2),
        (b"7800000002\n\n7800000002\n", "expected-twice", 3),
    ],
)
def test_a_list_that_is_wrong_is_told_of_before_any_work(
    place: Place, sverka: Call, data: bytes, code: str, line: int | None
) -> None:
    place.fill(2)
    ran = expect(place, data, sverka)
    assert ran.code == 2
    assert f"[{code}]" in ran.err
    assert line is None or f"expected.csv:{line}:" in ran.err
    assert not (place.path / "out").exists()
