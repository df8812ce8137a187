"""Who speaks, corrected: the kept original is read anew, and codes stay where their words are a participant's."""

from pathlib import Path

import pytest

from app.errors import BadInput, NotFound
from app.intake.erasure import erase_participant, preview_erasure
from app.intake.ingest import ingest
from app.intake.speakers import Part, SpeakerIs, correct_speakers, speakers_of
from app.synthesis.human_coding import Wanted, decide
from app.workbench import Workbench
from retrieval.evidence import Source

TALK = (
    "Alex: What do you do?\nSam: I run the plant, and I count every pallet myself.\nAlex: And then?\n"
    "Host: One more question?\nSam: Fine, ask away.\nHost: Thanks a lot.\n"
)
SAME_AS_HOST = SpeakerIs(part=Part.SAME, who="Host")
ASKS = SpeakerIs(part=Part.INTERVIEWER)


def is_who(id: str) -> SpeakerIs:
    return SpeakerIs(part=Part.PARTICIPANT, who=id)


@pytest.fixture
def talk(bench: Workbench, study: str, tmp_path: Path) -> Source:
    path = tmp_path / "talk.txt"
    path.write_text(TALK, encoding="utf-8")
    ingest(bench, study, [path])
    path.unlink()
    return stored(bench, study)


def stored(bench: Workbench, study: str) -> Source:
    with bench.store.transaction() as tx:
        [source] = tx.sources.all(study)
    return source


def test_every_label_is_what_was_said_of_it(bench: Workbench, study: str, talk: Source) -> None:
    same = SpeakerIs(part=Part.SAME, who="Alex")
    after, report = correct_speakers(bench, study, talk.id, {"Alex": ASKS, "Sam": is_who("P07"), "Host": same})
    assert speakers_of(after) == {"Alex": ASKS, "Sam": is_who("P07"), "Host": same}
    assert after.participant_ids == ["P07"] and report.replaced == ["talk.txt"] and after.text == talk.text
    with bench.store.transaction() as tx:
        assert {one.participant_id for one in tx.excerpts.all(study)} == {"P07"}
        assert [one.id for one in tx.participants.all(study)] == ["P07"]


def test_what_was_put_together_is_taken_apart_again(bench: Workbench, study: str, talk: Source) -> None:
    correct_speakers(bench, study, talk.id, {"Host": SpeakerIs(part=Part.SAME, who="Alex")})
    after, _ = correct_speakers(bench, study, talk.id, {"Host": ASKS})
    assert speakers_of(after)["Host"] == ASKS and len(after.speakers) == 3


def test_codes_people_gave_go_with_the_speaker_and_are_lost_with_an_interviewer(
    bench: Workbench, study: str, talk: Source
) -> None:
    correct_speakers(bench, study, talk.id, {"Sam": is_who("P07"), "Alex": ASKS, "Host": ASKS})
    decide(bench, study, Wanted("I count every pallet myself"), "ana", add=["stressor"])
    correct_speakers(bench, study, talk.id, {"Sam": is_who("P08")})
    with bench.store.transaction() as tx:
        [one] = tx.codings.all(study)
    assert one.quote.participant_id == "P08" and one.quote.text == "I count every pallet myself"
    _, report = correct_speakers(bench, study, talk.id, {"Sam": ASKS, "Host": is_who("P09")})
    assert any("is lost" in line for line in report.codings)


def test_nothing_is_read_anew_where_nothing_is_corrected(bench: Workbench, study: str, talk: Source) -> None:
    same, report = correct_speakers(bench, study, talk.id, speakers_of(talk))
    assert same == talk and report.unchanged == ["talk.txt"]


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"Alex": ASKS, "Sam": ASKS, "Host": ASKS}, "somebody must answer"),
        ({"Sam": is_who(" ")}, "Say which participant"),
        ({"Sam": SpeakerIs(part=Part.SAME, who="Sam")}, "Say whose other label"),
        (
            {"Sam": SpeakerIs(part=Part.SAME, who="Host"), "Host": SpeakerIs(part=Part.SAME, who="Sam")},
            "itself another",
        ),
        ({"Sam": SAME_AS_HOST, "Alex": SAME_AS_HOST}, "one speaker left"),
    ],
    ids=["nobody answers", "no id", "itself", "a circle", "one left"],
)
def test_what_cannot_be_so_is_said(
    bench: Workbench, study: str, talk: Source, told: dict[str, SpeakerIs], said: str
) -> None:
    with pytest.raises(BadInput, match=said):
        correct_speakers(bench, study, talk.id, told)
    assert stored(bench, study) == talk
    with pytest.raises(NotFound, match="speaker"):
        correct_speakers(bench, study, talk.id, {"Nobody": ASKS})


def test_nobody_becomes_somebody_who_withdrew(bench: Workbench, study: str, talk: Source, tmp_path: Path) -> None:
    other = tmp_path / "P05.txt"
    other.write_text("Interviewer: Well?\nP05: I would rather not.\n", encoding="utf-8")
    ingest(bench, study, [other])
    erase_participant(bench, study, "P05")
    with pytest.raises(BadInput, match="withdrew"):
        correct_speakers(bench, study, talk.id, {"Sam": is_who("p05")})
    with pytest.raises(NotFound, match="participant"):
        preview_erasure(bench, study, "P05")


def test_a_file_that_was_not_kept_is_imported_anew(bench: Workbench, study: str, talk: Source) -> None:
    for kept in (bench.settings.files / study).iterdir():
        kept.unlink()
    with pytest.raises(BadInput, match="Import it anew"):
        correct_speakers(bench, study, talk.id, {"Sam": is_who("P07")})
