"""Consistency of a policy set: the questions, what the solver answers, findings, and what they are worth."""
