"""ScriptedModel: a ChatModel that answers every prompt honestly without a language model, and always alike.

What it knows is the text of the prompt. It codes by the local coder, groups gists by their vectors, segments by shared
themes, words claims by a line they cite, and judges by the deterministic checker. It serves evals and benches, which
need a model that is honest, quick and the same every time; how good its reading is nobody should measure.
"""

import time
from collections.abc import Callable
from functools import cached_property
from threading import Event, Lock

from pydantic import BaseModel

from app.engines.coder import LocalCoder
from app.engines.llm import answers
from app.engines.llm.model import Reply
from app.support.checker import SupportChecker
from evals.scripted import coding, judging, pages, segments, themes, writing
from retrieval.embedder import Embedder

NAME = "scripted:honest"


class ScriptedModel:
    """`latency` is how many seconds each answer takes beside the work; what was asked before is remembered."""

    name = NAME

    def __init__(self, embedder: Embedder, latency: float = 0.0):
        self.embedder, self.latency = embedder, latency
        self.checker = SupportChecker(embedder)
        self._known: dict[tuple[str, str], str] = {}
        self._lock = Lock()

    def complete(self, system: str, user: str, schema: type[BaseModel], cancel: Event | None = None) -> Reply:
        if self.latency:
            time.sleep(self.latency)
        # One at a time: the embedder shares its cores, and nothing is worked out twice.
        with self._lock:
            if (system, user) not in self._known:
                self._known[system, user] = self._answers[schema](system, user).model_dump_json()
            return Reply(self._known[system, user], 0, 0, "stop", self.name, "")

    @cached_property
    def _coder(self) -> LocalCoder:
        return LocalCoder.load()

    @cached_property
    def _answers(self) -> dict[type[BaseModel], Callable[[str, str], BaseModel]]:
        """What answers each kind of prompt."""
        return {
            answers.CodedInterviews: self._code,
            answers.NamedThemes: lambda _, user: themes.group_pieces(pages.pieces(user), self.embedder),
            answers.ProposedSegments: self._propose,
            answers.DraftedPersonas: lambda _, user: writing.draft(pages.personas(user), pages.pieces(user)),
            answers.JudgedClaims: lambda _, user: judging.judge(pages.claims(user), self.checker),
            answers.AnsweredQuestion: self._answer,
            answers.WrittenBrief: lambda _, user: writing.brief(pages.sections(user), pages.pieces(user)),
        }

    def _code(self, system: str, user: str) -> BaseModel:
        return coding.code_lines(pages.spoken_lines(user), pages.codes_of(system), self._coder, self.embedder)

    def _propose(self, system: str, user: str) -> BaseModel:
        return segments.propose(pages.people(user), pages.themes_seen(user), self.embedder)

    def _answer(self, system: str, user: str) -> BaseModel:
        return writing.answer(pages.question(user), pages.pieces(user), self.embedder)
