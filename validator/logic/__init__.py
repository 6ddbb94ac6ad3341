"""The language core: truth values, the typed expressions, policies, problems. No input, no output."""
