"""Room: everything the pages of one study read, put together once and kept until somebody writes.

The cast is read without its buying centres, and advice apart from both: what takes long is made for the page
that shows it. Everything in a room is read only, so many readers may share it.
"""

from collections import Counter
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import cached_property
from threading import Lock
from typing import TypeVar

from app.access.principal import Sight
from app.access.published import as_published
from app.access.veil import may_be_opened, open_people
from app.models.buying_centre import BuyingCentre
from app.models.cast import Cast
from app.models.evidence import Evidence
from app.models.persona import MicroPersona, Persona
from app.models.saturation import Saturation
from app.models.strategy import Strategy
from app.playbook.advice import advice_citations
from app.playbook.beside import beside_view
from app.playbook.buying_centres import CentreView, centre_views
from app.playbook.figures import TranscriptView
from app.playbook.personas import PersonaDesk, macro_view, refs_of
from app.playbook.quotes import QuoteDesk
from app.playbook.transcripts import transcript
from app.playbook.view import BesideView, MacroView
from app.store.remembered import Remembered
from app.strategy.advise import advise
from app.strategy.grounds import Grounds
from app.strategy.saturation import measure_saturation
from app.synthesis.buying.buying_centre import find_buying_centres
from app.synthesis.casting import cast_of
from app.synthesis.material import Material, load_material
from app.web.links import Links
from app.workbench import Workbench
from retrieval.evidence import Consent, Source, SourceKind, Span

Made = TypeVar("Made")
# A study has a room, its advice, saturation and buying centres; rooms and buying centres for each sight.
MOST = 16


@dataclass(frozen=True)
class Room:
    """A study as its pages show it. Building it checks every quote that a persona cites."""

    material: Material
    cast: Cast
    desk: PersonaDesk
    macros: list[MacroView]
    beside: list[BesideView]
    links: Links
    sight: Sight = Sight.ALL
    briefs: int = 0

    @property
    def study_id(self) -> str:
        return self.cast.study.id

    @cached_property
    def evidence_of(self) -> dict[str, list[Evidence]]:
        """Evidence by source."""
        found: dict[str, list[Evidence]] = {}
        for one in self.material.evidence:
            found.setdefault(one.quote.source_id, []).append(one)
        return found

    @cached_property
    def in_order(self) -> list[Evidence]:
        """All evidence by the name of its source, and by place."""
        return [one for source_id in self.links.sources for one in self.evidence_of.get(source_id, [])]

    @cached_property
    def persona_by_id(self) -> dict[str, Persona]:
        return {persona.id: persona for persona in self.cast.personas}

    @cached_property
    def refs(self) -> dict[str, str]:
        """Persona id → what it is called for short."""
        return refs_of(self.cast)

    @cached_property
    def counts(self) -> dict[str, int]:
        """What the navigation says beside each page."""
        return {
            "sources": len(self.cast.sources),
            "evidence": len(self.material.evidence),
            "themes": len(self.cast.themes),
            "segments": len(self.cast.segments.drafted),
            "personas": len(self.cast.personas),
            "briefs": self.briefs,
        }

    @cached_property
    def codes(self) -> Counter[str]:
        """How often each code was given."""
        return Counter(code for one in self.material.evidence for code in one.codes)

    @cached_property
    def theme_of(self) -> dict[str, str]:
        """Evidence id → the label of the theme it belongs to, the clearest where there are several."""
        return {id: theme.label for theme in reversed(self.cast.themes) for id in theme.evidence_ids}

    @cached_property
    def source_of(self) -> dict[str, str]:
        """Participant → the address of the first interview with them."""
        interviews = [one for one in self.material.sources if one.kind is SourceKind.INTERVIEW]
        return {who: self.links.source(one.id) for one in reversed(interviews) for who in one.participant_ids}

    @cached_property
    def names(self) -> dict[str, str]:
        """What a persona is called for short → its name."""
        return {ref: self.persona_by_id[id].name for id, ref in self.refs.items()}

    @cached_property
    def open_to_all(self) -> frozenset[str]:
        """Who may be quoted in marketing."""
        return frozenset(one.id for one in self.cast.participants if one.consent is Consent.MARKETING)

    def shows(self, person_id: str) -> bool:
        """Whether whoever is in this room sees somebody's words."""
        return self.sight is Sight.ALL or person_id in self.open_to_all

    def opens(self, source: Source) -> bool:
        """Whether they may read a whole source."""
        return self.sight is Sight.ALL or may_be_opened(source, self.open_to_all)

    def transcript(self, source: Source, sought: Span | None = None) -> TranscriptView:
        """The source to read, with all its evidence and what is `sought` marked."""
        coded = self.evidence_of.get(source.id, [])
        return transcript(self.desk.quotes, source, coded, anchored=True, sought=sought)

    def macro_of(self, persona: Persona) -> MacroView | None:
        """The core persona's view for itself and its micro personas; None for those beside the tree."""
        id = persona.parent_macro_id if isinstance(persona, MicroPersona) else persona.id
        return next((view for view in self.macros if view.ref == self.refs.get(id)), None)

    def micros(self) -> list[MicroPersona]:
        return [micro for macro in self.cast.macros for micro in self.cast.micros_of(macro)]


class Rooms:
    """The rooms of a bench. Who asks for one that is being made waits for it, rather than making it again."""

    def __init__(self, bench: Workbench):
        self.bench = bench
        self._locks: dict[Hashable, Lock] = {}
        self._guard = Lock()
        # Of its own: searches of many scopes would push rooms out of the store's.
        self._remembered = Remembered(bench.store.engine, MOST)

    def room(self, study_id: str, sight: Sight = Sight.ALL) -> Room:
        """NotFound where there is no such study; BadInput where a quote no longer holds."""
        return self.once(("room", study_id, sight), lambda: _room(self.bench.for_study(study_id), study_id, sight))

    def strategy(self, study_id: str) -> Strategy | None:
        """The advice; None where there is no core persona to advise on."""
        if not self.room(study_id).cast.macros:
            return None
        return self.once(("strategy", study_id), lambda: advise(self.bench.for_study(study_id), study_id))

    def known_strategy(self, study_id: str) -> Strategy | None:
        """The advice where it has been worked out already."""
        try:
            return self._remembered.get(("strategy", study_id), _not_yet)
        except NotYet:
            return None

    def saturation(self, study_id: str) -> Saturation | None:
        """How much each interview added; None before there are themes."""
        if not self.room(study_id).cast.themes:
            return None
        return self.once(("saturation", study_id), lambda: self._saturation(study_id))

    def _saturation(self, study_id: str) -> Saturation:
        room, bench = self.room(study_id), self.bench.for_study(study_id)
        with bench.store.transaction() as tx:
            order = tx.sources.ids_by_import(study_id)
        return measure_saturation(Grounds(room.cast, room.material, bench.fields, bench.embedder, order))

    def centres(self, study_id: str, sight: Sight = Sight.ALL) -> list[CentreView]:
        return self.once(("centres", study_id, sight), lambda: self._centres(study_id, sight))

    def _centres(self, study_id: str, sight: Sight) -> list[CentreView]:
        room, bench = self.room(study_id, sight), self.bench.for_study(study_id)
        found: list[BuyingCentre] = find_buying_centres(bench, room.material, room.cast.personas)
        return centre_views(found, QuoteDesk.of(room.cast, room.material.sources, withheld=room.desk.quotes.withheld))

    def once(self, question: Hashable, make: Callable[[], Made]) -> Made:
        """What `make` makes, made once for each state of the database."""
        with self._guard:
            lock = self._locks.setdefault(question, Lock())
        with lock:
            return self._remembered.get(question, make)

    def close(self) -> None:
        self._remembered.close()


class NotYet(Exception):
    """Nobody has asked for it since the last change."""


def _not_yet() -> Strategy:
    raise NotYet


def _room(bench: Workbench, study_id: str, sight: Sight) -> Room:
    material = load_material(bench, study_id)
    cast = cast_of(bench, material)
    with bench.store.transaction() as tx:
        cast = as_published(tx, sight, cast)
        written = tx.briefs.written_from(study_id)
    quotes = QuoteDesk.of(cast, material.sources, advice_citations(None), _withheld(cast, sight))
    desk = PersonaDesk(cast, quotes, bench.fields, whole=sight is not Sight.PUBLISHED)
    links = Links(
        study_id, [source.id for source in material.sources], {ref.lower(): id for id, ref in refs_of(cast).items()}
    )
    return Room(
        material=material,
        cast=cast,
        desk=desk,
        macros=[macro_view(desk, macro) for macro in cast.macros],
        beside=[beside_view(desk, persona) for persona in cast.beside],
        links=links,
        sight=sight,
        briefs=len(written) if sight is not Sight.PUBLISHED else sum(_is_of(one, cast) for one in written),
    )


def _is_of(written: tuple[str, int], cast: Cast) -> bool:
    """Whether a brief was written from a persona as the cast has it."""
    return written in [(one.id, one.version) for one in cast.personas]


def _withheld(cast: Cast, sight: Sight) -> frozenset[str]:
    """Whose words are not shown to somebody with this sight."""
    everybody = frozenset(one.id for one in cast.participants)
    return frozenset() if sight is Sight.ALL else everybody - open_people(cast.participants)
