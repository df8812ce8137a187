"""The ways to search by words agree with one another, and with a sort of all. All words are invented."""

import random
from collections.abc import Iterator

import pytest

from app.models.study import Study
from app.store import Store, open_store, word_search
from retrieval.evidence import Excerpt, Participant, Role, Source, SourceKind, Speaker, Turn
from retrieval.index import Hit

WORDS = ["pallet", "scanner", "invoice", "auditor", "ferry", "tuesday", "spreadsheet", "nurse"]
TEXTS = [" ".join(random.Random(number).choices(WORDS, k=6)) for number in range(60)]  # noqa: S311
IDS = [f"ex_{number:02}" for number in range(60)]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Two studies of the same texts, their ids in another order than their rows."""
    store = open_store(tmp_path_factory.mktemp("words") / "workbench.sqlite")
    with store.transaction() as tx:
        for study in ("s", "other"):
            tx.studies.save(Study(id=study, name=study))
            tx.participants.save(study, [Participant(id="P01")])
            tx.sources.add(study, source())
            tx.excerpts.add(study, [excerpt(one, text) for one, text in zip(reversed(IDS), TEXTS, strict=True)])
    yield store
    store.close()


def source() -> Source:
    return Source(
        id="src_1", name="P01.txt", kind=SourceKind.INTERVIEW, text="Words.", content_sha256="0" * 64,
        turns=[Turn(start=0, end=6, index=0, speaker="P01")],
        speakers=[Speaker(label="P01", role=Role.PARTICIPANT, participant_id="P01")],
    )  # fmt: skip


def excerpt(name: str, text: str) -> Excerpt:
    return Excerpt(
        id=name, source_id="src_1", participant_id="P01", kind=SourceKind.INTERVIEW, turn=0, start=0, end=6, text=text
    )


def search(store: Store, limit: int, within: frozenset[str] | None) -> list[Hit]:
    with store.transaction() as tx:
        return tx.excerpts.search("s", "pallet ferry", limit, within)


@pytest.mark.parametrize("limit", [1, 5, 100])
@pytest.mark.parametrize("share", [0.0, 0.1, 0.6, 1.0], ids=["none", "a tenth", "most", "all"])
@pytest.mark.parametrize(
    ("few", "most"), [(100, (-1,)), (0, (-1,)), (0, (2, -1)), (0, (40, -1))],
    ids=["few looked up", "all read", "two read, then all", "forty read, then all"],
)  # fmt: skip
def test_the_best_among_some_are_found_in_the_order_of_all(
    store: Store, monkeypatch: pytest.MonkeyPatch, few: int, most: tuple[int, ...], share: float, limit: int
) -> None:
    within = frozenset(one for one in IDS if random.Random(one).random() < share)  # noqa: S311
    expected = [hit for hit in search(store, 100, None) if hit.id in within][:limit]
    monkeypatch.setattr(word_search, "FEW", few)
    monkeypatch.setattr(word_search, "MOST", most)
    monkeypatch.setattr(word_search, "AT_ONCE", 3)
    assert search(store, limit, within) == expected


def test_equals_come_in_the_order_of_their_ids_and_of_one_study_only(store: Store) -> None:
    hits = search(store, 100, None)
    assert hits == sorted(hits, key=lambda hit: (-hit.score, hit.id))
    assert len({hit.score for hit in hits}) < len(hits) == len({hit.id for hit in hits})


def test_no_more_rows_are_read_than_it_takes(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[int] = []

    def counted(*row: object) -> Hit:
        read.append(1)
        return Hit(*row)  # type: ignore[arg-type]

    matching = len(search(store, 100, None))
    monkeypatch.setattr(word_search, "AT_ONCE", 3)
    monkeypatch.setattr(word_search, "Hit", counted)
    search(store, 1, None)
    assert 0 < len(read) < matching
