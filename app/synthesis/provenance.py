"""Provenance: what the bench would make personas with, now."""

from app import __version__
from app.models.run import Provenance
from app.workbench import Workbench


def provenance(bench: Workbench) -> Provenance:
    return Provenance(
        engine=bench.engine.name,
        coder=bench.engine.coder_version,
        embeddings=bench.embedder.name,
        dramatis=__version__,
        prompts=bench.engine.prompts,
    )
