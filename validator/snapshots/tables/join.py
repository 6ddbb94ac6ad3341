"""The rows of several tables joined into one snapshot per organization, and what that takes back.

Unknown is never a pass: where a row of a list is left out, the list is not complete any more, whatever the mapping
says; where nobody knows whose row it was, this holds for every organization.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from validator.language.names import ReferenceNames
from validator.language.source import SNAPSHOT_LIMITS, read_json
from validator.language.vocabulary import ROOT, Vocabulary
from validator.logic.lean import Types
from validator.logic.named_tuple import NamedTuple
from validator.logic.problem import InputError, Problem
from validator.logic.text import Text
from validator.snapshots.quick import DoubtError, QuickReader
from validator.snapshots.read import read_snapshot
from validator.snapshots.tables.cut import Cut, bodies_of
from validator.snapshots.tables.document_text import ANY, DocumentText, Row
from validator.snapshots.tables.fields import INN, parent_of
from validator.snapshots.tables.mapping import MappingFile


class Made(NamedTuple):
    """A snapshot that passed the reader: the INN as text, and the document as JSON on one line."""

    inn: str
    data: bytes


class Join:
    """Joins tables; `made` gives the snapshots, in the order of the organizations, and fills the rest.

    `problems` are mistakes, a row left out for each; `warnings` cost no row. `left_out` are the rows that are in no
    snapshot.
    """

    def __init__(
        self,
        cuts: Sequence[Cut],
        mapping: MappingFile,
        vocabulary: Vocabulary,
        names: ReferenceNames,
        lost_lists: Sequence[str] = (),
    ) -> None:
        self.cuts = cuts
        self.mapping = mapping
        self.vocabulary = vocabulary
        self.names = names
        self.problems: list[Problem] = []
        self.warnings: list[Problem] = []
        self.left_out: set[Row] = set()
        self._quick = QuickReader(vocabulary, names, Types())
        self.everywhere: set[str] = set(lost_lists)  # lists of which a row is lost, nobody knows whose
        self.doubtful: set[tuple[str, str, str]] = set()  # (INN, list, ref of the parent) of lists that lack a row
        self._refused: set[str] = set()
        self._told_of_mapping: set[Problem] = set()
        self._nested: dict[str, list[tuple[str, str]]] = {}  # INN → lists within items, with the ref of the item
        self._children: dict[tuple[str, str, str], list[Row]] = {}  # (list, INN, ref of the parent) → rows
        self._owners: dict[str, Row | None] = {}
        self._index()

    def made(self) -> Iterator[Made]:
        """The snapshots, each once it is certain."""
        plain = {number: cut.plain_texts() for number, cut in enumerate(self.cuts) if cut.rows == ROOT}
        doubted = {inn for inn, _, _ in self.doubtful}
        with_items = {inn for _, inn, _ in self._children}
        for inn, owner in self._owners.items():
            if owner is not None and not self.everywhere and inn not in with_items and inn not in doubted:
                texts, doubts = plain[owner.table]
                if owner.position not in doubts:
                    yield Made(inn[1:-1], texts[owner.position].encode())
                    continue
            found = self._sound(inn, owner)
            if found is not None:
                yield Made(inn.strip('"'), found)

    @property
    def organizations(self) -> int:
        """How many organizations the tables tell of."""
        return len(self._owners)

    @property
    def doubted(self) -> list[str]:
        """The lists that are complete for no organization, because a row of them has no owner."""
        return sorted(path for path in self.everywhere if self._is_said_complete(path))

    def without_items(self, path: str) -> int:
        """How many organizations have no row of a list."""
        return sum((path, inn, "") not in self._children for inn in self._owners)

    def _is_said_complete(self, path: str) -> bool:
        return self.mapping.coverage.get(path) == "complete" or any(
            column.place.coverage == path for cut in self.cuts for column, _ in cut.bound.columns
        )

    def constant_bodies(self, inn: str) -> dict[tuple[str, ...], str]:
        """What is known of an organization that only its items tell of."""
        found = {record: texts[0] for record, texts in bodies_of(ROOT, [], self.mapping, 1).items()}
        if INN not in self.mapping.constants:
            others = found.get((ROOT,), "")
            found[ROOT,] = f'"inn":{inn}{"," if others else ""}{others}'
        return found

    # --- who owns what ----------------------------------------------------------------------------------------

    def _index(self) -> None:
        own = [(number, cut) for number, cut in enumerate(self.cuts) if cut.rows == ROOT]
        for number, cut in own:
            self._index_organizations(number, cut)
        for number, cut in enumerate(self.cuts):
            if cut.rows != ROOT:
                self._index_items(number, cut, with_owners=bool(own))

    def _index_organizations(self, number: int, cut: Cut) -> None:
        bad = set()
        for position, inn in enumerate(cut.inns):
            row = Row(number, position)
            if position in cut.bad:
                self._leave_out(row, cut.bad[position])
                bad.add(inn)
            elif (other := self._owners.get(inn)) is not None:
                self._repeated(row, other)
            else:
                self._owners[inn] = row
        for inn in [inn for inn, owner in self._owners.items() if owner in self.left_out]:
            del self._owners[inn]
            bad.add(inn)
        self._refused = {inn for inn in bad if inn and inn not in self._owners}

    def _repeated(self, row: Row, other: Row) -> None:
        """The same organization twice: of two rows that say the same one goes on, of others none."""
        cut, first = self.cuts[row.table], self.cuts[other.table]
        place = first.bound.grid.place(first.bound.rows[other.position], first.bound.number_of(INN) or 0)
        same = all(
            texts[row.position] == first.bodies[record][other.position] for record, texts in cut.bodies.items()
        )
        message = Text(f"эта организация уже есть: {place}", f"this organization is there already: {place}")
        help_ = (
            Text("строки одинаковы, прочитана первая", "the rows are the same, the first was read")
            if same
            else Text("строки различаются: оставьте верную", "the rows differ: keep the right one")
        )
        self._leave_out(row, [cut.problem("repeated-organization", row.position, INN, message, help_)])
        if not same and other not in self.left_out:
            self.left_out.add(other)

    def _index_items(self, number: int, cut: Cut, *, with_owners: bool) -> None:
        path, parent = cut.rows, parent_of(cut.rows)
        seen: dict[tuple[str, str], int] = {}
        for position in range(cut.number):
            row, inn = Row(number, position), cut.inns[position]
            if position in cut.bad:
                self._leave_out(row, cut.bad[position])
                self._doubt(inn, path, cut, position)
                continue
            if not with_owners:
                self._owners.setdefault(inn, None)
            elif inn not in self._owners:
                self._without_owner(row, cut, inn)
                continue
            ref = cut.refs[position] if cut.refs else ""
            if ref and (first := seen.setdefault((inn, ref), position)) != position:
                self._repeated_ref(row, cut, first)
                self.doubtful.add((inn, path, cut.parents[position] if parent else ""))
                continue
            key = (path, inn, cut.parents[position] if parent else "")
            if parent and key not in self._children:
                self._nested.setdefault(inn, []).append((path, key[2]))
            self._children.setdefault(key, []).append(row)

    def _doubt(self, inn: str, path: str, cut: Cut, position: int) -> None:
        """A row is lost: its list is not complete, nor are lists of an owner that nobody knows."""
        if not inn:
            self.everywhere.add(path)
            return
        parent = cut.parents[position] if cut.parents else ""
        if cut.parents and not parent:  # it may belong to any item, or to one that is not there
            self.doubtful.add((inn, path, ANY))
        else:
            self.doubtful.add((inn, path, parent))

    def _without_owner(self, row: Row, cut: Cut, inn: str) -> None:
        if inn in self._refused or self.mapping.only_inn:
            message = Text("строка этой организации не прочитана", "the row of this organization can't be read")
            help_ = Text("исправьте строку организации", "mend the row of the organization")
        else:
            message = Text(
                "такой организации в таблице организаций нет", "the table of organizations has none with it"
            )
            help_ = Text("добавьте организацию или исправьте ИНН", "add the organization, or mend the INN")
        self._leave_out(row, [cut.problem("row-without-organization", row.position, INN, message, help_)])

    def _repeated_ref(self, row: Row, cut: Cut, first: int) -> None:
        path = f"{cut.rows}.ref"
        place = cut.bound.grid.place(cut.bound.rows[first], cut.bound.number_of(path) or 0)
        message = Text(f"такое обозначение уже есть: {place}", f"this mark is taken: {place}")
        help_ = Text("у каждой записи списка своё обозначение", "every item of a list has a mark of its own")
        self._leave_out(row, [cut.problem("repeated-ref", row.position, path, message, help_)])

    def _leave_out(self, row: Row, problems: list[Problem]) -> None:
        if row not in self.left_out:
            self.left_out.add(row)
            self.problems.extend(problems)

    # --- one organization ---------------------------------------------------------------------------------------

    def _sound(self, inn: str, owner: Row | None) -> bytes | None:
        """The document of an organization without the rows at fault; None when the organization itself is."""
        while True:
            self._leave_orphans(inn)
            document = DocumentText(self, inn, owner)
            data = document.text.encode()
            try:
                self._quick.read(data)
                return data
            except DoubtError:
                told = self._told(data, document)
            if not told:
                return data
            if not self._take_out(inn, owner, document, told):
                return None

    def _told(self, data: bytes, document: DocumentText) -> list[tuple[Row | None, Problem]]:
        """What the strict reader says, with the rows at fault."""
        try:
            _, warnings = read_snapshot(read_json(data, "", SNAPSHOT_LIMITS), self.vocabulary, self.names)
        except InputError as error:
            return [self._found(problem, document) for problem in error.problems]
        self.warnings.extend(self._found(problem, document)[1] for problem in warnings)
        return []

    def _take_out(
        self, inn: str, owner: Row | None, document: DocumentText, told: list[tuple[Row | None, Problem]]
    ) -> bool:
        """Leave out the rows at fault; whether the organization can go on without them."""
        self.problems.extend(problem for _, problem in told if not self._is_told(problem))
        at_fault = {row for row, _ in told}
        if None in at_fault or owner in at_fault:
            self.left_out.update(document.rows)
            return False
        for row in at_fault:
            assert row is not None
            cut = self.cuts[row.table]
            self.left_out.add(row)
            self._doubt(inn, cut.rows, cut, row.position)
        return True

    def _is_told(self, problem: Problem) -> bool:
        """Whether a mistake of the mapping was told already; it concerns every organization."""
        if problem.file != self.mapping.file:
            return False
        seen = problem in self._told_of_mapping
        self._told_of_mapping.add(problem)
        return seen

    def _leave_orphans(self, inn: str) -> None:
        """Leave out items of items whose parent is not there; the list of parents lacks one then."""
        for path, ref in self._nested.get(inn, ()):
            parent = parent_of(path)
            if ref in self._refs_of(inn, parent):
                continue
            for row in self._children[path, inn, ref]:
                if row in self.left_out:
                    continue
                message = Text(
                    "записи, к которой относится строка, нет", "the item that this row belongs to is not there"
                )
                help_ = Text(f"добавьте её в `{parent}` или исправьте", f"add it to `{parent}`, or mend it")
                cut = self.cuts[row.table]
                self._leave_out(
                    row, [cut.problem("row-without-parent", row.position, f"{parent}.ref", message, help_)]
                )
                self.doubtful.add((inn, parent, ""))

    def _refs_of(self, inn: str, path: str) -> set[str]:
        rows = self._children.get((path, inn, ""), ())
        return {
            self.cuts[row.table].refs[row.position]
            for row in rows
            if row not in self.left_out and self.cuts[row.table].refs
        }

    def items(self, path: str, inn: str, parent: str = "") -> list[Row]:
        """The rows of a list of an organization, or of a list within an item."""
        return [row for row in self._children.get((path, inn, parent), ()) if row not in self.left_out]

    def has_nested(self, inn: str) -> bool:
        """Whether any item of an organization has lists of its own."""
        return inn in self._nested

    def _found(self, problem: Problem, document: DocumentText) -> tuple[Row | None, Problem]:
        """The row at fault, and the problem at its cell; what stands for all organizations is in the mapping."""
        row, path = document.origin(problem.path)
        if path in self.mapping.constants or row is None:
            return None, problem._replace(span=None, file=self.mapping.file, path=path)
        cut = self.cuts[row.table]
        told = cut.problem(problem.code, row.position, path, problem.message, problem.help)
        return row, told._replace(warning=problem.warning)
