"""EvidenceRetriever: a question in, excerpts out, as a LangChain retriever.

dense neighbours (index) and shared words (full text) → fused by reciprocal rank → near-duplicates
removed → balanced, so that one talkative person cannot fill the answer.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np
from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from rapidfuzz import fuzz
from rapidfuzz.utils import default_process

from retrieval.embedder import Embedder
from retrieval.evidence import Excerpt
from retrieval.index import EvidenceIndex, Hit, WordSearch

# Cormack, Clarke & Büttcher (SIGIR 2009): 1 / (60 + rank), the constant they found robust.
RRF_CONSTANT = 60
# Two excerpts whose words agree this far (0-100, in any order) say the same thing.
SAME_WORDS = 90.0
# How many candidates each search hands to the fusion, per excerpt wanted.
CANDIDATES = 5

Fetch = Callable[[Sequence[str]], dict[str, Excerpt]]


class EvidenceRetriever(BaseRetriever):
    """Searches one study. `people` limits it to some participants, `per_person` caps what each may fill.

    Documents carry the excerpt's text; their metadata its id, source_id, participant_id, start, end,
    question, score (fused) and why (`meaning`, `words` or both).
    """

    study_id: str
    index: Any  # EvidenceIndex: pydantic cannot check a protocol that is not runtime-checkable
    words: Any  # WordSearch
    fetch: Any  # Fetch
    embedder: Any  # Embedder
    limit: int = 10
    per_person: int = 3
    people: list[str] | None = None

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        return [_document(excerpt, score, why) for excerpt, score, why in self.search(query)]

    def search(self, query: str) -> list[tuple[Excerpt, float, str]]:
        """(excerpt, fused score, why it matched), best first."""
        dense, lexical = self._dense(query), self._lexical(query)
        scores = fuse(dense, lexical)
        ranked = sorted(scores, key=lambda one: (-scores[one], one))
        found = self.fetch(ranked)
        # Ids the store no longer knows are left over from a removed source: skip them.
        kept = self._balanced(found[one] for one in ranked if one in found)
        by_meaning, by_words = {hit.id for hit in dense}, {hit.id for hit in lexical}
        return [(one, scores[one.id], _why(one.id in by_meaning, one.id in by_words)) for one in kept]

    def _dense(self, query: str) -> list[Hit]:
        embedder: Embedder = self.embedder
        index: EvidenceIndex = self.index
        vector = np.asarray(embedder.encode([query])[0])
        return index.search(self.study_id, vector, self.limit * CANDIDATES, self.people)

    def _lexical(self, query: str) -> list[Hit]:
        words: WordSearch = self.words
        return words(self.study_id, query, self.limit * CANDIDATES, self.people)

    def _balanced(self, ranked: Iterable[Excerpt]) -> list[Excerpt]:
        kept: list[Excerpt] = []
        spoken: Counter[str | None] = Counter()
        for excerpt in ranked:
            if len(kept) == self.limit:
                break
            if spoken[excerpt.participant_id] == self.per_person or _said_before(excerpt, kept):
                continue
            spoken[excerpt.participant_id] += 1
            kept.append(excerpt)
        return kept


def fuse(*rankings: Sequence[Hit]) -> dict[str, float]:
    """Reciprocal rank fusion: id → sum of 1 / (60 + rank) over the rankings it stands in."""
    scores: dict[str, float] = {}
    for ranking in rankings:
        for rank, hit in enumerate(ranking, start=1):
            scores[hit.id] = scores.get(hit.id, 0.0) + 1.0 / (RRF_CONSTANT + rank)
    return scores


def _said_before(excerpt: Excerpt, kept: Sequence[Excerpt]) -> bool:
    return any(_alike(excerpt.text, other.text) >= SAME_WORDS for other in kept)


def _alike(one: str, other: str) -> float:
    """0 to 100; case and punctuation do not count."""
    return fuzz.token_sort_ratio(one, other, processor=default_process)


def _why(meaning: bool, words: bool) -> str:
    return "meaning and words" if meaning and words else "meaning" if meaning else "words"


def _document(excerpt: Excerpt, score: float, why: str) -> Document:
    metadata = {**excerpt.model_dump(exclude={"text"}), "score": score, "why": why}
    return Document(page_content=excerpt.text, metadata=metadata)
