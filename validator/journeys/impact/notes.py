"""What a reader must know about a comparison before its numbers: where it proves less, or more, than it seems."""

from __future__ import annotations

from collections.abc import Iterator

from validator.journeys.impact.changes import Difference
from validator.journeys.impact.saved import Saved
from validator.logic.impact import Note, Side, SideName
from validator.logic.report import both, words_of
from validator.logic.text import Text, plural_ru

_NO_HELP = Text("", "")
_SIDES = {"old": Text("прежний", "the old"), "new": Text("новый", "the new")}


def note(code: str, message: Text, help_: Text = _NO_HELP) -> Note:
    """A note as the report holds it."""
    return {"code": code, "message": both(message), "help": both(help_)}


def notes_on_sets(difference: Difference, latest: str, documents: int) -> Iterator[Note]:
    """About two policy sets. `latest` is the last day of law of the documents, "" when none was judged."""
    if difference.equal:
        yield note(
            "equal-sets",
            Text(
                "наборы политик равны по смыслу: ни один вердикт измениться не может",
                "the policy sets are equal in meaning: no verdict can flip",
            ),
            Text(f"снимков не читали: {documents}", f"snapshots not read: {documents}"),
        )
    elif not difference.can_flip():
        yield note(
            "no-verdict-concerned",
            Text(
                "изменилось только то, от чего вердикты не зависят: ни один измениться не может",
                "only things changed that no verdict depends on: none can flip",
            ),
            Text(f"снимков не читали: {documents}", f"snapshots not read: {documents}"),
        )
    else:
        yield from _too_early(difference, latest)


def _too_early(difference: Difference, latest: str) -> Iterator[Note]:
    """Policies that can't flip yet on any of the days that were judged."""
    if not latest or not difference.reads_alike:
        return
    days = {name: found.not_before.isoformat() for name, found in difference.affected.items() if found.not_before}
    late = {name: day for name, day in days.items() if day > latest}
    if not late:
        return
    day = min(late.values())
    help_ = Text(f"проверьте на тот день: `--as-of {day}`", f"judge by the law of that day: `--as-of {day}`")
    if len(late) == len(difference.affected):
        told = Text(
            f"до {day} ни один вердикт измениться не может: раньше этого дня правка не действует",
            f"nothing can flip before {day}: the change has no effect earlier",
        )
        yield note("nothing-before", told, help_)
        return
    names = ", ".join(f"{name} ({late[name]})" for name in sorted(late))
    yield note(
        "some-not-before",
        Text(f"правка этих политик начнёт действовать позже: {names}", f"these policies change later: {names}"),
        help_,
    )


def notes_on_saved(saved: Saved, side: SideName) -> Iterator[Note]:
    """About one saved report."""
    which = _SIDES[side]
    selection = saved.report["policy_set"].get("selection")
    if selection is not None:
        part, whole = len(selection["policies"]), selection["whole"]["norms"] + selection["whole"]["decisions"]
        words = words_of(selection)
        yield note(
            "partial-report",
            Text(
                f"{which.ru} отчёт — по части политик, {part} из {whole} ({words}): остальные не сравнивались",
                f"{which.en} report is of a part of the policies, {part} of {whole} ({words}): "
                "the others were not compared",
            ),
            Text(
                "чтобы сравнить все, сохраните отчёт без `--only` и `--exclude`",
                "to compare them all, save it without `--only` and `--exclude`",
            ),
        )
    if not saved.whole:
        yield note(
            "findings-only",
            Text(
                f"{which.ru} отчёт сохранён без благополучных оценок: «нет в отчёте» значит «соответствует» или "
                "«не оценивалось»",
                f"{which.en} report was saved without the ok judgements: “not listed” means ok or not judged",
            ),
            Text("сохраните с `--results all`, и будет точно", "save it with `--results all` to be exact"),
        )
    numbers = saved.report["inputs"]
    if numbers["not_reached"]:
        yield note(
            "incomplete-run",
            Text(
                f"{which.ru} отчёт неполон: не дошла очередь до {numbers['not_reached']}",
                f"{which.en} report is incomplete: {numbers['not_reached']} not reached",
            ),
            Text("закончите проверку и сохраните отчёт заново", "finish the check and save the report anew"),
        )


def notes_on_facts(different: int, old: Side, new: Side) -> Iterator[Note]:
    """About documents whose contents differ between the sides, and about different days of law."""
    if different:
        documents = plural_ru(different, "снимка", "снимков", "снимков")
        yield note(
            "facts-differ",
            Text(
                f"у {different} {documents} и сами факты другие: там вердикт мог измениться не из-за политик",
                f"the facts of {different} {'snapshot' if different == 1 else 'snapshots'} differ too: "
                "there a verdict may flip for another reason than the policies",
            ),
            Text("сравнивайте по одним и тем же снимкам", "compare on the same snapshots"),
        )
    if old["law_date"] != new["law_date"]:
        days = [side["law_date"] for side in (old, new)]
        ru = [day or "день каждого снимка" for day in days]
        en = [day or "the day of each snapshot" for day in days]
        yield note(
            "law-dates-differ",
            Text(
                f"право взято на разные дни: было — {ru[0]}, стало — {ru[1]}",
                f"the law is of different days: old, {en[0]}; new, {en[1]}",
            ),
            Text("проверьте обе стороны с одним `--as-of`", "check both sides with the same `--as-of`"),
        )
    if old["digest"] == new["digest"] and "saved" in (old["kind"], new["kind"]):
        yield note(
            "same-policies",
            Text("политики с обеих сторон одни и те же", "both sides used the same policies"),
        )
