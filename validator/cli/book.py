"""Where the book goes: one HTML file, or a folder of Markdown pages; and whether what stands there is fresh.

Only files that this command made are ever replaced or removed: they carry its mark.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from validator.cli.context import USAGE, StopError, current_language, notice, say_aside, shown, tell, usage_error
from validator.cli.outputs import write_whole
from validator.language.structure import nearest
from validator.logic.text import Language, Text

if TYPE_CHECKING:
    from validator.journeys.book.parts import Book
    from validator.language.library import Library

FORMATS = ("html", "markdown")
_LANGUAGES: dict[str, Language] = {"ru": "ru", "en": "en"}
_NO_ENGINE = Text(
    'Для HTML установите: pip install "sverka[report]"', 'For HTML install: pip install "sverka[report]"'
)


class Target(NamedTuple):
    """A format, the language of the book, the file or folder it goes to, and how the option was written."""

    format: str
    language: Language
    place: Path
    option: str


class Difference(NamedTuple):
    """A file that is not what the policies make it."""

    file: Path
    what: Text


_STALE = Text("устарела", "is stale")
_MISSING = Text("нет файла", "is missing")
_SUPERFLUOUS = Text(
    "лишняя: такой страницы в книге больше нет", "is superfluous: the book has no such page any more"
)
_FOREIGN = Text(
    "составлена не этой командой: уберите файл или назовите другое место",
    "was not made by this command: remove the file, or name another place",
)


def parse_targets(values: tuple[str, ...]) -> list[Target]:
    """`FORMAT[.LANGUAGE]=PLACE`, repeatable. Leaves with 2 for what can't be a target."""
    targets = [_target(value) for value in values]
    places = [target.place.absolute() for target in targets]
    for index, place in enumerate(places):
        if place in places[:index]:
            name = shown(targets[index].place)
            usage_error(f"две книги направлены в одно место: {name}", f"two books go to one place: {name}")
    return targets


def _target(value: str) -> Target:
    head, equals, place = value.partition("=")
    name, dot, language = head.partition(".")
    if name not in FORMATS:
        usage_error(f"неизвестный формат `{name}`", f"unknown format `{name}`", nearest(name, FORMATS))
    if dot and language not in _LANGUAGES:
        usage_error(
            f"неизвестный язык книги `{language}`",
            f"unknown language of a book `{language}`",
            nearest(language, _LANGUAGES),
        )
    if not equals or not place:
        if name == "html":
            usage_error(
                "не указан файл книги",
                "no file is named for the book",
                Text("напишите `-o html=книга.html`", "write `-o html=book.html`"),
            )
        usage_error(
            "не указана папка книги",
            "no folder is named for the book",
            Text("напишите `-o markdown=книга`", "write `-o markdown=book`"),
        )
    target = Target(name, _LANGUAGES.get(language, current_language()), Path(place), value)
    _check_place(target)
    return target


def _check_place(target: Target) -> None:
    place, name, parent = target.place, shown(target.place), shown(target.place.parent)
    if target.format == "html" and place.is_dir():
        usage_error(f"вместо файла книги папка: {name}", f"a folder stands where the book should go: {name}")
    if target.format == "markdown" and place.exists() and not place.is_dir():
        usage_error(f"вместо папки книги файл: {name}", f"a file stands where the folder should be: {name}")
    if not place.parent.is_dir():
        usage_error(f"нет папки для книги: {parent}", f"no folder for the book: {parent}")


# --- the files -----------------------------------------------------------------------------------------------


def write_book(library: Library, targets: list[Target]) -> int:
    """Write every target whole and take away pages of ours that the book no longer has. 0."""
    made = list(zip(targets, _files(library, targets), strict=True))
    for _, files in made:
        _refuse_foreign(files)
    for target, files in made:
        if target.format == "markdown":
            target.place.mkdir(exist_ok=True)
        for file, text in files.items():
            if _read(file) != text:
                write_whole(file, text)
        gone = list(_superfluous(target, files))
        for file in gone:
            file.unlink()
        _say_written(target, len(files), len(gone))
    return 0


def check_book(library: Library, targets: list[Target], policies: tuple[str, ...]) -> int:
    """Say which files are not what the policies make them, and how to mend that; 1 when there is one, else 0."""
    stale: list[Target] = []
    for target, files in zip(targets, _files(library, targets), strict=True):
        found = list(_differences(target, files))
        stale += [target] if found else []
        for difference in found:
            click.echo(f"{shown(difference.file)}: {tell(difference.what)}")
    if not stale:
        click.echo(tell(Text("Книга свежая.", "The book is fresh.")))
        return 0
    options = [f"--policies {_quoted(folder)}" for folder in policies if policies != ("builtin",)]
    options += [f"-o {_quoted(_with_language(target))}" for target in stale]
    command = f"sverka docs {' '.join(options)}"
    click.echo(tell(Text(f"Обновить: {command}", f"To mend it: {command}")))
    return 1


def _with_language(target: Target) -> str:
    """The target with its language said, so that the command does the same under any locale."""
    return f"{target.format}.{target.language}={shown(target.place)}"


def _quoted(word: str) -> str:
    """A word of a command line, quoted where a space would part it."""
    return f'"{word}"' if " " in word or not word else word


def _files(library: Library, targets: list[Target]) -> list[dict[Path, str]]:
    """What each target must hold, by file."""
    from validator.journeys.book.whole import build_book  # noqa: PLC0415 - other pages do without

    book = build_book(library)
    return [_made(book, target) for target in targets]


def _made(book: Book, target: Target) -> dict[Path, str]:
    from validator.render.book.layout import lay_out  # noqa: PLC0415

    pages = lay_out(book, target.language)
    if target.format == "markdown":
        from validator.render.book.markdown import render_pages  # noqa: PLC0415

        return {target.place / name: text for name, text in render_pages(pages).items()}
    from validator.render.book.html import render_html  # noqa: PLC0415

    try:
        return {target.place: render_html(pages, target.language)}
    except ModuleNotFoundError as error:
        if error.name not in ("jinja2", "markupsafe"):
            raise
        say_aside(tell(_NO_ENGINE))
        raise StopError(USAGE) from None


def _differences(target: Target, files: dict[Path, str]) -> Iterator[Difference]:
    for file, text in files.items():
        there = _read(file)
        if there is None:
            yield Difference(file, _FOREIGN if file.exists() else _MISSING)
        elif there != text:
            yield Difference(file, _STALE if _is_ours(there) else _FOREIGN)
    for file in _superfluous(target, files):
        yield Difference(file, _SUPERFLUOUS)


def _superfluous(target: Target, files: dict[Path, str]) -> Iterator[Path]:
    """Pages in the folder that this command made and that the book no longer has, by name."""
    if target.format != "markdown" or not target.place.is_dir():
        return
    wanted = {file.name for file in files}
    for file in sorted(target.place.iterdir()):
        if file.suffix == ".md" and file.name not in wanted and not file.is_symlink():
            there = _read(file)
            if there is not None and _is_ours(there):
                yield file


def _refuse_foreign(files: Iterable[Path]) -> None:
    """Nothing is overwritten that a person wrote: an existing file must be empty or bear our mark."""
    for file in files:
        if not os.path.lexists(file):
            continue
        there = _read(file)
        if there is None or (there.strip() and not _is_ours(there)):
            name = shown(file)
            usage_error(
                f"этот файл составлен не «Сверкой», он остаётся как есть: {name}",
                f"this file was not made by Sverka and stays as it is: {name}",
                Text("назовите другое место или уберите файл", "name another place, or remove the file"),
            )


def _is_ours(text: str) -> bool:
    """Whether a file bears the mark of a page of the book."""
    return "<!-- sverka docs: " in text[:200]


def _read(file: Path) -> str | None:
    """The text of a file, None when there is none that can be read.

    Line ends do not count: version control may write them as the system does.
    """
    try:
        return file.read_bytes().decode("utf-8").replace("\r\n", "\n")
    except (OSError, UnicodeDecodeError):
        return None


def _say_written(target: Target, files: int, gone: int) -> None:
    name = shown(target.place)
    if target.format == "html":
        notice(Text(f"записана книга: {name}", f"the book is written: {name}"))
        return
    removed = Text(f", лишних убрано: {gone}", f", superfluous removed: {gone}") if gone else Text("", "")
    notice(
        Text(
            f"записана книга: {name}, страниц: {files}{removed.ru}",
            f"the book is written: {name}, pages: {files}{removed.en}",
        )
    )
