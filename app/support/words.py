"""Words of English text: tokens, their stems, and which of them carry content. Others pass through unstemmed."""

import re
from functools import lru_cache

from retrieval.question import FUNCTION_WORDS

TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*")
# Longest first: the first that leaves a stem of three letters is cut off.
ENDINGS = (
    "ations", "ation", "ingly", "ments", "edly", "ment", "ings", "ions", "ing", "ied", "ies", "ers", "ion", "er", "ed",
    "es", "ly", "s",
)  # fmt: skip
SHORTEST_STEM = 3
# Words that bind a sentence together: of no use in telling what it is about, whatever question is asked.
BINDING = frozenset({
    "because", "between", "into", "itself", "off", "one", "out", "she's", "since", "so", "still", "through", "until",
    "up", "whether", "would", "yet", "himself", "herself", "themselves", "down", "even", "however", "though",
    "although", "within", "without", "upon", "due",
})  # fmt: skip


def tokens(text: str) -> list[str]:
    """Words and figures in their order; figures without the commas between thousands."""
    return [one.replace(",", "") if one[0].isdigit() else one for one in TOKEN.findall(text)]


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The word in lower case without its commonest endings: “replaced”, “replaces”, “replacing” become one."""
    bare = word.lower().replace("’", "'").removesuffix("'s")
    for ending in ENDINGS:
        if bare.endswith(ending) and len(bare) - len(ending) >= SHORTEST_STEM:
            bare = bare[: -len(ending)]
            break
    return bare[:-1] if bare.endswith(("e", "y")) and len(bare) > SHORTEST_STEM + 1 else bare


def is_content(word: str) -> bool:
    bare = word.lower().replace("’", "'")
    return bare not in FUNCTION_WORDS and bare not in BINDING and "n't" not in bare


def content(text: str) -> list[str]:
    """Stems of the words that carry content, in their order."""
    return [stem(word) for word in tokens(text) if is_content(word)]
