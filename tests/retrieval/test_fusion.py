"""Two searches become one ranking, and a ranking an answer."""

import pytest

from retrieval.evidence import Excerpt, SourceKind, Span
from retrieval.fusion import WORDS_WEIGHT, pick, weigh
from retrieval.index import Hit


def excerpt(number: int, person: str | None, text: str, source: str = "", around: tuple[int, int] = (0, 9)) -> Excerpt:
    return Excerpt(
        id=f"ex_{number}", source_id=source or f"src_{number}", participant_id=person, kind=SourceKind.INTERVIEW,
        turn=0, start=around[0], end=around[0] + 1, text=text, context=Span(start=around[0], end=around[1]),
    )  # fmt: skip


def test_words_add_a_tenth_of_their_share_of_the_best() -> None:
    scores = weigh([Hit("a", 0.6), Hit("b", 0.5)], [Hit("b", 8.0), Hit("a", 2.0)])
    assert scores == pytest.approx({"a": 0.6 + WORDS_WEIGHT / 4, "b": 0.5 + WORDS_WEIGHT})


def test_what_only_words_found_begins_at_the_lowest_cosine() -> None:
    scores = weigh([Hit("a", 0.6), Hit("b", 0.2)], [Hit("c", 3.0)])
    assert scores == pytest.approx({"a": 0.6, "b": 0.2, "c": 0.2 + WORDS_WEIGHT})


def test_a_better_cosine_beats_a_better_rank() -> None:
    scores = weigh([Hit("far", 0.9), Hit("near", 0.3)], [Hit("near", 5.0)])
    assert scores["far"] > scores["near"]


@pytest.mark.parametrize(
    ("meaning", "words", "scores"),
    [([], [], {}), ([], [Hit("a", 0.0)], {"a": 0.0}), ([Hit("a", -0.1)], [], {"a": -0.1})],
    ids=["nothing", "words worth nothing", "meaning alone"],
)
def test_one_search_may_find_nothing(meaning: list[Hit], words: list[Hit], scores: dict[str, float]) -> None:
    assert weigh(meaning, words) == scores


def kept(ranked: list[Excerpt], limit: int = 9, per_person: int | None = 9) -> list[str]:
    return [one.id for one in pick(ranked, limit, per_person)]


def test_no_more_of_one_person_than_wanted() -> None:
    ranked = [excerpt(number, "P01", text) for number, text in enumerate(["cats", "dogs", "birds"])]
    ranked.append(excerpt(3, "P02", "fish"))
    assert kept(ranked, per_person=2) == ["ex_0", "ex_1", "ex_3"]
    assert kept(ranked, per_person=None) == ["ex_0", "ex_1", "ex_2", "ex_3"]


def test_notes_count_as_one_person() -> None:
    ranked = [excerpt(number, None, text) for number, text in enumerate(["cats", "dogs"])]
    assert kept(ranked, per_person=1) == ["ex_0"]


@pytest.mark.parametrize(
    ("other", "shown"),
    [
        ("it costs too much, really", False),
        ("Really, it costs TOO much!", False),
        ("It costs too much, rarely.", False),
        ("It is too slow, really.", True),
    ],
    ids=["case and marks", "another order", "a slip of the ear", "something else"],
)
def test_the_same_words_are_kept_once(other: str, shown: bool) -> None:
    ranked = [excerpt(1, "P01", "It costs too much, really."), excerpt(2, "P02", other)]
    assert ("ex_2" in kept(ranked)) is shown


def test_what_stands_in_the_context_of_a_better_one_is_not_shown_again() -> None:
    ranked = [
        excerpt(1, "P01", "cats", "src", (0, 50)), excerpt(2, "P02", "dogs", "src", (40, 90)),
        excerpt(3, "P01", "birds", "src", (50, 90)), excerpt(4, "P01", "fish", "other", (0, 50)),
    ]  # fmt: skip
    assert kept(ranked) == ["ex_1", "ex_3", "ex_4"]


def test_the_limit_holds() -> None:
    ranked = [excerpt(number, f"P{number}", text) for number, text in enumerate(["cats", "dogs", "birds"])]
    assert kept(ranked, limit=2) == ["ex_0", "ex_1"]
    assert kept(ranked, limit=0) == []
