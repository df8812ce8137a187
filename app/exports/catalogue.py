"""The catalogue: every file a study can be had as. One table; doors list it, and ask for a file by its name.

A file that is added here can be had from the command line, over REST and from the page of exports.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from app.errors import NotFound
from app.exports.outgoing import Outgoing
from app.exports.personas import personas_json
from app.exports.playbooks import FORMATS, playbook_for, playbook_name
from app.playbook.audience import WHOLE, Audience, load_audiences

PERSONAS, PLAYBOOK = "personas.json", "playbook.html"
JSON = "application/json"


class Words(StrEnum):
    """Whose words a file holds: everybody's, so that it stays among researchers; or those of people who consented to
    marketing, and nobody else's."""

    ALL = "all"
    CLEARED = "cleared"


class Shelf(StrEnum):
    """What a file is taken for."""

    PEOPLE = "people"
    ANALYSIS = "analysis"
    CAMPAIGNS = "campaigns"
    PLANNING = "planning"
    PROGRAMS = "programs"


@dataclass(frozen=True)
class Export:
    """A file: its name, what it is in a few words and in a sentence, and who makes it."""

    name: str
    title: str
    what: str
    shelf: Shelf
    media_type: str
    words: Words
    make: Callable[[Outgoing], bytes]


def _playbook(audience: Audience, ending: str) -> Export:
    media_type, what, write = FORMATS[ending]
    title = "Playbook" if audience.id == WHOLE else f"Playbook: {audience.title}"
    words = Words.CLEARED if audience.cleared else Words.ALL
    return Export(playbook_name(audience, ending), title, what, Shelf.PEOPLE, media_type, words,
                  lambda out: write(playbook_for(out, audience)))  # fmt: skip


CATALOGUE: tuple[Export, ...] = (
    *(_playbook(audience, ending) for audience in load_audiences() for ending in FORMATS),
    Export(PERSONAS, "Personas", "All personas with their claims, quotes and sources.", Shelf.PROGRAMS, JSON, Words.ALL,
           lambda out: personas_json(out.cast).encode()),
)  # fmt: skip


def find_in_catalogue(name: str) -> Export:
    """NotFound, naming those there are."""
    found = next((one for one in CATALOGUE if one.name == name), None)
    if found is None:
        raise NotFound("export", name[:80], f"Choose one of: {', '.join(one.name for one in CATALOGUE)}")
    return found
