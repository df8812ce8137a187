"""Asking: quotes that bear on the question, cut from their sources."""

from dataclasses import replace
from pathlib import Path

import pytest
from small_model import Script, client_on

from app.asking import Answer, ask, write
from app.engines.llm.answers import AnsweredQuestion, AnswerSentence, JudgedClaims, VerdictAnswer
from app.engines.llm.engine import LLMEngine
from app.engines.local import LocalEngine
from app.errors import InsufficientEvidence, NotFound
from app.intake.ingest import ingest
from app.models.evidence import Evidence
from app.models.theme import Theme
from app.workbench import Workbench
from prompts.library import PromptLibrary
from retrieval.errors import IndexUnavailable
from retrieval.evidence import Quote
from retrieval.scope import Scope

WHO_OPENS = "where is the data stored and who can open it?"


@pytest.fixture
def asked(bench: Workbench, study: str, flowline: Path) -> str:
    names = ("transcripts/P01.txt", "transcripts/P02.vtt", "transcripts/P12.txt", "notes")
    report = ingest(bench, study, [flowline / name for name in names], participants=flowline / "participants.csv")
    assert not report.refused
    return study


def test_answers_are_verbatim_and_balanced(bench: Workbench, asked: str) -> None:
    answers = ask(bench, asked, WHO_OPENS)
    with bench.store.transaction() as tx:
        sources = {one.id: one for one in tx.sources.all(asked)}
    for answer in answers:
        assert sources[answer.source_id].text[answer.start : answer.end] == answer.text
    speakers = [answer.participant_id for answer in answers if answer.participant_id]
    assert max(speakers.count(one) for one in speakers) <= 3
    assert {"P02", "P12"} <= set(speakers)


def test_an_answer_that_is_understood_by_the_talk_around_it_is_given(bench: Workbench, asked: str) -> None:
    answers = ask(bench, asked, WHO_OPENS)
    short = next(answer for answer in answers if "nobody from outside holding a key" in answer.text)
    assert short.before.endswith("Moderator: Is it a no?\n\nRespondent:")


def test_one_participant_only(bench: Workbench, asked: str) -> None:
    scope = Scope(people=frozenset({"P12"}))
    answers = ask(bench, asked, "who can open the building where the data is?", scope=scope)
    assert {one.participant_id for one in answers} == {"P12"}


@pytest.mark.parametrize("name", ["Tyler", "Frau Oelze", "skillingsboller?"])
def test_who_types_a_name_finds_it(bench: Workbench, asked: str, name: str) -> None:
    assert any(name.split()[-1].lower().rstrip("?") in answer.text.lower() for answer in ask(bench, asked, name))


@pytest.mark.parametrize(
    "question",
    [
        "quantum chromodynamics of gluons",
        "how tall is mount everest",
        "who won the war of roses",
        "asdf qwerz uiop",
        "🤖",
        "?!",
        "",
    ],
)
def test_nothing_said_is_said_so(bench: Workbench, asked: str, question: str) -> None:
    with pytest.raises(InsufficientEvidence, match="Try other words, or put the question to the next participant"):
        ask(bench, asked, question)


def test_nothing_within_the_filters_is_said_so(bench: Workbench, asked: str) -> None:
    with pytest.raises(InsufficientEvidence, match="fewer filters"):
        ask(bench, asked, "where is the data stored?", scope=Scope(people=frozenset()))


def test_unknown_study(bench: Workbench) -> None:
    with pytest.raises(NotFound):
        ask(bench, "nope", "anything")


def test_a_study_that_is_not_in_the_index_says_what_to_do(bench: Workbench, asked: str) -> None:
    bench.index.drop(asked)
    with pytest.raises(IndexUnavailable, match="dramatis reindex"):
        ask(bench, asked, "who can open the data?")


def coded(bench: Workbench, study: str, answer: Answer, *words: str) -> list[Evidence]:
    """Evidence on these words of the answer, kept as an engine's."""
    with bench.store.transaction() as tx:
        source = tx.sources.get(study, answer.source_id)
        assert source is not None and answer.participant_id is not None
        starts = [source.text.index(one, answer.start) for one in words]
        quotes = [
            Quote.cut(source, start, start + len(one), answer.participant_id)
            for start, one in zip(starts, words, strict=True)
        ]
        found = [Evidence.of(one, {"pain_point": 0.9}, ["pain_point"], "local", "") for one in quotes]
        tx.evidence.replace(study, source.id, found)
    return found


def theme(id: str, *evidence: Evidence) -> Theme:
    return Theme(id=id, code="pain_point", label=f"Label {id}", evidence_ids=[one.id for one in evidence],
                 participants=["P12"], n=3)  # fmt: skip


def test_a_quote_stands_under_the_theme_that_most_of_its_evidence_belongs_to(bench: Workbench, asked: str) -> None:
    first = next(one for one in ask(bench, asked, WHO_OPENS) if one.participant_id and len(one.text.split()) > 6)
    head, *_, mid, tail = first.text.split()
    pieces = coded(bench, asked, first, head, mid, tail)
    with bench.store.transaction() as tx:
        tx.results.save_themes(asked, [theme("few", pieces[0]), theme("most", *pieces[1:])])
    labels = {one.excerpt_id: one.theme for one in ask(bench, asked, WHO_OPENS)}
    assert labels.pop(first.excerpt_id) == "Label most"
    assert set(labels.values()) <= {"", "Label most"}, "only what holds some of its evidence"


def test_before_there_are_themes_a_quote_stands_under_none(bench: Workbench, asked: str) -> None:
    first = next(one for one in ask(bench, asked, WHO_OPENS) if one.participant_id)
    coded(bench, asked, first, first.text.split()[0])
    assert {one.theme for one in ask(bench, asked, WHO_OPENS)} == {""}


def test_the_local_engine_writes_nothing_and_quotes_stand_as_found(bench: Workbench, asked: str) -> None:
    answers = ask(bench, asked, WHO_OPENS)
    assert write(bench, WHO_OPENS, answers) == ([], answers)


def test_a_quote_knows_the_sentences_that_rest_on_it(bench: Workbench, asked: str) -> None:
    answers = ask(bench, asked, WHO_OPENS)
    told = [("They ask where data lies.", [1, 2]), ("They ask who opens it.", [2]), ("They fly.", [99])]
    script = Script(
        AnsweredQuestion(sentences=[AnswerSentence(text=one, evidence=own) for one, own in told], enough=True),
        JudgedClaims(verdicts=[VerdictAnswer(claim=row, verdict="supported", repaired="") for row in (1, 2)]),
    )
    assert isinstance(bench.engine, LocalEngine)
    engine = LLMEngine(client_on(script), PromptLibrary(), bench.engine)
    sentences, quotes = write(replace(bench, engine=engine), WHO_OPENS, answers)
    assert [one.text for one in sentences] == ["They ask where data lies.", "They ask who opens it."]
    assert [one.cited_by for one in quotes[:2]] == [[sentences[0].text], [one.text for one in sentences]]
    assert all(one.cited_by == [] for one in quotes[2:])
    assert [one.model_copy(update={"cited_by": []}) for one in quotes] == answers
    assert all(one.text.splitlines()[0] in script.asked[0] for one in answers), "it reads what is shown"
