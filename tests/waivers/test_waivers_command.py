"""`sverka waivers`: the list of waivers, its days, what is wrong, exit codes."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from waiver_place import ELSEWHERE, FIXTURES, Place, Ran, published, waiver

from validator.logic.waiver import ListedWaiver, WaiverCounts, WaiverList, WaiverState

Sverka = Callable[..., Ran]


@pytest.fixture
def listed(place: Place, sverka: Sverka) -> Callable[..., Ran]:
    """Lists `waivers/` by the policies of one norm."""
    policies = place.policies()

    def call(*arguments: object, day: str = "2025-10-01") -> Ran:
        return sverka("waivers", "--waivers", "waivers", "--policies", policies, "--as-of", day, *arguments)

    return call


Listed = Callable[..., Ran]


def of_use(**keys: str | None) -> dict[str, Any]:
    return waiver(**{"policy": "T-NORM", "item": "u_1", **keys})


def read(ran: Ran) -> dict[str, Any]:
    """The list as JSON, held to its schema without room for other keys."""
    schema = published("waiver-list")
    for part in (schema, *schema["$defs"].values()):
        part["additionalProperties"] = False
    found: dict[str, Any] = json.loads(ran.out)
    errors = [f"{error.json_path}: {error.message}" for error in Draft202012Validator(schema).iter_errors(found)]
    assert errors == []
    return found


def codes(found: dict[str, Any]) -> list[str]:
    return [record["code"] for one in found["waivers"] for record in one["problems"]]


@pytest.mark.parametrize(
    ("day", "state", "left", "code"),
    [
        ("2025-09-30", "not_begun", 92, 0),
        ("2025-10-01", "active", 91, 0),
        ("2025-11-30", "active", 31, 0),
        ("2025-12-01", "ends_soon", 30, 0),
        ("2025-12-31", "ends_soon", 0, 0),
        ("2026-01-01", "expired", -1, 1),
    ],
)
def test_a_day_decides_the_state(day: str, state: str, left: int, code: int, place: Place, listed: Listed) -> None:
    place.waive(of_use())
    ran = listed("-o", "json", day=day)
    found = read(ran)
    [one] = found["waivers"]
    assert (ran.code, found["day"], one["state"], one["days_left"]) == (code, day, state, left)
    assert codes(found) == ["waiver-expired"] * code
    assert found["counts"][state] == 1
    assert (one["facts_on"], one["waives"]) == (None, None)


def test_those_that_end_first_come_first(place: Place, listed: Listed) -> None:
    place.waive(of_use(), of_use(id="W-2", item="u_2", last="2025-10-02"), of_use(id="W-0", item="u_3"))
    assert [one["id"] for one in read(listed("-o", "json"))["waivers"]] == ["W-2", "W-0", "W-1"]


def test_without_a_day_it_is_today_and_the_day_is_told(place: Place, sverka: Sverka) -> None:
    before = date.today()
    place.waive(of_use(first=before.isoformat(), last=(before + timedelta(days=100)).isoformat()))
    ran = sverka("waivers", "--waivers", "waivers", "--policies", place.policies(), "-o", "json")
    found = read(ran)
    assert before.isoformat() <= found["day"] <= date.today().isoformat()
    assert found["waivers"][0]["days_left"] in (99, 100)


def test_snapshots_tell_which_waivers_have_nothing_to_waive(place: Place, listed: Listed) -> None:
    place.use()
    place.waive(of_use(), of_use(id="W-2", item="u_2"), of_use(id="W-3", organization=ELSEWHERE))
    assert (listed().code, codes(read(listed("-o", "json")))) == (0, [])
    ran = listed("snapshots", "-o", "json")
    found = read(ran)
    rows = {
        one["id"]: (one["waives"], one["facts_on"], [p["code"] for p in one["problems"]])
        for one in found["waivers"]
    }
    assert rows == {
        "W-1": (1, "2025-10-01", []),
        "W-2": (0, "2025-10-01", ["waiver-orphaned"]),
        "W-3": (None, None, []),
    }
    assert ran.code == 1
    assert found["inputs"] == {"documents": 1, "evaluated": 1, "quarantined": 0, "not_reached": 0}


def test_a_waiver_that_has_not_begun_is_nothing_to_mend(place: Place, listed: Listed) -> None:
    place.use()
    place.waive(of_use(first="2025-10-02"))
    ran = listed("snapshots", "-o", "json")
    assert (ran.code, codes(read(ran))) == (0, [])


def test_an_expired_waiver_is_told_once_with_what_is_known_of_the_violation(place: Place, listed: Listed) -> None:
    place.use()
    place.waive(of_use())
    found = read(listed("snapshots", "-o", "json", day="2026-02-01"))
    [problem] = found["waivers"][0]["problems"]
    assert (problem["code"], "still there" in problem["message"]["en"]) == ("waiver-expired", True)
    [problem] = read(listed("-o", "json", day="2026-02-01"))["waivers"][0]["problems"]
    assert "still there" not in problem["message"]["en"]


def test_forbidden_waivers_are_told_without_snapshots_and_conditions_with_them(
    place: Place, sverka: Sverka
) -> None:
    place.waive(waiver(item="u_talk"), waiver(id="W-2", policy="FM149-PD"))
    command = ("waivers", "--waivers", "waivers", "--as-of", "2025-10-01", "-o", "json")
    assert [one["id"] for one in read(sverka(*command))["waivers"] if one["problems"]] == ["W-2"]
    found = read(sverka(*command, "snapshots"))
    assert codes(found) == ["waiver-forbidden", "waiver-forbidden"]


FORBIDDEN = ("не действует (норма не допускает)", "no effect (the norm forbids it)")
WITHOUT_EFFECT = {
    "forbidden": (waiver(policy="FM149-PD"), FORBIDDEN),
    "too-broad": (waiver(item=None), ("не действует (слишком широкое)", "no effect (too broad)")),
    "unknown": (waiver(policy="FM-BAM"), ("не действует (нет такой нормы)", "no effect (no such norm)")),
    "decision": (
        waiver(policy="US-PHONE"),
        ("не действует (отступать не от чего)", "no effect (nothing to waive)"),
    ),
}


@pytest.mark.parametrize("day", ["2025-09-30", "2025-10-01", "2025-12-31", "2026-01-01"])
@pytest.mark.parametrize("name", WITHOUT_EFFECT)
def test_a_waiver_that_waives_nothing_never_looks_like_one_that_holds(
    name: str, day: str, place: Place, sverka: Sverka
) -> None:
    written, told = WITHOUT_EFFECT[name]
    place.waive(written, waiver(id="W-2", first="2025-09-01", last="2026-06-30"))
    command = ("waivers", "--waivers", "waivers", "--as-of", day)
    found = read(sverka(*command, "-o", "json"))
    assert {one["id"]: one["state"] for one in found["waivers"]} == {"W-1": "no_effect", "W-2": "active"}
    assert {state: n for state, n in found["counts"].items() if n} == {
        "active": 1,
        "no_effect": 1,
        "with_problems": 1,
    }
    for language, state in zip(("ru", "en"), told, strict=True):
        assert f"W-1  {state}\n" in sverka(*command, "--lang", language).out


def test_a_waiver_that_the_condition_of_the_norm_refuses_holds_only_until_the_facts_are_read(
    place: Place, sverka: Sverka
) -> None:
    place.waive(waiver(item="u_talk"))
    command = ("waivers", "--waivers", "waivers", "--as-of", "2025-10-01")
    assert "W-1  active (91 days left)" in sverka(*command, "--lang", "en").out
    ran = sverka(*command, "snapshots", "--lang", "en")
    assert f"W-1  {FORBIDDEN[1]}\n" in ran.out
    assert "active 0" in ran.out
    assert "no effect 1" in ran.out


def test_documents_that_can_t_be_read_give_3(place: Place, listed: Listed) -> None:
    place.use()
    place.waive(of_use())
    place.write("snapshots/broken.yaml", "a: [")
    ran = listed("snapshots", "-o", "json")
    assert ran.code == 3
    assert [record["file"] for record in read(ran)["quarantine"]] == ["snapshots/broken.yaml"]
    assert "НЕ ПРОВЕРЕНО  snapshots/broken.yaml" in listed("snapshots").out


def test_no_waivers_are_no_list(place: Place, listed: Listed, sverka: Sverka) -> None:
    assert listed().code == 2
    place.waive()
    ran = listed("--lang", "en")
    assert (ran.code, ran.out) == (2, "")
    assert "no waiver was found: waivers" in ran.err
    ran = sverka("waivers", "--lang", "en")
    assert (ran.code, ran.out) == (2, "")
    assert "`waivers: [folder]` in sverka.yaml" in ran.err


def test_a_broken_file_gives_2(place: Place, listed: Listed) -> None:
    place.write("waivers/a.yaml", (FIXTURES / "broken" / "bad-id.yaml").read_text("utf-8"))
    ran = listed()
    assert (ran.code, ran.out, "[bad-id]" in ran.err) == (2, "", True)


def test_the_settings_name_waivers_snapshots_and_the_day(place: Place, sverka: Sverka) -> None:
    place.policies()
    place.use()
    place.waive(of_use())
    lines = "waivers: waivers\nsnapshots: snapshots\npolicies: policies\nas_of: 2025-10-05\n"
    place.write("sverka.yaml", lines)
    found = read(sverka("waivers", "-o", "json"))
    assert (found["day"], found["waivers"][0]["waives"]) == ("2025-10-05", 1)


TOLD = {
    "ru": (
        "Отступления на 20.12.2025",
        "W-1  скоро кончится (осталось: 11 дней)",
        "норма: T-NORM  Учебная норма",
        "организация: 7899012011",
        "запись: u_1",
        "срок: с 01.10.2025 по 31.12.2025",
        "причина: Ждём нового чата",
        "утвердил: директор школы, приказ № 12",
        "записано: waivers/w.yaml:2:3",
        "нарушений под ним: 1 (факты на 01.10.2025)",
        "W-2  кончилось (50 дней назад)",
        "[waiver-expired]",
        "Итог: отступлений 2: действует 0, скоро кончится 1, ещё не началось 0, кончилось 1, не действует 0; ",
        "; с замечаниями 1\n",
        "Код выхода: 1 (есть отступления с замечаниями)",
    ),
    "en": (
        "Waivers on 2025-12-20",
        "W-1  ends soon (11 days left)",
        "norm: T-NORM  A specimen norm",
        "organization: 7899012011",
        "item: u_1",
        "days: 2025-10-01 through 2025-12-31",
        "ground: Waiting for the new chat",
        "approved by: директор школы, приказ № 12",
        "written: waivers/w.yaml:2:3",
        "violations it waives: 1 (facts of 2025-10-01)",
        "W-2  expired (50 days ago)",
        "[waiver-expired]",
        "Summary: waivers 2: active 0, ends soon 1, not begun 0, expired 1, no effect 0; with problems 1",
        "Exit code: 1 (there are waivers with problems)",
    ),
}


@pytest.mark.parametrize("language", TOLD)
def test_the_list_for_people_tells_everything(language: str, place: Place, listed: Listed) -> None:
    place.use()
    place.waive(of_use(), of_use(id="W-2", item="u_2", last="2025-10-31"))
    ran = listed("snapshots", "--lang", language, day="2025-12-20")
    assert [piece for piece in TOLD[language] if piece not in ran.out] == []


def test_the_text_of_a_waiver_can_not_move_the_cursor(place: Place, listed: Listed) -> None:
    place.waive(of_use(ground="a\u202eb"))
    assert "\u202e" not in listed().out


def test_the_schema_and_the_types_know_the_same_keys() -> None:
    schema = published("waiver-list")
    Draft202012Validator.check_schema(schema)
    for part, type_ in (
        (schema, WaiverList),
        (schema["$defs"]["listed_waiver"], ListedWaiver),
        (schema["$defs"]["counts"], WaiverCounts),
    ):
        assert list(part["properties"]) == part["required"] == list(type_.__annotations__)
    states = schema["$defs"]["listed_waiver"]["properties"]["state"]
    assert states["enum"] == list(states["x-values"]) == [state.value for state in WaiverState]


def test_the_schemas_share_what_reports_share() -> None:
    ours, theirs = published("waiver-list")["$defs"], published("report")["$defs"]
    shared = set(ours) - {"listed_waiver", "counts"}
    assert {name: ours[name] for name in shared} == {name: theirs[name] for name in shared}


@pytest.mark.parametrize("name", ["waivers", "waiver-list"])
def test_the_schemas_are_published_and_told_in_both_languages(name: str, sverka: Sverka) -> None:
    ran = sverka("schema", name)
    assert (ran.code, json.loads(ran.out)) == (0, published(name))
    untold = []

    def look(part: Any, path: str) -> None:
        if isinstance(part, dict):
            for key, spec in part.get("properties", {}).items() if isinstance(part.get("properties"), dict) else ():
                if not all(spec.get(text) for text in ("title", "x-title-en", "description", "x-description-en")):
                    untold.append(f"{path}.{key}")
            for key, inner in part.items():
                look(inner, f"{path}.{key}")
        elif isinstance(part, list):
            for inner in part:
                look(inner, path)

    look(published(name), name)
    assert untold == []
