"""Small words and figures of the advice: shares, counts, lists, ranges. The page has its own, with its own spacing."""

from collections.abc import Sequence

from app.models.crm import Estimate


def percent(share: float) -> str:
    return f"{int(share * 100 + 0.5)} %"


def count(n: int, one: str, many: str = "") -> str:
    """`1 person`, `9 people`; the plural is `one` + s unless given."""
    return f"{n:,} {one if n == 1 else many or one + 's'}"


def listed(names: Sequence[str], most: int = 4) -> str:
    """`P02, P07 and P12`; beyond `most` names the rest are counted."""
    shown = list(names)
    if len(shown) > most:
        shown = [*shown[: most - 1], f"{len(shown) - most + 1} others"]
    return " and ".join([", ".join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown)


def figure(value: float) -> str:
    """`334,700`; a decimal only where it says something."""
    return f"{value:,.0f}" if abs(value) >= 100 or value == int(value) else f"{value:,.1f}"


def ranged(estimate: Estimate | None, *, share: bool = False) -> str:
    """The estimate with its interval: `334,700 (253,400 to 381,700)`; a dash where there is none."""
    if estimate is None:
        return "–"
    show = percent if share else figure
    if estimate.low is None or estimate.high is None:
        return show(estimate.value)
    return f"{show(estimate.value)} ({show(estimate.low)} to {show(estimate.high)})"
