"""The routes of an app, each with its rule, and an address made of what there is: for tests that try out every one."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from fastapi import FastAPI
from fastapi.routing import RouteContext

from app.access.action import Action
from app.access.permission import STUDY_PARAMETERS, rule_of, ruled_routes

SAFE = {"GET", "HEAD"}


@dataclass(frozen=True)
class Asked:
    """One method of one route. `action` is None where everybody may ask."""

    method: str
    path: str
    action: Action | None
    route: RouteContext

    @property
    def parameters(self) -> list[str]:
        return re.findall(r"\{(\w+)(?::\w+)?\}", self.path)

    @property
    def in_study(self) -> bool:
        return any(name in STUDY_PARAMETERS for name in self.parameters)

    def address(self, known: Mapping[str, str]) -> str:
        """KeyError, naming it, for a parameter that the test knows nothing for."""
        return re.sub(r"\{(\w+)(?::\w+)?\}", lambda found: known[found[1]], self.path)

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


def routes_of(app: FastAPI) -> Iterator[Asked]:
    for route in ruled_routes(app):
        rule = rule_of(route)
        assert rule is not None, f"{route.path} has no rule"
        for method in sorted(route.methods or ()):
            yield Asked(method, str(route.path), rule.action, route)
