"""Numbers as people and tools write them in cells.

    read_number("1,400") == read_number("1.400") == read_number("1 400") == 1400
    read_number("0.031") == 0.031

Three digits after a separator are thousands where one to three digits stand before it that do not begin with zero.
"""

import re

NUMBER = re.compile(
    r"(?P<sign>[-+−]?)"
    r"(?P<whole>[1-9]\d{0,2}(?P<mark>[.,'’ \u00a0\u202f])\d{3}(?:(?P=mark)\d{3})*|\d+)"
    # What parts thousands does not begin a fraction.
    r"(?:(?!(?P=mark))[.,](?P<part>\d+))?",
    re.ASCII,
)
NO_DIGIT = re.compile(r"\D")


def read_number(text: str) -> float | None:
    """None for what is no number; units, currencies and per cent signs are none."""
    found = NUMBER.fullmatch(text.strip())
    if not found:
        return None
    size = float(f"{NO_DIGIT.sub('', found['whole'])}.{found['part'] or 0}")
    return -size if found["sign"] in ("-", "−") else size
