"""Voice: one person's sentence, turned into a sentence about a group.

Only pronouns and their verbs change ("I'm" → "They're"), and openings that carry nothing ("Well, yeah,
so") go. Everything else stays as it was said, so that a claim never says more than its quote.
"""

import re

# Longest first, so that "I'm" is not read as "I".
PRONOUNS = {
    "i'm not": "they're not",
    "i wasn't": "they weren't",
    "i was": "they were",
    "i am": "they are",
    "i'm": "they're",
    "i've": "they've",
    "i'd": "they'd",
    "i'll": "they'll",
    "was i": "were they",
    "am i": "are they",
    "i": "they",
    "me": "them",
    "my": "their",
    "mine": "theirs",
    "myself": "themselves",
    "we're": "they're",
    "we've": "they've",
    "we'd": "they'd",
    "we'll": "they'll",
    "we": "they",
    "us": "them",
    "our": "their",
    "ours": "theirs",
    "ourselves": "themselves",
}
FIRST_PERSON = re.compile(r"\b(?:" + "|".join(map(re.escape, sorted(PRONOUNS, key=len, reverse=True))) + r")\b", re.I)

# A verb that stands apart from its "I": "I'm careful and am good at it".
STRAY_AM = re.compile(r"\bam\b(?! I\b)")

# "Also" points at a sentence that is not there.
ALSO = re.compile(r"^(they(?:'\w+)?) also\b", re.I)

# Words that open spoken sentences without adding to them.
OPENING = re.compile(
    r"^(?:(?:um+|uh+|er+m?|hm+|ha(?:ha)*|well|yeah|yes|yep|no|so|and|but|oh|ok(?:ay)?|right|like|honestly|actually|basically|also|"
    r"anyway|plus|then|i mean|you know|i think|i guess|i would say|i'd say|to be honest|in fact|sure|exactly|"
    r"absolutely|definitely|i believe|i feel like|of course|for me|personally)\b[,;:.!]*\s+(?=\S+\s+\S))+",
    re.I,
)
# "US" is a country and "I" in "Part I" a numeral; neither follows here often enough to be worth a parser.
COUNTRY = re.compile(r"\bUS\b")


def third_person(sentence: str) -> str:
    """The sentence about "them": "Yeah, I use it for my e-mails" → "They use it for their e-mails."."""
    kept = COUNTRY.sub("U.S.", " ".join(sentence.replace("’", "'").split()))
    turned = FIRST_PERSON.sub(lambda match: PRONOUNS[match.group().lower()], without_opening(kept))
    turned = ALSO.sub(r"\1", STRAY_AM.sub("are", turned))
    return _close(turned[:1].upper() + turned[1:])


def without_opening(sentence: str) -> str:
    """The sentence without the words that only open it."""
    return OPENING.sub("", sentence, count=1)


def _close(sentence: str) -> str:
    trimmed = sentence.rstrip(" ,;:-–—…")
    return trimmed if trimmed.endswith((".", "!", "?", '."', ".”", ")")) else f"{trimmed}."
