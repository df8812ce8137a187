"""Strategy: the advice for marketers and researchers, every judgement with what it rests on.

The same cast and the same CRM give the same strategy, byte for byte.
"""

from typing import Literal

from app.models.base import Model
from app.models.crm import CrmPatterns
from app.models.payoff import Payoff
from app.models.saturation import Saturation
from app.models.segment import Uncovered


class Coverage(Model):
    """Whom the core personas stand for, and whether there are too few or too many of them."""

    covered: int
    n: int
    share: float
    enough: float
    cores: int
    micros: int
    verdict: Literal["too few", "as usual", "too many"]
    sentences: list[str]
    uncovered: list[Uncovered]


class Merge(Model):
    """A core persona that is really a micro of another: `shared` of `themes` are voiced by both, and `apart` themes
    tell them from each other."""

    persona_id: str
    name: str
    into_id: str
    into_name: str
    shared: int
    themes: int
    apart: int
    why: str


class Signal(Model):
    """A question that tells segments apart: who voices the theme is more likely of `segment`.

    `k` of `n` of the segment voice it, `rest_k` of `rest_n` of the others it is compared with.
    """

    segment_id: str
    segment: str
    among: str
    theme_id: str
    listen_for: str
    question: str
    k: int
    n: int
    rest_k: int
    rest_n: int
    lift: float
    by_luck: float


class NextQuestion(Model):
    """An open question that would close gaps: `ask` are participants, `serves` the personas that lack it."""

    about: str
    question: str
    ask: list[str]
    serves: list[str]
    why: str


class AttributeSpread(Model):
    """How evenly an attribute is spread over the participants. Of numbers `range` is given; of words the `largest`
    value, unless everybody has their own."""

    name: str
    distinct: int
    range: str = ""
    largest: str = ""
    largest_share: float
    missing: int
    n: int
    attention: str = ""


class Check(Model):
    what: str
    ok: bool
    figure: str
    remedy: str = ""


class Strategy(Model):
    schema_version: Literal[1] = 1
    study_id: str
    study: str
    first_steps: list[str]
    coverage: Coverage
    merges: list[Merge]
    payoffs: list[Payoff]
    crm: CrmPatterns | None
    signals: list[Signal]
    questions: list[NextQuestion]
    saturation: Saturation
    diversity: list[AttributeSpread]
    readiness: list[Check]
