"""Cassettes: a conversation is played back word for word from a file that holds no key, and nothing else is."""

import json
from pathlib import Path
from typing import Any

import pytest
from fake_provider import FakeProvider, Fault, answer, failure, serving
from small_client import FakeClock, Numbers, Written

from app.engines.llm.client import Ask, ModelClient
from app.errors import BadInput, ModelError
from app.model_settings import ModelSettings
from app.settings import Settings
from app.wiring import build_client
from evals import cassettes
from evals.cassettes import cassette_for, heard, playing, settings_for

SECRET = "sk-never-to-be-seen"  # noqa: S105 (no real key)
QUESTIONS = ["Which – of “these”?", "Which of those?"]


class Counting(FakeProvider):
    """Answers a question by its length, whatever order questions come in; failures come first, as planned."""

    def next(self, request: dict[str, Any], headers: dict[str, str]) -> Fault:
        fault = super().next(request, headers)
        size = len(request["messages"][-1]["content"])
        return fault if fault.status >= 400 else answer(json.dumps({"numbers": [size]}))


def settings_on(url: str, home: Path, **more: object) -> Settings:
    """Settings of somebody who has a key, with a home of its own so that no answer is remembered."""
    given = {"name": "openai:gpt-4.1-mini", "base_url": url, "api_key": SECRET, **more}
    return Settings(home=home, engine="llm", model=ModelSettings.model_validate(given))


def client_on(settings: Settings) -> ModelClient:
    settings.home.mkdir(parents=True, exist_ok=True)
    client = build_client(settings)
    client._retry.clock = FakeClock()
    return client


def asked(settings: Settings, *questions: str) -> list[list[int]]:
    client = client_on(settings)
    asks = [Ask("code", Written("code_interview@v1#00000000", "You read.", one), Numbers) for one in questions]
    return [one.numbers for one in client.ask_all(asks)]


@pytest.fixture
def told(tmp_path: Path) -> Path:
    """A cassette of two questions; who answered them is gone."""
    path = tmp_path / "told.json"
    with serving(Fault(), by=Counting) as provider, playing(path, record=True):
        answers = asked(settings_on(provider.url, tmp_path / "recording"), *QUESTIONS)
    assert len(provider.requests) == 2
    assert answers == [[len(one)] for one in QUESTIONS]
    return path


def played(path: Path, home: Path, *questions: str) -> list[list[int]]:
    with playing(path):
        return asked(settings_for(path, Settings(home=home)), *questions)


def test_what_was_told_is_told_again_without_anybody_to_ask(told: Path, tmp_path: Path) -> None:
    before = told.read_bytes()
    for home, questions in (("a", QUESTIONS), ("b", QUESTIONS[::-1])):
        assert played(told, tmp_path / home, *questions) == [[len(one)] for one in questions]
    assert told.read_bytes() == before, "playing writes nothing"


def test_answers_are_played_byte_for_byte(told: Path, tmp_path: Path) -> None:
    settings = settings_for(told, Settings(home=tmp_path / "home"))
    with playing(told):
        model = client_on(settings)._model(settings.model.name)
        replies = [model.complete("You read.", one, Numbers) for one in QUESTIONS]
    assert [one.text for one in replies] == [json.dumps({"numbers": [len(one)]}) for one in QUESTIONS]
    assert {(one.model, one.finish, one.input_tokens, one.output_tokens) for one in replies} == {
        ("fake-1", "stop", 100, 20)
    }


def test_equal_conversations_make_equal_files_whatever_came_first(tmp_path: Path) -> None:
    with serving(Fault(), by=Counting) as provider:
        for name, questions in (("a", QUESTIONS), ("b", QUESTIONS[::-1])):
            with playing(tmp_path / f"{name}.json", record=True):
                asked(settings_on(provider.url, tmp_path / name, concurrency=1), *questions)
    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()


def test_the_file_holds_no_key_and_reads_as_json(told: Path) -> None:
    text = told.read_text(encoding="utf-8")
    assert SECRET not in text and "authorization" not in text.lower() and "bearer" not in text.lower()
    assert QUESTIONS[0] in text, "as it was written, without escapes"
    rows = json.loads(text)["interactions"]
    assert {name.lower() for row in rows for side in row.values() for name in side["headers"]} == {"content-type"}
    assert sorted(row["request"]["body"]["messages"][-1]["content"] for row in rows) == sorted(QUESTIONS)
    assert all(row["response"]["body"]["string"]["object"] == "chat.completion" for row in rows)


def test_the_key_was_sent_to_whom_it_is_for(tmp_path: Path) -> None:
    with serving(Fault(), by=Counting) as provider, playing(tmp_path / "told.json", record=True):
        asked(settings_on(provider.url, tmp_path / "home"), "Which?")
    assert provider.headers[0]["authorization"] == f"Bearer {SECRET}", "it is left out of the file, not of the request"


def test_what_was_never_asked_is_an_error_at_once(told: Path, tmp_path: Path) -> None:
    settings = settings_for(told, Settings(home=tmp_path / "home"))
    client = client_on(settings)
    clock = client._retry.clock
    assert isinstance(clock, FakeClock)
    with playing(told), pytest.raises(ModelError) as raised:
        client.ask(Ask("code", Written("x@v1#00000000", "You read.", "What else?"), Numbers))
    assert clock.waits == []
    assert "What else?" not in str(raised.value)


def test_a_failure_that_passed_is_not_played_back(tmp_path: Path) -> None:
    path = tmp_path / "told.json"
    plan = [failure(429, retry_after="1"), Fault(502, {"content-type": "text/html"}, "<html>Bad gateway"), Fault()]
    with serving(*plan, by=Counting) as provider, playing(path, record=True):
        asked(settings_on(provider.url, tmp_path / "recording"), "Which?")
    assert len(provider.requests) == 3
    assert played(path, tmp_path / "home", "Which?") == [[6]]


def test_recording_begins_anew(told: Path, tmp_path: Path) -> None:
    with serving(Fault(), by=Counting) as provider, playing(told, record=True):
        asked(settings_on(provider.url, tmp_path / "again"), "Which now?")
    rows = json.loads(told.read_text(encoding="utf-8"))["interactions"]
    assert [row["request"]["body"]["messages"][-1]["content"] for row in rows] == ["Which now?"]


def test_settings_are_those_of_the_recording(told: Path, tmp_path: Path) -> None:
    own = settings_on("http://127.0.0.1:9/v1", tmp_path, name="openai:other", steps={"code": "small"}, retries=4)
    found = settings_for(told, own)
    assert (found.engine, found.home, found.model.name) == ("llm", tmp_path, "openai:gpt-4.1-mini")
    assert found.model.base_url.startswith("http://127.0.0.1:") and found.model.base_url.endswith("/v1")
    assert found.model.base_url != own.model.base_url
    assert (found.model.steps, found.model.retries) == ({}, 0)


@pytest.mark.parametrize("text", ["", "no JSON", "{}", '{"interactions": []}', '{"interactions": [{"request": {}}]}'])
def test_what_is_no_cassette_is_named(tmp_path: Path, text: str) -> None:
    path = tmp_path / "odd.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadInput, match=r"odd\.json: this is no cassette"):
        settings_for(path)


def test_a_cassette_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="Record one with --record"), playing(tmp_path / "none.json"):
        pass


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, told: Path) -> Path:
    """The folder of cassettes, with one for the dataset `tea`."""
    monkeypatch.setattr(cassettes, "CASSETTES", tmp_path / "shelf")
    (tmp_path / "shelf").mkdir()
    (tmp_path / "shelf" / "tea.json").write_bytes(told.read_bytes())
    return tmp_path / "shelf"


def use_model(monkeypatch: pytest.MonkeyPatch, url: str = "http://127.0.0.1:9/v1") -> None:
    monkeypatch.setenv("DRAMATIS_MODEL__NAME", "openai:mine")
    monkeypatch.setenv("DRAMATIS_MODEL__BASE_URL", url)


def test_the_cassette_of_a_dataset_is_named_for_its_folder(shelf: Path, tmp_path: Path) -> None:
    assert cassette_for(tmp_path / "data" / ".." / "tea") == shelf / "tea.json"


def test_without_a_model_the_dataset_is_played(shelf: Path, tmp_path: Path) -> None:
    with heard(tmp_path / "tea", "llm", None, record=False) as settings:
        settings = settings.model_copy(update={"home": tmp_path / "home"})
        assert asked(settings, QUESTIONS[0]) == [[len(QUESTIONS[0])]]


@pytest.mark.parametrize("engine", ["local", None])
def test_the_local_engine_plays_nothing(shelf: Path, tmp_path: Path, engine: str | None) -> None:
    with heard(tmp_path / "tea", engine, None, record=False) as settings:
        assert (settings.reader, settings.model.name) == ("local", "")


def test_a_model_that_is_set_up_is_asked_unless_a_cassette_is_named(
    shelf: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_model(monkeypatch)
    with heard(tmp_path / "tea", None, None, record=False) as settings:
        assert (settings.reader, settings.model.name) == ("llm", "openai:mine")
    with heard(tmp_path / "tea", None, shelf / "tea.json", record=False) as settings:
        assert settings.model.name == "openai:gpt-4.1-mini"


def test_a_cassette_that_is_named_and_not_there_is_an_error(shelf: Path, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"rice\.json"), heard(tmp_path, "llm", shelf / "rice.json", record=False):
        pass


def test_a_dataset_is_recorded_with_the_model_that_is_set_up(
    shelf: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(Fault(), by=Counting) as provider:
        use_model(monkeypatch, provider.url)
        with heard(tmp_path / "rice", "llm", None, record=True) as settings:
            asked(settings.model_copy(update={"home": tmp_path / "home"}), "Which?")
    assert played(shelf / "rice.json", tmp_path / "other", "Which?") == [[6]]
