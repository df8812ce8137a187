"""Evidence as an assistant asks for it: quotes that bear on a question, and a claim held against what was said."""

from app.access.principal import Sight
from app.access.veil import open_people
from app.asking import Answer, ask
from app.audit.auditing import check_text
from app.audit.page import caution_of
from app.audit.report import NOBODY, AuditItem
from app.errors import InsufficientEvidence
from app.mcp.answers import Checked, Found, FoundQuote, QuoteAnswer, Verdicts
from app.mcp.door import Asked
from app.searching import scope_of
from retrieval.evidence import Consent, SourceKind

NOBODY_AGREED = "Nobody who agreed to marketing"
AGREED = "Checked against the words of those who agreed to marketing; others may say so too, or otherwise."


def search_evidence(asked: Asked, question: str, limit: int) -> Found:
    """InsufficientEvidence, saying what to try, where nothing bears on it."""
    # That words are found tells what was said, so only those are looked at that may be seen.
    consent = None if asked.you.sight is Sight.ALL else Consent.MARKETING
    scope = scope_of(asked.bench, asked.study, consent=consent)
    open_ = _open(asked)
    try:
        found = ask(asked.bench, asked.study, question, limit=limit, scope=scope)
    except InsufficientEvidence as error:
        # The error repeats the question, and a veil over it would tell whether somebody said so.
        raise InsufficientEvidence("that question", 0, 1, "Try other words, or say that it is not known") from error
    return Found(quotes=[_found(one, open_) for one in found])


def check_claim(asked: Asked, claim: str) -> Verdicts:
    """Whoever may not see all words is told nothing of the others either: not that they bear on the claim, nor whose
    they are. So nothing of the answer needs the veil, and the claim comes back as it was given."""
    open_, agreed = _open(asked), asked.you.sight is not Sight.ALL
    items = check_text(asked.bench, asked.study, claim, agreed=agreed)
    caution = caution_of(asked.bench.engine.name)
    if agreed:
        items = [one.model_copy(update={"why": one.why.replace(NOBODY, NOBODY_AGREED)}) for one in items]
        caution = f"{AGREED} {caution}".strip()
    return Verdicts(checked=[_checked(one, open_) for one in items], caution=caution)


def _open(asked: Asked) -> frozenset[str]:
    with asked.bench.store.transaction() as tx:
        return open_people(tx.participants.all(asked.study))


def _found(one: Answer, open_: frozenset[str]) -> FoundQuote:
    return FoundQuote(
        text=one.text, participant_id=one.participant_id, source=one.source_name, question=one.question,
        theme=one.theme, may_be_published=one.participant_id in open_ and one.kind is SourceKind.INTERVIEW,
    )  # fmt: skip


def _checked(one: AuditItem, open_: frozenset[str]) -> Checked:
    quotes = [
        QuoteAnswer(text=heard.text, participant_id=heard.participant_id, source=heard.source_name,
                    may_be_published=heard.participant_id in open_)
        for heard in one.evidence
    ]  # fmt: skip
    return Checked(text=one.text, verdict=one.verdict, k=one.k, n=one.n, why=one.why, quotes=quotes)
