"""Nearly the same words: a strict measure for quotes that somebody retyped.

The words of the quote are aligned with the words of the text (edit distance over words, free ends;
Sellers 1980), and every difference has a price: a typo little, a small word half, a content word left out
or put in one and a half. A content word put in another's place, a number or a negation has no price:
they change what was said. `near` is what costs at most a fifth of the quote's words, and never so much
that one word could have been taken out and another put in; anything else was not said.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from retrieval.concordance import Concordance
from retrieval.wording import BARRIER

# Where an alignment has got to: so many words of the text are behind it, in this state.
Place = tuple[int, int]
# The price so far, and the word of the text that the alignment begins with.
Cell = tuple[float, int]
Row = dict[Place, Cell]
# No word met its like yet; the last content word did; it did not, and stands last so far.
UNMET, FIRM, LOOSE = range(3)
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
    "this", "these", "those", "it", "its", "it's", "is", "are", "was", "were", "be", "been", "am", "do", "does", "did",
    "have", "has", "had", "just", "really", "very", "quite", "well", "like", "then", "there", "here", "as", "if",
    "also", "even", "actually", "basically", "kind", "sort", "know", "mean",
})  # fmt: skip
# Who is spoken of: one word of a group may stand for another, but "my" for "their" is another statement.
PERSONS = {
    word: who
    for who, words in enumerate((
        "i me my mine myself i'm i've i'd i'll", "we us our ours ourselves we're we've we'd we'll",
        "you your yours yourself you're you've you'd you'll", "he him his himself he's he'd he'll",
        "she her hers herself she's she'd she'll", "they them their theirs themselves they're they've they'd they'll",
    ))
    for word in words.split()
}  # fmt: skip
NEGATION = re.compile(
    r"no|not|never|none|nobody|nothing|nowhere|neither|nor|without|hardly|barely|cannot|\w+n't|"
    r"(?:ca|wo|do|does|did|is|are|was|were|would|could|should|have|has|had|must|need)nt|"
    r"[不没沒無无未非否别別勿莫]"
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


def nearest(quote: Sequence[str], text: Concordance) -> Likeness | None:
    """The passage of a text's words that costs least against `quote`; None where nothing comes near."""
    best: Likeness | None = None
    margin = len(quote) // 4 + 3
    for start in text.fullest(quote, WORTH_A_LOOK * len(quote), WINDOWS) if len(quote) >= FEWEST_WORDS else ():
        first = max(0, start - margin)
        found = align(quote, text.words[first : start + len(quote) + margin], first)
        if found and found.near and not _stops_short(quote, text.words, found) and (not best or found.cost < best.cost):
            best = found
    return best


def _stops_short(quote: Sequence[str], words: Sequence[str], found: Likeness) -> bool:
    """Whether the passage avoids a number or a negation by leaving off an end of the quote: "I do open" for
    "I don't open" aligned from "open" on."""
    if found.first >= found.last:
        return True
    before = words[max(0, found.first - BESIDE) : found.first] if words[found.first] != quote[0] else []
    after = words[found.last : found.last + BESIDE] if words[found.last - 1] != quote[-1] else []
    return any(_weight(word) == WEIGHTY for word in (*before, *after) if word != BARRIER)


def align(quote: Sequence[str], words: Sequence[str], offset: int = 0, most: float = MOST_COST) -> Likeness | None:
    """The cheapest alignment of the whole quote with any stretch of `words`; None where all cost more than `most`.

    `offset` is the number of the first of `words` in its text. Only what may still stay within `most` is
    followed up, so that a quote that was not said is given up after its first few words.
    """
    # It may begin with any word.
    row: Row = {(column, UNMET): (0.0, column) for column in range(len(words) + 1)}
    for said in quote:
        row = _next_row(row, said, words, most)
    ends = [(cost, column, first) for (column, state), (cost, first) in row.items() if state == FIRM]
    if not ends:
        return None
    cost, last, first = min(ends)
    return Likeness(offset + first, offset + last, cost, len(quote))


def _next_row(above: Row, said: str, words: Sequence[str], most: float) -> Row:
    """The prices with one more word of the quote: put for a word of the text, added to it, or after one left out.

    A content word may be added between words that stand in the text, not at an end: there it could hide another.
    """
    weight = _weight(said)
    row: Row = {}
    for (column, state), (cost, first) in above.items():
        if column < len(words):
            word = words[column]
            price = 0.0 if said == word else _exchange(said, word, max(weight, _weight(word)))
            _offer(row, (column + 1, FIRM if price < SMALL else state), cost + price, first, most)
        if weight < CONTENT or state != UNMET:
            _offer(row, (column, LOOSE if weight == CONTENT else state), cost + weight, first, most)
    return _left_out(row, words, most)


def _left_out(row: Row, words: Sequence[str], most: float) -> Row:
    """The row with words of the text passed over where that is cheaper; its columns in order."""
    for state in (FIRM, LOOSE):
        column = min((column for column, own in row if own == state), default=len(words))
        while column < len(words):
            if here := row.get((column, state)):
                _offer(row, (column + 1, state), here[0] + _spare(words, column), here[1], most)
            column += 1
    return dict(sorted(row.items()))


def _spare(words: Sequence[str], column: int) -> float:
    """The price of leaving a word of the text out; little where somebody stammered."""
    weight = _weight(words[column])
    return min(weight, SMALL) if column and words[column] == words[column - 1] else weight


def _offer(row: Row, place: Place, cost: float, first: int, most: float) -> None:
    if cost <= most and (place not in row or cost < row[place][0]):
        row[place] = (cost, first)


def _exchange(said: str, word: str, heavier: float) -> float:
    """The price of one word for another: a slip of the finger is cheap, another content word is another statement."""
    if heavier == SMALL or (said in PERSONS and PERSONS[said] == PERSONS.get(word)):
        return SMALL
    slip = _is_typo(said, word) if heavier < WEIGHTY else _is_swap(said, word)
    return TYPO if slip else WEIGHTY


@lru_cache(maxsize=20_000)
def _weight(word: str) -> float:
    if word in SMALL_WORDS:
        return SMALL
    if word == BARRIER or NEGATION.fullmatch(word) or word in NUMBER_WORDS or any(map(str.isnumeric, word)):
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
