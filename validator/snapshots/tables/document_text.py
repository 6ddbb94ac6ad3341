"""One snapshot put together as JSON from the rows of tables, and the way back from its paths to the rows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from validator.logic.named_tuple import NamedTuple
from validator.logic.shape import FieldShape, Kind
from validator.snapshots.tables.cut import HEAD
from validator.snapshots.tables.kinds import own_prefix
from validator.snapshots.tables.words import spelled

if TYPE_CHECKING:
    from validator.snapshots.tables.join import Join

# In the place of the ref of a parent: some item, nobody knows which.
ANY: Final = "*"
_STEP: Final = re.compile(r"([A-Za-z_]+)(?:\[(\d+)\])?")


class Row(NamedTuple):
    """A row of a table: the number of the table and its position among the rows of data."""

    table: int
    position: int


class DocumentText:
    """The snapshot of one organization. `owner` is its row, None where only its items were given."""

    def __init__(self, join: Join, inn: str, owner: Row | None) -> None:
        self._join = join
        self._inn = inn
        self._owner = owner
        self._items: dict[tuple[str, int], list[Row]] = {}  # (list, number of the parent) → rows
        self.text = self._text()

    @property
    def rows(self) -> set[Row]:
        """All rows that it is made of."""
        found = {row for rows in self._items.values() for row in rows}
        return found if self._owner is None else found | {self._owner}

    def origin(self, path: str) -> tuple[Row | None, str]:
        """The row that a path within the document comes from, and the path of the field without numbers."""
        row, names, parent = self._owner, [], 0
        for name, number in _STEP.findall(path):
            names.append(name)
            rows = self._items.get((".".join(names), parent))
            if rows is not None and number and int(number) < len(rows):
                row, parent = rows[int(number)], int(number)
        return row, ".".join(names)

    # --- the text ---------------------------------------------------------------------------------------------

    def _text(self) -> str:
        bodies = self._bodies()
        parts = [HEAD]
        if root := bodies.pop((), ""):
            parts.append(root)
        for (name, *_), body in bodies.items():
            if name == "coverage":
                body = self._taken_back(body)  # noqa: PLW2901 - the same thing, mended
            if body:
                parts.append(f"{spelled(name)}:{{{body}}}")
        for name, shape in self._join.vocabulary.document.fields.items():
            if shape.kind is Kind.LIST and (rows := self._join.items(name, self._inn)):
                parts.append(f"{spelled(name)}:{self._list(name, shape, rows)}")
        return ",".join(parts) + "}"

    def _bodies(self) -> dict[tuple[str, ...], str]:
        """The records that the organization has once, without braces."""
        if self._owner is not None:
            cut = self._join.cuts[self._owner.table]
            return {record: texts[self._owner.position] for record, texts in cut.bodies.items()}
        return self._join.constant_bodies(self._inn)

    def _taken_back(self, body: str) -> str:
        """What is said of the completeness of lists, without the lists that lack a row."""
        for name, shape in self._join.vocabulary.document.fields.items():
            if shape.kind is Kind.LIST and self._is_doubtful(name, ""):
                body = _not_complete(body, name)
        return body

    def _is_doubtful(self, path: str, parent: str) -> bool:
        join = self._join
        if path in join.everywhere or (self._inn, path, parent) in join.doubtful:
            return True
        return bool(parent) and (self._inn, path, ANY) in join.doubtful

    def _list(self, path: str, shape: FieldShape, rows: list[Row], parent: int = 0) -> str:
        """The items of a list. Lists within items are looked for only where the organization has any."""
        self._items[path, parent] = rows
        record, cuts = shape.record, self._join.cuts
        assert record is not None
        identity = next((field for field in record.fields.values() if field.identity), None)
        inner = [field for field in record.fields.values() if field.kind is Kind.LIST]
        if not self._join.has_nested(self._inn):
            inner = [field for field in inner if self._may_be_doubtful(f"{path}.{field.name}")]
        found: list[str] = []
        for number, row in enumerate(rows):
            cut = cuts[row.table]
            bodies = cut.bodies.get(())
            body = bodies[row.position] if bodies else ""
            ref = cut.refs[row.position] if cut.refs else ""
            if identity is not None and not ref:
                ref = spelled(f"{own_prefix(identity)}{number + 1}")
                body = f'"{identity.name}":{ref}{"," if body else ""}{body}'
            for field in inner:
                body = self._with_inner(body, path, field, ref, number)
            found.append(f"{{{body}}}")
        return f"[{','.join(found)}]"

    def _may_be_doubtful(self, path: str) -> bool:
        return path in self._join.everywhere or any(p == path for _, p, _ in self._join.doubtful)

    def _with_inner(self, body: str, path: str, field: FieldShape, ref: str, number: int) -> str:
        """The body of an item with one of its lists."""
        where = f"{path}.{field.name}"
        if self._is_doubtful(where, ref):
            body = _not_complete(body, field.coverage)
        rows = self._join.items(where, self._inn, ref) if ref else []
        if not rows:
            return body
        return f"{body}{',' if body else ''}{spelled(field.name)}:{self._list(where, field, rows, number)}"


def _not_complete(body: str, key: str) -> str:
    """The body of a record in which a list is no longer said to be complete. No text can look like the key."""
    return body.replace(f'"{key}":"complete"', f'"{key}":"partial"')
