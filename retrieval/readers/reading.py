"""What a reader hands back: the stored text, the turns found in it and what was mended.

A reader is `read(raw bytes, where) -> Reading`. Formats whose files hold speech in pieces (cues,
utterances, paragraphs) hand their pieces to `compose`, which writes one block per turn:

    Dana: Good. Your role?

    P03: Everything between the tanker arriving and the lorry leaving.

A turn's span covers the speech only. Speech that nobody is named for is kept in the text but
belongs to no turn, so it can never be quoted as anybody's words.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from retrieval.evidence import Turn

# What to do about a transcript that names nobody: where people type, and where a recogniser wrote.
LABEL_TURNS = "Begin each turn with a name and a colon, such as “Interviewer:” and “P01:”"
DIARISE = "Export it again with speaker names (diarisation) switched on"
# Half a surrogate pair and the zero character cannot be stored; neither is anybody's word.
AUTHOR = "Author"
UNREADABLE = "\ufffd"
UNSTORABLE = re.compile(r"[\x00\ud800-\udfff]")


@dataclass(frozen=True)
class Reading:
    """`turns` is empty where no speaker is named; `remedy` is then what the user can do about it.

    `body` is where the words of a note begin, for formats with a head (an e-mail's addresses and date).
    """

    text: str
    turns: list[Turn]
    repairs: list[str] = field(default_factory=list)
    remedy: str = LABEL_TURNS
    body: int = 0


Reader = Callable[[bytes, str], Reading]


@dataclass(frozen=True)
class Utterance:
    """A piece of speech as a file gives it; times in seconds, where known."""

    speaker: str | None
    text: str
    start: float | None = None
    end: float | None = None


def tidy(text: str) -> str:
    """`text` on one line, with single spaces."""
    return " ".join(text.split())


def storable(text: str) -> str:
    """`text` with every character that cannot be stored replaced by one sign, so that offsets hold."""
    return UNSTORABLE.sub(UNREADABLE, text)


def compose(
    utterances: Iterable[Utterance], joint: str = " ", repairs: Iterable[str] = (), remedy: str = LABEL_TURNS
) -> Reading:
    """The pieces as one text; neighbouring pieces of one speaker become one turn, joined by `joint`."""
    blocks: list[str] = []
    turns: list[Turn] = []
    offset = 0
    for piece in merged(utterances, joint):
        label = f"{piece.speaker}: " if piece.speaker else ""
        block = label + piece.text
        if piece.speaker:
            turns.append(_turn(piece.speaker, piece, len(turns), offset + len(label)))
        blocks.append(block)
        offset += len(block) + 2
    return Reading("\n\n".join(blocks), turns, list(repairs), remedy)


def _turn(speaker: str, piece: Utterance, index: int, start: int) -> Turn:
    return Turn(
        index=index, speaker=speaker, start=start, end=start + len(piece.text),
        time_start=piece.start, time_end=piece.end,
    )  # fmt: skip


def merged(utterances: Iterable[Utterance], joint: str) -> list[Utterance]:
    """Neighbouring pieces of one speaker put together; pieces without words left out."""
    runs: list[list[Utterance]] = []
    for utterance in utterances:
        if not utterance.text.strip():
            continue
        speaker = storable(utterance.speaker) if utterance.speaker else None
        piece = replace(utterance, speaker=speaker, text=storable(utterance.text))
        if runs and runs[-1][0].speaker == piece.speaker:
            runs[-1].append(piece)
        else:
            runs.append([piece])
    return [_joined(run, joint) for run in runs]


def _joined(run: list[Utterance], joint: str) -> Utterance:
    ends = [piece.end for piece in run if piece.end is not None]
    return replace(run[0], text=joint.join(piece.text for piece in run), end=max(ends, default=None))
