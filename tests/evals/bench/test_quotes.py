"""The quotes bench: its cases are what they are called, and its scores are worked out by hand."""

import random

import pytest

from evals.bench.quote_cases import NOT_SAID, SAID, Case, change_one, leave_out, make_cases, splice
from evals.bench.quotes import Quality, quality
from evals.bench.texts import sample_sources
from retrieval.evidence import Source, Span


@pytest.fixture(scope="module")
def cases() -> list[Case]:
    return make_cases(sample_sources()[:6], each=2)


def test_there_are_cases_of_every_kind(cases: list[Case]) -> None:
    assert {case.kind for case in cases} == {*SAID, *NOT_SAID}


def test_only_what_was_said_has_a_place(cases: list[Case]) -> None:
    for case in cases:
        assert (case.truth is not None) is (case.kind in SAID)
        if case.truth and case.kind == "verbatim":
            assert case.truth.of(case.source.text) == case.quote


def test_the_same_seed_makes_the_same_cases(cases: list[Case]) -> None:
    assert [case.quote for case in make_cases(sample_sources()[:6], each=2)] == [case.quote for case in cases]


def test_one_thing_is_changed() -> None:
    said = "We counted the pallets three times before the auditors came"
    changed = change_one(said, random.Random(1)) or ""  # noqa: S311
    assert changed != said and abs(len(changed.split()) - len(said.split())) <= 1


def test_what_would_be_turned_round_is_not_left_out() -> None:
    said = "we never " + "count the pallets " * 5
    assert leave_out(said, random.Random(1)) is None  # noqa: S311


def test_halves_of_two_are_joined() -> None:
    assert splice("one two three four", "five six seven eight") == "one two three seven eight"


def test_precision_counts_the_opposite_kinds(cases: list[Case]) -> None:
    source: Source = cases[0].source
    here, there = Span(start=0, end=5), Span(start=50, end=60)
    made = [
        Case(source, "P01", "a", "verbatim", here), Case(source, "P01", "b", "verbatim", here),
        Case(source, "P01", "c", "invented", None), Case(source, "P01", "d", "invented", None),
    ]  # fmt: skip
    spans = [here, there, there, None]
    assert quality(made, spans, "verbatim") == Quality(precision=0.5, recall=0.5)
    assert quality(made, spans, "invented") == Quality(precision=1.0, recall=0.5)
