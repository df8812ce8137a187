"""Who is told what: an assistant may do what its user may, and words withheld from them are withheld from it."""

from collections.abc import Callable

import pytest
from marked_study import MARK

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


def test_neither_search_nor_a_check_tells_a_marketer_withheld_words(
    team: Workbench, of: Callable[[Role], Tools]
) -> None:
    marketer, researcher = of(Role.MARKETER), of(Role.RESEARCHER)
    question = "Does the software work, or is it no software?"
    found = marketer.search_evidence("small", question, 20)
    assert found.quotes and all(one.may_be_published for one in found.quotes)
    claim = "The audit is a worry."
    checks = [one.check_claim("small", claim).model_dump_json() for one in (marketer, researcher)]
    assert MARK not in without_ours(team, found.model_dump_json() + checks[0])
    assert MARK in checks[1] + researcher.search_evidence("small", question, 20).model_dump_json()


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


def test_a_writer_may_not_look_into_evidence(of: Callable[[Role], Tools]) -> None:
    with pytest.raises(Forbidden, match="As writer you may not read evidence"):
        of(Role.WRITER).search_evidence("small", "why?")
    with pytest.raises(Forbidden, match="As writer you may not audit"):
        of(Role.WRITER).check_claim("small", "They dance.")


def test_a_stranger_does_not_learn_that_there_is_a_study(of: Callable[[Role], Tools]) -> None:
    with pytest.raises(NotFound, match=r"Studies are: small\.$"):
        of(Role.MARKETER).list_personas("other")
    assert [one.id for one in of(Role.MARKETER).list_studies().studies] == ["small"]


def test_a_token_does_what_it_was_made_for(team: Workbench) -> None:
    narrow = tools_of(team, token_of(team, Role.MARKETER, "read personas"))
    assert narrow.list_personas("small").personas
    with pytest.raises(Forbidden, match="not for “read briefs”"):
        narrow.list_briefs("small")
