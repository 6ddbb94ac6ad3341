"""Messages of a policy with the observed facts put in, in both languages.

A placeholder is the path of a field and nothing else; there is no formatting and no attribute access. What is
not known is said so.
"""

from __future__ import annotations

import re

from validator.interpreters.naming import name_of
from validator.interpreters.terms import Env
from validator.logic.facts import Record
from validator.logic.policy import PolicySet, Subject
from validator.logic.text import Language, Text

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_UNKNOWN = Text("нет данных", "unknown")


def fill(text: Text, policies: PolicySet, subject: Subject, env: Env) -> Text:
    """The message with every placeholder replaced."""

    def in_language(template: str, language: Language) -> str:
        return _PLACEHOLDER.sub(
            lambda found: _value(found[1], policies, subject, env).in_language(language), template
        )

    return Text(in_language(text.ru, "ru"), in_language(text.en, "en"))


def _value(path: str, policies: PolicySet, subject: Subject, env: Env) -> Text:
    first, *rest = path.split(".")
    current = env[subject.scope]
    first = subject.renamed.get(first, first)
    if first not in current.shape.fields and first in env and rest:
        current, names = env[first], rest
    else:
        names = [first, *rest]
    for name in names[:-1]:
        current = current.records[name]
    return _shown(current, names[-1], policies)


def _shown(record: Record, name: str, policies: PolicySet) -> Text:
    shape = record.shape.fields[name]
    value = record.values.get(name)
    if value is None:
        inn = record.values.get("inn")
        return Text(f"ИНН {inn}", f"INN {inn}") if name == "name" and inn else _UNKNOWN
    return name_of(value, shape, policies)
