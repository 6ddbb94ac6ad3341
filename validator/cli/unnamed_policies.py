"""Policies that lie beside the settings file and that the settings do not name: nobody would judge by them."""

from __future__ import annotations

import os
from collections.abc import Iterable

from validator.cli.context import notice, shown, this_run
from validator.cli.settings import SETTINGS, settings_file
from validator.logic.text import Text

_FOLDER = "policies"


def tell_unnamed_policies(folders: Iterable[str]) -> None:
    """A notice when `folders` come from the settings and leave out `policies/` beside the settings file.

    Silent when the command line or the environment names the folders, without settings, and for a folder that holds
    no policy file.
    """
    if "policies" not in this_run().defaulted:
        return
    file = None if os.environ.get(SETTINGS["policies"].variable) else settings_file()
    if file is None:
        return
    beside = os.path.join(os.path.dirname(file.name), _FOLDER)
    if not os.path.isdir(beside) or os.path.realpath(beside) in _places(folders) or not _holds_policies(beside):
        return
    example = "policies: [builtin, policies]"
    if file.name.endswith(".toml"):
        example = 'policies = ["builtin", "policies"]'
    name = shown(beside)
    notice(
        Text(
            f"папка {name} не названа в {file.name}, по её политикам не судят; чтобы судили: `{example}`",
            f"the folder {name} is not named in {file.name}, its policies are not applied; to do so: `{example}`",
        )
    )


def _places(folders: Iterable[str]) -> set[str]:
    from validator.resources import named_policies  # noqa: PLC0415 - only where there is such a folder

    return {os.path.realpath(named_policies(folder)) for folder in folders}


def _holds_policies(folder: str) -> bool:
    from validator.language.library import FOLDERS  # noqa: PLC0415 - only where there is such a folder

    return any(
        name.endswith((".yaml", ".yml"))
        for part in FOLDERS
        for _, _, names in os.walk(os.path.join(folder, part))
        for name in names
    )
