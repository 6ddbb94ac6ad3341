"""What the run proves and what it does not: sentences made from its own questions and answers (`PROOFS.md`, 4)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from validator.journeys.prove.ground import Ground, quoted
from validator.journeys.prove.properties import Property
from validator.journeys.prove.told import FIRST, LAST
from validator.logic.proof import Answered, Status
from validator.logic.report import BothTexts, both
from validator.logic.text import Text

# A question about more policies than that is named by its analysis and their number.
_MANY = 6


def statement(
    ground: Ground, schema: bytes, solver: str, revision: str | None, held: Iterable[Property]
) -> list[BothTexts]:
    """The sentences, in the order in which they are printed; `schema` is that of snapshots.

    `revision` is what the set was compared with, `held` the properties that were proved.
    """
    digest = "sha256:" + hashlib.sha256(schema).hexdigest()[:12]
    first = [*_sliced(ground, revision), *map(_property, held)]
    return [both(text) for text in (*first, *_sentences(ground, digest, solver))]


def _sliced(ground: Ground, revision: str | None) -> Iterable[Text]:
    if ground.only is None:
        return
    names = quoted(sorted(ground.only))
    since = Text(f" с ревизии {revision}", f" since {revision}") if revision is not None else Text("", "")
    yield Text(
        f"Спрошено только о том, что изменилось{since.ru}: {names or 'ничего'}. Об остальном наборе этот прогон "
        "ничего не говорит; весь набор доказывает прогон без `--changed`.",
        f"Only what has changed{since.en} was asked about: {names or 'nothing'}. Of the rest of the set this run "
        "says nothing; a run without `--changed` proves the whole set.",
    )


def _property(one: Property) -> Text:
    return Text(
        f"Ваше свойство `{one.id}` доказано: {one.title.ru}.",
        f"Your property `{one.id}` is proved: {one.title.en}.",
    )


def _sentences(ground: Ground, schema_digest: str, solver: str) -> Iterable[Text]:
    asked = ground.answered
    if not asked:
        yield Text(
            "Не задано ни одного вопроса, поэтому ничего не доказано.",
            "No question was put, so nothing is proved.",
        )
        return
    yield _proved(ground, asked, schema_digest)
    yield _partly(
        asked,
        Status.BOUNDED_OK,
        Text("Только для списков до показанной длины", "Only for lists up to the length shown"),
    )
    yield _partly(asked, Status.NOT_ANALYSED, Text("Не разобрано", "Not analysed"))
    undecided = sum(one["status"] == Status.UNDECIDED.value for one in asked)
    seconds = f"{ground.limits.timeout / 1000:g}"
    yield Text(
        f"Решатель: {solver}, на вопрос {seconds} с, не решено вопросов: {undecided}.",
        f"Solver: {solver}, {seconds} s per question, left undecided: {undecided}.",
    )
    if ground.doubt:
        agreed, silent = ground.opinions["agrees"], ground.opinions["unknown"]
        yield Text(
            f"Второе мнение (без границ на длину списков): согласно {agreed}, не решено {silent}.",
            f"Second opinion (no bounds on the length of lists): {agreed} agree, {silent} without an answer.",
        )
    yield Text(
        "Доказано то, что следует из политик, как они записаны; верно ли они передают закон, доказать нельзя. "
        "Каждый показанный снимок проверен эталонным движком.",
        "The proof is about the policies as written, not about whether they state the law correctly. Every "
        "snapshot that is shown was judged again by the reference engine.",
    )


def _proved(ground: Ground, asked: list[Answered], schema_digest: str) -> Text:
    longest: dict[str, int] = {}
    for one in asked:
        if one["status"] in (Status.PROVED.value, Status.WITNESS.value):
            for path, number in one["bounds"].items():
                longest[path] = max(longest.get(path, 0), number)
    bounds = ", ".join(f"{path} {number}" for path, number in sorted(longest.items()))
    names = ", ".join(ground.invariants)
    span_ru = f"{FIRST:%d.%m.%Y} – {LAST:%d.%m.%Y}"
    span_en = f"{FIRST.isoformat()} – {LAST.isoformat()}"
    return Text(
        f"Доказанное верно для всех снимков по схеме {schema_digest} с инвариантами ({names or 'нет'}), "
        f"со списками любой длины (выведенные границы: {bounds or 'списков нет'}), на дни {span_ru}; "
        "день закона — день снимка.",
        f"What is proved holds for every snapshot that fits schema {schema_digest} and the invariants "
        f"({names or 'none'}), with lists of any length (derived bounds: {bounds or 'no lists'}), "
        f"on the days {span_en}; the law date is the snapshot's own day.",
    )


def _partly(asked: list[Answered], status: Status, start: Text) -> Text:
    found = [one for one in asked if one["status"] == status.value]
    if not found:
        return Text(f"{start.ru}: ничего.", f"{start.en}: nothing.")
    whys: dict[tuple[str, str], set[str]] = {}
    for one in found:
        why = one["why"]
        key = (why["ru"], why["en"]) if why is not None else ("", "")
        many = len(one["policies"]) > _MANY
        whys.setdefault(key, set()).update(
            [f"{one['analysis']} ({len(one['policies'])})"] if many else one["policies"] or [one["subject"]]
        )
    told_ru = "; ".join(f"{', '.join(sorted(names))}{f' ({ru})' if ru else ''}" for (ru, _), names in whys.items())
    told_en = "; ".join(f"{', '.join(sorted(names))}{f' ({en})' if en else ''}" for (_, en), names in whys.items())
    return Text(f"{start.ru}: {told_ru}.", f"{start.en}: {told_en}.")
