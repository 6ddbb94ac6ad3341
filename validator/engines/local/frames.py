"""What the run and its workers send each other through pipes: one frame after another, each with its length first.

A frame has parts: a head of JSON and pieces of bytes that are never looked into on the way.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Sequence
from typing import Any, BinaryIO, NamedTuple

_LENGTH = struct.Struct(">Q")


class Frame(NamedTuple):
    """A head, JSON-safe, and pieces of bytes."""

    head: dict[str, Any]
    pieces: tuple[bytes, ...] = ()


def pack(head: dict[str, Any], pieces: Sequence[bytes] = ()) -> bytes:
    """A frame as bytes, its length included."""
    first = json.dumps([head, [len(piece) for piece in pieces]]).encode()
    total = _LENGTH.size + len(first) + sum(map(len, pieces))
    return b"".join((_LENGTH.pack(total), _LENGTH.pack(len(first)), first, *pieces))


def receive(stream: BinaryIO) -> Frame | None:
    """The next frame, None at the end of the stream, also when it ends within a frame: the other side is gone.

    Raises whatever comes of reading bytes that are no frame.
    """
    length = stream.read(_LENGTH.size)
    if len(length) < _LENGTH.size:
        return None
    (total,) = _LENGTH.unpack(length)
    data = stream.read(total)
    if len(data) < total:
        return None
    (first,) = _LENGTH.unpack_from(data)
    start = _LENGTH.size + first
    head, lengths = json.loads(data[_LENGTH.size : start])
    if not isinstance(head, dict):
        raise TypeError
    pieces = []
    for size in lengths:
        pieces.append(data[start : start + size])
        start += size
    return Frame(head, tuple(pieces))
