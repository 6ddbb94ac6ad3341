"""A snapshot as YAML text, and as a case to paste under the `examples:` of a policy."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import cast

from validator.journeys.mutants.documents import Facts
from validator.journeys.mutants.told import Entry
from validator.journeys.mutants.writing import pasted, value_of
from validator.journeys.mutants.written import Body, Writer, shortened
from validator.language.layout_print import printed
from validator.language.layout_rules import RULES
from validator.language.layout_tree import Slot
from validator.language.library import Library
from validator.language.nodes import Scalar
from validator.logic.facts import Snapshot
from validator.logic.policy import Policy
from validator.logic.report import Result

Data = Mapping[str, object]


def snapshot_text(document: Data) -> str:
    """The snapshot as YAML, as `check` reads it."""
    return printed(Slot(value_of(_facts(document))), RULES[""])


def case_text(
    library: Library,
    policy: Policy,
    document: Data,
    result: Result,
    name: str,
    shows: Callable[[Snapshot], bool],
) -> str | None:
    """The snapshot as a case of the policy that expects the result; None when it can't be said as one.

    A case stands on the base that the other cases of its policy share. It says all facts of the snapshot and takes
    back as little of what the base adds as it can, so that its own snapshot still `shows` what it is to show. The
    text is indented as `cases:` of a policy file are.
    """
    writer = Writer(library, own=False)
    given = writer.to_write(policy, _facts(document), result["subject"])
    if given is None:
        return None

    def trial(entries: tuple[Entry, ...]) -> Body | None:
        written = writer.written(policy, entries, given)
        if written is None or written.ran.errors or not _same(written.result, result):
            return None
        # That a remedy does not cure may be just what the case is to show.
        if any(mismatch.what != "remedy_sets" for mismatch in written.ran.mismatches):
            return None
        return written.body if shows(written.case.facts()) else None

    best, entries = trial(given.entries), given.entries
    if best is None:
        entries = (*given.entries, *given.resets)
        best = trial(entries)
        if best is None:
            return None
    best = shortened(entries, best, entries[len(given.entries) :], trial)
    shared = writer.shared_day(policy)
    if isinstance(shared, Scalar) and shared.text == best.get("as_of"):
        best = {key: value for key, value in best.items() if key != "as_of"}
    return pasted([{"name": name, **best}])


def _same(one: Result, other: Result) -> bool:
    return (one["verdict"], one["reason"]) == (other["verdict"], other["reason"])


def _facts(document: Data) -> Facts:
    return cast("Facts", dict(document))
