"""Every quote in its place, word for word; nobody quoted who should not be."""

import re
from typing import Any

import pytest
from playbook_page import Page, changed, first_claim, page, render, room, with_first_claim

from app.errors import BadInput, NotFound
from app.models.cast import Cast
from app.models.claim import Claim
from app.models.evidence import Evidence
from app.models.version import Stale
from app.playbook import render_playbook
from retrieval.evidence import Consent, Quote, Role, Source, sha256


def test_every_link_leads_somewhere_and_no_id_stands_twice() -> None:
    assert len(page().ids) == len(set(page().ids))
    assert {a.attrs["href"][1:] for a in page().all("a")} <= set(page().ids)


def test_every_quote_is_word_for_word_the_mark_it_links_to() -> None:
    quotes = [node for node in page().nodes if node.tag == "figure" and "q" in node.attrs["class"].split()]
    shown = 0
    for figure in quotes:
        [link] = [a for a in page().all("a") if a.parent and a.parent.parent is figure]
        [words] = [b for b in page().all("blockquote") if b.parent is figure]
        mark = page().id(link.attrs["href"][1:])
        assert mark.text == words.text
        assert any(words.text in " ".join(source.text.split()) for source in room().sources)
        shown += 1
    assert shown == sum(len(claim.citations) for claim in printed(room().cast))


def printed(cast: Cast) -> list[Claim]:
    """The claims the page tells: the core's, the differences and contrasts, and what is new in a micro persona."""
    found: list[Claim] = []
    for macro in cast.macros:
        found += macro.grounded_claims()
        core = {claim.theme_id for claim in macro.grounded_claims()}
        for micro in cast.micros_of(macro):
            told = core | {item.claim.theme_id for item in micro.differs_from_core}
            found += [item.claim for item in micro.differs_from_core]
            apart = {item.claim.id for item in micro.differs_from_core}
            found += [c for c in micro.grounded_claims() if c.theme_id not in told and c.id not in apart]
            for pair in micro.contrast:
                found += [first_quote(pair.ours), first_quote(pair.theirs)]
    return found


def first_quote(claim: Claim) -> Claim:
    return claim.model_copy(update={"citations": claim.supporting[:1]})


def test_marks_lead_back_to_the_claims_that_cite_them() -> None:
    back = [a for a in page().all("a") if a.inside("tags")]
    assert back
    assert all(re.fullmatch(r"#(c-[a-z0-9]+-\d+|p-[a-z0-9]+)", a.attrs["href"]) for a in back)


def test_the_interviewer_is_never_marked() -> None:
    assert page().all("mark")
    assert not [mark for mark in page().all("mark") if mark.inside("interviewer")]
    assert all(mark.inside("participant") for mark in page().all("mark"))


def test_a_question_that_was_coded_by_mistake_is_still_not_marked() -> None:
    source = room().sources[0]
    turn = next(turn for turn in source.turns if turn.speaker == "Interviewer")
    mistake = Evidence.of(Quote.cut(source, turn.start, turn.end, "P01"), {"context": 0.9}, ["context"], "local")
    found = Page(render_playbook(room().cast, room().sources, evidence=[*room().evidence, mistake]))
    assert not [mark for mark in found.all("mark") if mark.inside("interviewer")]


def test_what_is_coded_but_not_cited_is_marked_faintly() -> None:
    faint = [mark for mark in page().all("mark") if "coded" in mark.attrs["class"].split()]
    assert faint and not [mark for mark in faint if "id" in mark.attrs]


def moved(source: Source, start: int, end: int) -> dict[str, Any]:
    """Changes that point a quote elsewhere, digest and all."""
    return {"start": start, "end": end, "sha256": sha256(source.text[start:end])}


def spoken_by_the_interviewer(quote: Quote, source: Source) -> dict[str, Any]:
    turn = next(t for t in source.turns if t.speaker == "Interviewer")
    return moved(source, turn.start, turn.end)


def running_into_the_next_turn(quote: Quote, source: Source) -> dict[str, Any]:
    turn = next(t for t in source.turns if t.speaker != "Interviewer")
    return moved(source, turn.start, turn.end + 5)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        pytest.param(lambda q, s: {"sha256": "0" * 64}, "no longer stands", id="text has changed"),
        pytest.param(lambda q, s: {"participant_id": "P18"}, "not in the words of P18", id="credited to somebody else"),
        pytest.param(spoken_by_the_interviewer, "not in the words of", id="interviewer speech"),
        pytest.param(running_into_the_next_turn, "not in the words of", id="runs into the next turn"),
    ],
)
def test_a_quote_that_does_not_hold_is_refused(change: Any, says: str) -> None:
    claim = first_claim()
    citation = claim.citations[0]
    source = next(s for s in room().sources if s.id == citation.source_id)
    broken = citation.model_copy(update=change(citation, source))
    with pytest.raises(BadInput, match=says):
        render(with_first_claim(citations=[broken, *claim.citations[1:]]))


def test_a_source_that_is_not_there_is_named() -> None:
    with pytest.raises(NotFound, match="no source"):
        render(room().cast, sources=[])


def test_only_those_who_agreed_wear_the_marketing_mark() -> None:
    agreed = {p.id for p in room().cast.participants if p.consent is Consent.MARKETING}
    captions = page().all("figcaption")
    marked = {c.text.removeprefix("Read in place: ").split(" ·")[0] for c in captions if "◆" in c.text}
    assert agreed and marked and marked <= agreed
    assert all("◆" in c.text for c in captions if c.text.removeprefix("Read in place: ").split(" ·")[0] in agreed)


def test_who_withdrew_can_not_be_quoted() -> None:
    who = first_claim().citations[0].participant_id
    people = [
        p.model_copy(update={"consent": Consent.WITHDRAWN}) if p.id == who else p for p in room().cast.participants
    ]
    with pytest.raises(BadInput, match="not part of this study"):
        render(changed(participants=people))


def test_a_stranger_in_a_transcript_is_left_out() -> None:
    """A second voice that is not in the study: its turns are there, its words are not."""
    source = room().sources[0]
    speakers = [
        s.model_copy(update={"role": Role.PARTICIPANT, "participant_id": "P99"}) if s.label == "Interviewer" else s
        for s in source.speakers
    ]
    strangers = [source.model_copy(update={"speakers": speakers}), *room().sources[1:]]
    found = Page(render(room().cast, sources=strangers))
    left_out = found.all("div", "left-out")
    assert left_out and all("Left out." in node.text for node in left_out)
    words = source.turns[0].of(source.text)
    assert source.turns[0].speaker == "Interviewer" and words not in found.id("s-1").text


def test_a_transcript_s_own_labels_and_employers_are_not_printed() -> None:
    source = room().sources[0]
    speakers = [s.model_copy(update={"label": "Solveig"}) if s.participant_id else s for s in source.speakers]
    turns = [t.model_copy(update={"speaker": "Solveig"}) if t.speaker == "P01" else t for t in source.turns]
    renamed = source.model_copy(update={"speakers": speakers, "turns": turns})
    people = [
        p.model_copy(update={"attributes": {**p.attributes, "account": "Nordlast AS"}})
        for p in room().cast.participants
    ]
    cast = changed(participants=people)
    html = render(cast, sources=[renamed, *room().sources[1:]])
    assert "Solveig" not in html and "Nordlast" not in html


def test_words_a_person_coded_name_the_person() -> None:
    claim = first_claim()
    assert "coded by" not in render(room().cast)
    quote = claim.citations[0].model_copy(update={"coded_by": "Ana <b>"})
    assert "coded by Ana &lt;b&gt;" in render(with_first_claim(citations=[quote, *claim.citations[1:]]))


def test_a_stale_persona_says_why() -> None:
    stale = [Stale(persona_id=room().cast.macros[0].id, why="2 quotes coded anew")]
    assert "Stale, to be drafted anew: 2 quotes coded anew." in render(changed(stale=stale))
