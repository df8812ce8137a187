"""BM25 against values worked out by hand from the formula of Robertson & Zaragoza (2009)."""

from math import log

import pytest

from retrieval.bm25 import Bm25

# 2, 4 and 3 words: 3 on average.
TEXTS = ["Apple pie", "apple, apple! and PEAR", "the plum tree"]


def test_scores_follow_the_formula() -> None:
    apple = log(1 + (3 - 2 + 0.5) / (2 + 0.5))  # ln 1.6, since two of three texts hold it
    first = apple * 1 * 2.2 / (1 + 1.2 * (0.25 + 0.75 * 2 / 3))  # once in two words
    second = apple * 2 * 2.2 / (2 + 1.2 * (0.25 + 0.75 * 4 / 3))  # twice in four words
    assert Bm25(TEXTS).scores("apple") == pytest.approx([first, second, 0.0])
    assert [first, second] == pytest.approx([0.5442, 0.5909], abs=1e-4)


def test_a_word_counts_for_each_text_that_holds_it_and_once_a_query() -> None:
    bm25 = Bm25(TEXTS)
    both = [one + other for one, other in zip(bm25.scores("pear"), bm25.scores("plum"), strict=True)]
    assert bm25.scores("plum pear") == pytest.approx(both)
    assert bm25.scores("plum plum PLUM") == bm25.scores("plum")


def test_a_rare_word_counts_more_than_a_common_one() -> None:
    texts = ["apple pear", "apple", "plum"]
    bm25 = Bm25(texts)
    assert bm25.scores("pear")[0] > bm25.scores("apple")[0] > 0


@pytest.mark.parametrize("query", ["", "?!", "giraffe"], ids=["nothing", "marks only", "a word nobody said"])
def test_what_nobody_said_scores_nothing(query: str) -> None:
    assert Bm25(TEXTS).scores(query) == [0.0, 0.0, 0.0]


@pytest.mark.parametrize("texts", [[], [""], ["", "?"]], ids=["no text", "an empty one", "marks only"])
def test_texts_without_words_do_no_harm(texts: list[str]) -> None:
    assert Bm25(texts).scores("apple") == [0.0] * len(texts)
