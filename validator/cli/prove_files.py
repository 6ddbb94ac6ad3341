"""What `sverka prove` looks at beside the policies: own properties, known findings, waivers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from validator.cli.context import shown, stop
from validator.language.limits import POLICY_LIMITS
from validator.logic.problem import InputError, Problem
from validator.logic.proof import ANALYSES
from validator.logic.text import Text

if TYPE_CHECKING:
    from validator.cli.prove_options import Options
    from validator.journeys.prove.run import Asked
    from validator.language.library import Library


def asked_of(options: Options, library: Library, folders: tuple[str, ...]) -> Asked:
    """What beside the policies the run looks at. Leaves with 2 for a file that can't be used."""
    from validator.journeys.prove.known import read_known  # noqa: PLC0415 - not for `--help`
    from validator.journeys.prove.properties import read_properties  # noqa: PLC0415
    from validator.journeys.prove.run import Asked  # noqa: PLC0415

    stated: list[Any] = []
    known: list[Any] = []
    problems = []
    for file in options.properties:
        try:
            stated += read_properties(_bytes(file), file, library)
        except InputError as error:
            problems += error.problems
    for file in options.known or _beside(folders):
        try:
            known += read_known(_bytes(file), file)
        except InputError as error:
            problems += error.problems
    if problems:
        stop(problems)
    waivers: tuple[Any, ...] = ()
    if options.waivers:
        from validator.cli.waiver_files import waiver_files  # noqa: PLC0415 - only where there are waivers

        waivers = waiver_files(options.waivers).waivers
    analyses = frozenset(options.only) or frozenset(ANALYSES)
    return Asked(analyses, stated=tuple(stated), waivers=waivers, known=tuple(known), today=options.today)


def _beside(folders: tuple[str, ...]) -> list[str]:
    """The files of known findings in the policy folders."""
    from validator.resources import named_policies  # noqa: PLC0415 - not for `--help`

    files = [named_policies(folder) / "prove-known.yaml" for folder in folders or ("builtin",)]
    return [file.as_posix() for file in files if file.is_file()]


def _bytes(file: str) -> bytes:
    """What is in a file. Raises `InputError` when it can't be read; no more is read than a file may hold."""
    path = Path(file)
    try:
        with path.open("rb") as stream:
            return stream.read(POLICY_LIMITS.file_bytes + 1)
    except FileNotFoundError:
        told = Text("нет такого файла", "there is no such file")
        help_ = Text("проверьте имя файла", "check the name of the file")
    except OSError:
        # Windows refuses a folder like a file without rights.
        told = Text("файл не читается", "the file can't be read")
        help_ = Text("проверьте права на файл", "check who may read it")
        if path.is_dir():
            told = Text("это папка, а нужен файл", "this is a folder, a file is wanted")
            help_ = Text("назовите файл в ней", "name a file in it")
    raise InputError([Problem("unreadable-file", told, help_, file=shown(file))])
