"""The files of a policies folder, found and read, not yet looked into."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator

from validator.language.file_names import AnyPath, is_folder, posix_name
from validator.language.limits import default
from validator.logic.named_tuple import NamedTuple
from validator.logic.problem import InputError, Problem
from validator.logic.text import Text

# Files that may lie beside policies and are none: notes for people, and the findings of `prove` that are known.
NO_POLICIES = ("README", "prove-known")
FOLDERS = ("sources", "registers", "parameters", "definitions", "topics", "norms", "decisions")


class PolicyText(NamedTuple):
    """One policy file: its name for messages, its place in the policies folder, its bytes."""

    file: str
    place: str
    data: bytes


def read_folder(folder: AnyPath) -> list[PolicyText]:
    """Every policy file under a folder, by place. Raises `InputError` for a folder that is none.

    Names that start with a point, README files and known findings are not policies; anything else that is not YAML
    is reported when the set is loaded.
    """
    if not is_folder(folder):
        file = Text("это файл, а не папка с политиками", "this is a file, not a policy folder")
        none = Text("папки с политиками нет", "there is no such policy folder")
        raise _folder_error(folder, file if os.path.exists(folder) else none)
    texts: list[PolicyText] = []
    total, most_bytes, most_files = 0, default("limit-pack-bytes"), default("limit-pack-files")
    name = posix_name(folder)
    above = "" if name == "." else name.rstrip("/") + "/"
    for place in sorted(_places(name, "")):
        path = above + place
        size = _size(path)
        total += size
        if total > most_bytes or len(texts) >= most_files:
            raise _folder_error(folder, Text("набор политик слишком велик", "the policy set is too large"))
        texts.append(PolicyText(path, place, _bytes(path, size)))
    if not texts:
        raise _folder_error(folder, Text("в папке нет ни одной политики", "the folder holds no policy"))
    if not any(text.place.split("/", 1)[0] in FOLDERS for text in texts):
        raise _folder_error(
            folder, Text("это не папка с политиками", "this is not a policy folder"), _what_it_holds(folder)
        )
    return texts


def _what_it_holds(given: AnyPath) -> Text:
    """Which folder to name instead: often the one above is meant."""
    from pathlib import Path  # noqa: PLC0415 - only for a mistake

    from validator.language.structure import shorten  # noqa: PLC0415 - only for a mistake

    folder, names = Path(given), ", ".join(f"`{name}/`" for name in FOLDERS)
    if folder.absolute().name in FOLDERS:
        above = shorten(folder.absolute().parent.name)
        return Text(f"назовите папку выше: `{above}`", f"name the folder above: `{above}`")
    return Text(f"в ней должны лежать папки {names}", f"it should hold folders of these: {names}")


def _places(folder: str, prefix: str) -> Iterator[str]:
    """What may be a policy, by its place in the folder; links to folders are not followed."""
    try:
        with os.scandir(folder) as entries:
            found = list(entries)
    except PermissionError:
        raise _folder_error(folder, _UNREADABLE, _CHECK_RIGHTS) from None
    for entry in found:
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _places(entry.path, f"{prefix}{entry.name}/")
        elif not (entry.name.startswith(NO_POLICIES) and os.path.splitext(entry.name)[0] in NO_POLICIES) and not (
            entry.is_symlink() and os.path.isdir(entry.path)
        ):
            yield prefix + entry.name


def _size(path: str) -> int:
    """The size of a file that can be read; what is no file (a pipe, a broken link) is refused unopened."""
    try:
        found = os.stat(path)
    except OSError:
        raise _folder_error(path, _UNREADABLE, _CHECK_RIGHTS) from None
    if stat.S_ISREG(found.st_mode):
        return found.st_size
    raise _folder_error(path, _UNREADABLE, _CHECK_RIGHTS)


def _bytes(path: str, size: int) -> bytes:
    """All bytes of a file that had so many; there are hundreds of files, and each call to the system counts."""
    try:
        number = os.open(path, _FLAGS)
        try:
            data = os.read(number, size + 1)
        finally:
            os.close(number)
        return data if len(data) == size else _whole(path)  # somebody writes to it just now
    except OSError:
        raise _folder_error(path, _UNREADABLE, _CHECK_RIGHTS) from None


def _whole(path: str) -> bytes:
    with open(path, "rb") as file:
        return file.read()


_FLAGS = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
_UNREADABLE = Text("файл не читается", "the file can't be read")
_CHECK_RIGHTS = Text("проверьте права на файл или уберите его из папки", "check who may read it, or remove it")
_WHICH_FOLDER = Text(
    "укажите папку, где лежат `sources/`, `norms/` и другие",
    "name the folder that holds `sources/`, `norms/` and the rest",
)


def _folder_error(folder: AnyPath, message: Text, help_: Text = _WHICH_FOLDER) -> InputError:
    return InputError([Problem("policy-folder", message, help_, file=posix_name(folder))])
