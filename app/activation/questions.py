"""Questions: what to ask where attributes do not tell segments apart.

The strategy's signals come first. A segment that has none gets the question about what parts it best, however few of
its members speak of it: the counts beside it say how weak it is.
"""

from collections.abc import Iterator

from app.models.assignment import Ask
from app.models.segment import Segment
from app.strategy.grounds import Grounds
from app.strategy.signals import find_signals
from app.synthesis.differences import field_of

Asks = dict[str, list[Ask]]


def find_asks(grounds: Grounds) -> Asks:
    """Questions by segment. What to listen for stays in: it is made of what people said."""
    asks: Asks = {one.id: [] for one in grounds.cast.segments.drafted}
    for one in find_signals(grounds):
        ask = Ask(question=one.question, k=one.k, n=one.n, rest_k=one.rest_k, rest_n=one.rest_n)
        asks.setdefault(one.segment_id, []).append(ask)
    for segment in grounds.cast.segments.drafted:
        asks[segment.id] = asks[segment.id] or list(_weaker(segment, grounds))[:1]
    return asks


def _weaker(segment: Segment, grounds: Grounds) -> Iterator[Ask]:
    for lift in sorted(segment.distinctive_needs, key=lambda one: (one.by_luck, -one.lift, one.theme_id)):
        theme = grounds.themes.get(lift.theme_id)
        field = field_of(grounds.fields, theme.code) if theme and not theme.table_stakes else None
        if field and lift.rest_n:
            yield Ask(question=field.ask, k=lift.k, n=lift.n, rest_k=lift.rest_k, rest_n=lift.rest_n)
