"""Letters: what may be set of other people's words, and what our typefaces have no shape for."""

import unicodedata
from collections.abc import Mapping
from typing import Any

# What the typefaces in the typst wheel hold (Libertinus Serif, New Computer Modern, DejaVu Sans Mono), measured sign by
# sign: Latin, Greek, Cyrillic, Hebrew, Arabic, punctuation, arrows and figures. Others may come out as an empty box.
COVERED = (
    (0x20, 0x4FF), (0x590, 0x60C), (0x621, 0x63A), (0x640, 0x64A), (0x1D00, 0x2040), (0x2070, 0x211E), (0x2122, 0x2122),
    (0x2190, 0x23FF), (0x2500, 0x25FF), (0x2713, 0x2714), (0xFB00, 0xFB06),
)  # fmt: skip
# Where a line or page ends: a space, in a text that is set anew.
BREAKS = "\t\n\v\f\r\x1c\x1d\x1e\x85\u2028\u2029"
# Marks that turn the direction of text, and letters that are none: no words, and harmful beside ours.
UNSEEN = {"Cc", "Cs"}
TURNING = {*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C}


def clean(data: Any) -> Any:
    """The same data with every string as it may be set."""
    if isinstance(data, Mapping):
        return {key: clean(value) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [clean(value) for value in data]
    return settable(data) if isinstance(data, str) else data


def settable(text: str) -> str:
    """The text without control letters, halves of letters and marks that turn its direction; a line ends in a space."""
    spaced = (" " if letter in BREAKS else letter for letter in text)
    return "".join(one for one in spaced if unicodedata.category(one) not in UNSEEN and ord(one) not in TURNING)


def has_unset(data: Any) -> bool:
    """Whether a letter of the data may come out as an empty box."""
    if isinstance(data, Mapping):
        return any(map(has_unset, data.values()))
    if isinstance(data, list | tuple):
        return any(map(has_unset, data))
    return isinstance(data, str) and not all(map(is_covered, set(settable(data))))


def is_covered(letter: str) -> bool:
    return any(low <= ord(letter) <= high for low, high in COVERED)
