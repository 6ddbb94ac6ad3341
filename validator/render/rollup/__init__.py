"""The roll-up of a batch as text and JSON."""
