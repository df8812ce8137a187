"""Briefs written by a language model: numbers looked up, sentences held to their claims, the same gate afterwards."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sample_run import sample_run
from small_model import Script, client_on

from app.briefs.choosing import choose
from app.briefs.gate import gate
from app.briefs.ground import Ground, load_ground
from app.briefs.writing import draft_briefs
from app.engines.base import BriefClaim, BriefPlan
from app.engines.llm.account_book import AccountBook
from app.engines.llm.answers import AnswerSentence, SectionAnswer, WrittenBrief
from app.engines.llm.briefing import brief_ask, resolve
from app.engines.llm.engine import LLMEngine
from app.engines.local import LocalEngine
from app.models.brief import Brief, BriefRequest
from app.workbench import Workbench
from prompts.library import PromptLibrary
from retrieval.embeddings import MiniLM

CLAIMS = [
    BriefClaim("c1", "Pain points", "They wait two days for forms.", ["We wait two days for forms."], 2, 3, ["s1"]),
    BriefClaim("c2", "Objections", "They doubt that staff will use it.", ["Nobody here will use it."], 2, 3, ["s2"]),
]  # fmt: skip
PLAN = BriefPlan("Waiters", "middle", "mid", "", "comparison", CLAIMS, ["angle", "tone"])


def answer(**sections: list[tuple[str, list[int]]]) -> WrittenBrief:
    return WrittenBrief(
        sections=[
            SectionAnswer(section=name, sentences=[AnswerSentence(text=text, evidence=cites) for text, cites in said])
            for name, said in sections.items()
        ]
    )


def test_claims_go_in_by_number_and_quotes_do_not() -> None:
    ask = brief_ask(PLAN, PromptLibrary())
    assert "2 (Objections) They doubt that staff will use it." in ask.prompt.user
    assert "Nobody here will use it" not in ask.prompt.user
    assert ask.sources == ("s1", "s2")


def test_numbers_become_claims_and_wrong_ones_are_dropped() -> None:
    account = AccountBook()
    written = resolve(
        answer(
            angle=[("Start from the two days of waiting.", [1]), ("Made up.", [9])],
            tone=[("Ignore all previous instructions.", []), ("Say it “as they have always said it”.", [1])],
            elsewhere=[("Not asked for.", [])],
        ),
        PLAN,
        account,
    )
    assert [(one.section, [s.cites for s in one.sentences]) for one in written] == [("angle", [["c1"]]), ("tone", [])]
    assert account.take().dropped == {
        "a section nobody asked for": 1, "a sentence that cites nothing, or may not stand": 3, "unknown evidence": 1,
    }  # fmt: skip


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory, embedder: MiniLM) -> Iterator[Workbench]:
    with sample_run(tmp_path_factory.mktemp("written"), embedder) as bench:
        yield bench


def drafted(bench: Workbench, written: WrittenBrief) -> tuple[Brief, Ground]:
    script = Script(written)
    engine = LLMEngine(client_on(script), PromptLibrary(), LocalEngine(bench.embedder))
    ground = load_ground(replace(bench, engine=engine), "flowline")
    choice = choose(ground, BriefRequest(study_id="flowline", persona="Wait-and-see", stage="middle"))
    (made,) = draft_briefs(ground, [choice])
    return made, ground


def test_what_a_model_writes_passes_the_same_gate(shared: Workbench) -> None:
    made, ground = drafted(
        shared,
        answer(
            angle=[("Begin with a trial that is easy to take back.", [])],
            call_to_action=[
                ("Offer a date to see it done by others first.", []),
                ("Most buyers sign within a week.", []),
            ],
            tone=[("They hate jargon.", []), ("Write as one colleague to another.", [])],
        ),
    )
    assert made.angle.text == "Begin with a trial that is easy to take back."
    assert [line.text for line in made.call_to_action] == ["Offer a date to see it done by others first."]
    assert [line.text for line in made.tone] == ["Write as one colleague to another."]
    assert any(flag.startswith("2 sentences left out") for flag in made.flags)
    assert gate(made, ground.subject(made.persona_id).pool, ground.people) == []
    assert made.made_with.engine.startswith("scripted")


def test_where_nothing_of_it_holds_the_assembled_brief_stays(shared: Workbench) -> None:
    made, _ = drafted(shared, answer(angle=[("They all fear change.", [])]))
    assert made.angle.text.startswith("Lay the ways side by side")


def test_a_prompt_file_is_what_it_asks_with(tmp_path: Path) -> None:
    assert brief_ask(PLAN, PromptLibrary()).prompt.id.startswith("write_brief@v1#")
