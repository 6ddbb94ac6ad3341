"""The small snapshot that a case writes out itself: what its base says, changed as the case says."""

from __future__ import annotations

from typing import NamedTuple

from validator.journeys.examples.expectations import text_of
from validator.language.library import Library
from validator.language.nodes import Mapping, Node, Scalar, Sequence
from validator.language.structure import FileReader
from validator.language.vocabulary import ROOT
from validator.logic.facts import Snapshot
from validator.logic.policy import Norm, Policy
from validator.logic.text import Text
from validator.snapshots.build import Pieces, build, merged, put
from validator.snapshots.read import read_snapshot

BASE_KEYS = ("organization", "item", "parent", "lists", "roadmap", "coverage", "item_of")
CHANGE_KEYS = ("organization", "item", "parent", "roadmap")


def check_base(node: Node | None, reader: FileReader, library: Library) -> Mapping | None:
    """The base that cases change, None when there is none or it is no mapping; every mistake of form is noted."""
    base = reader.mapping(node, Text("`base`", "`base`"))
    if base is not None:
        reader.keys(base, BASE_KEYS)
        _check_pieces(base, CHANGE_KEYS, reader)
        _check_holders(base, reader, library)
    return base


def _check_pieces(node: Mapping, keys: tuple[str, ...], reader: FileReader) -> None:
    for key in keys:
        reader.mapping(node.get(key), Text(f"`{key}`", f"`{key}`"))


def _check_holders(node: Mapping, reader: FileReader, library: Library) -> None:
    """What a base and a case may both have: other lists, how complete lists are, which list the item is of."""
    reader.mapping(node.get("coverage"), Text("`coverage`", "`coverage`"))
    lists = reader.mapping(node.get("lists"), Text("`lists`", "`lists`"))
    for _, value in lists.items() if lists else ():
        if not (isinstance(value, Scalar) and value.text == "unknown"):
            reader.sequence(value)
    about = node.get("item_of")
    text = reader.text(about)
    if text is not None and text != ROOT and text not in library.vocabulary.lists:
        assert isinstance(about, Scalar)
        reader.unknown_name("unknown-list", about, Text("список", "list"), [ROOT, *library.vocabulary.lists])


class Inline(NamedTuple):
    """The facts of one case, as written: the case, the base it changes, and the day it is about."""

    node: Mapping
    base: Mapping | None
    as_of: Node | None
    policy: Policy
    file: str
    library: Library

    def check(self, reader: FileReader) -> None:
        """Note every mistake of form; what the facts themselves say is checked when the snapshot is read."""
        change = reader.mapping(self.node.get("change"), Text("`change`", "`change`"))
        if change is not None:
            reader.keys(change, CHANGE_KEYS)
            _check_pieces(change, CHANGE_KEYS, reader)
        _check_holders(self.node, reader, self.library)
        if self.as_of is None:
            help_ = Text("добавьте `as_of: ГГГГ-ММ-ДД`", "add `as_of: YYYY-MM-DD`")
            reader.report("missing-key", self.node, Text("не сказано, на какой день", "no day is given"), help_)
        reader.day(self.as_of)
        name = self.about().partition(".")[0]
        others = self._pieces().lists.get(name)
        if others is not None and not isinstance(others, Sequence):
            reader.sequence(others)  # the judged item stands among them

    def about(self) -> str:
        """The list the judged item stands in, or `organization`."""
        policy = self.policy
        own = policy.clauses[0].subject.path if isinstance(policy, Norm) else policy.subject.path
        base = self.base.get("item_of") if self.base else None
        return text_of(self.node.get("item_of")) or text_of(base) or own

    def subject(self) -> str:
        """The path of the judged item in the snapshot."""
        about = self.about()
        return about if about == ROOT else ".".join(f"{part}[0]" for part in about.split("."))

    def snapshot(self) -> Snapshot:
        """The typed facts. Raises InputError with every mistake at its own place."""
        return self._read(self._pieces())

    def cured(self, norm: Norm) -> Snapshot:
        """The facts once the judged item is changed as `remedy_sets` says. Raises InputError."""
        pieces = self._pieces()
        changed = pieces.organization if pieces.about == ROOT else pieces.item
        item = merged(pieces.mapping(), changed)
        assert isinstance(item, Mapping)
        for name, value in norm.remedy_sets.items():
            put(item, name.split("."), pieces.value(value), pieces)
        if pieces.about == ROOT:
            pieces.organization = item
        else:
            pieces.item = item
        return self._read(pieces)

    def _read(self, pieces: Pieces) -> Snapshot:
        document = build(pieces, self.library.vocabulary, self.file)
        return read_snapshot(document, self.library.vocabulary, self.library.names)[0]

    def _pieces(self) -> Pieces:
        node, base = self.node, self.base
        pieces = Pieces(node)
        change = node.get("change")
        pieces.as_of = self.as_of
        pieces.about = self.about()
        for key in CHANGE_KEYS:
            second = change.get(key) if isinstance(change, Mapping) else None
            both = merged(base.get(key) if base else None, second)
            if isinstance(both, Mapping):
                setattr(pieces, key, both)
        for holder in (base, node):
            lists = holder.get("lists") if holder else None
            for name, value in lists.items() if isinstance(lists, Mapping) else ():
                pieces.lists[name.text] = value
            coverage = merged(pieces.coverage, holder.get("coverage") if holder else None)
            if isinstance(coverage, Mapping):
                pieces.coverage = coverage
        return pieces
