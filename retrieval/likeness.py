"""Nearly the same words: a strict measure for quotes that somebody retyped.

The words of the quote are aligned with the words of the text (edit distance over words, free ends;
Sellers 1980), and every difference has a price: a typo little, a small word half, a content word left out
or put in one and a half. A content word put in another's place, a number or a negation has no price:
they change what was said. `near` is what costs at most a fifth of the quote's words, and never so much
that one word could have been taken out and another put in; anything else was not said.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz.distance import OSA

Cell = tuple[float, int]
TYPO, SMALL, CONTENT, WEIGHTY = 0.25, 0.5, 1.5, 100.0
MOST_SHARE = 0.2
# Less than two content words: else a changed word could pass as one left out beside one put in.
MOST_COST = 2.75
# Two words are "nearly" any two words.
FEWEST_WORDS = 3
# A window must share this much with the quote to be worth aligning; below it no alignment can be near.
WORTH_A_LOOK = 0.5
WINDOWS = 3
# How far beside a passage a word may stand that an end of the quote should have met.
BESIDE = 2

SMALL_WORDS = frozenset({
    "a", "an", "the", "and", "but", "so", "or", "of", "to", "in", "on", "at", "for", "with", "by", "from", "that",
    "this", "these", "those", "it", "its", "it's", "i", "i'm", "i've", "you", "he", "she", "we", "we're", "they",
    "me", "us", "them", "my", "our", "your", "his", "her", "their", "is", "are", "was", "were", "be", "been", "am",
    "do", "does", "did", "have", "has", "had", "i'd", "we'd", "we've", "just", "really", "very", "quite", "well",
    "like", "then", "there", "here", "as", "if", "also", "even", "actually", "basically", "kind", "sort", "know",
    "mean",
})  # fmt: skip
NEGATION = re.compile(
    r"no|not|never|none|nobody|nothing|nowhere|neither|nor|without|hardly|barely|cannot|\w+n't|"
    r"(?:ca|wo|do|does|did|is|are|was|were|would|could|should|have|has|had|must|need)nt"
)
NUMBER_WORDS = frozenset({
    "zero", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty", "thirty", "forty", "fifty",
    "sixty", "seventy", "eighty", "ninety", "hundred", "thousand", "million", "billion", "half", "quarter",
    "double", "twice", "once", "first", "second", "third", "fourth", "fifth", "dozen", "percent",
})  # fmt: skip


@dataclass(frozen=True)
class Likeness:
    """Which words of the text (`first` up to, not including, `last`) come nearest, and at what price."""

    first: int
    last: int
    cost: float
    words: int

    @property
    def score(self) -> float:
        """1 for the same words, 0 for none of them."""
        return max(0.0, 1 - self.cost / self.words)

    @property
    def near(self) -> bool:
        return self.words >= FEWEST_WORDS and self.cost <= min(MOST_COST, MOST_SHARE * self.words)


def nearest(quote: list[str], words: list[str]) -> Likeness | None:
    """The passage of a text's words that costs least against `quote`; None where nothing is worth a look."""
    best: Likeness | None = None
    for start in _windows(quote, words):
        margin = len(quote) // 4 + 3
        first = max(0, start - margin)
        found = _align(quote, words[first : start + len(quote) + margin], first)
        if _stops_short(quote, words, found):
            continue
        if best is None or found.cost < best.cost:
            best = found
    return best


def _stops_short(quote: list[str], words: list[str], found: Likeness) -> bool:
    """Whether the passage avoids a number or a negation by leaving off an end of the quote: "I do open" for
    "I don't open" aligned from "open" on."""
    if found.first >= found.last:
        return True
    before = words[max(0, found.first - BESIDE) : found.first] if words[found.first] != quote[0] else []
    after = words[found.last : found.last + BESIDE] if words[found.last - 1] != quote[-1] else []
    return any(_weight(word) == WEIGHTY for word in before + after)


def _windows(quote: list[str], words: list[str]) -> list[int]:
    """Starts of the windows, as long as the quote, that share the most words with it; the best few, apart."""
    shared = sorted(_shares(quote, words), key=lambda found: -found[0])
    chosen: list[int] = []
    for count, start in shared:
        if count < WORTH_A_LOOK * len(quote) or len(chosen) == WINDOWS:
            break
        if all(abs(start - other) > len(quote) // 2 for other in chosen):
            chosen.append(start)
    return chosen


def _shares(quote: list[str], words: list[str]) -> Iterator[tuple[int, int]]:
    """For each window how many of the quote's words it holds, each counted as often as the quote has it."""
    wanted = Counter(quote)
    held: Counter[str] = Counter()
    shared = 0
    for position, word in enumerate(words):
        held[word] += 1
        shared += held[word] <= wanted[word]
        if position >= len(quote):
            gone = words[position - len(quote)]
            shared -= held[gone] <= wanted[gone]
            held[gone] -= 1
        yield shared, max(0, position - len(quote) + 1)


def _align(quote: list[str], words: list[str], offset: int) -> Likeness:
    """The cheapest alignment of the whole quote with any stretch of `words`."""
    # Each cell: the price so far and the word the stretch begins at. Row 0 is free: it may begin anywhere.
    row = [(0.0, column) for column in range(len(words) + 1)]
    weighed = [(word, _weight(word)) for word in words]
    for number, said in enumerate(quote):
        # At the ends a word too many costs more: else a quote could stop short of the "not" before its last word.
        row = _next_row(row, said, weighed, at_end=number in (0, len(quote) - 1))
    last = min(range(len(row)), key=lambda column: row[column][0])
    cost, first = row[last]
    return Likeness(offset + first, offset + last, cost, len(quote))


def _next_row(above: list[Cell], said: str, weighed: list[tuple[str, float]], at_end: bool) -> list[Cell]:
    """The prices with one more word of the quote: put for a word of the text, added to it, or after one left out."""
    weight = _weight(said)
    missing = WEIGHTY if at_end and weight == CONTENT else weight
    row = [(above[0][0] + missing, 0)]
    for column, (word, spare) in enumerate(weighed):
        kept, added, left_out = above[column], above[column + 1], row[column]
        best = (kept[0] + (0.0 if said == word else _exchange(said, word, max(weight, spare))), kept[1])
        if added[0] + missing < best[0]:
            best = (added[0] + missing, added[1])
        if left_out[0] + spare < best[0]:
            best = (left_out[0] + spare, left_out[1])
        row.append(best)
    return row


def _exchange(said: str, word: str, heavier: float) -> float:
    """The price of one word for another: a slip of the finger is cheap, another content word is another statement."""
    if heavier == SMALL:
        return SMALL
    slip = _is_typo(said, word) if heavier < WEIGHTY else _is_swap(said, word)
    return TYPO if slip else WEIGHTY


def _weight(word: str) -> float:
    if word in SMALL_WORDS:
        return SMALL
    if NEGATION.fullmatch(word) or word in NUMBER_WORDS or any(map(str.isdigit, word)):
        return WEIGHTY
    return CONTENT


def _is_swap(one: str, other: str) -> bool:
    """Two letters in each other's place: for numbers and negations, where a letter more or less is another word."""
    return sorted(one) == sorted(other) and OSA.distance(one, other) == 1


def _is_typo(one: str, other: str) -> bool:
    longest = max(len(one), len(other))
    allowed = 0 if longest < 4 else 1 if longest < 8 else 2
    if abs(len(one) - len(other)) > allowed:
        return False
    return allowed > 0 and OSA.distance(one, other, score_cutoff=allowed) <= allowed
