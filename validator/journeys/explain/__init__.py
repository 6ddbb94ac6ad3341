"""Explanations: a policy in prose, and the tree of its conditions on what a snapshot says."""
