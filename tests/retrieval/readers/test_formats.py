"""Every file of the format collections: the turns it gives, or the refusal it earns.

webvtt-py's and Teams2NVivo's files lie beside the tests; the recorded interviews may not be copied and are
read from the shared data where they are there.
"""

from pathlib import Path

import pytest

from retrieval.errors import UnreadableSource
from retrieval.evidence import Source, SourceKind
from retrieval.readers import read_source

FILES = Path(__file__).parent / "files"
SHARED = Path(__file__).parents[4] / "shared" / "data" / "formats"
GOODBOY = SHARED / "hitsave" / "goodboy"
FOUNDERS = SHARED / "founders_talk" / "founders-talk-51.md"

# How the stored text begins, and how many words it has, read as a note: nobody is named in these.
NAMELESS = {
    "captions_with_bom.vtt": ("Caption text #1 Caption text #2", 12),
    "comments.vtt": ("Ta en kopp varmt te. Det är inte varmt. Har en kopp te.", 20),
    "cue_tags.vtt": ("When the moon hits your eye Like a big-a pizza pie That's amore", 13),
    "invalid.vtt": ("Caption text #1", 21),
    "invalid_timeframe.srt": ("Caption text #1", 15),
    "invalid_timeframe_in_cue_text.vtt": ("Caption text #1 Caption text #2", 9),
    "metadata_headers.vtt": ("Caption text #1 Caption text #2", 6),
    "metadata_headers_multiline.vtt": ("Caption text #1 Caption text #2", 6),
    "missing_caption_text.sbv": ("Caption text #1 Caption text #3", 12),
    "missing_caption_text.srt": ("Caption text #1 Caption text #3", 12),
    "missing_caption_text.vtt": ("Caption text #1 Caption text #3", 12),
    "one_caption.srt": ("Caption text #1", 3),
    "one_caption.vtt": ("Caption text #1", 3),
    "sample.sbv": ("Caption text #1 Caption text #2 Caption text #3 (line 1) Caption text #3 (line 2)", 22),
    "sample.srt": ("Caption text #1", 15),
    "sample.vtt": ("Caption text #1", 48),
    "styles.vtt": ("Hello world.", 2),
    "two_captions.sbv": ("Caption text #1 Caption text #2 (line 1)", 13),
    "using_identifiers.vtt": ("Caption text #1", 18),
    "youtube_dl.vtt": ("yeah what this will happen is I'm telling", 8),
}
# The line that is to blame, and what is said of it.
REFUSED = {
    "empty.vtt": (None, "empty"),
    "invalid_format.sbv": (1, "no time line above them"),
    "invalid_format1.srt": (None, "no subtitle cue with words"),
    "invalid_format2.srt": (1, "no time line above them"),
    "invalid_format3.srt": (2, "no time line above them"),
    "invalid_format4.srt": (None, "no subtitle cue with words"),
    "invalid_timeframe.sbv": (7, "cannot be read"),
    "invalid_timeframe.vtt": (6, "cannot be read"),
    "missing_timeframe.sbv": (4, "no time line above them"),
    "missing_timeframe.srt": (6, "no time line above them"),
    "missing_timeframe.vtt": (6, "no time line above them"),
    "no_captions.vtt": (None, "no subtitle cue with words"),
}


def note(path: Path) -> Source:
    return read_source(path, kind=SourceKind.NOTE)


def test_every_file_of_the_collection_is_in_one_of_the_tables() -> None:
    there = {path.name for path in (FILES / "webvtt_py").iterdir() if path.suffix}
    assert there == NAMELESS.keys() | REFUSED.keys()


@pytest.mark.parametrize(("name", "expected"), NAMELESS.items(), ids=NAMELESS)
def test_subtitles_without_names_give_all_their_words_once(name: str, expected: tuple[str, int]) -> None:
    begins, words = expected
    source = note(FILES / "webvtt_py" / name)
    assert source.text.startswith(begins) and len(source.text.split()) == words


@pytest.mark.parametrize("name", NAMELESS)
def test_subtitles_without_names_are_no_interview(name: str) -> None:
    with pytest.raises(UnreadableSource, match=r"no speaker labels were found\. .*diarisation.*--kind note"):
        read_source(FILES / "webvtt_py" / name)


@pytest.mark.parametrize(("name", "expected"), REFUSED.items(), ids=REFUSED)
def test_broken_subtitles_are_refused_with_the_line(name: str, expected: tuple[int | None, str]) -> None:
    line, words = expected
    with pytest.raises(UnreadableSource, match=words) as refusal:
        note(FILES / "webvtt_py" / name)
    assert refusal.value.line == line


def test_the_teams_export_gives_the_text_its_makers_expect() -> None:
    source = read_source(FILES / "teams" / "teams_transcript.vtt")
    rows = (FILES / "teams" / "teams_transcript_correct.txt").read_text("utf-8").splitlines()[1:]
    expected = [tuple(row.split("\t")[1:]) for row in rows]
    squeezed = [(who, " ".join(words.replace("---", " ").split())) for who, words in expected]
    assert [(turn.speaker, turn.of(source.text)) for turn in source.turns] == squeezed
    assert source.speaker("Interviewer, First").role == "interviewer"


@pytest.mark.skipif(not GOODBOY.is_dir(), reason="the recorded interview is not here")
def test_the_seven_files_of_one_recording_hold_the_same_words() -> None:
    words = {path.suffix: note(path).text.split() for path in GOODBOY.iterdir()}
    assert words.keys() == {".json", ".lrc", ".srt", ".text", ".tsv", ".txt", ".vtt"}
    assert all(found == words[".text"] for found in words.values())
    assert words[".text"] == next(GOODBOY.glob("*.text")).read_text("utf-8").split()


@pytest.mark.skipif(not GOODBOY.is_dir(), reason="the recorded interview is not here")
@pytest.mark.parametrize("suffix", [".json", ".lrc", ".srt", ".text", ".tsv", ".txt", ".vtt"])
def test_a_recording_without_names_is_refused_as_an_interview(suffix: str) -> None:
    with pytest.raises(UnreadableSource, match="no speaker labels were found") as refusal:
        read_source(next(GOODBOY.glob(f"*{suffix}")))
    assert str(refusal.value).count(". ") == 1


@pytest.mark.skipif(not FOUNDERS.is_file(), reason="the recorded interview is not here")
def test_the_founders_talk_has_two_speakers_and_every_turn() -> None:
    source = read_source(FOUNDERS)
    raw = FOUNDERS.read_text("utf-8")
    assert [speaker.label for speaker in source.speakers] == ["Adam Stacoviak", "Sam Soffes"]
    assert source.speaker("Adam Stacoviak").role == "interviewer"
    assert len(source.turns) == raw.count("\n**Adam Stacoviak:**") + raw.count("\n**Sam Soffes:**") + 1
