"""JSON from speech recognisers: a list of utterances, or an object that holds one.

    [{"speaker": "Dana", "start": 3.68, "end": 8.71, "text": "…"}, …]

`recognisers` knows where each recogniser keeps its utterances. A number may stand for a speaker's
name; times are seconds, clock times, or whole milliseconds (told by the pace: nobody takes ten
seconds a word).
"""

import json
import re
from typing import Any

from retrieval.errors import UnreadableSource
from retrieval.readers.clock import seconds
from retrieval.readers.decoding import decode
from retrieval.readers.reading import DIARISE, Reading, Utterance, compose, tidy
from retrieval.readers.recognisers import TEXTS, entries, speaker_of

SHAPE = "Give a list of utterances, each with speaker, start, end and text"
SLOWEST = 10.0  # seconds a word
LONGEST = 1e9  # seconds; what is larger is no time
STARTS_AND_ENDS = (("start", "start_time", "startTime"), ("end", "end_time", "endTime"))
NUMBER = re.compile(r"\d{1,12}(?:\.\d{1,12})?")


def read_speech_json(raw: bytes, where: str) -> Reading:
    """Read .json. Raises UnreadableSource for broken JSON (with the line) and for objects of another shape."""
    found = entries(_parsed(decode(raw, where), where))
    if found is None:
        raise UnreadableSource(where, "no list of utterances was found", SHAPE)
    pieces = [_utterance(entry, number, where) for number, entry in enumerate(found, 1)]
    if not any(piece.text for piece in pieces):
        raise UnreadableSource(where, "no utterance with words was found", SHAPE)
    pieces, repairs = in_seconds(pieces)
    return compose(pieces, repairs=repairs + _unnamed(pieces), remedy=DIARISE)


def _parsed(text: str, where: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as fault:
        raise UnreadableSource(
            where, f"the JSON is broken ({fault.msg})", "Export the file again", fault.lineno
        ) from None
    except ValueError:
        raise UnreadableSource(
            where, "the JSON holds a number of thousands of digits", "Export the file again"
        ) from None
    except RecursionError:
        raise UnreadableSource(where, "the JSON is nested too deeply", SHAPE) from None


def _utterance(entry: Any, number: int, where: str) -> Utterance:
    texts = [entry[name] for name in TEXTS if isinstance(entry.get(name), str)] if isinstance(entry, dict) else []
    if not texts:
        raise UnreadableSource(where, f"utterance {number} has no text", SHAPE)
    times = [_time(entry, names, number, where) for names in STARTS_AND_ENDS]
    return Utterance(_speaker(speaker_of(entry)), tidy(texts[0]), times[0], times[1])


def _speaker(name: Any) -> str | None:
    if isinstance(name, int) and not isinstance(name, bool):
        return f"Speaker {name}"
    if isinstance(name, dict):
        name = name.get("name") or name.get("label")
    return (tidy(name) or None) if isinstance(name, str) else None


def _time(entry: dict[str, Any], names: tuple[str, ...], number: int, where: str) -> float | None:
    value = next((entry[name] for name in names if entry.get(name) is not None), None)
    if value is None:
        return None
    if isinstance(value, str) and NUMBER.fullmatch(value):
        value = float(value)
    time = seconds(value) if isinstance(value, str) else None
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < LONGEST:
        time = float(value)
    if time is None:
        raise UnreadableSource(where, f"utterance {number} has a time that cannot be read ({value})", SHAPE)
    return time


def in_seconds(pieces: list[Utterance]) -> tuple[list[Utterance], list[str]]:
    """The pieces in seconds, without ends that lie before their starts."""
    scale = 0.001 if _in_milliseconds(pieces) else 1.0
    repairs = ["the times were taken as milliseconds"] if scale < 1 else []
    timed = []
    for number, piece in enumerate(pieces, 1):
        start, end = (None if time is None else time * scale for time in (piece.start, piece.end))
        if start is not None and end is not None and end < start:
            end = None
            repairs.append(f"utterance {number} ended before it began; its end was left out")
        timed.append(Utterance(piece.speaker, piece.text, start, end))
    return timed, repairs


def _in_milliseconds(pieces: list[Utterance]) -> bool:
    measured = [(p.end - p.start, p.text) for p in pieces if p.start is not None and p.end is not None]
    whole = all(time is None or time.is_integer() for p in pieces for time in (p.start, p.end))
    return whole and sum(length for length, _ in measured) > SLOWEST * sum(len(text.split()) for _, text in measured)


def _unnamed(pieces: list[Utterance]) -> list[str]:
    without = sum(not piece.speaker for piece in pieces)
    if without in (0, len(pieces)):
        return []
    return [f"{without} utterances name no speaker and belong to nobody"]
