"""Norms, decisions and definitions: one file each, read into well-typed policies."""

from __future__ import annotations

import re

from validator.language.data_files import DATA_ID, POLICY_ID
from validator.language.decision_files import DECISION_KEYS, DecisionReader
from validator.language.nodes import Mapping
from validator.language.norm_files import NORM_KEYS, NormReader
from validator.language.reading_files import READING_KEYS
from validator.language.scopes import scope_of
from validator.language.topic_files import TopicReader
from validator.language.vocabulary import ROOT
from validator.logic.policy import (
    Definition,
)
from validator.logic.text import Text

DEFINITION_ID = re.compile(rf"(?:{POLICY_ID.pattern[:-2]}|{DATA_ID.pattern[:-2]})\Z")


class PolicyReader(NormReader, DecisionReader, TopicReader):
    """Reads one file of norms, decisions, definitions or topics."""

    def definition(self, root: Mapping) -> Definition | None:
        """A file of `definitions/`."""
        self.keys(root, ("definition", "title", "about", "cites", "when", "note"), ("definition", "title", "when"))
        name = self.identifier(root, "definition", DEFINITION_ID)
        title = self.both(root.get("title"), Text("название", "title"))
        self.both(root.get("note"), Text("примечание", "note"))
        about = self._path(root.get("about")) if root.get("about") is not None else ROOT
        cites = self.citations(root.get("cites"))
        if about is None:
            return None
        when = self.condition(root.get("when"), scope_of(self.vocabulary, about))
        if name is None or title is None or when is None:
            return None
        span = self.span(root.entries["definition"][1])
        return Definition(name, title, about, self.vocabulary.scopes_of(about), when, cites, span)


__all__ = ["DECISION_KEYS", "NORM_KEYS", "READING_KEYS", "PolicyReader"]
