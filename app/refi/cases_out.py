"""Cases, going out: participants with what is known of them, and the variables that say it.

A participant is a case: its name is the id, its values the attributes, its sources those in which they are heard.
Consent is a value like the others, so that it goes wherever the words go. Of a source one value says whether it is an
interview or a note.
"""

from lxml import etree

from app.refi.names import legal
from app.refi.structure import PROJECT, tag
from app.refi.whole import Whole
from retrieval.evidence import Participant, Source

CONSENT, KIND = "consent", "kind of source"
MEANING = {
    CONSENT: "What the participant agreed to: research, or research+marketing.",
    KIND: "interview or note. Nothing in a note counts as anybody's words.",
}


def add_variables(root: "etree._Element", whole: Whole) -> None:
    """What is known of participants and sources: all of it is text."""
    names = sorted({name for one in whole.material.participants for name in one.attributes})
    of_people = [CONSENT, *names] if whole.material.participants else []
    wanted = [("variable", name) for name in of_people] + ([("source variable", KIND)] if whole.sources else [])
    if not wanted:
        return
    variables = etree.SubElement(root, tag(PROJECT, "Variables"))
    for kind, name in wanted:
        told = {"guid": whole.guid(kind, name), "name": legal(name), "typeOfVariable": "Text"}
        variable = etree.SubElement(variables, tag(PROJECT, "Variable"), told)
        if name in MEANING:
            etree.SubElement(variable, tag(PROJECT, "Description")).text = MEANING[name]


def add_cases(root: "etree._Element", whole: Whole) -> None:
    """Every participant, by id."""
    if not whole.material.participants:
        return
    cases = etree.SubElement(root, tag(PROJECT, "Cases"))
    for person in whole.material.participants:
        case = etree.SubElement(cases, tag(PROJECT, "Case"), guid=whole.guid("case", person.id), name=legal(person.id))
        for name, value in _values(person):
            _add_value(case, whole.guid("variable", name), value)
        for source in whole.sources:
            if person.id in source.participant_ids:
                etree.SubElement(case, tag(PROJECT, "SourceRef"), targetGUID=whole.guid("source", source.id))


def kind_value(element: "etree._Element", whole: Whole, source: Source) -> None:
    """Whether the source is an interview or a note."""
    _add_value(element, whole.guid("source variable", KIND), source.kind.value)


def _values(person: Participant) -> list[tuple[str, str]]:
    return [(CONSENT, person.consent.value), *sorted(person.attributes.items())]


def _add_value(parent: "etree._Element", variable: str, value: str) -> None:
    element = etree.SubElement(parent, tag(PROJECT, "VariableValue"))
    etree.SubElement(element, tag(PROJECT, "VariableRef"), targetGUID=variable)
    etree.SubElement(element, tag(PROJECT, "TextValue")).text = legal(value)
