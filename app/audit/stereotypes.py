"""Stereotypes of a document, by the same lists as the lints of our own personas (`data/lints.yaml`).

Pronouns are let pass: a document may call its persona “she”. What a participant said may be repeated.
"""

import re
from collections.abc import Iterator, Sequence

from app.audit.pieces import Piece
from app.audit.report import AuditItem, AuditVerdict, Kind
from app.synthesis.lints import Lexicon, load_lexicon

PRONOUNS = frozenset({"he", "she", "him", "his", "her", "hers", "himself", "herself"})
REASONS = {
    "demographic": "tells age, sex, family, origin or faith instead of role and situation",
    "age_or_gender": "speaks of age or gender",
    "stereotype": "is a marked word for a kind of people",
    "irrelevant_detail": "is private colour that decides nothing",
}


def stereotype_of(piece: Piece, said: Sequence[str]) -> AuditItem | None:
    """The item for a piece that judges people by what they are; None where it does not."""
    if piece.quoted:
        return None
    rules = ("stereotype", "age_or_gender", "irrelevant_detail") if piece.checkable else ("stereotype", "demographic")
    for rule in rules:
        for words in _marked(piece.text, rule, load_lexicon()):
            if not any(re.search(rf"\b{re.escape(words)}\b", text, re.IGNORECASE) for text in said):
                return AuditItem(
                    text=piece.text, kind=Kind.STEREOTYPE, verdict=AuditVerdict.STEREOTYPE,
                    why=f"“{words}” {REASONS[rule]}, and nobody cited said it.",
                )  # fmt: skip
    return None


def _marked(text: str, rule: str, lexicon: Lexicon) -> Iterator[str]:
    pattern: re.Pattern[str] = getattr(lexicon, rule)
    return (found[0] for found in pattern.finditer(text) if found[0].casefold() not in PRONOUNS)
