"""Saturation: how many themes each interview added, and when a run of interviews added next to none.

Guest, Namey & Chen 2020, "A simple method to assess and report thematic saturation in qualitative research", PLoS ONE
15(5): themes of the first four interviews are the base; a run is two interviews; saturation is reached where
a run adds no more than 5 % of the base. A theme is new in the interview that holds its first evidence.

Themes here need two people, so what only the last interviews say cannot be a theme yet: the curve flatters. So the
themes whose second voice an interview is are counted beside it: while those keep coming, more would come.
"""

import numpy as np
from numpy.typing import NDArray

from app.models.saturation import Saturation, Step
from app.strategy.grounds import Grounds
from app.strategy.words import count, percent
from retrieval.evidence import SourceKind

BASE_SIZE = 4
RUN_LENGTH = 2
THRESHOLD = 0.05
# Enough that the averages move by less than a tenth of a theme between seeds.
ORDERS = 500
SEED = 4
# The last interviews that the plain sentence speaks of.
LAST = 4

Heard = NDArray[np.bool_]
Counts = NDArray[np.int64]


def measure_saturation(grounds: Grounds) -> Saturation:
    """The curve in order of import, and what random orders say, drawn with a fixed seed."""
    interviews = {one.id: one.name for one in grounds.material.sources if one.kind is SourceKind.INTERVIEW}
    order = [one for one in grounds.import_order if one in interviews]
    heard = _heard(grounds, order)
    new, confirmed = _voices(heard)
    drawn = _random_orders(heard)
    average = drawn.mean(axis=0)
    total = np.cumsum(new)
    steps = [
        Step(source=interviews[one], new=int(new[i]), total=int(total[i]), confirmed=int(confirmed[i]),
             average_new=round(float(average[i]), 2))
        for i, one in enumerate(order)
    ]  # fmt: skip
    reached = _reached(new)
    return Saturation(
        base_size=BASE_SIZE, run_length=RUN_LENGTH, threshold=THRESHOLD, base_themes=int(new[:BASE_SIZE].sum()),
        steps=steps, last_run_share=_last_share(new), reached_after=reached, usual=_usual(drawn), orders=ORDERS,
        late_voices=int(confirmed[-LAST:].sum()),
        sentences=_sentences(new, confirmed, reached, _usual(drawn)),
    )  # fmt: skip


def _heard(grounds: Grounds, order: list[str]) -> Heard:
    """(interviews, themes): whether the interview holds evidence of the theme."""
    row = {source: i for i, source in enumerate(order)}
    found = np.zeros((len(order), len(grounds.cast.themes)), dtype=bool)
    for column, theme in enumerate(grounds.cast.themes):
        for evidence_id in theme.evidence_ids:
            one = grounds.material.by_id.get(evidence_id)
            if one and one.quote.source_id in row:
                found[row[one.quote.source_id], column] = True
    return found


def _voices(heard: Heard) -> tuple[Counts, Counts]:
    """For each interview in this order: themes heard for the first time, and for the second."""
    so_far = np.cumsum(heard, axis=0)
    return (heard & (so_far == 1)).sum(axis=1), (heard & (so_far == 2)).sum(axis=1)


def _random_orders(heard: Heard) -> Counts:
    """(orders, interviews): new themes at each place."""
    dice = np.random.default_rng(SEED)
    return np.stack([_voices(heard[dice.permutation(len(heard))])[0] for _ in range(ORDERS)])


def _reached(new: Counts) -> int | None:
    """How many interviews came before the first run that added no more than the threshold; None where none did."""
    base = new[:BASE_SIZE].sum()
    for start in range(BASE_SIZE, len(new) - RUN_LENGTH + 1):
        if base and new[start : start + RUN_LENGTH].sum() <= THRESHOLD * base:
            return start
    return None


def _last_share(new: Counts) -> float | None:
    """What the last run added, as a share of the base; None where there was no run after the base."""
    base = int(new[:BASE_SIZE].sum())
    if not base or len(new) < BASE_SIZE + RUN_LENGTH:
        return None
    return round(int(new[-RUN_LENGTH:].sum()) / base, 4)


def _usual(drawn: Counts) -> float | None:
    """The median over the orders; None where half of them or more never reached it."""
    points = [_reached(order) for order in drawn]
    reached = [float(one) if one is not None else np.inf for one in points]
    middle = float(np.median(reached))
    return middle if np.isfinite(middle) else None


def _sentences(new: Counts, confirmed: Counts, reached: int | None, usual: float | None) -> list[str]:
    if len(new) < BASE_SIZE + RUN_LENGTH:
        least = BASE_SIZE + RUN_LENGTH
        return [f"{count(len(new), 'interview')}: saturation can be judged from {least} on."]
    before = int(new[:-LAST].sum())
    added = int(new[-LAST:].sum())
    told = [f"The last {LAST} interviews added {count(added, 'new theme')} to {before}."]
    told.append(_when(reached, len(new)))
    told.append(_whatever_order(usual))
    return [*told, _second_voices(int(confirmed[-LAST:].sum()), int(new.sum()))]


def _when(reached: int | None, n: int) -> str:
    bar = f"(no more than {percent(THRESHOLD)} of the base of {BASE_SIZE} in {RUN_LENGTH} interviews)"
    if reached is None:
        return f"Saturation {bar} is not reached after {n} interviews."
    return f"Saturation {bar} was reached after {reached} interviews."


def _whatever_order(usual: float | None) -> str:
    if usual is None:
        return f"In {ORDERS} random orders most do not reach it."
    return f"In {ORDERS} random orders it is reached after {usual:.0f} at the median."


def _second_voices(confirmed: int, themes: int) -> str:
    """Why a flat curve is no proof."""
    late = f"{confirmed} of {count(themes, 'theme')} had their second voice only in the last {LAST}"
    plain = f"A theme needs two people: {late}"
    return f"{plain}, so further interviews would find more." if confirmed > THRESHOLD * themes else f"{plain}."
