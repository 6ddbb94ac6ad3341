"""Whose verdicts a change of policies flips: what changed, what it reaches, and the flips one by one."""
