"""Codebooks: the common one, and what a study makes of it.

A study may extend the common codebook or replace it, by a file in the same format. The result is kept with the
study and used wherever the study is read. The local engine knows the codes it was trained on; codes of a
study's own are given by people.
"""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from app.errors import BadInput
from app.models.codebook import Code, Codebook, Fault, faults
from app.models.field import FieldSpec
from app.workbench import Workbench


def import_codebook(bench: Workbench, study_id: str, path: Path, *, replace: bool = False) -> Codebook:
    """Let the study's codebook be extended, or replaced, by the file; returns what it is now.

    A code of the file takes the place of one with its id. Raises NotFound for an unknown study, BadInput where
    the file is wrong (with its line) or a code would go that people have given.
    """
    bench, common = bench.for_study(study_id), bench.codebook
    return adopt_codes(bench, study_id, read_codebook(path, bench.fields, common), str(path), replace=replace)


def adopt_codes(
    bench: Workbench, study_id: str, read: Sequence[Code], where: str, *, replace: bool = False
) -> Codebook:
    """Let the study's codebook be extended, or replaced, by the codes; returns what it is now.

    Raises NotFound for an unknown study, BadInput where a code would go that people have given.
    """
    bench = bench.for_study(study_id)
    codes = list(read) if replace else _extended(bench.codebook.codes, read, where)
    if codes == bench.codebook.codes:
        return bench.codebook
    new = Codebook(version=bench.codebook.version + 1, codes=codes)
    with bench.store.transaction() as tx:
        used = Counter(one.code for one in tx.codings.all(study_id))
        if gone := sorted(used.keys() - set(new.ids)):
            counted = ", ".join(f"{code} ({used[code]}×)" for code in gone)
            raise BadInput(f"{where}: people have used codes that are not in it: {counted}. Keep them in the file.")
        tx.codebooks.save(study_id, new)
    return new


def export_codebook(codebook: Codebook, path: Path) -> None:
    """Write the codebook as YAML that `import_codebook` reads; BadInput where the file cannot be written."""
    try:
        path.write_text(as_yaml(codebook), encoding="utf-8")
    except OSError as error:
        raise BadInput(f"{path} cannot be written: {error.strerror}. Choose another file.") from error


def as_yaml(codebook: Codebook) -> str:
    codes = [code.model_dump(exclude_defaults=True) for code in codebook.codes]
    plain = {"version": codebook.version, "codes": codes}
    return yaml.safe_dump(plain, sort_keys=False, allow_unicode=True, width=110)


def read_codebook(path: Path, fields: Sequence[FieldSpec], common: Codebook) -> list[Code]:
    """The codes in the file; BadInput, with the line and what to do, where one cannot be used."""
    try:
        text = path.read_text(encoding="utf-8")
        root = yaml.compose(text, Loader=yaml.SafeLoader)
        content = yaml.safe_load(text)
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"{path} cannot be read. A codebook is a YAML file in UTF-8.") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f", line {mark.line + 1}" if mark else ""
        raise BadInput(f"{path}{where}: this is not YAML. Mend the indentation and the quotes there.") from error
    rows = content.get("codes") if isinstance(content, dict) else None
    if root is None or not isinstance(rows, list) or not rows:
        raise BadInput(f"{path}: a codebook holds a list `codes:`. See one with: dramatis codebook export FILE.")
    codes = [_code(path, root, number, row) for number, row in enumerate(rows)]
    for fault in [*faults(codes), *_unknown_feeds(codes, fields, common)]:
        raise _bad(path, root, fault)
    return codes


def _code(path: Path, root: yaml.Node, number: int, row: Any) -> Code:
    try:
        return Code.model_validate(row)
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(map(str, first["loc"]))
        problem = f"`{name}`: {first['msg'].lower()}" if name else "a code holds `id: …`, `label: …` and so on"
        raise _bad(path, root, Fault(("codes", number, *first["loc"]), problem)) from error


def _unknown_feeds(codes: Sequence[Code], fields: Sequence[FieldSpec], common: Codebook) -> list[Fault]:
    known = [*(field.id for field in fields), *(feed for code in common.codes for feed in code.feeds)]
    listed = ", ".join(dict.fromkeys(known))
    return [
        Fault(("codes", n, "feeds", i), f"“{feed}” is no field that “{code.id}” can feed; fields are {listed}")
        for n, code in enumerate(codes)
        for i, feed in enumerate(code.feeds)
        if feed not in known
    ]


def _bad(path: Path, root: yaml.Node, fault: Fault) -> BadInput:
    return BadInput(f"{path}, line {_line(root, fault.place)}: {fault.problem}.")


def _line(node: yaml.Node, place: Sequence[str | int]) -> int:
    """The line on which the place begins; of a part that is missing, where it would be."""
    for step in place:
        inside = _inside(node, step)
        if inside is None:
            break
        node = inside
    return int(node.start_mark.line) + 1


def _inside(node: yaml.Node, step: str | int) -> yaml.Node | None:
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        found: yaml.Node = node.value[step]
        return found
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == step), None)
    return None


def _extended(known: Sequence[Code], new: Sequence[Code], where: str) -> list[Code]:
    """The known codes with the new ones in their place or after them."""
    by_id = {code.id: code for code in new}
    codes = [by_id.pop(code.id, code) for code in known] + list(by_id.values())
    for fault in faults(codes):
        raise BadInput(f"{where}: together with the study's codebook, {fault.problem}.")
    return codes
