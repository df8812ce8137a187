"""Scores: what a study was measured at, over time, as lines one can read, and what failed.

A score is nothing without its meaning: each has its sentence, and says which way is better.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.web.rooms import Room
from evals.report import EvalReport

# Name → what it is called, what it means, and what it would be if nothing were wrong (None: that is a matter of taste).
MEANINGS: dict[str, tuple[str, str, float | None]] = {
    "quote_validity": ("Quotes are real", "Quotes that stand word for word in the source, said by the one named.", 1),
    "interviewer_quotes": ("Interviewer quoted", "Quotes that are an interviewer’s words.", 0),
    "cited_claims": ("Claims rest on quotes", "Claims that cite somebody, or admit that nobody spoke of it.", 1),
    "support_counts": ("Counts are right", "Claims whose “k of n” fits the people they cite.", 1),
    "coverage": ("People covered", "Participants that some core persona stands for; 80 % is enough.", 0.8),
    "distinctness": ("Personas differ", "How little two personas of one kind share. Higher is more distinct.", None),
    "one_macro_per_micro": ("Micros have one core", "Micro personas that belong to exactly one core persona.", 1),
    "leave_one_out": (
        "Segments hold",
        "How alike the segments stay where one person is left out: 1 is the same.",
        None,
    ),
    "schema_valid": ("Schema obeyed", "Whether personas.json obeys the published schema.", 1),
    "rerun_identical": ("Rerun identical", "Whether a second run gave the same personas, byte for byte.", 1),
    "lint_findings": ("Careless words", "Words in claims that a careful writer would not use.", 0),
}
COUNTS = ("interviewer_quotes", "lint_findings")
# Failed rows by their check: what was looked at.
CHECKS = {"quote": "a quote", "claim": "a claim", "support": "a count", "parent": "a micro persona", "lint": "wording",
          "schema": "the file"}  # fmt: skip
MOST_ROWS = 60
# The frame of a line, in pixels of its own.
WIDE, HIGH, EDGE = 160, 40, 5


@dataclass(frozen=True, slots=True)
class Score:
    """`line` is a path through `points`; `good` is None where nothing says what is good enough."""

    name: str
    meaning: str
    value: str
    good: bool | None
    history: list[str]
    line: str
    tip: tuple[float, float]
    alt: str
    lacks: str


@dataclass(frozen=True, slots=True)
class Failed:
    """A row that is not as it should be; `persona` and `path` lead to it where it is still there."""

    check: str
    what: str
    persona: str
    path: str


def scores(reports: Sequence[EvalReport]) -> list[Score]:
    """Every score that one of the reports holds, by the latest; reports come oldest first."""
    known = [name for name in MEANINGS if any(name in one.scores for one in reports)]
    other = sorted({name for one in reports for name in one.scores} - set(MEANINGS))
    return [_score(name, reports) for name in (*known, *other)]


def _score(name: str, reports: Sequence[EvalReport]) -> Score:
    title, meaning, target = MEANINGS.get(name, (name.replace("_", " ").capitalize(), "", None))
    values = [one.scores.get(name) for one in reports]
    told = [value for value in values if value is not None]
    now = values[-1]
    points = _points(values, count=name in COUNTS)
    return Score(
        name=title,
        meaning=meaning,
        value=_said(name, now),
        good=None if now is None or target is None else (now <= target if name in COUNTS else now >= target),
        history=[_said(name, value) for value in values],
        line="M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points) if len(points) > 1 else "",
        tip=points[-1] if points else (WIDE - EDGE, HIGH / 2),
        alt=f"{title}: {_said(name, told[0])} at first, {_said(name, told[-1])} now, measured {len(told)} times.",
        lacks=reports[-1].not_evaluable.get(name, "") if now is None else "",
    )


def _said(name: str, value: float | None) -> str:
    """Counts as they are, shares in percent where they are shares, the rest to two digits."""
    if value is None:
        return "–"
    if name in COUNTS:
        return f"{value:.0f}"
    if name in ("leave_one_out", "distinctness"):
        return f"{value:.2f}"
    return f"{100 * value:.3g} %"


def _points(values: Sequence[float | None], *, count: bool) -> list[tuple[float, float]]:
    """Left to right in time; 1 is on top, and of counts the most there was."""
    most = max([1.0, *(value for value in values if value is not None)]) if count else 1.0
    step = (WIDE - 2 * EDGE) / max(len(values) - 1, 1)
    return [
        (EDGE + step * place, HIGH - EDGE - (HIGH - 2 * EDGE) * max(value, 0.0) / most)
        for place, value in enumerate(values)
        if value is not None
    ]


def failed(room: Room, report: EvalReport) -> tuple[list[Failed], int]:
    """The rows that failed, the first of many, and how many there are."""
    wrong = report.wrong()
    return [_failed(room, row) for row in wrong[:MOST_ROWS]], len(wrong)


def _failed(room: Room, row: Mapping[str, Any]) -> Failed:
    persona = room.persona_by_id.get(str(row.get("persona", "")))
    return Failed(
        check=CHECKS.get(str(row.get("check")), str(row.get("check", ""))),
        what=str(row.get("got", "")),
        persona=persona.name if persona else "",
        path=room.links.persona(persona.id) if persona else "",
    )
