"""Tally: how many rows went where, and what to do about the rest. It counts, and keeps nothing of a row."""

from collections import Counter
from collections.abc import Iterable, Iterator

from app.activation.writing import UNASSIGNED, persona_of
from app.models.assignment import Assignment, RuleBook


class Tally:
    """Counts assignments as they pass."""

    def __init__(self) -> None:
        self.rows = 0
        self.suppressed = 0
        self.personas: Counter[str] = Counter()
        self.micros = 0

    def counted(self, assignments: Iterable[Assignment]) -> Iterator[Assignment]:
        for one in assignments:
            self.rows += 1
            self.suppressed += bool(one.suppressed)
            self.personas[persona_of(one)] += 1
            self.micros += one.assigned and one.micro.segment_id is not None
            yield one

    def sentences(self, book: RuleBook) -> list[str]:
        """What came out, then what the rules cannot do and which question to ask instead."""
        named = [f"{count} {name}" for name, count in self.personas.most_common() if name != UNASSIGNED]
        left = self.personas[UNASSIGNED] - self.suppressed
        told = f"{self.rows} rows: {', '.join([*named, f'{left} unassigned', f'{self.suppressed} suppressed'])}."
        micro = [f"Of those assigned, {self.micros} have a micro persona."] if named else []
        return [told, *micro, *limits(book)]


def limits(book: RuleBook) -> list[str]:
    """What the rules of this study can tell, said before anybody relies on them."""
    macro = [level.bar for level in book.levels if level.parent_id is None]
    found = []
    for bar in macro:
        if bar.confidence is None:
            found.append(
                f"Attributes alone do not tell this study's segments apart: scored without themselves, its {bar.tried} "
                "participants were not placed better than by naming the largest segment. Nobody is assigned; ask."
            )
        else:
            found.append(
                f"Tried on this study's own {bar.tried} participants, each by rules and a bar that did not know them: "
                f"{bar.passed} were assigned, {bar.right} of them rightly. Naming the largest segment is right for "
                f"{bar.majority:.0%}."
            )
    inner = [level.bar for level in book.levels if level.parent_id]
    if blind := sum(bar.confidence is None for bar in inner):
        where = f"in {blind} of {len(inner)} core personas"
        found.append(f"Micro personas are told by a question, not by attributes, {where}.")
    return found
