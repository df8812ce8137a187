"""Writes `evals/datasets/grounding`: quotes of which it is known whether, and by whom, they were said.

    python -m evals.make_grounding

Made from six invented transcripts of the sample study Flowline, one in each way of writing, with a
fixed seed. Every row says in `how` what was done to the words:

verbatim      as said                                                        exact
cleaned       other case, spaces and quotation marks; the words are the same exact
ellipsis      words left out where three dots stand                          exact
typo          two letters of a long word swapped                             near
slip          an article left out                                            near
number, negation, word   one word changed, and the sense with it             absent
spliced       the halves of two sentences joined as if they were one         absent
interviewer   words of the interviewer                                       other_speaker
elsewhere     words of a participant of another transcript                   absent
invented      never said by anybody                                          absent
"""

import json
import random
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from app import DATA
from evals.dataset import Expected, GroundingRow
from retrieval.evidence import Role, Source
from retrieval.readers import read_source

TARGET = Path(__file__).parent / "datasets" / "grounding"
FLOWLINE = DATA / "sample" / "flowline" / "transcripts"
FILES = ("P01.txt", "P02.vtt", "P04.md", "P05.srt", "P07.txt", "P10.json")
SEED = 7
Change = Callable[[str, random.Random], str | None]

NUMBERS = {"two": "seven", "three": "eight", "four": "nine", "five": "two", "six": "three", "eleven": "four"}
OPPOSITES = {
    "always": "seldom", "before": "after", "more": "less", "less": "more", "good": "poor", "first": "last",
    "everybody": "nobody", "old": "new", "new": "old", "buy": "sell", "money": "time", "time": "money",
    "week": "year", "year": "week", "people": "machines", "my": "their", "work": "fail", "want": "refuse",
    "big": "small", "small": "big",
}  # fmt: skip
NEGATION = re.compile(r"\b(not|no|never|nobody|nothing|only|cannot)\b|n['’]t", re.IGNORECASE)
INVENTED = [
    "We signed with a different supplier the very same afternoon.",
    "My team has asked for a chat robot on every single page.",
    "I would rather lease the whole platform than own any part of it.",
    "Our auditors told us to move everything back onto paper by spring.",
    "The discount was what convinced the board in the end.",
    "Nobody here has ever complained about the response times.",
    "I read the release notes aloud at breakfast.",
    "We only compare vendors on the colour of their dashboards.",
    "Training took us eleven months and two consultants.",
    "The contract renews itself and that suits me perfectly.",
    "I let the interns choose the integration partner.",
    "Our customers asked us to switch off the portal at weekends.",
]


def sentences(source: Source, role: Role) -> list[str]:
    """Sentences of six to thirty words spoken in this role; the same words twice are left out."""
    spoken = [turn.of(source.text) for turn in source.turns if source.role_of(turn) is role]
    found = [part for turn in spoken for part in re.split(r"(?<=[.!?])\s+", turn)]
    # Figures and addresses would be invented personal data; a dataset of quotes needs none.
    usable = [part for part in found if 6 <= len(part.split()) <= 30 and re.fullmatch(r"[A-Z][^\d@]*", part)]
    return [part for part in dict.fromkeys(usable) if sum(turn.count(part) for turn in spoken) == 1]


def verbatim(said: str, _: random.Random) -> str | None:
    return said


def cleaned(said: str, _: random.Random) -> str | None:
    curly = re.sub(r'"([^"]*)"', "“\\1”", said.replace("'", "’"))
    return f"“{curly.lower().rstrip('.!?').replace(' ', '  ', 2)}”"


def ellipsis(said: str, dice: random.Random) -> str | None:
    words = said.split()
    if len(words) < 12 or NEGATION.search(said):
        return None
    start = dice.randint(3, 4)
    return " ".join([*words[:start], "…", *words[start + 3 :]])


def typo(said: str, dice: random.Random) -> str | None:
    long = [word for word in re.findall(r"[a-z]{7,}", said) if word[3] != word[4]]
    if not long:
        return None
    word = dice.choice(long)
    return said.replace(word, word[:3] + word[4] + word[3] + word[5:], 1)


def slip(said: str, _: random.Random) -> str | None:
    changed = re.sub(r" (the|a|an) ", " ", said, count=1)
    return None if changed == said or len(said.split()) < 10 else changed


def change_number(said: str, _: random.Random) -> str | None:
    return _replace(said, NUMBERS)


def change_word(said: str, _: random.Random) -> str | None:
    return _replace(said, OPPOSITES)


def change_negation(said: str, _: random.Random) -> str | None:
    if not said.endswith("?") and re.search(r"\b(?:do|does|did|is|are|was|were|have|would|could)n['’]t\b", said):
        return re.sub(r"n['’]t\b", "", said, count=1)
    changed = re.sub(r"\b(is|are|was|were|would|could|can|will)\b", r"\1 not", said, count=1)
    return None if changed == said or said.endswith("?") or NEGATION.search(said) else changed


def _replace(said: str, table: dict[str, str]) -> str | None:
    found = re.search(rf"\b({'|'.join(table)})\b", said)
    return said[: found.start()] + table[found.group()] + said[found.end() :] if found else None


# how, expected, how many of each transcript
CHANGES: tuple[tuple[str, Change, Expected, int], ...] = (
    ("verbatim", verbatim, "exact", 4), ("cleaned", cleaned, "exact", 2), ("ellipsis", ellipsis, "exact", 2),
    ("typo", typo, "near", 2), ("slip", slip, "near", 2),
    ("number", change_number, "absent", 1), ("negation", change_negation, "absent", 1),
    ("word", change_word, "absent", 1),
)  # fmt: skip


def rows_of(source: Source, others: list[Source], invented: list[str], dice: random.Random) -> Iterator[GroundingRow]:
    """The rows of one transcript."""
    said = sentences(source, Role.PARTICIPANT)
    dice.shuffle(said)
    for how, change, expected, wanted in CHANGES:
        for quote in _take(said, change, wanted, dice):
            yield _row(source, quote, expected, how)
    left, right = (said.pop() for _ in range(2))
    yield _row(source, _splice(left, right), "absent", "spliced")
    for quote in dice.sample(sentences(source, Role.INTERVIEWER), 3):
        yield _row(source, quote, "other_speaker", "interviewer")
    for other in dice.sample(others, 2):
        yield _row(source, dice.choice(sentences(other, Role.PARTICIPANT)), "absent", "elsewhere")
    for quote in invented:
        yield _row(source, quote, "absent", "invented")


def _take(said: list[str], change: Change, wanted: int, dice: random.Random) -> list[str]:
    """Change `wanted` sentences that can be changed so, and take them out of the pool."""
    taken: list[str] = []
    for sentence in list(said):
        changed = change(sentence, dice) if len(taken) < wanted else None
        if changed:
            taken.append(changed)
            said.remove(sentence)
    return taken


def _splice(left: str, right: str) -> str:
    head, tail = left.split(), right.split()
    return " ".join([*head[: len(head) // 2 + 1], *tail[len(tail) // 2 :]])


def _row(source: Source, quote: str, expected: Expected, how: str) -> GroundingRow:
    speaker = next(speaker.label for speaker in source.speakers if speaker.role is Role.PARTICIPANT)
    return GroundingRow(source=source.name, speaker=speaker, quote=quote, expected=expected, how=how)


def make_rows() -> list[GroundingRow]:
    dice = random.Random(SEED)  # noqa: S311 (a reproducible draw, not a secret)
    sources = [read_source(FLOWLINE / name) for name in FILES]
    rows: list[GroundingRow] = []
    for index, source in enumerate(sources):
        invented = INVENTED[2 * index : 2 * index + 2]
        rows += rows_of(source, [other for other in sources if other is not source], invented, dice)
    return [row.model_copy(update={"id": f"g{number:03d}"}) for number, row in enumerate(rows, start=1)]


def main() -> None:
    (TARGET / "sources").mkdir(parents=True, exist_ok=True)
    for name in FILES:
        shutil.copyfile(FLOWLINE / name, TARGET / "sources" / name)
    rows = make_rows()
    lines = [json.dumps(row.model_dump(), ensure_ascii=False) for row in rows]
    (TARGET / "quotes.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(rows)} quotes written to {TARGET}")


if __name__ == "__main__":
    main()
