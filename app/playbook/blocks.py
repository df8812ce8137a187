"""Blocks: what a playbook is made of in formats that are read from top to bottom. Text is plain."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Heading:
    """`level` 1 is a section's; `anchor` is where links lead."""

    level: int
    text: str
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph: plain | lead | soft | bullet | step. `label` is set off before the text."""

    text: str
    kind: str = "plain"
    label: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """Somebody's words; `number` is their place in the evidence appendix, 0 where they are withheld."""

    text: str
    by: str
    number: int
    against: bool = False


@dataclass(frozen=True, slots=True)
class Statement:
    """A claim: how it is called, the sentence, what is known of it, the words behind it, a caution."""

    ref: str
    anchor: str
    text: str
    facts: list[str]
    said: list[Said]
    against: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    head: list[str]
    rows: list[list[str]]


@dataclass(frozen=True, slots=True)
class Entry:
    """A quote in the appendix, with (ref, anchor) of the claims that stand on it."""

    number: int
    anchor: str
    text: str
    by: str
    uses: list[tuple[str, str]] = field(default_factory=list)


Block = Heading | Line | Said | Statement | Grid | Entry
