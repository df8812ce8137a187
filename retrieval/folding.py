"""Text made comparable: case, typographic quotes, dashes, spaces and widths folded away, every offset kept.

Nearly all text folds character by character, so offsets stay as they are. Where it does not (accents
written as combining marks, marks nobody sees, letters whose lower case is longer) a map leads each
folded character back to where it came from.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from retrieval.evidence import Span

Places = NDArray[np.int32]

# Applied to lower case. Full-width forms (U+FF01 to U+FF5E) are ASCII further up.
TABLE: dict[int, str] = str.maketrans({
    **{chr(0xFF01 + step): chr(0x21 + step) for step in range(94)},
    **dict.fromkeys("‘’‚‛ʼ`´′“”„‟«»‹›″\"＂＇「」『』״׳", "'"),
    **dict.fromkeys("‐‑‒–—―−－־", "-"),
    **dict.fromkeys("、，،؛", ","),
    **dict.fromkeys("。．｡।۔", "."),
    **dict.fromkeys("？؟", "?"),
    **dict.fromkeys("\u00a0\u1680\u202f\u205f\u3000", " "),
    **dict.fromkeys(map(chr, range(0x2000, 0x200B)), " "),
    # Arabic and Persian digits.
    **{chr(start + value): str(value) for start in (0x0660, 0x06F0) for value in range(10)},
    "ς": "σ",
})  # fmt: skip
# Soft hyphen, zero-width space, direction marks, word joiner, byte order mark, variation selectors.
UNSEEN = "\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufe00-\ufe0f\ufeff"
EDGES = "\u00ad\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
# Points and vowel signs that Hebrew and Arabic may leave out, and the stroke that only stretches a word.
OPTIONAL = "\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u0652\u0656-\u065f\u0670"
LIGATURES = "\ufb00-\ufb06"
DROPPED = re.compile(f"[{UNSEEN}{OPTIONAL}]")
# What is rare, and moves the characters after it.
MOVING = re.compile(f"[{UNSEEN}{OPTIONAL}{LIGATURES}]")
LAST_OF_MARKS = 0x3100


@dataclass(frozen=True)
class Folded:
    """`starts`, `ends`: where each folded character begins and ends in the original; None where nothing moved."""

    text: str
    starts: Places | None = None
    ends: Places | None = None

    def origin(self, start: int, end: int) -> Span:
        """The span of the original that `start:end` of the folded text came from; `end` > `start`."""
        if self.starts is None or self.ends is None:
            return Span(start=start, end=end)
        return Span(start=int(self.starts[start]), end=int(self.ends[end - 1]))


def fold(text: str) -> Folded:
    """`text` in lower case with plain quotes, dashes, spaces and widths."""
    if text.isascii():
        return Folded(text.lower().translate(TABLE))
    if unicodedata.is_normalized("NFC", text) and not MOVING.search(text):
        plain = text.lower().translate(TABLE)
        if len(plain) == len(text):
            return Folded(plain)
    return _fold_with_map(text)


@lru_cache(maxsize=1)
def marks() -> str:
    """All combining marks of the world's scripts, and the joiners between letters, to stand in a character class."""
    found = "".join(chr(code) for code in range(0x300, LAST_OF_MARKS) if unicodedata.category(chr(code))[0] == "M")
    return found + "\u200c\u200d\ufe20-\ufe2f"


@lru_cache(maxsize=1)
def _cluster() -> re.Pattern[str]:
    """One character with the marks on it, or the parts of one Korean syllable, and what nobody sees among them."""
    return re.compile(f"(?s).[{marks()}{UNSEEN}{OPTIONAL}\u1160-\u11ff]+|[{MOVING.pattern[1:-1]}]|[^\x00-\x7f]")


def _fold_with_map(text: str) -> Folded:
    """Piece by piece: stretches of ASCII at once, anything else cluster by cluster."""
    pieces: list[str] = []
    starts: list[Places] = []
    ends: list[Places] = []
    done = 0
    for cluster in _cluster().finditer(text):
        start, end = cluster.span()
        if start > done:
            pieces.append(text[done:start].lower().translate(TABLE))
            starts.append(np.arange(done, start, dtype=np.int32))
            ends.append(starts[-1] + 1)
        plain = _fold_cluster(cluster.group())
        pieces.append(plain)
        starts.append(np.full(len(plain), start, dtype=np.int32))
        # Signs of direction behind a character are not part of it.
        ends.append(np.full(len(plain), start + len(cluster.group().rstrip(EDGES)), dtype=np.int32))
        done = end
    rest = np.arange(done, len(text), dtype=np.int32)
    folded = "".join([*pieces, text[done:].lower().translate(TABLE)])
    return Folded(folded, np.concatenate([*starts, rest]), np.concatenate([*ends, rest + 1]))


@lru_cache(maxsize=4096)
def _fold_cluster(cluster: str) -> str:
    seen = unicodedata.normalize("NFC", DROPPED.sub("", cluster))
    if "\ufb00" <= seen[:1] <= "\ufb06":
        seen = unicodedata.normalize("NFKC", seen)
    return unicodedata.normalize("NFC", seen.lower()).translate(TABLE)
