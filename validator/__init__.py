"""Sverka: declarative policy-as-code checks for schools and public bodies.

The package is layered: cli > render > journeys > interpreters > snapshots > language > logic.
"""

__version__ = "0.1.0"
LANGUAGE_VERSION = 1
