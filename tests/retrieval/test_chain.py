"""The retriever on the real embedder: fused, balanced, without near-duplicates."""

from collections.abc import Sequence

import pytest

from retrieval.chain import EvidenceRetriever, fuse
from retrieval.embeddings import MiniLM
from retrieval.evidence import Excerpt, SourceKind, stable_id
from retrieval.index import Hit, MemoryIndex

SAID = [
    ("P01", "The invoice approval takes nineteen days."),
    ("P01", "Nobody knows who signs an invoice."),
    ("P01", "I chase signatures for every invoice by telephone."),
    ("P01", "An invoice over ten thousand needs two signatures."),
    ("P02", "Getting a bill paid needs three people to agree."),
    ("P02", "We grow beans and peas."),
    ("P03", "the invoice approval takes NINETEEN days"),
]


def make(person: str, text: str) -> Excerpt:
    return Excerpt(
        id=stable_id("ex", person, text), source_id=f"src_{person}", participant_id=person, kind=SourceKind.INTERVIEW,
        turn=0, start=0, end=len(text), text=text,
    )  # fmt: skip


EXCERPTS = {one.id: one for one in (make(*row) for row in SAID)}


def words(study_id: str, query: str, limit: int, people: Sequence[str] | None = None) -> list[Hit]:
    """A word search good enough for seven sentences: how many words are shared."""
    asked = set(query.lower().split())
    scored = [Hit(one.id, len(asked & set(one.text.lower().rstrip(".").split()))) for one in EXCERPTS.values()]
    allowed = [hit for hit in scored if hit.score and (people is None or EXCERPTS[hit.id].participant_id in people)]
    return sorted(allowed, key=lambda hit: (-hit.score, hit.id))[:limit]


@pytest.fixture
def retriever(embedder: MiniLM) -> EvidenceRetriever:
    index = MemoryIndex()
    rows = list(EXCERPTS.values())
    index.add("s", rows, embedder.encode([one.text for one in rows]))

    def fetch(ids: Sequence[str]) -> dict[str, Excerpt]:
        return {one: EXCERPTS[one] for one in ids if one in EXCERPTS}

    return EvidenceRetriever(study_id="s", index=index, words=words, fetch=fetch, embedder=embedder, per_person=2)


def test_finds_by_meaning_what_shares_no_word(retriever: EvidenceRetriever) -> None:
    found = {excerpt.text: why for excerpt, _, why in retriever.search("how are payments authorised")}
    assert found["Getting a bill paid needs three people to agree."] == "meaning"


def test_one_talkative_person_cannot_fill_the_answer(retriever: EvidenceRetriever) -> None:
    speakers = [excerpt.participant_id for excerpt, _, _ in retriever.search("invoice approval signatures")]
    assert speakers.count("P01") == 2
    assert "P02" in speakers


def test_the_same_words_are_shown_once(retriever: EvidenceRetriever) -> None:
    texts = [
        excerpt.text.lower().rstrip(".") for excerpt, _, _ in retriever.search("invoice approval takes nineteen days")
    ]
    assert texts.count("the invoice approval takes nineteen days") == 1


def test_ids_the_store_has_forgotten_are_skipped(retriever: EvidenceRetriever, embedder: MiniLM) -> None:
    ghost = make("P09", "The invoice approval is a ghost.")
    retriever.index.add("s", [ghost], embedder.encode([ghost.text]))
    assert ghost.id not in {excerpt.id for excerpt, _, _ in retriever.search("invoice ghost")}


def test_as_a_langchain_retriever_it_returns_documents(retriever: EvidenceRetriever) -> None:
    first = retriever.invoke("invoice approval")[0]
    assert first.page_content == EXCERPTS[first.metadata["id"]].text
    assert {"source_id", "participant_id", "start", "end", "score", "why"} <= first.metadata.keys()


def test_people_limit_the_search(retriever: EvidenceRetriever) -> None:
    only = retriever.model_copy(update={"people": ["P02"]})
    assert {excerpt.participant_id for excerpt, _, _ in only.search("invoice approval")} == {"P02"}


def test_fusion_adds_reciprocal_ranks() -> None:
    scores = fuse([Hit("a", 9.0), Hit("b", 1.0)], [Hit("b", 0.3)])
    assert scores["a"] == pytest.approx(1 / 61)
    assert scores["b"] == pytest.approx(1 / 62 + 1 / 61)
