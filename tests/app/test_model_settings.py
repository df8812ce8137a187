"""The settings of the language model, and which engine they make of `auto`."""

import pytest

from app.errors import BadInput
from app.model_settings import DEFAULT_NAME, ModelSettings
from app.settings import Settings
from app.wiring import read_settings

KEY = "sk-never-to-be-seen"


def test_they_come_from_nested_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {
        "NAME": "openai:gpt-4.1",
        "BASE_URL": "http://127.0.0.1:9/v1",
        "API_KEY": KEY,
        "STEPS": '{"code": "gpt-4.1-nano"}',
        "STEPS__DRAFT": "anthropic:claude-x",
        "CONCURRENCY": "3",
        "REQUESTS_PER_MINUTE": "60",
        "TEMPERATURE": "",
    }.items():
        monkeypatch.setenv(f"DRAMATIS_MODEL__{name}", value)
    model = Settings().model
    assert model.api_key and model.api_key.get_secret_value() == KEY
    assert (model.name, model.concurrency, model.requests_per_minute, model.temperature) == (
        "openai:gpt-4.1",
        3,
        60,
        None,
    )
    assert [model.name_for(step) for step in ("code", "draft", "judge")] == [
        "openai:gpt-4.1-nano",
        "anthropic:claude-x",
        "openai:gpt-4.1",
    ]
    assert model.names == ["openai:gpt-4.1", "openai:gpt-4.1-nano", "anthropic:claude-x"]


def test_key_and_address_are_taken_from_where_openai_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    model = Settings().model
    assert model.api_key and model.api_key.get_secret_value() == KEY
    assert model.base_url == "http://127.0.0.1:9/v1"


def test_the_key_is_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    settings = Settings()
    assert KEY not in f"{settings!r} {settings} {settings.model_dump()} {settings.model_dump_json()}"


@pytest.mark.parametrize(
    ("given", "reader"),
    [
        pytest.param({}, "local", id="nothing set"),
        pytest.param({"api_key": KEY}, "llm", id="a key: the default model"),
        pytest.param({"api_key": KEY, "name": "gpt-4.1"}, "llm", id="a key and a name"),
        pytest.param(
            {"api_key": KEY, "base_url": "http://127.0.0.1:9/v1"}, "llm", id="a key for a server like OpenAI's"
        ),
        pytest.param({"base_url": "http://127.0.0.1:9/v1", "name": "llama"}, "llm", id="a server and a name"),
        pytest.param({"base_url": "http://127.0.0.1:9/v1"}, "local", id="a server whose models nobody named"),
        pytest.param({"name": "openai:gpt-4.1"}, "local", id="a name and no way to ask"),
    ],
)
def test_auto(given: dict[str, object], reader: str) -> None:
    assert Settings(model=ModelSettings.model_validate(given)).reader == reader


def test_who_says_local_gets_local() -> None:
    assert Settings(engine="local", model=ModelSettings.model_validate({"api_key": KEY})).reader == "local"


def test_a_key_alone_means_the_default_model() -> None:
    assert ModelSettings.model_validate({"api_key": KEY}).main == DEFAULT_NAME


@pytest.mark.parametrize(
    ("variable", "value"),
    [("DRAMATIS_MODEL__CONCURRENCY", "none"), ("DRAMATIS_MODEL__TIMEOUT", "0"), ("DRAMATIS_MODEL__BOGUS", "1")],
)
def test_a_wrong_value_is_named_by_its_variable(monkeypatch: pytest.MonkeyPatch, variable: str, value: str) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(BadInput, match=variable):
        read_settings()


@pytest.mark.parametrize("value", [f"{KEY} {{", f'{{"api_key": ["{KEY}"]}}', f'"{KEY}"'])
def test_no_complaint_repeats_the_key(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("DRAMATIS_MODEL", value)
    with pytest.raises(BadInput, match="DRAMATIS_") as caught:
        read_settings()
    assert KEY not in str(caught.value)
