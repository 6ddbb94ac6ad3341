"""`sverka init`: a repository of snapshots set up in one go. What is there already is never touched."""

from __future__ import annotations

import os
from collections.abc import Iterable
from enum import Enum
from pathlib import Path
from typing import NamedTuple, get_args

import click

from validator.cli.context import current_language, shown, stop, tell, usage_error
from validator.cli.init_contents import (
    GITHUB,
    GITLAB,
    HOOKS,
    PURPOSES,
    SAMPLE,
    SCHEMAS,
    SETTINGS,
    Hosting,
    Wanted,
    content,
    places,
)
from validator.cli.options import language_option
from validator.language.structure import nearest
from validator.logic.problem import InputError
from validator.logic.text import Text, plural_ru
from validator.render.safe import log_line


class State(Enum):
    """What became of a file."""

    CREATED = "created"
    SAME = "same"
    KEPT = "kept"  # it is there and differs
    ELSEWHERE = "elsewhere"  # another file does its work


class Outcome(NamedTuple):
    """One file, what became of it, and for `ELSEWHERE` what does its work."""

    place: str
    state: State
    instead: str = ""


_STATES = {
    State.CREATED: Text("создан", "created"),
    State.SAME: Text("уже есть", "there"),
    State.KEPT: Text("оставлен", "kept"),
    State.ELSEWHERE: Text("не нужен", "not needed"),
}


def build() -> click.Command:
    """The command, its texts in the language of the run."""
    text = Text(
        "Настроить репозиторий со снимками организаций: настройки, проверки перед записью в git, CI, подсказки VS"
        " Code, образец снимка. Без папки — в текущей. Ничего из того, что уже есть, не меняется.",
        "Set up a repository of organization snapshots: settings, checks before git records a change, CI, hints of"
        " VS Code, a sample snapshot. Without a folder, in the current one. Nothing that is there already changes.",
    )
    ci = Text(
        "для какого CI (по умолчанию both: github и gitlab)", "for which CI (both by default: github and gitlab)"
    )
    hooks = Text("проверки перед записью в git (.pre-commit-config.yaml)", "checks before git records a change")
    editor = Text("настройки VS Code и схемы для него", "settings of VS Code, and schemas for it")
    show = Text(
        "только напечатать, что было бы в этом файле, например .vscode/settings.json",
        "only print what the file would hold, for example .vscode/settings.json",
    )

    @click.command(name="init", help=tell(text))
    @click.argument("folder", default=".", metavar=tell(Text("[ПАПКА]", "[FOLDER]")))
    @click.option("--ci", type=click.Choice(get_args(Hosting)), default="both", help=tell(ci))
    @click.option("--pre-commit/--no-pre-commit", "hooks", default=True, help=tell(hooks))
    @click.option("--vscode/--no-vscode", "editor", default=True, help=tell(editor))
    @click.option("--show", metavar=tell(Text("ФАЙЛ", "FILE")), help=tell(show))
    @language_option
    def command(folder: str, ci: Hosting, hooks: bool, editor: bool, show: str | None) -> None:
        """Write the files and say what was done."""
        target = Path(folder)
        if show is not None:
            _show(show, target)
        else:
            _set_up(target, Wanted(ci, hooks, editor))

    return command


def _show(place: str, folder: Path) -> None:
    name = Path(place).as_posix()
    if name not in PURPOSES:
        usage_error(f"init не пишет файла `{place}`", f"init writes no file `{place}`", nearest(name, PURPOSES))
    click.echo(_content(name, folder).decode("utf-8"), nl=False)


def _content(place: str, folder: Path) -> bytes:
    own = folder / "policies"
    return content(place, current_language(), own_policies=own.is_dir() and any(own.iterdir()))


def _set_up(folder: Path, wanted: Wanted) -> None:
    """Look at everything before anything is written; then write, telling each file as it comes."""
    _check_folder(folder)
    _make(folder)
    pending = [*_planned(folder, wanted)]
    _refuse_obstacles(folder, [outcome.place for outcome in pending if outcome.state is State.CREATED])
    click.echo(log_line(tell(Text(f"Папка: {shown(folder)}", f"Folder: {shown(folder)}"))))
    outcomes: list[Outcome] = []
    for outcome in pending:
        if outcome.state is State.CREATED and not _written(folder, outcome.place):
            outcome = outcome._replace(state=State.KEPT)  # noqa: PLW2901 - somebody was faster
        outcomes.append(outcome)
        _tell(outcome)
    for line in (*_summary(outcomes), *_next_steps(folder, outcomes)):
        click.echo(log_line(tell(line)))


def _check_folder(folder: Path) -> None:
    """Leaves with 2 when it can be no folder."""
    for place in (folder, *folder.parents):
        if os.path.isdir(place):
            return
        if os.path.lexists(place):
            name = shown(place)
            usage_error(f"здесь файл, а не папка: {name}", f"a file stands here, no folder: {name}")


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        name, why = shown(folder), error.strerror or type(error).__name__
        usage_error(f"не удалось создать папку: {name} ({why})", f"the folder can't be made: {name} ({why})")


def _refuse_obstacles(folder: Path, wanted: list[str]) -> None:
    """Leaves with 2 when a file can't be put in its place, before any is written."""
    from validator.cli.init_write import obstacle  # noqa: PLC0415 - not for `--help`

    for place in wanted:
        try:
            why = obstacle(folder, place)
        except OSError as error:
            why = Text(f"{error.strerror}: {place}", f"{error.strerror}: {place}")
        if why is not None:
            help_ = Text(
                "уберите помеху или назовите другую папку; ничего не создано",
                "remove the obstacle or name another folder; nothing was created",
            )
            usage_error(why.ru, why.en, help_)


def _planned(folder: Path, wanted: Wanted) -> Iterable[Outcome]:
    """What is to become of each file, as far as can be seen beforehand."""
    from validator.cli.init_write import holds  # noqa: PLC0415

    for place in places(wanted):
        file = folder / place
        if os.path.lexists(file) and not file.is_dir():
            yield Outcome(place, State.SAME if holds(file, _content(place, folder)) else State.KEPT)
        elif instead := _instead(folder, place):
            yield Outcome(place, State.ELSEWHERE, instead)
        else:
            yield Outcome(place, State.CREATED)


def _instead(folder: Path, place: str) -> str:
    """What already does the work of a file: settings under another name, snapshots of one's own."""
    if place == SETTINGS and folder.is_dir():
        from validator.cli.settings_file import settings_in  # noqa: PLC0415

        try:
            return ", ".join(name for name in settings_in(str(folder)) if name != SETTINGS)
        except InputError as error:
            stop(error.problems)
    if place == SAMPLE:
        own = (folder / place).parent
        if own.is_dir() and any(own.iterdir()):
            return f"{own.relative_to(folder).as_posix()}/"
    return ""


def _written(folder: Path, place: str) -> bool:
    from validator.cli.init_write import write_new  # noqa: PLC0415

    data = _content(place, folder)
    return write_new(folder / place, data)


def _tell(outcome: Outcome) -> None:
    """A line about a file, and for one that was left alone how to see what it would have held."""
    place, state, instead = outcome
    width = max(len(tell(text)) for text in _STATES.values())
    line = f"  {tell(_STATES[state]):<{width}}  {place}"
    match state:
        case State.CREATED:
            told = Text(f" ({PURPOSES[place].ru})", f" ({PURPOSES[place].en})")
        case State.SAME:
            told = Text("", "")
        case State.KEPT if place.startswith(SCHEMAS):
            told = Text(
                " (от другой версии или языка; чтобы обновить, удалите его и повторите init)",
                " (of another version or language; to renew it, delete it and run init again)",
            )
        case State.KEPT:
            told = Text(
                f" (уже есть и отличается; что стоит в него добавить, покажет sverka init --show {place})",
                f" (there already, and differs; what to add is shown by sverka init --show {place})",
            )
        case State.ELSEWHERE:
            told = Text(f" (уже есть {instead})", f" (there is {instead} already)")
    click.echo(log_line(line + tell(told)))


def _summary(outcomes: list[Outcome]) -> list[Text]:
    created = sum(outcome.state is State.CREATED for outcome in outcomes)
    if created == 0:
        return [Text("Ничего не изменено", "Nothing was changed")]
    files = plural_ru(created, "файл", "файла", "файлов")
    kept = len(outcomes) - created
    left = Text(f", не тронуто {kept}", f", {kept} left alone") if kept else Text("", "")
    noun = "file" if created == 1 else "files"
    return [Text(f"Создано: {created} {files}{left.ru}", f"Created: {created} {noun}{left.en}")]


def _next_steps(folder: Path, outcomes: list[Outcome]) -> list[Text]:
    """What is left to do by hand, and the command to begin with."""
    created = {outcome.place for outcome in outcomes if outcome.state is State.CREATED}
    lines: list[Text] = []
    pipelines = [place for place in (GITHUB, GITLAB) if place in created]
    if pipelines:
        files = ", ".join(pipelines)
        lines.append(
            Text(
                f"  впишите, откуда CI ставит Сверку (VALIDATOR_PACKAGE): {files}",
                f"  write where CI takes Sverka from (VALIDATOR_PACKAGE): {files}",
            )
        )
    if created & {HOOKS, GITHUB, GITLAB}:
        lines += _about_git(folder)
    if HOOKS in created:
        lines.append(Text("  pre-commit install", "  pre-commit install"))
    lines.append(Text("  sverka check", "  sverka check"))
    if os.path.realpath(folder) == os.path.realpath("."):
        return [Text("Дальше:", "Next:"), *lines]
    return [Text("Дальше, в этой папке:", "Next, in that folder:"), *lines]


def _about_git(folder: Path) -> list[Text]:
    """Hooks and CI work at the root of a repository only."""
    place = Path(os.path.realpath(folder))
    if os.path.lexists(place / ".git"):
        return []
    if any(os.path.lexists(above / ".git") for above in place.parents):
        return [
            Text(
                "  перенесите CI и .pre-commit-config.yaml в корень репозитория: он выше этой папки",
                "  move CI and .pre-commit-config.yaml to the root of the repository: it is above this folder",
            )
        ]
    return [Text("  git init", "  git init")]
