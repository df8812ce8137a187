"""Datasets: JSON Lines in the formats anybody can bring, read into checked rows.

CodingRow     `{"id","text","context","codes":[…]}`; instead of `context` a row may carry `question`
              (what the interviewer asked) and `previous` (the sentence before), and `source` (the
              interview it was cut from, the unit of cross-validation)
GroundingRow  `{"source","speaker","quote","expected":"exact|near|absent|other_speaker"}` beside `sources/`
QueryRow      `{"id","query","source","spans":[[first_turn,last_turn]]}` beside `sources/`
SupportRow    `{"claim","evidence":[…],"label":"supported|partial|unsupported"}`

Every error is `UnreadableSource` with file and line, or `BadInput` where the dataset as a whole is unfit.
"""

import json
from pathlib import Path
from typing import Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from app.errors import BadInput
from retrieval.errors import UnreadableSource
from retrieval.evidence import sha256

Expected = Literal["exact", "near", "other_speaker", "absent"]
EXPECTED: tuple[Expected, ...] = ("exact", "near", "other_speaker", "absent")


class DatasetRow(BaseModel):
    """Keys a suite does not know are passed over: people keep notes of their own in their datasets."""

    model_config = ConfigDict(frozen=True, extra="ignore", coerce_numbers_to_str=True)


class CodingRow(DatasetRow):
    """One sentence and the codes people gave it. `source` falls back to the row's id."""

    id: str
    text: str = Field(min_length=1)
    codes: list[str]
    context: str = ""
    question: str = ""
    previous: str = ""
    source: str = ""

    @model_validator(mode="after")
    def _one_context(self) -> "CodingRow":
        if self.context and self.previous:
            raise ValueError("give either `context` or `previous`, not both")
        return self

    @property
    def before(self) -> str:
        """What was said just before the sentence."""
        return self.previous or self.context

    @property
    def group(self) -> str:
        """Rows of one group never stand on both sides of a fold."""
        return self.source or self.id


class GroundingRow(DatasetRow):
    """A quote somebody claims was said, and the truth about it.

    `speaker` is a label of the transcript or a participant's id; empty means anybody but the
    interviewer. `how` tells how the row was made.
    """

    source: str
    speaker: str = ""
    quote: str = Field(min_length=1)
    expected: Expected
    id: str = ""
    how: str = ""


class QueryRow(DatasetRow):
    """A question about one source and the turns that answer it, counted from 0, the last one included."""

    id: str
    query: str = Field(min_length=1)
    source: str
    spans: list[tuple[int, int]]


Label = Literal["supported", "partial", "unsupported"]
# How WiCE (Kamoi et al. 2023) words its labels.
LABELS = {"partially_supported": "partial", "not_supported": "unsupported"}


class SupportRow(DatasetRow):
    """A claim, the sentences offered for it, and how far they carry it in the eyes of a person."""

    claim: str = Field(min_length=1)
    evidence: list[str] = Field(min_length=1)
    label: Label
    id: str = ""

    @field_validator("label", mode="before")
    @classmethod
    def _in_our_words(cls, label: object) -> object:
        return LABELS.get(label, label) if isinstance(label, str) else label


Row = TypeVar("Row", CodingRow, GroundingRow, QueryRow, SupportRow)


def read_rows(path: Path, kind: type[Row]) -> list[Row]:
    """The rows of one JSON Lines file, in order; empty lines are skipped.

    Raises UnreadableSource where the file or a line cannot be read, BadInput where it holds no row.
    """
    rows = [_read_row(path, number, line, kind) for number, line in _lines(path) if line.strip()]
    if not rows:
        raise BadInput(f"{path}: the dataset is empty. Give one JSON object a line.")
    return rows


def read_coding(path: Path, known: list[str]) -> list[CodingRow]:
    """Coding rows; BadInput for an id that stands twice or a code that is not in `known`."""
    rows = read_rows(path, CodingRow)
    seen: set[str] = set()
    for row in rows:
        strangers = sorted(set(row.codes) - set(known))
        if strangers:
            raise BadInput(f"{path}: row “{row.id}” has the unknown code “{strangers[0]}”. Use the codebook's ids.")
        if row.id in seen:
            raise BadInput(f"{path}: two rows have the id “{row.id}”. Give every row its own.")
        seen.add(row.id)
    return rows


def find_dataset(path: Path) -> Path:
    """The JSON Lines file meant by `path`: itself, or the only one in a folder."""
    if path.is_file():
        return path
    if not path.is_dir():
        raise BadInput(f"{path}: there is no such dataset. Give a .jsonl file or a folder that holds one.")
    found = sorted(path.glob("*.jsonl"))
    if len(found) != 1:
        raise BadInput(f"{path}: holds {len(found)} .jsonl files. Name the one to measure with.")
    return found[0]


def find_source(dataset: Path, name: str) -> Path:
    """The transcript a row names: a path below `sources/`, its ending optional."""
    folder = (dataset.parent / "sources").resolve()
    exact = (folder / name.removeprefix("sources/")).resolve()
    candidates = [exact, *sorted(exact.parent.glob(f"{exact.name}.*"))]
    found = next((path for path in candidates if path.is_file() and path.is_relative_to(folder)), None)
    if found is None:
        raise BadInput(f"{dataset}: names the source “{name}”, which is not in {folder}. Put the transcript there.")
    return found


def digest(path: Path) -> str:
    """Short digest of a dataset's bytes, by which a baseline knows what it was measured on."""
    return sha256(path.read_bytes().decode("utf-8", "replace"))[:12]


def _lines(path: Path) -> list[tuple[int, str]]:
    try:
        return list(enumerate(path.read_text(encoding="utf-8-sig").split("\n"), start=1))
    except OSError as error:
        raise UnreadableSource(path, "the file cannot be opened", "Check the path and the permissions") from error
    except UnicodeDecodeError as error:
        raise UnreadableSource(path, "the file is not UTF-8 text", "Save the dataset as UTF-8") from error


def _read_row(path: Path, number: int, line: str, kind: type[Row]) -> Row:
    try:
        return kind.model_validate(json.loads(line))
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"])) or "row"
        raise UnreadableSource(path, f"`{place}`: {first['msg']}", "Correct the row", number) from error
    except ValueError as error:
        raise UnreadableSource(path, "the line is not JSON", "Give one JSON object a line", number) from error
