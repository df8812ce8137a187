"""Segments with a language model: who voices which themes in, a tree that obeys the rules of the trade out.

Whatever breaks a rule is undone, and counted: somebody unknown or in two segments, a segment of one, a micro segment
that is not smaller than its core. Whoever is left over is uncovered, with the reason.
"""

from collections.abc import Iterator, Sequence

from app.engines.base import Profile
from app.engines.llm.account_book import AccountBook
from app.engines.llm.answers import MacroAnswer, MicroAnswer, ProposedSegments
from app.engines.llm.asking import Ask
from app.engines.llm.contexts import PersonLine, ProposeSegments, ThemeLine
from app.models.field import Level
from app.models.segment import Member, Segment, SegmentTree, Uncovered, segment_id, tail_of
from app.models.theme import Theme
from prompts.library import PromptLibrary

STEP = "segments"
FEWEST = 2
# Columns that say nothing of who somebody is at work: files, consent, addresses, and what a CRM notes of an account.
BESIDE_THE_POINT = {
    "file", "consent", "account", "name", "email", "phone", "date", "assigned_segment", "stage", "lifetime_value",
    "days_to_close", "converted", "assets_downloaded", "pricing_page_visits", "demo_requested", "rfp_downloaded",
    "owner",
}  # fmt: skip
METHOD = "{model}: segments proposed from attributes and themes, held to the rules of the trade"


def segments_ask(
    profiles: Sequence[Profile], themes: Sequence[Theme], purpose: str, prompts: PromptLibrary
) -> Ask[ProposedSegments]:
    """The question for the tree; an answer without any segment is sent back once."""
    names = _telling(profiles)
    context = ProposeSegments(
        question=purpose or "Who are these people, and how do they differ?",
        attributes=[name.replace("_", " ") for name in names],
        themes=[
            ThemeLine(number=number, code=one.code, label=one.label, people=one.participants)
            for number, one in enumerate(sorted(themes, key=lambda theme: theme.code), 1)
        ],
        people=[
            PersonLine(id=one.participant.id, told=[one.participant.attributes.get(name, "") for name in names])
            for one in profiles
        ],
    )
    sources = tuple(dict.fromkeys(one.quote.source_id for profile in profiles for one in profile.evidence))
    return Ask(STEP, prompts.render("propose_segments", context), ProposedSegments, _faults, sources)


def _telling(profiles: Sequence[Profile]) -> list[str]:
    """The attributes that are declared of several people and differ between them, in the table's order."""
    values: dict[str, list[str]] = {}
    for profile in profiles:
        for name, value in profile.participant.attributes.items():
            if value and name.lower() not in BESIDE_THE_POINT:
                values.setdefault(name, []).append(value)
    return [name for name, given in values.items() if len(given) > 1 and len(set(given)) > 1]


def _faults(answer: ProposedSegments) -> str:
    names = [name.casefold().strip() for macro in answer.macro for name in (macro.name, *(m.name for m in macro.micro))]
    if not answer.macro:
        return "there is no macro segment; propose at least one, of two people or more"
    if "" in names or len(set(names)) < len(names):
        return "every segment needs a name of its own"
    return ""


def as_tree(answer: ProposedSegments, profiles: Sequence[Profile], model: str, account: AccountBook) -> SegmentTree:
    """The answer as a tree: what is wrong is left out, and whoever is in no macro segment is uncovered."""
    keeper = Keeper(profiles, answer, account)
    macros = [(macro, keeper.macro_members(macro)) for macro in answer.macro]
    kept = [(macro, people) for macro, people in macros if len(people) >= FEWEST]
    segments = [one for macro, people in kept for one in _branch(macro, people, keeper)]
    covered = {person for _, people in kept for person in people}
    return SegmentTree(
        segments=segments,
        uncovered=[
            Uncovered(participant_id=one, why=keeper.why_not(one)) for one in keeper.known if one not in covered
        ],
        method=METHOD.format(model=model),
    )


class Keeper:
    """Knows who there is, who has been placed already, and why others were not."""

    def __init__(self, profiles: Sequence[Profile], answer: ProposedSegments, account: AccountBook):
        self.known = sorted(profile.participant.id for profile in profiles)
        self.account = account
        self._free = set(self.known) - {one.participant for one in answer.poor_fits}
        self._named = {one for macro in answer.macro for one in macro.members}
        self._why = {one.participant: one.why for one in answer.unplaced}
        self._why |= {one.participant: f"a poor fit: {one.why}" for one in answer.poor_fits}

    def macro_members(self, macro: MacroAnswer) -> list[str]:
        """The members that exist and are free; they are taken by that. Whom only a micro segment names belongs to
        the macro above it, unless another macro names them."""
        below = {one for micro in macro.micro for one in micro.members} - set(macro.members)
        wanted = {*macro.members, *below}
        people = sorted(one for one in wanted if one in self._free and not (one in below and one in self._named))
        self._drop("participant unknown or placed already", len(wanted) - len(people))
        self._free -= set(people)
        return people

    def micro_members(self, micro: MicroAnswer, free: set[str]) -> list[str]:
        people = sorted(one for one in set(micro.members) if one in free)
        self._drop("participant unknown or placed already", len(set(micro.members)) - len(people))
        return people

    def why_not(self, person: str) -> str:
        return self._why.get(person, "placed in no segment of two or more")

    def _drop(self, reason: str, count: int) -> None:
        if count:
            self.account.drop(reason, count)


def _branch(macro: MacroAnswer, people: list[str], keeper: Keeper) -> Iterator[Segment]:
    """The macro segment and the micro segments that hold."""
    above = _segment(macro.name, people, macro.why, None)
    yield above
    free = set(people)
    for micro in macro.micro:
        inside = keeper.micro_members(micro, free)
        if FEWEST <= len(inside) < len(people):
            free -= set(inside)
            yield _segment(micro.name, inside, micro.differentiator, above)
        else:
            keeper.account.drop("a micro segment of one person or of everybody")


def _segment(name: str, people: Sequence[str], why: str, parent: Segment | None) -> Segment:
    level, depth = (Level.MICRO, 2) if parent else (Level.MACRO, 1)
    return Segment(
        id=segment_id(level, depth, people),
        parent_id=parent.id if parent else None,
        level=level,
        depth=depth,
        tail=tail_of(depth),
        name=name.strip(),
        definition=[],
        members=[Member(participant_id=one, weight=1.0, why=why.strip()) for one in people],
    )
