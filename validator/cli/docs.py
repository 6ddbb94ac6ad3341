"""`sverka docs`: the policy set as a readable book, and single pages about it."""

from __future__ import annotations

import click

from validator.cli.book import FORMATS, check_book, parse_targets, write_book
from validator.cli.context import current_language, load_library, tell, usage_error
from validator.cli.options import language_option, policies_option
from validator.logic.text import Text


def build() -> click.Command:
    """The command, its texts in the language of the run."""
    text = Text(
        "Набор политик как книга: страницы Markdown или один файл HTML.",
        "The policy set as a book: Markdown pages or one HTML file.",
    )
    formats = ", ".join(FORMATS)
    target = Text(
        f"куда записать книгу ({formats}; для Markdown — папка); язык можно добавить: `markdown.en=ПАПКА`; "
        "можно повторять",
        f"where the book goes ({formats}; for Markdown a folder); a language may be added: `markdown.ru=FOLDER`; "
        "repeatable",
    )
    fresh = Text(
        "только сверить с политиками, ничего не записывая", "only compare with the policies, write nothing"
    )
    covered = Text("какие места актов чем покрыты", "which places of the acts are covered by what")
    recorded = Text("противоречия права и где они записаны", "conflicts of law and where they are recorded")

    @click.command(name="docs", help=tell(text))
    @click.option(
        "-o",
        "--output",
        "outputs",
        multiple=True,
        metavar=tell(Text("ФОРМАТ=МЕСТО", "FORMAT=PLACE")),
        help=tell(target),
    )
    @click.option("--check", "check", is_flag=True, help=tell(fresh))
    @click.option("--coverage", "page", flag_value="coverage", help=tell(covered))
    @click.option("--conflicts", "page", flag_value="conflicts", help=tell(recorded))
    @policies_option
    @language_option
    def command(outputs: tuple[str, ...], check: bool, page: str | None, policies: tuple[str, ...]) -> int:
        """Write or check the book, or print a page; the exit code."""
        if page is not None:
            if outputs or check:
                usage_error(
                    f"`--{page}` печатает одну страницу и не сочетается с `-o` и `--check`",
                    f"`--{page}` prints one page and goes with neither `-o` nor `--check`",
                )
            click.echo(_page(page, policies), nl=False)
            return 0
        if not outputs:
            help_ = Text(
                "например `-o markdown=ПАПКА`, `-o html=ФАЙЛ`, `--coverage` или `--conflicts`",
                "for example `-o markdown=FOLDER`, `-o html=FILE`, `--coverage` or `--conflicts`",
            )
            usage_error("не сказано, что составить", "what is wanted?", help_)
        targets = parse_targets(outputs)
        library = load_library(policies)
        return check_book(library, targets, policies) if check else write_book(library, targets)

    return command


def _page(page: str, folders: tuple[str, ...]) -> str:
    from validator.journeys.catalogue import conflicts, places  # noqa: PLC0415 - only for these pages
    from validator.render.catalogue import render_conflicts, render_coverage  # noqa: PLC0415

    found = load_library(folders).policies
    language = current_language()
    if page == "coverage":
        return render_coverage(places(found), language)
    return render_conflicts(conflicts(found), language)
