"""Places of acts and penalties as reports tell them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.logic.policy import Citation, Norm, PolicySet
from validator.logic.told import both

if TYPE_CHECKING:
    from validator.logic.report import CitedPlace, SanctionText


def cited(citation: Citation, policies: PolicySet) -> CitedPlace:
    """A place of an act that a policy rests on."""
    act = policies.acts[citation.act]
    return {
        "act": citation.act,
        "at": citation.at,
        "force": act.force.value,
        "checked_on": "never" if act.checked_on is None else act.checked_on.isoformat(),
        "title": both(act.short),
    }


def sanction_of(norm: Norm, policies: PolicySet) -> SanctionText | None:
    """The penalty that the act of a norm names, None where it names none."""
    sanction = norm.sanction
    if sanction is None:
        return None
    return {
        "act": sanction.cites.act,
        "at": sanction.cites.at,
        "title": both(policies.acts[sanction.cites.act].short),
        "applies": sanction.applies,
        "official_rub": list(sanction.official_rub) if sanction.official_rub else None,
        "entity_rub": list(sanction.entity_rub) if sanction.entity_rub else None,
    }
