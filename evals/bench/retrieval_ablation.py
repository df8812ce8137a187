"""What each part of the retriever gives: the suite `retrieval` again and again, each time without one of them.

    python -m evals.bench.retrieval_ablation --dataset FOLDER

Every variant holds the meetings in memory, with one name of `retrieval` replaced; BM25 is that of `retrieval.bm25`,
without the store's stemming, so that "as it ships" may differ from the suite by a little. Beside each MRR stands its
difference to what ships, with a 95 % interval by bootstrap over meetings (the same for all).
"""

import argparse
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np
from numpy.typing import NDArray

from evals.metrics import bootstrap_interval
from evals.pipeline import fresh_bench
from evals.qmsum import Meeting, read_meetings
from evals.suites.retrieval import DEPTH, MEASURES, OURS, Answer, judge, mean, turns_of
from evals.turn_windows import RRF_CONSTANT
from retrieval.chain import EvidenceRetriever
from retrieval.embedder import Embedder, Vectors
from retrieval.index import Hit

SHIPPED = "as it ships"


def own_words(_excerpts: object, own: Vectors, _stretches: object, _talk: Vectors) -> Vectors:
    """In the place of `in_context`: the excerpt as it stands, without the talk around it."""
    return own


def as_it_is(text: str) -> str:
    return text


def by_ranks(meaning: Sequence[Hit], words: Sequence[Hit]) -> dict[str, float]:
    """In the place of `weigh`: reciprocal rank fusion (Cormack, Clarke & Büttcher 2009)."""
    scores: dict[str, float] = {}
    for hits in (meaning, words):
        for rank, hit in enumerate(hits, start=1):
            scores[hit.id] = scores.get(hit.id, 0.0) + 1 / (RRF_CONSTANT + rank)
    return scores


def by_words(meaning: Sequence[Hit], words: Sequence[Hit]) -> dict[str, float]:
    """In the place of `weigh`: BM25 alone."""
    return {hit.id: 0.0 for hit in meaning} | {hit.id: hit.score for hit in words}


# What is replaced by what.
VARIANTS: dict[str, dict[str, Any]] = {
    SHIPPED: {},
    "vector of own words only": {"retrieval.contexts.in_context": own_words},
    "vector without own words": {"retrieval.contexts.OWN_WORDS": 0.0},
    "vector without talk further around": {"retrieval.contexts.FURTHER_AROUND": 0.0},
    "fillers embedded too": {"retrieval.contexts.without_noise": as_it_is},
    "question without its main clause": {"retrieval.chain.main_clause": as_it_is},
    "ranks fused (RRF)": {"retrieval.chain.weigh": by_ranks},
    "words worth half": {"retrieval.fusion.WORDS_WEIGHT": 0.05},
    "words worth twice": {"retrieval.fusion.WORDS_WEIGHT": 0.2},
    "meaning only": {"retrieval.fusion.WORDS_WEIGHT": 0.0},
    "words only": {"retrieval.chain.weigh": by_words},
}


def answers_of(embedder: Embedder, name: str, meetings: Sequence[Meeting]) -> list[Answer]:
    """All questions, asked of the variant `name`."""
    with ExitStack() as replaced:
        for where, by in VARIANTS[name].items():
            replaced.enter_context(patch(where, by))
        return [answer for meeting in meetings for answer in _ask_all(embedder, meeting)]


def _ask_all(embedder: Embedder, meeting: Meeting) -> Iterator[Answer]:
    retriever = EvidenceRetriever.over([meeting.source], embedder, limit=DEPTH, per_person=None)
    for query in meeting.queries:
        ranges = [turns_of(meeting.source, one.excerpt.around) for one in retriever.search(query.text)]
        yield Answer(meeting.source.name, query, {OURS: judge(ranges, query.spans)}, None, 0.0)


def table(found: Mapping[str, Sequence[Answer]]) -> str:
    """A Markdown table, a row for each variant."""
    lines = ["| variant | MRR | hit@1 | recall@10 | MRR less what ships |", "|---|---|---|---|---|"]
    for name, answers in found.items():
        figures = " | ".join(f"{mean(answers, OURS, measure):.3f}" for measure in MEASURES)
        lines.append(f"| {name} | {figures} | {_difference(answers, found[SHIPPED])} |")
    return "\n".join(lines)


def _difference(answers: Sequence[Answer], shipped: Sequence[Answer]) -> str:
    if answers is shipped:
        return "–"

    def less(rows: NDArray[np.intp]) -> float:
        one, other = ([some[row] for row in rows] for some in (answers, shipped))
        return mean(one, OURS, "mrr") - mean(other, OURS, "mrr")

    interval = bootstrap_interval([answer.meeting for answer in answers], less)
    return f"{less(np.arange(len(answers))):+.3f} ({interval.low:+.3f} to {interval.high:+.3f})"


def main() -> None:
    parser = argparse.ArgumentParser(description="What each part of the retriever gives.")
    parser.add_argument("--dataset", type=Path, required=True, help="QMSum files, or queries.jsonl and sources/")
    meetings = read_meetings(parser.parse_args().dataset)
    with fresh_bench() as bench:
        print(table({name: answers_of(bench.embedder, name, meetings) for name in VARIANTS}))


if __name__ == "__main__":
    main()
