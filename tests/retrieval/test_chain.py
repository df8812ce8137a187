"""The retriever on the real embedder: both searches, balanced, without near-duplicates, within a scope."""

import pytest
from small_talk import excerpts_of, note, talk

from retrieval.chain import EvidenceRetriever
from retrieval.contexts import embed_excerpts
from retrieval.embeddings import MiniLM
from retrieval.evidence import Source
from retrieval.scope import Scope

SAID = {
    "P01": ["The invoice approval takes nineteen days.", "Nobody knows who signs an invoice.",
            "I chase signatures for every invoice by telephone.", "An invoice over ten thousand needs two signatures."],
    "P02": ["Getting a bill paid needs three people to agree.", "We grow beans and peas."],
    "P03": ["the invoice approval takes NINETEEN days"],
}  # fmt: skip
# So long that the talk before it is no longer around what comes after.
ASIDE = "We walked along the river and talked about the weather and the boats. " * 8


def spaced(person: str, answers: list[str]) -> Source:
    """An interview whose answers are far apart, so that none is in the context of another."""
    return talk(person, *(part for answer in answers for part in (answer, ASIDE, ASIDE)))


SOURCES = [*(spaced(person, answers) for person, answers in SAID.items()), note("call", "Invoice lost again, angry.")]


@pytest.fixture(scope="module")
def retriever(embedder: MiniLM) -> EvidenceRetriever:
    return EvidenceRetriever.over(SOURCES, embedder, per_person=2)


def test_finds_by_meaning_what_shares_no_word(retriever: EvidenceRetriever) -> None:
    found = {one.excerpt.text: one for one in retriever.search("how are payments authorised")}
    assert found["Getting a bill paid needs three people to agree."].why == "meaning"
    assert found["Getting a bill paid needs three people to agree."].words == []


def test_says_which_words_are_shared_and_what_they_are_worth(retriever: EvidenceRetriever) -> None:
    found = retriever.search("Who telephones for signatures when an invoice waits?")
    best = next(one for one in found if one.excerpt.text.startswith("I chase"))
    assert (best.why, best.words) == ("meaning and words", ["signatures", "invoice"])
    assert best.score <= 1.1


def test_one_talkative_person_cannot_fill_the_answer(retriever: EvidenceRetriever) -> None:
    speakers = [one.excerpt.participant_id for one in retriever.search("invoice approval signatures")]
    assert speakers.count("P01") == 2
    assert "P02" in speakers
    freely = retriever.model_copy(update={"per_person": None}).search("invoice approval signatures")
    assert [one.excerpt.participant_id for one in freely].count("P01") > 2


def test_the_same_words_are_shown_once(retriever: EvidenceRetriever) -> None:
    texts = [one.excerpt.text.lower().rstrip(".") for one in retriever.search("invoice approval takes nineteen days")]
    assert texts.count("the invoice approval takes nineteen days") == 1


def test_best_comes_first_and_no_more_than_wanted(retriever: EvidenceRetriever) -> None:
    found = retriever.model_copy(update={"limit": 3}).search("invoice")
    assert len(found) == 3
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)


def test_before_and_after_stand_around_the_excerpt_in_its_source(retriever: EvidenceRetriever) -> None:
    texts = {source.id: source.text for source in SOURCES}
    for found in retriever.search("who signs an invoice?"):
        one, text = found.excerpt, texts[found.excerpt.source_id]
        assert text[one.around.start : one.start].strip() == found.before
        assert text[one.end : one.around.end].strip() == found.after
        assert one.text == one.of(text)


def test_ids_the_catalogue_has_forgotten_are_skipped(embedder: MiniLM) -> None:
    ghost = talk("P09", "The invoice approval is a ghost.")
    retriever = EvidenceRetriever.over(SOURCES, embedder)
    left_over = excerpts_of(ghost)
    retriever.index.add(retriever.study_id, left_over, embed_excerpts([(ghost, left_over)], embedder))
    assert retriever.index.count(retriever.study_id) == len(retriever.catalogue.excerpts) + 1
    assert ghost.id not in {one.excerpt.source_id for one in retriever.search("invoice ghost")}


def test_as_a_langchain_retriever_it_returns_documents(retriever: EvidenceRetriever) -> None:
    document = retriever.invoke("who signs an invoice?")[0]
    [source] = [one for one in SOURCES if one.id == document.metadata["source_id"]]
    assert document.page_content == source.text[document.metadata["start"] : document.metadata["end"]]
    assert {"id", "participant_id", "kind", "turn", "question", "context", "time"} <= document.metadata.keys()
    assert {"score", "why", "words", "before", "after"} <= document.metadata.keys()


def test_a_scope_limits_both_searches(retriever: EvidenceRetriever) -> None:
    def speakers(scope: Scope) -> set[str | None]:
        within = retriever.model_copy(update={"scope": scope})
        return {one.excerpt.participant_id for one in within.search("invoice approval")}

    assert speakers(Scope(people=frozenset({"P02"}))) == {"P02"}
    assert speakers(Scope(kinds=frozenset({SOURCES[-1].kind}))) == {None}
    assert speakers(Scope(people=frozenset())) == set()


def test_nothing_to_search_gives_nothing(embedder: MiniLM) -> None:
    assert EvidenceRetriever.over([], embedder).search("anything") == []
