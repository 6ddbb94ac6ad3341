"""The rules of a SARIF log: the policies, and the codes of mistakes in documents, that its results name."""

from __future__ import annotations

from itertools import groupby
from typing import Final, Literal, NotRequired, TypedDict

from validator.logic.report import QuarantineRecord, Result
from validator.logic.text import Language, Text
from validator.render.findings import severity_of
from validator.render.markdown_text import quiet
from validator.render.sarif.parts import Message, short, words
from validator.render.telling import basis_of
from validator.render.words import FORCES, MODALITIES, SEVERITIES, say

_TAGS: Final[tuple[Literal["kind", "topic", "force", "modality", "severity"], ...]] = (
    "kind",
    "topic",
    "force",
    "modality",
    "severity",
)
_MOST_TAGS = 20
_DEFAULT = {"critical": "error", "high": "error", "medium": "error", "low": "warning", "info": "warning"}
_PROBLEM = {"error": "error", "warning": "warning", "note": "recommendation", "none": "recommendation"}


class Configuration(TypedDict):
    """How grave a result is by default."""

    level: str


RuleProperties = TypedDict("RuleProperties", {"tags": list[str], "precision": str, "problem.severity": str})


class Rule(TypedDict):
    """A reporting descriptor."""

    id: str
    name: NotRequired[str]
    shortDescription: Message
    fullDescription: Message
    help: Message
    defaultConfiguration: Configuration
    properties: RuleProperties


def policy_rule(result: Result, language: Language) -> Rule:
    """The rule of a policy. It tells what is the same in all its results, so that it does not change with them."""
    title = words(say(result["title"], language))
    facts = _facts(result, language)
    known = "; ".join(f"{heading}: {text}" for heading, text in facts)
    more = say(Text("Подробно", "In full"), language)
    level = _level(result)
    tags = [tag for key in _TAGS if (tag := result[key])]
    tags += [act for act, _ in groupby(result["citations"], key=lambda cited: cited["act"])]
    return {
        "id": result["policy"],
        "shortDescription": {"text": short(title)},
        "fullDescription": {"text": short(f"{title}. {known}")},
        "help": {
            "text": f"{title}\n{known}\n{more}: sverka explain {result['policy']}",
            "markdown": "".join(f"- **{heading}:** {quiet(text)}\n" for heading, text in facts)
            + f"\n{more}: `sverka explain {result['policy']}`\n",
        },
        "defaultConfiguration": {"level": level},
        "properties": {
            "tags": list(dict.fromkeys(tags))[:_MOST_TAGS],
            "precision": "very-high",
            "problem.severity": _PROBLEM[level],
        },
    }


def _level(result: Result) -> str:
    if result["kind"] == "decision":
        return "none"
    return "note" if result["modality"] == "recommendation" else _DEFAULT[severity_of(result)]


def _facts(result: Result, language: Language) -> list[tuple[str, str]]:
    modality, severity = result["modality"], result["severity"]
    told = [
        (Text("вид", "kind"), say(MODALITIES[modality], language) if modality else ""),
        (Text("важность", "severity"), say(SEVERITIES[severity], language) if severity else ""),
        (Text("сила", "force"), say(FORCES[result["force"]], language)),
        (Text("основание", "basis"), basis_of(result, language)),
    ]
    return [(say(heading, language), words(text)) for heading, text in told if text]


def mistake_rule(record: QuarantineRecord, language: Language, *, set_aside: bool) -> Rule:
    """The rule of a code of mistakes in documents."""
    told = (
        Text("Документ не проверен из-за ошибки в нём", "A document was not evaluated because of a mistake in it")
        if set_aside
        else Text("Предупреждение о входных данных", "A warning about the input")
    )
    title = f"{say(told, language)}: {record['code']}"
    more = say(Text("Все ошибки документов", "All mistakes of documents"), language)
    level = "error" if set_aside else "warning"
    return {
        "id": record["code"],
        "shortDescription": {"text": title},
        "fullDescription": {"text": title},
        "help": {"text": f"{title}\n{more}: sverka validate", "markdown": f"{more}: `sverka validate`\n"},
        "defaultConfiguration": {"level": level},
        "properties": {"tags": ["input"], "precision": "very-high", "problem.severity": _PROBLEM[level]},
    }
