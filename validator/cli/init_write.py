"""Files put into a folder of somebody else: only new ones, each whole or not at all, none through a link."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from itertools import count
from pathlib import Path

from validator.logic.text import Text


def obstacle(folder: Path, place: str) -> Text | None:
    """Why no file can be put at `place` (a POSIX path inside `folder`), None when one can, or is there already."""
    target = folder / place
    if target.is_dir():
        return Text(f"на месте файла папка: {place}", f"a folder stands where the file should be: {place}")
    if os.path.lexists(target):
        return _leads_out(folder, place)
    above = folder
    for part in Path(place).parts[:-1]:
        if not os.path.lexists(above / part):
            break
        above = above / part
        if not above.is_dir():
            name = above.relative_to(folder).as_posix()
            return Text(f"на месте папки файл: {name}", f"a file stands where a folder should be: {name}")
    return _leads_out(folder, place) or _read_only(folder, above)


def _leads_out(folder: Path, place: str) -> Text | None:
    """A folder of the path may be a link, but not to somewhere else."""
    inside = (folder / place).parent.resolve()
    if inside.is_relative_to(folder.resolve()):
        return None
    name = Path(place).parent.as_posix()
    return Text(f"ссылка ведёт за пределы папки: {name}", f"a link leads out of the folder: {name}")


def _read_only(folder: Path, existing: Path) -> Text | None:
    if os.access(existing, os.W_OK | os.X_OK, effective_ids=os.access in os.supports_effective_ids):
        return None
    where = existing.relative_to(folder).as_posix() if existing.is_relative_to(folder) else existing.as_posix()
    return Text(f"в папку нельзя писать: {where}", f"the folder is read-only: {where}")


def holds(file: Path, data: bytes) -> bool:
    """Whether a file has this content already; git may have given it other line ends. A link never does."""
    try:
        if not stat.S_ISREG(file.lstat().st_mode) or file.stat().st_size > 2 * len(data):
            return False
        return file.read_bytes().replace(b"\r\n", b"\n") == data
    except OSError:
        return False


def write_new(file: Path, data: bytes) -> bool:
    """Write a file that is not there yet; whether it was written. It is never seen half-written. Raises OSError."""
    file.parent.mkdir(parents=True, exist_ok=True)
    temporary = _written_beside(file, data)
    try:
        return _moved(temporary, file)
    finally:
        with suppress(FileNotFoundError):
            temporary.unlink()


def _written_beside(file: Path, data: bytes) -> Path:
    for number in count():
        temporary = file.with_name(f".sverka-{os.getpid()}-{number}.tmp")
        with suppress(FileExistsError):
            with temporary.open("xb") as stream:
                try:
                    stream.write(data)
                    stream.flush()
                    os.fsync(stream.fileno())
                except BaseException:
                    temporary.unlink()
                    raise
            return temporary
    raise AssertionError


def _moved(temporary: Path, file: Path) -> bool:
    """Give the file its name, unless somebody took the name meanwhile."""
    try:
        if os.name == "nt":
            os.rename(temporary, file)  # refuses to replace a file there
        else:
            os.link(temporary, file)
    except FileExistsError:
        return False
    except OSError:  # a file system without second names
        try:
            file.open("xb").close()
        except FileExistsError:
            return False
        os.replace(temporary, file)
    return True
