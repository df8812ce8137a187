"""What a speaker's label says by itself: a role (`Interviewer`, `Q`), an id (`P01`) or just a name."""

import re

# Anywhere in a label these words tell the role: "Dana (Interviewer)", "Lead interviewer", "Moderator 2".
ASKING_WORDS = frozenset({
    "interviewer", "interviewerin", "intervieweur", "intervieweuse", "enquêteur", "enquêtrice", "entrevistador",
    "entrevistadora", "intervistatore", "intervistatrice", "moderator", "moderatorin", "modérateur", "modératrice",
    "moderador", "moderadora", "moderatore", "facilitator", "interviewers", "investigator", "haastattelija",
})  # fmt: skip
# These are too short or too common for that: they must be the whole label, or the whole of a bracket.
ASKING_LABELS = frozenset({
    "i", "int", "q", "m", "mod", "iv", "ir", "host", "researcher", "research", "assistant", "ai", "ai interviewer",
    "bot", "chatbot", "agent", "question", "asker",
})  # fmt: skip
ANSWERING_WORDS = frozenset({
    "participant", "respondent", "interviewee", "interviewé", "interviewée", "befragter", "befragte", "entrevistado",
    "entrevistada", "intervistato", "intervistata", "teilnehmer", "teilnehmerin", "informant",
})  # fmt: skip
ANSWERING_LABELS = frozenset({"a", "r", "p", "b", "res", "resp", "part", "user", "human", "guest", "customer", "answer",
                              "subject", "client", "speaker"})  # fmt: skip
# Words of ordinary prose among the above: they are labels only where they recur.
ORDINARY = frozenset({"question", "answer", "subject", "agent", "research", "part", "customer", "client", "guest",
                      "human", "m", "b", "res", "user", "bot"})  # fmt: skip
ID = re.compile(r"[^\W\d_]{1,3}[-_ ]?\d{1,4}")
PARTS = re.compile(r"[(),/|–—-]+")
BRACKET = re.compile(r"\s*\([^()]*\)")
TITLES = frozenset({"dr", "mr", "mrs", "ms", "miss", "prof", "professor", "herr", "frau", "sir"})
TRAILING_NUMBER = re.compile(r"[\s_#.]*\d+$|\s+[A-Z]$")


def key(label: str) -> str:
    """What two spellings of one label have in common."""
    return " ".join(label.casefold().split())


def _parts(label: str) -> list[str]:
    """The label's parts without their numbers: `Interviewer 2 (Dana)` gives interviewer, dana."""
    parts = [TRAILING_NUMBER.sub("", part.strip()) for part in PARTS.split(label)]
    return [key(part) for part in parts if part]


def asks(label: str) -> bool:
    """Whether the label itself says that this is who asks the questions."""
    parts = _parts(label)
    return any(part in ASKING_LABELS or ASKING_WORDS.intersection(part.split()) for part in parts)


def answers(label: str) -> bool:
    """Whether the label itself says that this is who answers."""
    parts = _parts(label)
    return any(part in ANSWERING_LABELS or ANSWERING_WORDS.intersection(part.split()) for part in parts)


def looks_like_id(label: str) -> bool:
    """Whether the label is a pseudonym such as P01, R-12 or AB 3 rather than a name."""
    return bool(ID.fullmatch(label.strip())) and not asks(label)


def known(label: str) -> bool:
    """Whether the label is one at first sight, even where it stands only once."""
    return key(label) not in ORDINARY and (asks(label) or answers(label) or looks_like_id(label))


def slug(label: str) -> str:
    """The label as a part of an id: letters and digits of any script, the rest turned into hyphens."""
    return re.sub(r"[\W_]+", "-", label).strip("-")


def person_words(label: str) -> tuple[str, ...]:
    """The words of a person's name, first name first; none where the label is a role or a pseudonym."""
    name = BRACKET.sub("", label)
    last, comma, first = name.partition(",")
    words = re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", key(f"{first} {last}" if comma else name))
    words = [word for word in words if word not in TITLES]
    return () if not words or known(name) or re.search(r"\d", name) else tuple(words)


def begins(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Whether the words of one name begin the other; the first in full, the others at least by their initial."""
    if len(short) > len(long) or short[0] != long[0]:
        return False
    pairs = zip(short, long, strict=False)
    return all(one == other or (len(one) == 1 and other.startswith(one)) for one, other in pairs)
