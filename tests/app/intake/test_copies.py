"""What is kept to save time or money goes with the source it was made from."""

from pathlib import Path

import pytest

from app.engines.llm.cache import AnswerCache
from app.intake.ingest import ingest
from app.intake.studies import create_study, delete_study, describe_study
from app.workbench import Workbench

TABLE = "participant,consent\nP01,{}\nP02,research\n"
GIST = "thinks the invoices take too long"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "files"
    folder.mkdir()
    for person, words in {"P01": "The invoices take nineteen days.", "P02": "I only read the summary page."}.items():
        (folder / f"{person}.txt").write_text(f"Interviewer: What is hard?\n\n{person}: {words}\n", encoding="utf-8")
    (folder / "participants.csv").write_text(TABLE.format("research"), encoding="utf-8")
    return folder


@pytest.fixture
def cache(bench: Workbench, study: str, folder: Path) -> AnswerCache:
    """Answers made from the first source, from the second, and from one of another study."""
    ingest(bench, study, [folder])
    with bench.store.transaction() as tx:
        ids = {source.name: source.id for source in tx.sources.all(study)}
    cache = AnswerCache(bench.settings.answers)
    cache.keep("first", GIST, [ids["P01.txt"]])
    cache.keep("second", "reads summaries", [ids["P02.txt"]])
    cache.keep("both", f"{GIST}; reads summaries", list(ids.values()))
    cache.keep("elsewhere", "fine", ["src_of_another_study"])
    return cache


def test_whoever_withdraws_takes_the_answers_made_from_their_words(
    bench: Workbench, study: str, folder: Path, cache: AnswerCache
) -> None:
    (folder / "participants.csv").write_text(TABLE.format("withdrawn"), encoding="utf-8")
    ingest(bench, study, [folder])
    kept = {key: cache.find(key) for key in ("first", "second", "both", "elsewhere")}
    assert kept == {"first": None, "second": "reads summaries", "both": None, "elsewhere": "fine"}
    assert GIST.encode() not in bench.settings.answers.read_bytes()


def test_a_deleted_study_takes_its_answers(bench: Workbench, study: str, cache: AnswerCache) -> None:
    create_study(bench, describe_study("Another", study_id="another"))
    delete_study(bench, study)
    kept = [cache.find(key) for key in ("first", "second", "both", "elsewhere")]
    assert kept == [None, None, None, "fine"]


def test_a_corrected_transcript_takes_the_answers_made_from_what_it_said_before(
    bench: Workbench, study: str, folder: Path, cache: AnswerCache
) -> None:
    corrected = "Interviewer: What is hard?\n\nP01: The invoices take nine days.\n"
    (folder / "P01.txt").write_text(corrected, encoding="utf-8")
    ingest(bench, study, [folder])
    kept = {key: cache.find(key) for key in ("first", "second", "both", "elsewhere")}
    assert kept == {"first": None, "second": "reads summaries", "both": None, "elsewhere": "fine"}
