"""Where the snapshots of an import go: a folder, NDJSON, or standard output; written whole or not at all."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from validator.cli.context import notice, shown, tell, usage_error
from validator.cli.outputs import create_beside, naming
from validator.logic.text import Text, plural_ru

if TYPE_CHECKING:
    from collections.abc import Iterable

    from validator.snapshots.tables.join import Made

STANDARD_OUTPUT = "-"
_OURS = re.compile(r"([0-9]{10}|[0-9]{12})\.yaml")


def check_target(value: str | None, inputs: tuple[str, ...], *, force: bool) -> str:
    """The target. Leaves with 2 when it is not named, can't be written to, or holds what must not be lost."""
    if value is None:
        usage_error(
            "не сказано, куда записать снимки",
            "nothing says where the snapshots go",
            Text("`-o папка`, `-o файл.ndjson` или `-o -`", "`-o folder`, `-o file.ndjson` or `-o -`"),
        )
    if value == STANDARD_OUTPUT:
        return value
    target = Path(value)
    if not target.absolute().parent.is_dir():
        usage_error(f"нет папки: {shown(target.parent)}", f"there is no folder: {shown(target.parent)}")
    if is_lines(value):
        if target.is_dir():
            usage_error(
                f"на месте файла папка: {shown(target)}", f"a folder stands where the file goes: {shown(target)}"
            )
        if target.exists() and any(Path(path).is_file() and target.samefile(path) for path in inputs):
            usage_error(
                f"файл затёр бы таблицу: {shown(target)}", f"the file would overwrite a table: {shown(target)}"
            )
    elif os.path.lexists(target):
        _check_folder(target, force=force)
    return value


def is_lines(value: str) -> bool:
    """Whether the target is a file of one snapshot per line."""
    return value.lower().endswith((".ndjson", ".jsonl"))


def _check_folder(target: Path, *, force: bool) -> None:
    name = shown(target)
    if target.is_symlink() or not target.is_dir():
        usage_error(
            f"на месте папки снимков стоит другое: {name}",
            f"something else stands where the folder of snapshots goes: {name}",
            Text("для одного файла дайте имя на .ndjson", "for a single file give a name that ends in .ndjson"),
        )
    inside = list(target.iterdir())
    others = [entry.name for entry in inside if not _OURS.fullmatch(entry.name) or not entry.is_file()]
    if others:
        usage_error(
            f"в папке есть не только снимки: {shown(target / min(others))}",
            f"the folder holds other things than snapshots: {shown(target / min(others))}",
            Text("укажите новую папку", "name a new folder"),
        )
    if inside and not force:
        usage_error(
            f"в папке уже есть снимки: {name}",
            f"the folder holds snapshots already: {name}",
            Text("укажите новую папку или замените их: `--force`", "name a new folder, or replace them: `--force`"),
        )


def write_all(target: str, made: Iterable[Made]) -> int:
    """Write the snapshots; how many. Nothing is written where there are none. Raises `OSError`."""
    if target == STANDARD_OUTPUT:
        return _to_standard_output(made)
    file = Path(target)
    with naming(file):
        number = _lines(file, made) if is_lines(target) else _folder(file, made)
    what = plural_ru(number, "снимок", "снимка", "снимков")
    if number:
        notice(
            Text(
                f"записано: {shown(file)}: {number} {what}",
                f"written: {shown(file)}: {number} {'snapshot' if number == 1 else 'snapshots'}",
            )
        )
    else:
        older = file.exists()
        notice(
            Text(
                f"не записано ни одного снимка: {shown(file)}" + "; прежнее осталось" * older,
                f"no snapshot was written: {shown(file)}" + "; what was there stays" * older,
            )
        )
    return number


def _to_standard_output(made: Iterable[Made]) -> int:
    number = 0
    for found in made:
        if sys.stdout is not None:
            sys.stdout.write(found.data.decode() + "\n")
        number += 1
    return number


def _lines(file: Path, made: Iterable[Made]) -> int:
    handle, temporary = create_beside(file)
    try:
        number = 0
        with os.fdopen(handle, "wb") as stream:
            for found in made:
                stream.write(found.data + b"\n")
                number += 1
            stream.flush()
            os.fsync(stream.fileno())
        if number:
            os.replace(temporary, file)
        return number
    finally:
        temporary.unlink(missing_ok=True)


def _folder(folder: Path, made: Iterable[Made]) -> int:
    """A file for each organization, named by its INN, whose digits were checked; first all beside, then moved."""
    from validator.snapshots.tables.yaml_text import yaml_text  # noqa: PLC0415

    with _new_folder_beside(folder) as temporary:
        number = 0
        for found in made:
            (temporary / f"{found.inn}.yaml").write_text(yaml_text(found.data), encoding="utf-8", newline="\n")
            number += 1
        if number:
            _put(temporary, folder)
        return number


@contextmanager
def _new_folder_beside(folder: Path) -> Iterator[Path]:
    """A new folder of our own, gone at the end unless it was moved."""
    for number in count():
        temporary = folder.absolute().with_name(f".sverka-{os.getpid()}-{number}.tmp")
        with suppress(FileExistsError):
            temporary.mkdir()
            break
    try:
        yield temporary
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def _put(made: Path, folder: Path) -> None:
    """Give the folder its name. An older one is moved away first and removed last."""
    if not folder.exists():
        os.rename(made, folder)
        return
    with _new_folder_beside(folder) as away:
        os.rename(folder, away / "older")
        try:
            os.rename(made, folder)
        except OSError:
            os.rename(away / "older", folder)
            raise


def ending(code: int) -> str:
    """What an exit code of an import means."""
    return tell(_ENDINGS[code])


_ENDINGS = {
    0: Text("все строки прочитаны", "all rows were read"),
    3: Text("не все строки и таблицы прочитаны", "some rows or tables were left out"),
}
