"""Two people who decide about one claim at the same moment: the later is told, and overwrites nothing."""

from threading import Thread

import pytest
from small_cast import cite, claim, macro

import app.synthesis.reviewing
from app.errors import Changed
from app.models.claim import Review, ReviewState
from app.models.review import ClaimReview
from app.synthesis.provenance import provenance
from app.synthesis.reviewing import get_persona, review_claim
from app.workbench import Workbench

TWICE = claim("decision_logic", "t2", cite("P01", "I check every line twice."))


def test_who_decides_while_another_does_is_told(bench: Workbench, study: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with bench.store.transaction() as tx:
        tx.results.save_personas(study, [macro(decision_logic=[TWICE])], [], provenance(bench))
    told: list[str] = []
    still = app.synthesis.reviewing._still

    def decide(by: str, state: ReviewState) -> None:
        try:
            review_claim(bench, study, "m1", TWICE.id, state, by=by, seen=Review().mark)
        except Changed:
            told.append(by)

    def meanwhile(now: ClaimReview | None, seen: str) -> None:
        """Ben decides after what Ana saw was looked at, and before her decision is saved."""
        monkeypatch.setattr(app.synthesis.reviewing, "_still", still)
        ben.start()
        ben.join(timeout=0.5)
        still(now, seen)

    ben = Thread(target=decide, args=("ben", ReviewState.REJECTED))
    monkeypatch.setattr(app.synthesis.reviewing, "_still", meanwhile)
    decide("ana", ReviewState.ACCEPTED)
    ben.join()
    decided = next(one for one in get_persona(bench, study, "m1").claims() if one.id == TWICE.id).review
    assert (told, decided.by, decided.state) == (["ben"], "ana", ReviewState.ACCEPTED)
