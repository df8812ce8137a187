"""Quotes of which it is known whether somebody said them, made from interviews with a fixed seed.

Said:      verbatim      as it stands
           cleaned       tidied as writers tidy: fillers and an article dropped, typographic marks, case, spaces
           ellipsis      some words left out where an ellipsis stands
Not said:  another       words of a participant of another interview
           changed       one content word, number or negation changed, put in or taken out
           spliced       the first half of what one person said and the second half of what another did
           interviewer   words of the interviewer
           invented      sentences nobody said
"""

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from retrieval.evidence import Role, Sentence, Source, Span
from retrieval.likeness import NEGATION, NUMBER_WORDS, SMALL_WORDS
from retrieval.splitting import split_sentences

SAID = ("verbatim", "cleaned", "ellipsis")
NOT_SAID = ("another", "changed", "spliced", "interviewer", "invented")
SHORTEST, LONGEST = 8, 40
SUBJECTS = ["Our auditors", "The night shift", "My accountant", "Two of our suppliers", "The landlord", "Every intern"]
VERBS = ["insisted on", "laughed about", "paid twice for", "quietly cancelled", "forgot about", "fell in love with"]
OBJECTS = [
    "the laminated price list", "a fax machine in the basement", "the purple forklift", "those handwritten invoices",
    "an escrow account in Lisbon", "the broken weighbridge",
]  # fmt: skip
TAILS = ["before the harvest", "until the roof leaked", "on the ferry home", "with some relief", "at the trade fair"]
NUMBERS = {
    "two": "seven", "three": "eight", "four": "nine", "five": "twelve", "six": "three", "seven": "four", "ten": "forty",
    "hundred": "thousand", "half": "twice", "once": "twice", "twice": "once", "first": "third",
}  # fmt: skip
CASES: tuple[Callable[[str], str], ...] = (str.lower, str.upper, str)


@dataclass(frozen=True)
class Case:
    """`truth` is where `quote` stands in `source`, None where `speaker` did not say it."""

    source: Source
    speaker: str
    quote: str
    kind: str
    truth: Span | None


@dataclass(frozen=True)
class Talk:
    """A source, its participant's label, and the usable sentences of both sides."""

    source: Source
    speaker: str
    own: list[Sentence]
    asked: list[Sentence]

    def words(self, sentence: Sentence) -> str:
        return sentence.of(self.source.text)


def make_cases(sources: list[Source], each: int, seed: int = 7) -> list[Case]:
    """About `each` cases of every kind from every source that has one participant and enough to say."""
    dice = random.Random(seed)  # noqa: S311 (a reproducible draw, not a secret)
    talks = [talk for talk in map(_talk, sources) if talk and len(talk.own) >= 2 * each]
    cases: list[Case] = []
    for talk in talks:
        others = [other for other in talks if other is not talk and other.source.text != talk.source.text]
        cases += _said(talk, each, dice)
        cases += _not_said(talk, others, each, dice)
    return cases


def _talk(source: Source) -> Talk | None:
    labels = [speaker.label for speaker in source.speakers if speaker.role is Role.PARTICIPANT]
    if len(labels) != 1:
        return None
    usable = [one for one in split_sentences(source) if SHORTEST <= len(one.of(source.text).split()) <= LONGEST]
    own = [one for one in usable if source.turns[one.turn].speaker == labels[0]]
    asked = [one for one in usable if source.turns[one.turn].speaker != labels[0]]
    return Talk(source, labels[0], own, asked)


def _said(talk: Talk, each: int, dice: random.Random) -> Iterator[Case]:
    for kind, change in (("verbatim", _verbatim), ("cleaned", clean), ("ellipsis", leave_out)):
        for sentence in _changeable(talk.own, talk, change, each, dice):
            truth = Span(start=sentence.start, end=sentence.end)
            yield Case(talk.source, talk.speaker, str(change(talk.words(sentence), dice)), kind, truth)


def _not_said(talk: Talk, others: list[Talk], each: int, dice: random.Random) -> Iterator[Case]:
    for other in dice.sample(others, min(each, len(others))):
        yield _absent(talk, "another", other.words(dice.choice(other.own)))
        halves = talk.words(dice.choice(talk.own)), other.words(dice.choice(other.own))
        yield _absent(talk, "spliced", splice(*halves))
    for sentence in _changeable(talk.own, talk, change_one, each, dice):
        yield _absent(talk, "changed", str(change_one(talk.words(sentence), dice)))
    own = plain(" ".join(turn.of(talk.source.text) for turn in talk.source.turns if turn.speaker == talk.speaker))
    heard = [one for one in talk.asked if plain(talk.words(one)) not in own]
    for sentence in dice.sample(heard, min(each, len(heard))):
        yield _absent(talk, "interviewer", talk.words(sentence))
    for _ in range(each):
        yield _absent(talk, "invented", invent(dice))


def _absent(talk: Talk, kind: str, quote: str) -> Case:
    return Case(talk.source, talk.speaker, quote, kind, None)


Change = Callable[[str, random.Random], str | None]


def _changeable(pool: list[Sentence], talk: Talk, change: Change, most: int, dice: random.Random) -> list[Sentence]:
    """Up to `most` sentences that can be changed so; the change is drawn again when it is made."""
    drawn = dice.sample(pool, len(pool))
    return [one for one in drawn if change(talk.words(one), random.Random(0))][:most]  # noqa: S311


def _verbatim(said: str, _: random.Random) -> str | None:
    return said


def clean(said: str, dice: random.Random) -> str | None:
    """As a writer would set it: what is dropped carries no meaning."""
    tidy = re.sub(r"\b(?:um+|uh+|er+m?)\b[, ]*", "", said, flags=re.IGNORECASE)
    tidy = re.sub(r'"([^"]*)"', r"“\1”", tidy.replace("'", "’"))
    tidy = re.sub(r"\s*(?:--|–|—)\s*", dice.choice([" – ", "—"]), tidy)
    if dice.random() < 0.5:
        tidy = re.sub(r" (?:the|a|an|just|really) ", " ", tidy, count=1)
    tidy = dice.choice(CASES)(tidy)
    return dice.choice(["“{}”", "{}", "  {} "]).format(
        tidy.rstrip(".!?").replace(" ", dice.choice([" ", "  ", "\n"]), 2)
    )


def leave_out(said: str, dice: random.Random) -> str | None:
    """A few words in the middle replaced by an ellipsis; what would turn the sense round is left alone."""
    words = said.split()
    if len(words) < 14 or NEGATION.search(said.lower().replace("’", "'")):
        return None
    start = dice.randint(4, len(words) - 9)
    sign = dice.choice(["…", "...", "[…]", "[...]", "(…)"])
    return " ".join([*words[:start], sign, *words[start + dice.randint(2, 4) :]])


def change_one(said: str, dice: random.Random) -> str | None:
    """One number, negation or content word changed, whichever the sentence has, in an order drawn by lot."""
    changes = [_other_number, _other_sense, _other_word]
    dice.shuffle(changes)
    return next((changed for change in changes if (changed := change(said, dice))), None)


def _other_number(said: str, dice: random.Random) -> str | None:
    def other(found: re.Match[str]) -> str:
        return str(int(found.group()) + dice.randint(1, 9)) if found.group().isdigit() else NUMBERS[found.group()]

    changed, times = re.subn(rf"\b(?:\d{{1,6}}|{'|'.join(NUMBERS)})\b", other, said, count=1)
    return changed if times else None


def _other_sense(said: str, _: random.Random) -> str | None:
    fewer, times = re.subn(r"(?<=\w)n['’]t\b|\b(?:not|never) ", "", said, count=1)
    if times:
        return fewer
    more, times = re.subn(r"\b(is|are|was|were|would|could|can|will|should|do|did)\b(?! you)", r"\1 not", said, count=1)
    return more if times else None


def _other_word(said: str, dice: random.Random) -> str | None:
    words = said.split()
    known = SMALL_WORDS | NUMBER_WORDS
    heavy = [place for place, word in enumerate(words) if re.fullmatch(r"[a-z]{5,}", word) and word not in known]
    if not heavy:
        return None
    place = dice.choice(heavy)
    word = dice.choice(["harbour", "ledger", "orchard", "gravel", "violin", "umbrella", "monastery", "glacier"])
    return " ".join([*words[:place], word, *words[place + 1 :]])


def splice(left: str, right: str) -> str:
    """The first half of one and the second half of the other."""
    head, tail = left.split(), right.split()
    return " ".join([*head[: len(head) // 2 + 1], *tail[len(tail) // 2 :]])


def invent(dice: random.Random) -> str:
    return " ".join([dice.choice(SUBJECTS), dice.choice(VERBS), dice.choice(OBJECTS), dice.choice(TAILS)]) + "."


def plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))
