"""Where a study stands: the strip of figures, how thin the evidence is, and what each reader does next."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.models.claim import ReviewState, Status
from app.models.field import FieldSpec, Level
from app.models.persona import Persona
from app.playbook.claims import hue
from app.playbook.words import count
from app.web.rooms import Room
from retrieval.evidence import Consent, SourceKind


@dataclass(frozen=True, slots=True)
class Stage:
    """A step of the work. `share`, in percent, is how much of it is done."""

    label: str
    figure: str
    note: str
    share: int
    path: str


def stages(room: Room) -> list[Stage]:
    """Sources → evidence → themes → segments → personas → claims reviewed."""
    cast, material = room.cast, room.material
    interviews = sum(source.kind is SourceKind.INTERVIEW for source in cast.sources)
    claims = [claim for persona in cast.personas for claim in persona.grounded_claims()]
    seen = sum(claim.review.state is not ReviewState.PROPOSED for claim in claims)
    firm = sum(bool(one.firm) for one in material.evidence)
    stakes = sum(theme.table_stakes for theme in cast.themes)
    micros = len(room.micros())
    return [
        Stage("Sources", f"{len(cast.sources)}", _sources(interviews, len(cast.sources) - interviews),
              _done(cast.sources), "/sources"),
        Stage("Evidence", f"{len(material.evidence):,}", f"{firm:,} firm, the rest noted", _done(material.evidence),
              "/evidence"),
        Stage("Themes", f"{len(cast.themes)}", f"{count(stakes, 'table stake')} among them", _done(cast.themes),
              "/themes"),
        Stage("Segments", f"{len(cast.segments.drafted)}", _refused(len(cast.refused)), _done(cast.segments.segments),
              "/segments"),
        Stage("Personas", f"{len(cast.macros)} + {micros}", "core and micro", _done(cast.personas), "/personas"),
        Stage("Claims", f"{seen} of {len(claims)}", "reviewed by a person", 100 * seen // max(len(claims), 1),
              "/personas"),
    ]  # fmt: skip


def _done(things: Sequence[object]) -> int:
    return 100 if things else 0


def _sources(interviews: int, notes: int) -> str:
    return count(interviews, "interview") + (f", {count(notes, 'note')}" if notes else "")


def _refused(n: int) -> str:
    return f"{count(n, 'persona')} refused" if n else "none refused"


@dataclass(frozen=True, slots=True)
class ThinCell:
    k: int
    n: int
    thin: bool


@dataclass(frozen=True, slots=True)
class ThinRow:
    label: str
    family: int
    cells: list[ThinCell]


def thin_table(room: Room, columns: Sequence[Persona], specs: Sequence[FieldSpec]) -> list[ThinRow]:
    """How many people of each persona spoke of each field of a core persona; a cell without a claim is thin."""
    fields = [spec for spec in specs if Level.MACRO in spec.levels]
    return [ThinRow(spec.label, hue(spec), [_cell(persona, spec.id) for persona in columns]) for spec in fields]


def thin_columns(room: Room) -> list[Persona]:
    """The finest personas there are: micro personas, and cores that have none."""
    found: list[Persona] = []
    for macro in room.cast.macros:
        found += room.cast.micros_of(macro) or [macro]
    return found


def _cell(persona: Persona, field_id: str) -> ThinCell:
    claims = persona.field(field_id)
    said = [claim.support.k for claim in claims if claim.status is not Status.NO_EVIDENCE]
    found = [claim.gap.found for claim in claims if claim.gap]
    return ThinCell(max([*said, *found], default=0), persona.sample.n, not said)


@dataclass(frozen=True, slots=True)
class Next:
    """What one kind of reader does next: a sentence, and links (name, path, note)."""

    who: str
    text: str
    links: list[tuple[str, str, str]]


def next_steps(room: Room) -> list[Next]:
    """For the researcher, the marketer and the writer."""
    return [_researcher(room), _marketer(room), _writer(room)]


def _researcher(room: Room) -> Next:
    claims = [claim for persona in room.cast.personas for claim in persona.grounded_claims()]
    if not claims:
        return _first_steps(room)
    waiting = sum(claim.review.state is ReviewState.PROPOSED for claim in claims)
    disputed = sum(bool(claim.contradicting) for claim in claims)
    text = f"{count(waiting, 'claim')} wait for a person’s yes or no." if waiting else "Every claim has been looked at."
    return Next("Researcher", text, [
        ("Read claims that somebody contradicts", "/personas", f"{disputed}"),
        ("See what was said, person by person", "/themes", f"{len(room.cast.themes)}"),
        ("Look for words nobody coded", "/evidence", ""),
    ])  # fmt: skip


def _first_steps(room: Room) -> Next:
    """Before there is a persona."""
    text = (
        "No persona yet. Run the study." if room.cast.sources else "No persona yet. Add interviews, then run the study."
    )
    return Next("Researcher", text, [
        ("Add sources", "/sources#add", f"{len(room.cast.sources)}"),
        ("Run the study" if room.cast.sources else "See what a run needs", "/run", ""),
        ("Follow what is under way", "/jobs", ""),
    ])  # fmt: skip


def _marketer(room: Room) -> Next:
    cores, micros = len(room.cast.macros), len(room.micros())
    text = f"{count(cores, 'core persona')} and {count(micros, 'micro persona')} can be read."
    if not cores:
        waiting = "Nothing to read yet: personas come from a run, and a researcher starts it."
        return Next("Marketer", waiting, [("Hold an old persona against the study", "/audit", "")])
    return Next("Marketer", text, [
        ("Compare who decides how", "/segments", f"{len(room.cast.segments.drafted)}"),
        ("Read the personas", "/personas", f"{len(room.cast.personas)}"),
        ("See who decides together", "/centres", ""),
    ])  # fmt: skip


def _writer(room: Room) -> Next:
    open_to_all = {person.id for person in room.cast.participants if person.consent is Consent.MARKETING}
    quotable = sum(one.participant_id in open_to_all for one in room.material.evidence)
    text = f"{count(len(open_to_all), 'person', 'people')} of {len(room.cast.participants)} may be quoted in marketing."
    return Next("Writer", text, [
        ("Find a quote you may publish", "/evidence?consent=marketing", f"{quotable}"),
        ("Read how they say it", "/sources", f"{len(room.cast.sources)}"),
        ("Hold an old persona against the study", "/audit", ""),
    ])  # fmt: skip
