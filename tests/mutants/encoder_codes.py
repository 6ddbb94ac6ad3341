"""Quick checks of the codes of texts: every name has its own, and what the solver makes up nobody mentions."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "interpreters"))

from worlds import REAL, TOY

from validator.interpreters.smt.codes import FAMILIES, MADE_UP, OTHERS, REFS, STRANGE, Codes, ref_prefix
from validator.interpreters.smt.query import Setting
from validator.language.names import ReferenceNames
from validator.logic.frozen import replace
from validator.logic.shape import FieldShape, Kind, RecordShape
from validator.logic.text import Text
from validator.logic.values import UnregisteredName
from validator.snapshots.integrity import inn_is_valid

NOTHING = Text("", "")
NAMES = ReferenceNames(
    {"alpha": "alpha", "альфа": "alpha", "unregistered-2": "unregistered-2"}, frozenset({"78", "50"})
)
ORGANIZATION = REAL.vocabulary.root.fields


def new() -> Codes:
    """The codes of the toy world, with few names."""
    return Codes(Setting(TOY.vocabulary, NAMES))


def plain(name: str, kind: Kind = Kind.TEXT) -> FieldShape:
    """A field without a form of its own."""
    return FieldShape(name, kind, NOTHING, NOTHING)


def check_texts() -> None:
    """That a text has one code, small ones in the order in which they come up, and the code its text."""
    codes = new()
    known = codes.known
    assert [codes.known_code(text) for text in ("Ромашка", "Лютик")] == [None, None]
    assert [codes.of(text) for text in ("Ромашка", "Лютик", "Ромашка")] == [known, known + 1, known]
    assert (codes.known, codes.known_code("Лютик"), codes.text(known)) == (known + 2, known + 1, "Ромашка")
    assert all(codes.text(codes.of(text)) == text for text in (*TOY.texts["name"], "school", "none", "78"))
    assert codes.known == known + 2


def check_words() -> None:
    """That words of the vocabulary, regions and registered services have codes from the start; days have none."""
    for world in (TOY, REAL):
        codes = Codes(Setting(world.vocabulary, NAMES))
        shapes = [*_shapes(world.vocabulary.document)]
        words = {word for shape in shapes for word in shape.values}
        words |= {word for shape in shapes if Kind.REF in (shape.kind, shape.item) for word in shape.special}
        assert {codes.text(code) for code in range(codes.known)} == words | {"50", "78", "alpha", "unregistered-2"}
        assert [codes.known_code(word) for word in sorted(words)].count(None) == 0
        assert {codes.known_code("never"), codes.known_code("open_ended"), codes.known_code("")} == {None}
    assert [codes.text(code) for code in codes.regions] == ["50", "78"]
    assert [codes.text(code) for code in codes.services] == ["alpha", "unregistered-2"]
    status = TOY.vocabulary.record_of("people").fields["status"]
    assert [new().text(code) for code in new().words(status)] == ["active", "away", "left"]
    references = replace(plain("friends", Kind.SET), item=Kind.REF, special=("nobody",))
    fields = {**TOY.vocabulary.root.fields, "friends": references}
    root = RecordShape("organization", fields)
    told = replace(TOY.vocabulary.document.fields["organization"], record=root)
    document = RecordShape("", {**TOY.vocabulary.document.fields, "organization": told})
    assert Codes(Setting(replace(TOY.vocabulary, document=document), NAMES)).known_code("nobody") is not None


def _shapes(record: RecordShape) -> Iterator[FieldShape]:
    for shape in record.fields.values():
        yield shape
        if shape.record is not None:
            yield from _shapes(shape.record)


def check_services() -> None:
    """That a service of the names has the code of its text, any other one of its own, however it is written."""
    codes = new()
    assert codes.of_service("alpha") == codes.of("alpha") == codes.services[0]
    assert codes.of_service("Альфа ") == codes.of("Альфа ") < STRANGE
    assert codes.strangers == [*range(MADE_UP, MADE_UP + 8)]
    assert [codes.of_service(text) for text in ("beta", "gamma", "beta")] == [STRANGE, STRANGE + 1, STRANGE]
    assert codes.known_code("beta") is None
    assert codes.strangers == [STRANGE, STRANGE + 1, *range(MADE_UP, MADE_UP + 8)]
    assert [codes.text(code) for code in codes.strangers[:4]] == [
        "beta",
        "gamma",
        "unregistered-1",
        "unregistered-3",
    ]
    assert codes.of_service("unregistered-1") == STRANGE + 2
    assert [codes.text(MADE_UP), codes.text(MADE_UP + 1)] == ["unregistered-3", "unregistered-4"]


def check_values() -> None:
    """That only the names that no register knows are read as such."""
    codes = new()
    texts = {
        codes.of("school"): "school",
        codes.of_service("alpha"): "alpha",
        codes.of_item("people", 0): "p_1",
        codes.of_item("teams", 998): "t_999",
        REFS: f"{ref_prefix(next(iter(TOY.vocabulary.lists.values())))}1",
        OTHERS: "text 1",
    }
    strange = {codes.of_service("beta"): "beta", MADE_UP: "unregistered-1", MADE_UP + 7: "unregistered-9"}
    for wanted, found in ((texts, str), (strange, UnregisteredName)):
        assert {code: codes.value(code) for code in wanted} == wanted
        assert {type(codes.value(code)) for code in wanted} == {found}


def check_items() -> None:
    """That every item of a list has a pseudonym of the form that the schema asks for."""
    codes = Codes(Setting(REAL.vocabulary, NAMES))
    told = {}
    for path, items in REAL.vocabulary.lists.items():
        record = items.record
        identity = next((field for field in record.fields.values() if field.identity), None) if record else None
        if "." not in path and identity is not None:
            told[path] = codes.text(codes.of_item(path, 11))
            assert codes.admits(identity, told[path])
    assert told == {
        **{"people": "p_12", "guardians": "g_12", "classes": "c_12", "chats": "h_12", "uses": "u_12"},
        "documents": "d_12",
    }
    assert len({codes.of_item(path, index) for path in told for index in (0, 999)}) == 2 * len(told)


def check_prefixes() -> None:
    """That pseudonyms of a list whose schema has no form for them begin as everywhere else in the product."""
    for name, pattern, wanted in (
        ("people", "^q_[a-z]+$", "q_"),
        ("people", "", "p_"),
        ("people", "^[a-z]_+$", "p_"),
        ("chats", "^h-[a-z]+$", "h_"),
        ("rooms", "", "x_"),
    ):
        identity = replace(plain("ref", Kind.ID), identity=True, pattern=pattern)
        record = RecordShape(name, {"title": replace(plain("title"), pattern="^z_"), "ref": identity})
        assert ref_prefix(replace(plain(name, Kind.LIST), record=record)) == wanted
    bare = RecordShape("people", {"title": replace(plain("title"), pattern="^z_")})
    assert ref_prefix(replace(plain("people", Kind.LIST), record=bare)) == "p_"


def check_families() -> None:
    """What texts there are of each form: as many as are wanted, all different, control digits and all."""
    first = {family.name: [*islice(family.texts(), 12)] for family in FAMILIES}
    assert [first["words"][:2], first["words"][-1]] == [["text 1", "text 2"], "text 12"]
    assert first["addresses"][::11] == ["https://school.example/1", "https://school.example/12"]
    assert [*FAMILIES[2].texts()] == [f"{number:02}" for number in range(1, 100)]
    assert {name: texts[0] for name, texts in first.items() if name.startswith("digits")} == {
        **{"digits 8": "78000000", "digits 11": "78000000000", "digits 13": "7800000000000"},
        **{"digits 10": "7800000002", "digits 12": "780000000000", "digits 15": "780000000000000"},
    }
    assert first["digits 8"] == [str(number) for number in range(78_000_000, 78_000_012)]
    assert [text[:-1] for text in first["digits 10"]] == [str(number) for number in range(780_000_000, 780_000_012)]
    assert [text[:-2] for text in first["digits 12"]] == [str(7_800_000_000 + number) for number in range(12)]
    assert all(inn_is_valid(text) for name in ("digits 10", "digits 12") for text in first[name])
    assert all(len({*texts}) == 12 for texts in first.values())
    assert {family.name: family.size for family in FAMILIES if family.size != 200} == {"regions": 40}
    assert [family.base for family in FAMILIES] == [OTHERS + number * 1_000_000 for number in range(len(FAMILIES))]


def check_free() -> None:
    """That what the solver makes up is a text that nobody mentions, whenever somebody mentions one."""
    codes = new()
    words, digits = FAMILIES[0], next(family for family in FAMILIES if family.name == "digits 10")
    assert [codes.text(words.base + index) for index in (0, 25, 9, 10, 11)] == [
        *("text 1", "text 26", "text 10", "text 11", "text 12")
    ]
    assert codes.text(words.base + words.size - 1) == "text 200"
    codes.of("text 1")
    assert [codes.text(words.base + index) for index in (0, 1)] == ["text 2", "text 3"]
    codes.of_service("text 3")
    assert [codes.text(words.base + index) for index in (0, 1)] == ["text 2", "text 4"]
    codes.of("7800000002")
    assert codes.text(digits.base) == next(islice(digits.texts(), 1, None)) != "7800000002"
    assert codes.text(FAMILIES[1].base) == "https://school.example/1"
    assert codes.text(FAMILIES[-1].base + 3) == "780000000000003"


ADMITTED: tuple[tuple[FieldShape, tuple[str, ...], tuple[str, ...]], ...] = (
    (ORGANIZATION["inn"], ("7800000002", "500100732259"), ("7800000003", "500100732258", "123", "", "78000000021")),
    (ORGANIZATION["region"], ("78", "00"), ("7", "780", "78\n", "xx")),
    (ORGANIZATION["name"], ("x", "78", "x" * 1024, "x\n"), ("", " ", "\t", "x" * 1025)),
    (ORGANIZATION["oktmo"], ("78000000", "78000000000"), ("780000000",)),
    (plain("note"), ("x", "78", "7800000003", "x" * 5000), ("", "  ")),
    (plain("inn", Kind.ID), ("7800000002",), ("7800000003", "12345", "78000000O2")),
    (replace(plain("note"), pattern="^a"), ("a", "ab", "a\n"), ("b", "ba")),
    (replace(plain("note"), pattern="b$"), ("b", "ab"), ("ba", "b\n")),
    (replace(plain("note"), max_length=2), ("ab",), ("abc",)),
    (replace(plain("note"), pattern="^a", max_length=2), ("ab",), ("abc", "b")),
)


def check_admitted() -> None:
    """Which texts a field can hold by its form, and which forms of text those are."""
    codes = new()
    for _ in range(2):  # the second time it is remembered
        for shape, admitted, refused in ADMITTED:
            assert [codes.admits(shape, text) for text in admitted] == [True] * len(admitted), shape.name
            assert [codes.admits(shape, text) for text in refused] == [False] * len(refused), shape.name
    told = {name: [family.name for family in codes.families(ORGANIZATION[name])] for name in _OF_FORM}
    assert told == _OF_FORM
    assert codes.families(plain("note")) == [*FAMILIES]
    document = REAL.vocabulary.record_of("documents").fields["url"]
    assert [family.name for family in codes.families(document)] == ["addresses"]


_OF_FORM = {
    **{"inn": ["digits 10", "digits 12"], "ogrn": ["digits 13", "digits 15"], "region": ["regions"]},
    **{"oktmo": ["digits 8", "digits 11"], "name": [family.name for family in FAMILIES]},
}
CHECKS_OF_CODES: dict[str, Callable[[], None]] = {
    f"codes: {check.__name__.removeprefix('check_')}": check
    for check in (
        *(check_texts, check_words, check_services, check_values, check_items, check_prefixes, check_families),
        *(check_free, check_admitted),
    )
}
