"""The records of invented organizations: people, guardians, chats, uses and the rest, drawn from pools of variants.

A record of one kind is one of some 500 variants plus what is its own (its `ref`, its class, its references). Real
exports repeat themselves in the same way: few fields, few values. It also makes the generator quick.

Only `Random.random()` is drawn from, the one draw whose numbers Python promises to keep from version to version.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from random import Random
from typing import TypeAlias, TypeVar

T = TypeVar("T")
Value: TypeAlias = "str | int | bool | Sequence[Value] | Mapping[str, Value]"
Record: TypeAlias = "dict[str, Value]"

AS_OF = date(2025, 10, 6)
VARIANTS = 500
# Of optional facts 3 % are absent and 1 % say `unknown`; of lists one in ten is not complete.
ABSENT, UNKNOWN, INCOMPLETE = 0.03, 0.01, 0.1
STATUSES = {"accepted": 89, "refused": 4, "cannot_register": 2, "not_asked": 5}


class Draw:
    """A stream of draws, the same for the same number in every version of Python."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed).random

    def below(self, bound: int) -> int:
        """A whole number from 0 to `bound` - 1."""
        return int(self.random() * bound)

    def between(self, low: int, high: int) -> int:
        """A whole number, both ends possible."""
        return low + int(self.random() * (high - low + 1))

    def one(self, values: Sequence[T]) -> T:
        """One of the values, all alike."""
        return values[int(self.random() * len(values))]

    def of(self, weights: Mapping[T, int]) -> T:
        """One of the values, by weight."""
        left = self.random() * sum(weights.values())
        for value, weight in weights.items():
            left -= weight
            if left < 0:
                return value
        raise AssertionError("the weights have no sum")

    def hit(self, share: float) -> bool:
        """True in this share of all draws."""
        return self.random() < share

    def day(self, back: int, start: date = AS_OF) -> str:
        """A day up to so many days before another one, which is never drawn after the snapshot's day."""
        return (start - timedelta(days=self.below(back))).isoformat()

    def told(self, facts: Record) -> Record:
        """The facts without those that nobody told."""
        found: Record = {}
        for name, value in facts.items():
            chance = self.random()
            if chance < 1 - ABSENT - UNKNOWN:
                found[name] = value
            elif chance < 1 - ABSENT:
                found[name] = "unknown"
        return found

    def coverage(self) -> str:
        """Whether a list is whole."""
        return self.one(("partial", "unknown")) if self.hit(INCOMPLETE) else "complete"


class Pools:
    """The variants of every kind of record, for one seed."""

    def __init__(self, seed: int) -> None:
        draw = Draw(seed)

        def pool(make: Callable[[Draw], Record]) -> list[Record]:
            return [make(draw) for _ in range(VARIANTS)]

        self.staff = pool(_staff)
        self.pupils = {band: pool(lambda d, b=band: _pupil(d, b)) for band in ("under_7", "7_13", "14_17", "adult")}
        self.parents = pool(_parent)
        self.guardians = pool(_guardian)
        self.chats = pool(_chat)
        self.uses = pool(_use)
        self.documents = pool(_document)


def _staff(draw: Draw) -> Record:
    second = draw.of({"teacher": 68, "": 25, "management": 5, "org_admin": 2})
    roles = ("employee", second) if second else ("employee",)
    register = roles if draw.hit(0.96) else ("employee",)
    return {"roles": roles} | draw.told(
        {
            "register_roles": register,
            "status": "active" if draw.hit(0.96) else "left",
            "bound": draw.hit(0.92),
            "account_verified": draw.hit(0.85),
            "sferum_phone": draw.of({"current": 85, "stale": 12, "none": 3}),
            "phone_match": draw.of({"match": 84, "mismatch": 9, "no_max": 6, "no_sferum": 1}),
            "max_status": draw.of(STATUSES),
            "device": draw.of({"modern": 97, "android_below_10": 2, "push_button": 1}),
            "in_max_chat": draw.hit(0.85),
            "desktop_offered": draw.hit(0.3),
        }
    )


def _pupil(draw: Draw, band: str) -> Record:
    return {"roles": ("student",)} | draw.told(
        {
            "register_roles": ("student",),
            "status": "active" if draw.hit(0.97) else "left",
            "bound": draw.hit(0.9),
            "phone_match": draw.of({"match": 80, "mismatch": 10, "no_max": 9, "no_sferum": 1}),
            "age_band": band,
            "max_status": draw.of(STATUSES),
            "in_max_chat": draw.hit(0.75),
            "device": draw.of({"modern": 91, "android_below_10": 5, "push_button": 3, "none": 1}),
            "safe_mode": draw.hit(0.8),
            "guardian_consent": draw.of({"given": 80, "refused": 6, "not_asked": 14}),
        }
    )


def _parent(draw: Draw) -> Record:
    return {"roles": ("parent",)} | draw.told(
        {
            "register_roles": ("parent",),
            "status": "active" if draw.hit(0.98) else "left",
            "bound": draw.hit(0.85),
            "device": draw.of({"modern": 92, "android_below_10": 5, "push_button": 3}),
            "phone_match": draw.of({"match": 82, "mismatch": 9, "no_max": 8, "no_sferum": 1}),
            "max_status": draw.of(STATUSES),
            "in_max_chat": draw.hit(0.8),
        }
    )


def _guardian(draw: Draw) -> Record:
    status = draw.of(STATUSES)
    found = draw.told({"max_status": status})
    if status in ("refused", "cannot_register"):
        found |= draw.told({"max_status_reason": draw.one(("device", "sim_country", "other", "not_stated"))})
        found |= {"channels": [_channel(draw) for _ in range(draw.below(3))], "channels_coverage": draw.coverage()}
    return found


def _channel(draw: Draw) -> Record:
    return draw.told(
        {
            "kind": draw.of({"email": 30, "sms": 25, "call": 20, "diary": 15, "paper": 5, "in_person": 5}),
            "address_present": draw.hit(0.93),
            "active": draw.hit(0.94),
            "consent_withdrawn": draw.hit(0.03),
            "agreed": draw.hit(0.6),
        }
    )


def _chat(draw: Draw) -> Record:
    """What a chat says without references; `_creator` and `_admin` are the facts about its people."""
    platform = draw.of({"vk_messenger": 60, "max": 32, "telegram": 5, "whatsapp": 3})
    begun = date(2025, 8, 31) if platform == "max" else date(2025, 9, 20)
    members = draw.between(4, 60)
    state = "transferred" if platform == "max" else draw.of({"active": 85, "archived": 8, "deleted": 4, "left": 3})
    facts: Record = {
        "platform": platform,
        "in_sferum": platform == "vk_messenger" and draw.hit(0.9),
        "official": draw.hit(0.8),
        "kind": draw.of({"class": 30, "subject": 34, "parents": 20, "staff": 9, "service": 2, "other": 5}),
        "audience": draw.one((("students",), ("parents",), ("students", "parents"), ("staff",), ("students",))),
        "origin": draw.of({"manual": 80, "ezhd": 9, "sferum_community": 7, "import": 4}),
        "created_on": draw.day(700, begun),
        "transferred_on": draw.day(14) if platform == "max" and draw.hit(0.7) else "never",
        "last_message_on": "never" if draw.hit(0.02) else draw.day(30 if draw.hit(0.7) else 500),
        "need": "drop" if draw.hit(0.2) else "keep",
        "state": state,
        "member_count": members,
        "unbound_count": draw.below(4) if draw.hit(0.3) else 0,
        "untrusted_count": 1 if draw.hit(0.15) else 0,
    }
    role = draw.of({"teacher": 80, "employee": 8, "org_admin": 3, "parent": 6, "student": 2, "deleted_account": 1})
    kept = "teacher" if role == "deleted_account" else role
    creator: Record = {"roles": (kept,), "role_at_creation": role, "verified": draw.hit(0.95)}
    return draw.told(facts) | {"creator": draw.told(creator)}


def _use(draw: Draw) -> Record:
    started = date(2025, 6, 1) - timedelta(days=draw.below(300))
    return draw.told(
        {
            "service": draw.of({"max": 48, "vk_messenger": 25, "email": 7, "whatsapp": 8, "telegram": 12}),
            "actor": draw.of({"organization": 35, "employee_on_duty": 50, "employee_in_private": 8, "citizen": 7}),
            "counterpart": draw.one((("parents",), ("students",), ("employees",), ("parents", "students"))),
            "purpose": draw.of({"inform": 50, "teaching": 25, "internal": 18, "private": 7}),
            "direction": draw.of({"outgoing": 62, "reply": 20, "read_only": 12, "public_broadcast": 6}),
            "personal_data": draw.hit(0.3),
            "payment_data": draw.hit(0.03),
            "redirect_only": draw.hit(0.05),
            "first_on": started.isoformat(),
            "last_on": "ongoing" if draw.hit(0.7) else draw.day(60),
        }
    )


def _document(draw: Draw) -> Record:
    kind = draw.of({"communication_order": 40, "distance_learning_rules": 20, "order": 30, "other": 10})
    facts: Record = {
        "in_force_from": draw.day(600, date(2025, 9, 1)),
        "in_force_through": "open_ended" if draw.hit(0.85) else draw.day(30, date(2026, 8, 31)),
        "on_official_site": draw.hit(0.75),
        "open_access": draw.hit(0.8),
        "checked_on": draw.day(120),
        "services_named": draw.one((("max",), ("max", "email"), ("vk_messenger",), ("max", "sms"))),
        "alternatives_named": draw.one((("email", "sms"), ("call",), (), ("email",))),
        "responsible_count": draw.below(3),
        "staff_only_max": draw.hit(0.1),
        "bans_foreign_in_process": draw.hit(0.5),
    }
    answers = ("yes", "yes", "no", "not_formed")
    opinion: Record = {who: draw.one(answers) for who in ("students", "parents", "workers")}
    return {"kind": kind} | draw.told(facts) | {"opinion": draw.told(opinion)}
