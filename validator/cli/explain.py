"""`sverka explain`: a policy in prose, and with a snapshot the tree of conditions behind its verdict."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from validator.cli.context import load_library, stop, tell, usage_error
from validator.cli.documents import read
from validator.cli.options import as_of_option, language_option, policies_option
from validator.journeys.assemble import Quarantined
from validator.journeys.explain import describe, explain_on, subjects_of
from validator.language.structure import nearest
from validator.logic.text import Text
from validator.render.safe import one_line
from validator.render.words import FORCES, MODALITIES, SEVERITIES
from validator.snapshots.stream import deliver

if TYPE_CHECKING:
    from validator.language.library import Library
    from validator.logic.policy import Policy


@click.command(
    name="explain",
    help=tell(
        Text(
            "Объяснить политику словами; со снимком — показать, какие условия и факты решили.",
            "Explain a policy in words; with a snapshot, show which conditions and facts decided.",
        )
    ),
)
@click.argument("policy")
@click.option(
    "--snapshot",
    metavar="FILE",
    help=tell(Text("снимок, на котором объяснить вердикт", "the snapshot to explain a verdict on")),
)
@click.option(
    "--subject", metavar="PATH", help=tell(Text("одна запись, например uses[0]", "one item, for example uses[0]"))
)
@policies_option
@as_of_option
@language_option
def command(
    policy: str, snapshot: str | None, subject: str | None, policies: tuple[str, ...], as_of: date | None
) -> None:
    """Print the explanation."""
    library = load_library(policies)
    found = _policy(library, policy)
    if subject is not None and snapshot is None:
        usage_error("`--subject` нужен `--snapshot`", "`--subject` needs `--snapshot`")
    if snapshot is None:
        lines = describe(found, library.policies, {**FORCES, **SEVERITIES, **MODALITIES})
    else:
        if not Path(snapshot).exists():
            usage_error(f"нет такого файла: {snapshot}", f"no such file: {snapshot}")
        answer = read(deliver(Path(snapshot)), library)
        if isinstance(answer, Quarantined):
            stop(answer.problems, 3)
            return
        facts = answer[0]
        known = subjects_of(found, facts)
        if not known or (subject is not None and subject not in known):
            usage_error(
                f"`{policy}` не судит о `{subject or snapshot}`",
                f"`{policy}` does not judge `{subject or snapshot}`",
                nearest(subject or "", known) if known else None,
            )
        lines = explain_on(found, library.policies, facts, as_of, subject)
    for line in lines:
        text = one_line("  " * line.depth + tell(line.text))
        click.echo(click.style(text, bold=True) if line.heading else text)


def _policy(library: Library, name: str) -> Policy:
    policies = {policy.id: policy for policy in library.policies.policies()}
    if name not in policies:
        usage_error(f"нет политики `{name}`", f"there is no policy `{name}`", nearest(name, policies))
    return policies[name]
