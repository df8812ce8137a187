"""Who is let in when the server starts."""

from pathlib import Path

import pytest

from app.access.people import set_active
from app.errors import BadInput, Forbidden
from app.mcp.caller import Caller
from app.mcp.opening import Opening
from app.models.user import Role
from app.settings import Settings
from app.workbench import Workbench

from .conftest import token_of


def test_where_there_is_no_workbench_nothing_is_made(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="DRAMATIS_HOME"):
        Opening("", Settings(home=tmp_path / "elsewhere")).must_let_in()
    assert not (tmp_path / "elsewhere").exists()


def test_where_people_log_in_an_assistant_needs_a_token(team: Workbench) -> None:
    with pytest.raises(Forbidden, match="needs a token"):
        Opening("", team.settings).must_let_in()
    with pytest.raises(Forbidden, match="opens nothing"):
        Opening("dramatis_guessed", team.settings).must_let_in()
    Opening(token_of(team, Role.WRITER), team.settings).must_let_in()


def test_what_an_admin_takes_away_is_gone_at_once(team: Workbench) -> None:
    caller = Caller(team.store, token_of(team, Role.RESEARCHER), "me")
    assert caller.who().role is Role.RESEARCHER
    set_active(team.store, "researcher inside", False, "test")
    try:
        with pytest.raises(Forbidden, match="opens nothing"):
            caller.who()
    finally:
        set_active(team.store, "researcher inside", True, "test")


def test_without_users_it_is_the_owner(owned: Path) -> None:
    opening = Opening("", Settings(home=owned, coder="ana"))
    opening.must_let_in()
    you = opening.door().caller.who()
    assert (you.name, you.role, you.studies) == ("ana", Role.ADMIN, None)
    assert opening.door() is opening.door()
    opening.close()
