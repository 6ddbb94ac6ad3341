"""ZEN: all rules of a document in one expression, so that the engine takes the document once.

It is given the bytes of the document and parses them itself, which is several times quicker than objects of Python.
For references the people are looked up by an index, which is built by hand: looking them up in the list would take
the square of the time.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

import zen

from peers.parsing import by_ref, loads

try:
    from orjson import dumps
except ImportError:

    def dumps(document: object) -> bytes:
        """The same by the standard library."""
        return json.dumps(document).encode()


STAFF = "['employee', 'teacher', 'org_admin']"
SERVICES = "['whatsapp', 'telegram', 'discord', 'viber']"
# Of an administrator it is certain that he is not an employee at work.
NO_EMPLOYEE = (
    "(people[a.ref].status == 'left'"
    " or (people[a.ref].roles != null and people[a.ref].roles != 'unknown'"
    " and not contains(people[a.ref].roles, 'employee')))"
)
RULES = {
    "CMP-FOREIGN": f"count(uses as u, u.service in {SERVICES}"
    " and u.actor in ['organization', 'employee_on_duty', 'bot'] and u.counterpart != null"
    " and u.counterpart != 'unknown' and some(u.counterpart, # in ['students', 'parents', 'citizens'])"
    " and u.purpose != null and u.purpose not in ['private', 'unknown'] and u.direction in ['outgoing', 'reply'])",
    "CMP-ORIGIN": "count(chats as c, c.platform == 'vk_messenger' and c.origin in ['ezhd', 'sferum_community'])",
    "CMP-SILENT": "count(chats as c, c.platform == 'vk_messenger' and c.last_message_on != null"
    " and c.last_message_on != 'unknown'"
    " and (c.last_message_on == 'never' or date(c.last_message_on) < date('2025-01-01')))",
    "CMP-BOUND": "count(chats as c, c.in_sferum == true and c.state in ['active', 'transferred', 'recreated']"
    " and c.unbound_count != null and c.unbound_count != 'unknown' and c.unbound_count > 0)",
    "CMP-AUDIENCE": "count(chats as c, c.official == true and c.kind == 'parents' and c.audience != null"
    " and c.audience != 'unknown' and contains(c.audience, 'students'))",
    "CMP-CHANNEL": "sum(map(guardians as g, count((g.channels ?? []) as h, h.active == true"
    " and h.kind in ['email', 'sms', 'call', 'diary', 'other'] and h.address_present == false)))",
    "CMP-CREATOR": "count(chats as c, c.state == 'active' and c.creator.ref != null"
    " and people[c.creator.ref].roles != null and people[c.creator.ref].roles != 'unknown'"
    f" and none(people[c.creator.ref].roles, # in {STAFF}))",
    "CMP-EVERY": "count(chats as c, some(c.admins ?? [] as a, a.ref != null and people[a.ref].status == 'left'))",
    "CMP-NOBODY": "count(chats as c, c.in_sferum == true and c.admins_coverage == 'complete'"
    " and all(c.admins ?? [] as a, a.bound == false and a.ref != null and people[a.ref].bound == false))",
    "CMP-SPARE": "count(chats as c, c.platform == 'max' and c.admins_coverage == 'complete'"
    f" and count(c.admins ?? [] as a, a.ref == null or a.ref == 'unknown' or not {NO_EMPLOYEE}) < 2)",
    "CMP-INVITE": "sum(map(chats as c, count((c.invitations ?? []) as i, i.wants_chat == true"
    " and i.invited_on == 'never' and people[i.person].phone_match == 'mismatch')))",
    "CMP-TOLD": "count(classes as k, k.told_in_person == false"
    " and some(guardians as g, g.class == k.ref and g.max_status in ['refused', 'cannot_register']))",
}
REFERRING = {"CMP-CREATOR", "CMP-EVERY", "CMP-INVITE", "CMP-NOBODY", "CMP-SPARE"}


class Engine:
    """The expression of some rules."""

    def __init__(self, rules: tuple[str, ...]) -> None:
        told = ", ".join(f"'{name}': {RULES[name]}" for name in rules)
        self.expression = zen.compile_expression("{" + told + "}")
        self.referring = not REFERRING.isdisjoint(rules)

    def prepare(self, data: bytes) -> bytes:
        """The document as it came, or with its people by their refs."""
        if not self.referring:
            return data
        document = loads(data)
        document["people"] = by_ref(document["people"])
        prepared: bytes = dumps(document)
        return prepared

    def violations(self, prepared: bytes) -> Mapping[str, int]:
        """What the expression counts."""
        found: Mapping[str, float] = self.expression.evaluate(prepared)
        return {name: int(number) for name, number in found.items()}
