"""Names of services and regions as people write them, resolved to the ids of the registers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from validator.logic.named_tuple import NamedTuple
from validator.logic.policy import Register
from validator.logic.values import UnregisteredName

SERVICES = "services"
SUBJECTS = "federal-subjects"


class ReferenceNames(NamedTuple):
    """What the registers know by name: service ids by every spelling, and the codes of federal subjects."""

    services: Mapping[str, str]
    regions: frozenset[str]

    def service(self, name: str) -> str:
        """The id of a service; a name that no register knows is kept as an `UnregisteredName`."""
        return self.services.get(spelling(name)) or UnregisteredName(name)


def spelling(name: str) -> str:
    """A name without what people vary: case, width, doubled and outer spaces, ё and е."""
    if not name.isascii():
        import unicodedata  # noqa: PLC0415 - ids and most names of services are plain letters

        name = unicodedata.normalize("NFKC", name)
    return " ".join(name.casefold().replace("ё", "е").split())


def reference_names(registers: Iterable[Register]) -> ReferenceNames:
    """The names of all registers. Ids win over aliases, and rows of earlier registers over later ones."""
    ids: dict[str, str] = {}
    aliases: dict[str, str] = {}
    regions: frozenset[str] = frozenset()
    for register in registers:
        if register.name == SUBJECTS:
            regions = frozenset(row.id for row in register.rows)
        if register.family == SERVICES:
            for row in register.rows:
                ids.setdefault(spelling(row.id), row.id)
                for alias in row.aliases:
                    aliases.setdefault(spelling(alias), row.id)
    return ReferenceNames({**aliases, **ids}, regions)
