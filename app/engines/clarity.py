"""Clarity: how well a sentence stands on its own and for others, for picking the one that speaks for a theme."""

import re

from app.engines.voice import FIRST_PERSON, without_opening

# Between these many words a sentence says one thing and says it fully.
SHORTEST, LONGEST = 6, 26
# Openings that lean on something said before.
LEANING = re.compile(
    r"^(?:it|its|it's|that|that's|this|these|those|they|them|he|she|which|because|or|there|here|if so)\b", re.I
)
# Speech that is about this conversation, or that addresses the interviewer.
TALK = re.compile(
    r"\b(?:you asked|your question|as i said|like i said|as i mentioned|good question|thank you|thanks)\b", re.I
)
# Details that belong to one person: names in the middle of a sentence, figures, asides, laughter.
NAMES = re.compile(r"(?<=[a-z,;] )(?!AI\b|IT\b|I\b|I['’]|ChatGPT\b)[A-Z][\w-]+")
NUMBER_WORDS = r"(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|\w+ty|hundred|thousand|million)"
FIGURES = re.compile(rf"\d|\b{NUMBER_WORDS}\b", re.I)
ASIDES = re.compile(r"[()\[\]/*]|\b(?:husband|wife|kids?|cats?|dogs?|haha\w*|lol|e\.g|i\.e)\b", re.I)


def clarity(sentence: str) -> float:
    """0 (leans on its surroundings, or on one person's details) to 1 (can be read alone, and for a group)."""
    core = without_opening(" ".join(sentence.split()))
    words = len(core.split())
    score = 1.0
    if words < SHORTEST:
        score -= 0.15 * (SHORTEST - words)
    if words > LONGEST:
        score -= 0.03 * (words - LONGEST)
    if LEANING.match(core):
        score -= 0.35
    if not FIRST_PERSON.search(core):
        score -= 0.15
    score -= 0.25 * min(3, len(NAMES.findall(core)))
    if FIGURES.search(core):
        score -= 0.2
    if ASIDES.search(core):
        score -= 0.15
    if core.endswith("?") or TALK.search(core):
        score -= 0.5
    return max(0.0, min(1.0, score))
