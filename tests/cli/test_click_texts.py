"""Click's own texts in Russian: the catalogue is complete, agrees with click, and is what users see."""

from __future__ import annotations

import gettext
import os
import re
import string
from collections import Counter

import click
import pytest
from click_catalogue import MO, PO, Entry, click_texts, compile_mo, read_po

from validator.cli.context import CATALOGUES, DOMAIN, speaking

# Texts that no user of ours can meet, by the reason why.
UNREACHABLE = {
    "mistakes of a programmer who declares a command": {
        "Arguments take exactly one parameter declaration, got {length}: {decls}.",
        "Boolean option {decl!r} cannot use the same flag for true/false.",
        "Could not determine name for option with declarations {decls!r}",
        "Invalid start character for option ({option})",
        "Name '{name}' defined twice",
        "No options defined but a name was passed ({name}). Did you mean to declare an argument instead?"
        " Did you mean to pass '--{name}'?",
        "Unknown color {colour!r}",
        "Unknown standard stream '{name}'",
        "Value must be an iterable.",
    },
    "we deprecate nothing": {
        "deprecated",
        "DeprecationWarning: The command {name!r} is deprecated.{extra_message}",
        "DeprecationWarning: The {param_type} {name!r} is deprecated.{extra_message}",
    },
    "we ask no questions and open no editor": {
        "Confirm the action without prompting.",
        "Do you want to continue?",
        "Error: The two entered values do not match.",
        "Error: invalid input",
        "Press any key to continue...",
        "Repeat for confirmation",
        "{editor}: Editing failed",
        "{editor}: Editing failed: {e}",
        "d",  # days in the time that a progress bar still needs
    },
    "the console of Windows failing under click": {"Windows error: {error}"},
    "we have no parameter of that type": {"{value!r} is not a valid UUID.", "Choice({choices})"},
}
ASIDE = {text for texts in UNREACHABLE.values() for text in texts}
ENTRIES = read_po(PO.read_text(encoding="utf-8"))
HEADER, *TEXTS = ENTRIES


def placeholders(text: str) -> Counter[str]:
    """What a text fills in: `{name!r}` counts as it is written, `%(prog)s` too."""
    fields = [f"{name}!{how}" for _, name, _, how in string.Formatter().parse(text) if name is not None]
    return Counter(fields + re.findall(r"%\(\w+\)s", text))


def test_the_compiled_catalogue_is_the_compiled_text_file() -> None:
    compiled = compile_mo(ENTRIES)
    if os.environ.get("SVERKA_UPDATE") == "1":
        MO.write_bytes(compiled)
    assert MO.read_bytes() == compiled, "run: SVERKA_UPDATE=1 pytest tests/cli/test_click_texts.py"


def test_python_reads_the_compiled_catalogue() -> None:
    russian = gettext.translation(DOMAIN, CATALOGUES, languages=["ru"])
    assert russian.charset() == "UTF-8"
    for entry in TEXTS:
        if entry.plural is None:
            assert russian.gettext(entry.text) == entry.told[0]
        else:
            forms = [russian.ngettext(entry.text, entry.plural, number) for number in (1, 2, 5)]
            assert forms == list(entry.told)


@pytest.mark.parametrize(
    ("number", "form"), [(0, 2), (1, 0), (2, 1), (4, 1), (5, 2), (11, 2), (12, 2), (21, 0), (22, 1), (111, 2)]
)
def test_plural_forms_are_those_of_russian(number: int, form: int) -> None:
    rule = re.search(r"plural=(.*);", HEADER.told[0])
    assert rule is not None
    assert gettext.c2py(rule.group(1))(number) == form  # type: ignore[attr-defined]


def test_every_text_of_click_that_can_reach_a_user_is_translated() -> None:
    ours = {entry.text for entry in TEXTS} | ASIDE
    missing = {text[0]: module for text, module in click_texts().items() if text[0] not in ours}
    assert missing == {}


def test_click_still_has_every_text_that_is_translated_or_set_aside() -> None:
    # `required` comes from a table in click that the search for literals does not see.
    known = {text[0] for text in click_texts()} | {"required"}
    assert {entry.text for entry in TEXTS} | ASIDE <= known


def test_no_text_is_both_translated_and_set_aside() -> None:
    assert not {entry.text for entry in TEXTS} & ASIDE
    assert len({entry.text for entry in TEXTS}) == len(TEXTS)


def test_plurals_are_those_of_click() -> None:
    plurals = {text[0]: text[1] if len(text) > 1 else None for text in click_texts()}
    assert {entry.text: entry.plural for entry in TEXTS if entry.text != "required"} == {
        entry.text: plurals[entry.text] for entry in TEXTS if entry.text != "required"
    }


@pytest.mark.parametrize("entry", TEXTS, ids=lambda entry: entry.text)
def test_a_translation_fills_in_what_the_text_does(entry: Entry) -> None:
    assert len(entry.told) == (1 if entry.plural is None else 3)
    assert all(entry.told)
    # What click gives to a text it gives to its plural too, so either form may use the fields of both.
    allowed = placeholders(entry.text) | placeholders(entry.plural or "")
    for told in entry.told:
        assert placeholders(told) <= allowed
        if entry.plural is None:
            assert placeholders(told) == allowed
        assert told.endswith("\n") == entry.text.endswith("\n")
    if entry.plural is not None:
        # The forms for many must say what the English one does, but for a number that is in the wording.
        assert placeholders(entry.plural) <= placeholders(entry.told[2])


def test_a_text_that_differs_in_a_field_would_be_noticed() -> None:
    assert placeholders("{name!r} and {other}") != placeholders("{name} and {other}")
    assert placeholders("%(prog)s") != placeholders("%(program)s")


@pytest.mark.parametrize("locale", ["C", "C.UTF-8", "ru_RU.UTF-8", "de_DE", "nonsense", ""])
def test_the_locale_does_not_matter_once_the_language_is_chosen(
    locale: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "LANGUAGE"):
        monkeypatch.setenv(name, locale)
    with speaking("ru"):
        assert gettext.gettext("Missing argument") == "Не указан аргумент"
        assert click.UsageError("x").format_message() == "x"
    with speaking("en"):
        assert gettext.gettext("Missing argument") == "Missing argument"


def test_speaking_leaves_no_trace(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LANGUAGE", raising=False)
    folder = gettext.bindtextdomain(DOMAIN)
    with speaking("ru"):
        assert os.environ["LANGUAGE"] == "ru"
        with speaking("en"):
            assert gettext.gettext("Options") == "Options"
        assert gettext.gettext("Options") == "Параметры"
    assert "LANGUAGE" not in os.environ
    assert gettext.bindtextdomain(DOMAIN) == folder
    monkeypatch.setenv("LANGUAGE", "fr")

    with pytest.raises(ZeroDivisionError), speaking("ru"):
        raise ZeroDivisionError
    assert os.environ["LANGUAGE"] == "fr"
