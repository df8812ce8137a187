"""A small cast for the playbook's tests, built from slices of the invented study “Flowline”.

`playbook_study.yaml` holds who said what; this file only counts it into personas, in the plainest way that
gives every kind of thing a page can show: claims with dissent, differences, gaps, table stakes, refusals.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from app.models.cast import Cast, Refusal, SourceLine
from app.models.claim import Citation, Claim, Gap, Stance, Status, Support
from app.models.evidence import Evidence
from app.models.field import FieldSpec, Level, load_fields
from app.models.persona import ContrastPair, Difference, MacroPersona, MicroPersona, Sample
from app.models.run import Provenance
from app.models.segment import Lift, Member, Predicate, Segment, SegmentTree, Uncovered
from app.models.study import Study
from app.models.theme import Theme
from retrieval.evidence import Consent, Participant, Quote, Role, Source, SourceKind, Speaker, Turn, sha256, stable_id

STUDY = Path(__file__).parent / "playbook_study.yaml"
Row = dict[str, Any]


@dataclass(frozen=True)
class Room:
    """Everything `render_playbook` takes."""

    cast: Cast
    sources: list[Source]
    evidence: list[Evidence]


def source_of(person: Row) -> Source:
    """A transcript with one line a turn, the speaker's label first."""
    text, turns = "", []
    for row in person["turns"]:
        text += f"{row['who']}: "
        turns.append(
            Turn(index=len(turns), speaker=row["who"], start=len(text), end=len(text) + len(row["says"]),
                 time_start=row.get("at"))
        )  # fmt: skip
        text += row["says"] + "\n"
    return Source(
        id=stable_id("src", person["file"]), name=person["file"], kind=SourceKind.INTERVIEW, text=text,
        content_sha256=sha256(text), turns=turns,
        speakers=[Speaker(label="Interviewer", role=Role.INTERVIEWER),
                  Speaker(label=person["id"], role=Role.PARTICIPANT, participant_id=person["id"])],
    )  # fmt: skip


def evidence_of(theme: Row, said: Row, sources: dict[str, Source]) -> Evidence:
    source = sources[said["by"]]
    start = source.text.index(said["quote"])
    quote = Quote.cut(source, start, start + len(said["quote"]), said["by"])
    return Evidence.of(quote, {theme["code"]: 0.9}, [theme["code"]], "local")


class Counter:
    """Counts a study's rows into claims; small enough to be checked by eye."""

    def __init__(self, study: Row):
        self.study = study
        self.sources = {person["id"]: source_of(person) for person in study["participants"]}
        self.rows = {theme["id"]: theme for theme in study["themes"]}
        self.said = {
            theme["id"]: [(evidence_of(theme, said, self.sources), said) for said in theme["evidence"]]
            for theme in study["themes"]
        }

    @property
    def everyone(self) -> list[str]:
        return list(self.sources)

    def supporters(self, theme: str, people: Iterable[str]) -> set[str]:
        return {said["by"] for _, said in self.said[theme] if not said.get("against")} & set(people)

    def themes(self) -> list[Theme]:
        found = []
        for theme_id, row in self.rows.items():
            people = self.supporters(theme_id, self.everyone)
            found.append(
                Theme(id=theme_id, code=row["code"], label=row["label"], participants=sorted(people),
                      evidence_ids=[item.id for item, _ in self.said[theme_id]], n=len(self.everyone),
                      table_stakes=row["table_stakes"])
            )  # fmt: skip
        return found

    def citations(self, theme: str, people: Iterable[str]) -> list[Citation]:
        return [
            Citation(**item.quote.model_dump(), evidence_id=item.id,
                     stance=Stance.CONTRADICTS if said.get("against") else Stance.SUPPORTS)
            for item, said in self.said[theme] if said["by"] in people
        ]  # fmt: skip

    def claim(self, owner: str, theme: str, people: list[str], field: str | None = None) -> Claim:
        row = self.rows[theme]
        k = len(self.supporters(theme, people))
        return Claim(
            id=stable_id("cl", owner, theme), field=field or row["field"], text=row["label"] + ".",
            status=Status.INFERRED if row.get("inferred") else Status.OBSERVED,
            citations=self.citations(theme, people), support=Support(k=k, n=len(people)),
            confidence=round(k / len(people), 2), coder="local", theme_id=theme,
        )  # fmt: skip

    def gap(self, owner: str, spec: FieldSpec, people: list[str]) -> Claim:
        return Claim(
            id=stable_id("cl", owner, spec.id), field=spec.id, text="No evidence yet.", status=Status.NO_EVIDENCE,
            support=Support(k=0, n=len(people)), confidence=0, coder="local",
            gap=Gap(found=1 if len(spec.label) % 2 else 0, needed=2, ask_next=spec.ask),
        )  # fmt: skip

    def fields(self, owner: str, people: list[str], level: Level) -> dict[str, list[Claim]]:
        """Every field of a persona: what two people and more than a third said, else a gap."""
        needed = max(2, len(people) // 3 + 1)
        found: dict[str, list[Claim]] = {}
        for theme in sorted(self.rows, key=lambda t: -len(self.supporters(t, people))):
            if len(self.supporters(theme, people)) >= needed:
                field = "table_stakes" if self.rows[theme]["table_stakes"] else self.rows[theme]["field"]
                found.setdefault(field, []).append(self.claim(owner, theme, people, field))
        for spec in load_fields():
            if level in spec.levels and spec.id not in found:
                found[spec.id] = [self.gap(owner, spec, people)]
        return found

    def differences(self, micro: Row, core: list[str]) -> list[Difference]:
        rest = [person for person in core if person not in micro["members"]]
        found = []
        for theme in self.rows:
            k, rest_k = len(self.supporters(theme, micro["members"])), len(self.supporters(theme, rest))
            if k >= 2 and not rest_k:
                lift = Lift(theme_id=theme, k=k, n=len(micro["members"]), rest_k=rest_k, rest_n=len(rest),
                            lift=round(len(core) / len(micro["members"]), 2), by_luck=0.0119)  # fmt: skip
                found.append(Difference(claim=self.claim(micro["id"], theme, micro["members"]), lift=lift))
        return found

    def micro(self, row: Row, macro: Row) -> MicroPersona:
        differs = self.differences(row, macro["members"])
        return MicroPersona(
            id=row["id"], name=row["name"], product_area=self.study["study"]["product_area"],
            summary=row["differentiator"] + ".", segment_id=row["id"], coverage=self.share(row["members"]),
            sample=self.sample(row["members"]), parent_macro_id=macro["id"], differentiator=row["differentiator"],
            differs_from_core=differs, funnel_use="bottom",
            estimated_share=round(len(row["members"]) / len(macro["members"]), 4),
            **self.fields(row["id"], row["members"], Level.MICRO),
        )  # fmt: skip

    def macro(self, row: Row) -> MacroPersona:
        return MacroPersona(
            id=row["id"], name=row["name"], product_area=self.study["study"]["product_area"],
            summary=row["summary"], segment_id=row["id"], coverage=self.share(row["members"]),
            definition=[Predicate(kind="attribute", name="role", operator="is one of", value=row["name"])],
            sample=self.sample(row["members"], ["No interview outside Europe and North America."]),
            micro_ids=[micro["id"] for micro in row["micros"]],
            bias_flags=["Purposive sample: people were invited, not drawn."],
            **self.fields(row["id"], row["members"], Level.MACRO),
        )  # fmt: skip

    def share(self, people: list[str]) -> float:
        return round(len(people) / len(self.everyone), 4)

    def sample(self, people: list[str], gaps: list[str] | None = None) -> Sample:
        return Sample(n=len(people), participants=people, sources=[self.sources[p].id for p in people], gaps=gaps or [])

    def segments(self) -> SegmentTree:
        nodes = []
        for macro in self.study["macros"]:
            nodes.append(self.segment(macro, None, Level.MACRO))
            nodes += [self.segment(micro, macro["id"], Level.MICRO) for micro in macro["micros"]]
        uncovered = [Uncovered(participant_id=p, why=why) for p, why in self.study["uncovered"].items()]
        return SegmentTree(segments=nodes, uncovered=uncovered, method="counted from the invented study's own plan")

    def segment(self, row: Row, parent: str | None, level: Level) -> Segment:
        members = [Member(participant_id=p, weight=1, why="said so") for p in row["members"]]
        return Segment(id=row["id"], parent_id=parent, level=level, name=row["name"], definition=[], members=members)


def with_contrast(micros: list[MicroPersona]) -> list[MicroPersona]:
    """The first two micro personas, each shown against the other's first difference."""
    if len(micros) < 2:
        return micros
    one, two, *others = micros
    ours, theirs = one.differs_from_core[-1].claim, two.differs_from_core[-1].claim
    pair = ContrastPair(role="Head of IT", ours=ours, theirs=theirs, their_persona_id=two.id)
    back = ContrastPair(role="Head of IT", ours=theirs, theirs=ours, their_persona_id=one.id)
    return [one.model_copy(update={"contrast": [pair]}), two.model_copy(update={"contrast": [back]}), *others]


def read_study(path: Path = STUDY) -> Row:
    study: Row = yaml.safe_load(path.read_text(encoding="utf-8"))
    return study


def build_room(study: Row) -> Room:
    """The cast, sources and evidence of a study as `playbook_study.yaml` writes it down."""
    count = Counter(study)
    personas: list[MacroPersona | MicroPersona] = []
    for row in study["macros"]:
        personas.append(count.macro(row))
        personas += with_contrast([count.micro(micro, row) for micro in row["micros"]])
    people = [
        Participant(id=p["id"], attributes=p["attributes"], consent=Consent(p["consent"]))
        for p in study["participants"]
    ]  # fmt: skip
    lines = [
        SourceLine(id=s.id, name=s.name, kind=s.kind, participants=s.participant_ids, words=len(s.text.split()))
        for s in count.sources.values()
    ]
    cast = Cast(
        study=Study(**study["study"]), participants=people, sources=lines, themes=count.themes(),
        segments=count.segments(), personas=personas, refused=[Refusal(**row) for row in study["refused"]],
        provenance=Provenance(engine="local", coder="local head v1", embeddings="all-MiniLM-L6-v2 int8",
                              dramatis="0.1.0", prompts=[]),
    )  # fmt: skip
    evidence = [item for said in count.said.values() for item, _ in said]
    return Room(cast, list(count.sources.values()), evidence)
