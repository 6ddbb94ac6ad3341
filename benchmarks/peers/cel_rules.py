"""CEL, the Rust implementation: one expression per rule over one context, which holds the lists the rules need.

Missing fields are guarded by `has`; there is no sum, so nested lists give one number per record.
"""

from __future__ import annotations

from collections.abc import Mapping

import cel

from peers.parsing import by_ref, loads

STAFF = "['employee', 'teacher', 'org_admin']"
PERSON = "has(a.ref) && a.ref in people"
RULES: Mapping[str, tuple[tuple[str, ...], str]] = {
    "CMP-FOREIGN": (
        ("uses",),
        "uses.filter(u, has(u.service) && u.service in ['whatsapp', 'telegram', 'discord', 'viber']"
        " && has(u.actor) && u.actor in ['organization', 'employee_on_duty', 'bot']"
        " && has(u.counterpart) && u.counterpart != 'unknown'"
        " && u.counterpart.exists(x, x in ['students', 'parents', 'citizens'])"
        " && has(u.purpose) && !(u.purpose in ['private', 'unknown'])"
        " && has(u.direction) && u.direction in ['outgoing', 'reply']).size()",
    ),
    "CMP-ORIGIN": (
        ("chats",),
        "chats.filter(c, has(c.platform) && c.platform == 'vk_messenger'"
        " && has(c.origin) && c.origin in ['ezhd', 'sferum_community']).size()",
    ),
    "CMP-SILENT": (
        ("chats",),
        "chats.filter(c, has(c.platform) && c.platform == 'vk_messenger' && has(c.last_message_on)"
        " && (c.last_message_on == 'never' || c.last_message_on < '2025-01-01')).size()",
    ),
    "CMP-BOUND": (
        ("chats",),
        "chats.filter(c, has(c.in_sferum) && c.in_sferum == true"
        " && has(c.state) && c.state in ['active', 'transferred', 'recreated']"
        " && has(c.unbound_count) && c.unbound_count != 'unknown' && c.unbound_count > 0).size()",
    ),
    "CMP-AUDIENCE": (
        ("chats",),
        "chats.filter(c, has(c.official) && c.official == true && has(c.kind) && c.kind == 'parents'"
        " && has(c.audience) && c.audience != 'unknown' && 'students' in c.audience).size()",
    ),
    "CMP-CHANNEL": (
        ("guardians",),
        "guardians.filter(g, has(g.channels)).map(g, g.channels.filter(h, has(h.active) && h.active == true"
        " && has(h.kind) && !(h.kind in ['paper', 'in_person', 'unknown'])"
        " && has(h.address_present) && h.address_present == false).size())",
    ),
    "CMP-CREATOR": (
        ("chats", "people"),
        "chats.filter(c, has(c.state) && c.state == 'active' && has(c.creator) && has(c.creator.ref)"
        " && c.creator.ref in people && has(people[c.creator.ref].roles)"
        " && people[c.creator.ref].roles != 'unknown'"
        f" && !people[c.creator.ref].roles.exists(r, r in {STAFF})).size()",
    ),
    "CMP-EVERY": (
        ("chats", "people"),
        f"chats.filter(c, has(c.admins) && c.admins.exists(a, {PERSON} && has(people[a.ref].status)"
        " && people[a.ref].status == 'left')).size()",
    ),
    "CMP-NOBODY": (
        ("chats", "people"),
        "chats.filter(c, has(c.in_sferum) && c.in_sferum == true && has(c.admins_coverage)"
        " && c.admins_coverage == 'complete' && (!has(c.admins) || c.admins.all(a, has(a.bound) && a.bound == false"
        f" && {PERSON} && has(people[a.ref].bound) && people[a.ref].bound == false))).size()",
    ),
    "CMP-SPARE": (
        ("chats", "people"),
        "chats.filter(c, has(c.platform) && c.platform == 'max' && has(c.admins_coverage)"
        f" && c.admins_coverage == 'complete' && (!has(c.admins) || c.admins.filter(a, !({PERSON}"
        " && ((has(people[a.ref].status) && people[a.ref].status == 'left')"
        " || (has(people[a.ref].roles) && people[a.ref].roles != 'unknown'"
        " && !('employee' in people[a.ref].roles))))).size() < 2)).size()",
    ),
    "CMP-INVITE": (
        ("chats", "people"),
        "chats.filter(c, has(c.invitations)).map(c, c.invitations.filter(i,"
        " has(i.wants_chat) && i.wants_chat == true"
        " && has(i.invited_on) && i.invited_on == 'never' && has(i.person) && i.person in people"
        " && has(people[i.person].phone_match) && people[i.person].phone_match == 'mismatch').size())",
    ),
    "CMP-TOLD": (
        ("classes", "guardians"),
        "classes.filter(k, has(k.told_in_person) && k.told_in_person == false && guardians.exists(g,"
        " 'class' in g && g['class'] == k.ref"
        " && has(g.max_status) && g.max_status in ['refused', 'cannot_register'])).size()",
    ),
}


class Engine:
    """The compiled expressions of some rules."""

    def __init__(self, rules: tuple[str, ...]) -> None:
        self.programs = {name: cel.compile(RULES[name][1]) for name in rules}
        self.lists = sorted({items for name in rules for items in RULES[name][0]})

    def prepare(self, data: bytes) -> cel.Context:
        """A context of the lists that the rules need; the engine turns it into its own values on first use."""
        document = loads(data)
        found = {name: document[name] for name in self.lists}
        if "people" in found:
            found["people"] = by_ref(found["people"])
        return cel.Context(found)

    def violations(self, prepared: cel.Context) -> Mapping[str, int]:
        """What each expression counts."""
        return {name: _number(program.execute(prepared)) for name, program in self.programs.items()}


def _number(found: int | list[int]) -> int:
    return sum(found) if isinstance(found, list) else found
