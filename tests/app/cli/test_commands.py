"""The command line as its users meet it: one process a command, exit codes, JSON, one-sentence errors."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from retrieval.embeddings import MiniLM

Run = Callable[..., subprocess.CompletedProcess[str]]

TALK = """Interviewer: What do you do?

P01: I run the warehouse and count every pallet twice.

Interviewer: Why?

P01: The scanner loses them.
"""


@pytest.fixture
def home(tmp_path: Path, embedder: MiniLM, built_models: Path) -> Path:
    """A home whose embedding model is built already."""
    embedder.encode(["ready"])
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "models").symlink_to(built_models, target_is_directory=True)
    return tmp_path / "home"


@pytest.fixture
def run(home: Path, tmp_path: Path) -> Run:
    def dramatis(*words: str, exit: int = 0) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(  # noqa: S603  (our own command)
            [sys.executable, "-m", "app.main", *words],
            capture_output=True, text=True, encoding="utf-8", cwd=tmp_path, timeout=120, check=False,
            env={**os.environ, "DRAMATIS_HOME": str(home), "COLUMNS": "200", "PYTHONIOENCODING": "utf-8"},
        )  # fmt: skip
        assert done.returncode == exit, done.stderr
        return done

    return dramatis


def test_a_study_from_creation_to_quote(run: Run, tmp_path: Path) -> None:
    (tmp_path / "talk.txt").write_text(TALK, encoding="utf-8")
    made = json.loads(run("study", "create", "Warehouse: Köln", "--json").stdout)
    assert made["id"] == "warehouse-koln"
    assert json.loads(run("ingest", made["id"], "talk.txt", "--json").stdout)["imported"] == ["talk.txt"]
    [answer, *_] = json.loads(run("ask", made["id"], "how are pallets counted?", "--json").stdout)
    assert answer["participant_id"] == "P01" and "count every pallet twice" in answer["text"]
    assert run("ask", made["id"], "quantum chromodynamics of gluons", exit=4).stderr.startswith("Error: ")
    assert "column `account`" in run("buying-centre", made["id"], exit=4).stderr
    assert "Known accounts" not in run("buying-centre", made["id"], "Acme", exit=3).stderr
    assert run("run", made["id"], "--out", "results", exit=4).stderr.count("Error:") == 1
    status = json.loads(run("study", "show", made["id"], "--json").stdout)
    assert (status["sources"], status["participants"]) == (1, 1)
    run("study", "delete", made["id"], "--yes")
    assert json.loads(run("study", "list", "--json").stdout) == []


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
    run: Run, words: tuple[str, ...], code: int, said: str
) -> None:
    done = run(*words, exit=code)
    assert said in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr


def test_brackets_and_escapes_in_names_are_only_text(run: Run) -> None:
    run("study", "create", "Host [/red] [bold]x[/bold] \x1b[31m\x07", "--id", "host")
    for words in (("study", "list"), ("study", "show", "host")):
        shown = run(*words).stdout
        assert "[/red]" in shown and "[bold]" in shown
        assert "\x1b[31m" not in shown and "\x07" not in shown


def test_a_demo_never_takes_the_place_of_a_study_of_ones_own(run: Run) -> None:
    run("study", "create", "Mine", "--id", "flowline")
    assert "Delete it first" in run("demo", "--study", "flowline", exit=6).stderr
    assert json.loads(run("study", "show", "flowline", "--json").stdout)["study"]["name"] == "Mine"


def test_a_damaged_database_is_named(run: Run, home: Path) -> None:
    (home / "workbench.sqlite").write_bytes(b"scribble " * 500)
    assert "workbench.sqlite" in run("study", "list", exit=6).stderr
    assert "damaged" in run("doctor", exit=1).stderr


def test_a_setting_that_cannot_be_used_is_named(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DRAMATIS_THREADS", "many")
    assert "DRAMATIS_THREADS is “many”" in run("study", "list", exit=6).stderr


def test_two_processes_with_other_hash_seeds_write_the_same_bytes(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for seed in ("1", "2"):
        monkeypatch.setenv("PYTHONHASHSEED", seed)
        run("demo", "--study", "flowline", "--out", seed)
    assert (tmp_path / "1" / "personas.json").read_bytes() == (tmp_path / "2" / "personas.json").read_bytes()
    assert (tmp_path / "1" / "playbook.html").read_bytes() == (tmp_path / "2" / "playbook.html").read_bytes()


def test_a_batch_with_a_bad_file_ends_with_6_and_imports_the_rest(run: Run, tmp_path: Path) -> None:
    (tmp_path / "talk.txt").write_text(TALK, encoding="utf-8")
    (tmp_path / "empty.txt").write_text("", encoding="utf-8")
    run("study", "create", "S", "--id", "s")
    done = run("ingest", "s", "talk.txt", "empty.txt", exit=6)
    assert "imported: 1" in done.stderr and "empty.txt" in done.stderr


@pytest.mark.parametrize("name", ["persona", "cast", "claim", "segments", "strategy"])
def test_schemas_are_printed_as_json(run: Run, name: str) -> None:
    assert "$defs" in json.loads(run("schema", name).stdout)


def test_doctor_finds_everything_here(run: Run) -> None:
    findings = json.loads(run("doctor", "--json").stdout)
    assert {finding["what"] for finding in findings} >= {"home folder", "embedding weights", "coder", "index"}


def test_help_names_every_command(run: Run) -> None:
    text = run("--help").stdout
    for command in ("demo", "study", "ingest", "code", "segment", "draft", "run", "personas", "show", "ask", "schema",
                    "eval", "doctor", "reindex"):  # fmt: skip
        assert command in text


def test_ingest_lists_repairs_changes_and_what_the_user_said(run: Run, tmp_path: Path) -> None:
    (tmp_path / "talk.txt").write_text(TALK.replace("Interviewer", "Host") + "\nHost: [00:77] Oh?\n", encoding="utf-8")
    (tmp_path / "log.csv").write_text("Blurb,When\nWants = an offer,2024\n", encoding="utf-8")
    run("study", "create", "s")
    done = run("ingest", "s", "talk.txt", "log.csv", "--map", "Blurb=note", "--interviewer", "Host", "--report").stderr
    assert "imported: 2" in done and "repaired talk.txt: line 9: the time “[00:77]” cannot be read" in done
    (tmp_path / "talk.txt").write_text(TALK.replace("Interviewer", "Host"), encoding="utf-8")
    assert "changed talk.txt: 0 turns new, 1 gone" in run("ingest", "s", "talk.txt").stderr
    assert "LEFT=RIGHT" in run("ingest", "s", "talk.txt", "--same", "Host", exit=2).stderr
