"""Door: what every tool does first and last. Whoever asks must belong to the study and may do what the tool does; what
goes out lies under the veil of those who may only see words that were given for marketing."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from app.access.action import Action
from app.access.permission import must_be_allowed
from app.access.principal import Principal, Sight
from app.access.veil import Veil
from app.access.veiling import veil_of
from app.errors import EXPECTED, DramatisError, NotFound
from app.mcp.caller import Caller
from app.models.base import Model
from app.models.study import Study
from app.workbench import Workbench

Answer = TypeVar("Answer", bound=Model)


@dataclass(frozen=True)
class Asked:
    """A call that may go on: the study's workbench and whoever asks."""

    bench: Workbench
    study: str
    you: Principal


class Door:
    def __init__(self, bench: Workbench, caller: Caller):
        self.bench, self.caller = bench, caller

    def ask(self, study: str, action: Action, answer: Callable[[Asked], Answer], *, veiled: bool = True) -> Answer:
        """What `answer` gives, under the veil unless it reads no word that is withheld: a veil over what somebody asked
        would tell them which of their guesses were said.

        NotFound, naming those there are, for a study they do not belong to; Forbidden for what they may not do."""
        you = self.caller.who()
        self._must_know(you, study)
        must_be_allowed(you, action)
        veil = None if you.sight is Sight.ALL or not veiled else self._veil(study)
        try:
            found = answer(Asked(self.bench.for_study(study), study, you))
        except EXPECTED as error:
            raise DramatisError(veil.text(str(error)) if veil else str(error)) from error
        return type(found).model_validate(veil.json(found.model_dump(mode="json"))) if veil else found

    def studies(self) -> tuple[Principal, Sequence[Study]]:
        """Whoever asks, and the studies they belong to."""
        you = self.caller.who()
        must_be_allowed(you, Action.SEE_STUDIES)
        return you, self._known(you)

    def _known(self, you: Principal) -> list[Study]:
        with self.bench.store.transaction() as tx:
            return [one for one in tx.studies.all() if you.belongs_to(one.id)]

    def _must_know(self, you: Principal, study: str) -> None:
        known = [one.id for one in self._known(you)]
        if study not in known:
            raise NotFound("study", study, f"Studies are: {', '.join(known)}" if known else "There is none yet")

    def _veil(self, study: str) -> Veil:
        return self.bench.store.remembered.get(("veil", study), lambda: veil_of(self.bench.store, study))
