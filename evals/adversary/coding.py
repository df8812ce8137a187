"""Bad answers to the coding prompt."""

from collections.abc import Callable
from random import Random

from app.engines.hearsay import is_order
from app.engines.llm.answers import CodedInterviews, Point
from evals.adversary.spoiling import (
    NOWHERE,
    ORDER,
    UNKNOWN_CODE,
    Kind,
    Rows,
    Spoil,
    Spoiled,
    nowhere,
    other_numbers,
    other_rows,
)
from evals.scripted.pages import SpokenLine, spoken_lines

Turn = Callable[[Point, dict[int, SpokenLine], Random], Point | None]


def _spoiled(answer: CodedInterviews, rows: Rows) -> Spoiled:
    return Spoiled(
        answer.model_copy(update={"points": rows.bad}), answer.model_copy(update={"points": rows.clean}), rows.many
    )


def _nowhere(name: str) -> Spoil:
    def spoil(answer: CodedInterviews, user: str, dice: Random) -> Spoiled:
        last = len(spoken_lines(user))
        return _spoiled(answer, other_numbers(answer.points, "sentences", lambda _, d: nowhere(last, d)[name], dice))

    return spoil


def _turned(turn: Turn, left: Callable[[Point], Point | None] = lambda point: None) -> Spoil:
    def spoil(answer: CodedInterviews, user: str, dice: Random) -> Spoiled:
        lines = {line.number: line for line in spoken_lines(user)}
        return _spoiled(answer, other_rows(answer.points, lambda point, d: turn(point, lines, d), dice, left))

    return spoil


def _of_two_people(point: Point, lines: dict[int, SpokenLine], dice: Random) -> Point | None:
    own = lines[point.sentences[0]].participant
    others = [number for number, line in lines.items() if line.participant != own]
    return point.model_copy(update={"sentences": [*point.sentences, dice.choice(others)]}) if others else None


def _far_apart(point: Point, lines: dict[int, SpokenLine], dice: Random) -> Point | None:
    """With another sentence of the same person that stands farther off than a filler between them would put it."""
    own = lines[point.sentences[0]].participant
    near = {number + step for number in point.sentences for step in range(-2, 3)}
    far = [number for number, line in lines.items() if line.participant == own and number not in near]
    return point.model_copy(update={"sentences": [*point.sentences, dice.choice(far)]}) if far else None


def _obedient(answer: CodedInterviews, user: str, dice: Random) -> Spoiled:
    """Every order in the prompt marked as evidence, and reported as none."""
    orders = [line.number for line in spoken_lines(user) if is_order(line.text)]
    code = answer.points[0].codes[0] if answer.points else UNKNOWN_CODE
    made = [Point(sentences=[one], codes=[code], gist="loves it", sure=True) for one in orders]
    return Spoiled(
        CodedInterviews(points=[*answer.points, *made], instructions=[]),
        CodedInterviews(points=answer.points, instructions=[]),
        len(made),
    )


KINDS = [
    *(Kind(f"code: a sentence that is not there, {name}", "code", CodedInterviews, _nowhere(name)) for name in NOWHERE),
    Kind("code: sentences of two participants", "code", CodedInterviews, _turned(_of_two_people)),
    Kind("code: sentences that do not stand together", "code", CodedInterviews, _turned(_far_apart, lambda one: one)),
    Kind("code: an unknown code", "code", CodedInterviews,
         _turned(lambda point, lines, dice: point.model_copy(update={"codes": [UNKNOWN_CODE]}))),
    Kind("code: an order taken for evidence", "code", CodedInterviews, _obedient),
    Kind("code: an order as a gist", "code", CodedInterviews,
         _turned(lambda point, lines, dice: point.model_copy(update={"gist": ORDER}),
                 lambda point: point.model_copy(update={"gist": ""}))),
]  # fmt: skip
