"""What outlasts a power cut."""

from __future__ import annotations

import os
from pathlib import Path


def write_synced(file: Path, text: str) -> None:
    """Write a text file, UTF-8 and LF."""
    with file.open("w", encoding="utf-8", newline="\n") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())


def sync_file(file: Path) -> None:
    """What was written to a file before outlasts a power cut."""
    with file.open("rb+") as stream:
        os.fsync(stream.fileno())


def sync_folder(folder: Path) -> None:
    """Names in a folder outlast a power cut; where the system has no such thing, nothing is to be done."""
    if os.name == "nt":
        return
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
