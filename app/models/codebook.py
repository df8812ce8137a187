"""Codebook: what a participant's words can be evidence of, and which persona fields each code feeds."""

from functools import cache
from pathlib import Path

import yaml

from app import DATA
from app.models.base import Model


class Code(Model):
    """One code. `include` and `exclude` tell human and machine coders where its borders run."""

    id: str
    label: str
    definition: str
    include: str = ""
    exclude: str = ""
    subcodes: list[str] = []
    examples: list[str] = []
    feeds: list[str] = []


class Codebook(Model):
    version: int
    codes: list[Code]

    @property
    def ids(self) -> list[str]:
        return [code.id for code in self.codes]

    def __getitem__(self, code_id: str) -> Code:
        for code in self.codes:
            if code.id == code_id:
                return code
        raise KeyError(code_id)


@cache
def load_codebook(path: Path = DATA / "codebook.yaml") -> Codebook:
    """The codebook at `path`; raises pydantic.ValidationError where it is malformed."""
    return Codebook.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
