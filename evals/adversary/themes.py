"""Bad answers to the prompt for themes."""

from random import Random

from app.engines.llm.answers import NamedThemes, ThemeAnswer
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
from evals.scripted.pages import pieces


def _spoiled(rows: Rows) -> Spoiled:
    return Spoiled(NamedThemes(themes=rows.bad), NamedThemes(themes=rows.clean), rows.many)


def _nowhere(name: str) -> Spoil:
    def spoil(answer: NamedThemes, user: str, dice: Random) -> Spoiled:
        last = len(pieces(user))
        return _spoiled(other_numbers(answer.themes, "evidence", lambda _, d: nowhere(last, d)[name], dice))

    return spoil


def _of_another_code(answer: NamedThemes, user: str, dice: Random) -> Spoiled:
    said = pieces(user)

    def foreign(theme: ThemeAnswer, dice: Random) -> int | None:
        others = [piece.number for piece in said if piece.heading != theme.code]
        return dice.choice(others) if others else None

    return _spoiled(other_numbers(answer.themes, "evidence", foreign, dice))


def _unknown_code(answer: NamedThemes, user: str, dice: Random) -> Spoiled:
    return _spoiled(other_rows(answer.themes, lambda theme, d: theme.model_copy(update={"code": UNKNOWN_CODE}), dice))


def _of_one_person(answer: NamedThemes, user: str, dice: Random) -> Spoiled:
    said = {piece.number: piece.participant for piece in pieces(user)}

    def alone(theme: ThemeAnswer, dice: Random) -> ThemeAnswer | None:
        one = said[dice.choice(theme.evidence)]
        if "," in one:
            return None  # what is grouped once more stands for several people
        return theme.model_copy(update={"evidence": [number for number in theme.evidence if said[number] == one]})

    return _spoiled(other_rows(answer.themes, alone, dice))


def _an_order(answer: NamedThemes, user: str, dice: Random) -> Spoiled:
    return _spoiled(other_rows(answer.themes, lambda theme, d: theme.model_copy(update={"label": ORDER}), dice))


KINDS = [
    *(
        Kind(f"themes: evidence that is not there, {name}", "find_themes", NamedThemes, _nowhere(name))
        for name in NOWHERE
    ),
    Kind("themes: evidence of another code", "find_themes", NamedThemes, _of_another_code),
    Kind("themes: an unknown code", "find_themes", NamedThemes, _unknown_code),
    Kind("themes: a theme of one person", "find_themes", NamedThemes, _of_one_person),
    Kind("themes: an order as a label", "find_themes", NamedThemes, _an_order),
]
