"""Codebooks as files: YAML, or `.qdc` for other tools, told apart by the ending."""

from pathlib import Path

from app.errors import BadInput
from app.models.codebook import Codebook
from app.refi.codebook_in import read_qdc
from app.refi.codebook_out import codebook_qdc
from app.refi.taking import fed_fields
from app.synthesis.codebooks import adopt_codes, export_codebook, import_codebook
from app.workbench import Workbench

QDC = ".qdc"


def write_codebook(codebook: Codebook, path: Path) -> None:
    """Write the codebook as its file's ending says; BadInput where the file cannot be written."""
    if path.suffix.lower() != QDC:
        return export_codebook(codebook, path)
    try:
        path.write_bytes(codebook_qdc(codebook))
    except OSError as error:
        raise BadInput(f"{path} cannot be written: {error.strerror}. Choose another file.") from error
    return None


def take_codebook(bench: Workbench, study_id: str, path: Path, *, replace: bool = False) -> tuple[Codebook, list[str]]:
    """Let the study's codebook be extended, or replaced, by the file; (what it is now, what could not be taken).

    A code of the file takes the place of one with its id. Raises NotFound for an unknown study, UnreadableSource or
    BadInput where the file is wrong (with its line) or a code would go that people have given.
    """
    if path.suffix.lower() != QDC:
        return import_codebook(bench, study_id, path, replace=replace), []
    own = bench.for_study(study_id)
    read = read_qdc(path, own.codebook, fed_fields(own))
    return adopt_codes(bench, study_id, read.codes, path.name, replace=replace), read.remarks
