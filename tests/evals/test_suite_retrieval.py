"""The suite `retrieval` on two small meetings: what it asks, how it judges, what it reports."""

from pathlib import Path
from typing import Any

import pytest
from small_meetings import write_qmsum, write_rows

from app.workbench import Workbench
from evals.pipeline import fresh_bench
from evals.qmsum import Query, read_meetings
from evals.suites import retrieval
from evals.suites.retrieval import OURS, Answer, Judged, all_scores, gain, judge, turns_of
from evals.turn_windows import BASELINES, TurnRange
from retrieval.evidence import Span

RANKING = [TurnRange(0, 7), TurnRange(8, 9), TurnRange(20, 27)]


@pytest.mark.parametrize(
    ("spans", "mrr", "hit", "recall"),
    [
        ([(3, 4)], 1.0, 1.0, 1.0),
        ([(9, 12)], 0.5, 0.0, 1.0),
        ([(9, 9), (40, 41)], 0.5, 0.0, 0.5),
        ([(40, 41)], 0.0, 0.0, 0.0),
    ],
    ids=["first", "second", "one of two", "not at all"],
)
def test_a_ranking_is_judged_by_turns_shared(
    spans: list[tuple[int, int]], mrr: float, hit: float, recall: float
) -> None:
    assert judge(RANKING, spans) == Judged(mrr, hit, recall, length=6.0)


def test_depth_counts_thirty_for_rank_and_ten_for_recall() -> None:
    ranking = [TurnRange(number, number) for number in range(40)]
    assert judge(ranking, [(12, 12)]) == Judged(1 / 13, 0.0, 0.0, 1.0)
    assert judge(ranking, [(30, 30)]).mrr == 0.0


def test_an_empty_ranking_finds_nothing() -> None:
    assert judge([], [(0, 1)]) == Judged(0.0, 0.0, 0.0, 0.0)


def answer(meeting: str, milliseconds: float, **mrr: float) -> Answer:
    judged = {name: Judged(mrr.get(name, 0.0), 0.0, 1.0, 8.0) for name in (OURS, *BASELINES)}
    return Answer(meeting, Query(id=meeting, text="?", spans=[(0, 0)]), judged, None, milliseconds)


def test_gain_is_over_the_baseline_that_is_best_on_average() -> None:
    answers = [answer("a", 10.0, ours=1.0, bm25=1.0), answer("b", 30.0, ours=0.5, bm25=0.0, dense=0.6)]
    assert gain(answers) == pytest.approx(0.75 - 0.5)
    scores = all_scores(answers)
    assert (scores["mrr"], scores["baseline_dense_mrr"], scores["p50_ms"]) == pytest.approx((0.75, 0.3, 20.0))


def test_turns_of_a_span_are_those_it_touches(tmp_path: Path) -> None:
    source = read_meetings(write_qmsum(tmp_path))[0].source
    first, third = source.turns[0], source.turns[2]
    assert turns_of(source, Span(start=first.end - 1, end=third.start + 1)) == (0, 2)
    assert turns_of(source, Span(start=first.start, end=first.end)) == (0, 0)


@pytest.mark.parametrize("write", [write_qmsum, write_rows], ids=["QMSum", "queries.jsonl"])
def test_scores_rows_and_intervals_on_small_meetings(tmp_path: Path, bench: Workbench, write: Any) -> None:
    dataset = tmp_path / "dataset"
    dataset.mkdir()
    report = retrieval.run(write(dataset), bench)
    assert (report.run["sources"], report.run["queries"]) == (2, 3)
    assert report.scores["recall_at_10"] == 1.0 and report.scores["mrr"] > 0.5
    assert {f"baseline_{name}_mrr" for name in BASELINES} <= report.scores.keys()
    assert 0 < report.scores["p50_ms"] <= report.scores["p95_ms"]
    best = max(report.scores[f"baseline_{name}_mrr"] for name in BASELINES)
    assert report.scores["gain"] == pytest.approx(report.scores["mrr"] - best)
    low, high = map(float, report.per_class[0]["mrr 95 %"].split(" to "))
    assert low <= round(report.scores["mrr"], 3) <= high
    assert [row["expected"] for row in report.rows] == [[[8, 9]], [[18, 19]], [[18, 19]]]
    assert all(row["got"] and 0.0 <= row["mrr ours"] <= 1.0 for row in report.rows)


def test_one_meeting_gives_no_interval(tmp_path: Path, bench: Workbench) -> None:
    report = retrieval.run(write_qmsum(tmp_path) / "second.json", bench)
    assert report.per_class[0]["mrr 95 %"] == "one meeting"


def test_a_fresh_bench_is_empty_and_gone_afterwards(bench: Workbench) -> None:
    with fresh_bench(bench.settings) as fresh:
        home = fresh.settings.home
        with fresh.store.transaction() as tx:
            assert tx.studies.all() == []
        assert home != bench.settings.home and home.is_dir()
    assert not home.exists()
