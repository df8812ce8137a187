"""Reviewing personas in the browser: by plain forms, in place, against others who decide at once, and by right."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sample_run import sample_run
from web_browser import Page, browser, page, send

import app.web.app
from app.access.principal import Principal
from app.exports.outgoing import going_out
from app.models.claim import ReviewState
from app.models.user import Role
from app.playbook.view import ClaimView
from app.synthesis.releasing import publish_persona
from app.synthesis.reviewing import get_persona, list_personas, review_claim
from app.web.judging import claims_in, view_of
from app.web.rooms import Room
from app.workbench import Workbench
from retrieval.embeddings import MiniLM

STUDY = "/studies/flowline"
IN_PLACE = {"hx-request": "true"}


@pytest.fixture
def bench(tmp_path: Path, embedder: MiniLM) -> Iterator[Workbench]:
    with sample_run(tmp_path, embedder) as bench:
        yield bench


@pytest.fixture
def reader(bench: Workbench) -> Iterator[TestClient]:
    with browser(bench) as found:
        yield found


class Reviewed:
    """One persona under review: its address, its claims, and a way to decide about them."""

    def __init__(self, reader: TestClient, kind: str = "macro"):
        self.reader = reader
        self.id = next(one.id for one in self.room.cast.personas if one.kind == kind)
        self.address = self.room.links.persona(self.id)

    @property
    def room(self) -> Room:
        found: Room = self.reader.app.state.house.rooms.room("flowline")  # type: ignore[attr-defined]
        return found

    @property
    def claims(self) -> list[ClaimView]:
        return [claim for claim, _ in claims_in(view_of(self.room, self.room.persona_by_id[self.id]))]

    def decide(self, claim: ClaimView, state: str, headers: dict[str, str] | None = None, **data: str) -> Any:
        path = f"{self.address}/claims/{claim.id}/review"
        form = {"state": state, "seen": claim.decision.mark, **data}
        if headers is None:
            return send(self.reader, path, form, follow_redirects=False)
        token = self.reader.app.state.keys.csrf  # type: ignore[attr-defined]
        headers = {"origin": str(self.reader.base_url), "x-csrf-token": token, **headers}
        return self.reader.post(path, data=form, headers=headers)

    @property
    def page(self) -> Page:
        return page(self.reader, self.address)


@pytest.fixture
def core(reader: TestClient) -> Reviewed:
    return Reviewed(reader)


def test_a_claim_is_accepted_and_the_decision_taken_back(core: Reviewed) -> None:
    before, [claim, *others] = core.page, core.claims
    assert f"0 of {1 + len(others)} reviewed" in before.text
    answer = core.decide(claim, "accepted")
    assert (answer.status_code, answer.headers["location"]) == (303, f"{core.address}#{claim.anchor}")
    assert "Accepted by you" in core.page.text and f"1 of {1 + len(others)} reviewed" in core.page.text
    assert f"#{others[0].anchor}" in core.page.links
    assert core.decide(core.claims[0], "proposed").status_code == 303
    assert "Accepted by" not in core.page.text and f"0 of {1 + len(others)} reviewed" in core.page.text


def test_what_was_rejected_stays_in_its_place_and_does_not_go_out(core: Reviewed) -> None:
    claims = core.claims
    core.decide(claims[0], "rejected")
    found = core.page
    assert [(one.id, one.anchor) for one in core.claims] == [(one.id, one.anchor) for one in claims]
    assert f'class="claim rejected" id="{claims[0].anchor}"' in found.html
    assert "Rejected by you" in found.text and "Left out of files" in found.text and claims[0].text in found.text
    assert claims[0].id in core.room.cast.model_dump_json()
    assert claims[0].id not in going_out(core.room.cast).model_dump_json()


def test_words_are_changed_in_a_form_in_place_and_quotes_stay(core: Reviewed) -> None:
    claim = core.claims[0]
    form = page(core.reader, f"{core.address}/claims/{claim.id}?edit=1")
    assert "The claim in your words" in form.text and form.html.count("<textarea") == 1
    core.decide(claim, "edited", text="They say it in our words.")
    changed = core.claims[0]
    assert (changed.text, changed.quotes) == ("They say it in our words.", claim.quotes)
    assert "Edited by you" in core.page.text
    assert core.decide(changed, "edited", text="  ").status_code == 422
    assert core.claims[0].text == "They say it in our words."


def test_in_place_only_the_claim_comes_back_with_what_undoes_it(core: Reviewed) -> None:
    claim = core.claims[1]
    answer = core.decide(claim, "rejected", headers=IN_PLACE)
    part = Page(answer.text)
    assert answer.status_code == 200 and "<html" not in answer.text
    assert claim.anchor in part.ids and core.claims[0].anchor not in part.ids
    assert "Rejected." in part.text and f"1 of {len(core.claims)} reviewed" in part.text
    assert '<button class="btn sm" name="state" value="proposed">Undo' in answer.text


def test_undo_restores_the_words_of_an_earlier_edit(core: Reviewed) -> None:
    core.decide(core.claims[0], "edited", text="In our words.")
    answer = core.decide(core.claims[0], "rejected", headers=IN_PLACE)
    assert 'name="text" value="In our words."' in answer.text and 'value="edited">Undo' in answer.text
    core.decide(core.claims[0], "edited", text="In our words.")
    assert core.claims[0].decision.state is ReviewState.EDITED


def test_who_decides_after_somebody_else_is_told(core: Reviewed, bench: Workbench) -> None:
    claim = core.claims[0]
    review_claim(bench, "flowline", core.id, claim.id, ReviewState.REJECTED, by="ana")
    late = core.decide(claim, "accepted")
    assert late.status_code == 409 and "ana rejected this claim since you opened the page" in Page(late.text).text
    part = core.decide(claim, "accepted", headers=IN_PLACE)
    assert "ana rejected this claim" in Page(part.text).text and "Rejected by ana" in Page(part.text).text
    assert core.claims[0].decision.by == "ana"
    with bench.store.transaction() as tx:
        assert tx.audit_log.newest(1) == []
    core.decide(core.claims[0], "accepted")
    assert core.claims[0].decision.state is ReviewState.ACCEPTED


def test_a_decision_is_signed_and_dated(core: Reviewed, bench: Workbench) -> None:
    core.decide(core.claims[0], "accepted")
    claim = next(one for one in get_persona(bench, "flowline", core.id).claims() if one.id == core.claims[0].id)
    assert claim.review.by == bench.settings.coder and claim.review.at is not None
    assert f'<time class="faint" datetime="{claim.review.at.isoformat()}">' in core.page.html


@pytest.mark.parametrize("kind", ["macro", "micro", "customer", "negative"])
def test_every_kind_of_persona_is_reviewed_alike(reader: TestClient, kind: str) -> None:
    one = Reviewed(reader, kind)
    claim = one.claims[-1]
    one.decide(claim, "rejected")
    assert "Rejected by you" in one.page.text and f"1 of {len(one.claims)} reviewed" in one.page.text
    assert one.page.html.count('aria-label="Review ') == len(one.claims)


def test_nothing_is_decided_without_the_forms_token_nor_about_what_is_not_there(core: Reviewed) -> None:
    claim = core.claims[0]
    path = f"{core.address}/claims/{claim.id}/review"
    stolen = core.reader.post(path, data={"state": "accepted"}, headers={"origin": str(core.reader.base_url)})
    assert stolen.status_code == 403
    assert send(core.reader, path, {"state": "perhaps"}).status_code == 422
    assert send(core.reader, path.replace(claim.id, "cl_0"), {"state": "accepted"}).status_code == 404
    assert core.claims[0].decision.state is ReviewState.PROPOSED


def test_a_writer_sees_what_was_published_without_what_was_rejected_and_no_buttons(
    bench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app.web.app, "owner", lambda name: Principal(name, Role.WRITER))
    persona = list_personas(bench, "flowline")[0]
    claim = next(one for one in persona.grounded_claims() if one.text in persona.summary)
    publish_persona(bench, "flowline", persona.id, by="ana")
    review_claim(bench, "flowline", persona.id, claim.id, ReviewState.REJECTED, by="ana")
    with browser(bench) as writer:
        found = page(writer, f"{STUDY}/personas/{persona.id}")
        assert "Published by ana" in found.text and "What they share" in found.text
        assert claim.text not in found.text and "Rejected by" not in found.text
        assert '<form class="acts' not in found.html and "/publication" not in found.html
        for path in (f"claims/{claim.id}/review", "publication", "publication/take-back"):
            assert send(writer, f"{STUDY}/personas/{persona.id}/{path}", {"state": "accepted"}).status_code == 403


def test_cards_say_how_far_the_review_is(core: Reviewed) -> None:
    core.decide(core.claims[0], "accepted")
    assert f"{len(core.claims)} claims, 1 reviewed" in page(core.reader, f"{STUDY}/personas").text.replace("\xa0", " ")


def test_a_version_is_published_and_taken_back(core: Reviewed) -> None:
    assert "Nothing of this persona yet" in core.page.text
    send(core.reader, f"{core.address}/publication", {"version": "1"})
    assert "This version, 1." in core.page.text and "Published by you" in core.page.text
    assert "published, version 1" in page(core.reader, f"{STUDY}/personas").text
    assert "writers see this" in page(core.reader, f"{core.address}/versions").text
    send(core.reader, f"{core.address}/publication/take-back")
    assert "Nothing of this persona yet" in core.page.text
    assert send(core.reader, f"{core.address}/publication", {"version": "9"}).status_code == 404


def test_versions_say_who_decided(core: Reviewed) -> None:
    claim = core.claims[0]
    core.decide(claim, "edited", text="In our words.")
    found = page(core.reader, f"{core.address}/versions").text
    assert "Edited" in found and claim.text in found and "In our words." in found
