"""Packages: ours are the same twice; strangers' are opened with care."""

from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from foreign_project import Foreign, guid, said

from app.refi.package import Package, pack
from retrieval.errors import UnreadableSource


def zipped(path: Path, **files: bytes) -> Path:
    with ZipFile(path, "w", ZIP_DEFLATED) as packed:
        for name, content in files.items():
            packed.writestr(name, content)
    return path


def test_a_package_is_the_same_twice_and_reads_back(tmp_path: Path) -> None:
    packed = pack(b"<Project/>", b"{}", {"a.txt": "Grüße 🏭\n"})
    assert packed == pack(b"<Project/>", b"{}", {"a.txt": "Grüße 🏭\n"})
    path = tmp_path / "p.qdpx"
    path.write_bytes(packed)
    with Package(path, "p.qdpx") as package:
        assert (package.project(), package.beside()) == (b"<Project/>", b"{}")
        assert package.text("internal://a.txt").decode() == "Grüße 🏭\n"


@pytest.mark.parametrize("folder", ["Sources", "sources"], ids=["as NVivo and the standard", "as MAXQDA"])
def test_texts_are_found_in_either_folder(tmp_path: Path, folder: str) -> None:
    path = Foreign([said()], folder=folder).write(tmp_path / "p.qdpx")
    with Package(path, "p.qdpx") as package:
        assert b"scanner" in package.text(f"internal://{guid('P01').upper()}.TXT")
        assert package.beside() is None


def test_texts_of_one_name_in_two_folders_are_told_apart(tmp_path: Path) -> None:
    files = {"project.qde": b"x", "Sources/day/P01.txt": b"day", "Sources/night/P01.txt": b"night"}
    with Package(zipped(tmp_path / "p.qdpx", **files), "p.qdpx") as package:
        assert package.text("internal://night/p01.txt") == b"night"
        assert package.text("internal://Sources/day/P01.txt") == b"day"
        with pytest.raises(UnreadableSource, match="more than once"):
            package.text("internal://P01.txt")


@pytest.mark.parametrize(
    ("reference", "why"),
    [
        ("internal://missing.txt", "not in the package"),
        ("internal://../../project.qde/..", "not in the package"),
        ("absolute:///etc/passwd", "outside of the package"),
        ("relative:///a.txt", "outside of the package"),
        ("file:///etc/passwd", "outside of the package"),
        ("", "outside of the package"),
    ],
)
def test_no_text_comes_from_elsewhere(tmp_path: Path, reference: str, why: str) -> None:
    with (
        Package(Foreign([said()]).write(tmp_path / "p.qdpx"), "p.qdpx") as package,
        pytest.raises(UnreadableSource, match=why),
    ):
        package.text(reference)


def test_what_is_no_package_is_refused(tmp_path: Path) -> None:
    bomb = b"0" * 30_000_000
    cases: dict[str, tuple[dict[str, bytes], str]] = {
        "none": ({"a.txt": b"x"}, "holds no project"),
        "two": ({"a.qde": b"x", "b.qde": b"x"}, "several projects"),
        "outside": ({"project.qde": b"x", "../../evil.txt": b"x"}, "points out of the archive"),
        "bomb": ({"project.qde": bomb}, "far more"),
    }
    for name, (files, why) in cases.items():
        with (
            pytest.raises(UnreadableSource, match=why),
            Package(zipped(tmp_path / f"{name}.qdpx", **files), "p.qdpx") as package,
        ):
            package.project()
    plain = tmp_path / "plain.qdpx"
    plain.write_bytes(b"no zip at all")
    with (
        pytest.raises(UnreadableSource, match=r"not a REFI-QDA project, whatever its name says\. Export"),
        Package(plain, "p.qdpx") as package,
    ):
        package.project()
