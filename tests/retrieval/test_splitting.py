"""Sentences and excerpts: every piece a span of its turn. All examples are invented."""

from hypothesis import given
from hypothesis import strategies as st

from retrieval.evidence import Source, SourceKind, Span
from retrieval.readers import read_bytes
from retrieval.splitting import MOST_WORDS, closing_words, make_excerpts, sentence_spans, split_sentences

TALK = (
    "Interviewer: Hello. What do you pay Dr. Smith for?\n\n"
    "P01: Advice, mostly. It costs 3.5 a day. We take it or not…  Fine?\n\nA second paragraph. Then a last one 😀.\n\n"
    "Interviewer: And then?\n\n"
    "P01: Nothing."
)


def source_of(text: str = TALK, kind: SourceKind = SourceKind.INTERVIEW) -> Source:
    return read_bytes(text.encode(), "P01.txt", kind=kind)


def pieces(text: str) -> list[str]:
    return [span.of(text) for span in sentence_spans(text, Span(start=0, end=len(text)))]


def test_sentences_are_numbered_through_the_source_and_stay_in_their_turn() -> None:
    source = source_of()
    sentences = split_sentences(source)
    assert [sentence.of(source.text) for sentence in sentences] == [
        "Hello.", "What do you pay Dr. Smith for?", "Advice, mostly.", "It costs 3.5 a day.", "We take it or not…",
        "Fine?", "A second paragraph.", "Then a last one 😀.", "And then?", "Nothing.",
    ]  # fmt: skip
    assert [sentence.id for sentence in sentences] == [f"s{number}" for number in range(1, 11)]
    assert [sentence.turn for sentence in sentences] == [0, 0, 1, 1, 1, 1, 1, 1, 2, 3]


def test_lines_end_sentences() -> None:
    assert pieces("we did this\nand that\n\n  and more  ") == ["we did this", "and that", "and more"]


def test_a_number_of_a_list_goes_with_its_sentence() -> None:
    assert pieces("1. First we look. 2. Then we buy.") == ["1. First we look.", "2. Then we buy."]


def test_a_time_inside_the_speech_begins_no_sentence() -> None:
    assert pieces("\\[12:21\\] I mean it.\n[01:02:03] Yes.") == ["I mean it.", "Yes."]


@given(st.text(alphabet=st.sampled_from("ab .!?…\"'“”()\n\t1é😀ßİ\u0301"), max_size=80))
def test_sentences_cover_all_words_in_order(text: str) -> None:
    spans = list(sentence_spans(text, Span(start=0, end=len(text))))
    covered = {offset for span in spans for offset in range(span.start, span.end)}
    assert all(text[offset].isspace() for offset in range(len(text)) if offset not in covered)
    assert sum(span.end - span.start for span in spans) == len(covered)
    assert [span.start for span in spans] == sorted(span.start for span in spans)
    assert all(span.of(text) == span.of(text).strip() and "\n" not in span.of(text) for span in spans)


def test_excerpts_are_windows_of_the_participants_sentences_with_the_question_before() -> None:
    source = source_of()
    excerpts = make_excerpts(source, split_sentences(source))
    assert [(excerpt.turn, excerpt.participant_id, excerpt.question) for excerpt in excerpts] == [
        (1, "P01", "Hello. What do you pay Dr. Smith for?"), (1, "P01", "Hello. What do you pay Dr. Smith for?"),
        (3, "P01", "And then?"),
    ]  # fmt: skip
    assert excerpts[0].text == "Advice, mostly. It costs 3.5 a day. We take it or not…"
    assert excerpts[1].text == "Fine?\n\nA second paragraph. Then a last one 😀."
    assert all(excerpt.text == excerpt.of(source.text) for excerpt in excerpts)


def test_a_last_sentence_joins_the_window_before_it() -> None:
    source = source_of("Dana: Why?\nP01: One. Two. Three. Four.\nDana: And?\nP01: One. Two. Three. Four. Five.")
    texts = [excerpt.text for excerpt in make_excerpts(source, split_sentences(source))]
    assert texts == ["One. Two. Three. Four.", "One. Two. Three.", "Four. Five."]


def test_windows_stay_under_the_limit_and_a_long_sentence_stands_alone() -> None:
    long = "word " * (MOST_WORDS + 10) + "end."
    source = source_of(f"Dana: Why?\nP01: Short one. {long} Short two. Short three.\nDana: And?\nP01: No.")
    texts = [excerpt.text for excerpt in make_excerpts(source, split_sentences(source))]
    assert texts == ["Short one.", long, "Short two. Short three.", "No."]


def test_excerpt_ids_depend_on_content_alone() -> None:
    first, again = (make_excerpts(source, split_sentences(source)) for source in (source_of(), source_of()))
    assert [excerpt.id for excerpt in first] == [excerpt.id for excerpt in again]
    assert len({excerpt.id for excerpt in first}) == len(first)


def test_a_notes_excerpts_belong_to_no_participant() -> None:
    source = source_of("Called P01. She was fine. Price is high.", SourceKind.NOTE)
    excerpts = make_excerpts(source, split_sentences(source))
    assert [(excerpt.participant_id, excerpt.question) for excerpt in excerpts] == [(None, "")]


def test_a_long_question_is_cut_to_its_last_sentences() -> None:
    assert closing_words("Some story first. " * 30 + "What then?", 30) == "Some story first. What then?"
    assert closing_words("word " * 30 + "what then?", 20) == "… word what then?"
    assert closing_words("Short?\nYes?") == "Short? Yes?"
