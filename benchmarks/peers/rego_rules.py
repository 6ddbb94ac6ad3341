"""Rego by rego-cpp, which is not OPA: what is measured here says nothing about OPA.

Missing fields are undefined, which is what the rules want; a rule is one set, all are asked for in one query.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

import regopy

from peers.parsing import Document, by_ref, loads

RULES = {
    "CMP-FOREIGN": """foreign contains i if {
        some i, u in input.uses
        u.service in {"whatsapp", "telegram", "discord", "viber"}
        u.actor in {"organization", "employee_on_duty", "bot"}
        some x in u.counterpart
        x in {"students", "parents", "citizens"}
        not u.purpose in {"private", "unknown"}
        u.purpose
        u.direction in {"outgoing", "reply"}
    }""",
    "CMP-ORIGIN": """origin contains i if {
        some i, c in input.chats
        c.platform == "vk_messenger"
        c.origin in {"ezhd", "sferum_community"}
    }""",
    "CMP-SILENT": """silent_day(day) if day == "never"
    silent_day(day) if day < "2025-01-01"
    silent contains i if {
        some i, c in input.chats
        c.platform == "vk_messenger"
        silent_day(c.last_message_on)
    }""",
    "CMP-BOUND": """bound contains i if {
        some i, c in input.chats
        c.in_sferum == true
        c.state in {"active", "transferred", "recreated"}
        is_number(c.unbound_count)
        c.unbound_count > 0
    }""",
    "CMP-AUDIENCE": """audience contains i if {
        some i, c in input.chats
        c.official == true
        c.kind == "parents"
        "students" in c.audience
    }""",
    "CMP-CHANNEL": """channel contains [i, j] if {
        some i, g in input.guardians
        some j, h in g.channels
        h.active == true
        h.kind in {"email", "sms", "call", "diary", "other"}
        h.address_present == false
    }""",
    "CMP-CREATOR": """creator contains i if {
        some i, c in input.chats
        c.state == "active"
        roles := input.people[c.creator.ref].roles
        is_array(roles)
        count({r | some r in roles; r in {"employee", "teacher", "org_admin"}}) == 0
    }""",
    "CMP-EVERY": """every_one contains i if {
        some i, c in input.chats
        some a in c.admins
        input.people[a.ref].status == "left"
    }""",
    "CMP-NOBODY": """nobody contains i if {
        some i, c in input.chats
        c.in_sferum == true
        c.admins_coverage == "complete"
        unbound := [1 | some a in c.admins; a.bound == false; input.people[a.ref].bound == false]
        count(unbound) == count(c.admins)
    }""",
    "CMP-SPARE": """no_employee(ref) if input.people[ref].status == "left"
    no_employee(ref) if {
        roles := input.people[ref].roles
        is_array(roles)
        not "employee" in roles
    }
    spare contains i if {
        some i, c in input.chats
        c.platform == "max"
        c.admins_coverage == "complete"
        certain := [1 | some a in c.admins; no_employee(a.ref)]
        count(c.admins) - count(certain) < 2
    }""",
    "CMP-INVITE": """invite contains [i, j] if {
        some i, c in input.chats
        some j, v in c.invitations
        v.wants_chat == true
        v.invited_on == "never"
        input.people[v.person].phone_match == "mismatch"
    }""",
    "CMP-TOLD": """outside contains g["class"] if {
        some g in input.guardians
        g.max_status in {"refused", "cannot_register"}
    }
    told contains i if {
        some i, k in input.classes
        k.told_in_person == false
        k.ref in outside
    }""",
}
SETS = {name: name.removeprefix("CMP-").lower() for name in RULES} | {"CMP-EVERY": "every_one"}
LISTS = {
    "CMP-FOREIGN": ("uses",),
    "CMP-CHANNEL": ("guardians",),
    "CMP-TOLD": ("classes", "guardians"),
    **dict.fromkeys(("CMP-CREATOR", "CMP-EVERY", "CMP-NOBODY", "CMP-SPARE", "CMP-INVITE"), ("chats", "people")),
}


class Engine:
    """A module of some rules; every document gets an interpreter of its own input."""

    def __init__(self, rules: tuple[str, ...]) -> None:
        counts = ", ".join(f'"{name}": count({SETS[name]})' for name in rules)
        module = "\n".join(["package rules", *(RULES[name] for name in rules), f"found := {{{counts}}}"])
        self.lists = sorted({items for name in rules for items in LISTS.get(name, ("chats",))})
        self.interpreter = regopy.Interpreter()
        self.interpreter.add_module("rules", module)

    def prepare(self, data: bytes) -> Document:
        """The lists that the rules need, the people by their refs."""
        document = loads(data)
        found = {name: document[name] for name in self.lists}
        if "people" in found:
            found["people"] = by_ref(found["people"])
        return found

    def violations(self, prepared: Document) -> Mapping[str, int]:
        """The sizes of the sets. Raises RuntimeError when the query has no answer."""
        self.interpreter.set_input(regopy.Input(prepared))
        answer = json.loads(str(self.interpreter.query("data.rules.found")))
        found = answer.get("expressions")
        if not found or not isinstance(found[0], dict):
            raise RuntimeError(f"rego-cpp gave no answer: {str(answer)[:300]}")
        return {name: int(number) for name, number in found[0].items()}
