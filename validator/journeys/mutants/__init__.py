"""Small changes of policies (mutants), and whether examples notice them: how good the examples are."""
