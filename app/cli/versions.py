"""How a persona's versions and their differences look in the terminal."""

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from rich.table import Table

from app.cli.output import add_row, print_json, printable, say, show_table
from app.cli.tables import quoted
from app.errors import NotFound
from app.models.persona import Persona
from app.models.version import Delta

if TYPE_CHECKING:
    from app.workbench import Workbench


def tell_versions(bench: "Workbench", study: str, persona: str, *, json: bool) -> None:
    """Each version with what it changed from the one before."""
    from app.synthesis.versions import delta

    kept = _versions(bench, study, persona)
    deltas = [None, *(delta(one, other) for one, other in pairwise(kept))]
    if json:
        return print_json([_as_dict(one, change) for one, change in zip(kept, deltas, strict=True)])
    table = Table("Version", "People", "Claims", "What changed", title=printable(kept[-1].name))
    for one, change in zip(kept, deltas, strict=True):
        words = _summary(change) if change else "first draft"
        add_row(table, str(one.version), str(one.sample.n), str(len(one.grounded_claims())), words)
    return show_table(table)


def tell_diff(bench: "Workbench", study: str, persona: str, since: int | None, *, json: bool) -> None:
    """What the latest version says that an earlier one (default: the one before) did not."""
    from app.synthesis.versions import delta

    kept = _versions(bench, study, persona)
    if since is None and len(kept) < 2:
        return say(f"{kept[-1].name} has one version, {kept[-1].version}. Nothing to compare.")
    chosen = kept[-2].version if since is None else since
    before = next((one for one in kept if one.version == chosen), None)
    if before is None:
        raise NotFound("version", str(since), f"Versions are {', '.join(str(one.version) for one in kept)}")
    change = delta(before, kept[-1])
    if json:
        return print_json(change)
    return show_table(_table(change, kept[-1].name))


def _versions(bench: "Workbench", study: str, persona: str) -> list[Persona]:
    """By id, or by a part of the name of a persona as it stands."""
    from app.synthesis.casting import cast_of, find_persona
    from app.synthesis.material import load_material
    from app.synthesis.versions import versions_of

    cast = cast_of(bench, load_material(bench, study))
    try:
        return versions_of(bench, study, find_persona(cast, persona).id)
    except NotFound:
        if persona.startswith("pe_"):
            return versions_of(bench, study, persona)  # one that is no longer among the personas
        raise


def _summary(change: Delta) -> str:
    counts: dict[str, Sequence[object]] = {
        "claims added": change.added, "claims removed": change.removed, "claims changed": change.changed,
        "quotes gained": change.gained, "quotes lost": change.lost,
    }  # fmt: skip
    told = [f"{words}: {len(found)}" for words, found in counts.items() if found]
    return "; ".join(told) or "name, summary or sample"


def _as_dict(one: Persona, change: Delta | None) -> dict[str, object]:
    return {"version": one.version, "persona": one.id, "changes": change.model_dump(mode="json") if change else None}


def _table(change: Delta, name: str) -> Table:
    title = printable(f"{name}: version {change.before} to {change.after}")
    table = Table("", "Field", "Words", "k of n", title=title, caption=_summary(change))
    for sign, claims in (("+ claim", change.added), ("- claim", change.removed)):
        for claim in claims:
            add_row(table, sign, claim.field, claim.text, f"{claim.support.k} of {claim.support.n}")
    for pair in change.changed:
        before, after = pair.before, pair.after
        words = after.text if before.text == after.text else f"{before.text} → {after.text}"
        support = f"{before.support.k} of {before.support.n} → {after.support.k} of {after.support.n}"
        add_row(table, "~ claim", after.field, words, support)
    for sign, citations in (("+ quote", change.gained), ("- quote", change.lost)):
        for citation in citations:
            add_row(table, sign, "", quoted(citation), "")
    return table
