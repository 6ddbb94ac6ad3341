"""A folder as a git revision holds it, read without touching the working tree.

Only three reading commands of the `git` executable are ever run, never through a shell: `rev-parse`, `ls-tree` and
`cat-file` (and `for-each-ref` for a hint). Nothing is checked out or written, no hook, filter or text conversion
applies, and a revision that the user names is resolved to a commit id before it is used anywhere else.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import NamedTuple

from validator.cli.context import shown
from validator.language.limits import default
from validator.language.policy_folder import NO_POLICIES, PolicyText
from validator.language.structure import nearest, shorten
from validator.logic.problem import InputError, Problem
from validator.logic.text import Text

_COMMIT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_BACK = re.compile(r"(?:~[0-9]*|\^1?)+$")  # so many commits back along the first parents
_OPTIONS = ("--no-pager", "--no-replace-objects", "-c", "core.fsmonitor=false", "-c", "core.quotepath=false")
_ENVIRONMENT = {
    "LC_ALL": "C",  # messages of git are passed on as they are
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_NO_LAZY_FETCH": "1",  # no object is fetched from anywhere
    "GIT_TERMINAL_PROMPT": "0",
}
_FILES = (b"100644", b"100755", b"100664")
_LINK, _SUBMODULE = b"120000", b"160000"


class Repository(NamedTuple):
    """The repository of a folder: how git is called in it, and the path of the folder inside it (`policies/`)."""

    git: str
    folder: Path
    prefix: bytes


class _Entry(NamedTuple):
    mode: bytes
    oid: bytes
    size: int
    path: bytes


def repository_of(folder: Path) -> Repository:
    """The repository that a folder lies in. Raises `InputError` when git or the repository is missing."""
    git = _executable()
    if git is None:
        message = Text("программа git не найдена", "the git program was not found")
        help_ = Text("установите git или сравните две папки", "install git, or compare two folders")
        raise InputError([Problem("git-missing", message, help_, file=shown(folder))])
    answer = _run(git, folder, "rev-parse", "--show-prefix")
    if answer.returncode:
        raise InputError([_not_a_repository(folder, answer.stderr)])
    return Repository(git, folder, answer.stdout.removesuffix(b"\n"))


def _executable() -> str | None:
    """`git` from PATH. Windows would also take one from the folder we stand in, which others may have filled."""
    found = shutil.which("git")
    here = os.getcwd()
    if found and os.path.dirname(os.path.abspath(found)) == here and here not in os.get_exec_path():
        return None
    return found


def _not_a_repository(folder: Path, said: bytes) -> Problem:
    told = shorten(said.decode("utf-8", "replace").strip().split("\n")[0].removeprefix("fatal: "))
    if "not a git repository" in told:
        message = Text("папка не лежит в репозитории git", "the folder lies in no git repository")
    else:
        message = Text(f"git отказал: {told}", f"git refused: {told}")
    help_ = Text("сравните две папки: `sverka impact СТАРАЯ НОВАЯ`", "compare two folders: `sverka impact OLD NEW`")
    return Problem("git-repository", message, help_, file=shown(folder))


def commit_of(repository: Repository, revision: str) -> str:
    """The commit id of a revision. Raises `InputError`, with the nearest branch or tag, when there is none."""
    found = _resolve(repository, revision)
    if found is not None:
        return found
    name = shorten(revision)
    message = Text(f"нет такой ревизии: `{name}`", f"there is no such revision: `{name}`")
    raise InputError([Problem("git-revision", message, _where_to_look(repository, revision))])


def _resolve(repository: Repository, revision: str) -> str | None:
    """The commit id of a revision, None when there is none; what looks like an option never reaches git."""
    if not revision or revision.startswith("-") or not revision.isprintable():
        return None
    answer = _run(
        *(repository.git, repository.folder, "rev-parse", "--verify", "--quiet", "--end-of-options"),
        f"{revision}^{{commit}}",
    )
    lines = answer.stdout.decode("ascii", "replace").split()
    return lines[-1] if not answer.returncode and lines and _COMMIT.fullmatch(lines[-1]) else None


def _where_to_look(repository: Repository, revision: str) -> Text:
    """The nearest branch or tag, or how short the history is.

    Of a copy without history, as servers of CI make them, how to get the rest.
    """
    start = revision[: back.start()] if (back := _BACK.search(revision)) else ""
    counted = _resolve(repository, start) is not None
    if _run(repository.git, repository.folder, "rev-parse", "--is-shallow-repository").stdout.strip() == b"true":
        near = None if counted else nearest(revision, _references(repository))
        return Text(
            (f"{near.ru}; " if near else "") + "копия репозитория неполная: `git fetch --unshallow`",
            (f"{near.en}; " if near else "") + "this clone is shallow: `git fetch --unshallow`",
        )
    if counted:
        return _before_the_first(repository, start)
    references = _references(repository)
    if references == ["HEAD"] and _resolve(repository, "HEAD") is None:
        return Text(
            "в репозитории ещё нет ни одного коммита: `git commit`",
            "the repository has no commit yet: `git commit`",
        )
    return nearest(revision, references)


def _before_the_first(repository: Repository, start: str) -> Text:
    """That counting back from an existing revision leaves the history."""
    name = shorten(start)
    if _resolve(repository, f"{start}~1") is None:
        return Text(
            f"`{name}` — первый коммит, более раннего нет; сравнить с ним самим: `--base {name}`",
            f"`{name}` is the first commit, there is no earlier one; to compare with it: `--base {name}`",
        )
    return Text(
        f"столько коммитов до `{name}` нет: ревизия уходит раньше первого; какие есть, покажет `git log --oneline`",
        f"`{name}` has fewer commits before it: this goes back before the first; `git log --oneline` lists them",
    )


def _references(repository: Repository) -> list[str]:
    answer = _run(
        *(repository.git, repository.folder, "for-each-ref", "--format=%(refname:short)"),
        *("refs/heads", "refs/tags", "refs/remotes"),
    )
    return ["HEAD", *answer.stdout.decode("utf-8", "replace").split()]


def read_tree(repository: Repository, revision: str, commit: str) -> list[PolicyText] | None:
    """The policy files under the folder at a commit, named `REV:path`; None when the folder was not there.

    The same files are taken as `read_folder` takes, and the same limits hold. Raises `InputError` for what can't be
    policies: links, submodules, too much of anything.
    """
    tree = _tree_of(repository, commit)
    if tree is None:
        return None
    entries = [entry for entry in _entries(repository, tree, revision) if _counts(entry.path)]
    _check(repository, revision, entries)
    blobs = _blobs(repository, [entry.oid for entry in entries], revision)
    return [
        PolicyText(_name(repository, revision, entry.path), os.fsdecode(entry.path), data)
        for entry, data in zip(entries, blobs, strict=True)
    ]


def _tree_of(repository: Repository, commit: str) -> str | None:
    path = os.fsdecode(repository.prefix)
    answer = _run(repository.git, repository.folder, "rev-parse", "--verify", "--quiet", f"{commit}:{path}")
    found = answer.stdout.decode("ascii", "replace").strip()
    return found if not answer.returncode and _COMMIT.fullmatch(found) else None


def _entries(repository: Repository, tree: str, revision: str) -> list[_Entry]:
    answer = _run(repository.git, repository.folder, "ls-tree", "-r", "-z", "-l", "--full-tree", tree)
    if answer.returncode:
        raise InputError([_unreadable(repository, revision)])
    entries: list[_Entry] = []
    for line in answer.stdout.split(b"\0")[:-1]:
        head, _, path = line.partition(b"\t")
        mode, _, oid, size = head.split()
        entries.append(_Entry(mode, oid, int(size) if size.isdigit() else 0, path))
    return sorted(entries, key=lambda entry: os.fsdecode(entry.path))


def _counts(path: bytes) -> bool:
    """Whether `read_folder` would take a file of this name."""
    *folders, name = os.fsdecode(path).split("/")
    return not any(part.startswith(".") for part in (*folders, name)) and Path(name).stem not in NO_POLICIES


def _check(repository: Repository, revision: str, entries: list[_Entry]) -> None:
    problems = []
    for entry in entries:
        if entry.mode not in _FILES:
            what = _KINDS.get(entry.mode, Text("это не файл", "this is not a file"))
            help_ = Text("положите на это место сам файл", "put the file itself there")
            problems.append(Problem("git-entry", what, help_, file=_name(repository, revision, entry.path)))
    too_many = len(entries) > default("limit-pack-files")
    if too_many or sum(entry.size for entry in entries) > default("limit-pack-bytes"):
        message = Text("набор политик слишком велик", "the policy set is too large")
        help_ = Text("укажите папку с политиками", "name the folder that holds policies")
        problems.append(Problem("policy-folder", message, help_, file=_name(repository, revision, b"")))
    if problems:
        raise InputError(problems)


_KINDS = {
    _LINK: Text("это ссылка, а не файл", "this is a link, not a file"),
    _SUBMODULE: Text("это вложенный репозиторий", "this is a submodule"),
}


def _blobs(repository: Repository, oids: list[bytes], revision: str) -> list[bytes]:
    wanted = b"".join(oid + b"\n" for oid in oids)
    answer = _run(repository.git, repository.folder, "cat-file", "--batch", sent=wanted)
    out, at, blobs = answer.stdout, 0, []
    for oid in oids:
        end = out.find(b"\n", at)
        found, _, rest = out[at:end].partition(b" ")
        kind, _, size = rest.partition(b" ")
        if end < 0 or found != oid or kind != b"blob":
            raise InputError([_unreadable(repository, revision)])
        at = end + 1 + int(size)
        blobs.append(out[end + 1 : at])
        at += 1  # the line end after every object
    return blobs


def _unreadable(repository: Repository, revision: str) -> Problem:
    message = Text("git не отдаёт файлы этой ревизии", "git does not give the files of this revision")
    help_ = Text(
        "в неполной копии репозитория выполните `git fetch --unshallow`",
        "in an incomplete clone run `git fetch --unshallow`",
    )
    return Problem("git-objects", message, help_, file=_name(repository, revision, b""))


def _name(repository: Repository, revision: str, path: bytes) -> str:
    """The name of a file of the revision, as git itself takes it: `REV:path`."""
    return f"{shorten(revision)}:{shown(os.fsdecode(repository.prefix + path))}"


def _run(git: str, folder: Path, *arguments: str, sent: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [git, *_OPTIONS, "-C", os.fspath(folder), *arguments],
        input=sent,
        capture_output=True,
        env={**os.environ, **_ENVIRONMENT},
        check=False,
    )
