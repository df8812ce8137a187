"""Lines with times and no names. All examples are invented."""

import pytest

from retrieval.errors import UnreadableSource
from retrieval.readers.plain import read_plain
from retrieval.readers.timed_lines import read_lrc

LRC = (
    b"[ti:Call]\n[00:01.50]Dana: Why?\n[00:02.50]\n\n[00:03.00]Sam: So\n"
    b"[00:04.00]and so.\n[00:05.00]Dana: Oh?\n[00:06.00]Sam: Yes."
)


def test_lrc_lines_are_turns_with_times() -> None:
    reading = read_lrc(LRC, "a.lrc")
    assert [(turn.speaker, turn.of(reading.text), turn.time_start, turn.time_end) for turn in reading.turns] == [
        ("Dana", "Why?", 1.5, 2.5), ("Sam", "So and so.", 3.0, 5.0), ("Dana", "Oh?", 5.0, 6.0),
        ("Sam", "Yes.", 6.0, None),
    ]  # fmt: skip


def test_a_line_without_a_time_goes_on_and_is_said() -> None:
    reading = read_lrc(b"[00:01.00]One\ntwo\n[00:02.00]three", "a.lrc")
    assert reading.text == "One two three" and reading.repairs[0].endswith("go on from the line before: 1")


@pytest.mark.parametrize(
    "raw", [b"Just words.", b"[ti:Call]\n", b"[00:01.00]\n"], ids=["no times", "no lines", "no words"]
)
def test_lrc_without_timed_words_is_refused(raw: bytes) -> None:
    with pytest.raises(UnreadableSource, match="no line with a time"):
        read_lrc(raw, "a.lrc")


def test_whispers_plain_text_loses_its_times_and_no_word() -> None:
    raw = (
        b"Call 4\n[00:00.000 --> 00:02.000]  Hello\n[00:02.000 --> 00:03.000]  there.\n[00:03.000 --> 00:04.000]  Well."
    )
    assert read_plain(raw, "a.txt").text == "Call 4 Hello there. Well."


def test_text_that_merely_quotes_a_time_stays_as_it_is() -> None:
    text = "[00:01.000 --> 00:02.000] was the gap.\nThe rest is prose.\nAnd more prose."
    assert read_plain(text.encode(), "a.txt").text == text
