"""A policy set of a few lines, whose conditions a test can know by heart."""

from __future__ import annotations

import functools

from validator.language.library import Library, PolicyText, load
from validator.language.vocabulary import Vocabulary, read_vocabulary
from validator.resources import schema_bytes

ACT = """act: test-act
title: {ru: Учебный акт, en: A specimen act}
short: {ru: Учебный акт, en: Specimen act}
number: "1"
date: 2025-01-01
force: federal_law
in_force_from: 2025-01-01
seen: text
checked_on: never
clauses:
  - at: ст. 1
    title: {ru: Проба, en: Trial}
    coverage: automated
    policies: [T-NORM]
"""
HEAD = """norm: T-NORM
title: {ru: Проба, en: Trial}
about: ABOUT
modality: obligation
severity: low
cites: [{act: test-act, at: ст. 1}]
message: {ru: Нарушено, en: Violated}
"""
DEFINITION = """definition: T-DEF
title: {ru: Подключена, en: Connected}
about: organization
cites: [{act: test-act, at: ст. 1}]
when: {sferum_connected: true}
"""
PARAMETER = """parameter: NAME
title: {ru: День, en: Day}
type: date
rows:
ROWS
"""
REGISTER = """register: NAME
title: {ru: Перечень, en: List}
family: FAMILY
closed: CLOSED
rows:
  - {id: "78", title: {ru: Город, en: City}, PERIODcites: [{act: test-act, at: ст. 1}]}
"""
FILES = {"sources/test-act.yaml": ACT, "definitions/T-DEF.yaml": DEFINITION}


@functools.cache
def vocabulary() -> Vocabulary:
    return read_vocabulary(schema_bytes("snapshot"))


def norm(body: str, about: str = "organization") -> str:
    """The text of the norm; its own lines begin at line 8."""
    return HEAD.replace("ABOUT", about) + body.strip("\n") + "\n"


def library_of(body: str, about: str = "organization", **more: str) -> Library:
    """The set with one norm; `more` are further files by their place, `__` for the slash."""
    files = {**FILES, "norms/trial/T-NORM.yaml": norm(body, about)}
    files |= {place.replace("__", "/") + ".yaml": text for place, text in more.items()}
    return load([PolicyText(place, place, text.encode()) for place, text in files.items()], vocabulary())
