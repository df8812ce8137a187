"""What the speech recognisers call their utterances: each one's JSON made into plain entries.

    Whisper, WhisperX, faster-whisper  {"segments": [{"start", "end", "text", "speaker"?, "words"?}]}
    whisper.cpp                        {"transcription": [{"offsets": {"from", "to"}, "text"}]}
    AssemblyAI                         {"utterances": [{"speaker", "start", "end", "text"}] | null, "words", "text"}
    Deepgram                           {"results": {"channels": [...], "utterances"?: [...]}}
    Rev                                {"monologues": [{"speaker", "elements": [{"value", "ts", "end_ts"}]}]}
    Amazon Transcribe                  {"results": {"audio_segments": [{"speaker_label", "transcript"}]}}
    anybody                            a list, or an object that holds one under a usual name

An entry is a dict with `speaker`, `start`, `end` and `text`, as far as the file has them; nothing is
checked here. The finest division that names a speaker wins: utterances, paragraphs, runs of words.
"""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

Entry = dict[str, Any]

LISTS = (
    "utterances", "segments", "turns", "sentences", "audio_segments", "transcription", "messages", "results",
    "transcript", "data",
)  # fmt: skip
SPEAKERS = ("speaker", "speaker_name", "speaker_label", "speakerName", "name", "role")
TEXTS = ("text", "transcript", "content", "sentence", "raw_text")
WORDS = ("punctuated_word", "word", "text", "content")
# Keys that only AssemblyAI writes; its times are whole milliseconds.
ASSEMBLY = {"audio_duration", "audio_url", "acoustic_model", "language_model", "speech_model"}


def entries(data: Any) -> list[Any] | None:
    """The utterances of a recogniser's answer, in the order of the file; None where none are found."""
    for shape in (_rev, _deepgram, _assembly):
        if isinstance(data, dict) and (found := shape(data)):
            return [part for entry in found for part in _by_speaker(entry)]
    named = _listed(data)
    return None if named is None else [part for entry in named for part in _by_speaker(entry)]


def at(data: Any, *path: str | int) -> Any:
    """What stands at a path of keys and positions; None where the path leads nowhere."""
    for step in path:
        if isinstance(data, dict):
            data = data.get(step)
        elif isinstance(data, list) and isinstance(step, int) and step < len(data):
            data = data[step]
        else:
            return None
    return data


def dicts(data: Any) -> list[Entry]:
    """The objects of a list; nothing where `data` is no list."""
    return [entry for entry in data if isinstance(entry, dict)] if isinstance(data, list) else []


def speaker_of(entry: Entry) -> Any:
    """Whatever names the speaker of an entry; None where nothing does."""
    return next((entry[name] for name in SPEAKERS if entry.get(name) is not None), None)


def _listed(data: Any) -> list[Any] | None:
    if isinstance(data, list):
        return data
    if not isinstance(data, dict):
        return None
    for name in LISTS:
        if isinstance(data.get(name), list | dict) and (found := _listed(data[name])) is not None:
            return found
    if isinstance(data.get("words"), list):
        return _runs(data["words"])
    return [data] if isinstance(data.get("text"), str) else None


def _rev(data: Entry) -> list[Entry]:
    names = {str(one.get("id")): one.get("name") for one in dicts(data.get("speakers"))}
    found = []
    for monologue in dicts(data.get("monologues")):
        elements = dicts(monologue.get("elements"))
        speaker = speaker_of({key: monologue[key] for key in ("speaker_name", "speaker") if key in monologue})
        found.append({
            "speaker": names.get(str(speaker)) or speaker,
            "start": next((one["ts"] for one in elements if "ts" in one), None),
            "end": next((one["end_ts"] for one in reversed(elements) if "end_ts" in one), None),
            "text": "".join(str(one.get("value", "")) for one in elements),
        })  # fmt: skip
    return found


def _deepgram(data: Entry) -> list[Entry]:
    channels = dicts(at(data, "results", "channels"))
    utterances = dicts(at(data, "results", "utterances"))
    several = len(channels) > 1
    if utterances and (several or any(entry.get("speaker") is not None for entry in utterances)):
        return [_on_channel(entry, entry.get("channel"), several) for entry in utterances]
    found = [
        _on_channel(entry, number, several)
        for number, channel in enumerate(channels)
        for entry in _deepgram_channel(at(channel, "alternatives", 0))
    ]
    return sorted(found, key=_begin) if several else found


def _deepgram_channel(alternative: Any) -> list[Entry]:
    paragraphs = dicts(at(alternative, "paragraphs", "paragraphs"))
    if paragraphs:
        return [
            {**entry, "text": " ".join(str(one.get("text", "")) for one in dicts(entry.get("sentences")))}
            for entry in paragraphs
        ]
    return _runs(at(alternative, "words")) or [{"text": at(alternative, "transcript")}]


def _on_channel(entry: Entry, channel: Any, several: bool) -> Entry:
    """Where each speaker has a channel of their own, its number names them; a speaker number alone would clash."""
    if not several:
        return entry
    number = entry.get("speaker")
    name = f"Channel {channel}" if number in (None, 0) else f"Channel {channel} speaker {number}"
    return {**entry, "speaker": name}


def _begin(entry: Entry) -> float:
    start = entry.get("start")
    return float(start) if isinstance(start, int | float) and abs(start) < 1e12 else 0.0


def _assembly(data: Entry) -> list[Entry]:
    if not ASSEMBLY.intersection(data):
        return []
    found = dicts(data.get("utterances")) or _runs(data.get("words")) or [{"text": data.get("text")}]
    return [_in_seconds(entry, ("start", "end")) for entry in found]


def _in_seconds(entry: Entry, names: tuple[str, str]) -> Entry:
    known = {name: entry.get(name) for name in names}
    numbers = {name: time for name, time in known.items() if isinstance(time, int | float) and abs(time) < 1e12}
    return {**entry, **{name: time / 1000 for name, time in numbers.items()}}


def _by_speaker(entry: Any) -> Iterator[Any]:
    """An entry as it is, or its words by speaker where several speak in it; whisper.cpp's offsets as times."""
    if not isinstance(entry, dict):
        yield entry
        return
    offsets = at(entry, "offsets")
    if isinstance(offsets, dict):
        entry = {**entry, **_in_seconds({"start": offsets.get("from"), "end": offsets.get("to")}, ("start", "end"))}
    runs = _runs(entry.get("words"))
    speakers = {str(run["speaker"]) for run in runs if run["speaker"] is not None}
    untold = speaker_of(entry) is None and bool(speakers)
    wordless = not any(entry.get(name) for name in TEXTS)
    if runs and (len(speakers) > 1 or untold or wordless):
        yield from runs
    else:
        yield entry


def _runs(words: Any) -> list[Entry]:
    """Neighbouring words of one speaker put together."""
    found = []
    for speaker, group in groupby(dicts(words), key=speaker_of):
        run = list(group)
        found.append({
            "speaker": speaker,
            "start": next((one["start"] for one in run if one.get("start") is not None), None),
            "end": next((one["end"] for one in reversed(run) if one.get("end") is not None), None),
            "text": " ".join(filter(None, map(_word, run))),
        })  # fmt: skip
    return found


def _word(entry: Entry) -> str:
    return next((entry[name].strip() for name in WORDS if isinstance(entry.get(name), str)), "")
