"""Saturation: how many themes each further interview still added (Guest, Namey & Chen 2020)."""

from app.models.base import Model


class Step(Model):
    """One interview in order of import. `new`: themes first heard in it; `confirmed`: themes whose second voice it is;
    `average_new`: themes first heard at this place on average over random orders."""

    source: str
    new: int
    total: int
    confirmed: int
    average_new: float


class Saturation(Model):
    """`reached_after`: the number of interviews before the first run that added no more than `threshold` of the base's
    themes; None where no run did. `usual` is the median of the same over `orders` random orders; None where
    most of them did not reach it. `late_voices`: themes confirmed by a second person only in the last four."""

    base_size: int
    run_length: int
    threshold: float
    base_themes: int
    steps: list[Step]
    last_run_share: float | None = None
    reached_after: int | None = None
    usual: float | None = None
    late_voices: int = 0
    orders: int
    sentences: list[str]
