"""`sverka report --trend`: dates side by side, what changed, who came and went, and nothing exact about persons."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from validator.cli.main import run
from validator.resources import organizations_folder, schema_bytes

STAFFROOM, REFUSALS, LOGIN = "3599001029", "school-refusals-working-channel.yaml", "school-order-behind-login.json"
SCHEMA: dict[str, Any] = json.loads(schema_bytes("trend"))


def report(*words: object) -> int:
    return run(["report", *map(str, words)])


def _staffroom(day: str, service: str) -> str:
    text = (organizations_folder() / "school-staff-room-telegram.yaml").read_text("utf-8")
    text = text.replace("as_of: 2025-12-05", f"as_of: {day}").replace("platform: telegram", f"platform: {service}")
    assert day in text
    return text.replace("service: telegram", f"service: {service}")


@pytest.fixture(scope="module")
def dates(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, Path]:
    """A school that leaves Telegram between the first and the second date; another comes, a third goes.

    The second date is the folder of a batch.
    """
    place = tmp_path_factory.mktemp("dates")
    given = {
        "one": {"a.yaml": _staffroom("2025-12-05", "telegram"), LOGIN: None},
        "two": {"a.yaml": _staffroom("2025-12-20", "max"), REFUSALS: None},
        "three": {"a.yaml": _staffroom("2026-02-20", "max"), REFUSALS: None},
    }
    for name, files in given.items():
        (place / name).mkdir()
        for file, made in files.items():
            text = made or (organizations_folder() / file).read_text("utf-8")
            if name == "three" and made is None:
                text = text.replace("as_of: 2025-12-15", "as_of: 2026-02-19")
            (place / name / file).write_text(text, encoding="utf-8")
    run(["check", str(place / "one"), "-o", f"json={place / 'one.json'}"])
    run(["check", str(place / "two"), "--to", str(place / "batch"), "--jobs", "1"])
    run(["check", str(place / "three"), "--results", "findings", "-o", f"json={place / 'three.json'}"])
    return place / "one.json", place / "batch", place / "three.json"


def trend_of(*saved: Path, to: Path) -> dict[str, Any]:
    assert report("--trend", *saved, "-o", f"json={to / 'trend.json'}") == 0
    found: dict[str, Any] = json.loads((to / "trend.json").read_bytes())
    return found


@pytest.fixture
def trend(dates: tuple[Path, ...], tmp_path: Path) -> dict[str, Any]:
    return trend_of(dates[2], dates[0], dates[1], to=tmp_path)


def test_it_is_what_the_published_schema_describes(trend: dict[str, Any]) -> None:
    closed = json.loads(json.dumps(SCHEMA))
    for part in (closed, *closed["$defs"].values()):
        part["additionalProperties"] = False
    Draft202012Validator(closed).validate(trend)


def test_dates_come_in_the_order_of_their_facts(trend: dict[str, Any], dates: tuple[Path, ...]) -> None:
    assert [Path(one["name"]).name for one in trend["dates"]] == [file.name for file in dates]
    last_days = [one["fact_dates"][1] for one in trend["dates"]]
    assert last_days == sorted(last_days) == ["2025-12-05", "2025-12-20", "2026-02-20"]


def test_the_figures_are_those_of_each_roll_up(trend: dict[str, Any], dates: tuple[Path, ...]) -> None:
    rollup = json.loads((dates[1] / "rollup.json").read_bytes())
    assert trend["total"][1]["judgements"] == rollup["total"]["judgements"]
    places = {(row["region"], row["municipality"]): row for row in rollup["by_municipality"]}
    for place in trend["by_municipality"]:
        row = places.get((place["region"], place["municipality"]))
        figures = place["dates"][1]
        assert (figures and figures["judgements"]) == (row and row["judgements"])
    policies = {row["policy"]: row for row in rollup["by_policy"]}
    for policy in trend["by_policy"]:
        row = policies[policy["policy"]]
        assert policy["dates"][1]["persons"] == row["persons"]
        assert policy["dates"][1]["judgements"] == row["judgements"]


def test_who_came_and_who_went_is_named(trend: dict[str, Any], dates: tuple[Path, ...]) -> None:
    one = {row["organization"] for row in json.loads(dates[0].read_bytes())["organizations"]}
    three = {row["organization"] for row in json.loads(dates[2].read_bytes())["organizations"]}
    first, second = trend["organizations"]
    assert {row["organization"] for row in first["appeared"]} == three - one != set()
    assert {row["organization"] for row in first["left"]} == one - three != set()
    assert second == {"appeared": [], "left": []}


def test_what_changed_is_told_of_organizations_that_both_dates_have(trend: dict[str, Any]) -> None:
    assert {change["organization"] for change in trend["changes"]} == {STAFFROOM}
    fixed = {c["policy"] for c in trend["changes"] if (c["first"], c["last"]) == ("violation", "fine")}
    assert {"FM149-BAN", "FM149-PD"} <= fixed
    counted = {(c["policy"], c["first"], c["last"]): c["organizations"] for c in trend["change_counts"]}
    assert sum(counted.values()) == len(trend["changes"])
    assert counted["FM149-PD", "violation", "fine"] == 1


def test_what_turned_from_a_violation_to_an_unknown_is_not_fine(dates: tuple[Path, ...], tmp_path: Path) -> None:
    last = json.loads(dates[2].read_bytes())
    unsettled = next(one for one in json.loads(dates[0].read_bytes())["results"] if one["verdict"] == "violation")
    unsettled |= {"verdict": "unknown", "as_of": "2026-02-20", "organization": STAFFROOM}
    last["results"].append(unsettled)
    last["counts"]["unknown"] += 1
    file = tmp_path / "last.json"
    file.write_text(json.dumps(last))
    found = trend_of(dates[0], file, to=tmp_path)
    changes = {c["policy"]: (c["first"], c["last"]) for c in found["changes"]}
    assert changes[unsettled["policy"]] == ("violation", "unknown")


def test_no_change_is_told_of_a_norm_about_persons(trend: dict[str, Any]) -> None:
    about_persons = {one["policy"] for one in trend["by_policy"] if one["about_persons"]}
    assert about_persons
    assert about_persons.isdisjoint(change["policy"] for change in trend["changes"])
    for policy in trend["by_policy"]:
        if policy["about_persons"]:
            assert all(one is None or one["judgements"] is None for one in policy["dates"])
            assert all(one is None or one["organizations"] is None for one in policy["dates"])


def test_what_changed_under_a_norm_about_persons_is_not_told_either(
    dates: tuple[Path, ...], tmp_path: Path
) -> None:
    """All unknowns of one such norm are settled on the last date; nobody learns in which organization."""
    first, last = (json.loads(dates[place].read_bytes()) for place in (0, 2))
    about_persons = {one["policy"] for one in last["policies"] if one["about_persons"]}
    of_both = [
        {(r["policy"]) for r in saved["results"] if r["organization"] == STAFFROOM and r["verdict"] == "unknown"}
        for saved in (first, last)
    ]
    policy = min(of_both[0] & of_both[1] & about_persons)
    for result in last["results"]:
        if result["organization"] == STAFFROOM and result["policy"] == policy and result["verdict"] == "unknown":
            result |= {"verdict": "ok", "reason": "met"}
            last["counts"]["unknown"] -= 1
            last["counts"]["ok"]["met"] += 1
    (tmp_path / "last.json").write_text(json.dumps(last))
    found = trend_of(dates[0], tmp_path / "last.json", to=tmp_path)
    assert policy not in {change["policy"] for change in found["changes"]}
    assert policy not in {change["policy"] for change in found["change_counts"]}


def test_small_numbers_of_persons_stand_in_no_format(
    dates: tuple[Path, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert report("--trend", *dates, "-o", "text", "-o", f"markdown={tmp_path / 't.md'}") == 0
    text = capsys.readouterr().out
    assert "<5" in text
    assert "&#60;5" in (tmp_path / "t.md").read_text("utf-8") or "<5" in (tmp_path / "t.md").read_text("utf-8")
    assert "о скрытом ничего точного не говорит" in text
    for ref in ("p_s7", "g_s7"):
        assert ref not in text + (tmp_path / "t.md").read_text("utf-8")


def test_the_roadmap_and_the_decisions_tell_the_transfer(trend: dict[str, Any]) -> None:
    transfer = {one["policy"] for one in trend["by_policy"] if one["transfer"]}
    assert {"XF-AUTO", "XF-WHEN", "RM-END", "RM-POSTER"} <= transfer
    assert "FM-BAN" not in transfer
    decision = next(one for one in trend["by_policy"] if one["policy"] == "XF-WHEN")
    assert [one["judgements"]["decisions"] for one in decision["dates"]]


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("name", ["text", "markdown", "html"])
def test_every_format_shows_all_dates(name: str, language: str, dates: tuple[Path, ...], tmp_path: Path) -> None:
    assert report("--trend", *dates, "-o", f"{name}={tmp_path / 'out'}", "--lang", language) == 0
    text = (tmp_path / "out").read_text("utf-8")
    for day in ("2025-12-05", "2025-12-20", "2026-02-20"):
        shown = ".".join(reversed(day.split("-"))) if language == "ru" else day
        assert shown in text


def test_a_workbook_holds_numbers_codes_and_no_formula(dates: tuple[Path, ...], tmp_path: Path) -> None:
    calamine = pytest.importorskip("python_calamine")
    assert report("--trend", *dates, "-o", f"xlsx={tmp_path / 'a.xlsx'}") == 0
    assert report("--trend", *reversed(dates), "-o", f"xlsx={tmp_path / 'b.xlsx'}") == 0
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    book = calamine.CalamineWorkbook.from_path(str(tmp_path / "a.xlsx"))
    assert book.sheet_names == ["Сводка", "Ход перехода", "Политики", "Муниципалитеты", "Организации", "Изменения"]
    changes = book.get_sheet_by_name("Изменения").to_python()
    assert [row[0] for row in changes[1:]] == [STAFFROOM] * (len(changes) - 1) != []
    policies = book.get_sheet_by_name("Политики").to_python()
    assert any(value == "<5" for row in policies for value in row)
    assert any(isinstance(value, float | int) for row in policies[1:] for value in row)


def test_texts_are_in_the_language_asked_for(dates: tuple[Path, ...], capsys: pytest.CaptureFixture[str]) -> None:
    report("--trend", *dates, "--lang", "en")
    names = {row["name"] for file in (dates[0], dates[2]) for row in json.loads(file.read_bytes())["organizations"]}
    places = {
        row["municipality"]
        for file in (dates[0], dates[2])
        for row in json.loads(file.read_bytes())["organizations"]
    }
    text = capsys.readouterr().out
    for known in (*names, *places):
        text = text.replace(known or "", "")
    assert not re.findall("[А-Яа-яЁё]+", text)


def test_a_name_is_nothing_but_text(dates: tuple[Path, ...], tmp_path: Path) -> None:
    first, last = (json.loads(dates[place].read_bytes()) for place in (0, 2))
    name = "=1+1|<script>alert(1)</script>\x1b[31m\n| a | b |"
    for number, saved in enumerate((first, last)):
        for row in saved["organizations"]:
            row["name"] = row["municipality"] = name
        (tmp_path / f"{number}.json").write_text(json.dumps(saved))
    files = [tmp_path / f"{number}.json" for number in (0, 1)]
    assert report("--trend", *files, "-o", f"text={tmp_path / 't'}", "-o", f"markdown={tmp_path / 'm'}") == 0
    assert "\x1b" not in (tmp_path / "t").read_text("utf-8") + (tmp_path / "m").read_text("utf-8")
    assert "<script" not in (tmp_path / "m").read_text("utf-8")
    tables = [line for line in (tmp_path / "m").read_text("utf-8").splitlines() if line.startswith("|")]
    assert {line.count("|") for line in tables if "&#61;1&#43;1" in line or "script" in line} <= {5, 6}


# --- what can't be compared ---------------------------------------------------------------------------------------


def test_one_date_is_not_enough(dates: tuple[Path, ...], capsys: pytest.CaptureFixture[str]) -> None:
    assert report("--trend", dates[0]) == 2
    assert "не меньше двух дат" in capsys.readouterr().err


def test_the_same_days_twice_are_refused(
    dates: tuple[Path, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = tmp_path / "copy.json"
    copy.write_bytes(dates[0].read_bytes())
    assert report("--trend", dates[0], copy) == 2
    assert "trend-same-days" in capsys.readouterr().err


def test_dates_that_end_on_one_day_are_numbered(
    dates: tuple[Path, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    earlier = json.loads(dates[2].read_bytes())
    for row in (*earlier["organizations"], *earlier["results"]):
        row["as_of"] = "2026-02-18" if row["as_of"] == "2026-02-19" else row["as_of"]
    (tmp_path / "earlier.json").write_text(json.dumps(earlier))
    assert report("--trend", dates[2], tmp_path / "earlier.json") == 0
    told = capsys.readouterr().out
    assert "1) 20.02.2026" in told
    assert "2) 20.02.2026" in told


def test_results_without_organizations_are_refused(
    dates: tuple[Path, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "broken.yaml").write_text("a: [", encoding="utf-8")
    assert run(["check", str(tmp_path / "broken.yaml"), "-o", f"json={tmp_path / 'none.json'}"]) == 3
    assert report("--trend", dates[0], tmp_path / "none.json") == 2
    assert "trend-empty" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["sarif", "junit", "gitlab", "jsonl"])
def test_formats_of_a_gate_compare_nothing(
    name: str, dates: tuple[Path, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert report("--trend", *dates, "-o", name) == 2
    assert "неизвестный формат" in capsys.readouterr().err


def test_pages_of_organizations_do_not_go_with_it(
    dates: tuple[Path, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert report("--trend", *dates, "--split-by", "organization") == 2
    assert "--split-by не сочетается с --trend" in capsys.readouterr().err


def test_other_policies_and_other_law_are_said_aloud(dates: tuple[Path, ...], tmp_path: Path) -> None:
    other = json.loads(dates[2].read_bytes())
    other["policy_set"]["digest"] = f"sha256:{'0' * 64}"
    other["law_date"] = "2026-02-01"
    (tmp_path / "other.json").write_text(json.dumps(other))
    found = trend_of(dates[0], tmp_path / "other.json", to=tmp_path)
    assert {note["code"] for note in found["notes"]} == {"policies-differ", "law-date", "persons"}
