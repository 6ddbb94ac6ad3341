"""No text of the workbook is in one language only, or in the wrong one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from workbooks import every_text, made, report

from validator.logic.text import Text
from validator.render.xlsx import words

CYRILLIC = re.compile(r"[А-Яа-яЁё№«»]")
# What the Russian workbook has in Latin letters: names of the product's own things, and of services.
LATIN = re.compile(r"[A-Za-z]{2,}")


def told() -> Iterator[tuple[str, Text]]:
    """Every text of the dictionary with its name."""
    for name, value in vars(words).items():
        yield from _texts(name, value)
    for name, made_of in {
        "cut_mark": words.cut_mark(5),
        "cut": words.cut(1),
        "persons_rule": words.persons_rule(5),
        "incomplete": (words.incomplete("95", ended_early=True), words.incomplete("95", ended_early=False)),
    }.items():
        yield from _texts(name, made_of)


def _texts(name: str, value: Any) -> Iterator[tuple[str, Text]]:
    if isinstance(value, Text):
        yield name, value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(name, inner)
    elif isinstance(value, tuple):
        for inner in value:
            yield from _texts(name, inner)


def test_every_text_is_in_both_languages() -> None:
    found = list(told())
    assert len(found) > 100
    for name, text in found:
        assert text.ru.strip(), name
        assert text.en.strip(), name
        assert not CYRILLIC.search(text.en), name
        assert CYRILLIC.search(text.ru) or name == "PRINT_PAGE", name
        latin = set(LATIN.findall(re.sub(r"\\\w+", "", text.ru)))
        assert not latin, (name, latin)


def english(value: Any) -> Any:
    """The same report with every text of its data in English, names in Latin letters."""
    if isinstance(value, dict):
        if value.keys() == {"ru", "en"}:
            return {"ru": "Ы", "en": CYRILLIC.sub("x", value["en"])}
        return {key: english(inner) if key != "en" else CYRILLIC.sub("x", inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [english(inner) for inner in value]
    return CYRILLIC.sub("x", value) if isinstance(value, str) else value


def test_the_english_workbook_has_no_russian_letter_of_its_own() -> None:
    text = every_text(made(english(report()), "en")[0])
    assert not [line for line in text.splitlines() if CYRILLIC.search(line)]


def russian(value: Any) -> Any:
    """The same report with every text of its data in Russian letters."""
    if isinstance(value, dict):
        if value.keys() == {"ru", "en"}:
            return {"ru": LATIN.sub("ж", value["ru"]), "en": "ENGLISH"}
        return {
            key: LATIN.sub("ж", inner) if key == "ru" else "ENGLISH" if key == "en" else russian(inner)
            for key, inner in value.items()
        }
    return [russian(inner) for inner in value] if isinstance(value, list) else value


def tokens(value: Any) -> Iterator[str]:
    """Every word of the data that is no sentence: ids, pseudonyms, names of files."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key not in ("ru", "en"):
                yield from tokens(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from tokens(inner)
    elif isinstance(value, str):
        yield from (word.strip("():,.;«»") for word in value.split())


def test_the_russian_workbook_has_no_english_word_of_its_own() -> None:
    of = russian(report())
    known = {*tokens(of), "sverka", "\\x1b", "\\u202e"}
    text = every_text(made(of)[0])
    assert "ENGLISH" not in text
    left = {word.strip("():,.;«»") for word in text.split() if LATIN.search(word)}
    assert {
        word for word in left if word not in known and word.partition(".")[0].partition("[")[0] not in known
    } == set()
