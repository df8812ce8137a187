"""Approving: a brief is a draft until somebody says that it may be worked from. Written anew with another content it is
a draft again; once it is stale nobody can approve it."""

from datetime import UTC, datetime

from app.briefs.ground import Ground
from app.briefs.keeping import as_may_be_shown, get_brief, stale_briefs
from app.errors import Conflict, NotFound
from app.models.brief import Approval, ApprovalState, Brief


def approve_brief(ground: Ground, brief_id: str, state: ApprovalState, *, by: str, published: bool = False) -> Brief:
    """Keep the decision with the brief; one that was made already stays as it is, with who made it.

    NotFound for a brief there is none of, or none that may be seen; Conflict where a stale one is to be approved.
    """
    seen = get_brief(ground, brief_id, published=published)
    why = stale_briefs(ground, [seen]).get(seen.id)
    if state is ApprovalState.APPROVED and why:
        raise Conflict(f"This brief is stale: {why.why}. Write it anew, then approve it.")
    if seen.approval.state is state:
        return seen
    decided = Approval(state=state, by=by, at=datetime.now(UTC).replace(microsecond=0))
    with ground.bench.store.transaction(alone=True) as tx:
        kept = tx.briefs.get(ground.study_id, brief_id)
        if kept is None:
            raise NotFound("brief", brief_id, "It may have been deleted, or gone with somebody who withdrew")
        made = kept.model_copy(update={"approval": decided})
        tx.briefs.save(ground.study_id, made)
    return as_may_be_shown(ground, made)


def status_of(brief: Brief, stale: str) -> str:
    """In a word, for planners: what is stale is so whatever somebody approved."""
    return "Stale" if stale else "Approved" if brief.approval.state is ApprovalState.APPROVED else "Draft"
