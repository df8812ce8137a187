"""One person under several labels: "Dana", "DANA", "Dana K." and "Kay, Dana (Guest)" are Dana.

Two labels are one person where the words of the shorter begin the longer ("Dana" – "Dana K."), an
initial standing for its word ("Dana K." – "Dana Kay"), and no second person fits as well. Roles and
pseudonyms (`Interviewer 2`, `P01`, `Speaker 1`) are never put together. The user's own word
(`same`: label → label) goes first and is always followed.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from retrieval.evidence import Turn
from retrieval.readers.names import answers, asks, key, known
from retrieval.readers.reading import Reading
from retrieval.readers.roles import Casting

BRACKET = re.compile(r"\s*\([^()]*\)")
TITLES = frozenset({"dr", "mr", "mrs", "ms", "miss", "prof", "professor", "herr", "frau", "sir"})


def as_people(reading: Reading, casting: Casting) -> tuple[Reading, Casting]:
    """The reading with one label for each person, and what the user knows under those labels."""
    used, remarks = same_people(reading.turns, casting.same or {})
    if not used:
        return reading, casting
    by_key = {key(label): chosen for label, chosen in used.items()}
    turns = [turn.model_copy(update={"speaker": used.get(turn.speaker, turn.speaker)}) for turn in reading.turns]
    labels = {by_key.get(key(label), label): known for label, known in (casting.labels or {}).items()}
    asking = casting.interviewer and by_key.get(key(casting.interviewer), casting.interviewer)
    return (
        replace(reading, turns=turns, repairs=reading.repairs + remarks),
        replace(casting, labels=labels, interviewer=asking),
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
    """What the user said, in the spelling of the transcript where it has one."""
    spelled = {key(label): label for label in labels}
    told = {spelled.get(key(one)): spelled.get(key(other), other) for one, other in same.items()}
    return {label: target for label, target in told.items() if label and label != target}


def _groups(labels: list[str]) -> list[list[str]]:
    """Labels of one person each, longest first; only people with two labels or more."""
    words = {label: person for label in labels if (person := person_words(label))}
    groups: list[list[str]] = []
    for label in sorted(words, key=lambda label: -len(" ".join(words[label]))):
        fitting = [group for group in groups if _begins(words[label], words[group[0]])]
        if len(fitting) == 1:
            fitting[0].append(label)
        else:
            groups.append([label])
    return [sorted(group, key=labels.index) for group in groups if len(group) > 1]


def person_words(label: str) -> tuple[str, ...]:
    """The words of a person's name, first name first; none where the label is a role or a pseudonym."""
    name = BRACKET.sub("", label)
    last, comma, first = name.partition(",")
    words = re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", key(f"{first} {last}" if comma else name))
    words = [word for word in words if word not in TITLES]
    return () if not words or known(name) or re.search(r"\d", name) else tuple(words)


def _begins(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Whether the words of one name begin the other; the first in full, the others at least by their initial."""
    if len(short) > len(long) or short[0] != long[0]:
        return False
    pairs = zip(short, long, strict=False)
    return all(one == other or (len(one) == 1 and other.startswith(one)) for one, other in pairs)
