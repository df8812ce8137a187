"""One person under several labels: "Dana", "DANA", "Dana K." and "Kay, Dana (Guest)" are Dana.

Two labels are one person where the words of the shorter begin the longer ("Dana" – "Dana K."), an
initial standing for its word ("Dana K." – "Dana Kay"), and no second person fits as well. Roles and
pseudonyms (`Interviewer 2`, `P01`, `Speaker 1`) are never put together. The user's own word
(`same`: label → label) goes first and is always followed.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from retrieval.evidence import Turn
from retrieval.readers.names import answers, asks, begins, key, person_words
from retrieval.readers.reading import Reading
from retrieval.readers.roles import Casting


def as_people(reading: Reading, casting: Casting) -> tuple[Reading, Casting]:
    """The reading with one label for each person, and what the user knows under those labels."""
    used, remarks = same_people(reading.turns, casting.same or {})
    if not used:
        return reading, casting
    by_key = {key(label): chosen for label, chosen in used.items()}
    turns = [turn.model_copy(update={"speaker": used.get(turn.speaker, turn.speaker)}) for turn in reading.turns]
    labels = {by_key.get(key(label), label): known for label, known in (casting.labels or {}).items()}
    people = {label: known for label, known in (casting.people or {}).items() if key(label) not in by_key}
    asking = casting.interviewer and by_key.get(key(casting.interviewer), casting.interviewer)
    return (
        replace(reading, turns=turns, repairs=reading.repairs + remarks),
        replace(casting, labels=labels, interviewer=asking, people=people),
    )


def same_people(turns: Sequence[Turn], same: Mapping[str, str]) -> tuple[dict[str, str], list[str]]:
    """For each label that is another's spelling, the label to use; and a remark for each decision of ours."""
    counts = Counter(turn.speaker for turn in turns)
    told = _told(list(counts), same)
    left = [label for label in counts if label not in told]
    groups = _groups(left)
    if len(left) - sum(len(group) - 1 for group in groups) < 2:
        groups = []  # a transcript needs two speakers: these two are not one
    used: dict[str, str] = {}
    remarks = []
    for group in groups:
        chosen = max(group, key=lambda label: (asks(label) or answers(label), counts[label]))
        used |= {label: chosen for label in group if label != chosen}
        remarks.append(f"{' and '.join(f'“{label}”' for label in group)} were taken for one speaker")
    return used | {label: used.get(target, target) for label, target in told.items()}, remarks


def _told(labels: list[str], same: Mapping[str, str]) -> dict[str, str]:
    """What the user said, for every spelling the transcript has, in the spelling of the one to keep."""
    told = {key(one): other for one, other in same.items()}
    spelled = {key(label): label for label in reversed(labels)}
    targets = {label: spelled.get(key(told[key(label)]), told[key(label)]) for label in labels if key(label) in told}
    return {label: target for label, target in targets.items() if label != target}


def _groups(labels: list[str]) -> list[list[str]]:
    """Labels of one person each, longest first; only people with two labels or more."""
    words = {label: person for label in labels if (person := person_words(label))}
    groups: list[list[str]] = []
    for label in sorted(words, key=lambda label: -len(" ".join(words[label]))):
        fitting = [group for group in groups if begins(words[label], words[group[0]])]
        if len(fitting) == 1:
            fitting[0].append(label)
        else:
            groups.append([label])
    return [sorted(group, key=labels.index) for group in groups if len(group) > 1]
