"""The playbook: core personas and their micro differences, as one page for reading, forwarding and print.

render       the door: `render_playbook(cast, sources, evidence=…) -> str`
page         the whole page as one typed view
personas     core and micro personas; `order` what is shown in which order, `claims` one claim, `compare` the table
advice       the strategy, with the words each judgement rests on
audience     for whom a playbook is made (`data/audiences.yaml`); `addressing` makes a view theirs
blocks, outline  the view from top to bottom; `markdown` and `office` (Word) set it
quotes       the quote desk: every quote is checked against its source before it is shown
transcripts  the appendix; `marks` cuts overlapping quotes into stretches
buying_centres  who decides together at an account
tree, heat   the two pictures
view, figures  the template context, declared;  `words` small strings and figures

Templates and style sheet are in `app/templates/playbook`.
"""

from app.playbook.render import render_playbook

__all__ = ["render_playbook"]
