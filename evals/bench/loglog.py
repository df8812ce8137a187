"""Small charts with both axes logarithmic, as SVG: a straight line is a power, a flat one a constant."""

from collections.abc import Mapping, Sequence
from html import escape
from math import ceil, floor, log10

Line = Sequence[tuple[float, float]]

WIDTH, HEIGHT = 420, 260
LEFT, RIGHT, TOP, BOTTOM = 62, 16, 56, 34
# Told apart by people who see few colours (Okabe & Ito 2008).
COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7")
STYLE = "text{font:11px sans-serif;fill:#333}.title{font-weight:bold}.grid{stroke:#ddd}.line{fill:none;stroke-width:2}"


def draw(panels: Mapping[str, Mapping[str, Line]], across: str) -> str:
    """Panels in two columns, each of named lines of (x, y), all above 0; `across` says what x is."""
    tall = HEIGHT * -(-len(panels) // 2)
    drawn = [
        f'<g transform="translate({number % 2 * WIDTH},{number // 2 * HEIGHT})">{_panel(title, lines, across)}</g>'
        for number, (title, lines) in enumerate(panels.items())
    ]
    size = f'width="{2 * WIDTH}" height="{tall}" viewBox="0 0 {2 * WIDTH} {tall}"'
    start = f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img"><style>{STYLE}</style>'
    return "\n".join([start, '<rect width="100%" height="100%" fill="#fff"/>', *drawn, "</svg>"]) + "\n"


def _panel(title: str, lines: Mapping[str, Line], across: str) -> str:
    points = [point for line in lines.values() for point in line]
    xs, ys = Axis([x for x, _ in points], LEFT, WIDTH - RIGHT), Axis([y for _, y in points], HEIGHT - BOTTOM, TOP)
    parts = [_text(LEFT, 16, title, "title"), _text(WIDTH - RIGHT, HEIGHT - 4, across, anchor="end")]
    for value in xs.decades():
        at = xs.at(value)
        parts.append(f'<path class="grid" d="M{at:.1f} {TOP}V{HEIGHT - BOTTOM}"/>')
        parts.append(_text(at, HEIGHT - BOTTOM + 14, _short(value), anchor="middle"))
    for value in ys.decades():
        at = ys.at(value)
        parts.append(f'<path class="grid" d="M{LEFT} {at:.1f}H{WIDTH - RIGHT}"/>')
        parts.append(_text(LEFT - 6, at + 4, _short(value), anchor="end"))
    for (name, line), colour in zip(lines.items(), COLOURS, strict=False):
        parts.append(_line(name, [(xs.at(x), ys.at(y)) for x, y in line], colour))
    return "".join(parts) + _legend(list(lines))


def _line(name: str, places: Line, colour: str) -> str:
    path = "L".join(f"{x:.1f} {y:.1f}" for x, y in places)
    dots = "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in places)
    return f'<path class="line" stroke="{colour}" d="M{path}"><title>{escape(name)}</title></path>{dots}'


def _legend(names: Sequence[str]) -> str:
    step = (WIDTH - LEFT - RIGHT) / max(1, len(names))
    parts = []
    for number, (name, colour) in enumerate(zip(names, COLOURS, strict=False)):
        x = LEFT + number * step
        parts.append(f'<rect x="{x:.1f}" y="28" width="10" height="10" fill="{colour}"/>{_text(x + 14, 37, name)}')
    return "".join(parts)


def _text(x: float, y: float, words: str, kind: str = "", anchor: str = "start") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" class="{kind}" text-anchor="{anchor}">{escape(words)}</text>'


def _short(value: float) -> str:
    """1000 as 1k, 1000000 as 1M; small numbers as they are."""
    for size, sign in ((1e6, "M"), (1e3, "k")):
        if value >= size:
            return f"{value / size:g}{sign}"
    return f"{value:g}"


class Axis:
    """From values to places: whole powers of ten at both ends, `first` and `last` being their places."""

    def __init__(self, values: Sequence[float], first: float, last: float):
        self.low = floor(log10(min(values)))
        self.high = max(ceil(log10(max(values))), self.low + 1)
        self.first, self.last = first, last

    def at(self, value: float) -> float:
        share = (log10(value) - self.low) / (self.high - self.low)
        return self.first + share * (self.last - self.first)

    def decades(self) -> list[float]:
        return [10.0**power for power in range(self.low, self.high + 1)]
