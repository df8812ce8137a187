"""Pictures of a study, drawn on the server: figures ready for SVG, each with its finding in words.

All numbers are pixels of the picture's own frame.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from app.models.evidence import Evidence
from app.models.saturation import Saturation
from app.playbook.transcripts import likeliest
from app.playbook.words import family
from retrieval.evidence import Source

WIDTH = 440
PLOT_LEFT, PLOT_RIGHT, PLOT_TOP, PLOT_FLOOR = 34, 432, 22, 178
MAP_WIDTH = 800


@dataclass(frozen=True, slots=True)
class RowPicture:
    """One pip a person; `line` is where enough of them would be."""

    pips: list[tuple[float, bool]]
    pip: float
    line: float
    share: int


def coverage_row(covered: int, n: int, enough: float) -> RowPicture:
    step = WIDTH / max(n, 1)
    pip = max(step - min(3.0, step * 0.25), 0.5)
    pips = [(round(place * step, 1), place < covered) for place in range(n)]
    return RowPicture(pips, round(pip, 1), round(WIDTH * enough, 1), int(100 * covered / max(n, 1) + 0.5))


@dataclass(frozen=True, slots=True)
class Bar:
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class CurvePicture:
    """Themes so far as a line, new ones as bars; `grid` holds (y, figure), `ends` (x, label)."""

    path: str
    bars: list[Bar]
    grid: list[tuple[float, int]]
    ends: list[tuple[float, str]]
    total: int
    tip: tuple[float, float]
    alt: str


def saturation_curve(found: Saturation) -> CurvePicture | None:
    """The curve of first mentions over interviews in their order; None where fewer than two were held."""
    steps = found.steps
    if len(steps) < 2:
        return None
    most = max(steps[-1].total, 1)
    across = (PLOT_RIGHT - PLOT_LEFT) / len(steps)
    xs = [PLOT_LEFT + across * (place + 0.5) for place in range(len(steps))]
    ys = [_height(step.total, most) for step in steps]
    wide = max(min(14.0, across * 0.6), 1)
    bars = [
        Bar(round(x - wide / 2, 1), round(_height(step.new, most), 1), round(wide, 1),
            round(PLOT_FLOOR - _height(step.new, most), 1))
        for x, step in zip(xs, steps, strict=True) if step.new
    ]  # fmt: skip
    half = steps[(len(steps) - 1) // 2]
    return CurvePicture(
        path="M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in zip(xs, ys, strict=True)),
        bars=bars,
        grid=[(round(_height(figure, most), 1), figure) for figure in _ticks(most)],
        ends=[(round(xs[0], 1), "first"), (round(xs[-1], 1), "last")],
        total=most,
        tip=(round(xs[-1], 1), round(ys[-1], 1)),
        alt=f"Themes heard so far: {steps[0].total} after the first interview, {half.total} after half of them, "
        f"{most} after all {len(steps)}.",
    )


def _height(figure: int, most: int) -> float:
    return PLOT_FLOOR - (PLOT_FLOOR - PLOT_TOP) * figure / most


def _ticks(most: int) -> list[int]:
    """Two to four round figures below the top."""
    step = next(size for size in (1, 2, 5, 10, 20, 25, 50, 100, 200, 500, 1000, 10**6) if most / size <= 5)
    return [figure for figure in range(step, most, step) if most - figure > step / 3]


@dataclass(frozen=True, slots=True)
class Block:
    x: float
    width: float
    family: int


def source_map(source: Source, evidence: Sequence[Evidence]) -> list[Block]:
    """Where in a source its firm evidence lies, left to right."""
    scale = MAP_WIDTH / max(len(source.text), 1)
    firm = [one for one in evidence if one.firm]
    return [
        Block(round(one.quote.start * scale, 1), round(max((one.quote.end - one.quote.start) * scale, 3), 1),
              family(likeliest(one)))
        for one in firm
    ]  # fmt: skip
