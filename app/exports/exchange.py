"""The study for other tools of qualitative analysis: codebook.qdc and project.qdpx (REFI-QDA).

Both stay among researchers. Whoever wrote a code may have put people's words into it, as an example or in the
definition, in other words or with a comma changed.
"""

from app.exports.outgoing import Outgoing
from app.refi.codebook_out import codebook_qdc
from app.refi.project_out import project_qdpx
from app.refi.whole import load_whole


def exchange_codebook(out: Outgoing) -> bytes:
    """The study's codebook, with all that its codes say."""
    return codebook_qdc(out.bench.for_study(out.study_id).codebook)


def exchange_project(out: Outgoing) -> bytes:
    """The whole study: sources, codes, codings by coder, cases, sets and notes."""
    return project_qdpx(load_whole(out.bench, out.material, out.cast))
