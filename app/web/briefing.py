"""Briefing: what is written for whom, as a grid of personas and stages, and every brief as a row."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.briefs.ground import Ground
from app.briefs.matrix import Cell, grid
from app.models.brief import Brief, Format, StaleBrief
from app.models.outcome import BriefRank
from app.models.persona import NegativePersona, Persona

KINDS = {"macro": "Core persona", "micro": "Micro persona", "customer": "Customer persona",
         "candidate": "Candidate persona"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class CellView:
    """`state`: written, stale, open (can be written), thin (can be, on little), none (nothing proves a point)."""

    cell: Cell
    state: str
    note: str
    asset: str


@dataclass(frozen=True, slots=True)
class GridRow:
    id: str
    name: str
    kind: str
    under: bool
    n: int
    cells: list[CellView]


@dataclass(frozen=True, slots=True)
class BriefRow:
    id: str
    name: str
    asset: str
    stage: str
    intent: str
    industry: str
    format: str
    proof: int
    quotes: int
    stale: str
    rank: BriefRank | None


def grid_rows(
    ground: Ground, briefs: Sequence[Brief], stale: dict[str, StaleBrief], industry: str, format: Format | None, *,
    published: bool,
) -> list[GridRow]:  # fmt: skip
    found = grid(ground, briefs, industry, format, published=published)
    ids = {persona.id for persona, _ in found}
    return [_row(ground, persona, cells, stale, ids) for persona, cells in found]


def _row(
    ground: Ground, persona: Persona, cells: Sequence[Cell], stale: dict[str, StaleBrief], ids: set[str]
) -> GridRow:
    return GridRow(
        id=persona.id,
        name=persona.name,
        kind=KINDS[persona.kind],
        under=getattr(persona, "parent_macro_id", "") in ids,
        n=persona.sample.n,
        cells=[_cell(ground, cell, stale) for cell in cells],
    )


def _cell(ground: Ground, cell: Cell, stale: dict[str, StaleBrief]) -> CellView:
    asset = ground.rules.formats[cell.format].assets[cell.intent]
    why = stale.get(cell.brief_id)
    if cell.written:
        return CellView(cell, "stale" if why else "written", why.why if why else "", asset)
    if not cell.proof:
        return CellView(cell, "none", "nothing proves a point yet", asset)
    return CellView(cell, "thin" if cell.thin else "open", "", asset)


def brief_rows(
    ground: Ground, briefs: Sequence[Brief], stale: dict[str, StaleBrief], ranks: dict[str, BriefRank]
) -> list[BriefRow]:
    """In their order; where anything was measured, best first."""
    found = [
        BriefRow(
            id=one.id,
            name=one.audience.name,
            asset=one.asset_type,
            stage=one.funnel_stage,
            intent=one.buyer_intent,
            industry=one.industry_variant,
            format=ground.rules.formats[one.format].label,
            proof=len(one.proof_points),
            quotes=len(one.customer_words),
            stale=stale[one.id].why if one.id in stale else "",
            rank=ranks.get(one.id),
        )
        for one in briefs
    ]
    return sorted(found, key=lambda one: one.rank.place if one.rank else 0)


def poor_fits(ground: Ground, *, published: bool) -> list[Persona]:
    """Those for whom nothing is written."""
    return [one for one in ground.personas(published=published) if isinstance(one, NegativePersona)]
