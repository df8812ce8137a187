"""What there is in a small study, by the names that addresses have for it: for tests that try out every route."""

from app.jobs.durable import DurableDesk
from app.models.job import JobKind
from app.workbench import Workbench
from retrieval.evidence import Consent

STUDY = "small"
# What no small study has: whoever may ask is told that there is none.
ABSENT = {"upload": "up_none", "token": "tk_none", "account": "Medloop"}


def known_ids(bench: Workbench, desk: DurableDesk) -> dict[str, list[str]]:
    """Parameter of a path → all there are, those that everybody may open first. A new parameter needs a line here."""
    with bench.store.transaction() as tx:
        personas, tree = tx.results.personas(STUDY), tx.results.tree(STUDY)
        people = tx.participants.all(STUDY)
        agreed = {one.id for one in people if one.consent is Consent.MARKETING}
        sources = sorted(tx.sources.each(STUDY), key=lambda one: not (agreed >= set(one.participant_ids) != set()))
        found = {
            "study": [STUDY],
            "source": [one.id for one in sources],
            "participant": [one.id for one in people],
            "evidence": [one.id for one in tx.evidence.all(STUDY)],
            "theme": [one.id for one in tx.results.themes(STUDY)],
            "segment": [one.id for one in tree.segments] if tree else [],
            "persona": [one.id for one in personas],
            "claim": [claim.id for claim in personas[0].grounded_claims()],
            "number": ["1"],
            "brief": [one.id for one in tx.briefs.all(STUDY)],
            "user": [one.id for one in tx.users.all()],
        }
    found |= {name: [id] for name, id in ABSENT.items()}
    found |= {
        "file": ["editorial.json", "personas.json", "claims.csv", "reviews.ics"],
        "job": [desk.start(JobKind.DRAFT, STUDY).id],
    }
    called = {f"{name}_id": ids for name, ids in found.items()}
    return found | called | {"person": found["participant"], "name": found["file"]}
