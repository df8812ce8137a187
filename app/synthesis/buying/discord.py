"""Discord: the signs, in what one member says of another, that the two pull in different directions.

Signs and their weight: two wills in one passage ("he wants it by Christmas … I told him no") 2; words of blocking or
quarrel, up to 2; likeness to invented sentences about a quarrel rather than to sentences about getting on, 1 or 2.
Kind words count against it only where no wills clash: people praise colleagues they fight.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from app.models.buying_cues import BuyingCues
from app.synthesis.buying.likeness import nearest
from app.synthesis.buying.mentions import Directory, Passage
from app.synthesis.buying.statements import Account
from retrieval.embedder import Vectors

WILLS = 2
# Likeness to quarrel over likeness to getting on (mean cosine of the two nearest cues): a sign, and a clear one.
SIGN, CLEAR = (0.25, 0.08), (0.40, 0.13)
# From here on a sentence is about getting on.
KIND = (0.40, -0.09)
# A counter stands within so many sentences of the other's will.
REPLY = 4

WANTS = (
    r"(?:(?:also|only|just|still|always|now|really|simply)\s+)?"
    r"(?:wants?|wanted|would like|would rather|'d rather|'d like|thinks?|thought|reckons?|says?|said|insists?|"
    r"expects?|demands?|believes?|sees?|won't|will not|refuses?|keeps? \w+ing|looks at|calls|hates?|asks)"
)
VIEW = r"\b(?:his|her|their) (?:view|idea|plan|argument|answer|opinion) (?:is|was)\b"
COUNTER = re.compile(
    r"\bI(?:'ve| have)? (?:say|said|told|won't|will not|don't|do not|can't|cannot|refuse|want|wanted|wouldn't|"
    r"would not|disagree|see|answered|need|turned|stopped|put|explained)\b|\bI(?:'m| am) not\b|\bfor me\b|"
    r"\bnot (?:this|that) (?:year|way|time)\b|\b(?:is|are) mine\b|\bI'd (?:rather|have)\b|"
    r"\bbut we (?:cannot|can't|won't|don't|need)\b|\bI think (?:that's|it's|that is|it is)\b",
    re.I,
)
QUARREL = re.compile(
    r"\b(?:block(?:s|ed|ing)?|veto(?:es|ed)?|park(?:ed|s)|on hold|under review|not (?:happy|pleased|amused)|unhappy|"
    r"disagree\w*|argu(?:e|ed|ing|ment|ments)|quarrel\w*|fight(?:s|ing)?|fought|opposite|opposed|clash\w*|stand-?off|"
    r"against (?:it|me|us)|hesitat\w+|refus(?:e|es|ed)|won't (?:sign|release|approve|pay)|brake|stuck|without asking|"
    r"over (?:my|his|her|their) head|behind my back|(?:hold|slow)(?:s|ing)? (?:it|us|me) (?:up|back|down)|"
    r"annoy\w*|angry|cross with|hates?|nonsense|(?:not|n't) (?:a )?(?:nice|pretty))\b",
    re.I,
)
# What one of two others does to the other one.
STOPS = re.compile(r"\b(?:wants? to stop|stopping|over \w+'s head|over \w+’s head)\b", re.I)


@dataclass(frozen=True)
class Heard:
    """What a passage says of a colleague: `points` for discord, `why` in words, the row that says it most."""

    passage: Passage
    points: int
    why: list[str]
    row: int


class Ear:
    """Hears discord in passages of one account."""

    def __init__(self, account: Account, directory: Directory, cues: BuyingCues):
        self.account, self.directory = account, directory
        self.cues = cues

    @cached_property
    def _margins(self) -> tuple[Vectors, Vectors]:
        """For each statement: likeness to quarrel, and by how much it exceeds likeness to getting on."""
        embedder = self.account.embedder
        quarrel = nearest(self.account.vectors, embedder, self.cues.discord)
        return quarrel, quarrel - nearest(self.account.vectors, embedder, self.cues.accord)

    def hear(self, passage: Passage) -> Heard:
        """The passage with its points; none where it is neutral or kind."""
        rows = self._without_third_parties(passage)
        wills, words, meaning = self._wills(passage, rows), self._words(rows), self._meaning(rows)
        kind = 0 if wills else self._kind(passage.rows)
        why = [text for points, text in ((wills, "sets their own will against the other's"),
                                         (words, "speaks of blocking or quarrel"),
                                         (meaning, "says what people say of a quarrel")) if points]  # fmt: skip
        return Heard(passage, max(0, wills + words + meaning - kind), why, self._tells_most(passage))

    def quarrels(self, text: str) -> bool:
        """Whether somebody else's sentence about two people speaks of blocking or quarrel."""
        return bool(QUARREL.search(text) or STOPS.search(text))

    def _without_third_parties(self, passage: Passage) -> list[int]:
        """The rows that speak of this colleague alone: "he too wants to stop Ann" is about somebody else's quarrel."""
        said = self.account.statements
        return [row for row in passage.rows if len(self.directory.mentioned(said[row].text, passage.speaker)) < 2]

    def _wills(self, passage: Passage, rows: Sequence[int]) -> int:
        texts = {row: self._text(row) for row in rows}
        theirs = [row for row in rows if self._wants(texts[row], passage.about)]
        return WILLS if any(self._answered(row, rows, texts) for row in theirs) else 0

    def _wants(self, text: str, about: str) -> bool:
        known = self.directory.names[about] | self.directory.departments[about]
        who = "|".join(["he", "she", "they", *map(re.escape, sorted(known))])
        wants = rf"\b(?:{who})\s+(?:[\w']+\s+){{0,5}}?{WANTS}\b|\b(?:she|he)'d rather\b|{VIEW}"
        return bool(re.search(wants, text, re.I))

    def _answered(self, row: int, rows: Sequence[int], texts: dict[int, str]) -> bool:
        return any(abs(other - row) <= REPLY and COUNTER.search(texts[other]) for other in rows)

    def _words(self, rows: Sequence[int]) -> int:
        found = {word.lower() for row in rows for word in QUARREL.findall(self._text(row))}
        return min(2, len(found))

    def _meaning(self, rows: Sequence[int]) -> int:
        return max((self._likeness(row) for row in rows), default=0)

    def _likeness(self, row: int) -> int:
        quarrel, margin = self._margins
        reached = [quarrel[row] >= least and margin[row] >= over for least, over in (SIGN, CLEAR)]
        return sum(map(int, reached))

    def _kind(self, rows: Sequence[int]) -> int:
        quarrel, margin = self._margins
        return int(any(quarrel[row] - margin[row] >= KIND[0] and margin[row] <= KIND[1] for row in rows))

    def _tells_most(self, passage: Passage) -> int:
        return max(passage.rows, key=lambda row: (self.telling(row), -row))

    def telling(self, row: int) -> float:
        """How much a sentence shows the speaker's own side of a quarrel."""
        text = self._text(row)
        own = 0.2 * bool(COUNTER.search(text)) + 0.15 * bool(QUARREL.search(text))
        return float(self._margins[1][row]) + own - 0.3 * (len(text.split()) < 5)

    def _text(self, row: int) -> str:
        return " ".join(self.account.statements[row].text.replace("’", "'").split())
