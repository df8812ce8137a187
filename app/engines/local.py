"""The local engine: no network, no key, the same answer every time.

It codes with a small trained head (`coder`), labels and drafts with the participants' own words
(`clarity`, `voice`), and segments by clustering (`local_segments`).
"""

from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

from app.engines.base import DraftClaim, FieldBrief, Interview, Profile
from app.engines.coder import CodingInput, LocalCoder
from app.engines.hearsay import is_order, is_reported
from app.engines.wording import draft_claim, label
from app.models.evidence import Evidence
from app.models.segment import SegmentTree
from app.models.theme import Theme
from retrieval.embedder import Embedder
from retrieval.evidence import Quote, Sentence, Source

# A sentence of fewer words ("Yes, mostly.") cannot be read alone, whatever it may be evidence of.
FEWEST_WORDS = 4
# What somebody else thinks is evidence of their influence and of nothing about the speaker.
HEARSAY_CODES = {"influence"}


class Spoken(NamedTuple):
    """A participant's sentence: where it stands, who said it, and what the coder sees."""

    sentence: Sentence
    participant_id: str
    said: CodingInput


class LocalEngine:
    """An Engine on an embedder and the committed coder head."""

    name = "local"

    def __init__(self, embedder: Embedder, seed: int = 7):
        self.embedder, self.seed = embedder, seed

    @cached_property
    def coder(self) -> LocalCoder:
        return LocalCoder.load()

    @property
    def coder_version(self) -> str:
        return self.coder.version

    def code(self, interviews: Sequence[Interview]) -> list[list[Evidence]]:
        """Sentences whose codes pass the coder's threshold; hearsay as influence at most, orders never.

        All interviews are read in one go: the encoder is fastest on many texts at once.
        """
        spoken = [_participant_sentences(interview) for interview in interviews]
        said = [one.said for rows in spoken for one in rows]
        probabilities = self.coder.predict(said, self.embedder)
        codes = iter(self.coder.assign(probabilities, "f1"))
        firm = iter(self.coder.assign(probabilities, "high_precision"))
        return [
            [found for one in rows if (found := self._evidence(source, one, next(codes), next(firm)))]
            for (source, _), rows in zip(interviews, spoken, strict=True)
        ]

    def _evidence(
        self, source: Source, spoken: Spoken, codes: dict[str, float], firm: dict[str, float]
    ) -> Evidence | None:
        sentence, participant, said = spoken
        allowed = {code: round(value, 3) for code, value in sorted(codes.items()) if _may_count(said.text, code)}
        if not allowed or len(said.text.split()) < FEWEST_WORDS:
            return None
        quote = Quote.cut(source, sentence.start, sentence.end, participant)
        return Evidence.of(quote, allowed, sorted(firm.keys() & allowed.keys()), self.name, said.question)

    def label_theme(self, evidence: Sequence[Evidence]) -> str:
        return label([one.quote.text for one in evidence], self.embedder)

    def propose_segments(self, profiles: Sequence[Profile], themes: Sequence[Theme]) -> SegmentTree:
        # scikit-learn takes a second to load, and most commands never segment.
        from app.engines.local_segments import propose_segments

        return propose_segments(profiles, themes, self.embedder, self.seed)

    def draft(self, brief: FieldBrief) -> list[DraftClaim]:
        """One claim for each theme, worded by the quote that speaks for most people, citing those it speaks for."""
        drafts = [draft_claim(heard) for heard in brief.heard]
        return [one for one in drafts if one]


def _participant_sentences(interview: Interview) -> list[Spoken]:
    """What participants said, in order; each with the sentence before it in the same turn and the question."""
    source = interview.source
    speaks = {turn.index: person for turn, person in source.participant_turns()}
    questions = {turn.index: source.question_before(turn) for turn, _ in source.participant_turns()}
    rows: list[Spoken] = []
    for sentence in interview.sentences:
        if person := speaks.get(sentence.turn):
            same_turn = bool(rows) and rows[-1].sentence.turn == sentence.turn
            previous = rows[-1].said.text if same_turn else ""
            text = sentence.of(source.text)
            rows.append(Spoken(sentence, person, CodingInput(text, previous, questions[sentence.turn])))
    return rows


def _may_count(text: str, code: str) -> bool:
    return not is_order(text) and (code in HEARSAY_CODES or not is_reported(text))
