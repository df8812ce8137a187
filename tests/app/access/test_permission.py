"""Rules of routes: who may do what, and that no route is without one."""

import pytest
from fastapi import APIRouter, FastAPI

from app.access.action import ALLOWED, Action
from app.access.permission import check_rules, may
from app.access.principal import Principal, owner
from app.errors import NotFound
from app.models.user import Role


def test_an_owner_may_do_everything_everywhere() -> None:
    you = owner("me")
    assert all(you.may(action) for action in Action) and you.belongs_to("any")


@pytest.mark.parametrize("role", Role)
def test_a_token_never_allows_more_than_its_owner(role: Role) -> None:
    bearer = Principal("ana", role, scope=frozenset(Action))
    assert bearer.actions == ALLOWED[role]


def test_a_scope_narrows_what_one_may_do() -> None:
    bearer = Principal("ana", Role.RESEARCHER, scope=frozenset({Action.READ_PERSONAS}))
    assert bearer.may(Action.READ_PERSONAS) and not bearer.may(Action.RUN)


def test_a_stranger_does_not_learn_that_there_is_a_study() -> None:
    you = Principal("ana", Role.RESEARCHER, studies=frozenset({"spring"}))
    you.must_belong_to("spring")
    with pytest.raises(NotFound, match="autumn"):
        you.must_belong_to("autumn")


@pytest.mark.parametrize("rules", [[], [may(Action.RUN), may(Action.REVIEW)]], ids=["no rule", "two rules"])
def test_an_app_does_not_start_with_a_route_whose_rule_is_unclear(rules: list[object]) -> None:
    app = FastAPI()
    app.add_api_route("/free", lambda: None, dependencies=rules)  # type: ignore[arg-type]
    with pytest.raises(RuntimeError, match="GET /free"):
        check_rules(app)


@pytest.mark.parametrize("rules", [[], [may(Action.RUN), may(Action.REVIEW)]], ids=["no rule", "two rules"])
def test_a_route_of_a_router_in_a_router_needs_a_rule_too(rules: list[object]) -> None:
    inner, outer, app = APIRouter(prefix="/inner"), APIRouter(prefix="/outer"), FastAPI()
    inner.add_api_route("/ruled", lambda: None, dependencies=[may(Action.RUN)])
    inner.add_api_route("/free", lambda: None, dependencies=rules)  # type: ignore[arg-type]
    outer.include_router(inner)
    app.include_router(outer)
    with pytest.raises(RuntimeError, match=r"GET /outer/inner/free$"):
        check_rules(app)


def test_a_rule_that_comes_with_the_router_counts() -> None:
    inner, app = APIRouter(), FastAPI()
    inner.add_api_route("/ruled", lambda: None)
    app.include_router(inner, dependencies=[may(Action.RUN)])
    check_rules(app)
