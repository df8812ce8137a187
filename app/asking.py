"""Asking: a question in plain words, answered with what participants said.

Quotes come from the index whatever the engine. An engine that writes adds a few sentences, each resting on some of the
quotes; the local engine writes none, and the quotes stand under the themes they belong to.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from app.engines.base import Excerpted, WrittenSentence
from app.errors import InsufficientEvidence
from app.models.base import Model
from app.models.evidence import Evidence
from app.models.theme import Theme
from app.searching import EVERYTHING, build_retriever
from app.workbench import Workbench
from retrieval.errors import IndexUnavailable
from retrieval.evidence import Source, SourceKind, Span
from retrieval.question import telling_words
from retrieval.scope import Scope

if TYPE_CHECKING:
    from retrieval.chain import EvidenceRetriever, Found

# Score under which an excerpt has nothing to do with the question. It is the retriever's, so talk around counts here as
# it counts in the ranking: by own words alone a short answer (“nobody from outside holding a key”) would be dropped.
# Of 94 excerpts in marked answers to QMSum questions 98 % lie above.
OFF_SUBJECT = 0.3
# The same where nobody in the study said any of the question's words: strings of random letters came to 0.34.
OFF_SUBJECT_UNHEARD = 0.4
# "No." is near every question and answers none.
FEWEST_WORDS = 4


class Answer(Model):
    """An excerpt that bears on the question. `text` is verbatim; `participant_id` is None for notes.

    `words` are those it shares with the question; `before` and `after` are what was said around it, by anybody.
    `theme` is the label of the theme that most of its evidence belongs to, empty where none does; `cited_by` are the
    sentences written in answer that rest on it.
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
    theme: str = ""
    cited_by: list[str] = []


def ask(bench: Workbench, study_id: str, question: str, *, limit: int = 8, scope: Scope = EVERYTHING) -> list[Answer]:
    """Excerpts in scope that bear on the question, best first, at most three of one participant.

    Raises NotFound for an unknown study, InsufficientEvidence where nothing bears on it.
    """
    bench.study(study_id)
    _check_index(bench, study_id)
    found = _search(build_retriever(bench, study_id, limit=limit, scope=scope), question)
    if not found:
        other = "other words" if scope.is_open else "other words or fewer filters"
        raise InsufficientEvidence(f"“{question}”", 0, 1, f"Try {other}, or put the question to the next participant.")
    with bench.store.transaction() as tx:
        # Only those that are shown: a study may hold thousands.
        ids = {one.excerpt.source_id for one in found}
        sources = {one: source for one in ids if (source := tx.sources.get(study_id, one))}
    themed = Themed.of(bench, study_id)
    return [_answer(one, sources[one.excerpt.source_id], themed) for one in found]


def write(bench: Workbench, question: str, answers: Sequence[Answer]) -> tuple[list[WrittenSentence], list[Answer]]:
    """What the engine writes in answer, and the quotes, each knowing the sentences that rest on it."""
    found = [Excerpted(one.excerpt_id, one.source_id, one.participant_id, one.text) for one in answers]
    sentences = bench.engine.answer(question, found)
    cited = {one.excerpt_id: [said.text for said in sentences if one.excerpt_id in said.cites] for one in answers}
    return sentences, [one.model_copy(update={"cited_by": cited[one.excerpt_id]}) for one in answers]


class Themed:
    """Which theme a stretch of a source belongs to."""

    def __init__(self, themes: Sequence[Theme], evidence: Sequence[Evidence]):
        self._labels = {id: one.label for one in reversed(themes) for id in one.evidence_ids}
        self._evidence: dict[str, list[Evidence]] = defaultdict(list)
        for one in evidence:
            if one.id in self._labels:
                self._evidence[one.quote.source_id].append(one)

    @classmethod
    def of(cls, bench: Workbench, study_id: str) -> "Themed":
        with bench.store.transaction() as tx:
            return cls(tx.results.themes(study_id), tx.evidence.all(study_id))

    def label(self, source_id: str, within: Span) -> str:
        """The label that most evidence inside stands for, the first of several; empty where none does."""
        inside = [self._labels[one.id] for one in self._evidence[source_id] if within.overlap(one.quote)]
        return Counter(inside).most_common(1)[0][0] if inside else ""


def _check_index(bench: Workbench, study_id: str) -> None:
    """IndexUnavailable where the study has sources and no vector: the index is gone, or of another version."""
    with bench.store.transaction() as tx:
        sources = tx.sources.count(study_id)
    if sources and not bench.index.count(study_id):
        raise IndexUnavailable(f"“{study_id}” is not in the index. Make it anew with: dramatis reindex {study_id}")


def _search(retriever: "EvidenceRetriever", question: str) -> "list[Found]":
    """What bears on the question; nothing where it holds no word."""
    telling = set(telling_words(question))
    found = retriever.search(question) if telling else []
    heard = any(one.why != "meaning" for one in found)
    return [one for one in found if _bears(telling, one, OFF_SUBJECT if heard else OFF_SUBJECT_UNHEARD)]


def _bears(telling: set[str], found: "Found", least: float) -> bool:
    """Whether it is on the subject. Who types a name finds it: all words shared are enough."""
    on_subject = found.score >= least or telling <= set(found.words)
    return on_subject and len(found.excerpt.text.split()) >= FEWEST_WORDS


def _answer(found: "Found", source: Source, themed: Themed) -> Answer:
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
        theme=themed.label(source.id, excerpt),
    )
