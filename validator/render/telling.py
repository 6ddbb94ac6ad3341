"""A finding in plain sentences: what was found, on which facts, by which act, what to do about it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from validator.logic.report import Evidence, MissingFact, QuarantineRecord, Result, SanctionText
from validator.logic.text import Language, Text
from validator.render.findings import is_known
from validator.render.safe import one_line
from validator.render.waivers.words import whole_waiver
from validator.render.words import CAUSES, FORCES, SANCTIONS, SEVERITIES, say, verdict_word

_MOST_FACTS = 7
_MOST_WAYS = 4


def who(result: Result, language: Language) -> str:
    """The organization: its name where it is known, and its number."""
    identity = f"{say(Text('ИНН', 'INN'), language)} {result['organization']}"
    name = result["organization_name"]
    return one_line(f"{name} ({identity})" if name else identity)


def subject_of(result: Result) -> str:
    """The item that is judged, with its `ref`: `uses[0] u_1`."""
    return one_line(f"{result['subject']} {result['ref']}" if result["ref"] else result["subject"])


def verdict_of(result: Result, language: Language) -> str:
    """The verdict in a word, and that it is disputed."""
    title = result["verdict_title"]
    word = say(title, language) if title else say(verdict_word(result["verdict"]), language).lower()
    disputed = say(Text(", спорно", ", disputed"), language) if result["disputed"] else ""
    return one_line(word) + disputed + (say(Text(", известно", ", known"), language) if is_known(result) else "")


def headline(result: Result, language: Language) -> str:
    """The finding in one sentence, without the organization."""
    text = say(result["message"] or result["title"], language)
    if result["verdict"] == "unknown":
        told = say(Text("не хватает", "missing"), language)
        text = f"{say(result['title'], language)}; {told}: {missing_of(result, language)}"
    return one_line(text)


def sentence(result: Result, language: Language) -> str:
    """The verdict and the finding, whose it is at the end."""
    return f"{verdict_of(result, language)}: {headline(result, language)} — {who(result, language)}"


def details(result: Result, language: Language, *, of_policy: bool = True) -> Iterator[tuple[str, str]]:
    """What else is known of a finding, each with its heading, each on one line.

    Without `of_policy` only what may differ from the other findings of the policy.
    """
    told = (*(_of_policy(result, language) if of_policy else ()), *_details(result, language))
    yield from ((say(heading, language), one_line(text)) for heading, text in told if text)


def _of_policy(result: Result, language: Language) -> Iterator[tuple[Text, str]]:
    severity = result["severity"]
    yield Text("важность", "severity"), say(SEVERITIES[severity], language) if severity else ""
    yield Text("основание", "basis"), basis_of(result, language)


def _details(result: Result, language: Language) -> Iterator[tuple[Text, str]]:
    yield Text("факты", "facts"), facts_of(result["because"], language)
    yield Text("решило", "decided by"), _reasons(result, language)
    if result["waiver"]:
        yield Text("отступление", "waiver"), whole_waiver(result["waiver"], language)
    if result["remedy"] and result["verdict"] != "ok":
        yield Text("что сделать", "what to do"), say(result["remedy"], language)
    for advice in result.get("advice", []):
        yield Text("что сделать", "what to do"), advice["ru"] if language == "ru" else advice["en"]
    if result["sanction"] and result["verdict"] in ("violation", "waived"):
        yield Text("санкция", "sanction"), _sanction(result["sanction"], language)
    for other in result["disputed"] or ():
        title = other["verdict_title"]
        word = say(title, language) if title else say(verdict_word(other["verdict"]), language).lower()
        yield Text("спорно", "disputed"), f"{other['reading']} — {word}. {say(other['why'], language)}"
    if result["law_date"] != result["as_of"]:
        yield Text("право на", "law of"), result["law_date"]
    yield Text("факты на", "facts of"), result["as_of"]


def _reasons(result: Result, language: Language) -> str:
    """The criteria that were not met and the exclusions that hold, of a decision."""
    told = []
    for criterion in result.get("criteria", []):
        if criterion["truth"] == ("true" if criterion["exclusion"] else "false"):
            negated = "" if criterion["exclusion"] else say(Text("не выполнено: ", "not met: "), language)
            told.append(f"{criterion['id']} ({negated}{say(criterion['title'], language)})")
    return ", ".join(told)


def _sanction(sanction: SanctionText, language: Language) -> str:
    return f"{say(sanction['title'], language)}, {sanction['at']}, {say(SANCTIONS[sanction['applies']], language)}"


def facts_of(because: list[Evidence], language: Language) -> str:
    """The facts that decided, the most telling first."""
    told = [fact_of(evidence, language) for evidence in because[:_MOST_FACTS]]
    return "; ".join(told) + _rest(len(because) - _MOST_FACTS, language)


def fact_of(evidence: Evidence, language: Language) -> str:
    """A fact in words: its title and its value."""
    return one_line(f"{say(evidence['title'], language)}: {say(evidence['value_title'], language)}")


def missing_of(result: Result, language: Language) -> str:
    """The facts that would settle an unknown, and what would settle it as well."""
    ways = [result["missing"], *result["alternatives"]]
    told = say(Text(" ИЛИ ", " OR "), language).join(_way(way, language) for way in ways[:_MOST_WAYS])
    return told + _rest(len(ways) - _MOST_WAYS, language)


def _way(facts: list[MissingFact], language: Language) -> str:
    told = [
        f"{fact['path']} — {say(fact['title'], language)} ({say(CAUSES[fact['cause']], language)})"
        for fact in facts[:_MOST_FACTS]
    ]
    return ", ".join(told) + _rest(len(facts) - _MOST_FACTS, language)


def _rest(number: int, language: Language) -> str:
    return say(Text(f" и ещё {number}", f" and {number} more"), language) if number > 0 else ""


def basis_of(result: Result, language: Language) -> str:
    """The acts with the places cited and their weight."""
    told = []
    for _, group in groupby(result["citations"], key=lambda cited: cited["act"]):
        cited = list(group)
        places = ", ".join(place["at"] for place in cited)
        told.append(f"{say(cited[0]['title'], language)}, {places} ({say(FORCES[cited[0]['force']], language)})")
    return "; ".join(told)


def mistake(record: QuarantineRecord, language: Language, *, set_aside: bool) -> str:
    """A mistake in a document in one sentence; `set_aside` when the document was not evaluated because of it."""
    return f"{fate(language, set_aside=set_aside)}: {bare_mistake(record, language)}"


def fate(language: Language, *, set_aside: bool) -> str:
    """What became of a document with a mistake, in a word."""
    return say(Text("не проверено", "not evaluated") if set_aside else Text("предупреждение", "warning"), language)


def bare_mistake(record: QuarantineRecord, language: Language) -> str:
    """A mistake in a document: where in it, and what."""
    path = f"{record['path']}: " if record["path"] else ""
    return one_line(path + say(record["message"], language))
