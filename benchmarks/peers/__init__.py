"""Other policy engines on the rules of `policies/` that each can express, written by hand in its own language.

A module per engine, imported only where it is measured: none of them is needed by the product. `requirements.txt`
names the versions that were used.
"""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from typing import Any, NamedTuple, Protocol

SIMPLE = ("CMP-AUDIENCE", "CMP-BOUND", "CMP-CHANNEL", "CMP-FOREIGN", "CMP-ORIGIN", "CMP-SILENT")
REFERENCES = ("CMP-CREATOR", "CMP-EVERY", "CMP-INVITE", "CMP-NOBODY", "CMP-SPARE", "CMP-TOLD")


class PeerEngine(Protocol):
    """One engine, its rules loaded."""

    def prepare(self, data: bytes) -> Any:
        """The document as the engine's evaluation wants it: parsing, and what has to be done by hand before it."""

    def violations(self, prepared: Any) -> Mapping[str, int]:
        """How many items certainly violate each rule."""


class Peer(NamedTuple):
    """What is known of an engine before it is loaded.

    `sample`: how many documents it is given, 0 for all: the slow ones get a few; `sample_references` likewise for
    rules with references. `expresses`: the rules it has.
    """

    name: str
    module: str
    distribution: str
    expresses: tuple[str, ...]
    sample: int
    sample_references: int

    def installed(self) -> str | None:
        """The version that is installed, None when there is none."""
        try:
            return version(self.distribution)
        except PackageNotFoundError:
            return None


PEERS = (
    Peer("Cloud Custodian (ValueFilter)", "custodian", "c7n", SIMPLE, 0, 0),
    Peer("ZEN (Rust)", "zen_rules", "zen-engine", SIMPLE + REFERENCES, 0, 0),
    Peer("CEL (Rust)", "cel_rules", "common-expression-language", SIMPLE + REFERENCES, 40, 40),
    Peer("Cedar (Rust)", "cedar_rules", "cedarpy", (*SIMPLE, "CMP-CREATOR"), 40, 40),
    Peer("Rego (rego-cpp)", "rego_rules", "regopy", SIMPLE + REFERENCES, 20, 3),
)


def peer_named(name: str) -> Peer:
    """The engine of a module's name. Raises StopIteration for any other."""
    return next(peer for peer in PEERS if peer.module == name)


def engine_of(name: str, rules: tuple[str, ...]) -> PeerEngine:
    """The engine with these rules loaded. Raises ImportError when it is not installed."""
    engine: PeerEngine = importlib.import_module(f"peers.{name}").Engine(rules)
    return engine
