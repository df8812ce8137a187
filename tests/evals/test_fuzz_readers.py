"""The readers under a few hundred damaged files; `python -m evals.bench.fuzz_readers` does ten thousand."""

import random

import pytest

from evals.bench.fuzz_readers import Broken, Tally, fuzz
from evals.bench.mutations import mutate
from evals.bench.sample_files import sample_files
from retrieval.readers import FORMATS, TABLES
from retrieval.readers.archives import ARCHIVES


def test_damaged_files_are_read_or_refused_and_never_half() -> None:
    tally = fuzz(count=300, seed=1)
    assert tally.faults == []
    assert (tally.count, tally.imports) == (300, 30) and tally.read > 50 and tally.refused > 50


def test_there_is_a_sample_of_every_format() -> None:
    there = {f".{name.rsplit('.', 1)[1]}" for name in sample_files()}
    assert there >= (FORMATS.keys() | {*TABLES, *ARCHIVES}) - {".htm"}


def test_the_same_seed_damages_in_the_same_way() -> None:
    once, again = sample_files(), sample_files()
    assert once == again
    for name, raw in once.items():
        assert mutate(raw, random.Random(name), once) == mutate(raw, random.Random(name), again)  # noqa: S311


def test_a_reader_that_crashes_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(*_: object, **__: object) -> None:
        raise Broken("on purpose")

    monkeypatch.setattr("evals.bench.fuzz_readers.read_bytes", crash)
    tally = fuzz(count=40, seed=1)
    assert tally.faults and "on purpose" in tally.faults[0]
    assert Tally().line(1, 0.0).startswith("0 damaged files")
