"""The cache of checked policy sets: the same library as from the files, without reading and typing them again.

An entry is one file of text: a line with the key and the checksum of the rest, then what `codec.py` wrote. The
key covers everything the result depends on: the program, its schema, and the name and bytes of every policy file.
So an entry is either exactly right or not used; a cache that is missing, damaged or suspicious costs time and
nothing else.
"""

from __future__ import annotations

import hashlib
import os
import stat
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import NamedTuple

from validator import LANGUAGE_VERSION, __version__
from validator.language import codec
from validator.language.library import Examples, Library, PolicyText, load
from validator.language.limits import MIB
from validator.language.vocabulary import Vocabulary, read_vocabulary
from validator.logic.policy import PolicySet
from validator.logic.text import Text

KEPT = 8
_PREFIX, _ENDING, _TEMPORARY = "policies-", ".cache", ".new"
_MOST_BYTES = 64 * MIB
_ABANDONED_AFTER = 3600  # seconds: no process writes one entry for an hour
_CODE = (Path(__file__).parent, Path(__file__).parents[1] / "logic")
# Absent on Windows, where they mean nothing.
_READ_FLAGS = os.O_RDONLY | sum(getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY"))
_WRITE_FLAGS = os.O_WRONLY | os.O_CREAT | os.O_EXCL | sum(getattr(os, n, 0) for n in ("O_NOFOLLOW", "O_BINARY"))


class CacheError(Exception):
    """The cache can't be used, or not for this entry; `reason` says why."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason.en)
        self.reason = reason


class Store(NamedTuple):
    """Where entries are kept. `asked_for` is false of the user's common cache folder, which may well be missing."""

    folder: Path
    asked_for: bool


def store_for(environment: Mapping[str, str], platform: str) -> Store | None:
    """The store that the environment asks for; None when it is turned off or there is no home to keep it in.

    `SVERKA_CACHE=off` turns it off, `SVERKA_CACHE_DIR` names the folder; else it is `sverka` in the user's cache
    folder of the platform (`sys.platform`).
    """
    if environment.get("SVERKA_CACHE", "").strip().lower() == "off":
        return None
    if wanted := environment.get("SVERKA_CACHE_DIR"):
        return Store(Path(wanted), asked_for=True)
    base = _common_folder(environment, platform)
    return None if base is None else Store(base / "sverka", asked_for=False)


def _common_folder(environment: Mapping[str, str], platform: str) -> Path | None:
    if platform == "win32":
        local = environment.get("LOCALAPPDATA", "")
        return Path(local) if os.path.isdir(local) else None
    own = environment.get("XDG_CACHE_HOME", "")
    if platform != "darwin" and os.path.isabs(own):  # a relative one is to be ignored
        return Path(own)
    home = environment.get("HOME", "")
    if not os.path.isabs(home) or not os.path.isdir(home):
        return None
    return Path(home, "Library", "Caches") if platform == "darwin" else Path(home, ".cache")


def load_cached(
    texts: Iterable[PolicyText], schema: bytes, store: Store | None, notice: Callable[[Text], None]
) -> Library:
    """The library of `load`, from the store when it is there, and kept in it when it was not.

    `schema` is the snapshot schema. `notice` is told, at most once, that the cache could not be used. Raises
    `InputError` for a broken policy set, which is never kept.
    """
    ordered = sorted(texts, key=lambda text: (text.place, text.file))
    source = _Source(ordered, read_vocabulary(schema))
    if store is None:
        return source.library()
    tell = _Once(notice)
    key = key_of(ordered, schema)
    try:
        payload = _read(store, key)
        if payload is not None:
            return _decoded(payload, source, tell)
    except CacheError as error:
        tell(error.reason)
    library = source.library()
    try:
        _write(store, key, _encoded(library))
    except CacheError as error:
        tell(error.reason)
    return library


class _Source:
    """The policy files, read in full when that turns out to be needed, and then once."""

    def __init__(self, texts: list[PolicyText], vocabulary: Vocabulary) -> None:
        self.texts = texts
        self.vocabulary = vocabulary
        self._library: Library | None = None

    def library(self) -> Library:
        if self._library is None:
            self._library = load(self.texts, self.vocabulary)
        return self._library


class _Once:
    def __init__(self, notice: Callable[[Text], None]) -> None:
        self.notice = notice
        self.told = False

    def __call__(self, reason: Text) -> None:
        if not self.told:
            self.told = True
            ru = f"кэш политик не использован: {reason.ru}; на результат это не влияет"
            en = f"the policy cache was not used: {reason.en}; results are not affected"
            self.notice(Text(ru, en))


class _LazyExamples(Mapping[str, Examples]):
    """The examples of a cached library: asking for them reads the policy files in full."""

    def __init__(self, source: _Source) -> None:
        self._source = source

    def __getitem__(self, key: str) -> Examples:
        return self._source.library().examples[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._source.library().examples)

    def __len__(self) -> int:
        return len(self._source.library().examples)


def _encoded(library: Library) -> bytes:
    try:
        checked = codec.Checked(library.policies, library.names, library.warnings)
        return codec.encode(checked, library.vocabulary)
    except (ValueError, TypeError, KeyError):  # what the codec does not know is used, and not kept
        raise CacheError(Text("этот набор не записывается", "this set can't be written down")) from None


def _decoded(payload: bytes, source: _Source, tell: _Once) -> Library:
    def afresh() -> PolicySet:
        tell(_DAMAGED)
        return source.library().policies

    try:
        found = codec.decode(payload, source.vocabulary, afresh)
    except (ValueError, TypeError, KeyError, IndexError, StopIteration):
        raise CacheError(_DAMAGED) from None
    return Library(found.policies, _LazyExamples(source), found.names, source.vocabulary, found.warnings)


# --- keys --------------------------------------------------------------------------------------------------------


def key_of(texts: Iterable[PolicyText], schema: bytes) -> str:
    """What an entry depends on, as a digest: the program, the schema, the name, place and bytes of every file."""
    total = hashlib.sha256(_program().encode())
    for data in (schema, *(part for text in texts for part in _parts(text))):
        total.update(b"%d:" % len(data))
        total.update(data)
    return total.hexdigest()


def _parts(text: PolicyText) -> tuple[bytes, bytes, bytes]:
    return text.file.encode("utf-8", "surrogatepass"), text.place.encode("utf-8", "surrogatepass"), text.data


@cache
def _program() -> str:
    """The versions that shape a result, and size and time of the modules: these change where versions do not."""
    modules = [
        f"{entry.name} {found.st_size} {found.st_mtime_ns}"
        for folder in _CODE
        if folder.is_dir()
        for entry in sorted(os.scandir(folder), key=lambda entry: entry.name)
        if entry.name.endswith(".py") and (found := entry.stat())
    ]
    versions = [f"codec {codec.VERSION}", __version__, f"language {LANGUAGE_VERSION}", sys.version]
    return "\n".join([*versions, *modules])


def _head(key: str, payload: bytes) -> bytes:
    return f"sverka policies {key} sha256:{hashlib.sha256(payload).hexdigest()}\n".encode()


# --- files -------------------------------------------------------------------------------------------------------

_DAMAGED = Text("запись повреждена", "the entry is damaged")


def _read(store: Store, key: str) -> bytes | None:
    """What an entry holds, None when there is no such entry. Raises `CacheError`."""
    try:
        _check_folder(store.folder)
        data = _bytes(_file(store, key))
    except FileNotFoundError:
        return None
    except OSError as error:
        if not store.asked_for and not os.path.exists(store.folder):
            return None  # somebody else's home, where nothing can be seen
        raise _unusable(store, error) from None
    head, _, payload = data.partition(b"\n")
    if head + b"\n" != _head(key, payload):
        raise CacheError(_DAMAGED)
    return payload


def _bytes(file: Path) -> bytes:
    number = os.open(file, _READ_FLAGS)
    with open(number, "rb") as stream:
        found = os.fstat(number)
        if not stat.S_ISREG(found.st_mode) or found.st_size > _MOST_BYTES:
            raise CacheError(_DAMAGED)
        _check_owner(found, file)
        return stream.read()


def _write(store: Store, key: str, payload: bytes) -> None:
    """Keep an entry: another process sees all of it or nothing. Raises `CacheError`."""
    try:
        _create_folder(store.folder)
    except OSError as error:
        if store.asked_for:
            raise _unusable(store, error) from None
        return  # a home that can't be written to is no mistake of the user
    try:
        _check_folder(store.folder)
        _replace(_file(store, key), _head(key, payload) + payload)
        _tidy(store.folder)
    except OSError as error:
        raise _unusable(store, error) from None


def _file(store: Store, key: str) -> Path:
    return store.folder / f"{_PREFIX}{key}{_ENDING}"


def _create_folder(folder: Path) -> None:
    """The folder and what is missing above it, for the user alone."""
    missing = [folder, *folder.parents]
    for path in reversed(missing[: next((i for i, path in enumerate(missing) if path.exists()), 0)]):
        with suppress(FileExistsError):
            path.mkdir(0o700)


def _check_folder(folder: Path) -> None:
    """Refuse a folder where somebody else could put entries. Raises FileNotFoundError when there is none."""
    found = folder.stat()
    if not stat.S_ISDIR(found.st_mode):
        name = folder.as_posix()
        raise CacheError(Text(f"{name} — не папка", f"{name} is no folder"))
    _check_owner(found, folder)


def _check_owner(found: os.stat_result, path: Path) -> None:
    user = getattr(os, "geteuid", None)
    if user is None:  # Windows: the user's own folder is closed to others by default
        return
    name = path.as_posix()
    if found.st_uid != user():
        raise CacheError(Text(f"{name} принадлежит другому пользователю", f"{name} belongs to another user"))
    if found.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        raise CacheError(Text(f"в {name} могут писать другие", f"others can write to {name}"))


def _replace(file: Path, data: bytes) -> None:
    temporary = file.with_name(f".{file.name}.{os.getpid()}-{os.urandom(6).hex()}{_TEMPORARY}")
    number = os.open(temporary, _WRITE_FLAGS, 0o600)
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


def _tidy(folder: Path) -> None:
    """Keep the newest entries; drop older ones, and what interrupted processes left behind."""
    entries: list[tuple[int, str]] = []
    temporary: list[tuple[int, str]] = []
    with os.scandir(folder) as listed:
        for entry in listed:
            if not entry.name.lstrip(".").startswith(_PREFIX):
                continue
            with suppress(OSError):  # another process may have dropped it
                changed = entry.stat(follow_symlinks=False).st_mtime_ns
                (temporary if entry.name.endswith(_TEMPORARY) else entries).append((changed, entry.path))
    entries.sort(reverse=True)
    newest = entries[0][0] if entries else 0
    abandoned = [path for changed, path in temporary if newest - changed > _ABANDONED_AFTER * 10**9]
    for path in [path for _, path in entries[KEPT:]] + abandoned:
        with suppress(OSError):
            os.unlink(path)


def _unusable(store: Store, error: OSError) -> CacheError:
    name = store.folder.as_posix()
    why = error.strerror or type(error).__name__
    return CacheError(Text(f"папка {name} недоступна ({why})", f"the folder {name} is not accessible ({why})"))
