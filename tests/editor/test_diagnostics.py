"""What the editor underlines: nothing in what ships, and of a slip the very word that is wrong."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from editor_desk import MAIN, Sheet, Start, published
from language_server import LanguageServer

POLICIES = sorted((MAIN / "policies").rglob("*.yaml"))
SNAPSHOTS = sorted((MAIN / "fixtures" / "organizations").glob("*.yaml"))
BAN = "policies/norms/foreign-messengers/FM-BAN.yaml"
PHONE = "policies/norms/preparation/PR-PHONE.yaml"
DOUBLE = "policies/norms/preparation/PR-DUP.yaml"
AUTO = "policies/decisions/transfer/XF-AUTO.yaml"


@pytest.mark.parametrize("files", [POLICIES, SNAPSHOTS], ids=["policies", "snapshots"])
def test_nothing_that_ships_is_underlined_and_a_strange_key_is_in_every_file(
    files: list[Path], server: LanguageServer
) -> None:
    """The strange key proves that the schema was applied to each of them."""
    assert len(files) > 10
    texts = {file.as_uri(): file.read_text(encoding="utf-8") for file in files}
    assert {uri: marks for uri, marks in server.diagnose_all(texts).items() if marks} == {}
    strange = {uri: text + "\nstrange_key: 1\n" for uri, text in texts.items()}
    found = server.diagnose_all(strange)
    assert {uri: marks for uri, marks in found.items() if [mark.token for mark in marks] != ["strange_key"]} == {}


SLIPS = [
    (BAN, "waivable:", "waiveable:", "waiveable"),
    (BAN, "\nremark:", "\nremrak:", "remrak"),
    (BAN, "modality: prohibition", "modality: prohibiton", "prohibiton"),
    (BAN, "severity: critical", "severity: critcal", "critcal"),
    (BAN, "about: uses", "about: use", "use"),
    (BAN, "service: {listed_in", "servise: {listed_in", "servise"),
    (BAN, "{listed_in: foreign-messengers}", "{listed_on: foreign-messengers}", "listed_on"),
    (BAN, "{contains_any: [students", "{containing: [students", "containing"),
    (BAN, "{contains_any: [students", "{before: [students", "before"),
    (BAN, "[students, parents, citizens]", "[students, parent, citizens]", "parent"),
    (BAN, "purpose: {is_not: private}", "purpose: {is_not: privat}", "privat"),
    (BAN, "direction: {is_not: read_only}", "direction: {isnot: read_only}", "isnot"),
    (BAN, "organization: {meets: FM-ADDR}", "organisation: {meets: FM-ADDR}", "organisation"),
    (BAN, "organization: {meets: FM-ADDR}", "organization: {meet: FM-ADDR}", "meet"),
    (BAN, "judged_on: {from: first_on", "judged_on: {from: frist_on", "frist_on"),
    (BAN, "{from: 2025-06-01,", "{from: 2025-02-29,", "2025-02-29"),
    (BAN, "when: {direction: public_broadcast}", "when: {direction: public_brodcast}", "public_brodcast"),
    (BAN, "\nremedy_sets: {service: max}", "\nremedy_sets: {srvice: max}", "srvice"),
    (BAN, "  applies: disputed", "  applies: dispute", "dispute"),
    (BAN, "as_of: 2025-10-01\n  base:", "as_of: 2025-10-01\n  bse:", "bse"),
    (BAN, "      service: whatsapp\n", "      servce: whatsapp\n", "servce"),
    (PHONE, "need: keep\n        platform", "nead: keep\n        platform", "nead"),
    (PHONE, "need: keep\n        platform", "need: kep\n        platform", "kep"),
    (PHONE, "      some:\n", "      sme:\n", "sme"),
    (PHONE, "creator: {ref: {ref: {field", "creator: {ref: {reff: {field", "reff"),
    (PHONE, "admins: {some: {ref: {ref: {field: person.ref}}}}", "admins: {some: {rfe: none}}", "rfe"),
    (PHONE, "creator: {ref: {ref: {field: person.ref}}}", "creator: {ref: {ref: {field: person.rf}}}", "person.rf"),
    (PHONE, "creator: {ref: {ref: {field: person.ref}}}", "creator: {ref: {bound: 5}}", "5"),
    (DOUBLE, "is: {at_most: 1}", "is: {at_mots: 1}", "at_mots"),
    (DOUBLE, "is: {at_most: 1}", "is: {before: 1}", "before"),
    (DOUBLE, "is: {at_most: 1}", "is: {at_most: one}", "one"),
    (DOUBLE, "        of:\n", "        off:\n", "off"),
    (DOUBLE, "kind: {field: chat.kind}", "kind: {field: chat.kid}", "chat.kid"),
    (DOUBLE, "audience: {field: chat.audience}", "audience: {fild: chat.audience}", "fild"),
    (AUTO, "when: {origin: ezhd}", "when: {orign: ezhd}", "orign"),
    (AUTO, "when: {origin: ezhd}", "when: {origin: ezhdd}", "ezhdd"),
    (AUTO, "\noutcomes:", "\noutcome:", "outcome"),
    ("policies/definitions/XF-OWNER-ROLE.yaml", "admins: {some: {roles", "admins: {some: {rols", "rols"),
    ("policies/parameters/transfer-start.yaml", "type: date", "type: dat", "dat"),
    ("policies/registers/rkn-listed.yaml", "family: services", "famly: services", "famly"),
    ("policies/sources/koap-rf.yaml", "force: federal_law", "force: federal_lav", "federal_lav"),
]  # fmt: skip
WANTED = {"outcome": "outcomes", "off": "of"}  # a key that must be there is then missing as well


@pytest.mark.parametrize(("file", "old", "new", "token"), SLIPS, ids=[f"{Path(s[0]).stem} {s[3]}" for s in SLIPS])
def test_a_slip_is_underlined_at_its_own_word(
    file: str, old: str, new: str, token: str, sheet: Callable[..., Sheet]
) -> None:
    marks = sheet(file).marks(old, new)
    missing = [mark for mark in marks if f'"{WANTED.get(token)}"' in mark.message]
    assert len(missing) == (token in WANTED), marks
    assert [mark.token for mark in marks if mark not in missing] == [token], marks


def test_what_a_word_must_look_like_is_said_in_russian(sheet: Callable[..., Sheet]) -> None:
    (mark,) = sheet(BAN).marks("{from: 2025-06-01,", "{from: 2025-02-29,")
    assert "нет такого дня" in mark.message
    (mark,) = sheet(BAN).marks("norm: FM-BAN", "norm: fm-ban")
    assert (mark.token, mark.line) == ("fm-ban", 2)
    assert "заглавные латинские буквы" in mark.message


def test_two_requirements_at_once_are_underlined_at_the_second(sheet: Callable[..., Sheet]) -> None:
    marks = sheet(BAN).marks("\nforbidden:", "\nrequired: {service: max}\nforbidden:")
    assert {mark.token for mark in marks} == {"required"}, marks


def test_the_first_line_of_a_shipped_policy_is_enough_to_find_the_schema(start: Start) -> None:
    """No settings at all: whoever opens the checkout in an editor is served."""
    with start({}) as bare:
        plain = Sheet(bare, BAN)
        assert plain.marks() == []
        assert [mark.token for mark in plain.marks("modality: prohibition", "modality: prohibiton")] == [
            "prohibiton"
        ]
        assert "Вид требования" in plain.hover("moda¦lity")
        without = plain.text.split("\n", 1)
        assert without[0].startswith("# yaml-language-server: $schema=")
        alone = Sheet(bare, BAN, "# no schema is named here\n" + without[1])
        assert alone.marks("modality: prohibition", "modality: prohibiton") == []


@pytest.mark.parametrize("folder", ["norms", "decisions"])
def test_every_norm_and_decision_names_its_schema_by_a_path_that_leads_there(folder: str) -> None:
    files = [file for file in POLICIES if file.relative_to(MAIN / "policies").parts[0] == folder]
    assert files
    for file in files:
        first = file.read_text(encoding="utf-8").split("\n", 1)[0]
        target = file.parent / first.removeprefix("# yaml-language-server: $schema=")
        assert target.resolve() == MAIN / "schemas" / "policy.schema.json", file


def test_the_settings_of_a_project_do_the_same_as_the_first_line(start: Start) -> None:
    with start(published()) as configured:
        text = Sheet(configured, BAN).text.split("\n", 1)[1]
        marks = Sheet(configured, BAN, text).marks("modality: prohibition", "modality: prohibiton")
        assert [mark.token for mark in marks] == ["prohibiton"]
