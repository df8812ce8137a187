"""Quotations of a document, looked up in the interviews: said so, nearly so, by somebody else, or by nobody."""

from collections.abc import Sequence

from app.audit.pieces import Piece
from app.audit.report import NOBODY, AuditItem, AuditVerdict, Heard, Kind
from retrieval.evidence import Participant, Source
from retrieval.quotes import Match, MatchStatus, locate_in_source

VERDICTS = {
    MatchStatus.EXACT: AuditVerdict.SUPPORTED,
    MatchStatus.NORMALISED: AuditVerdict.SUPPORTED,
    MatchStatus.NEAR: AuditVerdict.NEAR,
    MatchStatus.OTHER_SPEAKER: AuditVerdict.WRONG_SPEAKER,
    MatchStatus.ABSENT: AuditVerdict.INVENTED,
}
RANK = (MatchStatus.EXACT, MatchStatus.NORMALISED, MatchStatus.NEAR, MatchStatus.OTHER_SPEAKER, MatchStatus.ABSENT)
ATTRIBUTES = ("role", "account", "name")


class Speakers:
    """Who is meant by the words behind a quotation: an id, a label of a transcript, a role or an account."""

    def __init__(self, participants: Sequence[Participant], sources: Sequence[Source]):
        self.names: dict[str, set[str]] = {}
        for source in sources:
            for speaker in source.speakers:
                if speaker.participant_id:
                    self._add(speaker.participant_id, speaker.participant_id)
                    self._add(speaker.label, speaker.participant_id)
        for person in participants:
            self._add(person.id, person.id)
            for column in ATTRIBUTES:
                self._add(person.attributes.get(column, ""), person.id)

    def meant(self, attribution: str) -> set[str]:
        """The participants meant; empty where the words name nobody of the study."""
        told = attribution.casefold().strip(" .,")
        if told in self.names:
            return self.names[told]
        parts = [part.strip() for part in told.replace("(", ",").replace(")", ",").split(",")]
        known = [self.names[part] for part in parts if part in self.names]
        return set.intersection(*known) or known[0] if known else set()

    def _add(self, name: str, person: str) -> None:
        if name.strip():
            self.names.setdefault(name.casefold().strip(), set()).add(person)


def check_quotation(piece: Piece, sources: Sequence[Source], speakers: Speakers, n: int) -> AuditItem:
    """The item for a quotation; without a speaker of the study, anybody but the interviewer may have said it."""
    wanted = speakers.meant(piece.speaker)
    source, match = _best(piece.text, sources, wanted)
    verdict = VERDICTS[match.status]
    heard = [_heard(source, match)] if match.span else []
    kept = [one for one in heard if one]
    said = bool(kept) and verdict in (AuditVerdict.SUPPORTED, AuditVerdict.NEAR)
    return AuditItem(
        text=piece.text, kind=Kind.QUOTE, verdict=verdict, k=int(said), n=n, evidence=kept,
        why=_why(verdict, piece.speaker, kept),
    )  # fmt: skip


def _best(quote: str, sources: Sequence[Source], wanted: set[str]) -> tuple[Source, Match]:
    """The best match of all sources; words of somebody else than those wanted count as that."""
    found = [(source, _located(source, quote, wanted)) for source in sources]
    return min(found, key=lambda one: (RANK.index(one[1].status), -one[1].score, one[0].id))


def _located(source: Source, quote: str, wanted: set[str]) -> Match:
    match = locate_in_source(source, quote)
    if (
        wanted
        and match.span
        and match.status is not MatchStatus.OTHER_SPEAKER
        and _speaker(source, match) not in wanted
    ):
        return match.model_copy(update={"status": MatchStatus.OTHER_SPEAKER})
    return match


def _speaker(source: Source, match: Match) -> str | None:
    turn = source.turn_at(match.span.start) if match.span else None
    return source.speaker(turn.speaker).participant_id if turn else None


def _heard(source: Source, match: Match) -> Heard | None:
    if match.span is None:
        return None
    return Heard(
        participant_id=_speaker(source, match) or "interviewer", source_id=source.id, source_name=source.name,
        start=match.span.start, end=match.span.end, text=match.span.of(source.text),
    )  # fmt: skip


def _why(verdict: AuditVerdict, speaker: str, heard: Sequence[Heard]) -> str:
    who = heard[0].participant_id if heard else ""
    return {
        AuditVerdict.SUPPORTED: f"Word for word by {who}.",
        AuditVerdict.NEAR: f"Not word for word: {who} said it a little differently.",
        AuditVerdict.WRONG_SPEAKER: f"Said by {who}" + (f", not by {speaker}." if speaker else "."),
        AuditVerdict.INVENTED: f"{NOBODY} said this.",
    }.get(verdict, "")
