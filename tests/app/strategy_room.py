"""The playbook's small invented study as grounds for advice, and accounts of a CRM to go with it."""

from functools import cache
from typing import Any

from playbook_page import room

from app.intake.crm import account_id
from app.models.cast import Cast
from app.models.field import load_fields
from app.strategy.grounds import Grounds
from app.synthesis.material import Material
from retrieval.embeddings import MiniLM
from retrieval.evidence import Participant
from retrieval.readers.measures import AccountFigures, Outcome


def grounds_of(embedder: MiniLM, **changes: Any) -> Grounds:
    """The room's cast, with `changes`, and all that was said."""
    cast = room().cast.model_copy(update=changes)
    material = Material(
        cast.study, cast.participants, room().sources, room().evidence, cast.themes, cast.segments
    )  # fmt: skip
    return Grounds(cast, material, load_fields(), embedder, [source.id for source in room().sources])


def with_attribute(cast: Cast, name: str, values: dict[str, str]) -> list[Participant]:
    """The cast's people, some with an attribute more."""
    return [
        one.model_copy(
            update={"attributes": {**one.attributes, **({name: values[one.id]} if one.id in values else {})}}
        )
        for one in cast.participants
    ]


def figures(
    account: str, label: str = "", value: float = 0, days: float | None = None, won: bool = True
) -> AccountFigures:
    """An account of the room's study as the store holds it."""
    outcome = Outcome.WON if won else Outcome.LOST
    return AccountFigures(1, account_id(room().cast.study.id, account), label, value, days, outcome)


@cache
def micro_ids() -> list[str]:
    return [micro.id for macro in room().cast.macros for micro in room().cast.micros_of(macro)]
