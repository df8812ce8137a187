"""The nouns of the evidence room.

Source   one transcript or note: its decoded text, stored once, and the turns found in it
Turn     one speaker's uninterrupted speech: a span of the text, label excluded
Sentence a sentence of a turn: a span of the text, numbered `s1`, `s2` … through the source
Excerpt  what is embedded and retrieved: neighbouring sentences of one participant's turn, with the
         question before them as context
Quote    words shown to people: a pointer into a source, rendered from it, never retyped

All offsets count code points into `Source.text`; `start` is inclusive, `end` exclusive.
"""

import hashlib
from collections.abc import Iterator
from enum import StrEnum
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, Field, model_validator

if TYPE_CHECKING:
    from retrieval.quotes import Match


def sha256(text: str) -> str:
    """Hex digest of `text` in UTF-8."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def stable_id(prefix: str, *parts: object) -> str:
    """A short id made from content alone, so that it survives a re-run: `prefix_` + 12 hex digits."""
    return f"{prefix}_{sha256(chr(31).join(map(str, parts)))[:12]}"


class Noun(BaseModel):
    """An immutable value with no unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class SourceKind(StrEnum):
    INTERVIEW = "interview"
    NOTE = "note"


class Role(StrEnum):
    """What a speaker is to the study. Only a participant's words are evidence."""

    PARTICIPANT = "participant"
    INTERVIEWER = "interviewer"
    AUTHOR = "author"


class Consent(StrEnum):
    RESEARCH = "research"
    MARKETING = "research+marketing"
    WITHDRAWN = "withdrawn"


class Span(Noun):
    """A half-open range of code points."""

    start: int = Field(ge=0)
    end: int = Field(ge=0)

    @model_validator(mode="after")
    def _ordered(self) -> "Span":
        if self.end < self.start:
            raise ValueError(f"a span cannot end ({self.end}) before it starts ({self.start})")
        return self

    def of(self, text: str) -> str:
        return text[self.start : self.end]

    def overlap(self, other: "Span") -> int:
        """How many code points the two spans share."""
        return max(0, min(self.end, other.end) - max(self.start, other.start))


class Turn(Span):
    """One speaker's uninterrupted speech. `time_start`, `time_end` are seconds, where known."""

    index: int
    speaker: str
    time_start: float | None = None
    time_end: float | None = None


class Sentence(Span):
    """A sentence of one turn; `number` counts from 1 through the whole source."""

    number: int
    turn: int

    @property
    def id(self) -> str:
        return f"s{self.number}"


class Speaker(Noun):
    """A label of the transcript and who stands behind it."""

    label: str
    role: Role
    participant_id: str | None = None


class Participant(Noun):
    """A pseudonymous person. `attributes` are the declared columns of participants.csv."""

    id: str
    attributes: dict[str, str] = {}
    consent: Consent = Consent.RESEARCH


class Correction(Noun):
    """What the user said about a transcript's speakers; kept with it, so that a re-import needs no telling.

    `same` maps a label to the label of the same person, `people` a label to the id of the participant it stands for,
    or to nothing where it is who asks.
    """

    interviewer: str | None = None
    same: dict[str, str] = {}
    people: dict[str, str] = {}


class Source(Noun):
    """One transcript or note, as stored.

    `name` is the path the user knows it by, `content_sha256` the digest of the original bytes (the
    key of the kept file and of re-imports), `repairs` one sentence per thing mended while reading.
    """

    id: str
    name: str
    kind: SourceKind
    text: str
    content_sha256: str
    turns: list[Turn]
    speakers: list[Speaker]
    repairs: list[str] = []
    correction: Correction | None = None

    def speaker(self, label: str) -> Speaker:
        """The speaker behind a label; KeyError where the transcript has no such label."""
        for speaker in self.speakers:
            if speaker.label == label:
                return speaker
        raise KeyError(label)

    def role_of(self, turn: Turn) -> Role:
        return self.speaker(turn.speaker).role

    @property
    def participant_ids(self) -> list[str]:
        return [s.participant_id for s in self.speakers if s.role is Role.PARTICIPANT and s.participant_id]

    def participant_turns(self) -> Iterator[tuple[Turn, str]]:
        """Turns spoken by a participant, each with the participant's id."""
        for turn in self.turns:
            speaker = self.speaker(turn.speaker)
            if speaker.role is Role.PARTICIPANT and speaker.participant_id:
                yield turn, speaker.participant_id

    def question_before(self, turn: Turn) -> str:
        """What the interviewer said last before this turn; empty where nobody asked."""
        for earlier in reversed(self.turns[: turn.index]):
            if self.role_of(earlier) is Role.INTERVIEWER:
                return earlier.of(self.text)
        return ""

    def turn_at(self, offset: int) -> Turn | None:
        """The turn whose speech holds the code point at `offset`."""
        return next((turn for turn in self.turns if turn.start <= offset < turn.end), None)

    def locate(self, quote: str, speaker: str | None = None) -> "Match":
        """Where `quote` stands in the speech of `speaker`; see `retrieval.quotes.locate_in_source`."""
        from retrieval.quotes import locate_in_source

        return locate_in_source(self, quote, speaker)


class Excerpt(Span):
    """What is embedded and retrieved. `text` is stored for search; truth is the span.

    `context` spans the talk around it, its own words included; `time` is where its turn starts, in seconds.
    """

    id: str
    source_id: str
    participant_id: str | None
    kind: SourceKind
    turn: int
    text: str
    question: str = ""
    context: Span | None = None
    time: float | None = None

    @property
    def around(self) -> Span:
        """The context; the excerpt itself where none was kept."""
        return self.context or Span(start=self.start, end=self.end)


class Quote(Span):
    """Words shown to people. `text` was rendered from the source and `sha256` is its digest."""

    source_id: str
    participant_id: str
    text: str
    sha256: str
    time: float | None = None

    @classmethod
    def cut(cls, source: Source, start: int, end: int, participant_id: str) -> "Quote":
        """The quote standing at `start:end` of `source`, with the time of the turn it begins in."""
        text = source.text[start:end]
        turn = source.turn_at(start)
        return cls(
            start=start, end=end, source_id=source.id, participant_id=participant_id,
            text=text, sha256=sha256(text), time=turn.time_start if turn else None,
        )  # fmt: skip
