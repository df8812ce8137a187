"""A brief as Markdown, whole or one part of it: to be pasted where writers write."""

from app.briefs.document import Document, Item, Part, Said
from app.playbook.inert import plain


def to_markdown(document: Document) -> str:
    """The whole document."""
    facts = "\n".join(f"- **{term}:** {plain(text)}" for term, text in document.facts)
    flags = "\n".join(f"> {plain(text)}" for text in [*([f"Stale: {document.stale}"] if document.stale else []),
                                                     *document.flags])  # fmt: skip
    parts = [part_markdown(part) for part in document.parts]
    blocks = [
        f"# {plain(document.title)}",
        plain(document.kicker),
        facts,
        flags,
        *parts,
        f"---\n\n{plain(document.foot)}",
    ]
    return "\n\n".join(block for block in blocks if block) + "\n"


def part_markdown(part: Part) -> str:
    """One part under its heading."""
    note = [f"*{plain(part.note)}*"] if part.note else []
    return "\n\n".join([f"## {plain(part.title)}", *note, "\n".join(_item(item, part.kind) for item in part.items)])


def _item(item: Item, kind: str) -> str:
    if kind == "quotes":
        return "\n".join(_quote(one, "") for one in item.quotes)
    label = f"**{plain(item.label)}:** " if item.label else ""
    marks = f" [{', '.join(item.refs)}]" if item.refs else ""
    counted = f" ({item.k} of {item.n}{', inferred' if item.inferred else ''})" if item.n else ""
    lead = f"{item.ref}. " if item.ref else "- "
    if item.ref:
        marks = ""
    rest = [_quote(one, "   ") for one in item.quotes]
    rest += [f"   - {plain(text)}" for text in (item.withheld, item.note) if text]
    rest += [f"   - {_item(one, 'list').removeprefix('- ')}" for one in item.under]
    rest += [f"   - {plain(item.ask)}"] if item.ask else []
    return "\n".join([f"{lead}{label}{plain(item.text)}{marks}{counted}", *rest])


def _quote(one: Said, indent: str) -> str:
    where = f", {one.where}" if one.where else ""
    names = f" (names {plain(one.names)}: look before you publish)" if one.names else ""
    return f"{indent}> {plain(one.text)}\n{indent}> — {plain(one.person)}{where}{names}\n"
