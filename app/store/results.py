"""Rows of what is made from evidence: themes, the segment tree, personas, refusals, runs."""

from collections.abc import Sequence

from pydantic import TypeAdapter
from sqlalchemy import Connection, Table, delete, insert, select

from app.models.cast import Refusal
from app.models.persona import Persona
from app.models.run import Provenance, Run
from app.models.segment import SegmentTree
from app.models.theme import Theme
from app.store.tables import persona, provenance, refusal, run, segment_tree, theme

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

    def save_tree(self, study_id: str, tree: SegmentTree) -> None:
        """Replace the study's segments. Personas of the old tree go: they stand for segments that are no more."""
        for table in (segment_tree, persona, refusal, provenance):
            self._clear(table, study_id)
        self._add(segment_tree, study_id, document=tree.model_dump_json())

    def tree(self, study_id: str) -> SegmentTree | None:
        found = self.connection.scalar(select(segment_tree.c.document).where(segment_tree.c.study_id == study_id))
        return SegmentTree.model_validate_json(found) if found else None

    def save_personas(
        self, study_id: str, personas: Sequence[Persona], refused: Sequence[Refusal], made_with: Provenance
    ) -> None:
        """Replace the study's personas and refusals, and what they were made with."""
        for table in (persona, refusal, provenance):
            self._clear(table, study_id)
        self._add(provenance, study_id, document=made_with.model_dump_json())
        for position, one in enumerate(personas):
            row = {"id": one.id, "version": one.version, "position": position, "document": one.model_dump_json()}
            self._add(persona, study_id, **row)
        for no in refused:
            self._add(refusal, study_id, segment_id=no.segment_id, document=no.model_dump_json())

    def personas(self, study_id: str) -> list[Persona]:
        rows = select(persona.c.document).where(persona.c.study_id == study_id).order_by(persona.c.position)
        return [PERSONA.validate_json(row) for row in self.connection.scalars(rows)]

    def provenance(self, study_id: str) -> Provenance | None:
        """What the study's personas were made with; None where there are none yet."""
        found = self.connection.scalar(select(provenance.c.document).where(provenance.c.study_id == study_id))
        return Provenance.model_validate_json(found) if found else None

    def refusals(self, study_id: str) -> list[Refusal]:
        rows = select(refusal.c.document).where(refusal.c.study_id == study_id).order_by(refusal.c.segment_id)
        return [Refusal.model_validate_json(row) for row in self.connection.scalars(rows)]

    def clear(self, study_id: str) -> None:
        """Forget themes, segments and personas: their sources have changed."""
        for table in (theme, segment_tree, persona, refusal, provenance):
            self._clear(table, study_id)

    def add_run(self, one: Run, started: float) -> None:
        self._add(run, one.study_id, id=one.id, started=started, document=one.model_dump_json())

    def runs(self, study_id: str) -> list[Run]:
        """The study's runs, newest first."""
        rows = select(run.c.document).where(run.c.study_id == study_id).order_by(run.c.started.desc())
        return [Run.model_validate_json(row) for row in self.connection.scalars(rows)]

    def _clear(self, table: Table, study_id: str) -> None:
        self.connection.execute(delete(table).where(table.c.study_id == study_id))

    def _add(self, table: Table, study_id: str, **values: object) -> None:
        self.connection.execute(insert(table).values(study_id=study_id, **values))
