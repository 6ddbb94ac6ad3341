"""What the editor offers while a policy is written: what fits the place, and nothing that is wrong there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest
from editor_desk import Sheet

BAN = "policies/norms/foreign-messengers/FM-BAN.yaml"
PHONE = "policies/norms/preparation/PR-PHONE.yaml"
DOUBLE = "policies/norms/preparation/PR-DUP.yaml"
AUTO = "policies/decisions/transfer/XF-AUTO.yaml"
ACTOR = "actor: {in: [organization, employee_on_duty, bot]}"

NORM_KEYS = {
    *("title", "about", "fields", "modality", "severity", "cites", "in_force", "applies_when", "status"),
    *("exceptions", "readings", "message", "remedy", "remark", "remedy_sets", "sanction", "waivable", "examples"),
}
DECISION_KEYS = {
    *("title", "about", "cites", "in_force", "applies_when", "outcomes", "criteria", "exclusions", "then"),
    *("readings", "advice", "status", "examples"),
}
KINDS = {"norm", "decision", "definition", "values", "act", "register", "parameter", "topic", "known"}
USE_FIELDS = {
    *("ref", "service", "actor", "counterpart", "purpose", "direction", "comments_enabled", "personal_data"),
    *("payment_data", "redirect_only", "first_on", "last_on"),
}
CHAT_FIELDS = {"platform", "kind", "audience", "origin", "creator", "admins", "ranks", "created_on", "need"}
CONNECTIVES = {"all", "any", "not", "meets", "undecided", "fresh"}
SCOPES = {"service_row", "person", "guardian", "channel", "chat", "admin", "rank", "missing_member", "invitation"}
EQUALITY, MEMBERSHIP = {"is", "is_not"}, {"in", "not_in"}
DATES = {"before", "on_or_before", "after", "on_or_after"}
NUMBERS = {"at_least", "at_most", "more_than", "less_than"}
SETS = {"contains", "contains_any", "contains_all", "within", "empty"}


def exactly(found: list[str], wanted: set[str]) -> None:
    """The same names, each offered once."""
    assert Counter(found) == Counter(wanted), (set(found) ^ wanted, Counter(found) - Counter(set(found)))


def test_a_new_file_offers_the_kinds_of_files(sheet: Callable[..., Sheet]) -> None:
    empty = sheet(BAN, "# x\n")
    exactly(empty.offers("# x\n", "# x\n¦"), KINDS)


def test_a_file_that_is_already_of_a_kind_offers_the_keys_of_that_kind_only(sheet: Callable[..., Sheet]) -> None:
    new = sheet(BAN, "norm: MY-NORM\n")
    exactly(new.offers("norm: MY-NORM\n", "norm: MY-NORM\n¦"), NORM_KEYS | {"forbidden", "required"})
    new = sheet(AUTO, "decision: MY-ONE\n")
    exactly(new.offers("decision: MY-ONE\n", "decision: MY-ONE\n¦"), DECISION_KEYS)
    new = sheet(AUTO, "definition: MY-ONE\n")
    exactly(
        new.offers("definition: MY-ONE\n", "definition: MY-ONE\n¦"), {"title", "about", "cites", "when", "note"}
    )
    new = sheet(AUTO, "parameter: mine\n")
    exactly(new.offers("parameter: mine\n", "parameter: mine\n¦"), {"title", "type", "unit", "rows", "gaps"})


def test_a_shipped_norm_offers_what_it_does_not_have_yet(sheet: Callable[..., Sheet]) -> None:
    exactly(sheet(BAN).offers("\nremedy_sets:", "\n¦\nremedy_sets:"), {"fields", "status"})


@pytest.mark.parametrize(
    ("modality", "wanted"),
    [
        ("prohibition", {"forbidden", "required"}),
        ("permission", {"allowed"}),
        ("obligation", {"forbidden", "required"}),
    ],
)
def test_the_modality_decides_which_requirement_is_offered(
    modality: str, wanted: set[str], sheet: Callable[..., Sheet]
) -> None:
    text = f"norm: MY-NORM\nabout: chats\nmodality: {modality}\n"
    found = sheet(BAN, text).offers(f"{modality}\n", f"{modality}\n¦")
    assert set(found) & {"forbidden", "required", "allowed"} == wanted


WORDS = [
    ("modality: prohibition", "modality: ¦", {"prohibition", "obligation", "permission", "recommendation"}),
    ("severity: critical", "severity: ¦", {"critical", "high", "medium", "low", "info"}),
    (ACTOR, "actor: ¦", {"organization", "employee_on_duty", "employee_in_private", "citizen", "bot"}),
    (ACTOR, "actor: {in: [bot, ¦]}",
     {"organization", "employee_on_duty", "employee_in_private", "citizen", "bot"}),
    (ACTOR, "actor:\n    not_in:\n      - ¦",
     {"organization", "employee_on_duty", "employee_in_private", "citizen", "bot"}),
    ("[students, parents, citizens]", "[students, ¦]",
     {"students", "parents", "citizens", "employees", "organizations"}),
    ("judged_on: {from: first_on", "judged_on: {from: ¦", {"first_on", "last_on"}),
    ("  applies: disputed", "  applies: ¦", {'"yes"', "disputed"}),  # no truth value
    ("waivable: {when: {redirect_only: true}}", "waivable: {when: {redirect_only: ¦}}", {"true", "false"}),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "wanted"), WORDS, ids=[new for _, new, _ in WORDS])
def test_exactly_the_words_that_fit_are_offered(
    old: str, new: str, wanted: set[str], sheet: Callable[..., Sheet]
) -> None:
    exactly(sheet(BAN).offers(old, new), wanted)


def test_about_offers_the_lists_of_a_snapshot(sheet: Callable[..., Sheet]) -> None:
    found = sheet(BAN).offers("about: uses", "about: ¦")
    assert {"organization", "uses", "chats", "chats.invitations", "guardians.channels"} <= set(found)
    assert not {"use", "chat", "roadmap", "as_of"} & set(found)


def test_a_condition_offers_the_fields_of_the_list_the_norm_is_about(sheet: Callable[..., Sheet]) -> None:
    written = {"organization", "service", "counterpart"}
    wanted = (USE_FIELDS | CONNECTIVES | {"organization"}) - written
    exactly(sheet(BAN).offers("applies_when:\n", "applies_when:\n  ¦\n"), wanted)
    written = {"actor", "purpose", "direction"}
    exactly(
        sheet(BAN).offers("\nforbidden:\n", "\nforbidden:\n  ¦\n"),
        (USE_FIELDS | CONNECTIVES | {"organization"}) - written,
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("    when: {direction: public_broadcast}", "    when:\n      ¦"),
        ("waivable: {when: {redirect_only: true}}", "waivable:\n  when:\n    ¦"),
        ("\nforbidden:\n", "\nforbidden:\n  any:\n    - ¦\n"),
        ("\nforbidden:\n", "\nforbidden:\n  not:\n    ¦\n"),
        ("when: {direction: public_broadcast}", "when: {d¦}"),
    ],
)
def test_the_same_fields_are_offered_wherever_a_condition_on_the_item_stands(
    old: str, new: str, sheet: Callable[..., Sheet]
) -> None:
    exactly(sheet(BAN).offers(old, new), USE_FIELDS | CONNECTIVES | {"organization"})


@pytest.mark.parametrize("about", ["chats", "documents", "organization"])
def test_other_fields_are_offered_when_the_norm_is_about_another_list(
    about: str, sheet: Callable[..., Sheet]
) -> None:
    text = f"norm: MY-NORM\nabout: {about}\nmodality: prohibition\napplies_when:\n  \n"
    found = set(sheet(BAN, text).offers("applies_when:\n  ", "applies_when:\n  ¦"))
    own = {"chats": "read_only", "documents": "on_official_site", "organization": "legal_form"}
    assert {field for field in own.values() if field in found} == {own[about]}
    assert not found & SCOPES
    assert ("organization" in found) == (about != "organization")


QUANTIFIERS = {"some", "every", "no", "count", "as"}
INSIDE = [
    ("  organization:\n    chats:\n      some:\n        ¦\n", CHAT_FIELDS, {"service", "actor", "some", "sms"}),
    ("  organization: {chats: {every: {k¦}}}\n", CHAT_FIELDS, {"service", "actor"}),
    ("  organization:\n    chats:\n      count:\n        of:\n          ¦\n", CHAT_FIELDS, {"service", "is"}),
    ("  organization:\n    chats:\n      count:\n        of: {}\n        is:\n          ¦\n",
     NUMBERS | EQUALITY, DATES | SETS | MEMBERSHIP | CHAT_FIELDS),
    ("  organization:\n    chats:\n      ¦\n", QUANTIFIERS, CHAT_FIELDS | EQUALITY),
    ("  organization: {chats: {some: {ranks: {s¦}}}}\n", QUANTIFIERS, CHAT_FIELDS),
    ("  organization:\n    chats:\n      some:\n        ranks:\n          some:\n            ¦\n",
     {"owner", "rank", "owner_chat_count", "organization", "chat"}, {"platform", "person", "use", "admin"}),
    ("  organization:\n    chats:\n      some:\n        creator:\n          ¦\n",
     {"ref", "roles", "role_at_creation"}, {"platform", "organization", "chat", "bound"}),
    ("  organization:\n    chats:\n      some:\n        creator:\n          ref:\n            ¦\n",
     {"roles", "bound", "status", "is", "is_not"}, {"platform", "known"} | DATES | NUMBERS | SETS),
]  # fmt: skip


@pytest.mark.parametrize(("condition", "wanted", "wrong"), INSIDE, ids=[case[0].split()[-1] for case in INSIDE])
def test_inside_quantifiers_and_records_the_fields_of_the_inner_record_are_offered(
    condition: str, wanted: set[str], wrong: set[str], sheet: Callable[..., Sheet]
) -> None:
    found = sheet(BAN).offers("\nforbidden:\n", f"\nforbidden:\n{condition}")
    assert wanted <= set(found), found
    assert not wrong & set(found), wrong & set(found)
    assert len(found) == len(set(found)), found


def test_a_quantifier_of_a_shipped_norm_offers_what_it_does_not_have_yet(sheet: Callable[..., Sheet]) -> None:
    found = sheet(PHONE).offers("      some:\n", "      some:\n        ¦\n")
    assert {"kind", "creator", "ranks"} <= set(found)
    assert not {"need", "platform", "any"} & set(found)
    found = sheet(DOUBLE).offers("          audience: {field: chat.audience}", "          ¦")
    assert {"audience", "creator"} <= set(found)
    assert "kind" not in found


OPERATORS = [
    ("an enumeration", "  actor:\n    ¦\n", EQUALITY | MEMBERSHIP | {"listed_in", "field"}),
    ("a service", "  service:\n    ¦\n", EQUALITY | MEMBERSHIP | {"listed_in", "field"}),
    ("a set", "  counterpart:\n    ¦\n", EQUALITY | SETS | {"field"}),
    ("a date", "  first_on:\n    ¦\n", EQUALITY | DATES | {"param", "field", "as_of", "plus_days"}),
    ("a truth value", "  personal_data:\n    ¦\n", EQUALITY | {"field"}),
    ("a number", "  organization:\n    chats:\n      some:\n        member_count:\n          ¦\n",
     EQUALITY | MEMBERSHIP | NUMBERS | {"param", "field"}),
    ("behind a brace", "  first_on: {b¦}\n", EQUALITY | DATES | {"param", "field", "as_of", "plus_days"}),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "condition", "wanted"), OPERATORS, ids=[case[0] for case in OPERATORS])
def test_exactly_the_operators_of_the_kind_of_the_field_are_offered(
    kind: str, condition: str, wanted: set[str], sheet: Callable[..., Sheet]
) -> None:
    plain = sheet(BAN)
    name = condition.split(":", maxsplit=1)[0].strip()
    plain.text = (
        "\n".join(line for line in plain.text.split("\n") if not line.startswith(f"  {name}:")) + f"# {kind}\n"
    )
    exactly(plain.offers("\nforbidden:\n", f"\nforbidden:\n{condition}"), wanted)


def test_what_stands_on_the_right_of_a_date_operator(sheet: Callable[..., Sheet]) -> None:
    plain = sheet(BAN)
    exactly(
        plain.offers("\nforbidden:\n", "\nforbidden:\n  first_on:\n    before:\n      ¦\n"),
        {"param", "field", "as_of", "plus_days"},
    )
    exactly(plain.offers("\nforbidden:\n", "\nforbidden:\n  first_on: {before: ¦}\n"), {"as_of"})
    days = plain.offers("\nforbidden:\n", "\nforbidden:\n  first_on: {before: {param: ¦}}\n")
    assert "transfer-start" in days
    assert "rank-limit" not in days  # a number
    numbers = plain.offers(
        "\nforbidden:\n", "\nforbidden:\n  organization: {chats: {some: {member_count: {at_least: {param: ¦}}}}}\n"
    )
    assert "rank-limit" in numbers
    assert "transfer-start" not in numbers


def test_names_of_other_files_are_offered_where_they_fit(sheet: Callable[..., Sheet]) -> None:
    plain = sheet(BAN)
    definitions = plain.offers("{meets: FM-ADDR}", "{meets: ¦}")
    assert {"FM-ADDR", "FM-SHARE"} <= set(definitions)
    assert "XF-OWNER" not in definitions  # it is about chats
    registers = plain.offers("{listed_in: foreign-messengers}", "{listed_in: ¦}")
    assert {"foreign-messengers", "rkn-listed", "domestic-services"} <= set(registers)
    assert not {"41-fz-2025", "FM-ADDR"} & set(registers)
    acts = plain.offers("{act: 41-fz-2025, at: ст. 15 ч. 1}", "{act: ¦}")
    assert {"41-fz-2025", "koap-rf", "faq-max-2025"} <= set(acts)
    places = plain.offers("{act: 41-fz-2025, at: ст. 15 ч. 1}", "{act: 41-fz-2025, at: ¦}")
    assert {"ст. 15 ч. 1", "ст. 16"} <= set(places)
    assert "ст. 13.11.2" not in places  # of another act
    services = plain.offers("\nforbidden:\n", "\nforbidden:\n  organization: {uses: {some: {service: ¦}}}\n")
    assert {"whatsapp", "telegram", "max"} <= set(services)
    sets = plain.offers("\nforbidden:\n", "\nforbidden:\n  counterpart: {within: {values: ¦}}\n")
    assert "staff-roles" in sets
    in_chats = sheet(AUTO).offers("when: {origin: ezhd}", "when: {meets: ¦}")
    assert "XF-OWNER" in in_chats
    assert "FM-ADDR" not in in_chats


def test_readings_and_examples_are_completed_too(sheet: Callable[..., Sheet]) -> None:
    plain = sheet(BAN)
    found = plain.offers("  - id: tolerated\n", "  - id: tolerated\n    ¦\n")
    assert {"parameters", "definitions", "registers", "without_exceptions", "severity"} <= set(found)
    assert "chosen" not in found  # it is there
    text = plain.text[: plain.text.index("\nexamples:")] + "\nexamples:\n"
    new = sheet(BAN, text)
    item = "\nexamples:\n  base:\n    item:\n      "
    exactly(new.offers("\nexamples:\n", item + "¦"), USE_FIELDS)
    words = {"organization", "employee_on_duty", "employee_in_private", "citizen", "bot", "unknown"}
    exactly(new.offers("\nexamples:\n", item + "actor: ¦"), words)
    found = new.offers("\nexamples:\n", "\nexamples:\n  cases:\n    - name: x\n      expect: ¦")
    assert {"violation", "unknown", "not_in_force", "met"} <= set(found)


def test_what_is_offered_is_explained_in_russian(sheet: Callable[..., Sheet]) -> None:
    items = sheet(BAN).items("\nforbidden:\n", "\nforbidden:\n  first_on:\n    ¦\n")
    (before,) = [item for item in items if item["label"] == "before"]
    assert "День раньше названного" in str(before["documentation"])
    items = sheet(BAN).items("modality: prohibition", "modality: ¦")
    (ban,) = [item for item in items if item["label"] == "prohibition"]
    assert "запрет" in str(ban["documentation"])
