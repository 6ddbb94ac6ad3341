"""A selection of policies: a part of a policy set that judges alone, and that says of itself that it is a part.

Definitions, registers, parameters and acts stay whole: what a policy means does not depend on which others judge.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from validator.logic.digest import sha256_of
from validator.logic.frozen import fields_of, replace
from validator.logic.named_tuple import NamedTuple
from validator.logic.policy import Policy, PolicySet
from validator.logic.text import Text

if TYPE_CHECKING:
    from validator.language.library import Library
    from validator.logic.report import PolicySetIdentity
    from validator.logic.waiver import Waiver

KINDS = ("policy", "topic", "act")


class Selection(NamedTuple):
    """The words of `--only` and `--exclude`: `NAME`, or `policy=NAME`, `topic=NAME`, `act=NAME`.

    Without `only` everything is wanted; what `exclude` names is left out of it.
    """

    only: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()


class SelectionError(ValueError):
    """A word that selects nothing, or (`word` None) words that leave nothing: what is wrong and what to do."""

    def __init__(self, word: str | None, message: Text, help_: Text) -> None:
        super().__init__(message.en)
        self.word = word
        self.message = message
        self.help = help_


class PartialSet(PolicySet, frozen=True, kw_only=True):
    """A policy set that was cut down. `whole` is the one that it was cut from."""

    selection: Selection
    whole: PolicySet


def select(policies: PolicySet, selection: Selection) -> PolicySet:
    """The selected policies, the set itself when nothing is left out. Raises `SelectionError`."""
    if not selection.only and not selection.exclude and (policies.norms or policies.decisions):
        return policies
    every = policies.policies()
    wanted = {policy.id for policy in every}
    if selection.only:
        wanted = {name for word in selection.only for name in _named(word, policies)}
    wanted -= {name for word in selection.exclude for name in _named(word, policies)}
    if not wanted:
        raise SelectionError(
            None,
            Text("ни одной политики не выбрано", "no policy is selected"),
            Text(
                "`--exclude` убирает всё, что оставляет `--only`: уберите лишнее",
                "`--exclude` takes away all that `--only` leaves: remove what is too much",
            ),
        )
    if len(wanted) == len(every):
        return policies
    kept = {name: getattr(policies, name) for name in fields_of(PolicySet)}
    kept["digest"] = _digest(policies, wanted)
    kept["norms"] = {name: norm for name, norm in policies.norms.items() if name in wanted}
    kept["decisions"] = {name: decision for name, decision in policies.decisions.items() if name in wanted}
    return PartialSet(**kept, selection=selection, whole=policies)


def selected(library: Library, selection: Selection) -> Library:
    """The same library with the selected policies. Raises `SelectionError`."""
    return replace(library, policies=select(library.policies, selection))


def _digest(policies: PolicySet, wanted: Iterable[str]) -> str:
    """What tells this part from the whole set and from any other part."""
    text = "\n".join(["sverka selection", policies.digest, *sorted(wanted)])
    return sha256_of(text.encode())


def _named(word: str, policies: PolicySet) -> list[str]:
    """The ids of the policies that a word names, at least one. Raises `SelectionError`."""
    from validator.language.structure import nearest, shorten  # noqa: PLC0415 - only where something is selected

    kind, equals, name = word.partition("=")
    if not equals:
        kind, name = "", word
    elif kind not in KINDS:
        message = f"`{shorten(kind)}` — не то, по чему выбирают", f"`{shorten(kind)}` is nothing to select by"
        raise SelectionError(word, Text(*message), nearest(kind, KINDS))
    names = {kind_: ids for kind_, ids in names_of(policies).items() if kind in ("", kind_)}
    found = [kind_ for kind_, known in names.items() if name in known]
    if len(found) > 1:
        told = ", ".join(f"`{kind_}={name}`" for kind_ in found)
        message = f"`{shorten(name)}` — имя не одной вещи", f"`{shorten(name)}` names more than one thing"
        raise SelectionError(word, Text(*message), Text(f"напишите, что именно: {told}", f"say which: {told}"))
    if not found:
        raise _unknown(word, name, names, policies)
    ids = names[found[0]][name]
    if not ids:
        raise SelectionError(
            word,
            Text(f"на акт `{name}` не опирается ни одна политика", f"no policy rests on the act `{name}`"),
            Text("какая политика на что опирается: sverka docs", "what each policy rests on: sverka docs"),
        )
    return ids


def names_of(policies: PolicySet) -> dict[str, dict[str, list[str]]]:
    """By kind, every name that may select, with the ids of the policies that it stands for."""
    return {kind: _ids(kind, policies) for kind in KINDS}


def _ids(kind: str, policies: PolicySet) -> dict[str, list[str]]:
    """The names of a kind, each with the policies that it stands for: acts are those that a policy itself cites."""
    found: dict[str, list[str]] = {act: [] for act in policies.acts} if kind == "act" else {}
    for policy in policies.policies():
        for name in _names(kind, policy):
            found.setdefault(name, []).append(policy.id)
    return found


def _names(kind: str, policy: Policy) -> Iterable[str]:
    if kind == "act":
        return {citation.act for citation in policy.cites}
    return (policy.id,) if kind == "policy" else (policy.topic,)


def _unknown(word: str, name: str, names: dict[str, dict[str, list[str]]], policies: PolicySet) -> SelectionError:
    if name in policies.drafts and "policy" in names:
        return SelectionError(
            word,
            Text(f"`{name}` — черновик, по нему не судят", f"`{name}` is a draft, nothing is judged by it"),
            Text("назовите политику, которая действует", "name a policy that is no draft"),
        )
    from validator.language.structure import nearest, shorten  # noqa: PLC0415 - only for a mistake

    token = shorten(name)
    if len(names) == 1:
        (kind,) = names
        what = {
            "policy": Text(f"нет политики `{token}`", f"there is no policy `{token}`"),
            "topic": Text(f"нет темы `{token}`", f"there is no topic `{token}`"),
            "act": Text(f"нет акта `{token}`", f"there is no act `{token}`"),
        }[kind]
    else:
        what = Text(f"нет ни политики, ни темы, ни акта `{token}`", f"there is no policy, topic or act `{token}`")
    return SelectionError(word, what, nearest(name, [one for known in names.values() for one in known]))


def identity_of(policies: PolicySet) -> PolicySetIdentity:
    """How reports tell which policies judged; of a part also what it is a part of."""
    found = _figures(policies)
    if isinstance(policies, PartialSet):
        found["selection"] = {
            "only": list(policies.selection.only),
            "exclude": list(policies.selection.exclude),
            "policies": [policy.id for policy in policies.policies()],
            "whole": _figures(policies.whole),
        }
    return found


def _figures(policies: PolicySet) -> PolicySetIdentity:
    return {
        "digest": policies.digest,
        "norms": len(policies.norms),
        "decisions": len(policies.decisions),
    }


def waivers_of(waivers: tuple[Waiver, ...], policies: PolicySet) -> tuple[Waiver, ...]:
    """The waivers without those of policies that are left out: nothing can be said of them."""
    if not isinstance(policies, PartialSet):
        return waivers
    left_out = policies.whole.norms.keys() - policies.norms.keys()
    return tuple(waiver for waiver in waivers if waiver.policy not in left_out)
