"""What the appendix shows: quotes that are cited, and briefs that were written."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CitedView:
    """A quote in the evidence appendix. `anchor` is where quotes lead (their `href` without the `#`), `about` what the
    speaker does, `uses` are (ref, href) of the claims that cite it."""

    number: int
    anchor: str
    text: str
    person: str
    about: str
    source: str
    where: str
    marketing: bool
    uses: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class BriefLineView:
    """A brief that was written. `ref` and `href` lead to its persona; empty for a buying centre. `near`: its message
    is nearly words that may not be used in marketing."""

    ref: str
    href: str
    name: str
    stage: str
    intent: str
    industry: str
    asset: str
    message: str
    proof: int
    id: str
    near: bool = False
