"""The shelves of the cache folder: kinds that do not meet, bounded sizes, keys that no other parts have.

Damage, other users and lack of space are tested through the cache of policies, in `test_cache.py`.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from validator.language.store import CacheError, Shelf, Store, code_of, key_of_parts


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "cache", asked_for=True)


@pytest.mark.parametrize("payload", [b"", b"\n", b"\x00\xff\r\n" * 9])
def test_what_was_written_is_read(store: Store, payload: bytes) -> None:
    shelf = Shelf(store, "words")
    assert shelf.read("k") is None
    shelf.write("k", payload)
    assert shelf.read("k") == payload
    assert shelf.read("l") is None


def test_an_entry_of_another_kind_is_not_used(store: Store) -> None:
    one, other = Shelf(store, "words"), Shelf(store, "terms")
    one.write("k", b"x")
    assert other.read("k") is None
    one.file("k").rename(other.file("k"))
    with pytest.raises(CacheError):
        other.read("k")


def test_an_entry_under_another_key_is_not_used(store: Store) -> None:
    shelf = Shelf(store, "words")
    shelf.write("k", b"x")
    shelf.file("k").rename(shelf.file("l"))
    with pytest.raises(CacheError):
        shelf.read("l")


def test_each_kind_keeps_its_own_newest_entries(store: Store) -> None:
    few, many = Shelf(store, "few", kept=2), Shelf(store, "many", kept=4)
    for number in range(6):
        for shelf in (few, many):
            shelf.write(f"k{number}", b"x")
            os.utime(shelf.file(f"k{number}"), ns=(number, number))
    for shelf in (few, many):
        found = [number for number in range(6) if shelf.read(f"k{number}") is not None]
        assert found == [*range(6)][-shelf.kept :]


def test_an_entry_that_is_too_large_is_neither_kept_nor_read(store: Store) -> None:
    roomy, tight = Shelf(store, "words"), Shelf(store, "words", most_bytes=1000)
    tight.write("k", bytes(1000))
    assert tight.read("k") == bytes(1000)
    with pytest.raises(CacheError) as refusal:
        tight.write("l", bytes(1001))
    assert refusal.value.reason.en == "the entry is too large"
    assert roomy.read("l") is None
    roomy.write("l", bytes(2000))
    with pytest.raises(CacheError):
        tight.read("l")


def test_a_digest_tells_how_bytes_are_parted() -> None:
    parted = [(b"ab",), (b"a", b"b"), (b"b", b"a"), (b"", b"ab"), (b"a", b"b", b""), (b"1:a1:b",), ()]
    assert len({key_of_parts(parts) for parts in parted}) == len(parted)


def test_code_is_the_modules_of_the_folders_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("x")
    assert code_of([tmp_path, tmp_path / "missing"]) == ""
    module = tmp_path / "a.py"
    found = set()
    for text, time in (("one", 1), ("three", 1), ("three", 2)):
        module.write_text(text)
        os.utime(module, ns=(time, time))
        found.add(code_of([tmp_path]))
    assert len(found) == 3
