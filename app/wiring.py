"""Wiring: the one place that chooses adapters. Tests and doors may hand over their own."""

import os
from collections.abc import Callable, Sequence

from pydantic import ValidationError
from pydantic_settings import SettingsError

from app.engines.base import Engine
from app.engines.llm.cache import AnswerCache
from app.engines.llm.client import ModelClient
from app.engines.llm.model import Models, langchain_models
from app.engines.llm.prices import load_prices
from app.engines.local import LocalEngine
from app.errors import BadInput
from app.models.codebook import load_codebook
from app.models.field import load_fields
from app.settings import Settings
from app.store import Store, open_store
from app.workbench import Workbench
from retrieval.embedder import Embedder, Encoder
from retrieval.embeddings import MiniLM
from retrieval.index import EvidenceIndex
from retrieval.late import LateIndex
from retrieval.openai_embeddings import OpenAIEmbedder


def build_workbench(
    settings: Settings | None = None,
    *,
    embedder: Embedder | None = None,
    index: EvidenceIndex | None = None,
    engine: Engine | None = None,
    finder: Encoder | None = None,
) -> Workbench:
    """A workbench on `settings.home`, which is made where it does not exist.

    Raises BadInput where the home folder cannot be written, the engine is unknown or no model is set up for it. An
    index that is damaged raises IndexUnavailable when it is first asked for.
    """
    settings = settings or read_settings()
    _keep_langsmith_out(settings)
    _make_home(settings)
    embedder = embedder or MiniLM(settings.models, settings.threads, settings.vectors)
    finder = finder or _finder(settings, embedder)
    store = open_store(settings.database)
    return Workbench(
        store=store,
        index=index or LateIndex(lambda: _chroma(settings, finder, store)),
        embedder=embedder,
        finder=finder,
        engine=engine or _engine(settings, embedder),
        codebook=load_codebook(),
        fields=load_fields(),
        settings=settings,
    )


def _chroma(settings: Settings, finder: Encoder, store: Store) -> EvidenceIndex:
    from retrieval.chroma import ChromaIndex

    return ChromaIndex(settings.chroma, finder.name, _excerpts_of_people(store))


def _excerpts_of_people(store: Store) -> Callable[[str, Sequence[str]], list[str]]:
    def owned(study_id: str, people: Sequence[str]) -> list[str]:
        with store.transaction() as tx:
            return tx.excerpts.ids_of_people(study_id, people)

    return owned


def read_settings() -> Settings:
    """The settings of the environment; BadInput, naming the variable, where one cannot be used."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = f"DRAMATIS_{'__'.join(map(str, first['loc'])).upper()}"
        # What was given for the model may be a key, under its own name or a misspelt one.
        given = "" if first["loc"][0] == "model" else f" is “{first['input']}”"
        raise BadInput(f"{name}{given}: {first['msg']}. Correct or unset it.") from None
    except SettingsError as error:
        raise BadInput(f"The environment's DRAMATIS_ settings: {error}. Correct or unset it.") from None


def build_client(settings: Settings, models: Models | None = None) -> ModelClient:
    """The client of language models; `models` other than LangChain's are for tests. BadInput where none is set up."""
    if not settings.model.main:
        raise BadInput(
            "The engine is “llm”, but no model is set up. Set OPENAI_API_KEY, or DRAMATIS_MODEL__NAME and "
            "DRAMATIS_MODEL__BASE_URL (docs/models.md), or DRAMATIS_ENGINE=local."
        )
    return ModelClient(
        settings.model,
        models or langchain_models(settings.model, langsmith=settings.langsmith),
        cache=AnswerCache(settings.answers),
        prices=load_prices(settings.model.prices),
    )


def _keep_langsmith_out(settings: Settings) -> None:
    """LangChain sends what people said to LangSmith where the environment asks for it for some other program."""
    if not settings.langsmith:
        os.environ["LANGSMITH_TRACING_V2"] = "false"


def _make_home(settings: Settings) -> None:
    try:
        settings.home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadInput(f"{settings.home}: this folder cannot be made. Set DRAMATIS_HOME to another.") from error


def _finder(settings: Settings, embedder: Embedder) -> Encoder:
    """What search embeds with. Everything else keeps `embedder`: it was measured with no other."""
    provider, _, model = settings.embeddings.partition(":")
    if provider == "minilm" and not model:
        return embedder
    if provider != "openai" or not model:
        raise BadInput(f"DRAMATIS_EMBEDDINGS is “{settings.embeddings}”. Set it to `minilm` or `openai:MODEL`.")
    key = settings.model.api_key
    return OpenAIEmbedder(model, key.get_secret_value() if key else None, settings.model.base_url, settings.vectors)


def _engine(settings: Settings, embedder: Embedder) -> Engine:
    local = LocalEngine(embedder, settings.seed)
    if settings.reader == "local":
        return local
    if settings.reader != "llm":
        raise BadInput(f"DRAMATIS_ENGINE is “{settings.engine}”. Set it to `local`, `llm` or `auto`.")
    from app.engines.llm.engine import LLMEngine
    from prompts.library import PromptLibrary

    return LLMEngine(build_client(settings), PromptLibrary(), local)
