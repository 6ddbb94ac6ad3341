"""The JSON Schema of policy files, for editors: generated from the vocabulary, so the two can't drift apart.

The readers of this package decide what a policy may say; the schema only completes and underlines. What the
readers accept it accepts too, with three exceptions that are the price of underlining slips: a name given by `as`
can open a condition only when it starts with `other`, `fields` renames to names of fields only, and sets of words
that have none in common are not compared. It accepts more than the readers do where a rule spans several places:
which scopes are bound, whether `known` stands in a decision, and, unless it was made for one complete set of
policies, whether a name exists in other files. Of these it offers what is right for certain: `known` and the
records that enclose only some places are accepted and explained, but not offered.

It is draft-07, which every editor understands. Alternatives are told apart by `if`/`then`, never by `oneOf`, so
that a mistake is underlined where it stands. `anyOf: [S, true]` beside such an `if` rules nothing out: editors
take the values they offer from `anyOf`, but not from `then`. What else editors do with a schema was found out by
asking one, in `tests/editor`: they show the innermost title, so that only keys and operators have one.
"""

from validator.language.schema.build import policy_schema, schema_text
from validator.language.schema.names import value_sets

__all__ = ["policy_schema", "schema_text", "value_sets"]
