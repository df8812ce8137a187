"""A study read honestly once, so that each step can be asked again, alone, by a model that is not honest."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from app.asking import ask
from app.engines.base import Excerpted
from app.engines.llm.engine import LLMEngine
from app.engines.llm.model import ChatModel
from app.engines.local import LocalEngine
from app.errors import InsufficientEvidence
from app.intake.ingest import ingest
from app.intake.studies import create_study, describe_study
from app.model_settings import ModelSettings
from app.settings import Settings
from app.synthesis.casting import run_study
from app.wiring import build_client
from app.workbench import Workbench
from evals.pipeline import STUDY, fresh_bench, inputs_of
from evals.scripted.model import NAME, ScriptedModel
from prompts.library import PromptLibrary
from retrieval.embedder import Embedder

STEPS = ("code", "find_themes", "propose_segments", "draft")
# Nothing listens there, and nothing asks: the settings only have to name a model.
NOBODY = "http://127.0.0.1:9"

Items = set[tuple[Any, ...]]


@dataclass(frozen=True)
class Asked:
    """A method of the engine with what it was given."""

    method: str
    given: tuple[Any, ...]


class Recorder:
    """An engine that notes what each step is given."""

    def __init__(self, engine: LLMEngine):
        self.engine, self.asked = engine, list[Asked]()

    def __getattr__(self, name: str) -> Any:
        found = getattr(self.engine, name)
        if name not in STEPS:
            return found

        def noted(*given: Any) -> Any:
            self.asked.append(Asked(name, given))
            return found(*given)

        return noted


def scripted_settings(settings: Settings | None = None) -> Settings:
    """The usual settings with the scripted model in the place of any other."""
    model = ModelSettings(name=NAME, base_url=NOBODY)
    return (settings or Settings()).model_copy(update={"engine": "llm", "model": model})


def engine_on(model: ChatModel, settings: Settings, embedder: Embedder) -> LLMEngine:
    """The llm engine on `model`, with nothing remembered."""
    from app.engines.llm.cache import AnswerCache

    client = build_client(settings, lambda name: model)
    client.cache = AnswerCache(None)
    return LLMEngine(client, PromptLibrary(), LocalEngine(embedder, settings.seed))


@contextmanager
def imported(folder: Path, settings: Settings | None = None) -> Iterator[Workbench]:
    """A bench of its own into which the folder was imported as a study, and nothing more."""
    with fresh_bench(scripted_settings(settings)) as bench, inputs_of(folder) as given:
        described = given / "study.yaml"
        create_study(bench, describe_study("", study_id=STUDY, from_file=described if described.exists() else None))
        ingest(bench, STUDY, [given])
        yield bench


def honest_run(bench: Workbench, model: ScriptedModel) -> list[Asked]:
    """The whole job with the honest model, and what each step was given; questions of the study at the end."""
    recorder = Recorder(engine_on(model, bench.settings, bench.embedder))
    run_study(replace(bench, engine=recorder), STUDY)
    return recorder.asked + [Asked("answer", one) for one in _questions(bench)]


def _questions(bench: Workbench) -> Iterator[tuple[str, list[Excerpted]]]:
    """What every field asks, with the excerpts found for it."""
    for field in bench.fields:
        try:
            found = ask(bench, STUDY, field.ask)
        except InsufficientEvidence:
            continue
        yield field.ask, [Excerpted(one.excerpt_id, one.source_id, one.participant_id, one.text) for one in found]


def items_of(asked: Asked, result: Any) -> Items:
    """What a step's result cites, piece by piece."""
    return set(_items(asked, result))


def _items(asked: Asked, result: Any) -> Iterator[tuple[Any, ...]]:
    if asked.method == "code":
        yield from ((one.id, code, one.gist) for rows in result for one in rows for code in one.codes)
    elif asked.method == "find_themes":
        yield from ((one.code, one.label, id) for one in result for id in one.evidence_ids)
        yield from ((one.code, one.label, "dissent", id) for one in result for id in one.dissent)
    elif asked.method == "propose_segments":
        yield from ((one.level, one.name, who.participant_id) for one in result.segments for who in one.members)
    elif asked.method == "draft":
        for brief, claims in zip(asked.given[0], result, strict=True):
            where = brief.audience.id, brief.field.id, tuple(heard.theme.id for heard in brief.heard)
            for one in claims:
                yield from ((*where, one.text, "for", id) for id in one.evidence_ids)
                yield from ((*where, one.text, "against", id) for id in one.against_ids)
    else:
        yield from ((asked.given[0], one.text, id) for one in result for id in one.cites)


def redone(asked: Sequence[Asked], engine: LLMEngine) -> Items:
    """What comes of the steps when another engine does them."""
    return {
        (place, *item)
        for place, one in enumerate(asked)
        for item in items_of(one, getattr(engine, one.method)(*one.given))
    }
