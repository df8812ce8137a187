"""Writing as the scripted model does it: claims and answers in the words of one line they cite, lightly turned."""

import re
from collections.abc import Sequence

from app.engines.llm.answers import (
    AnsweredQuestion,
    AnswerSentence,
    ClaimAnswer,
    DraftedPersonas,
    SectionAnswer,
    WrittenBrief,
)
from app.engines.voice import third_person
from app.support import figures, names
from app.support.words import content
from evals.scripted.pages import PersonaAsked, Piece
from retrieval.embedder import Embedder

# Words of content; fewer say nothing.
FEWEST_WORDS = 3
MOST_CLAIMS, MOST_SENTENCES = 3, 3
# Cosine from which an excerpt answers the question.
ANSWERS = 0.35
# Words that say how many, which nobody may write here.
HOW_MANY = re.compile(
    r"\b(?:all|every\w*|both|most\w*|many|several|some|few|no ?one|nobody|none|only|always|never)\b", re.IGNORECASE
)


def draft(personas: Sequence[PersonaAsked], pieces: Sequence[Piece]) -> DraftedPersonas:
    """One claim for each theme of each field, in the words of its label, or of a line where lines have words."""
    return DraftedPersonas(
        claims=[
            claim
            for persona in personas
            for field, themes in persona.fields.items()
            for claim in _field(persona, field, themes, pieces)
        ]
    )


def _field(persona: PersonaAsked, field: str, themes: Sequence[int], pieces: Sequence[Piece]) -> list[ClaimAnswer]:
    found = (_claim(persona, field, theme, pieces) for theme in themes)
    return [claim for claim in found if claim][:MOST_CLAIMS]


def _claim(persona: PersonaAsked, field: str, theme: int, pieces: Sequence[Piece]) -> ClaimAnswer | None:
    said = [one for one in pieces if one.heading == str(theme) and one.participant in persona.members]
    standing = [one for one in said if not one.against]
    text = next((one.text for one in standing if is_plain(one.text)), None)
    if text is None:
        return None
    return ClaimAnswer(
        persona=persona.number,
        field=field,
        text=third_person(text),
        evidence=list(dict.fromkeys(one.number for one in standing)),
        against=list(dict.fromkeys(one.number for one in said if one.against)),
    )


def is_plain(text: str) -> bool:
    """Whether it can be said of several people, and says something: no figure, name or quantifier in it."""
    return len(set(content(text))) >= FEWEST_WORDS and not (
        figures.figures(text) or names.names(f"They {text}") or HOW_MANY.search(text)
    )


def answer(question: str, pieces: Sequence[Piece], embedder: Embedder) -> AnsweredQuestion:
    """The excerpts nearest to the question, each in a sentence of its own; nothing where none is near."""
    if not pieces:
        return AnsweredQuestion(sentences=[], enough=False)
    vectors = embedder.encode([question, *(piece.text for piece in pieces)])
    near = (vectors[1:] @ vectors[0]).tolist()
    ranked = sorted(range(len(pieces)), key=lambda row: (-near[row], row))
    chosen = [pieces[row] for row in ranked if near[row] >= ANSWERS][:MOST_SENTENCES]
    said = [AnswerSentence(text=third_person(one.text), evidence=[one.number]) for one in chosen]
    return AnsweredQuestion(sentences=said, enough=bool(said))


def brief(sections: Sequence[str], claims: Sequence[Piece]) -> WrittenBrief:
    """Every section says one claim, in turn."""
    return WrittenBrief(
        sections=[
            SectionAnswer(section=section, sentences=_sentences(claims[place % len(claims) :][:1] if claims else []))
            for place, section in enumerate(sections)
        ]
    )


def _sentences(claims: Sequence[Piece]) -> list[AnswerSentence]:
    return [AnswerSentence(text=one.text, evidence=[one.number]) for one in claims]
