"""Places: where in a study's interviews somebody's exact words stand, and why not where they do not."""

from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath
from typing import NamedTuple

from app.errors import BadInput, NotFound
from app.store.store import Transaction
from retrieval.evidence import Quote, Role, Source, SourceKind, Span
from retrieval.quotes import Match, MatchStatus

SAME_WORDS = (MatchStatus.EXACT, MatchStatus.NORMALISED)
# How many places a refusal lists; more are no help in choosing.
MOST_LISTED = 5


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
    sources = _among(_interviews(tx, study_id), source, participant)
    located = [Located(one, one.locate(quote, participant)) for one in sources]
    said = [one for one in located if one.match.status in SAME_WORDS and one.match.span]
    if not said:
        raise BadInput(_why_not(located, quote))
    places = [place for one in said for place in _places(one)]
    if len(places) != 1:
        raise BadInput(_choose(places, said, quote))
    return places[0]


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
    for span in spans:
        turn = source.turn_at(span.start) if span else None
        speaker = source.speaker(turn.speaker) if turn else None
        if span and turn and speaker and speaker.role is Role.PARTICIPANT and speaker.participant_id:
            quote = Quote.cut(source, span.start, span.end, speaker.participant_id)
            yield Place(quote, source.name, source.question_before(turn))


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


def _why_not(located: Sequence[Located], quote: str) -> str:
    """Why the words cannot be coded, with the nearest words that were said."""
    source, match = max(located, key=lambda one: one.match.score)
    if match.span is None:
        return f"Nobody says “{quote}”. Copy the words from the transcript; they are looked up letter for letter."
    words, who = " ".join(match.span.of(source.text).split()), _speaker(source, match.span)
    if match.status is MatchStatus.OTHER_SPEAKER:
        return f"“{words}” is said by {who} in {source.name}, not by a participant asked for. {_remedy(who)}"
    nearest = f"The nearest is “{words}” ({who}, {source.name})"
    return f"Nobody says “{quote}” word for word. {nearest}. Quote that, if it is meant."


def _remedy(who: str) -> str:
    if who == "the interviewer":
        return "An interviewer's words are never evidence."
    return "Name them with --participant, if they are meant."


def _speaker(source: Source, span: Span) -> str:
    turn = source.turn_at(span.start)
    speaker = source.speaker(turn.speaker) if turn else None
    if speaker is None or speaker.role is Role.INTERVIEWER:
        return "the interviewer"
    return speaker.participant_id or speaker.label
