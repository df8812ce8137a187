"""Coding by hand on a small imported study: what can be coded, what is refused, and what stays."""

from pathlib import Path

import pytest

from app.errors import BadInput, NotFound
from app.intake.ingest import ingest
from app.models.coding import SURE
from app.synthesis.coding import code_study
from app.synthesis.human_coding import Wanted, decide, list_codes, removed_codes
from app.synthesis.undoing import decide_noting, read_before, take_back
from app.workbench import Workbench
from retrieval.evidence import Span
from retrieval.scope import Scope

TALKS = {
    "P01.txt": "Interviewer: What do you do with the pallets?\n\n"
    "P01: I count every pallet twice, because the scanner loses them. Yes indeed.\n\n"
    "Interviewer: Why is that?\n\nP01: It is my name on the list. Yes indeed.\n",
    "P02.txt": "Interviewer: And you?\n\nP02: I never count anything at all. Yes indeed.\n\n"
    "Interviewer: When?\n\nP02: I start at seven\n\nInterviewer: Mm-hm.\n\nP02: and I leave at four.\n",
}
NAME = "It is my name on the list."


@pytest.fixture
def coded(bench: Workbench, study: str, tmp_path: Path) -> str:
    (tmp_path / "in").mkdir()
    for name, text in TALKS.items():
        (tmp_path / "in" / name).write_text(text, encoding="utf-8")
    ingest(bench, study, [tmp_path / "in"])
    code_study(bench, study)
    return study


def codes_of(bench: Workbench, study: str, words: str) -> dict[str, float]:
    with bench.store.transaction() as tx:
        return next((one.codes for one in tx.evidence.all(study) if one.quote.text == words), {})


def test_a_code_given_by_hand_is_firm_and_outlives_the_engine(bench: Workbench, coded: str) -> None:
    [made] = decide(bench, coded, Wanted("it is MY name on the list"), "ana", add=["stressor"])
    assert (made.quote.text, made.source_name, made.question) == (NAME, "P01.txt", "Why is that?")
    code_study(bench, coded)
    with bench.store.transaction() as tx:
        one = next(one for one in tx.evidence.all(coded) if one.quote.text == NAME)
    assert one.codes["stressor"] == SURE
    assert "stressor" in one.firm
    assert one.coder_of("stressor") == "ana"


def test_a_code_removed_by_hand_never_comes_back(bench: Workbench, coded: str) -> None:
    found = list_codes(bench, coded, by="local")
    assert found
    evidence, code, _ = found[0]
    decide(bench, coded, Wanted(evidence_id=evidence.id), "ana", remove=[code])
    code_study(bench, coded)
    assert code not in codes_of(bench, coded, evidence.quote.text)
    assert [one.code for one in removed_codes(bench, coded, by="ana")] == [code]
    decide(bench, coded, Wanted(evidence.quote.text), "ana", add=[code])
    assert codes_of(bench, coded, evidence.quote.text)[code] == SURE


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        (Wanted("Yes indeed."), "stands in 3 places"),
        (Wanted("Yes indeed.", source="P01"), "stands in 2 places"),
        (Wanted("What do you do with the pallets?"), "by the interviewer"),
        (Wanted("I count every pallet thrice because the scanner loses them"), "I count every pallet twice"),
        (Wanted("giraffes at the ministry"), "Nobody says"),
        (Wanted("I never count anything at all.", participant="P01"), "is said by P02 in P02.txt"),
        (Wanted("I start at seven and I leave at four."), "several turns"),
        (Wanted("  "), "no words"),
    ],
    ids=["several sources", "several places of one", "the interviewer's", "changed", "invented", "somebody else's",
         "over two turns", "blank"],
)  # fmt: skip
def test_words_that_cannot_be_coded(bench: Workbench, coded: str, wanted: Wanted, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        decide(bench, coded, wanted, "ana", add=["stressor"])
    with bench.store.transaction() as tx:
        assert tx.codings.all(coded) == []


def test_a_source_or_participant_chooses_among_places(bench: Workbench, coded: str) -> None:
    [made] = decide(bench, coded, Wanted("Yes indeed.", source="p02.txt"), "ana", add=["context"])
    assert made.quote.participant_id == "P02"
    [made] = decide(bench, coded, Wanted("Yes indeed.", participant="P02"), "ben", add=["context"])
    assert made.quote.participant_id == "P02"


@pytest.mark.parametrize(
    ("wanted", "add", "what"),
    [
        (Wanted(NAME), "glory", "code"),
        (Wanted(NAME, source="P09"), "stressor", "interview"),
        (Wanted(NAME, participant="P09"), "stressor", "participant"),
        (Wanted(evidence_id="ev_0"), "stressor", "piece of evidence"),
    ],
    ids=["code", "source", "participant", "evidence"],
)
def test_what_is_not_there_is_named(bench: Workbench, coded: str, wanted: Wanted, add: str, what: str) -> None:
    with pytest.raises(NotFound, match=f"no {what}"):
        decide(bench, coded, wanted, "ana", add=[add])


def test_nothing_is_removed_that_is_not_there(bench: Workbench, coded: str) -> None:
    with pytest.raises(BadInput, match="is not coded intent"):
        decide(bench, coded, Wanted(NAME), "ana", remove=["intent"])


@pytest.mark.parametrize("name", ["local", "LLM", " "])
def test_people_are_not_called_as_engines_are(bench: Workbench, coded: str, name: str) -> None:
    with pytest.raises(BadInput, match="--by"):
        decide(bench, coded, Wanted(NAME), name, add=["stressor"])


def test_search_by_code_knows_what_people_decided(bench: Workbench, coded: str) -> None:
    def found(code: str) -> int:
        with bench.store.transaction() as tx:
            return len(tx.excerpts.within(coded, Scope(codes=frozenset({code})), None))

    assert found("intent") == 0
    decide(bench, coded, Wanted(NAME), "ana", add=["intent"])
    assert found("intent") == 1
    decide(bench, coded, Wanted("my name on the list"), "ben", remove=["intent"])
    assert found("intent") == 0
    for evidence, code, _ in list_codes(bench, coded, by="local"):
        decide(bench, coded, Wanted(evidence_id=evidence.id), "ana", remove=[code])
        with bench.store.transaction() as tx:
            still = any(code in one.codes for one in tx.evidence.all(coded))
        assert bool(found(code)) is still


def place_of(bench: Workbench, study: str, words: str, nth: int = 0) -> tuple[str, Span]:
    """The source P01 and where the words stand in it for the nth time."""
    with bench.store.transaction() as tx:
        source = tx.sources.named(study, "P01.txt")
    assert source is not None
    start = -1
    for _ in range(nth + 1):
        start = source.text.index(words, start + 1)
    return source.id, Span(start=start, end=start + len(words))


def test_a_place_says_which_of_the_same_words_are_meant(bench: Workbench, coded: str) -> None:
    source, second = place_of(bench, coded, "Yes indeed.", 1)
    [made] = decide(bench, coded, Wanted("Yes  indeed.", source=source, span=second), "ana", add=["context"])
    assert (made.quote.start, made.quote.text) == (second.start, "Yes indeed.")


@pytest.mark.parametrize(
    ("at", "words", "said"),
    [
        ("Yes indeed.", "No indeed.", "has changed since"),
        ("What do you do with the pallets?", None, "said by the interviewer"),
        ("Yes indeed.\n\nInterviewer: Why is that?", None, "several turns"),
        ("\n\n", None, "has changed since"),
    ],
    ids=["other words", "the interviewer's", "over two turns", "no words"],
)
def test_a_place_holds_the_words_of_one_participant_or_is_refused(
    bench: Workbench, coded: str, at: str, words: str | None, said: str
) -> None:
    source, span = place_of(bench, coded, at)
    with pytest.raises(BadInput, match=said):
        decide(bench, coded, Wanted(at if words is None else words, source=source, span=span), "ana", add=["context"])


def test_a_decision_is_undone_as_if_it_had_not_been_made(bench: Workbench, coded: str) -> None:
    evidence, code, _ = list_codes(bench, coded, by="local")[0]
    wanted = Wanted(evidence_id=evidence.id)
    with bench.store.transaction() as tx:
        as_it_was = tx.evidence.all(coded)
    made, first = decide_noting(bench, coded, wanted, "ana", remove=[code])
    assert code not in codes_of(bench, coded, evidence.quote.text)
    _, second = decide_noting(bench, coded, Wanted(evidence.quote.text), "ana", add=[code])
    written = [str(one) for one in second]
    assert [one.given for one in take_back(bench, coded, [read_before(one) for one in written], "ana")] == [True]
    assert [(one.id, one.given) for one in removed_codes(bench, coded)] == [(made[0].id, False)]
    take_back(bench, coded, first, "ana")
    with bench.store.transaction() as tx:
        assert tx.evidence.all(coded) == as_it_was and tx.codings.all(coded) == []
    with pytest.raises(NotFound, match="undone already"):
        take_back(bench, coded, first, "ana")


def test_nobody_undoes_what_somebody_else_decided(bench: Workbench, coded: str) -> None:
    _, before = decide_noting(bench, coded, Wanted(NAME), "ana", add=["stressor"])
    with pytest.raises(BadInput, match="Only who made"):
        take_back(bench, coded, before, "ben")
    with pytest.raises(BadInput, match="cannot be undone"):
        read_before("hc_1; drop table coding")
