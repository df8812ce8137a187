"""Mentions: where one member of an account speaks of another, by name, by department, or as "she".

A name is what the transcript calls its speaker, or how people introduce themselves. A department is a word of the
colleague's declared role that no other member's role holds. A passage runs from the mention to the end of the
turn, or to the next colleague; it goes on where the next question asks about "him" or "her".
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.models.buying_cues import BuyingCues
from app.synthesis.buying.statements import Account, Statement
from app.synthesis.material import Material
from retrieval.evidence import Participant, Role

PRONOUN = re.compile(r"\b(?:he|she|him|her|his|hers)\b", re.I)
INTRODUCED = re.compile(r"\b(?:I am|I'm|I’m|[Mm]y name is|[Tt]his is)\s+([A-ZÀ-Þ][\w'’-]+)\b(?!\s+[A-Z])")
# Labels and titles that are nobody's name.
NOT_A_NAME = {
    "interviewee", "participant", "respondent", "speaker", "guest", "customer", "user", "client", "subject", "host",
    "mr", "mrs", "ms", "dr", "prof", "herr", "frau", "madame", "monsieur", "sir",
}  # fmt: skip
# Words of a role that say how high, not where somebody works.
RANKS = {
    "head", "lead", "leader", "manager", "director", "officer", "chief", "senior", "junior", "specialist", "analyst",
    "assistant", "executive", "vice", "president", "of", "and", "the", "for", "regional", "group", "deputy", "global",
    "coordinator", "administrator", "associate", "principal", "owner", "business", "general", "day", "night", "shift",
    "operations", "management", "chair", "chairman", "chairwoman",
}  # fmt: skip


# Ranks that are also ordinary words, or that most accounts have many of.
COMMON = {"of", "and", "the", "for", "business", "general", "day", "night", "shift", "operations", "management",
          "group", "head", "lead", "manager", "regional", "global", "senior", "junior", "owner"}  # fmt: skip
HEIGHTS = (
    (4, {"chief", "president", "owner", "founder", "ceo", "cfo", "cio"}),
    (3, {"director", "vice"}),
    (2, {"head", "lead", "leader"}),
    (1, {"manager", "officer", "counsel"}),
)
# "Legal has had it since January", "it went to procurement": but not "eleven plants" or "a marketing list".
OPENS = r"(?:^\W*|[,;:.!?–—]\s*|\b(?:and|but|because|then|when|so|if|what|until|as|now)\s+)"
ACTS = (
    r"(?:wants?|wanted|says?|said|has|have|had|hasn't|haven't|is|are|was|were|won't|will|would|needs?|thinks?|asks?|"
    r"asked|keeps?|does|doesn't|don't|did|didn't|gets?|sends?|looks?|blocks?|stops?|refuses?|insists?|insisted|can|can't|likes?|hates?|tells?|told)"
)
TOWARDS = r"(?:from|to|with|by|against|through|past|at|in|convince|ask|asked|told|tell|on the)"


@dataclass(frozen=True)
class Passage:
    """Statements (rows of the account) in which `speaker` talks about `about`; `by` says how they were recognised."""

    speaker: str
    about: str
    rows: tuple[int, ...]
    by: str


class Directory:
    """Who of the account is meant by which words."""

    def __init__(self, account: Account, material: Material, cues: BuyingCues):
        self.account = account
        self.names = _unique({one.id: _names(one, material, account) for one in account.members})
        self.roles = {one.id: _role_words(one) for one in account.members}
        self.ranks = _unique({one: words & RANKS - COMMON for one, words in self.roles.items()})
        heights = {one.id: _height(one) for one in account.members}
        self.departments = _spoken_for({one.id: _departments(one, cues) for one in account.members}, heights)

    def mentioned(self, text: str, speaker: str | None = None) -> dict[str, str]:
        """Member id → `name`, `role` or `department`, for each colleague of `speaker` the text speaks of."""
        others = [person for person in self.account.ids if person != speaker]
        named = {one: "name" for one in others if any(_holds(text, word) for word in self.names[one])}
        called = {
            one: "role"
            for one in others
            if _called_by_role(text, self.roles[one]) or any(_holds(text, f"the {rank}") for rank in self.ranks[one])
        }
        # The department in "an analyst in sales" is hers, and not her head's.
        told = {word for one in called for word in self.roles[one]} | (self.departments[speaker] if speaker else set())
        acting = {one: "department" for one in others if any(_acts(text, w) for w in self.departments[one] - told)}
        return acting | called | named


def _holds(text: str, word: str) -> bool:
    """Whether the word stands in the text; names and abbreviations as they are written, others in any case."""
    flags = re.NOFLAG if word[0].isupper() else re.IGNORECASE
    return bool(re.search(rf"\b{re.escape(word)}\b", text, flags))


def _acts(text: str, word: str) -> bool:
    """Whether the department stands for its people: it acts, is acted on, or is a whole answer."""
    flags = re.NOFLAG if word[0].isupper() else re.IGNORECASE
    people = r"(?:\s+(?:people|team|department|guys|folks|side|lead|manager|head|management|operations))?"
    name = rf"(?:the |our |my )?{re.escape(word)}{people}"
    acts = rf"{OPENS}{name}(?:\s+{ACTS}\b|\s*[.!?]?$)"
    return bool(re.search(rf"{acts}|\b{TOWARDS}\s+{name}\b", text, flags))


def _called_by_role(text: str, role: set[str]) -> bool:
    """Whether all words of a declared role stand in the text: "an analyst in sales", "the tenancy officers"."""
    return len(role) > 1 and all(re.search(rf"\b{re.escape(word)}s?\b", text, re.I) for word in role)


def _role_words(person: Participant) -> set[str]:
    words = re.findall(r"[^\W\d_]+", person.attributes.get("role", "").casefold())
    return {word for word in words if word not in {"of", "and", "the", "for"}}


def _height(person: Participant) -> int:
    """How high somebody stands, as far as the declared role tells."""
    words = _role_words(person)
    return next((height for height, ranks in HEIGHTS if words & ranks), 0)


def _spoken_for(words: dict[str, set[str]], heights: dict[str, int]) -> dict[str, set[str]]:
    """Each department word for whoever stands highest in it; for nobody where two stand equally high."""
    found: dict[str, set[str]] = {person: set() for person in words}
    for word in {word for own in words.values() for word in own}:
        people = sorted((person for person in words if word in words[person]), key=lambda one: -heights[one])
        if len(people) == 1 or heights[people[0]] > heights[people[1]]:
            found[people[0]].add(word)
    return found


def _unique(words: dict[str, set[str]]) -> dict[str, set[str]]:
    """Without what more than one person answers to."""
    counts = Counter(word.casefold() for own in words.values() for word in own)
    return {person: {word for word in own if counts[word.casefold()] == 1} for person, own in words.items()}


def _names(person: Participant, material: Material, account: Account) -> set[str]:
    labels = [
        speaker.label
        for source in material.sources
        for speaker in source.speakers
        if speaker.participant_id == person.id and speaker.role is Role.PARTICIPANT
    ]
    introduced = [
        name for row in account.of(person.id)[:6] for name in INTRODUCED.findall(account.statements[row].text)
    ]
    words = [word for label in labels for word in re.findall(r"[^\W\d_][\w'’-]+", label)] + introduced
    return {word for word in words if word[0].isupper() and not _nobody(word, person.id)}


def _nobody(word: str, person_id: str) -> bool:
    return word.casefold() in NOT_A_NAME or word.casefold() == person_id.casefold() or len(word) < 3


def _departments(person: Participant, cues: BuyingCues) -> set[str]:
    role = person.attributes.get("role", "")
    words = {word for word in re.findall(r"[^\W\d_]+", role) if word.casefold() not in RANKS and len(word) > 1}
    own = {word if word.isupper() else word.casefold() for word in words}
    others = {other for row in cues.departments if any(_in_role(word, role) for word in row) for other in row}
    return own | _phrases(role) | {other.upper() if len(other) < 4 else other for other in others}


def _phrases(role: str) -> set[str]:
    """Names of departments in two words or more: "Head of visitor services" → "visitor services"."""
    kept = " ".join(word if word.casefold() not in RANKS else "|" for word in re.findall(r"[^\W\d_]+", role.casefold()))
    return {phrase.strip() for phrase in kept.split("|") if len(phrase.split()) > 1}


def _in_role(word: str, role: str) -> bool:
    return bool(re.search(rf"\b{re.escape(word)}\b", role, re.I))


def passages(account: Account, directory: Directory) -> list[Passage]:
    """Every passage of a member about another, in the order they were said."""
    found: list[Passage] = []
    for person in account.ids:
        found += _passages_of(person, account, directory)
    return found


def _passages_of(person: str, account: Account, directory: Directory) -> list[Passage]:
    found: list[Passage] = []
    about: dict[str, str] = {}
    for rows in _turns(account, account.of(person)):
        before, about = about, _asked_about(account.statements[rows[0]], about, directory)
        open_rows: dict[str, list[int]] = {}
        ways: dict[str, str] = {}
        for row in rows:
            about = directory.mentioned(account.statements[row].text, person) or about
            for other, way in about.items():
                open_rows.setdefault(other, []).append(row)
                ways.setdefault(other, way)
        for other, own in open_rows.items():
            _add(found, Passage(person, other, tuple(own), ways[other]), goes_on=other in before)
    return found


def _add(found: list[Passage], new: Passage, *, goes_on: bool) -> None:
    """Add the passage, as one with the last about the same colleague where it goes on over a question."""
    last = next((at for at in range(len(found) - 1, -1, -1) if found[at].about == new.about), None)
    if goes_on and last is not None:
        found[last] = Passage(new.speaker, new.about, found[last].rows + new.rows, found[last].by)
    else:
        found.append(new)


def _turns(account: Account, rows: Sequence[int]) -> Iterable[list[int]]:
    """The rows turn by turn."""
    by_turn: dict[tuple[str, int], list[int]] = {}
    for row in rows:
        by_turn.setdefault(account.statements[row].place, []).append(row)
    return by_turn.values()


def _asked_about(first: Statement, before: dict[str, str], directory: Directory) -> dict[str, str]:
    """Whom the question before this turn is about; who was spoken of before, where it only says "him" or "her"."""
    question = first.evidence.question
    asked = directory.mentioned(question, first.speaker)
    return asked or (before if PRONOUN.search(question) or PRONOUN.search(first.text) else {})
