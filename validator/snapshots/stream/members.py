"""Members of archives: which of them are documents, which are refused aloud, which are passed over."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from hashlib import blake2b
from typing import BinaryIO, NamedTuple

from validator.language.limits import default
from validator.language.structure import shorten
from validator.logic.problem import InputError, Problem
from validator.snapshots.stream.contents import contents
from validator.snapshots.stream.given import Delivered, PassedOver, refused, refused_by
from validator.snapshots.stream.names import Holds, folded, is_hidden, is_unsafe, named, parts_of
from validator.snapshots.stream.packed import drain
from validator.snapshots.stream.said import about, over


class Names:
    """Names of members, each kept as a digest: which of them come more than once, or differ by case only."""

    def __init__(self) -> None:
        self._seen: set[bytes] = set()
        self._repeated: set[bytes] = set()

    def add(self, name: str) -> None:
        """Take note of the name of a file."""
        key = _digest(name)
        (self._repeated if key in self._seen else self._seen).add(key)

    def repeated(self, name: str) -> bool:
        """Whether a name of that sort came more than once."""
        return bool(self._repeated) and _digest(name) in self._repeated


def _digest(name: str) -> bytes:
    return blake2b(folded(name).encode("utf-8", "surrogateescape"), digest_size=16).digest()


class Member(NamedTuple):
    """A file of an archive: its name as it was given, its number from 1, and why it can't be read, if so.

    `is_file` is False for links, devices and whatever else is no file with bytes of its own. `hindrance` is the
    code of what keeps its bytes from us.
    """

    name: str
    number: int
    is_file: bool = True
    hindrance: str = ""


class Members:
    """Goes through the members of one archive, and keeps the count of what came of them."""

    def __init__(self, archive: str, names: Names, passed_over: PassedOver) -> None:
        self._archive = archive
        self._names = names
        self._passed_over = passed_over
        self._refused = 0
        self.delivered = 0

    def of(self, member: Member, read: Callable[[], BinaryIO], *, checked: bool) -> Iterator[Delivered]:
        """The documents of one member. `read` gives its bytes from the start, any number of times.

        `checked` says that the check sums of the bytes were looked at before. A container that is not checked
        is read twice, because no line of it may be handed on before the last one is known to be whole.
        """
        name = self._name(member)
        problem = self._problem(member, name)
        if problem is not None:
            self._refused += 1
            self.delivered += 1
            yield refused(problem)
            return
        kind = named(member.name)
        if kind is None or is_hidden(member.name):
            self._passed_over.add(name)
            return
        try:
            if kind.holds is Holds.LINES and not checked:
                drain(read())
            stream = read()
        except InputError as error:
            self.delivered += 1
            yield refused_by(error, name)
            return
        for item in contents(name, kind, stream):
            self.delivered += 1
            yield item

    @property
    def given_up(self) -> bool:
        """Whether so many members were refused that the archive is no honest one."""
        return self._refused >= default("limit-archive-refused")

    def rest(self) -> Iterator[Delivered]:
        """What is told at the end: that the archive was given up, or that there was nothing in it."""
        if self.given_up:
            yield refused(over("limit-archive-refused", self._archive))
        elif not self.delivered:
            yield refused(about("empty-archive", self._archive))

    def _name(self, member: Member) -> str:
        label = "/".join(parts_of(member.name))
        too_long = len(label.encode("utf-8", "surrogateescape")) > default("limit-name-bytes")
        if too_long or not label or self._names.repeated(member.name):
            return f"{self._archive}/{shorten(label)}#{member.number}"
        return f"{self._archive}/{label}"

    def _problem(self, member: Member, name: str) -> Problem | None:
        kind = named(member.name)
        if len(member.name.encode("utf-8", "surrogateescape")) > default("limit-name-bytes"):
            return over("limit-name-bytes", name)
        if is_unsafe(member.name):
            return about("unsafe-member-name", name)
        if not member.is_file:
            return about("special-member", name)
        if self._names.repeated(member.name):
            return about("repeated-member", name)
        if kind is None or is_hidden(member.name):
            return None
        if kind.is_archive:
            return over("limit-archive-nesting", name)
        return about(member.hindrance, name) if member.hindrance else None
