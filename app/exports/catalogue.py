"""The catalogue: every file a study can be had as. One table; doors list it, and ask for a file by its name.

A file that is added here can be had from the command line, over REST and from the page of exports.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from app.errors import NotFound
from app.exports.crm_contacts import contact_properties, crm_contacts
from app.exports.next_actions import next_actions
from app.exports.outgoing import Outgoing
from app.exports.personas import personas_json
from app.exports.playbooks import playbook_html
from app.exports.segment_rules import segment_rules
from app.exports.suppression import suppression_csv, suppression_json

PERSONAS, PLAYBOOK = "personas.json", "playbook.html"
HTML, JSON, CSV = "text/html; charset=utf-8", "application/json", "text/csv; charset=utf-8"


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
    Export("segment-rules.json", "Segment rules", "Which fields of a CRM tell segments apart, and what to ask.",
           Shelf.CAMPAIGNS, JSON, Words.CLEARED, lambda out: segment_rules(out).encode()),
    Export("contact-properties.csv", "Contact properties", "The properties to make in a CRM before importing.",
           Shelf.CAMPAIGNS, CSV, Words.CLEARED, lambda out: contact_properties(out).encode()),
    Export("contacts.csv", "Contacts", "Participants with consent to marketing and a record in the CRM; often nobody.",
           Shelf.CAMPAIGNS, CSV, Words.CLEARED, lambda out: crm_contacts(out).encode()),
    Export("suppression.csv", "Whom not to write to", "Negative personas' rules, one test a row.",
           Shelf.CAMPAIGNS, CSV, Words.CLEARED, lambda out: suppression_csv(out).encode()),
    Export("suppression.json", "Whom not to write to", "The same rules for programs.",
           Shelf.CAMPAIGNS, JSON, Words.CLEARED, lambda out: suppression_json(out).encode()),
    Export("next-actions.csv", "Next actions", "What to do next for each persona, by how near people are to buying.",
           Shelf.CAMPAIGNS, CSV, Words.CLEARED, lambda out: next_actions(out).encode()),
    Export(PERSONAS, "Personas", "All personas with their claims, quotes and sources.", Shelf.PROGRAMS, JSON, Words.ALL,
           lambda out: personas_json(out.cast).encode()),
)  # fmt: skip


def find_in_catalogue(name: str) -> Export:
    """NotFound, naming those there are."""
    found = next((one for one in CATALOGUE if one.name == name), None)
    if found is None:
        raise NotFound("export", name[:80], f"Choose one of: {', '.join(one.name for one in CATALOGUE)}")
    return found
