"""code_interview: the codebook it is told, the distinctions that go with it, and an example that obeys it."""

from prompt_samples import LIBRARY, cited, example_context, tokens

from app.engines.llm.answers import CodedInterviews
from app.engines.llm.contexts import CodeInterview, CodeLine, InterviewLines, Line
from app.models.codebook import load_codebook

NAME = "code_interview"
CODES = [CodeLine(id=code.id, definition=code.definition) for code in load_codebook().codes]
CONTEXT = example_context(NAME)
ANSWER = CodedInterviews.model_validate(LIBRARY.file(NAME).examples[0]["answer"])


def system(codes: list[CodeLine]) -> str:
    return LIBRARY.render(NAME, CodeInterview(about="Tools", codes=codes, interviews=[])).system


def distinctions(codes: list[CodeLine]) -> list[str]:
    """The lines about codes that are easily mixed up."""
    return [line for line in system(codes).split("\nCODES\n")[1].splitlines() if line.startswith("- ")]


def test_without_the_codebook_it_is_short() -> None:
    codebook = sum(len(f"{code.id}: {code.definition}\n") for code in CODES)
    assert tokens(system(CODES)) - codebook / 4 <= 770


def test_each_code_of_the_codebook_has_one_line() -> None:
    lines = system(CODES).splitlines()
    assert [line for line in lines if line in {f"{code.id}: {code.definition}" for code in CODES}] == [
        f"{code.id}: {code.definition}" for code in CODES
    ]


def test_the_codebook_fits_in_four_hundred_tokens() -> None:
    assert tokens("\n".join(f"{code.id}: {code.definition}" for code in CODES)) <= 400


def test_all_distinctions_are_between_codes_of_the_codebook() -> None:
    """A code that is renamed in the codebook would silently lose its line."""
    assert len(distinctions(CODES)) == LIBRARY.file(NAME).body.count('(["')


def test_a_distinction_is_not_made_between_codes_that_are_not_there() -> None:
    assert distinctions([CodeLine(id="joy", definition="What delights.")]) == []
    pair = [code for code in CODES if code.id in {"pain_point", "stressor"}]
    assert len(distinctions(pair)) == 1


def test_other_voices_have_no_number() -> None:
    lines = [Line(number=None, text="12 Why?"), Line(number=1, text="Because.")]
    interviews = [InterviewLines(participant="P01", lines=lines)]
    user = LIBRARY.render(NAME, CodeInterview(about="Tools", codes=CODES, interviews=interviews)).user
    assert user.splitlines()[2:-1] == ["# P01", "? 12 Why?", "1 Because."]


def test_the_example_points_at_sentences_of_one_participant_each() -> None:
    assert isinstance(CONTEXT, CodeInterview)
    owner = {line.number: one.participant for one in CONTEXT.interviews for line in one.lines if line.number}
    for point in ANSWER.points:
        assert 1 <= len(point.sentences) <= 4
        assert point.sentences == list(range(point.sentences[0], point.sentences[-1] + 1))
        assert len({owner[number] for number in point.sentences}) == 1


def test_the_example_codes_no_sentence_twice_and_no_instruction() -> None:
    pointed = [number for point in ANSWER.points for number in point.sentences]
    assert len(pointed) == len(set(pointed))
    assert not set(pointed) & set(ANSWER.instructions)
    assert cited(LIBRARY.file(NAME).examples[0]["answer"], "instructions") == {5}


def test_the_example_keeps_to_codes_and_length() -> None:
    assert isinstance(CONTEXT, CodeInterview)
    for point in ANSWER.points:
        assert 1 <= len(point.codes) <= 2 and set(point.codes) <= {code.id for code in CONTEXT.codes}
        assert 0 < len(point.gist.split()) <= 10
