"""The ablation: every variant names what is there, changes the search, and leaves the product as it was."""

from importlib import import_module
from pathlib import Path

import pytest
from small_meetings import write_qmsum

from evals.bench.retrieval_ablation import SHIPPED, VARIANTS, answers_of, by_ranks, by_words, table
from evals.qmsum import read_meetings
from retrieval import chain, fusion
from retrieval.embeddings import MiniLM
from retrieval.index import Hit


@pytest.mark.parametrize("where", sorted({where for names in VARIANTS.values() for where in names}))
def test_what_is_replaced_is_there(where: str) -> None:
    module, _, name = where.rpartition(".")
    assert hasattr(import_module(module), name)


def test_ranks_add_as_reciprocals() -> None:
    scores = by_ranks([Hit("a", 9.0), Hit("b", 1.0)], [Hit("b", 0.3)])
    assert scores == pytest.approx({"a": 1 / 61, "b": 1 / 62 + 1 / 61})


def test_words_alone_leave_meaning_without_weight() -> None:
    assert by_words([Hit("a", 0.9), Hit("b", 0.1)], [Hit("b", 3.0)]) == {"a": 0.0, "b": 3.0}


def test_a_row_for_each_variant_and_the_product_as_before(tmp_path: Path, embedder: MiniLM) -> None:
    meetings, weigh = read_meetings(write_qmsum(tmp_path)), chain.weigh
    names = (SHIPPED, "words only", "words worth twice")
    shown = table({name: answers_of(embedder, name, meetings) for name in names}).splitlines()
    assert [row.split("|")[1].strip() for row in shown[2:]] == list(names)
    assert shown[2].endswith("| – |") and " to " in shown[3]
    assert chain.weigh is weigh and fusion.WORDS_WEIGHT == 0.1
