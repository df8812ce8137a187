"""Passages: the few sentences around a coded one that make its point.

People rarely make a point in one sentence ("Nineteen days. And nobody knows why. I have stopped asking.").
A passage reaches from the coded sentence to its neighbours in the same turn, on both sides by turns, up to
three each way and 80 words in all, and stops at an aside or an order.
"""

from collections.abc import Sequence
from typing import NamedTuple

REACH = 3
MOST_WORDS = 80


class Said(NamedTuple):
    """A sentence as passages see it: its turn, its length in words, and whether a passage may hold it."""

    turn: int
    words: int
    belongs: bool


def passage_around(row: int, said: Sequence[Said]) -> tuple[int, int]:
    """First and last row of the passage around `row`; `said` are one participant's sentences in order."""
    first = last = row
    words = said[row].words
    for _ in range(REACH):
        if _joins(last + 1, said, said[row].turn, words):
            last += 1
            words += said[last].words
        if _joins(first - 1, said, said[row].turn, words):
            first -= 1
            words += said[first].words
    return first, last


def _joins(row: int, said: Sequence[Said], turn: int, words: int) -> bool:
    if not 0 <= row < len(said):
        return False
    one = said[row]
    return one.turn == turn and one.belongs and words + one.words <= MOST_WORDS
