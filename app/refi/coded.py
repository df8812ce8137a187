"""Coded: the codings of a project as evidence and as people's decisions, where they lie in what participants say.

People mark a question with its answer; of such a stretch what the participant says is taken, turn by turn. What is
nobody's words who takes part is not evidence of anything, and is told of. An engine of ours is known by its user's name
in a project of ours only; of other tools' projects everybody is a person.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from app.models.coding import SURE, HumanCode
from app.models.evidence import Evidence
from app.refi.names import engine_of
from app.refi.project import Given, Project
from app.refi.project_in import UNNAMED
from app.synthesis.human_coding import NO_PERSON
from retrieval.evidence import Quote, Source, SourceKind

# How sure an engine is taken to be of a code it did not draw on, where its own figure did not come along.
UNSURE = 0.5


@dataclass
class CodedWords:
    """Evidence by source, as engines found it, and decisions of people in the order of their places; `remarks` say
    what could not be taken."""

    evidence: dict[str, list[Evidence]] = field(default_factory=dict)
    decisions: list[HumanCode] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def coded_words(project: Project, sources: Mapping[str, Source]) -> CodedWords:
    """The codings in `sources`, by the GUIDs of their texts; UnreadableSource for one that is outside of its text."""
    found, lost, way = CodedWords(), Counter[str](), project.way
    split = 0
    for text in project.texts:
        places = project.places(text, way)
        source = sources.get(text.guid)
        if source is None:
            continue
        if source.text != text.stored:
            lost["its text is put together anew as it is read"] += sum(len(one.given) for *_, one in places)
            continue
        engines: dict[tuple[int, int], list[Given]] = defaultdict(list)
        for start, end, selection in places:
            quotes = list(_spoken(source, start, end)) if selection.given else []
            split += len(quotes) > 1
            if not quotes:
                lost[_why_not(source)] += len(selection.given)
            for quote in quotes:
                ours = [one for one in selection.given if project.is_ours and engine_of(one.user)]
                engines[quote.start, quote.end] += ours
                found.decisions += [_decision(source, quote, one) for one in selection.given if one not in ours]
        found.evidence[source.id] = [_evidence(source, *place, given) for place, given in engines.items() if given]
    found.remarks = [f"codings left out, since {why}: {count}" for why, count in lost.items() if count]
    found.remarks += [f"stretches over several turns, coded in what participants say: {split}"] if split else []
    if not project.is_ours and any(text.selections for text in project.texts):
        found.remarks.append(f"places counted in {way}")
    return found


def _spoken(source: Source, start: int, end: int) -> Iterator[Quote]:
    """What participants say within the stretch, a quote for each turn, without white space at its ends."""
    for turn, person in source.participant_turns():
        first, last = max(start, turn.start), min(end, turn.end)
        words = source.text[first:last] if first < last else ""
        if words.strip():
            first += len(words) - len(words.lstrip())
            yield Quote.cut(source, first, first + len(words.strip()), person)


def _why_not(source: Source) -> str:
    if source.kind is SourceKind.NOTE:
        return "words of a note are no evidence"
    return "no participant says them"


def _question(source: Source, quote: Quote) -> str:
    turn = source.turn_at(quote.start)
    return source.question_before(turn) if turn else ""


def _decision(source: Source, quote: Quote, given: Given) -> HumanCode:
    return HumanCode.of(
        quote, given.code, _person(given.user), given=True, source_name=source.name, question=_question(source, quote)
    )


def _person(user: str) -> str:
    """The name a person's codes are signed with; engines' names are theirs alone."""
    name = " ".join(user.split()) or UNNAMED
    return f"{name} (imported)" if name.casefold() in NO_PERSON or engine_of(name) else name


def _evidence(source: Source, start: int, end: int, given: Iterable[Given]) -> Evidence:
    """What engines of ours found in the words; those that were sure go first."""
    named = [(one.code, found) for one in given if (found := engine_of(one.user))]
    firm = sorted({code for code, (_, sure) in named if sure})
    codes = {code: SURE if code in firm else UNSURE for code in sorted({code for code, _ in named})}
    turn = source.turn_at(start)
    person = next((one for known, one in source.participant_turns() if turn and known.index == turn.index), "")
    quote = Quote.cut(source, start, end, person)
    return Evidence.of(quote, codes, firm, named[0][1][0], _question(source, quote))
