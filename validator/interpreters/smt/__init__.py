"""Questions about all possible snapshots, put to the solver z3.

Only the modules of this package import z3, and `query` does not, so that questions can be written down without it.
Whoever asks imports `ask` inside the function that needs it: loading z3 takes longer than most commands.
"""
