"""The playbook as a run of blocks, for formats that are read from top to bottom: the same text in each of them.

`outline(view)` goes through the sections in their order; what holds nothing has no heading. Text is plain: each format
makes it inert.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from app.playbook.advice_view import SignalView
from app.playbook.appendix import numbers
from app.playbook.blocks import Block, Entry, Grid, Heading, Line, Said, Statement
from app.playbook.outline_centres import CentreOutline
from app.playbook.view import (
    BesideView,
    CellView,
    ClaimView,
    FieldView,
    GapView,
    MacroView,
    MicroView,
    PlaybookView,
    QuoteView,
)


def outline(view: PlaybookView) -> list[Block]:
    """Every block after the title, in order."""
    return list(Outline(view, numbers(view.cited)).blocks())


@dataclass(frozen=True)
class Outline:
    """Writes the sections; `numbers` tell a quote's place in the appendix by its address."""

    view: PlaybookView
    numbers: dict[str, int]

    def blocks(self) -> Iterator[Block]:
        for section in self.view.sections:
            yield from SECTION[section](self)

    def overview(self) -> Iterator[Block]:
        seen = self.view.coverage
        yield Heading(1, "Overview", "overview")
        yield Line(f"{seen.sentence} {seen.verdict}".strip(), "lead")
        yield Grid(["What", "How many", ""], [[one.label, one.figure, one.note] for one in self.view.stats])
        if self.view.macros:
            yield Heading(2, "Segment tree")
            yield Grid(["Persona", "People", "Share"], [row for one in self.view.macros for row in _branch(one)])
        if seen.uncovered:
            yield Heading(2, "Whom no core persona stands for")
        for person in seen.uncovered:
            yield Line(". ".join(part for part in (person.description, person.why) if part), "bullet", person.id)

    def advice(self) -> Iterator[Block]:
        advised = self.view.advice
        if advised is None:
            return
        yield Heading(1, "What to do first", "advice")
        yield from (Line(step, "step") for step in advised.steps)
        yield from (Line(text, "soft") for text in advised.how_many)
        if advised.payoffs:
            yield Heading(2, "Which micro personas pay off")
        for one in advised.payoffs:
            yield Heading(3, f"{one.ref} {one.name}: {one.call}")
            yield Line(f"{one.why}. Value: {one.value} ({one.basis}). Effort: {one.effort}, inferred.")
            for judged in one.judgements:
                yield Line(f"{judged.finding}. {judged.why}.", "bullet", judged.label)
                yield from self.said(judged.quotes)
                if judged.ask:
                    yield Line(judged.ask, "soft", "Ask")
        yield from self._signals()

    def _signals(self) -> Iterator[Block]:
        advised = self.view.advice
        if advised and advised.patterns:
            yield Heading(2, "What the CRM says, by sales’ own labels")
            yield from (Line(text, "bullet") for text in advised.crm)
            head = ["Label", "Accounts", "Value of won", "Days to close", "Won of closed", "Read with care"]
            rows = [[row.name, str(row.accounts), row.value, row.days, row.conversion, row.caution]
                    for row in advised.patterns]  # fmt: skip
            yield Grid(head, rows)
        if advised and advised.signals:
            yield Heading(2, "How to tell them apart")
            yield _told_apart(advised.signals)
        if advised and advised.readiness:
            yield Heading(2, "Ready to use?")
            rows = [
                [what, "ok" if ok else "attention", figure, remedy] for what, ok, figure, remedy in advised.readiness
            ]
            yield Grid(["What", "", "Figure", "Remedy"], rows)

    def cores(self) -> Iterator[Block]:
        for macro in self.view.macros:
            yield Heading(1, f"{macro.ref} {macro.name}", macro.anchor)
            yield Line(f"Core persona of {people_of(macro.n)}, {macro.share} of everybody.", "soft")
            yield Line(macro.summary, "lead")
            yield from _cautions(macro.cautions)
            yield from self.fields("What they share", macro.fields, 2)
            if macro.stakes:
                yield Heading(2, "Table stakes")
                yield Line("Said in every segment. Meet them; do not sell with them.", "soft")
                yield from (self.statement(one) for one in macro.stakes)
            yield from _gaps(macro.gaps, 2)
            if macro.micros:
                yield Heading(2, "Micro personas beside the core")
                head = ["", *(f"{column.ref} {column.name}" for column in macro.compare.columns)]
                yield Grid(head, [[row.label, *(_cell(cell) for cell in row.cells)] for row in macro.compare.rows])
            for micro in macro.micros:
                yield from self.micro(macro, micro)

    def micro(self, macro: MacroView, micro: MicroView) -> Iterator[Block]:
        yield Heading(2, f"{micro.ref} {micro.name}", micro.anchor)
        about = f"Micro persona of {macro.name}: {people_of(micro.n)}, {micro.share} of the core; {micro.funnel}"
        yield Line(f"{about} of the funnel.", "soft")
        yield Line(micro.summary, "lead")
        yield from _cautions(micro.cautions)
        if micro.differences:
            yield Heading(3, "What makes them different")
        for one in micro.differences:
            rest = f"rest of core {one.rest_k} of {one.rest_n}"
            lift = f"lift {one.lift}" + (f" ({one.interval})" if one.interval else "")
            doubt = ["may be luck: the interval includes 1"] if one.may_be_luck else []
            yield self.statement(one.claim, [rest, lift, f"by luck {one.luck}", *doubt], label=True)
        for pair in micro.contrast:
            yield Heading(3, f"Same title, different reality{': ' + pair.role if pair.role else ''}")
            yield Grid([pair.our_name, pair.their_name], [[pair.ours.text, pair.theirs.text]])
            yield from (Line(one, "soft") for one in dict.fromkeys([pair.ours.note, pair.theirs.note]) if one)
            yield from self.said([*pair.ours.quotes[:1], *pair.theirs.quotes[:1]])
        yield from self.fields("What else they say", micro.further, 3)
        yield from _gaps(micro.gaps, 3)

    def beside(self, level: str) -> Iterator[Block]:
        for one in self.view.beside_of(level):
            yield Heading(1, f"{one.ref} {one.name}", one.anchor)
            linked = f" of {one.linked[0]}" if one.linked else ""
            about = [f"{one.kind}{linked}", people_of(one.n), f"{one.share} of everybody", *one.pills]
            yield Line("; ".join(about) + ".", "soft")
            yield Line(one.summary, "lead")
            yield from _cautions(one.cautions)
            yield from self._tests(one)
            yield from self.fields("What was said", one.fields, 2)
            yield from _gaps(one.gaps, 2)

    def _tests(self, one: BesideView) -> Iterator[Block]:
        if one.tests:
            yield Heading(2, "Suppression rule")
            yield Line(one.rule)
            rows = [[test.test, "inferred" if test.inferred else "stated", test.label, test.ref] for test in one.tests]
            yield Grid(["Test", "Threshold", "Because", "Claim"], rows)

    def refused(self) -> Iterator[Block]:
        if self.view.refused:
            yield Heading(1, "Not drafted", "refused")
        for one in self.view.refused:
            yield Line(f"{one.reason} {one.ask}".strip(), "bullet", one.name)

    def centres(self) -> Iterator[Block]:
        for one in self.view.centres:
            yield from CentreOutline(one, self.said).blocks()

    def briefs(self) -> Iterator[Block]:
        if self.view.briefs:
            yield Heading(1, "Briefs", "briefs")
            head = ["For", "Funnel", "Intent", "Industry", "Format", "Key message", "Proof points"]
            yield Grid(head, [[f"{one.ref} {one.name}".strip(), one.stage, one.intent, one.industry, one.asset,
                               one.message, str(one.proof)] for one in self.view.briefs])  # fmt: skip

    def themes(self) -> Iterator[Block]:
        seen = self.view.heat
        if seen.rows:
            yield Heading(1, "Who says what", "themes")
            yield Line("People of each group who say it; a row filled across is the core, or a table stake.", "soft")
            head = ["Theme", "Code", *(group.ref for group in seen.groups), "Said by"]
            yield Grid(head, [[row.label, row.code + (", table stake" if row.table_stakes else ""),
                               *_heard(row.cells, [len(group.people) for group in seen.groups]),
                               f"{row.k} of {row.n}"] for row in seen.rows])  # fmt: skip

    def appendix(self) -> Iterator[Block]:
        if self.view.cited:
            yield Heading(1, "Evidence", "appendix")
            yield Line("Every quote in this playbook, word for word, in the order of the conversations.", "soft")
        for one in self.view.cited:
            by = ", ".join(part for part in (one.person, one.about, one.source, one.where) if part)
            mark = "; may be quoted in marketing" if one.marketing else ""
            yield Entry(one.number, one.anchor, one.text, by + mark, [(ref, href[1:]) for ref, href in one.uses])

    def method(self) -> Iterator[Block]:
        told = self.view.method
        yield Heading(1, "How it was made, and how to read it", "method")
        yield Heading(2, "Reading the figures")
        yield from (Line(text, "bullet", term) for term, text in told.terms)
        yield Heading(2, "Who was listened to")
        roles = [[role, str(n)] for role, n in [*told.roles, *((f"Consent: {text}", n) for text, n in told.consents)]]
        yield Grid(["Who", "People"], roles)
        yield Heading(2, "Made with")
        yield Grid(["What", "How"], [[term, text] for term, text in told.facts])
        if told.scores:
            yield Heading(2, "Measured")
            yield Grid(["What", "Score"], [[term, text] for term, text in told.scores])
        yield Heading(2, "Limits")
        yield from (Line(text, "bullet") for text in told.limits)
        if told.note:
            yield Heading(2, "About the material")
            yield Line(told.note)

    def fields(self, title: str, fields: list[FieldView], level: int) -> Iterator[Block]:
        if fields:
            yield Heading(level, title)
        for one in fields:
            yield Heading(level + 1, one.label)
            yield from (self.statement(claim) for claim in one.claims)

    def statement(self, claim: ClaimView, facts: Iterable[str] = (), *, label: bool = False) -> Statement:
        known = [
            f"{claim.k} of {claim.n}",
            *facts,
            *(["inferred"] if claim.inferred else []),
            f"confidence {claim.confidence}",
            *([claim.review] if claim.review else []),
        ]
        said = [*self.said(claim.quotes), *self.said(claim.against, against=True)]
        about = f"{claim.label}: " if label else ""
        return Statement(claim.ref, claim.anchor, about + claim.text, known, said, claim.against_title, claim.note)

    def said(self, quotes: Iterable[QuoteView], *, against: bool = False) -> Iterator[Said]:
        for one in quotes:
            coded = f"coded by {one.coded_by}" if one.coded_by else ""
            by = ", ".join(part for part in (one.person, one.where, coded) if part)
            yield Said(one.text, by, self.numbers.get(one.href, 0), against)


# How each section is written; `beside` serves three of them.
SECTION = {
    "overview": Outline.overview,
    "advice": Outline.advice,
    "cores": Outline.cores,
    "customers": lambda outline: outline.beside("customer"),
    "candidates": lambda outline: outline.beside("candidate"),
    "negatives": lambda outline: outline.beside("negative"),
    "refused": Outline.refused,
    "centres": Outline.centres,
    "briefs": Outline.briefs,
    "themes": Outline.themes,
    # They are read on the page alone, where a quote can be seen in its place.
    "transcripts": lambda outline: iter(()),
    "appendix": Outline.appendix,
    "method": Outline.method,
}


def people_of(n: int) -> str:
    return f"{n} {'person' if n == 1 else 'people'}"


def _told_apart(signals: list[SignalView]) -> Grid:
    """What to ask; without a column of what to listen for where that is not told."""
    told = any(one.listen_for for one in signals)
    rows = [
        [one.question, *([one.listen_for] if told else []), one.segment, f"{one.k} of {one.n}",
         f"{one.rest_k} of {one.rest_n}"]
        for one in signals
    ]  # fmt: skip
    return Grid(["Ask", *(["Listen for"] if told else []), "More likely", "There", "Elsewhere"], rows)


def _branch(macro: MacroView) -> Iterator[list[str]]:
    yield [f"{macro.ref} {macro.name}", str(macro.n), f"{macro.share} of everybody"]
    for micro in macro.micros:
        yield [f"— {micro.ref} {micro.name}", str(micro.n), f"{micro.share} of the core"]


def _cautions(lines: list[str]) -> Iterator[Block]:
    yield from (Line(text, "bullet", "Read with care") for text in lines)


def _gaps(gaps: list[GapView], level: int) -> Iterator[Block]:
    if gaps:
        yield Heading(level, "What too few people said anything about")
        yield Grid(["Field", "Evidence", "Ask"], [[one.label, f"{one.found} of {one.needed} needed", one.ask]
                                                  for one in gaps])  # fmt: skip


def _cell(cell: CellView) -> str:
    if cell.state == "claim":
        return f"{cell.text} ({cell.k} of {cell.n}; {cell.ref})"
    if cell.state == "same":
        return f"Same as the core ({cell.k} of {cell.n})"
    return "No evidence yet" if cell.state == "gap" else "Micro personas only"


def _heard(cells: list[tuple[int, int, bool]], sizes: list[int]) -> list[str]:
    """Of each group, how many people say it."""
    counts, at = [], 0
    for size in sizes:
        counts.append(sum(n > 0 for n, _, _ in cells[at : at + size]))
        at += size
    return [f"{n} of {size}" for n, size in zip(counts, sizes, strict=True)]
