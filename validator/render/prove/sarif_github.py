"""On GitHub `-o sarif` asks for what its code scanning understands; of proofs that is the same log."""

from __future__ import annotations

from validator.render.prove.sarif import render

__all__ = ["render"]
