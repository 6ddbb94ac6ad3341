"""What the editor shows under the pointer: the Russian text first, the English one after it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
import yaml
from editor_desk import MAIN, Sheet

BAN = "policies/norms/foreign-messengers/FM-BAN.yaml"
PHONE = "policies/norms/preparation/PR-PHONE.yaml"
DOUBLE = "policies/norms/preparation/PR-DUP.yaml"
AUTO = "policies/decisions/transfer/XF-AUTO.yaml"

HOVERS = [
    ("a key", BAN, "moda¦lity: pro", "Вид требования", "Запрет, обязанность, разрешение или рекомендация."),
    ("a word", BAN, "modality: proh¦ibition", "Вид требования", "`prohibition`: запрет / *prohibition*"),
    ("a part", BAN, "\nappl¦ies_when:", "Когда применяется", "К каким записям относится политика."),
    ("a requirement", BAN, "\nforb¦idden:", "Запрещено", "Нарушение там, где условие верно."),
    ("a field", BAN, "serv¦ice: {listed_in", "Используемый сервис", "Сервис, через который шло общение."),
    ("an operator", BAN, "{lis¦ted_in:", "Есть в перечне", "Значение есть в перечне на проверяемый день."),
    ("a register", BAN, "{listed_in: foreign-mes¦sengers", "Есть в перечне", "Иностранные мессенджеры"),
    ("a definition", BAN, "{meets: FM-¦ADDR}", "Подходит под определение", "`FM-ADDR`: Организация"),
    ("an operator of membership", BAN, "actor: {i¦n:", "Одно из", "Поле равно одному из значений."),
    ("a word in a list", BAN, "[orga¦nization, emp", "Одно из", "`organization`: организация"),
    ("an enclosing record", BAN, "\n  organi¦zation: {meets", "Запись «Организация»", "охватывающей записи"),
    ("an act", BAN, "{act: 41-¦fz-2025, at", "Акт", "`41-fz-2025`: 41-ФЗ"),
    ("a place of an act", BAN, "at: ст. 1¦5 ч. 1}\n", "Место акта", "`ст. 15 ч. 1`: Запрет иностранных"),
    ("a fact of an example", BAN, "      ac¦tor: employee", "Автор сообщений", "в каком качестве"),
    ("a list", PHONE, "    cha¦ts:\n      some", "Чаты", "Чаты и каналы организации"),
    ("a quantifier", PHONE, "      so¦me:\n        need", "Есть запись", "хотя бы для одной записи списка"),
    ("a field in a quantifier", PHONE, "some:\n        ne¦ed: keep", "Потребность в чате", "Нужен ли чат"),
    ("a connective in a quantifier", PHONE, "        an¦y:\n", "Хотя бы одно", "Верно хотя бы одно условие"),
    ("a record in a quantifier", PHONE, "- crea¦tor: {ref", "Создатель чата", "Кто создал чат"),
    ("a reference", PHONE, "- creator: {re¦f: {ref: ", "Лицо, создавшее чат", "Участник, который создал чат"),
    ("a count", DOUBLE, "      cou¦nt:\n", "Сколько записей", "сравнивается с `is`"),
    ("an operator of a number", DOUBLE, "is: {at_mo¦st: 1}", "Не больше", "Число не больше названного."),
    ("a path", DOUBLE, "{fie¦ld: chat.kind}", "Другое поле", "Путь к полю от названной записи"),
    ("a decision", AUTO, "\nout¦comes:", "Исходы", "исход"),
    ("a parameter", AUTO, "from: {par¦am: transfer-start}", "Параметр", "Значение параметра"),
    ("the parameter itself", AUTO, "from: {param: transfer-¦start}", "Параметр", "`transfer-start`: Первый день"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "at", "title", "text"), [h[1:] for h in HOVERS], ids=[h[0] for h in HOVERS])
def test_the_russian_text_is_shown(file: str, at: str, title: str, text: str, sheet: Callable[..., Sheet]) -> None:
    shown = sheet(file).hover(at)
    assert shown.startswith(f"#### {title}\n"), shown[:300]
    assert text in shown, shown[:600]


def test_the_word_under_the_pointer_comes_first(sheet: Callable[..., Sheet]) -> None:
    shown = sheet(BAN).hover("purpose: {is_not: pri¦vate}")
    words = re.findall(r"\* `(\w+)`: ", shown)
    assert words[0] == "private"
    assert {"inform", "teaching"} < set(words)


EVERYWHERE = [
    BAN,
    PHONE,
    DOUBLE,
    "policies/decisions/transfer/XF-WHEN.yaml",
    "policies/definitions/XF-OWNER-ROLE.yaml",
]
EVERYWHERE += ["policies/parameters/transfer-start.yaml", "policies/registers/rkn-listed.yaml"]
EVERYWHERE += ["policies/sources/faq-max-2025.yaml", "policies/definitions/staff-roles.yaml"]
# Under these the author of a policy makes up the keys, so there is nothing to explain.
OWN = {"outcomes", "advice", "criteria", "disputed"}


def _keys(node: yaml.Node, parent: str = "") -> Iterator[yaml.ScalarNode]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if parent not in OWN:
                yield key
            yield from _keys(value, key.value)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _keys(item)


@pytest.mark.parametrize("file", EVERYWHERE)
def test_every_key_of_a_shipped_file_is_explained_in_both_languages(file: str, sheet: Callable[..., Sheet]) -> None:
    plain = sheet(file)
    keys = list(_keys(yaml.compose(plain.text, yaml.SafeLoader)))
    assert len(keys) > 4
    offsets = {key.start_mark.index + 1: key.value for key in keys}
    shown = plain.server.hovers(plain.uri, plain.text, list(offsets))
    silent = [
        (name, plain.text[:offset].count("\n") + 1, shown[offset][:200])
        for offset, name in offsets.items()
        if not re.match(r"#### [^|\n]*[а-яё][^|\n]*\n\n[^\n]*[а-яё][^\n]*\n\n\*[^*|]+\.\* ", shown[offset])
    ]
    assert silent == []


def test_what_it_shows_is_what_the_checkout_says(sheet: Callable[..., Sheet]) -> None:
    """No hover where there is no schema: the texts come from ours, not from the server."""
    elsewhere = Sheet(sheet(BAN).server, "tests/editor/package.json", "modality: prohibition\n")
    elsewhere.uri = (MAIN / "elsewhere.yaml").as_uri()
    assert elsewhere.hover("moda¦lity") == ""
