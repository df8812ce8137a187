"""The report of an import: what became of each file, and what was mended on the way."""

from dataclasses import dataclass, field, fields

from retrieval.errors import UnreadableSource


@dataclass
class IngestReport:
    """What became of each file, by name.

    `removed` are rows that are no longer in their table, `described` the tables that say something about
    participants; `changes` says what is new in a file that was replaced, `codings` what became of the codes
    that people gave in it.
    """

    imported: list[str] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    described: list[str] = field(default_factory=list)
    withheld: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    changes: list[str] = field(default_factory=list)
    repairs: list[str] = field(default_factory=list)
    codings: list[str] = field(default_factory=list)
    refused: list[UnreadableSource] = field(default_factory=list)

    def add(self, other: "IngestReport") -> None:
        """Tell what became of the files of another import too."""
        for one in fields(self):
            getattr(self, one.name).extend(getattr(other, one.name))

    def outcomes(self) -> dict[str, list[str]]:
        """What was done → names of files."""
        words = ("imported", "replaced", "unchanged", "removed", "described", "withheld", "skipped")
        return {word: getattr(self, word) for word in words}

    def as_dict(self) -> dict[str, list[str]]:
        told = {
            "changes": self.changes,
            "codings": self.codings,
            "repairs": self.repairs,
            "refused": [str(error) for error in self.refused],
        }
        return {**self.outcomes(), **told}
