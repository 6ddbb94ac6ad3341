"""The findings as columns of numbers and the texts they stand for: what the script of the page reads.

A finding is one number per column. What findings have in common is told once: texts, facts, and forms (all of a
finding but whose it is, of which item, and where it stands). Paths are told from the item on, `@.platform`, and the
name of the organization stands in a text as `NAME`, a private character, which `one_line` leaves in no text.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from typing import Generic, NamedTuple, TypeVar

from validator.logic.report import (
    BothTexts,
    Evidence,
    MissingFact,
    OrganizationRow,
    OtherReading,
    PolicyEntry,
    Result,
)
from validator.logic.text import Language
from validator.render.findings import gravity, is_known
from validator.render.html.bars import region_name
from validator.render.html.policy_words import policy_row
from validator.render.personal import is_personal, without_person
from validator.render.safe import one_line
from validator.render.waivers.words import whole_waiver
from validator.render.words import CAUSES, VERDICTS, say

NAME = "\ue000"
PageOf = Callable[[OrganizationRow], str]
_NONE = -1

Key = TypeVar("Key", bound=Hashable)


class Numbered(Generic[Key]):
    """Numbers for what comes, from 0, in the order of coming."""

    def __init__(self, first: Iterable[Key] = ()) -> None:
        self._numbers: dict[Key, int] = {key: number for number, key in enumerate(first)}

    def __call__(self, key: Key) -> int:
        return self._numbers.setdefault(key, len(self._numbers))

    def __iter__(self) -> Iterator[Key]:
        return iter(self._numbers)


class Verdict(NamedTuple):
    """A verdict: its code, its word, and the name of its colour."""

    code: str
    word: str
    colour: str


class Reading(NamedTuple):
    """Another reading and its verdict; texts and verdicts by number."""

    name: int
    verdict: int
    why: int
    message: int


class Form(NamedTuple):
    """What many findings have in common, in numbers; -1 is nothing.

    `gravity` is smaller the worse. `ways` are ways to settle an unknown, each of facts that are missing.
    `hidden`: it has facts about persons, which the page leaves out.
    """

    policy: int
    verdict: int
    gravity: int
    message: int
    remedy: tuple[int, ...]
    criteria: tuple[int, ...]
    ways: tuple[tuple[int, ...], ...]
    waiver: int
    readings: tuple[Reading, ...]
    known: int
    hidden: int


class Place(NamedTuple):
    """A municipality, empty where the snapshot names none, of a region: its code and its name."""

    region: str
    municipality: str
    region_name: str


class Organization(NamedTuple):
    """Whose findings follow one another: the organization on a day, under the law of a day."""

    inn: str
    name: str
    place: int
    page: str
    as_of: str
    law_date: str


class Island:
    """Takes findings one after another, those of an organization together."""

    def __init__(
        self,
        policies: Mapping[str, PolicyEntry],
        organizations: Iterable[OrganizationRow],
        regions: Mapping[str, BothTexts],
        language: Language,
        page_of: PageOf | None = None,
    ) -> None:
        self.language = language
        self._page_of = page_of
        self._entries = policies
        self._regions = regions
        self._rows = {(row["organization"], row["as_of"]): row for row in organizations}
        self._texts: Numbered[str] = Numbered()
        self._policies: Numbered[str] = Numbered()
        self._verdicts: Numbered[Verdict] = Numbered(
            Verdict(code, say(word, language).lower(), code) for code, word in VERDICTS.items()
        )
        self._places: Numbered[Place] = Numbered()
        self._items: Numbered[tuple[int, int]] = Numbered()
        self._facts: Numbered[tuple[int, int, int, int]] = Numbered()
        self._gaps: Numbered[tuple[int, int, int]] = Numbered()
        self._forms: Numbered[Form] = Numbered()
        self._organizations: list[Organization] = []
        self._organization_of: tuple[str, str, str] | None = None
        self._counts = array("i")
        self._columns = {name: array("i") for name in ("form", "item", "file", "line", "facts")}
        self._fact = array("i")
        self._fact_line = array("i")
        self._last_line = 0
        self.number = 0

    def add(self, result: Result) -> None:
        """One more finding."""
        self._of_organization(result)
        location = result["location"]
        shown = [fact for fact in result["because"] if not is_personal(fact["path"])]
        form = self._form(result, hidden=len(shown) < len(result["because"]))
        told = {
            "form": self._forms(form),
            "item": self._items(self._item(result)),
            "file": self._text(location["file"]),
            "line": location["line"] - self._last_line,
            "facts": len(shown),
        }
        for name, number in told.items():
            self._columns[name].append(number)
        self._last_line = location["line"]
        for fact in shown:
            self._fact.append(self._facts(self._fact_key(fact, result["subject"])))
            self._fact_line.append(fact["location"]["line"] - location["line"])
        self.number += 1

    def _item(self, result: Result) -> tuple[int, int]:
        ref = result["ref"]
        return self._text(result["subject"]), _NONE if ref is None else self._text(ref)

    def _of_organization(self, result: Result) -> None:
        key = (result["organization"], result["as_of"], result["law_date"])
        if key != self._organization_of:
            self._organization_of = key
            self._organizations.append(self._organization(result))
            self._counts.append(0)
        self._counts[-1] += 1

    def _organization(self, result: Result) -> Organization:
        row = self._rows.get((result["organization"], result["as_of"]))
        region, municipality = ("", None) if row is None else (row["region"], row["municipality"])
        named = region_name(region, self._regions, self.language) if region else ""
        return Organization(
            inn=one_line(result["organization"]),
            name=one_line(result["organization_name"] or ""),
            place=self._places(Place(one_line(region), one_line(municipality or ""), named)),
            page="" if row is None or self._page_of is None else relative(self._page_of(row)),
            as_of=result["as_of"],
            law_date=result["law_date"],
        )

    # --- what findings have in common -------------------------------------------------------------------------

    def _form(self, result: Result, *, hidden: bool) -> Form:
        level, verdict, severity = gravity(result)
        ways = [result["missing"], *result["alternatives"]] if result["missing"] else []
        waiver = result["waiver"]
        return Form(
            policy=self._policies(result["policy"]),
            verdict=self._verdict(result["verdict"], result["verdict_title"]),
            gravity=level * 100 + verdict * 10 + severity,
            message=self._message(result["message"], result),
            remedy=tuple(self._text(text) for text in remedies(result, self.language)),
            criteria=tuple(self._text(text) for text in criteria(result, self.language)),
            ways=tuple(tuple(self._gap(fact, result["subject"]) for fact in way) for way in ways),
            waiver=_NONE if waiver is None else self._text(whole_waiver(waiver, self.language)),
            readings=tuple(self._reading(other, result) for other in result["disputed"] or ()),
            known=int(is_known(result)),
            hidden=int(hidden),
        )

    def _verdict(self, code: str, title: BothTexts | None) -> int:
        if title is None:
            word = say(VERDICTS[code], self.language).lower() if code in VERDICTS else code
            return self._verdicts(Verdict(one_line(code), one_line(word), code if code in VERDICTS else "decision"))
        return self._verdicts(Verdict(one_line(code), one_line(say(title, self.language)), "decision"))

    def _reading(self, other: OtherReading, result: Result) -> Reading:
        return Reading(
            name=self._text(other["reading"]),
            verdict=self._verdict(other["verdict"], other["verdict_title"]),
            why=self._text(say(other["why"], self.language)),
            message=self._message(other["message"], result),
        )

    def _message(self, message: BothTexts | None, result: Result) -> int:
        if message is None:
            return _NONE
        text, name = one_line(say(message, self.language)), one_line(result["organization_name"] or "")
        return self._texts(text.replace(name, NAME) if name else text)

    def _fact_key(self, fact: Evidence, subject: str) -> tuple[int, int, int, int]:
        return (
            self._text(_from(subject, fact["path"])),
            self._text(say(fact["title"], self.language)),
            self._text(say(fact["value_title"], self.language)),
            self._text(say(fact["statement"], self.language)),
        )

    def _gap(self, fact: MissingFact, subject: str) -> int:
        return self._gaps(
            (
                self._text(_from(subject, without_person(fact["path"]))),
                self._text(say(fact["title"], self.language)),
                self._text(say(CAUSES[fact["cause"]], self.language)),
            )
        )

    def _text(self, text: str) -> int:
        return self._texts(text if text.isprintable() else one_line(text))

    # --- what the page holds ----------------------------------------------------------------------------------

    def content(self) -> dict[str, object]:
        """Everything, as the script reads it. Numbers of facts and lines follow the findings."""
        return {
            "texts": list(self._texts),
            "policies": [policy_row(self._entries[name], self.language) for name in self._policies],
            "verdicts": list(self._verdicts),
            "places": list(self._places),
            "items": list(self._items),
            "facts": list(self._facts),
            "gaps": list(self._gaps),
            "forms": list(self._forms),
            "organizations": self._organizations,
            "counts": self._counts.tolist(),
            "columns": {name: column.tolist() for name, column in self._columns.items()},
            "fact": self._fact.tolist(),
            "fact_line": self._fact_line.tolist(),
        }


def relative(page: str) -> str:
    """The address of a page that lies beside this one: no scheme, so a colon of it is written otherwise."""
    from urllib.parse import quote  # noqa: PLC0415 - only where there are pages

    return quote(page, safe="/%")


def _from(subject: str, path: str) -> str:
    return f"@{path[len(subject) :]}" if path.startswith(f"{subject}.") else path


def remedies(result: Result, language: Language) -> list[str]:
    """What to do about a finding; nothing where it is fine."""
    told = [say(result["remedy"], language)] if result["remedy"] and result["verdict"] != "ok" else []
    return told + [advice["ru"] if language == "ru" else advice["en"] for advice in result.get("advice", ())]


def criteria(result: Result, language: Language) -> list[str]:
    """The criteria of a decision that were not met, or not known, and the exclusions that hold."""
    words = (
        ("не выполнено", "не известно", "исключение") if language == "ru" else ("not met", "unknown", "exclusion")
    )
    told = []
    for criterion in result.get("criteria", ()):
        truth, title = criterion["truth"], f"{criterion['id']}: {say(criterion['title'], language)}"
        if truth == "unknown":
            told.append(f"{title} — {words[1]}")
        elif truth == ("true" if criterion["exclusion"] else "false"):
            told.append(f"{title} — {words[2] if criterion['exclusion'] else words[0]}")
    return told
