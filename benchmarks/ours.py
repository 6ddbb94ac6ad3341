"""Our side of every comparison: policy sets loaded, and documents judged the way a batch judges them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from pathlib import Path

from validator.interpreters.compile.policies import VIOLATION
from validator.interpreters.compile.program import Judged, Program
from validator.language.library import Library, load, read_folder
from validator.language.nodes import Document
from validator.language.source import read_json, read_yaml
from validator.language.vocabulary import read_vocabulary
from validator.logic.facts import Snapshot
from validator.logic.frozen import replace
from validator.logic.lean import Facts, lower
from validator.resources import policies_folder, schema_bytes
from validator.snapshots.quick import DoubtError, QuickReader
from validator.snapshots.read import read_snapshot

RULES_FOLDER = Path(__file__).parent / "peers" / "policies"


def shipped() -> Library:
    """The policy set that ships with the product."""
    return load(read_folder(policies_folder()), read_vocabulary(schema_bytes("snapshot")))


def compared(rules: Collection[str]) -> Library:
    """The rules that are also written for other engines, and no others; the shipped registers give the names."""
    texts = read_folder(policies_folder()) + read_folder(RULES_FOLDER)
    library = load(texts, read_vocabulary(schema_bytes("snapshot")))
    norms = {name: norm for name, norm in library.policies.norms.items() if name in rules}
    assert len(norms) == len(rules), "a rule of the comparison has no policy file"
    return replace(library, policies=replace(library.policies, norms=norms, decisions={}))


class Engine:
    """Reads documents and judges them; what the quick reader leaves goes to the strict one, as in a batch."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.program = Program(library.policies, library.vocabulary)
        self.reader = QuickReader(library.vocabulary, library.names, self.program.types)
        self.doubts = 0

    def read(self, data: bytes) -> Facts:
        """The facts of a document. Raises `InputError` when the strict reader refuses it."""
        try:
            return self.reader.read(data).facts
        except DoubtError:
            self.doubts += 1
            return lower(self.strict(data), self.program.types)

    def read_yaml(self, data: bytes) -> Facts:
        """The same for a document in YAML."""
        try:
            return self.reader.read_yaml(data).facts
        except DoubtError:
            self.doubts += 1
            return lower(self._strictly(read_yaml(data, "organization.yaml")), self.program.types)

    def strict(self, data: bytes) -> Snapshot:
        """The facts with places, by the strict reader."""
        return self._strictly(read_json(data, "organization.json"))

    def _strictly(self, document: Document) -> Snapshot:
        return read_snapshot(document, self.library.vocabulary, self.library.names)[0]

    def judge(self, facts: Facts) -> list[Judged]:
        """Every verdict, by the law of the facts' own day."""
        return list(self.program.judge(facts, facts.as_of))

    def violations(self, facts: Facts) -> Counter[str]:
        """How many items violate each norm under its chosen reading; norms nobody violates are left out."""
        found: Counter[str] = Counter()
        for judged in self.judge(facts):
            number = sum(code & 15 == VIOLATION for code in judged.codes)
            if number:
                found[judged.part.policy.id] += number
        return found
