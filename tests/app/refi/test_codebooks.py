"""Codebooks as files of either kind, and the command for them."""

from pathlib import Path

import pytest
from foreign_project import Foreign, guid, said
from typer.testing import CliRunner

from app.cli import codebook as command
from app.cli import root
from app.errors import BadInput, exit_code
from app.models.codebook import Code, Codebook
from app.refi.codebooks import take_codebook, write_codebook
from app.refi.taking import take_project
from app.workbench import Workbench
from retrieval.errors import UnreadableSource

OWN = Code(
    id="haste", label="Haste", definition="Has no time.", include="Rushing.", subcodes=["late"], examples=["Quick!"]
)
OTHER = f"""<CodeBook xmlns="urn:QDA-XML:codebook:1.0"><Codes>
<Code guid="{guid("f")}" name="Fear" isCodable="true"/></Codes></CodeBook>"""


@pytest.mark.parametrize("name", ["c.qdc", "c.QDC", "c.yaml"])
def test_a_codebook_comes_back_from_either_kind_of_file(
    bench: Workbench, study: str, tmp_path: Path, name: str
) -> None:
    book = Codebook(version=7, codes=[*bench.codebook.codes, OWN])
    write_codebook(book, tmp_path / name)
    taken, remarks = take_codebook(bench, study, tmp_path / name)
    assert (taken.codes, remarks) == (book.codes, [])
    assert bench.for_study(study).codebook.codes == book.codes


def test_codes_that_people_gave_cannot_go(bench: Workbench, study: str, tmp_path: Path) -> None:
    take_project(bench, study, Foreign([said()]).write(tmp_path / "p.qdpx"), "p.qdpx")
    (tmp_path / "c.qdc").write_text(OTHER, encoding="utf-8")
    with pytest.raises(BadInput, match=r"c\.qdc: people have used codes .*distrust"):
        take_codebook(bench, study, tmp_path / "c.qdc", replace=True)
    extended, _ = take_codebook(bench, study, tmp_path / "c.qdc")
    assert extended.ids[-2:] == ["distrust", "fear"]


def test_a_file_that_cannot_be_written_or_read_is_told(bench: Workbench, study: str, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="cannot be written"):
        write_codebook(bench.codebook, tmp_path / "none" / "c.qdc")
    (tmp_path / "c.qdc").write_text(OTHER.replace(' name="Fear"', ""), encoding="utf-8")
    with pytest.raises(UnreadableSource, match="line 2"):
        take_codebook(bench, study, tmp_path / "c.qdc")


def test_the_command_tells_the_kinds_apart(
    bench: Workbench, study: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command, "open_bench", lambda: bench)
    path = tmp_path / "c.qdc"
    assert CliRunner().invoke(root, ["codebook", "export", str(path)]).exit_code == 0
    assert path.read_bytes().startswith(b"<?xml")
    path.write_text(OTHER.replace("</Codes>", "</Codes><Sets/>"), encoding="utf-8")
    done = CliRunner().invoke(root, ["codebook", "import", study, str(path)])
    assert "15 codes" in done.output
    assert "fear" in done.output
    path.write_text("codes: []", encoding="utf-8")
    failed = CliRunner().invoke(root, ["codebook", "import", study, str(path)])
    assert isinstance(failed.exception, UnreadableSource)
    assert exit_code(failed.exception) == 6
