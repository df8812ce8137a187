"""Text made comparable: case, typographic quotes, dashes and spaces folded away, every offset kept.

Nearly all text folds character by character, so offsets stay as they are. Where it does not (accents
written as combining marks, letters whose lower case is longer) a map leads each folded character
back to where it came from.
"""

import re
import unicodedata
from dataclasses import dataclass

from retrieval.evidence import Span

TABLE = str.maketrans({
    **dict.fromkeys("‘’‚‛ʼ`´′“”„‟«»‹›″\"", "'"),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    **dict.fromkeys("\u00a0\u1680\u202f\u205f\u3000", " "),
    **dict.fromkeys(map(chr, range(0x2000, 0x200B)), " "),
})  # fmt: skip


@dataclass(frozen=True)
class Folded:
    """`starts`, `ends`: where each folded character begins and ends in the original; None where nothing moved."""

    text: str
    starts: list[int] | None = None
    ends: list[int] | None = None

    def origin(self, start: int, end: int) -> Span:
        """The span of the original that `start:end` of the folded text came from; `end` > `start`."""
        if self.starts is None or self.ends is None:
            return Span(start=start, end=end)
        return Span(start=self.starts[start], end=self.ends[end - 1])


def fold(text: str) -> Folded:
    """`text` in lower case with plain quotes, dashes and spaces."""
    if unicodedata.is_normalized("NFC", text):
        plain = text.translate(TABLE).lower()
        if len(plain) == len(text):
            return Folded(plain)
    return _fold_with_map(text)


def _fold_with_map(text: str) -> Folded:
    pieces, starts, ends = [], [], []
    for cluster in re.finditer(r"(?s).[\u0300-\u036f\u1ab0-\u1aff\u20d0-\u20ff]*", text):
        plain = unicodedata.normalize("NFC", cluster.group()).translate(TABLE).lower()
        pieces.append(plain)
        starts += [cluster.start()] * len(plain)
        ends += [cluster.end()] * len(plain)
    return Folded("".join(pieces), starts, ends)
