"""Choosing adapters, and what the doctor finds."""

from pathlib import Path

import pytest

from app.errors import BadInput
from app.health import examine
from app.settings import Settings
from app.wiring import build_workbench


def test_an_unknown_engine_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="DRAMATIS_ENGINE"):
        build_workbench(Settings(home=tmp_path, engine="oracle"))


def test_a_home_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    with pytest.raises(BadInput, match="DRAMATIS_HOME"):
        build_workbench(Settings(home=tmp_path / "file" / "home"))


def test_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DRAMATIS_HOME", str(tmp_path))
    monkeypatch.setenv("DRAMATIS_THREADS", "1")
    settings = Settings()
    assert (settings.home, settings.threads) == (tmp_path, 1)
    assert settings.database.parent == tmp_path


def test_the_doctor_says_what_is_wrong_with_a_damaged_index(tmp_path: Path) -> None:
    (tmp_path / "chroma").mkdir()
    (tmp_path / "chroma" / "chroma.sqlite3").write_bytes(b"scribble " * 500)
    [finding] = examine(Settings(home=tmp_path))
    assert not finding.ok and "reindex" in finding.detail
