"""The map of a buying centre: its people on a ring, conflicts as dashed lines between them, empty seats dashed.

All numbers are pixels of the picture's own frame.
"""

import math
from dataclasses import dataclass

from app.playbook.buying_centres import CentreView

WIDTH, HEIGHT = 520, 390
RADIUS_X, RADIUS_Y = 190, 138
SEAT = 26

Place = tuple[str, str, str, str]
"""Who sits there, their role, their leaning, and where their interview is."""


@dataclass(frozen=True, slots=True)
class Seat:
    """`title` is who sits there in words; `id` is empty for a part nobody interviewed plays."""

    x: float
    y: float
    id: str
    role: str
    leaning: str
    title: str
    label_y: float
    href: str


@dataclass(frozen=True, slots=True)
class Clash:
    """A line between two seats, and the number of the conflict in its middle."""

    path: str
    x: float
    y: float
    number: int
    href: str


@dataclass(frozen=True, slots=True)
class SeatMap:
    width: int
    height: int
    radius: int
    seats: list[Seat]
    clashes: list[Clash]
    alt: str


def seat_map(centre: CentreView) -> SeatMap:
    taken = [(one.person.id, one.role, one.leaning, one.person.href) for one in centre.seats]
    empty = [("", one.role, "not interviewed", "") for one in centre.absent]
    everybody = _mixed(taken, empty)
    seats = [_seat(place, len(everybody), *one) for place, one in enumerate(everybody)]
    at = {seat.id: seat for seat in seats if seat.id}
    clashes = []
    for number, conflict in enumerate(centre.conflicts, 1):
        sides = [at[quote.person] for quote in conflict.quotes if quote.person in at]
        if len(sides) == 2:
            clashes.append(_clash(sides[0], sides[1], number, f"#{conflict.anchor}"))
    alt = (
        f"{centre.account}: {len(taken)} people interviewed, {len(empty)} parts nobody plays, "
        f"{len(centre.conflicts)} conflicts."
    )
    return SeatMap(WIDTH, HEIGHT, SEAT, seats, clashes, alt)


def _mixed(taken: list[Place], empty: list[Place]) -> list[Place]:
    """Both kinds of seats spread evenly around the table: lines between people then have room."""
    spread = [((number + 0.5) / len(some), kind, seat) for kind, some in enumerate((taken, empty))
              for number, seat in enumerate(some)]  # fmt: skip
    return [seat for _, _, seat in sorted(spread, key=lambda row: row[:2])]


def _seat(place: int, n: int, id: str, role: str, leaning: str, href: str) -> Seat:
    angle = 2 * math.pi * place / max(n, 1) - math.pi / 2
    x, y = WIDTH / 2 + RADIUS_X * math.cos(angle), HEIGHT / 2 - 14 + RADIUS_Y * math.sin(angle)
    title = f"{id or 'Nobody yet'}: {role}, {leaning}"
    return Seat(round(x, 1), round(y, 1), id, role, leaning, title, round(y + SEAT + 15, 1), href)


def _clash(one: Seat, other: Seat, number: int, href: str) -> Clash:
    """Bent towards the middle, the more so the later it comes, so that two between the same people stay apart."""
    bend = 0.25 + 0.18 * (number - 1)
    x = (one.x + other.x) / 2 * (1 - bend) + WIDTH / 2 * bend
    y = (one.y + other.y) / 2 * (1 - bend) + (HEIGHT / 2 - 14) * bend
    middle_x, middle_y = (one.x + 2 * x + other.x) / 4, (one.y + 2 * y + other.y) / 4
    path = f"M{one.x} {one.y}Q{x:.1f} {y:.1f} {other.x} {other.y}"
    return Clash(path, round(middle_x, 1), round(middle_y, 1), number, href)
