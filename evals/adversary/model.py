"""Models that are not honest: one whose answers are bad in some kind, one that breaks them off, one that lies."""

from collections.abc import Callable, Sequence
from random import Random
from threading import Event

from pydantic import BaseModel

from app.engines.llm.answers import JudgedClaims
from app.engines.llm.model import ChatModel, Reply
from evals.adversary.spoiling import SHARE, Kind
from retrieval.evidence import sha256

SORRY = "Sure! Here is what I found: the participants are, on the whole, delighted."


class Adversary:
    """The answers of an honest model, bad in one kind; with `clean` the same answers without what would be bad.

    The dice depend on the prompt alone, so that it does not matter in which order prompts are answered.
    """

    def __init__(self, honest: ChatModel, kind: Kind, seed: int, *, clean: bool = False):
        self.honest, self.kind, self.seed, self.clean = honest, kind, seed, clean
        self.name, self.count = honest.name, 0

    def complete(self, system: str, user: str, schema: type[BaseModel], cancel: Event | None = None) -> Reply:
        reply = self.honest.complete(system, user, schema, cancel)
        if schema is not self.kind.schema:
            return reply
        spoiled = self.kind.spoil(
            schema.model_validate_json(reply.text), user, dice_for(user, self.kind.name, self.seed)
        )
        self.count += spoiled.many
        return reply._replace(text=(spoiled.clean if self.clean else spoiled.bad).model_dump_json())


class Everything:
    """An honest model whose every answer is bad in one of `kinds`, by lot."""

    def __init__(self, honest: ChatModel, kinds: Sequence[Kind], seed: int):
        self.honest, self.kinds, self.seed = honest, kinds, seed
        self.name = honest.name

    def complete(self, system: str, user: str, schema: type[BaseModel], cancel: Event | None = None) -> Reply:
        fitting = [kind for kind in self.kinds if kind.schema is schema]
        if not fitting:
            return self.honest.complete(system, user, schema, cancel)
        kind = dice_for(user, "everything", self.seed).choice(fitting)
        return Adversary(self.honest, kind, self.seed).complete(system, user, schema, cancel)


class Breaker:
    """An honest model some of whose answers are `broken` when first given."""

    def __init__(self, honest: ChatModel, broken: Callable[[str], str], seed: int):
        self.honest, self.broken, self.seed = honest, broken, seed
        self.name, self.count = honest.name, 0
        self._seen: set[str] = set()

    def complete(self, system: str, user: str, schema: type[BaseModel], cancel: Event | None = None) -> Reply:
        reply = self.honest.complete(system, user, schema, cancel)
        # What is sent back is the same prompt with more behind it.
        if any(user.startswith(one) for one in self._seen) or (self._seen and not self._by_lot(user)):
            return reply
        self._seen.add(user)
        self.count += 1
        return reply._replace(text=self.broken(reply.text))

    def _by_lot(self, user: str) -> bool:
        return dice_for(user, "broken", self.seed).random() < SHARE


class Liar:
    """A model that calls every claim supported."""

    def __init__(self, model: ChatModel):
        self.model, self.name = model, model.name

    def complete(self, system: str, user: str, schema: type[BaseModel], cancel: Event | None = None) -> Reply:
        reply = self.model.complete(system, user, schema, cancel)
        if schema is not JudgedClaims:
            return reply
        judged = JudgedClaims.model_validate_json(reply.text)
        lies = [one.model_copy(update={"verdict": "supported", "repaired": ""}) for one in judged.verdicts]
        return reply._replace(text=JudgedClaims(verdicts=lies).model_dump_json())


BROKEN: dict[str, Callable[[str], str]] = {
    "no JSON at all": lambda text: SORRY,
    "cut off in the middle": lambda text: text[: len(text) // 2],
    "empty": lambda text: "",
    "another form": lambda text: '{"result": "done"}',
}


def dice_for(user: str, name: str, seed: int) -> Random:
    return Random(f"{seed} {name} {sha256(user)}")  # noqa: S311 (a reproducible draw, not a secret)
