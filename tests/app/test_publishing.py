"""The files a run leaves behind."""

from pathlib import Path

from app.publishing import personas_json, publish
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
