"""The command line as its users meet it: exit codes, JSON, one-sentence errors; and one process a command, where that
may matter."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sample_run import sample_run

import app.wiring
from app.exports.writing import publish
from app.main import main
from app.settings import Settings
from app.synthesis.casting import load_cast
from app.wiring import build_workbench
from app.workbench import Workbench
from retrieval.embeddings import MiniLM

Run = Callable[..., subprocess.CompletedProcess[str]]
Capture = pytest.CaptureFixture[str]

TALK = """Interviewer: What do you do?

P01: I run the warehouse and count every pallet twice.

Interviewer: Why?

P01: The scanner loses them.
"""


@pytest.fixture
def home(tmp_path: Path, embedder: MiniLM, built_models: Path) -> Path:
    """A home whose embedding model is built already, with the vectors of all tests."""
    embedder.encode(["ready"])
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "vectors.sqlite").symlink_to(built_models.parent / "vectors.sqlite")
    (tmp_path / "home" / "models").symlink_to(built_models, target_is_directory=True)
    return tmp_path / "home"


@pytest.fixture
def run(home: Path, tmp_path: Path) -> Run:
    def dramatis(*words: str, exit: int = 0) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(  # noqa: S603  (our own command)
            [sys.executable, "-m", "app.main", *words],
            capture_output=True, text=True, encoding="utf-8", cwd=tmp_path, timeout=600, check=False,
            env={**os.environ, "DRAMATIS_HOME": str(home), "COLUMNS": "200", "PYTHONIOENCODING": "utf-8"},
        )  # fmt: skip
        assert done.returncode == exit, done.stderr
        return done

    return dramatis


@pytest.fixture
def here(home: Path, tmp_path: Path, embedder: MiniLM, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> Run:
    """The same in this process, which need not start and load its model for each command."""
    opened: list[Workbench] = []

    def build(settings: Settings) -> Workbench:
        opened.append(build_workbench(settings, embedder=embedder))
        return opened[-1]

    def dramatis(*words: str, exit: int = 0) -> subprocess.CompletedProcess[str]:
        monkeypatch.setattr(sys, "argv", ["dramatis", *words])
        with pytest.raises(SystemExit) as ended:
            main()
        for bench in opened:
            bench.store.close()
        out, err = capsys.readouterr()
        assert ended.value.code == exit, err
        return subprocess.CompletedProcess(words, exit, out, err)

    monkeypatch.setattr(app.wiring, "build_workbench", build)
    monkeypatch.setenv("DRAMATIS_HOME", str(home))
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.chdir(tmp_path)
    return dramatis


def test_a_study_from_creation_to_quote(run: Run, tmp_path: Path) -> None:
    (tmp_path / "talk.txt").write_text(TALK, encoding="utf-8")
    made = json.loads(run("study", "create", "Warehouse: Köln", "--json").stdout)
    assert made["id"] == "warehouse-koln"
    assert json.loads(run("ingest", made["id"], "talk.txt", "--json").stdout)["imported"] == ["talk.txt"]
    [answer, *_] = json.loads(run("ask", made["id"], "how are pallets counted?", "--json").stdout)
    assert answer["participant_id"] == "P01" and "count every pallet twice" in answer["text"]


def test_what_one_talk_cannot_tell_is_said_and_the_study_deleted(here: Run, tmp_path: Path) -> None:
    (tmp_path / "talk.txt").write_text(TALK, encoding="utf-8")
    here("study", "create", "Warehouse", "--id", "small")
    here("ingest", "small", "talk.txt")
    assert here("ask", "small", "quantum chromodynamics of gluons", exit=4).stderr.startswith("Error: ")
    assert "column `account`" in here("buying-centre", "small", exit=4).stderr
    assert "Known accounts" not in here("buying-centre", "small", "Acme", exit=3).stderr
    assert here("run", "small", "--out", "results", exit=4).stderr.count("Error:") == 1
    status = json.loads(here("study", "show", "small", "--json").stdout)
    assert (status["sources"], status["participants"]) == (1, 1)
    here("study", "delete", "small", "--yes")
    assert json.loads(here("study", "list", "--json").stdout) == []


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("study", "show", "nope"), 3, "no study called “nope”"),
        (("run", "nope"), 3, "study create"),
        (("buying-centre", "nope"), 3, "no study called “nope”"),
        (("schema", "nope"), 3, "Choose one of"),
        (("demo", "--study", "nope"), 3, "Choose one of"),
        (("study", "create", "X", "--id", "Not An Id"), 6, "small letters"),
        (("frobnicate",), 2, "No such command"),
        (("ingest",), 2, "Missing argument"),
        (("eval", "grounding", "--dataset", "nowhere.jsonl"), 6, "nowhere.jsonl"),
        (("eval", "synthesis", "--dataset", "nowhere"), 6, "truth.json"),
        (("eval", "themes", "--dataset", "nowhere.csv"), 6, "nowhere.csv"),
    ],
    ids=["unknown study", "unknown study to run", "unknown study with accounts", "unknown schema", "unknown sample",
         "bad id", "unknown command", "argument missing", "dataset missing", "planted study missing", "matrix missing"],
)  # fmt: skip
def test_errors_are_one_sentence_with_the_right_exit_code(
    here: Run, words: tuple[str, ...], code: int, said: str
) -> None:
    done = here(*words, exit=code)
    assert said in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr


def test_brackets_and_escapes_in_names_are_only_text(here: Run) -> None:
    here("study", "create", "Host [/red] [bold]x[/bold] \x1b[31m\x07", "--id", "host")
    for words in (("study", "list"), ("study", "show", "host")):
        shown = here(*words).stdout
        assert "[/red]" in shown and "[bold]" in shown
        assert "\x1b[31m" not in shown and "\x07" not in shown


def test_a_demo_never_takes_the_place_of_a_study_of_ones_own(here: Run) -> None:
    here("study", "create", "Mine", "--id", "flowline")
    assert "Delete it first" in here("demo", "--study", "flowline", exit=6).stderr
    assert json.loads(here("study", "show", "flowline", "--json").stdout)["study"]["name"] == "Mine"


def test_a_damaged_database_is_named(run: Run, home: Path) -> None:
    (home / "workbench.sqlite").write_bytes(b"scribble " * 500)
    assert "workbench.sqlite" in run("study", "list", exit=6).stderr
    assert "damaged" in run("doctor", exit=1).stderr


def test_a_setting_that_cannot_be_used_is_named(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DRAMATIS_THREADS", "many")
    assert "DRAMATIS_THREADS is “many”" in run("study", "list", exit=6).stderr


def test_another_process_with_another_hash_seed_writes_the_same_bytes(
    run: Run, tmp_path: Path, embedder: MiniLM, monkeypatch: pytest.MonkeyPatch
) -> None:
    with sample_run(tmp_path / "mine", embedder) as bench:
        mine = publish(bench, load_cast(bench, "flowline"), tmp_path / "mine")
    monkeypatch.setenv("PYTHONHASHSEED", "1")
    run("demo", "--study", "flowline", "--out", "theirs")
    for path in mine:
        assert (tmp_path / "theirs" / path.name).read_bytes() == path.read_bytes()


def test_a_batch_with_a_bad_file_ends_with_6_and_imports_the_rest(here: Run, tmp_path: Path) -> None:
    (tmp_path / "talk.txt").write_text(TALK, encoding="utf-8")
    (tmp_path / "empty.txt").write_text("", encoding="utf-8")
    here("study", "create", "S", "--id", "s")
    done = here("ingest", "s", "talk.txt", "empty.txt", exit=6)
    assert "imported: 1" in done.stderr and "empty.txt" in done.stderr


@pytest.mark.parametrize("name", ["persona", "cast", "claim", "segments", "strategy"])
def test_schemas_are_printed_as_json(here: Run, name: str) -> None:
    assert "$defs" in json.loads(here("schema", name).stdout)


def test_doctor_finds_everything_here(run: Run) -> None:
    findings = json.loads(run("doctor", "--json").stdout)
    assert {finding["what"] for finding in findings} >= {"home folder", "embedding weights", "coder", "index"}


def test_help_names_every_command(here: Run) -> None:
    text = here("--help").stdout
    for command in ("demo", "study", "ingest", "code", "segment", "draft", "run", "personas", "show", "ask", "schema",
                    "eval", "doctor", "reindex"):  # fmt: skip
        assert command in text


def test_ingest_lists_repairs_changes_and_what_the_user_said(here: Run, tmp_path: Path) -> None:
    (tmp_path / "talk.txt").write_text(TALK.replace("Interviewer", "Host") + "\nHost: [00:77] Oh?\n", encoding="utf-8")
    (tmp_path / "log.csv").write_text("Blurb,When\nWants = an offer,2024\n", encoding="utf-8")
    here("study", "create", "s")
    done = here("ingest", "s", "talk.txt", "log.csv", "--map", "Blurb=note", "--interviewer", "Host", "--report").stderr
    assert "imported: 2" in done and "repaired talk.txt: line 9: the time “[00:77]” cannot be read" in done
    (tmp_path / "talk.txt").write_text(TALK.replace("Interviewer", "Host"), encoding="utf-8")
    assert "changed talk.txt: 0 turns new, 1 gone" in here("ingest", "s", "talk.txt").stderr
    assert "LEFT=RIGHT" in here("ingest", "s", "talk.txt", "--same", "Host", exit=2).stderr
