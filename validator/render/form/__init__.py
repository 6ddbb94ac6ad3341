"""Workbooks that people fill in or send back, written by XlsxWriter (the extra `[xlsx]`)."""

from __future__ import annotations
