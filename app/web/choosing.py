"""Choosing: the codes that are offered for words, and the stretch of a source that somebody looks at."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.models.codebook import Codebook
from app.models.coding import HumanCode
from app.models.evidence import Evidence
from app.playbook.words import CODES, clock, family, label
from app.web.rooms import Room
from retrieval.evidence import Role, Source, Span
from retrieval.splitting import split_sentences

KEYS = 8
MOST_USES = 6


@dataclass(frozen=True, slots=True)
class CodeChoice:
    """`key` is the digit that gives the code; empty for those beyond eight."""

    id: str
    name: str
    family: int
    about: str
    key: str = ""


def code_choices(codebook: Codebook) -> list[CodeChoice]:
    """The study's codes. Keys follow the eight colours, so that 8 is an objection everywhere; what has no colour gets
    the keys that are left, in its order."""
    keys: dict[str, str] = {}
    for code in codebook.ids:
        number = family(code)
        if number and str(number) not in keys.values():
            keys[code] = str(number)
    free = [str(number) for number in range(1, KEYS + 1) if str(number) not in keys.values()]
    keys |= dict(zip((code for code in codebook.ids if code not in keys), free, strict=False))
    return [
        CodeChoice(one.id, label(one.id) if one.id in CODES else one.label, family(one.id), one.definition,
                   keys.get(one.id, ""))
        for one in codebook.codes
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class GivenCode:
    """A code of the stretch. `sure` is the engine's confidence in percent; None for a person's."""

    id: str
    name: str
    family: int
    by: str
    sure: int | None
    firm: bool


@dataclass(frozen=True, slots=True)
class Chosen:
    """The stretch somebody looks at. `themes` are (label, id, k, n), `uses` (persona, claim, address)."""

    start: int
    end: int
    text: str
    person: str
    where: str
    codes: list[GivenCode]
    themes: list[tuple[str, str, int, int]]
    uses: list[tuple[str, str, str]]
    more_uses: int
    codable: bool

    @property
    def place(self) -> str:
        return f"{self.start}-{self.end}"


def chosen(room: Room, source: Source, sought: Span | None) -> Chosen | None:
    """The evidence at the stretch, or the bare stretch; None where none is sought, or nobody says anything there."""
    turn = source.turn_at(sought.start) if sought else None
    if sought is None or turn is None or not sought.of(source.text).strip():
        return None
    found = _at(room.evidence_of.get(source.id, []), sought)
    place = found.quote if found else sought
    speaker = source.speaker(turn.speaker)
    uses = room.desk.quotes.uses.get((source.id, place.start, place.end), [])
    themes = [one for one in room.cast.themes if found and found.id in one.evidence_ids]
    return Chosen(
        start=place.start,
        end=place.end,
        text=" ".join(place.of(source.text).split()),
        person=(speaker.participant_id or "") if speaker.role is Role.PARTICIPANT else "",
        where=clock(turn.time_start) if turn.time_start is not None else f"turn {turn.index + 1}",
        codes=_codes(found) if found else [],
        themes=[(one.label, one.id, one.k, one.n) for one in themes],
        uses=[(room.names.get(use.ref.split(".")[0], use.ref), use.ref, room.links.to(use.href)) for use in uses][
            :MOST_USES
        ],
        more_uses=max(len(uses) - MOST_USES, 0),
        codable=speaker.role is Role.PARTICIPANT and place.end <= turn.end,
    )


def _at(evidence: Sequence[Evidence], sought: Span) -> Evidence | None:
    """The evidence of just these words, else that which shares most with them."""
    near = [one for one in evidence if one.quote.overlap(sought)]
    exact = [one for one in near if (one.quote.start, one.quote.end) == (sought.start, sought.end)]
    return max(exact or near, key=lambda one: (bool(one.firm), one.quote.overlap(sought)), default=None)


def _codes(found: Evidence) -> list[GivenCode]:
    ordered = sorted(found.codes, key=lambda code: (code not in found.firm, -found.codes[code]))
    return [
        GivenCode(code, label(code), family(code), found.coder_of(code),
                  None if code in found.people else int(found.codes[code] * 100 + 0.5), code in found.firm)
        for code in ordered
    ]  # fmt: skip


def sentences_by_turn(source: Source, evidence: Sequence[Evidence]) -> dict[int, str]:
    """Turn → its sentences for the keys that step through them: `12-40 41-60!`, with a mark behind what is coded."""
    spoken = {turn.index for turn, _ in source.participant_turns()}
    firm = [one.quote for one in evidence if one.firm]
    found: dict[int, list[str]] = {}
    for one in split_sentences(source):
        if one.turn in spoken and one.of(source.text).strip():
            coded = any(2 * quote.overlap(one) >= one.end - one.start for quote in firm)
            found.setdefault(one.turn, []).append(f"{one.start}-{one.end}{'!' if coded else ''}")
    return {turn: " ".join(places) for turn, places in found.items()}


@dataclass(frozen=True, slots=True)
class Told:
    """What was just decided, as a sentence, and what undoes it."""

    text: str
    undo: str


def told(made: Sequence[HumanCode], undo: Sequence[str]) -> Told:
    given = [label(one.code) for one in made if one.given]
    taken = [label(one.code) for one in made if not one.given]
    said = [f"Coded {', '.join(given)}."] if given else []
    said += [f"No longer {', '.join(taken)}."] if taken else []
    return Told(" ".join(said) or "Nothing to change.", ",".join(undo))
