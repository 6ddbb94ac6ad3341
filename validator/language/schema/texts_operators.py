"""What an editor says of every operator and connective, in both languages. Texts only."""

from __future__ import annotations

from validator.logic.text import Text

# What every operator says: the name and a sentence, in both languages.
OPERATOR_TEXTS: dict[str, tuple[Text, Text]] = {
    "is": (
        Text("Равно", "Equals"),
        Text(
            "Поле равно значению; порядок в наборах не важен.", "The field equals the value; order in sets is free."
        ),
    ),
    "is_not": (Text("Не равно", "Differs"), Text("Поле не равно значению.", "The field does not equal the value.")),
    "in": (
        Text("Одно из", "One of"),
        Text("Поле равно одному из значений.", "The field equals one of the values."),
    ),
    "not_in": (
        Text("Ни одно из", "None of"),
        Text("Поле не равно ни одному из значений.", "The field equals none of the values."),
    ),
    "at_least": (Text("Не меньше", "At least"), Text("Число не меньше названного.", "The number is no less.")),
    "at_most": (Text("Не больше", "At most"), Text("Число не больше названного.", "The number is no greater.")),
    "more_than": (Text("Больше", "More than"), Text("Число строго больше названного.", "The number is greater.")),
    "less_than": (Text("Меньше", "Less than"), Text("Число строго меньше названного.", "The number is less.")),
    "before": (
        Text("Раньше", "Before"),
        Text("День раньше названного; сам он не считается.", "The day is earlier; the day itself does not count."),
    ),
    "on_or_before": (
        Text("Не позже", "On or before"),
        Text("День не позже названного; сам он считается.", "The day is no later; the day itself counts."),
    ),
    "after": (
        Text("Позже", "After"),
        Text("День позже названного; сам он не считается.", "The day is later; the day itself does not count."),
    ),
    "on_or_after": (
        Text("Не раньше", "On or after"),
        Text("День не раньше названного; сам он считается.", "The day is no earlier; the day itself counts."),
    ),
    "contains": (
        Text("Содержит", "Contains"),
        Text(
            "Набор содержит значение или хотя бы одно из названных.",
            "The set holds the value, or at least one of those named.",
        ),
    ),
    "contains_any": (
        Text("Содержит хотя бы одно", "Contains any"),
        Text("Набор содержит хотя бы одно из значений.", "The set holds at least one of the values."),
    ),
    "contains_all": (
        Text("Содержит все", "Contains all"),
        Text("Набор содержит все значения.", "The set holds all the values."),
    ),
    "within": (
        Text("Только из", "Within"),
        Text("В наборе нет ничего, кроме этих значений.", "The set holds nothing but these values."),
    ),
    "empty": (
        Text("Пуст", "Empty"),
        Text("true: набор пуст; false: в нём что-то есть.", "true: the set is empty; false: it holds something."),
    ),
    "listed_in": (
        Text("Есть в перечне", "Listed in"),
        Text(
            "Значение есть в перечне на проверяемый день. Для неизвестного сервиса ответа нет.",
            "The value is on the register on the judged day. Of an unregistered service the answer is unknown.",
        ),
    ),
    "known": (
        Text("Известно", "Known"),
        Text(
            "Известно ли значение. Только в решениях: в норме недостающий факт сам даёт «нет данных».",
            "Whether the value is known. In decisions only: in a norm a missing fact already gives `unknown`.",
        ),
    ),
    "some": (
        Text("Есть запись", "Some item"),
        Text("Условие верно хотя бы для одной записи списка.", "The condition holds of at least one item."),
    ),
    "every": (
        Text("Каждая запись", "Every item"),
        Text("Условие верно для каждой записи списка.", "The condition holds of every item."),
    ),
    "no": (
        Text("Ни одной записи", "No item"),
        Text("Условие не верно ни для одной записи списка.", "The condition holds of no item."),
    ),
    "count": (
        Text("Сколько записей", "How many items"),
        Text(
            "Число записей, для которых верно `of`, сравнивается с `is`.",
            "The number of items of which `of` holds is compared with `is`.",
        ),
    ),
    "count_items": (
        Text("Какие записи считать", "Which items to count"),
        Text("Условие на запись; `{}` считает все.", "A condition on an item; `{}` counts all."),
    ),
    "is_count": (
        Text("Сколько их", "How many"),
        Text("Число или сравнение с числом.", "A number, or a comparison with one."),
    ),
    "as": (
        Text("Имя записи", "Name of the item"),
        Text(
            "Имя, под которым запись видна внутри условия, если такая запись там уже есть. Пишите `other`.",
            "The name of the item inside the condition when an item of its kind is bound already. Write `other`.",
        ),
    ),
    "all": (Text("Всё вместе", "All"), Text("Верны все условия списка.", "All conditions of the list hold.")),
    "any": (Text("Хотя бы одно", "Any"), Text("Верно хотя бы одно условие.", "At least one condition holds.")),
    "not": (Text("Неверно, что", "Not"), Text("Условие не выполняется.", "The condition does not hold.")),
    "meets": (
        Text("Подходит под определение", "Meets"),
        Text(
            "Запись подходит под именованное условие из папки definitions.",
            "The record meets a named condition of the folder definitions.",
        ),
    ),
    "undecided": (
        Text("Вопрос не решён", "Undecided"),
        Text(
            "Правовой вопрос, на который нет ответа: условие всегда неизвестно, в отчёте назван этот вопрос.",
            "A legal question nobody has settled: always unknown, and the report names the question.",
        ),
    ),
    "fresh": (
        Text("Проверено недавно", "Fresh"),
        Text(
            "Условие верно, если день проверки не слишком давний; иначе ответа нет.",
            "The condition, provided that the day it was checked on is recent; else unknown.",
        ),
    ),
    "sum": (
        Text("Сумма полей", "Sum"),
        Text("Сумма числовых полей сравнивается с числом.", "The sum of number fields is compared with a number."),
    ),
    "ratio": (
        Text("Доля в процентах", "Ratio in percent"),
        Text(
            "Какую долю, от 0 до 100, `of` составляет от `to`.",
            "What share, from 0 to 100, `of` makes of `to`.",
        ),
    ),
}
