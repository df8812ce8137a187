"""The paths of the four roles through the workbench, in a real browser: one study, which the first makes for all."""

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, expect
from playwright.sync_api import Page as Sheet
from serving import served
from team import PASSWORD, add, quick_hashes, team_app
from web_browser import SECRET

from app.access import people
from app.jobs.durable import DurableDesk
from app.models.user import Role
from app.settings import Settings
from app.web.app import create_app
from app.wiring import build_workbench
from app.workbench import Workbench
from retrieval.embeddings import MiniLM

FLOWLINE = Path(__file__).parents[2] / "data" / "sample" / "flowline"
SPOKEN = ("P01.txt", "P03.txt", "P04.md", "P12.txt", "P14.txt", "P16.txt")
RESEARCH_ONLY = {"P12", "P14"}
STUDY = "six-interviews"
WITHHELD = "Words withheld"
# Milliseconds: a job, and anything else, on a machine that does other things, too.
JOB, WAIT = 120_000, 10_000
LogIn = Callable[[str], Sheet]

# The marks from where the address leads on, until they hold as much as the quote.
MARKED = """length => {
  const target = document.getElementById(location.hash.slice(1));
  const marks = [...target.closest(".speech").querySelectorAll("mark")];
  const first = target.matches("mark") ? target : marks.find((one) => target.compareDocumentPosition(one) & 4);
  let words = "";
  for (const mark of marks.slice(marks.indexOf(first))) if (words.length < length) words += mark.textContent;
  return words;
}"""


@pytest.fixture(scope="module")
def bench(installed: str, tmp_path_factory: pytest.TempPathFactory, embedder: MiniLM) -> Iterator[Workbench]:
    """An empty workbench with one person of every role."""
    home = tmp_path_factory.mktemp("paths")
    bench = build_workbench(Settings(home=home, threads=1, engine="local"), embedder=embedder)
    with quick_hashes():
        for name, role in {"Ana": Role.ADMIN, "Ben": Role.RESEARCHER, "Mia": Role.MARKETER, "Wim": Role.WRITER}.items():
            add(bench, name, role)
        yield bench
    bench.store.close()


@pytest.fixture(scope="module")
def desk(bench: Workbench) -> Iterator[DurableDesk]:
    """A desk that works."""
    desk = DurableDesk(bench)
    yield desk
    desk.close()


@pytest.fixture(scope="module")
def team(bench: Workbench, desk: DurableDesk) -> Iterator[str]:
    with served(team_app(bench, desk)) as address:
        yield address


@pytest.fixture(scope="module")
def log_in(chromium: Browser, team: str) -> LogIn:
    """Through the page for it, in a browser of one's own; who is in already comes back to the studies."""
    known: dict[str, Sheet] = {}

    def of(name: str, password: str = PASSWORD) -> Sheet:
        if name in known:
            known[name].goto("/")
            return known[name]
        context = chromium.new_context(base_url=team)
        context.set_default_timeout(WAIT)
        sheet = context.new_page()
        sheet.goto("/")
        sheet.get_by_label("Name").fill(name)
        sheet.get_by_label("Password").fill(password)
        sheet.get_by_role("button", name="Log in").click()
        expect(sheet.get_by_role("link", name=name)).to_be_visible()
        known[name] = sheet
        return sheet

    return of


@pytest.fixture(scope="module")
def ben(log_in: LogIn) -> Sheet:
    return log_in("Ben")


@pytest.fixture(scope="module")
def study(ben: Sheet, bench: Workbench) -> str:
    """The address of the study that Ben made, filled and ran in his browser; the others belong to it."""
    ben.get_by_label("Name").fill("Six interviews")
    ben.get_by_role("button", name="Make the study").click()
    expect(ben.get_by_role("heading", level=1)).to_have_text("Six interviews")
    ben.get_by_role("link", name="Add sources", exact=True).click()
    files = [*(FLOWLINE / "transcripts" / name for name in SPOKEN), FLOWLINE / "participants.csv"]
    ben.locator("#files").set_input_files(files)
    job = ben.locator(".jobs-now")
    expect(job).to_contain_text("Done in", timeout=JOB)
    expect(job).to_contain_text("P01.txt")
    job.get_by_role("link", name="Run the study").click()
    ben.get_by_role("button", name="Run the study").click()
    expect(ben.get_by_role("heading", level=1)).to_have_text("Run the study")
    expect(ben.locator("section.job")).to_contain_text("Done in", timeout=JOB)
    for name in ("Mia", "Wim"):
        people.join(bench.store, name, STUDY, "Ana")
    return f"/studies/{STUDY}"


@pytest.fixture(scope="module")
def published(ben: Sheet, study: str) -> str:
    """The name of the persona that writers see."""
    read_first_persona(ben, study)
    ben.get_by_role("button", name="Publish").click()
    expect(ben.locator("#published")).to_contain_text("This version")
    return heading(ben)


def heading(sheet: Sheet) -> str:
    return sheet.get_by_role("heading", level=1).inner_text()


def read_first_persona(sheet: Sheet, study: str) -> None:
    sheet.goto(f"{study}/personas")
    sheet.locator(".cards h2 a, .cards h3 a").first.click()
    expect(sheet.locator(".portrait")).to_be_visible()


def quotes_of(sheet: Sheet) -> str:
    return " ".join(sheet.locator("blockquote").all_text_contents())


def claims_of(sheet: Sheet) -> list[str]:
    """The claims on the page, without their references."""
    said = sheet.locator(".portrait li[data-claim] > .body > .say").all_inner_texts()
    return [re.sub(r"\s*\S+$", "", one) for one in said]


def follow_a_quote(sheet: Sheet, figure: Locator) -> str:
    """The words of the quote, after its place in the transcript was found to hold them, marked, and nothing else."""
    words = figure.locator("blockquote").inner_text()
    # On its words: before them stand some for screen readers, without a place to click.
    figure.get_by_role("link").first.click(position={"x": 20, "y": 6})
    expect(sheet.locator("#chosen blockquote")).to_have_text(words)
    mark = sheet.locator(f"[id='{sheet.url.partition('#')[2]}']")
    expect(mark).to_be_in_viewport()
    assert " ".join(sheet.evaluate(MARKED, len(words)).split()) == " ".join(words.split())
    return words


def draft_again(sheet: Sheet, study: str) -> None:
    sheet.goto(f"{study}/personas")
    sheet.get_by_role("button", name="Draft them again").click()
    expect(sheet.get_by_role("heading", level=1)).to_have_text("Draft the personas")
    expect(sheet.locator("section.job")).to_contain_text("Done in", timeout=JOB)


def write_a_brief(sheet: Sheet) -> None:
    """For the persona that is shown."""
    sheet.get_by_role("link", name="Write a brief").click()
    row = sheet.locator(f"[id='{sheet.url.partition('#')[2]}']")
    row.get_by_role("button", name="Write").first.click()
    expect(sheet.locator("article.brief")).to_be_visible()


def download(sheet: Sheet, kind: str) -> bytes:
    with sheet.expect_download() as found:
        sheet.get_by_role("link", name=kind, exact=True).click()
    return Path(found.value.path()).read_bytes()


def words_of_docx(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return re.sub(r"<[^>]+>", "", file.read("word/document.xml").decode())


def is_refused(sheet: Sheet, address: str, status: int, title: str) -> None:
    answer = sheet.goto(address)
    assert answer is not None and answer.status == status, (address, answer and answer.status)
    expect(sheet.get_by_role("heading", level=1)).to_have_text(title)


def quoted(bench: Workbench, persona_name: str, people: set[str]) -> list[str]:
    """The quotes of those people that the persona rests on."""
    with bench.store.transaction() as tx:
        (persona,) = [one for one in tx.results.personas(STUDY) if one.name == persona_name]
    cited = [one for claim in persona.grounded_claims() for one in claim.citations]
    return [one.text for one in cited if one.participant_id in people]


def test_a_researcher_comes_from_files_to_a_brief(ben: Sheet, study: str) -> None:
    read_first_persona(ben, study)
    persona, claims = ben.url, claims_of(ben)
    follow_a_quote(ben, ben.locator(".portrait figure.q:visible").first)

    ben.goto(persona)
    ben.keyboard.press("n")
    ben.keyboard.press("x")
    expect(ben.locator("#told")).to_contain_text("Rejected")
    expect(ben.locator("#told").get_by_role("button", name="Undo")).to_be_visible()
    expect(ben.locator("[data-claim=rejected]").first).to_contain_text(claims[0])
    ben.keyboard.press("z")
    expect(ben.locator("[data-claim=rejected]")).to_have_count(0)
    ben.keyboard.press("x")
    expect(ben.locator("[data-claim=rejected]").first).to_contain_text("Rejected by you")

    draft_again(ben, study)
    ben.goto(persona)
    assert claims_of(ben) == claims
    expect(ben.locator("[data-claim=rejected]").first).to_contain_text(claims[0])

    write_a_brief(ben)
    word, plain = words_of_docx(download(ben, "Word")), download(ben, "Markdown").decode()
    assert any(claim in word and claim in plain for claim in claims[1:])
    assert claims[0] not in word and claims[0] not in plain


def test_a_marketer_judges_and_writes_without_words_that_are_for_research(
    log_in: LogIn, bench: Workbench, study: str
) -> None:
    mia = log_in("Mia")
    read_first_persona(mia, study)
    persona, claims = mia.url, claims_of(mia)
    shown, kept = quotes_of(mia), quoted(bench, heading(mia), RESEARCH_ONLY)
    assert claims and kept and not [words for words in kept if words in shown]
    expect(mia.locator("blockquote", has_text=WITHHELD).first).to_be_attached()
    follow_a_quote(mia, mia.locator(".portrait figure.q:visible").filter(has_not_text=WITHHELD).first)

    mia.goto(persona)
    last = mia.locator("[data-claim]").last
    last.get_by_role("button", name="Reject").click()
    expect(mia.locator("[data-claim=rejected]").last).to_contain_text(claims[-1])
    mia.locator("#told").get_by_role("button", name="Undo").click()
    expect(mia.locator("#told")).to_contain_text("Taken back")
    assert claims_of(mia) == claims

    draft_again(mia, study)
    mia.goto(persona)
    write_a_brief(mia)
    brief = download(mia, "Markdown").decode()
    assert any(claim in brief for claim in claims)
    said = "\n".join(line for line in brief.splitlines() if line.lstrip().startswith(">"))
    assert said and not [words for words in kept if words in said]


@pytest.mark.parametrize("place", ["{study}/run", "{study}/erasure", "{study}/delete", "/settings", "/settings/log"])
def test_a_marketer_is_told_what_is_for_others(log_in: LogIn, study: str, place: str) -> None:
    is_refused(log_in("Mia"), place.format(study=study), 403, "Not allowed")


def test_a_marketer_is_offered_no_import(log_in: LogIn, study: str) -> None:
    mia = log_in("Mia")
    for page in ("", "/sources"):
        mia.goto(study + page)
        expect(mia.get_by_role("link", name="Add sources")).to_have_count(0)
        expect(mia.locator("input[type=file]")).to_have_count(0)


def test_a_writer_sees_what_is_published_and_writes_from_it(
    log_in: LogIn, bench: Workbench, study: str, published: str
) -> None:
    wim = log_in("Wim")
    wim.get_by_role("link", name="Six interviews").click()
    expect(wim.locator(".card")).to_have_count(1)
    wim.get_by_role("link", name=published).click()
    claims, shown, kept = claims_of(wim), quotes_of(wim), quoted(bench, published, RESEARCH_ONLY)
    assert claims and kept and not [words for words in kept if words in shown]
    expect(wim.locator(".acts, .reviewbar")).to_have_count(0)
    expect(wim.get_by_role("button", name="Publish")).to_have_count(0)

    write_a_brief(wim)
    assert any(claim in words_of_docx(download(wim, "Word")) for claim in claims)


def test_a_writer_gets_no_further(log_in: LogIn, bench: Workbench, study: str, published: str) -> None:
    wim = log_in("Wim")
    with bench.store.transaction() as tx:
        source = tx.sources.all(STUDY)[0].id
        others = [one.id for one in tx.results.personas(STUDY) if one.name != published]
    for address in (study, f"{study}/sources", f"{study}/sources/{source}", f"{study}/evidence", "/settings"):
        is_refused(wim, address, 403, "Not allowed")
    is_refused(wim, f"{study}/personas/{others[0]}", 404, "Not here")


def test_an_admin_lets_people_and_programs_in(log_in: LogIn, study: str) -> None:
    ana = log_in("Ana")
    ana.get_by_role("link", name="Settings").click()
    ana.get_by_label("Name").fill("Nell")
    ana.locator("form.panel").get_by_label("Role").select_option("writer")
    ana.get_by_role("button", name="Add somebody").click()
    password = ana.locator("code.secret").inner_text()
    ana.get_by_label("Add Nell to").select_option("Six interviews")
    ana.get_by_role("button", name="Add Nell to it").click()
    expect(ana.locator(".folk li", has_text="Nell")).to_contain_text("Six interviews")
    nell = log_in("Nell", password)
    expect(nell.get_by_role("link", name="Six interviews")).to_be_visible()

    ana.goto("/you")
    ana.get_by_label("What it is for").fill("Reports")
    ana.get_by_label("see studies").check()
    ana.get_by_role("button", name="Make a token").click()
    token = ana.locator("code.secret").inner_text()
    sent = {"authorization": f"Bearer {token}"}
    assert nell.request.get("/api/v1/studies", headers=sent).json()["items"][0]["id"] == STUDY
    assert nell.request.get(f"/api/v1/studies/{STUDY}/sources", headers=sent).status == 403


def test_an_admin_reads_in_the_log_what_was_done(log_in: LogIn, ben: Sheet, study: str, published: str) -> None:
    ana = log_in("Ana")
    ana.get_by_role("link", name="Settings").click()
    ana.get_by_role("link", name="Audit log").click()
    expect(ana.locator(".seal")).to_contain_text("as they were written")
    ana.get_by_label("Who").fill("Ben")
    ana.get_by_role("button", name="Show").click()
    done = ana.locator("table.log td:nth-of-type(3)").all_inner_texts()
    assert {"log in", "make study", "import", "run", "publish"} <= set(done)
    expect(ana.locator("table.log th[scope=row]", has_not_text="Ben")).to_have_count(0)


def test_who_works_alone_opens_the_printed_address_and_is_in(
    chromium: Browser, bench: Workbench, desk: DurableDesk, study: str
) -> None:
    with served(create_app(bench, secret=SECRET, desk=desk)) as address:
        sheet = chromium.new_context(base_url=address).new_page()
        is_refused(sheet, study, 401, "Not let in yet")
        sheet.goto(f"/enter?key={SECRET}")
        expect(sheet.get_by_role("heading", level=1)).to_have_text("Studies")
        assert SECRET not in sheet.url
        sheet.get_by_role("link", name="Six interviews").click()
        expect(sheet.get_by_role("heading", level=1)).to_have_text("Six interviews")
        sheet.context.close()
