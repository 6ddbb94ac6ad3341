"""What is said of a check that is not the whole one: a part of the policies judged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.logic.text import Language

if TYPE_CHECKING:
    from validator.logic.report import PolicySelection


def selected(selection: PolicySelection, language: Language) -> str:
    """Which part of the policies judged, and by which words it was chosen."""
    whole = selection["whole"]["norms"] + selection["whole"]["decisions"]
    words = [f"--only {word}" for word in selection["only"]] + [
        f"--exclude {word}" for word in selection["exclude"]
    ]
    part, told = len(selection["policies"]), " ".join(words)
    if language == "ru":
        return f"Внимание: проверена только часть политик, {part} из {whole} ({told})"
    return f"Note: only a part of the policies judged, {part} of {whole} ({told})"
