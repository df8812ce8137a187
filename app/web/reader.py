"""The reader: everything its page shows of one source, for the whole page and for the part that coding changes."""

from typing import Any

from app.access.action import Action
from app.access.principal import Sight
from app.access.veil import must_open
from app.errors import NotFound
from app.synthesis.undoing import read_before
from app.web.choosing import Told, chosen, code_choices, sentences_by_turn, told
from app.web.front import Front
from app.web.pictures import source_map
from app.web.reading import families_here, said_in
from app.web.rooms import Room
from retrieval.evidence import SourceKind, Span


def read_view(
    front: Front, room: Room, source_id: str, sought: Span | None, told: Told | None = None
) -> dict[str, Any]:
    """What the template takes; NotFound where there is no such source, Forbidden where its words are withheld."""
    found = room.material.source_by_id.get(source_id)
    if found is None:
        raise NotFound("source", source_id, "It may have been replaced by a newer version, or withdrawn")
    must_open(found, None if front.you.sight is Sight.ALL else room.open_to_all)
    evidence = room.evidence_of.get(source_id, [])
    known = room.material.person_by_id
    coding = front.you.may(Action.CODE) and found.kind is SourceKind.INTERVIEW
    return {
        "source": found,
        "transcript": room.transcript(found, sought),
        "blocks": source_map(found, evidence),
        "said": said_in(room, found),
        "families": families_here(evidence),
        "people": [known[one] for one in found.participant_ids if one in known],
        "coding": coding,
        "choices": code_choices(front.bench.for_study(room.study_id).codebook) if coding else [],
        "sentences": sentences_by_turn(found, evidence) if coding else {},
        "chosen": chosen(room, found, sought),
        "told": told,
    }  # fmt: skip


def told_before(front: Front, study_id: str, did: str) -> Told | None:
    """What an address says was just decided (`did`), where it was and can be undone; else None."""
    if not did:
        return None
    ids = [read_before(one).id for one in did.split(",")]
    with front.bench.store.transaction() as tx:
        made = [one for one in tx.codings.all(study_id) if one.id in ids and one.by == front.you.name]
    return told(made, did.split(",")) if len(made) == len(ids) else None
