"""Assembling: a brief put together from claims and from the instructions of `data/briefs.yaml`, with no sentence that
somebody made up. This is the local engine's brief, and what a language model's sentences are laid over."""

from collections.abc import Iterable, Sequence

from app.briefs.choosing import MOST_LINES, Choice, answers_to, flags, of_fields
from app.briefs.ground import GROUP, Ground, Subject
from app.briefs.words import customer_words, keywords, publishable, words_of
from app.models.brief import (
    Answered,
    Audience,
    Brief,
    CitedClaim,
    Line,
    Missing,
    Section,
    brief_id,
)
from app.models.claim import Claim, Status
from app.playbook.near import near_withheld
from app.synthesis.provenance import provenance
from retrieval.evidence import sha256

ASKS = {"regulation_notes": "Rules and regulation", "words_to_avoid": "What puts them off", "tone": "How to speak",
        "customer_words": "Words that may be published", "keywords": "Keywords"}  # fmt: skip
MOST_FORWARDED = 3
CONSENT = "Ask the participants whether they agree to marketing; until then the claims speak alone."


def assemble(ground: Ground, choice: Choice) -> Brief:
    """The brief of a choice."""
    rules, subject = ground.rules, choice.subject
    proof, lead = list(choice.proof), _lead(ground, choice.proof)
    objections = of_fields(subject, rules.fields["objections"])
    answers = answers_to(ground, subject, objections)
    avoid, tone = of_fields(subject, rules.fields["avoid"]), of_fields(subject, rules.fields["tone"])
    channel = of_fields(subject, rules.fields["channel"], most=2)
    step = of_fields(subject, rules.fields["next"], most=1)
    job = next(iter(of_fields(subject, rules.fields["job"], most=1)), lead)
    regulated = [claim for claim in (*subject.own, *_lent(subject)) if rules.on_rules(claim.text)][:MOST_LINES]
    found = keywords(ground, choice.speaking)
    cited = _each([*proof, *objections, *(one for row in answers.values() for one in row), job, *regulated, *avoid,
                   *tone, *channel, *step, *subject.stakes])  # fmt: skip
    said = customer_words(ground, [*proof, *cited], choice.speaking)
    action = [Line(text=choice.intent_rule.call_to_action), *map(_line, step)]
    brief = Brief(
        id=id_of(ground, choice),
        study_id=ground.study_id,
        persona_id=subject.id,
        persona_version=subject.version,
        published=choice.request.published,
        audience=_audience(ground, subject, job),
        level=subject.kind,
        funnel_stage=choice.request.stage,
        buyer_intent=choice.intent,
        industry_variant=choice.industry,
        industry_note=_industry_note(ground, choice),
        format=choice.format,
        objective=Line(text=choice.stage.objective),
        reader_question=_question(ground, [lead, *proof]),
        angle=Line(text=choice.stage.angle),
        key_message=_line(lead),
        proof_points=[claim.id for claim in proof],
        objections_to_answer=[_answered(ground, one, answers.get(one.id, [])) for one in objections],
        customer_words=said,
        words_to_avoid=[_line(claim) for claim in avoid],
        table_stakes_not_to_sell=[_line(claim) for claim in subject.stakes],
        regulation_notes=[_line(claim) for claim in regulated],
        tone=[Line(text=rules.standing["tone"]), *map(_line, tone)],
        channel=[Line(text=choice.format_rule.channel), *map(_line, channel)],
        outline=_outline(choice, subject),
        keywords=found,
        call_to_action=action,
        asset_type=choice.format_rule.assets[choice.intent],
        length=choice.format_rule.length,
        success_metric=choice.format_rule.success_metric,
        forwardable_summary=[*map(_line, _forwardable(ground, proof)), action[0]],
        flags=flags(choice),
        claims=[cited_claim(ground, subject, claim) for claim in cited],
        basis=_basis(subject, cited),
        made_with=provenance(ground.bench),
    )
    return brief.model_copy(update={"missing": _missing(ground, brief, subject)})


def id_of(ground: Ground, choice: Choice) -> str:
    request, subject = choice.request, choice.subject
    return brief_id(
        ground.study_id,
        subject.id,
        request.stage,
        choice.intent,
        choice.industry,
        choice.format,
        ground.older(subject),
    )


def cited_claim(ground: Ground, subject: Subject, claim: Claim) -> CitedClaim:
    """The claim with the words that may be published; of the others it only says how many people they are."""
    shown = publishable(ground, claim)
    speakers = {one.participant_id for one in shown}
    withheld = {one.participant_id for one in claim.supporting} - speakers
    return CitedClaim(
        id=claim.id,
        field=claim.field,
        label=ground.label(claim.field),
        text=claim.text,
        k=claim.support.k,
        n=claim.support.n,
        inferred=claim.status is Status.INFERRED,
        of=subject.of(claim.id),
        words=[words_of(one, [claim.id]) for one in shown],
        withheld=len(withheld),
        rephrase=near_withheld(claim, ground.cleared),
    )


def digest(claim: Claim) -> str:
    """What a brief rests on of a claim: its words, its citations, and whether somebody rejected it."""
    quotes = sorted(f"{one.evidence_id}:{one.sha256}:{one.stance}" for one in claim.citations)
    decided = claim.review.state if claim.review.state == "rejected" else ""
    return sha256("\n".join([claim.text, f"{claim.support.k}/{claim.support.n}", decided, *quotes]))[:16]


def _basis(subject: Subject, cited: Sequence[Claim]) -> dict[str, str]:
    """Claims of a buying centre are found anew each time, so for them it is the sources that were cited."""
    if subject.kind == GROUP:
        return dict.fromkeys(sorted({one.source_id for claim in cited for one in claim.citations}), "source")
    return {claim.id: digest(claim) for claim in cited}


def _each(claims: Iterable[Claim]) -> list[Claim]:
    return list({claim.id: claim for claim in claims}.values())


def _lent(subject: Subject) -> list[Claim]:
    return [claim for _, claim in subject.lent.values()]


def _lead(ground: Ground, proof: Sequence[Claim]) -> Claim:
    """What the message is made of: no objection where there is anything else, and no words that are withheld."""
    doubts = ground.rules.fields["objections"]
    return min(proof, key=lambda claim: (claim.field in doubts, near_withheld(claim, ground.cleared)))


def _forwardable(ground: Ground, proof: Sequence[Claim]) -> list[Claim]:
    """What may leave the house as it stands: nothing that is nearly somebody's words without their consent."""
    return [claim for claim in proof if not near_withheld(claim, ground.cleared)][:MOST_FORWARDED]


def _line(claim: Claim) -> Line:
    return Line(text=claim.text, claims=[claim.id])


def _audience(ground: Ground, subject: Subject, job: Claim) -> Audience:
    return Audience(
        name=subject.name,
        kind=subject.kind,
        people=len(subject.members),
        roles=ground.roles(subject.members),
        industries=ground.industries(subject.members),
        job=_line(job),
    )


def _industry_note(ground: Ground, choice: Choice) -> str:
    if not choice.industry:
        return ""
    own = ground.in_industry(choice.subject.members, choice.industry)
    n = len(choice.subject.members)
    if not own:
        return f"None of the {n} people heard works in {choice.industry}; nothing below is said of it."
    cleared = sum(one in ground.cleared for one in own)
    quoted = {0: "none of them may be quoted"}.get(cleared, f"{cleared} of them may be quoted")
    return f"{len(own)} of the {n} people heard work in {choice.industry}; {quoted}."


def _question(ground: Ground, proof: Sequence[Claim]) -> Line | None:
    asked = ((ground.rules.questions.get(claim.field), claim.id) for claim in proof)
    return next((Line(text=text, claims=[id]) for text, id in asked if text), None)


def _answered(ground: Ground, objection: Claim, near: Sequence[Claim]) -> Answered:
    against = [Line(text=ground.rules.standing["answered_against"], claims=[objection.id])]
    answers = [*(against if objection.contradicting else []), *map(_line, near)]
    return Answered(
        objection=_line(objection), answers=answers, ask="" if answers else ground.rules.standing["ask_product"]
    )


def _outline(choice: Choice, subject: Subject) -> list[Section]:
    """Every proof point in the first part that its field feeds; a part that none feeds takes another claim of its
    fields, or says what to ask. What no part takes goes to the first."""
    left = {claim.id: claim for claim in choice.proof}
    parts: list[Section] = []
    told: set[str] = set()
    for rule in choice.format_rule.outline:
        own = [claim.id for claim in left.values() if claim.field in rule.fields]
        if not own:
            own = [claim.id for claim in of_fields(subject, rule.fields) if claim.id not in told
                   and claim.id in {one.id for one in choice.proof}][:1]  # fmt: skip
        for id in own:
            left.pop(id, None)
        told |= set(own)
        ask = "" if own else _ask_for(subject, rule.fields)
        parts.append(Section(title=rule.title, task=rule.task, claims=own, ask=ask))
    first = parts[0]
    parts[0] = first.model_copy(update={"claims": [*first.claims, *left], "ask": "" if left else first.ask})
    return parts


def _ask_for(subject: Subject, fields: Sequence[str]) -> str:
    """The question that would fill a part."""
    place = {name: rank for rank, name in enumerate(fields)}
    open_ = sorted((one for one in subject.gaps if one.field in place and one.gap), key=lambda one: place[one.field])
    return open_[0].gap.ask_next if open_ and open_[0].gap else ""


def _missing(ground: Ground, brief: Brief, subject: Subject) -> list[Missing]:
    """Which parts stay empty, and the question for each."""
    standing, fields = ground.rules.standing, ground.rules.fields
    asks = {
        "regulation_notes": standing["regulation_ask"],
        "words_to_avoid": _ask_for(subject, fields["avoid"]) or standing["avoid_ask"],
        "tone": _ask_for(subject, fields["tone"]),
        "customer_words": CONSENT,
        "keywords": CONSENT,
    }
    empty = {
        "regulation_notes": not brief.regulation_notes,
        "words_to_avoid": not brief.words_to_avoid,
        "tone": not any(line.claims for line in brief.tone),
        "customer_words": not brief.customer_words,
        "keywords": not brief.keywords.head,
    }
    found = [Missing(about=ASKS[name], ask=asks[name]) for name, is_empty in empty.items() if is_empty and asks[name]]
    parts = [Missing(about=part.title, ask=part.ask) for part in brief.outline if part.ask]
    return [*found, *parts]
