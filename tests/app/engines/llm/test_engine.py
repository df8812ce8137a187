"""The llm engine as the desk knows it: what it asks, what it leaves to the local engine, what it says of itself."""

from pathlib import Path

import pytest
from small_model import INTERVIEWER, NAME, Script, client_on, interview_of
from small_study import evidence_in, source_of

from app.engines.base import Audience, Engine, FieldBrief, Profile, ThemeHeard
from app.engines.llm import engine as module
from app.engines.llm.answers import (
    ClaimAnswer,
    CodedInterviews,
    DraftedPersonas,
    JudgedClaims,
    MacroAnswer,
    NamedThemes,
    Point,
    ProposedSegments,
    ThemeAnswer,
    VerdictAnswer,
)
from app.engines.llm.cache import AnswerCache
from app.engines.llm.engine import LLMEngine
from app.engines.local import LocalEngine
from app.models.codebook import load_codebook
from app.models.evidence import Evidence
from app.models.field import FieldSpec, Level
from app.models.theme import Theme
from prompts.library import PromptLibrary
from retrieval.embeddings import MiniLM
from retrieval.evidence import Participant

TALK = interview_of((INTERVIEWER, "How is it?"), ("P01", "We wait two days for every form that we send."))
WAITS = {
    "P01": "We wait two days for every form.",
    "P02": "I wait days for the forms as well.",
    "P03": "My forms come back after two days.",
}
PIECES = [evidence_in(source_of(person, words), words, "pain_point") for person, words in WAITS.items()]
THEME = Theme(id="t1", code="pain_point", label="Waits for forms", evidence_ids=[one.id for one in PIECES],
              participants=list(WAITS), n=4)  # fmt: skip
PAINS = FieldSpec(id="pain_points", label="Pain points", codes=["pain_point"], ask="What hurts?")
CORE = Audience(id="core", kind=Level.MACRO, name="Waiters", n=4)
BRIEF = FieldBrief(field=PAINS, audience=CORE, heard=[ThemeHeard(theme=THEME, evidence=PIECES, likeness=[])])


def engine_on(script: Script, embedder: MiniLM, pack_tokens: int = 12_000) -> LLMEngine:
    return LLMEngine(client_on(script, pack_tokens), PromptLibrary(), LocalEngine(embedder))


def profiles(count: int) -> list[Profile]:
    people = [Participant(id=f"P{row:03}", attributes={"role": f"Role {row % 2}"}) for row in range(count)]
    return [Profile(participant=one, evidence=[]) for one in people]


def claim(text: str, *evidence: int) -> ClaimAnswer:
    return ClaimAnswer(persona=1, field="pain_points", text=text, evidence=list(evidence), against=[])


def verdict(number: int, found: str, repaired: str = "") -> VerdictAnswer:
    return VerdictAnswer.model_validate({"claim": number, "verdict": found, "repaired": repaired})


def test_it_is_an_engine_named_for_the_model_that_codes(embedder: MiniLM) -> None:
    engine: Engine = engine_on(Script(), embedder)
    assert engine.name == NAME


def test_its_prompts_are_the_versions_that_a_run_works_with(embedder: MiniLM) -> None:
    engine = engine_on(Script(), embedder)
    assert [one.split("@")[0] for one in engine.prompts] == list(module.PIPELINE)
    assert set(engine.prompts) <= set(PromptLibrary().ids())
    assert engine.coder_version == engine.prompts[0], "who codes with another prompt codes anew"


def test_more_interviews_at_once_make_fewer_prompts(embedder: MiniLM) -> None:
    engine = engine_on(Script(), embedder)
    talks = [interview_of(("P01", "We wait two days for every form that we send."), id=f"s{row}") for row in range(9)]
    assert engine.at_once > LocalEngine.at_once
    assert engine.forecast(talks, load_codebook()).steps[0].calls == 1
    assert sum(engine.forecast([one], load_codebook()).steps[0].calls for one in talks) == 9


def test_themes_are_marked_that_people_take_for_granted(embedder: MiniLM) -> None:
    asked = "And reliability, is that important to you?"
    said = {
        "P1": "It has to work, of course. Nobody gets praise for that.",
        "P2": "It must not crash. That goes without saying.",
        "P3": "It should not break down, but that is no reason to buy it.",
        "P4": "We compare three offers before we buy.",
        "P5": "We always compare a few offers first.",
    }
    pieces = [evidence_in(source_of(who, words), words, "decision_logic") for who, words in said.items()]
    evidence = [one.model_copy(update={"question": asked if row < 3 else "How do you choose?"})
                for row, one in enumerate(pieces)]  # fmt: skip
    themes = [ThemeAnswer(code="decision_logic", label=label, evidence=numbers, opposes=[])
              for label, numbers in (("Must run", [1, 2, 3]), ("Compares offers", [4, 5]))]  # fmt: skip
    drafts = engine_on(Script(NamedThemes(themes=themes)), embedder).find_themes(evidence, load_codebook())
    assert [(one.label, one.granted) for one in drafts] == [("Must run", True), ("Compares offers", False)]


def test_segments_are_the_models_where_one_prompt_can_compare_everybody(embedder: MiniLM) -> None:
    answer = ProposedSegments(macro=[MacroAnswer(name="All", why="One.", members=["P000", "P001"], micro=[])],
                              unplaced=[], poor_fits=[])  # fmt: skip
    script = Script(answer)
    tree = engine_on(script, embedder).propose_segments(profiles(2), [THEME])
    assert ([one.name for one in tree.segments], len(script.asked)) == (["All"], 1)
    assert tree.method.startswith(NAME)


def test_segments_of_very_many_people_are_the_local_engines(embedder: MiniLM, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_PEOPLE", 3)
    script = Script()
    tree = engine_on(script, embedder).propose_segments(profiles(4), [THEME])
    assert script.asked == []
    assert tree == LocalEngine(embedder).propose_segments(profiles(4), [THEME])


def test_a_claim_is_checked_and_reworded_to_what_its_quotes_say(embedder: MiniLM) -> None:
    script = Script(
        DraftedPersonas(claims=[claim("They wait 37 days for the forms.", 1)]),
        JudgedClaims(verdicts=[verdict(1, "partly", "They wait days for the forms.")]),
    )
    engine = engine_on(script, embedder)
    ((kept,),) = engine.draft([BRIEF])
    assert (kept.text, kept.evidence_ids) == ("They wait days for the forms.", [one.id for one in PIECES])
    assert "1 [3 of 4] They wait 37 days for the forms." in script.asked[1].splitlines()


def test_a_claim_that_its_quotes_do_not_carry_gives_way_to_the_next_of_its_theme(embedder: MiniLM) -> None:
    script = Script(
        DraftedPersonas(claims=[claim("They wait 37 days.", 1), claim("They wait days for the forms.", 1)]),
        JudgedClaims(verdicts=[verdict(1, "unsupported")]),
    )
    engine = engine_on(script, embedder)
    ((kept,), none) = engine.draft([BRIEF, FieldBrief(field=PAINS, audience=CORE, heard=[])])
    assert (kept.text, none) == ("They wait days for the forms.", [])
    account = engine.take_account()
    assert account is not None and account.dropped == {"a claim its quotes do not carry": 1}


@pytest.mark.parametrize(
    ("found", "opinion"),
    [
        ("supported", "supported"),
        ("partly", "supported"),
        ("unsupported", "no_evidence"),
        ("contradicted", "contradicted"),
    ],
)
def test_its_opinion_of_a_statement_of_others(embedder: MiniLM, found: str, opinion: str) -> None:
    script = Script(JudgedClaims(verdicts=[verdict(2, found)]))
    items = [("They fly.", list(WAITS.values())), ("They wait.", list(WAITS.values()))]
    assert engine_on(script, embedder).judge(items) == [None, opinion], "without a verdict it has none"
    assert "2 They wait." in script.asked[0].splitlines()


def test_a_forecast_asks_nothing_and_knows_what_was_answered_before(embedder: MiniLM, tmp_path: Path) -> None:
    script = Script(CodedInterviews(points=[], instructions=[]))
    engine = engine_on(script, embedder)
    engine.client.cache = AnswerCache(tmp_path / "answers.sqlite")
    code = engine.forecast([TALK], load_codebook(), "Forms.").steps[0]
    assert (code.step, code.calls, code.cached, script.asked) == ("code", 1, 0, [])
    engine.code([TALK], load_codebook(), "Forms.")
    account = engine.take_account()
    assert account is not None
    # The scripted model counts the prompt as a whole, the forecast its two halves.
    assert code.input_tokens == pytest.approx(account.steps[0].input_tokens, abs=2)
    after = engine.forecast([TALK], load_codebook(), "Forms.").steps[0]
    assert (after.calls, after.cached, after.input_tokens) == (0, 1, 0)
    assert engine.forecast([TALK], load_codebook(), "Tea.").steps[0].calls == 1, "another purpose is another prompt"


def test_no_interview_is_no_coding_call(embedder: MiniLM) -> None:
    assert engine_on(Script(), embedder).forecast([], load_codebook()).steps[0].calls == 0


def test_an_account_is_taken_once(embedder: MiniLM) -> None:
    point = Point(sentences=[1, 9], codes=["pain_point"], gist="waits", sure=True)
    engine = engine_on(Script(CodedInterviews(points=[point], instructions=[])), embedder)
    (rows,) = engine.code([TALK], load_codebook())
    assert [Evidence.model_validate(one).coder for one in rows] == [NAME]
    first, second = engine.take_account(), engine.take_account()
    assert first is not None and second is not None
    assert (first.calls, first.dropped) == (1, {"unknown sentence": 1})
    assert first.prompts == [engine.coder_version]
    assert (second.calls, second.dropped) == (0, {})


def test_a_split_theme_is_named_without_asking(embedder: MiniLM) -> None:
    script = Script()
    assert engine_on(script, embedder).label_theme(PIECES) == LocalEngine(embedder).label_theme(PIECES)
    assert script.asked == []
