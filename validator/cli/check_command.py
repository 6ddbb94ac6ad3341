"""The command line of `sverka check` for click. What the command does is in `check.py`."""

from __future__ import annotations

from datetime import date
from functools import partial

import click

from validator.cli.baseline_files import baseline_of_options, baseline_options
from validator.cli.batch_options import batch_of, batch_options
from validator.cli.check import run_check
from validator.cli.context import tell
from validator.cli.gate_options import gate_of_options, gate_options
from validator.cli.options import as_of_option, language_option, paths_argument, policies_option, results_option
from validator.cli.outputs import REPORT_FORMATS, output_option
from validator.cli.result_outputs import split_option
from validator.cli.waiver_files import waivers_option
from validator.logic.text import Text


def build() -> click.Command:
    """The command, its texts in the language of the run."""
    text = Text(
        "Проверить снимки организаций: файлы, папки, архивы или `-`; без путей — то, что названо в sverka.yaml.",
        "Check organization snapshots: files, folders, archives or `-`; without paths, what sverka.yaml names.",
    )

    @click.command(name="check", help=tell(text))
    @paths_argument
    @partial(output_option, formats=REPORT_FORMATS)
    @split_option
    @results_option
    @gate_options
    @baseline_options
    @batch_options
    @policies_option
    @waivers_option
    @as_of_option
    @language_option
    def command(
        paths: tuple[str, ...],
        outputs: tuple[str, ...],
        results: str,
        policies: tuple[str, ...],
        waivers: tuple[str, ...],
        as_of: date | None,
        **options: object,
    ) -> int:
        """Check the documents, write the report, answer with the exit code."""
        batch = batch_of(options)
        if batch.folder is None:
            return run_check(
                paths=paths,
                outputs=outputs,
                results=results,
                policies=policies,
                waivers=waivers,
                as_of=as_of,
                **options,
            )
        asked, listed = gate_of_options(options), baseline_of_options(options)
        from validator.cli.batch import run_batch  # noqa: PLC0415 - only batches need the engine
        from validator.cli.batch_outputs import for_reports, outputs_of_batch  # noqa: PLC0415

        shown_as = outputs_of_batch(outputs, options["split_by"], batch, paths)
        if shown_as is not None and options["evidence"] is None:
            batch = for_reports(batch, pages=shown_as.split is not None)
        return run_batch(paths, batch, asked, listed, policies, waivers, as_of, shown_as)

    return command
