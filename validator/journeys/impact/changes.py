"""What differs between two policy sets, and which policies judge by it.

Only these policies need judging twice: any other one rests on nothing that differs, so its verdicts are the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from validator.journeys.impact.content import Part, closure, content, essence, essence_of, first_day, first_day_of
from validator.journeys.impact.values import ValueSets, Written
from validator.language.library import Library, PolicyText
from validator.language.names import SERVICES, SUBJECTS
from validator.logic.frozen import Frozen, compared_fields, fields_of, replace
from validator.logic.impact import Cause, Change, ChangeKind, ChangeWord
from validator.logic.policy import Clauses, Norm, Policy, PolicySet, Register

SECTIONS: Mapping[str, ChangeKind] = {
    "norms": "norm",
    "decisions": "decision",
    "drafts": "draft",
    "definitions": "definition",
    "parameters": "parameter",
    "registers": "register",
    "acts": "act",
    "topics": "topic",
}
# What the members of a set of values are part of.
_CONDITIONS = frozenset(
    ("applies_when", "requirement", "exceptions_when", "criteria", "exclusions", "when", "window")
)


class Loaded(NamedTuple):
    """A policy set together with the texts it was read from."""

    library: Library
    texts: tuple[PolicyText, ...]

    @property
    def policies(self) -> PolicySet:
        """The checked set."""
        return self.library.policies


class Affected(NamedTuple):
    """A policy whose verdicts may differ: what differs of all it rests on, and since which day of law it can."""

    causes: tuple[Cause, ...]
    not_before: date | None


class Difference(Frozen, frozen=True):
    """Two policy sets compared.

    `affected` is keyed by the policy's id; `renamed` maps new ids to old ones, for policies that say the same under
    another id and so are not among the affected. `reads_alike` is False when documents are read by other names of
    services or regions, so that their facts may differ.
    """

    old: PolicySet
    new: PolicySet
    changes: tuple[Change, ...]
    affected: Mapping[str, Affected]
    renamed: Mapping[str, str]
    reads_alike: bool
    names_changed: tuple[Cause, ...]

    @property
    def equal(self) -> bool:
        """Whether nothing that the policies say differs."""
        return not self.changes and not self.can_flip()

    def can_flip(self) -> bool:
        """Whether any verdict can differ at all."""
        return bool(self.affected) or not self.reads_alike

    def narrowed(self, *, everything: bool = False) -> tuple[PolicySet, PolicySet]:
        """Both sets with no more policies than must be judged; with all of them if facts were read differently."""
        if everything:
            return self.old, self.new
        wanted = set(self.affected)
        return _only(self.old, wanted), _only(self.new, wanted)


def _only(policies: PolicySet, wanted: set[str]) -> PolicySet:
    norms = {name: policies.norms[name] for name in policies.norms if name in wanted}
    decisions = {name: policies.decisions[name] for name in policies.decisions if name in wanted}
    return replace(policies, norms=norms, decisions=decisions)


def compare_sets(old: Loaded, new: Loaded) -> Difference:
    """What differs between the sets, ordered by kind and name."""
    return _Comparison(old, new).difference()


class _Comparison:
    def __init__(self, old: Loaded, new: Loaded) -> None:
        self.old, self.new = old.policies, new.policies
        self.before = {policy.id: policy for policy in self.old.policies()}
        self.after = {policy.id: policy for policy in self.new.policies()}
        self.values = ValueSets(old.texts, new.texts)
        self.places = {text.file: text.place for text in (*old.texts, *new.texts)}
        self.names = (old.library.names, new.library.names)
        self.renamed = dict(self._renamed())

    def difference(self) -> Difference:
        changes = sorted(self._changes(), key=lambda change: (change["kind"], change["name"]))
        affected = dict(self._affected())
        alike = self.names[0] == self.names[1] or not (self.before and self.after)
        names = () if alike else tuple(self._names_changed())
        for change in changes:
            key = (change["kind"], change["name"])
            change["policies"] = [name for name, found in affected.items() if key in _keys(found.causes)]
            change["verdicts"] = bool(change["policies"]) or key in _keys(names)
        return Difference(self.old, self.new, tuple(changes), affected, self.renamed, alike, names)

    # --- policies -----------------------------------------------------------------------------------------

    def _renamed(self) -> Iterator[tuple[str, str]]:
        """Policies that say the same under a new id, new id first; two that say the same are not told apart."""
        gone = self._by_meaning(self.old, [p for name, p in self.before.items() if name not in self.after])
        come = self._by_meaning(self.new, [p for name, p in self.after.items() if name not in self.before])
        for meaning, policies in come.items():
            former = gone.get(meaning, [])
            if len(policies) == len(former) == 1:
                yield policies[0].id, former[0].id

    def _by_meaning(self, policies: PolicySet, some: Iterable[Policy]) -> dict[object, list[Policy]]:
        found: dict[object, list[Policy]] = {}
        for policy in some:
            shared = frozenset((part, essence_of(part, policies)) for part in closure(policy, policies))
            found.setdefault((essence(policy), shared), []).append(policy)
        return found

    def _affected(self) -> Iterator[tuple[str, Affected]]:
        for name in sorted(self.before.keys() | self.after.keys()):
            before, after = self.before.get(name), self.after.get(name)
            if name in self.renamed or name in self.renamed.values():
                continue
            parts = closure(before, self.old) if before else frozenset()
            parts |= closure(after, self.new) if after else frozenset()
            differing = sorted(part for part in parts if essence_of(part, self.old) != essence_of(part, self.new))
            own = before is None or after is None or essence(before) != essence(after)
            if own or differing:
                causes = self._causes(before, after, differing if before and after else [], own=own)
                yield name, Affected(causes, self._not_before(before, after, differing, own=own))

    def _not_before(
        self, before: Policy | None, after: Policy | None, differing: list[Part], *, own: bool
    ) -> date | None:
        """The first day of law on which a verdict can differ: the policy is in force, and a difference matters."""
        starts = [
            first_day(policy, policies) for policy, policies in ((before, self.old), (after, self.new)) if policy
        ]
        sure = [day for day in starts if day is not None]
        start = min(sure) if len(sure) == len(starts) else None
        matters = [None] if own else [first_day_of(part, self.old, self.new) for part in differing]
        days = [day for day in matters if day is not None]
        other = min(days) if len(days) == len(matters) else None
        return max((day for day in (start, other) if day is not None), default=None)

    # --- causes -------------------------------------------------------------------------------------------

    def _causes(
        self, before: Policy | None, after: Policy | None, differing: list[Part], *, own: bool
    ) -> tuple[Cause, ...]:
        policy = after or before
        assert policy is not None
        found: list[Cause] = []
        if own:
            kind: ChangeKind = "norm" if isinstance(policy, Norm) else "decision"
            found += self._own(kind, policy.id, before, after)
        for part in differing:
            found += self._shared(part)
        return tuple({(cause["kind"], cause["name"]): cause for cause in found}.values())

    def _own(self, kind: ChangeKind, name: str, before: Written | None, after: Written | None) -> list[Cause]:
        """The text of a policy or a definition, or the value sets that it names, or both."""
        place = self._place(after or before)
        if before is None or after is None:
            return [_cause(kind, name, "added" if before is None else "removed", place)]
        sets = self.values.behind(before.span.file, after.span.file)
        causes = [_cause("values", found.name, found.change, found.place) for found in sets]
        if not sets or self.values.texts_differ(before.span.file, after.span.file):
            causes.insert(0, _cause(kind, name, "changed", place))
        return causes

    def _shared(self, part: Part) -> list[Cause]:
        match part.kind:
            case "definition":
                one, other = self.old.definitions.get(part.name), self.new.definitions.get(part.name)
                return self._own("definition", part.name, one, other)
            case "family":
                return [self._data("register", name) for name in self._members_changed(part.name)]
            case kind:
                return [self._data(kind, part.name)]

    def _data(self, kind: ChangeKind, name: str) -> Cause:
        section = "registers" if kind == "register" else "parameters"
        before, after = getattr(self.old, section).get(name), getattr(self.new, section).get(name)
        return _cause(kind, name, _word(before, after), self._place(after or before))

    def _members_changed(self, family: str) -> Iterator[str]:
        """The registers of a family whose own names differ."""

        def ids(register: Register | None) -> frozenset[str]:
            return (
                frozenset(row.id for row in register.rows)
                if register and register.family == family
                else frozenset()
            )

        for name in sorted(self.old.registers.keys() | self.new.registers.keys()):
            if ids(self.old.registers.get(name)) != ids(self.new.registers.get(name)):
                yield name

    def _names_changed(self) -> Iterator[Cause]:
        """The registers by which documents are now read differently."""

        def spelled(register: Register | None) -> object:
            return register and (register.family, [(row.id, row.aliases) for row in register.rows])

        for name in sorted(self.old.registers.keys() | self.new.registers.keys()):
            before, after = self.old.registers.get(name), self.new.registers.get(name)
            families = {register.family for register in (before, after) if register}
            if (SERVICES in families or name == SUBJECTS) and spelled(before) != spelled(after):
                yield self._data("register", name)

    def _place(self, written: Written | None) -> str | None:
        return None if written is None else self.places.get(written.span.file)

    # --- all that differs ---------------------------------------------------------------------------------

    def _changes(self) -> Iterator[Change]:
        for section, kind in SECTIONS.items():
            old: Mapping[str, Written] = getattr(self.old, section)
            new: Mapping[str, Written] = getattr(self.new, section)
            for name in sorted(old.keys() | new.keys()):
                before, after = old.get(name), new.get(name)
                if kind in ("norm", "decision") and name in self.renamed.values():
                    continue  # told under its new id
                if content(before) != content(after):
                    yield from self._change(kind, name, before, after)
        for found in self.values.changed():
            yield _change("values", found.name, found.change, found.place, parts=found.parts)

    def _change(
        self, kind: ChangeKind, name: str, before: Written | None, after: Written | None
    ) -> Iterator[Change]:
        place, was = self._place(after or before), None
        if kind in ("norm", "decision") and name in self.renamed:
            was = self.renamed[name]
            before = self.before[was]
        parts = list(_parts(before, after)) if before and after else []
        if before and after and self._only_through_values(before, after):
            parts = [part for part in parts if part not in _CONDITIONS]
            if not parts:
                return  # its own text says the same: what differs is a set of values that it names
        if kind in ("norm", "decision") and name in (self.old.drafts.keys() | self.new.drafts.keys()):
            parts.append("status")
        word = _word(before, after) if was is None else "renamed"
        yield _change(kind, name, word, place, was=was, parts=parts)

    def _only_through_values(self, before: Written, after: Written) -> bool:
        files = (before.span.file, after.span.file)
        return bool(self.values.behind(*files)) and not self.values.texts_differ(*files)


def _parts(before: object, after: object) -> Iterator[str]:
    """The names of what differs inside a thing of the policy set."""
    assert isinstance(before, Frozen)
    if type(before) is not type(after):
        yield "kind"
        return
    for name in compared_fields(before):
        if name == "span":
            continue
        one, other = getattr(before, name), getattr(after, name)
        if content(one) == content(other):
            continue
        if name == "clauses" and len(one) == len(other):
            yield from _clause_parts(one, other)
        else:
            yield "about" if name in ("clauses", "subject") else name


def _clause_parts(before: tuple[Clauses, ...], after: tuple[Clauses, ...]) -> Iterator[str]:
    names = {"subject": "about", "exceptions": "exceptions_when"}
    for name in fields_of(Clauses):
        one = [content(getattr(clauses, name)) for clauses in before]
        if one != [content(getattr(clauses, name)) for clauses in after]:
            yield names.get(name, name)


def _word(before: object, after: object) -> ChangeWord:
    if before is None:
        return "added"
    return "removed" if after is None else "changed"


def _cause(kind: ChangeKind, name: str, change: ChangeWord, place: str | None) -> Cause:
    return {"kind": kind, "name": name, "change": change, "file": place}


def _change(
    kind: ChangeKind,
    name: str,
    change: ChangeWord,
    place: str | None,
    was: str | None = None,
    parts: Iterable[str] = (),
) -> Change:
    return {
        "kind": kind,
        "name": name,
        "change": change,
        "file": place,
        "was": was,
        "parts": list(parts),
        "verdicts": False,
        "policies": [],
    }


def _keys(causes: Iterable[Cause]) -> set[tuple[str, str]]:
    return {(cause["kind"], cause["name"]) for cause in causes}
