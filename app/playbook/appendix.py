"""The evidence appendix: every quote that is cited, once, numbered in the order of the sources; and the briefs.

For print and for those who get no transcripts: a claim leads to its quote here, the quote back to the claims.
"""

from collections.abc import Iterable, Sequence

from app.models.brief import Brief
from app.playbook.appendix_view import BriefLineView, CitedView
from app.playbook.near import leads_near
from app.playbook.quotes import QuoteDesk, where_in
from app.playbook.words import describe
from retrieval.evidence import Consent, Participant, Span


def cited_quotes(desk: QuoteDesk) -> list[CitedView]:
    """Every quote used so far (build the personas first) whose words may be shown, in the order of the sources."""
    order = {source_id: place for place, source_id in enumerate(desk.sources)}
    places = sorted(desk.uses, key=lambda place: (order[place[0]], *place[1:]))
    shown = [place for place in places if speaker_at(desk, *place) not in desk.withheld]
    return [_cited(desk, number, *place) for number, place in enumerate(shown, 1)]


def _cited(desk: QuoteDesk, number: int, source_id: str, start: int, end: int) -> CitedView:
    source = desk.source(source_id)
    person = desk.people.get(speaker_at(desk, source_id, start, end)) or Participant(id="")
    turn = source.turn_at(start)
    return CitedView(
        number=number,
        anchor=desk.anchor(source_id, start, end),
        text=desk.shown(Span(start=start, end=end).of(source.text), person.id),
        person=person.id,
        about=describe(person),
        source=source.name.rsplit("/", 1)[-1],
        where=where_in(turn) if turn else "",
        marketing=person.consent is Consent.MARKETING,
        uses=list(dict.fromkeys((use.ref, use.href) for use in desk.uses[source_id, start, end])),
    )


def speaker_at(desk: QuoteDesk, source_id: str, start: int, end: int) -> str:
    """Who said it; empty for nobody of the study."""
    source = desk.source(source_id)
    turn = source.turn_at(start)
    return (source.speaker(turn.speaker).participant_id if turn else None) or ""


def brief_lines(briefs: Iterable[Brief], refs: dict[str, str]) -> list[BriefLineView]:
    """The briefs as a list to choose from; `refs` tell how personas are called here."""
    return [
        BriefLineView(
            ref=refs.get(one.persona_id, ""),
            href=f"#p-{refs[one.persona_id].lower()}" if one.persona_id in refs else "",
            name=one.audience.name,
            stage=str(one.funnel_stage),
            intent=str(one.buyer_intent),
            industry=one.industry_variant or "all",
            asset=one.asset_type,
            message=one.key_message.text,
            proof=len(one.proof_points),
            id=one.id,
            near=leads_near(one),
        )
        for one in briefs
    ]


def numbers(cited: Sequence[CitedView]) -> dict[str, int]:
    """The number of each quote by the fragment that leads to it."""
    return {f"#{one.anchor}": one.number for one in cited}
