"""Asking: a question in plain words, answered with what participants said. Nothing is generated."""

from app.errors import InsufficientEvidence
from app.models.base import Model
from app.searching import EVERYTHING, build_retriever
from app.workbench import Workbench
from retrieval.chain import Found
from retrieval.evidence import Source, SourceKind
from retrieval.scope import Scope

# Cosine under which an excerpt has nothing to do with the question: where it shares words with it, and where not.
OFF_SUBJECT, OFF_SUBJECT_BY_MEANING = 0.2, 0.3
# "No." is near every question and answers none.
FEWEST_WORDS = 4


class Answer(Model):
    """An excerpt that bears on the question. `text` is verbatim; `participant_id` is None for notes.

    `words` are those it shares with the question; `before` and `after` are what was said around it, by anybody.
    """

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
    words: list[str]
    before: str
    after: str


def ask(
    bench: Workbench, study_id: str, question: str, *, limit: int = 8, scope: Scope = EVERYTHING
) -> list[Answer]:
    """Excerpts in scope that bear on the question, best first, at most three of one participant.

    Raises NotFound for an unknown study, InsufficientEvidence where nothing bears on it.
    """
    bench.study(study_id)
    retriever = build_retriever(bench, study_id, limit=limit, scope=scope)
    found = [one for one in retriever.search(question) if _bears(bench, question, one)]
    if not found:
        remedy = "Try other words, or put the question to the next participant."
        raise InsufficientEvidence(f"“{question}”", 0, 1, remedy)
    with bench.store.transaction() as tx:
        # Only those that are shown: a study may hold thousands.
        ids = {one.excerpt.source_id for one in found}
        sources = {one: source for one in ids if (source := tx.sources.get(study_id, one))}
    return [_answer(one, sources[one.excerpt.source_id]) for one in found]


def _bears(bench: Workbench, question: str, found: Found) -> bool:
    if len(found.excerpt.text.split()) < FEWEST_WORDS:
        return False
    vectors = bench.embedder.encode([question, found.excerpt.text])
    return float(vectors[0] @ vectors[1]) >= (OFF_SUBJECT if found.words else OFF_SUBJECT_BY_MEANING)


def _answer(found: Found, source: Source) -> Answer:
    excerpt = found.excerpt
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
        time=excerpt.time,
        score=round(found.score, 4),
        why=found.why,
        words=found.words,
        before=found.before,
        after=found.after,
    )
