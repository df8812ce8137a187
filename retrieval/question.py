"""A question taken apart: its main clause, and the words that say what it is about. English; others pass through."""

import re
from collections.abc import Collection

# What comes after these says where to look ("… when they discussed the price"), not what for.
SUBORDINATE = re.compile(r"[\s,]+(?:when|while|whilst|during)\s", re.IGNORECASE)
SHORTEST_CLAUSE = 3

# Words without a subject of their own.
FUNCTION_WORDS = frozenset({
    "a", "about", "after", "all", "also", "am", "an", "and", "any", "are", "as", "at", "be", "been", "before", "being",
    "both", "but", "by", "can", "concerning", "could", "did", "do", "does", "doing", "done", "during", "each", "few",
    "for", "from", "had", "has", "have", "having", "he", "her", "here", "him", "his", "how", "i", "if", "in", "into",
    "is", "it", "its", "just", "may", "me", "might", "more", "most", "must", "my", "no", "nor", "not", "of", "on", "or",
    "other", "our", "over", "own", "regarding", "s", "same", "shall", "she", "should", "so", "some", "such", "t",
    "than", "that", "the", "their", "theirs", "them", "then", "there", "these", "they", "this", "those", "to", "too",
    "towards", "under", "us", "very", "was", "we", "were", "what", "when", "where", "which", "while", "who", "whom",
    "whose", "why", "will", "with", "would", "you", "your",
})  # fmt: skip
# Words of asking: what people are said to do with a subject, and the people themselves.
ASKING_WORDS = frozenset({
    "agree", "agreed", "answer", "conclude", "conclusion", "conclusions", "decide", "decided", "decision", "decisions",
    "describe", "disagree", "discuss", "discussed", "discussing", "discussion", "discussions", "elaborate", "everyone",
    "explain", "final", "forward", "give", "group", "idea", "ideas", "introduce", "learn", "list", "mainly", "meeting",
    "meetings", "member", "members", "mention", "mentioned", "opinion", "opinions", "participant", "participants",
    "people", "perspective", "present", "presentation", "presentations", "presented", "presenting", "propose",
    "proposed", "put", "question", "recommend", "recommended", "said", "say", "saying", "says", "somebody", "speaker",
    "summarise", "summarize", "summary", "talk", "talked", "talking", "talks", "team", "tell", "think", "thinking",
    "thinks", "thought", "view", "views", "want", "wants",
})  # fmt: skip


def main_clause(question: str) -> str:
    """The question up to its first "when", "while" or "during"; all of it where little would be left."""
    head = SUBORDINATE.split(question, maxsplit=1)[0]
    return head if len(head.split()) >= SHORTEST_CLAUSE else question


def telling_words(question: str, names: Collection[str] = ()) -> list[str]:
    """The words that say what a question is about, in lower case; all of its words where none is left.

    Words of `names`, the people who speak, tell who is asked about: nobody says their own name.
    """
    words = words_of(question)
    of_names = {word for name in names for word in words_of(name)}
    telling = [word for word in words if word not in FUNCTION_WORDS | ASKING_WORDS | of_names]
    return telling or words


def words_of(text: str) -> list[str]:
    """Words in lower case, marks left out."""
    return re.findall(r"\w+", text.lower())
