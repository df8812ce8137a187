"""Rows of what is made from evidence: themes, the segment tree, personas, refusals, runs."""

from collections.abc import Sequence

from pydantic import TypeAdapter
from sqlalchemy import Connection, Table, delete, insert, select, update

from app.models.cast import Refusal
from app.models.persona import Persona
from app.models.run import Provenance, Run
from app.models.segment import SegmentTree
from app.models.theme import Theme
from app.models.version import Basis
from app.store.tables import (
    brief,
    persona,
    provenance,
    publication,
    refusal,
    review,
    run,
    segment_tree,
    theme,
)

PERSONA: TypeAdapter[Persona] = TypeAdapter(Persona)


class ResultRows:
    def __init__(self, connection: Connection):
        self.connection = connection

    def save_themes(self, study_id: str, themes: Sequence[Theme]) -> None:
        """Replace the study's themes."""
        self._clear(theme, study_id)
        for position, one in enumerate(themes):
            self._add(theme, study_id, id=one.id, position=position, document=one.model_dump_json())

    def themes(self, study_id: str) -> list[Theme]:
        rows = select(theme.c.document).where(theme.c.study_id == study_id).order_by(theme.c.position)
        return [Theme.model_validate_json(row) for row in self.connection.scalars(rows)]

    def save_tree(self, study_id: str, tree: SegmentTree, basis: Basis | None = None) -> None:
        """Replace the study's segments, made from `basis`. Personas of the old tree stand for segments that are
        no more: they are kept as versions only."""
        self._retire(study_id, segment_tree)
        document = basis.model_dump_json() if basis else None
        self._add(segment_tree, study_id, document=tree.model_dump_json(), basis=document)

    def redescribe(self, study_id: str, tree: SegmentTree) -> None:
        """Say something else about the same segments; their personas stay."""
        values = {"document": tree.model_dump_json()}
        self.connection.execute(update(segment_tree).where(segment_tree.c.study_id == study_id).values(**values))

    def tree(self, study_id: str) -> SegmentTree | None:
        found = self.connection.scalar(select(segment_tree.c.document).where(segment_tree.c.study_id == study_id))
        return SegmentTree.model_validate_json(found) if found else None

    def basis(self, study_id: str) -> Basis | None:
        """What the study's segments were made from; None where that was not kept."""
        found = self.connection.scalar(select(segment_tree.c.basis).where(segment_tree.c.study_id == study_id))
        return Basis.model_validate_json(found) if found else None

    def rebase(self, study_id: str, basis: Basis) -> None:
        """Say what the study's personas rest on since they were drafted anew."""
        values = {"basis": basis.model_dump_json()}
        self.connection.execute(update(segment_tree).where(segment_tree.c.study_id == study_id).values(**values))

    def save_personas(
        self, study_id: str, personas: Sequence[Persona], refused: Sequence[Refusal], made_with: Provenance
    ) -> None:
        """Make these the study's personas and refusals, and keep what they were made with.

        Earlier versions stay; a persona of a version that is there already takes its place.
        """
        self._retire(study_id)
        self._add(provenance, study_id, document=made_with.model_dump_json())
        for position, one in enumerate(personas):
            row = {"id": one.id, "version": one.version, "position": position, "document": one.model_dump_json()}
            here = (persona.c.study_id == study_id, persona.c.id == one.id, persona.c.version == one.version)
            self.connection.execute(delete(persona).where(*here))
            self._add(persona, study_id, **row)
        for no in refused:
            self._add(refusal, study_id, segment_id=no.segment_id, document=no.model_dump_json())

    def personas(self, study_id: str) -> list[Persona]:
        """The personas as they stand, in the order they were drafted."""
        rows = select(persona.c.document).where(persona.c.study_id == study_id, persona.c.current)
        return [PERSONA.validate_json(row) for row in self.connection.scalars(rows.order_by(persona.c.position))]

    def versions(self, study_id: str, persona_id: str | None = None) -> list[Persona]:
        """Every version of one persona, or of all, oldest first."""
        rows = (
            select(persona.c.document).where(persona.c.study_id == study_id).order_by(persona.c.id, persona.c.version)
        )
        chosen = rows if persona_id is None else rows.where(persona.c.id == persona_id)
        return [PERSONA.validate_json(row) for row in self.connection.scalars(chosen)]

    def provenance(self, study_id: str) -> Provenance | None:
        """What the study's personas were made with; None where there are none yet."""
        found = self.connection.scalar(select(provenance.c.document).where(provenance.c.study_id == study_id))
        return Provenance.model_validate_json(found) if found else None

    def refusals(self, study_id: str) -> list[Refusal]:
        rows = select(refusal.c.document).where(refusal.c.study_id == study_id).order_by(refusal.c.segment_id)
        return [Refusal.model_validate_json(row) for row in self.connection.scalars(rows)]

    def clear(self, study_id: str) -> None:
        """Forget themes, segments and personas with all their versions, reviews, what was published and briefs, so that
        nothing of them is left."""
        for table in (theme, segment_tree, persona, refusal, provenance, review, publication, brief):
            self._clear(table, study_id)

    def retire(self, study_id: str) -> None:
        """Put themes, segments and personas aside: their sources have changed. Personas stay as earlier versions."""
        self._retire(study_id, theme, segment_tree)

    def _retire(self, study_id: str, *also: Table) -> None:
        self.connection.execute(update(persona).where(persona.c.study_id == study_id).values(current=False))
        for table in (refusal, provenance, *also):
            self._clear(table, study_id)

    def add_run(self, one: Run, started: float) -> None:
        self.connection.execute(delete(run).where(run.c.study_id == one.study_id, run.c.id == one.id))
        self._add(run, one.study_id, id=one.id, started=started, document=one.model_dump_json())

    def runs(self, study_id: str) -> list[Run]:
        """The study's runs, newest first."""
        rows = select(run.c.document).where(run.c.study_id == study_id).order_by(run.c.started.desc())
        return [Run.model_validate_json(row) for row in self.connection.scalars(rows)]

    def _clear(self, table: Table, study_id: str) -> None:
        self.connection.execute(delete(table).where(table.c.study_id == study_id))

    def _add(self, table: Table, study_id: str, **values: object) -> None:
        self.connection.execute(insert(table).values(study_id=study_id, **values))
