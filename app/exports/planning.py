"""editorial.csv and editorial.json: a brief a row, for whoever plans what is to be written.

The first columns are called as planners call theirs when they import a table (Name, Description, Status, Tags), so that
there is little to map; tags are parted by commas. Who writes and by when is for planners to say: Persona Owner answers
for the persona, Persona Review is the day to look at it again. Keywords are words of people who agreed to marketing.
Other sentences are the study's own; a key message that is nearly words that are withheld is left to the brief.
"""

from app.briefs.approving import status_of
from app.briefs.keeping import stale_briefs
from app.cells import to_csv
from app.exports.outgoing import Outgoing
from app.exports.tables import Row
from app.models.brief import Brief
from app.models.editorial import Editorial, EditorialItem
from app.models.publication import Publication
from app.playbook.near import ELSEWHERE, leads_near

COLUMNS = (
    "Name", "Description", "Status", "Tags", "Persona", "Level", "Stage", "Intent", "Industry", "Format", "Asset Type",
    "Key Message", "Proof Points", "Stale", "Approved By", "Approved At", "Persona Owner", "Persona Review",
    "Persona ID", "Brief ID",
)  # fmt: skip


def editorial(out: Outgoing) -> Editorial:
    """The briefs in their order, each with its status as things stand."""
    stale = stale_briefs(out.ground, out.briefs)
    items = [
        _item(one, stale[one.id].why if one.id in stale else "", out.let_out.get(one.persona_id)) for one in out.briefs
    ]
    return Editorial(study_id=out.study_id, study=out.cast.study.name, items=items)


def editorial_json(out: Outgoing) -> bytes:
    return (editorial(out).model_dump_json(indent=1) + "\n").encode()


def editorial_csv(out: Outgoing) -> bytes:
    return to_csv(COLUMNS, map(_row, editorial(out).items))


def title_of(brief: Brief) -> str:
    """What is to be written, for whom, and for which industry."""
    industry = f", {brief.industry_variant}" if brief.industry_variant else ""
    return f"{brief.asset_type[:1].upper()}{brief.asset_type[1:]} for {brief.audience.name}{industry}"


def _item(one: Brief, stale: str, let_out: Publication | None) -> EditorialItem:
    keywords = [*one.keywords.head, *one.keywords.mid, *one.keywords.long_tail]
    due = let_out.review_due if let_out else None
    return EditorialItem(
        brief_id=one.id,
        title=title_of(one),
        description=f"{one.objective.text} {one.length}".strip(),
        status=status_of(one, stale),
        stale=stale,
        persona_owner=let_out.owner if let_out else "",
        persona_review=due.isoformat() if due else "",
        approved_by=one.approval.by or "",
        approved_at=one.approval.at.isoformat() if one.approval.at else "",
        persona_id=one.persona_id,
        persona=one.audience.name,
        level=one.level,
        stage=one.funnel_stage,
        intent=one.buyer_intent,
        industry=one.industry_variant,
        format=one.format,
        asset_type=one.asset_type,
        key_message=ELSEWHERE if leads_near(one) else one.key_message.text,
        tags=list(dict.fromkeys(word.text for word in keywords)),
        proof_points=len(one.proof_points),
    )


def _row(one: EditorialItem) -> Row:
    return [
        one.title, one.description, one.status, ", ".join(one.tags), one.persona, one.level, one.stage, one.intent,
        one.industry, one.format, one.asset_type, one.key_message, one.proof_points, one.stale, one.approved_by,
        one.approved_at, one.persona_owner, one.persona_review, one.persona_id, one.brief_id,
    ]  # fmt: skip
