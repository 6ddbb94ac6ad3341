"""How registers, parameters and acts are spelled in the cache: the tables of `codec.py` that every run needs."""

from __future__ import annotations

from validator.language.codec_parts import DAY, PLAIN, SPAN, TEXT, VALUE, by_name, many, optional, record, word
from validator.logic import policy
from validator.logic.problem import Problem
from validator.logic.shape import Kind

CITES = many(record(policy.Citation, act=PLAIN, at=PLAIN, span=SPAN))
PERIOD = record(policy.Period, first=optional(DAY), last=optional(DAY))
REGISTER_ROW = record(
    policy.RegisterRow,
    id=PLAIN,
    title=TEXT,
    aliases=many(PLAIN),
    period=PERIOD,
    announced_on=optional(DAY),
    cites=CITES,
    span=SPAN,
    facts=PLAIN,
    note=optional(TEXT),
)
REGISTER = record(
    policy.Register, name=PLAIN, title=TEXT, family=PLAIN, closed=PLAIN, rows=many(REGISTER_ROW), span=SPAN
)
PARAMETER_ROW = record(
    policy.ParameterRow,
    region=PLAIN,
    kind=PLAIN,
    period=PERIOD,
    value=optional(VALUE),
    press=PLAIN,
    cites=CITES,
    span=SPAN,
    why=optional(TEXT),
)
PARAMETER = record(
    policy.Parameter,
    name=PLAIN,
    title=TEXT,
    kind=word(Kind),
    rows=many(PARAMETER_ROW),
    span=SPAN,
    unit=optional(TEXT),
    gaps_intended=PLAIN,
)
CLAUSE = record(
    policy.Clause, at=PLAIN, title=TEXT, coverage=PLAIN, policies=many(PLAIN), why=optional(TEXT), span=SPAN
)
ACT = record(
    policy.Act,
    id=PLAIN,
    title=TEXT,
    short=TEXT,
    number=PLAIN,
    date=optional(DAY),
    force=word(policy.Force),
    checked_on=optional(DAY),
    clauses=by_name(CLAUSE),
    span=SPAN,
    quality=PLAIN,
    note=optional(TEXT),
)
PROBLEM = record(
    Problem, code=PLAIN, message=TEXT, help=TEXT, span=optional(SPAN), file=PLAIN, path=PLAIN, warning=PLAIN
)
