"""Names: GUIDs made from what they name, and text that XML can hold.

A GUID is a version 5 UUID, so that a study that is written twice is the same twice, and a code is known
again in whatever project it comes back. What belongs to one study only has the study's id in its name.
"""

import re
from functools import cache
from uuid import NAMESPACE_URL, UUID, uuid5

from app.playbook.inert import NOT_XML
from retrieval.readers.reading import UNREADABLE

OURS = uuid5(NAMESPACE_URL, "urn:dramatis:refi-qda")
ENGINE = re.compile(r"(?P<coder>.+) \(Dramatis AI(?P<unsure>, not sure)?\)", re.DOTALL)


def guid(kind: str, *parts: object) -> str:
    """The GUID of one thing of its kind, in small letters without braces."""
    return str(uuid5(OURS, chr(31).join([kind, *map(str, parts)])))


@cache
def code_guid(code_id: str) -> str:
    """A code's GUID: the same in every study."""
    return guid("code", code_id)


def plain_guid(written: str) -> str:
    """A GUID as tools write it, with braces or in capitals, in the one form that can be compared; ValueError."""
    return str(UUID(written.strip()))


def legal(text: str) -> str:
    """The text with every character that XML cannot hold replaced by one sign."""
    return NOT_XML.sub(UNREADABLE, text)


def engine_user(coder: str, *, sure: bool) -> str:
    """What an engine is called among a project's users, so that nobody takes it for a person."""
    return f"{coder} (Dramatis AI{'' if sure else ', not sure'})"


def engine_of(user: str) -> tuple[str, bool] | None:
    """(coder, whether it was sure) for the name of an engine's user; None for a person's."""
    found = ENGINE.fullmatch(user)
    return (found["coder"], not found["unsure"]) if found else None
