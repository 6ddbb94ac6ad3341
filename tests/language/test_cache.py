"""The cache of checked policies: exactly the library that the files give, whatever became of the cache."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from validator.journeys.examples.embedded import run_examples
from validator.language import cache, codec
from validator.language import library as library_module
from validator.language import store as store_module
from validator.language.cache import key_of, load_cached
from validator.language.codec import Checked, encode
from validator.language.library import Library, PolicyText, load, read_folder
from validator.language.store import KEPT, Store, store_for
from validator.language.vocabulary import Vocabulary, read_vocabulary
from validator.logic.problem import InputError, Problem, Span
from validator.logic.text import Text
from validator.resources import policies_folder, schema_bytes

SCHEMA = schema_bytes("snapshot")
POSIX_ONLY = pytest.mark.skipif(not hasattr(os, "geteuid"), reason="Windows has no owners of this kind")

ACT = """
act: test-act
title: {ru: Учебный акт, en: A specimen act}
short: {ru: Учебный акт, en: Specimen act}
number: "1"
date: 2025-01-01
force: federal_law
in_force_from: 2025-01-01
seen: text
checked_on: never
clauses:
  - at: ст. 1
    title: {ru: Подключение, en: Connection}
    coverage: automated
    policies: [T-CONNECT]
"""
NORM = """
norm: T-CONNECT
title: {ru: Организация подключена, en: The organization is connected}
about: organization
modality: obligation
severity: high
cites: [{act: test-act, at: ст. 1}]
in_force: {from: 2025-06-01}
required: {sferum_connected: true}
message: {ru: Не подключена, en: It is not connected}
remedy: {ru: Подключите, en: Connect it}
examples:
  as_of: 2025-10-01
  base: {organization: {kind: school}}
  cases:
    - {name: connected, change: {organization: {sferum_connected: true}}, expect: met}
    - {name: missing, change: {organization: {sferum_connected: false}}, expect: violation}
    - {name: silent, change: {}, expect: unknown}
"""


def policy_texts(folder: str = "p", norm: str = NORM) -> list[PolicyText]:
    return [
        PolicyText(f"{folder}/{place}", place, text.encode())
        for place, text in (("sources/test-act.yaml", ACT), ("norms/T-CONNECT.yaml", norm))
    ]


class Runs:
    """Loads the set again and again with one cache folder, and counts what it costs."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.store = Store(folder, asked_for=True)
        self.notices: list[Text] = []
        self.loads = 0
        self.plain = load(policy_texts(), read_vocabulary(SCHEMA))

        def counted(texts: list[PolicyText], vocabulary: Vocabulary) -> Library:
            self.loads += 1
            return load(texts, vocabulary)

        monkeypatch.setattr(library_module, "load", counted)

    def run(self, texts: list[PolicyText] | None = None) -> Library:
        """One run; the notices and loads of this run alone are kept."""
        self.notices.clear()
        self.loads = 0
        return load_cached(texts or policy_texts(), SCHEMA, self.store, self.notices.append)

    def same_as_without_cache(self, library: Library) -> bool:
        """Also in what equality leaves out: the places."""
        one, other = (
            encode(Checked(found.policies, found.names, found.warnings), found.vocabulary)
            for found in (self.plain, library)
        )
        return one == other and library.policies == self.plain.policies

    def entries(self) -> list[Path]:
        return sorted(self.store.folder.iterdir())

    def entry(self) -> Path:
        (found,) = self.entries()
        return found

    def is_damaged(self) -> None:
        """The next run takes nothing from the cache, says so once, gives the right result and mends the cache."""
        library = self.run()
        assert self.loads == 1
        assert len(self.notices) == 1
        assert self.notices[0].ru.startswith("кэш не использован: ")
        assert self.notices[0].en.startswith("the cache was not used: ")
        assert self.same_as_without_cache(library)


@pytest.fixture
def runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Runs:
    return Runs(tmp_path / "cache", monkeypatch)


# --- a hit -------------------------------------------------------------------------------------------------------


def test_the_second_run_reads_no_policy_file(runs: Runs) -> None:
    first = runs.run()
    assert (runs.loads, runs.notices) == (1, [])
    second = runs.run()
    assert (runs.loads, runs.notices) == (0, [])
    assert runs.same_as_without_cache(first)
    assert runs.same_as_without_cache(second)
    assert second.names == runs.plain.names
    assert (first.cached, second.cached) == (False, True)
    assert runs.loads == 0


def test_the_shipped_set_is_the_same_from_the_cache(runs: Runs) -> None:
    texts = read_folder(policies_folder())
    runs.plain = runs.run(texts)
    found = runs.run(texts)
    assert runs.loads == 0
    assert runs.same_as_without_cache(found)
    assert found.names == runs.plain.names


def test_the_order_in_which_texts_are_given_does_not_matter(runs: Runs) -> None:
    runs.run()
    found = runs.run([*reversed(policy_texts())])
    assert runs.loads == 0
    assert runs.same_as_without_cache(found)


def test_examples_are_read_from_the_files_when_they_are_asked_for(runs: Runs) -> None:
    runs.run()
    library = runs.run()
    assert runs.loads == 0
    assert list(library.examples) == ["T-CONNECT"]
    assert runs.loads == 1
    assert len(library.examples) == 1
    assert library.examples["T-CONNECT"].policy == "T-CONNECT"
    assert [case.problems for case in run_examples(library)] == [(), (), ()]
    assert runs.loads == 1


def test_warnings_are_told_by_every_run(runs: Runs, monkeypatch: pytest.MonkeyPatch) -> None:
    warning = Problem("c", Text("а", "a"), Text("", ""), Span("p/norms/T-CONNECT.yaml", 1, 2, 3, 4), warning=True)

    def warned(texts: list[PolicyText], vocabulary: Vocabulary) -> Library:
        found = load(texts, vocabulary)
        return Library(found.policies, found.examples, found.names, found.vocabulary, (warning,))

    monkeypatch.setattr(library_module, "load", warned)
    assert runs.run().warnings == (warning,)
    assert runs.run().warnings == (warning,)
    assert runs.notices == []


def test_a_broken_set_is_refused_by_every_run_and_never_kept(runs: Runs) -> None:
    broken = policy_texts(norm=NORM.replace("sferum_connected: true}\nm", "sferum_conected: true}\nm"))
    for _ in range(2):
        with pytest.raises(InputError) as refusal:
            runs.run(broken)
        assert [problem.code for problem in refusal.value.problems] == ["unknown-field"]
        assert runs.notices == []
        assert not runs.store.folder.exists()


def test_without_a_store_nothing_is_kept(runs: Runs) -> None:
    for _ in range(2):
        library = load_cached(policy_texts(), SCHEMA, None, runs.notices.append)
        assert runs.same_as_without_cache(library)
    assert (runs.loads, runs.notices) == (2, [])
    assert not runs.store.folder.exists()


# --- the key -----------------------------------------------------------------------------------------------------


def changed_texts() -> dict[str, list[PolicyText]]:
    texts = policy_texts()
    norm = texts[1]
    return {
        "a byte": policy_texts(norm=NORM + "\n"),
        "a file name": policy_texts("q"),
        "a place": [texts[0], norm._replace(place="norms/x/T-CONNECT.yaml")],
        "one more file": [*texts, PolicyText("p/x.yaml", "x.yaml", b"")],
        "one file less": texts[:1],
        "a letter moved from one name to the other": [
            texts[0],
            norm._replace(file=norm.file[:-1], place="l" + norm.place),
        ],
        "a letter moved from a name to the text": [
            texts[0],
            norm._replace(place=norm.place[:-1], data=b"l" + norm.data),
        ],
    }


@pytest.mark.parametrize("what", changed_texts())
def test_the_key_depends_on(what: str) -> None:
    assert key_of(changed_texts()[what], SCHEMA) != key_of(policy_texts(), SCHEMA)


def test_the_key_depends_on_the_schema_and_the_versions(monkeypatch: pytest.MonkeyPatch) -> None:
    keys = {key_of(policy_texts(), SCHEMA), key_of(policy_texts(), SCHEMA + b"\n")}
    for module, name, value in (
        (codec, "VERSION", codec.VERSION + 1),
        (cache, "__version__", "99"),
        (cache, "LANGUAGE_VERSION", 99),
    ):
        cache._program.cache_clear()
        with monkeypatch.context() as patch:
            patch.setattr(module, name, value)
            keys.add(key_of(policy_texts(), SCHEMA))
    cache._program.cache_clear()
    assert len(keys) == 5
    assert key_of(policy_texts(), SCHEMA) in keys


def test_the_key_depends_on_the_program(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A working copy changes its meaning without a new version."""
    module = tmp_path / "conditions.py"
    module.write_text("one")
    monkeypatch.setattr(cache, "_CODE", (tmp_path,))
    keys: set[str] = set()
    for text, time in (("one", 1), ("two", 2), ("three", 2)):
        module.write_text(text)
        os.utime(module, ns=(time, time))
        cache._program.cache_clear()
        keys.add(key_of(policy_texts(), SCHEMA))
    cache._program.cache_clear()
    assert len(keys) == 3


# --- damage: FAULT-F8 --------------------------------------------------------------------------------------------


def test_a_flipped_bit_anywhere_is_noticed(runs: Runs) -> None:
    """FAULT-F8: at each 1/64 of the file, and everywhere in its first line."""
    runs.run()
    sound = runs.entry().read_bytes()
    first_line = range(0, sound.index(b"\n") + 1, 7)
    for place in [*(len(sound) * part // 64 for part in range(64)), sound.index(b"\n"), *first_line]:
        for bit in (0, 5):
            damaged = bytearray(sound)
            damaged[place] ^= 1 << bit
            runs.entry().write_bytes(damaged)
            runs.is_damaged()
            assert runs.entry().read_bytes() == sound


def cut(size: Callable[[int], int]) -> Callable[[bytes], bytes]:
    return lambda sound: sound[: size(len(sound))]


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "empty": cut(lambda _: 0),
    "one byte": cut(lambda _: 1),
    "half": cut(lambda size: size // 2),
    "all but one byte": cut(lambda size: size - 1),
    "first line only": lambda sound: sound.partition(b"\n")[0] + b"\n",
    "first line without its end": lambda sound: sound.partition(b"\n")[0],
    "a byte too many": lambda sound: sound + b"\n",
    "twice": lambda sound: sound + sound,
    "zeros": lambda sound: bytes(len(sound)),
    "another kind of file": lambda _: b"\x80\x04\x95cos\nsystem\n",
    "another version": lambda sound: sound.replace(b"sverka policies ", b"sverka policies/2 ", 1),
    "windows line ends": lambda sound: sound.replace(b"\n", b"\r\n"),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_entry_is_not_used(damage: str, runs: Runs) -> None:
    """FAULT-F8"""
    runs.run()
    sound = runs.entry().read_bytes()
    runs.entry().write_bytes(DAMAGES[damage](sound))
    runs.is_damaged()
    assert runs.entry().read_bytes() == sound


def test_an_entry_of_another_set_under_this_name_is_not_used(runs: Runs) -> None:
    runs.run(policy_texts(norm=NORM.replace("severity: high", "severity: low")))
    other = runs.entry()
    sound = runs.store.folder / f"policies-{key_of(sorted(policy_texts(), key=lambda t: t.place), SCHEMA)}.cache"
    other.rename(sound)
    runs.is_damaged()
    assert runs.run().policies.norms["T-CONNECT"].severity.value == "high"


@pytest.mark.parametrize("index", [b"", b"[]", b"{}", b'{"digest": "x", "files": []}', b"\xff", b"[" * 9])
def test_an_entry_with_a_right_checksum_and_a_wrong_index_is_not_used(index: bytes, runs: Runs) -> None:
    runs.run()
    seal(runs.entry(), lambda payload: b"\n".join([index, *payload.split(b"\n")[1:]]))
    runs.is_damaged()


def test_an_entry_with_too_few_items_is_not_used(runs: Runs) -> None:
    runs.run()
    seal(runs.entry(), lambda payload: payload.rpartition(b"\n")[0])
    runs.is_damaged()


def test_an_item_that_cannot_be_decoded_is_read_from_the_files(runs: Runs) -> None:
    runs.run()
    seal(runs.entry(), lambda payload: payload.replace(b'["norm",', b'["form",'))
    library = runs.run()
    assert (runs.loads, runs.notices) == (0, [])
    assert runs.same_as_without_cache(library)
    assert runs.loads == 1
    assert len(runs.notices) == 1


def seal(entry: Path, change: Callable[[bytes], bytes]) -> None:
    """Change what an entry holds, its checksum being right."""
    head, _, payload = entry.read_bytes().partition(b"\n")
    payload = change(payload)
    digest = hashlib.blake2b(payload, digest_size=32).hexdigest().encode()
    entry.write_bytes(head.rpartition(b":")[0] + b":" + digest + b"\n" + payload)


def test_a_folder_in_the_place_of_an_entry_does_no_harm(runs: Runs) -> None:
    """FAULT-F8"""
    runs.run()
    entry = runs.entry()
    entry.unlink()
    entry.mkdir()
    for _ in range(2):
        runs.is_damaged()
    assert runs.entries() == [entry]


@POSIX_ONLY
def test_an_entry_that_is_a_link_or_a_pipe_is_not_opened(runs: Runs) -> None:
    runs.run()
    entry = runs.entry()
    aside = runs.store.folder.with_name("aside")
    entry.rename(aside)
    entry.symlink_to(aside)
    runs.is_damaged()
    assert not entry.is_symlink()
    entry.unlink()
    os.mkfifo(entry)
    runs.is_damaged()
    assert entry.is_file()


# --- other users: T23 --------------------------------------------------------------------------------------------


@POSIX_ONLY
def test_only_the_user_can_look_into_the_cache(runs: Runs) -> None:
    before = os.umask(0)
    try:
        runs.run()
    finally:
        os.umask(before)
    assert stat.S_IMODE(runs.store.folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(runs.entry().stat().st_mode) == 0o600


@POSIX_ONLY
@pytest.mark.parametrize("mode", [0o770, 0o707, 0o777, 0o1777])
def test_a_folder_that_others_can_write_to_is_refused(mode: int, runs: Runs) -> None:
    runs.run()
    entry = runs.entry()
    runs.store.folder.chmod(mode)
    entry.write_bytes(b"poison")
    runs.is_damaged()
    assert runs.store.folder.as_posix() in runs.notices[0].en
    assert entry.read_bytes() == b"poison"


@POSIX_ONLY
def test_an_entry_that_others_can_write_to_is_not_used_and_replaced(runs: Runs) -> None:
    runs.run()
    runs.entry().chmod(0o666)
    runs.is_damaged()
    assert stat.S_IMODE(runs.entry().stat().st_mode) == 0o600


@POSIX_ONLY
@pytest.mark.parametrize("mode", [0o644, 0o640, 0o700 | 0o001])
def test_an_entry_that_came_from_a_checkout_is_not_used_and_replaced(mode: int, runs: Runs) -> None:
    """We write for the user alone; git and archives do not."""
    runs.run()
    runs.entry().chmod(mode)
    runs.is_damaged()
    assert "открыт другим пользователям" in runs.notices[0].ru
    assert stat.S_IMODE(runs.entry().stat().st_mode) == 0o600


@POSIX_ONLY
def test_a_folder_of_another_user_is_refused(runs: Runs, monkeypatch: pytest.MonkeyPatch) -> None:
    """FAULT-F8: wrong owner."""
    runs.run()
    before = runs.entry().stat()
    monkeypatch.setattr(os, "geteuid", lambda: before.st_uid + 1)
    runs.is_damaged()
    assert "принадлежит другому пользователю" in runs.notices[0].ru
    assert runs.entry().stat() == before


@POSIX_ONLY
def test_an_entry_of_another_user_is_not_used(runs: Runs, monkeypatch: pytest.MonkeyPatch) -> None:
    runs.run()
    ours = os.fstat

    def foreign(number: int) -> os.stat_result:
        found = ours(number)
        return os.stat_result((*found[:4], found.st_uid + 1, *found[5:10]))

    monkeypatch.setattr(os, "fstat", foreign)
    runs.is_damaged()


# --- folders that can't be used: FAULT-F7 ------------------------------------------------------------------------


def refuse_to_open_for_writing(monkeypatch: pytest.MonkeyPatch, code: int) -> None:
    """Root may write anywhere, so the refusal is played."""
    opened = os.open

    def refusing(path: Any, flags: int, mode: int = 0o777, **rest: Any) -> int:
        if flags & os.O_CREAT:
            raise OSError(code, os.strerror(code), str(path))
        return opened(path, flags, mode, **rest)

    monkeypatch.setattr(os, "open", refusing)


@pytest.mark.parametrize("code", [errno.EROFS, errno.EACCES, errno.ENOSPC, errno.EDQUOT, errno.EMFILE])
def test_a_folder_that_cannot_be_written_to_is_told_once(
    code: int, runs: Runs, monkeypatch: pytest.MonkeyPatch
) -> None:
    """FAULT-F7"""
    runs.run()
    refuse_to_open_for_writing(monkeypatch, code)
    runs.entry().write_bytes(b"")
    for _ in range(2):
        runs.is_damaged()
    runs.entry().unlink()
    for _ in range(2):
        runs.is_damaged()
        assert os.strerror(code) in runs.notices[0].ru


def test_an_entry_in_a_read_only_folder_is_used(runs: Runs, monkeypatch: pytest.MonkeyPatch) -> None:
    runs.run()
    refuse_to_open_for_writing(monkeypatch, errno.EROFS)
    assert runs.same_as_without_cache(runs.run())
    assert (runs.loads, runs.notices) == (0, [])


@pytest.mark.parametrize("call", ["write", "fsync", "replace"])
def test_a_write_that_fails_leaves_nothing_behind(call: str, runs: Runs, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "no space")

    if call == "write":
        disk_full = [os.fdopen]

        class Full:
            def __init__(self, number: int, *_: object) -> None:
                self.stream = disk_full[0](number, "wb")

            def __enter__(self) -> Full:
                return self

            def __exit__(self, *_: object) -> None:
                self.stream.close()

            write = failing

        monkeypatch.setattr(store_module, "open", Full, raising=False)
    else:
        monkeypatch.setattr(os, call, failing)
    assert runs.same_as_without_cache(runs.run())
    assert len(runs.notices) == 1
    assert runs.entries() == []


@POSIX_ONLY
@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_without_the_right_to_write(runs: Runs) -> None:
    runs.store.folder.mkdir()
    runs.store.folder.chmod(0o500)
    runs.is_damaged()
    runs.store.folder.chmod(0o700)


def test_a_file_in_the_place_of_the_folder(runs: Runs) -> None:
    runs.store.folder.write_text("")
    runs.is_damaged()
    runs.store = Store(runs.store.folder / "below", asked_for=True)
    runs.is_damaged()


def test_a_home_where_no_folder_can_be_made_is_no_mistake(runs: Runs, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path, mode: int = 0o777, **_: Any) -> None:  # noqa: ARG001 - the signature of mkdir
        raise PermissionError(errno.EACCES, "denied", str(self))

    monkeypatch.setattr(Path, "mkdir", refuse)
    runs.store = runs.store._replace(asked_for=False)
    assert runs.same_as_without_cache(runs.run())
    assert runs.notices == []
    runs.store = runs.store._replace(asked_for=True)
    runs.is_damaged()


# --- where it is -------------------------------------------------------------------------------------------------


def test_where_the_cache_is(tmp_path: Path) -> None:
    home = {"HOME": tmp_path.as_posix()}
    gone = {"HOME": (tmp_path / "gone").as_posix()}

    def folder(environment: dict[str, str], platform: str = "linux") -> Path | None:
        found = store_for(environment, platform)
        return found and found.folder

    assert folder(home) == tmp_path / ".cache" / "sverka"
    assert folder(home, "darwin") == tmp_path / "Library" / "Caches" / "sverka"
    assert folder({"LOCALAPPDATA": tmp_path.as_posix()}, "win32") == tmp_path / "sverka"
    assert folder({**home, "XDG_CACHE_HOME": (tmp_path / "x").as_posix()}) == tmp_path / "x" / "sverka"
    assert folder({**home, "XDG_CACHE_HOME": "relative"}) == tmp_path / ".cache" / "sverka"
    assert folder({**home, "SVERKA_CACHE_DIR": "mine"}) == Path("mine")
    assert folder({"SVERKA_CACHE_DIR": "mine"}, "win32") == Path("mine")
    assert folder({**home, "SVERKA_CACHE_DIR": ""}) == tmp_path / ".cache" / "sverka"
    assert folder({**home, "SVERKA_CACHE": "off", "SVERKA_CACHE_DIR": "mine"}) is None
    for nowhere in ({}, gone, {"HOME": ""}, {"HOME": "relative"}):
        for platform in ("linux", "darwin", "win32"):
            assert folder(nowhere, platform) is None


def test_only_a_folder_that_was_named_is_asked_for(tmp_path: Path) -> None:
    common = store_for({"HOME": tmp_path.as_posix()}, "linux")
    named = store_for({"SVERKA_CACHE_DIR": "mine"}, "linux")
    assert common
    assert named
    assert (common.asked_for, named.asked_for) == (False, True)


def test_folders_above_are_made_too(runs: Runs) -> None:
    runs.store = Store(runs.store.folder / "a" / "b", asked_for=True)
    runs.run()
    runs.run()
    assert (runs.loads, runs.notices) == (0, [])


# --- old entries -------------------------------------------------------------------------------------------------


def test_only_the_newest_entries_are_kept(runs: Runs) -> None:
    made: list[str] = []
    for number in range(KEPT + 3):
        runs.run(policy_texts(f"p{number}"))
        (new,) = {entry.name for entry in runs.entries()} - set(made)
        made.append(new)
        os.utime(runs.store.folder / new, ns=(number, number))
    runs.run(policy_texts("last"))
    kept = {entry.name for entry in runs.entries()}
    assert len(kept) == KEPT
    assert kept >= set(made[-(KEPT - 1) :])
    assert runs.notices == []


def test_what_an_interrupted_run_left_is_dropped_and_other_files_are_not(runs: Runs) -> None:
    runs.run()
    folder = runs.store.folder
    new, old, other = folder / ".policies-a.1.new", folder / ".policies-b.2.new", folder / "notes.txt"
    for path in (new, old, other):
        path.write_text("x")
    os.utime(old, (0, 0))
    os.utime(other, (0, 0))
    runs.run(policy_texts("q"))
    assert (new.exists(), old.exists(), other.exists()) == (True, False, True)


# --- several processes: FAULT-F11, FAULT-F15 ---------------------------------------------------------------------

WORKER = """
import hashlib, sys
from pathlib import Path
from validator.language.cache import load_cached
from validator.language.codec import Checked, encode
from validator.language.library import read_folder
from validator.language.store import Store
from validator.resources import schema_bytes

policies, store = Path(sys.argv[1]), Store(Path(sys.argv[2]), True)
for _ in range(int(sys.argv[3])):
    found = load_cached(read_folder(policies), schema_bytes("snapshot"), store, lambda text: print(text.en))
    text = encode(Checked(found.policies, found.names, found.warnings), found.vocabulary)
    print(hashlib.sha256(text).hexdigest())
    if len(sys.argv) > 4:
        for entry in store.folder.glob("policies-*"):
            entry.unlink(missing_ok=True)
"""


def worker(policies: Path, store: Path, *arguments: str, seed: str = "0") -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", WORKER, str(policies), str(store), *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "PYTHONHASHSEED": seed},
    )


@pytest.fixture
def small_folder(tmp_path: Path) -> Path:
    for text in policy_texts((tmp_path / "p").as_posix()):
        Path(text.file).parent.mkdir(parents=True, exist_ok=True)
        Path(text.file).write_bytes(text.data)
    return tmp_path / "p"


@POSIX_ONLY
def test_processes_do_not_disturb_one_another(small_folder: Path, tmp_path: Path) -> None:
    """FAULT-F11: eight at once, which also drop one another's entries."""
    processes = [worker(small_folder, tmp_path / "cache", "20", *["drop"] * (n % 2)) for n in range(8)]
    printed = [process.communicate(timeout=120)[0].split("\n")[:-1] for process in processes]
    assert [process.returncode for process in processes] == [0] * 8
    assert {len(lines) for lines in printed} == {20}
    assert len({line for lines in printed for line in lines}) == 1
    assert not list((tmp_path / "cache").glob("*.new"))


def test_an_entry_has_the_same_bytes_in_every_run(tmp_path: Path) -> None:
    """FAULT-F15"""
    written: set[bytes] = set()
    for seed in ("0", "1", "77"):
        process = worker(policies_folder(), tmp_path / seed, "1", seed=seed)
        printed, _ = process.communicate(timeout=120)
        assert process.returncode == 0, printed
        (entry,) = (tmp_path / seed).iterdir()
        written.add(entry.read_bytes())
    assert len(written) == 1
