"""Passages: everything participants said, as evidence that can be cited, before anybody coded it.

For questions that the codebook does not ask. A passage is a sentence, or two neighbouring ones of a turn
where one needs the other; a short answer is read together with the question it was given to.
"""

from collections.abc import Iterator
from typing import NamedTuple

from app.engines.hearsay import is_order
from app.models.evidence import Evidence
from app.synthesis.material import Material
from retrieval.evidence import Quote, Sentence, Source, SourceKind
from retrieval.splitting import closing_words, split_sentences

# Fewer words ("Mail it.") cannot be shown alone; a pair of more says two things.
FEWEST_WORDS, MOST_WORDS = 5, 45
# An answer up to this long leans on its question.
SHORT_ANSWER = 12
CODER = "local"


class Passage(NamedTuple):
    """`evidence` is what would be cited; `read` is what it is understood from: the same, or the question before it."""

    evidence: Evidence
    read: str


def passages(material: Material) -> list[Passage]:
    """All passages of the study's interviews, in order. Orders to the reader are left out."""
    interviews = [source for source in material.sources if source.kind is SourceKind.INTERVIEW]
    return [one for source in interviews for one in _of(source)]


def note_passages(note: Source) -> list[Passage]:
    """The sentences of a note, under the note's own id: they are nobody's words, and are read, not cited."""
    return [one for row in split_sentences(note) for one in _passage(note, row.start, row.end, note.id)]


def _of(source: Source) -> Iterator[Passage]:
    speaks = {turn.index: person for turn, person in source.participant_turns()}
    before: Sentence | None = None
    for sentence in split_sentences(source):
        follows = before is not None and before.turn == sentence.turn
        if person := speaks.get(sentence.turn):
            if not follows:
                yield from _answer(source, sentence, person)
            yield from _passage(source, sentence.start, sentence.end, person)
            if before and follows:
                yield from _passage(source, before.start, sentence.end, person)
        before = sentence


def _answer(source: Source, sentence: Sentence, person: str) -> Iterator[Passage]:
    """A short answer with its question in front; nothing where no question was asked."""
    asked = closing_words(source.question_before(source.turns[sentence.turn]))
    if "?" in asked and len(sentence.of(source.text).split()) <= SHORT_ANSWER:
        yield from _passage(source, sentence.start, sentence.end, person, asked)


def _passage(source: Source, start: int, end: int, person: str, asked: str = "") -> Iterator[Passage]:
    quote = Quote.cut(source, start, end, person)
    words = quote.text.split()
    if FEWEST_WORDS <= len(words) <= MOST_WORDS and not is_order(quote.text):
        read = " ".join([*asked.split(), *words])
        yield Passage(Evidence.of(quote, {}, [], CODER, asked), read)
