"""Members: each person of a buying centre, in their own words or with the question that is still open."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.engines.clarity import clarity
from app.models.buying_centre import CentreMember, Claims
from app.models.field import FieldSpec
from app.models.persona import MicroPersona, Persona
from app.synthesis.buying.own_words import own_claim, silence
from app.synthesis.buying.roles import RoleReader
from app.synthesis.buying.statements import Account, Statement
from retrieval.evidence import Participant

# More claims than these in one place are not read.
MOST = 2


@dataclass(frozen=True)
class MemberDesk:
    """What members are described with: `asks` maps a field to its question."""

    account: Account
    reader: RoleReader
    personas: Sequence[Persona]
    asks: dict[str, str]

    def describe(self, person: Participant) -> CentreMember:
        part = self.reader.part(person)
        leaning, rows = self.reader.leaning(person.id)
        persona = persona_of(person.id, self.personas)
        return CentreMember(
            participant_id=person.id,
            title=person.attributes.get("role", ""),
            persona_id=persona.id if persona else None,
            persona_name=persona.name if persona else "",
            role=part.role,
            why=part.why,
            leaning=leaning,
            influence=self._said(person.id, "influence", part.rows) or self._coded(person.id, "influence", "influence"),
            stance=self._said(person.id, "stance", rows) or self._silent(person.id, "stance"),
            pains=self._coded(person.id, "pains", "pain_point", "stressor"),
            objections=self._coded(person.id, "objections", "objection"),
            success_criteria=self._coded(person.id, "success_criteria", "success_criterion"),
            veto=self._said(person.id, "veto", self.reader.vetoes(person.id)) or self._silent(person.id, "veto"),
        )

    def _said(self, person: str, field: str, rows: Sequence[int]) -> Claims:
        return [own_claim(self._owner(person), field, self.account.statements[row]) for row in rows]

    def _coded(self, person: str, field: str, *codes: str) -> Claims:
        """What the person gave firm evidence of, surest and clearest first."""
        said = [self.account.statements[row] for row in self.account.of(person)]
        firm = [(one, code) for one in said for code in codes if code in one.evidence.firm]
        ranked = sorted(firm, key=lambda row: (-self._weight(*row), row[0].evidence.id))
        kept = list({one.evidence.id: (one, code) for one, code in reversed(ranked)}.values())[::-1]
        claims = [own_claim(self._owner(person), field, one, code) for one, code in kept[:MOST]]
        return claims or self._silent(person, field)

    def _weight(self, statement: Statement, code: str) -> float:
        return round(statement.evidence.codes[code] + clarity(statement.text), 6)

    def _silent(self, person: str, field: str) -> Claims:
        return [silence(self._owner(person), field, person, self.asks[field])]

    def _owner(self, person: str) -> str:
        return f"{self.account.name.casefold()}/{person}"


def persona_of(person: str, personas: Sequence[Persona]) -> Persona | None:
    """The micro persona the person belongs to; where there is none, the core persona."""
    theirs = [one for one in personas if person in one.sample.participants]
    micros = [one for one in theirs if isinstance(one, MicroPersona)]
    return next(iter(micros or theirs), None)


def asks_of(fields: Sequence[FieldSpec], asks: dict[str, str]) -> dict[str, str]:
    """The question for each field of a member: those of personas, and those only buying centres ask."""
    known = {field.id: field.ask for field in fields}
    shared = {"pains": "pain_points", "objections": "objections", "success_criteria": "success_criteria"}
    return {field: known[there] for field, there in shared.items() if there in known} | asks
