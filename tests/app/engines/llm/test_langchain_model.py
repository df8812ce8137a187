"""One call over real HTTP: what is sent, what is read, and what each fault becomes."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from threading import Event

import pytest
from fake_provider import FakeProvider, Fault, answer, failure, serving
from langchain_core.messages import AIMessage
from langsmith.utils import tracing_is_enabled
from small_client import Numbers

from app.engines.llm.langchain_model import LangChainModel
from app.engines.llm.model import Cancelled, Reply, Transient
from app.errors import ModelError
from app.model_settings import ModelSettings

SECRET = "sk-never-to-be-seen"  # noqa: S105 (no real key)
SPOKEN = "I only ever bought the cheap one because nobody told me about the other"


@pytest.fixture
def fine() -> Iterator[FakeProvider]:
    with serving(answer('{"numbers": [3, 4]}')) as provider:
        yield provider


def ask(provider: FakeProvider, name: str = "openai:gpt-4.1-mini", user: str = "Which?", **settings: object) -> Reply:
    given = {"name": name, "base_url": provider.url, "api_key": SECRET, **settings}
    return LangChainModel(ModelSettings.model_validate(given), name).complete("You read.", user, Numbers)


def test_the_reply_holds_text_usage_and_why_it_ended(fine: FakeProvider) -> None:
    assert ask(fine) == Reply('{"numbers": [3, 4]}', 100, 20, "stop", "fake-1", "")


def test_what_is_sent(fine: FakeProvider) -> None:
    ask(fine)
    [sent] = fine.requests
    assert sent["model"] == "gpt-4.1-mini"
    assert sent["temperature"] == 0
    assert sent["messages"] == [{"role": "system", "content": "You read."}, {"role": "user", "content": "Which?"}]
    assert sent["response_format"] == {
        "type": "json_schema",
        "json_schema": {
            "name": "Numbers",
            "strict": True,
            "schema": {
                "type": "object",
                "properties": {"numbers": {"items": {"type": "integer"}, "type": "array"}},
                "required": ["numbers"],
                "additionalProperties": False,
            },
        },
    }
    assert fine.headers[0]["authorization"] == f"Bearer {SECRET}"


def test_a_model_that_takes_no_temperature_is_sent_none(fine: FakeProvider) -> None:
    ask(fine, name="openai:gpt-5-mini")
    ask(fine, name="openai:o4-mini")
    ask(fine, temperature=None)
    assert not any("temperature" in sent for sent in fine.requests)


def test_a_server_of_ones_own_needs_no_key(fine: FakeProvider, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    assert ask(fine, api_key=None).text


def test_without_a_key_it_says_that_one_is_missing() -> None:
    with pytest.raises(ModelError, match="key"):
        LangChainModel(ModelSettings(name="openai:m"), "openai:m").complete("s", "u", Numbers)


def test_the_key_and_address_of_openai_go_to_no_other_provider() -> None:
    settings = ModelSettings.model_validate({"base_url": "http://127.0.0.1:9/v1", "api_key": SECRET})
    assert LangChainModel(settings, "anthropic:claude-x")._options() == {
        "max_retries": 0,
        "timeout": 180.0,
        "temperature": 0.0,
    }


def test_azure_speaks_to_its_deployment(fine: FakeProvider, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_VERSION", "2024-10-21")
    azure = fine.url.removesuffix("/v1")
    assert ask(fine, name="azure_openai:our-deployment", base_url=azure).text == '{"numbers": [3, 4]}'
    assert fine.headers[0]["api-key"] == SECRET
    assert fine.paths == ["/openai/deployments/our-deployment/chat/completions?api-version=2024-10-21"]


def test_a_refusal() -> None:
    with serving(answer(None, refusal="I would rather not.")) as provider:
        assert ask(provider).refusal == "I would rather not."


def test_an_answer_that_was_cut_is_a_reply_with_its_text() -> None:
    with serving(answer('{"numbers": [3', finish="length")) as provider:
        assert ask(provider) == Reply('{"numbers": [3', 100, 20, "length", "fake-1", "")


def test_an_answer_that_was_filtered_is_a_refusal() -> None:
    with serving(answer("", finish="content_filter")) as provider:
        assert "content filter" in ask(provider).refusal


@pytest.mark.parametrize("text", ["Surely!", '{"numbers": [3', ""])
def test_words_that_are_no_json_come_back_as_they_are(text: str) -> None:
    with serving(answer(text)) as provider:
        assert ask(provider).text == text


def test_a_server_that_does_not_count_tokens() -> None:
    with serving(answer('{"numbers": []}', usage=False)) as provider:
        assert (ask(provider).input_tokens, ask(provider).output_tokens) == (0, 0)


in_a_while = format_datetime(datetime.now(UTC) + timedelta(seconds=90), usegmt=True)


@pytest.mark.parametrize(
    ("fault", "least", "most"),
    [
        pytest.param(failure(429, retry_after="7"), 7, 7, id="seconds"),
        pytest.param(failure(429, retry_after="0.5"), 0.5, 0.5, id="part of a second"),
        pytest.param(failure(429, retry_after_ms="250", retry_after="9"), 0.25, 0.25, id="milliseconds"),
        pytest.param(failure(503, retry_after=in_a_while), 0, 90, id="a date"),
        pytest.param(failure(429, retry_after="Wed, 21 Oct 2015 07:28:00 GMT"), 0, 0, id="a date gone by"),
    ],
)
def test_how_long_the_provider_asks_to_wait(fault: Fault, least: float, most: float) -> None:
    with serving(fault) as provider, pytest.raises(Transient) as caught:
        ask(provider)
    assert caught.value.retry_after is not None
    assert least <= caught.value.retry_after <= most


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(failure(429), id="too many requests"),
        pytest.param(failure(429, retry_after="soon"), id="nonsense in retry-after"),
        pytest.param(failure(500), id="a fault of the server"),
        pytest.param(failure(502), id="a fault before the server"),
        pytest.param(Fault(drop=True), id="dropped connection"),
        pytest.param(Fault(body="<html>Welcome</html>", headers={"content-type": "text/html"}), id="a page"),
        pytest.param(Fault(body='{"choices": null}'), id="no choices"),
        pytest.param(Fault(body='{"hello"'), id="half a body"),
    ],
)
def test_what_passes(fault: Fault) -> None:
    with serving(fault) as provider, pytest.raises(Transient) as caught:
        ask(provider)
    assert caught.value.retry_after is None
    assert len(provider.requests) == 1, "the provider's client must not retry by itself"


def test_an_answer_that_does_not_come_in_time() -> None:
    with serving(Fault(hang=True)) as provider, pytest.raises(Transient, match="in time"):
        ask(provider, timeout=0.05)


def test_nobody_there() -> None:
    with serving(answer("")) as provider:
        pass
    with pytest.raises(Transient, match="no connection"):
        ask(provider)


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (failure(400, "Unknown parameter."), "Unknown parameter"),
        (failure(401, f"Incorrect API key provided: {SECRET}"), "Check the key"),
        (failure(403), "may not use this model"),
        (failure(404, "The model does not exist", "model_not_found"), "DRAMATIS_MODEL__NAME"),
        (failure(429, "You exceeded your quota", "insufficient_quota"), "no credit"),
    ],
)
def test_what_does_not_pass_says_what_to_do(fault: Fault, words: str) -> None:
    with serving(fault) as provider, pytest.raises(ModelError, match=words) as caught:
        ask(provider)
    assert SECRET not in str(caught.value)


def test_an_error_that_repeats_the_prompt_is_not_repeated() -> None:
    with (
        serving(failure(400, f"Cannot parse: {SPOKEN}", "bad_prompt")) as provider,
        pytest.raises(ModelError, match="bad_prompt") as caught,
    ):
        ask(provider, user=f"12 {SPOKEN}.")
    assert SPOKEN not in str(caught.value)
    assert caught.value.__suppress_context__


@pytest.mark.parametrize("name", ["anthropic:claude-x", "nobody:at-all"])
def test_a_provider_that_is_not_installed_or_not_known(name: str) -> None:
    # (the first is one of LangChain's, whose package is not among ours)
    with pytest.raises(ModelError, match=r"docs/models\.md"):
        LangChainModel(ModelSettings(name=name), name).complete("s", "u", Numbers)


@pytest.mark.parametrize("asked_for", [False, True])
def test_langsmith_sees_a_call_only_where_it_is_asked_for(
    fine: FakeProvider, monkeypatch: pytest.MonkeyPatch, asked_for: bool
) -> None:
    monkeypatch.setenv("LANGSMITH_TRACING", "true")
    seen: list[object] = []
    model = LangChainModel(ModelSettings(name="openai:m", base_url=fine.url), "openai:m", langsmith=asked_for)

    class Looking:
        def invoke(self, *given: object) -> dict[str, object]:
            seen.append(tracing_is_enabled())
            return {"raw": AIMessage("{}")}

    monkeypatch.setattr(model, "_structured", lambda *given: Looking())
    model.complete("s", "u", Numbers)
    assert seen == [asked_for]


def test_nothing_is_sent_once_the_work_is_given_up(fine: FakeProvider) -> None:
    given_up = Event()
    given_up.set()
    settings = ModelSettings(name="openai:m", base_url=fine.url)
    with pytest.raises(Cancelled):
        LangChainModel(settings, "openai:m").complete("s", "u", Numbers, given_up)
    assert fine.requests == []
