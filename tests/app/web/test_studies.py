"""Studies: made with what is known of them, and deleted by whoever types their name."""

from fastapi.testclient import TestClient
from web_browser import Page, browser, page, send

from app.intake.studies import list_studies
from app.jobs.durable import DurableDesk
from app.models.job import JobKind
from app.workbench import Workbench


def made(inside: TestClient, name: str, **more: str) -> str:
    answer = send(inside, "/studies", {"name": name, **more}, follow_redirects=False)
    assert answer.status_code == 303, Page(answer.text).text
    return str(answer.headers["location"])


def test_a_study_is_made_with_what_is_known_of_it(bench: Workbench) -> None:
    inside = browser(bench)
    assert "Make the first" in page(inside, "/").text
    made(inside, " Autumn hires ", area="Care", product="Night shifts", question="What keeps them?", kind="recruiting")
    (one,) = list_studies(bench)
    assert (one.id, one.name, one.kind, one.product) == ("autumn-hires", "Autumn hires", "recruiting", "Night shifts")
    assert "What keeps them?" in page(inside, "/").text and "Empty so far" in page(inside, "/").text
    assert send(inside, "/studies", {"name": "X", "kind": "robots"}).status_code == 422


def test_two_studies_may_have_one_name_and_a_name_no_latin_letter(bench: Workbench) -> None:
    inside = browser(bench)
    places = [made(inside, name) for name in ("Spring", "Spring", "春", "春")]
    assert places == ["/studies/spring", "/studies/spring-2", "/studies/study", "/studies/study-2"]


def test_a_study_goes_only_when_its_name_is_typed(bench: Workbench, study: str) -> None:
    desk = DurableDesk(bench, works=False)
    desk.start(JobKind.DRAFT, study)
    with browser(bench, desk=desk) as inside:
        asked = page(inside, f"/studies/{study}/delete")
        assert "nothing brings it back" in asked.text
        refused = send(inside, f"/studies/{study}/delete", {"name": "test"})
        assert refused.status_code == 422 and "Nothing was deleted" in Page(refused.text).text
        assert [one.id for one in list_studies(bench)] == [study] and desk.all(study)
        gone = send(inside, f"/studies/{study}/delete", {"name": "Test study"}, follow_redirects=False)
        assert (gone.status_code, gone.headers["location"]) == (303, "/")
        assert list_studies(bench) == [] and desk.all(study) == []
        assert inside.get(f"/studies/{study}").status_code == 404
    desk.close()
