"""The study for other tools of qualitative analysis: codebook.qdc and project.qdpx (REFI-QDA)."""

from app.exports.outgoing import Outgoing
from app.models.codebook import Codebook
from app.refi.codebook_out import codebook_qdc
from app.refi.project_out import project_qdpx
from app.refi.whole import load_whole


def exchange_codebook(out: Outgoing) -> bytes:
    """The codebook. An example that repeats the words of somebody who did not agree to marketing stays in."""
    codebook = out.bench.for_study(out.study_id).codebook
    said = [
        " ".join(source.text.casefold().split())
        for source in out.material.sources
        if out.withheld & set(source.participant_ids)
    ]
    codes = [
        code.model_copy(update={"examples": [one for one in code.examples if not _is_said(one, said)]})
        for code in codebook.codes
    ]
    return codebook_qdc(Codebook(version=codebook.version, codes=codes))


def exchange_project(out: Outgoing) -> bytes:
    """The whole study: sources, codes, codings by coder, cases, sets and notes."""
    return project_qdpx(load_whole(out.bench, out.material, out.cast))


def _is_said(example: str, said: list[str]) -> bool:
    words = " ".join(example.casefold().split())
    return any(words in text for text in said)
