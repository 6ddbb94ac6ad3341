"""Names of files say the same as `pathlib` does."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validator.language.file_names import ending_of, is_folder, is_there, last_part, path_of, posix_name
from validator.snapshots.stream import find, find_names

NAMES = st.lists(st.sampled_from(["/", "//", ".", "..", "a", "b.json", ".c", "d.", "\\", "C:", "é"])).map("".join)


@given(NAMES)
def test_a_name_is_spelled_as_a_path_is(name: str) -> None:
    assert posix_name(name) == posix_name(Path(name)) == Path(name).as_posix()
    assert path_of(name) == Path(name)


@given(NAMES)
def test_the_last_part_and_its_ending_are_those_of_a_path(name: str) -> None:
    path = Path(name.replace("\\", "").replace("C:", ""))
    assert last_part(path.as_posix()) in (path.name, ".")
    assert ending_of(path.name) == path.suffix.removesuffix(".") or path.suffix == "."


def test_what_is_there_is_looked_at_as_by_a_path(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    (tmp_path / "folder").mkdir()
    for name in ("file", "folder", "missing", "file/below", "a\0b", ""):
        path = tmp_path / name
        assert is_folder(path) == is_folder(str(path)) == path.is_dir()
        assert is_there(path) == is_there(str(path)) == path.exists()
    assert is_folder("")
    long = tmp_path / ("a" * 999)
    assert _answer(lambda: is_folder(str(long))) == _answer(long.is_dir)


def _answer(look: Callable[[], bool]) -> bool | int | None:
    try:
        return look()
    except OSError as error:
        return error.errno


def test_files_are_found_by_name_as_by_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("b.json", "a.yaml", "c/d.json", "c/e.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"{}")
    monkeypatch.chdir(tmp_path)
    for paths in (["."], [""], ["b.json", "./b.json", str(tmp_path / "b.json")], ["c//", "c/./d.json"]):
        names, found = find_names(paths), find(map(Path, paths))
        assert [[*map(Path, part)] for part in names] == [*found]
        assert names.files == [file.as_posix() for file in found.files]
        assert names.files
    assert find_names([""]).files == ["a.yaml", "b.json", "c/d.json"]
    with pytest.raises(FileNotFoundError):
        find_names(["missing.json"])
