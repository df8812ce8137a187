"""Permission: a route's rule. `dependencies=[may(Action.REVIEW)]` refuses everybody whose role does not allow it.

`check_rules` keeps an app from starting with a route that has no rule.
"""

from collections.abc import Iterable, Iterator
from typing import Annotated, Any

from fastapi import Depends, FastAPI, Request
from fastapi.routing import APIRoute, APIRouter, RouteContext, iter_route_contexts
from starlette.routing import BaseRoute

from app.access.action import ALLOWED, Action
from app.access.principal import Principal
from app.errors import Forbidden

STUDY_PARAMETERS = ("study", "study_id")


def principal_of(request: Request) -> Principal:
    """Whoever asks, as the door let them in. Forbidden where no door did."""
    known: Principal | None = getattr(request.state, "principal", None)
    if known is None:
        raise Forbidden("Nobody let you in. Open the address that the workbench told you, or log in.")
    return known


You = Annotated[Principal, Depends(principal_of)]


class Permission:
    """A dependency of a route: NotFound for a study one does not belong to, Forbidden for an action one may not do.

    `action` is None for a route that is open to everybody, such as the login.
    """

    def __init__(self, action: Action | None):
        self.action = action

    def __call__(self, request: Request) -> None:
        if self.action is None:
            return
        you = principal_of(request)
        for name in STUDY_PARAMETERS:
            if name in request.path_params:
                you.must_belong_to(request.path_params[name])
        must_be_allowed(you, self.action)


def must_be_allowed(you: Principal, action: Action) -> None:
    """Forbidden where they may not: by their role, or because the token they came with is for other things."""
    if you.may(action):
        return
    if you.scope is not None and action in ALLOWED[you.role]:
        raise Forbidden(f"This token is not for “{action}”. Make one that is.")
    raise Forbidden(f"As {you.role} you may not {action}. Ask an admin for another role.")


def may(action: Action) -> Any:
    """The rule of a route."""
    return Depends(Permission(action))


OPEN: Any = Depends(Permission(None))
"""The rule of a route that everybody may ask, even before logging in."""


def ruled_routes(app: FastAPI) -> Iterator[RouteContext]:
    """All routes that need a rule, however deep the routers they came with are nested."""
    return (one for one in iter_route_contexts(app.routes) if isinstance(one.original_route, APIRoute))


def rule_of(route: APIRoute | RouteContext) -> Permission | None:
    """The route's rule; None where it has none."""
    rules = [one.dependency for one in route.dependencies if isinstance(one.dependency, Permission)]
    return rules[0] if len(rules) == 1 else None


def check_rules(app: FastAPI) -> None:
    """RuntimeError, naming them, where routes have no rule or several."""
    if all(rule_of(route) for route in _written(app.routes)):
        return
    lawless = [
        f"{', '.join(sorted(route.methods or []))} {route.path}"
        for route in ruled_routes(app)
        if rule_of(route) is None
    ]
    if lawless:
        raise RuntimeError(f"These routes need exactly one rule, may(Action…) or OPEN: {'; '.join(lawless)}")


def _written(routes: Iterable[BaseRoute]) -> Iterator[APIRoute]:
    """Routes as they were written. What becomes of them in their app takes FastAPI 2 ms each, which it saves until
    somebody asks for one of their router; a rule that only comes with the router is seen by `ruled_routes` alone."""
    for route in routes:
        inner = getattr(route, "original_router", None)
        if isinstance(inner, APIRouter):
            yield from _written(inner.routes)
        else:
            contexts = iter_route_contexts([route])
            yield from (one.original_route for one in contexts if isinstance(one.original_route, APIRoute))
