"""Norms that count and compare in every way: each order, a count, a share or a sum against what may be there."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "interpreters"))

from worlds import TOY, read

from validator.interpreters.strategies import random_policies, seeded
from validator.logic.expr import TRUE
from validator.logic.frozen import replace
from validator.logic.policy import Clauses, Modality, PolicySet, Subject, Window

ORDERS = ("is", "at_least", "at_most", "more_than", "less_than")
ACTIVE = {"people": {"count": {"status": "active"}}}
KNOWN = {"people": {"count": {"status": {"in": ["active", "away"]}}}}


def conditions() -> dict[str, tuple[str, Any]]:
    """By name what a norm is about and what it requires."""
    found: dict[str, tuple[str, Any]] = {}
    for order in ORDERS:
        count = {"count": {"of": {"status": "active"}, "is": {order: 1}}}
        found[f"count {order}"] = ("organization", {"people": count})
        field = {"count": {"of": {"load": 1}, "is": {order: {"field": "organization.budget"}}}}
        found[f"count {order} field"] = ("people", {"organization": {"people": field}})
        param = {"count": {"of": {"status": "active"}, "is": {order: {"param": "few"}}}}
        found[f"count {order} parameter"] = ("organization", {"people": param})
        found[f"share of counts {order}"] = ("organization", {"ratio": {"of": ACTIVE, "to": KNOWN, order: 50}})
        found[f"share of counts {order} parameter"] = (
            "organization",
            {"ratio": {"of": ACTIVE, "to": KNOWN, order: {"param": "half"}}},
        )
        found[f"share {order}"] = ("people", {"ratio": {"of": "load", "to": "rank", order: 50}})
        found[f"sum {order}"] = ("people", {"sum": {"of": ["rank", "load"], order: 3}})
    return found


def policies() -> PolicySet:
    """An obligation for each condition."""
    some = random_policies(TOY, seeded(2), 6)
    norm = next(iter(some.norms.values()))
    norms = {}
    for name, (path, structure) in conditions().items():
        subject = Subject(path, TOY.vocabulary.scopes_of(path), TOY.vocabulary.record_of(path))
        clauses = Clauses(subject, Window(), TRUE, read(TOY, path, structure), ())
        norms[name] = replace(
            norm, id=name, modality=Modality.OBLIGATION, clauses=(clauses,), exceptions=(), readings=()
        )
    return replace(some, norms=norms, decisions={})
