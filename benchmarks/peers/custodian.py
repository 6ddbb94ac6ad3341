"""Cloud Custodian: lists of value filters, one after another over the items left, as its policies run them.

A filter knows one resource and nothing around it: rules with references can't be written. Nested lists are laid
flat by hand.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from c7n.filters.core import ValueFilter

from peers.parsing import Document, loads

PURPOSES = ["inform", "public_service", "state_task", "teaching", "internal"]
Filters = list[dict[str, Any]]
RULES: Mapping[str, tuple[str, Filters]] = {
    "CMP-FOREIGN": (
        "uses",
        [
            {"key": "service", "op": "in", "value": ["whatsapp", "telegram", "discord", "viber"]},
            {"key": "actor", "op": "in", "value": ["organization", "employee_on_duty", "bot"]},
            {"key": "counterpart", "op": "intersect", "value": ["students", "parents", "citizens"]},
            {"key": "purpose", "op": "in", "value": PURPOSES},
            {"key": "direction", "op": "in", "value": ["outgoing", "reply"]},
        ],
    ),
    "CMP-ORIGIN": (
        "chats",
        [
            {"key": "platform", "op": "eq", "value": "vk_messenger"},
            {"key": "origin", "op": "in", "value": ["ezhd", "sferum_community"]},
        ],
    ),
    "CMP-SILENT": (
        "chats",
        [
            {"key": "platform", "op": "eq", "value": "vk_messenger"},
            {"key": "last_message_on || 'unknown'", "op": "ne", "value": "unknown"},
            {"key": "last_message_on == 'never' && '0000' || last_message_on", "op": "lt", "value": "2025-01-01"},
        ],
    ),
    "CMP-BOUND": (
        "chats",
        [
            {"key": "in_sferum", "op": "eq", "value": True},
            {"key": "state", "op": "in", "value": ["active", "transferred", "recreated"]},
            {"key": "unbound_count", "op": "ne", "value": "unknown"},
            {"key": "unbound_count", "op": "gt", "value": 0},
        ],
    ),
    "CMP-AUDIENCE": (
        "chats",
        [
            {"key": "official", "op": "eq", "value": True},
            {"key": "kind", "op": "eq", "value": "parents"},
            {"key": "audience", "op": "contains", "value": "students"},
        ],
    ),
    "CMP-CHANNEL": (
        "channels",
        [
            {"key": "active", "op": "eq", "value": True},
            {"key": "kind", "op": "in", "value": ["email", "sms", "call", "diary", "other"]},
            {"key": "address_present", "op": "eq", "value": False},
        ],
    ),
}


class Engine:
    """The filters of some rules."""

    def __init__(self, rules: tuple[str, ...]) -> None:
        self.rules = {
            name: (items, [_filter(told) for told in filters])
            for name, (items, filters) in RULES.items()
            if name in rules
        }

    def prepare(self, data: bytes) -> Document:
        """The document, its channels as a list of their own."""
        document = loads(data)
        if "CMP-CHANNEL" in self.rules:
            guardians = document["guardians"]
            document["channels"] = [one for guardian in guardians for one in guardian.get("channels", ())]
        return document

    def violations(self, prepared: Document) -> Mapping[str, int]:
        """What the filters of each rule leave."""
        return {name: len(_left(filters, prepared[items])) for name, (items, filters) in self.rules.items()}


def _left(filters: list[ValueFilter], resources: list[Document]) -> list[Document]:
    for one in filters:
        resources = one.process(resources)
    return resources


def _filter(told: dict[str, Any]) -> ValueFilter:
    made = ValueFilter({"type": "value", **told})
    made.annotate = False  # a note on every resource that matches would only cost time
    return made
