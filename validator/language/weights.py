"""Legal weight: what the grounds of a norm allow it to say.

A letter can't be passed off as a law, what the press reports binds nobody, and a place that allows something is no
ground of a duty.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from validator.logic.policy import Act, Citation, Force, Modality, Norm
from validator.logic.problem import Problem
from validator.logic.text import Text

_DUTIES = (Modality.PROHIBITION, Modality.OBLIGATION)
# Words that tell a reader that a law of the federation says it.
_BY_LAW_RU = re.compile(
    r"федеральн\w+\s+закон\w*|\bпо\s+закону\b|\bзакон\w*\s+(?:требу|обязыва|запреща|предписыва)\w+", re.IGNORECASE
)
_BY_LAW_EN = re.compile(
    r"\bfederal\s+law\b|\bby\s+law\b|\bthe\s+law\s+(?:requires|obliges|forbids|bans)\b", re.IGNORECASE
)


def strongest_force(cites: Iterable[Citation], acts: Mapping[str, Act]) -> Force | None:
    """The force of the weightiest of the grounds, None without any."""
    return min((acts[cited.act].force for cited in cites), key=lambda force: force.rank, default=None)


def says_law(text: Text) -> bool:
    """Whether a text presents what it says as a federal law."""
    return bool(_BY_LAW_RU.search(text.ru) or _BY_LAW_EN.search(text.en))


def may_say_law(force: Force) -> bool:
    """Whether grounds of that force may be presented as a duty under federal law."""
    return force.rank <= Force.GOVERNMENT_ACT.rank


def duties_on_permissions(norms: Iterable[Norm], acts: Mapping[str, Act]) -> Iterator[Problem]:
    """Duties all of whose weightiest grounds are places that a permission of the same set rests on."""
    found = list(norms)
    allowing = {
        (c.act, c.at): norm.id for norm in found if norm.modality is Modality.PERMISSION for c in norm.cites
    }
    for norm in found:
        if norm.modality not in _DUTIES:
            continue
        weightiest = [cited for cited in norm.cites if acts[cited.act].force is norm.force]
        permissions = [allowing[(c.act, c.at)] for c in weightiest if (c.act, c.at) in allowing]
        if len(permissions) == len(weightiest):
            yield Problem(
                "permission-cited-as-duty",
                Text(
                    f"`{norm.id}` обязывает, а это место только разрешает (`{permissions[0]}`)",
                    f"`{norm.id}` is a duty, but this place only allows (`{permissions[0]}`)",
                ),
                Text(
                    "сошлитесь на место, которое обязывает, либо смените `modality`",
                    "cite a place that obliges, or change `modality`",
                ),
                weightiest[0].span,
                weightiest[0].span.file,
            )
