"""The questionnaire as a workbook: which sheets it has and where on them each fact is asked.

Both who writes it and who reads it back go by this. The paths of the facts stand in the workbook itself, in a
hidden column or row, so that a form with columns moved still says what was asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from validator.language.vocabulary import ROOT, Vocabulary
from validator.logic.named_tuple import NamedTuple
from validator.logic.shape import Kind
from validator.logic.text import Text
from validator.snapshots.tables.fields import Place, parent_of, places
from validator.snapshots.tables.kinds import SAID, words_of
from validator.snapshots.tables.words import UNKNOWN, folded

FORM_ID: Final = "sverka.form/1"
# The hidden sheet that says that this is a form: its id, then a row per sheet with its name and what its rows are.
KEY_SHEET, WORD_SHEET = "sverka", "sverka-words"
# On the sheet of the organization facts go down: paths, titles, values, hints. On other sheets they go across.
PATHS, TITLES, VALUES, HINTS = 0, 1, 2, 3
FIRST_FACT: Final = 3
PATH_ROW, TITLE_ROW, HINT_ROW, FIRST_ITEM = 0, 1, 2, 3
SEPARATOR: Final = ";"

SHEETS: Final = {
    ROOT: Text("Организация", "Organization"),
    "services": Text("Сервисы", "Services"),
    "people": Text("Участники", "People"),
    "guardians": Text("Представители", "Guardians"),
    "guardians.channels": Text("Способы связи", "Channels"),
    "classes": Text("Классы", "Classes"),
    "chats": Text("Чаты", "Chats"),
    "chats.admins": Text("Администраторы чатов", "Chat admins"),
    "chats.ranks": Text("Места чатов", "Chat ranks"),
    "chats.missing_members": Text("Не вошли в чат", "Missing members"),
    "chats.invitations": Text("Приглашения", "Invitations"),
    "uses": Text("Использование", "Uses"),
    "documents": Text("Документы", "Documents"),
    "activity": Text("Активность", "Activity"),
    "coercion_events": Text("Принуждение", "Coercion"),
}
YES_NO: Final = (Text("да", "yes"), Text("нет", "no"))
NOT_KNOWN: Final = Text("неизвестно", "unknown")
NOBODY: Final = Text("ни одного", "none")


class Asked(NamedTuple):
    """A sheet of the form: the path of what its rows are, its name, and the places it asks for, in order."""

    rows: str
    name: Text
    places: tuple[Place, ...]


def sheets(vocabulary: Vocabulary) -> Iterator[Asked]:
    """The sheets of the form; a list within items asks first whose it is."""
    known = places(vocabulary)
    found: dict[str, list[Place]] = {}
    for place in known.values():
        found.setdefault(place.rows, []).append(place)
    for rows, own in found.items():
        parent = parent_of(rows)
        keys = [known[f"{parent}.ref"]] if parent else []
        yield Asked(rows, SHEETS.get(rows, Text(rows[:31], rows[:31])), (*keys, *own))


def choices(place: Place) -> list[Text]:
    """What a cell may say, where that is one of few words; the word for “not known” is the last."""
    shape = place.shape
    not_known = [] if shape.required or place.coverage else [NOT_KNOWN]
    match shape.kind:
        case Kind.BOOLEAN:
            return [*YES_NO, *not_known]
        case Kind.ENUM:
            return [*(word_text(place, word) for word in shape.values), *not_known]
        case _:
            return []


def word_text(place: Place, word: str) -> Text:
    """How a word of an enum, or of the items of a set, is written in a cell: its title, where no other has it."""
    title = place.shape.values.get(word)
    if title is None:
        return Text(word, word)
    known = words_of(place.shape)
    ru = title.ru if known.get(folded(title.ru)) == word and SEPARATOR not in title.ru else word
    en = title.en if known.get(folded(title.en)) == word and SEPARATOR not in title.en else word
    return Text(ru, en)


def special_text(word: str) -> Text:
    """How `unknown`, `never` and the like are written in a cell."""
    return NOT_KNOWN if word == UNKNOWN else SAID.get(word, Text(word, word))
