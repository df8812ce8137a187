"""Bad answers to the drafting prompt."""

from collections.abc import Callable
from random import Random

from app.engines.llm.answers import ClaimAnswer, DraftedPersonas
from evals.adversary.spoiling import NOWHERE, Kind, Rows, Spoil, Spoiled, nowhere, other_numbers, other_rows
from evals.adversary.texts import CHANGES, Change
from evals.scripted.pages import PersonaAsked, Piece, personas, pieces

FEWEST_PEOPLE = 2


class Page:
    """What a drafting prompt holds, to choose bad lines from."""

    def __init__(self, user: str):
        self.pieces = [piece for piece in pieces(user) if not piece.against]
        self.against = {piece.number for piece in pieces(user) if piece.against}
        self.personas = {persona.number: persona for persona in personas(user)}
        self.last = max((piece.number for piece in pieces(user)), default=0)

    def persona(self, claim: ClaimAnswer) -> PersonaAsked:
        return self.personas[claim.persona]

    def themes(self, claim: ClaimAnswer) -> set[str]:
        """The themes whose lines it cites."""
        return {piece.heading for piece in self.pieces if piece.number in claim.evidence}

    def said_in(self, theme: int, claim: ClaimAnswer) -> list[Piece]:
        """What the claim's own people said under a theme, and not under any that it cites."""
        cited = {piece.number for piece in self.pieces if piece.heading in self.themes(claim)}
        members = self.persona(claim).members
        return [piece for piece in self.pieces if piece.heading == str(theme) and piece.participant in members
                and piece.number not in cited]  # fmt: skip

    def other_lines(self, claim: ClaimAnswer) -> list[list[Piece]]:
        """The lines of the other themes of the claim's field."""
        return [self.said_in(theme, claim) for theme in self.persona(claim).fields[claim.field]]


def _spoiled(rows: Rows) -> Spoiled:
    return Spoiled(DraftedPersonas(claims=rows.bad), DraftedPersonas(claims=rows.clean), rows.many)


def _numbers(make: Callable[[Page, ClaimAnswer, Random], int | None], field: str = "evidence") -> Spoil:
    def spoil(answer: DraftedPersonas, user: str, dice: Random) -> Spoiled:
        page = Page(user)
        return _spoiled(other_numbers(answer.claims, field, lambda claim, d: make(page, claim, d), dice))

    return spoil


def _claims(turn: Callable[[Page, ClaimAnswer, Random], ClaimAnswer | None]) -> Spoil:
    def spoil(answer: DraftedPersonas, user: str, dice: Random) -> Spoiled:
        page = Page(user)
        return _spoiled(other_rows(answer.claims, lambda claim, d: turn(page, claim, d), dice))

    return spoil


def _of_others(page: Page, claim: ClaimAnswer, dice: Random) -> int | None:
    """A line of somebody outside the persona's group, of the claim's own theme where there is one."""
    members, themes = page.persona(claim).members, page.themes(claim)
    others = [piece for piece in page.pieces if piece.participant not in members]
    near = [piece for piece in others if piece.heading in themes]
    return dice.choice(near or others).number if others else None


def _of_another_theme(page: Page, claim: ClaimAnswer, dice: Random) -> int | None:
    others = [piece.number for lines in page.other_lines(claim) for piece in lines]
    return dice.choice(others) if others else None


def _against_nothing(answer: DraftedPersonas, user: str, dice: Random) -> Spoiled:
    """Lines held against a claim that do not speak against its theme."""
    page = Page(user)

    def with_another(claim: ClaimAnswer, dice: Random) -> ClaimAnswer | None:
        friendly = [piece.number for piece in page.pieces if piece.number not in page.against]
        return claim.model_copy(update={"against": [*claim.against, dice.choice(friendly)]}) if friendly else None

    return _spoiled(other_rows(answer.claims, with_another, dice, lambda claim: claim))


def _unrelated(page: Page, claim: ClaimAnswer, dice: Random) -> ClaimAnswer | None:
    """The claim on lines of its own people that speak of something else, of another theme of its field."""
    fitting = [lines for lines in page.other_lines(claim) if lines]
    if not fitting:
        return None
    return claim.model_copy(update={"evidence": [one.number for one in dice.choice(fitting)], "against": []})


def _elsewhere(page: Page, claim: ClaimAnswer, dice: Random) -> ClaimAnswer:
    """For a persona that was not asked for, or for a field."""
    wrong: list[dict[str, object]] = [{"persona": 0}, {"persona": -1}, {"persona": 10**6}, {"field": "gossip"}]
    return claim.model_copy(update=dice.choice(wrong))


def _reworded(change: Change) -> Spoil:
    def turn(page: Page, claim: ClaimAnswer, dice: Random) -> ClaimAnswer | None:
        said = {piece.participant for piece in page.pieces if piece.number in claim.evidence}
        # Of a theme a line or two are shown; two people at the least are behind it.
        text = change(claim.text, max(len(said), FEWEST_PEOPLE), len(page.persona(claim).members), dice)
        return claim.model_copy(update={"text": text}) if text else None

    return _claims(turn)


def _kind(name: str, spoil: Spoil) -> Kind:
    return Kind(f"draft: {name}", "draft", DraftedPersonas, spoil)


def _nowhere(name: str) -> Spoil:
    return _numbers(lambda page, claim, dice: nowhere(page.last, dice)[name])


# What only a judge can see, because every number in it may be cited.
JUDGED = [
    _kind("a claim on unrelated evidence of its own people", _claims(_unrelated)),
    *(_kind(name, _reworded(change)) for name, change in CHANGES.items()),
]
KINDS = [
    *(_kind(f"evidence that is not there, {name}", _nowhere(name)) for name in NOWHERE),
    _kind("evidence of another segment", _numbers(_of_others)),
    _kind("evidence of another theme", _numbers(_of_another_theme)),
    _kind("held against a claim that it does not contradict", _against_nothing),
    _kind("another persona or field", _claims(_elsewhere)),
    *JUDGED,
]
