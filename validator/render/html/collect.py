"""What the page tells of all findings together, collected while they go by once."""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from validator.logic.report import AppliedWaiver, PolicyEntry, Result
from validator.logic.text import Language
from validator.render.findings import gravity
from validator.render.html.island import criteria, remedies
from validator.render.html.policy_words import GroundRow, ground_rows
from validator.render.personal import is_personal, plain
from validator.render.rollup.words import number_text
from validator.render.safe import one_line
from validator.render.telling import facts_of, headline, subject_of, verdict_of
from validator.render.waivers.words import approval_text, day_text, left_text
from validator.render.words import CAUSES, SEVERITIES, VERDICTS, say

_WORST = 20
_GAPS = 12


class WorstRow(NamedTuple):
    """A finding told without a script. `colour` is the name of the colour of its verdict."""

    verdict: str
    colour: str
    severity: str
    policy: str
    title: str
    inn: str
    organization: str
    subject: str
    message: str
    facts: str
    remedy: list[str]
    ground: list[GroundRow]


class Worst:
    """The gravest findings; of equally grave ones those that came first."""

    def __init__(self) -> None:
        self._found: list[tuple[tuple[int, int, int], int, Result]] = []
        self._came = 0

    def add(self, result: Result) -> None:
        """One more finding."""
        self._came += 1
        rank = gravity(result)
        if len(self._found) < _WORST or rank < self._found[-1][0]:
            insort(self._found, (rank, self._came, result), key=lambda entry: entry[:2])
            del self._found[_WORST:]

    def rows(self, language: Language) -> list[WorstRow]:
        """The gravest first."""
        return [_worst_row(result, language) for _, _, result in self._found]


def _worst_row(result: Result, language: Language) -> WorstRow:
    verdict, severity = result["verdict"], result["severity"]
    return WorstRow(
        verdict=verdict_of(result, language),
        colour=verdict if verdict in VERDICTS and result["kind"] == "norm" else "decision",
        severity=say(SEVERITIES[severity], language) if severity else "—",
        policy=one_line(result["policy"]),
        title=one_line(say(result["title"], language)),
        inn=one_line(result["organization"]),
        organization=one_line(result["organization_name"] or ""),
        subject=subject_of(result),
        message=headline({**result, "missing": [], "verdict": "ok"}, language),
        facts=facts_of([fact for fact in result["because"] if not is_personal(fact["path"])], language),
        remedy=[one_line(text) for text in (*criteria(result, language), *remedies(result, language))],
        ground=ground_rows(result["citations"], language),
    )


class GapRow(NamedTuple):
    """A fact that is missing: in how many findings, of how many organizations, and which policies wait for it.

    `part` is its share of the longest row, 0 to 1000.
    """

    title: str
    path: str
    cause: str
    findings: str
    organizations: str
    policies: list[str]
    part: int


class GapRows(NamedTuple):
    """The rows that are shown, and those that are folded away."""

    shown: list[GapRow]
    folded: list[GapRow]


class Gaps:
    """Counts the facts that are missing."""

    def __init__(self) -> None:
        self._findings: dict[tuple[str, str], int] = {}
        self._organizations: dict[tuple[str, str], int] = {}
        self._last: dict[tuple[str, str], str] = {}
        self._policies: dict[tuple[str, str], set[str]] = {}
        self._titles: dict[tuple[str, str], Mapping[str, str]] = {}

    def add(self, result: Result) -> None:
        """One more finding; those of an organization come together."""
        found = {(plain(fact["path"]), fact["cause"]): fact for fact in result["missing"]}
        for key, fact in found.items():
            self._findings[key] = self._findings.get(key, 0) + 1
            if self._last.get(key) != result["organization"]:
                self._last[key] = result["organization"]
                self._organizations[key] = self._organizations.get(key, 0) + 1
            self._policies.setdefault(key, set()).add(result["policy"])
            self._titles.setdefault(key, {"ru": fact["title"]["ru"], "en": fact["title"]["en"]})

    def rows(self, language: Language, threshold: int) -> GapRows:
        """Most findings first. A number about persons below the threshold is not told."""
        keys = sorted(self._findings, key=lambda key: (-self._findings[key], key))
        longest = max(self._findings.values(), default=1)
        found = [
            GapRow(
                title=one_line(self._titles[key][language]),
                path=one_line(key[0]),
                cause=say(CAUSES[key[1]], language),
                findings=_number(self._findings[key], threshold if is_personal(key[0]) else 0),
                organizations=_number(self._organizations[key], threshold if is_personal(key[0]) else 0),
                policies=sorted(map(one_line, self._policies[key])),
                part=0 if is_personal(key[0]) else self._findings[key] * 1000 // longest,
            )
            for key in keys
        ]
        return GapRows(found[:_GAPS], found[_GAPS:])


def _number(number: int, threshold: int) -> str:
    return number_text(number) if number >= threshold else f"<{threshold}"


class WaiverRow(NamedTuple):
    """A waiver that holds, and in how many findings."""

    id: str
    policy: str
    ground: str
    through: str
    left: str
    approved: str
    place: str
    findings: str


class Waived:
    """Counts the findings under each waiver."""

    def __init__(self) -> None:
        self._waivers: dict[tuple[str, str, str], tuple[AppliedWaiver, str, list[int]]] = {}

    def add(self, result: Result) -> None:
        """One more finding."""
        waiver = result["waiver"]
        if waiver is not None:
            key = (waiver["through"], waiver["id"], result["policy"])
            self._waivers.setdefault(key, (waiver, result["policy"], [0]))[2][0] += 1

    def rows(self, language: Language) -> list[WaiverRow]:
        """Those that end first come first."""
        return [
            WaiverRow(
                id=one_line(waiver["id"]),
                policy=one_line(policy),
                ground=one_line(say(waiver["ground"], language)),
                through=day_text(waiver["through"], language),
                left=left_text(waiver["days_left"], language),
                approved=one_line(approval_text(waiver["approved_by"])),
                place=one_line(f"{waiver['location']['file']}:{waiver['location']['line']}"),
                findings=number_text(number[0]),
            )
            for _, (waiver, policy, number) in sorted(self._waivers.items(), key=lambda item: item[0])
        ]


def not_about_persons(results: Iterable[Result], policies: Mapping[str, PolicyEntry]) -> Iterable[Result]:
    """The findings that a summary may list; of a policy nobody knows, none."""
    listed = {name for name, entry in policies.items() if not entry["about_persons"]}
    return (result for result in results if result["policy"] in listed)
