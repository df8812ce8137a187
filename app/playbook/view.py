"""The playbook's template context, declared: what each partial is given, and nothing else.

Built by `app.playbook.personas`, `app.playbook.tree`, `app.playbook.heat` and `app.playbook.transcripts`;
read by the templates in `app/templates/playbook`. Strings are plain text, escaped by the templates; `href`s
are fragments of the same page (`#…`), anchors are ids without the `#`.
"""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from app.models.claim import Review
from app.playbook.appendix_view import BriefLineView, CitedView
from app.playbook.figures import HeatView, PersonView, TranscriptView, TreeView

if TYPE_CHECKING:
    from app.playbook.advice_view import AdviceView
    from app.playbook.buying_centres import CentreView

# The parts of a playbook, in the order of the whole. The evidence appendix stands for the transcripts where there
# are none.
SECTIONS = (
    "overview", "advice", "cores", "customers", "candidates", "negatives", "refused", "centres", "briefs", "themes",
    "transcripts", "appendix", "method",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class QuoteView:
    """Somebody's words, cut from the source. `where` reads `02:37` or `turn 14`, `coded_by` names a person who
    coded them; empty where an engine did. Where the words are withheld, `text` says so, and nothing leads to them."""

    text: str
    person: str
    where: str
    href: str
    marketing: bool
    coded_by: str = ""
    withheld: bool = False


@dataclass(frozen=True, slots=True)
class ClaimView:
    """One sentence of ours and what holds it up. `ref` (`M1.3`) is how people speak of it; `review` says in words what
    was decided about it. `near`: it is nearly words that may not be used in marketing; `note` is the caution that is
    shown with it, empty where readers may see everybody's words."""

    anchor: str
    ref: str
    text: str
    label: str
    family: int
    k: int
    n: int
    inferred: bool
    confidence: str
    review: str
    quotes: list[QuoteView]
    more: str
    against: list[QuoteView]
    against_title: str
    id: str
    decision: Review
    near: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class FieldView:
    """`field` is the id of the field in the list of fields."""

    label: str
    family: int
    claims: list[ClaimView]
    field: str = ""


@dataclass(frozen=True, slots=True)
class GapView:
    label: str
    family: int
    found: int
    needed: int
    ask: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class DifferenceView:
    """A claim beside the rest of the core: `rest_k` of `rest_n` say it there. `interval` is the lift's, in words; empty
    where it is not known."""

    claim: ClaimView
    k: int
    n: int
    rest_k: int
    rest_n: int
    lift: str
    luck: str
    interval: str = ""
    may_be_luck: bool = False


@dataclass(frozen=True, slots=True)
class ContrastView:
    role: str
    ours: ClaimView
    our_name: str
    theirs: ClaimView
    their_name: str
    their_href: str


@dataclass(frozen=True, slots=True)
class CellView:
    """One field of one persona in the comparison. `state`: claim | same | gap | absent; `ref` names the claim, `said`
    and `person` are the first words behind it and whose they are."""

    column: str
    state: str
    ref: str = ""
    text: str = ""
    k: int = 0
    n: int = 0
    href: str = ""
    said: str = ""
    person: str = ""


@dataclass(frozen=True, slots=True)
class CompareRow:
    label: str
    family: int
    cells: list[CellView]
    field: str = ""


@dataclass(frozen=True, slots=True)
class ColumnView:
    ref: str
    name: str
    n: int
    href: str


@dataclass(frozen=True, slots=True)
class CompareView:
    columns: list[ColumnView]
    rows: list[CompareRow]


@dataclass(frozen=True, slots=True)
class MicroView:
    anchor: str
    ref: str
    name: str
    summary: str
    differentiator: str
    n: int
    share: str
    funnel: str
    people: list[PersonView]
    cautions: list[str]
    differences: list[DifferenceView]
    contrast: list[ContrastView]
    further: list[FieldView]
    gaps: list[GapView]
    inherited: int
    core_gaps: int


@dataclass(frozen=True, slots=True)
class MacroView:
    anchor: str
    ref: str
    name: str
    summary: str
    n: int
    share: str
    defined_by: list[str]
    people: list[PersonView]
    cautions: list[str]
    fields: list[FieldView]
    stakes: list[ClaimView]
    gaps: list[GapView]
    compare: CompareView
    micros: list[MicroView]


@dataclass(frozen=True, slots=True)
class TestView:
    """A disqualifier: the test as text, whether its value is ours, and the reference of the claim behind it."""

    test: str
    inferred: bool
    label: str
    ref: str
    href: str


@dataclass(frozen=True, slots=True)
class BesideView:
    """A customer, candidate or negative persona, which `level` says. `linked` is (name, href) of the persona of the
    same people; `notes` are (name of the note, what it says of them), as context."""

    anchor: str
    ref: str
    kind: str
    name: str
    summary: str
    n: int
    share: str
    pills: list[str]
    people: list[PersonView]
    cautions: list[str]
    fields: list[FieldView]
    gaps: list[GapView]
    tests: list[TestView]
    rule: str
    linked: tuple[str, str] | None
    notes: list[tuple[str, str]]
    level: str = ""


@dataclass(frozen=True, slots=True)
class StatView:
    figure: str
    label: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class CoverageView:
    sentence: str
    verdict: str
    covered: int
    total: int
    uncovered: list[PersonView]


@dataclass(frozen=True, slots=True)
class MethodView:
    """How it was made, as (term, description) rows, and who was listened to, as (role, people) rows. `terms` tell how
    figures are read, `scores` are (what was measured, value), `limits` are sentences."""

    facts: list[tuple[str, str]]
    roles: list[tuple[str, int]]
    consents: list[tuple[str, int]]
    note: str
    terms: list[tuple[str, str]] = field(default_factory=list)
    scores: list[tuple[str, str]] = field(default_factory=list)
    limits: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class RefusedView:
    name: str
    reason: str
    ask: str


@dataclass(frozen=True, slots=True)
class PlaybookView:
    """The whole page. `marketing`: some quotes may be used in marketing; `longest`: the largest n of any `k of n`.
    `sections` are shown in this order, where they hold something; `audience` and `use` say for whom it is, empty where
    it is for everybody who does research."""

    title: str
    product: str
    question: str
    provenance: str
    stats: list[StatView]
    coverage: CoverageView
    advice: "AdviceView | None"
    tree: TreeView
    macros: list[MacroView]
    beside: list[BesideView]
    refused: list[RefusedView]
    centres: list["CentreView"]
    heat: HeatView
    transcripts: list[TranscriptView]
    cited: list[CitedView]
    briefs: list[BriefLineView]
    method: MethodView
    families: list[tuple[int, str]]
    marketing: bool
    longest: int
    sections: tuple[str, ...] = SECTIONS
    audience: str = ""
    use: str = ""

    def beside_of(self, level: str) -> list[BesideView]:
        """The personas of one kind that stand beside the segment tree."""
        return [one for one in self.beside if one.level == level]
