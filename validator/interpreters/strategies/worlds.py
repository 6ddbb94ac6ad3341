"""What a run is about, and the small pools that values come from, so that boundaries collide."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple, TypeAlias

from validator.language.names import ReferenceNames
from validator.language.scopes import Known as KnownNames
from validator.language.vocabulary import Vocabulary
from validator.logic.policy import PolicySet
from validator.logic.shape import FieldShape
from validator.logic.text import Text

Json: TypeAlias = "dict[str, Any]"
DAY = timedelta(days=1)
NUMBERS = (0, 1, 2, 3)
DECIMALS = ("0", "0.5", "25", "50", "50.01", "100")
QUESTION = "C00"
NOTHING = Text("", "")


class World(NamedTuple):
    """What a test is about: a vocabulary, the reference data beside it, and the values that occur.

    `services` are spellings as a document may write them, registered or not; `fixed` gives the values of fields
    of the organization by name, `texts` those of fields with a pattern of their own.
    """

    vocabulary: Vocabulary
    policies: PolicySet
    names: ReferenceNames
    known: KnownNames
    as_of: date
    services: tuple[str, ...]
    fixed: Mapping[str, tuple[str, ...]]
    texts: Mapping[str, tuple[str, ...]]

    def days(self) -> list[date]:
        """The days that occur: around the day of the snapshot, none after it."""
        return [self.as_of - k * DAY for k in range(5)]


def words_of(shape: FieldShape) -> list[str]:
    """The first words of an enumeration that count as known: a small pool for facts and conditions alike."""
    return [word for word in shape.values if word not in shape.unknown_values][:3]
