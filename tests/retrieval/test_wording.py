"""Folding and wording: what is folded away, and that every offset leads back."""

from hypothesis import given
from hypothesis import strategies as st

from retrieval.folding import fold
from retrieval.wording import Wording


def test_case_quotes_dashes_and_spaces_are_folded() -> None:
    assert fold("“It’s” – A\u00a0B").text == "'it's' - a b"


def test_fillers_and_remarks_leave_no_token() -> None:
    assert Wording("Um, so [laughs] it, uh… works \\[12:21\\] well (pause).").tokens == [
        "so",
        "it",
        "works",
        "well",
        ".",
    ]


def test_words_that_only_begin_like_fillers_stay() -> None:
    assert Wording("Human umbrella ahead, hmm er's ermine").words == ["human", "umbrella", "ahead", "er's", "ermine"]


def test_numbers_keep_their_separators() -> None:
    assert Wording("1,400 of 3.5, 40").words == ["1,400", "of", "3.5", "40"]


@given(st.text(max_size=60))
def test_folded_characters_lead_back_to_the_text_in_order(text: str) -> None:
    folded = fold(text)
    spans = [folded.origin(place, place + 1) for place in range(len(folded.text))]
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert [span.start for span in spans] == sorted(span.start for span in spans)


@given(st.text(alphabet=st.sampled_from("ab1,.-–…' “”\né\u0301İ"), max_size=40))
def test_tokens_lead_back_to_words_that_fold_to_them(text: str) -> None:
    wording = Wording(text)
    for number in range(len(wording.words)):
        span = wording.span_of_words(number, number + 1)
        assert Wording(span.of(text)).words == [wording.words[number]]


@given(
    st.text(max_size=40)
    | st.text(alphabet=st.sampled_from("aé\u0301İß\u1112\u1161\u11abשָׁ\u00ad\u200f\ufb01１Σ ."), max_size=30)
)
def test_folding_twice_changes_nothing(text: str) -> None:
    once = fold(text).text
    assert fold(once).text == once
