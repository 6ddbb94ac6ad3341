"""What a file holds, by its name: the one table of endings."""

from __future__ import annotations

import os
from enum import Enum
from typing import TYPE_CHECKING, Final

from validator.language.file_names import ending_of
from validator.logic.named_tuple import NamedTuple

if TYPE_CHECKING:
    from validator.language.source import Syntax


class Holds(Enum):
    """The kinds of file."""

    DOCUMENT = "document"
    LINES = "lines"
    ZIP = "zip"
    TAR = "tar"
    PARQUET = "parquet"
    # Known for what it is, but not read: an archive in a format of others, a Parquet file packed once more.
    UNSUPPORTED = "unsupported"


class Named(NamedTuple):
    """What a name says: what the file holds, how it is packed (`gz`, `bz2`, `xz`, or not: ``""``), its syntax."""

    holds: Holds
    packing: str = ""
    syntax: Syntax | None = None

    @property
    def is_archive(self) -> bool:
        """Whether it has to be unpacked."""
        return bool(self.packing) or self.holds in (Holds.ZIP, Holds.TAR, Holds.PARQUET, Holds.UNSUPPORTED)


_PACKINGS: Final = {".gz": "gz", ".bz2": "bz2", ".xz": "xz"}
_TARS: Final = {".tgz": "gz", ".tbz": "bz2", ".tbz2": "bz2", ".txz": "xz"}
_LINES: Final = (".ndjson", ".jsonl")
_UNSUPPORTED: Final = (".rar", ".7z", ".zst")

WANTED: Final = ".yaml, .yml, .json, .ndjson, .jsonl, .zip, .tar, .parquet"


def named(name: str) -> Named | None:
    """What a file of this name holds; None when it is no snapshot by its name."""
    from validator.language.source import syntax_of  # noqa: PLC0415 - not every command that imports this reads

    last = next(reversed(parts_of(name.lower().replace(os.sep, "/"))), "")
    ending = ending_of(last)
    if ending in _TARS:
        return Named(Holds.TAR, _TARS[ending])
    packing = _PACKINGS.get(ending, "")
    inner = last.removesuffix(ending) if packing else last
    match ending_of(inner):
        case ".tar":
            return Named(Holds.TAR, packing)
        case ".zip":
            return Named(Holds.UNSUPPORTED if packing else Holds.ZIP)
        case ".parquet":
            return Named(Holds.UNSUPPORTED if packing else Holds.PARQUET)
        case suffix if suffix in _LINES:
            return Named(Holds.LINES, packing, "json")
        case suffix if suffix in _UNSUPPORTED:
            return Named(Holds.UNSUPPORTED)
        case _:
            syntax = syntax_of(inner)
            return Named(Holds.DOCUMENT, packing, syntax) if syntax else None


# --- names inside archives ------------------------------------------------------------------------------------


def parts_of(name: str) -> list[str]:
    """The parts of a member's name; empty ones and `.` say nothing."""
    return [part for part in name.split("/") if part not in ("", ".")]


def is_unsafe(name: str) -> bool:
    """Whether a name would lead out of a folder, or is none. It is never a path here, but no honest one."""
    parts = name.replace("\\", "/").split("/")
    drive = name[1:2] == ":" and name[0].isascii() and name[0].isalpha()
    return "\0" in name or not parts_of(name) or parts[0] == "" or ".." in parts or drive


def is_hidden(name: str) -> bool:
    """Whether a part of the name starts with a point: what systems leave behind and people never see."""
    return any(part.startswith(".") for part in parts_of(name))


def folded(name: str) -> str:
    """The same for names that some system would take for one: by case, make-up of letters, doubled separators."""
    import unicodedata  # noqa: PLC0415 - only where there are archives

    return unicodedata.normalize("NFC", "/".join(parts_of(name))).casefold()
