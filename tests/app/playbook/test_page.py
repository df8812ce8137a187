"""What the playbook says, in which order, and that everybody can read it."""

import re
from itertools import pairwise

import pytest
from playbook_cast import build_room, read_study
from playbook_page import Page, changed, first_claim, html, page, render, room, with_first_claim

from app.models.claim import Review, ReviewState
from app.models.persona import MicroPersona
from app.playbook import render_playbook
from app.playbook.render import TEMPLATES


def test_it_opens_with_whom_the_personas_stand_for() -> None:
    assert page().id("h-overview").text.replace("\xa0", " ") == "The 2 core personas stand for 9 of 10 people (90 %)."
    assert "P18" in page().id("uncovered").text and "Works offline at sea" in page().id("uncovered").text


def test_one_core_persona_is_spoken_of_in_the_singular() -> None:
    first = room().cast.macros[0]
    few = [first, *room().cast.micros_of(first)]
    found = Page(render(changed(personas=few)))
    assert found.id("h-overview").text.startswith("The core persona stands for 6 of")
    assert "Their segment has no persona." in found.id("uncovered").text


def test_without_any_persona_the_page_still_says_what_was_heard() -> None:
    found = Page(render(changed(personas=[])))
    assert "No persona could be drafted" in found.id("h-overview").text
    assert not found.all("mark") and found.id("themes")


def test_every_claim_says_k_of_n_and_every_gap_what_to_ask() -> None:
    for macro in room().cast.macros:
        told = page().id("p-" + ("m1" if macro is room().cast.macros[0] else "m2")).text
        for claim in macro.claims():
            if claim.gap:
                assert claim.gap.ask_next in told
                assert f"No evidence yet: {claim.gap.found} of {claim.gap.needed} needed" in told
            else:
                assert claim.text in told and f"{claim.support.k} of {claim.support.n}" in told


def test_dissent_is_told_with_the_claim() -> None:
    told = [node.text for node in page().all("div", "against")]
    assert told and all("P01 also speaks against it" in text and "dullest product" in text for text in told)


def test_differences_come_with_lift_and_luck() -> None:
    micros = [p for p in room().cast.personas if isinstance(p, MicroPersona)]
    shown = page().all("li", "diff")
    assert len(shown) == sum(len(micro.differs_from_core) for micro in micros)
    assert all("1 in 84" in node.text and "× " in node.text for node in shown)


def test_micro_personas_stand_beside_their_core() -> None:
    for macro, table in zip(room().cast.macros, page().all("table", "side"), strict=True):
        heads = [th.text for th in page().all("th") if th.attrs.get("scope") == "col" and th.under(table)]
        names = [macro.name, *(micro.name for micro in room().cast.micros_of(macro))]
        assert len(heads) == 1 + len(names)  # the first heads the column of fields
        assert all(name in head for name, head in zip(names, heads[1:], strict=True))
    assert page().all("td", "is-same") and page().all("td", "is-claim") and page().all("td", "is-gap")


def test_a_difference_is_shown_beside_a_core_that_says_it_too() -> None:
    """Said more by these people than by the rest, and yet by enough of the core: still their own claim."""
    macro = room().cast.macros[0]
    micro = room().cast.micros_of(macro)[0]
    claim = micro.differs_from_core[0].claim
    core = macro.model_copy(update={claim.field: [claim.model_copy(update={"id": "cl_core"})]})
    personas = [core if p is macro else p for p in room().cast.personas]
    found = Page(render(changed(personas=personas)))
    cells = [td for td in found.all("td", "is-claim") if claim.text in td.text]
    assert [td.text[0] for td in cells] == ["M", "A"]


def test_a_rejected_claim_is_gone_and_an_accepted_one_says_so() -> None:
    text = first_claim().text
    rejected = with_first_claim(review=Review(state=ReviewState.REJECTED))
    accepted = with_first_claim(review=Review(state=ReviewState.ACCEPTED, by="the team"))
    assert text in page().id("c-m1-1").text and text not in Page(render(rejected)).id("c-m1-1").text
    assert "accepted by the team" in Page(render(accepted)).id("c-m1-1").text


def test_refused_segments_are_listed_with_the_reason() -> None:
    for item in room().cast.refused:
        assert item.reason in page().id("refused").text and item.ask_next in page().id("refused").text


def test_the_heat_table_shows_shared_themes_only() -> None:
    told = page().id("themes").text
    for theme in room().cast.themes:
        assert (theme.label in told) == (theme.k >= 2)


def test_the_heat_table_stops_at_a_readable_length() -> None:
    theme = next(theme for theme in room().cast.themes if theme.k >= 2)
    many = [theme.model_copy(update={"id": f"t{n}", "label": f"theme number {n}"}) for n in range(40)]
    found = Page(render(changed(themes=many)))
    assert found.id("themes").text.count("theme number") == 30
    assert "Left out: 10 themes" in found.id("themes").text.replace("\xa0", " ")


def test_the_picture_names_every_persona_and_whom_it_leaves_out() -> None:
    [svg] = page().all("svg", "tree")
    labels = " ".join(a.attrs["aria-label"] for a in page().all("a") if a.under(svg))
    assert all(persona.name in labels for persona in room().cast.personas)
    assert "In no core persona: P18" in labels and "In the core only: P13" in labels


def test_the_licence_line_of_the_study_is_kept() -> None:
    assert room().cast.study.note in page().id("method").text


def test_the_same_cast_gives_the_same_page() -> None:
    again = build_room(read_study())
    assert render_playbook(again.cast, again.sources, evidence=again.evidence) == html()


def test_headings_go_down_one_step_at_a_time() -> None:
    levels = [int(node.tag[1]) for node in page().nodes if re.fullmatch(r"h[1-6]", node.tag)]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))


def test_landmarks_skip_link_and_scrolling_regions_can_be_reached() -> None:
    assert page().all("main") and all(nav.attrs["aria-label"] for nav in page().all("nav"))
    assert page().all("a")[0].attrs == {"class": "skip", "href": "#main"}
    scrolling = [node for node in page().nodes if "scroll" in node.attrs.get("class", "").split()]
    assert scrolling and all(n.attrs["tabindex"] == "0" and n.attrs["role"] == "region" for n in scrolling)


def luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    digits = "".join(d * 2 for d in digits) if len(digits) == 3 else digits
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_text_colours_reach_the_contrast_of_wcag_aa(theme: int) -> None:
    css = (TEMPLATES / "playbook.css").read_text(encoding="utf-8")
    tokens = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6})\b", css.split(":root {")[theme + 1].split("}")[0]))
    for text in ["ink", "ink-2", "ink-3", "accent", *(f"k{n}" for n in range(9))]:
        for ground in ["bg", "surface"]:
            light, dark = sorted((luminance(tokens[text]), luminance(tokens[ground])), reverse=True)
            assert (light + 0.05) / (dark + 0.05) >= 4.5, (text, ground)
