"""The catalogue: every file a study can be had as. One table; doors list it, and ask for a file by its name.

A file that is added here can be had from the command line, over REST and from the page of exports.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from app.errors import NotFound
from app.exports.exchange import exchange_codebook, exchange_project
from app.exports.outgoing import Outgoing
from app.exports.personas import personas_json
from app.exports.playbooks import playbook_html

PERSONAS, PLAYBOOK = "personas.json", "playbook.html"
HTML, JSON = "text/html; charset=utf-8", "application/json"


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


CATALOGUE: tuple[Export, ...] = (
    Export(PLAYBOOK, "Playbook", "One page to read, print or send, without network.", Shelf.PEOPLE, HTML, Words.ALL,
           lambda out: playbook_html(out).encode()),
    Export(PERSONAS, "Personas", "All personas with their claims, quotes and sources.", Shelf.PROGRAMS, JSON, Words.ALL,
           lambda out: personas_json(out.cast).encode()),
    Export("codebook.qdc", "Codebook (REFI-QDA)", "The codes, for ATLAS.ti, MAXQDA, NVivo, QualCoder and others.",
           Shelf.ANALYSIS, "application/xml", Words.CLEARED, exchange_codebook),
    Export("project.qdpx", "Project (REFI-QDA)", "The whole study for those tools, and to be imported here again.",
           Shelf.ANALYSIS, "application/zip", Words.ALL, exchange_project),
)  # fmt: skip


def find_in_catalogue(name: str) -> Export:
    """NotFound, naming those there are."""
    found = next((one for one in CATALOGUE if one.name == name), None)
    if found is None:
        raise NotFound("export", name[:80], f"Choose one of: {', '.join(one.name for one in CATALOGUE)}")
    return found
