"""Finding evidence: by words or meaning where something is typed, else in the order of the sources; then by filters."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from urllib.parse import urlencode

from app.access.principal import Sight
from app.models.evidence import Evidence
from app.playbook.words import describe, label
from app.searching import build_retriever
from app.web.reading import Said, said
from app.web.rooms import Room
from app.workbench import Workbench
from retrieval.evidence import Consent
from retrieval.question import telling_words
from retrieval.scope import Scope

AT_ONCE = 40
# So many excerpts are looked at for what is typed: their evidence is shown, best first.
DEEP = 80
# The retriever's score under which meaning alone is another subject: as `app.asking` has it.
LEAST_MEANING = 0.4


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the page was asked for. `consent` is `marketing` for what may be published."""

    q: str = ""
    code: str = ""
    segment: str = ""
    person: str = ""
    consent: str = ""
    noted: bool = False
    theme: str = ""
    page: int = 1

    def address(self, page: int) -> str:
        """The same search on another page."""
        given = asdict(self) | {"noted": "1" if self.noted else "", "page": page}
        return "?" + urlencode({key: value for key, value in given.items() if value})


@dataclass(frozen=True, slots=True)
class Found:
    total: int
    people: int
    lines: list[Said]
    more: bool


def find(bench: Workbench, room: Room, wanted: Wanted) -> Found:
    """One page of what is wanted."""
    candidates = _searched(bench, room, wanted.q) if wanted.q else room.in_order
    fitting = [one for one in candidates if _fits(room, one, wanted)]
    start = (wanted.page - 1) * AT_ONCE
    shown = fitting[start : start + AT_ONCE]
    people = len({one.participant_id for one in fitting})
    return Found(len(fitting), people, [said(room, one) for one in shown], len(fitting) > start + AT_ONCE)


def _fits(room: Room, one: Evidence, wanted: Wanted) -> bool:
    codes = one.codes if wanted.noted else one.firm
    theme = room.desk.themes.get(wanted.theme)
    return (
        bool(codes)
        and (not wanted.code or wanted.code in codes)
        and (not wanted.person or one.participant_id == wanted.person)
        and (not wanted.segment or one.participant_id in _members(room, wanted.segment))
        and (wanted.consent != "marketing" or one.participant_id in room.open_to_all)
        and (theme is None or one.id in theme.evidence_ids)
    )


def _members(room: Room, segment_id: str) -> Sequence[str]:
    found = room.cast.segments.get(segment_id)
    return found.participant_ids if found else []


def _searched(bench: Workbench, room: Room, question: str) -> list[Evidence]:
    """Evidence that holds the typed words as they stand, then that of the excerpts nearest to them."""
    # Only among words one may see: that something is found tells what was said.
    visible = [one for one in room.material.evidence if room.shows(one.participant_id)]
    literal = [one for one in visible if question.casefold() in one.quote.text.casefold()]
    near = _near(bench, room, question) if telling_words(question) else []
    return list({one.id: one for one in [*literal, *near]}.values())


def _near(bench: Workbench, room: Room, question: str) -> list[Evidence]:
    retriever = build_retriever(bench, room.study_id, limit=DEEP, scope=_scope(room), per_person=None)
    found = []
    for hit in retriever.search(question):
        if hit.why == "meaning" and hit.score < LEAST_MEANING:
            continue
        inside = room.evidence_of.get(hit.excerpt.source_id, [])
        found += [one for one in inside if hit.excerpt.overlap(one.quote) and room.shows(one.participant_id)]
    return found


def _scope(room: Room) -> Scope:
    return Scope() if room.sight is Sight.ALL else Scope(consent=frozenset({Consent.MARKETING}))


@dataclass(frozen=True, slots=True)
class Choices:
    """What the filters offer, each as (value, label)."""

    codes: list[tuple[str, str]]
    segments: list[tuple[str, str]]
    people: list[tuple[str, str]]
    consent: bool


def choices(room: Room) -> Choices:
    people = [(one.id, ": ".join(filter(None, [one.id, describe(one)]))) for one in room.cast.participants]
    return Choices(
        codes=sorted(((code, f"{label(code)} ({n})") for code, n in room.codes.items()), key=lambda row: row[1]),
        segments=[(one.id, one.name) for one in room.cast.segments.drafted],
        people=people,
        consent=any(one.consent is Consent.MARKETING for one in room.cast.participants),
    )
