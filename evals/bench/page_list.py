"""Every page of the application, from its routes: a page that is added is tried and measured without a word here."""

import itertools
import re

from app.web.app import PAGES
from app.workbench import Workbench

# Parts of pages and files, which nobody opens as a page.
NO_PAGES = {
    "/studies/{study_id}/advice",
    "/studies/{study_id}/jobs/{job_id}/now",
    "/studies/{study_id}/exports/{name}",
    "/studies/{study_id}/briefs/{brief_id}/download",
    "/studies/{study_id}/personas/{persona_id}/claims/{claim_id}",
    "/studies/{study_id}/evidence/{evidence_id}/codes",
}
# What a page must be asked for.
ASKED = {"/studies/{study_id}/erasure": "?participant={person}"}
READ = {route.path for pages in PAGES for route in pages.router.routes if "GET" in getattr(route, "methods", ())}
ROUTES = sorted(path + ASKED.get(path, "") for path in READ - NO_PAGES)


def addresses(route: str, known: dict[str, list[str]]) -> list[str]:
    """The route with every id that is known for it; KeyError where its parameter has none."""
    names = re.findall(r"\{(\w+)\}", route)
    return [
        re.sub(r"\{(\w+)\}", lambda found: dict(zip(names, ids, strict=True))[found[1]], route)  # noqa: B023
        for ids in itertools.product(*(known[name] for name in names))
    ]


def ids_in(bench: Workbench, study_id: str) -> dict[str, list[str]]:
    """Parameter of a path → ids there are, one for each kind of page. A new parameter needs a line here."""
    with bench.store.transaction() as tx:
        personas, sources = tx.results.personas(study_id), tx.sources.all(study_id)
        themes, people = tx.results.themes(study_id), tx.participants.all(study_id)
        briefs = tx.briefs.all(study_id)
    kinds = {type(one): one for one in personas}
    return {
        "study_id": [study_id],
        "source_id": list({one.kind: one.id for one in sources}.values()),
        "persona_id": [one.id for one in kinds.values()],
        "segment_id": [personas[0].segment_id],
        "theme_id": [themes[0].id],
        "person": [people[0].id],
        "brief_id": [one.id for one in briefs],
        "job_id": [],
    }
