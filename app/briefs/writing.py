"""Writing briefs: choose the claims, assemble, let the engine write, pass the gate, keep.

`write_brief(bench, request)` is the whole story of one; a matrix loads the study once and writes many.
"""

from collections.abc import Iterator, Sequence

from app.briefs.assembling import assemble
from app.briefs.choosing import Choice, choose
from app.briefs.gate import gate, line_faults, without
from app.briefs.ground import Ground, load_ground
from app.engines.base import BriefClaim, BriefPlan, WrittenSection
from app.errors import BadInput, Conflict, InsufficientEvidence
from app.models.brief import Brief, BriefRequest, Line
from app.models.claim import Claim
from app.workbench import Workbench

# What an engine that writes is asked for. Objections and what must not be said stay as the evidence has them.
WRITTEN_ONE = ("reader_question", "angle", "key_message")
WRITTEN_MANY = ("tone", "call_to_action", "forwardable_summary")
LEFT_OUT = "{n} left out: what cites nothing may say nothing about the audience, and what cites no more than is known."


def write_brief(bench: Workbench, request: BriefRequest) -> Brief:
    """Write one brief and keep it; one of the same choice is replaced.

    NotFound for an unknown study or persona; BadInput for a negative persona; InsufficientEvidence where nothing
    proves a point; Conflict where the persona was drafted anew meanwhile.
    """
    ground = load_ground(bench, request.study_id)
    (made,) = draft_briefs(ground, [choose(ground, request)])
    return keep(ground, made)


def draft_briefs(ground: Ground, choices: Sequence[Choice]) -> list[Brief]:
    """The briefs of these choices, all of which passed the gate. Nothing is kept."""
    briefs = [assemble(ground, choice) for choice in choices]
    plans = [plan_of(ground, choice, brief) for choice, brief in zip(choices, briefs, strict=True)]
    written = ground.bench.engine.write_briefs(plans)
    return [
        _passed(ground, choice, laid_over(brief, sections, choice.subject.pool))
        for choice, brief, sections in zip(choices, briefs, written, strict=True)
    ]


def plan_of(ground: Ground, choice: Choice, brief: Brief) -> BriefPlan:
    """What the engine is given: the claims of the brief, never the words of whoever did not agree to be quoted."""
    pool = choice.subject.pool
    claims = [_brief_claim(pool[one.id], one.label) for one in brief.claims if one.field != "table_stakes"]
    return BriefPlan(
        audience=choice.subject.name,
        stage=choice.request.stage,
        intent=choice.intent,
        industry=choice.industry,
        format=brief.asset_type,
        claims=claims,
        sections=[*WRITTEN_ONE, *WRITTEN_MANY],
    )


def _brief_claim(claim: Claim, label: str) -> BriefClaim:
    return BriefClaim(
        id=claim.id,
        label=label,
        text=claim.text,
        quotes=[one.text for one in claim.supporting],
        k=claim.support.k,
        n=claim.support.n,
        sources=[one.source_id for one in claim.supporting],
    )


def laid_over(brief: Brief, sections: Sequence[WrittenSection], claims: dict[str, Claim]) -> Brief:
    """The brief with an engine's sentences in the place of assembled ones, where they pass the gate."""
    changes: dict[str, object] = {}
    dropped = 0
    for section in sections:
        lines = [Line(text=one.text, claims=one.cites) for one in section.sentences]
        good = [one for one in lines if not any(line_faults(section.section, one, claims, brief.audience.name))]
        dropped += len(lines) - len(good)
        if good and section.section in WRITTEN_ONE:
            changes[section.section] = good[0]
        elif good and section.section in WRITTEN_MANY:
            changes[section.section] = good
    flags = [*brief.flags, LEFT_OUT.format(n=f"{dropped} sentence{'s' if dropped > 1 else ''}")] if dropped else []
    return brief.model_copy(update=changes | ({"flags": flags} if flags else {}))


def _passed(ground: Ground, choice: Choice, brief: Brief) -> Brief:
    """The brief as it passes the gate; BadInput where it cannot."""
    pool = choice.subject.pool
    faults = gate(brief, pool, ground.people)
    passed = without(brief, faults) if faults else brief
    if faults and (left := gate(passed, pool, ground.people)):
        raise BadInput(f"The brief does not hold ({left[0].where}: {left[0].why}) Draft the personas anew.")
    return passed


def keep(ground: Ground, brief: Brief) -> Brief:
    """Save it, unless its persona went or changed while it was written: somebody may have withdrawn. One that says the
    same as before is still approved where it was."""
    with ground.bench.store.transaction(alone=True) as tx:
        versions = {one.version for one in tx.results.versions(ground.study_id, brief.persona_id)}
        spoken = {one.id for one in tx.sources.all(ground.study_id)} if brief.level == "group" else set()
        here = set(brief.basis) <= spoken if brief.level == "group" else brief.persona_version in versions
        if not here:
            raise Conflict("The study changed while the brief was written. Write it once more.")
        before = tx.briefs.get(ground.study_id, brief.id)
        same = before is not None and before.model_copy(update={"approval": brief.approval}) == brief
        kept = before if before and same else brief
        tx.briefs.save(ground.study_id, kept)
    return kept


def write_all(ground: Ground, requests: Sequence[BriefRequest]) -> Iterator[Brief | InsufficientEvidence]:
    """Write and keep them one after the other; what cannot be written says why in its place."""
    for request in requests:
        try:
            (made,) = draft_briefs(ground, [choose(ground, request)])
            yield keep(ground, made)
        except InsufficientEvidence as error:
            yield error
