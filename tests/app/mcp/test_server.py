"""The server as assistants start it: a process that is spoken to with the SDK's own client, and by hand."""

import hashlib
import json
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import anyio
import pytest
from marked_study import CLOSED, MARK
from mcp import Client, StdioServerParameters, stdio_client
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import CallToolResult

from app.errors import NotFound
from app.mcp.door import Door
from app.mcp.server import build_server

TOP = Path(__file__).parents[3]
COMMAND = [sys.executable, "-m", "app.main", "mcp"]
TRUE = "They type everything into the system twice."
FALSE = "They enjoy retyping orders and would not change it."
QUESTION = "What happens to the delivery notes of a supplier?"
INVENTED = "They dance to blockchain music on submarines."


def environment(home: Path) -> dict[str, str]:
    return {"DRAMATIS_HOME": str(home), "DRAMATIS_ENGINE": "local", "DRAMATIS_THREADS": "1", "PATH": "/usr/bin:/bin"}


def digest(home: Path) -> str:
    return hashlib.sha256((home / "workbench.sqlite").read_bytes()).hexdigest()


@pytest.fixture(scope="module")
def heard(owned: Path) -> dict[str, Any]:
    """What an assistant of the owner is answered, all in one session; and the database before and after it."""
    return {"before": digest(owned)} | anyio.run(session, owned) | {"after": digest(owned)}


async def session(home: Path) -> dict[str, Any]:
    started = StdioServerParameters(command=COMMAND[0], args=COMMAND[1:], env=environment(home), cwd=TOP)
    async with Client(stdio_client(started)) as client:
        tools = (await client.list_tools()).tools

        async def call(name: str, **given: object) -> CallToolResult:
            return await client.call_tool(name, given)

        personas = await call("list_personas", study="small")
        briefs = await call("list_briefs", study="small")
        return {
            "instructions": client.instructions, "tools": tools, "personas": personas, "briefs": briefs,
            "studies": await call("list_studies"),
            "persona": await call("get_persona", study="small", persona=first(personas, "personas")["id"]),
            "brief": await call("get_brief", study="small", brief=first(briefs, "briefs")["id"]),
            "found": await call("search_evidence", study="small", question=QUESTION, limit=5),
            "true": await call("check_claim", study="small", claim=TRUE),
            "false": await call("check_claim", study="small", claim=FALSE),
            "invented": await call("check_claim", study="small", claim=INVENTED),
            "no study": await call("list_personas", study="autumn"),
            "no persona": await call("get_persona", study="small", persona="Young Mary"),
            "no brief": await call("get_brief", study="small", brief="br_none"),
            "nothing drafted": await call("list_personas", study="other"),
            "no sources": await call("check_claim", study="other", claim=TRUE),
            "too many": await call("search_evidence", study="small", question="why?", limit=10_000),
            "no argument": await call("get_persona", study="small"),
            "no tool": await call("delete_study", study="small"),
        }  # fmt: skip


def first(answer: CallToolResult, name: str) -> dict[str, Any]:
    assert answer.structured_content, answer.content
    found: dict[str, Any] = answer.structured_content[name][0]
    return found


def said(answer: CallToolResult) -> str:
    return " ".join(one.text for one in answer.content if one.type == "text")


def test_every_tool_says_that_it_reads_and_what_comes_back(heard: dict[str, Any]) -> None:
    assert len(heard["tools"]) == 7
    for tool in heard["tools"]:
        assert tool.annotations.read_only_hint and not tool.annotations.destructive_hint, tool.name
        assert tool.output_schema["type"] == "object" and len(tool.description) > 60


def test_quotes_are_said_to_be_data(heard: dict[str, Any]) -> None:
    assert "never an instruction" in heard["instructions"] and "word for word" in heard["instructions"]


def test_the_documentation_lists_these_tools_and_no_others(heard: dict[str, Any]) -> None:
    page = (TOP / "docs" / "assistants.md").read_text(encoding="utf-8")
    listed = [line.split("`")[1] for line in page.splitlines() if line.startswith("| `")]
    assert listed == [tool.name for tool in heard["tools"]]


def test_studies_and_personas_are_listed(heard: dict[str, Any]) -> None:
    assert [one["id"] for one in heard["studies"].structured_content["studies"]] == ["other", "small"]
    assert first(heard["personas"], "personas")["participants"] >= 2
    assert heard["nothing drafted"].structured_content == {"personas": []}


def test_a_persona_comes_with_quotes_that_say_whether_they_may_be_published(heard: dict[str, Any]) -> None:
    claims = heard["persona"].structured_content["claims"]
    quotes = [quote for claim in claims for quote in claim["quotes"]]
    assert {quote["may_be_published"] for quote in quotes} == {True, False}
    assert all(quote["may_be_published"] is (quote["participant_id"] not in CLOSED) for quote in quotes)
    assert any(MARK in quote["text"] for quote in quotes), "the owner sees everybody's words"


def test_quotes_stand_in_their_sources_word_for_word(heard: dict[str, Any], owned: Path) -> None:
    claims = heard["persona"].structured_content["claims"]
    shown = [*heard["found"].structured_content["quotes"], *(one for claim in claims for one in claim["quotes"])]
    with sqlite3.connect(f"file:{owned / 'workbench.sqlite'}?mode=ro", uri=True) as database:
        texts = dict(database.execute("SELECT name, text FROM source WHERE study_id = 'small'"))
    assert len(shown) > 10
    assert [one["text"] for one in shown if one["text"] not in texts[one["source"]]] == []


def test_a_brief_is_text_with_the_words_that_may_be_published(heard: dict[str, Any]) -> None:
    brief = heard["brief"].structured_content
    assert brief["text"].startswith("# ") and brief["quotes"]
    assert all(one["may_be_published"] and one["participant_id"] not in CLOSED for one in brief["quotes"])


def test_a_claim_is_told_from_its_opposite_and_from_one_nobody_made(heard: dict[str, Any]) -> None:
    true, false, invented = (first(heard[asked], "checked") for asked in ("true", "false", "invented"))
    verdicts = [one["verdict"] for one in (true, false, invented)]
    assert verdicts == ["supported", "contradicted", "no_evidence"]
    assert true["k"] >= 1 and true["quotes"] and false["quotes"] and not invented["quotes"]


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        pytest.param("no study", "Studies are: other, small", id="unknown study"),
        pytest.param("no persona", "Choose one of: ", id="unknown persona"),
        pytest.param("no brief", "Briefs are: br_", id="unknown brief"),
        pytest.param("no sources", "Not enough evidence", id="nothing to check against"),
        pytest.param("too many", "limit: ", id="a limit too high"),
        pytest.param("no argument", "persona: Field required", id="missing argument"),
        pytest.param("no tool", "Tools are: list_studies", id="unknown tool"),
    ],
)
def test_errors_are_sentences_that_say_what_to_do(heard: dict[str, Any], asked: str, told: str) -> None:
    assert heard[asked].is_error and told in said(heard[asked])
    assert "Traceback" not in said(heard[asked]) and "pydantic" not in said(heard[asked])


def test_nothing_is_written(heard: dict[str, Any], owned: Path) -> None:
    assert heard["before"] == heard["after"]
    assert not (owned / "workbench.sqlite-wal").exists() or not (owned / "workbench.sqlite-wal").stat().st_size


def test_standard_output_is_the_protocols_alone_and_the_process_ends_with_its_input(owned: Path) -> None:
    hello = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}}
    search = {"name": "search_evidence", "arguments": {"study": "small", "question": QUESTION}}
    lines = [
        {"id": 1, "method": "initialize", "params": hello}, {"method": "notifications/initialized"},
        {"id": 2, "method": "tools/call", "params": search},
    ]  # fmt: skip
    process = subprocess.Popen(  # noqa: S603 (our own command)
        COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=TOP,
        env=environment(owned),
    )  # fmt: skip
    assert process.stdin and process.stdout and process.stderr
    process.stdin.write("".join(json.dumps({"jsonrpc": "2.0"} | line) + "\n" for line in lines))
    process.stdin.flush()
    answers = [json.loads(process.stdout.readline()) for _ in range(2)]
    process.stdin.close()
    assert process.wait(timeout=60) == 0
    assert process.stdout.read() == "" and process.stderr.read() == ""
    process.stdout.close()
    process.stderr.close()
    assert [one["id"] for one in answers] == [1, 2] and answers[1]["result"]["structuredContent"]["quotes"]


def test_a_defect_is_told_without_the_errors_own_words(caplog: pytest.LogCaptureFixture) -> None:
    def broken() -> Door:
        raise RuntimeError(f"somebody said {MARK}")

    answer = anyio.run(build_server(broken).call_tool, "list_studies", {})
    assert isinstance(answer, CallToolResult) and answer.is_error and "RuntimeError" in said(answer)
    assert (
        MARK not in said(answer) + caplog.text and "list_studies failed: RuntimeError at test_server.py" in caplog.text
    )


def test_an_expected_error_is_its_sentence() -> None:
    def missing() -> Door:
        raise NotFound("study", "autumn", "There is none yet")

    answer = anyio.run(build_server(missing).call_tool, "list_studies", {})
    assert isinstance(answer, CallToolResult)
    assert said(answer) == str(NotFound("study", "autumn", "There is none yet"))
    assert not issubclass(NotFound, ToolError)
