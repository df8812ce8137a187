"""Names by role and situation."""

import pytest

from app.engines.base import Profile
from app.engines.naming import name_segments, role_of, situations_of
from app.models.evidence import Evidence
from retrieval.embeddings import MiniLM
from retrieval.evidence import Participant, Quote, sha256


def profile(person: str, role: str, *said: str, **more: str) -> Profile:
    attributes = {"role": role, **more} if role else dict(more)
    return Profile(
        participant=Participant(id=person, attributes=attributes), evidence=[evidence(person, q) for q in said]
    )


def evidence(person: str, text: str) -> Evidence:
    quote = Quote(start=0, end=len(text), source_id="s", participant_id=person, text=text, sha256=sha256(text))
    return Evidence.of(quote, {"motivation": 0.9}, ["motivation"], "local")


@pytest.mark.parametrize(
    ("roles", "expected"),
    [
        (["Head of IT", "IT manager", "IT manager"], "IT manager"),
        (["Regional operations manager", "Plant operations manager"], "operations manager"),
        (["Sales", "Sales"], "sales professional"),
        (["", ""], "participant"),
    ],
    ids=["shared words with a role noun", "longest shared wording", "no role noun", "nothing declared"],
)
def test_role_of(roles: list[str], expected: str) -> None:
    assert role_of([profile(f"P{i}", role) for i, role in enumerate(roles)]) == expected


def test_demographics_never_name_a_role() -> None:
    people = [profile(f"P{i}", "Clerk", age="52", gender="female") for i in range(3)]
    assert role_of(people) == "clerk"


def test_situations_follow_what_people_say_and_none_is_used_twice(embedder: MiniLM) -> None:
    hurried = [profile("P1", "Clerk", "There are never enough hours in my day."),
               profile("P2", "Clerk", "I am short of time, it saves me hours.")]  # fmt: skip
    careful = [profile("P3", "Clerk", "I verify every word and correct the output before it goes out."),
               profile("P4", "Clerk", "I check for accuracy, always.")]  # fmt: skip
    known = situations_of(hurried + careful, embedder)
    names = name_segments([(["P1", "P2"], ["P3", "P4"]), (["P3", "P4"], ["P1", "P2"])], ["clerk", "clerk"], known)
    assert names == ["Time-poor clerk", "Quality-guarding clerk"]
