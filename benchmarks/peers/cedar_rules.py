"""Cedar: a batch of requests, one for every item, and the policies that fire are counted by their names.

There are no loops over entities and no order of texts: every, some and counts along references can't be written,
and days are made numbers by hand. One step along a reference can be written.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from typing import Any, NamedTuple

import cedarpy

from peers.parsing import Document, by_ref, loads

RULES = {
    "CMP-FOREIGN": (
        "Use",
        'resource has service && ["whatsapp", "telegram", "discord", "viber"].contains(resource.service)'
        ' && resource has actor && ["organization", "employee_on_duty", "bot"].contains(resource.actor)'
        ' && resource has counterpart && resource.counterpart.containsAny(["students", "parents", "citizens"])'
        ' && resource has purpose && !["private", "unknown"].contains(resource.purpose)'
        ' && resource has direction && ["outgoing", "reply"].contains(resource.direction)',
    ),
    "CMP-ORIGIN": (
        "Chat",
        'resource has platform && resource.platform == "vk_messenger"'
        ' && resource has origin && ["ezhd", "sferum_community"].contains(resource.origin)',
    ),
    "CMP-SILENT": (
        "Chat",
        'resource has platform && resource.platform == "vk_messenger"'
        " && resource has last_message_day && resource.last_message_day < 20250101",
    ),
    "CMP-BOUND": (
        "Chat",
        "resource has in_sferum && resource.in_sferum == true"
        ' && resource has state && ["active", "transferred", "recreated"].contains(resource.state)'
        ' && resource has unbound_count && resource.unbound_count != "unknown" && resource.unbound_count > 0',
    ),
    "CMP-AUDIENCE": (
        "Chat",
        'resource has official && resource.official == true && resource has kind && resource.kind == "parents"'
        ' && resource has audience && resource.audience.contains("students")',
    ),
    "CMP-CHANNEL": (
        "Channel",
        "resource has active && resource.active == true"
        ' && resource has kind && ["email", "sms", "call", "diary", "other"].contains(resource.kind)'
        " && resource has address_present && resource.address_present == false",
    ),
    "CMP-CREATOR": (
        "Chat",
        'resource has state && resource.state == "active" && resource has creator && resource.creator has roles'
        ' && !resource.creator.roles.containsAny(["employee", "teacher", "org_admin"])',
    ),
}
# What the rules ask of each kind of entity; more would only have to be copied.
FIELDS = {
    "Use": ("service", "actor", "counterpart", "purpose", "direction"),
    "Chat": ("platform", "origin", "in_sferum", "state", "unbound_count", "official", "kind", "audience"),
    "Channel": ("active", "kind", "address_present"),
}
SETS = ("counterpart", "audience")
WHO = 'Engine::"benchmark"'


class Prepared(NamedTuple):
    """One request for every entity."""

    requests: list[dict[str, Any]]
    entities: str


class Engine:
    """The policies of some rules."""

    def __init__(self, rules: tuple[str, ...]) -> None:
        told = [
            f"permit(principal, action, resource is {RULES[name][0]}) when {{ {RULES[name][1]} }};"
            for name in rules
        ]
        self.policies = cedarpy.PolicySet.from_str("\n".join(told))
        # The engine names policies by their order.
        self.names = {f"policy{number}": name for number, name in enumerate(rules)}
        self.kinds = {RULES[name][0] for name in rules}
        self.creators = "CMP-CREATOR" in rules

    def prepare(self, data: bytes) -> Prepared:
        """The items as entities, sets and days in the form that the engine compares."""
        document = loads(data)
        found: dict[str, list[dict[str, Any]]] = {"Use": [], "Chat": [], "Channel": []}
        if "Use" in self.kinds:
            found["Use"] = [_attributes("Use", item) for item in document["uses"]]
        if "Chat" in self.kinds:
            found["Chat"] = [self._chat(item) for item in document["chats"]]
        if "Channel" in self.kinds:
            channels = (one for guardian in document["guardians"] for one in guardian.get("channels", ()))
            found["Channel"] = [_attributes("Channel", item) for item in channels]
        entities = [_entity(kind, str(n), item) for kind, items in found.items() for n, item in enumerate(items)]
        requests = [_request(kind, n) for kind, items in found.items() for n in range(len(items))]
        return Prepared(requests, json.dumps(entities + (self._people(document) if self.creators else [])))

    def _chat(self, item: Document) -> dict[str, Any]:
        found = _attributes("Chat", item)
        day = item.get("last_message_on", "unknown")
        if day != "unknown":
            found["last_message_day"] = 0 if day == "never" else int(day.replace("-", ""))
        creator = item.get("creator", {}).get("ref", "unknown")
        if self.creators and creator != "unknown":
            found["creator"] = {"__entity": {"type": "Person", "id": creator}}
        return found

    def _people(self, document: Document) -> list[dict[str, Any]]:
        people = by_ref(document["people"])
        return [
            _entity("Person", ref, {"roles": person["roles"]} if isinstance(person.get("roles"), list) else {})
            for ref, person in people.items()
        ]

    def violations(self, prepared: Prepared) -> Mapping[str, int]:
        """How many requests each policy decided."""
        found: Counter[str] = Counter()
        for answer in cedarpy.is_authorized_batch(prepared.requests, self.policies, prepared.entities):
            found.update(self.names[reason] for reason in answer.diagnostics.reasons)
        return found


def _attributes(kind: str, item: Document) -> dict[str, Any]:
    return {
        name: item[name] for name in FIELDS[kind] if name in item and not (name in SETS and item[name] == "unknown")
    }


def _entity(kind: str, name: str, attributes: dict[str, Any]) -> dict[str, Any]:
    return {"uid": {"type": kind, "id": name}, "attrs": attributes, "parents": []}


def _request(kind: str, number: int) -> dict[str, Any]:
    return {"principal": WHO, "action": 'Action::"judge"', "resource": f'{kind}::"{number}"', "context": {}}
