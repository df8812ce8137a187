"""Drafting with a language model: the themes each group voices in, claims that cite lines by number out.

A core persona and its micro personas are drafted in one prompt, because they share most of their themes. A claim
counts where its persona and field were asked for and it cites lines of one theme that the group's people said; lines
that do not exist, that others said, or of another theme, are dropped and counted. A theme means the same throughout, so
only a line or two of it are shown, and a claim that words it rests on all the group said for it, by two people at the
least. What is left is checked against its quotes (`judging`).
"""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from app.engines.base import MOST_CLAIMS, DraftClaim, FieldBrief, ThemeHeard
from app.engines.llm.account_book import AccountBook
from app.engines.llm.answers import ClaimAnswer, DraftedPersonas
from app.engines.llm.asking import Ask
from app.engines.llm.contexts import DraftPersona, DraftTheme, FieldLine, Gist, PersonaLine
from app.engines.llm.own_words import gives_orders, retypes
from app.engines.llm.theming import gist_of
from app.models.evidence import Evidence
from app.support.words import content
from prompts.library import PromptLibrary

STEP = "draft"
# Nobody is a group.
FEWEST_PEOPLE = 2
# Lines of evidence in one prompt.
MOST_LINES = 300
# Lines that speak against a theme: the clearest says enough.
MOST_AGAINST = 1
# A claim of more words is a paragraph.
MOST_WORDS = 40


class Made(NamedTuple):
    """A claim that holds so far, with the brief it answers and the theme it words."""

    brief: FieldBrief
    claim: DraftClaim


class Sheet:
    """One prompt: personas, themes and lines of evidence under the numbers they are cited by."""

    def __init__(self, briefs: Sequence[FieldBrief]):
        self.briefs = [brief for brief in briefs if brief.heard]
        self.audiences = {brief.audience.id: brief.audience for brief in self.briefs}
        self.themes = _merged([heard for brief in self.briefs for heard in brief.heard])
        self.pools = {heard.theme.id for brief in self.briefs if brief.pool for heard in brief.heard}
        self.shown = {id: self._shown(theme) for id, theme in self.themes.items()}
        told = [one for id, theme in self.themes.items() for one in (*self.shown[id], *theme.countered[:MOST_AGAINST])]
        self.lines = list({one.id: one for one in told}.values())
        self.number = {one.id: number for number, one in enumerate(self.lines, 1)}

    def ask(self, prompts: PromptLibrary) -> Ask[DraftedPersonas]:
        context = DraftPersona(
            personas=[self._persona(number, id) for number, id in enumerate(self.audiences, 1)],
            themes=[
                DraftTheme(number=number, label=heard.theme.label, evidence=self._told(id),
                           against=[self._gist(one) for one in heard.countered[:MOST_AGAINST]])
                for number, (id, heard) in enumerate(self.themes.items(), 1)
            ],
        )  # fmt: skip
        said = [one for theme in self.themes.values() for one in theme.evidence]
        sources = tuple(dict.fromkeys(one.quote.source_id for one in (*said, *self.lines)))
        return Ask(STEP, prompts.render("draft_persona", context), DraftedPersonas, sources=sources)

    def _persona(self, number: int, id: str) -> PersonaLine:
        audience, places = self.audiences[id], {theme: place for place, theme in enumerate(self.themes, 1)}
        fields: dict[str, FieldLine] = {}
        for brief in self.briefs:
            if brief.audience.id == id:
                before = fields[brief.field.id].themes if brief.field.id in fields else []
                themes = list(dict.fromkeys([*before, *(places[heard.theme.id] for heard in brief.heard)]))
                fields[brief.field.id] = FieldLine(id=brief.field.id, themes=themes)
        core = list(self.audiences).index(audience.core) + 1 if audience.core in self.audiences else None
        members = sorted({person for brief in self.briefs if brief.audience.id == id for person in _people(brief)})
        return PersonaLine(number=number, kind=audience.kind, name=audience.name, members=members, core=core,
                           fields=list(fields.values()))  # fmt: skip

    def _shown(self, theme: ThemeHeard) -> list[Evidence]:
        """All of a pool; of a theme the clearest line, and one of each group in which nobody said that."""
        if theme.theme.id in self.pools:
            return theme.evidence
        shown: list[Evidence] = []
        for brief in self.briefs:
            for heard in brief.heard:
                if heard.theme.id == theme.theme.id and not any(one in heard.evidence for one in shown):
                    shown.append(heard.evidence[0])
        return shown

    def _told(self, id: str) -> list[Gist]:
        """The lines of a theme: of a pool in words, else by number, since a claim words what all of them say."""
        lines = [self._gist(one) for one in self.shown[id]]
        return lines if id in self.pools else [one.model_copy(update={"text": ""}) for one in lines]

    def _gist(self, one: Evidence) -> Gist:
        return Gist(number=self.number[one.id], participant=one.participant_id, text=gist_of(one))

    def resolve(self, answer: DraftedPersonas, account: AccountBook) -> list[Made]:
        """The claims that may count, as far as their numbers tell."""
        made: list[Made] = []
        for one in answer.claims:
            self._count_lines(one, account)
            fault = _fault(one.text)
            found = [] if fault else [Made(brief, claim) for brief in self._asked(one)
                                      if (claim := self._claim(one, brief))]  # fmt: skip
            if not found:
                account.drop(fault or "a claim without two people of the group behind it")
            made += found
        return made

    def _asked(self, one: ClaimAnswer) -> list[FieldBrief]:
        """The briefs of the claim's persona and field: of the field as a whole, and of single differences."""
        ids = list(self.audiences)
        if not 0 < one.persona <= len(ids):
            return []
        wanted = ids[one.persona - 1]
        return [brief for brief in self.briefs if brief.audience.id == wanted and brief.field.id == one.field]

    def _claim(self, one: ClaimAnswer, brief: FieldBrief) -> DraftClaim | None:
        cited = self._cited(one.evidence)
        theme = _worded(brief, cited, one.text)
        own = {piece.id for piece in theme.evidence}
        standing = [piece for piece in cited if piece.id in own]
        if standing and not brief.pool:
            standing = list({piece.id: piece for piece in (*standing, *theme.evidence)}.values())
        if len({piece.participant_id for piece in standing}) < FEWEST_PEOPLE:
            return None
        against = [piece.id for piece in self._cited(one.against) if piece in theme.countered]
        text = one.text.strip()
        return DraftClaim(
            text=text if text.endswith((".", "!", "?", "…")) else f"{text}.",
            evidence_ids=[piece.id for piece in standing],
            against_ids=against,
            theme_id=theme.theme.id,
        )

    def _cited(self, numbers: Sequence[int]) -> list[Evidence]:
        return [self.lines[number - 1] for number in dict.fromkeys(numbers) if 0 < number <= len(self.lines)]

    def _count_lines(self, one: ClaimAnswer, account: AccountBook) -> None:
        """Notes citations of lines that are not there, and of lines of others or of other themes than the claim's."""
        cited = self._cited(one.evidence)
        own = {piece.id for brief in self._asked(one) for piece in _worded(brief, cited, one.text).evidence}
        missing, foreign = len(set(one.evidence)) - len(cited), sum(piece.id not in own for piece in cited)
        if missing:
            account.drop("unknown evidence", missing)
        if foreign:
            account.drop("evidence of another group, field or theme", foreign)


def _merged(heard: Sequence[ThemeHeard]) -> dict[str, ThemeHeard]:
    """Each theme once, with the evidence of all groups that voice it."""
    themes: dict[str, ThemeHeard] = {}
    for one in heard:
        before = themes.get(one.theme.id)
        evidence = {piece.id: piece for piece in (*(before.evidence if before else []), *one.evidence)}
        countered = {piece.id: piece for piece in (*(before.countered if before else []), *one.countered)}
        update = {"evidence": list(evidence.values()), "countered": list(countered.values()), "likeness": []}
        themes[one.theme.id] = one.model_copy(update=update)
    return themes


def _people(brief: FieldBrief) -> set[str]:
    return {one.participant_id for heard in brief.heard for one in heard.evidence}


def _fault(text: str) -> str:
    """Why no evidence could make a claim of it; empty where some could."""
    if gives_orders(text):
        return "an order to the reader"
    if retypes(text):
        return "a claim with words in quotation marks"
    return "" if 0 < len(text.split()) <= MOST_WORDS else "a claim of no words, or of too many"


def _worded(brief: FieldBrief, cited: Sequence[Evidence], text: str) -> ThemeHeard:
    """The theme of the brief that a claim on such lines words: most of them are of it; of several such themes the one
    that has most of the claim's words, or the first line."""
    words = set(content(text))

    def fit(heard: ThemeHeard) -> tuple[int, int, int]:
        return _shared(heard, cited), len(words & _words(heard)), _shared(heard, cited[:1])

    return max(brief.heard, key=fit)


def _words(heard: ThemeHeard) -> set[str]:
    return set(content(" ".join([heard.theme.label, *map(gist_of, heard.evidence)])))


def _shared(heard: ThemeHeard, cited: Sequence[Evidence]) -> int:
    ids = {one.id for one in heard.evidence}
    return sum(one.id in ids for one in cited)


def no_more_than_wanted(made: Sequence[Made]) -> list[Made]:
    """One claim for each theme of a brief, and three for a pool: the first that hold. One that does not hold must not
    stand in the place of one that does."""
    counts: Counter[tuple[int, str]] = Counter()
    kept = []
    for one in made:
        key = id(one.brief), one.claim.theme_id or ""
        counts[key] += 1
        if counts[key] <= (MOST_CLAIMS if one.brief.pool else 1):
            kept.append(one)
    return kept


def sheets(briefs: Sequence[FieldBrief]) -> list[Sheet]:
    """Core personas with their micro personas, and groups beside them; several in one while that stays readable."""
    families: dict[str, list[FieldBrief]] = {}
    for brief in briefs:
        if brief.heard:
            families.setdefault(brief.audience.core or brief.audience.id, []).append(brief)
    made: list[Sheet] = []
    for own in families.values():
        wider = Sheet([*made[-1].briefs, *own]) if made else None
        if wider and len(wider.lines) <= MOST_LINES:
            made[-1] = wider
        else:
            made.append(Sheet(own))
    return made


def in_order(briefs: Sequence[FieldBrief], made: Sequence[Made]) -> list[list[DraftClaim]]:
    """The claims for each brief, in the order its themes were heard in."""
    rows = []
    for brief in briefs:
        place = {heard.theme.id: row for row, heard in enumerate(brief.heard)}
        own = [one.claim for one in made if one.brief is brief]
        rows.append(sorted(own, key=lambda claim: place[claim.theme_id or ""])[:MOST_CLAIMS])
    return rows
