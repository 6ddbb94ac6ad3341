"""What summaries and workbooks do not show, because it tells of one person: they go to the whole region.

The page of an organization shows it, by pseudonym. What is about persons is marked `x-pd` in the snapshot schema;
a test compares. A missing fact has no value, so only its place in the list goes.
"""

from __future__ import annotations

import re
from functools import lru_cache

LISTS = frozenset(
    {
        "people",
        "guardians",
        "classes",
        "coercion_events",
        "chats.creator",
        "chats.admins",
        "chats.ranks",
        "chats.missing_members",
        "chats.invitations",
    }
)
_INDEX = re.compile(r"\[\d+\]")


@lru_cache(4096)
def is_personal(path: str) -> bool:
    """Whether a fact, `guardians[3].max_status`, is one of a person or of a list of persons as a whole."""
    parts = plain(path).split(".")
    return any(".".join(parts[: end + 1]) in LISTS for end in range(len(parts)))


def without_person(path: str) -> str:
    """The path of a fact with no place in a list in it when it is one of a person."""
    return _INDEX.sub("[]", path) if is_personal(path) else path


def plain(path: str) -> str:
    """The path without places in lists: `chats.admins.roles`."""
    return _INDEX.sub("", path)
