"""Searching a real study within limits: every filter in the user's words, and in the store as by the book."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.errors import BadInput, InsufficientEvidence, NotFound
from app.intake.ingest import ingest
from app.intake.studies import create_study, describe_study
from app.models.field import Level
from app.models.segment import Member, Segment, SegmentTree
from app.searching import StudyCatalogue, build_retriever, scope_of
from app.settings import Settings
from app.synthesis.coding import code_study
from app.wiring import build_workbench
from app.workbench import Workbench
from retrieval.catalogue import MemoryCatalogue
from retrieval.embeddings import MiniLM
from retrieval.evidence import Consent, Participant, SourceKind
from retrieval.scope import Scope

STUDY = "flow"
FLOWLINE = Path(__file__).parents[2] / "data" / "sample" / "flowline"
NAMES = ("transcripts/P01.txt", "transcripts/P02.vtt", "transcripts/P12.txt", "notes")
QUESTION = "what worries you about the data?"


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory, embedder: MiniLM) -> Iterator[Workbench]:
    """A bench with a coded study of two segments, which no test here changes."""
    home = tmp_path_factory.mktemp("searched")
    bench = build_workbench(Settings(home=home, threads=1, engine="local"), embedder=embedder)
    create_study(bench, describe_study("Flow", study_id=STUDY))
    ingest(bench, STUDY, [FLOWLINE / name for name in NAMES], participants=FLOWLINE / "participants.csv")
    code_study(bench, STUDY)
    with bench.store.transaction() as tx:
        people = {one.id: one for one in tx.participants.all(STUDY)}
        tx.participants.save(STUDY, [_agreeing(people["P02"])])
        tx.results.save_tree(STUDY, SegmentTree(segments=[_segment("P02", "P12")], method="by hand"))
    yield bench
    bench.store.close()


def _agreeing(person: Participant) -> Participant:
    return person.model_copy(update={"consent": Consent.MARKETING})


def _segment(*people: str) -> Segment:
    members = [Member(participant_id=one, weight=1.0, why="told so") for one in people]
    return Segment(id="seg_a", parent_id=None, level=Level.MACRO, name="Careful", definition=[], members=members)


def found_in(bench: Workbench, scope: Scope) -> list[str | None]:
    found = build_retriever(bench, STUDY, limit=20, scope=scope, per_person=None).search(QUESTION)
    assert found
    return [one.excerpt.participant_id for one in found]


def test_by_participant(bench: Workbench) -> None:
    assert set(found_in(bench, scope_of(bench, STUDY, people=["P12", "P01"]))) == {"P12", "P01"}


@pytest.mark.parametrize("name", ["Careful", "seg_a"], ids=["its name", "its id"])
def test_by_segment(bench: Workbench, name: str) -> None:
    assert set(found_in(bench, scope_of(bench, STUDY, segment=name))) == {"P02", "P12"}


def test_a_participant_outside_the_segment_leaves_nobody(bench: Workbench) -> None:
    assert scope_of(bench, STUDY, segment="Careful", people=["P01"]).people == frozenset()


def test_by_kind(bench: Workbench) -> None:
    assert set(found_in(bench, scope_of(bench, STUDY, kind="note"))) == {None}
    assert None not in found_in(bench, scope_of(bench, STUDY, kind="interview"))


def test_by_consent(bench: Workbench) -> None:
    with bench.store.transaction() as tx:
        agreed = {one.id for one in tx.participants.all(STUDY) if one.consent is Consent.MARKETING}
    assert set(found_in(bench, scope_of(bench, STUDY, consent="research+marketing"))) <= agreed


def test_by_time(bench: Workbench) -> None:
    scope = scope_of(bench, STUDY, since=300, until=900)
    found = build_retriever(bench, STUDY, limit=20, scope=scope, per_person=None).search(QUESTION)
    assert found and {one.excerpt.participant_id for one in found} == {"P02"}
    assert all(300 <= (one.excerpt.time or 0) <= 900 for one in found)


def test_by_code(bench: Workbench) -> None:
    with bench.store.transaction() as tx:
        coded = [one for one in tx.evidence.all(STUDY) if "objection" in one.codes]
    found = build_retriever(bench, STUDY, limit=20, scope=scope_of(bench, STUDY, codes=["objection"])).search(QUESTION)
    assert found
    for one in found:
        inside = [e for e in coded if e.quote.source_id == one.excerpt.source_id]
        assert any(one.excerpt.start <= e.quote.start < one.excerpt.end for e in inside)


SCOPES = {
    "people": Scope(people=frozenset({"P01", "P12"})),
    "nobody": Scope(people=frozenset()),
    "notes": Scope(kinds=frozenset({SourceKind.NOTE})),
    "consent": Scope(consent=frozenset({Consent.MARKETING})),
    "consent of one": Scope(consent=frozenset({Consent.MARKETING}), people=frozenset({"P02"})),
    "codes": Scope(codes=frozenset({"objection", "pain_point"})),
    "no code": Scope(codes=frozenset()),
    "early": Scope(until=400.0),
    "late": Scope(since=400.0),
    "all at once": Scope(
        people=frozenset({"P02"}), kinds=frozenset({SourceKind.INTERVIEW}), codes=frozenset({"objection"}), since=10.0
    ),
}


@pytest.mark.parametrize("scope", SCOPES.values(), ids=SCOPES)
def test_the_store_and_memory_agree_on_what_is_in_scope(bench: Workbench, scope: Scope) -> None:
    with bench.store.transaction() as tx:
        excerpts, evidence = tx.excerpts.all(STUDY), tx.evidence.all(STUDY)
        sources, people = tx.sources.all(STUDY), tx.participants.all(STUDY)
    coded: dict[str, set[str]] = {}
    for one in evidence:
        holder = [e.id for e in excerpts if e.source_id == one.quote.source_id and e.start <= one.quote.start < e.end]
        coded.setdefault(holder[0], set()).update(one.codes)
    memory = MemoryCatalogue(sources, excerpts, people, coded)
    assert StudyCatalogue(bench, STUDY).within(scope) == memory.within(scope)


def test_surroundings_slice_back_to_the_source(bench: Workbench) -> None:
    with bench.store.transaction() as tx:
        texts = {one.id: one.text for one in tx.sources.all(STUDY)}
    for found in build_retriever(bench, STUDY, limit=20).search(QUESTION):
        one, text = found.excerpt, texts[found.excerpt.source_id]
        assert text[one.around.start : one.start].strip() == found.before
        assert text[one.end : one.around.end].strip() == found.after


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"people": ["P99"]}, r"participant called “P99”.*P01"),
        ({"segment": "Rich"}, r"segment called “Rich”.*Careful"),
        ({"codes": ["mood"]}, r"code called “mood”.*pain_point"),
    ],
    ids=["participant", "segment", "code"],
)
def test_what_is_not_known_is_named_with_what_is(bench: Workbench, asked: dict[str, object], words: str) -> None:
    with pytest.raises(NotFound, match=words):
        scope_of(bench, STUDY, **asked)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"kind": "email"}, "“email” is no kind. Give one of: interview, note"),
        ({"consent": "yes"}, "“yes” is no consent. Give one of: research"),
        ({"since": 60.0, "until": 5.0}, "Nothing lies between 60 and 5 seconds"),
    ],
    ids=["kind", "consent", "times the wrong way round"],
)
def test_what_cannot_be_used_is_refused(bench: Workbench, asked: dict[str, object], words: str) -> None:
    with pytest.raises(BadInput, match=words):
        scope_of(bench, STUDY, **asked)  # type: ignore[arg-type]


def test_an_uncoded_study_without_segments_says_what_to_run(bench: Workbench) -> None:
    create_study(bench, describe_study("Empty", study_id="empty"))
    with pytest.raises(InsufficientEvidence, match="dramatis code empty"):
        scope_of(bench, "empty", codes=["pain_point"])
    with pytest.raises(NotFound, match="dramatis segment"):
        scope_of(bench, "empty", segment="Careful")
    with pytest.raises(NotFound, match="study"):
        scope_of(bench, "nope")
