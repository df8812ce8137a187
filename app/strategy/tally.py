"""Tally: the figures of many accounts, gathered group by group in one pass, so that a CRM of any length will do."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from app.models.crm import AssetUse
from retrieval.readers.measures import AccountFigures, Outcome

MOST_ASSETS = 20


@dataclass
class Tally:
    """`closed` counts accounts that were won or lost; values and days are kept for won accounts and apart for all."""

    accounts: int = 0
    outcomes: Counter[Outcome] = field(default_factory=Counter)
    won_values: list[float] = field(default_factory=list)
    won_days: list[float] = field(default_factory=list)
    values: list[float] = field(default_factory=list)
    days: list[float] = field(default_factory=list)
    visits: list[float] = field(default_factory=list)
    demo: Counter[bool] = field(default_factory=Counter)
    rfp: Counter[bool] = field(default_factory=Counter)
    assets: Counter[str] = field(default_factory=Counter)
    labels: Counter[str] = field(default_factory=Counter)

    def add(self, one: AccountFigures) -> None:
        self.accounts += 1
        self.assets.update(one.assets)
        if one.label:
            self.labels[one.label] += 1
        if one.outcome:
            self.outcomes[one.outcome] += 1
        if one.visits is not None:
            self.visits.append(one.visits)
        if one.demo is not None:
            self.demo[one.demo] += 1
        if one.rfp is not None:
            self.rfp[one.rfp] += 1
        self._add_money(one)

    def _add_money(self, one: AccountFigures) -> None:
        """Of accounts whose outcome is known only those won count; where none is known, all that have a value."""
        if one.value:
            (self.won_values if one.outcome is Outcome.WON else self.values).append(one.value)
        if one.days is not None:
            (self.won_days if one.outcome is Outcome.WON else self.days).append(one.days)

    @property
    def money(self) -> list[float]:
        return self.won_values if self.outcomes else self.values

    @property
    def pace(self) -> list[float]:
        return self.won_days if self.outcomes else self.days

    @property
    def closed(self) -> int:
        return self.outcomes[Outcome.WON] + self.outcomes[Outcome.LOST]

    def most_used(self) -> list[AssetUse]:
        """The assets most accounts downloaded."""
        ranked = sorted(self.assets.items(), key=lambda item: (-item[1], item[0]))
        return [AssetUse(name=name, k=k, n=self.accounts) for name, k in ranked[:MOST_ASSETS]]


def tally(
    figures: Iterable[AccountFigures], group: dict[str, list[str]]
) -> tuple[Tally, dict[str, Tally], dict[str, Tally]]:
    """All accounts, those under each label, and those of each group; `group` is account id → names of groups."""
    everything, by_label, by_group = Tally(), dict[str, Tally](), dict[str, Tally]()
    for one in figures:
        everything.add(one)
        if one.label:
            by_label.setdefault(one.label, Tally()).add(one)
        for name in group.get(one.account, []):
            by_group.setdefault(name, Tally()).add(one)
    return everything, by_label, by_group
