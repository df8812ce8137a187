"""The tables of claims and quotes say what the cast says, word for word."""

import csv
from io import StringIO

import pytest

from app.cells import as_said
from app.errors import BadInput
from app.exports.outgoing import Outgoing
from app.exports.tables import claims_csv, claims_of, quotes_csv, quotes_table
from app.models.claim import ReviewState
from app.playbook.words import WITHHELD
from retrieval.evidence import sha256


def rows_of(file: bytes) -> list[dict[str, str]]:
    found = csv.DictReader(StringIO(file.decode("utf-8-sig"), newline=""), strict=True)
    return [{name: as_said(cell) for name, cell in row.items()} for row in found]


def test_every_claim_of_the_cast_is_a_row(out: Outgoing) -> None:
    rows = rows_of(claims_csv(out))
    claims = [(one, claim) for one in out.cast.personas for claim in claims_of(one)]
    assert len(rows) == len(claims) > 100
    for row, (one, claim) in zip(rows, claims, strict=True):
        assert (row["persona_id"], row["persona"], row["kind"]) == (one.id, one.name, one.kind)
        assert (row["claim_id"], row["field"], row["text"], row["status"]) == (
            claim.id, claim.field, claim.text, claim.status)  # fmt: skip
        assert (int(row["k"]), int(row["n"])) == (claim.support.k, claim.support.n)
        assert float(row["confidence"]) == claim.confidence
        assert row["evidence_ids"].split("; ") == list(dict.fromkeys(c.evidence_id for c in claim.citations)) or [""]
        assert row["ask_next"] == (claim.gap.ask_next if claim.gap else "")
        assert row["review"] == ReviewState.PROPOSED


def test_claims_are_called_as_the_playbook_calls_them(out: Outgoing) -> None:
    rows = [row for row in rows_of(claims_csv(out)) if row["status"] != "no_evidence"]
    assert rows[0]["ref"] == "M1.1"
    for ref in ("M1", "A"):
        own = [row["ref"] for row in rows if row["persona_ref"] == ref and "." in row["ref"]]
        assert sorted(own, key=lambda one: int(one.partition(".")[2])) == [f"{ref}.{n}" for n in range(1, len(own) + 1)]


def test_every_citation_is_a_row_that_slices_back(out: Outgoing) -> None:
    rows = rows_of(quotes_csv(out))
    cited = [c for one in out.cast.personas for claim in claims_of(one) for c in claim.citations]
    assert len(rows) == len(cited) > 100
    consents = {person.id: person.consent for person in out.cast.participants}
    for row, citation in zip(rows, cited, strict=True):
        source = out.material.source_by_id[row["source_id"]]
        assert row["text"] == source.text[int(row["start"]) : int(row["end"])] == citation.text
        assert row["sha256"] == sha256(row["text"]) and row["source"] == source.name
        assert row["consent"] == consents[row["participant"]] and row["participant"] == citation.participant_id
        evidence = out.material.by_id.get(citation.evidence_id)
        assert row["stance"] == citation.stance
        assert row["codes"] == ("; ".join(evidence.codes) if evidence else "")
        assert row["time"] == ("" if citation.time is None else str(citation.time))
    assert not any(WITHHELD in row["text"] for row in rows)


def test_a_quote_that_no_longer_stands_is_in_no_file(out: Outgoing) -> None:
    one = next(one for one in out.whole.personas if one.grounded_claims())
    claim = one.grounded_claims()[0]
    torn = claim.model_copy(update={"citations": [c.model_copy(update={"sha256": "0" * 64}) for c in claim.citations]})
    changed = one.model_copy(update={claim.field: [torn]})
    whole = out.whole.model_copy(update={"personas": [changed if p is one else p for p in out.whole.personas]})
    with pytest.raises(BadInput, match="no longer stands"):
        quotes_table(Outgoing(out.bench, whole))
