"""What editors show of the words of a snapshot: derived from the texts that the schema already holds.

Editors read `enumDescriptions`, not our `x-values`; and of two alternatives without a text of their own they show
the title twice.
"""

from __future__ import annotations

from typing import Any

from validator.language.schema.pieces import SPECIAL

Schema = dict[str, Any]


def annotated(part: Any, values: dict[str, dict[str, str]] | None = None) -> Any:
    """The schema with the Russian text of every word beside it; whatever stood there is replaced."""
    if isinstance(part, list):
        return [annotated(item, values) for item in part]
    if not isinstance(part, dict):
        return part
    known = part.get("x-values") or values or {}
    found: Schema = {}
    for key, value in part.items():
        if key == "enumDescriptions":
            continue
        # The words of a field may be listed in its alternatives, but never deeper.
        found[key] = annotated(value, known if key == "anyOf" else None)
        if key == "enum":
            found["enumDescriptions"] = [known[word]["ru"] for word in value]
    if part.get("const") in SPECIAL:
        found["description"] = SPECIAL[part["const"]].ru
    return found
