"""The report of `prove` as text, JSON and SARIF."""
