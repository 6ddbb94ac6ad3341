"""What an editor says of every key of a policy file, in both languages. Texts only."""

from __future__ import annotations

from validator.logic.text import Text

# What every key says: the name and a sentence, in both languages. `act.date` is `date` in a file of an act.
KEY_TEXTS: dict[str, tuple[Text, Text]] = {
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
    "norm": (
        Text("Норма", "Norm"),
        Text(
            "Код нормы, он же имя файла: кто что обязан, не вправе, вправе или кому что рекомендовано.",
            "The id of the norm, also the file name: who must, must not, may or should do what.",
        ),
    ),
    "decision": (
        Text("Решение", "Decision"),
        Text(
            "Код решения, он же имя файла: чем является вещь или что с ней будет; вины и санкции нет.",
            "The id of the decision, also the file name: what a thing is or what becomes of it; no blame.",
        ),
    ),
    "definition": (
        Text("Определение", "Definition"),
        Text(
            "Имя условия, на которое ссылаются через `meets`; оно же имя файла.",
            "The name of a condition that `meets` refers to; also the file name.",
        ),
    ),
    "values": (
        Text("Набор значений", "Set of values"),
        Text(
            "Имя набора, на который ссылаются через `{values: имя}`; оно же имя файла.",
            "The name of a set that `{values: name}` refers to; also the file name.",
        ),
    ),
    "act": (
        Text("Акт или документ", "Act or document"),
        Text("Код источника, он же имя файла.", "The id of the source, also the file name."),
    ),
    "register": (
        Text("Перечень", "Register"),
        Text(
            "Имя перечня с датами, он же имя файла; на него ссылается `listed_in`.",
            "The name of a dated list, also the file name; `listed_in` refers to it.",
        ),
    ),
    "parameter": (
        Text("Параметр", "Parameter"),
        Text(
            "Имя величины, которая зависит от времени, региона и вида организации; оно же имя файла.",
            "The name of a value that varies by time, region and kind of organization; also the file name.",
        ),
    ),
    "title": (
        Text("Название", "Title"),
        Text("Короткое название, как в отчёте.", "A short title, as the report shows it."),
    ),
    "about": (
        Text("О чём", "About"),
        Text(
            "Список, каждая запись которого проверяется, или organization. Можно назвать несколько списков.",
            "The list whose every item is judged, or organization. A norm may name several lists.",
        ),
    ),
    "fields": (
        Text("Как поля зовутся в других списках", "Names of fields in other lists"),
        Text(
            "Для политики о нескольких списках: какое поле списка играет роль названного.",
            "For a policy about several lists: which field of a list plays the part of the named one.",
        ),
    ),
    "renamed": (
        Text("Поле списка", "Field of the list"),
        Text("Имя поля в этом списке.", "The name of the field in this list."),
    ),
    "modality": (
        Text("Вид требования", "Modality"),
        Text("Запрет, обязанность, разрешение или рекомендация.", "Prohibition, obligation, permission or advice."),
    ),
    "severity": (
        Text("Важность", "Severity"),
        Text("Насколько серьёзно нарушение.", "How grave a violation is."),
    ),
    "cites": (
        Text("Основания", "Grounds"),
        Text("Места актов, на которых это стоит.", "The places of acts this rests on."),
    ),
    "act_name": (
        Text("Акт", "Act"),
        Text("Код файла из папки sources.", "The id of a file of the folder sources."),
    ),
    "at": (
        Text("Место акта", "Place of the act"),
        Text("Так же, как оно записано в файле акта.", "As the file of the act writes it."),
    ),
    "in_force": (
        Text("Срок действия", "Time in force"),
        Text("Когда политика действует; без него — всегда.", "When the policy is in force; always without it."),
    ),
    "in_force.from": (
        Text("Первый день", "First day"),
        Text("Считается и сам этот день.", "The day itself counts."),
    ),
    "in_force.through": (
        Text("Последний день", "Last day"),
        Text("Считается и сам этот день.", "The day itself counts."),
    ),
    "judged_on": (
        Text("По какому дню судить", "Which day is judged"),
        Text(
            "Поле с датой записи или период из двух полей; без него — день проверки.",
            "A date field of the item, or a period of two; the day of judgement without it.",
        ),
    ),
    "judged_on.from": (
        Text("Начало периода", "Start of the period"),
        Text("Поле с первым днём.", "The field with the first day."),
    ),
    "judged_on.through": (
        Text("Конец периода", "End of the period"),
        Text("Поле с последним днём.", "The field with the last day."),
    ),
    "applies_when": (
        Text("Когда применяется", "Applies when"),
        Text("К каким записям относится политика.", "Which items the policy concerns."),
    ),
    "status": (
        Text("Состояние", "Status"),
        Text("`draft`: политика ещё не применяется.", "`draft`: the policy is not applied yet."),
    ),
    "forbidden": (
        Text("Запрещено", "Forbidden"),
        Text("Нарушение там, где условие верно.", "A violation wherever the condition holds."),
    ),
    "required": (
        Text("Требуется", "Required"),
        Text("Нарушение там, где условие неверно.", "A violation wherever the condition does not hold."),
    ),
    "allowed": (
        Text("Разрешено", "Allowed"),
        Text("Для `modality: permission`; нарушением не бывает.", "For `modality: permission`; never a violation."),
    ),
    "exceptions": (
        Text("Исключения", "Exceptions"),
        Text("Когда норма не нарушена, хотя требование не выполнено.", "When the norm is not broken all the same."),
    ),
    "readings": (
        Text("Прочтения", "Readings"),
        Text(
            "Записанные толкования. Ровно одно выбрано; где другое даёт иной вывод, вывод помечен спорным.",
            "Recorded understandings. Exactly one is chosen; where another one differs, the result is disputed.",
        ),
    ),
    "message": (
        Text("Сообщение", "Message"),
        Text(
            "Что сказать о нарушении; в скобках `{…}` — имена полей.",
            "What to say of a violation; `{…}` holds names of fields.",
        ),
    ),
    "remedy": (
        Text("Что сделать", "Remedy"),
        Text("Как устранить нарушение.", "How to put it right."),
    ),
    "remark": (
        Text("Замечание", "Remark"),
        Text("Что сказать, когда норма соблюдена.", "What to say when the norm is met."),
    ),
    "remedy_sets": (
        Text("Исправление полями", "Remedy as fields"),
        Text(
            "Какие поля изменить, чтобы норма была соблюдена; это проверяется.",
            "Which fields to change so that the norm is met; this is proved.",
        ),
    ),
    "sanction": (
        Text("Санкция", "Sanction"),
        Text("Наказание, которое называет акт.", "The penalty the act names."),
    ),
    "sanction.cites": (
        Text("Основание санкции", "Ground of the sanction"),
        Text("Место акта с санкцией.", "The place of the act that names it."),
    ),
    "sanction.applies": (
        Text("Применима ли", "Whether it applies"),
        Text("Точно ли санкция относится к этой норме.", "Whether the penalty surely reaches the norm."),
    ),
    "sanction.official_rub": (
        Text("Должностному лицу, рублей", "For an official, roubles"),
        Text("От и до.", "From and to."),
    ),
    "sanction.entity_rub": (
        Text("Организации, рублей", "For the organization, roubles"),
        Text("От и до.", "From and to."),
    ),
    "waivable": (
        Text("Можно ли отступить", "May be waived"),
        Text("true, false или условие `{when: …}`.", "true, false, or a condition `{when: …}`."),
    ),
    "waivable.when": (
        Text("Когда можно отступить", "When it may be waived"),
        Text("Условие на проверяемую запись.", "A condition on the judged item."),
    ),
    "examples": (
        Text("Примеры", "Examples"),
        Text("Случаи, которые проверяются вместе с политикой.", "Cases that are run with the policy."),
    ),
    "outcomes": (
        Text("Исходы", "Outcomes"),
        Text("Имена исходов решения и как их назвать людям.", "The outcomes of the decision and their names."),
    ),
    "criteria": (
        Text("Признаки", "Criteria"),
        Text("Все должны выполняться.", "All must hold."),
    ),
    "exclusions": (
        Text("Препятствия", "Exclusions"),
        Text("Достаточно одного, чтобы исход был другим.", "Any one of them gives the other outcome."),
    ),
    "then": (
        Text("Какой исход", "Which outcome"),
        Text("Исход, когда всё сошлось, и исход иначе.", "The outcome when all holds, and the other one."),
    ),
    "all_criteria_and_no_exclusion": (
        Text("Все признаки и ни одного препятствия", "All criteria and no exclusion"),
        Text("Имя исхода.", "The name of the outcome."),
    ),
    "otherwise": (Text("Иначе", "Otherwise"), Text("Имя исхода.", "The name of the outcome.")),
    "advice": (
        Text("Советы", "Advice"),
        Text("Что делать, по коду признака или препятствия.", "What to do, by the id of a criterion or exclusion."),
    ),
    "when": (
        Text("Условие", "Condition"),
        Text("Что называет это имя.", "What the name denotes."),
    ),
    "note": (
        Text("Примечание", "Note"),
        Text("Пояснение для читателя; на проверку не влияет.", "A remark for readers; it decides nothing."),
    ),
    "members": (
        Text("Значения", "Values"),
        Text("Слова, которые входят в набор.", "The words of the set."),
    ),
    "criterion.id": (
        Text("Код", "Id"),
        Text("Имя, на которое можно сослаться.", "The name it is referred to by."),
    ),
    "criterion.when": (
        Text("Когда верно", "When it holds"),
        Text("Условие на проверяемую запись.", "A condition on the judged item."),
    ),
    "reading.id": (Text("Код прочтения", "Id of the reading"), Text("Имя в отчёте.", "The name in reports.")),
    "reading.chosen": (
        Text("Выбрано", "Chosen"),
        Text("true ровно у одного прочтения.", "true for exactly one reading."),
    ),
    "reading.why": (
        Text("Почему так", "Why"),
        Text("Основание этого толкования.", "The ground of this understanding."),
    ),
    "reading.parameters": (
        Text("Другие значения параметров", "Other values of parameters"),
        Text("Имя параметра и значение или поле.", "The name of a parameter and a value or a field."),
    ),
    "reading.definitions": (
        Text("Другие определения", "Other definitions"),
        Text("Какое определение чем заменить.", "Which definition is replaced by which."),
    ),
    "reading.registers": (
        Text("Другие перечни", "Other registers"),
        Text("Какой перечень чем заменить.", "Which register is replaced by which."),
    ),
    "reading.severity": (
        Text("Другая важность", "Another severity"),
        Text("Важность при этом толковании.", "The severity under this reading."),
    ),
    "reading.without_exceptions": (
        Text("Без исключений", "Without exceptions"),
        Text("Какие исключения здесь не действуют.", "Which exceptions do not hold here."),
    ),
    "reading.admit_press": (
        Text("Учесть сведения прессы", "Admit the press"),
        Text("Параметры, для которых верят и прессе.", "Parameters of which press rows count too."),
    ),
    "other_parameter": (
        Text("Параметр", "Parameter"),
        Text("Значение при этом толковании или поле вместо него.", "The value under this reading, or a field."),
    ),
    "other_definition": (
        Text("Определение", "Definition"),
        Text("Определение, которое его заменяет.", "The definition that replaces it."),
    ),
    "other_register": (
        Text("Перечень", "Register"),
        Text("Перечень, который его заменяет.", "The register that replaces it."),
    ),
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
