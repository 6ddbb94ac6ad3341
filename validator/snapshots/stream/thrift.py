"""The compact encoding of Thrift, as far as Parquet describes itself in it: bytes to plain values.

Parquet libraries parse these bytes in native code and believe the sizes they find. Files come from anyone, and a
batch reads them in the process that must survive, so they are looked at here first: nothing is allocated beyond
the bytes that are there.
"""

from __future__ import annotations

from typing import Final

from validator.language.limits import default

Value = int | bool | bytes | list["Value"] | dict[int, "Value"]
Struct = dict[int, Value]

_TRUE, _FALSE, _BYTE, _I16, _I32, _I64, _DOUBLE, _BINARY, _LIST, _SET, _MAP, _STRUCT = range(1, 13)
_LONGEST_NUMBER: Final = 10  # bytes of a number of 64 bits


class ThriftError(Exception):
    """These bytes are no such structure."""


def read_struct(data: bytes, start: int = 0) -> tuple[Struct, int]:
    """The structure that begins at `start`, its fields by their numbers, and where it ends.

    Raises ThriftError, also for more values or levels than the limits `limit-nodes` and `limit-depth` allow.
    """
    reader = _Reader(data, start)
    try:
        return reader.struct(default("limit-depth")), reader.position
    except IndexError:
        raise ThriftError("the end is missing") from None


class _Reader:
    def __init__(self, data: bytes, position: int) -> None:
        self._data = data
        self.position = position
        self._left = default("limit-nodes")

    def struct(self, depth: int) -> Struct:
        if not depth:
            raise ThriftError("too deep")
        found: Struct = {}
        number = 0
        while head := self._byte():
            step, kind = head >> 4, head & 0x0F
            number = number + step if step else self._signed()
            if number in found:
                raise ThriftError("a field comes twice")
            self._count()
            found[number] = kind == _TRUE if kind in (_TRUE, _FALSE) else self._value(kind, depth)
        return found

    def _value(self, kind: int, depth: int) -> Value:
        match kind:
            case _ if kind in (_I16, _I32, _I64):
                return self._signed()
            case _ if kind == _BINARY:
                return self._bytes(self._unsigned())
            case _ if kind in (_LIST, _SET):
                return self._list(depth - 1)
            case _ if kind == _STRUCT:
                return self.struct(depth - 1)
            case _ if kind in (_TRUE, _FALSE):  # only within a list; a field says its truth by its kind
                return self._byte() == _TRUE
            case _ if kind == _BYTE:
                return self._byte()
            case _ if kind == _DOUBLE:
                return self._bytes(8)
            case _:  # no structure of Parquet holds a map
                raise ThriftError("an unknown kind of value")

    def _list(self, depth: int) -> list[Value]:
        if depth < 0:
            raise ThriftError("too deep")
        head = self._byte()
        size = self._unsigned() if head >> 4 == 0x0F else head >> 4
        found: list[Value] = []
        for _ in range(size):
            self._count()
            found.append(self._value(head & 0x0F, depth))
        return found

    def _count(self) -> None:
        self._left -= 1
        if self._left < 0:
            raise ThriftError("too many values")

    def _byte(self) -> int:
        found = self._data[self.position]
        self.position += 1
        return found

    def _bytes(self, size: int) -> bytes:
        start = self.position
        self.position += size  # beyond the end there is no byte to go on with
        return self._data[start : self.position]

    def _unsigned(self) -> int:
        found = 0
        for index in range(_LONGEST_NUMBER):
            byte = self._byte()
            found |= (byte & 0x7F) << (7 * index)
            if byte < 0x80:
                return found
        raise ThriftError("an endless number")

    def _signed(self) -> int:
        found = self._unsigned()
        return (found >> 1) ^ -(found & 1)


# --- what a field must be -------------------------------------------------------------------------------------


def number_in(struct: Struct, field: int) -> int:
    """The number in a field. Raises ThriftError when there is none."""
    found = struct.get(field)
    if type(found) is not int:
        raise ThriftError("a number is missing")
    return found


def bytes_in(struct: Struct, field: int) -> bytes:
    """The text or bytes in a field. Raises ThriftError when there are none."""
    found = struct.get(field)
    if not isinstance(found, bytes):
        raise ThriftError("a text is missing")
    return found


def struct_in(struct: Struct, field: int) -> Struct:
    """The structure in a field. Raises ThriftError when there is none."""
    found = struct.get(field)
    if not isinstance(found, dict):
        raise ThriftError("a structure is missing")
    return found


def structs_in(struct: Struct, field: int) -> list[Struct]:
    """The structures in the list of a field, none when it is absent. Raises ThriftError for anything else."""
    found = struct.get(field, [])
    if not isinstance(found, list):
        raise ThriftError("a list is missing")
    structs = [item for item in found if isinstance(item, dict)]
    if len(structs) != len(found):
        raise ThriftError("a list of something else")
    return structs
