"""Notes and sets, going out: what a run made of the words, for reading in another tool.

A note for each persona (its summary, its claims, how many said so, what people decided) and one for the themes; a set
for each segment and persona, of the sources in which its people are heard. They say what was found, and are not taken
back as evidence of anything.
"""

from collections.abc import Collection, Iterator

from lxml import etree

from app.models.claim import Claim, ReviewState, Status
from app.models.field import fields_of
from app.models.persona import Persona
from app.refi.names import legal
from app.refi.structure import PROJECT, tag
from app.refi.whole import Whole

THEMES = "themes"


def study_note(whole: Whole) -> str:
    """What the study is about and how it was read."""
    study = whole.material.study
    told = {
        "Question": study.research_question,
        "Product area": study.product_area,
        "Product": study.product,
        "Note": study.note,
        "Sources": str(len(whole.sources)),
        "Participants": str(len(whole.material.participants)),
    }
    lines = [f"{word}: {text}" for word, text in told.items() if text]
    lines.append(
        "Coders whose name ends in “(Dramatis AI)” are a program; “not sure” marks codes that it did not draw on."
    )
    return "\n".join(lines)


def add_notes(root: "etree._Element", whole: Whole) -> None:
    """Themes and personas, where there are any."""
    notes = [(THEMES, "Themes", _themes(whole))] if whole.cast.themes else []
    notes += [(one.id, f"Persona: {one.name}", _persona(one)) for one in whole.cast.personas]
    if not notes:
        return
    listed = etree.SubElement(root, tag(PROJECT, "Notes"))
    for note_id, name, text in notes:
        note = etree.SubElement(listed, tag(PROJECT, "Note"), guid=whole.guid("note", note_id), name=legal(name))
        etree.SubElement(note, tag(PROJECT, "PlainTextContent")).text = legal(text)


def add_sets(root: "etree._Element", whole: Whole) -> None:
    """The segments and personas, each with the sources of its people."""
    if not whole.cast.segments.segments and not whole.cast.personas:
        return
    sets = etree.SubElement(root, tag(PROJECT, "Sets"))
    for segment in whole.cast.segments.segments:
        what = f"{segment.level.value.capitalize()} segment of {len(segment.members)} people."
        _add_set(sets, whole, segment.id, f"Segment: {segment.name}", what, segment.participant_ids)
    for one in whole.cast.personas:
        what = f"{one.kind.value.capitalize()} persona, drawn from {one.sample.n} people."
        own = _add_set(sets, whole, one.id, f"Persona: {one.name}", what, one.sample.participants)
        etree.SubElement(own, tag(PROJECT, "MemberNote"), targetGUID=whole.guid("note", one.id))


def _add_set(
    sets: "etree._Element", whole: Whole, own_id: str, name: str, what: str, people: Collection[str]
) -> "etree._Element":
    own = etree.SubElement(sets, tag(PROJECT, "Set"), guid=whole.guid("set", own_id), name=legal(name))
    etree.SubElement(own, tag(PROJECT, "Description")).text = legal(what)
    for source in whole.sources:
        if set(source.participant_ids) & set(people):
            etree.SubElement(own, tag(PROJECT, "MemberSource"), targetGUID=whole.guid("source", source.id))
    return own


def _themes(whole: Whole) -> str:
    labels = {code.id: code.label for code in whole.codebook.codes}
    return "\n".join(
        f"{labels.get(one.code, one.code)}: {one.label} ({one.k} of {one.n} participants)" for one in whole.cast.themes
    )


def _persona(persona: Persona) -> str:
    parts = [persona.summary]
    for field in fields_of(persona.kind):
        lines = [_claim(one) for one in persona.field(field.id) if one.status is not Status.NO_EVIDENCE]
        if lines:
            parts.append("\n".join([field.label, *lines]))
    return "\n\n".join(filter(None, parts))


def _claim(claim: Claim) -> str:
    told = [f"{claim.support.k} of {claim.support.n}", *_decided(claim)]
    cited = ", ".join(dict.fromkeys(one.participant_id for one in claim.citations))
    return f"- {claim.text} ({'; '.join(told)}; cites {cited})" if cited else f"- {claim.text} ({'; '.join(told)})"


def _decided(claim: Claim) -> Iterator[str]:
    review = claim.review
    if review.state is not ReviewState.PROPOSED:
        when = f" on {review.at.date().isoformat()}" if review.at else ""
        yield f"{review.state.value} by {review.by or 'somebody'}{when}"
