"""Suite `retrieval`: are the turns that answer a question found, and how soon?

Dataset: QMSum files, or `queries.jsonl` beside `sources/` (see `evals.qmsum`). Each source is imported into a study
of its own in a fresh home (store, full text and Chroma as they ship) and searched by the retriever that `ask` uses,
with one setting changed: the answer may come from one person, because a meeting has few.

What is judged is a range of turns. A result is the excerpt with the context it is shown in: the turns that the
context touches, 8 at the most, fewer where turns are long. The baselines return windows of 8 turns. A range is
relevant when it shares a turn with a marked span, for both alike, so that nobody wins by returning more: the mean
length of what was judged is printed for both. No two results of one ranking overlap, ours or theirs, except that
parts of one long turn are results of their own in ours.

Scores: `mrr` (1 / rank of the first relevant range, 0 where there is none among the first 30; Voorhees 1999),
`hit_at_1`, `recall_at_10` (share of the marked spans that the first 10 ranges touch), the same for
`baseline_bm25_…`, `baseline_dense_…` and `baseline_rrf_…` (see `evals.turn_windows`), `gain` (our `mrr` − the best
baseline's), and `p50_ms`, `p95_ms` of a search, embedding of the question included. Intervals are 95 %, by bootstrap
over meetings.
"""

import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from app.intake.studies import create_study, describe_study
from app.searching import build_retriever
from app.workbench import Workbench
from evals.metrics import bootstrap_interval
from evals.qmsum import Meeting, Query, TurnSpan, digest_of, read_meetings
from evals.report import EvalReport
from evals.turn_windows import BASELINES, TurnRange, TurnWindows
from retrieval.contexts import embed_excerpts
from retrieval.evidence import Source, Span
from retrieval.splitting import make_excerpts, split_sentences

DEPTH = 30
MEASURES = ("mrr", "hit_at_1", "recall_at_10")
OURS = "ours"


class Judged(NamedTuple):
    """One question as one ranking answered it."""

    mrr: float
    hit_at_1: float
    recall_at_10: float
    length: float


class Answer(NamedTuple):
    """One question: how each ranking did, our first range, and how long the search took."""

    meeting: str
    query: Query
    judged: dict[str, Judged]
    first: TurnRange | None
    milliseconds: float


def run(dataset: Path, bench: Workbench) -> EvalReport:
    """Ask every question of the dataset on an empty `bench`; BadInput or UnreadableSource where it is unfit."""
    meetings, start = read_meetings(dataset), time.perf_counter()
    answers = [answer for number, one in enumerate(meetings) for answer in ask_all(bench, f"meeting-{number}", one)]
    facts = {"dataset": dataset.name, "dataset_sha256": digest_of(meetings), "engine": "local",
             "embeddings": bench.embedder.name, "sources": len(meetings), "queries": len(answers),
             "seconds": round(time.perf_counter() - start, 1)}  # fmt: skip
    scores = all_scores(answers)
    rows = [_row(answer) for answer in answers]
    return EvalReport(suite="retrieval", scores=scores, rows=rows, run=facts | _details(answers, scores))


def ask_all(bench: Workbench, study_id: str, meeting: Meeting) -> list[Answer]:
    """Import the meeting as a study and ask its questions of ours and of the baselines."""
    store_source(bench, study_id, meeting.source)
    retriever = build_retriever(bench, study_id, limit=DEPTH, per_person=None)
    windows = TurnWindows(meeting.source, bench.embedder)
    answers = []
    for query in meeting.queries:
        start = time.perf_counter()
        found = retriever.search(query.text)
        milliseconds = 1000 * (time.perf_counter() - start)
        ranges = [turns_of(meeting.source, one.excerpt.around) for one in found]
        rankings = {OURS: ranges} | windows.rank(query.text)
        judged = {name: judge(ranking, query.spans) for name, ranking in rankings.items()}
        answers.append(Answer(meeting.source.name, query, judged, next(iter(ranges), None), milliseconds))
    return answers


def store_source(bench: Workbench, study_id: str, source: Source) -> None:
    """Put a source into a study of its own, as an import does."""
    create_study(bench, describe_study("Retrieval", study_id=study_id))
    excerpts = make_excerpts(source, split_sentences(source))
    with bench.store.transaction() as tx:
        tx.sources.add(study_id, source)
        tx.excerpts.add(study_id, excerpts)
        bench.index.add(study_id, excerpts, embed_excerpts([(source, excerpts)], bench.embedder))


def turns_of(source: Source, span: Span) -> TurnRange:
    """The turns a span touches."""
    touched = [turn.index for turn in source.turns if turn.start < span.end and span.start < turn.end]
    return TurnRange(touched[0], touched[-1])


def judge(ranking: Sequence[TurnRange], spans: Sequence[TurnSpan]) -> Judged:
    """How soon a ranking reaches a marked span, and how many of them."""
    relevant = [one.overlaps(spans) for one in ranking[:DEPTH]]
    reached = sum(any(one.overlaps([span]) for one in ranking[:10]) for span in spans)
    return Judged(
        mrr=1 / (relevant.index(True) + 1) if True in relevant else 0.0,
        hit_at_1=float(relevant[:1] == [True]),
        recall_at_10=reached / len(spans),
        length=float(np.mean([one.last - one.first + 1 for one in ranking[:10]])) if ranking else 0.0,
    )


def all_scores(answers: Sequence[Answer]) -> dict[str, float]:
    """The suite's scores, ours first."""
    scores = {measure: mean(answers, OURS, measure) for measure in MEASURES}
    for name in BASELINES:
        scores |= {f"baseline_{name}_{measure}": mean(answers, name, measure) for measure in MEASURES}
    scores["gain"] = gain(answers)
    taken = [answer.milliseconds for answer in answers]
    return scores | {f"p{share}_ms": float(np.percentile(taken, share)) for share in (50, 95)}


def mean(answers: Iterable[Answer], name: str, measure: str) -> float:
    return float(np.mean([getattr(answer.judged[name], measure) for answer in answers]))


def gain(answers: Sequence[Answer]) -> float:
    """Our MRR less that of the best baseline on these questions."""
    return mean(answers, OURS, "mrr") - max(mean(answers, name, "mrr") for name in BASELINES)


def _details(answers: list[Answer], scores: dict[str, float]) -> dict[str, Any]:
    names = {"ours": OURS} | {f"baseline {name}": name for name in BASELINES}
    per_class = [
        {"ranking": shown, **{measure: mean(answers, name, measure) for measure in MEASURES},
         "mrr 95 %": _interval(answers, _mrr_of(name)), "turns judged": mean(answers, name, "length")}
        for shown, name in names.items()
    ]  # fmt: skip
    return {"per_class": per_class, "gain_interval": _interval(answers, gain), "notes": _notes(answers, scores)}


def _mrr_of(name: str) -> Callable[[list[Answer]], float]:
    return lambda answers: mean(answers, name, "mrr")


def _notes(answers: list[Answer], scores: dict[str, float]) -> list[str]:
    halves = [gain(half) for half in (_half(answers, 0), _half(answers, 1)) if half]
    return [
        f"Gain over the best baseline: {scores['gain']:+.3f} (95 % {_interval(answers, gain)}); in every other meeting "
        f"{' and in the rest '.join(f'{one:+.3f}' for one in halves)}.",
        "Judged alike: a range of turns (ours: an excerpt's context, at most 8 turns; baselines: 8) is relevant when "
        "it shares a turn with a marked span.",
    ]


def _half(answers: list[Answer], rest: int) -> list[Answer]:
    """The answers of every other meeting."""
    meetings = list(dict.fromkeys(answer.meeting for answer in answers))
    return [answer for answer in answers if meetings.index(answer.meeting) % 2 == rest]


def _interval(answers: list[Answer], measure: Callable[[list[Answer]], float]) -> str:
    """How far a figure would move with other meetings of the same kind."""
    meetings = [answer.meeting for answer in answers]
    if len(set(meetings)) < 2:
        return "one meeting"
    found = bootstrap_interval(meetings, lambda drawn: measure([answers[number] for number in drawn]))
    return f"{found.low:.3f} to {found.high:.3f}"


def _row(answer: Answer) -> dict[str, Any]:
    first = answer.first
    return {
        "id": answer.query.id, "source": answer.meeting, "query": answer.query.text,
        "expected": [list(span) for span in answer.query.spans], "got": list(first) if first else None,
        **{f"mrr {name}": judged.mrr for name, judged in answer.judged.items()}, "ms": answer.milliseconds,
    }  # fmt: skip
