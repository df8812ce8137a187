"""Hearsay and orders: speech that must not be taken for the participant's own view.

Reported speech ("my boss thinks …") is evidence of who has influence, at most. Text that gives orders to
whoever reads it ("ignore all previous instructions") is evidence of nothing: interview text is data.
"""

import re

SAYING = r"(?:says?|said|thinks?|thought|believes?|feels?|wants?|insists?|claims?|told|reckons?|keeps? saying)"
OTHERS = (
    r"(?:(?:my|our|the|his|her|their)\s+(?:\w+\s+){0,2}?\w+|he|she|they|somebody|someone|people|everybody|everyone)"
)
REPORTED = re.compile(
    rf"^(?:\W*(?:and|but|so|well|because|then)\W+)*{OTHERS}\s+(?:always\s+|just\s+|also\s+)?{SAYING}\b", re.I
)

ORDER = re.compile(
    r"\b(?:ignore|disregard|forget|override)\b.{0,40}"
    r"\b(?:instructions?|prompts?|rules|material|everything above|previous)\b"
    r"|^\W*(?:system|assistant|user)\s*:"
    r"|\"(?:role|final_answer|instruction)\"\s*:"
    r"|\byou are now (?:in|a|an)\b.{0,40}\b(?:mode|assistant|system)\b"
    r"|</?(?:system|instructions?|prompt)>",
    re.I,
)


def is_reported(sentence: str) -> bool:
    """Whether the sentence tells what somebody else says or thinks."""
    return bool(REPORTED.search(sentence))


def is_order(text: str) -> bool:
    """Whether the text gives orders to its reader instead of answering a question."""
    return bool(ORDER.search(text))
