"""Studies of any size for bench `synthesis`: the sample's answers, given anew to people there are not.

Each person takes after one of the sample's people (their attributes, how many questions they were asked) and
answers as somebody of the same study did, question by question, drawn by lot. The words are as real as the sample's;
the people are invented, and what one of them says does not hang together.
"""

import csv
import random
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from evals.bench.texts import SAMPLE, SEED
from retrieval.evidence import Role, Source
from retrieval.readers import read_source

STUDIES = ("flowline", "ai_at_work")
# What is true of one person of the sample alone.
OWN = ("participant", "file", "original_id")
INTERVIEWER = "Interviewer"

Pair = tuple[str, str]


@dataclass(frozen=True)
class Donor:
    """Somebody of the sample: what is known of them, and how many answers they gave."""

    study: str
    attributes: dict[str, str]
    answers: int


def write_interviews(folder: Path, people: int, studies: Sequence[str] = STUDIES) -> None:
    """Write so many interviews and their participants.csv; the same for the same number and studies."""
    pairs = {study: [pair for source in _sources(study) for pair in answered(source)] for study in studies}
    donors = [donor for study in studies for donor in _donors(study)]
    names = [f"P{number + 1:03}" for number in range(people)]
    chosen = [donors[number % len(donors)] for number in range(people)]
    folder.mkdir(parents=True)
    for number, (name, donor) in enumerate(zip(names, chosen, strict=True)):
        dice = random.Random(SEED + number)  # noqa: S311 (a reproducible draw, not a secret)
        said = dice.sample(pairs[donor.study], donor.answers)
        (folder / f"{name}.txt").write_text(_transcript(name, said), encoding="utf-8")
    _write_people(folder / "participants.csv", names, chosen)


def answered(source: Source) -> list[Pair]:
    """Each question of an interview with the answer that followed, on one line each."""
    role = {speaker.label: speaker.role for speaker in source.speakers}
    turns = [(role[turn.speaker], " ".join(turn.of(source.text).split())) for turn in source.turns]
    return [
        (asked, said)
        for (first, asked), (second, said) in pairwise(turns)
        if first is Role.INTERVIEWER and second is Role.PARTICIPANT
    ]


def _sources(study: str) -> list[Source]:
    return [read_source(path) for path in sorted((SAMPLE / study / "transcripts").iterdir())]


def _donors(study: str) -> list[Donor]:
    """Those of whom there is an interview with answers in it."""
    with (SAMPLE / study / "participants.csv").open(encoding="utf-8", newline="") as rows:
        return [
            Donor(study, {name: value for name, value in row.items() if name not in OWN}, count)
            for row in csv.DictReader(rows)
            if row["consent"] != "withdrawn"
            and (SAMPLE / study / row["file"]).is_file()
            and (count := len(answered(read_source(SAMPLE / study / row["file"]))))
        ]


def _transcript(name: str, said: Sequence[Pair]) -> str:
    return "\n\n".join(f"{INTERVIEWER}: {question}\n\n{name}: {answer}" for question, answer in said) + "\n"


def _write_people(file: Path, names: Sequence[str], donors: Sequence[Donor]) -> None:
    heads = dict.fromkeys(head for donor in donors for head in donor.attributes)
    with file.open("w", encoding="utf-8", newline="") as out:
        rows = csv.DictWriter(out, ["participant", *heads], restval="")
        rows.writeheader()
        rows.writerows({"participant": name} | donor.attributes for name, donor in zip(names, donors, strict=True))
