"""Judging the documents by both sides of a comparison, one document at a time."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from validator.cli.context import usage_error
from validator.cli.documents import counted, delivered, read
from validator.cli.impact_sides import day_text, sides_of
from validator.cli.settings import configured
from validator.journeys.assemble import Quarantined
from validator.journeys.check import check
from validator.journeys.impact.changes import Difference, Loaded, compare_sets
from validator.journeys.impact.compare import Comparing, Tally, judge_both
from validator.journeys.impact.flips import Presence
from validator.journeys.impact.notes import notes_on_facts, notes_on_saved, notes_on_sets
from validator.journeys.impact.saved import Document, Saved
from validator.journeys.organizations import organization_row
from validator.logic.impact import LeftOut, LeftOutCause, Note, Side, SideName, Unread
from validator.logic.problem import Problem
from validator.logic.report import OrganizationRow, Result, both
from validator.logic.text import Text
from validator.snapshots.stream import Delivered

if TYPE_CHECKING:
    from validator.cli.impact import Asked
    from validator.logic.facts import Snapshot
    from validator.logic.impact import ImpactReport


def compare(asked: Asked) -> ImpactReport:
    """The impact report that the command line asks for. Leaves with 2 when there is nothing to compare."""
    old, new, notes = sides_of(asked)
    match old.what, new.what:
        case Loaded() as before, Loaded() as after:
            return _PolicyRun(asked, (old.side, new.side), compare_sets(before, after), (before, after)).run(notes)
        case Saved() as before, Saved() as after:
            return _SavedRun(asked, (old.side, new.side)).run(before, after)
        case Saved() as before, Loaded() as after:
            return _MixedRun(asked, (old.side, new.side), "old", before, after).run()
        case Loaded() as before, Saved() as after:
            return _MixedRun(asked, (old.side, new.side), "new", after, before).run()
        case _:
            raise AssertionError


def _paths(asked: Asked) -> tuple[str, ...]:
    paths = asked.on or configured("snapshots")
    if not paths:
        usage_error(
            "не названы снимки, на которых сравнивать",
            "the snapshots to compare on are not named",
            Text("назовите их: `--on папка`", "name them: `--on folder`"),
        )
    return paths


class _Unread:
    """Documents that could not be compared, each counted once, with their mistakes."""

    def __init__(self) -> None:
        self.files: set[str] = set()
        self.records: list[Unread] = []

    def add(self, document: Quarantined, side: SideName) -> None:
        self.files.add(document.file)
        self.records += [_unread(problem, side) for problem in document.problems]

    def add_saved(self, saved: Saved, side: SideName) -> None:
        for record in saved.report["quarantine"]:
            self.files.add(record["file"])
            self.records.append(
                {
                    "side": side,
                    "code": record["code"],
                    "file": record["file"],
                    "line": record["line"],
                    "column": record["column"],
                    "path": record["path"],
                    "message": record["message"],
                    "help": record["help"],
                }
            )


def _unread(problem: Problem, side: SideName) -> Unread:
    return {
        "side": side,
        "code": problem.code,
        "file": problem.span.file if problem.span else problem.file,
        "line": problem.span.line if problem.span else None,
        "column": problem.span.column if problem.span else None,
        "path": problem.path,
        "message": both(problem.message),
        "help": both(problem.help),
    }


class _PolicyRun:
    """Two policy sets on the same documents, one document at a time."""

    def __init__(
        self, asked: Asked, sides: tuple[Side, Side], difference: Difference, loaded: tuple[Loaded, Loaded]
    ) -> None:
        self.asked = asked
        self.difference = difference
        self.libraries = (loaded[0].library, loaded[1].library)
        ids = [frozenset(policy.id for policy in one.policies.policies()) for one in loaded]
        renamed = frozenset(difference.renamed)
        presence = (Presence(ids[0] | renamed), Presence(ids[1]))
        self.tally = Tally(Comparing(*sides, presence, difference), reasons=asked.reasons)
        self.unread = _Unread()

    def run(self, notes: list[Note]) -> ImpactReport:
        paths, not_read = _paths(self.asked), 0
        if self.difference.can_flip():
            for item in counted(paths, self.libraries[1]):
                self._document(item)
        else:
            not_read = sum(1 for _ in delivered(paths))
        latest = day_text(self.asked.as_of) or self.tally.latest
        notes = [*notes, *notes_on_sets(self.difference, latest, not_read)]
        unread = self.unread
        return self.tally.report(notes, unread.records, quarantined=len(unread.files), not_read=not_read)

    def _document(self, item: Delivered) -> None:
        """Judge a document by both sets; it is read twice only where names of services or regions differ."""
        new = read(item, self.libraries[1])
        old = new if self.difference.reads_alike else read(item, self.libraries[0])
        if isinstance(old, Quarantined) and isinstance(new, Quarantined) and old.problems == new.problems:
            self.unread.add(new, "both")
        elif isinstance(old, Quarantined) or isinstance(new, Quarantined):
            if isinstance(old, Quarantined):
                self.unread.add(old, "old")
            if isinstance(new, Quarantined):
                self.unread.add(new, "new")
        else:
            results = judge_both((old[0], new[0]), self.difference, self.asked.as_of)
            self.tally.add(organization_row(new[0]), *results)


class _SavedRun:
    """Two saved reports; nothing is judged anew."""

    def __init__(self, asked: Asked, sides: tuple[Side, Side]) -> None:
        self.asked = asked
        self.sides = sides
        self.unread = _Unread()

    def run(self, old: Saved, new: Saved) -> ImpactReport:
        _refuse_disjoint(old, new)
        tally = Tally(Comparing(*self.sides, (old.presence(), new.presence())), reasons=self.asked.reasons)
        repeated = old.repeated | new.repeated
        different = 0
        for key in sorted((old.rows.keys() & new.rows.keys()) - repeated):
            different += old.rows[key]["digest"] != new.rows[key]["digest"]
            tally.add(new.rows[key], new.of_its_policies(old.results[key]), old.of_its_policies(new.results[key]))
        left = [_left(row, "only_old") for key, row in old.rows.items() if key not in new.rows]
        left += [_left(row, "only_new") for key, row in new.rows.items() if key not in old.rows]
        left += [_left((new.rows.get(key) or old.rows[key]), "repeated") for key in repeated if _in(key, old, new)]
        self.unread.add_saved(old, "old")
        self.unread.add_saved(new, "new")
        _refuse_nothing(tally)
        notes = [
            *notes_on_saved(old, "old"),
            *notes_on_saved(new, "new"),
            *notes_on_facts(different, *self.sides),
        ]
        return tally.report(notes, self.unread.records, left, len(self.unread.files))


def _in(key: Document, old: Saved, new: Saved) -> bool:
    return key in old.rows and key in new.rows


def _left(row: OrganizationRow, cause: LeftOutCause) -> LeftOut:
    return {"organization": row["organization"], "as_of": row["as_of"], "file": row["file"], "cause": cause}


def _refuse_nothing(tally: Tally) -> None:
    if not tally.compared:
        usage_error(
            "нет ни одного общего снимка: сравнивать нечего",
            "the two have no snapshot in common: there is nothing to compare",
            Text("снимки узнают по ИНН и дню `as_of`", "snapshots are matched by INN and `as_of`"),
        )


def _refuse_disjoint(old: Saved, new: Saved) -> None:
    selections = [saved.report["policy_set"].get("selection") for saved in (old, new)]
    chosen = [set(selection["policies"]) for selection in selections if selection is not None]
    if len(chosen) > 1 and not set.intersection(*chosen):
        usage_error(
            "оба отчёта — по части политик, и общих политик у них нет: сравнивать нечего",
            "both reports are of a part of the policies, and no policy is in both: there is nothing to compare",
            Text(
                "сохраните их с одними и теми же `--only` и `--exclude`",
                "save them with the same `--only` and `--exclude`",
            ),
        )


class _MixedRun:
    """A saved report on one side, a policy set on the other, which judges the documents anew."""

    def __init__(
        self, asked: Asked, sides: tuple[Side, Side], saved_is: SideName, saved: Saved, loaded: Loaded
    ) -> None:
        self.asked = asked
        self.saved_is = saved_is
        self.saved = saved
        self.library = loaded.library
        self.law = self._law(asked.as_of if asked.as_of_named else None)
        judged = sides[1] if saved_is == "old" else sides[0]
        judged["law_date"] = day_text(self.law)
        self.sides = sides
        ids = Presence(frozenset(policy.id for policy in loaded.policies.policies()))
        presence = (saved.presence(), ids) if saved_is == "old" else (ids, saved.presence())
        self.tally = Tally(Comparing(*sides, presence), reasons=asked.reasons)
        self.unread = _Unread()
        self.left: list[LeftOut] = []
        self.seen: set[Document] = set()
        self.different = 0

    def _law(self, asked: date | None) -> date | None:
        """The day of law: that of the saved report, which can't be judged for another one."""
        kept = self.saved.report["law_date"]
        saved = None if kept is None else date.fromisoformat(kept)
        if asked is not None and asked != saved:
            told = kept or Text("день каждого снимка", "the day of each snapshot")
            ru, en = (told, told) if isinstance(told, str) else told
            usage_error(
                f"сохранённый отчёт судили на другой день права: {ru}",
                f"the saved report was judged by the law of another day: {en}",
                Text(
                    "уберите `--as-of` или сохраните отчёт с тем же днём",
                    "drop `--as-of`, or save it with that day",
                ),
            )
        return saved

    def run(self) -> ImpactReport:
        for item in counted(_paths(self.asked), self.library):
            found = read(item, self.library)
            if isinstance(found, Quarantined):
                self.unread.add(found, "new" if self.saved_is == "old" else "old")
            else:
                self._document(found[0])
        done = self.seen | self.saved.repeated
        missing = [row for key, row in self.saved.rows.items() if key not in done]
        self.left += [_left(row, "only_old" if self.saved_is == "old" else "only_new") for row in missing]
        self.unread.add_saved(self.saved, self.saved_is)
        _refuse_nothing(self.tally)
        notes = [*notes_on_saved(self.saved, self.saved_is), *notes_on_facts(self.different, *self.sides)]
        return self.tally.report(notes, self.unread.records, self.left, len(self.unread.files))

    def _document(self, snapshot: Snapshot) -> None:
        row = organization_row(snapshot)
        key = (row["organization"], row["as_of"])
        if key in self.saved.repeated or key in self.seen:
            self.left.append(_left(row, "repeated"))
            return
        if key not in self.saved.rows:
            self.left.append(_left(row, "only_new" if self.saved_is == "old" else "only_old"))
            return
        self.seen.add(key)
        self.different += self.saved.rows[key]["digest"] != row["digest"]
        kept: list[Result] = self.saved.results[key]
        judged = self.saved.of_its_policies(check(snapshot, self.library.policies, self.law))
        self.tally.add(row, *((kept, judged) if self.saved_is == "old" else (judged, kept)))
