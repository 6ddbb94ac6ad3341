"""A folder of the user's with things that cost time to make: read back only when they are exactly what was kept.

An entry is one file: a line with its kind, its key and the checksum of the rest, then the rest. Who keeps things
here makes the key from everything the thing depends on (`key_of_parts`, `code_of`), so an entry is either exactly
right or not used. An entry that is missing, damaged or suspicious costs time and nothing else.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING

from validator.language.file_names import AnyPath, path_of, posix_name
from validator.language.limits import MIB
from validator.logic.digest import blake2b
from validator.logic.named_tuple import NamedTuple
from validator.logic.text import Text

if TYPE_CHECKING:
    from pathlib import Path

KEPT = 8
_MOST_BYTES = 64 * MIB
_ENDING, _TEMPORARY = ".cache", ".new"
_HEAD_BYTES = 256
_ABANDONED_AFTER = 3600  # seconds: no process writes one entry for an hour
_OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH
# An entry is written for the user alone, so a file with other rights came from elsewhere: from a checkout, say.
_OTHERS = stat.S_IRWXG | stat.S_IRWXO
# Absent on Windows, where they mean nothing.
READ_FLAGS = os.O_RDONLY | sum(getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY"))
WRITE_FLAGS = os.O_WRONLY | os.O_CREAT | os.O_EXCL | sum(getattr(os, n, 0) for n in ("O_NOFOLLOW", "O_BINARY"))


class CacheError(Exception):
    """The cache can't be used, or not for this entry; `reason` says why."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason.en)
        self.reason = reason


DAMAGED = Text("запись повреждена", "the entry is damaged")


class Once:
    """Tells, at most once, why the cache was not used."""

    def __init__(self, notice: Callable[[Text], None]) -> None:
        self.notice = notice
        self.told = False

    def __call__(self, reason: Text) -> None:
        if not self.told:
            self.told = True
            ru = f"кэш не использован: {reason.ru}; на результат это не влияет"
            en = f"the cache was not used: {reason.en}; results are not affected"
            self.notice(Text(ru, en))


class Store(NamedTuple):
    """Where entries are kept. `asked_for` is false of the user's common cache folder, which may well be missing."""

    name: AnyPath
    asked_for: bool

    @property
    def folder(self) -> Path:
        """The folder of that name."""
        return path_of(self.name)


def store_for(environment: Mapping[str, str], platform: str) -> Store | None:
    """The store that the environment asks for; None when it is turned off or there is no home to keep it in.

    `SVERKA_CACHE=off` turns it off, `SVERKA_CACHE_DIR` names the folder; else it is `sverka` in the user's cache
    folder of the platform (`sys.platform`).
    """
    if environment.get("SVERKA_CACHE", "").strip().lower() == "off":
        return None
    if wanted := environment.get("SVERKA_CACHE_DIR"):
        return Store(wanted, asked_for=True)
    base = _common_folder(environment, platform)
    return None if base is None else Store(os.path.join(base, "sverka"), asked_for=False)


def _common_folder(environment: Mapping[str, str], platform: str) -> str | None:
    if platform == "win32":
        local = environment.get("LOCALAPPDATA", "")
        return local if os.path.isdir(local) else None
    own = environment.get("XDG_CACHE_HOME", "")
    if platform != "darwin" and os.path.isabs(own):  # a relative one is to be ignored
        return own
    home = environment.get("HOME", "")
    if not os.path.isabs(home) or not os.path.isdir(home):
        return None
    return os.path.join(home, "Library", "Caches") if platform == "darwin" else os.path.join(home, ".cache")


# --- keys --------------------------------------------------------------------------------------------------------


def key_of_parts(parts: Iterable[bytes]) -> str:
    """A digest of these parts: no other parts have it, also not the same bytes parted in another way."""
    total = blake2b(digest_size=32)
    for part in parts:
        total.update(b"%d:" % len(part))
        total.update(part)
    return total.hexdigest()


def code_of(folders: Iterable[AnyPath]) -> str:
    """Name, size and time of the modules of these folders: a working copy changes where versions do not."""
    return "\n".join(
        f"{entry.name} {found.st_size} {found.st_mtime_ns}"
        for folder in folders
        if os.path.isdir(folder)
        for entry in sorted(os.scandir(folder), key=lambda entry: entry.name)
        if entry.name.endswith(".py") and (found := entry.stat())
    )


# --- entries -----------------------------------------------------------------------------------------------------


class Shelf(NamedTuple):
    """The entries of one kind in a store: at most `kept` of them, each of at most `most_bytes`.

    `kind` is a word of letters; it is the beginning of the names of the files. A key is a digest of `key_of_parts`.
    """

    store: Store
    kind: str
    kept: int = KEPT
    most_bytes: int = _MOST_BYTES

    def read(self, key: str) -> bytes | None:
        """What was written under this key, None when nothing was. Raises `CacheError`."""
        try:
            check_folder(self.store.name)
            data = self._bytes(os.path.join(self.store.name, self._entry(key)))
        except FileNotFoundError:
            return None
        except OSError as error:
            if not self.store.asked_for and not os.path.exists(self.store.name):
                return None  # somebody else's home, where nothing can be seen
            raise self._unusable(error) from None
        head, _, payload = data.partition(b"\n")
        if head + b"\n" != self._head(key, payload):
            raise CacheError(DAMAGED)
        return payload

    def write(self, key: str, payload: bytes) -> None:
        """Keep an entry: another process sees all of it or nothing. Raises `CacheError`."""
        try:
            create_folder(self.store.folder)
        except OSError as error:
            if self.store.asked_for:
                raise self._unusable(error) from None
            return  # a home that can't be written to is no mistake of the user
        if len(payload) > self.most_bytes:
            raise CacheError(Text("запись слишком велика", "the entry is too large"))
        try:
            check_folder(self.store.name)
            _replace(self.file(key), self._head(key, payload) + payload)
            self._tidy()
        except OSError as error:
            raise self._unusable(error) from None

    def file(self, key: str) -> Path:
        """The file of an entry."""
        return self.store.folder / self._entry(key)

    def _entry(self, key: str) -> str:
        return f"{self.kind}-{key}{_ENDING}"

    def _head(self, key: str, payload: bytes) -> bytes:
        return f"sverka {self.kind} {key} blake2b:{blake2b(payload, digest_size=32).hexdigest()}\n".encode()

    def _bytes(self, file: str) -> bytes:
        number = os.open(file, READ_FLAGS)
        with open(number, "rb") as stream:
            found = os.fstat(number)
            if not stat.S_ISREG(found.st_mode) or found.st_size > self.most_bytes + _HEAD_BYTES:
                raise CacheError(DAMAGED)
            check_owner(found, file, forbidden=_OTHERS)
            return stream.read()

    def _tidy(self) -> None:
        """Keep the newest entries; drop older ones, and what interrupted processes left behind."""
        entries: list[tuple[int, str]] = []
        temporary: list[tuple[int, str]] = []
        with os.scandir(self.store.name) as listed:
            for entry in listed:
                if not entry.name.lstrip(".").startswith(f"{self.kind}-"):
                    continue
                with suppress(OSError):  # another process may have dropped it
                    changed = entry.stat(follow_symlinks=False).st_mtime_ns
                    (temporary if entry.name.endswith(_TEMPORARY) else entries).append((changed, entry.path))
        entries.sort(reverse=True)
        newest = entries[0][0] if entries else 0
        abandoned = [path for changed, path in temporary if newest - changed > _ABANDONED_AFTER * 10**9]
        for path in [path for _, path in entries[self.kept :]] + abandoned:
            with suppress(OSError):
                os.unlink(path)

    def _unusable(self, error: OSError) -> CacheError:
        name = posix_name(self.store.name)
        why = error.strerror or type(error).__name__
        return CacheError(Text(f"папка {name} недоступна ({why})", f"the folder {name} is not accessible ({why})"))


def create_folder(folder: Path) -> None:
    """The folder and what is missing above it, for the user alone."""
    missing = [folder, *folder.parents]
    for path in reversed(missing[: next((i for i, path in enumerate(missing) if path.exists()), 0)]):
        with suppress(FileExistsError):
            path.mkdir(0o700)


def check_folder(folder: AnyPath) -> None:
    """Refuse a folder where somebody else could put entries. Raises FileNotFoundError when there is none."""
    found = os.stat(folder)
    if not stat.S_ISDIR(found.st_mode):
        name = posix_name(folder)
        raise CacheError(Text(f"{name} — не папка", f"{name} is no folder"))
    check_owner(found, folder)


def check_owner(found: os.stat_result, path: AnyPath, forbidden: int = _OTHERS_WRITE) -> None:
    """Refuse what is not the user's, what others can write to, and what has a right of `forbidden`."""
    user = getattr(os, "geteuid", None)
    if user is None:  # Windows: the user's own folder is closed to others by default
        return
    name = posix_name(path)
    if found.st_uid != user():
        raise CacheError(Text(f"{name} принадлежит другому пользователю", f"{name} belongs to another user"))
    if found.st_mode & _OTHERS_WRITE:
        raise CacheError(Text(f"в {name} могут писать другие", f"others can write to {name}"))
    if found.st_mode & forbidden:
        raise CacheError(Text(f"{name} открыт другим пользователям", f"{name} is open to other users"))


def _replace(file: Path, data: bytes) -> None:
    temporary = file.with_name(f".{file.name}.{os.getpid()}-{os.urandom(6).hex()}{_TEMPORARY}")
    number = os.open(temporary, WRITE_FLAGS, 0o600)
    try:
        with open(number, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(number)
        os.replace(temporary, file)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise
