"""Briefs in the browser: from a persona to a file, for an editor and for a writer."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import docx
import pytest
from fastapi.testclient import TestClient
from sample_run import sample_run
from team import add, csrf, logged_in, quick_hashes, team_app
from web_browser import BASE, browser, page, send

from app.briefs.ground import load_ground
from app.jobs.durable import DurableDesk
from app.models.publication import Publication
from app.models.user import Role
from app.web.app import create_app
from app.workbench import Workbench
from retrieval.embeddings import MiniLM

BRIEFS = "/studies/flowline/briefs"


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory, embedder: MiniLM) -> Iterator[Workbench]:
    with sample_run(tmp_path_factory.mktemp("briefs"), embedder) as found:
        yield found


@pytest.fixture(scope="module")
def reader(bench: Workbench) -> Iterator[TestClient]:
    with browser(bench) as found:
        yield found


def id_of(bench: Workbench, name: str) -> str:
    return next(one.id for one in load_ground(bench, "flowline").cast.personas if one.name == name)


def written(reader: TestClient, bench: Workbench, name: str = "Wait-and-see manager", stage: str = "middle") -> str:
    """The address of a brief written with one click."""
    answer = send(reader, BRIEFS, {"persona": id_of(bench, name), "stage": stage}, follow_redirects=False)
    assert answer.status_code == 303
    return str(answer.headers["location"])


def test_the_grid_shows_every_persona_but_the_poor_fit(reader: TestClient) -> None:
    found = page(reader, BRIEFS)
    assert found.text.count("Micro persona, ") == 4
    assert "Engagement with no budget, no mandate and custom work expected free is a poor fit" in found.text
    assert "0 claims, 0 people nothing proves a point yet" in found.text
    assert found.styled == [] and found.handlers == []


def test_a_persona_leads_to_its_briefs(reader: TestClient, bench: Workbench) -> None:
    id = id_of(bench, "Wait-and-see manager")
    assert f"{BRIEFS}#p-{id}" in page(reader, f"/studies/flowline/personas/{id}").links
    assert f"p-{id}" in page(reader, BRIEFS).ids


def test_a_brief_is_written_with_one_click_and_read(reader: TestClient, bench: Workbench) -> None:
    place = written(reader, bench)
    found = page(reader, place)
    assert "Comparison article for the Wait-and-see manager" in found.text
    assert {"h-proof", "h-words", "h-objections", "h-outline", "h-keywords", "h-forward", "b-1"} <= set(found.ids)
    assert "the plant health inspector wants it stamped" in found.text
    assert "2 of 3 said so; words withheld" in found.text
    assert [link for link in found.links if link.startswith("/studies/flowline/sources/")]
    assert found.styled == [] and found.handlers == []
    assert place in page(reader, BRIEFS).links


def test_a_buying_centre_leads_to_a_brief_to_the_whole_group(reader: TestClient, bench: Workbench) -> None:
    account = re.search(r'name="persona" value="([^"]+)"', reader.get("/studies/flowline/centres").text)
    assert account
    answer = send(reader, BRIEFS, {"persona": account[1]}, follow_redirects=False)
    made = page(reader, answer.headers["location"])
    assert f"for the Buying group at {account[1]}".casefold() in made.text.casefold()


def test_what_is_copied_is_in_the_page(reader: TestClient, bench: Workbench) -> None:
    text = reader.get(written(reader, bench)).text
    assert 'data-copy="md-all" hidden' in text, "without a script there is no button"
    assert '<pre id="md-keywords" hidden>## Keywords' in text


@pytest.mark.parametrize("kind", ["md", "html", "docx", "pdf", "json"])
def test_it_is_downloaded(reader: TestClient, bench: Workbench, kind: str) -> None:
    place = written(reader, bench)
    answer = reader.get(f"{place}/download?as={kind}")
    assert answer.status_code == 200
    assert "attachment" in answer.headers["content-disposition"]
    assert len(answer.content) > 2000


def test_it_is_written_anew_and_deleted(reader: TestClient, bench: Workbench) -> None:
    place = written(reader, bench, stage="bottom")
    assert send(reader, f"{place}/again", follow_redirects=False).headers["location"] == place
    assert send(reader, f"{place}/delete", follow_redirects=False).headers["location"] == BRIEFS
    assert reader.get(place).status_code == 404


def test_what_has_no_evidence_is_refused_in_words(reader: TestClient, bench: Workbench) -> None:
    answer = send(reader, BRIEFS, {"persona": id_of(bench, "Time-poor manager who has bought")})
    assert answer.status_code == 409
    assert "Not enough evidence" in answer.text


def test_a_form_without_its_token_is_refused(reader: TestClient, bench: Workbench) -> None:
    answer = reader.post(BRIEFS, data={"persona": id_of(bench, "Time-poor manager")}, headers={"origin": BASE})
    assert answer.status_code == 403


def test_all_are_written_as_a_job(bench: Workbench) -> None:
    desk = DurableDesk(bench)
    try:
        from web_browser import SECRET

        with TestClient(create_app(bench, secret=SECRET, desk=desk), base_url=BASE, client=("127.0.0.1", 5)) as owner:
            owner.get(f"/enter?key={SECRET}")
            answer = send(owner, f"{BRIEFS}/all", {"industry": "Machinery"}, follow_redirects=False)
            (job,) = desk.all("flowline")
            assert list(desk.events(job.id))[-1].job.result == {"briefs": 12, "not_written": 0}
            assert "12 briefs written" in page(owner, answer.headers["location"]).text
            assert "Write briefs" in page(owner, "/studies/flowline/jobs").text
            assert "Read the briefs" in page(owner, f"/studies/flowline/jobs/{job.id}").text
    finally:
        desk.close()


def test_a_writer_reads_and_writes_for_published_personas_only(bench: Workbench) -> None:
    core, other = id_of(bench, "Time-poor manager"), id_of(bench, "Answerable IT professional")
    with bench.store.transaction() as tx:
        tx.publications.save("flowline", Publication(persona_id=core, version=1, by="ana", at=0.0))
    with quick_hashes():
        add(bench, "wim", Role.WRITER, "flowline")
        writer = logged_in(team_app(bench), "wim")
        form = {"csrf": csrf(writer), "stage": "top"}
        made = writer.post(BRIEFS, data={**form, "persona": core}, headers={"origin": BASE})
        assert made.status_code == 303
        assert writer.post(BRIEFS, data={**form, "persona": other}, headers={"origin": BASE}).status_code == 404
        grid = page(writer, BRIEFS).text
    assert "Core persona, 7 people" in grid
    assert "Micro persona" not in grid
    place = made.headers["location"]
    ground = load_ground(bench, "flowline")
    claims = {claim.text for persona in ground.cast.personas for claim in persona.claims()}
    withheld = {
        one.quote.text for one in ground.material.evidence
        if one.participant_id not in ground.cleared and len(one.quote.text.split()) > 6
    }  # fmt: skip
    for kind in ("md", "docx", "json"):
        text = _words(kind, writer.get(f"{place}/download?as={kind}").content)
        assert "At the end, before signing, I did want one call." in text
        assert not [said for said in withheld - claims if said in text]


def _words(kind: str, content: bytes) -> str:
    if kind == "docx":
        return " ".join(line.text for line in docx.Document(BytesIO(content)).paragraphs)
    return content.decode()


def test_nothing_to_write_is_said_kindly(bench: Workbench, tmp_path: Path) -> None:
    from app.intake.studies import create_study, describe_study

    create_study(bench, describe_study("Empty", study_id="empty"))
    with browser(bench) as owner:
        assert "Nobody to write for yet" in page(owner, "/studies/empty/briefs").text
