"""Case files: acceptance cases kept apart from policies, so that an organization or a lawyer can own them.

A case names a policy and either writes its facts out, as embedded examples do, or takes a snapshot that lies
beside the file; of a snapshot it may also state the verdicts of several policies, and everything that is violated.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from typing import NamedTuple

from validator.journeys.examples.cases import AnyCase, BrokenCase, Case, WholeCase, parameters_of
from validator.journeys.examples.embedded import CASE_KEYS, inline_case
from validator.journeys.examples.expectations import (
    EXPECTATION_KEYS,
    FURTHER_KEYS,
    check_expectation,
)
from validator.journeys.examples.facts import Inline, check_base
from validator.language.library import Library
from validator.language.nodes import Document, Mapping, Node, Scalar
from validator.language.source import read_document
from validator.language.structure import FileReader
from validator.logic.facts import Snapshot
from validator.logic.policy import Policy
from validator.logic.problem import InputError, Problem
from validator.logic.text import Text
from validator.snapshots.read import read_snapshot
from validator.snapshots.stream import Delivered

FRAME_KEYS = ("as_of", "policy", "base", "cases")
FILE_CASE_KEYS = (*CASE_KEYS, *FURTHER_KEYS, "policy", "base", "snapshot", "verdicts", "violations")
VERDICT_KEYS = ("policy", "subject", *EXPECTATION_KEYS, *FURTHER_KEYS)
# What a case writes out itself, and so can't have beside a snapshot.
INLINE_KEYS = ("base", "change", "lists", "coverage", "item_of")
WHOLE_KEYS = ("verdicts", "violations")

# A file by its checked place in the folder of the case file.
Fetch = Callable[[str], Delivered]


class CaseFile(NamedTuple):
    """The cases of one file, not yet run, and the places of the snapshots that they take."""

    cases: tuple[AnyCase, ...]
    snapshots: frozenset[str]


def is_snapshot(document: Document) -> bool:
    """Whether a document that lies among case files is a snapshot, as its `schema` says."""
    root = document.root
    schema = root.get("schema") if isinstance(root, Mapping) else None
    return isinstance(schema, Scalar) and schema.text.startswith("sverka.snapshot/")


def read_case_file(document: Document, library: Library, fetch: Fetch) -> CaseFile:
    """The cases of a file. Raises InputError when the file is no case file; a mistake of one case stays with it."""
    problems: list[Problem] = []
    reader = FileReader(document.file, problems)
    root = reader.mapping(document.root, Text("файл случаев", "case file"))
    if root is None:
        raise InputError(problems)
    strange = [key for key, _ in root.items() if key.text not in FRAME_KEYS]
    if root.get("cases") is None and len(strange) > 1 + len(root.entries) - len(strange):
        message = Text("это не файл случаев", "this is not a case file")
        reader.report(
            "no-case-file", root, message, Text("случаи стоят под `cases:`", "cases stand under `cases:`")
        )
        raise InputError(problems)
    reader.keys(root, FRAME_KEYS, ("cases",))
    reader.day(root.get("as_of"))
    reader.distinct(root.get("cases"), "name")
    frame = _Frame(document.file, root, check_base(root.get("base"), reader, library), library, fetch)
    if root.get("policy") is not None:
        frame.policy(root, reader)
    nodes = reader.sequence(root.get("cases"))
    if not nodes and not problems:
        message = Text("в файле нет ни одного случая", "the file holds no case")
        reader.report("no-cases", root, message, Text("добавьте случаи под `cases:`", "add cases under `cases:`"))
    if problems:
        raise InputError(problems)
    cases = tuple(case for node in nodes for case in frame.cases(node))
    return CaseFile(cases, frozenset(frame.places))


def is_inside(place: str) -> bool:
    """Whether a path leads from a folder into that folder, as far as its spelling tells."""
    steps_aside = any(part in ("", ".", "..") for part in place.split("/"))
    return not steps_aside and not any(char in place for char in "\\:\0")


class _Frame:
    """What the cases of one file share."""

    def __init__(self, file: str, root: Mapping, base: Mapping | None, library: Library, fetch: Fetch) -> None:
        self.file = file
        self.root = root
        self.base = base
        self.library = library
        self.places: set[str] = set()
        self.read = cache(lambda place: _read(fetch(place), library))

    def cases(self, node: Node) -> Iterator[AnyCase]:
        """The case at a node; one for every verdict where it states several."""
        reader = FileReader(self.file, [])
        mapping = reader.mapping(node, Text("случай", "case"))
        if mapping is None:
            yield BrokenCase("", "", node, self.file, tuple(reader.problems))
            return
        whole = any(mapping.get(key) is not None for key in WHOLE_KEYS)
        reader.keys(mapping, FILE_CASE_KEYS, ("name", "snapshot") if whole else ("name", "expect"))
        name = reader.text(mapping.get("name")) or ""
        self._check_kind(mapping, whole, reader)
        if reader.problems:
            yield BrokenCase("", name, mapping, self.file, tuple(reader.problems))
        elif whole:
            yield from self._whole(name, mapping)
        else:
            yield self._single(name, mapping, reader)

    def _check_kind(self, node: Mapping, whole: bool, reader: FileReader) -> None:
        """Facts come from one place, and what is expected stands in one place."""
        if node.get("snapshot") is not None:
            self._apart(node, "snapshot", INLINE_KEYS, reader)
        if whole:
            first = next(key for key in WHOLE_KEYS if node.get(key) is not None)
            self._apart(node, first, ("policy", "subject", "parameters", *EXPECTATION_KEYS, *FURTHER_KEYS), reader)

    def _apart(self, node: Mapping, one: str, others: tuple[str, ...], reader: FileReader) -> None:
        for name in others:
            if name in node.entries:
                message = Text(f"`{name}` не может стоять рядом с `{one}`", f"`{name}` can't stand beside `{one}`")
                reader.report("keys-exclude", node.entries[name][0], message, Text("уберите одно", "remove one"))

    def _single(self, name: str, node: Mapping, reader: FileReader) -> AnyCase:
        policy = self.policy(node if node.get("policy") is not None else self.root, reader, node)
        if node.get("snapshot") is not None:
            facts, day = self._facts(node, reader), reader.day(node.get("as_of"))
            if policy is not None and facts is not None:
                return self._on_snapshot(policy, name, node, facts, day, reader)
        else:
            base = check_base(node.get("base"), reader, self.library) if node.get("base") else self.base
            if policy is not None:
                inline = Inline(node, base, self.root.get("as_of"), policy, self.file, self.library)
                return inline_case(policy, name, node, inline, reader)
        return BrokenCase(policy.id if policy else "", name, node, self.file, tuple(reader.problems))

    def _whole(self, name: str, node: Mapping) -> Iterator[AnyCase]:
        """Several verdicts of one snapshot, and all that it violates."""
        reader = FileReader(self.file, [])
        facts, day = self._facts(node, reader), reader.day(node.get("as_of"))
        items = reader.sequence(node.get("verdicts"))
        violations = node.get("violations")
        norms = reader.texts(violations)
        for item in reader.sequence(violations):
            if isinstance(item, Scalar) and item.text not in self.library.policies.norms:
                known = self.library.policies.norms
                reader.unknown_name("unknown-policy", item, Text("норма", "norm"), known)
        if not items and violations is None:
            message = Text("не сказано ни об одном вердикте", "no verdict is stated")
            reader.report("no-cases", node, message, Text("добавьте `verdicts`", "add `verdicts`"))
        if reader.problems or facts is None:
            yield BrokenCase("", name, node, self.file, tuple(reader.problems))
            return
        for item in items:
            yield self._verdict(name, item, facts, day)
        if violations is not None:
            yield WholeCase(name, violations, self.file, facts, norms, day)

    def _verdict(self, name: str, node: Node, facts: Callable[[], Snapshot], day: date | None) -> AnyCase:
        reader = FileReader(self.file, [])
        mapping = reader.mapping(node, Text("вердикт", "verdict"))
        policy = None
        if mapping is not None:
            reader.keys(mapping, VERDICT_KEYS, ("policy", "expect"))
            policy = self.policy(mapping, reader) if mapping.get("policy") is not None else None
        if mapping is None or policy is None:
            return BrokenCase("", name, node, self.file, tuple(reader.problems))
        return self._on_snapshot(policy, name, mapping, facts, day, reader)

    def _on_snapshot(
        self,
        policy: Policy,
        name: str,
        node: Mapping,
        facts: Callable[[], Snapshot],
        day: date | None,
        reader: FileReader,
    ) -> Case:
        check_expectation(node, policy, reader)
        reader.text(node.get("subject"))
        parameters = parameters_of(node.get("parameters"), self.library.policies, reader)
        errors = tuple(reader.problems)
        return Case(policy, name, node, self.file, facts, "", day, parameters, None, errors)

    def policy(self, node: Mapping, reader: FileReader, case: Mapping | None = None) -> Policy | None:
        """The policy that a node names; `case` is where it is missed."""
        found = node.get("policy")
        if found is None:
            reader.keys(case or node, FILE_CASE_KEYS, ("policy",))
            return None
        policies = self.library.policies
        name = reader.text(found)
        policy = policies.norms.get(name or "") or policies.decisions.get(name or "")
        if policy is None and name is not None:
            assert isinstance(found, Scalar)
            known = [*policies.norms, *policies.decisions]
            reader.unknown_name("unknown-policy", found, Text("политика", "policy"), known)
        return policy

    def _facts(self, node: Mapping, reader: FileReader) -> Callable[[], Snapshot] | None:
        """The snapshot that a case takes, read when the case is run."""
        given = node.get("snapshot")
        place = reader.text(given)
        if given is None or place is None:
            return None
        if not is_inside(place):
            message = Text(
                "снимок берут только из папки этого файла", "a snapshot is taken from the folder of this file only"
            )
            help_ = Text(
                "путь от этого файла вниз, через `/`: `снимки/школа.yaml`",
                "a path down from this file, with `/`: `snapshots/school.yaml`",
            )
            reader.report("outside-folder", given, message, help_)
            return None
        self.places.add(place)
        return lambda: self._snapshot(place, given)

    def _snapshot(self, place: str, node: Node) -> Snapshot:
        found = self.read(place)
        if isinstance(found, Snapshot):
            return found
        # What keeps the file from being opened is told where the case names it.
        told = [p if p.span else p._replace(span=node.span(self.file), file=self.file, path=place) for p in found]
        raise InputError(told)


def _read(item: Delivered, library: Library) -> Snapshot | list[Problem]:
    if item.problem is not None:
        return [item.problem]
    try:
        return read_snapshot(read_document(item.data, item.file), library.vocabulary, library.names)[0]
    except InputError as error:
        return error.problems
