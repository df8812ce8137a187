"""EvidenceRetriever: a question in, excerpts out, as a LangChain retriever.

the question and its main clause → nearest excerpts (index) and shared words (catalogue), both within the scope
→ weighed together → each context once, near-duplicates removed, balanced, so that one talkative person cannot
fill the answer → with what was said before and after.
"""

from collections.abc import Collection, Iterable, Sequence
from typing import Any, NamedTuple, Self

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever

from retrieval.catalogue import Catalogue, MemoryCatalogue
from retrieval.contexts import embed_excerpts, unit
from retrieval.embedder import Encoder, Vectors
from retrieval.evidence import Excerpt, Source
from retrieval.fusion import pick, weigh
from retrieval.index import EvidenceIndex, Hit, MemoryIndex
from retrieval.question import main_clause, telling_words, words_of
from retrieval.scope import Scope
from retrieval.splitting import make_excerpts, split_sentences

# How many candidates each search hands over.
POOL = 100
# What a study is called that is held in memory alone.
STUDY = "study"


class Found(NamedTuple):
    """An excerpt, how well it matches (cosine, and up to 0.1 for shared words), and why.

    `why` is `meaning`, `words` or `meaning and words`; `words` are those of the question that stand in the excerpt;
    `before` and `after` are the talk around it.
    """

    excerpt: Excerpt
    score: float
    why: str
    words: list[str]
    before: str
    after: str


class EvidenceRetriever(BaseRetriever):
    """Searches one study within `scope`: at most `limit` excerpts, `per_person` of one participant (None: any number).

    Documents carry the excerpt's text; their metadata its id, source_id, participant_id, kind, turn, start, end,
    question, context, time, and score, why, words, before, after as in `Found`.
    """

    study_id: str
    index: Any  # EvidenceIndex: pydantic cannot check a protocol that is not runtime-checkable
    catalogue: Any  # Catalogue
    embedder: Any  # Encoder
    limit: int = 10
    per_person: int | None = 3
    scope: Scope = Scope()

    @classmethod
    def over(cls, sources: Iterable[Source], embedder: Encoder, **settings: Any) -> Self:
        """A retriever over `sources` held in memory; `settings` are its other fields."""
        batch = [(source, make_excerpts(source, split_sentences(source))) for source in sources]
        excerpts = [one for _, some in batch for one in some]
        index = MemoryIndex()
        index.add(STUDY, excerpts, embed_excerpts(batch, embedder))
        catalogue = MemoryCatalogue([source for source, _ in batch], excerpts)
        return cls(study_id=STUDY, index=index, embedder=embedder, **{"catalogue": catalogue} | settings)

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        return [_document(found) for found in self.search(query)]

    def search(self, question: str) -> list[Found]:
        """What bears on the question, best first."""
        catalogue: Catalogue = self.catalogue
        within = None if self.scope.is_open else catalogue.within(self.scope)
        meaning = self._by_meaning(question, within)
        # Ids the store no longer knows are left over from a removed source: they are not among what it gives.
        excerpts = catalogue.get([hit.id for hit in meaning])
        telling = telling_words(question, {one.participant_id or "" for one in excerpts.values()})
        words = catalogue.search(" ".join(telling), self._pool, within)
        excerpts |= catalogue.get([hit.id for hit in words if hit.id not in excerpts])
        scores = weigh(meaning, words)
        ranked = sorted(excerpts.values(), key=lambda one: (-scores[one.id], one.id))
        kept = pick(ranked, self.limit, self.per_person)
        by_meaning, by_words = {hit.id for hit in meaning}, {hit.id for hit in words}
        return [
            Found(one, scores[one.id], _why(one.id in by_meaning, one.id in by_words), _shared(telling, one), *around)
            for one, around in zip(kept, catalogue.surroundings(kept), strict=True)
        ]

    @property
    def _pool(self) -> int:
        return max(POOL, self.limit)

    def _by_meaning(self, question: str, within: Collection[str] | None) -> list[Hit]:
        index: EvidenceIndex = self.index
        return index.search(self.study_id, self._vector(question), self._pool, within=within)

    def _vector(self, question: str) -> Vectors:
        """The question and its main clause in equal parts: what is asked counts more than where to look for it."""
        embedder: Encoder = self.embedder
        return unit(embedder.encode([question, main_clause(question)]).sum(axis=0))


def _why(meaning: bool, words: bool) -> str:
    return "meaning and words" if meaning and words else "meaning" if meaning else "words"


def _shared(telling: Sequence[str], excerpt: Excerpt) -> list[str]:
    said = set(words_of(excerpt.text))
    return [word for word in dict.fromkeys(telling) if word in said]


def _document(found: Found) -> Document:
    reasons = {name: value for name, value in found._asdict().items() if name != "excerpt"}
    return Document(page_content=found.excerpt.text, metadata={**found.excerpt.model_dump(exclude={"text"}), **reasons})
