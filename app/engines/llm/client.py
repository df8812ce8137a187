"""ModelClient: questions in, checked answers out.

A question that was answered before is answered from the cache. Otherwise it waits for its turn, is weighed against the
budget, asked, asked again after failures that pass, and put to the model once more where the answer cannot be used.
Every call is in the account. Importing this loads no LangChain: the first call does.
"""

import logging
from collections.abc import Callable, Sequence
from threading import Event, Lock
from typing import NamedTuple

from app.engines.llm.account_book import AccountBook
from app.engines.llm.asking import A, Ask, repair
from app.engines.llm.budget import Budget, Purse, estimated_tokens
from app.engines.llm.cache import AnswerCache, digest
from app.engines.llm.limits import Clock, RateLimit, Retry, WallClock
from app.engines.llm.model import TRUNCATED, ChatModel, Models, Reply
from app.engines.llm.pool import in_order
from app.engines.llm.prices import PriceTable
from app.engines.llm.schema import strict_schema
from app.errors import ModelError, RefusedAnswer, TruncatedAnswer
from app.model_settings import ModelSettings

__all__ = ["Ask", "Estimate", "ModelClient"]

log = logging.getLogger("dramatis.llm")


class Estimate(NamedTuple):
    """What questions would take: `cached` of them (of `cached_tokens`) are answered already, the others hold
    `input_tokens`. What will be written is not known before."""

    calls: int
    cached: int
    input_tokens: int
    cached_tokens: int


class ModelClient:
    """Asks `models` by name, as `settings` says. `account` is where steps note what they drop."""

    def __init__(
        self,
        settings: ModelSettings,
        models: Models,
        *,
        cache: AnswerCache,
        prices: PriceTable,
        clock: Clock | None = None,
    ):
        self.settings, self.cache, self.prices = settings, cache, prices
        self.clock = clock or WallClock()
        self.account = AccountBook(prices.currency)
        self._models, self._known = models, dict[str, ChatModel]()
        self._lock = Lock()
        self._rate = RateLimit(settings.requests_per_minute, self.clock)
        self._retry = Retry(settings.retries, self.clock)
        self.limit(Budget.read(settings.budget) if settings.budget else None)

    def limit(self, budget: Budget | None) -> None:
        """Spend no more than `budget` from here on. BadInput where it is money and a price is unknown."""
        purse = Purse(budget, self.prices)
        purse.need_prices(self.settings.names)
        self._purse = purse

    def name_for(self, step: str) -> str:
        """The model that does `step`."""
        return self.settings.name_for(step)

    def ask(self, ask: Ask[A], cancel: Event | None = None) -> A:
        """The answer. ModelError (with `.raw`) where none can be had, BudgetSpent where it would cost too much."""
        if (kept := self._kept(ask)) is not None:
            self.account.remembered(ask.step, ask.prompt.id)
            return kept
        return self._fresh(ask, cancel or Event())

    def ask_all(
        self, asks: Sequence[Ask[A]], cancel: Event | None = None, done: Callable[[], None] = lambda: None
    ) -> list[A]:
        """The answers in order, several asked at once; `done` is called after each.

        The first failure stops the rest: `cancel` is set, what is under way ends and is kept, and it is raised.
        """
        stop = cancel or Event()

        def one(ask: Ask[A]) -> A:
            answer = self.ask(ask, stop)
            done()
            return answer

        return in_order(one, asks, self.settings.concurrency, stop)

    def estimate(self, asks: Sequence[Ask[A]]) -> Estimate:
        """What the questions would take; asks nothing."""
        sizes = [(self._kept(ask) is None, estimated_tokens(ask.prompt.system, ask.prompt.user)) for ask in asks]
        new, old = ([size for fresh, size in sizes if fresh is wanted] for wanted in (True, False))
        return Estimate(len(new), len(old), sum(new), sum(old))

    def _kept(self, ask: Ask[A]) -> A | None:
        text = self.cache.find(self._key(ask))
        return ask.read(text)[0] if text is not None else None

    def _key(self, ask: Ask[A]) -> str:
        schema = strict_schema(ask.answer)
        prompt = ask.prompt
        asked = self.name_for(ask.step), self.settings.base_url
        return digest(*asked, prompt.system, prompt.user, schema, self.settings.temperature)

    def _fresh(self, ask: Ask[A], cancel: Event) -> A:
        reply = self._call(ask, ask.prompt.user, cancel)
        answer, fault = ask.read(reply.text)
        if answer is None:
            log.info("answer sent back: step=%s prompt=%s model=%s", ask.step, ask.prompt.id, reply.model)
            reply = self._call(ask, repair(ask.prompt.user, reply.text, fault), cancel)
            answer, fault = ask.read(reply.text)
        if answer is None:
            raise ModelError(
                f"{self.name_for(ask.step)} answered “{ask.step}” twice with something that cannot be used. "
                "Try again, or set another model in DRAMATIS_MODEL__NAME.",
                reply.text,
            )
        self.cache.keep(self._key(ask), reply.text, ask.sources)
        return answer

    def _call(self, ask: Ask[A], user: str, cancel: Event) -> Reply:
        """One call that was answered whole, weighed before and counted after."""
        name = self.name_for(ask.step)
        size = estimated_tokens(ask.prompt.system, user)
        promised = self._purse.promise(name, size)
        taken = (0, 0)
        try:
            reply = self._retry.attempt(name, lambda: self._once(ask, name, user, cancel), cancel)
            taken = reply.input_tokens, reply.output_tokens
        finally:
            self._purse.settle(promised, name, *taken)
        return _whole(reply, name, ask.step)

    def _once(self, ask: Ask[A], name: str, user: str, cancel: Event) -> Reply:
        self._rate.take(cancel)
        began = self.clock.now()
        reply = self._model(name).complete(ask.prompt.system, user, ask.answer, cancel)
        reply = _counted(reply, ask.prompt.system, user)
        cost = self.prices.cost(name, reply.input_tokens, reply.output_tokens)
        self.account.called(ask.step, ask.prompt.id, reply, self.clock.now() - began, cost)
        return reply

    def _model(self, name: str) -> ChatModel:
        with self._lock:
            if name not in self._known:
                self._known[name] = self._models(name)
            return self._known[name]


def _counted(reply: Reply, system: str, user: str) -> Reply:
    """The reply with its tokens estimated where a server does not count them."""
    if reply.input_tokens or reply.output_tokens:
        return reply
    return reply._replace(input_tokens=estimated_tokens(system, user), output_tokens=estimated_tokens(reply.text))


def _whole(reply: Reply, name: str, step: str) -> Reply:
    """The reply, where the model meant it and came to its end."""
    if reply.refusal:
        raise RefusedAnswer(
            f"{name} declined to answer “{step}”. Look at what the transcripts hold, or set another model for this "
            f"step (DRAMATIS_MODEL__STEPS__{step.upper()}).",
            reply.refusal,
        )
    if reply.finish == TRUNCATED:
        raise TruncatedAnswer(
            f"{name} stopped before the end of its answer to “{step}”, after {reply.output_tokens} tokens. Set a "
            "smaller DRAMATIS_MODEL__PACK_TOKENS, or a model that may write more.",
            reply.text,
        )
    return reply
