"""What conditions can come out as, told exactly and without a solver: boxes of values cut up by the conditions.

A question is a set of goals (`goals.py`), a state the box of facts that is still possible (`state.py`), and
`search.py` splits boxes until one meets every goal or none is left. Whatever is not understood is left open, so
“never” is always a proof; “possible” is said only where nothing was left open.
"""
