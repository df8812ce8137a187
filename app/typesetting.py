"""Typesetting: a template and data in, a PDF out. The one place that knows typst.

The data holds other people's words. It goes in as JSON and is only ever set as text: templates evaluate nothing, and what
could turn the order of our own words around is taken out. The compiler reads nothing outside `app/templates`, fetches
nothing, and knows only the typefaces it brings along, so that the same data gives the same bytes on every machine.
"""

import json
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from app.errors import BadInput

TEMPLATES = Path(__file__).resolve().parent / "templates"
# What the typefaces in the typst wheel hold (Libertinus Serif, New Computer Modern, DejaVu Sans Mono), measured sign by
# sign: Latin, Greek, Cyrillic, Hebrew, Arabic, punctuation, arrows and figures. Others may come out as an empty box.
COVERED = (
    (0x20, 0x4FF), (0x590, 0x60C), (0x621, 0x63A), (0x640, 0x64A), (0x1D00, 0x2040), (0x2070, 0x211E), (0x2122, 0x2122),
    (0x2190, 0x23FF), (0x2500, 0x25FF), (0x2713, 0x2714), (0xFB00, 0xFB06),
)  # fmt: skip
# Marks that turn the direction of text, and letters that are none: no words, and harmful beside ours.
UNSEEN = {"Cc", "Cs"}
TURNING = {*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C}


def set_pdf(template: Path, data: Mapping[str, Any]) -> bytes:
    """The template (under `TEMPLATES`) with the data as PDF, tagged for readers aloud; BadInput where it cannot be set.

    Equal data gives equal bytes. The template finds the data as JSON in `sys.inputs.data`."""
    import typst

    try:
        return typst.compile(
            template,
            root=TEMPLATES,
            ignore_system_fonts=True,
            format="pdf",
            sys_inputs={"data": json.dumps(clean(data), default=str)},
            package_path=TEMPLATES,
            package_cache_path=TEMPLATES,
        )
    except typst.TypstError as error:
        # Its message may repeat what somebody said, so it goes no further than this.
        raise BadInput("The PDF could not be set. Take the page (HTML) instead: it holds the same, and prints.") from error


def clean(data: Any) -> Any:
    """The same data with every string as it may be set."""
    if isinstance(data, Mapping):
        return {key: clean(value) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [clean(value) for value in data]
    return settable(data) if isinstance(data, str) else data


def settable(text: str) -> str:
    """The text without control letters, halves of letters, and marks that turn its direction."""
    return "".join(letter for letter in text if unicodedata.category(letter) not in UNSEEN and ord(letter) not in TURNING)


def has_unset(data: Any) -> bool:
    """Whether a letter of the data may come out as an empty box."""
    if isinstance(data, Mapping):
        return any(map(has_unset, data.values()))
    if isinstance(data, list | tuple):
        return any(map(has_unset, data))
    return isinstance(data, str) and any(not any(low <= ord(one) <= high for low, high in COVERED) for one in settable(data))
