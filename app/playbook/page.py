"""The page as one view: head, coverage and method around personas, pictures and transcripts."""

from collections import Counter
from collections.abc import Iterable, Sequence

from app.models.brief import Brief
from app.models.cast import Cast
from app.models.evidence import Evidence
from app.models.field import FieldSpec
from app.models.strategy import Strategy
from app.playbook.advice import advice, advice_citations
from app.playbook.appendix import brief_lines, cited_quotes
from app.playbook.beside import beside_view
from app.playbook.buying_centres import centre_views
from app.playbook.heat import heat
from app.playbook.limits import TERMS, limits
from app.playbook.personas import PersonaDesk, macro_view, refs_of
from app.playbook.quotes import QuoteDesk
from app.playbook.transcripts import transcripts
from app.playbook.tree import tree
from app.playbook.view import CoverageView, MethodView, PlaybookView, RefusedView, StatView
from app.playbook.words import count, families, kind, percent
from app.strategy.coverage import ENOUGH
from retrieval.evidence import Consent, Source, SourceKind

CITED = "quotes cited"
NOT_PLACED = "Interviewed since these segments were made."
CONSENTS = {Consent.RESEARCH: "Research only", Consent.MARKETING: "Research and marketing ◆"}


def playbook_view(
    cast: Cast,
    sources: Sequence[Source],
    evidence: Sequence[Evidence],
    specs: Sequence[FieldSpec],
    strategy: Strategy | None = None,
    briefs: Sequence[Brief] = (),
    withheld: frozenset[str] = frozenset(),
    scores: Sequence[tuple[str, str]] = (),
) -> PlaybookView:
    """Everything the templates show, without the words of those `withheld`. `scores` are
    (what was measured, value).

    Raises what `QuoteDesk.quote` raises where a quote does not hold."""
    desk = PersonaDesk(cast, QuoteDesk.of(cast, sources, advice_citations(strategy), withheld), specs)
    macros = [macro_view(desk, macro) for macro in cast.macros]
    centres = centre_views(cast.buying_centres, desk.quotes)
    refs = refs_of(cast)
    advised = advice(desk, strategy, evidence) if strategy else None
    beside = [beside_view(desk, persona) for persona in cast.beside]
    return PlaybookView(
        title=cast.study.name,
        product=cast.study.product or cast.study.product_area,
        question=cast.study.research_question,
        provenance=provenance(cast),
        stats=stats(cast, len(desk.quotes.uses)),
        coverage=coverage(cast, desk.quotes),
        advice=advised,
        tree=tree(cast, refs),
        macros=macros,
        beside=beside,
        refused=[RefusedView(item.name, item.reason, item.ask_next) for item in cast.refused],
        centres=centres,
        heat=heat(cast, evidence, refs),
        transcripts=transcripts(desk.quotes, evidence),
        cited=cited_quotes(desk.quotes),
        briefs=brief_lines(briefs, refs),
        method=method(cast, desk.quotes, scores),
        families=families(),
        marketing=any(person.consent is Consent.MARKETING for person in cast.participants),
        longest=longest(cast),
    )


def stats(cast: Cast, quotes: int) -> list[StatView]:
    """The strip of six: how much was heard, and how far it was boiled down."""
    interviews = sum(source.kind is SourceKind.INTERVIEW for source in cast.sources)
    notes = len(cast.sources) - interviews
    words = sum(source.words for source in cast.sources)
    micros = sum(len(cast.micros_of(macro)) for macro in cast.macros)
    return [
        StatView(f"{len(cast.participants)}", "participants", agreed(cast)),
        StatView(
            f"{len(cast.sources)}", "sources", f"{words:,} words" + (f", {count(notes, 'note')}" if notes else "")
        ),
        StatView(f"{quotes}", CITED, "each linked to its place"),
        StatView(f"{len(cast.themes)}", "themes", f"{sum(t.table_stakes for t in cast.themes)} are table stakes"),
        StatView(f"{len(cast.macros)}", "core personas", "what a group shares"),
        StatView(f"{micros}", "micro personas", "where it differs"),
    ]


def agreed(cast: Cast) -> str:
    n = sum(person.consent is Consent.MARKETING for person in cast.participants)
    return f"{n} may be quoted in marketing ◆" if n else "quotes for research only"


def coverage(cast: Cast, desk: QuoteDesk) -> CoverageView:
    """Whom the core personas stand for, and everybody they do not, each with the reason."""
    covered, everybody, cores = len(cast.covered), len(cast.participants), len(cast.macros)
    share = covered / max(everybody, 1)
    subject = f"The {cores} core personas stand" if cores > 1 else "The core persona stands"
    reasons = {item.participant_id: item.why for item in cast.segments.uncovered}
    outside = [person.id for person in cast.participants if person.id not in cast.covered]
    placed = {person for segment in cast.segments.segments for person in segment.participant_ids}
    plain = {person: "Their segment has no persona." for person in placed}
    return CoverageView(
        sentence=f"{subject} for {covered} of {count(everybody, 'person', 'people')} ({percent(share)})."
        if cores
        else f"No persona could be drafted from {count(everybody, 'person', 'people')}.",
        verdict=verdict(share) if cores else "",
        covered=covered,
        total=everybody,
        uncovered=[desk.person(person, reasons.get(person) or plain.get(person, NOT_PLACED)) for person in outside],
    )


def verdict(share: float) -> str:
    side = "above" if share > ENOUGH else "at" if share == ENOUGH else "below"
    return f"That is {side} the {percent(ENOUGH)} a set of personas should reach."


def provenance(cast: Cast) -> str:
    made = cast.provenance
    return f"Dramatis {made.dramatis}, {made.engine} engine"


def method(cast: Cast, desk: QuoteDesk, scores: Sequence[tuple[str, str]] = ()) -> MethodView:
    """How the cast was made, in the words of its own records."""
    made = cast.provenance
    facts = [
        ("Engine", made.engine),
        ("Coder", made.coder),
        ("Embeddings", made.embeddings),
        ("Dramatis", made.dramatis),
        ("Prompts", ", ".join(made.prompts) or "none: no language model took part"),
        ("Segments", cast.segments.method),
    ]
    roles = Counter(kind(person) or "not stated" for person in cast.participants)
    consents = Counter(person.consent for person in cast.participants)
    return MethodView(
        facts=[fact for fact in facts if fact[1]],
        roles=roles.most_common(),
        consents=[(words, consents[consent]) for consent, words in CONSENTS.items() if consents[consent]],
        note=cast.study.note,
        terms=list(TERMS),
        scores=list(scores),
        limits=limits(cast, desk),
    )


def longest(cast: Cast) -> int:
    """The largest n of any `k of n`: the style sheet needs one rule for every number up to it."""
    supports: Iterable[int] = (claim.support.n for persona in cast.personas for claim in persona.claims())
    return max([len(cast.participants), *supports])
