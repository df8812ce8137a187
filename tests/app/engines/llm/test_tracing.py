"""Spans of model calls: on where a collector is named, names and numbers only."""

from contextlib import suppress

import pytest
from fake_provider import Fault, answer, failure, serving
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from small_client import Numbers

from app.engines.llm import langchain_model, tracing
from app.engines.llm.langchain_model import LangChainModel
from app.engines.llm.model import Transient
from app.errors import ModelError
from app.model_settings import ModelSettings

SPOKEN = "nobody told me about the other one"


@pytest.fixture
def exporter(monkeypatch: pytest.MonkeyPatch) -> InMemorySpanExporter:
    """Spans as they would leave for a collector."""
    exporter, provider = InMemorySpanExporter(), TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    handler = tracing.SpanHandler(provider.get_tracer("test"))
    monkeypatch.setattr(langchain_model, "callbacks", lambda: [handler])
    return exporter


def traced(exporter: InMemorySpanExporter, fault: Fault) -> ReadableSpan:
    with serving(fault) as provider:
        model = LangChainModel(ModelSettings(name="openai:m", base_url=provider.url), "openai:m")
        with suppress(ModelError, Transient):
            model.complete("You read.", SPOKEN, Numbers)
    [span] = exporter.get_finished_spans()
    assert SPOKEN not in span.to_json()
    return span


def test_a_call_is_a_span_with_its_tokens(exporter: InMemorySpanExporter) -> None:
    span = traced(exporter, answer(f'{{"numbers": [], "said": "{SPOKEN}"}}'))
    assert span.name == "chat m"
    assert dict(span.attributes or {}) == {
        "gen_ai.operation.name": "chat",
        "gen_ai.request.model": "m",
        "gen_ai.usage.input_tokens": 100,
        "gen_ai.usage.output_tokens": 20,
    }


def test_a_call_that_fails_says_only_how(exporter: InMemorySpanExporter) -> None:
    span = traced(exporter, failure(400, f"Cannot parse: {SPOKEN}"))
    assert not span.status.is_ok
    assert "Request" in str((span.attributes or {})["error.type"])
    assert not span.events


def test_nothing_is_traced_unless_a_collector_is_named() -> None:
    assert tracing.callbacks() == []


def test_a_collector_is_named_by_the_usual_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:1")
    provider = TracerProvider()
    monkeypatch.setattr(tracing, "_tracer", lambda: provider.get_tracer("test"))
    [handler] = tracing.callbacks()
    assert isinstance(handler, tracing.SpanHandler)
