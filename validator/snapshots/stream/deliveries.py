"""From one file to its documents, whatever kind of file it is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO, assert_never

from validator.language.file_names import AnyPath, last_part, posix_name
from validator.logic.problem import InputError
from validator.snapshots.stream.contents import contents, of_whole, whole
from validator.snapshots.stream.files import Upto, check_unchanged, deliver, opened, state_of
from validator.snapshots.stream.given import Delivered, PassedOver, refused, refused_by
from validator.snapshots.stream.names import Holds, Named, named
from validator.snapshots.stream.said import about


def documents(path: AnyPath, passed_over: PassedOver) -> Iterator[Delivered]:
    """Every document of a file that was found or named, at least one or a problem.

    A file that is written to while it is read comes with one problem more: nobody knows what was read. What an
    archive holds beside snapshots is counted in `passed_over`.
    """
    name = posix_name(path)
    kind = named(last_part(name))
    if kind is None:  # it was named by the user, so the reader shall say why it is no snapshot
        yield deliver(path)
        return
    try:
        with opened(path) as stream:
            before = state_of(stream)
            if kind.holds is Holds.DOCUMENT and not kind.packing:
                found = whole(kind, stream)
                length = len(found.data)
                check_unchanged(stream, before, name, length if length < found.bound else None)
                yield from of_whole(name, kind, found)
            else:
                yield from _many(name, kind, stream, before.size, passed_over)
                check_unchanged(stream, before, name)
    except InputError as error:
        yield refused_by(error, name)
    except OSError:
        yield refused(about("read-error", name))


def documents_in(name: str, stream: BinaryIO, size: int, passed_over: PassedOver) -> Iterator[Delivered]:
    """The documents of a file whose bytes are at hand, under the name that says what they hold.

    They are what `documents` gives for the same file on the disk. Raises ValueError for a name that holds none.
    """
    kind = named(last_part(name))
    if kind is None:
        raise ValueError(name)
    try:
        if kind.holds is Holds.DOCUMENT and not kind.packing:
            yield from of_whole(name, kind, whole(kind, stream))
        else:
            yield from _many(name, kind, stream, size, passed_over)
    except InputError as error:
        yield refused_by(error, name)
    except OSError:
        yield refused(about("read-error", name))


def _many(name: str, kind: Named, stream: BinaryIO, size: int, passed_over: PassedOver) -> Iterator[Delivered]:
    """What has to be unpacked, and lines. The modules of archives are loaded where there are archives."""
    match kind.holds:
        case Holds.UNSUPPORTED:
            yield refused(about("unsupported-format", name))
        case Holds.ZIP:
            from validator.snapshots.stream.zips import zip_documents  # noqa: PLC0415

            yield from zip_documents(name, stream, size, passed_over)
        case Holds.TAR:
            from validator.snapshots.stream.tars import tar_documents  # noqa: PLC0415

            yield from tar_documents(name, kind.packing, stream, size, passed_over)
        case Holds.PARQUET:
            from validator.snapshots.stream.parquet import parquet_documents  # noqa: PLC0415

            yield from parquet_documents(name, stream, size)
        case Holds.DOCUMENT | Holds.LINES:
            from validator.snapshots.stream.packed import counted, drain, unpacked  # noqa: PLC0415

            if not kind.packing:
                yield from contents(name, kind, counted(Upto(stream, size), None, "read-error", name))
                return
            if kind.holds is Holds.LINES:  # what is held in memory whole is checked by that
                drain(unpacked(stream, kind.packing, name, size))
            yield from contents(name, kind, unpacked(stream, kind.packing, name, size))
        case _:
            assert_never(kind.holds)


def unreadable_folder(folder: AnyPath) -> Delivered:
    """A folder that can't be listed stands in the report as one document that was not evaluated."""
    return refused(about("unreadable-folder", posix_name(folder)))
