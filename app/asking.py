"""Asking: a question in plain words, answered with what participants said. Nothing is generated."""

from app.errors import InsufficientEvidence, NotFound
from app.models.base import Model
from app.workbench import Workbench
from retrieval.chain import EvidenceRetriever
from retrieval.evidence import Excerpt, Source, SourceKind
from retrieval.index import Hit

# Cosine under which an excerpt has nothing to do with the question: where it shares words with it, and where not.
OFF_SUBJECT, OFF_SUBJECT_BY_MEANING = 0.2, 0.3
# "No." is near every question and answers none.
FEWEST_WORDS = 4


class Answer(Model):
    """An excerpt that bears on the question. `text` is verbatim; `participant_id` is None for notes."""

    excerpt_id: str
    source_id: str
    source_name: str
    participant_id: str | None
    kind: SourceKind
    start: int
    end: int
    text: str
    question: str
    time: float | None
    score: float
    why: str


def ask(
    bench: Workbench, study_id: str, question: str, *, limit: int = 8, people: list[str] | None = None
) -> list[Answer]:
    """Excerpts that bear on the question, best first, at most three of one participant.

    Raises NotFound for an unknown study, InsufficientEvidence where nothing bears on it.
    """
    bench.study(study_id)
    _check_people(bench, study_id, people or [])
    retriever = build_retriever(bench, study_id, limit=limit, people=people)
    found = [row for row in retriever.search(question) if _bears(bench, question, *row)]
    if not found:
        remedy = "Try other words, or put the question to the next participant."
        raise InsufficientEvidence(f"“{question}”", 0, 1, remedy)
    with bench.store.transaction() as tx:
        sources = {one.id: one for one in tx.sources.all(study_id)}
    return [_answer(excerpt, score, why, sources[excerpt.source_id]) for excerpt, score, why in found]


def _check_people(bench: Workbench, study_id: str, people: list[str]) -> None:
    with bench.store.transaction() as tx:
        known = [person.id for person in tx.participants.all(study_id)]
    for person in people:
        if person not in known:
            raise NotFound("participant", person, f"Participants are {', '.join(known)}")


def build_retriever(
    bench: Workbench, study_id: str, *, limit: int, people: list[str] | None = None
) -> EvidenceRetriever:
    """The study's retriever over this bench's index and full text."""

    def words(study_id: str, query: str, limit: int, people: list[str] | None = None) -> list[Hit]:
        with bench.store.transaction() as tx:
            return tx.excerpts.search(study_id, query, limit, people)

    def fetch(ids: list[str]) -> dict[str, Excerpt]:
        with bench.store.transaction() as tx:
            return tx.excerpts.get(study_id, ids)

    return EvidenceRetriever(
        study_id=study_id,
        index=bench.index,
        words=words,
        fetch=fetch,
        embedder=bench.embedder,
        limit=limit,
        people=people,
    )


def _bears(bench: Workbench, question: str, excerpt: Excerpt, _score: float, why: str) -> bool:
    if len(excerpt.text.split()) < FEWEST_WORDS:
        return False
    vectors = bench.embedder.encode([question, excerpt.text])
    return float(vectors[0] @ vectors[1]) >= (OFF_SUBJECT if "words" in why else OFF_SUBJECT_BY_MEANING)


def _answer(excerpt: Excerpt, score: float, why: str, source: Source) -> Answer:
    return Answer(
        excerpt_id=excerpt.id,
        source_id=source.id,
        source_name=source.name,
        participant_id=excerpt.participant_id,
        kind=excerpt.kind,
        start=excerpt.start,
        end=excerpt.end,
        text=source.text[excerpt.start : excerpt.end],
        question=excerpt.question,
        time=source.turns[excerpt.turn].time_start,
        score=round(score, 4),
        why=why,
    )
