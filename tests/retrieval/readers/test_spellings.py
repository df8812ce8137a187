"""One person under several labels. All examples are invented."""

import pytest

from retrieval.evidence import Role, Source, Turn
from retrieval.readers import Casting, read_bytes
from retrieval.readers.spellings import same_people


def used(*labels: str, same: dict[str, str] | None = None) -> dict[str, str]:
    turns = [Turn(start=0, end=1, index=index, speaker=label) for index, label in enumerate(labels)]
    return same_people(turns, same or {})[0]


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        (("Dana", "Sam", "DANA", "Dana"), {"DANA": "Dana"}),
        (("Dana K.", "Sam", "Dana", "Dana K."), {"Dana": "Dana K."}),
        (("Dana Kay", "Sam", "Dana K.", "Dana Kay"), {"Dana K.": "Dana Kay"}),
        (("Dana Kay", "Sam", "Kay, Dana (Fjordlast)", "Dana Kay"), {"Kay, Dana (Fjordlast)": "Dana Kay"}),
        (("Dana", "Sam", "Dana (Interviewer)", "Dana"), {"Dana": "Dana (Interviewer)"}),
        (("Dr. Dana Kay", "Sam", "Dana Kay", "Dana Kay"), {"Dr. Dana Kay": "Dana Kay"}),
    ],
    ids=["case", "an initial", "an initial for a name", "last name first", "a role in brackets", "a title"],
)
def test_spellings_of_one_person_become_one(labels: tuple[str, ...], expected: dict[str, str]) -> None:
    assert used(*labels) == expected


@pytest.mark.parametrize(
    "labels",
    [
        ("Dana K.", "Dana M.", "Dana"),
        ("Speaker", "Speaker 1", "Speaker 2"),
        ("Interviewer", "Interviewer 2", "P01"),
        ("P1", "P10", "P"),
        ("Dana", "Dana K."),
        ("Dan", "Dana", "Sam"),
    ],
    ids=[
        "two Danas",
        "numbered speakers",
        "two interviewers",
        "pseudonyms",
        "only two labels",
        "one name begins another",
    ],
)
def test_different_people_stay_apart(labels: tuple[str, ...]) -> None:
    assert used(*labels) == {}


def test_the_users_word_goes_first() -> None:
    assert used("Dana", "Sam", "Host", same={"host": "Dana"}) == {"Host": "Dana"}
    assert used("Dana", "DANA", "Dee", same={"Dana": "Dee"}) == {"Dana": "Dee", "DANA": "Dee"}


TALK = b"Dana Kay: What do you do?\nSam: I run it.\nDana: And how?\nSam: Slowly.\nDANA: Why?\nSam: So."


def read(**known: object) -> Source:
    return read_bytes(TALK, "call.txt", casting=Casting(**known))  # type: ignore[arg-type]


def test_a_transcript_says_whom_it_took_for_one() -> None:
    source = read()
    assert [(speaker.label, speaker.role) for speaker in source.speakers] == [
        ("Dana", Role.INTERVIEWER), ("Sam", Role.PARTICIPANT),
    ]  # fmt: skip
    assert source.repairs == ["“Dana Kay” and “Dana” were taken for one speaker"]
    assert source.text == TALK.decode()


def test_what_is_known_of_a_spelling_holds_for_the_person() -> None:
    source = read(labels={"Dana": "P07"}, interviewer="Sam")
    assert source.participant_ids == ["P07"] and source.speaker("Sam").role is Role.INTERVIEWER
