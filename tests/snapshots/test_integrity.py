"""What no true snapshot can say: every rule from both sides, at the place of the value at fault."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from snapshot_documents import SYNTAXES, Syntax, found, minimal, read, refused, refused_text, with_field

from validator.snapshots import integrity
from validator.snapshots.integrity import inn_is_valid

Document = dict[str, Any]
both = pytest.mark.parametrize("syntax", SYNTAXES)


def person(ref: str = "p_1", **more: Any) -> Document:
    return {"ref": ref} | more


def chat(**more: Any) -> Document:
    return {"ref": "h_1"} | more


def organization(**more: Any) -> Document:
    return minimal(organization=more)


def shares(federation: str = "0", region: str = "0", municipality: str = "0", **more: Any) -> Document:
    told = {"federation": federation, "region": region, "municipality": municipality}
    return organization(public_share=told, **more)


def ranked(**more: Any) -> Document:
    return minimal(people=[person()], chats=[chat(ranks=[{"owner": "p_1"} | more])])


def invited(**more: Any) -> Document:
    return minimal(chats=[chat(invitations=[more])])


def dated(**more: Any) -> Document:
    return minimal(documents=[{"ref": "d_1"} | more])


def used(**more: Any) -> Document:
    return minimal(uses=[{"ref": "u_1"} | more])


SOUND: dict[str, Document] = {
    "an invented organization": minimal(),
    "an entrepreneur": organization(inn="500100732259", legal_form="entrepreneur"),
    "an entrepreneur or not": organization(inn="500100732259"),
    "a company": organization(legal_form="limited"),
    "a region of the latest": organization(region="95"),
    "shares of exactly 100": shares("33.33", "33.33", "33.34"),
    "shares that are nought beside a private founder": shares("0", "0.00", "0", founder="private"),
    "no shares told beside a private founder": organization(founder="person"),
    "shares beside a public founder": shares("50", founder="mixed"),
    "shares beside an unknown founder": shares("50"),
    "the same ref in two lists of one letter": minimal(people=[person()], chats=[chat()]),
    "a chat of somebody known": minimal(people=[person()], chats=[chat(creator={"ref": "p_1"})]),
    "no successor": minimal(chats=[chat(successor="none")]),
    "a successor": minimal(chats=[chat(successor="h_2"), {"ref": "h_2"}]),
    "a reference that nobody knows": minimal(chats=[chat(creator={"ref": "unknown"})]),
    "children": minimal(
        people=[person("p_1"), person("p_2")], guardians=[{"ref": "g_1", "children": ["p_2", "p_1"]}]
    ),
    "a rank that is the last": ranked(rank=12, owner_chat_count=12),
    "a rank without a count": ranked(rank=1_000_000),
    "a day that is today": used(first_on="2025-09-25", last_on="2025-09-25"),
    "a use that began today and goes on": used(first_on="2025-09-25", last_on="ongoing"),
    "a use of which only the end is known": used(last_on="2025-09-01"),
    "a document of the future": dated(in_force_from="2026-01-01", in_force_through="2026-12-31"),
    "a document without an end": dated(in_force_from="2026-01-01", in_force_through="open_ended"),
    "a document for one day": dated(in_force_from="2025-09-01", in_force_through="2025-09-01"),
    "archived on the day of the notice": minimal(
        chats=[chat(archive_announced_on="2025-09-01", archived_on="2025-09-01")]
    ),
    "archived without a notice": minimal(chats=[chat(archive_announced_on="never", archived_on="2025-09-01")]),
    "not archived after a notice": minimal(chats=[chat(archive_announced_on="2025-09-01", archived_on="never")]),
    "joined on the day of the invitation": invited(invited_on="2025-09-01", joined_on="2025-09-01"),
    "joined without an invitation": invited(invited_on="never", joined_on="2025-09-01"),
    "the month that runs": minimal(activity=[{"role": "teachers", "period": "2025-09"}]),
    "an event of today": minimal(coercion_events=[{"kind": "pressure", "on": "2025-09-25"}]),
    "all shares in full": shares("100", "0", "0"),
}

# name, document, code, path
CONTRADICTIONS: list[tuple[str, Document, str, str]] = [
    ("the last digit of an INN", organization(inn="7800000003"), "inn-check-digit", "organization.inn"),
    ("two digits of an INN changed places", organization(inn="7080000002"), "inn-check-digit", "organization.inn"),
    ("the first control digit of twelve", organization(inn="500100732269"), "inn-check-digit", "organization.inn"),
    ("the last control digit of twelve", organization(inn="500100732258"), "inn-check-digit", "organization.inn"),
    ("twelve digits of a company", organization(inn="500100732259", legal_form="limited"), "inn-length",
     "organization.inn"),
    ("ten digits of an entrepreneur", organization(legal_form="entrepreneur"), "inn-length", "organization.inn"),
    ("a code of a number plate", organization(region="98"), "unknown-region", "organization.region"),
    ("no such region", organization(region="00"), "unknown-region", "organization.region"),
    ("shares of a little more than 100", shares("33.33", "33.33", "33.35"), "shares-over-100",
     "organization.public_share.municipality"),
    ("shares over 100 by less than a float can tell", shares("50", "50." + "0" * 34 + "1"), "shares-over-100",
     "organization.public_share.municipality"),
    *(
        (f"a public share beside the founder {founder}", shares(region="0.01", founder=founder),
         "share-without-public-founder", "organization.public_share.region")
        for founder in ("private", "person", "foreign")
    ),
    *(
        (f"a ref twice in {name}", minimal(**{name: [{"ref": ref}, {"ref": ref}]}), "repeated-ref",
         f"{name}[1].ref")
        for name, ref in (("people", "p_1"), ("guardians", "g_1"), ("classes", "c_1"), ("chats", "h_1"),
                          ("uses", "u_1"), ("documents", "d_1"))
    ),
    ("a class of a person", with_field("people.class", "c_9"), "dangling-ref", "people[0].class"),
    ("a child", minimal(people=[person()], guardians=[{"ref": "g_1", "children": ["p_1", "p_9"]}]), "dangling-ref",
     "guardians[0].children"),
    ("a class of a guardian", with_field("guardians.class", "c_9"), "dangling-ref", "guardians[0].class"),
    ("a class of a chat", with_field("chats.class", "c_9"), "dangling-ref", "chats[0].class"),
    ("a creator", with_field("chats.creator.ref", "p_9"), "dangling-ref", "chats[0].creator.ref"),
    ("an admin", with_field("chats.admins.ref", "p_9"), "dangling-ref", "chats[0].admins[0].ref"),
    ("an owner", with_field("chats.ranks.owner", "p_9"), "dangling-ref", "chats[0].ranks[0].owner"),
    ("a successor", with_field("chats.successor", "h_9"), "dangling-ref", "chats[0].successor"),
    ("an invited person", with_field("chats.invitations.person", "p_9"), "dangling-ref",
     "chats[0].invitations[0].person"),
    *(
        (f"{path} of tomorrow", with_field(path, "2025-09-26"), "future-date", path.replace(".", "[0].", 1))
        for path in ("uses.first_on", "uses.last_on", "chats.created_on", "chats.transferred_on",
                     "chats.last_message_on", "chats.archive_announced_on", "chats.archived_on",
                     "guardians.agreed_channel_on", "documents.checked_on", "coercion_events.on")
    ),
    *(
        (f"{path} of tomorrow", with_field(path, "2025-09-26"), "future-date", path)
        for path in ("roadmap.started_on", "roadmap.completed_on", "roadmap.management_moved_on",
                     "roadmap.staff_informed_on", "roadmap.users_informed_on")
    ),
    ("a measurement of tomorrow", ranked(measured_on="2025-09-26"), "future-date",
     "chats[0].ranks[0].measured_on"),
    ("an invitation of tomorrow", invited(invited_on="2025-09-26"), "future-date",
     "chats[0].invitations[0].invited_on"),
    ("the next month", minimal(activity=[{"period": "2025-10"}]), "future-date", "activity[0].period"),
    ("a rank beyond the count", ranked(rank=13, owner_chat_count=12), "out-of-bounds", "chats[0].ranks[0].rank"),
    ("a use that ends before it starts", used(first_on="2025-09-02", last_on="2025-09-01"), "out-of-bounds",
     "uses[0].last_on"),
    ("archived before the notice",
     minimal(chats=[chat(archive_announced_on="2025-09-02", archived_on="2025-09-01")]),
     "days-out-of-order", "chats[0].archived_on"),
    ("a document that ends before it starts", dated(in_force_from="2025-09-02", in_force_through="2025-09-01"),
     "days-out-of-order", "documents[0].in_force_through"),
    ("joined before the invitation", invited(invited_on="2025-09-02", joined_on="2025-09-01"), "days-out-of-order",
     "chats[0].invitations[0].joined_on"),
]  # fmt: skip


@both
@pytest.mark.parametrize("document", SOUND.values(), ids=SOUND)
def test_what_may_be_true_is_taken(document: Document, syntax: Syntax) -> None:
    read(document, syntax)


@both
@pytest.mark.parametrize(
    ("document", "code", "path"), [case[1:] for case in CONTRADICTIONS], ids=[case[0] for case in CONTRADICTIONS]
)
def test_what_can_not_be_true_is_refused(document: Document, code: str, path: str, syntax: Syntax) -> None:
    problems = refused(document, syntax)
    assert found(problems) == [(code, path)]
    assert all((*problems[0].message, *problems[0].help))
    assert problems[0].span is not None


def test_every_rule_of_the_code_is_tested() -> None:
    tree = ast.parse(Path(integrity.__file__).read_text(encoding="utf-8"))
    constants = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant))
    words = {value for value in constants if isinstance(value, str)}
    codes = {word for word in words if "-" in word and word.replace("-", "").isascii() and " " not in word}
    assert codes == {code for _, _, code, _ in CONTRADICTIONS}


def test_a_mistake_is_at_the_value_and_names_the_earlier_place_by_its_line_alone() -> None:
    text = """schema: sverka.snapshot/1
as_of: 2025-09-25
organization: {inn: "7800000002", region: "78", kind: school}
people:
  - ref: p_1
  - {status: active, ref: p_1}
"""
    (problem,) = refused_text(text, "yaml")
    assert problem.where() == "school.yaml:6:27"
    assert "line 5" in problem.message.en
    assert "p_1" not in "".join((*problem.message, *problem.help))


def test_contradictions_come_together_in_the_order_of_the_document() -> None:
    document = organization(inn="7800000003", region="00") | {
        "uses": [{"ref": "u_1", "first_on": "2025-09-26"}, {"ref": "u_1"}],
        "chats": [chat(successor="h_9")],
    }
    assert found(refused(document, "yaml")) == [
        ("inn-check-digit", "organization.inn"),
        ("unknown-region", "organization.region"),
        ("future-date", "uses[0].first_on"),
        ("repeated-ref", "uses[1].ref"),
        ("dangling-ref", "chats[0].successor"),
    ]


def test_a_missing_item_is_no_contradiction_while_the_document_has_other_mistakes() -> None:
    """The item may be the very one that could not be read."""
    document = minimal(people=[{"ref": "P1"}], chats=[chat(creator={"ref": "p_1"})])
    assert found(refused(document)) == [("bad-format", "people[0].ref")]


# --- the control digits ----------------------------------------------------------------------------------------


def control(digits: str, weights: tuple[int, ...]) -> str:
    return str(sum(int(d) * w for d, w in zip(digits, weights, strict=True)) % 11 % 10)


@settings(deadline=None)
@given(st.text("0123456789", min_size=9, max_size=9))
def test_ten_digits_have_exactly_one_control_digit(body: str) -> None:
    valid = [digit for digit in "0123456789" if inn_is_valid(body + digit)]
    assert valid == [control(body, (2, 4, 10, 3, 5, 9, 4, 6, 8))]


@settings(deadline=None)
@given(st.text("0123456789", min_size=10, max_size=10))
def test_twelve_digits_have_exactly_one_pair_of_control_digits(body: str) -> None:
    first = control(body, (7, 2, 4, 10, 3, 5, 9, 4, 6, 8))
    second = control(body + first, (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8))
    assert [f"{n:02}" for n in range(100) if inn_is_valid(f"{body}{n:02}")] == [first + second]


@pytest.mark.parametrize("digits", ["", "1", "780000000", "78000000020", "7800000002000"])
def test_another_number_of_digits_is_no_inn(digits: str) -> None:
    assert not inn_is_valid(digits)
