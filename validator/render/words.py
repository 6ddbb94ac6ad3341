"""The words of reports in both languages: verdicts, reasons, weights of acts, causes of missing facts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.logic.text import Language, Text, plural_ru

if TYPE_CHECKING:
    from validator.logic.report import BothTexts

VERDICTS = {
    "violation": Text("НАРУШЕНИЕ", "VIOLATION"),
    "advice": Text("СОВЕТ", "ADVICE"),
    "unknown": Text("НЕТ ДАННЫХ", "UNKNOWN"),
    "waived": Text("ОТСТУПЛЕНИЕ", "WAIVED"),
    "ok": Text("СООТВЕТСТВУЕТ", "OK"),
}
REASONS = {
    "met": Text("соблюдено", "met"),
    "exempt": Text("действует исключение", "exempt"),
    "not_applicable": Text("не применимо", "not applicable"),
    "not_in_force": Text("не действует на эту дату", "not in force"),
    "open": Text(
        "нарушения нет, причина зависит от недостающих данных", "no violation; the reason depends on missing facts"
    ),
}
SEVERITIES = {
    "critical": Text("критическая", "critical"),
    "high": Text("высокая", "high"),
    "medium": Text("средняя", "medium"),
    "low": Text("низкая", "low"),
    "info": Text("для сведения", "info"),
}
FORCES = {
    "federal_law": Text("федеральный закон", "federal law"),
    "government_act": Text("акт Правительства", "act of the Government"),
    "ministry_order": Text("приказ министерства", "ministry order"),
    "ministry_letter": Text("письмо или разъяснение министерства", "ministry letter or clarification"),
    "regional_act": Text("региональный или муниципальный акт", "regional or municipal act"),
    "local_act": Text("локальный акт организации", "local act of the organization"),
    "guidance": Text("разъяснительные материалы", "guidance"),
    "press": Text("сообщение прессы", "press report"),
}
MODALITIES = {
    "prohibition": Text("запрет", "prohibition"),
    "obligation": Text("обязанность", "obligation"),
    "permission": Text("разрешение", "permission"),
    "recommendation": Text("рекомендация", "recommendation"),
}
CAUSES = {
    "absent": Text("не указано", "not given"),
    "list_incomplete": Text("список может быть неполным", "the list may be incomplete"),
    "stale": Text("сведения устарели", "the facts are too old"),
    "register_gap": Text("названия нет в перечнях", "the name is in no register"),
    "parameter_gap": Text("срок или показатель для региона не установлен", "no value is set for the region"),
    "undecided": Text("вопрос правом не решён", "the question is not settled in law"),
}
SANCTIONS = {
    "yes": Text("предусмотрена", "applies"),
    "disputed": Text("применимость спорна", "whether it applies is disputed"),
}


def say(text: Text | BothTexts, language: Language) -> str:
    """A text in a language, wherever it comes from."""
    return text.in_language(language) if isinstance(text, Text) else text[language]


def count_ru_en(number: int, ru: tuple[str, str, str], en: tuple[str, str]) -> Text:
    """A number with its noun: 1 школа, 2 школы, 5 школ; 1 school, 2 schools."""
    return Text(f"{number} {plural_ru(number, *ru)}", f"{number} {en[0] if number == 1 else en[1]}")


def verdict_word(verdict: str) -> Text:
    """The word for a verdict; an outcome of a decision is its own."""
    return VERDICTS.get(verdict, Text(verdict, verdict))
