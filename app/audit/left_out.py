"""Left out: what most participants speak of and no statement of the document touches."""

from collections.abc import Sequence

import numpy as np

from app.audit.report import AuditItem, AuditVerdict, Heard, LeftOut
from app.models.evidence import Evidence
from app.models.theme import Theme
from retrieval.embedder import Embedder
from retrieval.evidence import Source

FEWEST_PEOPLE = 3
MOST_THEMES = 8
MOST_QUOTES = 2
# Cosine from which a statement and a theme's name speak of one thing.
SAME_SUBJECT = 0.45
ON_SUBJECT = (AuditVerdict.SUPPORTED, AuditVerdict.CONTRADICTED)


def left_out(
    themes: Sequence[Theme],
    evidence: Sequence[Evidence],
    sources: Sequence[Source],
    items: Sequence[AuditItem],
    embedder: Embedder,
) -> list[LeftOut]:
    """The themes that most participants voice and no item touches, by how many voice them."""
    by_id = {one.id: one for one in evidence}
    names = {source.id: source.name for source in sources}
    wide = [theme for theme in themes if theme.k >= FEWEST_PEOPLE and not theme.table_stakes]
    told = [item.text for item in items if item.verdict in ON_SUBJECT]
    near = _nearness(wide, told, embedder)
    cited = [heard for item in items if item.verdict in ON_SUBJECT for heard in item.evidence]
    missed = [
        theme
        for theme, likeness in zip(wide, near, strict=True)
        if likeness < SAME_SUBJECT and not any(_within(by_id[one], cited) for one in theme.evidence_ids if one in by_id)
    ]
    ranked = sorted(missed, key=lambda theme: (-theme.k, theme.label, theme.id))
    apart = list({theme.label: theme for theme in reversed(ranked)}.values())[::-1][:MOST_THEMES]
    return [_line(theme, [by_id[one] for one in theme.evidence_ids if one in by_id], names) for theme in apart]


def _nearness(themes: Sequence[Theme], told: Sequence[str], embedder: Embedder) -> list[float]:
    """For each theme, the cosine of its name to the nearest statement."""
    if not themes or not told:
        return [0.0] * len(themes)
    labels, texts = embedder.encode([theme.label for theme in themes]), embedder.encode(list(told))
    nearest: list[float] = np.max(labels @ texts.T, axis=1).tolist()
    return nearest


def _within(one: Evidence, cited: Sequence[Heard]) -> bool:
    quote = one.quote
    return any(
        heard.source_id == quote.source_id and heard.start < quote.end and quote.start < heard.end for heard in cited
    )


def _line(theme: Theme, evidence: Sequence[Evidence], names: dict[str, str]) -> LeftOut:
    first: dict[str, Evidence] = {}
    for one in evidence:
        first.setdefault(one.participant_id, one)
    shown = [
        Heard(participant_id=one.participant_id, source_id=one.quote.source_id, source_name=names[one.quote.source_id],
              start=one.quote.start, end=one.quote.end, text=one.quote.text)
        for one in list(first.values())[:MOST_QUOTES]
    ]  # fmt: skip
    return LeftOut(theme_id=theme.id, label=theme.label, k=theme.k, n=theme.n, evidence=shown)
