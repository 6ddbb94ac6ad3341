"""What an editor says of the keys of topics and of known findings. Texts only."""

from __future__ import annotations

from validator.logic.text import Text

TOPIC_KEYS: dict[str, tuple[Text, Text]] = {
    "known": (
        Text("Признанные находки", "Known findings"),
        Text(
            "Находки `sverka prove`, которые остаются как есть; правка политики меняет отпечаток.",
            "Findings of `sverka prove` that stand as they are; an edit of a policy changes the digest.",
        ),
    ),
    "known.digest": (
        Text("Отпечаток", "Digest"),
        Text("16 знаков из отчёта.", "The 16 characters from the report."),
    ),
    "known.owner": (Text("Кто отвечает", "Owner"), Text("Кто взял находку на себя.", "Who answers for it.")),
    "known.reason": (Text("Основание", "Reason"), Text("Почему её оставили.", "Why it may stand.")),
    "known.through": (
        Text("Последний день", "Last day"),
        Text("После него запись не действует.", "After it the entry holds no more."),
    ),
    "topic": (
        Text("Тема", "Topic"),
        Text(
            "Имя папки с политиками темы, оно же имя файла: что они должны охватить.",
            "The name of the folder of its policies, also the file name: what they should cover.",
        ),
    ),
    "topic.covers": (
        Text("Что охватить", "What to cover"),
        Text(
            "Области, в которых должна действовать хотя бы одна норма темы; пробелы ищет `prove`.",
            "Domains in which some norm of the topic should apply; `prove` looks for gaps.",
        ),
    ),
    "topic.switched_off": (
        Text("Выключенные анализы", "Analyses switched off"),
        Text("Какие анализы `prove` здесь не делает и почему.", "Which analyses `prove` leaves out here, and why."),
    ),
    "cover.id": (Text("Имя области", "Name of the domain"), Text("Короткое имя, своё у каждой.", "A short name.")),
    "cover.about": (
        Text("Список", "List"),
        Text("О чём область: список снимка или организация.", "A list of the snapshot, or the organization."),
    ),
    "cover.when": (
        Text("Условие области", "Condition of the domain"),
        Text("Какие записи входят в область; без него все.", "Which items belong to it; without it all do."),
    ),
    "cover.from": (Text("С какого дня", "First day"), Text("Первый день области.", "The first day looked at.")),
    "cover.through": (
        Text("По какой день", "Last day"),
        Text("Последний день области.", "The last day looked at."),
    ),
    "cover.exhaustive": (
        Text("Без пробелов", "Without gaps"),
        Text("true: пробел — ошибка; false: к сведению.", "true: a gap is a fault; false: worth knowing."),
    ),
    "switched_off.analysis": (
        Text("Анализ", "Analysis"),
        Text("Код анализа, например ANA-A8.", "The code of an analysis, for example ANA-A8."),
    ),
    "switched_off.why": (Text("Почему", "Why"), Text("Основание.", "The ground.")),
}
