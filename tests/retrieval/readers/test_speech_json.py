"""JSON utterance lists: shapes, times, speakers, and what broken files say. All examples are invented."""

import json

import pytest

from retrieval.errors import UnreadableSource
from retrieval.readers.speech_json import read_speech_json

SAID = [
    {"speaker": "Dana", "start": 3.5, "end": 8.75, "text": "How do you\n work?"},
    {"speaker": "Sam", "start": 9, "end": 10.5, "text": " By hand."},
    {"speaker": "Sam", "start": 10.5, "end": 12, "text": "Mostly. "},
    {"speaker": "Dana", "start": 13, "end": 14, "text": ""},
]


def raw(data: object) -> bytes:
    return json.dumps(data, ensure_ascii=False).encode()


@pytest.mark.parametrize(
    "data",
    [SAID, {"utterances": SAID}, {"segments": SAID, "language": "en"}, {"results": {"utterances": SAID}},
     [{**entry, "transcript": entry["text"], "text": None} | {"text": entry["text"]} for entry in SAID]],
    ids=["a list", "utterances", "segments", "results", "two names for the words"],
)  # fmt: skip
def test_every_shape_gives_the_same_turns(data: object) -> None:
    reading = read_speech_json(raw(data), "a.json")
    assert reading.text == "Dana: How do you work?\n\nSam: By hand. Mostly."
    assert [(turn.of(reading.text), turn.time_start, turn.time_end) for turn in reading.turns] == [
        ("How do you work?", 3.5, 8.75), ("By hand. Mostly.", 9.0, 12.0),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("speaker", "label"), [(0, "Speaker 0"), ({"name": "Ida"}, "Ida"), (" Ida  Roe ", "Ida Roe")],
    ids=["a number", "an object", "loose spaces"],
)  # fmt: skip
def test_speakers_are_named(speaker: object, label: str) -> None:
    assert read_speech_json(raw([{"speaker": speaker, "text": "Hi"}]), "a.json").turns[0].speaker == label


@pytest.mark.parametrize(
    ("start", "end", "seconds"),
    [(1000, 4500, 1.0), ("00:00:01.5", "00:04", 1.5), (1, 4, 1.0)],
    ids=["milliseconds", "clock times", "whole seconds"],
)
def test_times_become_seconds(start: object, end: object, seconds: float) -> None:
    data = [{"speaker": "Dana", "start": start, "end": end, "text": "How do you work here?"}]
    assert read_speech_json(raw(data), "a.json").turns[0].time_start == seconds


def test_an_end_before_the_start_is_left_out_and_said() -> None:
    reading = read_speech_json(raw([{"speaker": "Dana", "start": 5.5, "end": 4, "text": "Hi"}]), "a.json")
    assert reading.turns[0].time_end is None and reading.repairs == [
        "utterance 1 ended before it began; its end was left out"
    ]


def test_words_of_nobody_are_kept_but_make_no_turn() -> None:
    reading = read_speech_json(raw([*SAID, {"text": "Applause."}]), "a.json")
    assert reading.text.endswith("\n\nApplause.") and len(reading.turns) == 2
    assert "belong to nobody" in reading.repairs[0]


@pytest.mark.parametrize(
    ("text", "words", "line"),
    [
        pytest.param('[{"speaker": "A",\n "text": }]', "the JSON is broken", 2, id="broken"),
        pytest.param("[" * 100_000, "the JSON is", None, id="nested without end"),
        pytest.param("{}", "no list of utterances", None, id="an empty object"),
        pytest.param("[]", "no utterance with words", None, id="an empty list"),
        pytest.param('"hello"', "no list of utterances", None, id="only a string"),
        pytest.param('[{"speaker": "A"}]', "utterance 1 has no text", None, id="no words"),
        pytest.param('["hello"]', "utterance 1 has no text", None, id="strings for utterances"),
        pytest.param('[{"text": "a", "start": "soon"}]', "time that cannot be read", None, id="a word for a time"),
        pytest.param('[{"text": "a", "start": -1}]', "time that cannot be read", None, id="a time below zero"),
        pytest.param('[{"text": "a", "start": NaN}]', "time that cannot be read", None, id="no number"),
        pytest.param('[{"text": "a", "start": true}]', "time that cannot be read", None, id="true for a time"),
    ],
)
def test_other_files_are_refused(text: str, words: str, line: int | None) -> None:
    with pytest.raises(UnreadableSource, match=words) as refusal:
        read_speech_json(text.encode(), "a.json")
    assert refusal.value.line in (line, 1 if line is None else line)
