"""Reports on mutants of policies: for people and as JSON."""
