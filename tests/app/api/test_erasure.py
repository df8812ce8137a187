"""Erasure over HTTP, of a participant whom personas count: nothing of theirs is left in any file of the home."""

from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

import app.exports.catalogue
from app.engines.llm.cache import AnswerCache
from app.errors import Conflict
from app.exports.catalogue import PLAYBOOK, find_in_catalogue
from app.exports.outgoing import Outgoing
from app.exports.writing import export, publish
from app.intake.erasure import erase_participant
from app.playbook.audience import Audience
from app.playbook.view import PlaybookView
from app.progress import Silent
from app.synthesis.casting import load_cast
from app.synthesis.personas import draft_study
from app.synthesis.themes import find_themes
from app.workbench import Workbench
from retrieval.splitting import split_sentences

STUDY = "/api/v1/studies/small"
WHO = "P03"


def sentences_of(bench: Workbench, person: str, most: int = 20) -> list[str]:
    """The longest sentences that only this person says."""
    with bench.store.transaction() as tx:
        sources = tx.sources.all("small")
    theirs = next(one for one in sources if person in one.participant_ids)
    spoken = {turn.index for turn, who in theirs.participant_turns() if who == person}
    said = [one.of(theirs.text) for one in split_sentences(theirs) if one.turn in spoken]
    others = "\n".join(one.text for one in sources if one.id != theirs.id)
    return sorted((one for one in said if one not in others), key=len)[-most:]


def holding(home: Path, sentences: list[str]) -> list[str]:
    """The files of the home in which any of the sentences stands, as text or as JSON writes it."""
    wanted = {one.encode() for one in sentences} | {one.encode("unicode_escape") for one in sentences}
    files = [path for path in home.rglob("*") if path.is_file()]
    return [str(path.relative_to(home)) for path in files if any(one in path.read_bytes() for one in wanted)]


def test_after_erasure_no_file_of_the_home_holds_a_sentence_of_theirs(client: TestClient, bench: Workbench) -> None:
    home, sentences = bench.settings.home, sentences_of(bench, WHO)
    publish(bench, load_cast(bench, "small"))
    source = next(one for one in client.get(f"{STUDY}/sources").json()["items"] if WHO in one["participants"])
    AnswerCache(bench.settings.answers).keep("a" * 64, sentences[0], [source["id"]])
    words = {"quote": sentences[-1], "source": source["id"], "add": ["stressor"]}
    assert client.post(f"{STUDY}/evidence", json=words).status_code == 201
    found = {path.partition("/")[0] for path in holding(home, sentences)}
    assert len(sentences) == 20 and found >= {"workbench.sqlite", "files", "results", "answers.sqlite"}

    before = client.get(f"{STUDY}/participants/{WHO}/erasure").json()
    assert before["participants"] == [WHO] and before["codings"] == 1 and before["answers"] == 1
    assert before["originals"] == 1 and before["published"] == 2 and before["personas"] and before["evidence"] > 5

    receipt = client.delete(f"{STUDY}/participants/{WHO}")
    assert receipt.status_code == 200 and receipt.json() == {"gone": before, "later": []}
    assert holding(home, sentences) == []
    assert bench.index.count("small") == len(excerpts(bench))
    assert client.get(f"{STUDY}/participants/{WHO}/erasure").status_code == 404
    assert WHO not in client.get(f"{STUDY}/participants").text
    assert client.get(f"{STUDY}/cast").json()["personas"] == []


class Erasing(Silent):
    """Somebody is erased while the work goes on."""

    def __init__(self, bench: Workbench):
        self.bench = bench

    def start(self, what: str, total: int) -> None:
        erase_participant(self.bench, "small", WHO)


@pytest.mark.parametrize("work", [draft_study, find_themes], ids=["draft", "themes"])
def test_what_was_made_while_somebody_was_erased_is_not_saved(bench: Workbench, work: Any) -> None:
    sentences = sentences_of(bench, WHO)
    with pytest.raises(Conflict, match="Start it once more"):
        work(bench, "small", Erasing(bench))
    with bench.store.transaction() as tx:
        assert tx.results.versions("small") == [] and tx.results.themes("small") == []
    assert holding(bench.settings.home, sentences) == []


def test_what_was_exported_while_somebody_was_erased_is_not_left(
    bench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    sentences, written = sentences_of(bench, WHO), app.exports.catalogue.playbook_for

    def erasing(out: Outgoing, audience: Audience) -> PlaybookView:
        page = written(out, audience)
        erase_participant(bench, "small", WHO)
        return page

    monkeypatch.setattr(app.exports.catalogue, "playbook_for", erasing)
    with pytest.raises(Conflict, match="Start it once more"):
        export(bench, load_cast(bench, "small"), [find_in_catalogue(PLAYBOOK)])
    assert holding(bench.settings.home, sentences) == []


def excerpts(bench: Workbench) -> list[str]:
    with bench.store.transaction() as tx:
        return [one.id for one in tx.excerpts.all("small")]


def test_vectors_of_others_are_found_after_an_erasure(client: TestClient) -> None:
    question = {"question": "What goes wrong with the schedule?", "limit": 5}
    before = client.post(f"{STUDY}/ask", json=question).json()["quotes"]
    client.delete(f"{STUDY}/participants/{WHO}")
    after = client.post(f"{STUDY}/ask", json=question).json()["quotes"]
    kept = [one["text"] for one in before if one["participant_id"] != WHO]
    assert kept and [one["text"] for one in after][: len(kept)] == kept


def test_a_source_is_removed_with_who_is_heard_nowhere_else(client: TestClient, bench: Workbench) -> None:
    source = next(one for one in client.get(f"{STUDY}/sources").json()["items"] if WHO in one["participants"])
    sentences = sentences_of(bench, WHO)
    address = f"{STUDY}/sources/{source['id']}"
    before = client.get(f"{address}/erasure").json()
    assert [one["name"] for one in before["sources"]] == [source["name"]] and before["participants"] == [WHO]
    assert client.delete(address).json()["gone"] == before
    assert client.get(address).status_code == client.delete(address).status_code == 404
    assert holding(bench.settings.home, sentences) == []


def test_consent_is_changed_and_withdrawal_is_erasure(client: TestClient) -> None:
    address = f"{STUDY}/participants/{WHO}/consent"
    assert client.put(address, json={"consent": "research+marketing"}).json()["consent"] == "research+marketing"
    assert client.put(address, json={"consent": "research"}).json()["consent"] == "research"
    assert client.put(address, json={"consent": "withdrawn"}).status_code == 422
    assert client.put(f"{STUDY}/participants/nobody/consent", json={"consent": "research"}).status_code == 404


def test_who_speaks_is_corrected_and_read_anew(client: TestClient) -> None:
    source = next(one for one in client.get(f"{STUDY}/sources").json()["items"] if WHO in one["participants"])
    address = f"{STUDY}/sources/{source['id']}/speakers"
    told = client.get(address).json()["speakers"]
    label = next(name for name, one in told.items() if one["who"] == WHO)
    changed = client.put(address, json={"speakers": {label: {"part": "participant", "who": "P99"}}})
    assert changed.status_code == 200 and changed.json()["source"]["participants"] == ["P99"]
    assert client.get(address).json()["speakers"] == {**told, label: {"part": "participant", "who": "P99"}}
    wrong = client.put(address, json={"speakers": {"Nobody": {"part": "interviewer", "who": ""}}})
    assert wrong.status_code == 404
