"""Mentions: notes about people or their accounts. Context: never quoted as theirs, never counted as their words."""

import re
from collections.abc import Collection

from app.models.persona_base import NoteMention
from app.synthesis.material import Material
from retrieval.evidence import Source, SourceKind


def mentions(people: Collection[str], material: Material) -> list[NoteMention]:
    """The notes that name one of `people`, or an account of theirs, by name of the note."""
    notes = [source for source in material.sources if source.kind is SourceKind.NOTE]
    found = ((note, sorted(one for one in people if _is_about(note, one, material))) for note in notes)
    return [NoteMention(source_id=note.id, source_name=note.name, participants=who) for note, who in found if who]


def _is_about(note: Source, person: str, material: Material) -> bool:
    account = material.person_by_id[person].attributes.get("account", "").strip()
    names = [name for name in (person, account) if name]
    return any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", f"{note.name} {note.text}", re.I) for name in names)
