"""A waiver: the permission of an organization to leave one violation standing for a while, and the list of them.

A waiver is an organization's own document. It changes what the gate does, never what the law says: the violation
stays in every report, with the waiver beside it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import Enum
from typing import TypedDict

from msgspec import field

from validator.logic.frozen import Frozen
from validator.logic.problem import Span
from validator.logic.report import Approval, BothTexts, Inputs, Location, QuarantineRecord, Tool, WholePolicySet
from validator.logic.text import Text

LIST_SCHEMA = "sverka.waivers/1"
SOON_DAYS = 30


class WaiverState(Enum):
    """What a day means to a waiver; `ENDS_SOON` counts the last `SOON_DAYS` days and the last day itself.

    `NO_EFFECT` is what a list says, whatever the day, of a waiver that can waive nothing.
    """

    ACTIVE = "active"
    ENDS_SOON = "ends_soon"
    NOT_BEGUN = "not_begun"
    EXPIRED = "expired"
    NO_EFFECT = "no_effect"


class Waiver(Frozen, frozen=True):
    """One waiver as it was written.

    `organization` is the id that reports show, `item` the `ref` of the record; both None where nobody named one.
    `first` and `last` both count. `spans` gives the place of each key.
    """

    id: str
    policy: str
    organization: str | None
    item: str | None
    first: date
    last: date
    ground: Text
    post: str
    document: str
    span: Span
    spans: Mapping[str, Span] = field(default_factory=dict)

    @property
    def scope(self) -> tuple[str, str | None, str | None]:
        """What it is about: waivers of equal scope do the same."""
        return (self.policy, self.organization, self.item)

    def covers(self, day: date) -> bool:
        """Whether it holds on that day."""
        return self.first <= day <= self.last

    def days_left(self, day: date) -> int:
        """How many days come after that day until the last one: 0 on the last day, less when it is over."""
        return (self.last - day).days

    def state(self, day: date) -> WaiverState:
        """What that day means to it, if it has any effect."""
        if day < self.first:
            return WaiverState.NOT_BEGUN
        left = self.days_left(day)
        if left < 0:
            return WaiverState.EXPIRED
        return WaiverState.ENDS_SOON if left <= SOON_DAYS else WaiverState.ACTIVE

    def span_of(self, key: str) -> Span:
        """The place of a key, of an absent one that of the waiver."""
        return self.spans.get(key, self.span)


# --- the list of waivers (`sverka.waivers/1`) --------------------------------------------------------------------

ListedWaiver = TypedDict(
    "ListedWaiver",
    {
        "id": str,
        "policy": str,
        "title": BothTexts | None,
        "organization": str | None,
        "item": str | None,
        "from": str,
        "through": str,
        "ground": BothTexts,
        "approved_by": Approval,
        "state": str,
        "days_left": int,
        "facts_on": str | None,
        "waives": int | None,
        "problems": list[QuarantineRecord],
        "location": Location,
    },
)
ListedWaiver.__doc__ = """One waiver in the list.

`title` is None when there is no such norm. `facts_on` is the day of the latest snapshot of its organization and
`waives` how many violations it waives there; both None when no snapshot of it was judged.
"""


class WaiverCounts(TypedDict):
    """How many waivers are in each state, and how many have a problem."""

    active: int
    ends_soon: int
    not_begun: int
    expired: int
    no_effect: int
    with_problems: int


class WaiverList(TypedDict):
    """All waivers on one day, those that end first in front."""

    schema: str
    tool: Tool
    policy_set: WholePolicySet
    day: str
    files: int
    inputs: Inputs
    waivers: list[ListedWaiver]
    quarantine: list[QuarantineRecord]
    counts: WaiverCounts
