"""Named sets of values, which a loaded policy set no longer names: every use of one was replaced by its members.

So that a reader is told that `staff-roles` changed, and not that forty conditions did, the texts are read again.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, Protocol

from validator.language.library import PolicyText
from validator.language.limits import POLICY_LIMITS
from validator.language.nodes import Mapping, Node, Scalar, Sequence
from validator.language.source import read_yaml
from validator.logic.impact import ChangeWord
from validator.logic.problem import Span

# What of a policy file says nothing about its verdicts, and so is no reason to name the file.
_WORDING = frozenset(
    ("title", "message", "remedy", "remark", "cites", "examples", "advice", "severity", "sanction")
)


class Written(Protocol):
    """Anything of a policy set that knows where it was written."""

    @property
    def span(self) -> Span: ...


class ChangedSet(NamedTuple):
    """A set of values that differs, in its members or in its wording alone."""

    name: str
    change: ChangeWord
    place: str
    parts: tuple[str, ...]


class _Found(NamedTuple):
    place: str
    members: frozenset[str]
    rest: object


class ValueSets:
    """The sets of values of two policy sets, and who names them. Texts are those of checked policy sets."""

    def __init__(self, old: tuple[PolicyText, ...], new: tuple[PolicyText, ...]) -> None:
        self._texts = {side: {text.file: text for text in texts} for side, texts in (("old", old), ("new", new))}
        self._nodes: dict[tuple[str, str], Node] = {}
        self._changed = {found.name: found for found in self._differing()}

    def changed(self) -> Iterator[ChangedSet]:
        """Every set of values that differs, by name."""
        yield from self._changed.values()

    def behind(self, old_file: str, new_file: str) -> list[ChangedSet]:
        """The sets whose members differ and which the file of either side names."""
        if not self._changed:
            return []
        named = _named(self._node("old", old_file)) | _named(self._node("new", new_file))
        return [found for found in self._changed.values() if found.name in named and "members" in found.parts]

    def texts_differ(self, old_file: str, new_file: str) -> bool:
        """Whether the two files say different things themselves, wording aside."""
        return _judging(self._node("old", old_file)) != _judging(self._node("new", new_file))

    def _node(self, side: str, file: str) -> Node:
        key = (side, file)
        if key not in self._nodes:
            self._nodes[key] = read_yaml(self._texts[side][file].data, file, POLICY_LIMITS).root
        return self._nodes[key]

    def _differing(self) -> Iterator[ChangedSet]:
        old, new = self._sets("old"), self._sets("new")
        for name in sorted(old.keys() | new.keys()):
            before, after = old.get(name), new.get(name)
            if before is None or after is None:
                found = before or after
                assert found is not None
                yield ChangedSet(name, "added" if before is None else "removed", found.place, ("members",))
            elif before._replace(place="") != after._replace(place=""):
                parts = ("members",) * (before.members != after.members) + ("title",) * (before.rest != after.rest)
                yield ChangedSet(name, "changed", after.place, parts)

    def _sets(self, side: str) -> dict[str, _Found]:
        found: dict[str, _Found] = {}
        for file, text in self._texts[side].items():
            if not text.place.startswith("definitions/") or b"values" not in text.data:
                continue
            root = self._node(side, file)
            name = root.get("values") if isinstance(root, Mapping) else None
            if isinstance(root, Mapping) and isinstance(name, Scalar):
                found[name.text] = _Found(text.place, _members(root), _plain(root, without=frozenset(("members",))))
        return found


def _members(root: Mapping) -> frozenset[str]:
    node = root.get("members")
    items = node.items if isinstance(node, Sequence) else [node]
    return frozenset(item.text for item in items if isinstance(item, Scalar))


def _judging(root: Node) -> object:
    return _plain(root, without=_WORDING)


def _plain(node: Node, without: frozenset[str] = frozenset()) -> object:
    """What a node says, without its place; keys of `without` are left out at the top level."""
    match node:
        case Scalar():
            return node.text
        case Sequence():
            return [_plain(item) for item in node.items]
        case Mapping():
            return {key.text: _plain(value) for key, value in node.items() if key.text not in without}


def _named(node: Node) -> frozenset[str]:
    """The sets of values that a file names anywhere."""
    match node:
        case Scalar():
            return frozenset()
        case Sequence():
            return frozenset().union(*(_named(item) for item in node.items))
        case Mapping():
            own = node.get("values")
            found = frozenset((own.text,)) if isinstance(own, Scalar) else frozenset()
            return found.union(*(_named(value) for _, value in node.items()))
