"""Audiences: for whom a playbook is made, and what of it they get. The list is data (`data/audiences.yaml`)."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import ValidationError, model_validator

from app import DATA
from app.errors import BadInput, NotFound
from app.models.base import Model
from app.models.field import Level, fields_of, load_fields
from app.playbook.order import STAKES
from app.playbook.view import SECTIONS

WHOLE = "research"


class Audience(Model):
    """`words`: everybody's (`all`), or only of those who consented to marketing (`cleared`). `sections` in their order;
    `first` and `without` are ids of fields."""

    id: str
    title: str
    use: str
    words: Literal["all", "cleared"]
    sections: list[str]
    first: list[str] = []
    without: list[str] = []

    @property
    def cleared(self) -> bool:
        return self.words == "cleared"

    @model_validator(mode="after")
    def _known(self) -> "Audience":
        _must_be_known("section", self.sections, SECTIONS)
        _must_be_known("field", [*self.first, *self.without], field_ids())
        if self.cleared and "transcripts" in self.sections:
            raise ValueError("transcripts hold everybody's words: leave them out, or set words to all")
        return self


def field_ids() -> list[str]:
    """Every field a persona of any kind can carry."""
    return sorted(
        {one.id for kind in Level for one in fields_of(kind)} | {one.id for one in load_fields()} | {STAKES.id}
    )


@cache
def load_audiences(path: Path = DATA / "audiences.yaml") -> tuple[Audience, ...]:
    """The audiences at `path`; BadInput, saying which audience and what is wrong, where one cannot be used."""
    rows = yaml.safe_load(path.read_text(encoding="utf-8"))["audiences"]
    found = tuple(_read(path, row) for row in rows)
    twice = {one.id for one in found if [other.id for other in found].count(one.id) > 1}
    if twice:
        raise BadInput(f"{path.name} lists the audience “{min(twice)}” twice. Give each an id of its own.")
    return found


def find_audience(audience_id: str) -> Audience:
    """NotFound, naming those there are."""
    known = load_audiences()
    found = next((one for one in known if one.id == audience_id), None)
    if found is None:
        raise NotFound("audience", audience_id[:80], f"Choose one of: {', '.join(one.id for one in known)}")
    return found


def _read(path: Path, row: dict[str, object]) -> Audience:
    try:
        return Audience.model_validate(row)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        told = f"{where}: {first['msg']}" if where else first["msg"].removeprefix("Value error, ")
        raise BadInput(f"The audience “{row.get('id', '?')}” in {path.name} cannot be used: {told}.") from error


def _must_be_known(what: str, given: Sequence[str], known: Sequence[str]) -> None:
    unknown = [one for one in given if one not in known]
    if unknown:
        raise ValueError(f"there is no {what} “{unknown[0]}”; choose among {', '.join(known)}")
    if len(set(given)) < len(given):
        raise ValueError(f"a {what} is listed twice")
