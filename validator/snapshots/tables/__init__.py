"""Tables to snapshots: CSV and workbooks with a mapping, every problem at its sheet and cell.

A table is read column by column, each text of a column once, because most of them repeat. What comes out is the
JSON of a snapshot, and it passes the same reader as any other snapshot before it is given to anybody.
"""

from __future__ import annotations
