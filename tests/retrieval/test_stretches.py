"""Stretches cover a source's talk in order, and every excerpt stands in its context."""

from hypothesis import given
from hypothesis import strategies as st
from small_talk import excerpts_of, note, talk

from retrieval.contexts import stretches_of
from retrieval.evidence import Role, Source, SourceKind, Span, Speaker, Turn
from retrieval.stretches import MOST_TURNS, MOST_WORDS, Piece, Stretch, context_of, make_stretches, surrounding

SENTENCE = st.builds(lambda count, end: " ".join(["word"] * count) + end, st.integers(1, 60), st.sampled_from(".?"))
SPEECH = st.lists(SENTENCE, min_size=1, max_size=6).map(" ".join)
TALKS = st.lists(st.tuples(st.sampled_from(["Dana", "P01", "P02"]), SPEECH), min_size=1, max_size=14)


def source_of(said: list[tuple[str, str]]) -> Source:
    text, turns = "", []
    for index, (speaker, speech) in enumerate(said):
        text += f"{speaker}: "
        turns.append(Turn(index=index, speaker=speaker, start=len(text), end=len(text) + len(speech)))
        text += f"{speech}\n\n"
    speakers = [Speaker(label="Dana", role=Role.INTERVIEWER)]
    speakers += [Speaker(label=one, role=Role.PARTICIPANT, participant_id=one) for one in ("P01", "P02")]
    return Source(
        id="src_1",
        name="talk",
        kind=SourceKind.INTERVIEW,
        text=text,
        content_sha256="0",
        turns=turns,
        speakers=speakers,
    )


@given(TALKS)
def test_stretches_cover_the_talk_in_order(said: list[tuple[str, str]]) -> None:
    source = source_of(said)
    stretches = stretches_of(source)
    covered = [piece for stretch in stretches for piece in stretch.pieces]
    assert covered == sorted(covered, key=lambda piece: piece.start)
    words = [word for piece in covered for word in piece.of(source.text).split()]
    assert words == [word for turn in source.turns for word in turn.of(source.text).split()]


@given(TALKS)
def test_stretches_stay_small(said: list[tuple[str, str]]) -> None:
    source = source_of(said)
    for stretch in stretches_of(source):
        assert len({piece.turn for piece in stretch.pieces}) <= MOST_TURNS
        words = sum(len(piece.of(source.text).split()) for piece in stretch.pieces)
        assert words <= MOST_WORDS or len(stretch.pieces) == 1


@given(TALKS)
def test_every_excerpt_lies_in_one_stretch_and_in_its_context(said: list[tuple[str, str]]) -> None:
    source = source_of(said)
    spans = [stretch.span for stretch in stretches_of(source)]
    for excerpt in excerpts_of(source):
        assert sum(span.start <= excerpt.start and excerpt.end <= span.end for span in spans) == 1
        assert excerpt.around.start <= excerpt.start and excerpt.end <= excerpt.around.end
        touched = [turn for turn in source.turns if turn.overlap(excerpt.around)]
        assert len(touched) <= 2 * MOST_TURNS


def three() -> list[Stretch]:
    return [Stretch(pieces=(Piece(start=at, end=at + 10, turn=at),)) for at in (0, 20, 40)]


def test_the_neighbour_is_the_one_on_the_nearer_side() -> None:
    assert surrounding(Span(start=21, end=23), three()) == (0, 1)
    assert surrounding(Span(start=26, end=29), three()) == (1, 2)
    assert context_of(Span(start=26, end=29), three()) == Span(start=20, end=50)


def test_at_the_ends_the_only_neighbour_is_taken() -> None:
    assert surrounding(Span(start=0, end=2), three()) == (0, 1)
    assert surrounding(Span(start=48, end=50), three()) == (1, 2)
    assert surrounding(Span(start=0, end=2), three()[:1]) == (0, 0)


def test_a_stretch_says_who_speaks_on_a_line_a_turn() -> None:
    source = talk("P01", "Slow. Very slow.", question="How is it?")
    [stretch] = stretches_of(source)
    assert stretch.text(source) == "Interviewer: How is it?\nP01: Slow. Very slow."


def test_a_notes_author_goes_unnamed() -> None:
    source = note("call", "She was fine. Price is high.")
    [stretch] = stretches_of(source)
    assert stretch.text(source) == "She was fine. Price is high."


def test_nothing_said_makes_no_stretch() -> None:
    assert make_stretches("", []) == []
