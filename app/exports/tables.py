"""The tables of claims and of quotes: rows made once, for CSV and for the workbook.

claims   a claim a row, every persona's, also those that say what is not known yet
quotes   a citation a row: the words cut from the source, and where they stand
"""

from collections.abc import Sequence
from dataclasses import dataclass

from app.cells import Cell, to_csv
from app.exports.outgoing import Outgoing
from app.models.claim import Citation, Claim
from app.models.field import load_fields
from app.models.persona import MicroPersona, Persona
from app.playbook.personas import PersonaDesk
from app.playbook.quotes import QuoteDesk
from retrieval.evidence import Source

BETWEEN = "; "
Row = Sequence[Cell]


@dataclass(frozen=True)
class Table:
    """`columns` is name → width in characters; `rows` have a cell for each."""

    name: str
    columns: dict[str, int]
    rows: Sequence[Row]

    def csv(self) -> bytes:
        return to_csv(list(self.columns), self.rows)


CLAIMS = {
    "persona_id": 17, "persona_ref": 9, "persona": 26, "kind": 10, "version": 8, "claim_id": 17, "ref": 8, "field": 20,
    "sets_apart": 9, "text": 60, "status": 12, "k": 5, "n": 5, "confidence": 10, "coder": 12, "review": 10,
    "reviewed_by": 14, "reviewed_at": 20, "theme_id": 17, "theme": 40, "supports": 9, "contradicts": 9,
    "evidence_ids": 40, "ask_next": 40,
}  # fmt: skip
QUOTES = {
    "evidence_id": 17, "claim_id": 17, "ref": 8, "persona_id": 17, "stance": 12, "participant": 12, "consent": 19,
    "source_id": 17, "source": 24, "start": 8, "end": 8, "time": 9, "sha256": 20, "text": 70, "codes": 30, "coder": 12,
}  # fmt: skip


def claims_table(out: Outgoing) -> Table:
    """Personas in the order of the cast, claims in that of their fields, each once a persona."""
    desk = desk_of(out)
    labels = {theme.id: theme.label for theme in out.cast.themes}
    rows = [_claim_row(desk, one, claim, labels) for one in out.cast.personas for claim in claims_of(one)]
    return Table("Claims", CLAIMS, rows)


def quotes_table(out: Outgoing) -> Table:
    """BadInput or NotFound where a quote is not word for word what its participant said: then none is shown."""
    desk = desk_of(out)
    cited = ((one, claim, cite) for one in out.cast.personas for claim in claims_of(one) for cite in claim.citations)
    return Table("Quotes", QUOTES, [_quote_row(out, desk, *found) for found in cited])


def claims_csv(out: Outgoing) -> bytes:
    return claims_table(out).csv()


def quotes_csv(out: Outgoing) -> bytes:
    return quotes_table(out).csv()


def desk_of(out: Outgoing) -> PersonaDesk:
    """Tells how claims are called in the playbook, and holds quotes to their sources."""
    return PersonaDesk(out.cast, QuoteDesk.of(out.cast, out.material.sources), load_fields())


def claims_of(persona: Persona) -> list[Claim]:
    """Every claim once: what sets a micro persona apart may stand in a field as well."""
    found: dict[str, Claim] = {}
    for claim in persona.claims():
        found.setdefault(claim.id, claim)
    return list(found.values())


def _claim_row(desk: PersonaDesk, one: Persona, claim: Claim, labels: dict[str, str]) -> Row:
    writer, review = desk.writers[one.id], claim.review
    apart = isinstance(one, MicroPersona) and any(item.claim.id == claim.id for item in one.differs_from_core)
    ids = dict.fromkeys(citation.evidence_id for citation in claim.citations)
    return [
        one.id, writer.ref, one.name, one.kind, one.version, claim.id, writer.name(claim)[0], claim.field,
        "yes" if apart else "no", claim.text, claim.status, claim.support.k, claim.support.n, claim.confidence,
        claim.coder, review.state, review.by, review.at.isoformat() if review.at else None, claim.theme_id,
        labels.get(claim.theme_id or ""), len(claim.supporting), len(claim.contradicting), BETWEEN.join(ids),
        claim.gap.ask_next if claim.gap else None,
    ]  # fmt: skip


def _quote_row(out: Outgoing, desk: PersonaDesk, one: Persona, claim: Claim, cited: Citation) -> Row:
    source = desk.quotes.source(cited.source_id)
    evidence = out.material.by_id.get(cited.evidence_id)
    return [
        cited.evidence_id, claim.id, desk.writers[one.id].name(claim)[0], one.id, cited.stance, cited.participant_id,
        desk.quotes.people[cited.participant_id].consent, source.id, source.name, cited.start, cited.end, cited.time,
        cited.sha256, _said(desk.quotes, cited, source), BETWEEN.join(evidence.codes) if evidence else None,
        cited.coded_by or (evidence.coder if evidence else claim.coder),
    ]  # fmt: skip


def _said(quotes: QuoteDesk, cited: Citation, source: Source) -> str:
    """The words as they stand in the source, line ends and all."""
    quotes.turn_of(cited, source)
    return cited.of(source.text)
