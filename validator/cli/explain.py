"""`sverka explain`: a policy in prose, and with a snapshot the tree of conditions behind its verdict."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from validator.cli.context import load_library, shown, stop, tell, usage_error
from validator.cli.documents import named, read
from validator.cli.options import as_of_option, language_option, policies_option
from validator.journeys.assemble import Quarantined
from validator.journeys.explain.facts import explain_on, subjects_of, why_nothing
from validator.journeys.explain.lines import Line
from validator.journeys.explain.policy import describe
from validator.language.structure import nearest
from validator.logic.text import Text
from validator.render.safe import log_line
from validator.render.words import CAUSES, FORCES, MODALITIES, REASONS, SEVERITIES, VERDICTS
from validator.snapshots.stream import deliver

if TYPE_CHECKING:
    from validator.language.library import Library
    from validator.logic.policy import Policy


def build() -> click.Command:
    """The command, its texts in the language of the run."""
    text = Text(
        "Объяснить политику словами; со снимком — показать, какие условия и факты решили.",
        "Explain a policy in words; with a snapshot, show which conditions and facts decided.",
    )
    on = Text("снимок, на котором объяснить вердикт", "the snapshot to explain a verdict on")
    one = Text(
        "одна запись или неполный список, например uses[0] или uses",
        "one item or an incomplete list, for example uses[0] or uses",
    )

    @click.command(name="explain", help=tell(text))
    @click.argument("policy", metavar=tell(Text("ПОЛИТИКА", "POLICY")))
    @click.option("--snapshot", metavar=tell(Text("ФАЙЛ", "FILE")), help=tell(on))
    @click.option("--subject", metavar=tell(Text("ПУТЬ", "PATH")), help=tell(one))
    @policies_option
    @as_of_option
    @language_option
    def command(
        policy: str, snapshot: str | None, subject: str | None, policies: tuple[str, ...], as_of: date | None
    ) -> None:
        """Print the explanation."""
        if subject is not None and snapshot is None:
            usage_error("`--subject` нужен `--snapshot`", "`--subject` needs `--snapshot`")
        library = load_library(policies)
        found = _policy(library, policy)
        if snapshot is None:
            words = {**FORCES, **SEVERITIES, **MODALITIES}
            lines = describe(found, library.policies, words, library.vocabulary.lists)
        else:
            lines = _on_snapshot(library, found, snapshot, subject, as_of)
        for line in lines:
            told = log_line("  " * line.depth + tell(line.text))
            click.echo(click.style(told, bold=True) if line.heading else told)

    return command


def _on_snapshot(
    library: Library, policy: Policy, file: str, subject: str | None, as_of: date | None
) -> Iterator[Line]:
    if not Path(file).exists():
        usage_error(f"нет такого файла: {shown(file)}", f"no such file: {shown(file)}")
    answer = read(named(deliver(Path(file))), library)
    if isinstance(answer, Quarantined):
        stop(answer.problems, 3)
    facts = answer[0]
    known = subjects_of(policy, facts)
    if not known:
        why = why_nothing(policy, facts)
        usage_error(
            f"`{policy.id}` не судит о `{shown(file)}`: {why.ru}",
            f"`{policy.id}` does not judge `{shown(file)}`: {why.en}",
            Text(
                "если такие записи есть, добавьте их в снимок", "if there are such items, add them to the snapshot"
            ),
        )
    if subject is not None and subject not in known:
        usage_error(
            f"`{policy.id}` не судит о `{subject}`",
            f"`{policy.id}` does not judge `{subject}`",
            nearest(subject, known),
        )
    words = {**VERDICTS, **REASONS, **CAUSES}
    return explain_on(policy, library.policies, facts, as_of, subject, words)


def _policy(library: Library, name: str) -> Policy:
    policies = {policy.id: policy for policy in library.policies.policies()}
    if name not in policies:
        usage_error(f"нет политики `{name}`", f"there is no policy `{name}`", nearest(name, policies))
    return policies[name]
