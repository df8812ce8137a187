"""Document: a brief as parts to read in order, the same for every page and file it becomes.

`Item` is one thing said: our sentence, what it cites, the words that may be published, and k of n. Files are made of
these by `markdown`, `page` and `office`; the workbench's page is made of them too.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from app.briefs.rules import load_rules
from app.models.brief import Brief, CitedClaim, CustomerWords, Line
from app.playbook.near import REPHRASE
from app.playbook.words import clock, listed, people

KINDS = {"macro": "core persona", "micro": "micro persona", "customer": "customer persona",
         "candidate": "candidate persona", "group": "buying centre"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Said:
    """A quote with who said it; `names` are to be looked at before it is published. `source_id`, `start` and `end` are
    its place."""

    text: str
    person: str
    where: str
    names: str
    source_id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Item:
    """`ref` is how a cited claim is called here (`1`); `refs` those that the sentence cites; `note` a caution; `ask`
    what is open."""

    text: str
    ref: str = ""
    refs: tuple[str, ...] = ()
    label: str = ""
    k: int = 0
    n: int = 0
    inferred: bool = False
    quotes: tuple[Said, ...] = ()
    withheld: str = ""
    note: str = ""
    ask: str = ""
    under: tuple["Item", ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """A section; `id` is the anchor, `kind` how it is set: prose, claims, quotes, list, outline, words."""

    id: str
    title: str
    kind: str
    note: str = ""
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    title: str
    kicker: str
    facts: tuple[tuple[str, str], ...]
    parts: tuple[Part, ...]
    flags: tuple[str, ...] = ()
    stale: str = ""
    foot: str = ""
    refs: dict[str, str] = field(default_factory=dict)


def document_of(brief: Brief, stale: str = "") -> Document:
    """The brief to read. Claims are numbered in the order they are cited: proof points first."""
    order = [*brief.proof_points, *(one.id for one in brief.claims if one.id not in brief.proof_points)]
    refs = {id: str(number) for number, id in enumerate(order, 1) if id in brief.cited}
    desk = _Desk(brief, refs)
    rules = load_rules()
    return Document(
        title=f"{brief.asset_type[:1].upper()}{brief.asset_type[1:]} for the {brief.audience.name}",
        kicker=_kicker(brief),
        facts=(
            ("Stage", rules.stages[brief.funnel_stage].label),
            ("Intent", rules.intents[brief.buyer_intent].label),
            ("Industry", brief.industry_variant or "all"),
            ("Format", rules.formats[brief.format].label),
            ("Length", brief.length),
            ("Measured by", brief.success_metric),
        ),
        parts=tuple(part for part in desk.parts() if part.items),
        flags=tuple(brief.flags),
        stale=stale,
        foot=_foot(brief),
        refs=refs,
    )


def _kicker(brief: Brief) -> str:
    return f"Content brief · {KINDS.get(brief.level, brief.level)} · {people(brief.audience.people)} heard"


def _foot(brief: Brief) -> str:
    made = brief.made_with
    version = f"version {brief.persona_version} of {brief.persona_id}"
    prompts = f", {', '.join(made.prompts)}" if made.prompts else ""
    return f"Brief {brief.id}, from {version}. Dramatis {made.dramatis}, engine {made.engine}{prompts}."


def said(words: CustomerWords) -> Said:
    return Said(
        text=" ".join(words.text.split()),
        person=words.participant_id,
        where=clock(words.time) if words.time is not None else "",
        names=listed(words.names),
        source_id=words.source_id,
        start=words.start,
        end=words.end,
    )


@dataclass(frozen=True)
class _Desk:
    brief: Brief
    refs: dict[str, str]

    def parts(self) -> list[Part]:
        one = self.brief
        return [
            Part("audience", "For whom", "prose", "", self._audience()),
            Part("purpose", "What it is for", "prose", one.industry_note, self._purpose()),
            Part("key-message", "Key message", "lead", "", (self.line(one.key_message),)),
            Part("proof", "Proof points", "claims", "Nothing else may be claimed of the audience.", self._proof()),
            Part("words", "In their words", "quotes", "May be published, under the id of who said it.", self._words()),
            Part("objections", "Objections to answer", "objections", "", self._objections()),
            Part("outline", "Outline", "outline", "", self._outline()),
            Part("avoid", "What puts them off", "list", "", self.lines(one.words_to_avoid)),
            Part("stakes", "Not to sell with", "list", "Everybody expects it; it wins nobody.",
                 self.lines(one.table_stakes_not_to_sell)),
            Part("regulation", "Rules and regulation", "list", "", self.lines(one.regulation_notes)),
            Part("tone", "Tone", "list", "", self.lines(one.tone)),
            Part("channel", "Channel", "list", "", self.lines(one.channel)),
            Part("keywords", "Keywords", "words", "", self._keywords()),
            Part("action", "Call to action", "list", "", self.lines(one.call_to_action)),
            Part("forward", "To forward", "list", "", self.lines(one.forwardable_summary)),
            Part("missing", "Not known yet", "asks", "", tuple(Item(m.about, ask=m.ask) for m in one.missing)),
        ]  # fmt: skip

    def line(self, line: Line, label: str = "") -> Item:
        """A sentence with what it cites; the claim's own words stand under it where the sentence is another."""
        own = [self.brief.cited[id] for id in line.claims if id in self.brief.cited]
        same = next((one for one in own if one.text == line.text), None)
        under = tuple(self.cited(one) for one in own if one is not same) if not same else ()
        return Item(
            line.text,
            refs=tuple(self.refs[one.id] for one in own),
            label=label,
            k=same.k if same else 0,
            n=same.n if same else 0,
            inferred=bool(same and same.inferred),
            under=tuple(Item(one.text, refs=one.refs, k=one.k, n=one.n) for one in under),
        )

    def lines(self, lines: Sequence[Line]) -> tuple[Item, ...]:
        return tuple(self.line(one) for one in lines)

    def cited(self, one: CitedClaim) -> Item:
        """A claim with its words, and how many people's are withheld."""
        of = f"{one.label}, of the {one.of}" if one.of else one.label
        return Item(
            one.text, ref=self.refs[one.id], refs=(self.refs[one.id],), label=of, k=one.k, n=one.n,
            inferred=one.inferred, quotes=tuple(map(said, one.words)), withheld=withheld(one),
            note=REPHRASE if one.rephrase else "",
        )  # fmt: skip

    def _audience(self) -> tuple[Item, ...]:
        who = self.brief.audience
        told = [Item(who.name, label="Persona")]
        told += [Item(", ".join(who.roles), label="Heard as")] if who.roles else []
        told += [Item(", ".join(who.industries), label="Works in")] if who.industries else []
        return (*told, *([self.line(who.job, "To get done")] if who.job else []))

    def _purpose(self) -> tuple[Item, ...]:
        one = self.brief
        asked = [self.line(one.reader_question, "The reader asks")] if one.reader_question else []
        return (self.line(one.objective, "Objective"), *asked, self.line(one.angle, "Angle"))

    def _proof(self) -> tuple[Item, ...]:
        return tuple(self.cited(self.brief.cited[id]) for id in self.brief.proof_points)

    def _words(self) -> tuple[Item, ...]:
        return tuple(
            Item("", refs=tuple(self.refs[id] for id in one.claims if id in self.refs), quotes=(said(one),))
            for one in self.brief.customer_words
        )

    def _objections(self) -> tuple[Item, ...]:
        return tuple(
            Item(told.text, refs=told.refs, k=told.k, n=told.n, note=told.note, ask=one.ask,
                 under=self.lines(one.answers))
            for one in self.brief.objections_to_answer
            for told in [self.line(one.objection)]
        )  # fmt: skip

    def _outline(self) -> tuple[Item, ...]:
        return tuple(
            Item(part.task, label=part.title, ask=part.ask,
                 under=tuple(self.line(Line(text=self.brief.cited[id].text, claims=[id])) for id in part.claims
                             if id in self.brief.cited))
            for part in self.brief.outline
        )  # fmt: skip

    def _keywords(self) -> tuple[Item, ...]:
        found = self.brief.keywords
        rows = (("Head", found.head), ("Middle", found.mid), ("Long tail", found.long_tail))
        return tuple(Item(", ".join(one.text for one in words), label=name) for name, words in rows if words)


def withheld(one: CitedClaim) -> str:
    """`2 of 3 said so; words withheld`, or how many more said it; empty where everybody's words are shown."""
    if not one.withheld:
        return ""
    if not one.words:
        return f"{one.k} of {one.n} said so; words withheld"
    return f"{one.withheld} more said so; words withheld"
