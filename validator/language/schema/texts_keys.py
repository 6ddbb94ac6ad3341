"""What an editor says of every key of a policy file, in both languages."""

from __future__ import annotations

from validator.language.schema.texts_conditions import CONDITION_KEYS
from validator.language.schema.texts_data import DATA_KEYS
from validator.language.schema.texts_examples import EXAMPLE_KEYS
from validator.language.schema.texts_policies import POLICY_KEYS
from validator.language.schema.texts_topics import TOPIC_KEYS
from validator.logic.text import Text

# What every key says: the name and a sentence, in both languages. `act.date` is `date` in a file of an act.
KEY_TEXTS: dict[str, tuple[Text, Text]] = {
    **CONDITION_KEYS,
    **POLICY_KEYS,
    **DATA_KEYS,
    **TOPIC_KEYS,
    **EXAMPLE_KEYS,
}
