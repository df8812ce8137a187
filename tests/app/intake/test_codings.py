"""Codes given by people when files change, go, or their speaker withdraws."""

from pathlib import Path

import pytest

from app.intake.ingest import ingest
from app.models.persona import MacroPersona, Sample
from app.models.run import Provenance
from app.synthesis.human_coding import Wanted, decide
from app.workbench import Workbench

TALK = """Interviewer: What do you do?

P01: I count every pallet twice. The scanner loses them. I count every pallet twice.

Interviewer: And then?

P01: Then I go home by bus.
"""


@pytest.fixture
def talk(bench: Workbench, study: str, tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "P01.txt").write_text(TALK, encoding="utf-8")
    ingest(bench, study, [folder])
    decide(bench, study, Wanted("The scanner loses them."), "ana", add=["pain_point"])
    decide(bench, study, Wanted("Then I go home by bus."), "ben", add=["behavior"])
    return folder / "P01.txt"


def decisions(bench: Workbench, study: str) -> list[tuple[str, str, str]]:
    with bench.store.transaction() as tx:
        found = tx.codings.all(study)
        for one in found:
            source = tx.sources.get(study, one.quote.source_id)
            assert source and source.text[one.quote.start : one.quote.end] == one.quote.text
    return [(one.code, one.by, one.quote.text) for one in found]


def test_the_same_file_again_changes_nothing(bench: Workbench, study: str, talk: Path) -> None:
    before = decisions(bench, study)
    assert ingest(bench, study, [talk]).codings == []
    assert decisions(bench, study) == before


def test_a_changed_file_keeps_what_still_stands_and_reports_the_rest(bench: Workbench, study: str, talk: Path) -> None:
    talk.write_text(TALK.replace("What do you do?", "Tell me, please.").replace("by bus", "on foot"), encoding="utf-8")
    report = ingest(bench, study, [talk])
    assert decisions(bench, study) == [("pain_point", "ana", "The scanner loses them.")]
    assert any("behavior given by ben is lost" in line for line in report.codings)
    assert "P01.txt: codes given by people kept: 1" in report.codings


def test_words_that_turn_out_to_be_the_interviewers_lose_their_code(bench: Workbench, study: str, talk: Path) -> None:
    report = ingest(bench, study, [talk], interviewer="P01")
    assert decisions(bench, study) == []
    assert len(report.codings) == 2


def test_withdrawal_takes_codes_and_every_version(bench: Workbench, study: str, talk: Path) -> None:
    with bench.store.transaction() as tx:
        for version in (1, 2):
            tx.results.save_personas(study, [persona(version)], [], MADE)
    (talk.parent / "participants.csv").write_text("participant,file,consent\nP01,P01.txt,withdrawn\n", encoding="utf-8")
    ingest(bench, study, [talk.parent])
    assert decisions(bench, study) == []
    with bench.store.transaction() as tx:
        assert tx.results.versions(study) == []


def test_withdrawal_takes_versions_that_quote_somebody_of_whom_nothing_else_is_left(
    bench: Workbench, study: str, talk: Path
) -> None:
    with bench.store.transaction() as tx:
        for one in tx.sources.all(study):
            tx.sources.delete(study, one.id)
        tx.results.save_personas(study, [persona(1)], [], MADE)
    (talk.parent / "participants.csv").write_text("participant,file,consent\nP01,P01.txt,withdrawn\n", encoding="utf-8")
    ingest(bench, study, [talk.parent])
    with bench.store.transaction() as tx:
        assert tx.results.versions(study) == []


def test_a_changed_file_puts_personas_aside_as_versions(bench: Workbench, study: str, talk: Path) -> None:
    with bench.store.transaction() as tx:
        tx.results.save_personas(study, [persona(1)], [], MADE)
    talk.write_text(TALK + "\nInterviewer: Thanks.\n", encoding="utf-8")
    ingest(bench, study, [talk])
    with bench.store.transaction() as tx:
        assert tx.results.personas(study) == []
        assert [one.version for one in tx.results.versions(study)] == [1]


MADE = Provenance(engine="local", coder="c", embeddings="e", dramatis="0")


def persona(version: int) -> MacroPersona:
    return MacroPersona(
        id="pe_1", version=version, name="Counting clerk", product_area="", summary="", segment_id="seg", coverage=1,
        sample=Sample(n=1, participants=["P01"], sources=[]),
    )  # fmt: skip
