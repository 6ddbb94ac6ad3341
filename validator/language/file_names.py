"""Names of files without `pathlib`, whose import takes a quarter of a bare start of Python.

What a check of one file meets is spelled plainly and is there; anything else is left to `pathlib`.
"""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from pathlib import Path

AnyPath: TypeAlias = "str | os.PathLike[str]"


def path_of(name: AnyPath) -> Path:
    """The path of that name, for those who need more than its name."""
    from pathlib import Path  # noqa: PLC0415

    return Path(name)


def posix_name(path: AnyPath) -> str:
    """`Path(path).as_posix()`: slashes between the parts, none of them empty or `.`."""
    name = os.fspath(path)
    plain = name if os.sep == "/" else name.replace(os.sep, "/")
    ended = plain + "/"
    drive = os.sep != "/" and ":" in plain.removeprefix(plain[:1] + ":/")
    if plain and not drive and "//" not in ended and "/./" not in ended and not ended.startswith("./"):
        return plain
    return path_of(name).as_posix()


def last_part(name: str) -> str:
    """The last part of a name that `posix_name` gave."""
    return name.rpartition("/")[2]


def ending_of(part: str) -> str:
    """The ending of a part of a name with its point, as `suffix` of a path is: none of `.json`, nor of `a.`."""
    at = part.rfind(".")
    return part[at:] if 0 < at < len(part) - 1 else ""


def is_folder(path: AnyPath) -> bool:
    """`Path(path).is_dir()`. Raises OSError where nobody may look."""
    try:
        return stat.S_ISDIR(os.stat(path).st_mode)
    except (OSError, ValueError):
        return path_of(path).is_dir()


def is_there(path: AnyPath) -> bool:
    """Whether anything has that name, a link that leads nowhere too. Raises OSError where nobody may look."""
    return os.path.exists(path) or path_of(path).exists() or path_of(path).is_symlink()
