"""The words of an impact report in both languages, and the sentences that its text and its Markdown share."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from validator.journeys.impact.counters import by_direction, total
from validator.journeys.impact.flips import QUIET
from validator.logic.impact import (
    NOT_JUDGED,
    NOT_LISTED,
    Cause,
    Change,
    DecidingFact,
    Direction,
    Directions,
    Flip,
    ImpactReport,
    Judged,
    PlaceTotal,
    PolicyImpact,
    Side,
    Transition,
)
from validator.logic.text import Language, Text, plural_ru
from validator.render.words import CAUSES, REASONS, SEVERITIES, count_ru_en, say, verdict_word

_SHOWN_FACTS = 7
DIRECTIONS: dict[Direction | None, Text] = {
    "worse": Text("хуже", "worse"),
    "better": Text("лучше", "better"),
    "other": Text("иначе", "other"),
    "added": Text("новая политика", "policy added"),
    "removed": Text("политика снята", "policy removed"),
    None: Text("только причина", "reason only"),
}
# The Russian participle agrees with the thing that changed: masculine, feminine, neuter.
CHANGES = {
    "added": (("добавлен", "добавлена", "добавлено"), "added"),
    "removed": (("удалён", "удалена", "удалено"), "removed"),
    "changed": (("изменён", "изменена", "изменено"), "changed"),
    "renamed": (("переименован", "переименована", "переименовано"), "renamed"),
}
_FEMININE, _NEUTER = ("norm", "topic"), ("decision", "definition")
KINDS = {
    "norm": Text("норма", "norm"),
    "decision": Text("решение", "decision"),
    "draft": Text("черновик", "draft"),
    "definition": Text("определение", "definition"),
    "values": Text("набор значений", "set of values"),
    "parameter": Text("параметр", "parameter"),
    "register": Text("перечень", "register"),
    "act": Text("акт", "act"),
    "topic": Text("тема", "topic"),
}
STATES = {
    NOT_JUDGED: Text("не оценивалось", "not judged"),
    NOT_LISTED: Text("нет в отчёте (соответствует или не оценивалось)", "not listed (ok or not judged)"),
}
_LEFT_OUT = {
    "only_old": Text("есть только на прежней стороне", "on the old side only"),
    "only_new": Text("есть только на новой стороне", "on the new side only"),
    "repeated": Text("снимок того же дня не один", "more than one snapshot of the day"),
}
UNREAD_SIDES = {
    "old": Text("по прежним политикам", "under the old policies"),
    "new": Text("по новым политикам", "under the new policies"),
    "both": Text("", ""),
}
# What of a thing differs, by the name of the part.
PARTS = {
    "about": Text("о чём судит", "what it is about"),
    "admit_press": Text("сообщения прессы", "press reports"),
    "advice": Text("советы", "advice"),
    "aliases": Text("другие названия", "other names"),
    "applies_when": Text("когда применяется", "when it applies"),
    "checked_on": Text("день сверки с текстом", "day checked against the text"),
    "cites": Text("основания", "citations"),
    "clauses": Text("места акта", "places of the act"),
    "closed": Text("полнота перечня", "whether the register is closed"),
    "covers": Text("что должна охватывать", "what it should cover"),
    "criteria": Text("признаки", "criteria"),
    "date": Text("дата", "date"),
    "exceptions": Text("исключения", "exceptions"),
    "exceptions_when": Text("условия исключений", "conditions of exceptions"),
    "exclusions": Text("препятствия", "exclusions"),
    "family": Text("семейство перечней", "family of registers"),
    "force": Text("юридическая сила", "legal force"),
    "gaps_intended": Text("намеренные пропуски", "intended gaps"),
    "id": Text("имя", "name"),
    "kind": Text("вид", "kind"),
    "members": Text("значения", "members"),
    "message": Text("сообщение", "message"),
    "modality": Text("модальность", "modality"),
    "note": Text("примечание", "note"),
    "number": Text("номер", "number"),
    "otherwise": Text("исход в остальных случаях", "outcome otherwise"),
    "outcomes": Text("исходы", "outcomes"),
    "positive": Text("исход по всем признакам", "outcome when all criteria hold"),
    "quality": Text("качество источника", "quality of the source"),
    "readings": Text("прочтения", "readings"),
    "remark": Text("замечание", "remark"),
    "remedy": Text("что сделать", "what to do"),
    "remedy_sets": Text("исправление", "remedy"),
    "requirement": Text("требование", "requirement"),
    "rows": Text("строки", "rows"),
    "sanction": Text("санкция", "sanction"),
    "scopes": Text("к чему относится", "what it is about"),
    "severity": Text("важность", "severity"),
    "short": Text("краткое название", "short title"),
    "status": Text("черновик или действует", "draft or in use"),
    "switched_off": Text("отключённые анализы", "analyses switched off"),
    "title": Text("название", "title"),
    "topic": Text("тема", "topic"),
    "unit": Text("единица", "unit"),
    "waivable": Text("можно ли отступить", "whether it can be waived"),
    "when": Text("условие", "condition"),
    "window": Text("срок действия", "period in force"),
}


def flips_phrase(counts: Directions, language: Language) -> str:
    """`хуже 3, лучше 1`: the directions that occur."""
    told = [f"{say(DIRECTIONS[name], language)} {number}" for name, number in by_direction(counts) if number]
    return ", ".join(told) or say(Text("изменений вердиктов нет", "no flips"), language)


def head_phrase(report: ImpactReport, language: Language) -> str:
    """How many verdicts flip, and of how many organizations."""
    number = total(report["counts"]["flips"])
    touched, every = report["organizations"]["touched"], report["organizations"]["total"]
    if not number and not report["inputs"]["compared"]:
        return say(Text("Ни один вердикт не изменится", "No verdict flips"), language)
    if not number:
        return say(
            Text(
                f"Ни один вердикт не изменится. Организаций: {every}", f"No verdict flips. Organizations: {every}"
            ),
            language,
        )
    verdicts = count_ru_en(number, ("вердикт", "вердикта", "вердиктов"), ("verdict", "verdicts"))
    verb = plural_ru(number, "Изменится", "Изменятся", "Изменится")
    ru = f"{verb} {verdicts.ru}, затронуто организаций: {touched} из {every}"
    en = f"{verdicts.en} {'flips' if number == 1 else 'flip'}; organizations touched: {touched} of {every}"
    return f"{say(Text(ru, en), language)}. {_capital(flips_phrase(report['counts']['flips'], language))}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def side_phrase(side: Side, language: Language) -> str:
    """What a side was: a revision, folders, or a saved report."""
    names = ", ".join(side["names"])
    if side["kind"] == "saved":
        return say(Text(f"отчёт {names}", f"report {names}"), language)
    if side["revision"] is None:
        return say(Text(f"политики {names}", f"policies {names}"), language)
    commit = f" ({side['commit'][:12]})" if side["commit"] else ""
    ru, en = f"ревизия {side['revision']}{commit}: {names}", f"revision {side['revision']}{commit}: {names}"
    return say(Text(ru, en), language)


def cause_phrase(cause: Cause, language: Language) -> str:
    """`норма FM-BAN: изменена (norms/…/FM-BAN.yaml)`."""
    place = f" ({cause['file']})" if cause["file"] else ""
    kind, change = say(KINDS[cause["kind"]], language), say(change_text(cause["kind"], cause["change"]), language)
    return f"{kind} {cause['name']}: {change}{place}"


def change_text(kind: str, change: str) -> Text:
    """`норма изменена`, `параметр изменён`, `решение изменено`: the change in the gender of the kind of thing."""
    forms, english = CHANGES[change]
    return Text(forms[1 if kind in _FEMININE else 2 if kind in _NEUTER else 0], english)


def change_phrase(change: Change, language: Language) -> str:
    """The change, which parts of the thing differ, and on which verdicts that can tell."""
    told = cause_phrase(
        {"kind": change["kind"], "name": change["name"], "change": change["change"], "file": change["file"]},
        language,
    )
    if change["was"]:
        told += say(Text(f"; прежнее имя {change['was']}", f"; formerly {change['was']}"), language)
    elif change["parts"]:
        told += " — " + ", ".join(say(PARTS.get(part, Text(part, part)), language) for part in change["parts"])
    if not change["verdicts"]:
        told += say(Text("; на вердикты не влияет", "; no verdict depends on it"), language)
    elif change["policies"] and change["policies"] != [change["name"]]:
        names = ", ".join(change["policies"])
        told += say(Text(f"; влияет на {names}", f"; concerns {names}"), language)
    return told


def groups(report: ImpactReport) -> Iterator[tuple[list[Cause], list[PolicyImpact]]]:
    """Policies under which something flips, by their common causes: those with most flips first."""

    def causes(policy: PolicyImpact) -> list[tuple[str, str]]:
        return [(cause["kind"], cause["name"]) for cause in policy["causes"]]

    flipping = [policy for policy in report["policies"] if total(policy["counts"])]
    ordered = sorted(flipping, key=lambda policy: (causes(policy), policy["policy"]))
    found = [list(group) for _, group in groupby(ordered, key=causes)]
    found.sort(key=lambda group: (-sum(total(policy["counts"]) for policy in group), causes(group[0])))
    for group in found:
        yield group[0]["causes"], group


def causes_phrase(causes: list[Cause], language: Language) -> str:
    """All causes on one line; saved results name none."""
    if not causes:
        return say(
            Text("не установлена: сравнивались готовые оценки", "not told: saved results hold none"), language
        )
    return "; ".join(cause_phrase(cause, language) for cause in causes)


def steps(report: ImpactReport) -> list[Transition]:
    """The steps from verdict to verdict that are flips: none from one state that asks nothing to another."""
    return [
        step
        for step in report["matrix"]
        if step["before"] != step["after"] and not (step["before"] in QUIET and step["after"] in QUIET)
    ]


def policy_phrase(policy: PolicyImpact, language: Language) -> str:
    """The name of a policy with its severity and title."""
    severity = f" ({say(SEVERITIES[policy['severity']], language)})" if policy["severity"] else ""
    return f"{policy['policy']}{severity}  {say(policy['title'], language)}"


def state_phrase(judged: Judged, language: Language) -> str:
    """A verdict in words, with the reason of one that is ok, and a mark when it is disputed."""
    verdict, title = judged["verdict"], judged["verdict_title"]
    told = say(title or STATES.get(verdict) or verdict_word(verdict), language).lower()
    if judged["reason"]:
        told += f" ({say(REASONS[judged['reason']], language)})"
    return told + (say(Text(", спорно", ", disputed"), language) if judged["disputed"] else "")


def why_phrase(judged: Judged, language: Language) -> str:
    """The message and the deciding facts, or the facts that are missing; "" when there is nothing to say."""
    told = []
    if judged["message"]:
        told.append(say(judged["message"], language))
    told += _shortened([_fact(fact, language, judged["verdict"] == "ok") for fact in judged["because"]], language)
    missing = [f"{m['path']} ({say(CAUSES[m['cause']], language)})" for m in judged["missing"]]
    if missing:
        lack = say(Text("не хватает", "missing"), language)
        told.append(f"{lack}: {', '.join(_shortened(missing, language))}")
    for other in judged["disputed"]:
        word = say(verdict_word(other["verdict"]), language).lower()
        told.append(
            say(Text(f"прочтение {other['reading']}: {word}", f"reading {other['reading']}: {word}"), language)
        )
    return "; ".join(told)


def _fact(fact: DecidingFact, language: Language, with_condition: bool) -> str:
    """A fact with its value; where it made all well, the condition too, as that is what may have changed."""
    told = f"{say(fact['title'], language)}: {say(fact['value_title'], language)}"
    return f"{told} ({say(fact['statement'], language)})" if with_condition else told


def _shortened(items: list[str], language: Language) -> list[str]:
    rest = len(items) - _SHOWN_FACTS
    if rest <= 0:
        return items
    return [*items[:_SHOWN_FACTS], say(Text(f"и ещё {rest}", f"and {rest} more"), language)]


def who_phrase(flip: Flip, language: Language) -> str:
    """The organization, with its INN."""
    identity = f"{say(Text('ИНН', 'INN'), language)} {flip['organization']}"
    return f"{flip['organization_name']} ({identity})" if flip["organization_name"] else identity


def subject_phrase(flip: Flip) -> str:
    """The item that was judged: its path and its ref."""
    return f"{flip['subject']} {flip['ref']}" if flip["ref"] else flip["subject"]


def day_phrase(iso: str, language: Language) -> str:
    """A day as the language writes it."""
    return ".".join(reversed(iso.split("-"))) if language == "ru" else iso


def left_out_phrase(cause: str, language: Language) -> str:
    """Why a judged document was not compared."""
    return say(_LEFT_OUT[cause], language)


def place_phrase(row: PlaceTotal, language: Language) -> str:
    """A municipality with the code of its region."""
    name = row["municipality"] or say(Text("муниципалитет не указан", "municipality not given"), language)
    return f"{say(Text('регион', 'region'), language)} {row['region']}, {name}"
