"""Places: where in a study's interviews somebody's exact words stand, and why not where they do not."""

import re
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath
from typing import NamedTuple

from rapidfuzz import fuzz, process

from app.errors import BadInput, NotFound
from app.store.store import Transaction
from retrieval.evidence import Quote, Role, Source, SourceKind, Span
from retrieval.quotes import Match, MatchStatus
from retrieval.splitting import split_sentences

SAME_WORDS = (MatchStatus.EXACT, MatchStatus.NORMALISED)
# How many places a refusal lists; more are no help in choosing.
MOST_LISTED = 5
# Of 100: below this likeness of words, a sentence is no help to somebody who misremembers one.
FAINTLY_ALIKE = 60
EDGES = re.compile(r"^\W+|\W+$")


class Place(NamedTuple):
    """A quote of a participant, the name of its source, and the question before it."""

    quote: Quote
    source: str
    question: str


class Located(NamedTuple):
    source: Source
    match: Match


def find_place(tx: Transaction, study_id: str, quote: str, source: str | None, participant: str | None) -> Place:
    """The one place where a participant says the words.

    Raises NotFound for an unknown source or participant, BadInput where the words stand nowhere, only nearly,
    in somebody else's speech, over several turns, or in several places.
    """
    if not quote.strip():
        raise BadInput("There are no words to code. Give them with --quote, or the evidence's id with --evidence.")
    everywhere = _interviews(tx, study_id)
    located = _locate(_among(everywhere, source, participant), quote, participant)
    said = [one for one in located if one.match.status in SAME_WORDS]
    if not said:
        raise BadInput(_elsewhere(_locate(everywhere, quote, None), quote) or _why_not(located, quote))
    places = [place for one in said for place in _places(one)]
    if len(places) != 1:
        raise BadInput(_choose(places, said, quote))
    return places[0]


def find_place_at(tx: Transaction, study_id: str, source: str, span: Span, words: str) -> Place:
    """The words that stand at the span: where somebody marked them in a transcript they were shown.

    White space does not count, since pages fold it. Raises NotFound for an unknown source, BadInput where other words
    stand there, or nobody's who takes part, or those of several turns.
    """
    [found] = _among(_interviews(tx, study_id), source, None)[:1]
    said = span.of(found.text)
    if not said.strip() or "".join(said.split()) != "".join(words.split()):
        raise BadInput(f"{found.name} has changed since it was shown. Reload the page and mark the words again.")
    start = span.start + len(said) - len(said.lstrip())
    bare = Span(start=start, end=start + len(said.strip()))
    turn = found.turn_at(bare.start)
    if turn is None or bare.end > turn.end:
        raise BadInput(f"These words run over several turns in {found.name}. Code each turn's words by themselves.")
    places = list(_places_at(found, [bare]))
    if not places:
        who = _speaker(found, bare)
        raise BadInput(f"These words are said by {who} in {found.name}. {_remedy(who)}")
    return places[0]


def _locate(sources: Sequence[Source], quote: str, participant: str | None) -> list[Located]:
    return [Located(one, one.locate(quote, participant)) for one in sources]


def _interviews(tx: Transaction, study_id: str) -> list[Source]:
    found = [one for one in tx.sources.each(study_id) if one.kind is SourceKind.INTERVIEW]
    if not found:
        raise NotFound("interview", study_id, f"Import interviews first: dramatis ingest {study_id} FOLDER")
    return found


def _among(sources: Sequence[Source], name: str | None, participant: str | None) -> list[Source]:
    """The sources called `name` (the file, with or without folder and ending) in which the participant speaks."""
    named = [one for one in sources if name is None or name.casefold() in _names(one)]
    if not named:
        raise NotFound("interview", name or "", f"Interviews are {', '.join(one.name for one in sources)}")
    theirs = [one for one in named if participant is None or participant in one.participant_ids]
    if not theirs:
        people = sorted({person for one in named for person in one.participant_ids})
        raise NotFound("participant", participant or "", f"Participants there are {', '.join(people)}")
    return theirs


def _names(source: Source) -> set[str]:
    path = PurePosixPath(source.name.casefold())
    return {str(path), path.name, path.stem, source.id}


def _places(located: Located) -> Iterator[Place]:
    """Every place in the source that lies in one turn of a participant."""
    source, match = located
    spans = [match.span, *match.also] if match.span and len(match.pieces) < 2 else []
    yield from _places_at(source, spans)


def _places_at(source: Source, spans: Sequence[Span]) -> Iterator[Place]:
    """Those of the spans that a participant speaks."""
    for span in spans:
        turn = source.turn_at(span.start)
        speaker = source.speaker(turn.speaker) if turn else None
        if turn and speaker and speaker.role is Role.PARTICIPANT and speaker.participant_id:
            whole = _whole_sentence(source, span)
            quote = Quote.cut(source, whole.start, whole.end, speaker.participant_id)
            yield Place(quote, source.name, source.question_before(turn))


def _whole_sentence(source: Source, span: Span) -> Span:
    """The sentence, where the span is one but for the marks at its ends: so people and engines code the same quote."""
    for one in split_sentences(source):
        if one.overlap(span) and _bare(one.of(source.text)) == _bare(span.of(source.text)):
            return one
    return span


def _bare(text: str) -> str:
    return EDGES.sub("", text)


def _choose(places: Sequence[Place], said: Sequence[Located], quote: str) -> str:
    """What to do where the words stand in several places, or in none that can be coded."""
    if not places:
        return f"“{quote}” runs over several turns in {said[0].source.name}. Code each turn's words by themselves."
    listed = "; ".join(f"{one.source}, {_line(one)}" for one in places[:MOST_LISTED])
    more = f" and {len(places) - MOST_LISTED} more" if len(places) > MOST_LISTED else ""
    remedy = "Choose with --source NAME" if len({one.source for one in places}) > 1 else "Give more of the words around"
    return f"“{quote}” stands in {len(places)} places: {listed}{more}. {remedy}."


def _line(place: Place) -> str:
    return f"{place.quote.participant_id}, character {place.quote.start}"


def _elsewhere(located: Sequence[Located], quote: str) -> str:
    """That the words are said, but not where they were looked for; empty where no participant says them."""
    places = [place for one in located if one.match.status in SAME_WORDS for place in _places(one)]
    if not places:
        return ""
    return f"“{quote}” is said by {places[0].quote.participant_id} in {places[0].source}, not where you looked."


def _why_not(located: Sequence[Located], quote: str) -> str:
    """Why the words cannot be coded, with the nearest words that were said."""
    source, match = max(located, key=lambda one: one.match.score)
    if match.span is None:
        return f"Nobody says “{quote}”. {_alike([one.source for one in located], quote)}"
    words, who = " ".join(match.span.of(source.text).split()), _speaker(source, match.span)
    if match.status is MatchStatus.OTHER_SPEAKER:
        return f"“{words}” is said by {who} in {source.name}. {_remedy(who)}"
    nearest = f"The nearest is “{words}” ({who}, {source.name})"
    return f"Nobody says “{quote}” word for word. {nearest}. Quote that, if it is meant."


def _remedy(who: str) -> str:
    if who == "the interviewer":
        return "An interviewer's words are never evidence."
    return "Only the words of participants are evidence."


def _alike(sources: Sequence[Source], quote: str) -> str:
    """The sentence of a participant that shares most words with the quote, where one shares enough to be meant."""
    said = [text for source in sources for text in _said(source)]
    found = process.extractOne(quote, said, scorer=fuzz.token_sort_ratio, score_cutoff=FAINTLY_ALIKE)
    if found is None:
        return "Copy the words from the transcript; they are looked up letter for letter."
    return f"Somebody says “{found[0]}”. Quote that, if it is meant."


def _said(source: Source) -> list[str]:
    spoken = {turn.index for turn, _ in source.participant_turns()}
    return [" ".join(one.of(source.text).split()) for one in split_sentences(source) if one.turn in spoken]


def _speaker(source: Source, span: Span) -> str:
    turn = source.turn_at(span.start)
    speaker = source.speaker(turn.speaker) if turn else None
    if speaker is None or speaker.role is Role.INTERVIEWER:
        return "the interviewer"
    return speaker.participant_id or speaker.label
