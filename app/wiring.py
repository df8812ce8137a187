"""Wiring: the one place that chooses adapters. Tests and doors may hand over their own."""

from collections.abc import Sequence

from pydantic import ValidationError

from app.engines.base import Engine
from app.engines.local import LocalEngine
from app.errors import BadInput
from app.models.codebook import load_codebook
from app.models.field import load_fields
from app.settings import Settings
from app.store import Store, open_store
from app.workbench import Workbench
from retrieval.chroma import ChromaIndex, Owned
from retrieval.embedder import Embedder
from retrieval.embeddings import MiniLM
from retrieval.index import EvidenceIndex


def build_workbench(
    settings: Settings | None = None,
    *,
    embedder: Embedder | None = None,
    index: EvidenceIndex | None = None,
    engine: Engine | None = None,
) -> Workbench:
    """A workbench on `settings.home`, which is made where it does not exist.

    Raises BadInput where the home folder cannot be written or the engine is unknown, IndexUnavailable
    where the index is damaged.
    """
    settings = settings or read_settings()
    _make_home(settings)
    embedder = embedder or MiniLM(settings.models, settings.threads, settings.vectors)
    store = open_store(settings.database)
    return Workbench(
        store=store,
        index=index or ChromaIndex(settings.chroma, embedder.name, _excerpts_of_people(store)),
        embedder=embedder,
        engine=engine or _engine(settings, embedder),
        codebook=load_codebook(),
        fields=load_fields(),
        settings=settings,
    )


def _excerpts_of_people(store: Store) -> Owned:
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
        name = f"DRAMATIS_{'_'.join(map(str, first['loc'])).upper()}"
        raise BadInput(f"{name} is “{first['input']}”: {first['msg']}. Correct or unset it.") from error


def _make_home(settings: Settings) -> None:
    try:
        settings.home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadInput(f"{settings.home}: this folder cannot be made. Set DRAMATIS_HOME to another.") from error


def _engine(settings: Settings, embedder: Embedder) -> Engine:
    if settings.engine not in ("auto", "local"):
        raise BadInput(f"DRAMATIS_ENGINE is “{settings.engine}”. Set it to `local` or `auto`.")
    return LocalEngine(embedder, settings.seed)
