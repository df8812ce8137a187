"""Who says the opposite about the same subject."""

import pytest

from app.engines.stance import opposed, verdict
from app.models.evidence import Evidence
from retrieval.embeddings import MiniLM
from retrieval.evidence import Quote, sha256


def said(person: str, text: str) -> Evidence:
    quote = Quote(start=0, end=len(text), source_id="s", participant_id=person, text=text, sha256=sha256(text))
    return Evidence.of(quote, {"experience": 0.9}, ["experience"], "local")


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [("I love the reports.", 1), ("I don't trust the reports.", -1), ("The reports are wrong.", -1),
     ("The reports are never wrong.", 1), ("We print the reports.", 0)],
)  # fmt: skip
def test_verdict(sentence: str, expected: int) -> None:
    assert verdict(sentence) == expected


def test_the_opposite_on_the_same_subject_is_found_and_other_subjects_are_not(embedder: MiniLM) -> None:
    ours = [said("P01", "I trust the monthly reports.")]
    others = [
        said("P02", "I don't trust the monthly reports."),
        said("P03", "I trust the monthly reports completely."),
        said("P04", "The canteen coffee is bad."),
    ]
    assert [one.participant_id for one in opposed(ours, others, embedder)] == ["P02"]


def test_without_a_verdict_nobody_disagrees(embedder: MiniLM) -> None:
    assert opposed([said("P01", "We print reports.")], [said("P02", "I hate printing reports.")], embedder) == []
