"""`sverka prove`: whether the policies are consistent, proved by a solver, each finding shown by a snapshot.

0 when all is proved or acknowledged, 1 for a finding, 2 when nothing was analysed (no solver, a broken set, a
mistake of the command line), 3 for questions that stay open.
"""

from __future__ import annotations

import os
import sys
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from validator.cli.context import notice, notice_once, shown, tell, usage_error
from validator.cli.options import language_option, policies_option
from validator.cli.outputs import deliver, output_option, parse_outputs
from validator.cli.prove_options import Options, check_options, how_options, what_options
from validator.cli.waiver_files import waivers_option
from validator.logic.proof import ANALYSES
from validator.logic.text import Text

if TYPE_CHECKING:
    from validator.journeys.prove.kept import Kept
    from validator.logic.proof import ProofReport

FORMATS = ("text", "json", "sarif")
ENDINGS = {
    0: Text("всё доказано или признано", "all is proved or acknowledged"),
    1: Text("есть находки", "there are findings"),
    3: Text("не всё решено", "not everything is settled"),
}
CHANGED = Text(
    "об изменённых политиках всё доказано или признано", "of the changed policies all is proved or acknowledged"
)
UNCHANGED = Text("ни одна политика не изменилась по смыслу", "no policy has changed in meaning")


def build() -> click.Command:
    """The command, its texts in the language of the run."""
    text = Text(
        "Доказать, что политики непротиворечивы: нет мёртвых и невыполнимых норм, противоречий, пробелов, "
        "исправлений, которые не помогают. Каждая находка показана снимком, который можно вставить примером.",
        "Prove that the policies are consistent: no dead norms, none that can't be met, no contradictions, gaps or "
        "remedies that do not cure. Each finding comes with a snapshot that can be pasted as an example.",
    )

    @click.command(name="prove", help=tell(text))
    @what_options
    @how_options
    @waivers_option
    @partial(output_option, formats=FORMATS)
    @policies_option
    @language_option
    def command(policies: tuple[str, ...], outputs: tuple[str, ...], every: bool, **given: Any) -> int:
        if every:
            return _list()
        options = Options(**given)
        check_options(options)
        targets = parse_outputs(outputs, (*options.properties, *options.known), FORMATS)
        report = _prove(policies, options)
        from validator.journeys.prove.run import exit_code  # noqa: PLC0415 - not for `--help`

        code = exit_code(report, accept_bounded=options.accept_bounded)
        return deliver(report, targets, code, family="prove.", endings=_endings(report))

    return command


def _endings(report: ProofReport) -> dict[int, Text]:
    """What each exit code says; of a run about a change a 0 says nothing of the rest of the set."""
    policies = report["scope"]["policies"]
    if policies is None:
        return ENDINGS
    return {**ENDINGS, 0: CHANGED if policies else UNCHANGED}


def _list() -> int:
    """Every analysis with what it looks for."""
    for code, title in ANALYSES.items():
        click.echo(f"{code:<8}  {tell(title)}")
    return 0


# --- the run ---------------------------------------------------------------------------------------------------


def _prove(folders: tuple[str, ...], options: Options) -> ProofReport:
    from validator.cli.prove_files import asked_of  # noqa: PLC0415 - not for `--help`
    from validator.cli.prove_sets import sets_of  # noqa: PLC0415
    from validator.interpreters.smt.answer import Limits  # noqa: PLC0415
    from validator.journeys.prove.ground import Ground  # noqa: PLC0415
    from validator.journeys.prove.run import prove  # noqa: PLC0415
    from validator.resources import schema_bytes  # noqa: PLC0415

    sets = sets_of(folders, options.changed)
    if not sets.library.policies.policies():
        named = ", ".join(map(shown, folders or ("builtin",)))
        usage_error(
            f"доказывать не о чем: норм и решений нет ({named})",
            f"there is nothing to prove: no norm and no decision ({named})",
            Text(
                "черновики не доказываются; проверьте, та ли это папка", "drafts are not proved; check the folder"
            ),
        )
    schema = schema_bytes("snapshot")
    limits = Limits(timeout=int(options.timeout * 1000), bounded=options.bounded)
    kept = _kept(schema)
    ground = Ground(sets.library, limits, kept, sets.changed, doubt=options.second_opinion)
    asked = asked_of(options, sets.library, folders)._replace(
        old=sets.old, revision=options.changed, whole=sets.changed is None
    )
    if sets.changed is not None and not sets.changed:
        notice(
            Text(
                f"с ревизии {options.changed} ни одна политика не изменилась по смыслу",
                f"since {options.changed} no policy has changed in meaning",
            )
        )
    try:
        return prove(ground, asked, schema, _solver())
    finally:
        kept.write()


def _solver() -> str:
    from importlib.metadata import version  # noqa: PLC0415 - only for the statement

    return f"z3 {version('z3-solver')}"


def _kept(schema: bytes) -> Kept:
    """Answers of earlier runs: by the same program, solver and schema."""
    from validator.journeys.prove.kept import Kept, program  # noqa: PLC0415 - not for `--help`
    from validator.language.store import key_of_parts, store_for  # noqa: PLC0415

    key = key_of_parts((program().encode(), _solver().encode(), schema))
    return Kept(store_for(os.environ, sys.platform), key, notice_once)
