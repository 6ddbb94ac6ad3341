"""Which pages the book has and what stands on each: contents, indexes, topics, and everything policies rest on."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

from validator.journeys.book.parts import (
    Book,
    Ref,
)
from validator.logic.text import Language
from validator.render.book.blocks import (
    Block,
    Entry,
    Heading,
    Items,
    Label,
    Line,
    Link,
    Page,
    Pages,
    Para,
    Strong,
    Table,
    Toc,
)
from validator.render.book.data import DataWriter
from validator.render.book.policy import policy_entry
from validator.render.book.writer import Writer
from validator.render.words import FORCES, MODALITIES, SEVERITIES, count_ru_en

CONTENTS = "README"  # what the sites that show repositories open in a folder
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")
_NORMS = (("норма", "нормы", "норм"), ("norm", "norms"))
_DECISIONS = (("решение", "решения", "решений"), ("decision", "decisions"))


def lay_out(book: Book, language: Language) -> Pages:
    """All pages of the book in one language, in reading order."""
    writer = Writer(book, language)
    pages = tuple(_Layout(book, writer).pages())
    home = {block.ref: page.name for page in pages for block in page.blocks if isinstance(block, Entry)}
    acts = tuple((part.act.id, writer.say(part.act.short)) for part in book.acts)
    return Pages(pages, home, acts, tuple(writer.kind_names.items()))


def topic_page(name: str) -> str:
    """The name of the page of a topic: safe as the name of a file whatever the folder of the policies is called."""
    if _SLUG.match(name) and len(name) <= 60:
        return f"topic-{name}"
    return f"topic-x{hashlib.sha256(name.encode('utf-8', 'surrogatepass')).hexdigest()[:12]}"


class _Layout:
    def __init__(self, book: Book, writer: Writer) -> None:
        self.book = book
        self.w = writer
        self.data = DataWriter(writer)
        self.t = writer.t
        self.say = writer.say

    def pages(self) -> Iterator[Page]:
        book, t = self.book, self.t
        topics = [
            Page(
                topic_page(topic.name),
                self.w.topic(topic.name),
                tuple(policy_entry(p, self.w) for p in topic.policies),
            )
            for topic in book.topics
        ]
        rest = [
            Page("addressees", t("Указатель по адресатам", "Index by addressee"), tuple(self._addressees())),
            Page("dates", t("Указатель по датам", "Index by date"), tuple(self._dates())),
            *topics,
            Page(
                "definitions", t("Определения", "Definitions"), tuple(map(self.data.definition, book.definitions))
            ),
            Page("parameters", t("Параметры", "Parameters"), tuple(map(self.data.parameter, book.parameters))),
            Page("registers", t("Перечни", "Registers"), tuple(map(self.data.register, book.registers))),
            Page("acts", t("Указатель по актам", "Index by act"), tuple(self._acts())),
            Page(
                "conflicts",
                t("Противоречия и неясности", "Conflicts and ambiguities"),
                tuple(map(self.data.conflict, book.conflicts)),
            ),
            Page(
                "drafts", t("Проекты: по ним не судят", "Drafts: nothing is judged by them"), tuple(self._drafts())
            ),
        ]
        title = t("Книга политик «Сверки»", "The Sverka policy book")
        yield Page(CONTENTS, title, tuple(self._contents(rest)))
        yield from (page if page.blocks else page._replace(blocks=(self._none(),)) for page in rest)

    def _none(self) -> Block:
        return Para((self.t("В наборе политик этого нет.", "The policy set has none."),))

    # --- contents -----------------------------------------------------------------------------------------

    def _contents(self, pages: list[Page]) -> Iterator[Block]:
        t = self.t
        policies = [part for topic in self.book.topics for part in topic.policies]
        norms = sum(part.norm is not None for part in policies)
        counts = (
            self.say(count_ru_en(norms, *_NORMS)),
            self.say(count_ru_en(len(policies) - norms, *_DECISIONS)),
        )
        yield Para(
            (
                t(
                    f"Здесь словами сказано всё, что проверяет «Сверка»: {counts[0]} и {counts[1]}.",
                    f"This says in words all that Sverka checks: {counts[0]} and {counts[1]}.",
                ),
            )
        )
        yield Heading(t("Как читать", "How to read it"))
        yield Items(tuple((0, (line,)) for line in self._how_to_read()))
        yield Toc(t("Страницы", "Pages"), tuple(Link(page.title, page.name) for page in pages))
        yield Heading(t("Политики по темам", "Policies by topic"))
        for topic in self.book.topics:
            yield Label(self.w.topic(topic.name))
            yield Items(tuple((0, self._listed(part.id)) for part in topic.policies))

    def _how_to_read(self) -> Iterator[str]:
        t = self.t
        unchecked = sum(part.act.checked_on is None for part in self.book.acts)
        total = len(self.book.acts)
        yield t(
            "Неизвестное никогда не считается соблюдением: без нужных данных вердикт — «нет данных».",
            "Unknown is never a pass: without the facts it needs a verdict is “unknown”.",
        )
        yield t(
            "У каждой политики названа сила самого сильного основания: обязанность по письму — не обязанность по "
            "закону.",
            "Every policy names the weight of its strongest ground: a duty by a letter is no duty by law.",
        )
        yield t(
            "Если право понимают по-разному, записаны все прочтения; судят по принятому, спорный вердикт помечают.",
            "Where the law is read in several ways all readings are recorded; the chosen one is judged by, and a "
            "verdict that depends on it is marked.",
        )
        yield t(
            "Строки условий читаются вместе, если над ними не сказано «хотя бы одно»; в скобках — на что они "
            "опираются.",
            "Lines of conditions are read together unless “any of” stands above them; what they rest on is in "
            "brackets.",
        )
        yield t("Обе границы сроков включены.", "Both ends of every period count.")
        yield t(
            f"С официальным текстом никем не сверено {unchecked} из {total} источников.",
            f"Nobody has checked {unchecked} of {total} sources against the official text.",
        )
        yield t(
            "Книга составлена по политикам программой; чтобы её изменить, меняют политику. Это не юридическая "
            "консультация.",
            "The book is made from the policies by a program; to change it, change a policy. It is no legal "
            "advice.",
        )

    def _listed(self, name: str) -> Line:
        part = self.w.policies[name]
        if part.norm is None:
            kind = self.t("решение", "decision")
        else:
            kind = f"{self.say(MODALITIES[part.norm.modality])}, {self.say(SEVERITIES[part.norm.severity])}"
        return (self.w.link(Ref("policy", name)), f" — {self.say(part.title)} ({kind})")

    # --- indexes ------------------------------------------------------------------------------------------

    def _addressees(self) -> Iterator[Block]:
        yield Para(
            (
                self.t(
                    "Вид организации исключён, только если условие применения заведомо не выполняется. Каждому "
                    "виду адресовано и то, что касается всех.",
                    "A kind of organization is left out only when the policy certainly can't apply to it. What "
                    "concerns all concerns every kind.",
                ),
            )
        )
        yield Heading(self.t("Организации любого вида", "Organizations of any kind"))
        yield (
            Items(tuple((0, self._listed(name)) for name in self.book.for_all))
            if self.book.for_all
            else self._none()
        )
        for kind in self.book.kinds:
            title = self.say(kind.title)
            yield Heading(title[:1].upper() + title[1:])
            if kind.policies:
                yield Items(tuple((0, self._listed(name)) for name in kind.policies))
            else:
                yield Para((self.t("Только то, что касается всех.", "Only what concerns all."),))

    def _dates(self) -> Iterator[Block]:
        head = (
            ("день", "начинают действовать", "действуют последний день")
            if self.w.language == "ru"
            else ("day", "come into force", "are in force for the last day")
        )
        yield Heading(self.t("По календарю", "By the calendar"))
        rows = tuple(((self.w.day(d.day),), self.w.ids(d.starts), self.w.ids(d.ends)) for d in self.book.days)
        yield Table(head, rows) if rows else self._none()
        yield Heading(
            self.t(
                "Дни, свои для региона, вида или организации", "Days that differ by region, kind or organization"
            )
        )
        others = tuple(
            (self.w.sentence(d.text), self.w.ids(d.starts), self.w.ids(d.ends)) for d in self.book.open_days
        )
        yield Table(head, others) if others else self._none()

    def _acts(self) -> Iterator[Block]:
        head = ("акт", "сила", "сверка") if self.w.language == "ru" else ("act", "force", "checked")
        rows = tuple(
            (
                (Link(self.say(part.act.short), Ref("act", part.act.id)),),
                (self.say(FORCES[part.act.force.value]),),
                (self.w.checked(part.act.checked_on),),
            )
            for part in self.book.acts
        )
        if rows:
            yield Table(head, rows)
        yield from (self.data.act(part) for part in self.book.acts)

    def _drafts(self) -> Iterator[Block]:
        if not self.book.drafts:
            return
        told = self.t(
            "Эти политики записаны, но по ним не судят: ни один отчёт о них не говорит.",
            "These policies are written down, but nothing is judged by them: no report speaks of them.",
        )
        yield Para((Strong(told),))
        yield from (policy_entry(part, self.w) for part in self.book.drafts)
