"""A chat model that answers from a script behind the real client, and small interviews for it to read."""

from collections.abc import Sequence
from threading import Event

from pydantic import BaseModel

from app.engines.base import Interview
from app.engines.llm.cache import AnswerCache
from app.engines.llm.client import ModelClient
from app.engines.llm.model import Reply
from app.engines.llm.packing import CHARACTERS_PER_TOKEN
from app.engines.llm.prices import load_prices
from app.model_settings import ModelSettings
from retrieval.evidence import Role, Source, SourceKind, Speaker, Turn
from retrieval.splitting import split_sentences

NAME = "scripted:test"
INTERVIEWER = "Interviewer"


class Script:
    """Gives its answers in order, and keeps what it was asked."""

    name = NAME

    def __init__(self, *answers: BaseModel | str):
        self.answers = list(answers)
        self.asked: list[str] = []

    def complete(self, system: str, user: str, schema: type[BaseModel], cancel: Event | None = None) -> Reply:
        self.asked.append(user)
        answer = self.answers.pop(0)
        text = answer if isinstance(answer, str) else answer.model_dump_json()
        return Reply(text, len(system + user) // CHARACTERS_PER_TOKEN, 1, "stop", NAME, "")


def client_on(script: Script, pack_tokens: int = 12_000) -> ModelClient:
    """The real client, one call at a time, with nothing remembered."""
    settings = ModelSettings(name=NAME, concurrency=1, pack_tokens=pack_tokens)
    return ModelClient(settings, lambda name: script, cache=AnswerCache(None), prices=load_prices(None))


def interview_of(*turns: tuple[str, str], id: str = "src") -> Interview:
    """An interview of such turns, (speaker, words); the interviewer is called so."""
    text, spoken = "", []
    for index, (speaker, words) in enumerate(turns):
        text += f"{speaker}: "
        spoken.append(Turn(start=len(text), end=len(text) + len(words), index=index, speaker=speaker))
        text += f"{words}\n\n"
    source = Source(id=id, name=f"{id}.txt", kind=SourceKind.INTERVIEW, text=text, content_sha256=id, turns=spoken,
                    speakers=_speakers(turns))  # fmt: skip
    return Interview(source, split_sentences(source))


def _speakers(turns: Sequence[tuple[str, str]]) -> list[Speaker]:
    return [
        Speaker(label=label, role=Role.INTERVIEWER)
        if label == INTERVIEWER
        else Speaker(label=label, role=Role.PARTICIPANT, participant_id=label)
        for label in dict.fromkeys(speaker for speaker, _ in turns)
    ]
