"""The words of the book: topics, weights of grounds as they are said in a sentence, facts of registers."""

from __future__ import annotations

from validator.logic.text import Text
from validator.render.words import REASONS, VERDICTS

TOPICS = {
    "alternatives": Text("Связь с теми, кто вне MAX", "Reaching those outside MAX"),
    "archive": Text("Старые чаты и их архив", "Old chats and their archive"),
    "foreign-messengers": Text("Иностранные мессенджеры", "Foreign messengers"),
    "history": Text("История вопроса до MAX", "Before MAX"),
    "indicators": Text("Показатели перехода", "Indicators of the move"),
    "local-acts": Text("Локальные акты организации", "Local acts of the organization"),
    "personal-data": Text("Персональные данные", "Personal data"),
    "platform": Text("Платформа и её настройка", "The platform and its settings"),
    "preparation": Text("Подготовка чатов к переводу", "Preparing chats for the transfer"),
    "roadmap": Text("Дорожные карты и сроки", "Roadmaps and deadlines"),
    "transfer": Text("Перенос чатов в MAX", "Transfer of chats to MAX"),
    "users": Text("Участники и их права", "Users and their rights"),
}
# The weight of the strongest ground, as it is said after “a duty”.
BY_FORCE = {
    "federal_law": Text("по федеральному закону", "by federal law"),
    "government_act": Text("по акту Правительства", "by an act of the Government"),
    "ministry_order": Text("по приказу министерства", "by a ministry order"),
    "ministry_letter": Text("по письму или разъяснению министерства", "by a ministry letter or clarification"),
    "regional_act": Text("по региональному или муниципальному акту", "by a regional or municipal act"),
    "local_act": Text("по локальному акту организации", "by a local act of the organization"),
    "guidance": Text("по разъяснительным материалам", "by guidance"),
    "press": Text("по сообщениям прессы", "by press reports"),
}
FACTS = {
    "owner_country": Text("страна владельца", "country of the owner"),
    "public_mode": Text("есть открытые каналы", "has public channels"),
    "quality": Text("качество сведений", "quality of the data"),
    "iso": Text("код ISO", "ISO code"),
    "tz": Text("часовой пояс", "time zone"),
    "oktmo_prefix": Text("начало ОКТМО", "start of OKTMO"),
}
QUALITIES = {
    "exact": Text("дословно", "verbatim"),
    "published": Text("по опубликованному", "as published"),
    "ocr": Text("распознано с изображения", "recognized from an image"),
    "press": Text("известно из прессы", "known from the press"),
    "low": Text("низкое", "low"),
}
TRUTHS = {"true": Text("да", "yes"), "false": Text("нет", "no")}
_TELLING = {
    "violation": Text("нарушение", "violation"),
    "advice": Text("совет", "advice"),
    "unknown": Text("нет данных", "unknown"),
    "ok": Text("нарушения нет", "no violation"),
}


def expectation(verdict: str, outcome: Text | None) -> Text:
    """What an example expects, in words: an outcome, a verdict, or a reason of `ok`."""
    if outcome is not None:
        return outcome
    return _TELLING.get(verdict) or REASONS.get(verdict) or VERDICTS.get(verdict) or Text(verdict, verdict)
