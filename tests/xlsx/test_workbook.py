"""The workbook for officials holds what was found, once, as what it is; and it can be printed."""

from __future__ import annotations

import io
from datetime import date
from itertools import chain

import pytest
from workbooks import (
    LANGUAGES,
    MAIN,
    TABLES,
    cells,
    every_text,
    fixtures,
    made,
    parts,
    report,
    rows_of,
    sheet_tree,
    trees,
)

from validator.journeys.results.of_report import results_of
from validator.logic.text import Language, Text
from validator.render.xlsx import words, write
from validator.render.xlsx.cells import EXCEL_CHARACTERS, EXCEL_ROWS

INN = words.INN.ru


def exact() -> dict[str, int]:
    """The numbers of findings that are not about persons, counted from the report."""
    whole = report()
    about = {entry["policy"] for entry in whole["policies"] if entry["about_persons"]}
    assert about
    found = dict.fromkeys(("violation", "advice", "waived", "unknown", "decided", "disputed ok"), 0)
    for result in whole["results"]:
        if result["policy"] in about:
            continue
        if result["kind"] == "decision" and (result["verdict"] != "ok" or result["disputed"]):
            found["decided"] += 1
        if result["kind"] == "norm" and result["verdict"] == "ok" and result["disputed"]:
            found["disputed ok"] += 1
        if result["verdict"] in found:
            found[result["verdict"]] += 1
    assert all(found.values())
    return found


# --- what is on which sheet ----------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sheets_stand_in_their_order(language: Language) -> None:
    names = [name.in_language(language) for name, _ in words.SHEETS]
    assert list(cells(fixtures(language))) == names
    if language == "ru":
        ours = [
            "Сводка",
            "Нарушения",
            "Нет данных",
            "Чаты",
            "Исключения",
            "Советы и спорное",
            "Правила",
            "Сведения",
        ]
        assert names == ours


def test_every_finding_is_on_its_sheet_once() -> None:
    data, number = fixtures(), exact()
    assert len(rows_of(data, words.VIOLATIONS)) == number["violation"]
    assert len(rows_of(data, words.WAIVERS)) == number["waived"]
    assert len(rows_of(data, words.ADVICE)) == number["advice"] + number["disputed ok"]
    assert len(rows_of(data, words.CHATS)) == number["decided"]
    judgements = [row[words.JUDGEMENT.ru] for row in rows_of(data, words.UNKNOWNS)]
    assert sorted(set(judgements)) == list(range(1, number["unknown"] + 1))


def test_the_numbers_of_rows_are_those_of_the_roll_up() -> None:
    data, table = fixtures(), results_of(report()).table
    total = table["total"]["judgements"]
    assert len(rows_of(data, words.VIOLATIONS)) == total["violation"]
    assert len({row[words.JUDGEMENT.ru] for row in rows_of(data, words.UNKNOWNS)}) == total["unknown"]
    assert len(rows_of(data, words.WAIVERS)) == total["waived"]
    for row, policy in zip(rows_of(data, words.POLICIES), table["by_policy"], strict=True):
        assert row[words.POLICY.ru] == policy["policy"]
        if policy["judgements"] is not None:
            ok = policy["judgements"]["ok"]
            assert row[words.N_VIOLATIONS.ru] == policy["judgements"]["violation"]
            assert row[words.N_UNKNOWN.ru] == policy["judgements"]["unknown"]
            assert (row[words.N_EXEMPT.ru], row[words.N_NOT_IN_FORCE.ru]) == (ok["exempt"], ok["not_in_force"])


def test_the_summary_tells_the_totals_and_every_municipality_and_policy() -> None:
    table = results_of(report()).table
    rows = cells(fixtures())["Сводка"]
    total = {row[0].strip(): row[2] for row in rows if row[2] != ""}
    assert total["Нарушений"] == table["total"]["judgements"]["violation"]
    assert total["Документов подано"] == table["coverage"]["documents"]
    assert total["отложено (не прочитано)"] == table["coverage"]["quarantined"] == 2
    names = {row[1] for row in rows}
    assert {row["municipality"] or "не указан" for row in table["by_municipality"]} <= names
    assert {row["policy"] for row in table["by_policy"]} <= {row[0] for row in rows}
    place = next(row for row in table["by_municipality"] if row["judgements"]["violation"] > 2)
    told = next(row for row in rows if row[1] == place["municipality"])
    numbers = (
        place["organizations"]["evaluated"],
        place["judgements"]["violation"],
        place["judgements"]["unknown"],
    )
    assert (told[2], told[5], told[6]) == numbers
    assert told[0].startswith(place["region"] + " ")
    assert {"Должность", "Подпись", "Расшифровка подписи", "Дата"} <= set(chain.from_iterable(rows))


def test_a_run_that_is_not_whole_says_so_loudly() -> None:
    part = report()
    part["inputs"]["not_reached"] = 3
    part["inputs"]["documents"] += 3
    assert "СВОД НЕПОЛОН: проверка прервана" in every_text(made(part)[0])
    assert "INCOMPLETE" in every_text(made(part, "en")[0])
    few = report()
    few["inputs"] |= {"quarantined": 12, "documents": few["inputs"]["evaluated"] + 12}
    assert "СВОД НЕПОЛОН: проверено меньше 95,0 %" in every_text(made(few)[0])


def test_a_selection_of_policies_is_told() -> None:
    part = report()
    whole = {key: part["policy_set"][key] for key in ("digest", "norms", "decisions")}
    part["policy_set"]["selection"] = {"only": ["FM-BAN"], "exclude": [], "policies": ["FM-BAN"], "whole": whole}
    data = made(part)[0]
    assert any(row[0].startswith("Внимание: проверена только часть политик") for row in cells(data)["Сводка"])
    assert any(row[1] == "--only FM-BAN" for row in cells(data)["Сведения"])


def test_nothing_at_all_is_a_workbook_too() -> None:
    none = report()
    none |= {"organizations": [], "results": [], "quarantine": [], "warnings": []}
    none["inputs"] = {"documents": 0, "evaluated": 0, "quarantined": 0, "not_reached": 0}
    data, said = made(none)
    assert not said
    assert "ничего не проверено" in every_text(data)
    for name in TABLES[:5]:
        assert cells(data)[name.ru][1][0] == words.NO_ROWS.ru


def test_a_finding_that_nobody_explained_has_its_row() -> None:
    bare = report()
    for result in bare["results"]:
        result |= {"because": [], "missing": [], "alternatives": []}
    rows = rows_of(made(bare)[0], words.UNKNOWNS)
    assert len(rows) == exact()["unknown"]
    assert {row[words.FACT.ru] for row in rows} == {words.NOT_EXPLAINED.ru}


def test_a_finding_tells_what_an_official_needs() -> None:
    row = next(row for row in rows_of(fixtures(), words.VIOLATIONS) if row["Политика"] == "FM-BAN")
    finding = next(
        result
        for result in report()["results"]
        if result["policy"] == "FM-BAN" and result["organization"] == row[INN] and result["verdict"] == "violation"
    )
    assert row["Организация"] == finding["organization_name"]
    assert row["Важность"] == "критическая"
    assert row["Что установлено"] == finding["message"]["ru"]
    assert row["Что сделать"] == finding["remedy"]["ru"]
    assert finding["citations"][0]["title"]["ru"] in row["Основание"]
    assert "федеральный закон" in row["Основание"]
    shown = [fact for fact in finding["because"] if fact["title"]["ru"] in row["Наблюдаемые факты"]]
    assert len(shown) > 2
    assert row["Файл"].endswith(finding["location"]["file"].rsplit("/", 1)[-1])
    assert row["Строка"] == finding["location"]["line"]
    assert "руб." in row["Санкция"]
    assert row["Регион"].split(" ", 1)[0] == row[INN][:2]


def test_a_disputed_finding_tells_both_readings() -> None:
    rows = [row for name in TABLES[:5] for row in rows_of(fixtures(), name)]
    disputed = [row["Спорное прочтение"] for row in rows if row.get("Спорное прочтение")]
    assert disputed
    assert all(text.startswith("принято прочтение ") and "\nпрочтение " in text for text in disputed)


def test_a_waiver_tells_ground_term_and_who_approved() -> None:
    row = rows_of(fixtures(), words.WAIVERS)[0]
    waiver = next(result["waiver"] for result in report()["results"] if result["waiver"])
    assert row["Отступление"] == waiver["id"]
    assert row["Основание отступления"] == waiver["ground"]["ru"]
    assert row["Действует по"] == date.fromisoformat(waiver["through"])
    assert row["Осталось дней"] == waiver["days_left"]
    assert (row["Кем утверждено"], row["Документ"]) == tuple(waiver["approved_by"].values())


def test_what_the_baseline_knows_is_marked() -> None:
    known = report()
    for result in known["results"]:
        result["baseline"] = result["policy"] == "FM-BAN"
    rows = rows_of(made(known)[0], words.VIOLATIONS)
    assert {(row["Политика"] == "FM-BAN", row["Известно заранее"]) for row in rows} == {(True, "да"), (False, "")}


def test_documents_that_were_put_aside_are_listed_with_what_to_do() -> None:
    rows = cells(fixtures())["Сведения"]
    for record in report()["quarantine"]:
        told = next(row for row in rows if row[0] == record["file"] and row[5] == record["code"])
        assert told[1].endswith(record["message"]["ru"])
        assert told[2] == record["help"]["ru"]
        assert (told[3], told[4]) == (record["line"] or "", record["column"] or "")


def test_the_sheet_about_the_report_counts_the_rows_of_the_others() -> None:
    rows = cells(fixtures())["Сведения"]
    for name in TABLES:
        told = next(row for row in rows if row[0] == name.ru)
        assert told[2] == len(rows_of(fixtures(), name))
    assert any(row[1] == report()["policy_set"]["digest"] for row in rows)


# --- persons -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_findings_about_persons_are_nowhere(language: Language) -> None:
    planted = report()
    about = {entry["policy"] for entry in planted["policies"] if entry["about_persons"]}
    mark = {"ru": "ПРИМЕТА", "en": "ПРИМЕТА"}
    number = 0
    for result in planted["results"]:
        if result["policy"] in about:
            number += 1
            result |= {"ref": "p_ПРИМЕТА", "message": mark, "remedy": mark}
            result["missing"] = [{"path": "people[1].bound", "cause": "absent", "title": mark}]
        for fact in result["because"]:
            if fact["path"].partition("[")[0] in ("people", "guardians", "classes", "coercion_events"):
                fact |= {"title": mark, "value": "p_ПРИМЕТА", "value_title": mark}
    assert number > 20
    data = made(planted, language)[0]
    assert not [name for name, part in parts(data).items() if "ПРИМЕТА".encode() in part]


def test_what_is_left_out_of_the_facts_is_said() -> None:
    rows = [row for name in (words.VIOLATIONS, words.ADVICE) for row in rows_of(fixtures(), name)]
    assert any(words.PERSON_FACTS.ru in row["Наблюдаемые факты"] for row in rows)


def test_the_place_of_a_missing_fact_names_no_person() -> None:
    lost = report()
    fact = {"path": "guardians[7].channels[2].kind", "cause": "absent", "title": {"ru": "А", "en": "A"}}
    other = {"path": "chats[3].admins[4].bound", "cause": "absent", "title": {"ru": "Б", "en": "B"}}
    unknown = next(row for row in lost["results"] if row["verdict"] == "unknown" and row["policy"] == "FM-RU")
    unknown["missing"] = [fact, {**fact, "path": "guardians[8].channels[0].kind"}, other]
    rows = [row for row in rows_of(made(lost)[0], words.UNKNOWNS) if row[words.FACT.ru] in ("А", "Б")]
    assert [row[words.PATH.ru] for row in rows] == ["guardians[…].channels[…].kind", "chats[3].admins[…].bound"]


def test_small_numbers_of_persons_are_hidden_everywhere() -> None:
    table = results_of(report()).table
    hidden = [row for row in table["by_policy"] if row["persons"] and "violation" in row["persons"]["hidden"]]
    assert hidden
    told = {row[words.POLICY.ru]: row for row in rows_of(fixtures(), words.POLICIES)}
    for row in hidden:
        assert told[row["policy"]][words.N_VIOLATIONS.ru] in ("<5", "скрыто")
    summary = {row[0]: row for row in cells(fixtures())["Сводка"]}
    for row in hidden:
        assert summary[row["policy"]][10] in ("<5", "скрыто")
    assert "меньше 5 не показаны" in every_text(fixtures())


# --- types and looks -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("language", "day_format"), [("ru", "dd.mm.yyyy"), ("en", "yyyy-mm-dd")])
def test_days_are_days_and_codes_are_texts(language: Language, day_format: str) -> None:
    data = fixtures(language)
    for name in TABLES[:5]:
        for row in rows_of(data, name, language):
            assert isinstance(row[words.INN.in_language(language)], str)
            assert isinstance(row[words.AS_OF.in_language(language)], date)
            assert isinstance(row[words.LINE.in_language(language)], float)
    styles = trees(data)["xl/styles.xml"]
    assert day_format in {form.get("formatCode") for form in styles.iter(f"{MAIN}numFmt")}


def test_an_inn_keeps_its_leading_zero() -> None:
    zero = report()
    for row in (*zero["organizations"], *zero["results"]):
        row["organization"] = "0" + row["organization"][1:]
    assert all(row[INN].startswith("0") and len(row[INN]) == 10 for row in rows_of(made(zero)[0], words.VIOLATIONS))


def test_a_day_that_excel_does_not_know_stays_a_text() -> None:
    old = report()
    for result in old["results"]:
        result["law_date"] = "1899-12-31"
    assert {row["Право на дату"] for row in rows_of(made(old)[0], words.VIOLATIONS)} == {"1899-12-31"}


@pytest.mark.parametrize("name", TABLES)
def test_a_table_is_ready_for_screen_and_print(name: Text) -> None:
    data = fixtures()
    tree, last = sheet_tree(data, name), len(rows_of(data, name)) + 1
    pane = tree.find(f".//{MAIN}pane")
    assert pane is not None
    assert (pane.get("state"), pane.get("ySplit")) == ("frozen", "1")
    ranged = tree.find(f"{MAIN}autoFilter")
    assert ranged is not None
    assert ranged.get("ref", "").startswith("A1:")
    assert ranged.get("ref", "").endswith(str(last))
    setup = tree.find(f"{MAIN}pageSetup")
    assert setup is not None
    assert (setup.get("paperSize"), setup.get("orientation"), setup.get("fitToHeight")) == ("9", "landscape", "0")
    footer = tree.find(f".//{MAIN}oddFooter")
    assert footer is not None
    assert (footer.text or "").endswith("стр. &P из &N")
    index = str([sheet.ru for sheet, _ in words.SHEETS].index(name.ru))
    names = {
        (defined.get("name"), defined.get("localSheetId")): defined.text
        for defined in trees(data)["xl/workbook.xml"].iter(f"{MAIN}definedName")
    }
    assert (names["_xlnm.Print_Titles", index] or "").endswith("!$1:$1")
    assert (names["_xlnm.Print_Area", index] or "").endswith(f"${last}")


def test_rows_are_as_high_as_their_texts() -> None:
    heights = [float(row.get("ht", "0")) for row in sheet_tree(fixtures(), words.VIOLATIONS).iter(f"{MAIN}row")]
    assert len(heights) == exact()["violation"] + 1
    assert max(heights[1:]) > 100
    assert max(heights) <= 409


def test_the_last_row_before_an_empty_one_is_high_enough_too() -> None:
    rows = cells(fixtures())["Сведения"]
    place = next(number for number, row in enumerate(rows, start=1) if row[5] == "wrong-type")
    assert not any(rows[place])
    heights = {row.get("r"): row.get("ht") for row in sheet_tree(fixtures(), words.ABOUT).iter(f"{MAIN}row")}
    assert float(heights[str(place)] or 0) > 20


def test_there_are_no_formulas_links_or_macros() -> None:
    for name, tree in trees(fixtures()).items():
        tags = {element.tag.rpartition("}")[2] for element in tree.iter()}
        assert not tags & {"f", "hyperlink", "hyperlinks", "oleObject", "control", "drawing", "legacyDrawing"}, name
        external = [element for element in tree.iter() if element.get("TargetMode") == "External"]
        assert not external, name
    assert not [name for name in parts(fixtures()) if "vba" in name.lower() or "externalLink" in name]


# --- what does not fit ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_full_sheet_goes_on_in_the_next_and_nothing_is_lost(language: Language) -> None:
    data, said = made(report(), language, rows_per_sheet=20)
    sheets = list(cells(data))
    assert all(len(rows) <= 20 for rows in cells(data).values())
    for name in TABLES:
        assert rows_of(data, name, language) == rows_of(fixtures(language), name, language)
    first = words.VIOLATIONS.in_language(language)
    at = sheets.index(first)
    more = -(-exact()["violation"] // 19)
    assert more > 2
    assert sheets[at : at + more] == [first, *(f"{first} ({number})" for number in range(2, more + 1))]
    assert sheets[at + more] == words.UNKNOWNS.in_language(language)
    notice = words.split(first, more)
    assert notice in said
    assert notice.in_language(language) in every_text(data)


def test_every_sheet_of_a_split_table_has_its_header_filter_and_print_range() -> None:
    data = made(report(), rows_per_sheet=20)[0]
    names = [sheet.get("name") for sheet in trees(data)["xl/workbook.xml"].iter(f"{MAIN}sheet")]
    defined = {
        (name.get("name"), names[int(name.get("localSheetId", "0"))]): name.text or ""
        for name in trees(data)["xl/workbook.xml"].iter(f"{MAIN}definedName")
    }
    split = [name for name in names if name and name.startswith("Нарушения")]
    assert len(split) > 2
    for name in split:
        quoted = f"'{name}'!" if " " in name else f"{name}!"
        for kind in ("_xlnm._FilterDatabase", "_xlnm.Print_Area", "_xlnm.Print_Titles"):
            assert defined[kind, name].startswith(quoted), (kind, name)
        assert cells(data)[name][0] == cells(data)["Нарушения"][0]


def test_the_limits_are_those_of_excel() -> None:
    assert EXCEL_ROWS == 2**20
    assert EXCEL_CHARACTERS == 2**15 - 1


def test_a_text_too_long_for_a_cell_says_that_it_is_cut() -> None:
    long = report()
    finding = next(row for row in long["results"] if row["policy"] == "FM-BAN" and row["verdict"] == "violation")
    finding["message"] = {"ru": "😀ы" * 20_000, "en": "a" * 40_000}
    data, said = made(long)
    told = next(row["Что установлено"] for row in rows_of(data, words.VIOLATIONS) if "😀" in row["Что установлено"])
    assert len(told.encode("utf-16-le")) // 2 <= EXCEL_CHARACTERS
    assert told.endswith("[не поместилось: весь текст — 60000 знаков]")
    assert said == [words.cut(1)]
    assert words.cut(1).ru in every_text(data)


def test_a_text_that_just_fits_is_whole() -> None:
    long = report()
    finding = next(row for row in long["results"] if row["policy"] == "FM-BAN" and row["verdict"] == "violation")
    whole = "ы" * EXCEL_CHARACTERS
    finding["message"] = {"ru": whole, "en": whole}
    data, said = made(long)
    assert not said
    assert whole in {row["Что установлено"] for row in rows_of(data, words.VIOLATIONS)}


def test_an_error_while_writing_leaves_no_workbook() -> None:
    broken = report()
    broken["results"][0]["severity"] = "no such severity"
    broken["results"][0] |= {"verdict": "violation", "policy": "FM-BAN", "kind": "norm"}
    file = io.BytesIO()
    with pytest.raises(KeyError):
        write(results_of(broken), file, "ru")
    assert not file.getvalue()


def test_what_does_not_fit_among_documents_put_aside_is_told_too() -> None:
    long = report()
    long["quarantine"][0]["message"] = {"ru": "ы" * 40_000, "en": "a" * 40_000}
    data, said = made(long)
    assert said == [words.cut(1)]
    assert words.cut(1).ru in every_text(data)
