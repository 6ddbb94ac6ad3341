"""What a shell completes after `--only` and `--exclude`: policies, topics and acts of the set that would judge."""

from __future__ import annotations

import os
import sys
from contextlib import redirect_stderr
from io import StringIO
from typing import TYPE_CHECKING

from click.shell_completion import CompletionItem

from validator.cli.context import StopError, tell
from validator.cli.settings import configured
from validator.journeys.selection import KINDS, names_of
from validator.language.cache import load_cached
from validator.language.policy_folder import read_folder
from validator.language.store import store_for
from validator.logic.problem import InputError
from validator.resources import named_policies, schema_bytes

if TYPE_CHECKING:
    import click

    from validator.logic.policy import PolicySet
    from validator.logic.text import Text


def complete(context: click.Context, incomplete: str) -> list[CompletionItem]:
    """The names that begin so, each with its title; with `topic=` before it, those of that kind.

    Nothing where the policies can't be read: whoever types is not to be interrupted by mistakes, the command itself
    will tell them. The set comes from the cache, where its files are not parsed; the first time they are.
    """
    try:
        with redirect_stderr(StringIO()):  # a broken settings file is told there
            policies = _policies(context.params.get("policies") or configured("policies"))
    except (InputError, OSError, StopError):
        return []
    kind, equals, _ = incomplete.partition("=")
    found = []
    for known, names in names_of(policies).items():
        head = f"{known}=" if equals and kind == known else ""
        found += [
            CompletionItem(head + name, help=tell(title) if (title := _title(known, name, policies)) else None)
            for name in sorted(names)
            if name and names[name] and (head + name).startswith(incomplete)
        ]
    return found or [CompletionItem(f"{one}=") for one in KINDS if incomplete and one.startswith(incomplete)]


def _policies(folders: tuple[str, ...]) -> PolicySet:
    texts = [text for folder in folders for text in read_folder(named_policies(folder))]
    return load_cached(
        texts, schema_bytes("snapshot"), store_for(os.environ, sys.platform), lambda _: None
    ).policies


def _title(kind: str, name: str, policies: PolicySet) -> Text | None:
    if kind == "act":
        return policies.acts[name].short
    if kind == "policy":
        return next(policy.title for policy in policies.policies() if policy.id == name)
    return None
