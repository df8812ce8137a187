"""What the columns of a table mean, told from their names.

Survey tools, help desks and CRMs (HubSpot, Salesforce and their like) each have names of their own for
the same few things. A column nobody here knows is an attribute. The user's `mapping` (column → field,
or → the name of an attribute) goes before all.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from retrieval.readers.names import key
from retrieval.readers.roles import OPENING


class Field(StrEnum):
    """`person` names somebody, `personal` reaches somebody, `ignore` is the tool's own: none of them is kept."""

    PARTICIPANT = "participant"
    ACCOUNT = "account"
    NOTE = "note"
    TITLE = "title"
    DATE = "date"
    AUTHOR = "author"
    ID = "id"
    SPEAKER = "speaker"
    START = "start"
    END = "end"
    CONSENT = "consent"
    QUESTION = "question"
    ATTRIBUTE = "attribute"
    PERSON = "person"
    PERSONAL = "personal"
    IGNORE = "ignore"


# By field, the names as letters and digits only; "contact" stands for "Contact", "contacts" does not.
NAMES: Mapping[Field, str] = {
    Field.PARTICIPANT: "participant participantid participantcode pid respondent respondentid interviewee "
    "intervieweeid subjectid person personid contactid hscontactid recipientid",
    Field.ACCOUNT: "account accountname company companyname associatedcompany associatedcompanyname primarycompany "
    "organisation organization organisationname organizationname employer customer customername client clientname "
    "relatedcompany parentaccount",
    Field.NOTE: "note notes notebody noteseditor callnotes callbody meetingnotes activitynotes engagementnotes body "
    "text comment comments fullcomments message messages feedback transcript content details emailbody emailtext "
    "verbatim conversation ticketdescription casedescription casecomments answer",
    Field.TITLE: "title subject ticketname ticketsubject casesubject summary headline notetitle emailsubject",
    Field.DATE: "date datetime created createdate createdat createddate creationdate activitydate activitydatetime "
    "opened openeddate dateopened dateopenedcreated closed closeddate timestamp submittedat submitdate submitdateutc "
    "startdate startdateutc recordeddate datecreated ticketcreated hstimestamp",
    Field.AUTHOR: "author owner recordowner noteowner createdby createdbyname agent rep assignee assignedto caseowner "
    "ticketowner writtenby loggedby activityassignedto accountowner contactowner companyowner salesrep",
    Field.ID: "id recordid noteid ticketid ticket ticketnumber caseid casenumber issueid key responseid rowid number "
    "no activityid engagementid messageid accountid companyid",
    Field.SPEAKER: "speaker speakername speakerlabel who",
    Field.START: "start starttime startms begin begintime timein timecode timestart",
    Field.END: "end endtime endms timeout timeend",
    Field.CONSENT: "consent",
    Field.PERSON: "name fullname firstname lastname surname givenname familyname contactname contact requester "
    "requestername email emailaddress mail workemail linkedinbio dateofbirth birthdate birthday recipientfirstname "
    "recipientlastname recipientemail",
    Field.PERSONAL: "phone phonenumber mobile mobilephone mobilephonenumber fax ipaddress ip address street "
    "streetaddress billingstreet mailingstreet linkedin linkedinurl twitter",
    Field.IGNORE: "enddate enddateutc finished progress duration durationinseconds status1 collectorid networkid "
    "customdata customdata1 locationlatitude locationlongitude externalreference externaldatareference "
    "distributionchannel userlanguage tags1 responsetype stagedate tempid",
}  # fmt: skip
FIELDS = {name: field for field, names in NAMES.items() for name in names.split()}
# What a column of descriptions holds depends on its neighbours: of a case it is the case, of a company it is not.
DESCRIPTIONS = {"description", "about", "aboutus"}
# The names that participants.csv and the rest of the house use for what CRMs call differently.
ATTRIBUTES: Mapping[str, str] = {
    "role": "jobtitle title position function",
    "seniority": "joblevel level employmentseniority",
    "industry": "industryname branch vertical accountindustry industrygroup",
    "organisation_size": "numberofemployees employees noofemployees companysize headcount employeecount "
    "organisationsize organizationsize employeesrange",
    "organisation_type": "companytype organisationtype organizationtype",
    "region": "stateregion territory geo",
    "customer_status": "lifecyclestage customerstatus leadstatus contactstatus accountstatus",
    "account": "accountname companyname",
}
KNOWN_ATTRIBUTES = {
    alias: name for name, aliases in ATTRIBUTES.items() for alias in (name.replace("_", ""), *aliases.split())
}
# Columns that only tables of companies and contacts have; two of them make one.
CRM_SIGNS = {
    "industry", "organisation_size", "annualrevenue", "revenue", "website", "domain", "companydomainname", "type",
    "accounttype", "stage", "dealstage", "leadsource", "originalsource", "lifetimevalue", "daystoclose", "converted",
    "customer_status", "role", "billingcity", "billingcountry", "city", "country", "region", "rating", "segment",
    "tier", "seniority", "organisation_type", "department", "accountsource", "numberofassociatedcontacts", "amount",
}  # fmt: skip
# Of these a table may have several columns; of every other field the first column is it.
MANY = frozenset({Field.QUESTION, Field.PERSON, Field.PERSONAL, Field.IGNORE, Field.ATTRIBUTE})
NUMBERED = re.compile(r"Q\d{1,3}(?:[_.]\d+)*\s*(?:[.:)_\-–]\s*|\s+)(?=\S)", re.IGNORECASE)
QUESTION_WORDS = 4


@dataclass(frozen=True)
class Column:
    """`name` is the attribute's or the question's, `header` what the file calls it."""

    index: int
    header: str
    field: Field
    name: str


def normal(header: str) -> str:
    """The letters and digits of a column's name: `Job Title`, `job_title` and `JobTitle` are one."""
    return re.sub(r"[\W_]+", "", header.casefold())


def name_columns(headers: Sequence[str], mapping: Mapping[str, str] | None = None) -> list[Column]:
    """What each named column means. Of a field that can stand once, the first column has it."""
    told = {key(header): field for header, field in (mapping or {}).items()}
    taken: set[Field] = {Field(field) for field in told.values() if field in {*Field}} - {Field.QUESTION}
    columns: list[Column] = []
    for index, header in enumerate(headers):
        if not header.strip():
            continue
        if key(header) in told:
            columns.append(_told(index, header, told[key(header)]))
            continue
        column = _named(index, header)
        if column.field in taken - MANY:
            column = replace(column, field=Field.ATTRIBUTE)
        taken.add(column.field)
        columns.append(column)
    return _described(columns)


def _told(index: int, header: str, field: str) -> Column:
    if field in {*Field}:
        return Column(index, header, Field(field), header)
    return Column(index, header, Field.ATTRIBUTE, field)


def _named(index: int, header: str) -> Column:
    plain = normal(header)
    field = FIELDS.get(plain)
    if field is None and is_question(header):
        return Column(index, header, Field.QUESTION, NUMBERED.sub("", header).strip())
    if field is None:
        return Column(index, header, Field.ATTRIBUTE, KNOWN_ATTRIBUTES.get(plain, header))
    return Column(index, header, field, header)


def is_question(header: str) -> bool:
    """Whether a column's name asks something: a question mark, a numbered question, a sentence that opens like one."""
    long = len(header.split()) >= QUESTION_WORDS
    return header.rstrip(" *:").endswith("?") or bool(NUMBERED.match(header)) or (long and bool(OPENING.match(header)))


def _described(columns: list[Column]) -> list[Column]:
    """Settles what depends on the neighbours: descriptions and titles."""
    fields = {column.field for column in columns}
    cases = Field.NOTE not in fields and not describes_people(columns)
    contacts = Field.NOTE not in fields and Field.PERSON in fields and Field.ACCOUNT in fields
    settled = []
    for column in columns:
        plain = normal(column.header)
        if plain in DESCRIPTIONS and column.field is Field.ATTRIBUTE and cases:
            column = replace(column, field=Field.NOTE)
            cases = False
        elif plain == "title" and (contacts or (Field.NOTE not in fields and describes_people(columns))):
            column = replace(column, field=Field.ATTRIBUTE, name="role")
        settled.append(column)
    return settled


def describes_people(columns: Sequence[Column]) -> bool:
    """Whether the columns are those of companies or contacts: somebody to describe, and what CRMs say of them."""
    fields = {column.field for column in columns}
    signs = {column.name for column in columns} | {normal(column.header) for column in columns}
    return bool(fields & {Field.ACCOUNT, Field.PARTICIPANT}) and len(signs & CRM_SIGNS) >= 2
