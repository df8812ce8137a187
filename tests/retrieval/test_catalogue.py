"""The catalogue in memory."""

from small_talk import excerpts_of, note, talk

from retrieval.catalogue import MemoryCatalogue, split_context
from retrieval.evidence import Consent, Excerpt, Participant, SourceKind, Span
from retrieval.scope import Scope

FIRST, SECOND = talk("P01", "Invoices take nineteen days."), talk("P02", "We grow beans. Invoices? None.")
NOTE = note("call", "Invoice lost, they say.")
EXCERPTS = [one for source in (FIRST, SECOND, NOTE) for one in excerpts_of(source)]
PEOPLE = [Participant(id="P01", consent=Consent.MARKETING), Participant(id="P02")]
CATALOGUE = MemoryCatalogue([FIRST, SECOND, NOTE], EXCERPTS, PEOPLE, {EXCERPTS[1].id: ["pain_point"]})
ONE, TWO, NOTED = (one.id for one in EXCERPTS)


def test_words_are_found_best_first() -> None:
    hits = CATALOGUE.search("nineteen invoices", 5)
    assert [hit.id for hit in hits] == [ONE, TWO]
    assert hits[0].score > hits[1].score > 0
    assert [hit.id for hit in CATALOGUE.search("nineteen invoices", 1)] == [ONE]


def test_words_are_looked_for_among_those_allowed() -> None:
    assert [hit.id for hit in CATALOGUE.search("invoices", 5, [TWO, "unknown"])] == [TWO]
    assert CATALOGUE.search("invoices", 5, []) == []


def test_unknown_ids_are_left_out() -> None:
    assert CATALOGUE.get([TWO, "unknown"]) == {TWO: EXCERPTS[1]}


def test_scopes_are_looked_up_with_consent_and_codes() -> None:
    assert CATALOGUE.within(Scope(consent=frozenset({Consent.MARKETING}))) == {ONE}
    assert CATALOGUE.within(Scope(codes=frozenset({"pain_point"}))) == {TWO}
    assert CATALOGUE.within(Scope(kinds=frozenset({SourceKind.NOTE}))) == {NOTED}
    assert CATALOGUE.within(Scope(sources=frozenset({FIRST.id, NOTE.id}))) == {ONE, NOTED}
    assert CATALOGUE.within(Scope()) == {ONE, TWO, NOTED}


def test_surroundings_are_read_from_the_source() -> None:
    assert CATALOGUE.surroundings([EXCERPTS[0], EXCERPTS[2]]) == [("What is it like?\n\nP01:", ""), ("", "")]


def test_a_context_is_split_around_the_excerpt() -> None:
    text = "ab What? CD then"
    one = Excerpt(
        id="ex", source_id="s", participant_id=None, kind=SourceKind.NOTE, turn=0, start=9, end=11, text="CD",
        context=Span(start=3, end=len(text)),
    )  # fmt: skip
    assert split_context(one, one.around.of(text)) == ("What?", "then")
    alone = one.model_copy(update={"context": None})
    assert split_context(alone, alone.around.of(text)) == ("", "")
