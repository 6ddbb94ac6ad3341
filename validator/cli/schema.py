"""`sverka schema`: the published schemas, for editors and for those who make snapshots."""

from __future__ import annotations

from pathlib import Path

import click
from click.core import ParameterSource

from validator.cli.context import notice, shown, tell, usage_error
from validator.cli.options import language_option, policies_option
from validator.logic.text import Text
from validator.resources import named_policies, schema_bytes

NAMES = (
    "snapshot",
    "policy",
    "report",
    "impact",
    "problems",
    "waivers",
    "waiver-list",
    "run",
    "rollup",
    "policies",
    "trend",
    "baseline",
    "prove",
    "mutants",
    "mapping",
)


def build() -> click.Command:
    """The command, its texts in the language of the run."""
    text = Text(
        "Напечатать схему: снимка (snapshot), политик (policy), отчёта (report), последствий правки (impact), "
        "замечаний к политикам (problems), отступлений (waivers), их перечня (waiver-list), пакетной "
        "проверки (run), её свода (rollup) и политик (policies), сравнения дат (trend), списка известного "
        "(baseline), доказательств (prove), пробных изменений политик (mutants), сопоставления таблиц (mapping)."
        " Если политики лежат и в своей папке, схема политик составляется для неё: редактор предлагает имена из "
        "неё и подчёркивает имена, которых нет в наборе.",
        "Print a schema: of snapshots, policies, reports, the impact of a change, problems in policies, waivers, "
        "the list of waivers, a batch (run), its roll-up and its policies, a comparison of dates, baselines, "
        "proofs, trial changes of policies (mutants), mappings of tables (mapping). When there is a policy folder "
        "of your own, the schema of "
        "policies is made for it: an editor offers the names in it and underlines names that are not there.",
    )
    into = Text("записать в файл, а не печатать", "write it to a file instead of printing it")

    @click.command(name="schema", help=tell(text))
    @click.argument("name", type=click.Choice(NAMES))
    @policies_option
    @click.option(
        "-o", "--output", type=click.Path(path_type=Path), metavar=tell(Text("ФАЙЛ", "FILE")), help=tell(into)
    )
    @language_option
    @click.pass_context
    def command(context: click.Context, name: str, policies: tuple[str, ...], output: Path | None) -> None:
        if name != "policy" and context.get_parameter_source("policies") is ParameterSource.COMMANDLINE:
            usage_error(
                f"схема `{name}` не зависит от политик",
                f"the schema `{name}` does not depend on policies",
                Text("уберите `--policies`", "leave `--policies` out"),
            )
        made = name == "policy" and any(folder != "builtin" for folder in policies)
        schema = _made_for(policies) if made else schema_bytes(name).decode("utf-8")
        if output is None:
            click.echo(schema, nl=False)
        else:
            _write(output, schema)

    return command


def _made_for(folders: tuple[str, ...]) -> str:
    """The schema of policies for one policy set. Leaves with 2 when the set is broken."""
    from validator.cli.context import load_library  # noqa: PLC0415 - printing needs none of it
    from validator.language.library import read_folder  # noqa: PLC0415
    from validator.language.schema import policy_schema, schema_text, value_sets  # noqa: PLC0415

    library = load_library(folders)
    names = value_sets(text for folder in folders for text in read_folder(named_policies(folder)))
    return schema_text(policy_schema(library.vocabulary, library, names, strict=True))


def _write(file: Path, schema: str) -> None:
    from validator.cli.outputs import write_whole  # noqa: PLC0415 - printing needs none of it

    if not file.parent.is_dir():
        folder = shown(file.parent)
        usage_error(f"нет папки для схемы: {folder}", f"no folder for the schema: {folder}")
    if file.is_dir():
        name = shown(file)
        usage_error(f"вместо файла схемы папка: {name}", f"a folder stands where the schema should go: {name}")
    write_whole(file, schema)
    notice(Text(f"схема записана: {shown(file)}", f"schema written: {shown(file)}"))
