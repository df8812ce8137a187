"""Themes with a language model: gists of evidence in, groups that mean the same out.

Evidence stands under its code, each piece under a number of its own. What does not fit one prompt is named in
several; the themes that come out are then grouped once more, each standing for what it holds.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from app.engines.base import ThemeDraft, both_ways
from app.engines.llm.account_book import AccountBook
from app.engines.llm.answers import NamedThemes, ThemeAnswer
from app.engines.llm.asking import Ask
from app.engines.llm.budget import CHARACTERS_PER_TOKEN
from app.engines.llm.client import ModelClient
from app.engines.llm.contexts import CodeEvidence, Gist, NameThemes
from app.engines.llm.own_words import gives_orders
from app.models.codebook import Codebook
from app.models.evidence import Evidence
from prompts.library import PromptLibrary

STEP = "themes"
# A theme of one person is an anecdote.
FEWEST_PEOPLE = 2
TOO_FEW = "a theme of fewer than two people"
# Themes a code may have: more are not read.
MOST_THEMES = 12
# Words of a quote that stand for it where nobody wrote a gist: a person coded it, or the local engine.
MOST_WORDS = 24
# What a number, a name and the end of a line cost, in characters.
LINE = 10
HALF = 0.5


class Item(NamedTuple):
    """What is grouped: a piece of evidence, or a theme found in a part of it, under one code."""

    code: str
    text: str
    people: tuple[str, ...]
    evidence: tuple[Evidence, ...]

    @property
    def size(self) -> int:
        return len(self.text) + LINE


def find_themes(
    evidence: Sequence[Evidence], codebook: Codebook, client: ModelClient, prompts: PromptLibrary
) -> list[ThemeDraft]:
    """Themes of the evidence, most widely shared first inside a code."""
    items = [
        Item(code, gist_of(one), (one.participant_id,), (one,))
        for code in codebook.ids
        for one in evidence
        if code in one.codes
    ]
    desk = ThemeDesk(codebook, client, prompts)
    return desk.group(items)


def gist_of(one: Evidence) -> str:
    """What a piece of evidence says in few words."""
    words = one.quote.text.split()
    return one.gist or " ".join(words[:MOST_WORDS]) + (" …" if len(words) > MOST_WORDS else "")


def with_granted(drafts: Sequence[ThemeDraft], basics: Sequence[tuple[str, list[Evidence]]]) -> list[ThemeDraft]:
    """The themes, marked where at least half of what was said for them is taken for granted."""
    granted = {one.id for _, group in basics for one in group}
    share = [sum(id in granted for id in one.evidence_ids) / len(one.evidence_ids) for one in drafts]
    return [one.model_copy(update={"granted": part >= HALF}) for one, part in zip(drafts, share, strict=True)]


class ThemeDesk:
    """What themes of one study are named with."""

    def __init__(self, codebook: Codebook, client: ModelClient, prompts: PromptLibrary):
        self.codebook, self.client, self.prompts = codebook, client, prompts

    def group(self, items: Sequence[Item]) -> list[ThemeDraft]:
        parts = in_parts(items, self.client.settings.pack_tokens * CHARACTERS_PER_TOKEN)
        answers = self.client.ask_all([self._ask(part) for part in parts])
        found = [resolve(part, answer, self.client.account) for part, answer in zip(parts, answers, strict=True)]
        if len(parts) < 2:
            return [draft for drafts in found for draft in drafts]
        return self._joined(items, [draft for drafts in found for draft in drafts])

    def _joined(self, items: Sequence[Item], drafts: Sequence[ThemeDraft]) -> list[ThemeDraft]:
        """Themes of several prompts grouped once more, where that makes fewer of them."""
        by_id = {one.id: one for item in items for one in item.evidence}
        merged = [_as_item(draft, by_id) for draft in drafts]
        if len(merged) >= len(items):
            return list(drafts)
        left = [_with_dissent(draft, drafts) for draft in self.group(merged)]
        held = {(draft.code, id) for draft in left for id in draft.evidence_ids}
        # A theme that resembles no other is one all the same.
        alone = [one for one in drafts if not any((one.code, id) in held for id in one.evidence_ids)]
        return left + [one.model_copy(update={"opposes": []}) for one in alone]

    def _ask(self, items: Sequence[Item]) -> Ask[NamedThemes]:
        blocks = [
            CodeEvidence(
                code=code.id,
                evidence=[
                    Gist(number=number, participant=", ".join(item.people), text=item.text)
                    for number, item in enumerate(items, 1)
                    if item.code == code.id
                ],
            )
            for code in self.codebook.codes
        ]
        context = NameThemes(codes=[block for block in blocks if block.evidence], most=MOST_THEMES)
        sources = tuple(dict.fromkeys(one.quote.source_id for item in items for one in item.evidence))
        return Ask(STEP, self.prompts.render("name_themes", context), NamedThemes, sources=sources)


def in_parts(items: Sequence[Item], most: int) -> list[list[Item]]:
    """The items in parts of at most `most` characters, in their order."""
    parts: list[list[Item]] = []
    room = 0
    for item in items:
        if not parts or item.size > room:
            parts.append([])
            room = most
        parts[-1].append(item)
        room -= item.size
    return parts


def _as_item(draft: ThemeDraft, by_id: Mapping[str, Evidence]) -> Item:
    evidence = tuple(by_id[one] for one in draft.evidence_ids)
    return Item(draft.code, draft.label, tuple(dict.fromkeys(one.participant_id for one in evidence)), evidence)


def _with_dissent(draft: ThemeDraft, parts: Sequence[ThemeDraft]) -> ThemeDraft:
    """A theme with what single people say against those it was made of."""
    made_of = [one for one in parts if one.code == draft.code and set(one.evidence_ids) <= set(draft.evidence_ids)]
    return draft.model_copy(update={"dissent": list(dict.fromkeys(id for one in made_of for id in one.dissent))})


def resolve(items: Sequence[Item], answer: NamedThemes, account: AccountBook) -> list[ThemeDraft]:
    """The themes that hold: evidence that exists and is of the theme's code, in no other theme, of two people. What one
    person says against one of them is kept as dissent."""
    taken: set[int] = set()
    kept: dict[int, ThemeDraft] = {}
    alone: dict[int, list[str]] = {}
    for position, theme in enumerate(answer.themes, 1):
        own = [items[number - 1] for number in _holding(items, theme, taken, account)]
        ids = list(dict.fromkeys(one.id for item in own for one in item.evidence))
        if fault := _fault(theme, own):
            account.drop(fault)
            alone |= {position: ids} if fault == TOO_FEW else {}
        else:
            kept[position] = ThemeDraft(code=theme.code, label=theme.label.strip(), evidence_ids=ids)
    opposes = _opposing(answer)
    places = {position: place for place, position in enumerate(kept)}
    return [
        draft.model_copy(
            update={
                "opposes": sorted(places[one] for one in opposes[position] if one in places),
                "dissent": [id for one in sorted(opposes[position]) for id in alone.get(one, [])],
            }
        )
        for position, draft in kept.items()
    ]


def _opposing(answer: NamedThemes) -> dict[int, set[int]]:
    """Position → the positions it opposes; those that do not exist, and itself, are passed over."""
    return both_ways(
        (position, other)
        for position, theme in enumerate(answer.themes, 1)
        for other in theme.opposes
        if other != position and 0 < other <= len(answer.themes)
    )


def _fault(theme: ThemeAnswer, own: Sequence[Item]) -> str:
    """Why it is no theme; empty where it is one."""
    if gives_orders(theme.label):
        return "an order to the reader"
    if not theme.label.strip():
        return "a theme without a name"
    said = len({person for item in own for person in item.people})
    return TOO_FEW if said < FEWEST_PEOPLE else ""


def _holding(items: Sequence[Item], theme: ThemeAnswer, taken: set[int], account: AccountBook) -> list[int]:
    """The theme's numbers that may count, which are taken by that."""
    found = []
    for number in dict.fromkeys(theme.evidence):
        if not 0 < number <= len(items):
            account.drop("unknown evidence")
        elif items[number - 1].code != theme.code:
            account.drop("evidence of another code")
        elif number in taken:
            account.drop("evidence of two themes")
        else:
            taken.add(number)
            found.append(number)
    return found
