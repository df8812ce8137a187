"""Ingest: what gets in, what stays out, and that nothing is left half done."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from app.errors import BadInput, NotFound
from app.intake.ingest import ingest
from app.models.segment import SegmentTree
from app.workbench import Workbench
from retrieval.errors import UnreadableSource
from retrieval.evidence import SourceKind

TALK = """Interviewer: What do you do all day?

{who}: I run the warehouse. We count every pallet twice because the scanner loses them.

Interviewer: And what would help?

{who}: A scanner that does not forget. I would pay for that tomorrow.
"""

Write = Callable[[str, str], Path]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    return tmp_path / "in"


@pytest.fixture
def write(folder: Path) -> Write:
    def put(name: str, text: str) -> Path:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return put


def counts(bench: Workbench, study: str) -> tuple[int, int, int]:
    """(sources, excerpts in the store, vectors in the index)."""
    with bench.store.transaction() as tx:
        return len(tx.sources.all(study)), len(tx.excerpts.all(study)), bench.index.count(study)


def test_a_folder_becomes_sources_and_vectors(bench: Workbench, study: str, folder: Path, write: Write) -> None:
    write("P01.txt", TALK.format(who="P01"))
    write("notes/call.txt", "Rang P01. Wants an offer by Friday.")
    report = ingest(bench, study, [folder])
    assert report.imported == ["P01.txt", "notes/call.txt"]
    sources, excerpts, vectors = counts(bench, study)
    assert sources == 2 and excerpts == vectors > 0
    with bench.store.transaction() as tx:
        kinds = {source.name: source.kind for source in tx.sources.all(study)}
        assert {one.participant_id for one in tx.excerpts.all(study)} == {"P01", None}
    assert kinds == {"P01.txt": SourceKind.INTERVIEW, "notes/call.txt": SourceKind.NOTE}


def test_interviewer_speech_is_never_an_excerpt(bench: Workbench, study: str, folder: Path, write: Write) -> None:
    write("P01.txt", TALK.format(who="P01"))
    ingest(bench, study, [folder])
    with bench.store.transaction() as tx:
        texts = " ".join(one.text for one in tx.excerpts.all(study))
    assert "warehouse" in texts
    assert "What do you do" not in texts


def test_the_same_bytes_again_are_nothing(bench: Workbench, study: str, folder: Path, write: Write) -> None:
    write("P01.txt", TALK.format(who="P01"))
    ingest(bench, study, [folder])
    before = counts(bench, study)
    assert ingest(bench, study, [folder]).unchanged == ["P01.txt"]
    assert counts(bench, study) == before


def test_a_changed_file_replaces_what_it_was(bench: Workbench, study: str, folder: Path, write: Write) -> None:
    write("P01.txt", TALK.format(who="P01"))
    ingest(bench, study, [folder])
    write("P01.txt", TALK.format(who="P01").replace("pallet", "crate"))
    assert ingest(bench, study, [folder]).replaced == ["P01.txt"]
    with bench.store.transaction() as tx:
        assert [tx.excerpts.search(study, word, 5) != [] for word in ("crate", "pallet")] == [True, False]
    sources, excerpts, vectors = counts(bench, study)
    assert sources == 1 and excerpts == vectors


def test_two_files_with_the_same_words_are_told_apart(bench: Workbench, study: str, folder: Path, write: Write) -> None:
    write("a.txt", TALK.format(who="P01"))
    write("b.txt", TALK.format(who="P01"))
    report = ingest(bench, study, [folder])
    assert report.imported == ["a.txt"]
    assert "b.txt: it holds the same words as a.txt" in str(report.refused[0])


def test_naming_the_interviewer_corrects_who_speaks(bench: Workbench, study: str, folder: Path, write: Write) -> None:
    path = write("talk.txt", TALK.format(who="Sam").replace("Interviewer", "Alex"))
    ingest(bench, study, [path], interviewer="Sam")
    assert ingest(bench, study, [path], interviewer="Alex").replaced == ["talk.txt"]
    with bench.store.transaction() as tx:
        texts = " ".join(one.text for one in tx.excerpts.all(study))
    assert "warehouse" in texts and "And what would help" not in texts


BAD_FILES = {
    "empty.txt": b"",
    "picture.txt": bytes(range(256)) * 40,
    "slides.pptx": b"whatever",
    "renamed.docx": b"PK\x03\x04 but not really a document",
    "times.vtt": b"WEBVTT\n\n00:00:01.000 --> half past two\n<v Ann>Hello there, how are you?</v>\n",
    "alone.txt": b"P01: I talk.\n\nP01: And I talk on, and nobody asks me anything.\n",
    "broken.json": b'[{"speaker": "A", "text": "hi"',
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_bad_file_is_reported_and_the_rest_is_imported(
    bench: Workbench, study: str, folder: Path, write: Write, name: str
) -> None:
    write("good.txt", TALK.format(who="P01"))
    (folder / name).write_bytes(BAD_FILES[name])
    report = ingest(bench, study, [folder / "good.txt", folder / name])
    assert report.imported == ["good.txt"]
    [error] = report.refused
    assert name in str(error) and str(error).endswith(".")
    sources, excerpts, vectors = counts(bench, study)
    assert sources == 1 and excerpts == vectors


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ("name,file\nP01,P01.txt\n", "participant"),
        ("participant,consent\nP01,maybe\n", "line 2"),
        ("participant,role\nP01,a\nP01,b\n", "P01"),
    ],
    ids=["column missing", "unknown consent", "one id twice"],
)
def test_a_bad_participants_table_stops_the_import(
    bench: Workbench, study: str, folder: Path, write: Write, table: str, words: str
) -> None:
    write("P01.txt", TALK.format(who="P01"))
    write("participants.csv", table)
    with pytest.raises(UnreadableSource, match=words):
        ingest(bench, study, [folder])
    assert counts(bench, study) == (0, 0, 0)


def test_an_unknown_participant_is_reported_by_line(bench: Workbench, study: str, folder: Path, write: Write) -> None:
    write("P01.txt", TALK.format(who="P01"))
    write("participants.csv", "participant,file,role\nP01,P01.txt,Clerk\nP99,,Ghost\n")
    report = ingest(bench, study, [folder])
    assert report.imported == ["P01.txt"]
    assert "participants.csv, line 3: P99" in str(report.refused[0])
    with bench.store.transaction() as tx:
        assert [person.id for person in tx.participants.all(study)] == ["P01"]


TABLE = """participant,file,account,consent
P01,P01.txt,Stapler & Sons,{first}
P02,P02.txt,Other Ltd,research
"""


@pytest.fixture
def two_people(write: Write) -> None:
    write("P01.txt", TALK.format(who="P01"))
    write("P02.txt", TALK.format(who="P02").replace("pallet", "crate"))
    write("notes/a.txt", "Call with Stapler & Sons: they count pallets.")
    write("notes/b.txt", "Call with Other Ltd: they count crates.")


def traces(bench: Workbench, words: bytes) -> list[Path]:
    bench.store.close()
    return [path for path in bench.settings.home.rglob("*") if path.is_file() and words in path.read_bytes()]


@pytest.mark.usefixtures("two_people")
def test_whoever_withdrew_is_never_let_in(bench: Workbench, study: str, folder: Path, write: Write) -> None:
    write("participants.csv", TABLE.format(first="withdrawn"))
    report = ingest(bench, study, [folder])
    assert report.imported == ["P02.txt", "notes/b.txt"]
    assert len(report.withheld) == 2
    with bench.store.transaction() as tx:
        assert [person.id for person in tx.participants.all(study)] == ["P02"]
    assert traces(bench, b"Stapler") == []


@pytest.mark.usefixtures("two_people")
def test_withdrawing_later_takes_everything_out(bench: Workbench, study: str, folder: Path, write: Write) -> None:
    write("participants.csv", TABLE.format(first="research"))
    ingest(bench, study, [folder])
    write("P01.txt", TALK.format(who="P01").replace("tomorrow", "today"))
    ingest(bench, study, [folder])
    published = bench.settings.results / study / "personas.json"
    published.parent.mkdir(parents=True)
    published.write_text("P01 said so", encoding="utf-8")
    write("participants.csv", TABLE.format(first="withdrawn"))
    report = ingest(bench, study, [folder])
    assert {line.split(":")[0] for line in report.withheld} == {"P01.txt", "notes/a.txt"}
    with bench.store.transaction() as tx:
        assert [source.name for source in tx.sources.all(study)] == ["P02.txt", "notes/b.txt"]
        assert [person.id for person in tx.participants.all(study)] == ["P02"]
    assert not published.exists()
    assert len(list((bench.settings.files / study).iterdir())) == 2


@pytest.mark.usefixtures("two_people")
def test_withdrawal_is_remembered_without_the_table_and_in_any_case(
    bench: Workbench, study: str, folder: Path, write: Write
) -> None:
    write("participants.csv", TABLE.format(first="withdrawn"))
    ingest(bench, study, [folder])
    again = write("other.txt", TALK.format(who="p01"))
    assert ingest(bench, study, [again]).withheld == ["other.txt: consent withdrawn"]


def test_another_source_leaves_results_and_a_changed_one_puts_them_aside(
    bench: Workbench, study: str, folder: Path, write: Write
) -> None:
    write("P01.txt", TALK.format(who="P01"))
    ingest(bench, study, [folder])
    with bench.store.transaction() as tx:
        tx.results.save_tree(study, SegmentTree(segments=[], method="by hand"))
    write("P02.txt", TALK.format(who="P02"))
    ingest(bench, study, [folder])
    with bench.store.transaction() as tx:
        assert tx.results.tree(study) is not None
    write("P02.txt", TALK.format(who="P02").replace("tomorrow", "today"))
    ingest(bench, study, [folder])
    with bench.store.transaction() as tx:
        assert tx.results.tree(study) is None


def test_a_path_that_is_not_there(bench: Workbench, study: str, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no such file"):
        ingest(bench, study, [tmp_path / "nowhere"])


def test_a_study_that_is_not_there(bench: Workbench, folder: Path) -> None:
    with pytest.raises(NotFound, match="study create"):
        ingest(bench, "nope", [folder])


def test_when_the_index_fails_the_store_stays_as_it_was(
    bench: Workbench, study: str, folder: Path, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("P01.txt", TALK.format(who="P01"))

    def fail(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(bench.index, "add", fail)
    with pytest.raises(OSError, match="disk full"):
        ingest(bench, study, [folder])
    assert counts(bench, study) == (0, 0, 0)


def test_when_a_file_cannot_be_kept_index_and_store_stay_as_they_were(
    bench: Workbench, study: str, folder: Path, write: Write
) -> None:
    write("P01.txt", TALK.format(who="P01"))
    ingest(bench, study, [folder])
    before = counts(bench, study)
    shutil.rmtree(bench.settings.files)
    bench.settings.files.write_text("in the way", encoding="utf-8")
    write("P01.txt", TALK.format(who="P01").replace("pallet", "crate"))
    with pytest.raises(BadInput, match="cannot be written"):
        ingest(bench, study, [folder])
    assert counts(bench, study) == before
