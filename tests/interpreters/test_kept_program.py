"""The kept program: code that is run, so only what is surely the right code of this policy set is taken."""

from __future__ import annotations

import marshal
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from validator.interpreters.compile import kept
from validator.interpreters.compile.kept import KIND, KeptProgram, key_of
from validator.interpreters.compile.parts import Written
from validator.interpreters.compile.program import Program
from validator.language.library import Library, load, read_folder
from validator.language.store import Shelf, Store
from validator.language.vocabulary import read_vocabulary
from validator.logic.frozen import replace
from validator.logic.policy import PolicySet
from validator.logic.text import Text
from validator.resources import policies_folder, schema_bytes

SCHEMA = schema_bytes("snapshot")
POSIX_ONLY = pytest.mark.skipif(not hasattr(os, "geteuid"), reason="Windows has no owners of this kind")
PLANTED = compile("raise AssertionError('planted code was run')", "<planted>", "exec")


@pytest.fixture(scope="module")
def library() -> Library:
    return load(read_folder(policies_folder()), read_vocabulary(SCHEMA))


@pytest.fixture(scope="module")
def code(library: Library) -> Written:
    return Program(library.policies, library.vocabulary).written


class Place:
    """The place of the shipped set's program in a store of its own."""

    def __init__(self, folder: Path, policies: PolicySet) -> None:
        self.store = Store(folder, asked_for=True)
        self.policies = policies
        self.notices: list[Text] = []

    def run(self, policies: PolicySet | None = None) -> KeptProgram:
        """What another run makes of the store."""
        self.notices.clear()
        return KeptProgram(self.store, policies or self.policies, SCHEMA, self.notices.append)

    @property
    def entry(self) -> Path:
        return Shelf(self.store, KIND).file(key_of(self.policies, SCHEMA))

    def plant(self, payload: bytes) -> None:
        """Put this into the entry, its key and checksum being right."""
        Shelf(self.store, KIND).write(key_of(self.policies, SCHEMA), payload)

    def is_refused(self) -> None:
        """The next run takes nothing, says so once, and mends the entry."""
        found = self.run()
        assert found.read() is None
        assert found.read() is None
        assert [notice.en.partition(":")[0] for notice in self.notices] == ["the cache was not used"]
        assert self.notices[0].ru.endswith("; на результат это не влияет")


@pytest.fixture
def place(tmp_path: Path, library: Library, code: Written) -> Place:
    found = Place(tmp_path / "cache", library.policies)
    found.run().write(code)
    assert found.notices == []
    return found


@pytest.fixture
def _fresh_versions() -> Iterator[None]:
    kept._versions.cache_clear()
    yield
    kept._versions.cache_clear()


def test_what_was_kept_is_the_same_code(place: Place, code: Written) -> None:
    assert place.run().read() == code
    assert place.notices == []


def test_a_program_with_kept_code_writes_none(
    place: Place, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = place.run().read()
    assert code
    monkeypatch.setattr("validator.interpreters.compile.policies.source_of", None)
    program = Program(library.policies, library.vocabulary, code)
    assert program.written is code
    assert program.functions.keys() == program.parts.keys()


def test_an_empty_store_is_no_reason_for_a_notice(tmp_path: Path, library: Library) -> None:
    place = Place(tmp_path / "none", library.policies)
    assert place.run().read() is None
    assert place.notices == []
    assert not place.store.folder.exists()


# --- the key -----------------------------------------------------------------------------------------------------


def test_code_of_other_policies_or_of_another_schema_is_not_found(place: Place) -> None:
    other = replace(place.policies, digest=place.policies.digest[:-1])
    assert place.run(other).read() is None
    assert KeptProgram(place.store, place.policies, SCHEMA + b"\n", place.notices.append).read() is None
    assert place.notices == []


@pytest.mark.usefixtures("_fresh_versions")
@pytest.mark.parametrize(
    ("owner", "name", "value"),
    [
        (kept, "__version__", "99"),
        (kept, "LANGUAGE_VERSION", 99),
        (kept, "MAGIC_NUMBER", b"\x00\x00\r\n"),
        (sys, "version", "3.99.0 (main)"),
        (sys.implementation, "name", "another"),
        (kept, "_CODE", ()),
    ],
)
def test_code_of_another_version_is_not_found(
    place: Place, owner: object, name: str, value: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept._versions.cache_clear()
    with monkeypatch.context() as patch:
        patch.setattr(owner, name, value)
        assert place.run().read() is None
    kept._versions.cache_clear()
    assert place.run().read() is not None
    assert place.notices == []


@pytest.mark.usefixtures("_fresh_versions")
def test_every_module_that_shapes_a_program_is_in_the_key() -> None:
    """Also those that read policies: the same files read in another way are other policies."""
    package = Path(kept.__file__).parents[2]
    for place in (
        "interpreters/compile/conditions.py",
        "interpreters/compile/program.py",
        "interpreters/readings.py",
        "language/conditions.py",
        "logic/expr.py",
        "logic/lean.py",
    ):
        module = package / place
        found = module.stat()
        assert f"{module.name} {found.st_size} {found.st_mtime_ns}" in kept._versions().splitlines()


# --- damage: FAULT-F8 --------------------------------------------------------------------------------------------


def test_a_flipped_bit_anywhere_is_noticed(place: Place, code: Written) -> None:
    """FAULT-F8: at each 1/64 of the file, and everywhere in its first line."""
    sound = place.entry.read_bytes()
    first_line = range(0, sound.index(b"\n") + 1, 7)
    for spot in [*(len(sound) * part // 64 for part in range(64)), sound.index(b"\n"), *first_line]:
        for bit in (0, 5):
            damaged = bytearray(sound)
            damaged[spot] ^= 1 << bit
            place.entry.write_bytes(damaged)
            place.is_refused()
    place.run().write(code)
    assert place.run().read() == code


@pytest.mark.parametrize("size", [0, 1, 40, 200, 1000, -1])
def test_a_truncated_entry_is_not_used(place: Place, size: int) -> None:
    """FAULT-F8"""
    place.entry.write_bytes(place.entry.read_bytes()[:size])
    place.is_refused()


NO_CODE = [marshal.dumps(None), marshal.dumps([1]), marshal.dumps("x = 1"), marshal.dumps(b"c")]
NO_CODE += [marshal.dumps(found) for found in (PLANTED, (PLANTED,), ((), ()), (PLANTED, None), (PLANTED, (), ()))]
# The first are of those that end in EOFError, ValueError and TypeError.
NO_MARSHAL = [b"code", b"\x80\x04N.", b"[\x01\x00\x00\x000", b"", b"\x00", b"c"]


@pytest.mark.parametrize("payload", [*NO_CODE, *NO_MARSHAL])
def test_an_entry_that_is_no_code_is_not_used(place: Place, payload: bytes) -> None:
    place.plant(payload)
    place.is_refused()


def test_code_cut_short_under_a_right_checksum_is_not_used(place: Place, code: Written) -> None:
    whole = marshal.dumps(tuple(code))
    for part in range(64):
        place.plant(whole[: len(whole) * part // 64])
        place.is_refused()


def test_nothing_is_unmarshalled_before_its_checksum_is_right(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To read damaged marshalled data may end the interpreter."""
    sound = place.entry.read_bytes()
    place.entry.write_bytes(sound[:-1] + bytes([sound[-1] ^ 1]))
    monkeypatch.setattr(marshal, "loads", lambda _: pytest.fail("damaged data was unmarshalled"))
    place.is_refused()


# --- planted code: T23 -------------------------------------------------------------------------------------------


def test_planted_code_with_a_right_checksum_and_a_wrong_key_is_not_used(place: Place) -> None:
    shelf, other = Shelf(place.store, KIND), key_of(replace(place.policies, digest="other"), SCHEMA)
    shelf.write(other, marshal.dumps(PLANTED))
    shelf.file(other).replace(place.entry)
    place.is_refused()


def test_planted_code_of_another_kind_of_entry_is_not_used(place: Place) -> None:
    shelf = Shelf(place.store, "policies")
    shelf.write(key_of(place.policies, SCHEMA), marshal.dumps(PLANTED))
    shelf.file(key_of(place.policies, SCHEMA)).replace(place.entry)
    place.is_refused()


@POSIX_ONLY
@pytest.mark.parametrize("mode", [0o666, 0o660, 0o602, 0o644, 0o700 | 0o055])
def test_code_that_is_not_for_the_user_alone_is_not_used(place: Place, mode: int) -> None:
    place.entry.chmod(mode)
    place.is_refused()


@POSIX_ONLY
@pytest.mark.parametrize("mode", [0o770, 0o707, 0o1777])
def test_code_in_a_folder_that_others_can_write_to_is_not_used(place: Place, mode: int, code: Written) -> None:
    place.store.folder.chmod(mode)
    before = place.entry.stat()
    place.is_refused()
    place.run().write(code)
    assert place.store.folder.as_posix() in place.notices[0].ru
    assert place.entry.stat() == before


@POSIX_ONLY
def test_code_of_another_user_is_not_used(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """FAULT-F8: wrong owner."""
    owner = place.entry.stat().st_uid
    monkeypatch.setattr(os, "geteuid", lambda: owner + 1)
    place.is_refused()


@POSIX_ONLY
def test_code_behind_a_link_is_not_used(place: Place) -> None:
    aside = place.store.folder.with_name("aside")
    place.entry.rename(aside)
    place.entry.symlink_to(aside)
    place.is_refused()


def test_code_that_can_not_be_kept_is_told_once(tmp_path: Path, library: Library, code: Written) -> None:
    """FAULT-F7"""
    (tmp_path / "file").write_text("")
    place = Place(tmp_path / "file" / "cache", library.policies)
    found = place.run()
    assert found.read() is None
    found.write(code)
    found.write(code)
    assert len(place.notices) == 1
