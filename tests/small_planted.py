"""The truth about the small cast's two interviews, and a folder that holds a planted study. Invented."""

import json
from pathlib import Path
from typing import Any

from small_cast import SOURCES, cast_of

from app.models.cast import Cast
from app.models.evidence import Evidence
from app.models.theme import Theme
from evals.places import Places
from evals.planted import Planted
from retrieval.evidence import Quote

FILES = {"P01": "P01.txt", "P02": "P02.txt"}


def statement(number: str, person: str, quote: str, *codes: str, theme: str = "", stance: str = "supports") -> Any:
    return {"id": number, "participant": person, "file": FILES[person], "quote": quote, "codes": list(codes),
            "theme": theme, "stance": stance}  # fmt: skip


def theme(number: str, code: str, *counter: str, kind: str = "common") -> dict[str, Any]:
    return {"id": number, "label": number, "code": code, "kind": kind, "counter": list(counter)}


def planted(**truth: Any) -> Planted:
    """The truth as read from a folder whose participants table lists both files."""
    return Planted.model_validate(truth).model_copy(update={"files": FILES})


def places(truth: Planted | None = None) -> Places:
    return Places(list(SOURCES.values()), truth or planted())


def coded(person: str, words: str, *codes: str, firm: bool = True) -> Evidence:
    """Evidence of a person's own words."""
    source = SOURCES[person]
    start = source.text.index(words)
    quote = Quote.cut(source, start, start + len(words), person)
    return Evidence.of(quote, dict.fromkeys(codes, 0.8), list(codes) if firm else [], "local")


def found(number: str, code: str, *evidence: Evidence, stakes: bool = False) -> Theme:
    """A theme that a run found."""
    people = sorted({one.participant_id for one in evidence})
    return Theme(id=number, code=code, label=number, evidence_ids=[one.id for one in evidence], participants=people,
                 n=2, table_stakes=stakes)  # fmt: skip


def cast_with(*personas: Any, **parts: Any) -> Cast:
    """The small cast with some of its parts exchanged, unchecked."""
    return Cast.model_construct(**{**dict(cast_of(*personas)), **parts})


def write_study(folder: Path, truth: Any, table: str = "") -> Path:
    """A planted study of the small cast's interviews; without a table, no participants table is written."""
    (folder / "transcripts").mkdir(parents=True)
    for person, source in SOURCES.items():
        (folder / "transcripts" / f"{person}.txt").write_text(source.text, encoding="utf-8")
    (folder / "truth.json").write_text(json.dumps(truth), encoding="utf-8")
    if table:
        (folder / "participants.csv").write_text(table, encoding="utf-8")
    return folder
