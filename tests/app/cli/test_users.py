"""Users, tokens and the log at the command line, and what `serve` refuses without them."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from team import PASSWORD, quick_hashes
from typer.testing import CliRunner, Result

from app.cli import root
from app.errors import BadInput, Conflict, Forbidden, NotFound

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    """Runs a command in this process; expected errors come through."""
    monkeypatch.setenv("DRAMATIS_HOME", str(tmp_path / "home"))

    def dramatis(*words: str, given: str | None = None) -> Result:
        done = CliRunner().invoke(root, words, input=given)
        if done.exception and not isinstance(done.exception, SystemExit):
            raise done.exception
        return done

    with quick_hashes():
        yield dramatis


def test_somebody_is_added_with_a_password_that_is_printed_once(run: Run) -> None:
    made = json.loads(run("user", "add", "Ana", "--role", "admin", "--json").stdout)
    assert (made["name"], made["role"], made["active"]) == ("Ana", "admin", True) and len(made["password"]) >= 16
    assert made["password"] not in run("user", "list", "--json").stdout
    own = run("user", "add", "Ben", "--role", "writer", "--password-stdin", "--json", given=PASSWORD + "\n")
    assert "password" not in json.loads(own.stdout)


def test_a_user_is_changed_step_by_step(run: Run) -> None:
    run("study", "create", "Spring")
    run("user", "add", "Ana", "--role", "admin")
    run("user", "add", "Ben", "--role", "writer")
    run("user", "role", "ben", "--role", "researcher")
    run("user", "join", "BEN", "spring")
    run("user", "disable", "Ben")
    [_, ben] = json.loads(run("user", "list", "--json").stdout)
    assert (ben["role"], ben["active"], ben["studies"]) == ("researcher", False, ["spring"])
    run("user", "enable", "Ben")
    run("user", "leave", "Ben", "spring")
    run("user", "password", "Ben")
    [_, ben] = json.loads(run("user", "list", "--json").stdout)
    assert ben["active"] and ben["studies"] == []
    log = json.loads(run("audit-log", "show", "--json").stdout)
    told = ["change password", "leave study", "enable user", "disable user", "join study", "change role"]
    assert [one["action"] for one in log][:6] == told
    assert all(one["who"].endswith("(terminal)") for one in log)


def test_what_cannot_be_is_refused(run: Run) -> None:
    run("user", "add", "Ana", "--role", "admin")
    with pytest.raises(Conflict, match="only admin"):
        run("user", "disable", "Ana")
    with pytest.raises(NotFound):
        run("user", "join", "Ana", "nowhere")
    with pytest.raises(NotFound):
        run("user", "role", "Nobody", "--role", "admin")
    assert run("user", "role", "Ana", "--role", "boss").exit_code == 2


def test_a_token_is_made_listed_and_revoked(run: Run) -> None:
    run("user", "add", "Ben", "--role", "writer")
    made = json.loads(run("token", "create", "x", "--user", "Ben", "--can", "read personas", "--json").stdout)
    listed = run("token", "list", "--json").stdout
    assert json.loads(listed)[0]["scope"] == ["read personas"] and made["secret"] not in listed
    with pytest.raises(BadInput, match="may not run"):
        run("token", "create", "x", "--user", "Ben", "--can", "run")
    with pytest.raises(BadInput, match="is no action"):
        run("token", "create", "x", "--user", "Ben", "--can", "fly")
    run("token", "revoke", made["id"])
    assert json.loads(run("token", "list", "--json").stdout) == []


def test_the_log_is_verified(run: Run) -> None:
    run("user", "add", "Ben", "--role", "writer")
    verdict = json.loads(run("audit-log", "verify", "--json").stdout)
    assert verdict["entries"] == 1 and verdict["broken"] is None and len(verdict["head"]) == 64


def test_a_team_needs_an_admin_and_others_need_a_team(run: Run) -> None:
    with pytest.raises(Forbidden, match="dramatis user add NAME --role admin"):
        run("serve", "--team", "--port", "0")
    with pytest.raises(Forbidden, match="--team"):
        run("serve", "--host", "0.0.0.0", "--port", "0")  # noqa: S104
    assert run("serve", "--address", "https://x.example").exit_code == 2
