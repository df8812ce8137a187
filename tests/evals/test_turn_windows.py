"""The baselines: windows of 8 turns and the three orders of them."""

from pathlib import Path

import pytest
from small_meetings import write_qmsum

from evals.qmsum import read_meetings
from evals.turn_windows import BASELINES, TurnRange, TurnWindows
from retrieval.embeddings import MiniLM


@pytest.fixture
def windows(tmp_path: Path, embedder: MiniLM) -> TurnWindows:
    return TurnWindows(read_meetings(write_qmsum(tmp_path))[0].source, embedder)


def test_windows_hold_eight_turns_and_cover_all(windows: TurnWindows) -> None:
    assert windows.ranges == [(0, 7), (8, 15), (16, 19)]


def test_windows_may_begin_elsewhere(tmp_path: Path, embedder: MiniLM) -> None:
    source = read_meetings(write_qmsum(tmp_path))[0].source
    assert TurnWindows(source, embedder, start=3).ranges == [(0, 2), (3, 10), (11, 18), (19, 19)]


def test_every_ranking_holds_every_window_once(windows: TurnWindows) -> None:
    rankings = windows.rank("what about the battery?")
    assert tuple(rankings) == BASELINES
    assert all(sorted(ranking) == windows.ranges for ranking in rankings.values())


@pytest.mark.parametrize("name", BASELINES)
def test_the_window_that_answers_comes_first(windows: TurnWindows, name: str) -> None:
    assert windows.rank("rechargeable battery or ordinary cells")[name][0] == (8, 15)


def test_ranks_are_fused_as_reciprocals(windows: TurnWindows) -> None:
    rankings = windows.rank("did it rain in the morning?")
    fused = {
        window: sum(1 / (61 + rankings[name].index(window)) for name in ("bm25", "dense")) for window in windows.ranges
    }
    assert rankings["rrf"] == sorted(windows.ranges, key=lambda window: (-fused[window], window))


def test_equals_stand_in_the_order_of_the_transcript(windows: TurnWindows) -> None:
    assert windows.rank("giraffe")["bm25"] == windows.ranges


@pytest.mark.parametrize(
    ("spans", "shared"), [([(7, 9)], True), ([(0, 3), (8, 8)], True), ([(9, 12)], False), ([], False)],
    ids=["an end", "one of them", "beside", "none"],
)  # fmt: skip
def test_ranges_overlap_where_they_share_a_turn(spans: list[tuple[int, int]], shared: bool) -> None:
    assert TurnRange(4, 8).overlaps(spans) is shared
