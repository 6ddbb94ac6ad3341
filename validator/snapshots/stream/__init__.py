"""Documents from files, folders, archives and standard input: every one is delivered or told about.

One document at a time is held in memory, nothing is ever written to the disk, and names are only names: nothing
in them is a pattern, and a link, a pipe or a device is never opened. What holds many documents (NDJSON, a JSON
array, an archive) gives each of them a name of its own; a container that is cut or damaged gives none, because
nobody knows what is missing from it.
"""

from __future__ import annotations

from validator.snapshots.stream.deliveries import documents, unreadable_folder
from validator.snapshots.stream.files import deliver
from validator.snapshots.stream.find import Found, FoundNames, find, find_names
from validator.snapshots.stream.given import Delivered, PassedOver, Start
from validator.snapshots.stream.names import WANTED
from validator.snapshots.stream.standard_input import standard_input
from validator.snapshots.stream.tree import document_of

__all__ = [
    "WANTED",
    "Delivered",
    "Found",
    "FoundNames",
    "PassedOver",
    "Start",
    "deliver",
    "document_of",
    "documents",
    "find",
    "find_names",
    "standard_input",
    "unreadable_folder",
]
