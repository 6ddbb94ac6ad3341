"""The words of the workbook: names of sheets, headings, remarks."""

from __future__ import annotations

from validator.logic.text import Text
from validator.render.words import count_ru_en

# --- sheets --------------------------------------------------------------------------------------------------
SUMMARY = Text("Сводка", "Summary")
VIOLATIONS = Text("Нарушения", "Violations")
UNKNOWNS = Text("Нет данных", "No data")
CHATS = Text("Чаты", "Chats")
WAIVERS = Text("Исключения", "Waivers")
ADVICE = Text("Советы и спорное", "Advice and disputed")
POLICIES = Text("Правила", "Policies")
ABOUT = Text("Сведения", "About")

# What each sheet holds, for the list of sheets.
SHEETS: tuple[tuple[Text, Text], ...] = (
    (SUMMARY, Text("итоги по муниципалитетам и политикам", "totals by municipality and by policy")),
    (VIOLATIONS, Text("по строке на нарушение", "a line for each violation")),
    (
        UNKNOWNS,
        Text(
            "по строке на каждое недостающее сведение; у одной оценки их может быть несколько (столбец «Оценка №»)",
            "a line for each missing fact; one judgement may have several (column “Judgement no.”)",
        ),
    ),
    (
        CHATS,
        Text(
            "решения о чатах и о переходе организации: что будет и что сделать",
            "decisions on chats and on the move of the organization: what will happen and what to do",
        ),
    ),
    (
        WAIVERS,
        Text(
            "нарушения, от которых утверждено действующее отступление; исключения, которые делает сама норма, "
            "только сосчитаны на листе «Правила»",
            "violations covered by an approved waiver in force; exceptions that a norm itself makes are only "
            "counted, on the sheet “Policies”",
        ),
    ),
    (
        ADVICE,
        Text(
            "рекомендации, которым не следуют, и соблюдённое, что при ином прочтении нормы вывод меняет",
            "recommendations that are not followed, and what is met but judged otherwise under another reading",
        ),
    ),
    (POLICIES, Text("все применённые политики и числа оценок", "all policies that judged, with their numbers")),
    (ABOUT, Text("как получен этот отчёт", "how this report was made")),
)

# --- headings of columns -------------------------------------------------------------------------------------
NUMBER = Text("№ п/п", "No.")
JUDGEMENT = Text("Оценка №", "Judgement no.")
INN = Text("ИНН", "INN")
NAME = Text("Организация", "Organization")
REGION = Text("Регион", "Region")
MUNICIPALITY = Text("Муниципалитет", "Municipality")
KIND = Text("Вид организации", "Kind of organization")
POLICY = Text("Политика", "Policy")
TITLE = Text("Норма или вопрос", "Norm or question")
SEVERITY = Text("Важность", "Severity")
VERDICT = Text("Вывод", "Verdict")
SUBJECT = Text("Предмет", "Subject")
MESSAGE = Text("Что установлено", "What was found")
FACTS = Text("Наблюдаемые факты", "Observed facts")
GROUND = Text("Основание", "Ground")
REMEDY = Text("Что сделать", "What to do")
SANCTION = Text("Санкция", "Sanction")
DISPUTED = Text("Спорное прочтение", "Disputed reading")
KNOWN = Text("Известно заранее", "In the baseline")
AS_OF = Text("Сведения на дату", "Facts as of")
LAW_DATE = Text("Право на дату", "Law as of")
FILE = Text("Файл", "File")
LINE = Text("Строка", "Line")
FACT = Text("Какого сведения нет", "Missing fact")
CAUSE = Text("Почему", "Why")
PATH = Text("Место в снимке", "Place in the snapshot")
INSTEAD = Text("Чем можно заменить", "What would do instead")
CHAT = Text("Чат", "Chat")
QUESTION = Text("Вопрос", "Question")
FAILED = Text("Из-за чего", "Because of")
MISSING = Text("Чего не хватает", "What is missing")
WAIVER = Text("Отступление", "Waiver")
WAIVER_GROUND = Text("Основание отступления", "Ground of the waiver")
FROM = Text("Действует с", "In force from")
THROUGH = Text("Действует по", "In force through")
DAYS_DIFFER = Text("Сроки свои у каждой организации", "Days differ by organization")
DAYS_LEFT = Text("Осталось дней", "Days left")
POST = Text("Кем утверждено", "Approved by")
DOCUMENT = Text("Документ", "Document")
WAIVER_FILE = Text("Файл отступления", "File of the waiver")
SORT = Text("Вид", "Sort")
MODALITY = Text("Модальность", "Modality")
FORCE = Text("Сила акта", "Force of the act")
ORGANIZATIONS = Text("Организаций", "Organizations")
WITH_VIOLATION = Text("с нарушениями", "with violations")
ORGANIZATIONS_WITH_VIOLATION = Text("Организаций с нарушениями", "Organizations with violations")
WITH_UNKNOWN = Text("с нехваткой данных", "with missing data")
N_VIOLATIONS = Text("Нарушений", "Violations")
N_ADVICE = Text("Советов", "Advice")
N_WAIVED = Text("Отступлений", "Waived")
N_UNKNOWN = Text("Нет данных", "No data")
UNKNOWN_PERCENT = Text("Нет данных, %", "No data, %")
N_MET = Text("Соблюдено", "Met")
N_EXEMPT = Text("Действует исключение", "Exempt")
N_OPEN = Text("Нарушения нет, причина неясна", "No violation, reason open")
N_NOT_APPLICABLE = Text("Не применимо", "Not applicable")
N_NOT_IN_FORCE = Text("Не действовало", "Not in force")
N_DISPUTED = Text("Спорных", "Disputed")
OUTCOMES = Text("Исходы решения", "Outcomes of the decision")
ABOUT_PERSONS = Text("О людях", "About persons")
PERSON_VIOLATIONS = Text("О людях: нарушений", "Persons: violations")
PERSON_UNKNOWNS = Text("О людях: нет данных", "Persons: no data")
COVERAGE = Text("Полнота, %", "Coverage, %")

# --- words in cells ------------------------------------------------------------------------------------------
YES = Text("да", "yes")
NO = Text("нет", "no")
NORM = Text("норма", "norm")
DECISION = Text("решение", "decision")
WHOLE = Text("организация в целом", "the organization as a whole")
NOT_GIVEN = Text("не указан", "not given")
CHOSEN = Text("принято прочтение", "chosen reading")
OTHERWISE = Text("прочтение", "reading")
NOT_MET = Text("не выполнено: ", "not met: ")
NOT_EXPLAINED = Text("не пояснено: проверка велась без пояснений", "not explained: the run kept no explanations")
OR = Text("или", "or")
FOR_OFFICIALS = Text("должностные лица", "officials")
FOR_ENTITIES = Text("юридические лица", "legal entities")
ROUBLES = Text("руб.", "roubles")
PERSON_FACTS = Text(
    "сведения о людях — на странице организации", "facts about persons are on the page of the organization"
)


def cut_mark(number: int) -> Text:
    """What ends a text that is too long for a cell."""
    ru = count_ru_en(number, ("знак", "знака", "знаков"), ("character", "characters"))
    return Text(f" … [не поместилось: весь текст — {ru.ru}]", f" … [does not fit: the whole text has {ru.en}]")


# --- summary -------------------------------------------------------------------------------------------------
HEADLINE = Text("Свод результатов проверки организаций", "Results of the check of organizations")
AS_OF_FROM = Text("По состоянию на (сведения с … по …)", "As of (facts from … through …)")
LAW_ASKED = Text("По праву на дату", "By the law as of")
LAW_OWN = Text("По праву на дату сведений (с … по …)", "By the law as of the facts (from … through …)")
NOTHING_EVALUATED = Text("ничего не проверено", "nothing was evaluated")
COVERAGE_DOCUMENTS = Text("Полнота от поданных документов, %", "Coverage of the documents given, %")
COVERAGE_EXPECTED = Text("Полнота от ожидаемых организаций, %", "Coverage of the organizations expected, %")
DOCUMENTS = Text("Документов подано", "Documents given")
EVALUATED = Text("проверено", "evaluated")
QUARANTINED = Text("отложено (не прочитано)", "put aside (not read)")
NOT_REACHED = Text("не дошла очередь", "not reached")
EXPECTED = Text("Организаций ожидалось", "Organizations expected")
NOT_EVALUATED = Text("из них нет", "of them missing")
UNEXPECTED = Text("сверх ожидаемых", "not expected")
TOTAL = Text("Итого", "Total")
FIGURE = Text("Показатель", "Figure")
ALL_BUT_PERSONS = Text("Не о людях", "Not about persons")
OF_PERSONS = Text("О людях", "About persons")
APPLICABLE = Text("Применимых оценок", "Applicable judgements")
BY_REGION = Text("По регионам", "By region")
BY_MUNICIPALITY = Text("По муниципалитетам", "By municipality")
BY_KIND = Text("По видам организаций", "By kind of organization")
BY_POLICY = Text("По политикам", "By policy")
POST_LINE = Text("Должность", "Post")
SIGNATURE = Text("Подпись", "Signature")
FULL_NAME = Text("Расшифровка подписи", "Name in full")
DATE_LINE = Text("Дата", "Date")


def persons_rule(threshold: int) -> tuple[Text, Text]:
    """How numbers of persons are told, in two sentences."""
    return (
        Text(
            f"О людях — только числа: меньше {threshold} не показаны («<{threshold}»), как и те, по которым их "
            "можно вычислить («скрыто»).",
            f"Of persons only numbers are told: those below {threshold} are not shown (“<{threshold}”), nor those "
            "that would give them away (“hidden”).",
        ),
        Text(
            "Выводов о людях нет ни на одном листе: они на странице самой организации.",
            "No sheet lists findings about persons: they are on the page of the organization itself.",
        ),
    )


def incomplete(floor: str, *, ended_early: bool) -> Text:
    """Why nobody should judge the whole by the figures."""
    if ended_early:
        why = Text("проверка прервана", "the run ended early")
    else:
        why = Text(f"проверено меньше {floor} %", f"less than {floor} % was evaluated")
    return Text(
        f"СВОД НЕПОЛОН: {why.ru}; судить по нему о целом нельзя.",
        f"INCOMPLETE: {why.en}; don't judge the whole by it.",
    )


# --- about ---------------------------------------------------------------------------------------------------
ABOUT_HEADLINE = Text("Как получен отчёт", "How the report was made")
TOOL = Text("Программа", "Program")
LANGUAGE_VERSION = Text("Версия языка политик", "Version of the policy language")
POLICY_SET = Text("Набор политик (отпечаток)", "Policy set (digest)")
NORMS = Text("Норм", "Norms")
DECISIONS = Text("Решений", "Decisions")
SELECTION = Text("Применена часть политик", "A part of the policies judged")
EXPLAINED = Text("Пояснения к выводам", "Explanations of findings")
EXPLAINED_HOW = {
    "all": Text("у всех выводов", "of all findings"),
    "summary": Text(
        "у всех выводов, кроме выводов о людях: их в этой книге нет",
        "of all findings but those about persons, which are not in this workbook",
    ),
    "blocking": Text(
        "только у блокирующих; у прочих факты и недостающие сведения не записаны",
        "only of those that block; others have no facts and no missing facts recorded",
    ),
    "none": Text(
        "не записаны: факты и недостающие сведения не показаны",
        "not recorded: observed and missing facts are not shown",
    ),
}
SHEETS_HEADLINE = Text("Листы, что на них и сколько строк", "Sheets, what is on them and how many lines")
NO_ROWS = Text("Здесь нет ни одной строки.", "There is no line here.")
LEGEND_HEADLINE = Text("Что значат слова", "What the words mean")
LEGEND: tuple[tuple[Text, Text], ...] = (
    (
        Text("нарушение", "violation"),
        Text("норма не соблюдена по фактам снимка", "the facts of the snapshot break the norm"),
    ),
    (
        Text("нет данных", "no data"),
        Text(
            "для вывода не хватает сведений; это не «соблюдено»", "facts are missing for a verdict; this is no pass"
        ),
    ),
    (
        Text("совет", "advice"),
        Text("рекомендации не следуют; не нарушение", "a recommendation is not followed; no violation"),
    ),
    (
        Text("отступление", "waiver"),
        Text(
            "утверждённое на срок разрешение не считать нарушение блокирующим",
            "an approval, for a time, not to let a violation block",
        ),
    ),
    (
        Text("политика", "policy"),
        Text("правило проверки: норма или решение", "a rule of the check: a norm or a decision"),
    ),
    (
        Text("основание", "ground"),
        Text("место акта, из которого следует политика", "the place of an act from which the policy follows"),
    ),
    (
        Text("прочтение", "reading"),
        Text(
            "одно из толкований нормы; спорно то, что при ином прочтении вывод иной",
            "one way to understand a norm; disputed is what another reading judges otherwise",
        ),
    ),
    (
        Text("снимок", "snapshot"),
        Text(
            "файл со сведениями об организации на один день", "a file with the facts of an organization on one day"
        ),
    ),
    (
        Text("дата права", "law date"),
        Text("день, по праву которого вынесен вывод", "the day by whose law it was judged"),
    ),
    (
        Text("сведения на дату", "facts as of"),
        Text("день, на который верны сведения", "the day on which the facts hold"),
    ),
    (
        Text("известно заранее", "in the baseline"),
        Text("есть в списке известного, не блокирует", "it is on the list of known findings and does not block"),
    ),
)
NOTES_HEADLINE = Text("Как устроена книга", "How the workbook is made")
NOTES: tuple[Text, ...] = (
    Text(
        "Формул, макросов и ссылок нет. Итоги записаны числами, коды (ИНН и другие) — текстом, даты — датами.",
        "There are no formulas, macros or links. Totals are numbers, codes (INN and others) text, dates dates.",
    ),
    Text(
        "На печать идут первые столбцы листа; остальные (файл, строка, даты и другие) видны только на экране.",
        "The first columns of a sheet are printed; the others (file, line, dates, …) are seen on screen only.",
    ),
    Text(
        "Управляющие знаки в чужих текстах показаны их кодом: \\x1b, \\u202e.",
        "Control characters in the texts of others are shown as their code: \\x1b, \\u202e.",
    ),
)
QUARANTINE_HEADLINE = Text("Не проверенные документы", "Documents that were not evaluated")
NO_QUARANTINE = Text("Все поданные документы проверены.", "All documents given were evaluated.")
WARNINGS_HEADLINE = Text("Предупреждения", "Warnings")
NO_WARNINGS = Text("Предупреждений нет.", "There are no warnings.")
WHAT_IS_WRONG = Text("Что не так", "What is wrong")
COLUMN = Text("Столбец", "Column")
CODE = Text("Код", "Code")
PRINT_PAGE = Text("стр. &P из &N", "page &P of &N")


def split(name: str, sheets: int) -> Text:
    """What is said of rows that did not fit into one sheet."""
    number = count_ru_en(sheets, ("лист", "листа", "листов"), ("sheet", "sheets"))
    return Text(
        f"Строки «{name}» не поместились на одном листе и разделены: {number.ru}, «{name}» … «{name} ({sheets})».",
        f"The lines of “{name}” do not fit into one sheet and are split into {number.en}: "
        f"“{name}” … “{name} ({sheets})”.",
    )


def cut(cells: int) -> Text:
    """What is said of texts that did not fit into a cell."""
    number = count_ru_en(cells, ("ячейка", "ячейки", "ячеек"), ("cell", "cells"))
    return Text(
        f"Длиннее, чем вмещает ячейка (32 767 знаков): {number.ru}; конец текста опущен, в ячейке об этом сказано.",
        f"Longer than a cell holds (32,767 characters): {number.en}; the end is left out, and the cell says so.",
    )
