"""`sverka check --waivers`: exit codes, every format, folders and files, the settings."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from waiver_place import ELSEWHERE, FIXTURES, Place, Ran, waiver

Sverka = Callable[..., Ran]


@pytest.fixture
def checked(place: Place, sverka: Sverka) -> Callable[..., Ran]:
    """Checks the school, whose one use violates T-NORM, with the waivers in `waivers/`."""
    policies = place.policies()
    place.use()

    def call(*arguments: object) -> Ran:
        return sverka("check", place.snapshots, "--policies", policies, *arguments)

    return call


def of_use(**keys: str | None) -> dict[str, Any]:
    return waiver(**{"policy": "T-NORM", "item": "u_1", **keys})


def codes(ran: Ran) -> list[str]:
    return [record["code"] for record in json.loads(ran.out)["warnings"]]


def test_a_violation_blocks_until_it_is_waived_and_again_the_day_after(
    place: Place, checked: Callable[..., Ran]
) -> None:
    assert checked().code == 1
    place.waive(of_use(last="2025-10-31"))
    assert checked("--waivers", "waivers").code == 0
    assert checked("--waivers", "waivers", "--as-of", "2025-10-31").code == 0
    after = checked("--waivers", "waivers", "--as-of", "2025-11-01", "-o", "json")
    assert (after.code, codes(after)) == (1, ["waiver-expired"])
    before = checked("--waivers", "waivers", "--as-of", "2025-09-30", "-o", "json")
    assert (before.code, codes(before)) == (1, ["waiver-not-begun"])


def test_the_report_holds_the_waiver_and_is_one_of_its_schema(
    place: Place, checked: Callable[..., Ran], valid_report: Callable[[Any], None]
) -> None:
    place.waive(of_use())
    report = json.loads(checked("--waivers", "waivers/w.yaml", "-o", "json").out)
    valid_report(report)
    [result] = report["results"]
    assert (result["verdict"], report["counts"]["waived"], report["counts"]["violation"]) == ("waived", 1, 0)
    assert result["waiver"]["approved_by"] == {"post": "директор школы", "document": "приказ № 12"}
    for spoil in ({"waiver": None}, {"verdict": "violation"}):
        with pytest.raises(AssertionError):
            valid_report({**report, "results": [{**result, **spoil}]})


@pytest.mark.parametrize("shown", ["all", "findings"])
@pytest.mark.parametrize(
    ("language", "text", "concise"),
    [
        (
            "ru",
            "отступление: W-1 по 31.12.2025 (осталось: 91 день): Ждём нового чата; утвердил: директор",
            "info T-NORM отступление: Нарушено (W-1 по 31.12.2025)",
        ),
        (
            "en",
            "waiver: W-1 through 2025-12-31 (91 days left): Waiting for the new chat; approved by: директор",
            "info T-NORM waived: Violated (W-1 through 2025-12-31)",
        ),
    ],
)
def test_what_is_waived_is_visible_in_every_format(
    language: str, text: str, concise: str, shown: str, place: Place, checked: Callable[..., Ran]
) -> None:
    place.waive(of_use())
    options = ("--waivers", "waivers", "--lang", language, "--results", shown)
    assert text in checked(*options).out
    assert concise in checked(*options, "-o", "concise").out
    assert json.loads(checked(*options, "-o", "json").out)["results"][0]["waiver"]["id"] == "W-1"


def test_what_an_incomplete_list_may_hold_is_not_waived_with_what_it_holds(
    place: Place, checked: Callable[..., Ran]
) -> None:
    place.use(coverage="partial")
    place.waive(of_use())
    ran = checked("--waivers", "waivers", "-o", "json")
    found = [(result["subject"], result["verdict"]) for result in json.loads(ran.out)["results"]]
    assert ran.code == 3
    place.use(coverage="partial", redirect_only="true")
    order = [result["subject"] for result in json.loads(checked("-o", "json").out)["results"]]
    assert found == [(subject, "unknown" if subject == "uses" else "waived") for subject in order]
    place.use(coverage="partial")
    assert [r["verdict"] for r in json.loads(checked("-o", "json").out)["results"]] == ["violation"]


def test_the_last_day_is_called_so(place: Place, checked: Callable[..., Ran]) -> None:
    place.waive(of_use(last="2025-10-01"))
    assert "W-1 по 01.10.2025 (последний день)" in checked("--waivers", "waivers").out


@pytest.mark.parametrize(
    ("keys", "code"),
    [
        ({"item": "u_2"}, "waiver-orphaned"),
        ({"item": None}, "waiver-too-broad"),
        ({"policy": "T-NROM"}, "waiver-unknown-policy"),
    ],
)
def test_a_waiver_without_effect_is_a_warning_and_the_violation_blocks(
    keys: dict[str, str | None], code: str, place: Place, checked: Callable[..., Ran]
) -> None:
    place.waive(of_use(**keys))
    for language in ("ru", "en"):
        ran = checked("--waivers", "waivers", "--lang", language)
        assert ran.code == 1
        assert f"[{code}]" in ran.out
    assert codes(checked("--waivers", "waivers", "-o", "json")) == [code]
    place.use(redirect_only="true")
    assert checked("--waivers", "waivers").code == 0  # no warning changes the exit code


def test_waivers_of_several_paths_add_up_and_other_files_are_told(
    place: Place, checked: Callable[..., Ran]
) -> None:
    place.waive(of_use(last="2025-10-15"), name="deep/a.yml")
    place.waive(of_use(id="W-2", first="2025-10-16"), name="b.yaml")
    place.write("waivers/scan.pdf", "")
    place.write("waivers/other.json", "{}")
    place.write("waivers/README.md", "")
    ran = checked("--waivers", "waivers/deep", "--waivers", "waivers/b.yaml", "--as-of", "2025-10-16")
    assert (ran.code, ran.err) == (0, "")
    ran = checked("--waivers", "waivers", "--lang", "en")
    assert (ran.code, ran.err) == (0, "folders of waivers hold other files: 2 (the first: waivers/other.json)\n")


def test_waivers_of_organizations_that_are_not_there_are_told_aside(
    place: Place, checked: Callable[..., Ran]
) -> None:
    place.waive(of_use(), of_use(id="W-2", organization=ELSEWHERE))
    ran = checked("--waivers", "waivers", "-o", "json", "--lang", "en")
    assert codes(ran) == []
    assert "not checked are waivers of organizations without a snapshot: 1 (the first: W-2)" in ran.err


def test_an_empty_folder_is_told_and_a_missing_one_stops(place: Place, checked: Callable[..., Ran]) -> None:
    ran = checked("--waivers", "waivers", "--lang", "en")
    assert (ran.code, ran.err) == (1, "there are no waivers: waivers\n")
    ran = checked("--waivers", "waiverz", "--lang", "en")
    assert (ran.code, ran.out) == (2, "")
    assert "no such path: waiverz" in ran.err
    place.waive()
    assert "there are no waivers" in checked("--waivers", "waivers", "--lang", "en").err


def test_a_broken_file_stops_before_anything_is_checked(place: Place, checked: Callable[..., Ran]) -> None:
    place.waive(of_use())
    for name in ("bad-id.yaml", "no-ground.yaml"):
        place.write(f"waivers/{name}", (FIXTURES / "broken" / name).read_text("utf-8"))
    ran = checked("--waivers", "waivers")
    assert (ran.code, ran.out) == (2, "")
    assert "waivers/bad-id.yaml:3:9: номер `приказ № 12` записан неверно [bad-id]" in ran.err
    assert "waivers/no-ground.yaml:3:5: не хватает ключа `ground` [missing-key]" in ran.err


def test_a_link_is_not_followed(place: Place, checked: Callable[..., Ran]) -> None:
    target = place.waive(of_use(), name="../aside.yaml")
    (place.waivers / "link.yaml").symlink_to(target)
    ran = checked("--waivers", "waivers")
    assert (ran.code, "[symbolic-link]" in ran.err) == (2, True)


def test_the_settings_name_the_waivers(
    place: Place, checked: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch
) -> None:
    place.waive(of_use())
    place.write("sverka.yaml", "waivers: [waivers]\n")
    assert checked().code == 0
    monkeypatch.setenv("SVERKA_WAIVERS", str(place.snapshots))
    assert checked().code == 2  # snapshots are no waivers
    place.write("other/w.yaml", "waivers: []\n")
    assert checked("--waivers", "other").code == 1
    monkeypatch.delenv("SVERKA_WAIVERS")
    place.write("sverka.yaml", "waivers: nowhere\n")
    ran = checked()
    assert (ran.code, "sverka.yaml:1:10: нет такого пути: nowhere" in ran.err) == (2, True)


def test_a_shipped_norm_is_waived_on_its_condition(place: Place, sverka: Sverka) -> None:
    file = place.write("w.yaml", (FIXTURES / "school" / "waivers.yaml").read_text("utf-8"))
    ran = sverka("check", place.snapshots, "--waivers", file, "-o", "json")
    found = {r["ref"]: r["verdict"] for r in json.loads(ran.out)["results"] if r["policy"] == "FM-BAN"}
    assert found == {
        "u_redirect": "waived",
        "u_talk": "violation",
        "u_unclear": "violation",
        "u_max": "ok",
        "u_nobody": "unknown",
    }
    assert codes(ran) == []
