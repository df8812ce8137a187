"""Suite `grounding`: are quotes found where they were said, and only there?

Dataset: `{"source","speaker","quote","expected"}` rows beside `sources/`. Scores: `exact, near,
other_speaker, absent` (accuracy per expected class), `precision_<class>`, `ms_per_quote`.

The locator knows five answers, the dataset four. `normalised` (same words, other dress) counts as
`exact`. Where normalising also left words out (an ellipsis, a filler), people disagree on what to call
the quote: such a match is right for a row that expects `exact` and for one that expects `near`, and
for no other.
"""

import re
import time
from pathlib import Path
from typing import Any

from evals.dataset import EXPECTED, GroundingRow, digest, find_dataset, find_source, read_rows
from evals.report import EvalReport
from evals.scorers import ClassScore, class_scores
from retrieval.evidence import Source
from retrieval.quotes import Match, MatchStatus, locate_in_source
from retrieval.readers import read_source


def run(dataset: Path) -> EvalReport:
    """Locate every quote of the dataset; raises BadInput or UnreadableSource where it is unfit."""
    path = find_dataset(dataset)
    rows = read_rows(path, GroundingRow)
    sources = {name: read_source(find_source(path, name)) for name in dict.fromkeys(row.source for row in rows)}
    start = time.perf_counter()
    matches = [locate_in_source(sources[row.source], row.quote, speaker_of(row, sources)) for row in rows]
    seconds = time.perf_counter() - start
    answers = [answer(row, match, sources[row.source]) for row, match in zip(rows, matches, strict=True)]
    found = class_scores([(row.expected, got) for row, got in zip(rows, answers, strict=True)], EXPECTED)
    return EvalReport(
        suite="grounding",
        scores=_scores(found) | {"ms_per_quote": 1000 * seconds / len(rows)},
        rows=[_row(row, got) for row, got in zip(rows, answers, strict=True)],
        run=_run(path, found, len(sources), seconds) | {"warnings": _strangers(rows, sources)},
    )


def speaker_of(row: GroundingRow, sources: dict[str, Source]) -> str | None:
    """Whom to look for; None (anybody but the interviewer) where the transcript knows no such name."""
    names = {name.casefold() for who in sources[row.source].speakers for name in (who.label, who.participant_id or "")}
    return row.speaker if row.speaker and row.speaker.casefold() in names else None


def answer(row: GroundingRow, match: Match, source: Source) -> str:
    """The dataset's word for what the locator said about a row."""
    if match.status is not MatchStatus.NORMALISED:
        return match.status.value
    if match.span is not None and _words(row.quote) != _words(match.span.of(source.text)) and row.expected == "near":
        return "near"
    return "exact"


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold().replace("’", "'"))


def _strangers(rows: list[GroundingRow], sources: dict[str, Source]) -> list[str]:
    lost = {(row.source, row.speaker) for row in rows if row.speaker and speaker_of(row, sources) is None}
    return [
        f"{source} names nobody “{speaker}”; its quotes were looked for in all but the interviewer's words."
        for source, speaker in sorted(lost)
    ]


def _scores(found: list[ClassScore]) -> dict[str, float]:
    accuracy = {score.name: score.accuracy for score in found}
    precision = {f"precision_{score.name}": score.precision for score in found}
    return {name: value for name, value in (accuracy | precision).items() if value is not None}


def _row(row: GroundingRow, got: str) -> dict[str, Any]:
    return {**row.model_dump(exclude={"expected"}), "expected": row.expected, "got": got}


def _run(path: Path, found: list[ClassScore], sources: int, seconds: float) -> dict[str, Any]:
    missing = {score.name: "no row expects it" for score in found if score.accuracy is None}
    missing |= {f"precision_{score.name}": "no quote got it" for score in found if score.precision is None}
    return {
        "dataset": path.parent.name, "dataset_sha256": digest(path), "sources": sources, "seconds": round(seconds, 3),
        "per_class": [
            {"class": score.name, "accuracy": score.accuracy, "precision": score.precision, "expected": score.expected,
             "got": score.got}
            for score in found
        ],
        "not_evaluable": missing,
        "notes": ["A match that is the same but for case, spaces, marks, fillers or an ellipsis counts as exact."],
    }  # fmt: skip
