"""Assignment: rules by which a contact is told to belong to a segment, and what they say of one contact.

A rule is a `Condition` over a field that a CRM has, or a question (`Ask`) where only a conversation tells. All figures
are of the study's own participants. No rule names a person or a protected attribute.
"""

from typing import Literal

from app.models.base import Model
from app.models.poor_fit import Operator

# CRMs test words of a job title too.
Comparison = Operator | Literal["contains"]


class Test(Model):
    """`field operator value`; `contains` looks for whole words or one item of a list. Letter case does not count."""

    __test__ = False  # no test of ours, whatever its name

    field: str
    operator: Comparison
    value: str


class Condition(Test):
    """A test that tells members from others: it holds for `k` of `n` members and `rest_k` of `rest_n` others of whom
    the field is known.

    `weight` is the natural logarithm of how much likelier it holds for a member, `against` the same for not holding;
    half a person is added to each count. `by_luck` is the one-sided p-value of Fisher's exact test.
    """

    k: int
    n: int
    rest_k: int
    rest_n: int
    precision: float
    recall: float
    weight: float
    against: float
    by_luck: float
    caution: str = ""


class Ask(Model):
    """What only a conversation tells: `k` of `n` members speak of what the question is about, `rest_k` of `rest_n`
    others do."""

    kind: Literal["ask"] = "ask"
    question: str
    k: int
    n: int
    rest_k: int
    rest_n: int


class Bar(Model):
    """From which confidence on a contact is assigned; None: nobody is.

    It is at least one half, and was fixed on the study's own participants, each scored by rules learnt without them
    (`tried`): the lowest at which those it lets through are surely (95 %) told better than by naming the largest
    segment each time (`majority`); five of them at the least. It counts only where the same is true of people who were
    left out when it was fixed: `passed` of them were assigned, `right` of those rightly.
    """

    confidence: float | None
    tried: int
    passed: int
    right: int
    majority: float


class SegmentRules(Model):
    """The rules of one segment. `prior` is the logarithm of its odds before anything is known of a contact."""

    segment_id: str
    persona_id: str | None
    name: str
    level: Literal["macro", "micro"]
    parent_id: str | None
    members: int
    others: int
    prior: float
    conditions: list[Condition]
    ask: list[Ask]
    caution: str = ""


class Level(Model):
    """Segments that are told from each other: all macro segments, or the micro segments of one of them."""

    parent_id: str | None
    bar: Bar
    segments: list[SegmentRules]


class Suppression(Model):
    """Pause outreach where `k` of the `tests` hold: a negative persona's rule. `review_due` is an ISO date or None."""

    persona_id: str
    name: str
    k: int
    tests: list[Test]
    review_due: str | None


class RuleBook(Model):
    """The shape of `segment-rules.json`. `left_out` are fields that no rule may rest on, and why."""

    schema_version: Literal[1] = 1
    study_id: str
    study: str
    source: str
    levels: list[Level]
    suppression: list[Suppression]
    left_out: dict[str, str]

    @property
    def fields(self) -> set[str]:
        """All fields that some rule tests."""
        tests = [test for level in self.levels for one in level.segments for test in one.conditions]
        return {one.field for one in tests} | {one.field for rule in self.suppression for one in rule.tests}


class Placed(Model):
    """The answer of one level: a segment, or none; `why` in words either way."""

    segment_id: str | None = None
    persona_id: str | None = None
    name: str = ""
    confidence: float = 0.0
    why: list[str] = []


class Assignment(Model):
    """What the rules say of one row. `keys` are cells by which a CRM knows the row again; nothing else of it is kept.

    `missing` are fields that would say more, `ask` the question to put instead; `suppressed` says which negative
    persona's rule holds, and is empty where none does.
    """

    line: int
    keys: dict[str, str] = {}
    macro: Placed
    micro: Placed
    missing: list[str] = []
    ask: str = ""
    suppressed: str = ""

    @property
    def assigned(self) -> bool:
        return self.macro.segment_id is not None and not self.suppressed
