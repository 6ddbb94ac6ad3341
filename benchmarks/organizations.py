"""Lifelike snapshots of invented organizations, the same for the same seed: what batch benchmarks read.

Run `python benchmarks/organizations.py 100 > organizations.ndjson`. A school has some 150 chats and 1,100 people,
a kindergarten some 20 chats and 180 people; of optional facts a few percent are missing, of lists one in ten is
not complete, and one organization in five still uses a forbidden messenger.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

AS_OF = date(2025, 10, 6)
REGIONS = ("78", "23", "27", "39", "54", "26", "50", "16")
WEIGHTS = (2, 4, 10, 3, 5, 9, 4, 6, 8)


def inn_of(number: int) -> str:
    """A taxpayer number with a right check digit, in a range that belongs to nobody."""
    first = f"99{number:07d}"
    return first + str(sum(w * int(d) for w, d in zip(WEIGHTS, first, strict=True)) % 11 % 10)


def _day(random: Random, back: int) -> str:
    return (AS_OF - timedelta(days=random.randrange(back))).isoformat()


def _told(random: Random, record: dict[str, Any]) -> dict[str, Any]:
    """The record with a few optional facts left out."""
    return {key: value for key, value in record.items() if key in ("ref", "kind") or random.random() > 0.03}


def _coverage(random: Random) -> str:
    return "complete" if random.random() > 0.1 else random.choice(("partial", "unknown"))


def _people(random: Random, staff: int, pupils: int, classes: int) -> list[dict[str, Any]]:
    people = []
    for n in range(staff + pupils):
        teacher = n < staff
        roles = ["employee", "teacher"] if teacher else ["student"]
        roles += ["org_admin"] if n == 0 else ["management"] if n in (1, 2) else []
        record = {
            "ref": f"p_{n}",
            "roles": roles,
            "register_roles": roles,
            "status": "active" if random.random() > 0.04 else "left",
            "max_status": random.choices(("accepted", "refused", "cannot_register", "not_asked"), (90, 3, 2, 5))[0],
            "in_max_chat": random.random() > 0.2,
            "bound": random.random() > 0.1,
            "account_verified": random.random() > 0.2,
            "age_band": "adult" if teacher else random.choice(("7_13", "7_13", "14_17")),
            "sferum_phone": random.choice(("current", "current", "stale")),
            "device": random.choices(("modern", "android_below_10", "push_button"), (92, 5, 3))[0],
        }
        record |= {} if teacher else {"class": f"c_{n % classes}"}
        people.append(_told(random, record))
    return people


def _guardians(random: Random, staff: int, pupils: int, classes: int) -> list[dict[str, Any]]:
    found = []
    for n in range(pupils):
        status = random.choices(("accepted", "refused", "cannot_register", "not_asked"), (88, 4, 2, 6))[0]
        channel = {
            "kind": random.choice(("email", "sms", "call", "paper")),
            "address_present": True,
            "active": True,
        }
        record: dict[str, Any] = {
            "ref": f"g_{n}",
            "children": [f"p_{staff + n}"],
            "class": f"c_{n % classes}",
            "max_status": status,
        }
        if status != "accepted":
            record |= {"channels": [channel] if random.random() > 0.3 else [], "channels_coverage": "complete"}
        found.append(_told(random, record) | {"children": record["children"]})
    return found


def _chat(random: Random, n: int, staff: int, classes: int) -> dict[str, Any]:
    owner = f"p_{random.randrange(staff)}"
    record = {
        "ref": f"h_{n}",
        "platform": random.choices(("vk_messenger", "max", "telegram"), (70, 25, 5))[0],
        "in_sferum": random.random() > 0.1,
        "official": random.random() > 0.2,
        "class": f"c_{n % classes}",
        "kind": random.choice(("class", "subject", "parents", "staff", "other")),
        "audience": random.choice((["students"], ["parents"], ["students", "parents"], ["staff"])),
        "origin": random.choice(("manual", "manual", "ezhd", "sferum_community")),
        "creator": {"ref": owner, "roles": ["teacher"], "role_at_creation": "teacher", "verified": True},
        "admins": [{"ref": owner, "roles": ["teacher"], "bound": True}],
        "admins_coverage": "complete",
        "ranks": [{"owner": owner, "rank": n % 40 + 1, "owner_chat_count": 60, "measured_on": _day(random, 30)}],
        "ranks_coverage": "complete",
        "created_on": "2024-09-01",
        "last_message_on": _day(random, 400),
        "need": random.choice(("keep", "keep", "drop")),
        "state": random.choice(("active", "active", "transferred", "archived")),
        "member_count": random.randrange(5, 60),
        "unbound_count": random.randrange(3),
        "untrusted_count": random.randrange(2),
    }
    return _told(random, record)


def _use(random: Random, n: int) -> dict[str, Any]:
    service = random.choices(("max", "vk_messenger", "whatsapp", "telegram"), (60, 20, 10, 10))[0]
    return _told(
        random,
        {
            "ref": f"u_{n}",
            "service": service,
            "actor": random.choice(("organization", "employee_on_duty", "citizen")),
            "counterpart": random.choice((["parents"], ["students"], ["employees"])),
            "purpose": random.choice(("inform", "teaching", "internal", "private")),
            "direction": random.choice(("outgoing", "reply", "read_only")),
            "personal_data": random.random() > 0.7,
            "first_on": "2025-09-01",
            "last_on": random.choice(("ongoing", _day(random, 30))),
        },
    )


def organization(number: int, seed: int = 1) -> dict[str, Any]:
    """The snapshot of one organization."""
    random = Random(seed * 1_000_003 + number)
    school = random.random() < 0.46
    classes = 30 if school else 8
    staff, pupils, chats = (70, 450, 147) if school else (25, 70, 19)
    chats = max(2, int(random.gauss(chats, chats / 4)))
    lists = {
        "people": _people(random, staff, pupils, classes),
        "guardians": _guardians(random, staff, pupils, classes),
        "classes": [{"ref": f"c_{n}", "grade": n % 11, "parents_chat": True} for n in range(classes)],
        "chats": [_chat(random, n, staff, classes) for n in range(chats)],
        "uses": [_use(random, n) for n in range(random.randrange(3, 12))],
        "documents": [
            {
                "ref": "d_1",
                "kind": "communication_order",
                "in_force_from": "2025-09-01",
                "in_force_through": "open_ended",
                "on_official_site": random.random() > 0.3,
                "open_access": True,
                "checked_on": _day(random, 60),
            }
        ],
    }
    return {
        "schema": "sverka.snapshot/1",
        "as_of": AS_OF.isoformat(),
        "source": "export",
        "coverage": {name: _coverage(random) for name in lists},
        "organization": {
            "inn": inn_of(number),
            "name": f"{'Школа' if school else 'Детский сад'} {number}",
            "region": random.choice(REGIONS),
            "municipality": f"Район {number % 20}",
            "kind": "school" if school else "preschool",
            "legal_form": "budgetary",
            "founder": "municipality",
            "sferum_connected": True,
        },
        **lists,
        "roadmap": {"started_on": "2025-09-15", "completed_on": "never", "poster_placed": random.random() > 0.5},
    }


def lines(count: int, seed: int = 1) -> Iterator[bytes]:
    """So many organizations as NDJSON, a line each, without line ends."""
    for number in range(count):
        yield json.dumps(organization(number, seed), ensure_ascii=False, separators=(",", ":")).encode()


if __name__ == "__main__":
    for line in lines(int(sys.argv[1])):
        sys.stdout.buffer.write(line + b"\n")
