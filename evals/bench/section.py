"""A bench's findings: tables and sentences, as markdown."""

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass
class Section:
    """`command` prints the same figures again; `parts` are blocks of markdown; `skipped` says what and why."""

    title: str
    command: str
    parts: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)

    def say(self, *parts: str) -> None:
        self.parts.extend(parts)

    def markdown(self) -> str:
        missing = [f"Left out: {reason}" for reason in self.skipped]
        return "\n\n".join([f"## {self.title}", f"`{self.command}`", *self.parts, *missing]) + "\n"


def table(heads: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """A markdown table; the first column is text, the others are figures."""
    rule = ["---", *["---:"] * (len(heads) - 1)]
    return "\n".join(f"| {' | '.join(map(cell, row))} |" for row in [heads, rule, *rows])


def cell(value: object) -> str:
    """Figures to three digits that say something; None is a dash."""
    if value is None:
        return "–"
    if isinstance(value, float):
        return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}" if abs(value) >= 1 else f"{value:.3f}"
    return f"{value:,}" if isinstance(value, int) else str(value)


def met(goal: str, figure: float, holds: bool) -> str:
    """One line that says whether a goal of the project holds."""
    return f"- {'met' if holds else '**not met**'}: {goal} (measured {cell(figure)})"
