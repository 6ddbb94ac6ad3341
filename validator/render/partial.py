"""What is said of a check that is not the whole one: a part of the policies judged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.logic.text import Language

if TYPE_CHECKING:
    from validator.logic.report import PolicySelection


def selected(selection: PolicySelection, language: Language) -> str:
    """Which part of the policies judged, and by which words it was chosen."""
    from validator.logic.report import words_of  # noqa: PLC0415 - most checks are whole ones

    whole = selection["whole"]["norms"] + selection["whole"]["decisions"]
    part, told = len(selection["policies"]), words_of(selection)
    if language == "ru":
        return f"Внимание: проверена только часть политик, {part} из {whole} ({told})"
    return f"Note: only a part of the policies judged, {part} of {whole} ({told})"
