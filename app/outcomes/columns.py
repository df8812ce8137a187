"""Columns: what a table of outcomes calls what we need, and what its cells may say."""

from collections.abc import Sequence

from app.errors import BadInput
from app.models.brief import Stage
from retrieval.readers.numbers import read_number

NEEDED = ("asset", "persona", "stage", "impressions", "conversions")
# Tools call the same thing by many names; the first is ours.
NAMES: dict[str, tuple[str, ...]] = {
    "asset": ("asset", "asset name", "content", "content name", "title", "piece"),
    "persona": ("persona", "persona id", "persona name", "audience"),
    "stage": ("stage", "funnel stage", "funnel"),
    "impressions": ("impressions", "views", "page views", "pageviews", "visits", "visitors", "sessions", "sent",
                    "delivered", "recipients"),
    "conversions": ("conversions", "converted", "leads", "sign ups", "signups", "goal completions", "key events"),
    "period": ("period", "date", "day", "week", "month", "quarter"),
    "brief": ("brief", "brief id"),
    "industry": ("industry", "sector", "vertical"),
}  # fmt: skip
STAGES: dict[str, Stage] = {
    "top": Stage.TOP, "tofu": Stage.TOP, "top of funnel": Stage.TOP, "awareness": Stage.TOP,
    "middle": Stage.MIDDLE, "mid": Stage.MIDDLE, "mofu": Stage.MIDDLE, "middle of funnel": Stage.MIDDLE,
    "consideration": Stage.MIDDLE,
    "bottom": Stage.BOTTOM, "bofu": Stage.BOTTOM, "bottom of funnel": Stage.BOTTOM, "decision": Stage.BOTTOM,
}  # fmt: skip
LONGEST = 200
MOST = 10**12


class Unfit(ValueError):
    """A cell that cannot be used; says why, beginning with the column."""


class UnknownPersona(Unfit):
    """No persona, or several, are called so."""


def name_columns(names: Sequence[str], where: str) -> dict[str, int]:
    """What we need → the place of its column. BadInput where one is missing, or two say they are the same."""
    found: dict[str, int] = {}
    for place, name in enumerate(names):
        meant = _meant(name)
        if meant and meant in found:
            raise BadInput(
                f"{where}: the columns “{names[found[meant]]}” and “{name}” both say {meant}. Leave one of them out."
            )
        if meant:
            found[meant] = place
    missing = [one for one in NEEDED if one not in found]
    if missing:
        shown = ", ".join(f"“{one}”" for one in names if one)[:LONGEST]
        raise BadInput(f"{where}: no column for {', '.join(missing)} among {shown}. Name the columns so.")
    return found


def _meant(name: str) -> str | None:
    plain = " ".join(name.casefold().replace("_", " ").split())
    return next((field for field, names in NAMES.items() if plain in names), None)


def text_of(column: str, cell: str) -> str:
    """A cell of words on one line. Unfit for formulas, control characters and what is too long."""
    plain = " ".join(cell.split())
    if plain.startswith("="):
        raise Unfit(f"{column} holds a formula; put its value there")
    if len(plain) > LONGEST or not plain.isprintable():
        raise Unfit(f"{column} is no name of up to {LONGEST} letters")
    return plain


def count_of(column: str, cell: str) -> int:
    """A whole number as people write it: `1240`, `1,240`, `1.240`, `1 240`, `1240.0`. Unfit for anything else."""
    plain = text_of(column, cell)
    if not plain:
        raise Unfit(f"{column} is empty")
    if plain.endswith("%"):
        raise Unfit(f"{column} is a share; give how many")
    if plain.startswith(("-", "−")):
        raise Unfit(f"{column} is negative")
    number = read_number(plain)
    if number is None or not number.is_integer() or number > MOST:
        raise Unfit(f"{column} is no whole number")
    return int(number)


def stage_of(cell: str) -> Stage:
    found = STAGES.get(text_of("stage", cell).casefold().replace("-", " "))
    if found is None:
        raise Unfit("stage is none of top, middle and bottom")
    return found
