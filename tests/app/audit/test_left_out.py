"""Themes of several participants that no line of a document touches are named, widest first."""

import pytest

from app.audit.left_out import left_out
from app.audit.report import AuditItem, AuditVerdict, Heard, Kind
from app.models.evidence import Evidence
from app.models.theme import Theme
from retrieval.embeddings import MiniLM
from retrieval.evidence import Quote, Role, Source, SourceKind, Speaker, Turn, sha256

WORDS = "We wait for months. Nobody answers the telephone."
PEOPLE = ["P01", "P02", "P03"]


def source(person: str) -> Source:
    return Source(
        id=f"src_{person}", name=f"{person}.txt", kind=SourceKind.INTERVIEW, text=WORDS, content_sha256=sha256(person),
        turns=[Turn(index=0, speaker=person, start=0, end=len(WORDS))],
        speakers=[Speaker(label=person, role=Role.PARTICIPANT, participant_id=person)],
    )  # fmt: skip


SOURCES = [source(person) for person in PEOPLE]


def evidence(words: str) -> list[Evidence]:
    start = WORDS.index(words)
    return [
        Evidence.of(Quote.cut(one, start, start + len(words), person), {"pain_point": 0.9}, ["pain_point"], "local")
        for one, person in zip(SOURCES, PEOPLE, strict=True)
    ]


WAITING, CALLS = evidence("We wait for months."), evidence("Nobody answers the telephone.")


def theme(label: str, found: list[Evidence], people: int = 3) -> Theme:
    ids = [one.id for one in found]
    return Theme(id=label, code="pain_point", label=label, evidence_ids=ids, participants=PEOPLE[:people], n=3)


def told(words: str) -> AuditItem:
    cited = Heard(participant_id="P01", source_id="src_P01", source_name="P01.txt", start=0, end=10, text=WORDS[:10])
    return AuditItem(text=words, kind=Kind.STATEMENT, verdict=AuditVerdict.SUPPORTED, k=1, n=3, evidence=[cited])


@pytest.mark.parametrize(
    ("items", "themes", "missed"),
    [
        pytest.param([], [theme("Waiting", WAITING), theme("Calls", CALLS)], ["Calls", "Waiting"], id="nothing told"),
        pytest.param([told("Lions roar.")], [theme("Waiting", WAITING), theme("Calls", CALLS)], ["Calls"], id="cited"),
        pytest.param([told("Telephone calls stay unanswered.")], [theme("Telephone calls", CALLS)], [], id="named"),
        pytest.param([], [theme("Calls", CALLS, people=2)], [], id="two people"),
    ],
)
def test_what_nobody_touches_is_left_out(
    items: list[AuditItem], themes: list[Theme], missed: list[str], embedder: MiniLM
) -> None:
    found = left_out(themes, [*WAITING, *CALLS], SOURCES, items, embedder)
    assert [one.label for one in found] == missed
    assert all(one.evidence and one.k == 3 for one in found)
