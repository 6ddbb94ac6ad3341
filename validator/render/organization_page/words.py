"""The words of an organization's page: headings, sentences with numbers, the items of a snapshot's lists."""

from __future__ import annotations

from typing import NamedTuple

from validator.logic.text import Language, Text, plural_ru
from validator.render.words import say

WORDS = {
    "skip": Text("К содержанию страницы", "Skip to the content"),
    "contents": Text("На этой странице", "On this page"),
    "wrong": Text("Что нарушено и что сделать", "What is violated and what to do"),
    "decided": Text("Что перенесётся в MAX, а что нет", "What will move to MAX and what will not"),
    "missing": Text("Каких сведений не хватает", "Which facts are missing"),
    "waived": Text("Отступления, которые сейчас действуют", "Waivers that hold now"),
    "disputed": Text("Спорное: вывод зависит от прочтения", "Disputed: the verdict depends on the reading"),
    "advice": Text("Советы", "Advice"),
    "fine": Text("Где замечаний нет", "Where nothing was found"),
    "todo": Text("Что сделать", "What to do"),
    "when": Text("К какому сроку", "By when"),
    "where": Text("Где", "Where"),
    "requirement": Text("Требование", "Requirement"),
    "cases": Text("Что именно", "What exactly"),
    "facts": Text("Факты", "Facts"),
    "basis": Text("Основание", "Basis"),
    "sanction": Text("Санкция", "Sanction"),
    "otherwise": Text("Спорно", "Disputed"),
    "known": Text("Известно", "Known"),
    "outcome": Text("Итог", "Outcome"),
    "fact": Text("Чего не хватает", "What is missing"),
    "how": Text("Как передать", "How to supply it"),
    "waiting": Text("Какие вопросы ждут ответа", "Which questions wait for it"),
    "why_todo": Text("Почему и что сделать", "Why, and what to do"),
    "advised": Text("Что советуют", "What is advised"),
    "question": Text("Вопрос", "Question"),
    "chosen": Text("По выбранному прочтению", "Under the chosen reading"),
    "as_well": Text("Для части вопросов хватит и другого", "For some questions this would do as well"),
    "together": Text("Для части вопросов нужны и другие сведения", "Some questions need other facts, too"),
    "below": Text("подробнее — в разделе о недостающих сведениях", "see the section on missing facts"),
    "other": Text("При другом прочтении", "Under another reading"),
    "ground": Text("Почему разрешено", "Why it is allowed"),
    "holds": Text("До какого дня", "Until when"),
    "approved": Text("Кто утвердил", "Who approved"),
    "yours": Text("Это можете передать вы", "This you can supply"),
    "not_yours": Text("Это от организации не зависит", "This does not depend on the organization"),
    "unexplained": Text(
        "Вердикта нет, но какие сведения нужны, в этих результатах не сохранено",
        "There is no verdict, but these results do not keep which facts are needed",
    ),
    "no_wrong": Text("Нарушений не найдено.", "No violations were found."),
    "no_missing": Text("Сведений хватило на все вопросы.", "The facts were enough for all questions."),
    "advice_note": Text(
        "Выполнять советы не обязательно; нарушением это не считается.",
        "Nobody is obliged to follow advice; not following it is no violation.",
    ),
    "waived_note": Text(
        "После последнего дня отступления то же самое снова станет нарушением.",
        "After the last day of a waiver the same will be a violation again.",
    ),
    "disputed_note": Text(
        "Право здесь понимают по-разному. Вердикт вынесен по выбранному прочтению; рядом — что было бы при другом.",
        "The law is understood in different ways here. The verdict follows the chosen reading; beside it is what"
        " another one gives.",
    ),
    "when_note": Text(
        "Сначала самое важное; срочным считается то, чья важность критическая или высокая. Срок указан там,"
        " где политика его называет; остальные требования уже действуют.",
        "The gravest comes first; urgent is what is of critical or high severity. A term is given where a"
        " policy sets one; the other requirements are in force already.",
    ),
    "missing_note": Text(
        "Пока сведений нет, вопрос открыт: это не нарушение, но и не подтверждение, что всё в порядке. Впишите"
        " сведения в снимок организации или передайте тому, кто его ведёт, и проверьте снова.",
        "As long as the facts are missing the question is open: no violation, but no confirmation either. Write"
        " them into the snapshot of the organization, or hand them to whoever keeps it, and check again.",
    ),
    "pseudonyms": Text(
        "Люди и чаты названы псевдонимами из снимка; кто есть кто, знает тот, кто ведёт снимок в организации.",
        "People and chats are named by pseudonyms of the snapshot; whoever keeps it in the organization knows who"
        " is who.",
    ),
    "partly": Text(
        "Результаты сохранены без подробностей: часть фактов, недостающих сведений и советов здесь не показана.",
        "The results were kept without details: some facts, missing facts and advice are not shown here.",
    ),
    "nothing_explained": Text(
        "Результаты сохранены без подробностей: фактов, недостающих сведений и советов здесь нет.",
        "The results were kept without details: there are no facts, missing facts and advice here.",
    ),
    "on_paper": Text(
        "Где в конце списка стоит «ещё» и число, весь список — в электронном виде этой страницы.",
        "Where a list ends with a number and “more”, the whole list is in the electronic form of this page.",
    ),
    "severity": Text("важность", "severity"),
    "two_days": Text(
        "Сведения и право взяты на разные дни.",
        "The facts and the law are of different days.",
    ),
    "number": Text("ИНН", "INN"),
    "place": Text("Муниципалитет", "Municipality"),
    "region": Text("Регион", "Region"),
    "kind": Text("Вид", "Kind"),
    "facts_of": Text("Сведения на", "Facts as of"),
    "law_of": Text("Право на", "Law as of"),
    "policies": Text("Политики", "Policies"),
    "snapshot": Text("Снимок", "Snapshot"),
    "made": Text("Страницу составила программа", "This page was made by"),
    "all_met": Text("все условия выполнены", "all conditions are met"),
    "not_met": Text("не выполнено: ", "not met: "),
    "entrepreneur": Text("предприниматель, номер скрыт", "entrepreneur, the number is hidden"),
}


class Noun(NamedTuple):
    """An item of a list: one, and the name of several."""

    one: Text
    many: Text


# The lists of snapshots by their names, also those inside other items.
ITEMS = {
    "people": Noun(Text("участник", "person"), Text("Участники", "People")),
    "guardians": Noun(Text("представитель", "guardian"), Text("Законные представители", "Guardians")),
    "classes": Noun(Text("класс", "class"), Text("Классы и группы", "Classes")),
    "chats": Noun(Text("чат", "chat"), Text("Чаты", "Chats")),
    "uses": Noun(Text("случай", "use"), Text("Использование сервисов", "Uses of services")),
    "documents": Noun(Text("документ", "document"), Text("Документы", "Documents")),
    "services": Noun(Text("сервис", "service"), Text("Сервисы", "Services")),
    "activity": Noun(Text("показатель", "figure"), Text("Показатели активности", "Figures of activity")),
    "coercion_events": Noun(Text("случай", "case"), Text("Случаи принуждения", "Cases of coercion")),
    "channels": Noun(Text("способ связи", "channel"), Text("Способы связи", "Channels")),
    "admins": Noun(Text("администратор", "administrator"), Text("Администраторы чатов", "Chat administrators")),
    "ranks": Noun(Text("место", "rank"), Text("Места чатов", "Ranks of chats")),
    "missing_members": Noun(Text("группа", "group"), Text("Не вошедшие в чат", "Missing members")),
    "invitations": Noun(Text("приглашение", "invitation"), Text("Приглашения", "Invitations")),
}
OTHER_ITEM = Noun(Text("запись", "item"), Text("Записи", "Items"))

# What whoever keeps the snapshot does about a missing fact, by its cause.
HOW = {
    "absent": Text("Впишите значение", "Write the value"),
    "list_incomplete": Text(
        "Допишите недостающее и отметьте, что список полный",
        "Add what is missing and say that the list is complete",
    ),
    "stale": Text("Узнайте заново и впишите новый день", "Find out anew and write the new day"),
    "register_gap": Text(
        "Проверьте написание; если оно верно, попросите тех, кто ведёт политики, внести название в перечень",
        "Check the spelling; if it is right, ask those who keep the policies to add the name to a register",
    ),
    "parameter_gap": Text(
        "Значение для региона вносят те, кто ведёт политики", "Those who keep the policies set the value"
    ),
    "undecided": Text("Нужно заключение юриста", "A lawyer has to look at it"),
}
NOT_YOURS = ("parameter_gap", "undecided")
# What the severity of a norm means for the order of work.
URGENT = ("critical", "high")


def more_text(number: int, language: Language) -> str:
    """The head of a folded list; on paper it says where the list is."""
    return say(Text(f"ещё {number}", f"{number} more"), language)


def other_text(told: str, language: Language) -> str:
    """What another reading gives, as a sentence of its own."""
    return say(Text(f"при другом прочтении — {told}", f"under another reading: {told}"), language)


def chosen_text(why: str, language: Language) -> str:
    """Why the chosen reading was chosen, as a sentence of its own."""
    return say(
        Text(f"по выбранному прочтению — так, как сказано выше. {why}", f"the chosen reading: as above. {why}"),
        language,
    )


def line_text(line: int, language: Language) -> str:
    """A line of the snapshot."""
    return say(Text(f"строка {line}", f"line {line}"), language)


def times_text(number: int, language: Language) -> str:
    """How many times something was found."""
    ru = plural_ru(number, "случай", "случая", "случаев")
    return say(Text(f"{number} {ru}", f"{number} {'case' if number == 1 else 'cases'}"), language)


def violations_text(found: int, policies: int, urgent: int, language: Language) -> str:
    """How many violations, of how many requirements, and how many are urgent."""
    if not found:
        return say(WORDS["no_wrong"], language)
    ru = f"Нарушений: {found}"
    en = f"Violations: {found}"
    if policies != found:
        ru += f" по {policies} {plural_ru(policies, 'требованию', 'требованиям', 'требованиям')}"
        en += f" of {policies} {'requirement' if policies == 1 else 'requirements'}"
    return say(
        Text(
            f"{ru}, из них срочных: {urgent}.",
            f"{en}, urgent ones: {urgent}.",
        ),
        language,
    )


def unknown_text(questions: int, language: Language) -> str:
    """How many questions have no answer for want of facts."""
    if not questions:
        return say(WORDS["no_missing"], language)
    ru = plural_ru(questions, "вопросу", "вопросам", "вопросам")
    en = "question" if questions == 1 else "questions"
    return say(
        Text(f"Не хватает сведений по {questions} {ru}.", f"Facts are missing for {questions} {en}."), language
    )


def fine_text(number: int, language: Language) -> str:
    """How many policies had nothing to say."""
    ru = f"{number} {plural_ru(number, 'политике', 'политикам', 'политикам')}"
    en = f"{number} {'policy' if number == 1 else 'policies'}"
    return say(
        Text(
            f"По {ru} замечаний нет: требование соблюдено, не относится к организации или тогда не действует.",
            f"Nothing to say under {en}: met, not applicable to the organization, or not in force on that day.",
        ),
        language,
    )


def policies_text(norms: int, decisions: int, digest: str, language: Language) -> str:
    """Which policies judged, in numbers, and the beginning of the digest of their texts."""
    ru = (
        f"{norms} {plural_ru(norms, 'норма', 'нормы', 'норм')},"
        f" {decisions} {plural_ru(decisions, 'решение', 'решения', 'решений')}; набор {digest}"
    )
    en = (
        f"{norms} {'norm' if norms == 1 else 'norms'},"
        f" {decisions} {'decision' if decisions == 1 else 'decisions'}; set {digest}"
    )
    return say(Text(ru, en), language)


def force_text(first: str | None, last: str | None, language: Language) -> str:
    """Since when and until when a requirement is in force; empty where neither is known."""
    match first, last:
        case None, None:
            return ""
        case str(), None:
            return say(
                Text(f"требование действует с {first}", f"the requirement is in force since {first}"), language
            )
        case None, str():
            return say(
                Text(f"требование действует по {last}", f"the requirement is in force through {last}"), language
            )
        case _:
            return say(
                Text(
                    f"требование действует с {first} по {last}",
                    f"the requirement is in force from {first} through {last}",
                ),
                language,
            )


def unchecked_text(some: bool, language: Language) -> str:
    """That nobody compared the places of acts with the official texts; `some`: it is true of a part of them."""
    if some:
        text = Text(
            "Часть названных здесь мест актов человек с официальным текстом ещё не сверял.",
            "Some of the places of acts named here were not yet compared with the official text by a person.",
        )
    else:
        text = Text(
            "Названные здесь места актов человек с официальным текстом ещё не сверял.",
            "The places of acts named here were not yet compared with the official text by a person.",
        )
    return say(text, language)
