"""Who says what: themes down, participants across, the number of pieces of evidence in each cell.

People stand in the order of the segment tree and themes beside the segment that says them most, so that
micro personas show as blocks on the diagonal.
"""

from collections.abc import Iterable, Sequence

from app.models.cast import Cast
from app.models.evidence import Evidence
from app.models.theme import Theme
from app.playbook.figures import HeatGroup, HeatRow, HeatView
from app.playbook.words import family, label

MOST_ROWS = 30  # what fits one A4 page and one patient look
HEARD_BY = 2  # one person is no theme
LEVELS = 4  # from four pieces on, a cell is as dark as it gets


def heat(cast: Cast, evidence: Iterable[Evidence], refs: dict[str, str]) -> HeatView:
    """`refs` maps persona id to its short name. Where no evidence is given, a cell counts 1 for who said it."""
    groups = columns(cast, refs)
    speakers = {item.id: item.participant_id for item in evidence}
    themes = sorted((t for t in cast.themes if t.k >= HEARD_BY), key=lambda t: -t.k)
    kept = sorted(themes[:MOST_ROWS], key=lambda theme: (theme.table_stakes, home(theme, groups), -theme.k))
    return HeatView(
        groups=groups,
        rows=[row(theme, groups, speakers) for theme in kept],
        left_out=len(themes) - len(kept),
        long_ids=any(len(person) > 4 for group in groups for person in group.people),
    )


def columns(cast: Cast, refs: dict[str, str]) -> list[HeatGroup]:
    """Micro personas in order, each core's other people after its own, who is in no core last."""
    groups, placed = [], set[str]()
    for macro in cast.macros:
        for persona in [*cast.micros_of(macro), macro]:
            people = [person for person in persona.sample.participants if person not in placed]
            placed |= set(people)
            groups.append(HeatGroup(refs[persona.id], persona.name, people))
    rest = [person.id for person in cast.participants if person.id not in placed]
    return [group for group in [*groups, HeatGroup("–", "In no core persona", rest)] if group.people]


def home(theme: Theme, groups: Sequence[HeatGroup]) -> int:
    """The first group whose people say the theme most; themes said by all then stand with the first."""
    shares = [len(set(group.people) & set(theme.participants)) / len(group.people) for group in groups]
    return shares.index(max(shares))


def row(theme: Theme, groups: Sequence[HeatGroup], speakers: dict[str, str]) -> HeatRow:
    pieces = [speakers[item] for item in theme.evidence_ids if item in speakers]
    cells = []
    for group in groups:
        for person in group.people:
            n = max(pieces.count(person), 1) if person in theme.participants else 0
            cells.append((n, min(n, LEVELS), person == group.people[0]))
    return HeatRow(
        theme.label, label(theme.code), family(theme.code), theme.k, theme.n, theme.table_stakes, cells, theme.id
    )
