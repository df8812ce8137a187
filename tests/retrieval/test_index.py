"""Both indexes keep the same contract."""

from pathlib import Path

import numpy as np
import pytest

from retrieval import chroma
from retrieval.chroma import ChromaIndex
from retrieval.embedder import Vectors
from retrieval.errors import IndexUnavailable
from retrieval.evidence import Excerpt, SourceKind
from retrieval.index import EvidenceIndex, MemoryIndex


@pytest.fixture(params=["memory", "chroma"])
def index(request: pytest.FixtureRequest, tmp_path: Path) -> EvidenceIndex:
    return MemoryIndex() if request.param == "memory" else ChromaIndex(tmp_path, "test-model")


def excerpt(number: int, person: str | None) -> Excerpt:
    return Excerpt(
        id=f"ex_{number}", source_id="src_1", participant_id=person, kind=SourceKind.INTERVIEW, turn=0, start=0, end=1,
        text=f"text {number}",
    )  # fmt: skip


def vectors(*rows: tuple[float, float, float]) -> Vectors:
    raw = np.array(rows, dtype=np.float32)
    unit: Vectors = raw / np.linalg.norm(raw, axis=1, keepdims=True)
    return unit


THREE = [excerpt(1, "P01"), excerpt(2, "P02"), excerpt(3, None)]
ROWS = vectors((1, 0, 0), (1, 1, 0), (0, 0, 1))


def test_nearest_comes_first_with_its_cosine(index: EvidenceIndex) -> None:
    index.add("s", THREE, ROWS)
    hits = index.search("s", ROWS[0], 2)
    assert [hit.id for hit in hits] == ["ex_1", "ex_2"]
    assert hits[0].score == pytest.approx(1.0, abs=1e-5)
    assert hits[1].score == pytest.approx(np.sqrt(0.5), abs=1e-5)


def test_people_filter_leaves_out_others_and_notes(index: EvidenceIndex) -> None:
    index.add("s", THREE, ROWS)
    assert [hit.id for hit in index.search("s", ROWS[0], 5, ["P02"])] == ["ex_2"]
    assert index.search("s", ROWS[0], 5, []) == []


@pytest.mark.parametrize(("few", "many"), [(800, 0.2), (0, 0.2), (0, 2.0)], ids=["one by one", "widely", "by ids"])
def test_ways_to_search_among_people_agree(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, few: int, many: float
) -> None:
    monkeypatch.setattr(chroma, "FEW", few)
    monkeypatch.setattr(chroma, "MANY", many)
    dice = np.random.default_rng(7)
    rows = vectors(*dice.normal(size=(60, 3)).tolist())
    everybody = [excerpt(number, f"P{number % 3}") for number in range(60)]
    owned = {person: [one.id for one in everybody if one.participant_id == person] for person in ("P0", "P1", "P2")}
    index = ChromaIndex(tmp_path, "m", lambda _, people: [one for person in people for one in owned[person]])
    plain = MemoryIndex()
    for either in (index, plain):
        either.add("s", everybody, rows)
    for people in ([], ["P1"], ["P0", "P2"]):
        hits, expected = index.search("s", rows[0], 5, people), plain.search("s", rows[0], 5, people)
        assert [hit.id for hit in hits] == [hit.id for hit in expected]
        assert [hit.score for hit in hits] == pytest.approx([hit.score for hit in expected], abs=1e-5)


@pytest.mark.parametrize(
    ("few", "many"), [(800, 0.2), (0, 0.05), (0, 0.2), (0, 2.0)],
    ids=["one by one", "widely, then by ids", "widely", "by ids"],
)  # fmt: skip
@pytest.mark.parametrize("share", [0.0, 0.05, 0.5, 1.0], ids=["none", "few", "half", "all"])
def test_ways_to_search_within_ids_agree(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, few: int, many: float, share: float
) -> None:
    monkeypatch.setattr(chroma, "FEW", few)
    monkeypatch.setattr(chroma, "MANY", many)
    dice = np.random.default_rng(7)
    everything = [excerpt(number, None) for number in range(100)]
    index, plain = ChromaIndex(tmp_path, "m"), MemoryIndex()
    for either in (index, plain):
        either.add("s", everything, vectors(*np.random.default_rng(11).normal(size=(100, 3)).tolist()))
    ids = [one.id for one in everything if dice.random() < share]
    for query in vectors(*dice.normal(size=(5, 3)).tolist()):
        hits, expected = (either.search("s", query, 5, within=ids) for either in (index, plain))
        assert [hit.id for hit in hits] == [hit.id for hit in expected]
        assert [hit.score for hit in hits] == pytest.approx([hit.score for hit in expected], abs=1e-5)


def test_ids_without_a_vector_are_passed_over(index: EvidenceIndex) -> None:
    index.add("s", THREE, ROWS)
    assert [hit.id for hit in index.search("s", ROWS[0], 5, within={"ex_3", "ex_lost"})] == ["ex_3"]
    assert index.search("s", ROWS[0], 5, within={"ex_lost"}) == []
    assert index.search("empty", ROWS[0], 5, within={"ex_1"}) == []


def test_ids_chroma_lacks_are_passed_over_when_many_are_wanted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chroma, "FEW", 0)
    monkeypatch.setattr(chroma, "MANY", 2.0)
    index = ChromaIndex(tmp_path, "m")
    index.add("s", THREE, ROWS)
    assert [hit.id for hit in index.search("s", ROWS[0], 5, within=["ex_3", "ex_lost"])] == ["ex_3"]


@pytest.mark.parametrize("few", [800, 0], ids=["one by one", "by ids"])
def test_excerpts_the_index_lacks_are_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, few: int) -> None:
    monkeypatch.setattr(chroma, "FEW", few)
    monkeypatch.setattr(chroma, "MANY", 2.0)
    index = ChromaIndex(tmp_path, "m", lambda *_: ["ex_2", "ex_lost"])
    index.add("s", THREE, ROWS)
    assert [hit.id for hit in index.search("s", ROWS[0], 5, ["P02"])] == ["ex_2"]
    assert ChromaIndex(tmp_path, "m", lambda *_: ["ex_lost"]).search("s", ROWS[0], 5, ["P09"]) == []


def test_studies_do_not_see_each_other(index: EvidenceIndex) -> None:
    index.add("s", THREE[:1], ROWS[:1])
    index.add("t", THREE[1:2], ROWS[1:2])
    assert [hit.id for hit in index.search("t", ROWS[0], 5)] == ["ex_2"]
    index.drop("s")
    assert (index.count("s"), index.count("t")) == (0, 1)


def test_adding_again_replaces_and_removing_forgets(index: EvidenceIndex) -> None:
    index.add("s", THREE, ROWS)
    index.add("s", THREE[:1], ROWS[2:])
    assert index.count("s") == 3
    assert index.search("s", ROWS[2], 1)[0].score == pytest.approx(1.0, abs=1e-5)
    index.remove("s", ["ex_1", "ex_unknown"])
    assert index.count("s") == 2


def test_dropping_an_unknown_study_is_nothing(index: EvidenceIndex) -> None:
    index.drop("never")
    assert index.search("never", ROWS[0], 3) == []


def test_chroma_keeps_its_vectors_on_disk_without_text(tmp_path: Path) -> None:
    ChromaIndex(tmp_path, "m").add("s", THREE, ROWS)
    assert ChromaIndex(tmp_path, "m").count("s") == 3
    assert ChromaIndex(tmp_path, "other-model").count("s") == 0
    assert b"text 1" not in b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())


def test_a_damaged_chroma_folder_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "chroma.sqlite3").write_bytes(b"not a database, whatever its name says " * 100)
    with pytest.raises(IndexUnavailable, match="reindex"):
        ChromaIndex(tmp_path, "m")


@pytest.mark.parametrize("forget", ["remove", "drop"])
@pytest.mark.parametrize("model", [chroma.FORMER[0], "openai-of-yesterday"])
def test_vectors_of_another_model_go_with_whoever_is_removed(tmp_path: Path, forget: str, model: str) -> None:
    former = ChromaIndex(tmp_path, model)
    former.add("s", THREE, ROWS)
    former.add("another study", THREE, ROWS)
    now = ChromaIndex(tmp_path, "test-model")
    now.add("s", THREE, ROWS)
    now.remove("s", ["ex_1"]) if forget == "remove" else now.drop("s")
    assert former.count("s") == 0
    assert former.count("another study") == len(THREE)
