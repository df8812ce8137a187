"""Planted themes against found ones: which were found, and why the others were not.

A planted theme is found where one theme of the same code holds evidence that overlaps statements of at least half
of the people who support it. Themes of a single person are no themes and are left out.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from app.models.cast import Cast
from app.models.claim import Citation
from app.models.evidence import Evidence
from app.models.theme import Theme
from evals.cast_checks import every_claim
from evals.places import Places
from evals.planted import Planted, PlantedTheme
from evals.planted_statements import Coded
from retrieval.evidence import Quote

FOUND = "found"
FEWEST_PEOPLE = 2


class Reached(NamedTuple):
    """A planted theme, its people, and whom of them each found theme reaches (found themes that reach nobody are
    not listed)."""

    theme: PlantedTheme
    people: set[str]
    by: list[tuple[Theme, set[str]]]

    def enough(self, people: Iterable[str]) -> bool:
        return bool(self.people) and 2 * len(set(people)) >= len(self.people)

    @property
    def matches(self) -> list[Theme]:
        """Found themes of the same code that reach half of the people."""
        return [theme for theme, people in self.by if theme.code == self.theme.code and self.enough(people)]


class ThemeMatcher:
    """The themes of a cast, with their evidence, beside the planted ones."""

    def __init__(self, planted: Planted, places: Places, cast: Cast, evidence: Sequence[Evidence]):
        self.planted, self.places, self.cast = planted, places, cast
        by_id = {one.id: one.quote for one in evidence}
        self.quotes = {one.id: [by_id[key] for key in one.evidence_ids if key in by_id] for one in cast.themes}

    def reach(self, theme: PlantedTheme) -> Reached:
        """Whom of a planted theme's people the found themes reach."""
        people = {one.participant for one in self.planted.said(theme)}
        reached = [(found, self.people_in(theme, self.quotes[found.id])) for found in self.cast.themes]
        return Reached(theme, people, [(found, inside) for found, inside in reached if inside])

    def people_in(self, theme: PlantedTheme, quotes: Sequence[Quote]) -> set[str]:
        """The people whose statements for a theme some of the quotes overlap."""
        return {
            one.participant
            for one in self.planted.said(theme)
            if any(self.places.of_statement(one).touched_by(quote) for quote in quotes)
        }

    def theme_of(self, quote: Quote) -> str | None:
        """The planted theme of the statement a quote lies in; None where it lies in none."""
        said = (one for one in self.planted.heard if self.places.of_statement(one).touched_by(quote))
        return next((one.theme for one in said), None)

    def linked(self, pair: tuple[PlantedTheme, PlantedTheme]) -> bool:
        """Whether themes that match the pair name each other as counter-themes, or some claim rests on one theme of the
        pair and names the other as what speaks against it."""
        return self._countered(*pair) or any(
            self.people_in(one, link.pro) and self.people_in(other, link.contra)
            for link in links(self.cast)
            for one, other in (pair, pair[::-1])
        )

    def _countered(self, one: PlantedTheme, other: PlantedTheme) -> bool:
        """Whether a found theme of one is held against a found theme of the other; each must match as the theme score
        has it."""
        these, those = self.reach(one).matches, self.reach(other).matches
        return any(b.id in a.counter_ids or a.id in b.counter_ids for a in these for b in those)


class Link(NamedTuple):
    """What the product holds against each other."""

    pro: list[Citation]
    contra: list[Citation]


def links(cast: Cast) -> list[Link]:
    """Contradictions a cast shows: the citations for and against each claim that has both."""
    claims = [claim for persona in cast.personas for claim in every_claim(persona) if claim.contradicting]
    return [Link(claim.supporting, claim.contradicting) for claim in claims]


def shared_themes(matcher: ThemeMatcher) -> list[Reached]:
    """The planted themes of two people or more."""
    reached = [matcher.reach(theme) for theme in matcher.planted.themes]
    return [one for one in reached if len(one.people) >= FEWEST_PEOPLE]


def theme_rows(reached: Sequence[Reached], coded: Sequence[Coded]) -> list[dict[str, Any]]:
    """One row a theme, with the reason where it was not found."""
    return [
        {"check": "theme", "id": one.theme.id, "code": one.theme.code, "kind": one.theme.kind,
         "people": len(one.people), "expected": FOUND, "got": FOUND if one.matches else why_missed(one, coded)}
        for one in reached
    ]  # fmt: skip


def why_missed(one: Reached, coded: Sequence[Coded]) -> str:
    """The first step on which the theme was lost: coding, firmness, grouping."""
    own = [row for row in coded if row.statement.theme == one.theme.id and row.statement.stance == "supports"]
    code = one.theme.code
    if not one.enough(row.statement.participant for row in own if row.evidence):
        return "its people's statements were not coded"
    if not one.enough(row.statement.participant for row in own if row.carries(code)):
        return "coded otherwise"
    if not one.enough(row.statement.participant for row in own if row.carries(code, firm=True)):
        return "coded, not firmly"
    same = [people for theme, people in one.by if theme.code == code]
    if one.enough(set().union(*same)):
        return f"split over {len(same)} themes"
    return "firmly coded, in no theme"


def stake_rows(matcher: ThemeMatcher) -> list[dict[str, Any]]:
    """One row a planted table stake: whether a theme that matches it is named as one."""
    rows = []
    for theme in matcher.planted.stakes:
        matches = matcher.reach(theme).matches
        named = any(one.table_stakes for one in matches)
        got = FOUND if named else "theme not named a table stake" if matches else "no such theme"
        rows.append({"check": "table stake", "id": theme.id, "code": theme.code, "expected": FOUND, "got": got})
    return rows


def contradiction_rows(matcher: ThemeMatcher) -> list[dict[str, Any]]:
    return [
        {"check": "contradiction", "id": f"{pair[0].id} – {pair[1].id}", "expected": "linked",
         "got": "linked" if matcher.linked(pair) else "not linked"}
        for pair in matcher.planted.pairs
    ]  # fmt: skip


def purity(matcher: ThemeMatcher) -> float | None:
    """How much of each found theme is of one planted theme, pooled over the evidence that is of any (Zhao & Karypis
    2001); None where none is."""
    planted = [[one for one in map(matcher.theme_of, quotes) if one] for quotes in matcher.quotes.values()]
    largest = sum(Counter(inside).most_common(1)[0][1] for inside in planted if inside)
    whole = sum(map(len, planted))
    return largest / whole if whole else None


def merged(reached: Sequence[Reached]) -> int:
    """How many found themes match two planted themes or more: different subjects in one."""
    matched = [theme.id for one in reached for theme in one.matches]
    return sum(matched.count(one) > 1 for one in set(matched))
