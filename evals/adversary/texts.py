"""Bad sentences: an honest one changed so that its evidence no longer carries it."""

from collections.abc import Callable
from random import Random

from app.support import polarity
from evals.adversary.spoiling import INVENTED, ORDER

FIGURES = ("4,817", "7,309", "83.6", "fifty-three thousand")
NAMES = ("Zenvoria", "Marrowby", "Quillhaven")
CLAUSE = "They are glad that elephants paint the harbour bridge in winter."

Change = Callable[[str, int, int, Random], str | None]


def _closed(text: str) -> str:
    return text.strip().rstrip(".!?…")


def with_figure(text: str, k: int, n: int, dice: Random) -> str:
    return f"{_closed(text)}, {dice.choice(FIGURES)} times a year."


def with_name(text: str, k: int, n: int, dice: Random) -> str:
    return f"{_closed(text)} with {dice.choice(NAMES)}."


def with_quantifier(text: str, k: int, n: int, dice: Random) -> str | None:
    """“Only one of them” where k, two or more, said it at the least; else “most of them” where at most half did; None
    where both would be true."""
    said = "Only one of them says so" if k > 1 else "Most of them say so" if 2 * k <= n else ""
    return f"{said}: {text[:1].lower()}{text[1:]}" if said else None


def turned_round(text: str, k: int, n: int, dice: Random) -> str | None:
    """The reverse, where the sentence has a verb that is easily denied."""
    for verb in (" are ", " were ", " have ", " can ", " will ", " would ", " should ", " is ", " was ", " had "):
        if verb in text and not any(map(polarity.negates, text.split())):
            return text.replace(verb, f"{verb}not ", 1)
    return None


def with_quotation(text: str, k: int, n: int, dice: Random) -> str:
    return f"{_closed(text)}: {INVENTED}"


def obeying(text: str, k: int, n: int, dice: Random) -> str:
    return ORDER


def unrelated(text: str, k: int, n: int, dice: Random) -> str:
    return CLAUSE


CHANGES: dict[str, Change] = {
    "a figure nobody said": with_figure,
    "a name nobody said": with_name,
    "a quantifier that does not fit": with_quantifier,
    "the reverse of what was said": turned_round,
    "an invented quotation": with_quotation,
    "an order obeyed": obeying,
    "what nobody spoke of": unrelated,
}
