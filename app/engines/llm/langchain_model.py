"""Chat models through LangChain, the only file of the application that imports it.

Nothing is loaded before the first call. Retries of LangChain and of the provider's client are off, so that ours are
the only ones; LangSmith sees nothing unless asked for, whatever the environment says for other programs.
"""

import json
import re
from functools import cached_property
from threading import Event, Lock
from typing import Any

from pydantic import BaseModel

from app.engines.llm.faults import translated
from app.engines.llm.model import TRUNCATED, Cancelled, Reply
from app.engines.llm.schema import strict_schema
from app.engines.llm.tracing import callbacks
from app.errors import ModelError
from app.model_settings import ModelSettings

# Those of the OpenAI family, which share one client.
OPENAI = ("openai", "azure_openai")
# OpenAI's reasoning models refuse a temperature; of the gpt-5 family LangChain knows it.
REASONING = re.compile(r"openai:o\d")
# langchain_openai registers its classes at import, which two threads must not do at once.
_LOADING = Lock()


class LangChainModel:
    """The ChatModel `name` of LangChain."""

    def __init__(self, settings: ModelSettings, name: str, *, langsmith: bool = False):
        self.settings, self.name, self.langsmith = settings, name, langsmith

    @property
    def provider(self) -> str:
        return self.name.partition(":")[0]

    def complete(self, system: str, user: str, schema: type[BaseModel], cancel: Event | None = None) -> Reply:
        if cancel is not None and cancel.is_set():
            raise Cancelled
        with _LOADING:
            chat = self._chat
        from langsmith import tracing_context

        messages = [("system", system), ("user", user)]
        with tracing_context(enabled=self.langsmith):
            try:
                answer = self._structured(chat, schema).invoke(messages, {"callbacks": callbacks()})
            except Exception as error:
                if cut := _cut_short(error, self.name):
                    return cut
                # Not chained: the first error may hold the prompt, and tracebacks are logged.
                raise translated(error, self.name, system + user) from None
        return _reply(answer["raw"], self.name)

    @cached_property
    def _chat(self) -> Any:
        from langchain.chat_models import init_chat_model

        try:
            return init_chat_model(self.name, **self._options())
        except Exception as error:
            raise ModelError(
                f"{self.name} cannot be used ({self._why(error)}). Write DRAMATIS_MODEL__NAME as provider:model, set "
                "the provider's key, and install its package (docs/models.md)."
            ) from None

    def _options(self) -> dict[str, Any]:
        """Key and address are those of OpenAI or of what speaks like it; other providers read their own variables."""
        settings = self.settings
        options: dict[str, Any] = {"max_retries": 0, "timeout": settings.timeout}
        if not REASONING.match(self.name):
            options["temperature"] = settings.temperature
        if self.provider in OPENAI:
            options |= {"api_key": self._key or ("none" if settings.base_url else None)}
            options["azure_endpoint" if self.provider == "azure_openai" else "base_url"] = settings.base_url or None
        if self.provider == "openai":
            options["use_responses_api"] = False
        return {key: value for key, value in options.items() if value is not None}

    @property
    def _key(self) -> str:
        return self.settings.api_key.get_secret_value() if self.settings.api_key else ""

    def _why(self, error: Exception) -> str:
        """The first sentence of the error, unless it shows the key."""
        words = str(error).partition("\n")[0].rstrip(".")
        return type(error).__name__ if self._key and self._key in str(error) else words

    def _structured(self, chat: Any, schema: type[BaseModel]) -> Any:
        """The model bound to the schema; providers other than OpenAI follow it in their own way."""
        strict = strict_schema(schema)
        if self.provider in OPENAI:
            return chat.with_structured_output(strict, method="json_schema", include_raw=True)
        return chat.with_structured_output(schema, include_raw=True)


def _reply(message: Any, name: str) -> Reply:
    """A Reply from LangChain's AIMessage: its text, or the arguments of its call where the provider answers so."""
    usage, about = message.usage_metadata or {}, message.response_metadata
    text = message.text or (json.dumps(message.tool_calls[0]["args"]) if message.tool_calls else "")
    finish = str(about.get("finish_reason") or about.get("stop_reason") or about.get("done_reason") or "")
    return Reply(
        text=str(text),
        input_tokens=usage.get("input_tokens", 0),
        output_tokens=usage.get("output_tokens", 0),
        finish=TRUNCATED if finish in (TRUNCATED, "max_tokens") else finish,
        model=str(about.get("model_name") or name),
        refusal=str(message.additional_kwargs.get("refusal") or ""),
    )


def _cut_short(error: Exception, name: str) -> Reply | None:
    """OpenAI's client raises where an answer was cut or filtered; what it holds is a reply all the same."""
    completion = getattr(error, "completion", None)
    if completion is None or not completion.choices:
        return None
    choice, usage = completion.choices[0], completion.usage
    filtered = choice.finish_reason == "content_filter"
    return Reply(
        text=choice.message.content or "",
        input_tokens=usage.prompt_tokens if usage else 0,
        output_tokens=usage.completion_tokens if usage else 0,
        finish=choice.finish_reason,
        model=completion.model or name,
        refusal="the provider's content filter stopped it" if filtered else "",
    )
