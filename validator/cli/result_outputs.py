"""Reports for people read as files: the summary page, the page of an organization, the workbook, all pages.

They are made of a `ResultSet`, the same of a check in memory, a saved report or a batch.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple
from urllib.parse import quote

from validator.cli.context import current_language, notice, say, shown, tell, usage_error
from validator.cli.outputs import Output, naming, replacing, write_whole
from validator.logic.problem import InputError, Problem
from validator.logic.text import Text

if TYPE_CHECKING:
    from validator.cli.options import F
    from validator.journeys.results.pages import Key
    from validator.logic.report import OrganizationRow
    from validator.logic.result_set import ResultSet

# The package without which a format can't be made, and the extra that brings it.
_EXTRAS = {"html": ("jinja2", "report"), "xlsx": ("xlsxwriter", "xlsx")}
_MARK = "<!-- sverka.page/1 -->\n"
PageOf = Callable[["OrganizationRow"], str]


def check_extras(formats: Sequence[str]) -> None:
    """Leaves with 2 when something is not installed that one of the formats needs."""
    for name in formats:
        package, extra = _EXTRAS.get(name, ("", ""))
        if package and find_spec(package) is None:
            command = f'pip install "sverka[{extra}]"'
            usage_error(
                f"Для {name.upper()} установите: {command}",
                f"For {name.upper()} install: {command}",
                Text(command, command),
            )


def write_results(results: ResultSet, output: Output, page_of: PageOf | None = None) -> None:
    """Write one output of a result set; `page_of` links the pages of organizations.

    Raises OSError, `InputError`.
    """
    if output.format == "xlsx":
        assert output.file is not None
        _write_workbook(results, output.file)
    else:
        write_text(_page_text(results, page_of), output)
        if output.file is None:
            return
    name = shown(output.file)
    notice(Text(f"записан {output.format}: {name}", f"written {output.format}: {name}"))


def _page_text(results: ResultSet, page_of: PageOf | None) -> str:
    """The summary page; of a single organization without pages of its own, its page."""
    if page_of is None and len(list(islice(results.organizations(), 2))) == 1:
        from validator.render.organization_page import render as render_page  # noqa: PLC0415 - needs an extra

        row = next(results.organizations())
        return render_page(row, list(results.findings()), results.head, results.policies, current_language())
    from validator.render.html import render  # noqa: PLC0415 - needs an extra

    return render(results, current_language(), page_of=page_of)


def write_text(text: str, output: Output) -> None:
    """Write a page to its file, or to standard output. Raises OSError."""
    if output.file is None:
        say(text, end="")
        return
    with told_when_open(output.file):
        write_whole(output.file, text)


def _write_workbook(results: ResultSet, file: Path) -> None:
    from validator.render.xlsx import write  # noqa: PLC0415 - needs an extra

    with written_binary(file) as stream:
        told = write(results, stream, current_language())
    for text in told:
        notice(text)


@contextmanager
def written_binary(file: Path) -> Iterator[BinaryIO]:
    """A stream to a new file that takes its place once it is whole. Raises OSError that names the file."""
    with told_when_open(file), replacing(file) as stream:
        yield stream


@contextmanager
def told_when_open(file: Path) -> Iterator[None]:
    """Windows lets nobody replace a file that Excel has open; then it is said what to do."""
    try:
        yield
    except PermissionError:
        if file.exists():
            name = shown(file)
            notice(
                Text(
                    f"если {name} открыт, закройте файл в Excel или браузере и повторите",
                    f"if {name} is open, close the file in Excel or in the browser, and try again",
                )
            )
        raise


# --- a page per organization --------------------------------------------------------------------------------------


class Split(NamedTuple):
    """The folder for the pages of organizations, and the pages of an earlier run that lie in it."""

    folder: Path
    earlier: frozenset[str]


def split_option(function: F) -> F:
    """`--split-by organization`."""
    import click  # noqa: PLC0415 - a plain check does without it

    text = Text(
        "к сводной странице (-o html=ФАЙЛ) ещё и по странице на организацию, в папку рядом с ней",
        "beside the summary (-o html=FILE) also a page per organization, in a folder next to it",
    )
    choice = click.Choice(["organization"])
    return click.option("--split-by", type=choice, help=tell(text))(function)


def split_of(wanted: object, outputs: Sequence[Output]) -> Split | None:
    """Where pages go, None when nobody wants them. Leaves with 2 when there is no summary, or no place for them."""
    if wanted is None:
        return None
    page = next((output.file for output in outputs if output.format == "html"), None)
    if page is None:
        usage_error(
            "для --split-by нужна сводная страница в файле",
            "--split-by needs a summary page in a file",
            Text("добавьте -o html=свод.html", "add -o html=summary.html"),
        )
    return split_beside(page)


def split_beside(page: Path) -> Split:
    """The folder of pages of a summary: `свод.html` has `свод.pages`. Leaves with 2 when others use it."""
    folder = page.with_name(f"{page.stem if page.suffix.lower() in ('.html', '.htm') else page.name}.pages")
    if not folder.exists():
        return Split(folder, frozenset())
    name = shown(folder)
    if not folder.is_dir():
        usage_error(
            f"на месте папки страниц файл: {name}", f"a file stands where the folder of pages should: {name}"
        )
    files = sorted(folder.iterdir())
    if foreign := next((file for file in files if not _is_ours(file)), None):
        other = shown(foreign)
        usage_error(
            f"в папке страниц лежит не страница организации: {other}",
            f"the folder of pages holds what is no page of an organization: {other}",
            Text("уберите этот файл или назовите другую сводную страницу", "move it, or name another summary page"),
        )
    return Split(folder, frozenset(file.name for file in files))


def _is_ours(file: Path) -> bool:
    from validator.journeys.results.pages import is_page_name  # noqa: PLC0415 - a plain check does without

    if not is_page_name(file.name) or not file.is_file():
        return False
    mark = _MARK.encode()
    with file.open("rb") as stream:
        stream.seek(max(file.stat().st_size - len(mark), 0))
        return stream.read() == mark


def write_pages(results: ResultSet, split: Split) -> PageOf:
    """Write the page of every organization; how the summary links them. Raises OSError, `InputError`."""
    from validator.journeys.results.pages import page_names, pages_of  # noqa: PLC0415
    from validator.render.organization_page import render  # noqa: PLC0415 - needs an extra

    try:
        names = page_names(results)
    except ValueError as error:
        from validator.language.structure import shorten  # noqa: PLC0415 - only for a mistake

        token = shorten(str(error))
        message = Text(f"`{token}` не ИНН или не дата", f"`{token}` is no INN, or no day")
        help_ = Text("имена страниц берутся только из них", "pages are named after nothing else")
        raise InputError([Problem("page-name", message, help_)]) from None
    head, policies, language = results.head, results.policies, current_language()
    with naming(split.folder):
        split.folder.mkdir(exist_ok=True)
    for row, findings in pages_of(results):
        file = split.folder / names[row["organization"], row["as_of"]]
        with told_when_open(file):
            write_whole(file, render(row, findings, head, policies, language) + _MARK)
    _tell_pages(split, frozenset(names.values()))
    return partial(_link, split.folder.name, names)


def _link(folder: str, names: Mapping[Key, str], row: OrganizationRow) -> str:
    return f"{quote(folder)}/{quote(names[row['organization'], row['as_of']])}"


def _tell_pages(split: Split, written: frozenset[str]) -> None:
    name = shown(split.folder)
    notice(
        Text(
            f"записаны страницы организаций: {len(written)}, папка {name}",
            f"written pages of organizations: {len(written)}, folder {name}",
        )
    )
    if stale := sorted(split.earlier - written):
        notice(
            Text(
                f"в папке {name} остались страницы прежней проверки: {len(stale)} (первая: {stale[0]}); уберите их",
                f"the folder {name} still has pages of an earlier run: {len(stale)} (the first: {stale[0]});"
                " take them away",
            )
        )
