"""How people call facts and their values in tables of their own; used to propose a mapping, never to read by."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from validator.snapshots.tables.words import folded

_COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "as_of": ("дата", "на дату", "по состоянию на", "отчетная дата", "date", "as of"),
    "organization.inn": ("инн", "инн организации", "инн оо", "tin", "inn"),
    "organization.ogrn": ("огрн", "ogrn"),
    "organization.oktmo": ("октмо", "код октмо", "oktmo"),
    "organization.name": (
        "наименование", "название", "организация", "наименование организации", "краткое наименование", "школа",
        "наименование оо", "полное наименование", "name", "school",
    ),
    "organization.region": ("регион", "код региона", "субъект", "субъект рф", "код субъекта", "region"),
    "organization.municipality": ("муниципалитет", "район", "мо", "муниципальное образование", "городской округ"),
    "organization.kind": ("вид", "тип", "вид организации", "тип организации", "тип оо", "kind", "type"),
    "organization.legal_form": ("форма", "опф", "правовая форма", "организационно-правовая форма"),
    "organization.founder": ("учредитель", "вид учредителя", "founder"),
    "organization.sferum_connected": ("сферум", "подключена к сферуму", "подключение к сферуму", "sferum"),
    "organization.executes_state_task": ("госзадание", "государственное задание", "муниципальное задание"),
    "organization.provides_public_services": ("госуслуги", "оказывает услуги", "государственные услуги"),
    "organization.uses_distance_learning": ("дистанционное обучение", "дот", "применяет дот"),
    "organization.programs": ("программы", "уровни образования", "образовательные программы"),
    "roadmap.started_on": ("начало переноса", "начало перехода", "дата начала", "старт"),
    "roadmap.completed_on": ("завершение переноса", "окончание перехода", "дата завершения", "переход завершен"),
    "roadmap.poster_placed": ("плакат", "плакат размещен"),
    "chats.ref": ("чат", "номер чата", "id чата", "название чата", "идентификатор чата", "chat"),
    "chats.platform": ("мессенджер", "платформа", "сервис", "где чат", "platform", "messenger"),
    "chats.kind": ("вид чата", "тип чата"),
    "chats.class": ("класс", "группа", "class"),
    "chats.official": ("официальный", "официальный чат"),
    "chats.in_sferum": ("в сферуме", "чат сферума"),
    "chats.audience": ("участники", "состав", "кто в чате"),
    "chats.member_count": ("всего участников", "число участников", "участников", "количество участников"),
    "chats.created_on": ("создан", "дата создания"),
    "chats.transferred_on": ("перенесен", "дата переноса", "перенесен в max"),
    "chats.last_message_on": ("последнее сообщение", "дата последнего сообщения"),
    "chats.need": ("нужен", "нужен ли чат", "потребность"),
    "chats.state": ("состояние", "статус", "статус чата"),
    "classes.ref": ("класс", "обозначение класса"),
    "classes.grade": ("параллель", "год обучения"),
    "people.ref": ("участник", "код участника", "id участника"),
    "people.roles": ("роль", "роли"),
    "uses.service": ("сервис", "мессенджер", "чем пользуются", "service"),
    "uses.purpose": ("цель", "для чего"),
    "uses.first_on": ("с какого дня", "начало использования"),
    "uses.last_on": ("по какой день", "конец использования"),
    "uses.personal_data": ("персональные данные", "пдн"),
    "documents.ref": ("документ", "номер документа"),
    "documents.kind": ("вид документа", "тип документа"),
    "documents.in_force_from": ("действует с", "дата вступления в силу"),
    "documents.on_official_site": ("на сайте", "размещен на сайте"),
    "documents.url": ("ссылка", "адрес на сайте", "url"),
    "activity.period": ("месяц", "период"),
    "activity.active": ("активных", "активны"),
    "activity.total": ("всего", "total"),
}  # fmt: skip
_VALUES: Final[Mapping[str, Mapping[str, str]]] = {
    "organization.kind": {
        "школа": "school", "сош": "school", "оош": "school", "гимназия": "school", "лицей": "school",
        "детский сад": "preschool", "доу": "preschool", "ясли-сад": "preschool", "дс": "preschool",
        "колледж": "vocational", "техникум": "vocational", "спо": "vocational", "вуз": "higher",
        "университет": "higher", "дополнительное образование": "additional", "удод": "additional",
        "детский дом": "orphanage", "методический кабинет": "methodical_center", "отдел образования":
        "education_authority", "управление образования": "education_authority", "администрация": "municipal_body",
    },
    "organization.legal_form": {
        "бюджетное": "budgetary", "автономное": "autonomous", "казенное": "state_institution",
        "мбоу": "budgetary", "мбду": "budgetary", "гбоу": "budgetary", "маоу": "autonomous", "гаоу": "autonomous",
        "мкоу": "state_institution", "мбдоу": "budgetary", "ип": "entrepreneur", "ооо": "limited",
        "ао": "joint_stock",
    },
    "organization.founder": {
        "муниципалитет": "municipality", "район": "municipality", "регион": "region", "область": "region",
        "субъект": "region", "рф": "federation", "частный": "private",
    },
}  # fmt: skip


def names_of(path: str) -> frozenset[str]:
    """What a column may be called, folded."""
    return frozenset(map(folded, _COLUMNS.get(path, ())))


def value_meant(path: str, word: str) -> str | None:
    """The value that a word probably means, None where we know none. `word` is folded."""
    return next((value for said, value in _VALUES.get(path, {}).items() if folded(said) == word), None)
