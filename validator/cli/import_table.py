"""`sverka import`: spreadsheets and CSV to snapshots, by a mapping that a person has confirmed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from validator.cli.context import USAGE, StopError, notice, say_aside, shown, stop, tell, usage_error
from validator.cli.import_output import check_target, ending, write_all
from validator.cli.import_problems import check_problems_file, tell_problems, write_problems
from validator.cli.options import language_option, policies_option
from validator.language.limits import LIMIT
from validator.logic.problem import InputError, Problem
from validator.logic.text import Text

if TYPE_CHECKING:
    from validator.language.library import Library
    from validator.snapshots.tables.importing import Import
    from validator.snapshots.tables.join import Made
    from validator.snapshots.tables.mapping import MappingFile
    from validator.snapshots.tables.sources import Source

NOT_ALL = 3
NO_XLSX = Text(
    'Для книг Excel установите: pip install "sverka[xlsx]"', 'For workbooks install: pip install "sverka[xlsx]"'
)
_HELP = Text(
    "Таблицы CSV и книги Excel → снимки организаций. Какой столбец что значит, говорит файл сопоставления (--map);"
    " --guess предлагает его. Книга, которую составила `sverka form`, читается без него.",
    "CSV tables and workbooks → snapshots of organizations. A mapping file says what the columns mean"
    " (--map); --guess"
    " proposes one. A workbook made by `sverka form` is read without it.",
)


def build() -> click.Command:
    """The command, its texts in the language of the run."""
    tables, file = tell(Text("ТАБЛИЦА…", "TABLE…")), tell(Text("ФАЙЛ", "FILE"))

    @click.command(name="import", help=tell(_HELP))
    @click.argument("tables", nargs=-1, required=True, metavar=tables)
    @click.option("--map", "map_file", metavar=file, help=tell(Text("файл сопоставления", "the mapping file")))
    @click.option("--guess", is_flag=True, help=tell(_GUESS))
    @click.option("-o", "--output", metavar=tell(Text("КУДА", "TARGET")), help=tell(_OUTPUT))
    @click.option(
        "--force", is_flag=True, help=tell(Text("заменить снимки в папке", "replace the snapshots in it"))
    )
    @click.option("--encoding", metavar=tell(Text("КОДИРОВКА", "ENCODING")), help=tell(_ENCODING))
    @click.option("--problems", metavar=file, help=tell(_PROBLEMS))
    @policies_option
    @language_option
    def command(
        tables: tuple[str, ...],
        map_file: str | None,
        guess: bool,
        output: str | None,
        force: bool,
        encoding: str | None,
        problems: str | None,
        policies: tuple[str, ...],
    ) -> int:
        """Read, write, tell; the exit code."""
        from validator.cli.validate import library_of_names  # noqa: PLC0415 - help needs no policies

        if guess:
            _check_guess(map_file, problems, force=force)
            from validator.cli.import_guess import guess_mapping  # noqa: PLC0415

            return guess_mapping(open_sources(tables, encoding).sources, library_of_names(policies), output)
        target = check_target(output, tables, force=force)
        told_to = check_problems_file(problems, tables, target)
        library = library_of_names(policies)
        mapping = read_map(map_file, library) if map_file is not None else None
        return _import(open_sources(tables, encoding), mapping, library, target, told_to)

    return command


_GUESS = Text("предложить сопоставление по заголовкам", "propose a mapping from the headers")
_OUTPUT = Text(
    "папка (файл на организацию), файл .ndjson или `-`; с --guess — файл сопоставления",
    "a folder (a file per organization), a .ndjson file or `-`; with --guess the mapping file",
)
_ENCODING = Text(
    "кодировка файлов CSV: utf-8, cp1251, cp866, utf-16", "encoding of CSV: utf-8, cp1251, cp866, utf-16"
)
_PROBLEMS = Text(
    "записать все ошибки строк таблицей (.csv, .xlsx)", "write all mistakes of rows as a table (.csv, .xlsx)"
)


def _check_guess(map_file: str | None, problems: str | None, *, force: bool) -> None:
    """Leaves with 2 for options that mean nothing beside `--guess`."""
    given = {"--map": map_file, "--problems": problems, "--force": force}
    for option, value in given.items():
        if value:
            usage_error(f"`{option}` не сочетается с `--guess`", f"`{option}` does not go with `--guess`")


# --- input --------------------------------------------------------------------------------------------------------


def read_bytes(path: str) -> bytes:
    """The bytes of a file that the user named. Leaves with 2 where there is none."""
    file = Path(path)
    if not file.exists():
        usage_error(f"нет такого файла: {shown(path)}", f"there is no such file: {shown(path)}")
    if not file.is_file():
        usage_error(f"это не файл: {shown(path)}", f"this is no file: {shown(path)}")
    bound = LIMIT["limit-table-bytes"].default
    with file.open("rb") as stream:
        return stream.read(bound + 1)


def read_map(path: str, library: Library) -> MappingFile:
    """The mapping. Leaves with 2 when anything is wrong with it."""
    from validator.snapshots.tables.mapping_files import read_mapping  # noqa: PLC0415

    try:
        return read_mapping(read_bytes(path), shown(path), library.vocabulary, library.names)
    except InputError as error:
        stop(error.problems)


class Opened(NamedTuple):
    """The files that could be read, and why others could not."""

    sources: list[Source]
    problems: list[Problem]


def open_sources(tables: tuple[str, ...], encoding: str | None) -> Opened:
    """The files. Leaves with 2 for one that is not there, for an unknown encoding, and where none can be read."""
    import codecs  # noqa: PLC0415

    from validator.snapshots.tables.books import MissingXlsxError  # noqa: PLC0415
    from validator.snapshots.tables.sources import Source  # noqa: PLC0415

    if encoding is not None:
        try:
            codecs.lookup(encoding)
        except LookupError:
            usage_error(f"нет кодировки `{encoding}`", f"there is no encoding `{encoding}`", _ENCODING)
    opened = Opened([], [])
    for path in tables:
        try:
            opened.sources.append(Source(shown(path), read_bytes(path), encoding))
        except InputError as error:
            opened.problems.extend(error.problems)
        except MissingXlsxError:
            say_aside(tell(NO_XLSX))
            raise StopError(USAGE) from None
    for source in opened.sources:
        for text in source.told:
            notice(text)
    if not opened.sources:
        stop(opened.problems)
    return opened


# --- the import ---------------------------------------------------------------------------------------------------


def _import(
    opened: Opened, mapping: MappingFile | None, library: Library, target: str, problems_to: str | None
) -> int:
    problems = list(opened.problems)
    works = _by_forms(opened, library, problems) if mapping is None else [_by_map(opened, mapping, library)]
    twice: list[Problem] = []
    write_all(target, _distinct(works, twice))
    problems.extend([*(problem for work in works for problem in work.problems), *twice])
    tell_problems(problems, [warning for work in works for warning in work.warnings], problems_to)
    if problems_to is not None:
        write_problems(problems_to, problems)
    return _tell_balance(works, len(twice), len(opened.problems))


def _by_map(opened: Opened, mapping: MappingFile, library: Library) -> Import:
    from validator.snapshots.tables.importing import import_by  # noqa: PLC0415

    _check_files(mapping, opened)
    unread = [problem.file for problem in opened.problems]
    return import_by(mapping, opened.sources, library.vocabulary, library.names, unread)


def _by_forms(opened: Opened, library: Library, problems: list[Problem]) -> list[Import]:
    """Every file as a form of ours. Leaves with 2 for one that is none: nothing says what its columns mean."""
    from validator.snapshots.tables.form_read import is_form, read_form  # noqa: PLC0415
    from validator.snapshots.tables.importing import Import  # noqa: PLC0415

    works: list[Import] = []
    for source in opened.sources:
        try:
            if not is_form(source):
                usage_error(
                    f"не сказано, какой столбец что значит: {source.file}",
                    f"nothing says what the columns mean: {source.file}",
                    Text("`--map файл.yaml`; предложит его `--guess`", "`--map file.yaml`; `--guess` proposes one"),
                )
            form = read_form(source, library.vocabulary, library.names)
            works.append(Import(form.tables, form.mapping, library.vocabulary, library.names))
        except InputError as error:
            problems.extend(error.problems)
            opened.problems.extend(error.problems[:1])
    return works


def _distinct(works: list[Import], twice: list[Problem]) -> Iterator[Made]:
    """The snapshots of all, each organization once: the first form of an organization is the one that counts."""
    seen: dict[str, str] = {}
    for work in works:
        file = work.file
        for made in work.made():
            if made.inn in seen:
                message = Text(
                    f"эта организация уже есть: {seen[made.inn]}",
                    f"this organization is there already: {seen[made.inn]}",
                )
                help_ = Text("оставьте одну из двух анкет", "keep one of the two forms")
                twice.append(Problem("repeated-organization", message, help_, None, file))
                continue
            seen[made.inn] = file
            yield made


def _check_files(mapping: MappingFile, opened: Opened) -> None:
    """Leaves with 2 when the mapping has a table whose file was not named: what it tells would be missing."""
    from validator.snapshots.tables.sources import absent_files  # noqa: PLC0415

    given = [*(source.file for source in opened.sources), *(problem.file for problem in opened.problems)]
    absent = absent_files(mapping, given)
    if absent:
        usage_error(
            f"в сопоставлении есть таблица {shown(absent[0])}, а её не назвали",
            f"the mapping has the table {shown(absent[0])}, which was not named",
            Text("назовите все таблицы", "name all tables"),
        )


def _tell_balance(works: list[Import], twice: int, unread: int) -> int:
    """What became of all, and the exit code."""
    for work in works:
        for text in work.told():
            notice(text)
    balances = [work.balance for work in works]
    rows, left_out = sum(b.rows for b in balances), sum(b.left_out for b in balances)
    organizations, snapshots = sum(b.organizations for b in balances), sum(b.snapshots for b in balances) - twice
    tables = max(sum(b.tables_left_out for b in balances), unread)
    notice(
        Text(
            f"Строк {rows} = прочитано {rows - left_out} + не вошло {left_out};"
            f" организаций {organizations}, снимков {snapshots}"
            + f"; таблиц не прочитано: {tables}"
            * bool(tables),
            f"Rows {rows} = read {rows - left_out} + left out {left_out};"
            f" organizations {organizations}, snapshots {snapshots}"
            + f"; tables left out: {tables}"
            * bool(tables),
        )
    )
    code = NOT_ALL if left_out or tables or twice else 0
    say_aside(f"{tell(Text('Код выхода', 'Exit code'))}: {code} ({ending(code)})")
    return code
