"""What a snapshot says, so that two can be compared: facts, and what is said to be unknown."""

from __future__ import annotations

from functools import cache

from validator.language.library import Library, load, read_folder
from validator.language.nodes import Document, Mapping, Scalar
from validator.language.vocabulary import read_vocabulary
from validator.logic.facts import ItemList, Record
from validator.resources import policies_folder, schema_bytes
from validator.snapshots.read import read_snapshot
from validator.snapshots.respell import facts_of
from validator.snapshots.tables.form_read import read_form
from validator.snapshots.tables.importing import Import
from validator.snapshots.tables.sources import Source


@cache
def library() -> Library:
    """The shipped policy set."""
    return load(read_folder(policies_folder()), read_vocabulary(schema_bytes("snapshot")))


def said(document: Document) -> object:
    """All that a snapshot says: the facts, the head of the document, and which names are told, unknown ones too."""
    snapshot, _ = read_snapshot(document, library().vocabulary, library().names)
    root = document.root
    assert isinstance(root, Mapping)
    head = {
        key.text: value.text
        for key, value in root.items()
        if isinstance(value, Scalar) and key.text not in library().vocabulary.root.fields
    }
    return head, facts_of(snapshot.root), _told(snapshot.root)


def _told(part: Record | ItemList) -> object:
    if isinstance(part, ItemList):
        # An item of which nothing is known can't be a blank row: one of its facts is said to be unknown.
        return [_told(item) if item.values or item.ref else _told(item)[1:] for item in part]  # type: ignore[index]
    inner = {name: _told(record) for name, record in (*part.records.items(), *part.lists.items())}
    return sorted(part.spans), inner


def read_back(data: bytes, file: str = "form.xlsx") -> tuple[list[bytes], Import]:
    """The snapshots that a form gives, and the import that gave them."""
    form = read_form(Source(file, data), library().vocabulary, library().names)
    work = Import(form.tables, form.mapping, library().vocabulary, library().names)
    return [made.data for made in work.made()], work
