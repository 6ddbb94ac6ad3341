"""Topics: what the policies of one folder should cover, and which analyses of `prove` are not made of them."""

from __future__ import annotations

from validator.language.data_files import DATA_ID
from validator.language.nodes import Mapping, Node, Scalar
from validator.language.policy_parts import PartsReader
from validator.language.scopes import scope_of
from validator.logic.expr import TRUE, Condition
from validator.logic.policy import Cover, SwitchedOff, Topic
from validator.logic.proof import ANALYSES
from validator.logic.text import Text

TOPIC_KEYS = ("topic", "title", "note", "covers", "switched_off")
COVER_KEYS = ("id", "title", "about", "when", "from", "through", "exhaustive")
SWITCHED_OFF_KEYS = ("analysis", "why")


class TopicReader(PartsReader):
    """Reads one file of `topics/`; it has the name of the folder of its policies."""

    def declared_topic(self, root: Mapping) -> Topic | None:
        """A file of `topics/`."""
        self.keys(root, TOPIC_KEYS, ("topic", "title"))
        name = self.identifier(root, "topic", DATA_ID)
        title = self.both(root.get("title"), Text("название", "title"))
        self.both(root.get("note"), Text("примечание", "note"))
        self.distinct(root.get("covers"), "id")
        self.distinct(root.get("switched_off"), "analysis")
        covers = self.each(root.get("covers"), self._cover)
        switched_off = self.each(root.get("switched_off"), self._switched_off)
        if name is None or title is None:
            return None
        return Topic(name, title, covers, switched_off, self.span(root.entries["topic"][1]))

    def _cover(self, node: Node) -> Cover | None:
        mapping = self.mapping(node, Text("область темы", "domain of the topic"))
        if mapping is None or not self.keys(mapping, COVER_KEYS, ("id", "title", "about", "exhaustive")):
            return None
        name = self.text(mapping.get("id"))
        title = self.both(mapping.get("title"), Text("название", "title"))
        about = self._path(mapping.get("about"))
        period = self.period(mapping)
        exhaustive = self.boolean(mapping.get("exhaustive"))
        if about is None:
            return None
        when: Condition | None = TRUE
        if mapping.get("when") is not None:
            when = self.condition(mapping.get("when"), scope_of(self.vocabulary, about))
        if name is None or title is None or exhaustive is None or when is None:
            return None
        scopes = self.vocabulary.scopes_of(about)
        return Cover(name, title, about, scopes, when, period, exhaustive, self.span(mapping))

    def _switched_off(self, node: Node) -> SwitchedOff | None:
        mapping = self.mapping(node, Text("выключенный анализ", "analysis switched off"))
        if mapping is None or not self.keys(mapping, SWITCHED_OFF_KEYS, SWITCHED_OFF_KEYS):
            return None
        analysis = self.text(mapping.get("analysis"))
        why = self.both(mapping.get("why"), Text("объяснение", "explanation"))
        if analysis is not None and analysis not in ANALYSES:
            written = mapping.get("analysis")
            assert isinstance(written, Scalar)
            self.unknown_name("unknown-value", written, Text("анализ", "analysis"), ANALYSES)
            return None
        return None if analysis is None or why is None else SwitchedOff(analysis, why, self.span(mapping))
