"""The evidence appendix: every quote that is cited, once, with the claims that cite it."""

from playbook_page import room

from app.models.field import load_fields
from app.playbook.appendix import numbers
from app.playbook.page import playbook_view
from app.playbook.view import PlaybookView


def view(withheld: frozenset[str] = frozenset()) -> PlaybookView:
    return playbook_view(room().cast, room().sources, room().evidence, load_fields(), withheld=withheld)


def test_every_quote_of_a_claim_leads_to_one_entry_that_leads_back() -> None:
    shown = view()
    by_anchor = {f"#{one.anchor}": one for one in shown.cited}
    assert len(by_anchor) == len(shown.cited) > 5
    for macro in shown.macros:
        for field in macro.fields:
            for claim in field.claims:
                for quote in claim.quotes:
                    entry = by_anchor[quote.href]
                    assert entry.text == quote.text and entry.person == quote.person
                    assert (claim.ref, f"#{claim.anchor}") in entry.uses


def test_entries_are_numbered_from_one_in_the_order_of_the_sources() -> None:
    shown = view()
    assert [one.number for one in shown.cited] == list(range(1, len(shown.cited) + 1))
    assert numbers(shown.cited)[f"#{shown.cited[0].anchor}"] == 1
    order = [one.source for one in shown.cited]
    assert order == sorted(order, key=[source.name.rsplit("/", 1)[-1] for source in room().sources].index)


def test_words_that_are_withheld_are_not_in_it() -> None:
    closed = frozenset({view().cited[0].person})
    shown = view(closed)
    assert shown.cited and closed.isdisjoint(one.person for one in shown.cited)
    assert len(shown.cited) < len(view().cited)
