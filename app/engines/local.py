"""The local engine: no network, no key, the same answer every time.

It codes with a small trained head (`coder`), labels and drafts with the participants' own words
(`clarity`, `voice`), and segments by clustering (`local_segments`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from app.engines.asides import aside_scores
from app.engines.base import (
    BriefPlan,
    DraftClaim,
    Excerpted,
    FieldBrief,
    Interview,
    Profile,
    ThemeDraft,
    WrittenSection,
    WrittenSentence,
)
from app.engines.basics import CODE as BASIC
from app.engines.basics import basics_said
from app.engines.coder import CodingInput, LocalCoder
from app.engines.hearsay import is_order, is_reported
from app.engines.passages import Said, passage_around
from app.engines.wording import draft_claim, draft_from_pool, label
from app.models.codebook import Codebook
from app.models.evidence import Evidence
from app.models.segment import SegmentTree
from app.models.theme import Theme
from retrieval.embedder import Embedder
from retrieval.evidence import Quote, Sentence, Source

# A sentence of fewer words ("Yes, mostly.") cannot be read alone, whatever it may be evidence of.
FEWEST_WORDS = 4
# Everything that may be evidence is noted, at this share of the threshold that balances misses and false alarms:
# a miss is lost for good, while themes and personas weigh what was noted once more.
NOTED = 0.7
# How much closer to small talk a sentence may be than its speaker's usually are, and still be evidence. On two planted
# studies nine in ten asides are closer, and a quarter of the sentences of statements; their passages keep those.
MOST_ASIDE = 0.035
# The same for a sentence in a passage around others, where it is coded itself more likely than not; and for basics,
# because people compare them with roofs and ambulances.
MOST_ASIDE_CODED, CODED = 0.12, 0.5
# What somebody else thinks is evidence of their influence and of nothing about the speaker.
# How sure it is that what sounds taken for granted is: four in five were, on the planted sample.
SURE_OF_BASICS = 0.8
HEARSAY_CODES = {"influence"}


class Spoken(NamedTuple):
    """A participant's sentence: where it stands, who said it, and what the coder sees."""

    sentence: Sentence
    participant_id: str
    said: CodingInput


@dataclass(frozen=True)
class Reading:
    """A sentence as read: the codes noted and those that are sure, how likely any code is (0 to 1), and how much of an
    aside it is."""

    spoken: Spoken
    noted: dict[str, float]
    sure: dict[str, float]
    coded: float
    aside: float
    basic: bool = False

    @property
    def codes(self) -> dict[str, float]:
        return self._allowed(self.noted)

    @property
    def firm(self) -> dict[str, float]:
        return self._allowed(self.sure)

    def _allowed(self, codes: dict[str, float]) -> dict[str, float]:
        every = codes | ({BASIC: SURE_OF_BASICS} if self.basic else {})
        return {code: value for code, value in every.items() if _may_count(self.spoken.said.text, code)}

    @property
    def counts(self) -> bool:
        """Whether it is evidence: readable alone, to the matter, and of some code."""
        to_the_matter = self.aside <= (MOST_ASIDE_CODED if self.basic else MOST_ASIDE)
        return len(self.spoken.said.text.split()) >= FEWEST_WORDS and to_the_matter and bool(self.codes)

    @property
    def as_said(self) -> Said:
        text = self.spoken.said.text
        most = MOST_ASIDE_CODED if self.coded >= CODED else MOST_ASIDE
        belongs = self.aside <= most and not is_order(text) and not is_reported(text)
        return Said(self.spoken.sentence.turn, len(text.split()), belongs)


class LocalEngine:
    """An Engine on an embedder and the committed coder head."""

    name = "local"
    prompts: list[str] = []
    # Enough to keep the encoder busy, few enough to show progress.
    at_once = 8

    def __init__(self, embedder: Embedder, seed: int = 7):
        self.embedder, self.seed = embedder, seed

    @cached_property
    def coder(self) -> LocalCoder:
        return LocalCoder.load()

    @property
    def coder_version(self) -> str:
        return self.coder.version

    def code(self, interviews: Sequence[Interview], codebook: Codebook, purpose: str = "") -> list[list[Evidence]]:
        """Sentences that a code may apply to; hearsay as influence at most, asides and orders never.

        All interviews are read in one go: the encoder is fastest on many texts at once.
        """
        spoken = [_participant_sentences(interview) for interview in interviews]
        said = [one.said for rows in spoken for one in rows]
        probabilities = self.coder.predict(said, self.embedder)
        noted = iter(self.coder.assign(probabilities, "f1", NOTED))
        firm = iter(self.coder.assign(probabilities, "high_precision"))
        coded = iter(probabilities.sum(axis=1).tolist())
        speakers = [one.participant_id for rows in spoken for one in rows]
        asides = iter(aside_scores([one.text for one in said], speakers, self.embedder).tolist())
        readings = [
            [Reading(one, next(noted), next(firm), next(coded), next(asides)) for one in rows] for rows in spoken
        ]
        sources = [interview.source for interview in interviews]
        readings = self._with_basics(sources, readings)
        return [self._read(source, rows) for source, rows in zip(sources, readings, strict=True)]

    def _read(self, source: Source, readings: list["Reading"]) -> list[Evidence]:
        """The evidence of one interview, each piece with the passage it stands in."""
        said = [one.as_said for one in readings]
        return [
            self._evidence(source, readings, row, passage_around(row, said))
            for row, one in enumerate(readings)
            if one.counts
        ]

    def _with_basics(self, sources: Sequence[Source], readings: list[list[Reading]]) -> list[list[Reading]]:
        """The readings, those marked that take a basic quality for granted."""
        passages = [words for source, rows in zip(sources, readings, strict=True) for words in _passages(source, rows)]
        questions = [one.spoken.said.question for rows in readings for one in rows]
        named = iter(basics_said(questions, passages, self.embedder))
        return [[replace(one, basic=bool(next(named))) for one in rows] for rows in readings]

    def _evidence(self, source: Source, readings: list["Reading"], row: int, passage: tuple[int, int]) -> Evidence:
        spoken, codes, firm = readings[row].spoken, readings[row].codes, readings[row].firm
        sentence, person = spoken.sentence, spoken.participant_id
        first, last = readings[passage[0]].spoken.sentence, readings[passage[1]].spoken.sentence
        return Evidence.of(
            Quote.cut(source, sentence.start, sentence.end, person),
            {code: round(value, 3) for code, value in sorted(codes.items())},
            sorted(firm.keys() & codes.keys()),
            self.name,
            spoken.said.question,
            Quote.cut(source, first.start, last.end, person),
        )

    def find_themes(self, evidence: Sequence[Evidence], codebook: Codebook) -> list[ThemeDraft]:
        # scikit-learn takes a second to load, and most commands look for no themes.
        from app.engines.local_themes import cluster_themes

        return cluster_themes(evidence, self.embedder)

    def label_theme(self, evidence: Sequence[Evidence]) -> str:
        return label([one.quote.text for one in evidence], self.embedder)

    def propose_segments(self, profiles: Sequence[Profile], themes: Sequence[Theme], purpose: str = "") -> SegmentTree:
        # scikit-learn takes a second to load, and most commands never segment.
        from app.engines.local_segments import propose_segments

        return propose_segments(profiles, self.embedder, self.seed)

    def draft(self, briefs: Sequence[FieldBrief]) -> list[list[DraftClaim]]:
        """One claim for each theme, worded by the quote that speaks for most people, citing those it speaks for."""
        return [_draft(brief) for brief in briefs]

    def judge(self, items: Sequence[tuple[str, Sequence[str]]]) -> list[str | None]:
        """No opinion: the rules decide."""
        return [None] * len(items)

    def answer(self, question: str, found: Sequence[Excerpted]) -> list[WrittenSentence]:
        """Nothing: this engine writes no sentence of its own."""
        return []

    def write_briefs(self, plans: Sequence[BriefPlan]) -> list[list[WrittenSection]]:
        return [[] for _ in plans]

    def forecast(self, interviews: Sequence[Interview], codebook: Codebook, purpose: str = "") -> None:
        return None

    def take_account(self) -> None:
        return None


def _draft(brief: FieldBrief) -> list[DraftClaim]:
    if brief.pool:
        return [claim for heard in brief.heard for claim in draft_from_pool(heard)]
    drafts = [draft_claim(heard) for heard in brief.heard]
    return [one for one in drafts if one]


def _passages(source: Source, readings: Sequence[Reading]) -> list[str]:
    """The words of the passage around each reading."""
    said = [one.as_said for one in readings]
    reach = [passage_around(row, said) for row in range(len(said))]
    spoken = [one.spoken.sentence for one in readings]
    return [source.text[spoken[first].start : spoken[last].end] for first, last in reach]


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
