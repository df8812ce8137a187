"""A cast small enough to be checked by eye: two interviews, a core persona and a micro persona. Invented."""

from typing import Any

from app.models.cast import Cast, SourceLine
from app.models.claim import Citation, Claim, Gap, Status, Support
from app.models.persona import Difference, MacroPersona, MicroPersona, Sample
from app.models.run import Provenance
from app.models.segment import Lift, SegmentTree
from app.models.study import Study
from retrieval.evidence import Consent, Participant, Quote, Role, Source, SourceKind, Speaker, Turn, sha256

PEOPLE = ("P01", "P02")
QUESTION = "What worries you about it?"
ANSWERS = {
    "P01": "It is my name on the report. I check every line twice. Nobody else reads it. We decide in June.",
    "P02": "I check the figures by hand. The best tool is the dull one. My boss signs. We pay by the month.",
}


def source_of(person: str) -> Source:
    lines = [("Interviewer", QUESTION), (person, ANSWERS[person])]
    text, turns = "", []
    for index, (speaker, words) in enumerate(lines):
        text += f"{speaker}: "
        turns.append(Turn(index=index, speaker=speaker, start=len(text), end=len(text) + len(words)))
        text += words + "\n\n"
    return Source(
        id=f"src_{person}", name=f"{person}.txt", kind=SourceKind.INTERVIEW, text=text, content_sha256=sha256(text),
        turns=turns,
        speakers=[Speaker(label="Interviewer", role=Role.INTERVIEWER),
                  Speaker(label=person, role=Role.PARTICIPANT, participant_id=person)],
    )  # fmt: skip


SOURCES = {person: source_of(person) for person in PEOPLE}


def cite(person: str, words: str, **changes: Any) -> Citation:
    """The citation of `words` in a person's interview; `changes` break it afterwards, unchecked."""
    source = SOURCES[person]
    start = source.text.index(words)
    quote = Quote.cut(source, start, start + len(words), person)
    return Citation.model_construct(**{**quote.model_dump(), "evidence_id": f"ev_{person}_{start}", **changes})


def claim(field: str, theme: str, *citations: Citation, text: str = "They check it.", k: int | None = None) -> Claim:
    people = {citation.participant_id for citation in citations}
    return Claim(
        id=f"c_{field}_{theme}", field=field, text=text, status=Status.OBSERVED, citations=list(citations),
        support=Support(k=len(people) if k is None else k, n=2), confidence=0.9, coder="local", theme_id=theme,
    )  # fmt: skip


def silent(field: str) -> Claim:
    """A claim that admits that nothing is known."""
    return Claim(
        id=f"c_{field}_none", field=field, text="No evidence yet.", status=Status.NO_EVIDENCE,
        support=Support(k=0, n=2), confidence=0, coder="local",
        gap=Gap(found=0, needed=2, ask_next="What does it cost?"),
    )  # fmt: skip


def shared_fields() -> dict[str, Any]:
    return {
        "product_area": "AI at work", "summary": "They check what leaves their desk.", "segment_id": "seg",
        "coverage": 1.0, "sample": Sample(n=2, participants=list(PEOPLE), sources=["src_P01", "src_P02"]),
    }  # fmt: skip


def macro(persona_id: str = "m1", **changes: Any) -> MacroPersona:
    values = {
        "id": persona_id, "name": "Careful report writer", **shared_fields(), "micro_ids": ["m1.1"],
        "stressors": [claim("stressors", "t1", cite("P01", "It is my name on the report."))],
        "decision_logic": [claim("decision_logic", "t2", cite("P01", "I check every line twice."),
                                 cite("P02", "I check the figures by hand."))],
        "budget_and_price_acceptance": [silent("budget_and_price_acceptance")],
        **changes,
    }  # fmt: skip
    return MacroPersona.model_construct(**values)


def micro(persona_id: str = "m1.1", **changes: Any) -> MicroPersona:
    said = ["I check the figures by hand.", "My boss signs.", "We pay by the month."]
    claims = [claim("decision_logic", f"t{n}", cite("P02", words)) for n, words in enumerate(said, start=3)]
    lift = Lift(theme_id="t3", k=1, n=1, rest_k=0, rest_n=1, lift=3.0, by_luck=0.5)
    values = {
        "id": persona_id, "name": "Hands-on checker", **shared_fields(), "parent_macro_id": "m1",
        "differentiator": "Checks by hand.", "estimated_share": 0.5,
        "differs_from_core": [Difference(claim=claim, lift=lift) for claim in claims], **changes,
    }  # fmt: skip
    return MicroPersona.model_construct(**values)


def cast_of(*personas: MacroPersona | MicroPersona, withdrawn: str = "") -> Cast:
    """A cast of these personas; with none given, of one core persona and its micro persona."""
    return Cast.model_construct(
        study=Study(id="small", name="Small study"),
        participants=[
            Participant(id=person, consent=Consent.WITHDRAWN if person == withdrawn else Consent.RESEARCH)
            for person in PEOPLE
        ],
        sources=[SourceLine(id=s.id, name=s.name, kind=s.kind, participants=[p], words=20) for p, s in SOURCES.items()],
        themes=[], segments=SegmentTree(segments=[], method="by hand"), personas=list(personas or (macro(), micro())),
        provenance=Provenance(engine="local", coder="test", embeddings="test", dramatis="0"),
    )  # fmt: skip
