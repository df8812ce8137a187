"""The catalogue: every file a study can be had as. One table; doors list it, and ask for a file by its name.

A file that is added here can be had from the command line, over REST and from the page of exports.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.errors import NotFound
from app.exports.calendar import reviews_ics
from app.exports.crm_contacts import contact_properties, crm_contacts
from app.exports.exchange import exchange_codebook, exchange_project
from app.exports.next_actions import next_actions
from app.exports.outgoing import Outgoing
from app.exports.personas import personas_json
from app.exports.planning import editorial_csv, editorial_json
from app.exports.playbooks import FORMATS, playbook_for, playbook_name
from app.exports.schemas import schemas_zip
from app.exports.segment_rules import segment_rules
from app.exports.suppression import suppression_csv, suppression_json
from app.exports.tables import claims_csv, quotes_csv
from app.exports.workbook import study_xlsx
from app.playbook.audience import WHOLE, Audience, load_audiences

PERSONAS, PLAYBOOK = "personas.json", "playbook.html"
JSON, CSV = "application/json", "text/csv; charset=utf-8"
ICS, ZIP = "text/calendar; charset=utf-8", "application/zip"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Words(StrEnum):
    """Whose words a file holds: everybody's, so that it stays among researchers; or quotes only of people who
    consented to marketing. Claims are the study's own sentences, about everybody; those near to words that are
    withheld say so."""

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
    """A file: its name, what it is in a few words and in a sentence, and who makes it. `needs_personas` where there is
    nothing in it before a persona was drafted; `follows` is the published schema of a JSON file."""

    name: str
    title: str
    what: str
    shelf: Shelf
    media_type: str
    words: Words
    make: Callable[[Outgoing], bytes]
    needs_personas: bool = True
    follows: str = ""


def _playbook(audience: Audience, ending: str) -> Export:
    media_type, what, write = FORMATS[ending]
    title = "Playbook" if audience.id == WHOLE else f"Playbook: {audience.title}"
    words = Words.CLEARED if audience.cleared else Words.ALL
    return Export(playbook_name(audience, ending), title, what, Shelf.PEOPLE, media_type, words,
                  lambda out: write(playbook_for(out, audience)))  # fmt: skip


CATALOGUE: tuple[Export, ...] = (
    *(_playbook(audience, ending) for audience in load_audiences() for ending in FORMATS),
    Export("study.xlsx", "Workbook", "The whole study in sheets: personas, claims, quotes, codebook, themes, people.",
           Shelf.ANALYSIS, XLSX, Words.ALL, study_xlsx, needs_personas=False),
    Export("claims.csv", "Claims", "A row for each claim: who says so, how many, how sure, who reviewed it.",
           Shelf.ANALYSIS, CSV, Words.ALL, claims_csv),
    Export("quotes.csv", "Quotes", "A row for each cited quote: word for word, with the place it stands at.",
           Shelf.ANALYSIS, CSV, Words.ALL, quotes_csv),
    Export("editorial.csv", "Editorial plan", "A row for each brief: what, for whom, how far it is; for planners.",
           Shelf.PLANNING, CSV, Words.CLEARED, editorial_csv, needs_personas=False),
    Export("editorial.json", "Editorial plan", "A row for each brief: what, for whom, how far it is; for planners.",
           Shelf.PLANNING, JSON, Words.CLEARED, editorial_json, needs_personas=False, follows="editorial"),
    Export("reviews.ics", "Reviews", "Days to look at personas again, and briefs to write anew; for calendars.",
           Shelf.PLANNING, ICS, Words.CLEARED, reviews_ics, needs_personas=False),
    Export("segment-rules.json", "Segment rules", "Which fields of a CRM tell segments apart, and what to ask.",
           Shelf.CAMPAIGNS, JSON, Words.CLEARED, lambda out: segment_rules(out).encode()),
    Export("contact-properties.csv", "Contact properties", "The properties to make in a CRM before importing.",
           Shelf.CAMPAIGNS, CSV, Words.CLEARED, contact_properties),
    Export("contacts.csv", "Contacts", "Participants with consent to marketing and a record in the CRM; often nobody.",
           Shelf.CAMPAIGNS, CSV, Words.CLEARED, crm_contacts),
    Export("suppression.csv", "Whom not to write to", "Negative personas' rules, one test a row.",
           Shelf.CAMPAIGNS, CSV, Words.CLEARED, suppression_csv),
    Export("suppression.json", "Whom not to write to", "The same rules for programs.",
           Shelf.CAMPAIGNS, JSON, Words.CLEARED, lambda out: suppression_json(out).encode()),
    Export("next-actions.csv", "Next actions", "What to do next for each persona, by how near people are to buying.",
           Shelf.CAMPAIGNS, CSV, Words.CLEARED, next_actions),
    Export(PERSONAS, "Personas", "All personas with their claims, quotes and sources.", Shelf.PROGRAMS, JSON, Words.ALL,
           lambda out: personas_json(out.cast).encode(), follows="cast"),
    Export("schemas.zip", "Schemas", "The JSON Schema of each kind of document.", Shelf.PROGRAMS, ZIP,
           Words.CLEARED, schemas_zip, needs_personas=False),
    Export("codebook.qdc", "Codebook (REFI-QDA)", "The codes, for ATLAS.ti, MAXQDA, NVivo, QualCoder and others.",
           Shelf.ANALYSIS, "application/xml", Words.ALL, exchange_codebook, needs_personas=False),
    Export("project.qdpx", "Project (REFI-QDA)", "The whole study for those tools, and to be imported here again.",
           Shelf.ANALYSIS, "application/zip", Words.ALL, exchange_project, needs_personas=False),
)  # fmt: skip


def find_in_catalogue(name: str) -> Export:
    """NotFound, naming those there are."""
    found = next((one for one in CATALOGUE if one.name == name), None)
    if found is None:
        raise NotFound("export", name[:80], f"Choose one of: {', '.join(one.name for one in CATALOGUE)}")
    return found


def chosen(names: Sequence[str]) -> list[Export]:
    """The files of these names, each once in the order of the catalogue; the name of a shelf stands for all on it.
    NotFound, naming what there is."""
    known = {one.name for one in CATALOGUE} | {one.shelf.value for one in CATALOGUE}
    for name in names:
        if name not in known:
            shelves = ", ".join(dict.fromkeys(one.shelf.value for one in CATALOGUE))
            files = ", ".join(one.name for one in CATALOGUE)
            raise NotFound("export", name[:80], f"Choose from {files}; or a whole shelf: {shelves}")
    return [one for one in CATALOGUE if one.name in names or one.shelf in names]
