"""The appendix: every source somebody is quoted from, with the quotes marked where they stand."""

from collections.abc import Iterable, Sequence

from app.models.evidence import Evidence
from app.playbook.figures import Piece, TagView, TranscriptView, TurnView
from app.playbook.marks import Mark, paragraphs, pieces
from app.playbook.quotes import QuoteDesk
from app.playbook.words import clock, family, label
from retrieval.evidence import Role, Source, Span, Turn

# What a stretch is evidence of that is only being looked at.
NOTHING = ""


def transcripts(desk: QuoteDesk, evidence: Iterable[Evidence]) -> list[TranscriptView]:
    """The transcripts of all sources cited so far: build the personas first."""
    coded: dict[str, list[Evidence]] = {}
    for item in evidence:
        coded.setdefault(item.quote.source_id, []).append(item)
    cited = {source_id for source_id, _, _ in desk.uses}
    return [transcript(desk, source, coded.get(id, [])) for id, source in desk.sources.items() if id in cited]


def transcript(
    desk: QuoteDesk, source: Source, coded: Sequence[Evidence], *, anchored: bool = False, sought: Span | None = None
) -> TranscriptView:
    """One source; `anchored` gives what no claim cites an anchor too, and `sought` is marked whatever it is."""
    marks = [*cited_marks(desk, source), *coded_marks(desk, source, coded, anchored=anchored)]
    anchor = desk.anchor(source.id, sought.start, sought.end) if sought else ""
    if sought and anchor not in {mark.anchor for mark in marks}:
        marks.append(Mark(sought.start, sought.end, NOTHING, anchor))
    return TranscriptView(
        anchor=desk.source_anchor(source.id),
        name=source.name.rsplit("/", 1)[-1],
        people=[desk.person(person) for person in source.participant_ids if person in desk.people],
        cited=len({mark.anchor for mark in marks if mark.cited}),
        turns=[turn_view(desk, source, turn, marks) for turn in source.turns],
    )


def cited_marks(desk: QuoteDesk, source: Source) -> list[Mark]:
    """A mark for every code a quote is cited under; they share the quote's anchor."""
    return [
        Mark(start, end, code, desk.anchor(source.id, start, end), cited=True)
        for (source_id, start, end), uses in desk.uses.items()
        if source_id == source.id
        for code in dict.fromkeys(use.code for use in uses)
    ]


def coded_marks(desk: QuoteDesk, source: Source, coded: Iterable[Evidence], *, anchored: bool = False) -> list[Mark]:
    """A mark for what was surely coded but no claim cites, under its likeliest code; `anchored`: under each code that
    no claim cites."""
    places = [(item.quote.start, item.quote.end, item) for item in coded if item.firm]
    if anchored:
        return [
            Mark(start, end, code, desk.anchor(source.id, start, end))
            for start, end, item in places
            for code in sorted(item.firm, key=lambda code: -item.codes.get(code, 0))
            if code not in {use.code for use in desk.uses.get((source.id, start, end), [])}
        ]
    return [
        Mark(start, end, likeliest(item)) for start, end, item in places if (source.id, start, end) not in desk.uses
    ]


def likeliest(item: Evidence) -> str:
    """The code it is marked under: the surest of those that are firm."""
    return max(item.firm or item.codes, key=lambda code: item.codes.get(code, 0))


def turn_view(desk: QuoteDesk, source: Source, turn: Turn, marks: Sequence[Mark]) -> TurnView:
    """One turn. The interviewer is never marked; who is not part of the study is not shown."""
    who, voice = speaker_of(desk, source, turn)
    here = [mark for mark in marks if turn.start <= mark.start < turn.end] if voice == "participant" else []
    stretches = pieces(source.text, turn, here) if voice != "left-out" else [Piece("")]
    return TurnView(
        who=who,
        voice=voice,
        at=clock(turn.time_start) if turn.time_start is not None else str(turn.index + 1),
        paragraphs=paragraphs(stretches),
        tags=tags(desk, source, here),
    )


def speaker_of(desk: QuoteDesk, source: Source, turn: Turn) -> tuple[str, str]:
    """Whom to name and in which voice. Participants go by their id: a transcript's own label may be a name."""
    speaker = source.speaker(turn.speaker)
    if speaker.role is Role.INTERVIEWER:
        return "Interviewer", "interviewer"
    if speaker.role is Role.AUTHOR:
        return "Author of the note", "interviewer"
    if speaker.participant_id in desk.people:
        return str(speaker.participant_id), "participant"
    return "Somebody who is not part of this study", "left-out"


def tags(desk: QuoteDesk, source: Source, marks: Iterable[Mark]) -> list[TagView]:
    """The margin of a turn: its codes, each with the claims that cite it here."""
    uses: dict[str, list[tuple[str, str]]] = {}
    places: dict[str, tuple[int, int]] = {}
    coded = [mark for mark in marks if mark.code != NOTHING]
    for mark in sorted(coded, key=lambda mark: (not mark.cited, mark.start)):
        links = uses.setdefault(mark.code, [])
        places.setdefault(mark.code, (mark.start, mark.end))
        found = desk.uses[source.id, mark.start, mark.end] if mark.cited else []
        links += [(use.ref, use.href) for use in found if use.code == mark.code and (use.ref, use.href) not in links]
    return [TagView(label(code), family(code), links, places[code]) for code, links in uses.items()]
