"""What an editor says of the keys of acts, registers and parameters. Texts only."""

from __future__ import annotations

from validator.logic.text import Text

DATA_KEYS: dict[str, tuple[Text, Text]] = {
    "act.title": (Text("Полное название", "Full title"), Text("Как в самом акте.", "As in the act.")),
    "act.short": (Text("Краткое название", "Short title"), Text("Как называть в отчёте.", "As reports name it.")),
    "act.number": (Text("Номер", "Number"), Text("Номер акта.", "The number of the act.")),
    "act.date": (
        Text("Дата", "Date"),
        Text("День принятия или публикации.", "The day of adoption or publication."),
    ),
    "act.force": (
        Text("Юридическая сила", "Legal force"),
        Text("От неё зависит, как назвать требование.", "It decides how a requirement may be presented."),
    ),
    "act.editions": (Text("Редакции", "Editions"), Text("Известные редакции.", "The editions that are known.")),
    "act.in_force_from": (
        Text("Действует с", "In force from"),
        Text("День вступления в силу.", "The day of entry into force."),
    ),
    "act.in_force_through": (
        Text("Действует по", "In force through"),
        Text("Последний день, если акт утратил силу.", "The last day, when the act is no longer in force."),
    ),
    "act.seen": (
        Text("Что видели", "What was seen"),
        Text("Полный текст, отрывок, пересказ или ничего.", "The text, an excerpt, a retelling, or nothing."),
    ),
    "act.quality": (
        Text("Качество источника", "Quality of the source"),
        Text("Например, распознанный скан или пресса.", "For example a recognized scan, or the press."),
    ),
    "act.checked_on": (
        Text("Сверено", "Checked on"),
        Text(
            "Когда человек сверил официальный текст, или never.", "When a person read the official text, or never."
        ),
    ),
    "act.clauses": (
        Text("Места акта", "Clauses"),
        Text(
            "Места, на которые можно сослаться, и как они проверяются.", "Places to cite, and how they are covered."
        ),
    ),
    "edition.date": (
        Text("Дата редакции", "Date of the edition"),
        Text("День редакции.", "The day of the edition."),
    ),
    "clause.at": (
        Text("Место", "Place"),
        Text("Статья, часть, пункт; так на него ссылаются.", "Article, part, item; as it is cited."),
    ),
    "clause.coverage": (
        Text("Как проверяется", "Coverage"),
        Text("Насколько политики проверяют это место.", "How far policies check this place."),
    ),
    "clause.policies": (
        Text("Политики", "Policies"),
        Text("Какие политики проверяют это место.", "Which policies check this place."),
    ),
    "clause.why": (
        Text("Почему так", "Why"),
        Text("Нужно, если проверка не полностью автоматическая.", "Wanted unless coverage is automated."),
    ),
    "register.family": (
        Text("Семейство", "Family"),
        Text("Перечни одного семейства называют одни и те же вещи.", "Registers of one family share their ids."),
    ),
    "register.closed": (
        Text("Закрытый", "Closed"),
        Text("true: кроме перечисленного ничего нет.", "true: it lists all there is."),
    ),
    "register.rows": (Text("Строки", "Rows"), Text("Что внесено в перечень.", "What the register lists.")),
    "row.id": (
        Text("Код", "Id"),
        Text("Латинские строчные буквы, цифры и `_`.", "Lower-case Latin letters, digits and `_`."),
    ),
    "row.aliases": (
        Text("Другие написания", "Other spellings"),
        Text("Как это ещё называют в снимках.", "How else snapshots name it."),
    ),
    "row.from": (Text("Внесено с", "Listed from"), Text("Первый день в перечне.", "The first day on the list.")),
    "row.through": (Text("Внесено по", "Listed through"), Text("Последний день в перечне.", "The last day on it.")),
    "row.announced_on": (
        Text("Объявлено", "Announced on"),
        Text(
            "С этого дня до внесения неизвестно, есть ли строка в перечне.",
            "From this day until the entry it is unknown whether the row is on the list.",
        ),
    ),
    "row.owner": (Text("Владелец", "Owner"), Text("Кому принадлежит.", "Who owns it.")),
    "row.owner_country": (
        Text("Страна владельца", "Country of the owner"),
        Text("Двухбуквенный код или несколько.", "A two-letter code, or several."),
    ),
    "row.public_mode": (
        Text("Есть открытые каналы", "Has public channels"),
        Text("Можно ли публиковать для всех.", "Whether one can publish to everybody."),
    ),
    "row.quality": (
        Text("Качество сведений", "Quality of the facts"),
        Text("Насколько точны даты строки.", "How exact the dates of the row are."),
    ),
    "row.iso": (Text("Код ISO 3166-2", "ISO 3166-2 code"), Text("Код региона.", "The code of the region.")),
    "row.tz": (Text("Часовые пояса", "Time zones"), Text("Имена из базы IANA.", "Names of the IANA database.")),
    "row.oktmo_prefix": (
        Text("Начало кода ОКТМО", "OKTMO prefix"),
        Text("Первые две цифры.", "The first two digits."),
    ),
    "parameter.type": (Text("Род значения", "Type"), Text("Дата или число.", "A date or a number.")),
    "parameter.gaps": (
        Text("Дни без значения", "Days without a value"),
        Text(
            "`intended`: в дни без строки значения и не должно быть; `prove` о них не говорит.",
            "`intended`: days without a row are meant to have no value; `prove` is silent about them.",
        ),
    ),
    "parameter.unit": (Text("Единица", "Unit"), Text("В чём измеряется.", "What it is measured in.")),
    "parameter.rows": (
        Text("Строки", "Rows"),
        Text("Значения; побеждает самая точная строка.", "The values; the most specific row wins."),
    ),
    "value.region": (
        Text("Регион", "Region"),
        Text(
            "Код субъекта федерации в кавычках, или несколько.", "A quoted code of a federal subject, or several."
        ),
    ),
    "value.kind": (
        Text("Вид организации", "Kind of organization"),
        Text("Для каких организаций, одно слово или несколько.", "For which organizations, one word or several."),
    ),
    "value.from": (Text("Действует с", "From"), Text("Первый день строки.", "The first day of the row.")),
    "value.through": (Text("Действует по", "Through"), Text("Последний день строки.", "The last day of the row.")),
    "value.value": (
        Text("Значение", "Value"),
        Text("Значение или unknown, если его никто не назвал.", "The value, or unknown when nobody has given it."),
    ),
    "value.why": (
        Text("Почему так", "Why"),
        Text("Нужно, если значение неизвестно.", "Wanted when the value is unknown."),
    ),
}
