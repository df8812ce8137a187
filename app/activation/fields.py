"""Fields: one name for what CRMs and participants.csv call differently, and which fields no rule may rest on.

field_of("Job Title") == "role"      left_out("age", []) == "rests on a protected attribute (“age”)"
"""

import re
from collections.abc import Iterable, Mapping

from app.synthesis.lints import load_lexicon, protected_words
from retrieval.readers.columns import FIELDS, KNOWN_ATTRIBUTES, Field, normal

# Beside those that the readers know, as letters and digits only.
SYNONYMS: Mapping[str, str] = {
    alias: name
    for name, aliases in {
        "role": "jobrole jobfunction persontitle positiontitle occupation",
        "industry": "industrysector sector companyindustry naceindustry",
        "organisation_size": "numemployees employeenumber size staff companysizerange employeerange",
        "annual_revenue": "annualrevenue revenue companyrevenue annualturnover turnover",
        "assigned_segment": "assignedsegment segment customersegment salessegment marketsegment accountlabel icp tier",
        "pricing_page_visits": "pricingpagevisits pricepagevisits pricingvisits",
        "assets_downloaded": "assetsdownloaded contentdownloads downloads downloadedassets",
    }.items()
    for alias in (name.replace("_", ""), *aliases.split())
}
# They say what became of a deal, not whom one deals with; a rule on them would find every open deal.
OUTCOMES = frozenset(
    {"stage", "dealstage", "deal_stage", "lifetime_value", "days_to_close", "converted", "customer_status", "amount"}
)
# Words in a field's name that tell that it names, numbers or reaches somebody.
NAMING = re.compile(
    r"\b(?:names?|e ?mails?|mails?|ids?|uuid|guid|phones?|tel|telephones?|mobiles?|address|street|zip|postcode|"
    r"birth\w*|"
    r"salutation|pronouns?|linkedin|twitter|urls?|website|domain|iban|ssn|passport|photo|owner|dates?|created|updated)"
    r"\b"
)
ADDRESS = re.compile(r"\S@\S|https?://|\+?\d[\d ()/-]{7,}\d")
# The families of jobs that HR speaks of are nobody's.
JOB_FAMILY = re.compile(r"\b(?:job|role) famil(?:y|ies)\b")
LONGEST = 60  # characters; what is longer is no value to sort contacts by


def field_of(header: str) -> str:
    """The field a column holds; empty where it is a person's, an account's name or the tool's own."""
    plain = normal(header)
    known = SYNONYMS.get(plain) or KNOWN_ATTRIBUTES.get(plain)
    if known:
        return "" if known == "account" else known
    if FIELDS.get(plain) not in (None, Field.ATTRIBUTE):
        return ""
    return re.sub(r"[\W_]+", "_", re.sub(r"(?<=[a-z])(?=[A-Z])", "_", header).casefold()).strip("_")


def left_out(field: str, values: Iterable[str]) -> str:
    """Why no rule may rest on the field; empty where one may."""
    words = field.replace("_", " ")
    if found := who_somebody_is(JOB_FAMILY.sub("job group", words)):
        return f"rests on a protected attribute (“{found}”)"
    if NAMING.search(words) or any(ADDRESS.search(value) for value in values):
        return "names or reaches a person"
    return "says what became of a deal" if field in OUTCOMES else ""


def who_somebody_is(text: str) -> str:
    """The first words of a text that name a protected attribute; empty where none does."""
    found = load_lexicon().demographic.search(text)
    return protected_words(text) or (found.group(0) if found else "")


def usable(value: str) -> bool:
    """Whether a value may stand in a rule."""
    return 0 < len(value) <= LONGEST and not who_somebody_is(value) and not ADDRESS.search(value)
