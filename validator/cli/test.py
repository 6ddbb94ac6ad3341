"""`sverka test`: examples of policies and case files, each of which must come out as it says.

0 when all came out as expected, 1 for a mismatch, a case that can't be run, too little coverage or too few changes
of policies noticed, 2 when there is nothing to run or something that was named does not exist.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

import click

from validator.cli.context import current_language, load_library, stop, tell, usage_error
from validator.cli.options import language_option, policies_option
from validator.cli.test_mutants import AskedMutants, mutant_options, try_mutants
from validator.language.structure import closest, nearest
from validator.logic.text import Text

if TYPE_CHECKING:
    from validator.journeys.examples.cases import AnyCase
    from validator.language.library import Library

FORMATS = ("text", "json")


class Asked(NamedTuple):
    """The command line: what to run (`items`, policies or paths), which of it, and what to tell.

    `mutants` is None unless small changes of the policies are to be tried.
    """

    items: tuple[str, ...]
    policies: tuple[str, ...]
    cases: tuple[str, ...]
    coverage: bool
    at_least: int | None
    format: str
    mutants: AskedMutants | None = None


def build() -> click.Command:
    """The command, its texts in the language of the run."""
    text = Text(
        "Выполнить примеры, встроенные в политики, и файлы случаев. Имя политики — её примеры, файл .yaml или "
        "папка — случаи оттуда; без имён — примеры всех политик.",
        "Run the examples embedded in policies, and case files. The name of a policy means its examples, a .yaml "
        "file or a folder the cases in it; without names, the examples of all policies.",
    )
    name, number = tell(Text("ИМЯ", "NAME")), tell(Text("ЧИСЛО", "NUMBER"))
    only = Text("только случаи этой политики; можно повторять", "only cases of that policy; repeatable")
    one = Text("только случай с этим именем; можно повторять", "only the case of that name; repeatable")
    coverage = Text("какие условия примеры не показали", "which conditions the examples do not show")
    least = Text(
        "наименьшее покрытие условий, в процентах; ниже — код выхода 1",
        "the least coverage of conditions, in percent; below it the exit code is 1",
    )
    form = Text("формат отчёта", "format of the report")

    @click.command(name="test", help=tell(text))
    @click.argument("items", nargs=-1, metavar=tell(Text("[ПОЛИТИКА|ПУТЬ]…", "[POLICY|PATH]…")))
    @click.option("--policy", "only", multiple=True, metavar=name, help=tell(only))
    @click.option("--case", "cases", multiple=True, metavar=name, help=tell(one))
    @click.option("--coverage", is_flag=True, help=tell(coverage))
    @click.option("--min-coverage", "at_least", type=click.IntRange(0, 100), metavar=number, help=tell(least))
    @mutant_options
    @click.option("-o", "--output", "form", type=click.Choice(FORMATS), default="text", help=tell(form))
    @policies_option
    @language_option
    def command(
        items: tuple[str, ...],
        only: tuple[str, ...],
        cases: tuple[str, ...],
        coverage: bool,
        at_least: int | None,
        form: str,
        policies: tuple[str, ...],
        **mutants: Any,
    ) -> int:
        tried = AskedMutants.of(**mutants)
        if tried is not None and (coverage or at_least is not None):
            usage_error(
                "покрытие условий и замеченные изменения — разные отчёты",
                "coverage of conditions and changes noticed are two reports",
                Text("запустите команду дважды", "run the command twice"),
            )
        return _run(Asked(items, only, cases, coverage or at_least is not None, at_least, form, tried), policies)

    return command


def _run(asked: Asked, folders: tuple[str, ...]) -> int:
    """Run and tell; 0 when all is as expected, else 1. Leaves with 2 when there is nothing to run."""
    from validator.journeys.examples import report as case_report  # noqa: PLC0415 - only for this command
    from validator.journeys.examples.cases import run  # noqa: PLC0415
    from validator.render.case_report import render, render_json  # noqa: PLC0415
    from validator.render.words import CAUSES, REASONS, VERDICTS  # noqa: PLC0415

    library = load_library(folders)
    names, paths = _told_apart(asked.items, library)
    for name in asked.policies:
        if name not in _known(library):
            _unknown_policy(name, library)
    all_embedded = not paths or asked.mutants is not None
    embedded = names or ([*(asked.policies or _known(library))] if all_embedded else [])
    cases = _embedded(embedded, library, bool(names or asked.policies))
    without = sorted(set(embedded) - {case.about for case in cases})
    if paths:
        from validator.cli.case_documents import cases_of  # noqa: PLC0415 - not every run has case files

        cases += cases_of(paths, library)
    cases = _selected(cases, asked)
    wanted = None
    if asked.coverage:
        about = {case.about for case in cases if case.about} | set(() if asked.cases else embedded)
        wanted = case_report.Asked(tuple(sorted(about)), asked.at_least)
    results = list(run(cases, library.policies))
    if asked.mutants is not None and all(result.ending == "passed" for result in results):
        tested = [*zip(cases, results, strict=True)]
        return try_mutants(asked.mutants, asked.format, library, embedded, tested, paths)
    words = {**VERDICTS, **REASONS, **CAUSES}
    report = case_report.report_of(results, library.policies, without, wanted, name_of_file, words)
    click.echo(render_json(report) if asked.format == "json" else render(report, current_language()), nl=False)
    return 0 if case_report.succeeded(report) else 1


def _known(library: Library) -> list[str]:
    return sorted([*library.policies.norms, *library.policies.decisions])


def _told_apart(items: tuple[str, ...], library: Library) -> tuple[list[str], list[str]]:
    """Policies and paths. The id of a policy is the policy, whatever lies in the folder: a path can say `./` first.

    A path is what exists, ends like a YAML file or has a slash in it. Leaves with 2 for anything else.
    """
    known = set(_known(library))
    names: list[str] = []
    paths: list[str] = []
    for item in items:
        if item in known:
            names.append(item)
        elif Path(item).exists() or "/" in item or "\\" in item or item.lower().endswith((".yaml", ".yml")):
            paths.append(item)
        else:
            _unknown_policy(item, library)
    return list(dict.fromkeys(names)), paths


def _unknown_policy(name: str, library: Library) -> NoReturn:
    known = _known(library)
    if name in library.policies.drafts:
        usage_error(
            f"`{name}` — черновик: по нему не судят, и его примеры не выполняют",
            f"`{name}` is a draft: it is never judged, and its examples are not run",
            Text("уберите из файла `status: draft`", "remove `status: draft` from its file"),
        )
    help_ = nearest(name, known)
    if closest(name, known) is None:
        help_ = Text(
            f"{help_.ru}; файл случаев называют с `.yaml`", f"{help_.en}; a case file is named with its `.yaml`"
        )
    usage_error(f"нет ни политики, ни файла `{name}`", f"there is neither a policy nor a file `{name}`", help_)


def _embedded(names: list[str], library: Library, are_named: bool) -> list[AnyCase]:
    """The examples of policies. Leaves with 2 when one that was named has none."""
    from validator.journeys.examples.embedded import examples_of  # noqa: PLC0415 - only for this command

    cases = examples_of(library, names)
    told = {case.about for case in cases}
    for name in names if are_named else ():
        if name not in told:
            usage_error(
                f"у политики `{name}` нет ни одного примера",
                f"policy `{name}` has no example",
                Text("добавьте их под `examples:`", "add some under `examples:`"),
            )
    return cases


def _selected(cases: list[AnyCase], asked: Asked) -> list[AnyCase]:
    """The cases that were asked for, and what may be one of them but can't be read. Leaves with 2 for none."""
    from validator.journeys.examples.cases import WholeCase  # noqa: PLC0415 - only for this command

    if asked.policies:
        unclear = [case for case in cases if not case.about and not isinstance(case, WholeCase)]
        cases = [case for case in cases if case.about in asked.policies or case in unclear]
    nameless = [case for case in cases if not case.name]
    known = {case.name for case in cases} - {""}
    for name in asked.cases:
        if name not in known and nameless:
            stop([problem for case in nameless if not isinstance(case, WholeCase) for problem in case.errors])
        if name not in known:
            usage_error(f"нет случая `{name}`", f"there is no case `{name}`", nearest(name, known))
    if asked.cases:
        cases = [case for case in cases if case.name in asked.cases or case in nameless]
    if not cases:
        usage_error("не найдено ни одного примера", "no example was found")
    return cases


def name_of_file(file: str) -> str:
    """A file as the report names it: from the working folder on where it lies there, the shipped set by its place.

    So that the report of the same files is the same wherever the program is installed.
    """
    from validator.resources import policies_folder  # noqa: PLC0415 - only for this command

    path = Path(file)
    if not path.is_absolute():
        return file
    if path.is_relative_to(Path.cwd()):
        return path.relative_to(Path.cwd()).as_posix()
    shipped = policies_folder()
    return "builtin/" + path.relative_to(shipped).as_posix() if path.is_relative_to(shipped) else file
