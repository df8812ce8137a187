"""Reading: sources as a table, and one source with what was said in it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from app.models.evidence import Evidence
from app.playbook.quotes import Use
from app.playbook.transcripts import likeliest
from app.playbook.words import clock, describe, families, family, label
from app.web.rooms import Room
from retrieval.evidence import Consent, Participant, Source, SourceKind, Span

CONSENTS = {Consent.RESEARCH: "research", Consent.MARKETING: "research and marketing", Consent.WITHDRAWN: "withdrawn"}
# A stretch of a source in an address: where it starts and ends.
PLACE = r"^(\d{1,9}-\d{1,9})?$"


def sought(place: str) -> Span | None:
    """The stretch a `PLACE` names; None for an empty one, and one that holds nothing."""
    start, _, end = place.partition("-")
    return Span(start=int(start), end=int(end)) if place and int(start) < int(end) else None


@dataclass(frozen=True, slots=True)
class SourceRow:
    id: str
    name: str
    kind: str
    people: list[str]
    about: str
    words: int
    firm: int
    noted: int
    consent: str
    opens: bool = True


def source_rows(room: Room) -> list[SourceRow]:
    """Interviews before notes, each by name."""
    ordered = sorted(room.cast.sources, key=lambda line: (line.kind is not SourceKind.INTERVIEW, line.name))
    return [
        SourceRow(line.id, line.name.rsplit("/", 1)[-1], line.kind, line.participants,
                  _about(room, line.participants), line.words, *_coded(room, line.id),
                  _consent(room, line.participants),
                  room.opens(room.material.source_by_id[line.id]))
        for line in ordered
    ]  # fmt: skip


def _coded(room: Room, source_id: str) -> tuple[int, int]:
    found = room.evidence_of.get(source_id, [])
    firm = sum(bool(one.firm) for one in found)
    return firm, len(found) - firm


def _known(room: Room, people: Sequence[str]) -> list[Participant]:
    return [room.material.person_by_id[one] for one in people if one in room.material.person_by_id]


def _about(room: Room, people: Sequence[str]) -> str:
    return "; ".join(text for one in _known(room, people) if (text := describe(one)))


def _consent(room: Room, people: Sequence[str]) -> str:
    return ", ".join(dict.fromkeys(CONSENTS[one.consent] for one in _known(room, people)))


@dataclass(frozen=True, slots=True)
class Said:
    """A piece of evidence as a line of a list. `uses` are (name of the persona, address of the claim)."""

    text: str
    person: str
    where: str
    href: str
    codes: list[tuple[str, int]]
    noted: bool
    coder: str
    theme: str
    uses: list[tuple[str, str]]
    marketing: bool = False
    source: str = ""
    id: str = ""
    place: str = ""
    given: Sequence[str] = ()


def said_in(room: Room, source: Source) -> list[Said]:
    """The firm evidence of a source, in its order."""
    firm = [one for one in room.evidence_of.get(source.id, []) if one.firm]
    return [said(room, one) for one in sorted(firm, key=lambda one: one.quote.start)]


def said(room: Room, one: Evidence) -> Said:
    """A quote cut from its source, with what it is evidence of and where it is used."""
    source = room.material.source_by_id[one.quote.source_id]
    turn = source.turn_at(one.quote.start)
    number = turn.index + 1 if turn else 1
    timed = turn is not None and turn.time_start is not None
    uses = room.desk.quotes.uses.get((source.id, one.quote.start, one.quote.end), [])
    person = room.material.person_by_id.get(one.participant_id)
    return Said(
        text=room.desk.quotes.shown(one.quote.of(source.text), one.participant_id),
        person=one.participant_id,
        where=clock(turn.time_start) if turn and timed and turn.time_start is not None else f"turn {number}",
        href=_address(room, one, number),
        codes=[(label(code), family(code)) for code in sorted(one.firm or one.codes, key=lambda c: -one.codes[c])],
        noted=not one.firm,
        coder=one.coder_of(likeliest(one)),
        theme=room.theme_of.get(one.id, ""),
        uses=_uses(room, uses),
        marketing=person is not None and person.consent is Consent.MARKETING,
        source=source.name.rsplit("/", 1)[-1],
        id=one.id,
        place=f"{one.quote.start}-{one.quote.end}",
        given=one.firm,
    )


def _address(room: Room, one: Evidence, turn: int) -> str:
    """Where the quote stands; empty where its words are withheld."""
    if one.participant_id in room.desk.quotes.withheld:
        return ""
    quote = one.quote
    if one.firm:
        return room.links.quote(quote.source_id, quote.start, quote.end)
    return f"{room.links.source(quote.source_id)}#t-{turn}"


def _uses(room: Room, uses: Sequence[Use]) -> list[tuple[str, str]]:
    """Each persona that cites it once, with the first claim of its that does."""
    found: dict[str, str] = {}
    for use in uses:
        found.setdefault(room.names.get(use.ref.split(".")[0], use.ref), room.links.to(use.href))
    return list(found.items())


def families_here(evidence: Sequence[Evidence]) -> list[tuple[int, str, int]]:
    """Every colour family with its codes and how often it is marked here."""
    counted = Counter(family(likeliest(one)) for one in evidence if one.firm)
    return [(number, names, counted[number]) for number, names in families()]
