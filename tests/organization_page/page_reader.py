"""What a reader finds on a page: its structure, and its text by section."""

from __future__ import annotations

from html.parser import HTMLParser

_VOID = {"meta", "link", "br", "img", "hr", "input"}


class Reader(HTMLParser):
    """`skeleton`: tags with their attributes, in order; `texts`: words by section; `codes`: what is in `code`."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.skeleton: list[tuple[object, ...]] = []
        self.texts: dict[str, str] = {"": ""}
        self.codes: list[str] = []
        self.folded = ""
        self._open: list[str] = []
        self._section = ""
        self.feed(page)
        self.close()
        assert self._open == [], "every element is closed"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.skeleton.append((tag, *attrs))
        if tag not in _VOID:
            self._open.append(tag)
        if tag in ("header", "footer"):
            self._section = tag
        if tag == "h2":
            self._section = dict(attrs)["id"] or ""
        self.texts.setdefault(self._section, "")

    def handle_endtag(self, tag: str) -> None:
        self.skeleton.append(("/", tag))
        assert self._open.pop() == tag
        if tag in ("tr", "dt", "dd", "h1", "h2", "h3", "p", "li", "td", "th", "summary", "div"):
            self.texts[self._section] += "\n"

    def handle_data(self, data: str) -> None:
        if "style" in self._open:
            return
        if "code" in self._open:
            self.codes.append(data)
            data = f"`{data}`"
        if "details" in self._open and self._open[-1] != "summary":
            self.folded += data
        self.texts[self._section] += data

    def lines(self, section: str) -> list[str]:
        """The lines of a section that say something."""
        return [" ".join(line.split()) for line in self.texts.get(section, "").splitlines() if line.strip()]

    def words(self) -> str:
        """All that is not code."""
        text = "\n".join(self.texts.values())
        for code in self.codes:
            text = text.replace(f"`{code}`", " ")
        return text
