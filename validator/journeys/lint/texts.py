"""Texts as people read them: two languages that are two, words in one script, nothing that YAML reads otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterator

from validator.journeys.lint.pack import Check, Pack, both_texts, piece, place_of, scalars, weakness
from validator.language.library import PolicyFile
from validator.language.nodes import Scalar
from validator.language.structure import shorten
from validator.logic.problem import Problem
from validator.logic.shape import RecordShape
from validator.logic.text import Text, plural_ru

LONGEST_TITLE = 120
_CYRILLIC = r"\u0400-\u04ff"
_LATIN = r"A-Za-z\u00c0-\u024f"
_MIXED = re.compile(
    rf"[{_LATIN}{_CYRILLIC}]*(?:[{_LATIN}][{_CYRILLIC}]|[{_CYRILLIC}][{_LATIN}])[{_LATIN}{_CYRILLIC}]*"
)
_QUOTED = re.compile(r"«[^»]*»|“[^”]*”|\"[^\"]*\"|`[^`]*`|\{[^}]*\}")
_PROSE = re.compile(r"(?<![\w./-])[a-z]{2,}(?![\w/-]|\.\w)")
# Fewer words of prose than that may be a name.
_SENTENCE = 3
# Keys whose values are texts whatever they look like.
_FREE_TEXT = ("ru", "en", "at", "name", "number")
# What a reader of YAML 1.1 takes for something else than a text.
_OTHER_THAN_TEXT = re.compile(
    r"""(?:y|n|yes|no|on|off|null|~|=)\Z      # words
    |[-+]?0[0-9_]+\Z|0x[0-9a-f_]+\Z|0b[01_]+\Z # numbers of other bases
    |[-+]?[0-9]+(?:_[0-9]+)+\Z                 # digits in groups
    |[-+]?[0-9]+(?::[0-5]?[0-9])+(?:\.[0-9]*)?\Z # hours and minutes
    |[-+]?\.(?:inf|nan)\Z
    |[-+]?[0-9][0-9_]*(?:\.[0-9]*)?e[-+]?[0-9]+\Z""",
    re.IGNORECASE | re.VERBOSE,
)


# --- two languages ---------------------------------------------------------------------------------------------


def untranslated(pack: Pack) -> Iterator[Problem]:
    """Texts of which one language is a copy of the other, or not in that language at all."""
    for file in pack.files():
        for _, ru, en in both_texts(file.root):
            if not re.search(f"[{_CYRILLIC}]", ru.text) and _is_prose(ru.text):
                yield _untranslated(
                    file, ru, Text("русский текст написан не по-русски", "the Russian text is not in Russian")
                )
            elif found := re.search(f"[{_CYRILLIC}]+", _QUOTED.sub(lambda m: " " * len(m[0]), en.text)):
                yield weakness(
                    "untranslated-text",
                    piece(file, en, found.start(), found[0]),
                    Text(
                        f"в английском тексте русское слово `{shorten(found[0])}`",
                        f"the English text holds the Russian word `{shorten(found[0])}`",
                    ),
                    Text(
                        "переведите; русское название в английском тексте берут в кавычки",
                        "translate it; a Russian name in an English text is quoted",
                    ),
                )


def _is_prose(text: str) -> bool:
    return len(_PROSE.findall(_QUOTED.sub(" ", text))) >= _SENTENCE


def _untranslated(file: PolicyFile, node: Scalar, message: Text) -> Problem:
    return weakness(
        "untranslated-text",
        place_of(file, node),
        message,
        Text("переведите текст: нужны оба языка", "translate the text: both languages are needed"),
    )


def mixed_scripts(pack: Pack) -> Iterator[Problem]:
    """Words of Latin and Cyrillic letters; aliases and the facts of examples may hold what people really write."""
    for file in pack.files():
        for key, value in file.root.items():
            for name, node in scalars(value, key.text) if key.text != "examples" else ():
                for found in _MIXED.finditer(node.text) if name != "aliases" else ():
                    yield weakness(
                        "mixed-script-word",
                        piece(file, node, found.start(), found[0]),
                        Text(
                            f"в слове `{shorten(found[0])}` смешаны русские и латинские буквы",
                            f"the word `{shorten(found[0])}` mixes Cyrillic and Latin letters",
                        ),
                        Text(
                            "наберите слово заново в одной раскладке", "type the word again in one keyboard layout"
                        ),
                    )


# --- titles ----------------------------------------------------------------------------------------------------


def long_titles(pack: Pack) -> Iterator[Problem]:
    """Titles that fit no heading and no line of a report."""
    for file in pack.files():
        for key, *texts in both_texts(file.root):
            for node in texts:
                size = len(node.text)
                if key == "title" and size > LONGEST_TITLE:
                    yield weakness(
                        "long-title",
                        place_of(file, node),
                        Text(
                            f"название слишком длинное: {size} {plural_ru(size, 'знак', 'знака', 'знаков')}",
                            f"the title is too long: {size} characters",
                        ),
                        Text(
                            f"не больше {LONGEST_TITLE}; подробности — в `note`, `remark` или `why`",
                            f"at most {LONGEST_TITLE}; details go to `note`, `remark` or `why`",
                        ),
                    )


# --- YAML ------------------------------------------------------------------------------------------------------


def unquoted_words(pack: Pack) -> Iterator[Problem]:
    """Plain texts that other readers of YAML take for truth values, numbers or nothing.

    Words of the vocabulary (`opinion: yes`, the age `7_13`, the field `on`) are no free text: they may stand as
    they are, but for the places where only people read.
    """
    words = _words_of(pack.library.vocabulary.document)
    for file in pack.files():
        for key, node in scalars(file.root):
            if node.kind == "plain" and _OTHER_THAN_TEXT.match(node.text):
                if node.text in words and key not in _FREE_TEXT:
                    continue
                token = shorten(node.text)
                yield weakness(
                    "unquoted-word",
                    place_of(file, node),
                    Text(
                        f"`{token}` без кавычек многие программы прочтут не как текст",
                        f"many programs read the unquoted `{token}` as something else than text",
                    ),
                    Text(f'возьмите в кавычки: `"{token}"`', f'quote it: `"{token}"`'),
                )


def _words_of(record: RecordShape) -> frozenset[str]:
    """Every field name of a record, and every word that a field may hold."""
    found = {*record.fields}
    for shape in record.fields.values():
        found |= {*shape.values, *shape.special}
        if shape.record is not None:
            found |= _words_of(shape.record)
    return frozenset(found)


TEXTS: tuple[Check, ...] = (untranslated, mixed_scripts, long_titles, unquoted_words)
