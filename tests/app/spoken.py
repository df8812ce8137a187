"""What people said in a study, looked for where it must not be."""

import json

from app.workbench import Workbench
from retrieval.splitting import split_sentences

# Shorter ones, “Yes.” or “I do.”, prove nothing.
TELLING = 20


def words_in(kept: bytes, bench: Workbench, study_id: str) -> list[str]:
    """The sentences of the study's sources that stand in `kept`, as they are or as JSON writes them."""
    with bench.store.transaction() as tx:
        sources = tx.sources.all(study_id)
    said = [one.of(source.text) for source in sources for one in split_sentences(source)]
    telling = [text for text in said if len(text) >= TELLING]
    assert telling
    return [text for text in telling if text.encode() in kept or json.dumps(text)[1:-1].encode() in kept]
