"""The playbook as Markdown: claims with numbered quotes, and the evidence they lead to at its end."""

from app.playbook.blocks import Block, Entry, Grid, Heading, Line, Said, Statement
from app.playbook.inert import plain
from app.playbook.outline import outline
from app.playbook.view import PlaybookView

BULLETS = {"bullet": "- ", "step": "1. "}


def to_markdown(view: PlaybookView) -> str:
    """The whole document; equal views give equal text."""
    audience = f" for {view.audience}" if view.audience else ""
    product = f" · {view.product}" if view.product else ""
    head = [f"# {plain(view.title)}", plain(f"Persona playbook{audience}{product}"),
            plain(view.question), f"**How to use it:** {plain(view.use)}" if view.use else ""]  # fmt: skip
    foot = f"---\n\n{plain(view.provenance)}. No claim without a quote; no quote without its place."
    return "\n\n".join(one for one in [*head, _joined(outline(view)), foot] if one) + "\n"


def _joined(blocks: list[Block]) -> str:
    """Bullets and steps stand line by line, everything else with an empty line between."""
    text, before = "", ""
    for block in blocks:
        kind = block.kind if isinstance(block, Line) else ""
        gap = "\n" if kind in BULLETS and kind == before else "\n\n"
        text += (gap if text else "") + _block(block)
        before = kind
    return text


def _block(block: Block) -> str:
    match block:
        case Heading():
            place = f'<a id="{block.anchor}"></a>\n\n' if block.anchor else ""
            return f"{place}{'#' * (block.level + 1)} {plain(block.text)}"
        case Line():
            return _line(block)
        case Said():
            return _said(block)
        case Statement():
            return _statement(block)
        case Grid():
            return _grid(block)
        case Entry():
            return _entry(block)


def _line(line: Line) -> str:
    label = f"**{plain(line.label)}:** " if line.label else ""
    text = plain(line.text)
    return f"{BULLETS.get(line.kind, '')}{label}" + (f"*{text}*" if line.kind == "soft" and text else text)


def _statement(one: Statement) -> str:
    lead = f'<a id="{one.anchor}"></a>**{plain(one.ref)}** {plain(one.text)}'
    facts = f"*{plain('; '.join(one.facts))}*" + (f"  \n*{plain(one.note)}*" if one.note else "")
    agree = [_said(said) for said in one.said if not said.against]
    against = [_said(said) for said in one.said if said.against]
    dissent = [f"**{plain(one.against)}:**", *against] if against else []
    return "\n\n".join([f"{lead}  \n{facts}", *agree, *dissent])


def _said(said: Said) -> str:
    number = f" [\\[{said.number}\\]](#e-{said.number})" if said.number else ""
    return f"> {plain(said.text)}  \n> — {plain(said.by)}{number}"


def _entry(one: Entry) -> str:
    uses = ", ".join(f"[{plain(ref)}](#{anchor})" for ref, anchor in one.uses)
    claims = f" → {uses}" if uses else ""
    return f'<a id="e-{one.number}"></a>**\\[{one.number}\\]** {plain(one.text)}  \n— {plain(one.by)}{claims}'


def _grid(grid: Grid) -> str:
    rows = [grid.head, ["---"] * len(grid.head), *grid.rows]
    cells = [[cell if at == 1 else plain(cell) for cell in row] for at, row in enumerate(rows)]
    return "\n".join(f"| {' | '.join(row)} |" for row in cells)
