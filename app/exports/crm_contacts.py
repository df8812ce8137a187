"""contacts.csv and contact-properties.csv: what a CRM of HubSpot's manner takes in: a row of property names, one
contact a row, known by its Record ID.

Participants took part in research; that makes nobody a contact. In the file stand those alone who agreed to marketing
and whose record in the CRM the study's table names. Everybody else is reached through `dramatis assign`, by attributes.
"""

from app.activation.writing import PROPERTIES, UNASSIGNED
from app.briefs.rules import load_rules
from app.cells import to_csv
from app.exports.outgoing import Outgoing
from retrieval.evidence import Participant
from retrieval.readers.columns import normal

# Columns of participants.csv that name somebody's record in the CRM, as letters and digits only.
RECORDS = {"recordid", "contactid", "hscontactid", "crmid", "hubspotid"}
IMPORTED = ("dramatis_persona", "dramatis_micro_persona", "dramatis_confidence", "dramatis_next_action")


def contact_properties(out: Outgoing) -> bytes:
    """The properties to make before anything is imported; options are parted by semicolons."""
    macros = [one.name for one in out.cast.macros]
    micros = [micro.name for macro in out.cast.macros for micro in out.cast.micros_of(macro)]
    options = {"dramatis_persona": macros, "dramatis_micro_persona": micros}
    rows = [
        (name, label, kind, "; ".join([*options[name], UNASSIGNED]) if name in options else "", what)
        for name, (label, kind, what) in PROPERTIES.items()
    ]
    return to_csv(["name", "label", "type", "options", "description"], rows)


def crm_contacts(out: Outgoing) -> bytes:
    """Only the header where nobody may be in it."""
    macro_of = {person: one.name for one in out.cast.macros for person in one.sample.participants}
    micros = [micro for macro in out.cast.macros for micro in out.cast.micros_of(macro)]
    micro_of = {person: one.name for one in micros for person in one.sample.participants}
    first = load_rules().first_offer
    rows = [
        (record, macro_of[one.id], micro_of.get(one.id, UNASSIGNED), 1, first)
        for one in out.cast.participants
        if one.id in macro_of and one.id not in out.withheld and (record := record_of(one))
    ]
    return to_csv(["Record ID", *IMPORTED], rows)


def record_of(person: Participant) -> str:
    """The id of somebody's record in the CRM; empty where the study's table names none."""
    return next((value for name, value in person.attributes.items() if normal(name) in RECORDS), "")
