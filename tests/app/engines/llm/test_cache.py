"""Answers kept on disk: found again, and gone without a trace when they must go."""

import sqlite3
from pathlib import Path
from threading import Thread

import pytest

from app.engines.llm.cache import AnswerCache, digest

SAID = "she thinks that her manager is wrong about the price"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "home" / "answers.sqlite"


@pytest.fixture
def cache(path: Path) -> AnswerCache:
    return AnswerCache(path)


def test_an_answer_is_found_by_another_process(path: Path, cache: AnswerCache) -> None:
    cache.keep("a", SAID, ["src_1"])
    assert AnswerCache(path).find("a") == SAID
    assert AnswerCache(path).find("b") is None


def test_nothing_is_made_before_something_is_kept(path: Path, cache: AnswerCache) -> None:
    cache.find("a")
    cache.forget_holding(["src_1"])
    cache.forget()
    assert not path.parent.exists()


def test_an_answer_kept_again_takes_the_place_and_the_sources_of_the_first(cache: AnswerCache) -> None:
    cache.keep("a", "first", ["src_1"])
    cache.keep("a", "second", ["src_2"])
    cache.forget_holding(["src_1"])
    assert cache.find("a") == "second"


def test_answers_go_where_one_of_their_sources_goes(path: Path, cache: AnswerCache) -> None:
    cache.keep("theirs", SAID, ["src_1", "src_2"])
    cache.keep("others", "fine", ["src_3"])
    cache.keep("of whom is not known", SAID)
    cache.forget_holding(["src_2"])
    assert [cache.find(key) for key in ("theirs", "others", "of whom is not known")] == [None, "fine", None]
    left = b"".join(one.read_bytes() for one in path.parent.iterdir())
    assert SAID.encode() not in left and b"src_2" not in left


def test_all_go(path: Path, cache: AnswerCache) -> None:
    cache.keep("a", SAID, ["src_1"])
    cache.forget()
    assert list(path.parent.iterdir()) == []
    cache.keep("a", "again")
    assert cache.find("a") == "again"


@pytest.mark.parametrize("use", ["find", "keep", "forget_holding"])
def test_a_damaged_file_is_thrown_away(path: Path, cache: AnswerCache, use: str) -> None:
    path.parent.mkdir()
    path.write_bytes(b"scribble " * 500)
    {
        "find": lambda: cache.find("a"),
        "keep": lambda: cache.keep("a", "x"),
        "forget_holding": lambda: cache.forget_holding([]),
    }[use]()
    assert not path.exists()


def test_a_file_that_is_held_is_done_without_but_never_left_with_what_must_go(
    path: Path, cache: AnswerCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.engines.llm.cache.SECONDS_TO_WAIT", 0.01)
    cache.keep("a", SAID, ["src_1"])
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    assert cache.find("a") is None
    cache.keep("b", "x")
    cache.forget_holding(["src_1"])
    holder.close()
    assert not path.exists()


def test_without_a_path_nothing_is_kept() -> None:
    cache = AnswerCache(None)
    cache.keep("a", "x")
    cache.forget()
    cache.forget_holding(["src_1"])
    assert cache.find("a") is None


def test_many_threads(cache: AnswerCache) -> None:
    threads = [Thread(target=lambda n=number: cache.keep(str(n), f"answer {n}", [f"src_{n}"])) for number in range(24)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [cache.find(str(number)) for number in range(24)] == [f"answer {number}" for number in range(24)]


def test_every_part_of_a_question_counts_and_where_it_ends() -> None:
    keys = [digest("ab", "c"), digest("a", "bc"), digest("ab", "c", None), digest("ab", {"c": 1})]
    assert len(set(keys)) == 4
    assert digest("a", {"x": 1, "y": 2}) == digest("a", {"y": 2, "x": 1})
