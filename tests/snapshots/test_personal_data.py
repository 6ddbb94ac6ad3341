"""Personal data: found in every text in many spellings, never repeated, and never seen where there are none."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from snapshot_documents import SYNTAXES, VOCABULARY, Syntax, minimal, read, read_text, refused, spelled, with_field

from validator.logic.shape import Kind, RecordShape
from validator.snapshots.personal import looks_personal

both = pytest.mark.parametrize("syntax", SYNTAXES)

# Numbers of no subscriber, invented people, control digits that are wrong but where the digits stand alone.
PHONES = [
    "+7 900 000-00-12", "+79000000012", "89000000012", "8 900 000 00 12", "8-900-000-00-12", "8(900)0000012",
    "8 (900) 000-00-12", "+7(900)000 00 12", "7 900 000 00 12", "+7.900.000.00.12", "8 (81361) 2-00-12",
    "8 812 000-00-12", "8 (495) 000 00 12", "+7 – 900 – 000 – 00 – 12", "8‑900‑000‑00‑12",
    "8\u00a0900\u00a0000\u00a000\u00a012",
    "８９０００００００１２", "٨٩٠٠٠٠٠٠٠١٢", "8900\u200b0000012", "тел.89000000012", "тел:+79000000012;",
    "+375 29 000-00-12", "+998 90 000 00 12", "+1 (202) 555-0112",
]  # fmt: skip
ADDRESSES = [
    "petrov@example.org", "p.petrov+school@mail.example.org", "петров@школа.рф", "Петров@почта.example.рф",
    "petrov@школа.рф", "пишите: petrov@example.org.", "petrov＠example.org", "p@e.ru", "p_1@mail.example.org",
]  # fmt: skip
SNILS = [
    "112-233-445 96", "112-233-445-96", "112 233 445 96", "112-233-44596", "112‑233‑445 96", "СНИЛС 112-233-445 96",
    "112\u00a0233\u00a0445\u00a096", BARE_SNILS := "11223344595",
]  # fmt: skip
FULL_NAMES = [
    "Петров Пётр Петрович", "Петров П. П.", "Петров П.П.", "П. П. Петров", "Анна Петровна", "Кузьма Ильич",
]  # fmt: skip
CLEAN = [
    "ГБОУ школа № 100", "МБОУ СОШ № 7", "Невский район", "школа 8 на 900 мест", "г. Псков, 12",
    "2025-09-01 10", "приказ № 812 от 01.09.2025", "ИНН 7800000002", "7800000002/780001001", "ОГРН 1027800000000",
    "№ 100@", "@школа", "user@localhost", "a@b", "8 900 000", "1-2-3-4-5-6-7-8-9-10", "Санкт-Петербург",
]  # fmt: skip
ALL = [*PHONES, *ADDRESSES, *SNILS]


def texts(shape: RecordShape, path: str = "") -> list[str]:
    """The paths of all fields in which a text stands as it was written."""
    found: list[str] = []
    for name, field in shape.fields.items():
        inner = f"{path}.{name}" if path else name
        if field.record is not None:
            found += texts(field.record, inner)
        elif (field.item or field.kind) in (Kind.TEXT, Kind.SERVICE):
            found.append(inner)
    return found


TEXT_FIELDS = texts(VOCABULARY.document)
SETS = ("organization.state_systems_in_use", "documents.services_named")


def planted(path: str, text: str) -> dict[str, Any]:
    value = f"https://example.org/{text}" if path == "documents.url" else text
    return with_field(path, ["max", value] if path in SETS else value)


def place_of(path: str) -> str:
    return path if path.startswith("organization") else path.replace(".", "[0].", 1)


def test_these_are_the_fields_that_hold_free_text() -> None:
    assert set(TEXT_FIELDS) == {
        "organization.name", "organization.municipality", "services.service", "chats.platform", "uses.service",
        "documents.url", *SETS,
    }  # fmt: skip


@pytest.mark.parametrize("text", ALL)
@pytest.mark.parametrize("path", [path for path in TEXT_FIELDS if path != "documents.url"])
def test_personal_data_in_a_text_are_an_error_at_their_place(path: str, text: str) -> None:
    if (path, text) == ("organization.municipality", BARE_SNILS):
        return  # eleven digits and nothing else may be the code of the municipality, see below
    (problem,) = refused(planted(path, text))
    assert (problem.code, problem.path, problem.warning) == ("personal-data", place_of(path), False)
    assert problem.span is not None


@both
@pytest.mark.parametrize("text", ["89000000012", "petrov@example.org", "112-233-445-96"])
def test_personal_data_in_an_address_of_a_page_are_an_error(text: str, syntax: Syntax) -> None:
    (problem,) = refused(planted("documents.url", text), syntax)
    assert (problem.code, problem.path) == ("personal-data", "documents[0].url")


REFS = [
    ("people", "p"), ("guardians", "g"), ("classes", "c"), ("chats", "h"), ("uses", "u"), ("documents", "d"),
]  # fmt: skip


@both
@pytest.mark.parametrize(("name", "letter"), REFS)
@pytest.mark.parametrize("number", ["89000000012", "8-900-000-00-12", "79000000012", "112-233-445-96"])
def test_a_number_in_a_pseudonym_is_an_error(name: str, letter: str, number: str, syntax: Syntax) -> None:
    (problem,) = refused(minimal(**{name: [{"ref": f"{letter}_{number}"}]}), syntax)
    assert (problem.code, problem.path) == ("personal-data", f"{name}[0].ref")


@both
def test_a_number_in_a_reference_is_an_error_at_each_place(syntax: Syntax) -> None:
    ref = "p_89000000012"
    chat = {"ref": "h_1", "creator": {"ref": ref}, "ranks": [{"owner": ref}], "invitations": [{"person": ref}]}
    document = minimal(people=[{"ref": ref}], guardians=[{"ref": "g_1", "children": [ref]}], chats=[chat])
    assert {(p.code, p.path) for p in refused(document, syntax)} == {
        ("personal-data", "people[0].ref"),
        ("personal-data", "guardians[0].children"),
        ("personal-data", "chats[0].creator.ref"),
        ("personal-data", "chats[0].ranks[0].owner"),
        ("personal-data", "chats[0].invitations[0].person"),
    }


def test_pseudonyms_made_by_hashing_are_not_taken_for_numbers() -> None:
    dice = random.Random(2025)
    refs = {f"p_{dice.getrandbits(128):032x}" for _ in range(20_000)}
    refs |= {f"p_{h[:8]}-{h[8:12]}-{h[12:16]}-{h[16:20]}-{h[20:]}" for h in (ref[2:] for ref in list(refs))}
    refs |= {f"p_{number:06}" for number in range(5_000)}
    read(minimal(people=[{"ref": ref} for ref in sorted(refs)]))


@pytest.mark.parametrize("text", [*ALL, *FULL_NAMES])
def test_nothing_of_the_value_is_repeated(text: str) -> None:
    document = planted("uses.service", text)
    for syntax in SYNTAXES:
        is_name = text in FULL_NAMES
        (problem,) = read_text(spelled(document, syntax), syntax)[1] if is_name else refused(document, syntax)
        said = " ".join((*problem.message, *problem.help, problem.code))
        assert text not in said
        assert problem.path == "uses[0].service"
        assert not any(character.isdigit() for character in said)
        assert "@" not in said


@both
@pytest.mark.parametrize("text", CLEAN)
def test_what_is_not_personal_is_taken_without_a_word(text: str, syntax: Syntax) -> None:
    assert not looks_personal(text)
    read(with_field("organization.municipality", text), syntax)
    read(with_field("uses.service", text), syntax)


# --- names ---------------------------------------------------------------------------------------------------


@both
@pytest.mark.parametrize("text", FULL_NAMES)
def test_a_full_name_is_a_warning(text: str, syntax: Syntax) -> None:
    for path in ("organization.municipality", "uses.service", "documents.services_named"):
        snapshot, (warning,) = read_text(spelled(planted(path, text), syntax), syntax)
        assert (warning.code, warning.path, warning.warning) == ("personal-name", place_of(path), True)
        assert snapshot.inn == "7800000002"


@both
@pytest.mark.parametrize("text", [f"Школа имени: {name}" for name in FULL_NAMES])
def test_the_name_of_an_organization_may_hold_a_name(text: str, syntax: Syntax) -> None:
    read(with_field("organization.name", text), syntax)


@both
@pytest.mark.parametrize("text", ALL)
def test_the_name_of_an_organization_may_hold_nothing_else(text: str, syntax: Syntax) -> None:
    (problem,) = refused(with_field("organization.name", f"Школа, {text}"), syntax)
    assert (problem.code, problem.path) == ("personal-data", "organization.name")


# --- codes -----------------------------------------------------------------------------------------------------


@both
def test_the_codes_of_an_organization_are_never_taken_for_numbers_of_people(syntax: Syntax) -> None:
    """Each of them, written elsewhere, would look like a phone number or a СНИЛС."""
    for oktmo in ("89000000012", "11223344595", "79000000", "83401000"):
        read(minimal(organization={"oktmo": oktmo}), syntax)
    read(minimal(organization={"ogrn": "8900000001200"}), syntax)
    read(minimal(organization={"ogrn": "890000000120000"}), syntax)


@settings(deadline=None)
@given(st.integers(0, 10**9 - 1))
def test_no_inn_is_flagged(number: int) -> None:
    body = f"{number:09}"
    digit = sum(int(d) * w for d, w in zip(body, (2, 4, 10, 3, 5, 9, 4, 6, 8), strict=True)) % 11 % 10
    read(minimal(organization={"inn": f"{body}{digit}"}))


@both
@pytest.mark.parametrize("code", ["40385000", "83401000000", "78401000001", "88401000101"])
def test_a_municipality_may_be_given_by_its_code(code: str, syntax: Syntax) -> None:
    read(with_field("organization.municipality", code), syntax)


@both
def test_a_code_that_begins_like_a_mobile_number_is_one_when_the_code_of_the_organization_agrees(
    syntax: Syntax,
) -> None:
    code = "89701000001"
    for oktmo in ({"oktmo": "89701000"}, {"oktmo": "89701000001"}, {"oktmo": "89701000101"}):
        read(minimal(organization=oktmo | {"municipality": code}), syntax)
    for oktmo in ({}, {"oktmo": "unknown"}, {"oktmo": "89702000"}):
        (problem,) = refused(minimal(organization=oktmo | {"municipality": code}), syntax)
        assert (problem.code, problem.path) == ("personal-data", "organization.municipality")


# --- many spellings ----------------------------------------------------------------------------------------------

GAPS = st.sampled_from(["", " ", "-", ".", "\u00a0", " - ", "–", "\u2011", "\t"])


@settings(deadline=None)
@given(st.data())
def test_a_phone_number_is_found_however_its_digits_are_set_apart(data: st.DataObject) -> None:
    prefix = data.draw(st.sampled_from(["8", "+7", "7"]))
    area = data.draw(st.sampled_from(["900", "(900)", "812", "(495)", "349"]))
    rest = "".join(data.draw(GAPS) + digit for digit in "0000012")
    assert looks_personal(f"Школа, тел. {prefix}{data.draw(GAPS)}{area}{rest}, приёмная")


@settings(deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_judged_without_a_crash(text: str) -> None:
    looks_personal(text)
