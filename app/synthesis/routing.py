"""Routing: which field of a persona a theme belongs to.

A theme goes to the fields its code feeds. Where several fields feed on exactly the same codes (the three
kinds of expectation), it goes to the one whose cues it is closest to. Fields that draw on many codes
(trust builders, deal breakers …) take only what is close to their cues.
"""

from collections.abc import Sequence

from app.models.field import FieldSpec
from app.models.theme import Theme
from retrieval.embedder import Embedder, Vectors

# Cosine to the nearest cue below which a theme is not of the field's kind.
NEAR_CUE = 0.35


class Router:
    """Holds the cues' vectors of one set of fields."""

    def __init__(self, fields: Sequence[FieldSpec], embedder: Embedder):
        self.fields, self.embedder = fields, embedder
        self.cues: dict[str, Vectors] = {field.id: embedder.encode(field.cues) for field in fields if field.cues}

    def accepts(self, field: FieldSpec, theme: Theme, quotes: Sequence[str]) -> bool:
        """Whether the theme, as worded by `quotes`, belongs to the field."""
        if theme.code not in field.codes:
            return False
        if field.id not in self.cues or theme.code in field.direct:
            return True
        middle = self.embedder.encode(list(quotes)).mean(axis=0)
        rivals = [one for one in self.fields if one.shared == field.shared and one.id in self.cues]
        if len(rivals) > 1:
            return max(rivals, key=lambda one: self._nearness(one, middle)).id == field.id
        return self._nearness(field, middle) >= NEAR_CUE

    def _nearness(self, field: FieldSpec, middle: Vectors) -> float:
        return float((self.cues[field.id] @ middle).max())
