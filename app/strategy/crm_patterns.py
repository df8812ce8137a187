"""CRM patterns: value, speed, conversion and use of content, by sales' own labels and by our segments.

A participant's account is found by the id made from its name. What rests on fewer than six won accounts has no
interval and says so; nothing is concluded from it.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from app.intake.crm import ACCOUNT, account_id
from app.models.crm import CrmPatterns, Estimate, Pattern
from app.strategy.estimates import TOO_FEW, median_of, share_of
from app.strategy.grounds import Grounds
from app.strategy.tally import Tally, tally
from app.strategy.words import count, figure, percent, ranged
from retrieval.readers.measures import AccountFigures

# A column with more values than this names accounts, it does not group them.
MOST_LABELS = 12


def find_patterns(grounds: Grounds, figures: Iterable[AccountFigures]) -> CrmPatterns | None:
    """None where no account is known."""
    everything, by_label, by_segment = tally(figures, _segments_of_accounts(grounds))
    if not everything.accounts:
        return None
    ranked = sorted(by_label.items(), key=lambda item: (-item[1].accounts, item[0]))[:MOST_LABELS]
    labels = [_pattern("label", name, own) for name, own in ranked]
    segments = [_of_segment(grounds, one.segment_id, by_segment) for one in grounds.cast.personas]
    heard = {label for own in by_segment.values() for label in own.labels}
    return CrmPatterns(
        accounts=everything.accounts,
        by_label=labels,
        by_segment=[one for one in segments if one],
        unheard=[one.name for one in labels if one.name not in heard] if heard else [],
        left_out=everything.accounts - sum(one.accounts for one in labels),
        sentences=_sentences(labels),
    )


def _segments_of_accounts(grounds: Grounds) -> dict[str, list[str]]:
    """Account id → the segments whose people work there."""
    found: dict[str, list[str]] = {}
    for persona in grounds.cast.personas:
        people = (grounds.material.person_by_id[one] for one in persona.sample.participants)
        names = {person.attributes.get(ACCOUNT, "") for person in people} - {""}
        for name in sorted(names):
            found.setdefault(account_id(grounds.cast.study.id, name), []).append(persona.segment_id)
    return found


def _of_segment(grounds: Grounds, segment_id: str, by_segment: Mapping[str, Tally]) -> Pattern | None:
    segment, own = grounds.cast.segments.get(segment_id), by_segment.get(segment_id)
    if segment is None or own is None:
        return None
    return _pattern("segment", segment.name, own).model_copy(
        update={"segment_id": segment_id, "labels": dict(sorted(own.labels.items(), key=lambda one: (-one[1], one[0])))}
    )


def _pattern(kind: str, name: str, own: Tally) -> Pattern:
    value, days = median_of(own.money), median_of(own.pace)
    return Pattern.model_validate({
        "kind": kind,
        "name": name,
        "accounts": own.accounts,
        "value": value,
        "days_to_close": days,
        "conversion": _won_of_closed(own),
        "pricing_page_visits": median_of(own.visits),
        "demo_requested": _share(own.demo),
        "rfp_downloaded": _share(own.rfp),
        "assets": own.most_used(),
        "caution": _caution(own, value),
    })  # fmt: skip


def _won_of_closed(own: Tally) -> Estimate | None:
    return share_of(sum(n for outcome, n in own.outcomes.items() if outcome.value == "won"), own.closed)


def _share(answers: Counter[bool]) -> Estimate | None:
    return share_of(answers[True], answers.total())


def _caution(own: Tally, value: Estimate | None) -> str:
    n = value.n if value else own.accounts
    what = "n" if value else "accounts"
    return f"{what} = {n}: too few to conclude" if n < TOO_FEW else ""


def _sentences(labels: Sequence[Pattern]) -> list[str]:
    """What parts the labels beyond their intervals: value, speed, conversion, in plain words."""
    solid = [one for one in labels if not one.caution]
    told = [_extreme(solid, "value", "brings the most", "a won account"),
            _extreme(solid, "days_to_close", "takes longest to close", "days")]  # fmt: skip
    return [one for one in [*told, _conversion(solid)] if one] + _typical_assets(labels)


def _extreme(labels: Sequence[Pattern], measure: str, what: str, unit: str) -> str:
    """The label with the highest median, where its interval lies above that of the next."""
    known = [(found, one.name) for one in labels if (found := getattr(one, measure))]
    if len(known) < 2:
        return ""
    (first, name), (second, other) = sorted(known, key=lambda pair: -pair[0].value)[:2]
    sure = first.low is not None and second.high is not None and first.low > second.high
    told = f"{ranged(first)} {unit}"
    rest = f"“{other}” {figure(second.value)}"
    if not sure:
        return f"It looks as if “{name}” {what}: {told}; but its range overlaps that of {rest}."
    return f"“{name}” {what}: {told}, the median of {first.n}; next is {rest}."


def _conversion(labels: Sequence[Pattern]) -> str:
    """Best and worst by won of closed, and whether their ranges part."""
    known = sorted(((one.conversion, one.name) for one in labels if one.conversion), key=lambda pair: -pair[0].value)
    if len(known) < 2:
        return ""
    (best, name), (worst, other) = known[0], known[-1]
    told = f"“{name}” {ranged(best, share=True)}, “{other}” {ranged(worst, share=True)}"
    sure = best.low is not None and worst.high is not None and best.low > worst.high
    return f"Won of closed: {told}." if sure else f"Won of closed does not part the labels: {told}; ranges overlap."


def _typical_assets(labels: Sequence[Pattern]) -> list[str]:
    """For each label the asset most of its accounts take and most others leave, where there is one."""
    found = []
    for one in labels:
        others = [label for label in labels if label is not one]
        n = sum(label.accounts for label in others)
        for asset in one.assets:
            elsewhere = sum(use.k for label in others for use in label.assets if use.name == asset.name)
            if n and asset.k > asset.n / 2 and elsewhere < n / 4 and asset.n >= TOO_FEW:
                theirs, rest = percent(asset.k / asset.n), percent(elsewhere / n)
                share = f"{asset.k} of {count(asset.n, 'account')} ({theirs})"
                found.append(f"“{one.name}” is told by “{asset.name}”: {share} take it, of the others {rest}.")
                break
    return found
