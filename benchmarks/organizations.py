"""Lifelike snapshots of invented organizations, the same bytes for the same seed: what batch benchmarks read.

    python benchmarks/organizations.py 1000 > organizations.ndjson
    python benchmarks/organizations.py 100 --folder snapshots [--yaml]

Organizations come one after another, in constant memory. Any hundred in a row hold the same kinds: 46 schools, 48
kindergartens, 6 others; and sizes are spread evenly over the table of each kind, so that 100 organizations and
10,000 differ little in the mean. `README.md` says what is like life in them and what is not.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from lifelike import AS_OF, Draw, Pools, Record

REGIONS = ("78", "23", "27", "39", "54", "26", "50", "16")
WEIGHTS = (2, 4, 10, 3, 5, 9, 4, 6, 8)
LISTS = ("people", "guardians", "classes", "chats", "uses", "documents", "services", "activity", "coercion_events")
# What the size of the n-th hundred is taken from: multiples of the golden section are spread evenly.
GOLDEN = 0.6180339887498949


class Kind(NamedTuple):
    """One kind of organization: how many of a hundred, and how large they are.

    `people` are the sizes at which 0, 10, 25, 50, 75, 90 and 100 percent of them lie; `staff` and `pupils` are
    shares of the people, the rest being parents; `chats` are per hundred people.
    """

    kind: str
    name: str
    of_hundred: int
    people: tuple[int, ...]
    staff: float
    pupils: float
    chats: float


KINDS = (
    Kind("school", "Школа", 46, (150, 400, 800, 1400, 2050, 2700, 3500), 0.07, 0.49, 8.0),
    Kind("preschool", "Детский сад", 48, (60, 110, 170, 250, 320, 380, 480), 0.16, 0.42, 7.5),
    Kind("vocational", "Колледж", 1, (300, 500, 700, 1000, 1300, 1700, 2200), 0.1, 0.75, 7.0),
    Kind("additional", "Дом творчества", 1, (100, 200, 300, 450, 600, 800, 1000), 0.1, 0.5, 6.0),
    Kind("municipal_body", "Администрация", 1, (15, 25, 40, 60, 90, 120, 150), 1.0, 0.0, 20.0),
    Kind("education_authority", "Управление образования", 1, (10, 15, 20, 30, 45, 60, 80), 1.0, 0.0, 25.0),
    Kind("orphanage", "Детский дом", 1, (50, 60, 75, 95, 120, 150, 180), 0.5, 0.5, 8.0),
    Kind("other", "Поликлиника", 1, (60, 90, 130, 200, 300, 420, 600), 1.0, 0.0, 5.0),
)
QUANTILES = (0.0, 0.1, 0.25, 0.5, 0.75, 0.9, 1.0)
SLOTS = tuple((kind, place) for kind in KINDS for place in range(kind.of_hundred))


def inn_of(number: int) -> str:
    """A taxpayer number with a right check digit, in a range that belongs to nobody."""
    first = f"99{number:07d}"
    return first + str(sum(w * int(d) for w, d in zip(WEIGHTS, first, strict=True)) % 11 % 10)


def size_of(kind: Kind, share: float) -> int:
    """How many people the organization has that is larger than such a share of its kind."""
    for (low, small), (high, large) in zip(
        zip(QUANTILES, kind.people, strict=True),
        zip(QUANTILES[1:], kind.people[1:], strict=False),
        strict=False,
    ):
        if share <= high:
            return int(small + (large - small) * (share - low) / (high - low))
    return kind.people[-1]


@lru_cache(maxsize=4)
def _pools(seed: int) -> Pools:
    return Pools(seed)


class _Making:
    """One organization in the making."""

    def __init__(self, number: int, seed: int) -> None:
        self.draw = Draw(seed * 1_000_003 + number)
        self.pools = _pools(seed)
        # 37 has no factor in common with 100: the kinds of a hundred come mixed, not one after another.
        self.kind, place = SLOTS[number * 37 % 100]
        self.total = size_of(self.kind, (place + number // 100 * GOLDEN) / self.kind.of_hundred % 1)
        self.staff = max(4, int(self.total * self.kind.staff))
        self.pupils = int(self.total * self.kind.pupils)
        self.classes = max(1, self.pupils // 26) if self.pupils else 0

    def class_of(self, pupil: int) -> str:
        return f"c_{pupil % self.classes}"

    def grade_of(self, number: int) -> int:
        return number * 11 // self.classes + 1 if self.kind.kind == "school" else 0

    def band_of(self, number: int) -> str:
        match self.kind.kind:
            case "preschool":
                return "under_7"
            case "vocational":
                return "14_17" if number % 2 else "adult"
            case _:
                return "7_13" if self.grade_of(number) < 8 else "14_17"

    def people(self) -> list[Record]:
        one, pools = self.draw.one, self.pools
        bands = [pools.pupils[self.band_of(number)] for number in range(self.classes)]
        found = [{"ref": f"p_{n}"} | one(pools.staff) for n in range(self.staff)]
        found += [
            {"ref": f"p_{self.staff + n}", "class": self.class_of(n)} | one(bands[n % self.classes])
            for n in range(self.pupils)
        ]
        rest = range(self.staff + self.pupils, self.total)
        return [*found, *({"ref": f"p_{n}"} | one(pools.parents) for n in rest)]

    def guardians(self) -> list[Record]:
        one, pool = self.draw.one, self.pools.guardians
        return [
            {"ref": f"g_{n}", "children": [f"p_{self.staff + n}"], "class": self.class_of(n)} | one(pool)
            for n in range(self.pupils)
        ]

    def chats(self) -> list[Record]:
        return [self.chat(n) for n in range(max(2, int(self.total * self.kind.chats / 100)))]

    def person(self) -> str:
        """Who creates and runs chats: staff nearly always."""
        return f"p_{self.draw.below(self.staff if self.draw.hit(0.94) else self.total)}"

    def chat(self, number: int) -> Record:
        draw = self.draw
        found: Record = {"ref": f"h_{number}"} | draw.one(self.pools.chats)
        if self.classes and draw.hit(0.85):
            found["class"] = self.class_of(number)
        owners = [self.person() for _ in range(draw.between(1, 3))]
        creator = found["creator"]
        # Of 4 in 100 chats the creator is in no list any more: nobody can tell who it was.
        if isinstance(creator, dict) and not draw.hit(0.04):
            found["creator"] = {"ref": owners[0]} | creator
        found["admins"] = [draw.told({"ref": owner, "bound": draw.hit(0.9)}) for owner in owners]
        found["admins_coverage"] = draw.coverage()
        found["ranks"] = [self.rank(owner) for owner in owners]
        found["ranks_coverage"] = draw.coverage()
        if found.get("state") == "transferred":
            found["invitations"] = [self.invitation() for _ in range(draw.below(20))]
            found["invitations_coverage"] = draw.coverage()
            found["missing_members"] = [self.missing_member() for _ in range(draw.below(3))]
            found["missing_members_coverage"] = draw.coverage()
        return found

    def missing_member(self) -> Record:
        reason = self.draw.one(("left", "refused", "invited", "no_reason"))
        return self.draw.told({"reason": reason, "count": self.draw.between(1, 6)})

    def rank(self, owner: str) -> Record:
        draw = self.draw
        chats = draw.between(20, 320)
        found: Record = {"owner": owner, "owner_chat_count": chats}
        return found | draw.told({"rank": draw.between(1, chats), "measured_on": draw.day(30)})

    def invitation(self) -> Record:
        draw = self.draw
        invited, joined = draw.one((("never", "never"), ("2025-09-24", "never"), ("2025-09-24", "2025-09-29")))
        facts = draw.told({"wants_chat": draw.hit(0.9), "invited_on": invited, "joined_on": joined})
        return {"person": f"p_{draw.below(self.total)}"} | facts

    def organization(self, number: int) -> Record:
        draw, kind = self.draw, self.kind
        body = kind.kind in ("municipal_body", "education_authority")
        private = kind.kind == "preschool" and draw.hit(0.02)
        facts: Record = {
            "municipality": f"Район {number % 40}",
            "legal_form": "government_body" if body else "limited" if private else draw.of(
                {"budgetary": 78, "autonomous": 15, "state_institution": 7}
            ),
            "founder": "private" if private else draw.of({"municipality": 85, "region": 14, "federation": 1}),
            "executes_state_task": not private,
            "provides_public_services": draw.hit(0.6),
            "uses_distance_learning": kind.kind in ("school", "vocational") and draw.hit(0.9),
            "sferum_connected": kind.kind in ("school", "preschool", "vocational") and draw.hit(0.93),
            "operates_regional_system": False,
            "programs": [] if body else ["preschool"] if kind.kind == "preschool" else ["general", "additional"],
            "alternatives_offered": draw.one((["email", "sms"], ["call", "paper"], ["email"], [])),
        }  # fmt: skip
        fixed = {"inn": inn_of(number), "name": f"{kind.name} {number}", "region": draw.one(REGIONS)}
        return fixed | {"kind": kind.kind} | draw.told(facts)

    def lists(self) -> Record:
        draw = self.draw
        found: Record = {
            "people": self.people(),
            "guardians": self.guardians() if self.pupils else [],
            "classes": [
                {"ref": f"c_{n}"} | draw.told({"grade": self.grade_of(n), "had_chat_last_year": draw.hit(0.9),
                 "told_in_person": draw.hit(0.6), "parents_chat": draw.hit(0.85)})
                for n in range(self.classes)
            ],
            "chats": self.chats(),
            "uses": [{"ref": f"u_{n}"} | draw.one(self.pools.uses) for n in range(draw.between(5, 15))],
            "documents": [{"ref": f"d_{n}"} | draw.one(self.pools.documents) for n in range(draw.between(2, 6))],
            "services": [
                draw.told({"service": service, "purpose": purpose, "in_russian_registry": draw.hit(0.9)})
                for service, purpose in (("sferum", "teaching"), ("max", "messaging"), ("ezhd", "diary"))
            ],
            "activity": [self.activity(role) for role in ("teachers", "students", "parents", "management")],
        }  # fmt: skip
        if draw.hit(0.08):
            kind = draw.one(("mandatory_act", "explanatory_note", "phone_check", "access_denial", "pressure"))
            found["coercion_events"] = [{"kind": kind, "on": draw.day(30)}]
        return found

    def activity(self, role: str) -> Record:
        total = self.draw.between(5, max(6, self.total // 2))
        active = self.draw.below(total + 1)
        return {"role": role, "period": "2025-09"} | self.draw.told({"active": active, "total": total})


def organization(number: int, seed: int = 1) -> Record:
    """The snapshot of one organization, the same whichever others are asked for."""
    making = _Making(number, seed)
    draw = making.draw
    roadmap = draw.told(
        {
            "started_on": draw.day(30),
            "completed_on": "never",
            "management_moved_on": draw.one(("never", "2025-09-15")),
            "staff_informed_on": draw.one(("never", "2025-09-10")),
            "users_informed_on": draw.one(("never", "2025-09-20")),
            "poster_placed": draw.hit(0.5),
        }
    )
    return {
        "schema": "sverka.snapshot/1",
        "as_of": AS_OF.isoformat(),
        "source": "export",
        "coverage": {name: draw.coverage() for name in LISTS},
        "organization": making.organization(number),
        **making.lists(),
        "roadmap": roadmap,
    }


def as_json(document: Record) -> bytes:
    """One line without its end."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def as_yaml(document: Record) -> bytes:
    """Records on lines of their own, lists of records below one another, as people and exporters write them."""
    import yaml  # noqa: PLC0415 - only where YAML is asked for

    plain = json.loads(as_json(document))  # no object twice, which would be written as an alias
    text: str = yaml.dump(
        plain, Dumper=yaml.CSafeDumper, default_flow_style=None, allow_unicode=True, sort_keys=False, width=10_000
    )
    return text.encode()


def lines(count: int, seed: int = 1, start: int = 0) -> Iterator[bytes]:
    """So many organizations as NDJSON, a line each, without line ends."""
    for number in range(start, start + count):
        yield as_json(organization(number, seed))


def write_folder(folder: Path, count: int, seed: int = 1, *, yaml: bool = False) -> int:
    """One file per organization; how many bytes they hold."""
    folder.mkdir(parents=True, exist_ok=True)
    written = 0
    for number in range(count):
        document = organization(number, seed)
        data = as_yaml(document) if yaml else as_json(document)
        written += (folder / f"{number:05d}.{'yaml' if yaml else 'json'}").write_bytes(data)
    return written


def main() -> None:
    """Write, and say to standard error how much and how quickly."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("count", type=int, help="how many organizations")
    parser.add_argument("--seed", type=int, default=1, help="other organizations (1)")
    parser.add_argument("--folder", type=Path, help="one file per organization instead of lines on standard output")
    parser.add_argument("--yaml", action="store_true", help="YAML instead of JSON, in a folder only")
    asked = parser.parse_args()
    if asked.yaml and asked.folder is None:
        parser.error("--yaml needs --folder: a line holds no YAML document")
    begin = time.process_time()
    if asked.folder is not None:
        written = write_folder(asked.folder, asked.count, asked.seed, yaml=asked.yaml)
    else:
        written = sum(sys.stdout.buffer.write(line + b"\n") for line in lines(asked.count, asked.seed))
    took = max(time.process_time() - begin, 1e-9)
    print(f"{asked.count} organizations, {written / 1e6:.1f} MB, {written / 1e6 / took:.1f} MB/s", file=sys.stderr)


if __name__ == "__main__":
    main()
