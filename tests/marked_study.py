"""A small study that was run, in which every sentence of two participants, who agreed to research only, is marked."""

import fcntl
import re
from contextlib import suppress
from pathlib import Path

from app.briefs.writing import write_brief
from app.errors import BadInput, InsufficientEvidence
from app.exports.writing import export
from app.intake.ingest import ingest
from app.intake.studies import create_study, describe_study
from app.models.brief import BriefRequest
from app.settings import Settings
from app.synthesis.casting import load_cast, run_study
from app.synthesis.releasing import publish_persona
from app.wiring import build_workbench
from app.workbench import Workbench
from retrieval.embeddings import MiniLM

FLOWLINE = Path(__file__).parents[1] / "data" / "sample" / "flowline"
SPOKEN = ("P01.txt", "P03.txt", "P04.md", "P12.txt", "P14.txt", "P16.txt")
# They agreed to research only; the others to marketing as well.
CLOSED = ("P12", "P14")
NOTE = "notes/korrinvale_opportunity.md"
MARK = "quillzebra"


def marked(text: str) -> str:
    """The talk with a word in every sentence that nobody else says."""
    return re.sub(r"\b(the|a|it|and|to|of|is|was)\b", rf"\1 {MARK}", text)


def marked_home(session: Path, embedder: MiniLM) -> Path:
    """A home with the study `small`, and an empty one called `other`. Made once a session of tests."""
    home = session / "marked" / "home"
    with (session / "marked.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not home.exists():
            _make(session / "marked", embedder).rename(home)
    return home


def _make(top: Path, embedder: MiniLM) -> Path:
    talks, notes, home = top / "talks", top / "notes", top / "unfinished"
    talks.mkdir(parents=True)
    notes.mkdir()
    for name in SPOKEN:
        text = (FLOWLINE / "transcripts" / name).read_text(encoding="utf-8")
        (talks / name).write_text(marked(text) if name.startswith(CLOSED) else text, encoding="utf-8")
    (notes / "korrinvale.md").write_text(marked((FLOWLINE / NOTE).read_text(encoding="utf-8")), encoding="utf-8")
    bench = build_workbench(Settings(home=home, threads=1, engine="local"), embedder=embedder)
    create_study(bench, describe_study("Small", study_id="small"))
    create_study(bench, describe_study("Other", study_id="other"))
    ingest(bench, "small", [*sorted(talks.iterdir()), FLOWLINE / "participants.csv"])
    ingest(bench, "small", [notes])
    run_study(bench, "small")
    send_out(bench)
    bench.store.close()
    return home


def send_out(bench: Workbench) -> None:
    """Publish every persona, write a brief from each that has something to say, and export the whole."""
    cast = load_cast(bench, "small")
    for one in cast.personas:
        publish_persona(bench, "small", one.id, by="me")
        with suppress(InsufficientEvidence, BadInput):
            write_brief(bench, BriefRequest(study_id="small", persona=one.id))
    export(bench, cast)
