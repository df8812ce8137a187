"""The study as one document for people who never log in."""

from app.exports.outgoing import Outgoing
from app.playbook import render_playbook


def playbook_html(out: Outgoing) -> str:
    """The cast as one page, as it goes out."""
    return render_playbook(
        out.cast, out.material.sources, evidence=out.material.evidence, strategy=out.strategy, briefs=out.briefs
    )
