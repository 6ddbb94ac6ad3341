"""Sverka: declarative policy-as-code checks for schools and public bodies.

The package is layered (`docs/guide/architecture.md`): nothing here is imported for its side effects.
"""

__version__ = "0.1.0"
LANGUAGE_VERSION = 1
