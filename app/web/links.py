"""Links: a playbook is one page of fragments; here each of them is an address of its own.

`#q-3-120-180` a quote in the third source · `#s-3` the source · `#p-m1` a persona · `#c-m1-3` its third claim ·
`#b-k1` a buying centre, `#b-k1-2` its second conflict. The fragment is kept, so that the place is found in the page.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Links:
    """`sources` are the ids of sources in their order, `personas` maps a persona's reference (`m1`) to its id."""

    study_id: str
    sources: Sequence[str]
    personas: Mapping[str, str]

    @property
    def study(self) -> str:
        return f"/studies/{self.study_id}"

    def source(self, source_id: str) -> str:
        return f"{self.study}/sources/{source_id}"

    def persona(self, persona_id: str) -> str:
        return f"{self.study}/personas/{persona_id}"

    def quote(self, source_id: str, start: int, end: int) -> str:
        """The place of any stretch of a source, whether it is evidence or not: the reader marks what is asked for."""
        number = self.sources.index(source_id) + 1
        return f"{self.source(source_id)}?quote={start}-{end}#q-{number}-{start}-{end}"

    def to(self, fragment: str) -> str:
        kind, _, rest = fragment.removeprefix("#").partition("-")
        if kind in ("q", "s"):
            number, *span = map(int, rest.split("-"))
            source_id = self.sources[number - 1]
            return self.quote(source_id, *span) if span else self.source(source_id)
        if kind == "p":
            return self.persona(self.personas[rest])
        if kind == "c":
            return self.persona(self.personas[rest.rpartition("-")[0]]) + fragment
        if kind == "b":
            return f"{self.study}/centres{fragment}"
        return f"{self.study}/segments{fragment}" if kind == "uncovered" else f"{self.study}{fragment}"
