"""Axis: macro segments by what the user says: an attribute's values, or who speaks of a code and who does not.

Values that fewer than three people share are pooled as “others”; where even those are too few, their people are
in no segment, with the reason. A figure of which most people have one of their own (a headcount) parts people at its
median.
An attribute that says who somebody is (age, sex, origin, faith, family …) is possible because the user wished it, and
is marked as such.
"""

from collections import defaultdict
from collections.abc import Sequence
from statistics import median
from typing import NamedTuple

from app.engines.base import Profile
from app.engines.local_segments import FEWEST_EVIDENCE, SMALLEST_MACRO, propose_inside
from app.engines.naming import ROLE_ATTRIBUTES, role_of
from app.errors import BadInput, NotFound
from app.models.field import Level
from app.models.segment import Member, Predicate, Segment, SegmentTree, Uncovered
from app.synthesis.lints import load_lexicon, protected_words
from app.synthesis.material import Material
from app.workbench import Workbench

OTHERS = "others"


class Group(NamedTuple):
    """The people of one macro segment, what they have in common, and the words for it."""

    people: list[str]
    label: str
    predicate: Predicate


class Axis(NamedTuple):
    """Groups by one attribute or code, who is in none, and the attribute's name where it says who somebody is."""

    groups: list[Group]
    uncovered: list[Uncovered]
    demographic: str = ""


def propose_by(bench: Workbench, wanted: str, material: Material) -> SegmentTree:
    """Segments by `wanted`, an attribute or a code; micro segments are found inside as ever.

    Raises NotFound where it is neither, BadInput where it parts nobody from anybody.
    """
    axis = axis_of(bench, wanted, material)
    if len(axis.groups) < 2:
        left = "; ".join(dict.fromkeys(one.why for one in axis.uncovered))
        raise BadInput(f"“{wanted}” does not part these people into groups of {SMALLEST_MACRO} or more"
                       + (f" ({left})." if left else "."))  # fmt: skip
    profiles, settings = material.profiles(), bench.settings
    people = [group.people for group in axis.groups]
    found = propose_inside(people, profiles, bench.embedder, settings.seed)
    by_people = {tuple(group.people): group for group in axis.groups}
    segments = [_by_axis(one, by_people, profiles, axis) if one.level is Level.MACRO else one for one in found]
    method = f"macro segments by {wanted}, at the user's wish; micro segments by the engine"
    return SegmentTree(segments=segments, uncovered=axis.uncovered, method=method, demographic=axis.demographic)


def axis_of(bench: Workbench, wanted: str, material: Material) -> Axis:
    """The groups by an attribute, or else by a code."""
    heard = [one for one in material.profiles() if len(one.evidence) >= FEWEST_EVIDENCE]
    quiet = [one for one in material.interviewed if one not in {profile.participant.id for profile in heard}]
    silent = [Uncovered(participant_id=one, why="said too little to be placed") for one in quiet]
    names = sorted({name for profile in heard for name in profile.participant.attributes})
    if attribute := next((name for name in names if _plain(name) == _plain(wanted)), None):
        axis = _by_attribute(attribute, heard)
    elif code := next((code for code in bench.codebook.codes if code.id == _plain(wanted)), None):
        axis = _by_code(code.id, code.label, heard, material)
    else:
        codes = ", ".join(bench.codebook.ids)
        raise NotFound("attribute or code", wanted, f"Attributes are {', '.join(names) or 'none'}; codes are {codes}")
    uncovered = sorted([*axis.uncovered, *silent], key=lambda one: one.participant_id)
    return axis._replace(uncovered=uncovered)


def _plain(name: str) -> str:
    return "_".join(name.strip().casefold().replace("-", " ").replace("_", " ").split())


def _by_attribute(name: str, heard: Sequence[Profile]) -> Axis:
    words = name.replace("_", " ")
    sharing: dict[str, list[str]] = defaultdict(list)
    for profile in heard:
        sharing[profile.participant.attributes.get(name, "").strip()].append(profile.participant.id)
    unknown = [Uncovered(participant_id=one, why=f"no {words} is known of them") for one in sharing.pop("", [])]
    large = {value: people for value, people in sharing.items() if len(people) >= SMALLEST_MACRO}
    pooled = sum(len(people) for value, people in sharing.items() if value not in large)
    if 2 * pooled > sum(map(len, sharing.values())) and (halves := _halves(name, sharing)):
        return Axis(halves, unknown, _who_somebody_is(name))
    groups = [
        _is(name, value, people) for value, people in sorted(large.items(), key=lambda row: (-len(row[1]), row[0]))
    ]
    rest = sorted(person for value, people in sharing.items() if value not in large for person in people)
    if len(rest) >= SMALLEST_MACRO and groups:
        predicate = Predicate(kind="attribute", name=name, operator="is none of", value=", ".join(sorted(large)))
        return Axis([*groups, Group(rest, f"{words}: {OTHERS}", predicate)], unknown, _who_somebody_is(name))
    few = [
        Uncovered(participant_id=one, why=f"only {len(sharing[value])} of {words} “{value}”, too few for a segment")
        for value in sorted(sharing)
        if value not in large
        for one in sharing[value]
    ]
    return Axis(groups, [*unknown, *few], _who_somebody_is(name))


def _is(name: str, value: str, people: Sequence[str]) -> Group:
    predicate = Predicate(kind="attribute", name=name, operator="is", value=value)
    label = value if name in ROLE_ATTRIBUTES else f"{name.replace('_', ' ')}: {value}"
    return Group(sorted(people), label, predicate)


def _halves(name: str, sharing: dict[str, list[str]]) -> list[Group]:
    """The people up to the median of a figure and those above it; nothing where the values are no figures."""
    try:
        figures = {value: float(value.replace(",", "")) for value in sharing}
    except ValueError:
        return []
    values = [figures[value] for value, people in sharing.items() for _ in people]
    if not values or min(values) == max(values):
        return []
    middle = median(values)
    groups = []
    for operator, low in (("up to", True), ("over", False)):
        people = sorted(one for value, own in sharing.items() for one in own if (figures[value] <= middle) is low)
        predicate = Predicate(kind="attribute", name=name, operator=operator, value=f"{middle:g}")
        groups.append(Group(people, f"{name.replace('_', ' ')} {operator} {middle:g}", predicate))
    return groups if min(len(group.people) for group in groups) >= SMALLEST_MACRO else []


def _by_code(code: str, label: str, heard: Sequence[Profile], material: Material) -> Axis:
    """Who takes part in a theme of the code, and who does not."""
    speaking = {person for theme in material.themes if theme.code == code for person in theme.participants}
    groups, few = [], list[Uncovered]()
    for told, operator in ((True, "spoken of"), (False, "not spoken of")):
        people = sorted(one.participant.id for one in heard if (one.participant.id in speaking) is told)
        predicate = Predicate(kind="code", name=label, operator=operator, value="")
        words = f"{'speaks of' if told else 'silent on'} {label.lower()}"
        if len(people) >= SMALLEST_MACRO:
            groups.append(Group(people, words, predicate))
        else:
            why = f"only {len(people)} {'speak of' if told else 'are silent on'} {label.lower()}, too few for a segment"
            few += [Uncovered(participant_id=one, why=why) for one in people]
    return Axis(groups, few)


def _who_somebody_is(attribute: str) -> str:
    """The attribute's name where it is demographic; else empty."""
    words = attribute.replace("_", " ")
    return words if protected_words(words) or load_lexicon().demographic.search(words) else ""


def _by_axis(one: Segment, groups: dict[tuple[str, ...], Group], profiles: Sequence[Profile], axis: Axis) -> Segment:
    """A macro segment with what it was made by. It is named for role and situation where the attribute says who
    somebody is: a persona is never called by that."""
    group = groups[tuple(one.participant_ids)]
    role = role_of([profile for profile in profiles if profile.participant.id in group.people])
    name = f"{role[:1].upper()}{role[1:]} ({group.label})"
    if group.predicate.name in ROLE_ATTRIBUTES and OTHERS not in group.label:
        name = group.label[:1].upper() + group.label[1:]
    members = [Member(participant_id=person, weight=1.0, why=group.label) for person in group.people]
    return one.model_copy(
        update={
            "name": one.name if axis.demographic else name,
            "definition": [group.predicate],
            "members": members,
        }
    )
