"""The policy set to prove, and what has changed in it since a git revision."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from validator.cli.context import library_of, notice, shown, stop, usage_error
from validator.cli.git_tree import Repository, commit_of, read_tree, repository_of
from validator.cli.unnamed_policies import tell_unnamed_policies
from validator.journeys.impact.changes import Loaded, compare_sets
from validator.language.library import Library, PolicyText, read_folder
from validator.logic.policy import PolicySet
from validator.logic.problem import InputError
from validator.logic.text import Text
from validator.resources import named_policies

BUILTIN = "builtin"


class Sets(NamedTuple):
    """The set, the ids of what has changed in it (None: all of it counts), and the set as it was."""

    library: Library
    changed: frozenset[str] | None
    old: PolicySet | None


def sets_of(folders: tuple[str, ...], revision: str | None) -> Sets:
    """The policy set of the folders. Leaves with 2 when a folder, the set or the revision can't be used."""
    tell_unnamed_policies(folders)
    names = folders or (BUILTIN,)
    if revision is not None and {*names} == {BUILTIN}:
        usage_error(
            "у встроенного набора нет ревизий, сравнивать не с чем",
            "the shipped set has no revisions, there is nothing to compare it with",
            Text(
                "назовите и свою папку: `--policies builtin --policies моя-папка`",
                "name a folder of your own as well: `--policies builtin --policies my-folder`",
            ),
        )
    try:
        texts = [text for folder in names for text in _texts(folder)]
        library = library_of(texts)
        if revision is None:
            return Sets(library, None, None)
        before = [text for folder in names for text in _at_revision(folder, revision)]
        old = library_of(before)
    except InputError as error:
        stop(error.problems)
    difference = compare_sets(Loaded(old, tuple(before)), Loaded(library, tuple(texts)))
    parameters = {change["name"] for change in difference.changes if change["kind"] == "parameter"}
    return Sets(library, frozenset({*difference.affected, *parameters}), old.policies)


def _texts(folder: str) -> list[PolicyText]:
    """The files of one folder; those of the shipped set are named so, wherever the program lies."""
    texts = read_folder(named_policies(folder))
    return [text._replace(file=f"{BUILTIN}/{text.place}") for text in texts] if folder == BUILTIN else texts


def _at_revision(folder: str, revision: str) -> list[PolicyText]:
    """The files as they were. The shipped set has no revisions: it stands as it is on both sides."""
    if folder == BUILTIN:
        return _texts(folder)
    repository = _repository(folder)
    found = read_tree(repository, revision, commit_of(repository, revision))
    if not found:
        notice(
            Text(
                f"{shown(folder)}: в ревизии {revision} такой папки нет, все её политики считаются новыми",
                f"{shown(folder)}: there is no such folder in {revision}, all of its policies count as new",
            )
        )
    return found or []


def _repository(folder: str) -> Repository:
    """The repository that the folder lies in. Raises `InputError` with what to do without one."""
    try:
        return repository_of(Path(folder))
    except InputError as error:
        help_ = Text(
            "без `--changed` доказывается весь набор; сравнить две папки: `sverka impact СТАРАЯ НОВАЯ`",
            "without `--changed` the whole set is proved; to compare two folders: `sverka impact OLD NEW`",
        )
        found = (one._replace(help=help_) if one.code == "git-repository" else one for one in error.problems)
        raise InputError([*found]) from None
