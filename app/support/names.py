"""Proper names: capitalised words inside a sentence, and which of a claim's the evidence never says."""

import re
from collections.abc import Sequence

from app.support.words import is_content, stem, tokens

# Not at the start of a sentence or after an opening mark: there everything is capitalised.
NAME = re.compile(r"(?<=[\w,;:)’'”\"] )[“\"‘'(]?([A-Z][^\W\d_]*(?:['’-][^\W\d_]+)*)")
SENTENCE_END = re.compile(r"[.!?]\s+[“\"‘'(]?$")


def names(text: str) -> list[str]:
    """Capitalised words of the text that do not begin a sentence, each once."""
    found = (one[1] for one in NAME.finditer(text) if not SENTENCE_END.search(text[: one.start(1)]))
    return list(dict.fromkeys(name for name in found if is_content(name) and name != "I"))


def missing(claim: str, evidence: Sequence[str]) -> list[str]:
    """Names of the claim of which no part stands in the evidence."""
    known = {stem(word) for text in evidence for word in tokens(text)}
    return [name for name in names(claim) if not any(stem(part) in known for part in tokens(name))]
