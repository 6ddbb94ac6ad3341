"""What is wrong or weak in a policy set, all at once: `run.lint` tells it, every other module holds some checks.

A check is a function `Pack -> Iterator[Problem]` in the tuple of its module; a new one also needs its code in
`codes.py`, a page in `docs/lint` and a broken fixture.
"""
