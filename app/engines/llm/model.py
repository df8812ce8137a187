"""The port to a chat model: one question with a schema, one reply. `langchain_model` is the adapter that ships.

Importing it loads no adapter.
"""

from collections.abc import Callable
from threading import Event
from typing import NamedTuple, Protocol

from pydantic import BaseModel

from app.errors import ModelError
from app.model_settings import ModelSettings

TRUNCATED = "length"


class Reply(NamedTuple):
    """What came back. `finish` is the provider's word for why it stopped; `refusal` is its reason for not answering."""

    text: str
    input_tokens: int
    output_tokens: int
    finish: str
    model: str
    refusal: str


class Transient(Exception):
    """A failure that passes: too many requests, a server's fault, a lost connection, no answer in time.

    `retry_after` is how many seconds the provider asks to wait, None where it does not say.
    """

    def __init__(self, reason: str, retry_after: float | None = None):
        self.reason, self.retry_after = reason, retry_after
        super().__init__(reason)


class Cancelled(ModelError):
    """The call was not made, or not waited for, because the work was given up."""

    def __init__(self) -> None:
        super().__init__("Stopped before all was answered. What was answered is kept: run again to go on from it.")


class ChatModel(Protocol):
    """`name` is `provider:model` as it was set; it is recorded as the coder."""

    @property
    def name(self) -> str: ...

    def complete(self, system: str, user: str, schema: type[BaseModel], cancel: Event | None = None) -> Reply:
        """One completion that follows `schema`. Raises Transient, or ModelError where trying again is no use."""
        ...


# A model by its name.
Models = Callable[[str], ChatModel]


def langchain_models(settings: ModelSettings, *, langsmith: bool = False) -> Models:
    """Models on LangChain; the first call of each loads it."""

    def by_name(name: str) -> ChatModel:
        from app.engines.llm.langchain_model import LangChainModel

        return LangChainModel(settings, name, langsmith=langsmith)

    return by_name
