"""What the questionnaire says to those who fill it in."""

from __future__ import annotations

from typing import Final

from validator.logic.shape import FieldShape, Kind
from validator.logic.text import Text
from validator.snapshots.tables.fields import Place
from validator.snapshots.tables.form_layout import NOBODY, NOT_KNOWN, special_text, word_text


def instructions() -> list[Text]:
    """The first sheet, a paragraph each; the first is its title."""
    return list(_INSTRUCTIONS)


def hint(place: Place) -> Text:
    """What a fact means and what its cell takes."""
    shape = place.shape
    how = _how(place, shape)
    return Text(f"{shape.description.ru} {how.ru}".strip(), f"{shape.description.en} {how.en}".strip())


def _how(place: Place, shape: FieldShape) -> Text:
    match shape.kind:
        case Kind.DATE:
            words = [special_text(word) for word in shape.special]
            ru = "".join(f" или «{word.ru}»" for word in words)
            en = "".join(f" or “{word.en}”" for word in words)
            return Text(f"Дата: 14.11.2025{ru}.", f"A date: 14.11.2025{en}.")
        case Kind.MONTH:
            return Text("Месяц: 2025-11.", "A month: 2025-11.")
        case Kind.INTEGER:
            return Text("Целое число.", "A whole number.")
        case Kind.DECIMAL:
            return Text("Число: 50,01.", "A number: 50.01.")
        case Kind.SET if shape.values:
            ru = "; ".join(word_text(place, word).ru for word in shape.values)
            en = "; ".join(word_text(place, word).en for word in shape.values)
            return Text(
                f"Через точку с запятой: {ru}. Если нет: «{NOBODY.ru}».",
                f"Separated by semicolons: {en}. If there are none: “{NOBODY.en}”.",
            )
        case Kind.SET:
            return Text(
                f"Через точку с запятой. Если нет: «{NOBODY.ru}».",
                f"Separated by semicolons. If none: “{NOBODY.en}”.",
            )
        case Kind.BOOLEAN | Kind.ENUM:
            return Text("Ответ выбирают из списка.", "The answer is chosen from a list.")
        case Kind.REF | Kind.ID if shape.pattern[2:3] == "_":
            return Text(
                f"Обозначение, например {shape.pattern[1:3]}1.", f"A mark, for example {shape.pattern[1:3]}1."
            )
        case _:
            return Text("", "")


_INSTRUCTIONS: Final = (
    Text("Как заполнять анкету", "How to fill in this form"),
    Text(
        "Анкета описывает одну организацию на один день. Сначала заполните лист «Организация», потом листы"
        " со списками.",
        "The form describes one organization on one day. Fill in the sheet “Organization” first, then those"
        " with lists.",
    ),
    Text(
        "Оранжевым отмечено обязательное. Остальное можно оставить пустым: пустая ячейка значит, что"
        " сведений нет, и"
        " никогда не читается как «нет».",
        "What is orange must be filled in. All else may stay empty: an empty cell means that nobody told us,"
        " and is never"
        " read as “no”.",
    ),
    Text(
        f"Если вы узнавали и не узнали, напишите «{NOT_KNOWN.ru}». Если точно ничего нет: «нет», «никогда»,"
        f" «{NOBODY.ru}» — что подходит к вопросу.",
        f"If you asked and could not find out, write “{NOT_KNOWN.en}”. If there surely is nothing: “no”, “never”,"
        f" “{NOBODY.en}”, whichever fits the question.",
    ),
    Text(
        "О каждом списке на листе «Организация» спрошено, полный ли он. Ответ «полный» значит, что других"
        " записей нет;"
        " пустой полный список значит, что записей нет вовсе.",
        "For every list the sheet “Organization” asks whether it is complete. “Complete” means that there"
        " are no other"
        " items; an empty complete list means that there are none at all.",
    ),
    Text(
        "Людей, классы, чаты и документы называют обозначениями: p_1, c_1, h_1, d_1. Одно и то же"
        " обозначение на разных"
        " листах значит одно и то же.",
        "People, classes, chats and documents go by marks: p_1, c_1, h_1, d_1. The same mark on different"
        " sheets means"
        " the same.",
    ),
    Text(
        "Не пишите имён, телефонов, адресов почты, СНИЛС и текстов сообщений: в анкете им нет места.",
        "Write no names, phone numbers, e-mail addresses, SNILS numbers or message texts: the form has no"
        " place for them.",
    ),
    Text(
        "ИНН, ОГРН и коды записаны как текст, нули в начале сохраняются. Даты пишут так: 14.11.2025.",
        "INN, OGRN and codes are text, zeros at the start stay. Dates are written like this: 14.11.2025.",
    ),
    Text(
        "Жёлтым отмечено то, чего нет в прежних сведениях, если анкета составлена по ним.",
        "What earlier facts do not tell is yellow, where the form was made from them.",
    ),
    Text(
        "Листы и столбцы не переименовывайте и не удаляйте. Готовую анкету читает команда: sverka import"
        " анкета.xlsx -o"
        " снимки",
        "Do not rename or remove sheets and columns. A form that is filled in is read by: sverka import"
        " form.xlsx -o"
        " snapshots",
    ),
)
