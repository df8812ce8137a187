"""The table of participants: who they are, what they agreed to, what was heard of them and where they stand."""

from collections import Counter
from dataclasses import dataclass

from app.playbook.words import describe
from app.web.reading import CONSENTS
from app.web.rooms import Room
from retrieval.evidence import Consent


@dataclass(frozen=True, slots=True)
class PersonRow:
    """`sources` are (name, address), without an address where they may not be read; `segments` names of segments;
    `known` the declared columns."""

    id: str
    about: str
    known: list[tuple[str, str]]
    consent: Consent
    consent_name: str
    sources: list[tuple[str, str]]
    firm: int
    noted: int
    segments: list[str]


def person_rows(room: Room) -> list[PersonRow]:
    """Everybody who takes part, by id."""
    evidence = Counter((one.participant_id, bool(one.firm)) for one in room.material.evidence)
    spoke: dict[str, list[tuple[str, str]]] = {}
    for source in room.material.sources:
        opens = room.desk.quotes.withheld.isdisjoint(source.participant_ids)
        address = room.links.source(source.id) if opens else ""
        for person in source.participant_ids:
            spoke.setdefault(person, []).append((source.name.rsplit("/", 1)[-1], address))
    segments: dict[str, list[str]] = {}
    for segment in room.cast.segments.drafted:
        for person in segment.participant_ids:
            segments.setdefault(person, []).append(segment.name)
    return [
        PersonRow(
            id=one.id,
            about=describe(one),
            known=[(name, value) for name, value in one.attributes.items() if value],
            consent=one.consent,
            consent_name=CONSENTS[one.consent],
            sources=spoke.get(one.id, []),
            firm=evidence[one.id, True],
            noted=evidence[one.id, False],
            segments=segments.get(one.id, []),
        )
        for one in room.cast.participants
    ]
