"""`sverka waivers`: every waiver with its days left, and what is wrong with it.

The one command that asks the machine for the day, and only when no other is named; it prints the day it used.
"""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, NoReturn

import click

from validator.cli.context import load_library, shown, tell, usage_error
from validator.cli.options import Day, language_option, policies_option
from validator.cli.outputs import deliver, output_option, parse_outputs
from validator.cli.settings import configured, default_from_settings
from validator.cli.waiver_files import waiver_files, waivers_option
from validator.logic.frozen import replace
from validator.logic.text import Text

if TYPE_CHECKING:
    from validator.journeys.assemble import Quarantined
    from validator.journeys.waivers.waiving import Waiving
    from validator.language.library import Library
    from validator.logic.waiver import WaiverList

FORMATS = ("text", "json")
ENDINGS = {
    0: Text("замечаний нет", "nothing to mend"),
    1: Text("есть отступления с замечаниями", "there are waivers with problems"),
    3: Text("есть отложенные документы", "documents were quarantined"),
}


def build() -> click.Command:
    """The command, its texts in the language of the run."""
    text = Text(
        "Перечислить отступления и сколько дней им осталось: действующие, скоро кончающиеся, кончившиеся, ещё не "
        "начавшиеся; сказать о слишком широких и запрещённых. Если названы снимки (или они есть в sverka.yaml), "
        "сказать и о тех, которым отступать не от чего.",
        "List waivers and how many days they have left: those that hold, end soon, are over or have not begun; "
        "tell of those that are too broad or forbidden and, with snapshots (named, or in sverka.yaml), of those "
        "that have nothing to waive.",
    )
    as_of = Text("на какой день; без него — на сегодня", "on which day; without it, today")
    metavar = tell(Text("[ПУТИ]…", "[PATHS]…"))

    @click.command(name="waivers", help=tell(text))
    @click.argument("paths", nargs=-1, metavar=metavar)
    @waivers_option
    @partial(output_option, formats=FORMATS)
    @policies_option
    @click.option(
        "--as-of",
        type=Day(),
        default=default_from_settings("as_of"),
        metavar=tell(Text("ГГГГ-ММ-ДД", "YYYY-MM-DD")),
        help=tell(as_of),
    )
    @language_option
    def command(
        paths: tuple[str, ...],
        waivers: tuple[str, ...],
        outputs: tuple[str, ...],
        policies: tuple[str, ...],
        as_of: date | None,
    ) -> int:
        """List the waivers, answer with the exit code."""
        from validator.journeys.waivers.list import list_exit_code  # noqa: PLC0415 - not for `--help`

        targets = parse_outputs(outputs, (*paths, *waivers), FORMATS)
        found = _list(paths or configured("snapshots"), waivers, policies, as_of or date.today())
        return deliver(found, targets, list_exit_code(found), family="waivers.", endings=ENDINGS)

    return command


def _list(paths: tuple[str, ...], waivers: tuple[str, ...], policies: tuple[str, ...], day: date) -> WaiverList:
    """The list on a day. Leaves with 2 when there is no waiver at all."""
    from validator.journeys.waivers.list import waiver_list  # noqa: PLC0415 - not for `--help`
    from validator.journeys.waivers.waiving import Waiving  # noqa: PLC0415

    found = waiver_files(waivers)
    if not found.waivers:
        _none(waivers)
    library = load_library(policies)
    waiving = Waiving(found.waivers, library.policies, library.vocabulary.root)
    evaluated, quarantined = _judge(paths, library, waiving, day) if paths else (0, [])
    return waiver_list(waiving, day, len(found.files), evaluated, quarantined)


def _none(waivers: tuple[str, ...]) -> NoReturn:
    """A list of nothing would look like a list without problems."""
    listed = ", ".join(map(shown, waivers))
    if listed:
        help_ = Text("запишите их в файлах .yaml: `waivers:`", "write them in .yaml files: `waivers:`")
        usage_error(f"не найдено ни одного отступления: {listed}", f"no waiver was found: {listed}", help_)
    help_ = Text(
        "назовите их: `--waivers папка` или `waivers: [папка]` в sverka.yaml",
        "name them: `--waivers folder`, or `waivers: [folder]` in sverka.yaml",
    )
    usage_error("не названо, где отступления", "where the waivers are is not named", help_)


def _judge(paths: tuple[str, ...], library: Library, waiving: Waiving, day: date) -> tuple[int, list[Quarantined]]:
    """Judges the norms that waivers name on the organizations that they name, by the law of the day."""
    from validator.cli.documents import delivered, read  # noqa: PLC0415 - only where snapshots are named
    from validator.journeys.assemble import Quarantined  # noqa: PLC0415
    from validator.journeys.check import check  # noqa: PLC0415

    named = {waiver.policy for waiver in waiving.waivers}
    norms = {name: norm for name, norm in library.policies.norms.items() if name in named}
    policies = replace(library.policies, norms=norms, decisions={})
    evaluated = 0
    quarantined: list[Quarantined] = []
    for item in delivered(paths):
        found = read(item, library)
        if isinstance(found, Quarantined):
            quarantined.append(found)
            continue
        evaluated += 1
        if waiving.concerns(found[0]):
            waiving.apply(found[0], check(found[0], policies, day), day)
    return evaluated, quarantined
