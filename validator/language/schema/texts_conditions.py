"""What an editor says of the keys of conditions, windows and right-hand sides. Texts only."""

from __future__ import annotations

from validator.logic.text import Text

CONDITION_KEYS: dict[str, tuple[Text, Text]] = {
    "ru": (Text("По-русски", "In Russian"), Text("Текст на русском языке.", "The text in Russian.")),
    "en": (Text("По-английски", "In English"), Text("Тот же текст на английском.", "The same text in English.")),
    "param": (
        Text("Параметр", "Parameter"),
        Text(
            "Значение параметра из папки parameters для этой организации на проверяемый день.",
            "The value of a parameter of the folder parameters for this organization on the judged day.",
        ),
    ),
    "field": (
        Text("Другое поле", "Another field"),
        Text(
            "Путь к полю от названной записи, например `chat.created_on`.",
            "A path to a field from a named record, for example `chat.created_on`.",
        ),
    ),
    "as_of_shifted": (
        Text("День проверки со сдвигом", "The day of judgement, shifted"),
        Text("День проверки плюс или минус дни.", "The day of judgement plus or minus days."),
    ),
    "plus_days": (
        Text("Сдвиг в днях", "Shift in days"),
        Text("Целое число, можно отрицательное, или параметр.", "A whole number, negative too, or a parameter."),
    ),
    "values_name": (
        Text("Набор значений", "Set of values"),
        Text("Имя набора из папки definitions.", "The name of a set of the folder definitions."),
    ),
    "of_items": (
        Text("Какие записи", "Which items"),
        Text("Условие на запись списка; `{}` считает все.", "A condition on an item; `{}` counts all."),
    ),
    "of_condition": (
        Text("Условие", "Condition"),
        Text("Что должно быть верно и недавно проверено.", "What must hold and have been checked recently."),
    ),
    "on_field": (
        Text("Поле с днём проверки", "Field with the day of the check"),
        Text("Дата, от которой считается давность.", "The date from which age is counted."),
    ),
    "within_days": (
        Text("Сколько дней сведения свежие", "For how many days facts are fresh"),
        Text("Целое число или параметр.", "A whole number or a parameter."),
    ),
    "of_fields": (
        Text("Слагаемые", "Terms"),
        Text("Числовые поля этой записи.", "Number fields of this record."),
    ),
    "of_part": (
        Text("Часть", "Part"),
        Text("Поле или `список: {count: условие}`.", "A field, or `list: {count: condition}`."),
    ),
    "to_whole": (
        Text("Целое", "Whole"),
        Text("Поле или `список: {count: условие}`.", "A field, or `list: {count: condition}`."),
    ),
}
