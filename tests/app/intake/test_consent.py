"""Consent that becomes less takes the files that were exported with it."""

import csv
from pathlib import Path

import pytest

from app.exports.catalogue import find_in_catalogue
from app.exports.finding import find_exports
from app.exports.writing import export
from app.intake.consent import set_consent
from app.intake.ingest import ingest
from app.synthesis.casting import load_cast
from app.workbench import Workbench
from retrieval.evidence import Consent

FILE = "study.xlsx"


@pytest.fixture
def exported(bench: Workbench, study: str, tmp_path: Path, flowline: Path) -> str:
    """A study of one person who agreed to marketing, with a file of it in the home folder."""
    ingest(bench, study, [flowline / "transcripts" / "P01.txt", table(tmp_path, "research+marketing")])
    export(bench, load_cast(bench, study), [find_in_catalogue(FILE)])
    return study


def table(folder: Path, consent: str) -> Path:
    path = folder / "participants.csv"
    with path.open("w", newline="", encoding="utf-8") as written:
        csv.writer(written).writerows([["participant", "file", "consent"], ["P01", "P01.txt", consent]])
    return path


def test_less_consent_by_hand_takes_them(bench: Workbench, exported: str) -> None:
    set_consent(bench, exported, "P01", Consent.MARKETING)
    assert [one.name for one in find_exports(bench.settings, exported)] == [FILE]
    set_consent(bench, exported, "P01", Consent.RESEARCH)
    assert find_exports(bench.settings, exported) == []


def test_less_consent_in_the_table_takes_them(bench: Workbench, exported: str, tmp_path: Path) -> None:
    ingest(bench, exported, [table(tmp_path, "research+marketing")])
    assert [one.name for one in find_exports(bench.settings, exported)] == [FILE]
    ingest(bench, exported, [table(tmp_path, "research")])
    assert find_exports(bench.settings, exported) == []
