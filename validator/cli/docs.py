"""`sverka docs`: pages about the policy set."""

from __future__ import annotations

import click

from validator.cli.context import current_language, load_library, tell, usage_error
from validator.cli.options import language_option, policies_option
from validator.logic.text import Text


def build() -> click.Command:
    """The command, its texts in the language of the run."""

    @click.command(
        name="docs",
        help=tell(
            Text("Страницы о наборе политик, разметка Markdown.", "Pages about the policy set, as Markdown.")
        ),
    )
    @click.option(
        "--coverage",
        "page",
        flag_value="coverage",
        help=tell(Text("какие места актов чем покрыты", "which places of the acts are covered by what")),
    )
    @click.option(
        "--conflicts",
        "page",
        flag_value="conflicts",
        help=tell(Text("противоречия права и где они записаны", "conflicts of law and where they are recorded")),
    )
    @policies_option
    @language_option
    def command(page: str | None, policies: tuple[str, ...]) -> None:
        if page is None:
            help_ = Text("добавьте `--coverage` или `--conflicts`", "add `--coverage` or `--conflicts`")
            usage_error("не сказано, какую страницу составить", "which page is wanted?", help_)
        click.echo(_page(page or "", policies), nl=False)

    return command


def _page(page: str, folders: tuple[str, ...]) -> str:
    from validator.journeys.catalogue import conflicts, places  # noqa: PLC0415 - only for these pages
    from validator.render.catalogue import render_conflicts, render_coverage  # noqa: PLC0415

    found = load_library(folders).policies
    language = current_language()
    if page == "coverage":
        return render_coverage(places(found), language)
    return render_conflicts(conflicts(found), language)
