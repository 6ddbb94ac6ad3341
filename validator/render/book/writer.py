"""What the chapters of the book share: the language, links, grounds, dates, lists of sections."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from validator.interpreters.naming import plain_name
from validator.journeys.book.parts import Book, Ground, PolicyPart, Ref, Told
from validator.journeys.catalogue import DESIGN
from validator.language.structure import parse_day
from validator.logic.text import Language, Text
from validator.render.book.blocks import Code, Inline, Line, Link
from validator.render.book.words import TOPICS
from validator.render.words import FORCES, say


class Writer:
    """Says things in one language."""

    def __init__(self, book: Book, language: Language) -> None:
        self.book = book
        self.language = language
        self.kind_names = {part.id: self.say(part.title) for part in book.kinds}
        self._acts: dict[Ref, list[str]] = {}
        for act in book.acts:
            for ref in dict.fromkeys(ref for _, refs in act.places for ref in refs):
                self._acts.setdefault(ref, []).append(act.act.id)
        self.policies: dict[str, PolicyPart] = {
            part.id: part for part in (*(p for topic in book.topics for p in topic.policies), *book.drafts)
        }

    def t(self, ru: str, en: str) -> str:
        """The sentence in the language of the book."""
        return ru if self.language == "ru" else en

    def say(self, text: Text) -> str:
        """A text in the language of the book."""
        return say(text, self.language)

    def quoted(self, text: Text) -> str:
        """A title in the quotation marks of the language."""
        return self.t(f"«{text.ru}»", f"“{text.en}”")

    def day(self, day: date) -> str:
        """A date as the language writes it."""
        return self.say(plain_name(day))

    def iso(self, text: str) -> str:
        """A date written `YYYY-MM-DD`, as the language writes it; anything else as it is."""
        day = parse_day(text)
        return text if day is None else self.day(day)

    def period(self, first: date | None, last: date | None) -> str:
        """Both days count; a side without a day has no end."""
        told = []
        if first is not None:
            told.append(self.t(f"с {self.day(first)}", f"from {self.day(first)}"))
        if last is not None:
            told.append(self.t(f"по {self.day(last)} включительно", f"through {self.day(last)}, inclusive"))
        return " ".join(told) or self.t("всегда", "always")

    def topic(self, name: str) -> str:
        """The name of a topic; one that only its own folder knows keeps that name."""
        return self.say(TOPICS[name]) if name in TOPICS else name or self.t("без темы", "no topic")

    def acts_of(self, ref: Ref) -> tuple[str, ...]:
        """The acts that a section rests on or that name it as what covers a place of theirs."""
        return tuple(self._acts.get(ref, ()))

    # --- links --------------------------------------------------------------------------------------------

    def link(self, ref: Ref) -> Inline:
        """The name of a section as a link, or alone when the book has no such section."""
        return Link(ref.name, ref) if ref in self.book.names else Code(ref.name)

    def links(self, refs: Iterable[Ref]) -> Line:
        """Names of sections, separated by commas."""
        found: list[Inline] = []
        for ref in refs:
            found += [", ", self.link(ref)] if found else [self.link(ref)]
        return tuple(found) or ("—",)

    def ids(self, names: Iterable[str]) -> Line:
        """Names of policies as links."""
        return self.links(Ref("policy", name) for name in names)

    def titled(self, ref: Ref) -> Line:
        """A section by its name and title."""
        title = self.book.names.get(ref)
        return (self.link(ref),) if title is None else (self.link(ref), f" — {self.say(title)}")

    def told(self, lines: Iterable[Told], depth: int = 0) -> tuple[tuple[int, Line], ...]:
        """Lines of prose; each line names the sections it rests on."""
        return tuple((line.depth + depth, self.sentence(line)) for line in lines)

    def sentence(self, line: Told) -> Line:
        """A sentence with links to what it names."""
        text = self.say(line.text)
        return (text, " (", *self.links(line.refs), ")") if line.refs else (text,)

    # --- grounds ------------------------------------------------------------------------------------------

    def place(self, ground: Ground) -> Line:
        """An act and the place in it; a conflict of law leads to its own section."""
        if ground.act == DESIGN and (conflict := Ref("conflict", ground.at)) in self.book.names:
            return (f"{self.say(ground.short)}, ", Link(ground.at, conflict))
        return (Link(self.say(ground.short), Ref("act", ground.act)), f", {ground.at}")

    def places(self, found: Iterable[Ground]) -> Line:
        """Several places, separated by semicolons."""
        told: list[Inline] = []
        for ground in found:
            told += ["; ", *self.place(ground)] if told else self.place(ground)
        return tuple(told) or ("—",)

    def checked(self, day: date | None) -> str:
        """Whether a person has compared a place with the official text."""
        if day is None:
            return self.t(
                "никем не сверено с официальным текстом", "nobody has checked it against the official text"
            )
        return self.t(f"сверено {self.day(day)}", f"checked on {self.day(day)}")

    def ground_rows(self, found: Iterable[Ground]) -> tuple[tuple[Line, ...], ...]:
        """Rows of a table of grounds: place, what it is about, force, whether it was checked."""
        return tuple(
            (
                self.place(ground),
                (self.say(ground.about),),
                (self.say(FORCES[ground.force]),),
                (self.checked(ground.checked_on),),
            )
            for ground in found
        )

    def ground_head(self) -> tuple[str, ...]:
        """The heading of `ground_rows`."""
        ru = ("место", "о чём", "сила", "сверка")
        return ru if self.language == "ru" else ("place", "about", "force", "checked")
