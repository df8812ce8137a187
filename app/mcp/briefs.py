"""Briefs as an assistant reads them; writers see those of published personas."""

from typing import Any

from app.access.principal import Sight
from app.briefs.document import document_of
from app.briefs.ground import Ground, load_ground
from app.briefs.keeping import list_briefs as kept_briefs
from app.briefs.keeping import stale_briefs
from app.briefs.markdown import to_markdown
from app.errors import NotFound
from app.mcp.answers import BriefAnswer, BriefLine, Briefs, QuoteAnswer
from app.mcp.door import Asked
from app.models.brief import Brief, StaleBrief
from app.models.outcome import BriefRank
from app.outcomes.ranking import ranked

# So many are named where one is asked for that there is not.
MOST_NAMED = 20


def list_briefs(asked: Asked) -> Briefs:
    ground, found = _kept(asked)
    stale, ranks = stale_briefs(ground, found), ranked(asked.bench, asked.study, found)
    return Briefs(briefs=[BriefLine(**_line(one, stale.get(one.id), ranks.get(one.id))) for one in found])


def get_brief(asked: Asked, wanted: str) -> BriefAnswer:
    """NotFound, naming some of those there are."""
    ground, known = _kept(asked)
    found = next((one for one in known if one.id == wanted), None)
    if found is None:
        named = "; ".join(f"{one.id} ({one.audience.name}, {one.funnel_stage})" for one in known[:MOST_NAMED])
        raise NotFound("brief", wanted, f"Briefs are: {named}" if named else "None was written yet")
    stale = stale_briefs(ground, [found]).get(found.id)
    rank = ranked(asked.bench, asked.study, known).get(found.id)
    words = {(one.source_id, one.start, one.end): one for part in found.claims for one in part.words}
    words |= {(one.source_id, one.start, one.end): one for one in found.customer_words}
    return BriefAnswer(
        **_line(found, stale, rank), text=to_markdown(document_of(found, stale.why if stale else "")),
        quotes=[
            # A brief as it may be shown holds words of those who agreed, and no others.
            QuoteAnswer(text=one.text, participant_id=one.participant_id, may_be_published=True,
                        source=ground.material.source_by_id[one.source_id].name)
            for one in words.values()
        ],
    )  # fmt: skip


def _kept(asked: Asked) -> tuple[Ground, list[Brief]]:
    ground = load_ground(asked.bench, asked.study)
    return ground, kept_briefs(ground, published=asked.you.sight is Sight.PUBLISHED)


def _line(one: Brief, stale: StaleBrief | None, rank: BriefRank | None) -> dict[str, Any]:
    return {
        "id": one.id, "persona_id": one.persona_id, "audience": one.audience.name, "stage": one.funnel_stage,
        "intent": one.buyer_intent, "industry": one.industry_variant, "format": one.format,
        "stale": stale.why if stale else "", "measured": rank.why if rank else "",
    }  # fmt: skip
