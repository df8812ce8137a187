"""Signals: questions that tell segments apart, from the themes with the highest lift."""

from app.models.segment import Lift, Segment
from app.models.strategy import Signal
from app.strategy.grounds import Grounds
from app.synthesis.differences import field_of

# Two questions a segment can be remembered, a list cannot.
PER_SEGMENT = 2
# Above this chance of luck a theme is no signal, whatever its lift.
MOST_LUCK = 0.20


def find_signals(grounds: Grounds) -> list[Signal]:
    """For every segment with a persona the themes that part it best from its siblings, surest first."""
    drawn = {persona.segment_id for persona in grounds.cast.personas}
    segments = [one for one in grounds.cast.segments.segments if one.id in drawn]
    found = [signal for segment in segments for signal in _of(segment, grounds)]
    first: dict[str, Signal] = {}
    for signal in sorted(found, key=lambda one: (one.by_luck, -one.lift, one.segment_id, one.theme_id)):
        first.setdefault(signal.theme_id, signal)
    return list(first.values())


def _of(segment: Segment, grounds: Grounds) -> list[Signal]:
    parent = grounds.cast.segments.get(segment.parent_id) if segment.parent_id else None
    among = f"the rest of “{parent.name}”" if parent else "everybody else"
    asked: dict[str, Signal] = {}
    for lift in segment.distinctive_needs:
        signal = _signal(segment, among, lift, grounds)
        usual = 2 * lift.k >= lift.n  # a question that finds few of them finds none of them in a call
        if signal and usual and lift.by_luck <= MOST_LUCK and lift.rest_n:
            asked.setdefault(signal.question, signal)
    return list(asked.values())[:PER_SEGMENT]


def _signal(segment: Segment, among: str, lift: Lift, grounds: Grounds) -> Signal | None:
    theme = grounds.themes.get(lift.theme_id)
    field = field_of(grounds.fields, theme.code) if theme else None
    if theme is None or field is None or theme.table_stakes:
        return None
    return Signal(
        segment_id=segment.id, segment=segment.name, among=among, theme_id=theme.id, listen_for=theme.label,
        question=field.ask, k=lift.k, n=lift.n, rest_k=lift.rest_k, rest_n=lift.rest_n, lift=lift.lift,
        by_luck=lift.by_luck,
    )  # fmt: skip
