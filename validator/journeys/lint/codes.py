"""Every code that a policy file can provoke, and how grave it is. Each has a page in `docs/lint`.

What the readers of the language refuse is an error; the codes of the checks in this package are findings and notes.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from validator.journeys.lint.levels import Level
from validator.logic.problem import Problem

ERRORS: Final = (
    # Bytes, characters and limits.
    *("not-utf-8", "encoding-cp1251", "encoding-utf-16", "control-character", "line-separator", "byte-order-mark"),
    *("limit-policy-bytes", "limit-depth", "limit-keys", "limit-items", "limit-string-bytes", "limit-key-bytes"),
    # YAML.
    *("empty-document", "object-expected", "second-document", "text-after-end", "bad-escape"),
    *("duplicate-key", "confusable-key", "mixed-script-key", "invisible-in-key", "empty-key", "non-text-key"),
    *("key-not-scalar", "merge-key", "yaml-anchor", "yaml-alias", "yaml-tag", "yaml-directive", "tab-indent"),
    *("no-break-space", "unexpected-colon", "colon-expected", "bad-indent", "reserved-character"),
    *("unclosed-quote", "unclosed-bracket"),
    # The folder and the names of files.
    *("policy-folder", "unknown-policy-file", "file-name", "duplicate-name", "bad-id"),
    # Structure.
    *("mapping-expected", "unknown-key", "missing-key", "text-expected", "missing-translation", "unknown-value"),
    *("date-expected", "integer-expected", "boolean-expected", "list-expected", "range-expected"),
    *("period-ends-before-it-starts", "overlapping-rows", "duplicate-alias", "press-only-row", "wrong-type"),
    # Names of other things.
    *("unknown-act", "unknown-place", "no-citation", "unknown-definition", "unknown-parameter", "unknown-register"),
    *("unknown-values", "unknown-exception", "unknown-criterion", "unknown-outcome", "unknown-reading"),
    *("unknown-list", "unknown-field", "unknown-scope", "unknown-operator", "unknown-service"),
    *("definition-cycle", "wrong-scope", "name-taken"),
    # Conditions.
    *("missing-comparison", "missing-quantifier", "operand-expected", "count-expected", "list-not-allowed"),
    *("repeated-value", "known-in-norm", "too-deep"),
    # Norms and decisions.
    *("one-requirement", "one-chosen-reading", "unknown-placeholder", "stray-brace", "weight-below-modality"),
    *("presented-as-law", "permission-cited-as-duty"),
)
FINDINGS: Final = (
    # Acts.
    *("stale-source-check", "act-dates-out-of-order", "act-number-clash", "neighbour-acts-of-one-title"),
    *("act-id-disagrees", "act-cited-otherwise"),
    # Dates.
    *("gap-between-rows", "overlapping-register-rows", "announced-after-start", "in-force-before-act"),
    "in-force-after-act",
    # Use.
    *("unused-definition", "unused-value-set", "unused-parameter", "unused-register", "unused-act"),
    *("unknown-covering-policy", "covered-but-not-cited", "citation-not-listed", "cites-not-checkable-place"),
    # Conditions.
    *("deep-condition", "empty-condition", "empty-value-list", "list-for-number-field", "no-common-value"),
    # What can never come out.
    *("never-in-force", "never-applies", "always-excepted", "never-violated", "never-met", "idle-exception"),
    *("one-outcome", "idle-criterion", "coverage-gap"),
    # Readings and examples.
    *("idle-reading", "missing-example", "reading-not-shown", "exception-not-shown", "duplicate-case"),
    # Messages and texts.
    *("placeholders-differ", "placeholder-for-person", "missing-remedy", "severity-above-modality"),
    *("untranslated-text", "mixed-script-word", "long-title", "unquoted-word", "confusable-names"),
)
NOTES: Final = (
    *("source-never-checked", "in-force-before-letter", "draft-policy", "correlated-lists"),
    "recorded-but-unused",
    *("placeholder-may-be-absent", "not-analysed"),
)
CODES: Final[Mapping[str, Level]] = {
    **dict.fromkeys(ERRORS, Level.ERROR),
    **dict.fromkeys(FINDINGS, Level.FINDING),
    **dict.fromkeys(NOTES, Level.NOTE),
}


def level_of(problem: Problem) -> Level:
    """How grave a problem is: what is no warning forbids to use the set."""
    return CODES[problem.code] if problem.warning else Level.ERROR
