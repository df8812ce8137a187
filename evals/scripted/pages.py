"""Pages: a rendered prompt as whoever answers reads it, line by line, and nothing that does not stand in it."""

import re
from collections.abc import Iterator
from typing import NamedTuple

FENCE = re.compile(r"^===== (?!end of)[a-z]+ =====\n(.*?)^===== end of [a-z]+ =====", re.MULTILINE | re.DOTALL)
LINE = re.compile(r"^(\d+) (.*)$")
# A line of evidence by its number and who said it: one person, several where it is a theme, or whatever stands in
# brackets; "!" stands before what takes the other side.
PIECE = re.compile(r"^(!?) ?(\d+) (?:\(([^)]*)\)|([^\s,]+(?:, [^\s,]+)*)) (.*)$")
UNHEARD = "? "
PERSONA = re.compile(r"^# (\d+) (\w+): (.*) \(([^()]*)\)(?:, core \d+)?$")
FIELD = re.compile(r"^- (\w+): (T\d+(?: T\d+)*)$")
# A theme, and the lines of it whose words are its label: their numbers and who said them.
THEME = re.compile(r"^T(\d+) (.*?)(?:: (\d+ [^\s,]+(?:, \d+ [^\s,]+)*))?$")
SHARED = re.compile(r"^(\d+) (.*): ([^:]*)$")
PERSON = re.compile(r"^- ([^|]+?) \|(.*)$")
CLAIM = re.compile(r"^(\d+) (?:\[(\d+) of (\d+)\] )?(.*)$")
QUESTION = re.compile(r"^The colleague's question: (.*)$", re.MULTILINE)
CODE = re.compile(r"^([a-z][a-z0-9_]*): ", re.MULTILINE)


class SpokenLine(NamedTuple):
    """A numbered sentence, whose it is, the one before it in the same answer, and the question it answers."""

    number: int
    participant: str
    text: str
    previous: str
    question: str


class Piece(NamedTuple):
    """A line of evidence: who said it, and under which heading (a code, a theme) it stands."""

    number: int
    participant: str
    text: str
    heading: str = ""
    against: bool = False


class PersonaAsked(NamedTuple):
    """A persona to draft: its people, and the themes of each field."""

    number: int
    members: list[str]
    fields: dict[str, list[int]]


class PersonSeen(NamedTuple):
    id: str
    attributes: str
    themes: list[int]


class ThemeSeen(NamedTuple):
    number: int
    label: str
    people: list[str]


class ClaimSeen(NamedTuple):
    """A claim to judge and its quotes; k of n people are behind it, where that is told."""

    number: int
    k: int | None
    n: int | None
    text: str
    quotes: list[str]


def fenced(user: str) -> list[str]:
    """The lines between the fences."""
    return [line for part in FENCE.findall(f"{_bounded(user)}\n") for line in part.splitlines() if line.strip()]


def _bounded(user: str) -> str:
    """Every block with an end of its own: one that begins ends the one before."""
    return re.sub(r"^(?====== (?!end of)[a-z]+ =====$)", "===== end of it =====\n", user, flags=re.MULTILINE)


def codes_of(system: str) -> list[str]:
    """The ids of the codebook in a coding prompt."""
    return CODE.findall(system.rpartition("\nCODES\n")[2])


def spoken_lines(user: str) -> list[SpokenLine]:
    """What participants said, in order."""
    rows: list[SpokenLine] = []
    participant = question = previous = ""
    for line in fenced(user):
        if line.startswith("# "):
            participant, question, previous = line[2:], "", ""
        elif line.startswith(UNHEARD):
            question, previous = line[2:], ""
        elif found := LINE.match(line):
            rows.append(SpokenLine(int(found[1]), participant, found[2], previous, question))
            previous = found[2]
    return rows


def pieces(user: str) -> list[Piece]:
    """The numbered evidence; under a code, under a theme, or under nothing. Lines without words say their label."""
    rows: list[Piece] = []
    heading = ""
    for line in fenced(user):
        if line.startswith("# "):
            heading = line[2:].partition(":")[0]
        elif theme := THEME.match(line):
            heading = theme[1]
            rows += _by_label(theme[2], theme[3] or "", heading)
        elif found := PIECE.match(line):
            rows.append(Piece(int(found[2]), found[3] or found[4], found[5], heading, bool(found[1])))
    return rows


def _by_label(label: str, lines: str, heading: str) -> Iterator[Piece]:
    for line in filter(None, lines.split(", ")):
        number, participant = line.split(" ")
        yield Piece(int(number), participant, label, heading)


def labels(user: str) -> dict[int, str]:
    """The themes of a drafting prompt by their numbers."""
    return {int(found[1]): found[2] for line in fenced(user) if (found := THEME.match(line))}


def personas(user: str) -> list[PersonaAsked]:
    rows: list[PersonaAsked] = []
    for line in fenced(user):
        if found := PERSONA.match(line):
            rows.append(PersonaAsked(int(found[1]), found[4].split(), {}))
        elif rows and (field := FIELD.match(line)):
            rows[-1].fields[field[1]] = [int(one[1:]) for one in field[2].split()]
    return rows


def themes_seen(user: str) -> list[ThemeSeen]:
    found = (SHARED.match(line) for line in fenced(user))
    return [ThemeSeen(int(one[1]), one[2], one[3].split()) for one in found if one]


def people(user: str) -> list[PersonSeen]:
    """Everybody with what is declared of them, and the themes that name them."""
    themes = themes_seen(user)
    found = [one for line in fenced(user) if (one := PERSON.match(line))]
    return [
        PersonSeen(one[1], one[2].strip(" |"), [theme.number for theme in themes if one[1] in theme.people])
        for one in found
    ]


def claims(user: str) -> list[ClaimSeen]:
    return list(_claims(user))


def _claims(user: str) -> Iterator[ClaimSeen]:
    claim: ClaimSeen | None = None
    for line in fenced(user):
        if found := CLAIM.match(line):
            if claim:
                yield claim
            k, n = (int(found[2]), int(found[3])) if found[2] else (None, None)
            claim = ClaimSeen(int(found[1]), k, n, found[4], [])
        elif claim and line.startswith("- "):
            claim.quotes.append(line[2:])
    if claim:
        yield claim


def question(user: str) -> str:
    found = QUESTION.search(user)
    return found[1] if found else ""


def sections(user: str) -> list[str]:
    """The ids of the sections a brief wants."""
    line = next((line for line in fenced(user) if line.startswith("- sections: ")), "")
    return [one for one in line.removeprefix("- sections: ").split(", ") if one]
