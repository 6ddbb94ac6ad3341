"""`sverka test --mutants` and `--propose`: small changes of the policies, and whether the examples notice them.

0 when all is as wanted, 1 when fewer changes are noticed than `--threshold` asks for.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import click

from validator.cli.context import current_language, notice, say_aside, shown, tell, usage_error
from validator.cli.progress import counted
from validator.cli.prove_solver import require_solver, solver_is_installed
from validator.logic.text import Text

if TYPE_CHECKING:
    from validator.journeys.examples.cases import AnyCase, CaseResult
    from validator.journeys.mutants.killing import Examples
    from validator.journeys.mutants.proposals import Proposal
    from validator.journeys.mutants.report import MutantReport
    from validator.journeys.mutants.study import Studied
    from validator.language.library import Library

F = TypeVar("F", bound=Callable[..., object])
Tested = list[tuple["AnyCase", "CaseResult"]]


class AskedMutants(NamedTuple):
    """What is asked about small changes of the policies.

    `threshold` is the least share noticed, in percent, if any; `propose` that missing examples be written: shown,
    put into the policy files (`write`), or made a case file (`case_file`).
    """

    threshold: int | None
    propose: bool = False
    write: bool = False
    case_file: Path | None = None

    @staticmethod
    def of(
        *, mutants: bool, threshold: int | None, propose: bool, write: bool, case_file: Path | None
    ) -> AskedMutants | None:
        """The options as one value; None when nothing of this was asked for. Leaves with 2 for a contradiction."""
        if write and case_file is not None:
            usage_error(
                "`--write` и `--case-file` вместе не нужны",
                "`--write` and `--case-file` exclude one another",
                Text("выберите, куда записать примеры", "choose where the examples are to go"),
            )
        propose = propose or write or case_file is not None
        if not (mutants or propose or threshold is not None):
            return None
        return AskedMutants(threshold, propose, write, case_file)


def mutant_options(function: F) -> F:
    """`--mutants`, `--threshold`, `--propose`, `--write`, `--case-file`."""
    mutants = Text(
        "менять политики понемногу и сказать, каких изменений примеры не замечают",
        "change the policies a little at a time and tell which changes the examples do not notice",
    )
    least = Text(
        "наименьшая доля замеченных изменений, в процентах; ниже — код выхода 1",
        "the least share of changes noticed, in percent; below it the exit code is 1",
    )
    propose = Text("показать недостающие примеры", "show the examples that are missing")
    write = Text("дописать недостающие примеры в файлы политик", "add the missing examples to the policy files")
    file = Text("записать недостающие примеры файлом случаев", "write the missing examples as a case file")
    number, path = tell(Text("ЧИСЛО", "NUMBER")), tell(Text("ФАЙЛ", "FILE"))
    for option in (
        click.option("--case-file", type=click.Path(path_type=Path), metavar=path, help=tell(file)),
        click.option("--write", is_flag=True, help=tell(write)),
        click.option("--propose", is_flag=True, help=tell(propose)),
        click.option("--threshold", type=click.IntRange(0, 100), metavar=number, help=tell(least)),
        click.option("--mutants", is_flag=True, help=tell(mutants)),
    ):
        function = option(function)
    return function


def try_mutants(
    asked: AskedMutants, form: str, library: Library, policies: list[str], examples: Tested, paths: list[str]
) -> int:
    """Try every change of the named policies on examples that pass, and tell; the exit code.

    `paths` are the case files and folders that some of the examples come from.
    """
    from validator.journeys.mutants.report import report_of  # noqa: PLC0415 - only when asked for

    solver = solver_is_installed()
    if solver or asked.propose:
        require_solver(
            "недостающие примеры ищет решатель, а он не установлен",
            "missing examples are found by the solver, which is not installed",
        )
    _check_targets(asked, library, policies, paths)
    killers, studied = _studied(library, policies, examples, solver)
    proposals: list[Proposal] = []
    added = 0
    if asked.propose:
        proposals = _proposals(asked, library, killers, studied)
        if asked.write or asked.case_file is not None:
            studied = _killed_now(studied, proposals)
            added = len(proposals)

    from validator.cli.test import name_of_file  # noqa: PLC0415 - that module builds the command from this one

    count = sum(len(found) for found in killers.by_policy.values()) + len(killers.of_all)
    report = report_of(
        studied,
        library.policies,
        name_of_file,
        proposals,
        examples=count + added,
        solver=solver,
        threshold=asked.threshold,
    )
    _tell(asked, form, report, library, proposals)
    return 0 if report["reached"] else 1


def _studied(
    library: Library, policies: list[str], examples: Tested, solver: bool
) -> tuple[Examples, list[Studied]]:
    """Every change, and what became of it. Leaves with 2 when there is nothing to change."""
    from validator.journeys.mutants.all import mutants_of  # noqa: PLC0415 - only when asked for
    from validator.journeys.mutants.equivalence import Equivalence  # noqa: PLC0415
    from validator.journeys.mutants.killing import Examples  # noqa: PLC0415
    from validator.journeys.mutants.study import study  # noqa: PLC0415

    mutants = list(mutants_of(library.policies, policies))
    if not mutants:
        usage_error("в этих политиках нечего менять", "there is nothing to change in these policies")
    others = sorted({name for mutant in mutants for name in mutant.touches} - set(policies))
    killers = Examples([*examples, *_passing(library, others)], library.policies)
    found = study(mutants, killers, Equivalence(library) if solver else None)
    return killers, list(counted(found, len(mutants), Text("проверено изменений", "changes tried")))


def _passing(library: Library, policies: list[str]) -> Tested:
    """The embedded examples of further policies that rest on the same data, those that come out as they say."""
    from validator.journeys.examples.cases import run  # noqa: PLC0415 - only for this command
    from validator.journeys.examples.embedded import examples_of  # noqa: PLC0415

    cases = examples_of(library, [name for name in policies if name in library.examples])
    tested = [*zip(cases, run(cases, library.policies), strict=True)]
    passed = [(case, result) for case, result in tested if result.ending == "passed"]
    left = len(tested) - len(passed)
    if left:
        notice(
            Text(
                f"примеры других политик не сходятся и не учтены: {left}",
                f"examples of other policies do not come out and are left aside: {left}",
            )
        )
    return passed


# --- proposals -----------------------------------------------------------------------------------------------


def _check_targets(asked: AskedMutants, library: Library, policies: list[str], paths: list[str]) -> None:
    """Leaves with 2 where nothing may be written: the shipped policies, an input, a folder that is not there."""
    if asked.write:
        from validator.resources import policies_folder  # noqa: PLC0415 - only when something is to be written

        here, shipped = Path.cwd(), policies_folder()
        files = [Path(library.examples[name].document.file) for name in policies if name in library.examples]
        if any(file.is_relative_to(shipped) and not file.is_relative_to(here) for file in files):
            usage_error(
                "встроенные политики не изменяют",
                "the shipped policies are never changed",
                Text("назовите свою папку: `--policies ПАПКА`", "name a folder of your own: `--policies FOLDER`"),
            )
    file = asked.case_file
    if file is None:
        return
    name, folder = shown(file), shown(file.parent)
    if not file.parent.is_dir():
        usage_error(f"нет папки для файла случаев: {folder}", f"no folder for the case file: {folder}")
    if file.is_dir():
        usage_error(f"вместо файла случаев папка: {name}", f"a folder stands where the case file should go: {name}")
    if any(file.resolve().is_relative_to(Path(path).resolve()) for path in paths if file.exists()):
        usage_error(
            f"файл случаев затёр бы входной файл: {name}", f"the case file would overwrite an input: {name}"
        )


def _proposals(asked: AskedMutants, library: Library, killers: Examples, studied: list[Studied]) -> list[Proposal]:
    from validator.journeys.mutants.proposals import Proposer  # noqa: PLC0415 - only when asked for
    from validator.render.words import REASONS, VERDICTS  # noqa: PLC0415

    words = {**VERDICTS, **REASONS, "open": Text("нарушения нет", "no violation")}
    taken = {policy: [one.case.name for one in found] for policy, found in killers.by_policy.items()}
    proposer = Proposer(library, words, current_language(), own=asked.case_file is not None)
    found = proposer.propose(studied, taken)
    if asked.write:
        _into_policies(library, found)
    elif asked.case_file is not None and found:
        _as_case_file(asked.case_file, found)
    return found


def _killed_now(studied: list[Studied], proposals: list[Proposal]) -> list[Studied]:
    """What became of the changes, the examples that were written counted in."""
    from validator.journeys.mutants.study import State, Studied, Survival  # noqa: PLC0415 - only when asked for

    by = {id_: f"{one.policy}: {one.body['name']}" for one in proposals for id_ in one.kills}
    return [
        Studied(one.mutant, Survival(State.KILLED), by[one.mutant.id]) if one.mutant.id in by else one
        for one in studied
    ]


def _files(library: Library, proposals: list[Proposal]) -> dict[str, list[Proposal]]:
    """The proposals by the file of their policy."""
    policies = library.policies
    found: dict[str, list[Proposal]] = {}
    for one in proposals:
        policy = policies.norms.get(one.policy) or policies.decisions[one.policy]
        found.setdefault(policy.span.file, []).append(one)
    return found


def _into_policies(library: Library, proposals: list[Proposal]) -> None:
    """Put the examples into the policy files: all files are made ready before the first is written."""
    from validator.cli.outputs import write_whole  # noqa: PLC0415 - only when something is to be written
    from validator.journeys.mutants.writing import into_policy  # noqa: PLC0415

    files = _files(library, proposals)
    ready = {Path(file): into_policy(Path(file).read_bytes(), file, mine) for file, mine in files.items()}
    for path, text in ready.items():
        write_whole(path, text)


def _as_case_file(path: Path, proposals: list[Proposal]) -> None:
    from validator.cli.outputs import write_whole  # noqa: PLC0415 - only when something is to be written
    from validator.journeys.mutants.writing import case_file  # noqa: PLC0415

    head = tell(
        Text(
            "Примеры, которые замечают изменения политик; написаны командой `sverka test --propose`.",
            "Examples that notice changes of the policies; written by `sverka test --propose`.",
        )
    )
    write_whole(path, case_file(proposals, (head,)))


# --- telling -------------------------------------------------------------------------------------------------


def _tell(
    asked: AskedMutants, form: str, report: MutantReport, library: Library, proposals: list[Proposal]
) -> None:
    if form == "json":
        from validator.render.mutants.json import render as render_json  # noqa: PLC0415 - one of the two is needed

        click.echo(render_json(report), nl=False)
        return
    from validator.render.mutants.text import render  # noqa: PLC0415

    text = render(report, current_language(), short=asked.propose)
    if not asked.propose:
        click.echo(text, nl=False)
        return
    for line in text.splitlines():
        say_aside(line)
    _tell_proposals(asked, library, proposals)


def _tell_proposals(asked: AskedMutants, library: Library, proposals: list[Proposal]) -> None:
    """The examples to paste, by file; where they were written, how many and to which files."""
    from validator.cli.test import name_of_file  # noqa: PLC0415 - that module builds the command from this one
    from validator.journeys.mutants.writing import pasted  # noqa: PLC0415
    from validator.render.safe import log_line  # noqa: PLC0415

    if not proposals:
        click.echo(tell(Text("Новых примеров нет", "There are no new examples")))
    elif asked.case_file is not None:
        number, name = len(proposals), name_of_file(str(asked.case_file))
        click.echo(tell(Text(f"{name}: примеров {number}", f"{name}: examples {number}")))
    else:
        for file, mine in _files(library, proposals).items():
            name = name_of_file(file)
            if asked.write:
                number = len(mine)
                click.echo(tell(Text(f"{name}: добавлено примеров {number}", f"{name}: examples added {number}")))
            else:
                click.echo(log_line(f"# {name}"))
                for line in pasted(one.body for one in mine).splitlines():
                    click.echo(log_line(line))
