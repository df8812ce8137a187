"""Releasing: which version of a persona those who write from it get to see. Researchers and marketers see the personas
as they stand; writers see what somebody published, until that is published again or taken back."""

import time
from datetime import date

from app.errors import NotFound
from app.models.persona import MicroPersona, Persona
from app.models.publication import Publication
from app.models.review import judged, without_rejected
from app.store.store import Transaction
from app.workbench import Workbench


def publish_persona(
    bench: Workbench, study_id: str, persona_id: str, *, by: str, version: int | None = None,
    owner: str | None = None, review_due: date | None = None,
) -> Publication:  # fmt: skip
    """Let a version out, the newest where none is named; it takes the place of one that was let out before. Who owns it
    and when it is to be reviewed stay as they were where they are not given.

    NotFound for an unknown study, persona or version.
    """
    bench.study(study_id)
    with bench.store.transaction() as tx:
        numbers = [one.version for one in tx.results.versions(study_id, persona_id)]
        if not numbers:
            raise NotFound("persona", persona_id, f"List them with: dramatis personas {study_id}")
        chosen = numbers[-1] if version is None else version
        if chosen not in numbers:
            raise NotFound("version", str(chosen), f"Versions are {', '.join(map(str, numbers))}")
        known = tx.publications.all(study_id).get(persona_id)
        made = Publication(
            persona_id=persona_id, version=chosen, by=by, at=round(time.time(), 3),
            owner=owner if owner is not None else known.owner if known else "",
            review_due=review_due or (known.review_due if known else None),
        )  # fmt: skip
        if known and known.model_copy(update={"by": by, "at": made.at}) == made:
            return known
        tx.publications.save(study_id, made)
    return made


def take_back_persona(bench: Workbench, study_id: str, persona_id: str) -> None:
    """Writers see the persona no more; one that is not published stays so. NotFound for an unknown study or persona."""
    bench.study(study_id)
    with bench.store.transaction() as tx:
        if not tx.results.versions(study_id, persona_id):
            raise NotFound("persona", persona_id, f"List them with: dramatis personas {study_id}")
        tx.publications.delete(study_id, persona_id)


def publications(bench: Workbench, study_id: str) -> dict[str, Publication]:
    """What is published, by the persona's id; NotFound for an unknown study."""
    bench.study(study_id)
    with bench.store.transaction() as tx:
        return tx.publications.all(study_id)


def published_personas(tx: Transaction, study_id: str) -> list[Persona]:
    """The versions that writers see, in the order of the personas as they stand, without the claims people rejected.

    A persona that stands no more is not seen: its words may be gone. Nor is a micro persona without its core, beside
    which it is read.
    """
    out, decided = tx.publications.all(study_id), tx.reviews.all(study_id)
    versions = {(one.id, one.version): one for one in tx.results.versions(study_id)} if out else {}
    standing = [one.id for one in tx.results.personas(study_id) if one.id in out]
    found = [versions[id, out[id].version] for id in standing if (id, out[id].version) in versions]
    known = {one.id for one in found}
    seen = [one for one in found if not isinstance(one, MicroPersona) or one.parent_macro_id in known]
    return [without_rejected(judged(one, decided)) for one in seen]
