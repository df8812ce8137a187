"""Health: is everything here that the work needs? Each finding says what to do where it is not."""

from collections.abc import Callable
from urllib.parse import urlsplit

from app.errors import EXPECTED
from app.models.base import Model
from app.models.codebook import load_codebook
from app.settings import Settings
from app.wiring import build_workbench
from app.workbench import Workbench
from retrieval.errors import IndexUnavailable
from retrieval.late import LateIndex


class HealthFinding(Model):
    what: str
    ok: bool
    detail: str


def examine(settings: Settings | None = None) -> list[HealthFinding]:
    """Look at home, database, index, weights and coder; stops at a home that cannot be opened."""
    try:
        bench = build_workbench(settings)
    except EXPECTED as error:
        return [HealthFinding(what="home folder", ok=False, detail=str(error))]
    checks: dict[str, Callable[[Workbench], str]] = {
        "home folder": lambda bench: str(bench.settings.home),
        "database": _database,
        "codebook": lambda bench: f"{len(load_codebook().codes)} codes",
        "engine": _engine,
        "embedding weights": _weights,
        "coder": lambda bench: bench.engine.coder_version,
        "index": _index,
    }
    return [_check(what, check, bench) for what, check in checks.items()]


def _check(what: str, check: Callable[[Workbench], str], bench: Workbench) -> HealthFinding:
    try:
        return HealthFinding(what=what, ok=True, detail=check(bench))
    except EXPECTED as error:
        return HealthFinding(what=what, ok=False, detail=str(error))


def _database(bench: Workbench) -> str:
    with bench.store.transaction() as tx:
        return f"{len(tx.studies.all())} studies"


def _engine(bench: Workbench) -> str:
    """Who reads, where they are, and what search embeds with; never a key."""
    settings, model = bench.settings, bench.settings.model
    found = "" if bench.finder is bench.embedder else f"; search embeds with {settings.embeddings}"
    if settings.reader == "local":
        return f"local{found}"
    others = "".join(f", {step}: {name}" for step, name in sorted(model.steps.items()))
    where = urlsplit(model.base_url).hostname or "its provider's own address"
    return f"llm: {model.main}{others}, at {where}{found}"


def _weights(bench: Workbench) -> str:
    return f"{bench.embedder.name}, {bench.embedder.encode(['ready']).shape[1]} dimensions"


def _index(bench: Workbench) -> str:
    """The index may hold more than the store, never less. Opened first: damage is told of even without a study."""
    if isinstance(bench.index, LateIndex):
        bench.index.open()
    with bench.store.transaction() as tx:
        stored = {study.id: len(tx.excerpts.all(study.id)) for study in tx.studies.all()}
    short = [study for study, count in stored.items() if bench.index.count(study) < count]
    if short:
        advice = ", ".join(f"dramatis reindex {study}" for study in short)
        raise IndexUnavailable(f"The index knows less than the store. Run: {advice}.")
    return f"{sum(stored.values())} excerpts"
