"""What stands beside a project: used only where it belongs to it, and looked up word for word."""

import pytest
from small_talk import talk

from app.refi.beside import Beside, Results, SourceRecord, read_beside, stands
from retrieval.evidence import Quote, sha256

SOURCE = talk("P01", "The scanner loses them.", "I count twice.")
WORDS = "The scanner loses them."
START = SOURCE.text.index(WORDS)
QUOTE = Quote.cut(SOURCE, START, START + len(WORDS), "P01")
BESIDE = Beside(sources=[SourceRecord.of(SOURCE)], evidence=[], decisions=[], results=Results())


def test_it_is_read_beside_its_own_project_only() -> None:
    kept = BESIDE.for_project("a" * 64)
    found = read_beside(kept, "a" * 64)
    assert found is not None
    assert found.sources[0].source(SOURCE.text) == SOURCE
    assert read_beside(kept, "b" * 64) is None


@pytest.mark.parametrize("raw", [None, b"", b"[]", b"{}", b"\xff", b'{"version": 2}'])
def test_what_cannot_be_read_is_not_used(raw: bytes | None) -> None:
    assert read_beside(raw, "") is None


def test_a_quote_stands_where_it_says_in_the_words_of_who_says_it() -> None:
    assert stands(QUOTE, SOURCE)
    assert not stands(QUOTE, None)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"text": "I love it.", "sha256": sha256("I love it.")}, id="other words"),
        pytest.param({"sha256": "0" * 64}, id="another digest"),
        pytest.param({"participant_id": "P02"}, id="somebody else's"),
        pytest.param({"source_id": "src_000000000000"}, id="another source's"),
        pytest.param({"start": START + 1}, id="another place"),
        pytest.param({"end": 10_000}, id="beyond the text"),
        pytest.param(
            {"start": 0, "end": 12, "text": SOURCE.text[:12], "sha256": sha256(SOURCE.text[:12])}, id="a label"
        ),
    ],
)
def test_a_quote_that_nobody_said_there_does_not_stand(change: dict[str, object]) -> None:
    assert not stands(QUOTE.model_copy(update=change), SOURCE)
