"""Small numbers of persons are kept out of a roll-up, also against subtraction.

The method. Every class of verdict (violations, unknowns, …) is added up over two families of rows that share only
the total: the whole run → regions → municipalities, and the whole run → policies. Classes share no judgement, and
no number is told for a row of both families, so whatever numbers one family holds go together with whatever numbers
the other holds, as long as the totals are equal: a family can be protected by itself.

In a family numbers are told from the top down, by `split`. A number below the threshold is told only when it is 0.
Of a number that is told, the parts below the threshold are hidden, zeros among them; the others are told, so that
the sum of the hidden ones is known. If this sum leaves a hidden part one value, or nearly so (`conceals`), the
least of the others and all that equal it are hidden too. Below a part that is not told nothing is told.

Why nobody can undo it who knows the numbers and the method: call c the largest small number, and let h parts with
the sum H ≥ 1 be small.
- Only they are hidden: h ≥ 2 and c·h − H ≥ 2, so each hidden part has at least two values between 0 and c, and
  moving numbers among them changes neither h nor H: the same would be told.
- Larger ones are hidden with them: which ones, the numbers alone decide, not their order, so an exchange of two
  hidden parts would be told the same, and they are not all equal.
- All parts are small, and c·h − H ≤ 1: the same holds when they are not all equal. Otherwise all are c; then c+1,
  c−1, c, … has the same sum, and nothing of it would be told either. This needs c ≥ 2, a threshold of at least 3.

What it does not hide: a person whose number is known from elsewhere, and what two runs of different days differ in.
"""

from __future__ import annotations

from collections.abc import Sequence

from validator.logic.batch import Mark

LEAST_THRESHOLD = 3
DEFAULT_THRESHOLD = 5

# A number as it is told, or the reason why it is not.
Told = int | Mark


def whole(number: int, threshold: int) -> Told:
    """The number of the whole run, as it is told."""
    return "below" if is_small(number, threshold) else number


def split(parent: Told, parts: Sequence[int], threshold: int) -> list[Told]:
    """The parts of a number, as they are told when the number itself is told as `parent`."""
    if not isinstance(parent, int) or len(parts) == 1:
        return [parent] * len(parts)
    small = [part for part in parts if part < threshold]
    if not any(small):
        return list(parts)
    if conceals(len(small), sum(small), threshold - 1):
        return ["below" if part < threshold else part for part in parts]
    most_hidden = min((part for part in parts if part >= threshold), default=threshold)
    return ["withheld" if part <= most_hidden else part for part in parts]


def conceals(number: int, total: int, largest: int) -> bool:
    """Whether so many hidden parts, none above `largest`, stay open to who knows their total (at least 1)."""
    return number >= 2 and number * largest - total >= 2


def is_small(number: int, threshold: int) -> bool:
    """Whether the number may not be told: nobody is not few."""
    return 0 < number < threshold
