"""What an editor says of the keys of norms, decisions and definitions, their readings too. Texts only."""

from __future__ import annotations

from validator.logic.text import Text

POLICY_KEYS: dict[str, tuple[Text, Text]] = {
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
}
