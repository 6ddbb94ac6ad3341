"""The two sides of a comparison as the command line names them: policy folders, a git revision, saved reports."""

from __future__ import annotations

import os
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from validator.cli.context import notice, notice_once, shown, stop, usage_error
from validator.cli.git_tree import commit_of, read_tree, repository_of
from validator.cli.settings import configured
from validator.journeys.impact.changes import Loaded
from validator.journeys.impact.notes import note
from validator.journeys.impact.saved import LIMIT_BYTES, Saved, read_saved
from validator.language.cache import load_cached
from validator.language.library import PolicyText, read_folder
from validator.language.store import store_for
from validator.logic.impact import Note, Side
from validator.logic.problem import InputError, Problem
from validator.logic.text import Text
from validator.resources import named_policies, schema_bytes

if TYPE_CHECKING:
    from validator.cli.impact import Asked

BUILTIN = "builtin"


class Named(NamedTuple):
    """One side as the report shows it, and what it consists of."""

    side: Side
    what: Loaded | Saved


def sides_of(asked: Asked) -> tuple[Named, Named, list[Note]]:
    """The old and the new side, and what is worth noting about them. Leaves with 2 when one can't be used."""
    return _from_revision(asked) if asked.base is not None else _from_paths(asked)


def _from_revision(asked: Asked) -> tuple[Named, Named, list[Note]]:
    assert asked.base is not None
    folders = asked.policies or _configured_policies()
    if all(folder == BUILTIN for folder in folders):
        usage_error(
            "с `--base` нужна папка с политиками из репозитория: встроенные одни и те же с обеих сторон",
            "`--base` needs a policy folder of a repository: the shipped set is the same on both sides",
            Text("назовите её: `--policies моя-папка`", "name it: `--policies my-folder`"),
        )
    before: list[PolicyText] = []
    after: list[PolicyText] = []
    commits: set[str] = set()
    notes: list[Note] = []
    try:
        for folder in folders:
            texts = _texts(folder)
            after += texts
            if folder == BUILTIN:
                before += texts
                continue
            repository = repository_of(Path(folder))
            commits.add(commit := commit_of(repository, asked.base))
            found = read_tree(repository, asked.base, commit)
            before += found or []
            if not found:
                notes.append(_new_folder(folder, asked.base))
    except InputError as error:
        stop(error.problems)
    law = day_text(asked.as_of)
    old, new = _load_both(before, after, asked.base)
    commit_id = commits.pop() if len(commits) == 1 else None
    names = [shown(folder) for folder in folders]
    return (
        Named(_policy_side(names, old, law, asked.base, commit_id), old),
        Named(_policy_side(names, new, law), new),
        notes,
    )


def _configured_policies() -> tuple[str, ...]:
    """What the settings name; else the folder `policies` here, because the shipped set has no revisions."""
    folders = configured("policies")
    return ("policies",) if folders == (BUILTIN,) and Path("policies").is_dir() else folders


def _new_folder(folder: str, revision: str) -> Note:
    name = shown(folder)
    return note(
        "new-folder",
        Text(
            f"в ревизии {revision} папки {name} с политиками не было: всё в ней новое",
            f"revision {revision} had no policies in the folder {name}: all in it is new",
        ),
    )


def _from_paths(asked: Asked) -> tuple[Named, Named, list[Note]]:
    kinds = [_kind(name) for name in asked.sides]
    if kinds == ["saved", "saved"]:
        _refuse_for_saved(asked)
    sides: list[Named] = []
    problems: list[Problem] = []
    for name, kind in zip(asked.sides, kinds, strict=True):
        try:
            sides.append(_saved(name) if kind == "saved" else _folder_side(name, asked))
        except InputError as error:
            problems += [problem for problem in error.problems if problem not in problems]
    if problems:
        stop(problems)
    return sides[0], sides[1], []


def _kind(name: str) -> str:
    if name == BUILTIN or os.path.isdir(name):
        return "policies"
    if os.path.exists(name):
        return "saved"
    return usage_error(
        f"нет такой папки с политиками или сохранённого отчёта: {shown(name)}",
        f"no such policy folder or saved report: {shown(name)}",
        Text("для ревизии git есть `--base РЕВИЗИЯ`", "for a git revision there is `--base REV`"),
    )


def _refuse_for_saved(asked: Asked) -> None:
    if asked.on:
        usage_error(
            "сохранённым отчётам снимки не нужны: уберите `--on`", "saved reports need no snapshots: drop `--on`"
        )
    if asked.as_of_named:
        usage_error(
            "сохранённый отчёт нельзя пересудить на другой день: уберите `--as-of`",
            "a saved report can't be judged anew for another day: drop `--as-of`",
        )


def _saved(name: str) -> Named:
    try:
        with open(name, "rb") as stream:
            data = stream.read(LIMIT_BYTES + 1)
    except OSError:
        message = Text("файл не читается", "the file can't be read")
        help_ = Text("проверьте права на файл", "check who may read it")
        raise InputError([Problem("unreadable-file", message, help_, file=shown(name))]) from None
    found = read_saved(data, shown(name))
    return Named(found.side(shown(name)), found)


def _folder_side(name: str, asked: Asked) -> Named:
    folders = (*asked.policies, name)
    loaded = _load([text for folder in folders for text in _texts(folder)])
    return Named(_policy_side([shown(folder) for folder in folders], loaded, day_text(asked.as_of)), loaded)


def _texts(folder: str) -> list[PolicyText]:
    return read_folder(named_policies(folder))


def _load(texts: list[PolicyText]) -> Loaded:
    library = load_cached(texts, schema_bytes("snapshot"), store_for(os.environ, sys.platform), notice_once)
    return Loaded(library, tuple(texts))


def _load_both(before: list[PolicyText], after: list[PolicyText], revision: str) -> tuple[Loaded, Loaded]:
    """Both sets of a comparison with a revision; leaves with the mistakes of both."""
    problems: list[Problem] = []
    loaded: list[Loaded] = []
    for texts in (before, after):
        try:
            loaded.append(_load(texts))
        except InputError as error:
            if texts is before:
                notice(
                    Text(
                        f"политики ревизии {revision} нынешняя программа не принимает:",
                        f"the policies of revision {revision} are not accepted by this program:",
                    )
                )
            problems += [problem for problem in error.problems if problem not in problems]
    if problems:
        stop(problems)
    return loaded[0], loaded[1]


def day_text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _policy_side(
    names: list[str], loaded: Loaded, law: str | None, revision: str | None = None, commit: str | None = None
) -> Side:
    return {
        "kind": "policies",
        "names": names,
        "revision": revision,
        "commit": commit,
        "digest": loaded.policies.digest,
        "norms": len(loaded.policies.norms),
        "decisions": len(loaded.policies.decisions),
        "law_date": law,
    }
