"""Finding who speaks in lines of text.

`label_heads` collects every line that begins as a speaker's turn might (`Name:`, `**Name** (00:04):`,
`[00:01:12] Name:`, `00:00:01 Name:`, `Name  0:04` on a line of its own, `Q. …`, a tabbed row …);
`real_heads` keeps those that are labels. A colon is common in prose ("My rule: never …"), so a
label must be known by its word (Interviewer, Q, P01) or recur, must look like a name, and must be
written the way most labels of the file are.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from retrieval.readers.clock import seconds
from retrieval.readers.names import BRACKET, asks, begins, key, known, person_words

BRACKETED = r"\\?\[\s*\d[^\]\n]{0,30}?:[^\]\n]{0,30}\]|\(\s*\d[^)\n]{0,30}?:[^)\n]{0,30}\)"
STAMP = rf"(?:{BRACKETED}|\d{{1,3}}:\w{{2}}(?::\w{{2}})?(?:[.,]\w{{1,3}})?(?!\w))"
MARK = r"(?:\*\*|__|\*)?"
NAME = r"[^\W\d_](?:[^:：*\n\t\[\]<>{}\"“”?!;|=]{0,38}[^\s:：*\n\t\[\]<>{}\"“”?!;|=,])??"
LEAD = r"[ \t]*+(?:(?:>>|[-+•>*–]|\#{1,6})[ \t]++|>>)*"
# Spaces are matched possessively (*+): otherwise a line of two thousand tabs has a billion ways not to match.
# Dana: …   **Dana:** …   **Dana** (00:04): …   [00:01:12] Dana: …   Dana (00:12): …   Dana: [00:12] …
COLON = re.compile(
    rf"{LEAD}(?P<bold>{MARK})(?:(?P<before>{STAMP})[ \t]*+[-–]?[ \t]*+{MARK})?\[?(?P<name>{NAME})\]?"
    rf"[ \t\xa0]*+{MARK}[ \t]*+(?P<after>{STAMP})?[ \t]*+{MARK}[ \t\xa0]*+[:：]{MARK}(?![/\d])"
    rf"[ \t\xa0]*+(?P<inside>{BRACKETED})?[ \t]*+"
)
# Dana Doe   0:04    with the speech on the lines below
ALONE = re.compile(rf"{LEAD}(?P<bold>{MARK})\[?(?P<name>{NAME})\]?{MARK}[ \t,|–-]++(?P<after>{STAMP}){MARK}[ \t]*+$")
# 00:00:08<tab>Dana<tab>…
TABBED = re.compile(r"(?P<before>\d{1,3}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?)\t(?P<name>[^\W\d_][^\t\n]{0,39})\t")
# Dana<tab>…   Dana<tab>00:00:08<tab>…
TABBED_NAME = re.compile(
    rf"(?P<bold>{MARK})(?P<name>{NAME}){MARK}[ ]*+\t\s*+(?:(?P<after>\d{{1,3}}:\d{{2}}(?::\d{{2}})?)\t\s*+)?(?=\S)"
)
# Q. …   A. …   as court reporters write; only where both stand.
DOTTED = re.compile(rf"{LEAD}(?P<bold>{MARK})(?P<name>[QA]\d{{0,3}})[.)]{MARK}[ \t]++{MARK}(?=\S)")
# 10:14:03 From Dana Doe to Everyone: …
CHAT = re.compile(r"^From\s++(\S.*?)(?:\s+to\s+.*)?$")
# Q1: … A1: … Q2: … are two speakers.
NUMBERED = re.compile(r"^([QA])\d+$")

FORMS = {TABBED: "tab", ALONE: "alone", COLON: "", TABBED_NAME: "tabs", DOTTED: "dot"}

# Words that head a line of a transcript without speaking it.
HEADINGS = frozenset({
    "note", "notes", "date", "time", "times", "place", "location", "duration", "length", "title", "topic",
    "project", "study", "participants", "attendees", "present", "interview", "transcript", "transcription", "recorded",
    "recording", "language", "session", "company", "role", "example", "warning", "system", "ps", "p.s", "summary",
    "agenda", "tip", "pros", "cons", "source", "file", "kind", "url", "http", "https", "email",
    "phone", "re", "fwd", "from", "to", "cc", "industry", "account", "owner", "contact", "status", "important",
})  # fmt: skip
PARTICLES = frozenset({
    "de", "da", "do", "dos", "das", "del", "della", "di", "du", "la", "le", "van", "von", "der", "den", "ter",
    "ten", "el", "al", "bin", "ibn", "of", "the", "and",
})  # fmt: skip
# Two speakers may be labelled in two manners; each then heads about half of the turns.
MAIN_FORM_SHARE = 0.3
# In a file of so many turns, of whose paragraphs so many are labelled, a name that stands once is a speaker's too.
FEW_TURNS = 6
LABELLED_SHARE = 0.8
# Of all lines with a colon, how many a word heads that is a label though it does not look like one.
COMMON_SHARE = 0.2


@dataclass(frozen=True)
class Head:
    """A line that may begin a turn: offsets of the line and of the speech in it, and what the line claims."""

    line: int
    start: int
    speech: int
    end: int
    name: str
    form: str
    stamp: str | None

    @property
    def key(self) -> str:
        return key(self.name)

    @property
    def time(self) -> float | None:
        return seconds(re.split(r"-->|[-–]", self.stamp)[0]) if self.stamp else None


def label_heads(text: str) -> list[Head]:
    """Every line of `text` that begins as a turn might."""
    heads = []
    for number, start, line in numbered_lines(text):
        found = next(filter(None, (form.match(line) for form in FORMS)), None)
        if found:
            heads.append(_head(found, number, start, line))
    dotted = {head.key for head in heads if head.form.startswith("dot")}
    return heads if dotted >= {"q", "a"} else [head for head in heads if not head.form.startswith("dot")]


def numbered_lines(text: str) -> Iterator[tuple[int, int, str]]:
    """Each line with its number, from 1, and the offset it starts at."""
    start = 0
    for number, line in enumerate(text.split("\n"), 1):
        yield number, start, line
        start += len(line) + 1


def _head(found: re.Match[str], number: int, start: int, line: str) -> Head:
    parts = found.groupdict()
    name = NUMBERED.sub(r"\1", CHAT.sub(r"\1", parts["name"].strip()))
    stamp = parts.get("before") or parts.get("after") or parts.get("inside")
    # A stamp inside the speech is an extra of single turns; it says nothing about how labels are written.
    form = "".join(mark for mark, name in (("b", "before"), ("a", "after"), ("*", "bold")) if parts.get(name))
    return Head(
        line=number, start=start, speech=start + found.end(), end=start + len(line), name=name,
        form=FORMS[found.re] + form, stamp=stamp,
    )  # fmt: skip


def real_heads(text: str) -> list[Head]:
    """The lines of `text` that begin a turn, in order; empty where nobody is named."""
    heads = _without_metadata(label_heads(text), text)
    speakers = _speakers(heads, lines=sum(bool(line.strip()) for line in text.split("\n")))
    speakers |= _lone_speakers(heads, [head for head in heads if head.key in speakers], text)
    return [head for head in heads if head.key in speakers]


def _lone_speakers(heads: list[Head], sure: list[Head], text: str) -> set[str]:
    """Names that stand once, where a file is nearly all labelled turns: whoever says one thing in a group.

    Taken for prose, their words would be put into the mouth of whoever spoke before.
    """
    if len(sure) < FEW_TURNS:
        return set()
    spaced = all(_after_blank(head, text) for head in sure[1:])
    rest = text[sure[0].start :]
    blocks = [block for block in (rest.split("\n\n") if spaced else rest.split("\n")) if block.strip()]
    if len(sure) < LABELLED_SHARE * len(blocks):
        return set()
    forms, counts = {head.form for head in sure}, Counter(head.key for head in heads)
    lone = [head for head in heads if counts[head.key] == 1 and head.start > sure[0].start and head.form in forms]
    placed = [head for head in lone if not spaced or _after_blank(head, text)]
    return {head.key for head in placed if len(head.name.split()) <= 3 and looks_like_a_label(head.name)}


def _after_blank(head: Head, text: str) -> bool:
    return text[max(0, head.start - 2) : head.start] == "\n\n"


def _speakers(heads: list[Head], lines: int) -> set[str]:
    """The keys of labels that are speakers: known or recurring ones, and single ones where little else is there."""
    counts = Counter(head.key for head in heads)
    shaped = {head.key for head in heads if looks_like_a_label(head.name)}
    sure = {head.key for head in heads if head.key in shaped and (counts[head.key] > 1 or known(head.name))}
    sure |= {name for name, count in counts.items() if _is_common(name, count, len(heads))}
    once = shaped - sure
    people = {person_words(head.name) for head in heads if head.key in sure} - {()}
    sure |= {head.key for head in heads if head.key in once and _is_spelling(head.name, people)}
    headed = sum(head.key in shaped for head in heads)
    one_side = len(sure) < 2 or all(map(asks, sure))
    if one_side and len(once) <= 3 and 2 * headed >= lines:
        sure |= once
    forms = _main_forms([head for head in heads if head.key in sure])
    # A stamp or bold type in the file's own manner makes a label of a name that stands there once.
    sure |= {head.key for head in heads if head.key in once and head.form and head.form in forms}
    return {head.key for head in heads if head.key in sure and head.form in forms}


def _is_spelling(name: str, people: set[tuple[str, ...]]) -> bool:
    """Whether a name that stands once is another spelling of a speaker's: "Dana Kay" where "Dana" speaks."""
    words = person_words(name)
    return bool(words) and any(begins(*sorted((words, other), key=len)) for other in people)


def _is_common(name: str, count: int, heads: int) -> bool:
    """Whether a single word, in capitals or not, heads so many lines that it can only be a label."""
    return count > 1 and count >= COMMON_SHARE * heads and " " not in name and name not in HEADINGS


def _main_forms(heads: list[Head]) -> set[str]:
    forms = Counter(head.form for head in heads)
    return {form for form, count in forms.items() if count >= MAIN_FORM_SHARE * len(heads)}


def looks_like_a_label(name: str) -> bool:
    words = re.split(r"[\s,/&()]+", BRACKET.sub("", name).strip("() "))
    if key(name) in HEADINGS or len(words) > 5 or name.endswith((".", "-")):
        return False
    return known(name) or all(word in PARTICLES or not word[:1].islower() for word in words)


def _without_metadata(heads: list[Head], text: str) -> list[Head]:
    """Leave out the facts above a transcript (`Interviewer: Dana Doe`, `Date: 3 May`): they are not speech."""
    end = _end_of_facts(heads, text)
    rest = [head for head in heads if head.start >= end or _is_speech(head, text)]
    counts = Counter(head.key for head in rest)
    recurring = {name for name, count in counts.items() if count > 1}
    if len(recurring) < 2:
        return heads
    first = next(head.start for head in rest if head.key in recurring)
    return [head for head in rest if head.start >= first or _is_speech(head, text)]


def _end_of_facts(heads: list[Head], text: str) -> int:
    """Where the block of facts at the top ends: a paragraph that holds at least one heading; 0 without one."""
    for head in heads:
        if _is_speech(head, text):
            return 0
        if head.key in HEADINGS:
            return max(0, text.find("\n\n", head.start))
    return 0


def _is_speech(head: Head, text: str) -> bool:
    """Whether what follows the label reads like speech rather than like a short fact."""
    value = text[head.speech : head.end].strip()
    return len(value.split()) > 6 or value.endswith((".", "?", "!", "…")) or not value
