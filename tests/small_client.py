"""A client of language models for tests: a scripted model, a clock that waits for nothing, short questions."""

from collections.abc import Callable
from pathlib import Path
from threading import Event, Lock
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict

from app.engines.llm.cache import AnswerCache
from app.engines.llm.client import Ask, ModelClient
from app.engines.llm.model import Cancelled, Reply
from app.engines.llm.prices import load_prices
from app.model_settings import ModelSettings

MODEL = "openai:gpt-4.1-mini"


class Numbers(BaseModel):
    model_config = ConfigDict(extra="forbid")

    numbers: list[int]


class Written(NamedTuple):
    """A rendered prompt."""

    id: str
    system: str
    user: str


def question(user: str = "Which?", step: str = "code", **more: object) -> Ask[Numbers]:
    return Ask(step, Written("code_interview@v1#00000000", "You read.", user), Numbers, **more)


def said(text: str, finish: str = "stop", refusal: str = "", tokens: tuple[int, int] = (100, 20)) -> Reply:
    return Reply(text, *tokens, finish=finish, model="fake-1", refusal=refusal)


class FakeClock:
    """Time that passes only by being waited for."""

    def __init__(self) -> None:
        self.time, self.waits = 0.0, list[float]()

    def now(self) -> float:
        return self.time

    def wait(self, seconds: float, cancel: Event) -> None:
        if cancel.is_set():
            raise Cancelled
        self.waits.append(seconds)
        self.time += seconds


class ScriptedModel:
    """Answers by a function of the question; remembers what it was asked."""

    def __init__(self, answer: Callable[[str], Reply], name: str = MODEL):
        self.name, self.answer = name, answer
        self.asked: list[str] = []
        self._lock = Lock()

    def complete(self, system: str, user: str, schema: type[BaseModel], cancel: Event | None = None) -> Reply:
        with self._lock:
            self.asked.append(user)
        return self.answer(user)


def in_turn(*replies: Reply | Exception) -> ScriptedModel:
    """A model that gives the replies one after the other."""
    left = list(replies)

    def answer(user: str) -> Reply:
        reply = left.pop(0)
        if isinstance(reply, Exception):
            raise reply
        return reply

    return ScriptedModel(answer)


def client_of(
    model: ScriptedModel, home: Path | None = None, clock: FakeClock | None = None, **settings: object
) -> ModelClient:
    """A client that asks `model` whatever the name, on settings of its own."""
    given = {"name": MODEL, "base_url": "", "api_key": None, **settings}
    return ModelClient(
        ModelSettings.model_validate(given),
        lambda name: model,
        cache=AnswerCache(home / "answers.sqlite" if home else None),
        prices=load_prices(given.get("prices") or None),
        clock=clock or FakeClock(),
    )
