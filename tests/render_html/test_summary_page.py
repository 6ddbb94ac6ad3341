"""The summary page as text: whole, the same bytes each time, in one language, nobody's personal facts in it."""

from __future__ import annotations

import base64
import copy
import json
import os
import re
import subprocess
import sys
import unicodedata
import zlib
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from summaries import ROOT, Changed, dated, incomplete, listed, many, renamed, report, results_of, usual

from validator.language.vocabulary import read_vocabulary
from validator.logic.report import Result
from validator.logic.text import Language, Text
from validator.render.html import render, words
from validator.render.html.bars import WIDTH, by_municipality, by_policy
from validator.render.html.island import NAME
from validator.render.html.packed import data_block
from validator.render.personal import LISTS, is_personal, without_person
from validator.resources import schema_bytes

LANGUAGES: tuple[Language, ...] = ("ru", "en")


class Visible(HTMLParser):
    """The text of a page, as a reader sees it: elements and what is read aloud; no style, no script."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.data = ""
        self.ids: list[str] = []
        self.targets: list[str] = []
        self._inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self._inside = (given.get("id") or tag) if tag in ("script", "style") else ""
        self.texts += [given[name] or "" for name in ("aria-label", "placeholder", "title") if name in given]
        self.texts += [value or "" for name, value in attrs if name.startswith("data-") and " " in (value or "")]
        if given.get("id"):
            self.ids.append(given["id"] or "")
        if tag == "a" and (given.get("href") or "").startswith("#"):
            self.targets.append((given["href"] or "")[1:])

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 - so the parser calls it
        self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside == "data":
            self.data += data
        elif not self._inside and data.strip():
            self.texts.append(data)


def read(page: str) -> Visible:
    found = Visible()
    found.feed(page)
    return found


def island(page: str) -> dict[str, Any]:
    """The data of the page, unpacked as the browser does it."""
    text = read(page).data
    told: dict[str, Any] = json.loads(text if text.startswith("{") else zlib.decompress(base64.b64decode(text)))
    return told


@cache
def page_in(language: Language) -> str:
    return render(usual(), language, dated())


# --- what the data say ------------------------------------------------------------------------------------------


def findings_of(data: dict[str, Any]) -> list[tuple[str, ...]]:
    """What the data say of each finding, put together as the script does it."""
    found = []
    whose = [one for one, count in zip(data["organizations"], data["counts"], strict=True) for _ in range(count)]
    facts, lines = iter(data["fact"]), iter(data["fact_line"])
    line, columns, texts = 0, data["columns"], data["texts"]
    for at, number in enumerate(columns["form"]):
        form, organization = data["forms"][number], whose[at]
        subject = texts[data["items"][columns["item"][at]][0]]
        line += columns["line"][at]
        told = []
        for _ in range(columns["facts"][at]):
            fact = data["facts"][next(facts)]
            path = subject + texts[fact[0]][1:] if texts[fact[0]].startswith("@.") else texts[fact[0]]
            told.append(f"{path}={texts[fact[2]]}:{line + next(lines)}")
        message = "" if form[3] < 0 else texts[form[3]].replace(data["name"], organization[1])
        policy = data["policies"][form[0]]["id"]
        verdict = data["verdicts"][form[1]][0]
        found.append((organization[0], organization[4], policy, subject, verdict, message, *told, str(line)))
    assert next(facts, None) is None
    return found


def expected(result: Result, language: Language) -> tuple[str, ...]:
    facts = [
        f"{fact['path']}={fact['value_title'][language]}:{fact['location']['line']}"
        for fact in result["because"]
        if not is_personal(fact["path"])
    ]
    message = "" if result["message"] is None else result["message"][language]
    day, line = result["as_of"], str(result["location"]["line"])
    head = (result["organization"], day, result["policy"], result["subject"], result["verdict"])
    return (*head, message, *facts, line)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_data_hold_every_finding_as_it_is(language: Language) -> None:
    found = findings_of(island(page_in(language)))
    assert found == [expected(result, language) for result in listed(usual())]


def test_the_data_of_a_large_page_are_packed_and_whole() -> None:
    results = many(usual(), 40)
    page = render(results, "ru")
    assert 'type="application/zlib"' in page
    assert findings_of(island(page)) == [expected(result, "ru") for result in listed(results)]


def test_missing_facts_readings_and_waivers_are_in_the_data() -> None:
    data, found = island(page_in("ru")), listed(usual())
    texts = data["texts"]
    gaps = {(texts[title], texts[cause]) for _, title, cause in data["gaps"]}
    assert {fact["title"]["ru"] for result in found for fact in result["missing"]} <= {title for title, _ in gaps}
    readings = {(texts[one[0]], texts[one[2]]) for form in data["forms"] for one in form[8]}
    assert readings == {(o["reading"], o["why"]["ru"]) for result in found for o in result["disputed"] or ()}
    waivers = [result["waiver"] for result in found if result["waiver"]]
    assert waivers
    told = {texts[form[7]] for form in data["forms"] if form[7] >= 0}
    assert all(any(waiver["id"] in text and waiver["ground"]["ru"] in text for text in told) for waiver in waivers)


# --- the same bytes ---------------------------------------------------------------------------------------------

SCRIPT = """
import sys; sys.path.insert(0, sys.argv[1])
from summaries import dated, many, usual
from validator.render.html import render
import hashlib
pages = render(usual(), "ru", dated()) + render(many(usual(), 12), "en")
print(hashlib.sha256(pages.encode()).hexdigest())
"""


def test_hash_seeds_and_places_change_no_byte(tmp_path: Path) -> None:
    told = set()
    for seed in ("1", "2"):
        folder = tmp_path / seed
        folder.mkdir()
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": f"UTC+{seed}", "PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-c", SCRIPT, str(Path(__file__).parent)]
        done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=True)
        told.add(done.stdout)
    assert len(told) == 1


def test_packed_data_tell_no_time_and_no_machine() -> None:
    block = str(data_block("x", {"a": "я" * 50}, plain_below=0))
    packed = base64.b64decode(block.partition(">")[2].partition("<")[0])
    assert packed[:2] == b"\x78\xda"  # the head of zlib at its best: nothing else fits into it
    assert json.loads(zlib.decompress(packed)) == {"a": "я" * 50}


# --- one language -----------------------------------------------------------------------------------------------

NAMES = re.compile(
    r"\b(INN|MAX|Sverka|sverka|evidence|all|sha256|critical|high|[a-z]+[._][\w.\[\]]+|[A-Z]{2,4}\d*-[A-Z0-9-]+)\b"
)


def test_english_texts_hold_no_russian_letter_and_no_russian_word_is_english() -> None:
    for catalogue in (words.PAGE, words.SCRIPT, words.KINDS, words.BARS):
        for name, text in catalogue.items():
            assert not re.search("[А-Яа-яёЁ]", text.en), name
            assert re.search("[А-Яа-яёЁ]", text.ru) or text.ru == text.en == "", name
            assert sorted(re.findall(r"\{\w+\}", text.ru)) == sorted(re.findall(r"\{\w+\}", text.en)), name
            plain = re.sub(r"`[^`]*`|\{\w+\}", "", text.ru)
            assert not re.search("[A-Za-z]", plain), name


def english_only() -> Any:
    """The fixtures with every name in Latin letters, so that a Russian letter is a text nobody translated."""

    def latin(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: "" if key == "ru" else latin(inner) for key, inner in value.items()}
        if isinstance(value, list):
            return [latin(inner) for inner in value]
        return re.sub("[А-Яа-яёЁ№«»]", "x", value) if isinstance(value, str) else value

    found = latin(report())
    return results_of(found)


def test_the_english_page_holds_no_russian_letter() -> None:
    trend = [
        Changed(english_only(), head={**english_only().head, "fact_dates": (day, day)})
        for day in ("2025-08-01", "2025-10-01")
    ]
    page = render(english_only(), "en", trend)
    assert re.findall(".{0,60}[А-Яа-яёЁ].{0,60}", "\n".join(read(page).texts)) == []
    assert re.findall(".{0,60}[А-Яа-яёЁ].{0,60}", json.dumps(island(page), ensure_ascii=False)) == []


def test_the_russian_page_has_no_english_sentence() -> None:
    titles = {
        text
        for result in usual().findings()
        for text in (result["title"]["en"], (result["message"] or {}).get("en", ""))
    }
    page = render(usual(), "ru", dated())
    told = "\n".join([*read(page).texts, *map(str, island(page)["texts"])])
    assert not [title for title in titles if title and title in told]
    for catalogue in (words.PAGE, words.SCRIPT, words.BARS):
        for name, text in catalogue.items():
            assert not re.search(rf"(?m)^{re.escape(text.en)}$", told), name


def test_every_word_of_the_catalogues_is_used() -> None:
    templates = Path(words.__file__).with_name("templates")
    page = (templates / "report.html.j2").read_text(encoding="utf-8")
    script = "".join(file.read_text(encoding="utf-8") for file in templates.glob("*.js"))
    code = "".join(
        file.read_text(encoding="utf-8") for file in templates.parent.glob("*.py") if file.name != "words.py"
    )
    loops = {
        "places",
        "policies",
        "gaps",
        "findings",
        "waivers",
        "persons",
        "quarantine",
        "warnings",
        "all_policies",
    }
    loops |= {"verdict", "severity", "policy", "place", "organization", "finding"}
    unused = [name for name in words.PAGE if f"words.{name}" not in page and name not in loops]
    unused += [name for name in words.SCRIPT if f"words.{name}" not in script and f'SCRIPT["{name}"]' not in code]
    assert unused == []


def test_days_and_shares_are_written_as_the_language_does() -> None:
    russian, english = ("\n".join(read(page_in(language)).texts) for language in LANGUAGES)
    assert "25.05.2023 – 01.02.2026" in russian
    assert "2023-05-25 – 2026-02-01" in english
    assert "100,0 %" in russian
    assert "100.0 %" in english


# --- persons ----------------------------------------------------------------------------------------------------


def test_lists_of_persons_are_those_that_the_snapshot_schema_marks() -> None:
    vocabulary = read_vocabulary(schema_bytes("snapshot"))
    marked = {path for path, shape in vocabulary.lists.items() if shape.personal != "none"}
    outermost = {path for path in marked if not any(path.startswith(f"{other}.") for other in marked)}
    assert outermost | {"chats.creator"} == LISTS
    assert vocabulary.lists["chats"].record is not None
    assert vocabulary.lists["chats"].record.fields["creator"].personal != "none"


@pytest.mark.parametrize(
    "path", ["guardians[3].max_status", "people", "chats[2].admins[0].roles", "chats[1].creator.ref"]
)
def test_facts_of_persons_are_known_by_their_path(path: str) -> None:
    assert is_personal(path)
    assert "[0]" not in without_person(path)


@pytest.mark.parametrize(
    "path", ["chats[2].kind", "organization.kind", "peoples[1].x", "parameters.people", "documents"]
)
def test_facts_of_things_are_told_whole(path: str) -> None:
    assert not is_personal(path)
    assert without_person(path) == path


def planted() -> Any:
    """The fixtures with a mark wherever a person could be told: refs, subjects, values, places in files."""
    found = report()
    about = {entry["policy"] for entry in found["policies"] if entry["about_persons"]}
    number = 0
    for result in found["results"]:
        if result["policy"] in about:
            number += 1
            result["ref"] = f"PLANTED{number}"
            result["subject"] = f"guardians[{900 + number}]"
            result["message"] = {"ru": "PLANTEDTEXT", "en": "PLANTEDTEXT"}
            result["location"]["line"] = 987_654
        for fact in result["because"]:
            if is_personal(fact["path"]):
                fact["value_title"] = {"ru": "PLANTEDVALUE", "en": "PLANTEDVALUE"}
                fact["path"] = re.sub(r"\[\d+\]", "[4242]", fact["path"])
        for missing in result["missing"]:
            if is_personal(missing["path"]):
                missing["path"] = re.sub(r"\[\d+\]", "[4343]", missing["path"])
    assert number > 20
    return results_of(found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_person_is_listed_not_even_by_pseudonym(language: Language) -> None:
    results = planted()
    page = render(results, language)
    told = page + json.dumps(island(page), ensure_ascii=False)
    assert "PLANTED" not in told
    assert "4242" not in told
    assert "4343" not in told
    assert "guardians[9" not in told
    assert "987654" not in told


def test_policies_about_persons_have_no_finding_in_the_data() -> None:
    about = {name for name, entry in usual().policies.items() if entry["about_persons"]}
    data = island(page_in("ru"))
    assert about
    assert not about & {policy["id"] for policy in data["policies"]}


def test_a_policy_that_nobody_knows_lists_nothing() -> None:
    policies = {name: entry for name, entry in usual().policies.items() if name != "FM-BAN"}
    page = render(Changed(usual(), policies=policies), "ru")
    assert "FM-BAN" not in {policy["id"] for policy in island(page)["policies"]}


def test_small_numbers_of_persons_are_told_as_the_roll_up_tells_them() -> None:
    table = copy.deepcopy(usual().table)
    for row in table["by_policy"]:
        if row["persons"] is not None:
            row["persons"]["violation"] = None
            row["persons"]["hidden"]["violation"] = "below"
    texts = read(render(Changed(usual(), table=table), "ru")).texts
    assert texts.count("<5") >= len(table["persons_rule"]["policies"])


# --- structure --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_links_inside_the_page_lead_somewhere(language: Language) -> None:
    page = read(page_in(language))
    assert len(page.ids) == len(set(page.ids))
    assert {target for target in page.targets if not target.startswith("?")} <= set(page.ids)


def test_nothing_is_loaded_from_anywhere() -> None:
    page = page_in("ru")
    assert "default-src 'none'" in page
    head = page.partition('<script type="application')[0]
    assert not re.search(
        r"(?i)(src|srcset|action|poster)\s*=|url\(|@import|<(img|link|iframe|object|embed)\b", head
    )
    assert set(re.findall(r"https?://[^\"'\s<]+", head)) == set()


@pytest.mark.parametrize("text", ["</script>", "<!--", "<script", "\u2028", "]]>"])
def test_data_cannot_leave_their_element(text: str) -> None:
    block = str(data_block("x", [text]))
    inside = block.partition(">")[2].removesuffix("</script>")
    assert "<" not in inside
    assert json.loads(inside) == [text]


def test_what_is_missing_is_said_even_when_nothing_was_explained() -> None:
    head = {**usual().head, "explained": "none"}
    bare = [{**found, "because": [], "missing": [], "alternatives": []} for found in usual().findings()]
    page = render(Changed(usual(), head=head, findings=lambda: iter(bare)), "ru")
    assert words.PAGE["gaps_unexplained"].ru in read(page).texts
    assert island(page)["explained"] == "none"


def test_a_run_without_any_organization_says_so() -> None:
    found = report()
    found["organizations"], found["results"] = [], []
    found["inputs"] = {"documents": 1, "evaluated": 0, "quarantined": 1, "not_reached": 0}
    texts = "\n".join(read(render(results_of(found), "en")).texts)
    assert "Nothing was evaluated: no document could be read." in texts
    assert "There are no findings." in texts
    assert "INCOMPLETE" in texts


def test_an_incomplete_run_says_what_was_not_reached() -> None:
    texts = read(render(incomplete(), "ru")).texts
    assert texts.count("СВОД НЕПОЛОН") + texts.count("СВОД НЕПОЛОН:") == 2


HOSTILE = [
    "<script>alert(1)</script>",
    "</title></style></script><img src=x onerror=alert(1)>",
    "\" onload=alert(1) x='",
    "{{ 7*7 }}{% include 'x' %}",
    "<!-- -->]]>&lt;&#60;",
    "\u202eabc\u2066\x1b[31m\x00\r\n\u2028",
    "\ue000",
    "=1+1",
]


class Skeleton(HTMLParser):
    """Elements, names of their attributes, and where they end."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append(f"<{tag} {' '.join(sorted(name for name, _ in attrs))}>")

    def handle_endtag(self, tag: str) -> None:
        self.found.append(f"</{tag}>")

    def handle_comment(self, data: str) -> None:
        self.found.append(f"<!--{data}-->")


def numbered(name: str) -> Any:
    """Names that differ by a number only, in the order of coming."""
    given: dict[str, str] = {}
    return lambda old: given.setdefault(old, f"{name} {len(given):04}")


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_change_no_structure(name: str) -> None:
    page = render(renamed(numbered(name)), "ru")
    assert Skeleton(page).found == Skeleton(render(renamed(numbered("Школа")), "ru")).found
    unsafe = {char for char in page if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")}
    assert unsafe <= {"\n", NAME}
    assert NAME not in page.partition('<script type="application/json"')[0]
    page.encode("utf-8")


def test_hostile_names_are_told_as_they_are_but_for_what_cannot_be_seen() -> None:
    name = "<b>&amp;'\""
    found = findings_of(island(render(renamed(numbered(name)), "en")))
    assert any(name in told[5] for told in found)


# --- bars and figures -------------------------------------------------------------------------------------------


def test_bars_are_as_long_as_their_numbers() -> None:
    table = usual().table
    rows = by_municipality(table, {}, "ru")
    for row in (*rows.shown, *rows.folded):
        end = 0
        for piece in row.bar:
            assert piece.start == end
            assert piece.length >= 3
            end = piece.start + piece.length
        assert end <= WIDTH + 15
    longest = max(sum(piece.length for piece in row.bar) for row in (*rows.shown, *rows.folded))
    assert longest >= WIDTH


def test_the_worst_comes_first() -> None:
    table, entries = usual().table, dict(usual().policies)
    found = by_policy(table, entries, "ru")
    numbers = {row["policy"]: row["judgements"]["violation"] for row in table["by_policy"] if row["judgements"]}
    order = [numbers[row.name] for row in (*found.shown, *found.folded)]
    assert order == sorted(order, reverse=True)
    assert order[0] > 0


def test_figures_are_those_of_the_roll_up() -> None:
    texts = read(page_in("ru")).texts
    exact = usual().table["total"]["judgements"]
    for number, what in ((exact["violation"], "нарушений"), (exact["unknown"], "нет данных")):
        at = next(i for i, text in enumerate(texts) if text.strip() == what)
        assert texts[at - 1] == str(number)


def test_one_date_is_no_trend() -> None:
    assert 'id="trend"' not in render(usual(), "ru", dated()[:1])
    assert 'id="trend"' in page_in("ru")


def test_texts_are_texts_in_two_languages() -> None:
    assert all(isinstance(text, Text) for text in (*words.PAGE.values(), *words.SCRIPT.values()))
