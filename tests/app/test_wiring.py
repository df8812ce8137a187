"""Choosing adapters, and what the doctor finds."""

from pathlib import Path

import pytest
from langsmith.utils import get_env_var, tracing_is_enabled
from small_client import in_turn, question, said

from app.engines.local import LocalEngine
from app.errors import BadInput
from app.health import examine
from app.model_settings import ModelSettings
from app.settings import Settings
from app.wiring import build_client, build_workbench, read_settings
from app.workbench import Workbench
from retrieval.chroma import ChromaIndex
from retrieval.embeddings import MiniLM
from retrieval.late import LateIndex

SECRET = "sk-never-to-be-seen"  # noqa: S105 (no real key)


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
    (finding,) = (one for one in examine(Settings(home=tmp_path)) if one.what == "index")
    assert not finding.ok and "reindex" in finding.detail


def detail(settings: Settings, what: str) -> str:
    return next(finding.detail for finding in examine(settings) if finding.what == what)


def test_the_doctor_says_that_the_local_engine_reads(settings: Settings, built_models: Path) -> None:
    assert detail(settings, "engine") == "local"


def test_the_doctor_says_which_models_would_be_asked_and_where_and_no_key(tmp_path: Path) -> None:
    model = ModelSettings.model_validate(
        {
            "name": "gpt-4.1",
            "steps": {"code": "gpt-4.1-nano"},
            "base_url": "http://me:pass@127.0.0.1:9/v1?key=k",
            "api_key": SECRET,
        }
    )
    said = detail(Settings(home=tmp_path, model=model, embeddings="openai:e"), "engine")
    assert said == ("llm: openai:gpt-4.1, code: openai:gpt-4.1-nano, at 127.0.0.1; search embeds with openai:e")


def test_llm_without_a_model_says_what_to_set(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="OPENAI_API_KEY"):
        build_workbench(Settings(home=tmp_path, engine="llm"))


def test_a_client_asks_the_models_it_is_given_and_keeps_answers_in_the_home(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path, model=ModelSettings(name="gpt-4.1", base_url="http://127.0.0.1:9/v1"))
    model = in_turn(said('{"numbers": [1]}'))
    client = build_client(settings, lambda name: model)
    assert client.ask(question()).numbers == [1]
    assert settings.answers.exists()


@pytest.mark.parametrize("given", ["openai", "openai:", "cohere:e", "minilm:2"])
def test_embeddings_that_are_not_known(tmp_path: Path, given: str) -> None:
    with pytest.raises(BadInput, match="DRAMATIS_EMBEDDINGS"):
        build_workbench(Settings(home=tmp_path, engine="local", embeddings=given))


def test_search_may_embed_otherwise_while_everything_else_keeps_minilm(tmp_path: Path, embedder: MiniLM) -> None:
    settings = Settings(home=tmp_path, engine="local", embeddings="openai:text-embedding-3-small")
    bench = build_workbench(settings, embedder=embedder)
    assert (bench.finder.name, bench.embedder) == ("openai-text-embedding-3-small", embedder)
    assert isinstance(bench.engine, LocalEngine) and bench.engine.embedder is embedder


@pytest.mark.parametrize("variable", ["LANGSMITH_TRACING", "LANGCHAIN_TRACING_V2"])
def test_langsmith_is_kept_out_whatever_other_programs_ask_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    monkeypatch.setenv("LANGSMITH_TRACING_V2", "")
    monkeypatch.setenv(variable, "true")
    get_env_var.cache_clear()
    build_workbench(Settings(home=tmp_path, engine="local"))
    try:
        assert not tracing_is_enabled()
    finally:
        get_env_var.cache_clear()


def test_chroma_sends_nothing_about_its_use(bench: Workbench) -> None:
    assert isinstance(bench.index, LateIndex) and isinstance(bench.index.open(), ChromaIndex)
    assert bench.index.open().client.get_settings().anonymized_telemetry is False


def test_a_key_under_a_misspelt_name_is_not_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DRAMATIS_MODEL__APIKEY", "sk-a-secret")
    with pytest.raises(BadInput) as refused:
        read_settings()
    assert "DRAMATIS_MODEL__APIKEY" in str(refused.value) and "sk-a-secret" not in str(refused.value)
