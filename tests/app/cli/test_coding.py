"""Coding by hand, codebooks and versions on the command line."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sample_run import sample_run
from typer.testing import CliRunner, Result

from app.cli import codebook, coding, pipeline, reading, root
from app.errors import exit_code
from app.models.persona import MacroPersona
from app.synthesis.casting import load_cast, run_study
from app.workbench import Workbench
from retrieval.embeddings import MiniLM

Call = Callable[..., Result]

QUOTE = "I wanted to stop laying new floorboards every time someone bought a bigger sofa."


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, embedder: MiniLM) -> Iterator[Workbench]:
    """A bench on which the sample study was run once; its tests follow each other."""
    with sample_run(tmp_path_factory.mktemp("flow"), embedder) as bench:
        yield bench


@pytest.fixture
def call(home: Workbench, monkeypatch: pytest.MonkeyPatch) -> Call:
    for module in (coding, codebook, pipeline, reading):
        monkeypatch.setattr(module, "open_bench", lambda: home)
    monkeypatch.setenv("COLUMNS", "200")

    def run(*words: str, exit: int = 0) -> Result:
        done = CliRunner().invoke(root, words)
        code = exit_code(done.exception) if done.exception and done.exit_code == 1 else done.exit_code
        assert code == exit, done.output
        return done

    return run


def code_of_first_claim(home: Workbench, persona: MacroPersona) -> str:
    """The code of the theme that the persona's first claim rests on."""
    with home.store.transaction() as tx:
        codes = {one.id: one.code for one in tx.results.themes("flowline")}
    return next(codes[claim.theme_id] for claim in persona.grounded_claims() if claim.theme_id)


def test_from_a_code_by_hand_to_a_new_version(call: Call, home: Workbench) -> None:
    persona = load_cast(home, "flowline").macros[0]
    code = code_of_first_claim(home, persona)
    rows = json.loads(call("code", "flowline", "--list", "--code", code, "--json").stdout)
    assert "one version" in call("show", "flowline", persona.id, "--diff").stderr
    theirs = [row for row in rows if row["participant_id"] in persona.sample.participants]
    for row in theirs:
        call("code", "flowline", "--remove", code, "--evidence", row["id"], "--by", "ana")
    assert "stale" in call("personas", "flowline").stdout
    assert "Stale: " in call("show", "flowline", persona.id).stderr
    run_study(home, "flowline")
    assert load_cast(home, "flowline").stale == []
    left = json.loads(call("code", "flowline", "--list", "--code", code, "--json").stdout)
    assert not [row for row in left if row["given"] and row["participant_id"] in persona.sample.participants]
    versions = json.loads(call("show", "flowline", persona.id, "--versions", "--json").stdout)
    assert [one["version"] for one in versions] == [1, 2]
    assert versions[1]["changes"]["lost"]
    assert "quotes lost" in call("show", "flowline", persona.id, "--diff").stdout
    call("show", "flowline", persona.id, "--diff", "--since", "7", exit=3)
    again = load_cast(home, "flowline")
    run_study(home, "flowline")
    assert load_cast(home, "flowline") == again


def test_who_coded_is_told(call: Call, home: Workbench) -> None:
    said = call("code", "flowline", "--add", "motivation", "--quote", QUOTE)
    assert "is coded motivation, by me." in said.stderr
    listed = call("code", "flowline", "--list", "--by", "me").stdout
    assert "P04" in listed and "local" not in listed
    assert call("code", "flowline", "--list", "--by", "nobody").stdout == ""


@pytest.mark.parametrize(
    "words",
    [("--add", "intent"), ("--quote", "x"), ("--add", "intent", "--quote", "x", "--evidence", "ev_1")],
    ids=["no words", "nothing to do", "words twice"],
)
def test_half_a_decision_is_wrong_usage(call: Call, words: tuple[str, ...]) -> None:
    call("code", "flowline", *words, exit=2)


def test_a_codebook_goes_out_and_in(call: Call, tmp_path: Path) -> None:
    file = tmp_path / "codes.yaml"
    call("codebook", "export", str(file))
    file.write_text(file.read_text(encoding="utf-8").replace("id: intent", "id: plans"), encoding="utf-8")
    done = call("codebook", "import", "flowline", str(file), "--replace")
    assert "does not know plans" in done.stderr
    assert "plans" in call("codebook", "show", "flowline").stdout
    assert "plans" not in call("codebook", "show", "--json").stdout
    call("codebook", "import", "flowline", str(file), "--replace", "--extend", exit=2)
    call("codebook", "export", "a", "b", "c", exit=2)
    call("codebook", "show", "nope", exit=3)


def test_a_new_interview_makes_personas_stale_and_keeps_them(call: Call, home: Workbench, tmp_path: Path) -> None:
    talk = tmp_path / "P99.txt"
    talk.write_text("Interviewer: What is it like?\n\nP99: I retype every figure by hand.\n", encoding="utf-8")
    before = load_cast(home, "flowline").personas
    assert "personas are stale" in call("ingest", "flowline", str(talk)).stderr
    cast = load_cast(home, "flowline")
    assert cast.personas == before
    assert all("P99 interviewed since" in one.why for one in cast.stale)
    assert len(cast.stale) == len(cast.personas)
