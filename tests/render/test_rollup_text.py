"""The roll-up at a terminal: short, narrow, in both languages, and nothing hidden shows through."""

from __future__ import annotations

import json

import pytest

from validator.journeys.rollup.accumulate import RollUp
from validator.logic.batch import Coverage, Expected, ExpectedGroups, Group, RollUpTable, Tally
from validator.logic.text import Language
from validator.render.rollup import json as json_form
from validator.render.rollup.text import render
from validator.render.rollup.words import cut, number_text, percent_text

PERSONS = {"PE-1": frozenset({"violation", "unknown", "ok.met"}), "PE-2": frozenset({"violation", "ok.met"})}


def table_of(
    violations: dict[str | None, tuple[int, int]],
    coverage: Coverage | None = None,
    expected: ExpectedGroups | None = None,
) -> RollUpTable:
    """Municipalities of one region with so many violations: of the organization, and of persons."""
    found = RollUp(PERSONS)
    for name, (own, persons) in violations.items():
        tallies = [
            Tally("FM-BAN", "violation", None, False, own),
            Tally("FM-BAN", "ok", "met", False, 10),
            Tally("FM-BAN", "unknown", None, False, 1),
            Tally("PE-1", "violation", None, False, persons),
            Tally("PE-2", "ok", "met", False, 40),
        ]
        found.add(Group("26", name, "school"), [tally for tally in tallies if tally.number])
    number = len(violations)
    return found.table(coverage or Coverage(number, number, 0, 0, None, None, None), expected)


TWO = {"Невинномысск": (3, 2), "Ессентуки": (1, 1), "Пятигорск": (70_000, 60_000)}


def test_the_whole_text_in_english() -> None:
    assert (
        render(table_of(TWO), "en")
        == """\
Coverage of the roll-up: 100.0 % of the documents given
  documents 3: evaluated 3, quarantined 0, not reached 0
Organizations 3: with violations 3, with unknowns 3
Applicable judgements not about persons 70 037: violations 70 004, unknown 3 (0.0 %)
About persons, besides: violations 60 003, unknown 0 (0.0 %)

Municipalities with most violations (3 of 3):
                                          organizations     violations and of persons     unknown, %
  26 Пятигорск                                        1         70 000         60 000            0.0
  26 Невинномысск                                     1              3             <5            7.1
  26 Ессентуки                                        1              1             <5            8.3

Policies with most violations (2 of 3):
                                          organizations     violations and of persons     unknown, %
  FM-BAN                                              3         70 004              -            0.0
  PE-1                                                -              -         60 003            0.0

Numbers of persons below 5 are not shown, nor those that would give them away.
"""
    )


def test_the_whole_text_in_russian() -> None:
    assert (
        render(table_of(TWO), "ru")
        == """\
Полнота свода: 100,0 % от поданных документов
  документов 3: проверено 3, отложено 0, не дошла очередь 0
Организаций 3: с нарушениями 3, с нехваткой данных 3
Применимых оценок не о людях 70 037: нарушений 70 004, нет данных 3 (0,0 %)
О людях, сверх того: нарушений 60 003, нет данных 0 (0,0 %)

Муниципалитеты, где нарушений больше всего (3 из 3):
                                            организаций      нарушений      и о людях  нет данных, %
  26 Пятигорск                                        1         70 000         60 000            0,0
  26 Невинномысск                                     1              3             <5            7,1
  26 Ессентуки                                        1              1             <5            8,3

Политики, по которым нарушений больше всего (2 из 3):
                                          у организаций      нарушений      и о людях  нет данных, %
  FM-BAN                                              3         70 004              -            0,0
  PE-1                                                -              -         60 003            0,0

Числа людей меньше 5 не показаны, и те, по которым их можно вычислить.
"""
    )


@pytest.mark.parametrize("language", ["ru", "en"])
def test_no_line_is_wider_than_100_columns(language: Language) -> None:
    names = {
        f"Муниципальный округ с очень длинным названием, номер {number}": (10**6, 10**6) for number in range(30)
    }
    coverage = Coverage(10**6, 10**6, 10**5, 10**5, 10**6, 10**5, 10**4)
    expected = ExpectedGroups(frozenset({"region", "municipality"}), {Group("78", "Пушкин", ""): Expected(1, 1)})
    text = render(table_of(dict(names), coverage, expected), language)
    assert max(map(len, text.splitlines())) <= 100
    assert "  26 Муниципальный округ с очень длин...  " in text


def test_ten_rows_are_shown_and_it_is_said_of_how_many() -> None:
    text = render(table_of({f"М{number:02}": (number + 1, 0) for number in range(30)}), "ru")
    assert "(10 из 30)" in text
    assert "М29" in text
    assert "М19" not in text


def test_worst_comes_first_and_equals_keep_the_order_of_the_table() -> None:
    text = render(table_of({"Б": (5, 0), "А": (5, 0), "В": (4, 20)}), "ru")
    assert text.index("26 В") < text.index("26 А") < text.index("26 Б")


def test_that_there_are_no_violations_is_said() -> None:
    text = render(table_of({"Ессентуки": (0, 0)}), "ru")
    assert "Муниципалитеты, где нарушений больше всего: нарушений нет" in text
    assert "Политики, по которым нарушений больше всего: нарушений нет" in text
    assert "не показаны" not in text


def test_the_roll_up_of_nothing_says_so() -> None:
    text = render(RollUp({}).table(Coverage(0, 0, 0, 0, None, None, None)), "en")
    assert "Coverage of the roll-up: - % of the documents given" in text
    assert "INCOMPLETE" in text
    assert "Organizations 0" in text
    assert "persons, besides" not in text


def test_missing_organizations_and_silent_municipalities_are_said() -> None:
    groups = {Group("26", "Ессентуки", ""): Expected(1, 0), Group("26", "Лермонтов", ""): Expected(9, 9)}
    expected = ExpectedGroups(frozenset({"region", "municipality"}), groups)
    table = table_of({"Ессентуки": (1, 0)}, Coverage(3, 1, 2, 0, 10, 9, 1), expected)
    russian, english = render(table, "ru"), render(table, "en")
    assert "Полнота свода: 10,0 % от ожидаемых организаций" in russian
    assert "ожидалось организаций 10: нет 9, лишних 1" in russian
    assert "муниципалитетов, откуда не пришло ничего: 1" in russian
    assert "СВОД НЕПОЛОН: проверено меньше 95,0 %; судить" in russian
    assert "organizations expected 10: missing 9, unexpected 1" in english
    assert "municipalities that sent nothing: 1" in english
    assert "INCOMPLETE: less than 95.0 % was evaluated" in english


def test_an_interrupted_run_is_said_to_be_incomplete() -> None:
    table = table_of(TWO, Coverage(4, 3, 0, 1, None, None, None))
    assert "СВОД НЕПОЛОН: проверка прервана" in render(table, "ru")
    assert "INCOMPLETE: the run ended early" in render(table, "en")


def test_a_number_that_would_give_a_small_one_away_is_replaced_by_a_word() -> None:
    table = table_of({"А": (1, 1), "Б": (1, 30), "В": (1, 800)})
    lines = {line.split()[1]: line for line in render(table, "ru").splitlines() if line.startswith("  26")}
    assert "скрыто" in lines["А"]
    assert "скрыто" in lines["Б"]
    assert "800" in lines["В"]


def test_a_name_can_not_move_the_cursor_or_forge_a_line() -> None:
    text = render(table_of({"A\x1b[2J\nИтог: 0 \u202egnp": (1, 0)}), "ru")
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "\nИтог" not in text
    assert "A\\x1b[2J\\nИтог" in text


def test_the_text_fits_an_old_console_page() -> None:
    for language in ("ru", "en"):
        for page in ("cp866", "cp1251"):
            render(table_of(TWO), language).encode(page)


def test_json_is_the_table_itself() -> None:
    table = table_of(TWO)
    text = json_form.render(table, "en")
    assert text == json_form.render(table, "ru")
    assert json.loads(text) == table
    assert text.endswith("}\n")
    assert "Пятигорск" in text


def test_numbers_and_shares_are_written_as_the_language_writes_them() -> None:
    assert [number_text(number) for number in (0, 999, 1000, 1234567)] == ["0", "999", "1 000", "1 234 567"]
    assert percent_text(12.0, "ru") == "12,0"
    assert percent_text(None, "en") == "-"
    assert cut("abcdef", 5) == "ab..."
    assert cut("abcde", 5) == "abcde"
