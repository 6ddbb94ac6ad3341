"""What an editor says of the keys of examples. Texts only."""

from __future__ import annotations

from validator.logic.text import Text

EXAMPLE_KEYS: dict[str, tuple[Text, Text]] = {
    "examples.as_of": (
        Text("День проверки", "Day of judgement"),
        Text("Для всех примеров, где не сказано иное.", "For all cases that do not say otherwise."),
    ),
    "base": (
        Text("Общее для примеров", "Common to the cases"),
        Text("Факты, которые верны во всех примерах.", "Facts that hold in every case."),
    ),
    "cases": (
        Text("Случаи", "Cases"),
        Text("Чем случай отличается и что должно получиться.", "How a case differs and what must come out."),
    ),
    "base.organization": (Text("Организация", "Organization"), Text("Её поля.", "Its fields.")),
    "base.item": (Text("Проверяемая запись", "The judged item"), Text("Её поля.", "Its fields.")),
    "base.parent": (
        Text("Охватывающая запись", "The enclosing item"),
        Text(
            "Для вложенных списков: запись, в которой лежит проверяемая.", "For nested lists: what holds the item."
        ),
    ),
    "base.roadmap": (Text("Дорожная карта", "Roadmap"), Text("Её поля.", "Its fields.")),
    "change.organization": (Text("Организация", "Organization"), Text("Изменённые поля.", "The changed fields.")),
    "change.item": (Text("Проверяемая запись", "The judged item"), Text("Изменённые поля.", "The changed fields.")),
    "change.parent": (
        Text("Охватывающая запись", "The enclosing item"),
        Text("Изменённые поля.", "Changed fields."),
    ),
    "change.roadmap": (Text("Дорожная карта", "Roadmap"), Text("Изменённые поля.", "The changed fields.")),
    "lists": (
        Text("Остальные списки", "Other lists"),
        Text("Записи других списков снимка.", "The items of other lists of the snapshot."),
    ),
    "lists.list": (
        Text("Записи списка", "Items of the list"),
        Text("Каждая запись — её поля.", "Every item with its fields."),
    ),
    "coverage": (
        Text("Полнота списков", "Completeness of lists"),
        Text("Списки полные, если не сказано иное.", "Lists are complete unless this says otherwise."),
    ),
    "coverage_of": (
        Text("Полнота списка", "Completeness of the list"),
        Text("Все ли записи перечислены.", "Whether all items are given."),
    ),
    "item_of": (
        Text("Из какого списка запись", "Which list the item is of"),
        Text("Для политик о нескольких списках.", "For policies about several lists."),
    ),
    "case.name": (Text("Название случая", "Name of the case"), Text("Что это за случай.", "What the case is.")),
    "case.change": (
        Text("Отличия", "Changes"),
        Text("Поля, которые не такие, как в `base`.", "The fields that differ from `base`."),
    ),
    "case.as_of": (Text("День проверки", "Day of judgement"), Text("День этого случая.", "The day of this case.")),
    "case.subject": (
        Text("О чём ожидание", "What is expected of"),
        Text("Путь записи, если речь не о первой.", "The path of the item when it is not the first."),
    ),
    "case.parameters": (
        Text("Значения параметров", "Values of parameters"),
        Text("Только для этого случая.", "For this case only."),
    ),
    "case.expect": (
        Text("Что должно получиться", "What must come out"),
        Text("Вывод, причина или имя исхода.", "A verdict, a reason, or the name of an outcome."),
    ),
    "case.missing": (
        Text("Чего не хватает", "What is missing"),
        Text("Наименьший набор недостающих фактов.", "The smallest set of missing facts."),
    ),
    "case.disputed": (
        Text("Спорно", "Disputed"),
        Text("Какие прочтения дают другой вывод.", "Which readings give another verdict."),
    ),
    "case.criteria": (
        Text("Признаки", "Criteria"),
        Text("Верен ли каждый: true, false или unknown.", "Whether each holds: true, false or unknown."),
    ),
    "case.advice": (
        Text("Советы", "Advice"),
        Text("По каким признакам дан совет.", "Of which criteria advice is given."),
    ),
}
