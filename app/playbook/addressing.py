"""Addressing: a playbook as one audience gets it.

What is not for them is emptied, so that every renderer skips it; claims keep their numbers; nothing leads to a place
that is not there. Where only cleared words may be in it, this holds also for a view that was made with everybody's.
"""

import re
from collections.abc import Iterable
from dataclasses import fields, replace
from typing import Any

from app.playbook.advice_view import SignalView
from app.playbook.appendix_view import BriefLineView, CitedView
from app.playbook.audience import WHOLE, Audience
from app.playbook.buying_centres import CentreView, ConflictView, SaidView, SeatView
from app.playbook.claims import more
from app.playbook.figures import HeatView, PersonView
from app.playbook.near import ELSEWHERE, REPHRASE
from app.playbook.order import STAKES
from app.playbook.page import CITED
from app.playbook.rebuilding import parts_of, rebuilt
from app.playbook.view import BesideView, CellView, ClaimView, MacroView, MicroView, PlaybookView, QuoteView
from app.playbook.words import WITHHELD, count, listed

KINDS = {"customers": "customer", "candidates": "candidate", "negatives": "negative"}
UNTOLD = "what is known of them"
# `P05 (Head of IT)`: whom a sentence of ours is about, and what they do.
ROLE_BEHIND = re.compile(r"(\S+) \([^()]*\)")
# A role that fewer people have may tell who somebody is.
MANY = 2


def for_audience(view: PlaybookView, audience: Audience) -> PlaybookView:
    """The playbook for these readers. It changes nothing of `view`."""
    found = _sections(view, audience)
    found = rebuilt(found, lambda thing: _fields(thing, audience))
    if audience.cleared:
        spoke = frozenset(one.person for one in view.cited if one.marketing)
        found = rebuilt(found, lambda thing: _cleared(thing, spoke))
        found = replace(found, method=replace(found.method, roles=_roles(found.method.roles)))
    return _linked(_cited(found))


def _sections(view: PlaybookView, audience: Audience) -> PlaybookView:
    told = audience.sections
    kinds = {kind for section, kind in KINDS.items() if section in told}
    whole = audience.id == WHOLE
    return replace(
        view,
        sections=tuple(told),
        audience="" if whole else audience.title,
        use=audience.use,
        advice=view.advice if "advice" in told else None,
        macros=view.macros if "cores" in told else [],
        beside=[one for one in view.beside if one.level in kinds],
        refused=view.refused if "refused" in told else [],
        centres=view.centres if "centres" in told else [],
        briefs=view.briefs if "briefs" in told else [],
        heat=view.heat if "themes" in told else HeatView([], [], 0, long_ids=False),
        transcripts=view.transcripts if "transcripts" in told else [],
    )


def _fields(thing: Any, audience: Audience) -> Any:
    """A persona's fields, gaps and rows of comparison: theirs first, without what is left out."""
    if isinstance(thing, MacroView):
        stakes = [] if STAKES.id in audience.without else thing.stakes
        rows = replace(thing.compare, rows=_ordered(thing.compare.rows, audience))
        return replace(thing, fields=_ordered(thing.fields, audience), gaps=_ordered(thing.gaps, audience),
                       stakes=stakes, compare=rows)  # fmt: skip
    if isinstance(thing, MicroView):
        return replace(thing, further=_ordered(thing.further, audience), gaps=_ordered(thing.gaps, audience))
    if isinstance(thing, BesideView):
        return replace(thing, fields=_ordered(thing.fields, audience), gaps=_ordered(thing.gaps, audience))
    return thing


def _ordered(rows: list[Any], audience: Audience) -> list[Any]:
    """Rows that have a `field`, by the audience's order; those it does not name stay as they stand, after them."""
    kept = [row for row in rows if row.field not in audience.without]
    places = {field: place for place, field in enumerate(audience.first)}
    return sorted(kept, key=lambda row: places.get(row.field, len(places)))


def _cleared(thing: Any, spoke: frozenset[str]) -> Any:
    """Without what people said who did not consent, and without what could tell who they are: files, notes."""
    if isinstance(thing, list) and thing and isinstance(thing[0], QuoteView):
        return _gathered(thing)
    if isinstance(thing, ClaimView):
        return replace(thing, more=_more(thing.quotes[1:]), note=REPHRASE if thing.near else "")
    if isinstance(thing, BriefLineView) and thing.near:
        return replace(thing, message=ELSEWHERE)
    if isinstance(thing, SignalView):
        # What to listen for is a theme's label, which is cut from somebody's words.
        return replace(thing, listen_for="")
    if isinstance(thing, CellView) and thing.person not in spoke:
        return replace(thing, said="", person="")
    if isinstance(thing, BesideView):
        return replace(thing, notes=[])
    if isinstance(thing, CitedView):
        return replace(thing, source="")
    return _unnamed(thing, spoke)


def _unnamed(thing: Any, spoke: frozenset[str]) -> Any:
    """Without what could tell who somebody is whose words are withheld."""
    if isinstance(thing, PersonView) and not thing.marketing:
        return replace(thing, description="")
    if isinstance(thing, SeatView) and not thing.person.marketing:
        return replace(thing, why=UNTOLD, said=_seat(thing))
    if isinstance(thing, SaidView):
        return replace(thing, note=REPHRASE if thing.near else "")
    if isinstance(thing, ConflictView):
        return replace(thing, issue=_roleless(thing.issue, spoke))
    if isinstance(thing, CentreView):
        return replace(thing, plan=[told for step in thing.plan if (told := _step(step, spoke)).text])
    return thing


def _step(step: SaidView, spoke: frozenset[str]) -> SaidView:
    """A step of the plan; where it rests on withheld words alone, what is to be done without what was said: up to the
    colon, empty where nothing stands before it."""
    text = _roleless(step.text, spoke)
    if all(one.withheld for one in step.quotes):
        kept = text.partition(":")[0].strip()
        return replace(step, text=kept if not kept or kept.endswith(".") else f"{kept}.", note="")
    return replace(step, text=text)


def _roleless(text: str, spoke: frozenset[str]) -> str:
    return ROLE_BEHIND.sub(lambda found: _role(found, spoke), text)


def _seat(seat: SeatView) -> list[SaidView]:
    """What somebody said in their part, as one line of what it was about: their words are withheld."""
    about = listed(list(dict.fromkeys(one.text for one in seat.said)), most=9)
    return (
        [SaidView(about, [QuoteView(WITHHELD, seat.person.id, "", "", marketing=False, withheld=True)])]
        if about
        else []
    )


def _role(found: re.Match[str], spoke: frozenset[str]) -> str:
    return found[0] if found[1] in spoke else found[1]


def _gathered(quotes: list[QuoteView]) -> list[QuoteView]:
    """What may be shown, and one line for all that may not: how many, and whose."""
    shown = [one for one in quotes if one.marketing and not one.withheld]
    shut = [one for one in quotes if one not in shown]
    if not shut:
        return shown
    whose = f"{count(len(shut), 'quote')} of {listed(list(dict.fromkeys(one.person for one in shut)))}"
    return [*shown, QuoteView(WITHHELD, whose, "", "", marketing=False, withheld=True)]


def _roles(roles: list[tuple[str, int]]) -> list[tuple[str, int]]:
    rare = [role for role, n in roles if n < MANY]
    kept = [(role, n) for role, n in roles if n >= MANY]
    return [*kept, ("Roles of one person each", len(rare))] if rare else kept


def _more(quotes: list[QuoteView]) -> str:
    """The label of the fold, which tells that words are withheld in it."""
    told = more([one for one in quotes if not one.withheld])
    shut = "words withheld" if told else "Words withheld"
    return "; ".join(one for one in (told, shut if quotes and quotes[-1].withheld else "") if one)


def _cited(view: PlaybookView) -> PlaybookView:
    """The appendix with what is still quoted, numbered from 1 again; the strip of figures says how much that is."""
    led_to = {one.href for one in parts_of(replace(view, cited=[])) if isinstance(one, QuoteView)}
    kept = [one for one in view.cited if f"#{one.anchor}" in led_to]
    cited = [replace(one, number=number) for number, one in enumerate(kept, 1)]
    if "appendix" not in view.sections:
        cited = []
    stats = [replace(one, figure=str(len(kept))) if one.label == CITED else one for one in view.stats]
    return replace(view, cited=cited, stats=stats)


def _linked(view: PlaybookView) -> PlaybookView:
    """Without links to places that are not there."""
    there = {f"#{name}" for name in _anchors(view)}
    found: PlaybookView = rebuilt(view, lambda thing: _without_dangling(thing, there))
    return found


def _anchors(view: PlaybookView) -> Iterable[str]:
    fixed = {"overview": ["overview", "coverage", "uncovered"], "advice": ["advice"] if view.advice else []}
    for section in view.sections:
        yield from fixed.get(section, [])
    for one in parts_of(view):
        yield from [getattr(one, "anchor", ""), *getattr(one, "anchors", ())]


def _without_dangling(thing: Any, there: set[str]) -> Any:
    """Fields that hold an address are emptied; of lists of them, what leads nowhere is left out."""
    if isinstance(thing, list):
        return thing
    changes: dict[str, Any] = {}
    for one in fields(thing):
        value = getattr(thing, one.name)
        if one.name.endswith("href") and value not in there:
            changes[one.name] = ""
        elif one.name == "uses":
            changes[one.name] = [use for use in value if use[1] in there]
        elif one.name == "linked" and value and value[1] not in there:
            changes[one.name] = (value[0], "")
    return replace(thing, **changes) if changes else thing
