"""What the parts of the language are made of: records that never change, made in no time when a module is imported.

(A dataclass writes and compiles its methods at every start of the program; fifty of them are a third of a check.)
"""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter

from msgspec import Struct
from msgspec.structs import replace

__all__ = ["Frozen", "Placed", "compared_fields", "fields_of", "replace"]

_NOT_COMPARED = frozenset({"shape", "span"})


class Frozen(Struct, frozen=True, gc=False):
    """A record that is what its fields are: equal to another of its class whose fields are equal.

    The collector of garbage does not look at it, so it must not lead back to itself.
    """


class Placed(Frozen, frozen=True, eq=False):
    """A record that means the same wherever it was written: its `span` and its `shape` count for nothing.

    (The shape follows from the path of a field and would make every comparison and every message long.)
    """

    def __eq__(self, other: object) -> bool:
        kind = type(self)
        if kind is not type(other):
            return NotImplemented
        key = _KEYS.get(kind) or _key(kind)
        return bool(key(self) == key(other))

    def __ne__(self, other: object) -> bool:
        # That of the base goes by identity: equal records would be unequal too.
        return not self == other

    def __hash__(self) -> int:
        kind = type(self)
        return hash((_KEYS.get(kind) or _key(kind))(self))

    def __repr__(self) -> str:
        told = ", ".join(f"{name}={getattr(self, name)!r}" for name in compared_fields(type(self)))
        return f"{type(self).__name__}({told})"


# What instances of a class of `Placed` are compared by.
_KEYS: dict[type[Placed], Callable[[Placed], object]] = {}


def _key(kind: type[Placed]) -> Callable[[Placed], object]:
    names = compared_fields(kind)
    _KEYS[kind] = attrgetter(*names) if names else lambda _: ()
    return _KEYS[kind]


def fields_of(of: Struct | type[Struct]) -> tuple[str, ...]:
    """The names of the fields of a record or of a class of records, in order."""
    return of.__struct_fields__


def compared_fields(of: Frozen | type[Frozen]) -> tuple[str, ...]:
    """The names of the fields that count when two records are compared."""
    kind = of if isinstance(of, type) else type(of)
    names = fields_of(kind)
    return tuple(name for name in names if name not in _NOT_COMPARED) if issubclass(kind, Placed) else names
