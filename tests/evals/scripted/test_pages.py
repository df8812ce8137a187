"""Pages: what a rendered prompt says, read back from its lines; hostile text in a line changes nothing else."""

import pytest
from prompt_samples import HOSTILE, LIBRARY, example_context

from app.engines.llm.asking import repair
from app.engines.llm.contexts import (
    AnswerQuestion,
    ClaimLine,
    CodeInterview,
    CodeLine,
    DraftPersona,
    DraftTheme,
    Gist,
    InterviewLines,
    JudgeClaim,
    Line,
)
from evals.scripted import pages


def user(name: str) -> str:
    return LIBRARY.render(name, example_context(name)).user


def test_spoken_lines_know_who_speaks_what_came_before_and_what_was_asked() -> None:
    lines = pages.spoken_lines(user("code_interview"))
    assert [line.number for line in lines] == [1, 2, 3, 4, 5, 6, 7]
    assert lines[2] == pages.SpokenLine(
        3, "P01", "They never agree, so I count by hand.", "The stock figures come out of two systems.",
        "Did you get here all right? And how does a month end go at yours?",
    )  # fmt: skip
    assert (lines[5].participant, lines[5].previous, lines[5].question) == (
        "P02",
        "",
        "So it is too expensive for you?",
    )


def test_codes_are_those_of_the_prompt() -> None:
    system = LIBRARY.render("code_interview", example_context("code_interview")).system
    assert pages.codes_of(system) == ["pain_point", "stressor", "influence"]


def test_evidence_stands_under_its_code() -> None:
    found = pages.pieces(user("name_themes"))
    assert [piece.number for piece in found] == [1, 2, 3, 4, 5, 6, 7]
    assert found[0] == pages.Piece(1, "P01", "wants everything in writing and no calls", "expectation")
    assert found[5].heading == "pain_point"


def test_a_study_is_its_themes_and_its_people() -> None:
    text = user("propose_segments")
    assert pages.themes_seen(text)[1] == pages.ThemeSeen(2, "Tries it alone and decides the same week", ["P01", "P02"])
    assert pages.people(text)[0] == pages.PersonSeen("P01", "ward manager | hospital", [2, 4])
    assert len(pages.people(text)) == 7


def test_personas_have_people_and_fields_and_themes_have_lines_for_and_against() -> None:
    text = user("draft_persona")
    assert pages.personas(text) == [
        pages.PersonaAsked(1, ["P01", "P02", "P03"], {"motivations": [1], "decision_logic": [2]}),
        pages.PersonaAsked(2, ["P01", "P02"], {"decision_logic": [2]}),
    ]
    assert [(piece.number, piece.heading, piece.against) for piece in pages.pieces(text)] == [
        (1, "1", False), (2, "1", False), (3, "2", False), (4, "2", False), (5, "2", True),
    ]  # fmt: skip
    assert pages.labels(text)[2] == "Tries it alone and decides the same week"


def test_a_line_told_by_number_says_what_its_theme_does() -> None:
    lines = [Gist(number=number, participant=f"P0{number}", text="") for number in (1, 2)]
    other = Gist(number=3, participant="P03", text="rings: 4 P07")
    themes = [
        DraftTheme(number=1, label="Writes: no calls, 2 mails", evidence=lines, against=[other]),
        DraftTheme(number=2, label="Rings", evidence=[other], against=[]),
    ]
    text = LIBRARY.render("draft_persona", DraftPersona(personas=[], themes=themes)).user
    label = "Writes: no calls, 2 mails"
    assert pages.labels(text) == {1: label, 2: "Rings"}
    assert pages.pieces(text) == [
        pages.Piece(1, "P01", label, "1"), pages.Piece(2, "P02", label, "1"),
        pages.Piece(3, "P03", "rings: 4 P07", "1", against=True), pages.Piece(3, "P03", "rings: 4 P07", "2"),
    ]  # fmt: skip


def test_claims_have_counts_and_quotes() -> None:
    first, *_, last = pages.claims(user("judge_claim"))
    assert (first.number, first.k, first.n, first.text) == (1, 2, 4, "They sign orders of up to 5,000 themselves.")
    assert first.quotes == ["Up to five thousand I just sign.", "Below 5,000 nobody asks me anything."]
    assert last.number == 4


def test_a_claim_may_stand_without_counts() -> None:
    claim = ClaimLine(number=1, text="They wait.", k=0, n=0, evidence=["I wait."])
    found = pages.claims(LIBRARY.render("judge_claim", JudgeClaim(claims=[claim])).user)
    assert found == [pages.ClaimSeen(1, None, None, "They wait.", ["I wait."])]


def test_a_brief_has_sections_and_claims() -> None:
    text = user("write_brief")
    assert pages.sections(text)[:2] == ["reader_question", "angle"]
    assert [piece.number for piece in pages.pieces(text)] == [1, 2]


def test_a_question_stands_behind_its_excerpts() -> None:
    text = user("answer_question")
    assert pages.question(text) == "How do they want to be contacted?"
    assert len(pages.pieces(text)) == 4


def test_a_prompt_that_is_sent_back_reads_as_before() -> None:
    text = user("name_themes")
    assert pages.pieces(repair(text, "1 (P09) something else", "no JSON")) == pages.pieces(text)


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_stay_one_line(words: str) -> None:
    lines = [Line(number=1, text=words), Line(number=2, text="I wait.")]
    context = CodeInterview(about="Waiting.", codes=[CodeLine(id="pain_point", definition="A problem.")],
                            interviews=[InterviewLines(participant="P01", lines=lines)])  # fmt: skip
    found = pages.spoken_lines(LIBRARY.render("code_interview", context).user)
    assert [(line.number, line.participant) for line in found] == [(1, "P01"), (2, "P01")]
    asked = AnswerQuestion(question="Why?", evidence=[Gist(number=1, participant="P01", text=words)])
    assert [piece.number for piece in pages.pieces(LIBRARY.render("answer_question", asked).user)] == [1]
