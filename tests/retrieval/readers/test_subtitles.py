"""WebVTT and SubRip: turns, times, tags, and what broken files say."""

from pathlib import Path

import pytest

from retrieval.errors import UnreadableSource
from retrieval.readers.cues import parse_cues
from retrieval.readers.reading import Reading
from retrieval.readers.subtitles import read_srt, read_vtt

FILES = Path(__file__).parent / "files"
VOICES = """WEBVTT - a call

NOTE
Corrected by hand --

STYLE
::cue { color: red; }

1
00:01.000 --> 00:02.500 align:start
<v Dana>Hi &amp; <i>welcome</i>,
Sam?</v>

second cue
00:03.000 --> 00:04.000
<v.loud Sam>Hello <c.red>there</c><00:03.500> you</v>

00:04.000 --> 00:05.000
and more

00:01:05.000 --> 00:01:06.000
<v Dana>So?</v>
<v Sam>Yes.</v>
"""
DIALOGUE = """1
00:00:01,000 --> 00:00:02,000
- Dana: Hi?
- Sam: {\\an8}Well

2
00:00:03,000 --> 00:00:04,000
and my rule: <font color="red">never</font>
3
00:00:05,000 --> 00:00:06,000
DANA: So?

4
00:00:06,500 --> 00:00:07,000
Sam: No.
"""


def told(reading: Reading) -> list[tuple[str, str]]:
    return [(turn.speaker, turn.of(reading.text)) for turn in reading.turns]


def test_voice_tags_make_turns_and_other_tags_disappear() -> None:
    reading = read_vtt(VOICES.encode(), "a.vtt")
    assert told(reading) == [
        ("Dana", "Hi & welcome, Sam?"), ("Sam", "Hello there you and more"), ("Dana", "So?"), ("Sam", "Yes."),
    ]  # fmt: skip
    assert [(turn.time_start, turn.time_end) for turn in reading.turns][:2] == [(1.0, 2.5), (3.0, 5.0)]
    assert reading.repairs == ["comments (NOTE) left out: 1"]


def test_the_stored_text_has_one_block_for_each_turn() -> None:
    assert read_vtt(VOICES.encode(), "a.vtt").text.split("\n\n")[1] == "Sam: Hello there you and more"


def test_names_before_the_words_make_turns() -> None:
    reading = read_srt(DIALOGUE.encode(), "a.srt")
    assert told(reading) == [("Dana", "Hi?"), ("Sam", "Well and my rule: never"), ("Dana", "So?"), ("Sam", "No.")]


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_byte_order_mark_and_line_ends_change_nothing(line_end: str) -> None:
    raw = b"\xef\xbb\xbf" + VOICES.replace("\n", line_end).encode()
    assert told(read_vtt(raw, "a.vtt")) == told(read_vtt(VOICES.encode(), "a.vtt"))


def test_a_teams_export_reads_as_its_makers_expect() -> None:
    reading = read_vtt((FILES / "teams/teams_transcript.vtt").read_bytes(), "t.vtt")
    rows = (FILES / "teams/teams_transcript_correct.txt").read_text("utf-8").splitlines()[1:]
    expected = [row.split("\t")[1:] for row in rows]
    squeezed = [[who, " ".join(words.replace("---", " ").split())] for who, words in expected]
    assert [[turn.speaker, turn.of(reading.text)] for turn in reading.turns] == squeezed


GOOD = {
    "captions_with_bom.vtt": 4, "comments.vtt": 3, "cue_tags.vtt": 3, "invalid.vtt": 7, "metadata_headers.vtt": 2,
    "invalid_timeframe_in_cue_text.vtt": 3, "metadata_headers_multiline.vtt": 2, "missing_caption_text.vtt": 4,
    "one_caption.srt": 1, "one_caption.vtt": 1, "sample.srt": 5, "sample.vtt": 16, "styles.vtt": 1,
    "using_identifiers.vtt": 6, "youtube_dl.vtt": 3, "invalid_timeframe.srt": 5, "missing_caption_text.srt": 4,
}  # fmt: skip


@pytest.mark.parametrize(("name", "count"), GOOD.items(), ids=GOOD)
def test_good_and_repairable_files_give_all_their_cues(name: str, count: int) -> None:
    cues, _ = parse_cues((FILES / "webvtt_py" / name).read_text("utf-8-sig"), name)
    assert len(cues) == count


BROKEN = {
    "invalid_timeframe.vtt": 6, "missing_timeframe.vtt": 6, "missing_timeframe.srt": 6, "invalid_format1.srt": None,
    "invalid_format2.srt": 1, "invalid_format3.srt": 2, "invalid_format4.srt": None, "no_captions.vtt": None,
}  # fmt: skip


@pytest.mark.parametrize(("name", "line"), BROKEN.items(), ids=BROKEN)
def test_broken_files_are_refused_with_the_line(name: str, line: int | None) -> None:
    with pytest.raises(UnreadableSource) as refusal:
        parse_cues((FILES / "webvtt_py" / name).read_text("utf-8-sig"), name)
    assert refusal.value.line == line


def one_cue(time: str) -> str:
    return f"WEBVTT\n\n{time}\n<v Dana>Hi?</v>\n"


@pytest.mark.parametrize(
    "time",
    ["00:00:1d.890 --> 00:00:02.000", "00:00:71.000 --> 00:01:12.000", "00:01.000 -->", "soon --> later"],
    ids=["a letter", "seventy-one seconds", "no end", "words"],
)
def test_a_time_that_means_nothing_is_refused(time: str) -> None:
    with pytest.raises(UnreadableSource, match=r"a\.vtt, line 3: the time .* cannot be read"):
        read_vtt(one_cue(time).encode(), "a.vtt")


@pytest.mark.parametrize(
    ("time", "start"),
    [("00:01,500 --> 00:02,000", 1.5), ("0:00:01 -> 0:00:02", 1.0), ("00:01.5 ---> 00:02", 1.5)],
    ids=["commas", "a short arrow", "short fractions"],
)
def test_a_time_whose_meaning_is_clear_is_read(time: str, start: float) -> None:
    assert read_vtt(one_cue(time).encode(), "a.vtt").turns[0].time_start == start


def test_an_end_before_the_start_is_left_out_and_said() -> None:
    reading = read_vtt(one_cue("00:05.000 --> 00:04.000").encode(), "a.vtt")
    assert reading.turns[0].time_end is None
    assert reading.repairs[0].startswith("line 3")


def test_words_before_the_first_name_belong_to_nobody() -> None:
    raw = b"1\n00:00:00,000 --> 00:00:01,000\nMusic plays\n\n" + DIALOGUE.encode()
    reading = read_srt(raw, "a.srt")
    assert "Music plays" in reading.text
    assert all("Music" not in words for _, words in told(reading))
    assert "belong to nobody" in reading.repairs[0]


def test_words_without_time_and_name_have_text_but_no_turns() -> None:
    reading = read_vtt((FILES / "webvtt_py/sample.vtt").read_bytes(), "s.vtt")
    assert reading.turns == [] and reading.text.startswith("Caption text #1 Caption text #2")


NAME = "3f2504e0-4f89-11d3-9a0c-0305e82c3301"
TEAMS = f"""WEBVTT

{NAME}/14-0
00:00:01.000 --> 00:00:02.000
<v Dana Doe>I think we</v>

{NAME}/15-0
00:00:01.500 --> 00:00:01.900
<v Sam Poe>Mm.</v>

{NAME}/14-1
00:00:02.000 --> 00:00:03.000
<v Dana Doe>should go.</v>
"""


def test_a_sentence_that_was_cut_in_upon_is_put_together_again() -> None:
    reading = read_vtt(TEAMS.encode(), "a.vtt")
    assert told(reading) == [("Dana Doe", "I think we should go."), ("Sam Poe", "Mm.")]
    assert reading.repairs == ["pieces of sentences that were cut in upon and are put together: 1"]


@pytest.mark.parametrize(
    "text",
    [TEAMS.replace("/14-1", "/16-0"), TEAMS.replace(f"{NAME}/14-0", "1").replace(f"{NAME}/14-1", "1")],
    ids=["another sentence", "numbers, which name nothing"],
)
def test_other_ids_leave_the_order_as_it_is(text: str) -> None:
    assert [who for who, _ in told(read_vtt(text.encode(), "a.vtt"))] == ["Dana Doe", "Sam Poe", "Dana Doe"]


@pytest.mark.parametrize(
    ("time", "start", "end"),
    [("0:0:1.5 --> 0:0:5.310", 1.5, 5.31), ("0:0:0.0 --> 0:1:2.40", 0.0, 62.4), ("1:2:3.4 --> 1:2:4", 3723.4, 3724.0)],
    ids=["a digit each", "zeros", "hours"],
)
def test_times_of_old_teams_exports_are_read(time: str, start: float, end: float) -> None:
    [turn] = read_vtt(one_cue(time).encode(), "a.vtt").turns
    assert (turn.time_start, turn.time_end) == (start, end)


def test_what_a_machine_notes_about_a_cue_is_not_worth_a_word() -> None:
    text = f'WEBVTT\n\nNOTE duration:"00:00:01"\n\nNOTE Confidence: 0.9\n\n{NAME}\n00:01.000 --> 00:02.000\nHello.\n'
    reading = read_vtt(text.encode(), "a.vtt")
    assert (reading.text, reading.repairs) == ("Hello.", [])


ROLLING = """WEBVTT

00:01.000 --> 00:02.000
so<00:01.500><c> then</c>

00:02.000 --> 00:03.000
so then
yes<00:02.500><c> yes</c>

00:03.000 --> 00:04.000
yes yes
"""


def test_lines_that_rolling_captions_show_twice_are_kept_once() -> None:
    reading = read_vtt(ROLLING.encode(), "a.vtt")
    assert reading.text == "so then yes yes"
    assert reading.repairs == ["lines that rolling captions show twice and that were kept once: 2"]


def test_without_karaoke_a_line_said_twice_stands_twice() -> None:
    raw = b"WEBVTT\n\n00:01.000 --> 00:02.000\nYes.\n\n00:02.000 --> 00:03.000\nYes.\n"
    assert read_vtt(raw, "a.vtt").text == "Yes. Yes."


@pytest.mark.parametrize("sign", ["1", "99:", " ", "<", "-"])
def test_endless_lines_take_no_time(sign: str) -> None:
    raw = f"WEBVTT\n\n00:01.000 --> 00:02.000\n<v Dana>Hi?</v> {sign * 50_000}\n".encode()
    assert read_vtt(raw, "a.vtt").text.startswith("Dana: Hi?")
