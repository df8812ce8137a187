"""A small invented study in memory: who said what, under which code. Everything in it is made up."""

from app.models.evidence import Evidence
from app.models.field import Level
from app.models.segment import Member, Segment, SegmentTree
from app.models.study import Study
from app.models.theme import Theme
from app.synthesis.material import Material
from retrieval.evidence import Participant, Quote, Role, Source, SourceKind, Speaker, Turn

QUESTION = "What is it like?"


def source_of(person: str, *sentences: str, question: str = QUESTION) -> Source:
    """An interview of one question and one answer."""
    answer = " ".join(sentences)
    text = f"Interviewer: {question}\n\n{person}: {answer}"
    first, second = text.index(question), text.index(answer)
    return Source(
        id=f"src_{person}",
        name=f"{person}.txt",
        kind=SourceKind.INTERVIEW,
        text=text,
        content_sha256=person,
        turns=[
            Turn(start=first, end=first + len(question), index=0, speaker="Interviewer"),
            Turn(start=second, end=len(text), index=1, speaker=person),
        ],
        speakers=[
            Speaker(label="Interviewer", role=Role.INTERVIEWER),
            Speaker(label=person, role=Role.PARTICIPANT, participant_id=person),
        ],
    )


def evidence_in(source: Source, sentence: str, *codes: str, firm: bool = True) -> Evidence:
    start = source.text.index(sentence)
    quote = Quote.cut(source, start, start + len(sentence), source.participant_ids[0])
    return Evidence.of(quote, dict.fromkeys(codes, 0.8), list(codes) if firm else [], "local", QUESTION)


def material_of(said: dict[str, list[tuple[str, str]]], roles: dict[str, str] | None = None) -> Material:
    """Material from person → [(sentence, code)]."""
    sources = {person: source_of(person, *(sentence for sentence, _ in rows)) for person, rows in said.items()}
    evidence = [evidence_in(sources[person], *row) for person, rows in said.items() for row in rows]
    people = [Participant(id=one, attributes={"role": (roles or {}).get(one, "Clerk")}) for one in said]
    return Material(Study(id="s", name="S", product_area="Tea"), people, list(sources.values()), evidence, [], None)


def theme_of(material: Material, id: str, code: str, *sentences: str) -> Theme:
    """A theme of the given sentences, in their order."""
    members = [one for sentence in sentences for one in material.evidence if one.quote.text == sentence]
    people = sorted({one.participant_id for one in members})
    return Theme(id=id, code=code, label=id, evidence_ids=[one.id for one in members], participants=people,
                 n=len(material.interviewed))  # fmt: skip


def segment_of(*people: str, level: Level = Level.MACRO, parent: str | None = None, name: str = "Group") -> Segment:
    members = [Member(participant_id=one, weight=1.0, why="") for one in people]
    return Segment(
        id=f"seg_{''.join(people)}", parent_id=parent, level=level, name=name, definition=[], members=members
    )


def tree_of(*segments: Segment) -> SegmentTree:
    return SegmentTree(segments=list(segments), method="by hand")
