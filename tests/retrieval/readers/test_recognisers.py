"""What speech recognisers write, each in its own shape. All examples are invented."""

import json

import pytest

from retrieval.errors import UnreadableSource
from retrieval.evidence import SourceKind
from retrieval.readers import read_bytes
from retrieval.readers.reading import Reading
from retrieval.readers.speech_json import read_speech_json

Told = list[tuple[str, str, float | None, float | None]]


def read(data: object) -> Reading:
    return read_speech_json(json.dumps(data).encode(), "a.json")


def told(data: object) -> Told:
    reading = read(data)
    return [(turn.speaker, turn.of(reading.text), turn.time_start, turn.time_end) for turn in reading.turns]


def word(text: str, start: float, speaker: object = None, name: str = "word") -> dict[str, object]:
    return {name: text, "start": start, "end": start + 0.5, "speaker": speaker}


SAID = [word("Why", 0.0, 0), word("so?", 0.5, 0), word("Because.", 1.0, 1)]
IN_MS = [{**one, "start": int(one["start"] * 1000), "end": int(one["end"] * 1000)} for one in SAID]  # type: ignore[operator]
TURNS = [("Speaker 0", "Why so?", 0.0, 1.0), ("Speaker 1", "Because.", 1.0, 1.5)]


def deepgram(alternative: object, **results: object) -> object:
    return {"metadata": {}, "results": {"channels": [{"alternatives": [alternative]}], **results}}


SHAPES = {
    "Deepgram words": deepgram({"transcript": "x", "words": SAID}),
    "Deepgram paragraphs": deepgram({"paragraphs": {"paragraphs": [
        {"speaker": 0, "start": 0.0, "end": 1.0, "sentences": [{"text": "Why so?"}]},
        {"speaker": 1, "start": 1.0, "end": 1.5, "sentences": [{"text": "Because."}]},
    ]}}),
    "Deepgram utterances": deepgram({}, utterances=[
        {"speaker": 0, "channel": 0, "start": 0.0, "end": 1.0, "transcript": "Why so?"},
        {"speaker": 1, "channel": 0, "start": 1.0, "end": 1.5, "transcript": "Because."},
    ]),
    "AssemblyAI utterances": {"audio_duration": 2, "words": IN_MS, "utterances": [
        {"speaker": 0, "start": 0, "end": 1000, "text": "Why so?"},
        {"speaker": 1, "start": 1000, "end": 1500, "text": "Because."},
    ]},
    "AssemblyAI words": {"audio_duration": 2, "utterances": None, "words": IN_MS, "text": "Why so? Because."},
    "WhisperX segment of two speakers": {
        "segments": [{"start": 0, "end": 1.5, "text": "Why so? Because.", "words": SAID}],
    },
    "words alone": {"text": "Why so? Because.", "words": SAID},
    "Amazon Transcribe": {"results": {"audio_segments": [
        {"speaker_label": 0, "start_time": "0.0", "end_time": "1.0", "transcript": "Why so?"},
        {"speaker_label": 1, "start_time": "1.0", "end_time": "1.5", "transcript": "Because."},
    ]}},
}  # fmt: skip


@pytest.mark.parametrize("data", SHAPES.values(), ids=SHAPES)
def test_every_recogniser_gives_the_same_turns(data: object) -> None:
    assert told(data) == TURNS


def test_rev_names_its_speakers_and_joins_its_elements() -> None:
    def monologue(speaker: int, *values: str) -> object:
        elements = [{"type": "text", "value": value, "ts": n, "end_ts": n + 1} for n, value in enumerate(values)]
        return {"speaker": speaker, "elements": [*elements, {"type": "punct", "value": "."}]}

    data = {"speakers": [{"id": 0, "name": "Dana"}], "monologues": [monologue(0, "Why", " so"), monologue(1, "Well")]}
    assert told(data) == [("Dana", "Why so.", 0.0, 2.0), ("Speaker 1", "Well.", 0.0, 1.0)]


def test_speakers_on_channels_of_their_own_are_put_in_order() -> None:
    channels = [{"alternatives": [{"words": [word("Why?", 0.0), word("Oh.", 3.0)]}]},
                {"alternatives": [{"words": [word("So.", 1.0)]}]}]  # fmt: skip
    found = told({"results": {"channels": channels}})
    assert [(who, words) for who, words, *_ in found] == [("Channel 0", "Why? Oh."), ("Channel 1", "So.")]


def test_whisper_cpp_gives_its_offsets_as_seconds() -> None:
    data = {"transcription": [{"offsets": {"from": 1500, "to": 2500}, "speaker": "A", "text": " Hi"}]}
    assert told(data) == [("A", "Hi", 1.5, 2.5)]


@pytest.mark.parametrize(
    "data",
    [{"segments": [{"start": 0, "end": 1, "text": " Hello."}]}, {"text": "Hello."}, deepgram({"transcript": "Hello."})],
    ids=["Whisper segments", "only a text", "Deepgram without speakers"],
)
def test_a_transcript_without_speakers_is_a_note_or_nothing(data: object) -> None:
    raw = json.dumps(data).encode()
    assert read_bytes(raw, "a.json", kind=SourceKind.NOTE).text == "Hello."
    with pytest.raises(UnreadableSource, match=r"no speaker labels.*diarisation.*--kind note"):
        read_bytes(raw, "a.json")


@pytest.mark.parametrize(
    "data",
    [{"results": {"channels": "none"}}, {"monologues": [{"elements": 3}]}, {"audio_duration": 1, "utterances": 5}],
    ids=["Deepgram without channels", "Rev without elements", "AssemblyAI without words"],
)
def test_a_known_shape_with_nothing_in_it_is_refused(data: object) -> None:
    with pytest.raises(UnreadableSource):
        read(data)


@pytest.mark.parametrize(
    "text", ['[{"text": "a", "start": 1e999}]', "1" * 5000], ids=["beyond all time", "endless digits"]
)
def test_numbers_beyond_measure_are_refused(text: str) -> None:
    with pytest.raises(UnreadableSource):
        read_speech_json(text.encode(), "a.json")


def test_half_a_surrogate_pair_is_replaced_and_said() -> None:
    source = read_bytes(b'[{"text": "so \\ud83d it \\u0000 is"}]', "a.json", kind=SourceKind.NOTE)
    assert source.text == "so \ufffd it \ufffd is" and source.repairs == [
        "signs that are no text and stand as “\ufffd”: 2"
    ]
