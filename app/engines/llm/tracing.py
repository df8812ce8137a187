"""Spans of model calls for OpenTelemetry, by LangChain's callbacks.

On where OTEL_EXPORTER_OTLP_ENDPOINT (or its _TRACES_ form) names a collector that speaks OTLP over gRPC; off otherwise.
A span holds names and numbers in the terms of the conventions for generative AI, never a prompt or an answer.
"""

import os
from functools import cache
from threading import Lock
from typing import Any
from uuid import UUID

from langchain_core.callbacks import BaseCallbackHandler
from langchain_core.outputs import LLMResult
from opentelemetry.trace import Span, Status, StatusCode, Tracer

ENDPOINTS = ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT")


def callbacks() -> list[BaseCallbackHandler]:
    """The handler that traces, where a collector is named."""
    return [SpanHandler(_tracer())] if any(os.environ.get(name) for name in ENDPOINTS) else []


@cache
def _tracer() -> Tracer:
    from opentelemetry.exporter.otlp.proto.grpc.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    provider = TracerProvider(resource=Resource.create({"service.name": "dramatis"}))
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    return provider.get_tracer("dramatis.llm")


class SpanHandler(BaseCallbackHandler):
    """One span for each call of a chat model."""

    def __init__(self, tracer: Tracer):
        self.tracer = tracer
        self._spans: dict[UUID, Span] = {}
        self._lock = Lock()

    def on_chat_model_start(self, serialized: dict[str, Any], messages: Any, *, run_id: UUID, **about: Any) -> None:
        parameters = about.get("invocation_params") or {}
        model = str(parameters.get("model") or parameters.get("model_name") or "unknown")
        span = self.tracer.start_span(f"chat {model}")
        span.set_attributes({"gen_ai.operation.name": "chat", "gen_ai.request.model": model})
        with self._lock:
            self._spans[run_id] = span

    def on_llm_end(self, response: LLMResult, *, run_id: UUID, **about: Any) -> None:
        span = self._take(run_id)
        if span is None:
            return
        message = getattr(response.generations[0][0], "message", None)
        usage = getattr(message, "usage_metadata", None) or {}
        for kind in ("input_tokens", "output_tokens"):
            span.set_attribute(f"gen_ai.usage.{kind}", int(usage.get(kind, 0)))
        span.end()

    def on_llm_error(self, error: BaseException, *, run_id: UUID, **about: Any) -> None:
        """The kind of error only: its words may repeat the prompt."""
        if span := self._take(run_id):
            span.set_attribute("error.type", type(error).__name__)
            span.set_status(Status(StatusCode.ERROR))
            span.end()

    def _take(self, run_id: UUID) -> Span | None:
        with self._lock:
            return self._spans.pop(run_id, None)
