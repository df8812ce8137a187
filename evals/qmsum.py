"""Meetings and questions about them, whose answering turns are marked: two formats, read into one.

QMSum          a folder of JSON files, each `meeting_transcripts` [{"speaker","content"}] and `specific_query_list`
               [{"query","relevant_text_span": [["first","last"], …]}] (Zhong et al. 2021)
queries.jsonl  `{"id","query","source","spans": [[first_turn, last_turn], …]}` beside `sources/`

Turns count from 0 and spans hold their last turn. Every error is `UnreadableSource` with file and line, or
`BadInput` where the dataset as a whole is unfit.
"""

import json
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from app.errors import BadInput
from evals.dataset import QueryRow, find_source, read_rows
from retrieval.errors import UnreadableSource
from retrieval.evidence import Role, Source, SourceKind, Speaker, Turn, sha256, stable_id
from retrieval.readers import read_source

TurnSpan = tuple[int, int]


class Query(BaseModel):
    """A question and the turns that answer it: (first, last), both included."""

    model_config = ConfigDict(frozen=True)

    id: str
    text: str
    spans: list[TurnSpan]


class Meeting(BaseModel):
    """A transcript and the questions asked of it."""

    model_config = ConfigDict(frozen=True)

    source: Source
    queries: list[Query]


class _QueryIn(BaseModel):
    query: str = Field(min_length=1)
    relevant_text_span: list[TurnSpan]


class _TurnIn(BaseModel):
    speaker: str
    content: str


class _MeetingIn(BaseModel):
    meeting_transcripts: list[_TurnIn] = Field(min_length=1)
    specific_query_list: list[_QueryIn] = []


def read_meetings(path: Path) -> list[Meeting]:
    """The meetings of a dataset in either format, those without a question left out."""
    if (path / "queries.jsonl").is_file() or path.suffix == ".jsonl":
        meetings = _of_rows(path if path.is_file() else path / "queries.jsonl")
    else:
        meetings = [_read_meeting(file) for file in _json_files(path)]
    asked = [meeting for meeting in meetings if meeting.queries]
    if not asked:
        raise BadInput(f"{path}: holds no question with marked turns. Give QMSum files, or queries.jsonl and sources/.")
    return asked


def digest_of(meetings: list[Meeting]) -> str:
    """Short digest of all texts and questions, by which a baseline knows what it was measured on."""
    return sha256("\n".join(meeting.model_dump_json() for meeting in meetings))[:12]


def _json_files(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    if not path.is_dir():
        remedy = "Give a folder of QMSum files, or of queries.jsonl and sources/"
        raise BadInput(f"{path}: there is no such dataset. {remedy}.")
    return sorted(path.glob("*.json"))


def _read_meeting(path: Path) -> Meeting:
    try:
        read = _MeetingIn.model_validate(json.loads(path.read_text(encoding="utf-8-sig")))
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"])) or "file"
        raise UnreadableSource(path, f"`{place}`: {first['msg']}", "Give a file in QMSum's format") from error
    except (OSError, ValueError) as error:
        raise UnreadableSource(path, "the file is not JSON", "Give a file in QMSum's format") from error
    source = _transcript(path.stem, read.meeting_transcripts)
    queries = [
        Query(id=f"{path.stem}-{number}", text=asked.query, spans=asked.relevant_text_span)
        for number, asked in enumerate(read.specific_query_list, start=1)
    ]
    return Meeting(source=source, queries=[_checked(path, query, source) for query in queries if query.spans])


def _transcript(name: str, said: list[_TurnIn]) -> Source:
    """The meeting as a source in which everybody takes part."""
    turns: list[Turn] = []
    text = ""
    for index, turn in enumerate(said):
        text += f"{turn.speaker}: "
        turns.append(Turn(index=index, speaker=turn.speaker, start=len(text), end=len(text) + len(turn.content)))
        text += f"{turn.content}\n\n"
    labels = dict.fromkeys(turn.speaker for turn in said)
    return Source(
        id=stable_id("src", name, text), name=name, kind=SourceKind.INTERVIEW, text=text, content_sha256=sha256(text),
        turns=turns, speakers=[Speaker(label=one, role=Role.PARTICIPANT, participant_id=one) for one in labels],
    )  # fmt: skip


def _of_rows(path: Path) -> list[Meeting]:
    rows = read_rows(path, QueryRow)
    meetings: list[Meeting] = []
    for name in dict.fromkeys(row.source for row in rows):
        source = read_source(find_source(path, name))
        asked = [Query(id=row.id, text=row.query, spans=row.spans) for row in rows if row.source == name and row.spans]
        meetings.append(Meeting(source=source, queries=[_checked(path, query, source) for query in asked]))
    return meetings


def _checked(path: Path, query: Query, source: Source) -> Query:
    for first, last in query.spans:
        if not 0 <= first <= last < len(source.turns):
            reason = f"question “{query.id}” marks turns {first} to {last} of {len(source.turns)}"
            raise UnreadableSource(path, reason, "Count turns from 0, the last one included")
    return query
