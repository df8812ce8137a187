"""The study as one document for people who never log in."""

from app.exports.outgoing import Outgoing
from app.models.field import load_fields
from app.playbook import render_playbook
from app.playbook.page import playbook_view
from app.playbook.typeset import typeset


def playbook_html(out: Outgoing) -> str:
    """The cast as one page, as it goes out."""
    return render_playbook(
        out.cast, out.material.sources, evidence=out.material.evidence, strategy=out.strategy, briefs=out.briefs
    )


def playbook_pdf(out: Outgoing) -> bytes:
    """The same as a PDF, with every cited quote in its appendix."""
    material = out.material
    return typeset(
        playbook_view(out.cast, material.sources, material.evidence, load_fields(), out.strategy, out.briefs)
    )
