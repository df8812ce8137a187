"""Briefs that were written: read them as they may be shown now, tell which are stale, take them away.

What a brief quotes is looked at each time: words whose speaker no longer agrees, or that no longer stand in their
source, are not shown, whenever it was written.
"""

from collections.abc import Sequence

from app.briefs.assembling import digest
from app.briefs.ground import GROUP, Ground, load_ground
from app.errors import NotFound
from app.models.brief import Brief, CustomerWords, StaleBrief
from app.models.claim import Claim
from app.workbench import Workbench
from retrieval.evidence import sha256


def list_briefs(ground: Ground, *, published: bool = False) -> list[Brief]:
    """The briefs of the study, by persona in the order of the cast, then by stage; only of published personas where
    that is asked."""
    with ground.bench.store.transaction() as tx:
        found = tx.briefs.all(ground.study_id)
    place = {one.id: rank for rank, one in enumerate(ground.personas(published=published))}
    seen = [one for one in found if not published or _is_out(ground, one)]
    stages = list(ground.rules.stages)
    seen.sort(key=lambda one: (place.get(one.persona_id, len(place)), stages.index(one.funnel_stage),
                               one.industry_variant, one.format, one.id))  # fmt: skip
    return [as_may_be_shown(ground, one) for one in seen]


def get_brief(ground: Ground, brief_id: str, *, published: bool = False) -> Brief:
    """NotFound where there is none, or none that may be seen."""
    with ground.bench.store.transaction() as tx:
        found = tx.briefs.get(ground.study_id, brief_id)
    if found is None or (published and not _is_out(ground, found)):
        raise NotFound("brief", brief_id, "It may have been deleted, or gone with somebody who withdrew")
    return as_may_be_shown(ground, found)


def delete_brief(bench: Workbench, study_id: str, brief_id: str, *, published: bool = False) -> None:
    """NotFound where there is none."""
    get_brief(load_ground(bench, study_id), brief_id, published=published)
    with bench.store.transaction() as tx:
        tx.briefs.delete(study_id, brief_id)


def _is_out(ground: Ground, brief: Brief) -> bool:
    """Whether it was written from the version of a persona that is published."""
    out = ground.published.get(brief.persona_id)
    return out is not None and out.version == brief.persona_version


def as_may_be_shown(ground: Ground, brief: Brief) -> Brief:
    """The brief without words that may not be shown any more."""
    claims = [one.model_copy(update={"words": _allowed(ground, one.words)}) for one in brief.claims]
    return brief.model_copy(update={"customer_words": _allowed(ground, brief.customer_words), "claims": claims})


def _allowed(ground: Ground, words: Sequence[CustomerWords]) -> list[CustomerWords]:
    return [one for one in words if one.participant_id in ground.cleared and _holds(ground, one)]


def _holds(ground: Ground, words: CustomerWords) -> bool:
    source = ground.material.source_by_id.get(words.source_id)
    return source is not None and sha256(words.of(source.text)) == words.sha256


def stale_briefs(ground: Ground, briefs: Sequence[Brief]) -> dict[str, StaleBrief]:
    """Brief id → why it no longer says what is known."""
    found = ((one.id, _why(ground, one)) for one in briefs)
    return {id: StaleBrief(brief_id=id, why=why) for id, why in found if why}


def _why(ground: Ground, brief: Brief) -> str:
    facts = _group_facts(ground, brief) if brief.level == GROUP else _persona_facts(ground, brief)
    with_words = {words.participant_id for one in brief.claims for words in one.words}
    gone = sorted(with_words - ground.cleared)
    return "; ".join([*facts, *([f"{', '.join(gone)} may no longer be quoted"] if gone else [])])


def _group_facts(ground: Ground, brief: Brief) -> list[str]:
    lost = sum(id not in ground.material.source_by_id for id in brief.basis)
    return [f"{lost} of its sources changed since"] if lost else []


def _persona_facts(ground: Ground, brief: Brief) -> list[str]:
    now = next((one for one in ground.personas(published=brief.published) if one.id == brief.persona_id), None)
    if now is None:
        return ["its persona is no longer published" if brief.published else "its persona is no more"]
    facts = [f"its persona is at version {now.version}, not {brief.persona_version}"]
    facts = facts if now.version != brief.persona_version else []
    if changed := _changed(ground, brief, ground.subject_of(now, published=brief.published).pool):
        facts.append(changed)
    return facts + [f"its persona is stale ({one.why})" for one in ground.cast.stale if one.persona_id == now.id]


def _changed(ground: Ground, brief: Brief, pool: dict[str, Claim]) -> str:
    gone = [id for id in brief.basis if id not in pool]
    other = [id for id, kept in brief.basis.items() if id in pool and digest(pool[id]) != kept]
    facts = [f"{len(gone)} of its claims no longer stand"] if gone else []
    facts += [f"{len(other)} of its claims say something else"] if other else []
    return ", ".join(facts)
