"""Keeping: what is kept where, and how much room it takes."""

from dataclasses import dataclass
from pathlib import Path

from app.settings import Settings


@dataclass(frozen=True, slots=True)
class Kept:
    """`place` is relative to the home folder; `size` in bytes."""

    what: str
    place: str
    size: int
    until: str


def kept(settings: Settings) -> list[Kept]:
    rows = [
        ("Studies: texts, evidence, personas, people", settings.database, "until the study is deleted"),
        ("Original files", settings.files, "until they are replaced, withdrawn, or the study is deleted"),
        ("Files sent and not imported yet", settings.uploads, "until they are imported"),
        ("Vectors for search", settings.chroma, "as long as the text"),
        ("Vectors by digest of their text", settings.vectors, "as long as the text"),
        ("Answers of language models", settings.answers, "as long as the sources they were made from"),
        ("Playbooks and reports", settings.results, "until the study is deleted"),
    ]
    found = [Kept(what, path.name, _size(path), until) for what, path, until in rows]
    return [*found, _jobs(settings)]


def _jobs(settings: Settings) -> Kept:
    what, until = "Records of jobs: ids and counts only", "until the study is deleted"
    if settings.database_url:
        return Kept(what, "PostgreSQL", 0, until)
    return Kept(what, "jobs.sqlite", _size(settings.home / "jobs.sqlite"), until)


def _size(path: Path) -> int:
    """With what SQLite keeps beside a database."""
    if path.is_dir():
        return sum(one.stat().st_size for one in path.rglob("*") if one.is_file())
    return sum(one.stat().st_size for one in path.parent.glob(f"{path.name}*") if one.is_file())
