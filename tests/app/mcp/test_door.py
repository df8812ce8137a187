"""Who is told what: an assistant may do what its user may, and words withheld from them are withheld from it."""

from collections.abc import Callable

import pytest
from marked_study import CLOSED, MARK

from app.access.veiling import said_by_study
from app.errors import DramatisError, Forbidden, NotFound
from app.mcp.answers import PersonaAnswer
from app.mcp.caller import Caller
from app.mcp.door import Door
from app.mcp.tools import Tools
from app.models.user import Role
from app.playbook.words import WITHHELD
from app.synthesis.releasing import publications, publish_persona, take_back_persona
from app.workbench import Workbench
from retrieval.evidence import SourceKind

from .conftest import token_of


def tools_of(bench: Workbench, token: str) -> Tools:
    door = Door(bench, Caller(bench.store, token, "me"))
    return Tools(lambda: door)


@pytest.fixture(scope="module")
def of(team: Workbench) -> Callable[[Role], Tools]:
    made = {role: tools_of(team, token_of(team, role)) for role in Role}
    return lambda role: made[role]


def without_ours(team: Workbench, text: str) -> str:
    """An answer without our own sentences, which the local engine words after what people said."""
    with team.store.transaction() as tx:
        ours = sorted({one for one in said_by_study(tx, "small") if MARK in one}, key=len, reverse=True)
    for one in ours:
        text = text.replace(one, "")
    return text


def everything(tools: Tools) -> str:
    """All that can be read of the study."""
    personas = tools.list_personas("small").personas
    told = [tools.list_studies(), tools.list_personas("small"), tools.list_briefs("small")]
    told += [tools.get_persona("small", one.id) for one in personas]
    told += [tools.get_brief("small", one.id) for one in tools.list_briefs("small").briefs]
    return "\n".join(str(one.model_dump()) for one in told)


@pytest.mark.parametrize("role", [Role.MARKETER, Role.WRITER])
def test_words_withheld_never_come(team: Workbench, of: Callable[[Role], Tools], role: Role) -> None:
    told = everything(of(role))
    assert WITHHELD in told
    assert MARK not in without_ours(team, told)


def test_a_researcher_sees_them(team: Workbench, of: Callable[[Role], Tools]) -> None:
    """Or the test above could not fail."""
    assert MARK in without_ours(team, everything(of(Role.RESEARCHER)))


@pytest.mark.parametrize("role", [Role.MARKETER, Role.WRITER])
def test_neither_search_nor_a_check_tells_withheld_words(
    team: Workbench, of: Callable[[Role], Tools], role: Role
) -> None:
    asking, researcher = of(role), of(Role.RESEARCHER)
    question = "Does the software work, or is it no software?"
    found = asking.search_evidence("small", question, 20)
    assert found.quotes and all(one.may_be_published for one in found.quotes)
    claim = "The audit is a worry."
    checks = [one.check_claim("small", claim).model_dump_json() for one in (asking, researcher)]
    assert MARK not in without_ours(team, found.model_dump_json() + checks[0])
    assert MARK in checks[1] + researcher.search_evidence("small", question, 20).model_dump_json()


@pytest.mark.parametrize("role", [Role.MARKETER, Role.WRITER])
def test_a_check_is_no_oracle_over_withheld_words(team: Workbench, of: Callable[[Role], Tools], role: Role) -> None:
    """Words that somebody said who did not agree are answered as words that nobody said, with or without their name."""
    with team.store.transaction() as tx:
        spoken = [(turn.of(one.text), person) for one in tx.sources.all("small") if one.kind is SourceKind.INTERVIEW
                  for turn, person in one.participant_turns()]  # fmt: skip
    closed = [(text, person) for text, person in spoken if person in CLOSED and len(text.split()) > 6][:3]
    assert closed
    for text, person in closed:
        for claim in (f"“{text}”", f"“{text}” — {person}"):
            (known,) = of(Role.RESEARCHER).check_claim("small", claim).checked
            assert person in known.why, "or the rest could not fail"
            told = of(role).check_claim("small", claim)
            assert [one.verdict for one in told.checked] == ["invented"]
            assert person not in told.checked[0].why and told.checked[0].quotes == []
            assert told.checked[0].text == known.text and "Nobody who agreed" in told.checked[0].why
            assert "others may say so too" in told.caution


def test_a_writer_may_check_words_that_may_be_published(team: Workbench, of: Callable[[Role], Tools]) -> None:
    writer = of(Role.WRITER)
    quote = writer.search_evidence("small", "What happens to the delivery notes?", 1).quotes[0]
    (checked,) = writer.check_claim("small", f"“{quote.text}”").checked
    assert checked.verdict == "supported" and checked.quotes[0].participant_id == quote.participant_id
    assert all(one.may_be_published for one in checked.quotes)


def test_what_is_not_found_is_told_without_the_question(of: Callable[[Role], Tools]) -> None:
    with pytest.raises(DramatisError, match="Try other words") as error:
        of(Role.WRITER).search_evidence("small", "zxqv blorft wumpledink", 5)
    assert "zxqv" not in str(error.value)


def test_a_writer_reads_published_personas_only(team: Workbench, of: Callable[[Role], Tools]) -> None:
    out = publications(team, "small")
    core = next(one for one in of(Role.MARKETER).list_personas("small").personas if one.core is None)
    take_back_persona(team, "small", core.id)
    try:
        assert core.id not in [one.id for one in of(Role.WRITER).list_personas("small").personas]
        with pytest.raises(DramatisError, match="no persona called"):
            of(Role.WRITER).get_persona("small", core.id)
        assert isinstance(of(Role.MARKETER).get_persona("small", core.id), PersonaAnswer)
    finally:
        publish_persona(team, "small", core.id, by="me", version=out[core.id].version)


def test_a_stranger_does_not_learn_that_there_is_a_study(of: Callable[[Role], Tools]) -> None:
    with pytest.raises(NotFound, match=r"Studies are: small\.$"):
        of(Role.MARKETER).list_personas("other")
    assert [one.id for one in of(Role.MARKETER).list_studies().studies] == ["small"]


def test_a_token_does_what_it_was_made_for(team: Workbench) -> None:
    narrow = tools_of(team, token_of(team, Role.MARKETER, "read personas"))
    assert narrow.list_personas("small").personas
    with pytest.raises(Forbidden, match="not for “read briefs”"):
        narrow.list_briefs("small")
    with pytest.raises(Forbidden, match="not for “read personas”"):
        tools_of(team, token_of(team, Role.MARKETER, "read briefs")).check_claim("small", "They dance at work.")
