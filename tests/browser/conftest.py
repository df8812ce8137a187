"""A real browser on a real server: the sample study with a brief, a job that waits, and an empty study."""

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright
from sample_run import sample_run
from serving import Enter, served
from web_browser import SECRET

from app.briefs.choosing import choose
from app.briefs.ground import load_ground
from app.briefs.keeping import list_briefs
from app.briefs.writing import draft_briefs, keep
from app.intake.studies import create_study, describe_study
from app.jobs.durable import DurableDesk
from app.models.brief import BriefRequest, Stage
from app.models.job import JobKind
from app.web.app import create_app
from app.workbench import Workbench
from retrieval.embeddings import MiniLM

STUDY, EMPTY = "flowline", "empty"
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome")
# What it is called → what a context is opened with. Colours know no widths, so each width has one scheme.
LOOKS = {
    (1280, "light"): {"viewport": {"width": 1280, "height": 900}, "color_scheme": "light"},
    (390, "dark"): {"viewport": {"width": 390, "height": 844}, "color_scheme": "dark"},
}


@pytest.fixture(scope="session")
def installed() -> str:
    """Where the browser is."""
    found = next((path for name in CHROMIUMS if (path := shutil.which(name))), None)
    if found is None:
        pytest.skip("no browser on this machine: install chromium to try the pages in one")
    return found


@pytest.fixture(scope="module")
def chromium(installed: str, desk: DurableDesk) -> Iterator[Browser]:
    """One browser a file. It comes after the desk and goes before it: while it runs, no desk can be opened."""
    with sync_playwright() as playwright:
        alone = ["--no-sandbox"] if os.getuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=installed, args=alone)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def known(shown: Workbench, desk: DurableDesk) -> dict[str, list[str]]:
    """Parameter of a path → ids there are, one for each kind of page. A new parameter needs a line here."""
    with shown.store.transaction() as tx:
        personas, sources = tx.results.personas(STUDY), tx.sources.all(STUDY)
        theme, person = tx.results.themes(STUDY)[0].id, tx.participants.all(STUDY)[0].id
    kinds = {type(one): one for one in personas}
    ground = load_ground(shown, STUDY)
    return {
        "study_id": [STUDY],
        "source_id": list({one.kind: one.id for one in sources}.values()),
        "persona_id": [one.id for one in kinds.values()],
        "claim_id": [next(iter(kinds.values())).grounded_claims()[0].id],
        "segment_id": [personas[0].segment_id],
        "theme_id": [theme],
        "person": [person],
        "brief_id": [one.id for one in list_briefs(ground, published=False)],
        "job_id": [one.id for one in desk.all(STUDY)],
    }


@pytest.fixture(scope="module")
def shown(installed: str, tmp_path_factory: pytest.TempPathFactory, embedder: MiniLM) -> Iterator[Workbench]:
    """A bench with the sample study and an empty one, which tests only read."""
    with sample_run(tmp_path_factory.mktemp("seen"), embedder) as bench:
        create_study(bench, describe_study("Empty", study_id=EMPTY))
        ground = load_ground(bench, STUDY)
        request = BriefRequest(study_id=STUDY, persona=ground.cast.macros[0].id, stage=Stage.TOP)
        (brief,) = draft_briefs(ground, [choose(ground, request)])
        keep(ground, brief)
        yield bench


@pytest.fixture(scope="module")
def desk(shown: Workbench) -> Iterator[DurableDesk]:
    """A desk that takes jobs and never begins one, so that nothing changes under the reader."""
    desk = DurableDesk(shown, works=False)
    desk.start(JobKind.DRAFT, STUDY)
    yield desk
    desk.close()


@pytest.fixture(scope="module")
def site(shown: Workbench, desk: DurableDesk) -> Iterator[str]:
    with served(create_app(shown, secret=SECRET, desk=desk)) as address:
        yield address


@pytest.fixture(scope="module")
def enter(chromium: Browser) -> Iterator[Enter]:
    """Opens a context of its own in which the door is open."""
    opened: list[BrowserContext] = []

    def within(address: str, **wishes: object) -> BrowserContext:
        opened.append(chromium.new_context(**wishes))
        page = opened[-1].new_page()
        page.goto(f"{address}/enter?key={SECRET}")
        page.close()
        return opened[-1]

    yield within
    for context in opened:
        context.close()


@pytest.fixture(scope="module")
def looks(site: str, known: dict[str, list[str]], enter: Enter) -> dict[tuple[int, str], BrowserContext]:
    """Wide and light, narrow and dark."""
    return {name: enter(site, **wishes) for name, wishes in LOOKS.items()}
