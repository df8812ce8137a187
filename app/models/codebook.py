"""Codebook: what a participant's words can be evidence of, and which persona fields each code feeds."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import yaml
from pydantic import model_validator

from app import DATA
from app.models.base import Model

ID = re.compile(r"[a-z][a-z0-9_]*")


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


class Fault(NamedTuple):
    """What is wrong with a codebook, and where: `place` leads to it, as in `("codes", 2, "examples", 0)`."""

    place: tuple[str | int, ...]
    problem: str


class Codebook(Model):
    """Codes with ids, subcodes and examples of their own. `version` goes up with every change."""

    version: int
    codes: list[Code]

    @model_validator(mode="after")
    def _sound(self) -> "Codebook":
        for fault in faults(self.codes):
            raise ValueError(f"{'.'.join(map(str, fault.place))}: {fault.problem}")
        return self

    @property
    def ids(self) -> list[str]:
        return [code.id for code in self.codes]

    def __getitem__(self, code_id: str) -> Code:
        for code in self.codes:
            if code.id == code_id:
                return code
        raise KeyError(code_id)


def faults(codes: Sequence[Code]) -> Iterator[Fault]:
    """Whatever would let one code be taken for another: ids, subcodes and examples given twice, or empty."""
    ids: set[str] = set()
    examples: dict[str, str] = {}
    for number, code in enumerate(codes):
        here = ("codes", number)
        if not ID.fullmatch(code.id):
            yield Fault((*here, "id"), f"“{code.id}” is no id; use small letters, digits and _")
        if code.id in ids:
            yield Fault((*here, "id"), f"the code “{code.id}” is there twice; leave one out, or give it another id")
        ids.add(code.id)
        for part in ("label", "definition"):
            if not getattr(code, part).strip():
                yield Fault((*here, part), f"the {part} of “{code.id}” is empty; say what it means")
        yield from _subcode_faults(code, here)
        yield from _example_faults(code, here, examples)


def _subcode_faults(code: Code, here: tuple[str | int, ...]) -> Iterator[Fault]:
    for number, subcode in enumerate(code.subcodes):
        place = (*here, "subcodes", number)
        if not ID.fullmatch(subcode):
            yield Fault(place, f"“{subcode}” is no id of a subcode; use small letters, digits and _")
        if subcode in code.subcodes[:number]:
            yield Fault(place, f"the subcode “{subcode}” is there twice; leave one out")


def _example_faults(code: Code, here: tuple[str | int, ...], known: dict[str, str]) -> Iterator[Fault]:
    for number, example in enumerate(code.examples):
        place, words = (*here, "examples", number), " ".join(example.casefold().split())
        if not words:
            yield Fault(place, f"an example of “{code.id}” is empty; write it or leave it out")
        elif words in known:
            yield Fault(place, f"this example stands under “{known[words]}” already; an example shows one code")
        known.setdefault(words, code.id)


@cache
def load_codebook(path: Path = DATA / "codebook.yaml") -> Codebook:
    """The codebook at `path`; raises pydantic.ValidationError where it is malformed."""
    return Codebook.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
