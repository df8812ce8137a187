"""Briefs of the sample study: what they say, what they never say, and what they say is missing."""

import re

import pytest

from app.briefs.choosing import choose, proof_points
from app.briefs.gate import gate
from app.briefs.ground import Ground, Subject, group_subject, load_ground
from app.briefs.matrix import matrix
from app.briefs.writing import draft_briefs, write_all, write_brief
from app.errors import BadInput, InsufficientEvidence, NotFound
from app.models.brief import Brief, BriefRequest, Format, Intent, Stage
from app.models.buying_centre import BuyingCentre, CentreMember
from app.models.claim import ReviewState
from app.synthesis.reviewing import review_claim
from app.workbench import Workbench
from retrieval.evidence import Consent, sha256

STUDY = "flowline"


def asked(persona: str, stage: str = "top", **more: object) -> BriefRequest:
    return BriefRequest.model_validate({"study_id": STUDY, "persona": persona, "stage": stage, **more})


def drafted(ground: Ground, persona: str, stage: str = "top", **more: object) -> Brief:
    (made,) = draft_briefs(ground, [choose(ground, asked(persona, stage, **more))])
    return made


@pytest.fixture(scope="module")
def every(ground: Ground) -> list[Brief]:
    """Every persona at every stage in every format, where there is evidence."""
    found: list[Brief] = []
    for persona in ground.cast.personas:
        for stage in Stage:
            for format in Format:
                try:
                    found.append(drafted(ground, persona.id, stage, format=format))
                except (InsufficientEvidence, BadInput):
                    continue
    return found


def test_all_briefs_of_the_study_pass_the_gate(ground: Ground, every: list[Brief]) -> None:
    assert len(every) > 100
    for one in every:
        assert gate(one, ground.subject(one.persona_id).pool, ground.people) == []


def test_every_quote_is_word_for_word_and_was_given_for_marketing(ground: Ground, every: list[Brief]) -> None:
    said = [words for one in every for words in (*one.customer_words, *(w for c in one.claims for w in c.words))]
    assert said
    for words in said:
        assert ground.people[words.participant_id].consent is Consent.MARKETING
        assert words.of(ground.material.source_by_id[words.source_id].text) == words.text
        assert sha256(words.text) == words.sha256


def test_nobody_is_told_by_their_employer(ground: Ground, every: list[Brief]) -> None:
    accounts = {one.attributes["account"] for one in ground.cast.participants if one.attributes.get("account")}
    for one in every:
        for words in one.customer_words:
            assert not [name for name in accounts if name in words.text]


def test_table_stakes_are_named_and_prove_nothing(every: list[Brief]) -> None:
    assert any(one.table_stakes_not_to_sell for one in every)
    for one in every:
        stakes = {id for line in one.table_stakes_not_to_sell for id in line.claims}
        assert not stakes & set(one.proof_points)


def test_what_is_to_be_forwarded_is_nobodys_withheld_words(every: list[Brief]) -> None:
    for one in every:
        assert not [id for line in one.forwardable_summary for id in line.claims if one.cited[id].rephrase]


def test_the_same_study_gives_the_same_brief(ground: Ground) -> None:
    first, second = drafted(ground, "Wait-and-see", "middle"), drafted(ground, "Wait-and-see", "middle")
    assert first.model_dump_json() == second.model_dump_json()


def test_a_core_persona_is_for_the_top_and_a_micro_persona_for_below(ground: Ground) -> None:
    assert drafted(ground, "Time-poor manager").flags == []
    assert drafted(ground, "Wait-and-see", "middle").flags == []
    (flag,) = drafted(ground, "Wait-and-see", "top").flags
    assert flag.startswith("A micro persona at the top of the funnel")
    (flag,) = [text for text in drafted(ground, "Time-poor manager", "bottom").flags if "core" in text]
    assert flag.startswith("A core persona at the bottom of the funnel")


@pytest.mark.parametrize(
    ("intent", "asset", "action"),
    [("early", "explanatory article", "read next"), ("mid", "comparison article", "comparison"),
     ("late", "article about a rollout with references", "reference")],
)  # fmt: skip
def test_intent_decides_the_asset(ground: Ground, intent: str, asset: str, action: str) -> None:
    made = drafted(ground, "Wait-and-see", "middle", intent=intent)
    assert made.asset_type == asset
    assert action in made.call_to_action[0].text
    assert bool([flag for flag in made.flags if "intent" in flag]) == (intent != "mid")


def test_each_stage_asks_for_its_own_intent(ground: Ground) -> None:
    intents = [drafted(ground, "Wait-and-see", stage).buyer_intent for stage in Stage]
    assert intents == [Intent.EARLY, Intent.MID, Intent.LATE]


def test_a_variant_speaks_with_its_industrys_words(ground: Ground) -> None:
    made = drafted(ground, "Wait-and-see", "bottom", industry="agriculture")
    assert made.industry_variant == "Agriculture", "as the table of participants spells it"
    assert {words.participant_id for words in made.customer_words} == {"P16"}
    assert made.industry_note == "1 of the 3 people heard work in Agriculture; 1 of them may be quoted."
    assert made.id != drafted(ground, "Wait-and-see", "bottom").id


def test_a_variant_for_an_industry_nobody_works_in_says_so(ground: Ground) -> None:
    made = drafted(ground, "Wait-and-see", "bottom", industry="Banking")
    assert made.industry_note.startswith("None of the 3 people heard works in Banking")
    assert [flag for flag in made.flags if "Banking" in flag]


def test_an_industry_that_may_not_be_quoted_is_left_without_words(ground: Ground) -> None:
    made = drafted(ground, "Wait-and-see", "middle", industry="Machinery")
    assert not made.customer_words
    assert not made.keywords.head
    assert [one for one in made.missing if one.about == "Words that may be published"]


def test_notes_on_rules_come_from_claims_only(every: list[Brief]) -> None:
    noted = [line for one in every for line in one.regulation_notes]
    assert noted
    assert all(line.claims for line in noted)
    asks = [m for one in every if not one.regulation_notes for m in one.missing if m.about == "Rules and regulation"]
    assert asks


def test_an_objection_without_an_answer_goes_to_product(ground: Ground) -> None:
    (told,) = drafted(ground, "Wait-and-see", "middle").objections_to_answer
    assert told.ask == "No answer in the evidence: ask product."
    assert told.answers == []


def test_keywords_are_words_of_people_who_agreed(ground: Ground) -> None:
    made = drafted(ground, "Time-poor manager")
    said = " ".join(
        source.text.lower() for source in ground.material.sources if set(source.participant_ids) & ground.cleared
    )
    found = [*made.keywords.head, *made.keywords.mid, *made.keywords.long_tail]
    plain = " ".join(re.findall(r"[\w'’-]+", said))
    assert len(made.keywords.head) == 8
    assert not [one.text for one in found if one.text not in plain]


def test_a_part_without_a_claim_says_what_to_ask(ground: Ground) -> None:
    made = drafted(ground, "Wait-and-see", "middle")
    assert [part for part in made.outline if part.ask]
    assert not [part for part in made.outline if part.ask and part.claims]
    assert {id for part in made.outline for id in part.claims} >= set(made.proof_points)


def test_a_poor_fit_gets_no_brief_and_is_told_why(ground: Ground) -> None:
    with pytest.raises(BadInput, match="poor fit, so nothing is written to win them"):
        drafted(ground, "Engagement with no budget")


def test_without_proof_there_is_no_brief(ground: Ground) -> None:
    with pytest.raises(InsufficientEvidence, match="have 0, need 1") as error:
        drafted(ground, "Time-poor manager who has bought")
    assert error.value.ask_next.startswith("Ask P")


def test_nobody_is_found_by_a_wrong_name(ground: Ground) -> None:
    with pytest.raises(NotFound):
        drafted(ground, "Young Mary")


def test_a_buying_group_is_met_on_common_ground(ground: Ground) -> None:
    core = ground.cast.macros[0]
    shared, doubt = core.budget_and_price_acceptance, core.pain_points
    member = CentreMember.model_construct(
        participant_id="P01", title="Head of IT", influence=[], stance=[], pains=[], objections=doubt,
        success_criteria=[], veto=[],
    )  # fmt: skip
    centre = BuyingCentre.model_construct(
        id="bc_1", account="Fjordlast", members=[member], common_ground=shared, consensus_plan=[]
    )
    subject = group_subject(centre)
    assert list(subject.own) == shared
    proof = proof_points(ground, subject, ["pain_points"], set())
    assert {one.id for one in proof} == {one.id for one in shared}, "what one of them doubts proves nothing"
    assert set(subject.pool) == {one.id for one in [*shared, *doubt]}


def test_a_rejected_claim_is_never_used(own: Workbench) -> None:
    before = write_brief(own, asked("Wait-and-see", "middle"))
    gone = before.proof_points[0]
    review_claim(own, STUDY, before.persona_id, gone, ReviewState.REJECTED, by="ana")
    after = write_brief(own, asked("Wait-and-see", "middle"))
    assert after.id == before.id
    assert gone not in {*after.proof_points, *after.basis}
    with own.store.transaction() as tx:
        assert [one.proof_points for one in tx.briefs.all(STUDY)] == [after.proof_points]


def test_a_matrix_is_of_micro_personas_at_all_stages(ground: Ground) -> None:
    wanted = matrix(ground)
    micros = [one.id for one in ground.cast.personas if one.kind == "micro"]
    assert [(one.persona, one.stage) for one in wanted] == [(id, stage) for id in micros for stage in Stage]
    assert len(matrix(ground, industries=["Machinery", "Packaging"], stages=[Stage.TOP])) == 2 * len(micros)


def test_a_matrix_writes_what_it_can_and_says_why_not(own: Workbench) -> None:
    found = load_ground(own, STUDY)
    bought = [one.id for one in found.cast.personas if one.kind == "customer"]
    done = list(write_all(found, matrix(found, personas=bought, stages=[Stage.BOTTOM])))
    assert [type(one) for one in done] == [Brief, InsufficientEvidence]


def test_candidates_are_recruited(ground: Ground) -> None:
    micro = next(one for one in ground.cast.personas if one.kind == "micro")
    subject = ground.subject_of(micro)

    class Hiring(Ground):
        def subject(self, wanted: str, *, published: bool = False) -> Subject:
            return Subject(**{**vars(subject), "kind": "candidate"})

    hiring = Hiring(ground.bench, ground.material, ground.cast, {}, ground.rules)
    (made,) = draft_briefs(hiring, [choose(hiring, asked(micro.id))])
    assert made.format is Format.JOB_AD
    assert made.asset_type == "job advertisement"
    assert made.flags == []
