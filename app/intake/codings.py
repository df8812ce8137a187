"""Codings in files that changed: a person's decision is kept where its words still stand, and reported where not."""

from collections.abc import Sequence

from app.models.coding import HumanCode
from app.store.store import Transaction
from retrieval.evidence import Quote, Role, Source, Span
from retrieval.quotes import MatchStatus

SAME_WORDS = (MatchStatus.EXACT, MatchStatus.NORMALISED)


def carry_codings(tx: Transaction, study_id: str, before: Sequence[Source], after: Source) -> list[str]:
    """Move decisions from earlier readings of a file to its new one; a line for each that is lost, one for the rest."""
    earlier = {source.id: source for source in before}
    decisions = [one for one in tx.codings.all(study_id) if one.quote.source_id in earlier]
    tx.codings.delete(study_id, [one.id for one in decisions])
    moved = {one.id: _moved(one, earlier[one.quote.source_id], after) for one in decisions}
    kept = {one.id: one for one in moved.values() if one}
    tx.codings.put(study_id, list(kept.values()))
    lost = [_line(one) for one in decisions if moved[one.id] is None]
    return lost + ([f"{after.name}: codes given by people kept: {len(kept)}"] if kept else [])


def drop_codings(tx: Transaction, study_id: str, gone: Sequence[Source]) -> list[str]:
    """Remove decisions about sources that are gone; a line for each."""
    sources = {source.id for source in gone}
    decisions = [one for one in tx.codings.all(study_id) if one.quote.source_id in sources]
    tx.codings.delete(study_id, [one.id for one in decisions])
    return [_line(one) for one in decisions]


def _moved(one: HumanCode, before: Source, after: Source) -> HumanCode | None:
    """The decision about the same words in `after`, by number where they stand there more than once; else None."""
    if before.text == after.text:
        return _stays(one, after)
    then = _places(before, one.quote)
    now = _places(after, one.quote)
    rank = next((n for n, span in enumerate(then) if span.start == one.quote.start), None)
    if not now or (len(now) > 1 and (rank is None or len(then) != len(now))):
        return None
    span = now[0] if len(now) == 1 else now[rank or 0]
    quote = Quote.cut(after, span.start, span.end, one.quote.participant_id)
    return HumanCode.of(
        quote, one.code, one.by, given=one.given, source_name=after.name, question=one.question, number=one.number
    )


def _stays(one: HumanCode, after: Source) -> HumanCode | None:
    """The decision at the same place, as whoever speaks there now; None where that is nobody who takes part."""
    turn = after.turn_at(one.quote.start)
    speaker = after.speaker(turn.speaker) if turn and one.quote.end <= turn.end else None
    if speaker is None or speaker.role is not Role.PARTICIPANT or not speaker.participant_id:
        return None
    quote = Quote.cut(after, one.quote.start, one.quote.end, speaker.participant_id)
    return HumanCode.of(
        quote, one.code, one.by, given=one.given, source_name=after.name, question=one.question, number=one.number
    )


def _places(source: Source, quote: Quote) -> list[Span]:
    """Where the words stand in one turn of their participant, in order."""
    match = source.locate(quote.text, quote.participant_id)
    if match.span is None or match.status not in SAME_WORDS or len(match.pieces) > 1:
        return []
    # A label may read like a participant's id and be the interviewer's.
    own = [turn for turn, person in source.participant_turns() if person == quote.participant_id]
    spoken = [span for span in (match.span, *match.also) if any(t.start <= span.start < t.end for t in own)]
    return sorted(spoken, key=lambda span: span.start)


def _line(one: HumanCode) -> str:
    verb = "given by" if one.given else "removed by"
    return f"{one.source_name}: {one.code} {verb} {one.by} is lost: its words no longer stand there: “{one.quote.text}”"
