"""Addresses of every page to try in a browser; which pages there are the bench of pages knows, from the routes."""

import itertools
import re

from evals.bench.page_list import ROUTES

__all__ = ["ROUTES", "addresses"]


def addresses(route: str, known: dict[str, list[str]]) -> list[str]:
    """The route with every id that is known for what it is about, and the first of what that belongs to; KeyError
    where a parameter has none."""
    names = re.findall(r"\{(\w+)\}", route)
    about = names[-1] if route.endswith("}") else ""
    return [
        re.sub(r"\{(\w+)\}", lambda found: dict(zip(names, ids, strict=True))[found[1]], route)  # noqa: B023
        for ids in itertools.product(*(known[name][: None if name == about else 1] for name in names))
    ]
