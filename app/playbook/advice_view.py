"""What the page shows of the advice: judgements with their quotes, what pays off, CRM patterns, signals."""

from dataclasses import dataclass

from app.playbook.view import QuoteView


@dataclass(frozen=True, slots=True)
class JudgementView:
    label: str
    finding: str
    met: bool
    why: str
    quotes: list[QuoteView]
    ask: str


@dataclass(frozen=True, slots=True)
class PayoffView:
    """A micro persona as advice: what to do with it (`call`), and each condition with the words it was judged by."""

    ref: str
    href: str
    name: str
    call: str
    start: bool
    why: str
    value: str
    basis: str
    effort: str
    reasons: list[str]
    judgements: list[JudgementView]


@dataclass(frozen=True, slots=True)
class PatternView:
    name: str
    accounts: int
    value: str
    days: str
    conversion: str
    caution: str


@dataclass(frozen=True, slots=True)
class SignalView:
    question: str
    listen_for: str
    segment: str
    k: int
    n: int
    rest_k: int
    rest_n: int


@dataclass(frozen=True, slots=True)
class AdviceView:
    """`readiness` holds (what, ok, figure, remedy)."""

    steps: list[str]
    payoffs: list[PayoffView]
    how_many: list[str]
    crm: list[str]
    patterns: list[PatternView]
    signals: list[SignalView]
    saturation: list[str]
    readiness: list[tuple[str, bool, str, str]]
