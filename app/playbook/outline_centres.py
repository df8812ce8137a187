"""A buying centre as blocks: who takes part, conflicts, common ground, parts nobody plays, a way to agreement."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from app.playbook.blocks import Block, Heading, Line, Said
from app.playbook.buying_centres import CentreView, SaidView, SeatView
from app.playbook.view import QuoteView


@dataclass(frozen=True)
class CentreOutline:
    """`said` turns quotes into blocks with their numbers."""

    centre: CentreView
    said: Callable[[Iterable[QuoteView]], Iterator[Said]]

    def blocks(self) -> Iterator[Block]:
        one = self.centre
        yield Heading(1, f"{one.ref} Buying centre: {one.account}", one.anchor)
        yield Line("Internal: it names an account.", "soft")
        yield Line(f"{one.decision} {one.note}".strip(), "lead")
        yield Heading(2, "Who takes part")
        for seat in one.seats:
            yield from self._seat(seat)
        yield from self._conflicts()
        yield from self._ground()
        yield from self._absent()
        yield from self._plan()

    def _seat(self, seat: SeatView) -> Iterator[Block]:
        persona = f" Persona: {seat.persona}." if seat.persona else ""
        yield Line(f"{seat.role}; {seat.leaning}. Told from: {seat.why}.{persona}", "bullet", seat.person.id)
        for line in seat.said:
            yield Line(line.text, "soft")
            yield from self.said(line.quotes)

    def _conflicts(self) -> Iterator[Block]:
        if self.centre.conflicts:
            yield Heading(2, "Conflicts")
        for one in self.centre.conflicts:
            yield Line(f"{one.issue.rstrip('.')}. Why: {one.why}.", "bullet")
            yield from self.said(one.quotes)

    def _ground(self) -> Iterator[Block]:
        if self.centre.ground or self.centre.ground_ask:
            yield Heading(2, "Common ground")
        for one in self.centre.ground:
            yield from self._line(one, "bullet", f" ({one.k} of {one.n})")
        if self.centre.ground_ask:
            yield Line(self.centre.ground_ask, "soft", "No evidence yet. Ask")

    def _absent(self) -> Iterator[Block]:
        if self.centre.absent:
            yield Heading(2, "Parts nobody plays")
        for one in self.centre.absent:
            yield Line(one.ask, "bullet", one.role)
            yield from self.said(one.mentions)

    def _plan(self) -> Iterator[Block]:
        if self.centre.plan:
            yield Heading(2, "A way to agreement")
            yield Line("Inferred from what each of them said. Check it with all of them.", "soft")
        for one in self.centre.plan:
            yield from self._line(one, "step")

    def _line(self, one: SaidView, kind: str, counted: str = "") -> Iterator[Block]:
        yield Line(one.text + counted, kind)
        if one.note:
            yield Line(one.note, "soft")
        yield from self.said(one.quotes)
