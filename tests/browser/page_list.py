"""Every page of the application, from its routes: a page that is added is tried without a word here."""

import itertools
import re

from app.web.app import PAGES

# Parts of pages and files, which nobody opens as a page.
NO_PAGES = {
    "/studies/{study_id}/advice",
    "/studies/{study_id}/jobs/{job_id}/now",
    "/studies/{study_id}/exports/{name}",
    "/studies/{study_id}/briefs/{brief_id}/download",
    "/studies/{study_id}/personas/{persona_id}/claims/{claim_id}",
}
ROUTES = sorted(
    {route.path for pages in PAGES for route in pages.router.routes if "GET" in route.methods} - NO_PAGES  # type: ignore[attr-defined]
)


def addresses(route: str, known: dict[str, list[str]]) -> list[str]:
    """The route with every id that is known for it; KeyError where its parameter has none."""
    names = re.findall(r"\{(\w+)\}", route)
    return [
        re.sub(r"\{(\w+)\}", lambda found: dict(zip(names, ids, strict=True))[found[1]], route)  # noqa: B023
        for ids in itertools.product(*(known[name] for name in names))
    ]
