"""What the checks look at: the set as far as it could be read, its files, and the settings of the run."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from validator.language.library import Inspection, PolicyFile, PolicyText
from validator.language.nodes import Mapping as MappingNode
from validator.language.nodes import Node, Scalar, Sequence
from validator.language.structure import FileReader, closest
from validator.logic.policy import Policy, PolicySet
from validator.logic.problem import Problem, Span
from validator.logic.text import Text

if TYPE_CHECKING:
    from validator.journeys.lint.outcomes import Answer

# The parameter that says after how many days a text is to be read again, and what holds when a set has none.
CHECK_DAYS, STALE_AFTER = "policy-check-days", 180
# The key that names what a file holds.
NAMING = ("act", "register", "parameter", "definition", "values", "topic", "norm", "decision")
_TOKEN = re.compile(r"[\w-]+")


class Pack:
    """A policy set under inspection; `answers` keeps what was found out about what each policy can come out as.

    `day` is the day of the run, None when nobody told it: then nothing is called too old. `stale_after` is how many
    days a check of a source stays good; by default as many as the parameter `policy-check-days` says.
    """

    def __init__(
        self, texts: list[PolicyText], found: Inspection, day: date | None = None, stale_after: int | None = None
    ) -> None:
        self.texts = texts
        self.found = found
        self.library = found.library
        self.day = day
        self.answers: dict[str, tuple[Answer, ...]] = {}
        self.stale_after = _stale_after(self.policies) if stale_after is None else stale_after

    @property
    def policies(self) -> PolicySet:
        """The set; a part of it when there are errors."""
        return self.library.policies

    @property
    def sound(self) -> bool:
        """Whether there is no error, so that every name leads somewhere."""
        return not self.found.errors

    def files(self, *folders: str) -> Iterator[PolicyFile]:
        """The files of some folders, or all of them."""
        return (file for file in self.found.files if not folders or file.folder in folders)

    @cached_property
    def _by_place(self) -> Mapping[tuple[str, str], PolicyFile]:
        return {(name_of(file), file.document.file): file for file in self.found.files}

    def file_of(self, name: str, span: Span) -> PolicyFile | None:
        """The file that a thing of that name was read from."""
        return self._by_place.get((name, span.file))

    def judged(self) -> Iterator[tuple[Policy, PolicyFile]]:
        """Norms and decisions that are no drafts, by id, with their files."""
        for policy in self.policies.policies():
            file = self.file_of(policy.id, policy.span)
            if file is not None:
                yield policy, file

    @cached_property
    def in_doubt(self) -> frozenset[str]:
        """Names that files with errors mention, or probably mean: of these nobody can say that they are unused."""
        wrong = {problem.file for problem in self.found.errors}
        lines = {text.file: text.data.decode("utf-8", "replace") for text in self.texts if text.file in wrong}
        found = {token for text in lines.values() for token in _TOKEN.findall(text)}
        names = self._names()
        for problem in self.found.errors:
            if problem.code.startswith("unknown-") and problem.span is not None:
                meant = closest(_quoted(lines.get(problem.file, ""), problem.span), names)
                found |= {meant} if meant else set()
        return frozenset(found)

    def mistaken(self, *spans: Span) -> bool:
        """Whether an error lies inside one of these places."""
        return any(
            error.span is not None and inside(error.span, span) for error in self.found.errors for span in spans
        )

    def doubtful(self, problem: Problem) -> bool:
        """Whether a problem is about a name that a file with errors may well define: an echo of those errors."""
        if self.sound or problem.span is None or not problem.code.startswith("unknown-"):
            return False
        text = next((text for text in self.texts if text.file == problem.file), None)
        return text is not None and _quoted(text.data.decode("utf-8", "replace"), problem.span) in self.in_doubt

    def _names(self) -> list[str]:
        parts = (self.policies.acts, self.policies.registers, self.policies.parameters, self.policies.definitions)
        sets = [name_of(file) for file in self.files("definitions")]
        return [*(name for part in parts for name in part), *sets, *(p.id for p in self.policies.policies())]


def _stale_after(policies: PolicySet) -> int:
    parameter = policies.parameters.get(CHECK_DAYS)
    rows = parameter.rows if parameter else ()
    return min((row.value for row in rows if isinstance(row.value, int)), default=STALE_AFTER)


Check = Callable[[Pack], Iterator[Problem]]


def inside(inner: Span, outer: Span) -> bool:
    """Whether a place lies in another one, or is the same."""
    return inner.file == outer.file and outer[1:3] <= inner[1:3] and inner[3:5] <= outer[3:5]


def _quoted(text: str, span: Span) -> str:
    lines = text.splitlines()
    return lines[span.line - 1][span.column - 1 : span.end_column - 1] if span.line <= len(lines) else ""


def weakness(code: str, span: Span, message: Text, help_: Text) -> Problem:
    """A problem that does not forbid to use the set."""
    return Problem(code, message, help_, span, span.file, warning=True)


def name_of(file: PolicyFile) -> str:
    """The name of what a file holds, "" when it names nothing."""
    return next((text for key in NAMING if (text := text_of(file.root.get(key)))), "")


def text_of(node: Node | None) -> str:
    """The text of a scalar, "" of anything else."""
    return node.text if isinstance(node, Scalar) else ""


def at(node: Node | None, *path: str) -> Node | None:
    """What lies under keys inside one another, None when some of them is missing."""
    for key in path:
        node = node.get(key) if isinstance(node, MappingNode) else None
    return node


def items_of(node: Node | None) -> list[Node]:
    """The items of a list; a single value is a list of one, nothing a list of none."""
    if node is None:
        return []
    return node.items if isinstance(node, Sequence) else [node]


def mappings_of(node: Node | None) -> list[MappingNode]:
    """The items of a list that are mappings."""
    return [item for item in items_of(node) if isinstance(item, MappingNode)]


def named_in(file: PolicyFile, key: str, name: str) -> Node | None:
    """The `id` of the item of a list that has this name."""
    return next((i.get("id") for i in mappings_of(file.root.get(key)) if text_of(i.get("id")) == name), None)


def place_of(file: PolicyFile, node: Node | None) -> Span:
    """The place of a node, or of what names the file's content."""
    if node is None:
        naming = next((file.root.get(key) for key in NAMING if file.root.get(key) is not None), None)
        node = naming or file.root
    return file.document.span(node)


def piece(file: PolicyFile, node: Scalar, start: int, text: str) -> Span:
    """The place of a piece of a text."""
    reader = FileReader(file.document.file, [])
    return reader.span(reader.part(node, start, text))


def scalars(node: Node, key: str = "") -> Iterator[tuple[str, Scalar]]:
    """Every value that is a scalar, with the nearest key above it."""
    match node:
        case Scalar():
            yield key, node
        case Sequence():
            for item in node.items:
                yield from scalars(item, key)
        case MappingNode():
            for name, value in node.items():
                yield from scalars(value, name.text)


def both_texts(node: Node, key: str = "") -> Iterator[tuple[str, Scalar, Scalar]]:
    """Every text in two languages below a node: the key it stands under, its Russian and its English."""
    match node:
        case Scalar():
            return
        case Sequence():
            for item in node.items:
                yield from both_texts(item, key)
        case MappingNode():
            ru, en = node.get("ru"), node.get("en")
            if isinstance(ru, Scalar) and isinstance(en, Scalar):
                yield key, ru, en
            for name, value in node.items():
                yield from both_texts(value, name.text)
