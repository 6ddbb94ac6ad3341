"""What is wrong with a waiver whatever the snapshots say: its norm, its scope, other waivers beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import assert_never

from validator.journeys.waivers.problems import REMOVE, never_permitted, too_broad, warning
from validator.language.structure import nearest, shorten
from validator.logic.policy import Modality, Norm, PolicySet, Subject
from validator.logic.problem import Problem
from validator.logic.shape import RecordShape
from validator.logic.text import Text
from validator.logic.waiver import Waiver
from validator.snapshots.waivers import is_pattern


def fault(waiver: Waiver, policies: PolicySet, root: RecordShape) -> Problem | None:
    """Why a waiver can have no effect at all, or None. `root` is the shape of the scope `organization`."""
    if is_pattern(waiver.policy):
        why = Text("под шаблон подходят многие нормы", "a pattern fits many norms")
        return too_broad(waiver, "policy", why, Text("назовите одну норму", "name one norm"))
    norm = policies.norms.get(waiver.policy)
    if norm is None:
        return _no_norm(waiver, policies)
    return _never_waived(waiver, norm) or _no_organization(waiver) or _wrong_item(waiver, norm, root)


def _no_norm(waiver: Waiver, policies: PolicySet) -> Problem:
    token = shorten(waiver.policy)
    if waiver.policy in policies.decisions:
        message = Text(
            f"`{token}` — решение, а отступают только от норм", f"`{token}` is a decision; norms alone are waived"
        )
        return warning("waiver-orphaned", waiver, "policy", message, REMOVE)
    if waiver.policy in policies.drafts:
        message = Text(f"`{token}` — черновик, по нему не судят", f"`{token}` is a draft, which is not judged")
        return warning("waiver-orphaned", waiver, "policy", message, REMOVE)
    message = Text(f"в наборе политик нет нормы `{token}`", f"the policy set has no norm `{token}`")
    return warning("waiver-unknown-policy", waiver, "policy", message, nearest(waiver.policy, policies.norms))


def _never_waived(waiver: Waiver, norm: Norm) -> Problem | None:
    """Forbidden by the norm, or needless because the norm is never violated."""
    match norm.modality:
        case Modality.PROHIBITION | Modality.OBLIGATION:
            return never_permitted(waiver, norm) if norm.waivable is False else None
        case Modality.RECOMMENDATION:
            why = Text("рекомендация, она ничего не останавливает", "a recommendation, which blocks nothing")
        case Modality.PERMISSION:
            why = Text("разрешение, его не нарушают", "a permission, which is never violated")
        case _:
            assert_never(norm.modality)
    message = Text(f"отступать не от чего: {norm.id} — {why.ru}", f"nothing to waive: {norm.id} is {why.en}")
    return warning("waiver-orphaned", waiver, "policy", message, REMOVE)


def _no_organization(waiver: Waiver) -> Problem | None:
    if waiver.organization is not None and not is_pattern(waiver.organization):
        return None
    why = Text("не названа одна организация", "it names no single organization")
    help_ = Text("назовите её ИНН: `organization:`", "name its INN: `organization:`")
    return too_broad(waiver, "organization", why, help_)


def _wrong_item(waiver: Waiver, norm: Norm, root: RecordShape) -> Problem | None:
    """A norm about items that can be named wants one of them named; any other wants none."""
    named = [clauses.subject.path for clauses in norm.clauses if has_refs(clauses.subject, root)]
    if waiver.item is None and named:
        lists = ", ".join(f"`{path}`" for path in named)
        why = Text(
            f"норма {norm.id} судит о каждой записи в {lists}, а запись не названа",
            f"the norm {norm.id} is about each item of {lists}, and no item is named",
        )
        help_ = Text(
            "назовите запись: `item:` и её `ref`, как в отчёте",
            "name the item: `item:` and its `ref` in the report",
        )
        return too_broad(waiver, "item", why, help_)
    if waiver.item is not None and is_pattern(waiver.item):
        why = Text("под шаблон подходят многие записи", "a pattern fits many items")
        return too_broad(waiver, "item", why, Text("назовите одну запись", "name one item"))
    if waiver.item is not None and not named:
        message = Text(
            f"отступать не от чего: норма {norm.id} судит не о записях с `ref`",
            f"nothing to waive: the norm {norm.id} is not about items with a `ref`",
        )
        return warning("waiver-orphaned", waiver, "item", message, Text("уберите `item`", "remove `item`"))
    return None


def has_refs(subject: Subject, root: RecordShape) -> bool:
    """Whether what is judged, or an item that holds it, has a `ref` to name it by."""
    shape = root
    for name in subject.path.split(".") if subject.scopes else ():
        record = shape.fields[name].record
        assert record is not None
        if any(field.identity for field in record.fields.values()):
            return True
        shape = record
    return False


def overlaps(waivers: Sequence[Waiver]) -> Iterator[tuple[int, Problem]]:
    """The place of every waiver of which an earlier one of the same scope holds on some of the same days."""
    earlier: dict[tuple[str, str | None, str | None], list[Waiver]] = {}
    for index, waiver in enumerate(waivers):
        known = earlier.setdefault(waiver.scope, [])
        for other in known:
            if waiver.first <= other.last and other.first <= waiver.last:
                place = f"{shorten(other.id)}, {other.span.start()}"
                message = Text(
                    f"о том же и в те же дни есть другое отступление ({place})",
                    f"another waiver of the same holds on the same days ({place})",
                )
                help_ = Text("оставьте одно из двух или разведите сроки", "keep one, or let one follow the other")
                yield index, warning("waiver-overlap", waiver, "from", message, help_)
                break
        known.append(waiver)
