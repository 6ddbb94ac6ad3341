"""The sheets of findings: Нарушения, Нет данных, Чаты, Исключения, Советы и спорное; one pass over all findings.

What policies about persons found is on none of them.
"""

from __future__ import annotations

from collections.abc import Iterable

from validator.logic.named_tuple import NamedTuple
from validator.logic.report import AppliedWaiver, Location, MissingFact, OrganizationRow, Result
from validator.logic.result_set import PolicyEntry, ResultSet
from validator.logic.text import Language, Text
from validator.render.findings import is_known
from validator.render.words import SEVERITIES, say
from validator.render.xlsx import pieces, words
from validator.render.xlsx.book import Book, Column, Table
from validator.render.xlsx.cells import Value, day
from validator.render.xlsx.names import Codes

_WHO = (
    Column(words.INN, 11, "code"),
    Column(words.NAME, 22, "code"),
    Column(words.MUNICIPALITY, 15, "code"),
)
_PLACE = (
    Column(words.REGION, 16, "code"),
    Column(words.KIND, 18),
    Column(words.AS_OF, 11, "code"),
    Column(words.LAW_DATE, 11, "code"),
)
_WHERE = (Column(words.FILE, 34, "code"), Column(words.LINE, 8, "order"))
_NUMBER = Column(words.NUMBER, 6.5, "order")
_POLICY = Column(words.POLICY, 11.5, "code")
_TITLE = Column(words.TITLE, 26)
_DISPUTED = Column(words.DISPUTED, 60)
_GROUND = Column(words.GROUND, 60)
_SEVERITY = Column(words.SEVERITY, 11)
_SUBJECT = Column(words.SUBJECT, 16, "code")
_KNOWN = Column(words.KNOWN, 11)

_FINDING = (
    _SEVERITY,
    _POLICY,
    Column(words.MESSAGE, 31),
    Column(words.FACTS, 31),
    Column(words.GROUND, 26),
    Column(words.REMEDY, 28),
)
_REST = (_TITLE, Column(words.SANCTION, 46), _DISPUTED, _KNOWN, _SUBJECT)
_VIOLATIONS = (_NUMBER, *_WHO, *_FINDING, *_REST, *_PLACE, *_WHERE)
_ADVICE = (_NUMBER, *_WHO, Column(words.VERDICT, 14), *_FINDING, *_REST, *_PLACE, *_WHERE)
_UNKNOWNS = (
    _NUMBER,
    *_WHO,
    Column(words.FACT, 32),
    Column(words.CAUSE, 20),
    _SUBJECT,
    Column(words.PATH, 24, "code"),
    _POLICY,
    _TITLE,
    _SEVERITY,
    _GROUND,
    Column(words.INSTEAD, 46),
    Column(words.JUDGEMENT, 10, "order"),
    _DISPUTED,
    _KNOWN,
    *_PLACE,
    *_WHERE,
)
_CHATS = (
    _NUMBER,
    *_WHO,
    Column(words.CHAT, 14, "code"),
    Column(words.QUESTION, 24),
    Column(words.VERDICT, 18),
    Column(words.FAILED, 34),
    Column(words.MISSING, 30),
    Column(words.REMEDY, 34),
    _POLICY,
    _DISPUTED,
    _GROUND,
    _SUBJECT,
    *_PLACE,
    *_WHERE,
)
_WAIVERS = (
    _NUMBER,
    *_WHO,
    Column(words.WAIVER, 13, "code"),
    Column(words.WAIVER_GROUND, 28),
    Column(words.FROM, 10.5, "code"),
    Column(words.THROUGH, 10.5, "code"),
    Column(words.DAYS_LEFT, 9, "order"),
    Column(words.POST, 20),
    Column(words.DOCUMENT, 20),
    _POLICY,
    Column(words.MESSAGE, 31),
    _SEVERITY,
    _TITLE,
    _GROUND,
    _DISPUTED,
    _SUBJECT,
    *_PLACE,
    Column(words.WAIVER_FILE, 34, "code"),
    *_WHERE,
)


class _Who(NamedTuple):
    """What the sheets tell of an organization beside its findings."""

    municipality: str | None
    region: str
    kind: str
    file: str


class FindingSheets:
    """The five sheets, in the order in which they stand in the book."""

    def __init__(self, book: Book, results: ResultSet) -> None:
        self._language: Language = book.language
        self._policies = results.policies
        self._codes = Codes(results.head["names"], book.language)
        self._organizations = _known(results.organizations())
        self.violations = Table(book, words.VIOLATIONS, _VIOLATIONS, printed=10, frozen=3)
        self.unknowns = Table(book, words.UNKNOWNS, _UNKNOWNS, printed=11, frozen=3)
        self.chats = Table(book, words.CHATS, _CHATS, printed=11, frozen=3)
        self.waivers = Table(book, words.WAIVERS, _WAIVERS, printed=13, frozen=3)
        self.advice = Table(book, words.ADVICE, _ADVICE, printed=11, frozen=3)
        self._judgements = 0

    def fill(self, findings: Iterable[Result]) -> None:
        """Write every finding that is not about persons to the sheets where it belongs."""
        for result in findings:
            policy = self._policies[result["policy"]]
            if policy["about_persons"]:
                continue
            if result["kind"] == "decision":
                self._chat(result, policy)
            if result["verdict"] == "unknown":
                self._unknown(result, policy)
            elif result["kind"] == "norm":
                self._norm(result, policy)

    def _norm(self, result: Result, policy: PolicyEntry) -> None:
        waiver = result["waiver"]
        if result["verdict"] == "violation":
            self.violations.add(self.violations.rows + 1, *self._who(result), *self._finding(result, policy))
        elif result["verdict"] == "waived" and waiver is not None:
            self._waiver(result, policy, waiver)
        else:
            verdict = pieces.verdict_text(result, self._language)
            self.advice.add(self.advice.rows + 1, *self._who(result), verdict, *self._finding(result, policy))

    # --- the columns, in parts --------------------------------------------------------------------------------

    def _say(self, text: Text) -> str:
        return say(text, self._language)

    def _of(self, result: Result) -> _Who | None:
        """The organization as it was on the day of the finding."""
        same_day = self._organizations.get((result["organization"], result["as_of"]), {})
        return same_day.get(result["location"]["file"]) or next(iter(same_day.values()), None)

    def _who(self, result: Result) -> tuple[Value, ...]:
        organization = self._of(result)
        municipality = organization.municipality if organization else None
        return (
            result["organization"],
            result["organization_name"],
            self._say(words.NOT_GIVEN) if municipality is None else municipality,
        )

    def _place(self, result: Result) -> tuple[Value, ...]:
        organization = self._of(result)
        return (
            self._codes.region(organization.region) if organization else None,
            self._codes.kind(organization.kind) if organization else None,
            day(result["as_of"]),
            day(result["law_date"]),
        )

    def _severity(self, result: Result) -> str | None:
        severity = result["severity"]
        return None if severity is None else self._say(SEVERITIES[severity])

    def _known(self, result: Result) -> str | None:
        return self._say(words.YES) if is_known(result) else None

    def _finding(self, result: Result, policy: PolicyEntry) -> tuple[Value, ...]:
        """All columns from the severity on."""
        language = self._language
        return (
            self._severity(result),
            result["policy"],
            say(result["message"] or result["title"], language),
            pieces.facts_text(result["because"], language),
            pieces.ground_text(result["citations"], language),
            pieces.remedy_text(result, language),
            say(result["title"], language),
            pieces.sanction_text(result["sanction"], language) if result["verdict"] == "violation" else None,
            pieces.disputed_text(result, policy, language),
            self._known(result),
            pieces.subject_text(result, language),
            *self._place(result),
            *_where(result["location"]),
        )

    # --- sheets of their own ----------------------------------------------------------------------------------

    def _unknown(self, result: Result, policy: PolicyEntry) -> None:
        """A row for each missing fact; one where none is recorded."""
        self._judgements += 1
        language = self._language
        first = self._who(result)
        last = (
            result["policy"],
            say(result["title"], language),
            self._severity(result),
            pieces.ground_text(result["citations"], language),
            pieces.instead_text(result["alternatives"], language),
            self._judgements,
            pieces.disputed_text(result, policy, language),
            self._known(result),
            *self._place(result),
            *_where(result["location"]),
        )
        subject = pieces.subject_text(result, language)
        for title, cause, path in self._facts(result):
            self.unknowns.add(self.unknowns.rows + 1, *first, title, cause, subject, path, *last)

    def _facts(self, result: Result) -> Iterable[tuple[str, str | None, str | None]]:
        """Each missing fact in words, why it is missing, and where in the snapshot; each told once."""
        told = dict.fromkeys(_fact(fact, self._language) for fact in result["missing"])
        return told or [(self._say(words.NOT_EXPLAINED), None, None)]

    def _chat(self, result: Result, policy: PolicyEntry) -> None:
        language = self._language
        self.chats.add(
            self.chats.rows + 1,
            *self._who(result),
            pieces.chat_text(result, language),
            say(result["title"], language),
            pieces.verdict_text(result, language),
            pieces.failed_text(result.get("criteria", ()), language),
            pieces.missing_text(result["missing"], language),
            pieces.remedy_text(result, language),
            result["policy"],
            pieces.disputed_text(result, policy, language),
            pieces.ground_text(result["citations"], language),
            pieces.subject_text(result, language),
            *self._place(result),
            *_where(result["location"]),
        )

    def _waiver(self, result: Result, policy: PolicyEntry, waiver: AppliedWaiver) -> None:
        language = self._language
        self.waivers.add(
            self.waivers.rows + 1,
            *self._who(result),
            waiver["id"],
            say(waiver["ground"], language),
            day(waiver["from"]),
            day(waiver["through"]),
            waiver["days_left"],
            waiver["approved_by"]["post"],
            waiver["approved_by"]["document"],
            result["policy"],
            say(result["message"] or result["title"], language),
            self._severity(result),
            say(result["title"], language),
            pieces.ground_text(result["citations"], language),
            pieces.disputed_text(result, policy, language),
            pieces.subject_text(result, language),
            *self._place(result),
            waiver["location"]["file"],
            *_where(result["location"]),
        )


def _known(organizations: Iterable[OrganizationRow]) -> dict[tuple[str, str], dict[str, _Who]]:
    """The organizations by INN and day of the facts, and there by file."""
    found: dict[tuple[str, str], dict[str, _Who]] = {}
    for row in organizations:
        who = _Who(row["municipality"], row["region"], row["kind"], row["file"])
        found.setdefault((row["organization"], row["as_of"]), {})[row["file"]] = who
    return found


def _fact(fact: MissingFact, language: Language) -> tuple[str, str | None, str | None]:
    return say(fact["title"], language), pieces.cause_text(fact, language), pieces.place_text(fact["path"])


def _where(location: Location) -> tuple[str, int]:
    return location["file"], location["line"]
