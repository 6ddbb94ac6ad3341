"""A policy set of a few lines, whose every mutant a test can know by heart."""

from __future__ import annotations

import functools
from collections.abc import Iterator

from validator.journeys.examples.cases import run
from validator.journeys.examples.embedded import examples_of
from validator.journeys.mutants.all import mutants_of
from validator.journeys.mutants.killing import Examples
from validator.journeys.mutants.model import Mutant
from validator.journeys.mutants.study import Decide, Studied, study
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
  - {at: ст. 1, title: {ru: Проба, en: Trial}, coverage: automated, policies: [T-NORM]}
"""
HEAD = """norm: T-NORM
title: {ru: Проба, en: Trial}
about: ABOUT
modality: MODALITY
severity: low
cites: [{act: test-act, at: ст. 1}]
message: {ru: Нарушено, en: Violated}
"""
CITES = "[{act: test-act, at: ст. 1}]"


@functools.cache
def vocabulary() -> Vocabulary:
    return read_vocabulary(schema_bytes("snapshot"))


NO_EXAMPLES = "examples: {cases: []}\n"


def library_of(body: str, about: str = "organization", modality: str = "obligation", **more: str) -> Library:
    """The set with one norm; `more` are further files by their place, `__` for the slash."""
    norm = HEAD.replace("ABOUT", about).replace("MODALITY", modality) + body.strip("\n") + "\n"
    norm += "" if "examples:" in body else NO_EXAMPLES
    files = {"sources/test-act.yaml": ACT, "norms/trial/T-NORM.yaml": norm}
    files |= {place.replace("__", "/") + ".yaml": text for place, text in more.items()}
    return load([PolicyText(place, place, text.encode()) for place, text in files.items()], vocabulary())


def mutants(library: Library) -> list[Mutant]:
    return list(mutants_of(library.policies, names(library)))


def names(library: Library) -> list[str]:
    return sorted([*library.policies.norms, *library.policies.decisions])


def studied(library: Library, decide: Decide | None = None) -> Iterator[Studied]:
    """Every mutant and what became of it, by the examples of the set."""
    cases = examples_of(library)
    results = list(run(cases, library.policies))
    wrong = [problem.message.en for result in results for problem in result.problems]
    assert wrong == []
    examples = Examples(zip(cases, results, strict=True), library.policies)
    return study(mutants(library), examples, decide)


def definition(name: str, about: str, when: str) -> str:
    title = "title: {ru: Проба, en: Trial}"
    return f"definition: {name}\n{title}\nabout: {about}\ncites: {CITES}\nwhen: {when}\n"


def parameter(name: str, kind: str, *rows: str) -> str:
    written = "\n".join(f"  - {{{row}, cites: {CITES}}}" for row in rows)
    return f"parameter: {name}\ntitle: {{ru: Проба, en: Trial}}\ntype: {kind}\nrows:\n{written}\n"


def register(name: str, *rows: str, closed: bool = False) -> str:
    title = "title: {ru: Проба, en: Trial}"
    written = "\n".join(f"  - {{{row}, {title}, cites: {CITES}}}" for row in rows)
    return f"register: {name}\n{title}\nfamily: services\nclosed: {str(closed).lower()}\nrows:\n{written}\n"
