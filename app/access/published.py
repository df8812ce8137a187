"""Published: the personas that somebody with this sight gets to see, as they were let out."""

from collections.abc import Sequence

from app.access.principal import Sight
from app.errors import NotFound
from app.models.cast import Cast
from app.models.persona import Persona
from app.store.store import Transaction
from app.synthesis.releasing import published_personas


def seen(tx: Transaction, study_id: str, sight: Sight, personas: Sequence[Persona]) -> list[Persona]:
    """All of them; a writer those that were published, each in the version that was."""
    return published_personas(tx, study_id) if sight is Sight.PUBLISHED else list(personas)


def must_see(tx: Transaction, study_id: str, sight: Sight, persona_id: str) -> Persona | None:
    """The persona as a writer sees it, NotFound where they do not; None for whoever sees all as they stand."""
    if sight is not Sight.PUBLISHED:
        return None
    for one in published_personas(tx, study_id):
        if one.id == persona_id:
            return one
    raise NotFound("persona", persona_id, "It may not be published yet")


def as_published(tx: Transaction, sight: Sight, cast: Cast) -> Cast:
    """The cast of a room: for a writer without what is still being worked on."""
    if sight is not Sight.PUBLISHED:
        return cast
    return cast.model_copy(update={"personas": published_personas(tx, cast.study.id), "refused": [], "stale": []})
