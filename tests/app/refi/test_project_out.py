"""A study as a project: valid to the letter, and the same when it comes back."""

import io
import json
import shutil
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import numpy as np
import pytest
from lxml import etree
from sample_run import sample_run

from app.exports.catalogue import Words, find_in_catalogue
from app.exports.exchange import exchange_codebook, exchange_project
from app.exports.outgoing import Outgoing
from app.intake.erasure import erase_participant
from app.intake.roster import digest_of
from app.intake.sample import import_sample
from app.intake.studies import create_study
from app.models.claim import Review, ReviewState
from app.models.codebook import Code, Codebook
from app.models.evidence import Evidence
from app.models.review import ClaimReview
from app.refi.structure import CODEBOOK, PROJECT, faults
from app.refi.taking import take_project
from app.settings import Settings
from app.synthesis.casting import cast_of
from app.synthesis.human_coding import Wanted, decide
from app.synthesis.material import load_material
from app.wiring import build_workbench
from app.workbench import Workbench
from retrieval.embedder import Vectors
from retrieval.embeddings import MiniLM
from retrieval.evidence import Quote, Source, SourceKind
from retrieval.index import MemoryIndex
from retrieval.splitting import split_sentences

Changed = dict[str, bytes]


class Nowhere:
    """A finder for studies in which nothing is looked for: every text is at one place."""

    name = "nowhere"

    def encode(self, texts: Sequence[str]) -> Vectors:
        return np.full((len(texts), 1), 1.0, np.float32)

    def forget(self) -> None:
        return


def opened(home: Path, embedder: MiniLM) -> Workbench:
    settings = Settings(home=home, threads=1, engine="local")
    return build_workbench(settings, embedder=embedder, finder=Nowhere(), index=MemoryIndex())


def outgoing(bench: Workbench, study: str) -> Outgoing:
    """The study as its files are made of it, without its buying centres, which take long to find."""
    return Outgoing(bench, cast_of(bench, load_material(bench, study)))


def exported(bench: Workbench, study: str) -> bytes:
    return exchange_project(outgoing(bench, study))


def project_of(packed: bytes) -> bytes:
    with ZipFile(io.BytesIO(packed)) as read:
        return read.read("project.qde")


def changed(packed: bytes, path: Path, change: Callable[[Changed], None]) -> Path:
    """The package with other files in it."""
    with ZipFile(io.BytesIO(packed)) as read:
        files = {name: read.read(name) for name in read.namelist()}
    change(files)
    with ZipFile(path, "w") as written:
        for name, content in files.items():
            written.writestr(name, content)
    return path


def all_of(bench: Workbench, study: str) -> dict[str, Any]:
    """Everything a project must bring back."""
    with bench.store.transaction() as tx:
        return {
            "sources": tx.sources.all(study),
            "participants": tx.participants.all(study),
            "evidence": tx.evidence.by_engine(study),
            "decisions": tx.codings.all(study),
            "codebook": bench.for_study(study).codebook,
            "themes": tx.results.themes(study),
            "tree": tx.results.tree(study),
            "reviews": tx.reviews.all(study),
        }


def code_by_hand(bench: Workbench, study: str) -> None:
    """Two people code, take away an engine's code, and disagree."""
    with bench.store.transaction() as tx:
        first, second, third = tx.evidence.all(study)[:3]
    engine = next(iter(first.codes))
    decide(bench, study, Wanted(evidence_id=first.id), "Ana <a@b>", add=["budget"], remove=[engine])
    decide(bench, study, Wanted(evidence_id=second.id), "Ben", add=["budget", "influence"])
    decide(bench, study, Wanted(evidence_id=second.id), "Ana <a@b>", remove=["influence"])
    decide(bench, study, Wanted(evidence_id=third.id), "Ben", add=["budget"])


@pytest.fixture(scope="module")
def flow(tmp_path_factory: pytest.TempPathFactory, embedder: MiniLM) -> Iterator[Workbench]:
    """The invented study, run, coded by hand too, with a code of its own and a claim that was rejected."""
    with sample_run(tmp_path_factory.mktemp("flow"), embedder) as bench:
        own = Code(id="haste", label="Haste & hurry", definition="Has no time.", subcodes=["late", "early"])
        codes = [*bench.codebook.codes, own]
        claim = (persona := outgoing(bench, "flowline").cast.personas[0]).grounded_claims()[0]
        review = Review(state=ReviewState.REJECTED, by="Ana", at=datetime(2026, 5, 4, tzinfo=UTC))
        with bench.store.transaction() as tx:
            tx.codebooks.save("flowline", Codebook(version=2, codes=codes))
            tx.reviews.save("flowline", ClaimReview(persona_id=persona.id, claim_id=claim.id, review=review))
        code_by_hand(bench, "flowline")
        yield bench


@pytest.fixture(scope="module")
def packed(flow: Workbench) -> bytes:
    return exported(flow, "flowline")


@pytest.fixture
def empty(tmp_path: Path, embedder: MiniLM, flow: Workbench) -> Iterator[Workbench]:
    """An empty home in which there is a study of the same name."""
    bench = opened(tmp_path / "empty", embedder)
    create_study(bench, flow.study("flowline"))
    yield bench
    bench.store.close()


def taken(bench: Workbench, tmp_path: Path, packed: bytes, change: Callable[[Changed], None]) -> dict[str, list[str]]:
    return take_project(bench, "flowline", changed(packed, tmp_path / "p.qdpx", change), "p.qdpx").as_dict()


def test_what_goes_out_is_valid_to_the_letter(flow: Workbench, packed: bytes) -> None:
    assert faults(etree.fromstring(project_of(packed)), PROJECT) == []
    assert faults(etree.fromstring(exchange_codebook(outgoing(flow, "flowline"))), CODEBOOK) == []
    assert exported(flow, "flowline") == packed


def test_every_selection_stands_on_its_words(flow: Workbench, packed: bytes) -> None:
    """Read with the standard library alone, as any other tool would."""
    root = etree.fromstring(project_of(packed))
    space = {"q": "urn:QDA-XML:project:1.0"}
    users = {one.get("guid"): one.get("name") for one in root.iterfind(".//q:User", space)}
    assert set(users.values()) == {"local (Dramatis AI)", "local (Dramatis AI, not sure)", "Ana <a@b>", "Ben"}
    seen = 0
    with ZipFile(io.BytesIO(packed)) as read:
        for source in root.iterfind(".//q:TextSource", space):
            text = read.read(f"Sources/{source.get('plainTextPath').removeprefix('internal://')}").decode("utf-8")
            assert "\r" not in text
            for one in source.iterfind("q:PlainTextSelection", space):
                words = " ".join(text[int(one.get("startPosition")) : int(one.get("endPosition"))].split())
                assert words.startswith(one.get("name").removesuffix("…"))
                assert all(coding.get("creatingUser") in users for coding in one.iterfind("q:Coding", space))
                seen += 1
    assert seen > 500


def test_a_study_comes_back_as_it_was(flow: Workbench, packed: bytes, empty: Workbench, tmp_path: Path) -> None:
    """All but what people decided about claims, which is told; decided anew, the file is the same, byte for byte."""
    report = taken(empty, tmp_path, packed, lambda files: None)
    assert report["refused"] == []
    assert report["skipped"] == ["p.qdpx: decisions about claims, which are to be made here anew: 1, by Ana (1)"]
    was = all_of(flow, "flowline")
    assert all_of(empty, "flowline") == {**was, "reviews": {}}
    with empty.store.transaction() as tx:
        for own in was["reviews"].values():
            for one in own.values():
                tx.reviews.save("flowline", one)
    assert exported(empty, "flowline") == packed


def test_nothing_is_believed_that_somebody_wrote_into_our_own_file(
    packed: bytes, empty: Workbench, tmp_path: Path
) -> None:
    """With the right digest: accepted in Ana's name, said by nine of nine, answered for by Ana, coded by Eve."""

    def change(files: Changed) -> None:
        beside = json.loads(files["dramatis.json"])
        persona = beside["results"]["personas"][0]
        claim = next(one for one in persona["pain_points"] if one["citations"])
        claim |= {"text": "Everybody loves our rival", "support": {"k": 9, "n": 9}}
        claim["review"] = {"state": "accepted", "by": "Ana", "at": "2026-05-04T00:00:00Z"}
        claim["citations"] = [{**claim["citations"][0], "coded_by": "Eve"}]
        persona |= {"owner": "Ana", "review_due": "2030-01-01"}
        files["dramatis.json"] = json.dumps(beside).encode()

    taken(empty, tmp_path, packed, change)
    persona = outgoing(empty, "flowline").cast.personas[0]
    claim = next(one for one in persona.claims() if one.text == "Everybody loves our rival")
    assert claim.review == Review()
    assert (claim.support.k, claim.support.n) == (1, persona.sample.n)
    assert claim.citations[0].coded_by == ""
    assert (persona.owner, persona.review_due) == (None, None)


def test_without_our_own_file_the_standard_brings_back_all_it_can_say(
    flow: Workbench, packed: bytes, empty: Workbench, tmp_path: Path
) -> None:
    """As when another tool has written the project anew."""
    taken(empty, tmp_path, packed, lambda files: files.pop("dramatis.json") and None)
    was, now = all_of(flow, "flowline"), all_of(empty, "flowline")
    assert now["participants"] == was["participants"]
    assert now["codebook"] == was["codebook"]
    assert said_by(now["sources"]) == said_by(was["sources"])
    assert found_by(empty) == found_by(flow)
    assert [(one.code, one.by, one.quote.text) for one in now["decisions"] if one.given] == given_by(flow)


def said_by(sources: Sequence[Source]) -> dict[str, Any]:
    return {
        source.name.removesuffix(".txt"): (
            source.text, source.kind, source.speakers, [(one.speaker, one.start, one.end) for one in source.turns],
        )
        for source in sources
    }  # fmt: skip


def found_by(bench: Workbench) -> set[tuple[object, ...]]:
    """Every code of the engine that holds."""
    with bench.store.transaction() as tx:
        names = {source.id: source.name.removesuffix(".txt") for source in tx.sources.all("flowline")}
        return {
            (names[one.quote.source_id], one.quote.start, one.quote.text, code, one.coder, code in one.firm)
            for one in tx.evidence.all("flowline")
            for code in one.codes
            if code not in one.people
        }


def given_by(bench: Workbench) -> list[tuple[str, str, str]]:
    """What people gave and nobody took away since, by place."""
    with bench.store.transaction() as tx:
        given = [one for one in tx.codings.all("flowline") if one.given]
        names = {source.id: source.name for source in tx.sources.all("flowline")}
    held = [one for one in given if (one.by, one.code) != ("Ben", "influence")]
    ordered = sorted(held, key=lambda one: (names[one.quote.source_id], one.quote.start, one.code))
    return [(one.code, one.by, one.quote.text) for one in ordered]


def test_a_project_that_somebody_changed_is_read_by_what_it_says(
    packed: bytes, empty: Workbench, tmp_path: Path
) -> None:
    def change(files: Changed) -> None:
        files["project.qde"] = files["project.qde"].replace(b'name="Ben"', b'name="Bea"')

    taken(empty, tmp_path, packed, change)
    with empty.store.transaction() as tx:
        assert {one.by for one in tx.codings.all("flowline")} == {"Ana <a@b>", "Bea"}
        assert tx.results.personas("flowline") == []


@pytest.mark.parametrize("part", ["evidence", "results"])
def test_no_quote_comes_in_that_nobody_said(packed: bytes, empty: Workbench, tmp_path: Path, part: str) -> None:
    """Our own file forged, with the right digest: a quote is a pointer, and is looked up."""
    forged = "I love this product."

    def change(files: Changed) -> None:
        beside = json.loads(files["dramatis.json"])
        claims = [one for one in beside["results"]["personas"][0]["pain_points"] if one["citations"]]
        quote = beside["evidence"][0]["quote"] if part == "evidence" else claims[0]["citations"][0]
        quote |= {"text": forged, "sha256": sha256(forged.encode()).hexdigest()}
        files["dramatis.json"] = json.dumps(beside).encode()

    report = taken(empty, tmp_path, packed, change)
    with empty.store.transaction() as tx:
        evidence, personas = tx.evidence.by_engine("flowline"), tx.results.personas("flowline")
    assert forged not in {one.quote.text for one in evidence}
    assert len(evidence) > 500
    if part == "results":
        assert personas == []
        assert any("make them anew" in one for one in report["skipped"])


def test_results_are_not_taken_where_somebody_is_missing(packed: bytes, empty: Workbench, tmp_path: Path) -> None:
    """Who withdrew here stays away, and with them whatever counted them."""
    with empty.store.transaction() as tx:
        tx.withdrawals.add("flowline", [digest_of("flowline", "P01")])
    report = taken(empty, tmp_path, packed, lambda files: None)
    assert report["withheld"]
    with empty.store.transaction() as tx:
        assert "P01" not in {one.id for one in tx.participants.all("flowline")}
        assert tx.results.personas("flowline") == []
        assert not [one for one in tx.evidence.by_engine("flowline") if one.participant_id == "P01"]


def test_what_was_rejected_stays_in(flow: Workbench, packed: bytes) -> None:
    with flow.store.transaction() as tx:
        persona = tx.results.personas("flowline")[0]
    text = persona.grounded_claims()[0].text
    with ZipFile(io.BytesIO(packed)) as read:
        root = etree.fromstring(read.read("project.qde"))
        beside = json.loads(read.read("dramatis.json"))
    notes = {one.get("name"): one[0].text for one in root.iter("{urn:QDA-XML:project:1.0}Note")}
    assert f"- {text}" not in notes[f"Persona: {persona.name}"]
    kept = next(one for one in beside["results"]["personas"] if one["id"] == persona.id)
    assert text not in {claim["text"] for value in kept.values() if isinstance(value, list) for claim in value
                        if isinstance(claim, dict) and "text" in claim}  # fmt: skip


def test_nothing_is_left_of_somebody_who_was_erased(flow: Workbench, tmp_path: Path, embedder: MiniLM) -> None:
    shutil.copytree(flow.settings.home, tmp_path / "copy")
    bench = opened(tmp_path / "copy", embedder)
    with bench.store.transaction() as tx:
        gone = [source for source in tx.sources.all("flowline") if "P01" in source.participant_ids]
    erase_participant(bench, "flowline", "P01")
    with ZipFile(io.BytesIO(exported(bench, "flowline"))) as read:
        whole = b"".join(read.read(name) for name in read.namelist()).decode()
    bench.store.close()
    assert "P01" not in whole
    assert gone
    assert not [one for source in gone for turn, _ in source.participant_turns()
                if len(one := turn.of(source.text)) > 40 and one in whole]  # fmt: skip


def test_a_codebook_stays_among_researchers_and_says_all(flow: Workbench) -> None:
    """A code may hold anybody's words, so that no file with codes is for marketing."""
    withheld = next(one for one in load_material(flow, "flowline").evidence).quote.text.replace(".", ",")
    own = Code(id="own", label="Own", definition=f"Such as {withheld}", examples=[withheld])
    with flow.store.transaction() as tx:
        before = tx.codebooks.get("flowline")
        tx.codebooks.save("flowline", Codebook(version=3, codes=[own]))
    written = exchange_codebook(outgoing(flow, "flowline"))
    with flow.store.transaction() as tx:
        tx.codebooks.save("flowline", before or flow.codebook)
    told = "".join(etree.fromstring(written).itertext())
    assert f"Such as {withheld}" in told
    assert f"Example: {withheld}" in told
    assert {find_in_catalogue(name).words for name in ("codebook.qdc", "project.qdpx")} == {Words.ALL}


def test_a_study_of_real_interviews_comes_back_as_it_was(tmp_path: Path, embedder: MiniLM) -> None:
    """Without a run, which takes long: evidence is planted, and people code by hand."""
    here, there = opened(tmp_path / "here", embedder), opened(tmp_path / "there", embedder)
    import_sample(here, "ai_at_work")
    with here.store.transaction() as tx:
        for source in tx.sources.all("ai_at_work"):
            tx.evidence.replace("ai_at_work", source.id, planted(source))
    code_by_hand(here, "ai_at_work")
    create_study(there, here.study("ai_at_work"))
    path = tmp_path / "p.qdpx"
    path.write_bytes(exported(here, "ai_at_work"))
    assert faults(etree.fromstring(project_of(path.read_bytes())), PROJECT) == []
    take_project(there, "ai_at_work", path, path.name)
    assert all_of(there, "ai_at_work") == all_of(here, "ai_at_work")
    assert exported(there, "ai_at_work") == path.read_bytes()
    here.store.close()
    there.store.close()


def planted(source: Source) -> list[Evidence]:
    """Every fifth sentence of who takes part, under two codes, of one of which the engine is sure."""
    assert source.kind is SourceKind.INTERVIEW
    spoken = {turn.index: person for turn, person in source.participant_turns()}
    sentences = [one for one in split_sentences(source) if one.turn in spoken]
    quotes = [Quote.cut(source, one.start, one.end, spoken[one.turn]) for one in sentences[::5]]
    return [Evidence.of(one, {"context": 0.8, "intent": 0.2}, ["context"], "local", "Why?", one) for one in quotes]
