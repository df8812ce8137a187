"""Copies: what is kept beside the store only to save time or money, and must go when a source goes."""

from collections.abc import Collection

from app.engines.llm.cache import AnswerCache
from app.workbench import Workbench


def forget_copies(bench: Workbench, source_ids: Collection[str]) -> None:
    """Drop kept vectors, and the answers of language models that were made from the sources.

    Also where the engine is `local` now: it may have been another before.
    """
    bench.embedder.forget()
    bench.finder.forget()
    forget_answers(bench, source_ids)


def forget_answers(bench: Workbench, source_ids: Collection[str]) -> None:
    """Drop the answers of language models that were made from the sources."""
    if source_ids:
        AnswerCache(bench.settings.answers).forget_holding(source_ids)
