"""Who asks and who answers. All examples are invented."""

import pytest

from retrieval.errors import UnreadableSource
from retrieval.evidence import Role, Source
from retrieval.readers import read_bytes
from retrieval.readers.names import asks, looks_like_id
from retrieval.readers.roles import Casting

NAMED = "Dana: What do you do?\nSam: I run the plant, all of it.\nDana: And how is that?\nSam: Long days, mostly fine."


def read(text: str, name: str = "call.txt", **known: object) -> Source:
    return read_bytes(text.encode(), name, casting=Casting(**known))  # type: ignore[arg-type]


def interviewers(source: Source) -> list[str]:
    return [speaker.label for speaker in source.speakers if speaker.role is Role.INTERVIEWER]


@pytest.mark.parametrize(
    "label",
    ["Interviewer", "INTERVIEWER 2", "I", "Q", "Moderator", "AI", "Assistant", "Host", "INT", "Dana (Interviewer)",
     "Interviewer, First", "Lead Researcher - moderator", "Intervieweur"],
)  # fmt: skip
def test_labels_that_say_who_asks(label: str) -> None:
    assert asks(label)


@pytest.mark.parametrize("label", ["Dana", "P01", "Participant", "Ian", "Aida", "Inter Milan", "User", "A", "Quinn"])
def test_labels_that_do_not(label: str) -> None:
    assert not asks(label)


@pytest.mark.parametrize(
    ("label", "is_id"), [("P01", True), ("R-12", True), ("AB 3", True), ("Q1", False), ("Sam", False)]
)
def test_labels_that_are_ids(label: str, is_id: bool) -> None:
    assert looks_like_id(label) is is_id


@pytest.mark.parametrize(
    ("text", "asking"),
    [
        pytest.param(NAMED, ["Dana"], id="questions and short turns"),
        pytest.param(NAMED.replace("?", ""), ["Dana"], id="questions without question marks"),
        pytest.param("Sam: I run it.\nP07: What for?\nSam: Pumps.\nP07: Why?", ["Sam"], id="an id never asks"),
        pytest.param("AI: Hi.\nAssistant: Why?\nUser: So.\nAI: And?", ["AI", "Assistant"], id="two that ask"),
        pytest.param("Host: Why?\nResearcher: I study moss, every day.\nHost: How?\nResearcher: Slowly, on my knees.",
                     ["Host"], id="both labels could ask"),
        pytest.param("Moderator: Go?\nP1: Yes.\nP2: What?\nP3: No.", ["Moderator"], id="a group"),
    ],
)  # fmt: skip
def test_the_interviewer_is_told(text: str, asking: list[str]) -> None:
    assert interviewers(read(text)) == asking


@pytest.mark.parametrize("name", ["Sam", "sam", " SAM "], ids=["as written", "lower case", "capitals and spaces"])
def test_the_user_can_correct_who_asks(name: str) -> None:
    assert interviewers(read(NAMED, interviewer=name)) == ["Sam"]


def test_a_first_name_is_enough_to_name_the_interviewer() -> None:
    text = NAMED.replace("Sam:", "Sam Poe:")
    assert interviewers(read(text, interviewer="Sam")) == ["Sam Poe"]


def test_a_name_nobody_has_is_said_and_the_transcript_decides() -> None:
    source = read(NAMED, interviewer="Imre")
    assert interviewers(source) == ["Dana"]
    assert "Imre" in source.repairs[0]


def test_the_known_participant_never_asks() -> None:
    text = "P9x: What do you sell?\nDana: Pumps, I am told, and pipes."
    assert interviewers(read(text, participant_id="P9x")) == ["Dana"]


@pytest.mark.parametrize(
    ("text", "known", "ids"),
    [
        pytest.param(NAMED, {}, ["call"], id="the file's stem"),
        pytest.param(NAMED.replace("Sam:", "P01:"), {}, ["P01"], id="a label that is an id"),
        pytest.param(NAMED, {"participant_id": "P05"}, ["P05"], id="the id of participants.csv"),
        pytest.param(NAMED.replace("Sam:", "P01:"), {"participant_id": "P05"}, ["P05"], id="participants.csv wins"),
        pytest.param(NAMED + "\nIda Roe: And I help.\nIda Roe: At times.", {}, ["call-Sam", "call-Ida-Roe"],
                     id="two people"),
        pytest.param("Moderator: Go?\nP1: Yes.\nP2: No.", {}, ["P1", "P2"], id="two ids"),
        pytest.param("Moderator: Go?\nSam: Yes.\nIda: No.", {"labels": {"sam": "P1", "Ida": "P2"}}, ["P1", "P2"],
                     id="labels of participants.csv"),
    ],
)  # fmt: skip
def test_participants_get_their_ids(text: str, known: dict[str, object], ids: list[str]) -> None:
    assert read(text, **known).participant_ids == ids


def test_an_id_that_fits_none_of_several_people_is_said() -> None:
    source = read(NAMED + "\nIda: And I help.\nIda: At times.", participant_id="P05")
    assert source.participant_ids == ["call-Sam", "call-Ida"]
    assert "P05" in source.repairs[0]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("We met. It went well.", "no speaker labels", id="nobody named"),
        pytest.param("P01: I talk.\nP01: And talk.", "only one speaker", id="one speaker"),
        pytest.param("Interviewer: Why?\nInterviewer: Hello?", "only one speaker", id="only the interviewer"),
    ],
)
def test_a_transcript_needs_two_speakers(text: str, words: str) -> None:
    with pytest.raises(UnreadableSource, match=words) as refusal:
        read(text)
    assert "--kind note" in str(refusal.value)
