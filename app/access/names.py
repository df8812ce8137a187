"""Names of users: how one is written, and when two are the same."""

import unicodedata

from app.errors import BadInput
from app.synthesis.human_coding import NO_PERSON
from retrieval.evidence import stable_id

LONGEST = 60
# Codes are signed with the name of whoever gave them, and these sign for engines.
TAKEN = NO_PERSON | {"unknown"}


def tidy(name: str) -> str:
    """As it is shown and signed with. BadInput for what is no name."""
    found = " ".join(unicodedata.normalize("NFKC", name).split())
    if not 0 < len(found) <= LONGEST or not found.isprintable():
        raise BadInput(f"A user’s name has 1 to {LONGEST} letters, and no control characters.")
    if key(found) in TAKEN:
        raise BadInput(f"“{found}” is what an engine signs with. Choose another name.")
    return found


def key(name: str) -> str:
    """The same for all spellings of one name: neither case nor spaces make another."""
    return "".join(unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold()).split())


def user_id(name: str) -> str:
    """Made of the name, so that no two users have one."""
    return stable_id("us", key(name))
