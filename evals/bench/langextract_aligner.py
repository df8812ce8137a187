"""langextract's aligner, asked as langextract asks it: one extraction, its default thresholds."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from retrieval.evidence import Span


def align(text: str, quote: str, strict: bool) -> Span | None:
    """Where it aligns the quote; None where it does not. `strict` refuses a match of only a part of it."""
    from langextract.core.data import Extraction

    groups = [[Extraction(extraction_class="quote", extraction_text=quote)]]
    aligned = _aligner().align_extractions(groups, text, accept_match_lesser=not strict)
    place = aligned[0][0].char_interval
    return None if place is None else Span(start=place.start_pos, end=place.end_pos)


@lru_cache(maxsize=1)
def _aligner() -> Any:
    from langextract import resolver

    # Untyped in the package; mypy sees the package only where the extra is installed.
    aligner: Callable[[], Any] = resolver.WordAligner
    return aligner()
