"""The policies folder to one checked policy set: all mistakes of all files at once, or none.

Files are read in the order in which they need one another (acts, data, definitions, policies), never in the
order the file system lists them, so the result does not depend on it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple, TypeVar

from validator.language.checked import Examples, Library
from validator.language.data_files import DataReader
from validator.language.limits import POLICY_LIMITS
from validator.language.names import SERVICES, SUBJECTS, reference_names, spelling
from validator.language.nodes import Document, Node
from validator.language.nodes import Mapping as MappingNode
from validator.language.nodes import Scalar as ScalarNode
from validator.language.nodes import Sequence as SequenceNode
from validator.language.policy_files import PolicyReader
from validator.language.policy_folder import FOLDERS, PolicyText, read_folder
from validator.language.scopes import Known
from validator.language.source import read_yaml
from validator.language.structure import nearest, shorten
from validator.language.vocabulary import ROOT, Vocabulary
from validator.language.weights import duties_on_permissions
from validator.logic.expr import Meets, walk
from validator.logic.policy import (
    Act,
    Decision,
    Definition,
    Norm,
    Parameter,
    Policy,
    PolicySet,
    Register,
    Topic,
)
from validator.logic.problem import InputError, Problem, Span
from validator.logic.shape import Kind
from validator.logic.text import Text

__all__ = [
    "FOLDERS",
    "Examples",
    "Inspection",
    "Library",
    "PolicyFile",
    "PolicyText",
    "inspect",
    "load",
    "read_folder",
]

T = TypeVar("T")
_PARAMETER_KINDS = {"date": Kind.DATE, "integer": Kind.INTEGER, "decimal": Kind.DECIMAL}


class PolicyFile(NamedTuple):
    """One policy file that could be parsed: its folder of `FOLDERS`, the document, and the document's root."""

    folder: str
    document: Document
    root: MappingNode


class Inspection(NamedTuple):
    """What a policies folder holds: the set as far as it could be read, its files, and every problem, by place.

    With an error among the problems the library is a part of a set and must not be judged by: things of the set
    may name others that are missing from it.
    """

    library: Library
    files: tuple[PolicyFile, ...]
    problems: tuple[Problem, ...]

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that forbid to use the set."""
        return tuple(problem for problem in self.problems if not problem.warning)


def load(texts: Iterable[PolicyText], vocabulary: Vocabulary) -> Library:
    """The checked policy set of all files. Raises `InputError` with every mistake."""
    found = inspect(texts, vocabulary)
    if found.errors:
        raise InputError(list(found.errors))
    return found.library


def inspect(texts: Iterable[PolicyText], vocabulary: Vocabulary) -> Inspection:
    """What can be read of all files, and every problem. Raises nothing for what is wrong in a file."""
    return _Loader(sorted(texts, key=lambda text: (text.place, text.file)), vocabulary).inspect()


class _Loader:
    def __init__(self, texts: list[PolicyText], vocabulary: Vocabulary) -> None:
        self.texts = texts
        self.vocabulary = vocabulary
        self.problems: list[Problem] = []
        self.documents: dict[str, list[tuple[Document, MappingNode]]] = {folder: [] for folder in FOLDERS}
        self.acts: dict[str, Act] = {}
        self.taken: dict[tuple[str, str], Span] = {}
        self.broken: set[tuple[str, str]] = set()

    def inspect(self) -> Inspection:
        for text in self.texts:
            self._parse(text)
        self._named("sources", lambda r, root: r.act(root), self.acts, lambda act: (act.id, act.span))
        registers: dict[str, Register] = {}
        self._named("registers", lambda r, root: r.register(root), registers, lambda x: (x.name, x.span))
        parameters: dict[str, Parameter] = {}
        self._named("parameters", lambda r, root: r.parameter(root), parameters, lambda x: (x.name, x.span))
        self._check_aliases()
        self._check_whose(registers)
        known = self._known(registers, parameters)
        definitions = self._definitions(known)
        self._check_cycles(definitions)
        policies, drafts, examples = self._policies(known)
        topics = self._topics(known)
        norms = [policy for policy in policies.values() if isinstance(policy, Norm)]
        self.problems.extend(duties_on_permissions(norms, self.acts))
        found = PolicySet(
            digest=digest_of(self.texts),
            norms={name: p for name, p in sorted(policies.items()) if isinstance(p, Norm)},
            decisions={name: p for name, p in sorted(policies.items()) if isinstance(p, Decision)},
            drafts=dict(sorted(drafts.items())),
            definitions=dict(sorted(definitions.items())),
            registers=registers,
            parameters=parameters,
            acts=self.acts,
            topics=dict(sorted(topics.items())),
        )
        problems = tuple(sorted(_once(self.problems), key=_place))
        warnings = tuple(problem for problem in problems if problem.warning)
        names = reference_names(registers.values())
        library = Library(found, examples, names, self.vocabulary, warnings)
        files = [PolicyFile(folder, *parsed) for folder in FOLDERS for parsed in self.documents[folder]]
        return Inspection(library, tuple(files), problems)

    # --- files --------------------------------------------------------------------------------------------

    def _parse(self, text: PolicyText) -> None:
        folder = text.place.split("/", 1)[0]
        if folder not in FOLDERS or not text.place.endswith((".yaml", ".yml")):
            message = Text("этот файл не политика", "this file is not a policy")
            help_ = (
                nearest(folder, FOLDERS)
                if folder not in FOLDERS
                else Text("файлы политик кончаются на `.yaml`", "policy files end in `.yaml`")
            )
            self.problems.append(Problem("unknown-policy-file", message, help_, file=text.file))
            return
        try:
            document = read_yaml(text.data, text.file, POLICY_LIMITS)
        except InputError as error:
            self.problems.extend(error.problems)
            return
        assert isinstance(document.root, MappingNode)
        self.documents[folder].append((document, document.root))

    def _named(
        self,
        folder: str,
        read: Callable[[DataReader, MappingNode], T | None],
        into: dict[str, T],
        identity: Callable[[T], tuple[str, Span]],
    ) -> None:
        keys = {"sources": "act", "registers": "register", "parameters": "parameter"}
        for document, root in self.documents[folder]:
            before = len(self.problems)
            reader = DataReader(document.file, self.problems, self.acts)
            reader.broken = self.broken
            found = read(reader, root)
            if found is not None:
                name, span = identity(found)
                if self._free(folder, name, span):
                    into[name] = found
            if len(self.problems) > before and (wanted := _scalar_text(root, keys[folder])):
                self.broken.add((folder, wanted))

    def _free(self, family: str, name: str, span: Span) -> bool:
        """Whether a name is not taken yet; two things of one name are an error at both places."""
        first = self.taken.setdefault((family, name), span)
        if first is span:
            return True
        self.problems.append(
            Problem(
                "duplicate-name",
                Text(f"имя `{name}` уже занято: {first.start()}", f"the name `{name}` is taken: {first.start()}"),
                Text("дайте другое имя или уберите одно из двух", "choose another name, or remove one of the two"),
                span,
                span.file,
            )
        )
        return False

    # --- names --------------------------------------------------------------------------------------------

    def _known(self, registers: Mapping[str, Register], parameters: Mapping[str, Parameter]) -> Known:
        """The names of everything, also of what turned out to be wrong inside, so that no mistake has echoes."""
        about: dict[str, str] = {}
        values: dict[str, frozenset[str]] = {}
        kinds = {name: parameter.kind for name, parameter in parameters.items()}
        self.broken -= {("parameters", name) for name in parameters}
        for _, root in self.documents["parameters"]:
            name, kind = _scalar_text(root, "parameter"), _scalar_text(root, "type")
            if name and kind in _PARAMETER_KINDS:
                kinds.setdefault(name, _PARAMETER_KINDS[kind])
                self.broken.discard(("parameters", name))
        for document, root in self.documents["definitions"]:
            if root.get("values") is not None:
                found = DataReader(document.file, self.problems, self.acts).value_set(root)
                if found is not None and self._free("values", found[0], document.span(root)):
                    values[found[0]] = found[1]
            elif name := _scalar_text(root, "definition"):
                about[name] = _scalar_text(root, "about") or ROOT
        families = {name: register.family for name, register in registers.items()}
        services: set[str] = set()
        for _, root in self.documents["registers"]:
            name = _scalar_text(root, "register")
            family = _scalar_text(root, "family") or name
            if name and family:
                families.setdefault(name, family)
            if family == SERVICES:
                services.update(text for row in _rows(root) if (text := _scalar_text(row, "id")))
        return Known(about, kinds, families, values, frozenset(services))

    def _check_aliases(self) -> None:
        """An alias that two rows claim would make a name mean either."""
        owner: dict[tuple[str, str], str] = {}
        for document, root in self.documents["registers"]:
            family = _scalar_text(root, "family") or _scalar_text(root, "register") or ""
            reader = DataReader(document.file, self.problems, self.acts)
            for row in _rows(root):
                row_id = _scalar_text(row, "id") or ""
                for token in (*_scalars(row.get("id")), *_scalars(row.get("aliases"))):
                    first = owner.setdefault((family, spelling(token.text)), row_id)
                    if first != row_id:
                        name, meant = shorten(token.text), shorten(first)
                        message = Text(
                            f"имя `{name}` уже значит `{meant}`", f"the name `{name}` already means `{meant}`"
                        )
                        help_ = Text("оставьте его в одной строке", "keep it in one row")
                        reader.report("duplicate-alias", token, message, help_)

    def _check_whose(self, registers: Mapping[str, Register]) -> None:
        """A row of a parameter for a region or a kind that does not exist would never be taken."""
        subjects = registers.get(SUBJECTS)
        regions = [row.id for row in subjects.rows] if subjects else []
        kinds = self.vocabulary.root.fields["kind"].values
        for document, root in self.documents["parameters"]:
            reader = DataReader(document.file, self.problems, self.acts)
            for row in _rows(root):
                for token in _scalars(row.get("region")):
                    if regions and token.text.strip() and token.text not in regions:
                        what = Text("код субъекта Российской Федерации", "federal subject code")
                        reader.unknown_name("unknown-value", token, what, regions)
                for token in _scalars(row.get("kind")):
                    if token.text.strip() and token.text not in kinds:
                        what = Text("вид организации", "kind of organization")
                        reader.unknown_name("unknown-value", token, what, kinds)

    # --- definitions and policies -------------------------------------------------------------------------

    def _reader(self, document: Document, known: Known) -> PolicyReader:
        reader = PolicyReader(document.file, self.problems, self.acts, known, self.vocabulary)
        reader.broken = self.broken
        return reader

    def _definitions(self, known: Known) -> dict[str, Definition]:
        found: dict[str, Definition] = {}
        for document, root in self.documents["definitions"]:
            if root.get("values") is None:
                definition = self._reader(document, known).definition(root)
                if definition is not None and self._free("definitions", definition.name, definition.span):
                    found[definition.name] = definition
        return found

    def _topics(self, known: Known) -> dict[str, Topic]:
        found: dict[str, Topic] = {}
        for document, root in self.documents["topics"]:
            topic = self._reader(document, known).declared_topic(root)
            if topic is not None and self._free("topics", topic.name, topic.span):
                found[topic.name] = topic
        return found

    def _policies(self, known: Known) -> tuple[dict[str, Policy], dict[str, Policy], dict[str, Examples]]:
        found: dict[str, Policy] = {}
        drafts: dict[str, Policy] = {}
        examples: dict[str, Examples] = {}
        for folder in ("norms", "decisions"):
            for document, root in self.documents[folder]:
                reader = self._reader(document, known)
                policy = reader.norm(root) if folder == "norms" else reader.decision(root)
                if policy is None or not self._free("policies", policy.id, policy.span):
                    continue
                (drafts if self._is_draft(reader, root) else found)[policy.id] = policy
                node = reader.mapping(root.get("examples"), Text("примеры", "examples"))
                if node is not None:
                    examples[policy.id] = Examples(policy.id, document, node)
        return found, drafts, examples

    def _is_draft(self, reader: PolicyReader, root: MappingNode) -> bool:
        node = root.get("status")
        status = reader.text(node)
        if status not in (None, "draft") and node is not None:
            message = Text("неизвестное состояние политики", "unknown status of a policy")
            reader.report("unknown-value", node, message, nearest(status or "", ("draft",)))
        return status == "draft"

    def _check_cycles(self, definitions: Mapping[str, Definition]) -> None:
        uses = {
            name: [node for node in walk(definition.when) if isinstance(node, Meets)]
            for name, definition in definitions.items()
        }

        def reached(first: str) -> set[str]:
            found: set[str] = set()
            queue = [first]
            while queue:
                other = queue.pop()
                if other not in found:
                    found.add(other)
                    queue.extend(node.definition for node in uses.get(other, ()))
            return found

        for name in definitions:
            for node in uses[name]:
                if name in reached(node.definition):
                    message = Text(
                        f"определение `{name}` опирается на само себя через `{node.definition}`",
                        f"definition `{name}` rests on itself through `{node.definition}`",
                    )
                    help_ = Text("разорвите круг", "break the circle")
                    self.problems.append(Problem("definition-cycle", message, help_, node.span, node.span.file))


def _scalar_text(root: MappingNode, key: str) -> str | None:
    node = root.get(key)
    return node.text if isinstance(node, ScalarNode) else None


def _rows(root: MappingNode) -> Iterator[MappingNode]:
    """The rows of a data file, as far as they are rows at all."""
    node = root.get("rows")
    for row in node.items if isinstance(node, SequenceNode) else ():
        if isinstance(row, MappingNode):
            yield row


def _scalars(node: Node | None) -> list[ScalarNode]:
    """A text, or the texts of a list."""
    items = node.items if isinstance(node, SequenceNode) else [node]
    return [item for item in items if isinstance(item, ScalarNode)]


def _once(problems: Iterable[Problem]) -> list[Problem]:
    """Each mistake once: a policy about several lists reads its conditions for each of them."""
    found: dict[tuple[str, Span | None, str, Text], Problem] = {}
    for problem in problems:
        found.setdefault((problem.code, problem.span, problem.file, problem.message), problem)
    return list(found.values())


def _place(problem: Problem) -> tuple[str, int, int, str]:
    line, column = (problem.span.line, problem.span.column) if problem.span else (0, 0)
    return (problem.file, line, column, problem.code)


def digest_of(texts: Iterable[PolicyText]) -> str:
    """The identity of a policy set: `sha256:` of the places and contents of its files."""
    total = hashlib.sha256()
    for text in texts:
        # A name that is no UTF-8 is a surrogate here; it must not stop the run.
        total.update(text.place.encode("utf-8", "surrogatepass") + b"\0" + hashlib.sha256(text.data).digest())
    return f"sha256:{total.hexdigest()}"
