"""Text to logic: strict readers, the vocabulary, registers, conditions, policy files, the policy set."""
