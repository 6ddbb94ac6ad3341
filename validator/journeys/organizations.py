"""How reports name an organization, and what they say of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.logic.digest import sha256
from validator.logic.facts import Snapshot

if TYPE_CHECKING:
    from validator.logic.report import OrganizationRow


def organization_id(snapshot: Snapshot) -> str:
    """The INN of an organization; of an entrepreneur, whose INN is personal, a digest of it."""
    return identity_of(snapshot.inn)


def identity_of(inn: str) -> str:
    """How an organization with a taxpayer number of 10 or 12 digits is named in every result."""
    return "entrepreneur:" + sha256(inn.encode()).hexdigest()[:16] if len(inn) == 12 else inn


def organization_row(snapshot: Snapshot) -> OrganizationRow:
    """What roll-ups need to know of an organization."""
    values = snapshot.root.values
    return {
        "organization": organization_id(snapshot),
        "name": optional_text(values.get("name")),
        "region": snapshot.region,
        "municipality": optional_text(values.get("municipality")),
        "kind": snapshot.kind,
        "as_of": snapshot.as_of.isoformat(),
        "file": snapshot.file,
        "digest": snapshot.digest,
    }


def optional_text(value: object) -> str | None:
    """A value as reports show it, None where there is none."""
    return None if value is None else str(value)
