"""Personas with known flaws are audited against the sample studies: what is right, wrong, invented and left out."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.audit.auditing import audit
from app.audit.page import render_audit
from app.audit.report import AuditItem, AuditReport, AuditVerdict, Kind
from app.errors import BadInput, InsufficientEvidence, NotFound
from app.intake.sample import import_sample
from app.settings import Settings
from app.wiring import build_workbench
from app.workbench import Workbench
from retrieval.embeddings import MiniLM

HERE = Path(__file__).parent
# Of the flaws of flowline's persona, the least the local engine must see; 22 of 26 when this was written.
FLOWLINE_AT_LEAST = 20
# The second persona was written to see what the first had been tuned to: 16 of 20 when this was written.
AI_AT_WORK_AT_LEAST = 14
# The third has statements alone and was written last, when the others were seen well: words and vectors judge barely
# more of them right (11 of 20) than calling all of them supported would. It is here so that 22 of 26 is not overrated.
OPERATIONS_AT_LEAST = 11


@pytest.fixture(scope="module")
def heard(tmp_path_factory: pytest.TempPathFactory, embedder: MiniLM) -> Iterator[Workbench]:
    """A bench with both sample studies, not coded yet: an audit needs only what was said."""
    settings = Settings(home=tmp_path_factory.mktemp("audit"), threads=1, engine="local")
    bench = build_workbench(settings, embedder=embedder)
    for study in ("flowline", "ai_at_work"):
        import_sample(bench, study)
    yield bench
    bench.store.close()


@pytest.fixture(scope="module")
def report(heard: Workbench) -> AuditReport:
    return audit(heard, "flowline", HERE / "flowline_persona.md")


def item_with(report: AuditReport, words: str) -> AuditItem:
    (found,) = [item for item in report.items if words in item.text]
    return found


def right(report: AuditReport, name: str) -> int:
    expected = json.loads((HERE / name).read_text(encoding="utf-8"))
    return sum(item_with(report, words).verdict == verdict for words, verdict in expected)


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_the_flaws_of_a_persona_are_seen(report: AuditReport) -> None:
    assert right(report, "flowline_persona.json") >= FLOWLINE_AT_LEAST


def test_the_flaws_of_another_persona_of_another_study_are_seen(heard: Workbench) -> None:
    report = audit(heard, "ai_at_work", HERE / "ai_at_work_persona.md")
    assert right(report, "ai_at_work_persona.json") >= AI_AT_WORK_AT_LEAST


def test_statements_of_a_persona_that_nothing_was_tuned_to_are_judged_better_than_by_one_word(heard: Workbench) -> None:
    report = audit(heard, "flowline", HERE / "operations_persona.md")
    assert right(report, "operations_persona.json") >= OPERATIONS_AT_LEAST


@pytest.mark.parametrize(
    ("words", "verdict"),
    [
        pytest.param("If the vendor cannot show", AuditVerdict.INVENTED, id="invented"),
        pytest.param("I have never seen an hour", AuditVerdict.WRONG_SPEAKER, id="somebody else's"),
        pytest.param("Age: 47", AuditVerdict.NOT_CHECKABLE, id="age"),
        pytest.param("How she buys", AuditVerdict.NOT_CHECKABLE, id="heading"),
    ],
)
def test_what_words_alone_decide_is_certain(report: AuditReport, words: str, verdict: AuditVerdict) -> None:
    assert item_with(report, words).verdict is verdict


def test_evidence_is_cut_from_its_source(report: AuditReport, heard: Workbench) -> None:
    with heard.store.transaction() as tx:
        sources = {source.id: source for source in tx.sources.all("flowline")}
    shown = [one for item in report.items for one in item.evidence]
    assert shown
    assert all(sources[one.source_id].text[one.start : one.end] == one.text for one in shown)


def test_k_never_exceeds_n(report: AuditReport) -> None:
    assert {item.n for item in report.items} == {17}
    assert all(0 <= item.k <= item.n for item in report.items)


def test_a_quotation_is_told_word_for_word_nearly_or_by_role(heard: Workbench, tmp_path: Path) -> None:
    text = (
        "> I have never seen an hour in the ledger. — P05\n\n"
        "> I let somebody else find all the holes first, that’s my whole method. — P07\n\n"
        "> I have never seen an hour in the ledger. — IT manager, Brightwater Pumps\n\n"
        "> I have never seen an hour in the ledger. — somebody in a corridor\n\n"
        "> When you look at vendors, what do you look at?\n"
    )
    items = audit(heard, "flowline", write(tmp_path / "a.md", text)).items
    assert [item.verdict.value for item in items] == ["supported", "near", "supported", "supported", "wrong_speaker"]
    assert {item.kind for item in items} == {Kind.QUOTE}


def test_stereotypes_are_items_of_their_own(heard: Workbench, tmp_path: Path) -> None:
    text = "Like all digital natives, she skips manuals.\n\nShe signs whatever costs less than a van."
    first, second = audit(heard, "flowline", write(tmp_path / "a.md", text)).items
    assert (first.kind, first.verdict) == (Kind.STEREOTYPE, AuditVerdict.STEREOTYPE)
    assert second.kind is Kind.STATEMENT


def test_orders_in_a_transcript_are_no_evidence(report: AuditReport) -> None:
    assert not any("reporting mode" in one.text for item in report.items for one in item.evidence)


def test_a_judge_decides_about_what_bears_on_a_statement(heard: Workbench, tmp_path: Path) -> None:
    class Stern:
        asked: list[tuple[str, list[str]]]

        def judge(self, items: list[tuple[str, list[str]]]) -> list[str]:
            self.asked = items
            return ["contradicted", "perhaps"]

    judge = Stern()
    path = write(tmp_path / "a.md", "The IT team is stretched thin. The team likes to paint elephants.")
    first, second = audit(heard, "flowline", path, judge).items
    assert [text for text, _ in judge.asked] == [first.text, second.text]
    assert all(evidence for _, evidence in judge.asked)
    assert first.verdict is AuditVerdict.CONTRADICTED
    assert second.verdict is AuditVerdict.NO_EVIDENCE, "an answer that is no verdict leaves the local one"


def test_the_json_of_an_item_has_the_documented_keys(report: AuditReport) -> None:
    (item, *_) = json.loads(report.model_dump_json())["items"]
    assert set(item) == {"text", "kind", "verdict", "k", "n", "evidence"}


def test_the_same_document_gives_the_same_report(heard: Workbench, report: AuditReport) -> None:
    assert audit(heard, "flowline", HERE / "flowline_persona.md") == report


def test_the_page_escapes_what_others_wrote(heard: Workbench, tmp_path: Path) -> None:
    path = write(tmp_path / "a.md", "The <script>alert(1)</script> team is stretched thin & tired.")
    page = render_audit(audit(heard, "flowline", path))
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "http" not in page.replace("http-equiv", "")


def test_a_document_without_a_statement_is_refused(heard: Workbench, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no statement"):
        audit(heard, "flowline", write(tmp_path / "a.md", "# Greta\n\nAge: 47\n"))


def test_an_unknown_study_is_named(heard: Workbench) -> None:
    with pytest.raises(NotFound, match="nowhere"):
        audit(heard, "nowhere", HERE / "flowline_persona.md")


def test_a_study_without_interviews_cannot_audit(bench: Workbench, study: str) -> None:
    with pytest.raises(InsufficientEvidence):
        audit(bench, study, HERE / "flowline_persona.md")
