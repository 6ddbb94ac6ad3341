"""Encodings and delimiters of text tables, told apart without being named."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validator.logic.problem import InputError
from validator.snapshots.tables.csv_files import read_csv
from validator.snapshots.tables.encodings import decode

TEXTS = [
    "ИНН;Наименование;Регион\n7899001010;ГБОУ школа № 1907;78\n",
    "инн;название\n1;Муниципальное бюджетное общеобразовательное учреждение\n",
    "ИНН;НАИМЕНОВАНИЕ\n1;ГБУ ДО ДОМ ЮНЫХ МОРЕХОДОВ\n",
    "a;b\nда;нет\n",
    "ИНН;Имя\n1;МАОУ гимназия «Метеорит» – филиал\n",
]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "cp866", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", TEXTS)
def test_russian_texts_are_read_in_whatever_encoding_they_came(text: str, encoding: str) -> None:
    if encoding == "cp866":
        text = text.translate(str.maketrans("«»–", '""-'))
    assert decode(text.encode(encoding)).text == text


WORDS = st.sampled_from(
    [
        "школа",
        "гимназия",
        "учитель",
        "класс",
        "чат",
        "Телеграм",
        "родители",
        "обучающиеся",
        "Невский",
        "район",
        "да",
        "нет",
        "Приволжский",
        "округ",
        "ёлка",
    ]
)


@given(st.lists(WORDS, min_size=3, max_size=30), st.sampled_from(["cp1251", "cp866"]))
def test_any_few_russian_words_are_enough_to_tell_cp1251_from_cp866(words: list[str], encoding: str) -> None:
    text = ";".join(words)
    found = decode(text.encode(encoding))
    assert (found.text, found.encoding, found.chosen) == (text, encoding, True)


def test_a_text_in_cp866_that_also_is_utf_8_of_characters_that_do_not_exist_is_cp866() -> None:
    data = "ёлка;ёлка;ёлка".encode("cp866")
    assert data.decode("utf-8")  # it can be decoded, and means nothing
    assert decode(data).text == "ёлка;ёлка;ёлка"


def test_the_word_of_the_user_wins() -> None:
    assert decode("школа".encode("cp866"), "cp1251").text == "школа".encode("cp866").decode("cp1251")


@pytest.mark.parametrize("data", [b"a;b\n\x00\x01\x02;1\n", "школа".encode("cp1251") + b"\0"])
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(InputError) as caught:
        read_csv(data, "t.csv")
    assert caught.value.problems[0].code == "table-encoding"


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_the_delimiter_is_the_one_that_gives_every_row_as_many_columns(delimiter: str) -> None:
    rows = [["ИНН", "Имя", "Доля"], ["1", "Школа, где учатся; и живут", "50,01"], ["2", "Лицей", "1,5"]]
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(rows)
    found = read_csv(text.getvalue().encode(), "t.csv")
    assert (found.delimiter, found.grid.rows) == (delimiter, rows)


def test_a_line_that_names_the_delimiter_is_obeyed_and_no_row() -> None:
    found = read_csv("sep=,\r\nИНН,Имя\r\n1,а;б;в;г\r\n".encode(), "t.csv")
    assert found.grid.rows == [["ИНН", "Имя"], ["1", "а;б;в;г"]]
    assert found.grid.place(1, 0) == "A3"


def test_a_workbook_with_the_name_of_a_text_is_told() -> None:
    with pytest.raises(InputError) as caught:
        read_csv(b"PK\x03\x04....", "t.csv")
    assert caught.value.problems[0].code == "table-format"
