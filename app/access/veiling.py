"""Veiling: the veil of a study as it stands, for whatever door lays it over its answers."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from app import DATA
from app.access.veil import TAGS, Veil, runs, sentences_of
from app.store import Store
from app.store.store import Transaction

TEMPLATES = Path(__file__).resolve().parents[1] / "templates"
# What a template is given, between its own words.
GIVEN = re.compile(r"\{[{%#].*?[}%#]\}", re.DOTALL)


def veil_of(store: Store, study_id: str) -> Veil:
    """Made anew each time: doors keep it for as long as nobody writes."""
    with store.transaction() as tx:
        ours = {run for text in said_by_study(tx, study_id) for run in runs(text)}
        return Veil.of(tx.sources.each(study_id), tx.participants.all(study_id), _house() | ours)


def said_by_study(tx: Transaction, study_id: str) -> Iterator[str]:
    """What the study says in our words, in every version and as people edited it."""
    results = tx.results
    drafted = [tx.studies.get(study_id), results.tree(study_id), *results.themes(study_id),
               *results.versions(study_id), *results.refusals(study_id), *tx.briefs.all(study_id)]  # fmt: skip
    for one in drafted:
        yield from sentences_of(one.model_dump(mode="json") if one else "")
    for reviews in tx.reviews.all(study_id).values():
        yield from (one.text for one in reviews.values() if one.text)


@cache
def _house() -> frozenset[int]:
    """Runs of what we write ourselves: pages, questions, codebook. Whoever says the same has not said it first."""
    ours: set[int] = set()
    for path in sorted(TEMPLATES.rglob("*.j2")):
        ours.update(run for text in TAGS.split(_plain(path))[::2] for run in runs(text))
    for path in sorted(DATA.glob("*.yaml")):
        ours.update(runs(path.read_text(encoding="utf-8")))
    return frozenset(ours)


def _plain(path: Path) -> str:
    """A template's own words, between what it is given."""
    return GIVEN.sub("\n", path.read_text(encoding="utf-8"))
