"""The summary page as a real browser shows it: whole, quick to search, open to everybody, and silent."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from browser_pages import COPIES, FILTERS
from summaries import dated, incomplete, listed, usual

from validator.logic.report import Result

Seen = dict[str, Any]
PAGES = ("ru", "en", "organization-ru", "organization-en")
EVERY = (*PAGES, "many", "harmless", "hostile-0", "hostile-1", "hostile-2")


def place_of(result: Result) -> str:
    rows = {(row["organization"], row["as_of"]): row for row in usual().organizations()}
    row = rows[result["organization"], result["as_of"]]
    return f"{row['region']}|{row['municipality'] or ''}"


def named(result: Result, *words: str) -> bool:
    text = f"{result['organization_name']} {result['organization']}".lower().replace("ё", "е")
    return all(word in text for word in words)


# What each filter of `FILTERS` leaves.
FITS: list[Callable[[Result], bool]] = [
    lambda found: found["verdict"] == "violation" and found["severity"] == "high",
    lambda found: found["verdict"] == "violation",
    lambda found: found["verdict"] == "unknown",
    lambda found: found["verdict"] == "advice",
    lambda found: found["policy"] == "FM-BAN",
    lambda found: place_of(found) == "78|Озёрный район",
    lambda found: named(found, "поселка", "сош"),
    lambda found: named(found, "гбоу", "7899"),
    lambda _: False,
    lambda found: bool(found["disputed"]),
]


def number_of(count: str) -> int:
    """How many findings are shown, from the sentence above the table."""
    found = re.match(r"(?:Показаны|Shown:) \S+–\S+ (?:из|of) ([\d\s,]+)", count)
    return int(re.sub(r"\D", "", found[1])) if found else 0


@pytest.mark.parametrize("name", EVERY)
def test_nothing_is_asked_for_and_nothing_goes_wrong(seen: Seen, name: str) -> None:
    assert seen[name]["troubles"] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_to_object_to(seen: Seen, name: str, scheme: str) -> None:
    assert seen[name]["axe"][scheme] == []


def test_dark_is_really_dark(seen: Seen) -> None:
    assert seen["ru"]["paper"] == "rgb(21, 24, 28)"


@pytest.mark.parametrize("name", PAGES)
def test_the_html_is_valid(seen: Seen, name: str) -> None:
    assert seen[name]["invalid"] == []


def test_all_findings_that_may_be_listed_are_there(seen: Seen) -> None:
    assert number_of(seen["ru"]["all"]["count"]) == len(listed(usual())) > 300
    assert len(seen["ru"]["all"]["rows"]) == 50


@pytest.mark.parametrize("number", range(len(FILTERS)))
def test_a_filter_leaves_what_fits(seen: Seen, number: int) -> None:
    fitting = [found for found in listed(usual()) if FITS[number](found)]
    assert fitting or number == 8, "the fixtures have nothing for this filter"
    assert number_of(seen["ru"]["filtered"][number]["count"]) == len(fitting)


@pytest.mark.parametrize("number", [1, 2, 4, 5, 9])
def test_a_packed_page_filters_likewise(seen: Seen, number: int) -> None:
    fitting = sum(FITS[number](found) for found in listed(usual()))
    assert number_of(seen["many"]["filtered"][number]["count"]) == fitting * COPIES


def test_what_is_shown_is_what_was_filtered(seen: Seen) -> None:
    for row in seen["ru"]["filtered"][0]["rows"]:
        assert row[0].startswith("нарушение")
        assert row[1] == "высокая"


def test_every_policy_and_place_with_findings_can_be_chosen(seen: Seen) -> None:
    options = seen["ru"]["options"]
    found = listed(usual())
    assert set(options["by-policy-id"]) == {"", *(result["policy"] for result in found)}
    assert set(options["by-municipality"]) == {"", *map(place_of, found)}


def test_the_address_keeps_what_is_filtered(seen: Seen) -> None:
    page = seen["ru"]
    assert page["filtered"][0]["hash"] == "#?verdict=violation&severity=1"
    assert page["linked"]["count"] == page["filtered"][0]["count"]
    assert page["linked"]["rows"] == page["filtered"][0]["rows"]


def test_an_address_that_means_nothing_shows_all(seen: Seen) -> None:
    assert number_of(seen["ru"]["nonsense"]["count"]) == len(listed(usual()))


def test_sorting_goes_both_ways(seen: Seen) -> None:
    for name, (up, down) in seen["ru"]["sorted"].items():
        assert (up["aria"], down["aria"]) == ("ascending", "descending"), name
        assert up["rows"] != down["rows"], name


def test_sorting_puts_rows_in_order(seen: Seen) -> None:
    up, down = seen["ru"]["sorted"]["policy"]
    policies = [row[2] for row in up["rows"]]
    assert policies == sorted(policies)
    assert [row[2] for row in down["rows"]] == sorted((row[2] for row in down["rows"]), reverse=True)
    order = ["критическая", "высокая", "средняя", "низкая", "для сведения", "—"]
    severities = [order.index(row[1]) for row in seen["ru"]["sorted"]["severity"][0]["rows"]]
    assert severities == sorted(severities)


def test_pages_are_turned(seen: Seen) -> None:
    number = len(listed(usual()))
    assert len(seen["ru"]["lastPage"]["rows"]) == number % 50
    assert len(seen["ru"]["beforeLast"]["rows"]) == 50


def test_a_finding_opens_and_closes_by_keyboard(seen: Seen) -> None:
    page = seen["ru"]
    assert page["outline"] == "solid", "focus is not seen"
    assert page["opened"]["expanded"] == "true"
    assert page["closed"] == ["false", 0]


def test_an_open_finding_says_everything(seen: Seen) -> None:
    text = seen["ru"]["opened"]["text"]
    told = [
        found
        for found in listed(usual())
        if found["verdict"] == "violation" and found["message"] and found["message"]["ru"] in text
    ]
    assert told
    found = next(one for one in told if f"{one['location']['file']}:{one['location']['line']}" in text)
    assert found["remedy"] is not None
    assert found["remedy"]["ru"] in text
    for place in found["citations"]:
        assert place["title"]["ru"] in text
    for fact in found["because"]:
        assert f"{fact['title']['ru']}: {fact['value_title']['ru']}" in text
        assert fact["path"] in text


def test_disputed_findings_show_all_readings_and_waivers_their_ground(seen: Seen) -> None:
    texts = "\n".join(seen["ru"]["details"])
    assert "выбранное прочтение: " in texts
    assert "— или —" in texts
    assert "Сведения о людях здесь не показаны" in texts


def test_organizations_lead_to_their_pages(seen: Seen) -> None:
    assert all(re.fullmatch(r"pages/[\w%]+\.html", link) for link in seen["ru"]["links"])
    assert seen["ru"]["links"]


def test_the_tail_of_municipalities_is_folded_and_found(seen: Seen) -> None:
    page = seen["ru"]
    rows = usual().table["by_municipality"]
    assert (page["folded"], page["unfolded"], page["placesFound"]) == (12, len(rows), 1)
    expected = sum(place_of(found) == "78|Озёрный район" for found in listed(usual()))
    assert number_of(page["placeClicked"]["count"]) == expected


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("width", ["320", "1280"])
def test_the_page_fits_narrow_and_wide_windows(seen: Seen, name: str, width: str) -> None:
    looked = seen[name]["widths"][width]
    assert looked["overflow"] <= 0
    assert looked["bytes"] > 20_000
    if name.startswith("organization"):
        return
    top, height = looked["header"]
    assert top == 0, "the head of the page is not always visible"
    assert height < 200


@pytest.mark.parametrize("name", ["ru", "en"])
def test_paper_has_the_tables_and_says_what_it_leaves_out(seen: Seen, name: str) -> None:
    page = seen[name]
    assert page["pdf"]["start"] == "%PDF-"
    assert page["pdf"]["bytes"] > 50_000
    assert {place for place, visible in page["printed"].items() if visible} == {
        "#static table",
        "#by-place",
        "#by-policy",
        ".printed",
    }
    assert str(len(listed(usual()))) in page["printedNote"]


@pytest.mark.parametrize("name", ["ru", "many"])
def test_without_a_script_there_are_the_figures_and_the_gravest(seen: Seen, name: str) -> None:
    still = seen[name]["without"]
    assert still["visible"] == {
        "#live": False,
        "#static table": True,
        ".figures": True,
        "#by-place": True,
        ".folded": True,
        ".find": False,
    }
    assert still["rows"] == 20
    assert "сценарии" in still["note"]


def test_an_old_browser_is_told_so(seen: Seen) -> None:
    assert seen["many"]["old"]["visible"]["#static table"]
    assert "слишком стар" in seen["many"]["old"]["note"]
    assert seen["many"]["old"]["troubles"] == ["error: no DecompressionStream"]


def test_an_incomplete_run_is_said_aloud(seen: Seen) -> None:
    text = seen["en"]["looked"]
    assert text.count("INCOMPLETE") == 2
    assert "the run ended early" in text
    assert f"Documents that were not reached: {incomplete().head['inputs']['not_reached']}" in text
    assert "сломан.yaml:3:5" in text


def test_the_days_of_the_roadmap_stand_beside_the_drawing(seen: Seen) -> None:
    text = seen["ru"]["looked"]
    assert "25.08.2025: RM-POSTER" in text
    for results in dated():
        assert ".".join(reversed(results.head["fact_dates"][1].split("-"))) in text


@pytest.mark.parametrize("number", range(3))
def test_hostile_names_change_no_structure_and_run_nothing(seen: Seen, number: int) -> None:
    page = seen[f"hostile-{number}"]
    assert page["skeleton"] == seen["harmless"]["skeleton"]
    assert page["hacked"] == []
    assert page["text"] != seen["harmless"]["text"]


def test_screenshots_and_paper_are_kept_for_who_wants_to_look(seen: Seen) -> None:
    folder = Path(seen["folder"])
    assert {"ru.html.320.png", "ru.html.1280.png", "ru.html.pdf"} <= {file.name for file in folder.iterdir()}
