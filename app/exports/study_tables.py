"""The other tables of the workbook: personas, codebook, themes, segments, participants. There is something in them
before a persona is drafted."""

from collections import Counter
from collections.abc import Iterable

from app.exports.outgoing import Outgoing
from app.exports.tables import BETWEEN, Row, Table, claims_of, desk_of
from app.models.persona import MicroPersona, Persona
from app.models.segment import Predicate, Segment

PERSONAS = {
    "persona_id": 17, "ref": 6, "name": 30, "kind": 10, "version": 8, "core_persona_id": 17, "segment_id": 17,
    "summary": 70, "participants": 12, "coverage": 9, "claims": 8, "gaps": 8, "owner": 16, "review_due": 12,
    "assumptions": 40, "bias_flags": 40, "stale": 40,
}  # fmt: skip
CODEBOOK = {
    "code": 22, "label": 28, "definition": 60, "include": 40, "exclude": 40, "subcodes": 30, "examples": 60,
    "feeds": 30, "evidence": 9, "participants": 12,
}  # fmt: skip
THEMES = {
    "theme_id": 17, "code": 22, "label": 60, "k": 5, "n": 5, "participants": 40, "evidence": 9, "table_stakes": 11,
    "granted": 9, "against": 30, "evidence_ids": 40,
}  # fmt: skip
SEGMENTS = {
    "segment_id": 17, "parent_id": 17, "level": 9, "depth": 7, "tail": 7, "name": 36, "definition": 60,
    "participants": 40, "n": 5, "persona_id": 17,
}  # fmt: skip
PEOPLE = {"participant": 14, "consent": 19, "segments": 40, "personas": 40, "evidence": 9, "sources": 30}


def personas_table(out: Outgoing) -> Table:
    desk, stale = desk_of(out), {one.persona_id: one.why for one in out.cast.stale}
    rows = [[one.id, desk.writers[one.id].ref, *_persona(one), stale.get(one.id)] for one in out.cast.personas]
    return Table("Personas", PERSONAS, rows)


def _persona(one: Persona) -> Row:
    claims = claims_of(one)
    return [
        one.name, one.kind, one.version, one.parent_macro_id if isinstance(one, MicroPersona) else None,
        one.segment_id or None, one.summary, one.sample.n, one.coverage, sum(claim.gap is None for claim in claims),
        sum(claim.gap is not None for claim in claims), one.owner, one.review_due, _listed(one.assumptions),
        _listed(one.bias_flags),
    ]  # fmt: skip


def codebook_table(out: Outgoing) -> Table:
    """With how often each code was given, and to how many people's words."""
    pieces = Counter(code for one in out.material.evidence for code in one.codes)
    heard = Counter(code for code, _ in {(code, one.participant_id) for one in out.material.evidence
                                         for code in one.codes})  # fmt: skip
    rows: list[Row] = [
        [code.id, code.label, code.definition, code.include, code.exclude, _listed(code.subcodes),
         "\n".join(code.examples), _listed(code.feeds), pieces[code.id], heard[code.id]]
        for code in out.bench.for_study(out.study_id).codebook.codes
    ]  # fmt: skip
    return Table("Codebook", CODEBOOK, rows)


def themes_table(out: Outgoing) -> Table:
    rows: list[Row] = [
        [one.id, one.code, one.label, one.k, one.n, _listed(one.participants), len(one.evidence_ids),
         "yes" if one.table_stakes else "no", "yes" if one.granted else "no", _listed(one.counter_ids),
         _listed(one.evidence_ids)]
        for one in out.cast.themes
    ]  # fmt: skip
    return Table("Themes", THEMES, rows)


def segments_table(out: Outgoing) -> Table:
    drawn = {one.segment_id: one.id for one in out.cast.personas if one.segment_id}
    return Table("Segments", SEGMENTS, [_segment(one, drawn.get(one.id)) for one in out.cast.segments.segments])


def _segment(one: Segment, persona_id: str | None) -> Row:
    return [
        one.id, one.parent_id, one.level, one.depth, one.tail, one.name, _listed(map(_predicate, one.definition)),
        _listed(one.participant_ids), len(one.members), persona_id,
    ]  # fmt: skip


def participants_table(out: Outgoing) -> Table:
    """Those who were heard, with a column for each of their attributes."""
    people, pieces = out.cast.participants, Counter(one.participant_id for one in out.material.evidence)
    attributes = list(dict.fromkeys(name for person in people for name in person.attributes))
    rows: list[Row] = [
        [person.id, person.consent,
         _listed(one.name for one in out.cast.segments.segments if person.id in one.participant_ids),
         _listed(one.name for one in out.cast.personas if person.id in one.sample.participants), pieces[person.id],
         _listed(one.name for one in out.cast.sources if person.id in one.participants),
         *(person.attributes.get(name) for name in attributes)]
        for person in people
    ]  # fmt: skip
    return Table("Participants", PEOPLE | {f"attribute: {name}": 20 for name in attributes}, rows)


def _predicate(one: Predicate) -> str:
    return f"{one.kind} {one.name} {one.operator} {one.value}"


def _listed(parts: Iterable[str]) -> str:
    return BETWEEN.join(parts)
