"""What a CRM says of groups of accounts: medians and shares, each with the range it may truly lie in."""

from typing import Literal

from app.models.base import Model


class Estimate(Model):
    """A median or a share of `n` accounts with its 95 % interval; no interval where `n` is too small for one."""

    value: float
    n: int
    low: float | None = None
    high: float | None = None


class AssetUse(Model):
    """`k` of the `n` accounts downloaded it."""

    name: str
    k: int
    n: int


class Pattern(Model):
    """One group of accounts: those with a label of sales' own, or those of a segment's participants.

    `value` and `days_to_close` are medians of won accounts, `conversion` is won of closed. `labels` counts
    sales' labels among a segment's accounts. `caution` says where numbers are too small to conclude from.
    """

    kind: Literal["label", "segment"]
    name: str
    segment_id: str | None = None
    accounts: int
    value: Estimate | None = None
    days_to_close: Estimate | None = None
    conversion: Estimate | None = None
    pricing_page_visits: Estimate | None = None
    demo_requested: Estimate | None = None
    rfp_downloaded: Estimate | None = None
    assets: list[AssetUse] = []
    labels: dict[str, int] = {}
    caution: str = ""


class CrmPatterns(Model):
    """`unheard` are labels of sales' under which no participant's account stands; `left_out` accounts without a label
    or under one of too many labels."""

    accounts: int
    by_label: list[Pattern] = []
    by_segment: list[Pattern] = []
    unheard: list[str] = []
    left_out: int = 0
    sentences: list[str] = []
