"""`sverka demo`: a ready example, a dozen invented organizations, unpacked and checked at once.

Everything comes from the installed product, so it works without network. What is unpacked belongs to the user
afterwards: no run writes over anything, and none follows a link.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from itertools import chain, count, groupby
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from validator.cli.context import current_language, shown, tell, usage_error
from validator.cli.options import language_option
from validator.logic.text import Language, Text
from validator.render.safe import log_line
from validator.resources import demo_folder, organizations_folder

if TYPE_CHECKING:
    from validator.logic.report import Report, Result

DEFAULT = "sverka-demo"
# A dozen that shows every verdict: what is clean, what is violated, what nobody knows, and what law is disputed.
ORGANIZATIONS = (
    "city-hall-answers-comments.json",
    "company-share-unknown.json",
    "khabarovsk-school-no-roadmap.yaml",
    "kindergarten-parent-cannot-register.yaml",
    "school-coercion-order.json",
    "school-first-days-of-ban.json",
    "school-refusals-no-channel.yaml",
    "school-refusals-working-channel.yaml",
    "school-staff-room-telegram.yaml",
    "school-unknown-service.yaml",
    "spb-college-moved-in-august.yaml",
    "spb-school-transfer-week.yaml",
)
REPORT_TEXT, REPORT_JSON = "report.txt", "report.json"
_REFUSALS = {
    errno.EACCES: Text("нет прав на запись", "no permission to write"),
    errno.EPERM: Text("нет прав на запись", "no permission to write"),
    errno.EROFS: Text("диск только для чтения", "the disk is read-only"),
    errno.ENAMETOOLONG: Text("имя слишком длинное", "the name is too long"),
}


def build() -> click.Command:
    """The command, its texts in the language of the run."""
    text = Text(
        f"Распаковать готовый пример, дюжину вымышленных организаций, в новую папку (иначе {DEFAULT}) и проверить"
        " его. Код выхода тот же, что у проверки: 1, потому что в примере есть нарушения.",
        f"Unpack a ready example, a dozen invented organizations, into a new folder ({DEFAULT} by default) and"
        " check it. The exit code is that of the check: 1, because the example holds violations.",
    )

    @click.command(name="demo", help=tell(text))
    @click.argument("folder", default=DEFAULT, metavar=tell(Text("[ПАПКА]", "[FOLDER]")))
    @language_option
    def command(folder: str) -> int:
        """Unpack, check, show the gravest findings, save the whole report, say what to try next."""
        target = Path(folder)
        unpack(contents_in(current_language()), target)
        return _show(target)

    return command


def contents_in(language: Language) -> dict[str, bytes]:
    """What is unpacked: POSIX paths inside the folder with their bytes, in a stable order.

    The guide comes in the language of the run; everything else is the same in both.
    """
    guide, source = f"README.{language}.md", demo_folder()
    files = {"README.md": (source / guide).read_bytes()}
    for path in sorted(source.rglob("*"), key=lambda path: path.as_posix()):
        if path.is_file() and not path.name.startswith("README."):
            files[path.relative_to(source).as_posix()] = path.read_bytes()
    for name in ORGANIZATIONS:
        files[f"snapshots/{name}"] = (organizations_folder() / name).read_bytes()
    return files


def _claim(target: Path) -> bool:
    """Make the folder (True), or take an empty one (False). Leaves with 2 when that can't be."""
    name = shown(target)
    try:
        if target.is_symlink():
            usage_error(
                f"здесь ссылка, а не папка: {name}", f"a link stands here, no folder: {name}", _other(target)
            )
        if not target.exists():
            target.mkdir()
            return True
        if not target.is_dir():
            usage_error(f"здесь файл, а не папка: {name}", f"a file stands here, no folder: {name}", _other(target))
        if any(target.iterdir()):
            usage_error(
                f"папка уже есть и не пуста: {name}", f"the folder exists and is not empty: {name}", _other(target)
            )
    except (FileNotFoundError, NotADirectoryError):
        parent = shown(target.parent)
        usage_error(f"нет папки, в которой создать пример: {parent}", f"no folder to put the example in: {parent}")
    except OSError as error:
        _refused(error, name)
    return False


def _refused(error: OSError, name: str) -> NoReturn:
    """Say why the system does not let us write there; other troubles, such as a full disk, are not the user's."""
    why = _REFUSALS.get(error.errno or 0)
    if why is None:
        raise error
    help_ = Text(
        "укажите папку, куда можно писать: sverka demo ПАПКА",
        "name a folder that can be written to: sverka demo FOLDER",
    )
    usage_error(
        f"пример нельзя записать в {name}: {why.ru}", f"the example can't be written to {name}: {why.en}", help_
    )


def _other(target: Path) -> Text:
    """A name that is free, as the command to type."""
    names: Iterator[Path] = (target.with_name(f"{target.name}-{n}") for n in count(2))
    if target.name in ("", ".."):  # this folder, the one above, or the root: something inside it
        names = chain([target / DEFAULT], (target / f"{DEFAULT}-{n}" for n in count(2)))
    free = next(path for path in names if not os.path.lexists(path))
    return Text(f"укажите другую: sverka demo {quoted(free)}", f"name another: sverka demo {quoted(free)}")


def unpack(contents: dict[str, bytes], target: Path) -> None:
    """Make the folder, unless an empty one is there, and write the files into it; nothing is ever replaced.

    Whole or not at all: after a failure nothing of it is left. Leaves with 2 where it may not be written.
    """
    made = [target] if _claim(target) else []
    folders = {Path(place).parent for place in contents}
    try:
        for folder in sorted({outer for inner in folders for outer in (inner, *inner.parents)} - {Path()}):
            (target / folder).mkdir()
            made.append(target / folder)
        for place, data in contents.items():
            with (target / place).open("xb") as stream:  # `x`: a link that appeared meanwhile is not followed
                made.append(target / place)
                stream.write(data)
    except BaseException as error:
        for path in reversed(made):
            with suppress(OSError):
                path.rmdir() if path.is_dir() else path.unlink()
        if isinstance(error, OSError):
            _refused(error, shown(target))
        raise


def _show(target: Path) -> int:
    """Check the snapshots, save the whole report, print the gravest findings; the exit code of the check."""
    from validator.cli.check import evaluate_by, list_policies  # noqa: PLC0415 - not for `--help`
    from validator.cli.context import load_library  # noqa: PLC0415
    from validator.cli.outputs import Output, deliver, write_whole  # noqa: PLC0415
    from validator.journeys.assemble import exit_code  # noqa: PLC0415
    from validator.render import json, text  # noqa: PLC0415

    language = current_language()
    library = load_library(())
    report = evaluate_by(library, (str(target / "snapshots"),), None, findings_only=True)
    code = exit_code(report)
    write_whole(target / REPORT_TEXT, text.render(report, language))
    list_policies(report, library)
    write_whole(target / REPORT_JSON, json.render(report))
    gravest = gravest_of(report["results"])
    for line in introduction(report, target):
        click.echo(log_line(tell(line)))
    # Those that the introduction names as clean have no section of their own here.
    concerned = {result["organization"] for result in gravest}
    rows = [row for row in report["organizations"] if row["organization"] in concerned]
    deliver({**report, "organizations": rows, "results": gravest}, [Output("text", None)], code)
    click.echo()
    for line in ending(gravest, target, code):
        click.echo(log_line(tell(line)))
    return code


def gravest_of(results: list[Result]) -> list[Result]:
    """The one result of each organization that blocks most: violations first, then by severity and policy."""
    from validator.journeys.gate import DEFAULT_GATE  # noqa: PLC0415

    blocking = [result for result in results if DEFAULT_GATE.blocks(result)]
    return [
        min(group, key=_gravity) for _, group in groupby(blocking, key=lambda r: (r["organization"], r["as_of"]))
    ]


def _gravity(result: Result) -> tuple[bool, int, str]:
    from validator.render.words import SEVERITIES  # noqa: PLC0415

    severity = list(SEVERITIES).index(result["severity"] or "info")
    return result["verdict"] != "violation", severity, result["policy"]


def introduction(report: Report, target: Path) -> list[Text]:
    """What was unpacked, what follows, and who has nothing to fear."""
    from validator.render.words import count_ru_en  # noqa: PLC0415

    rows = report["organizations"]
    forms = ("вымышленная организация", "вымышленные организации", "вымышленных организаций")
    number = count_ru_en(len(rows), forms, ("invented organization", "invented organizations"))
    blocked = {(result["organization"], result["as_of"]) for result in gravest_of(report["results"])}
    clean = [
        row["name"] or row["organization"] for row in rows if (row["organization"], row["as_of"]) not in blocked
    ]
    lines = [
        Text(
            f"Пример распакован в папку {shown(target)}: {number.ru}",
            f"The example is unpacked into {shown(target)}: {number.en}",
        ),
        Text(
            "Ниже самое тяжёлое у каждой организации и итог по всем оценкам",
            "Below: the gravest finding of each organization, and the totals of all judgements",
        ),
    ]
    if clean:
        names = "; ".join(clean)
        lines.append(Text(f"Без блокирующих замечаний: {names}", f"Nothing that blocks: {names}"))
    return [*lines, Text("", "")]


def ending(gravest: list[Result], target: Path, code: int) -> list[Text]:
    """What the exit code means, where the report lies, and commands to try next, each ready to be typed."""
    lines: list[Text] = []
    if code == 1:
        lines.append(
            Text(
                "Код 1 здесь не сбой: в примере есть нарушения, и `sverka check` на нём кончился бы так же",
                "Code 1 is no failure here: the example holds violations, and `sverka check` would end alike",
            )
        )
    place = shown(target)
    files = f"{place}/{REPORT_TEXT}, {place}/{REPORT_JSON}"
    lines += [
        Text(
            f"Отчёт целиком: {files}; что в папке: {place}/README.md",
            f"The whole report: {files}; what is in the folder: {place}/README.md",
        ),
        Text("", ""),
        Text("Что попробовать дальше:", "What to try next:"),
    ]
    for command, why in next_steps(gravest, target):
        lines += [Text(f"  {command}", f"  {command}"), Text(f"      {why.ru}", f"      {why.en}")]
    return lines


def next_steps(gravest: list[Result], target: Path) -> list[tuple[str, Text]]:
    """Commands that work from the current folder, with what each shows."""
    steps: list[tuple[str, Text]] = []
    snapshots, own = quoted(target / "snapshots"), quoted(target / "policies")
    if gravest:
        worst = min(gravest, key=_gravity)
        policy, file = worst["policy"], quoted(Path(worst["location"]["file"]))
        steps = [
            (
                f"sverka explain {policy}",
                Text("норма словами, с актами и сроками", "the norm in words, with its acts and terms"),
            ),
            (
                f"sverka explain {policy} --snapshot {file}",
                Text("какие условия и строки снимка решили", "which conditions and lines of the snapshot decided"),
            ),
        ]
    return [
        *steps,
        (
            f"sverka check {snapshots} -o json={quoted(target / 'my-report.json')}",
            Text(
                "исправьте снимок и проверьте снова, отчёт в файл",
                "mend a snapshot and check again, the report to a file",
            ),
        ),
        (
            f"sverka check {snapshots} --policies builtin --policies {own}",
            Text(
                "то же со своей нормой DEMO-CALL поверх встроенных",
                "the same with a norm of your own, DEMO-CALL, on top",
            ),
        ),
    ]


def quoted(path: Path) -> str:
    """A path as it is typed in the shell of this system, in quotes where it needs them."""
    name = shown(path)
    if name.startswith("-"):
        name = f"./{name}"  # not an option
    if sys.platform == "win32":
        return f'"{name}"' if set(name) & set(" &()[]{}^=;!'+,`~") else name
    if all(char.isalnum() or char in "@%+:,./-_" for char in name):
        return name
    from shlex import quote  # noqa: PLC0415

    return quote(name)
