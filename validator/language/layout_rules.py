"""What the layout knows of each place in a policy file: the order of its keys, and what always stands on lines.

Only keys whose order says nothing are listed. The order of conditions, of facts and of names that a policy gives
is its author's: it shows in prose and in evidence.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from validator.language.nodes import Mapping as MappingNode
from validator.language.nodes import Node


class Rule(NamedTuple):
    """The layout of one place; other rules are named by their key in `RULES`.

    `order`: the keys in their order, those not listed follow as written; empty when the order is the author's.
    `block`: one entry per line even when all would fit on one. `keys`, `others`, `items`: the rule for the value
    under a key, under any other key, and for an item of a list. `deepest`: how many brackets may stand one inside
    another on a line, 0 for any number.
    """

    order: tuple[str, ...] = ()
    block: bool = False
    keys: Mapping[str, str] = {}
    others: str = ""
    items: str = ""
    deepest: int = 0


FREE: Final = Rule()
_TEXT: Final = ("ru", "en")
_POLICY_TEXTS: Final = dict.fromkeys(("title", "message", "remark", "remedy", "note"), "text block")
_TEXTS: Final = dict.fromkeys(("title", "short", "note", "why", "unit", "owner"), "text")
_REQUIREMENTS: Final = dict.fromkeys(
    ("applies_when", "forbidden", "required", "allowed", "when"), "condition block"
)
_LOGIC: Final = {"all": "alternatives", "any": "alternatives"}
_NAMED_LISTS: Final = dict.fromkeys(
    ("exceptions", "criteria", "exclusions", "readings", "clauses", "editions"), "named items"
)

RULES: Final[Mapping[str, Rule]] = {
    "": FREE,
    # Files, by the key that says what they are.
    "norm": Rule(
        (
            *("norm", "status", "title", "about", "fields", "modality", "severity", "cites", "in_force"),
            *("applies_when", "forbidden", "required", "allowed", "exceptions", "readings"),
            *("message", "remark", "remedy", "remedy_sets", "sanction", "waivable", "examples"),
        ),
        block=True,
        keys={
            **_POLICY_TEXTS,
            **_REQUIREMENTS,
            **_NAMED_LISTS,
            "cites": "citations block",
            "in_force": "window",
            "sanction": "sanction",
            "waivable": "condition",
            "examples": "examples",
        },
    ),
    "decision": Rule(
        (
            *("decision", "status", "title", "about", "cites", "in_force", "applies_when", "outcomes"),
            *("criteria", "exclusions", "then", "readings", "advice", "examples"),
        ),
        block=True,
        keys={
            **_POLICY_TEXTS,
            **_REQUIREMENTS,
            **_NAMED_LISTS,
            "cites": "citations block",
            "in_force": "window",
            "outcomes": "texts",
            "then": "then",
            "advice": "texts block",
            "examples": "examples",
        },
    ),
    "definition": Rule(
        ("definition", "title", "about", "cites", "note", "when"),
        block=True,
        keys={**_POLICY_TEXTS, **_REQUIREMENTS, "cites": "citations block"},
    ),
    "values": Rule(
        ("values", "title", "cites", "members"), block=True, keys={**_POLICY_TEXTS, "cites": "citations block"}
    ),
    "act": Rule(
        (
            *("act", "title", "short", "number", "date", "force", "editions", "in_force_from", "in_force_through"),
            *("seen", "quality", "checked_on", "note", "clauses"),
        ),
        block=True,
        keys={**_TEXTS, **_NAMED_LISTS},
    ),
    "register": Rule(
        ("register", "title", "family", "closed", "rows"), block=True, keys={**_TEXTS, "rows": "register rows"}
    ),
    "parameter": Rule(
        ("parameter", "title", "type", "unit", "gaps", "rows"),
        block=True,
        keys={**_TEXTS, "rows": "parameter rows"},
    ),
    "topic": Rule(
        ("topic", "title", "note", "covers", "switched_off"),
        block=True,
        keys={**_POLICY_TEXTS, "covers": "covers", "switched_off": "analyses"},
    ),
    "known": Rule(("known",), block=True, keys={"known": "known findings"}),
    "known findings": Rule(block=True, items="known finding"),
    "known finding": Rule(("digest", "owner", "reason", "through"), block=True, keys={"reason": "text"}),
    "covers": Rule(block=True, items="cover"),
    "cover": Rule(
        ("id", "title", "about", "from", "through", "exhaustive", "when"),
        block=True,
        keys={**_TEXTS, "when": "condition"},
    ),
    "analyses": Rule(block=True, items="switched off"),
    "switched off": Rule(("analysis", "why"), block=True, keys=_TEXTS),
    # Parts of several kinds of files.
    "text": Rule(_TEXT),
    "text block": Rule(_TEXT, block=True),
    "texts": Rule(block=True, others="text"),
    "texts block": Rule(block=True, others="text block"),
    "citation": Rule(("act", "at")),
    "citations": Rule(items="citation"),
    "citations block": Rule(block=True, items="citation"),
    "period": Rule(("from", "through")),
    "window": Rule(("from", "through", "judged_on"), keys={"judged_on": "period"}),
    "condition": Rule(keys=_LOGIC, others="condition", items="condition", deepest=4),
    "condition block": Rule(block=True, keys=_LOGIC, others="condition", items="condition"),
    "alternatives": Rule(block=True, items="condition block"),
    # Parts of norms and decisions.
    "named items": Rule(block=True, items="named item"),
    "named item": Rule(
        (
            *("id", "chosen", "at", "date", "title", "coverage", "policies", "cites", "when", "parameters"),
            *("definitions", "registers", "severity", "without_exceptions", "admit_press", "note", "why"),
        ),
        block=True,
        keys={**_TEXTS, "why": "text", "cites": "citations", "when": "condition"},
    ),
    "sanction": Rule(("cites", "applies", "official_rub", "entity_rub"), block=True, keys={"cites": "citation"}),
    "then": Rule(("all_criteria_and_no_exclusion", "otherwise")),
    "examples": Rule(("as_of", "base", "cases"), block=True, keys={"base": "base", "cases": "cases"}),
    "base": Rule(
        ("organization", "roadmap", "parent", "item", "item_of", "lists", "coverage"),
        block=True,
        keys={"lists": "lists"},
    ),
    "lists": Rule(block=True),
    "cases": Rule(block=True, items="case"),
    "case": Rule(
        (
            *("name", "as_of", "parameters", "change", "lists", "coverage", "item_of", "subject"),
            *("expect", "missing", "criteria", "advice", "disputed"),
        ),
        block=True,
        keys={"change": "change"},
    ),
    "change": Rule(("organization", "roadmap", "parent", "item")),
    # Rows of data.
    "register rows": Rule(block=True, items="register row"),
    "register row": Rule(
        (
            *("id", "title", "aliases", "from", "through", "announced_on", "owner", "owner_country", "public_mode"),
            *("quality", "iso", "tz", "oktmo_prefix", "cites", "note"),
        ),
        block=True,
        keys={**_TEXTS, "cites": "citations"},
    ),
    "parameter rows": Rule(block=True, items="parameter row"),
    "parameter row": Rule(
        ("region", "kind", "from", "through", "value", "why", "cites", "note"),
        keys={**_TEXTS, "cites": "citations"},
    ),
}
KINDS: Final = ("norm", "decision", "definition", "values", "act", "register", "parameter", "topic", "known")


def kind_of(root: Node) -> str | None:
    """What a file is by the first key that says so, None for a file that is no policy."""
    if not isinstance(root, MappingNode):
        return None
    return next((kind for kind in KINDS if kind in root.entries), None)


def under(rule: Rule, key: str | None) -> Rule:
    """The rule for the value under a key, or for an item of a list (None)."""
    return RULES[rule.items if key is None else rule.keys.get(key, rule.others)]


def in_order(rule: Rule, keys: list[str]) -> list[int]:
    """The positions of the keys in the order of the layout: those it knows, then the others as written."""
    if not rule.order:
        return list(range(len(keys)))
    places = {key: place for place, key in enumerate(rule.order)}
    return sorted(range(len(keys)), key=lambda position: places.get(keys[position], len(places)))
