"""Filling: a persona's fields from what a group was heard to say, or from gaps that say what to ask.

Fields of core and micro personas are filled theme by theme. Fields that only some kinds carry (what
customers wish, what candidates expect) cut across codes: evidence goes to the one field whose cues it is
nearest to, and a claim is made where two people say alike things there.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np

from app.engines.base import DraftClaim, Engine, FieldBrief, ThemeHeard
from app.engines.meaning import QUESTION_TAIL
from app.models.claim import Claim, Gap, Status, Support
from app.models.evidence import Evidence
from app.models.field import FieldSpec
from app.models.theme import Theme
from app.synthesis.beside.passages import SHORT_ANSWER
from app.synthesis.grounding import ground_claims
from app.synthesis.hearing import NEEDED, Hearing, people
from app.workbench import Workbench
from retrieval.evidence import stable_id
from retrieval.splitting import closing_words

# Cosine to the nearest cue from which evidence is of a field's kind.
NEAR_CUE = 0.36
# Two answers to one question are alike in that alone; their words must be too, by so much more.
SAME_FIELD = 0.15

Briefs = dict[str, FieldBrief]


class Drafts:
    """What the engine drafted for many briefs, asked for at once."""

    def __init__(self, engine: Engine, briefs: Sequence[FieldBrief]):
        wanted = {_key(brief): brief for brief in briefs}
        self._made = dict(zip(wanted, engine.draft(list(wanted.values())), strict=True))

    def of(self, brief: FieldBrief) -> list[DraftClaim]:
        """The claims for a brief that was among them; KeyError for any other."""
        return self._made[_key(brief)]


def _key(brief: FieldBrief) -> tuple[str, ...]:
    return (brief.audience.id, brief.field.id, *(heard.theme.id for heard in brief.heard))


def fill_field(drafts: Drafts, hearing: Hearing, brief: FieldBrief) -> list[Claim]:
    """The field's claims, or one that says there is no evidence yet."""
    claims = ground_claims(drafts.of(brief), brief.field.id, hearing.segment, hearing.material)
    if brief.pool:
        claims = [claim for claim in claims if claim.support.k >= NEEDED]
    return claims or [gap(hearing, brief.field, _voices(hearing, brief))]


def fill_fields(drafts: Drafts, hearing: Hearing, briefs: Mapping[str, FieldBrief]) -> dict[str, list[Claim]]:
    """Field id → claims or a gap."""
    return {id: fill_field(drafts, hearing, brief) for id, brief in briefs.items()}


def _voices(hearing: Hearing, brief: FieldBrief) -> set[str]:
    """Who said anything at all that bears on the field, shared or not."""
    if brief.pool:
        return {one.participant_id for heard in brief.heard for one in heard.evidence}
    return hearing.voices(brief.field)


def briefs_by_theme(hearing: Hearing, fields: Sequence[FieldSpec]) -> Briefs:
    """Field id → its brief, for fields that themes feed by their code; what is a table stake feeds none."""
    themes = [theme for theme in hearing.material.themes if not theme.table_stakes]
    return {field.id: hearing.brief(field, themes) for field in fields}


def briefs_by_cues(bench: Workbench, hearing: Hearing, fields: Sequence[FieldSpec]) -> Briefs:
    """Field id → its brief, for fields that cut across codes."""
    sorted_in = _sort_in(bench, hearing, fields)
    return {field.id: _pool(hearing, field, sorted_in[field.id]) for field in fields}


def _pool(hearing: Hearing, field: FieldSpec, found: Sequence[Evidence]) -> FieldBrief:
    heard = [_heard(hearing, field, found)] if found else []
    return FieldBrief(field=field, audience=hearing.audience, heard=heard, pool=True)


def _sort_in(bench: Workbench, hearing: Hearing, fields: Sequence[FieldSpec]) -> dict[str, list[Evidence]]:
    """Field id → the members' evidence that is nearest to it, nearest first."""
    own = [one for one in hearing.material.evidence if one.participant_id in hearing.segment.participant_ids]
    rows: dict[str, list[tuple[float, Evidence]]] = defaultdict(list)
    said = bench.embedder.encode([_with_question(one) for one in own])
    nearness = [(said @ bench.embedder.encode(field.cues).T).max(axis=1) if own else [] for field in fields]
    for row, one in enumerate(own):
        fitting = [(float(near[row]), field.id) for near, field in zip(nearness, fields, strict=True)
                   if set(field.codes) & set(one.codes)]  # fmt: skip
        best = max(fitting, default=(0.0, ""))
        if best[0] >= NEAR_CUE:
            rows[best[1]].append((round(best[0], 6), one))
    ranked = {field: sorted(found, key=lambda row: (-row[0], row[1].id)) for field, found in rows.items()}
    return defaultdict(list, {field: [one for _, one in found] for field, found in ranked.items()})


def _with_question(one: Evidence) -> str:
    """A short answer with the end of its question in front, which says what it is about."""
    short = len(one.quote.text.split()) <= SHORT_ANSWER and one.question
    return f"{closing_words(one.question, QUESTION_TAIL)} {one.quote.text}" if short else one.quote.text


def _heard(hearing: Hearing, field: FieldSpec, found: Sequence[Evidence]) -> ThemeHeard:
    """What was sorted into a field, as an engine is shown a theme."""
    code = next(code for code in field.codes if code in found[0].codes)
    theme = Theme(id=stable_id("th", field.id, *(one.id for one in found)), code=code, label=field.label,
                  evidence_ids=[one.id for one in found], participants=sorted(people(found)),
                  n=len(hearing.material.interviewed))  # fmt: skip
    rows = hearing.study.meanings[[hearing.material.row_by_id[one.id] for one in found]]
    said = hearing.study.embedder.encode([one.quote.text for one in found])
    likeness = np.minimum(rows @ rows.T, said @ said.T - SAME_FIELD)
    return ThemeHeard(theme=theme, evidence=list(found), likeness=likeness.tolist())


def gap(hearing: Hearing, field: FieldSpec, found: set[str]) -> Claim:
    """The claim that admits there is no evidence, with the question that would bring some and whom to ask."""
    silent = [one for one in hearing.segment.participant_ids if one not in found]
    whom = f"Ask {', '.join(silent[:3])}: " if silent else "Ask: "
    return Claim(
        id=stable_id("cl", hearing.segment.id, field.id, "gap"),
        field=field.id,
        text="No evidence yet.",
        status=Status.NO_EVIDENCE,
        support=Support(k=0, n=len(hearing.segment.members)),
        confidence=0.0,
        coder="none",
        gap=Gap(found=min(len(found), NEEDED - 1), needed=NEEDED, ask_next=f"{whom}“{field.ask}”"),
    )
