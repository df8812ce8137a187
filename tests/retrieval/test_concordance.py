"""Where words stand: the quick count of shared words against a slow and plain one."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from retrieval.concordance import Concordance

WORDS = st.lists(st.sampled_from("abcde"), max_size=30)
QUOTE = st.lists(st.sampled_from("abcdx"), min_size=1, max_size=9)


def plain_share(quote: list[str], window: list[str]) -> int:
    return sum((Counter(quote) & Counter(window)).values())


@given(QUOTE, WORDS)
def test_shares_are_what_counting_each_window_gives(quote: list[str], words: list[str]) -> None:
    starts = range(max(1, len(words) - len(quote) + 1))
    expected = [plain_share(quote, words[start : start + len(quote)]) for start in starts]
    assert Concordance(words).shares(quote).tolist() == expected


@given(QUOTE, WORDS, st.integers(0, 5))
def test_the_fullest_windows_are_few_apart_and_full_enough(quote: list[str], words: list[str], least: int) -> None:
    concordance = Concordance(words)
    chosen = concordance.fullest(quote, least, most=3)
    shares = concordance.shares(quote)
    assert len(chosen) <= 3
    assert all(shares[start] >= max(least, 1) for start in chosen)
    assert all(abs(one - other) > len(quote) // 2 for one in chosen for other in chosen if one != other)
    assert bool(chosen) is bool(shares.max() >= max(least, 1))
    assert not chosen or shares[chosen[0]] == shares.max()
