"""The files a run leaves behind."""

from pathlib import Path
from zipfile import ZipFile

import pytest

import app.exports.catalogue
from app.errors import BadInput, Conflict, InsufficientEvidence, NotFound
from app.exports.catalogue import CATALOGUE, find_in_catalogue
from app.exports.finding import BUNDLE, find_export, find_exports
from app.exports.outgoing import Outgoing, load_outgoing
from app.exports.personas import personas_json
from app.exports.writing import export, make_files, publish, republish
from app.intake.ingest import ingest
from app.playbook.audience import Audience
from app.playbook.view import PlaybookView
from app.synthesis.casting import load_cast
from app.workbench import Workbench


def test_both_files_are_written_whole(bench: Workbench, study: str, tmp_path: Path) -> None:
    cast = load_cast(bench, study)
    written = publish(bench, cast, tmp_path / "out")
    assert [path.name for path in written] == ["personas.json", "playbook.html"]
    assert written[0].read_text(encoding="utf-8") == personas_json(cast)
    assert not list((tmp_path / "out").glob("*.part"))


def test_by_default_they_lie_in_the_home_folder(bench: Workbench, study: str) -> None:
    for path in publish(bench, load_cast(bench, study)):
        assert path.parent == bench.settings.home / "results" / study


def test_an_export_is_all_there_can_be_and_the_same_zip_whenever_it_is_made(bench: Workbench, study: str) -> None:
    assert find_exports(bench.settings, study) == []
    cast = load_cast(bench, study)
    *_, bundle = export(bench, cast)
    first = bundle.read_bytes()
    bare = [one.name for one in CATALOGUE if not one.needs_personas]
    with ZipFile(bundle) as packed:
        assert packed.namelist() == bare
    export(bench, cast)
    assert bundle.read_bytes() == first
    assert [one.name for one in find_exports(bench.settings, study)] == [*bare, BUNDLE]


def test_writing_anew_what_is_there_writes_the_zip_too(bench: Workbench, study: str) -> None:
    cast = load_cast(bench, study)
    *_, bundle = export(bench, cast)
    bundle.write_bytes(b"old")
    republish(bench, cast)
    with ZipFile(bundle) as packed:
        assert packed.testzip() is None


@pytest.mark.parametrize(
    "name", ["../../workbench.sqlite", "..", "", "evals", "/etc/passwd", "personas.json\0", "x.json"]
)
def test_no_name_leads_to_another_file(bench: Workbench, study: str, name: str) -> None:
    export(bench, load_cast(bench, study))
    with pytest.raises(NotFound, match="exported file"):
        find_export(bench.settings, study, name)


def test_where_one_file_cannot_be_made_what_lay_there_stays(
    bench: Workbench, study: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast = load_cast(bench, study)
    publish(bench, cast)
    before = find_exports(bench.settings, study)

    def torn(out: Outgoing, audience: Audience) -> PlaybookView:
        raise BadInput("torn")

    monkeypatch.setattr(app.exports.catalogue, "playbook_for", torn)
    with pytest.raises(BadInput, match="torn"):
        publish(bench, cast)
    assert find_exports(bench.settings, study) == before


def test_what_lies_there_is_written_anew_and_nothing_else(bench: Workbench, study: str) -> None:
    cast = load_cast(bench, study)
    (kept,) = export(bench, cast, [find_in_catalogue("study.xlsx")])
    kept.write_bytes(b"old")
    stale = kept.with_name("claims.csv")
    stale.write_bytes(b"of personas that are no more")
    republish(bench, cast)
    assert kept.read_bytes().startswith(b"PK") and not stale.exists()
    assert [one.name for one in find_exports(bench.settings, study)] == ["study.xlsx"]


def test_what_needs_personas_is_not_made_without(bench: Workbench, study: str) -> None:
    out = load_outgoing(bench, study)
    assert list(make_files(out, [find_in_catalogue("study.xlsx")])) == ["study.xlsx"]
    with pytest.raises(InsufficientEvidence):
        make_files(out, [find_in_catalogue("study.xlsx"), find_in_catalogue("claims.csv")])


def test_nobody_gets_words_of_a_source_that_went_meanwhile(bench: Workbench, study: str, flowline: Path) -> None:
    ingest(bench, study, [flowline / "transcripts" / "P01.txt"])
    out = load_outgoing(bench, study)
    (source,) = out.whole.sources
    with bench.store.transaction() as tx:
        tx.sources.delete(study, source.id)
    with pytest.raises(Conflict, match="while this was made"):
        make_files(out, [find_in_catalogue("study.xlsx")])
