"""Basics: what people take for granted ("it has to run; I don't hand out gold stars for that").

What everybody wants is seldom said unasked, in words of its own, or as a reason: people compare it with lifts, roofs
and hotel beds. So three signs are added up: the interviewer asked about a basic quality (or about basics), the answer
is near to a quality (`data/basics.yaml`), and it is played down. Nearness to what other people say tells nothing.
"""

from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
import yaml
from numpy.typing import NDArray

from app import DATA
from app.engines.meaning import QUESTION_TAIL
from app.models.base import Model
from app.models.evidence import Evidence
from retrieval.embedder import Embedder, Vectors

# What somebody demands of a product without praising it for that is a criterion (see the codebook).
CODE = "decision_logic"
# Cosine from which a question is about a basic quality; it must also be nearer to that than to other questions.
ASKED = 0.4
# A question that is surely about basics counts no more than this; what is answered must be about them, too.
ASKED_AT_MOST = 0.5
# The sum of three cosines. In a real study in which nobody was asked for basics no sentence reaches .99.
GRANTED = 1.0
# A basic of two people may be chance.
FEWEST_PEOPLE = 3


class Quality(Model):
    """A basic quality: how it is asked for, and what people say of it."""

    asked: list[str]
    said: list[str]


class Basics(Model):
    qualities: dict[str, Quality]
    asked_in_general: list[str]
    asked_otherwise: list[str]
    played_down: list[str]


@cache
def load_basics(path: Path = DATA / "basics.yaml") -> Basics:
    return Basics.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))


def about_basics(questions: Sequence[str], embedder: Embedder) -> NDArray[np.bool_]:
    """(n,) which questions ask for basics, or for one of their qualities."""
    basics, asked = load_basics(), _asked(questions, embedder)
    cues = [*basics.asked_in_general, *(cue for one in basics.qualities.values() for cue in one.asked)]
    near = _nearest(asked, cues, embedder)
    about: NDArray[np.bool_] = (near >= ASKED) & (near > _nearest(asked, basics.asked_otherwise, embedder))
    about &= np.array([bool(one) for one in questions], dtype=bool)
    return about


def basics_said(questions: Sequence[str], answers: Sequence[str], embedder: Embedder) -> list[str]:
    """The basic quality that each answer takes for granted; empty where it takes none."""
    different = list(dict.fromkeys(questions))
    asking = {one for one, about in zip(different, about_basics(different, embedder), strict=True) if about}
    rows = [row for row, one in enumerate(questions) if one in asking]
    scores = _scores([questions[row] for row in rows], [answers[row] for row in rows], embedder)
    names, named = list(load_basics().qualities), [""] * len(answers)
    for row, score in zip(rows, scores, strict=True):
        named[row] = names[int(score.argmax())] if score.max() >= GRANTED else ""
    return named


def basic_groups(evidence: Sequence[Evidence], embedder: Embedder) -> list[tuple[str, list[Evidence]]]:
    """(code, evidence of one basic quality) for every quality that three people or more take for granted."""
    able = [one for one in evidence if CODE in one.codes]
    named = basics_said([one.question for one in able], [one.extent.text for one in able], embedder)
    groups: dict[str, list[Evidence]] = defaultdict(list)
    for name, one in zip(named, able, strict=True):
        if name:
            groups[name].append(one)
    kept = [groups[name] for name in sorted(groups)]
    return [(CODE, group) for group in kept if len({one.participant_id for one in group}) >= FEWEST_PEOPLE]


def _scores(questions: Sequence[str], answers: Sequence[str], embedder: Embedder) -> NDArray[np.float64]:
    """(n, qualities): nearness of the question, of the answer, and of the answer to playing down."""
    basics, asked, said = load_basics(), _asked(questions, embedder), embedder.encode(list(answers))
    general, down = _nearest(asked, basics.asked_in_general, embedder), _nearest(said, basics.played_down, embedder)
    columns = [
        np.maximum(_nearest(asked, one.asked, embedder), general).clip(max=ASKED_AT_MOST)
        + _nearest(said, one.said, embedder)
        + down
        for one in basics.qualities.values()
    ]
    return np.stack(columns, axis=1)


def _asked(questions: Sequence[str], embedder: Embedder) -> Vectors:
    return embedder.encode([one[-QUESTION_TAIL:] or "." for one in questions])


def _nearest(vectors: Vectors, cues: Sequence[str], embedder: Embedder) -> NDArray[np.float64]:
    """Cosine to the nearest cue."""
    nearest: NDArray[np.float64] = (vectors.astype(np.float64) @ embedder.encode(list(cues)).T).max(axis=1)
    return nearest
