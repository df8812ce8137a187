"""Which released prompts were edited. `RELEASED` lists `name@vN` and the sha256 of the file, a line each.

What a persona records must be what was sent: a released prompt that needs a change gets a new version.
"""

from pathlib import Path

from prompts.errors import PromptError
from prompts.file import PromptFile


def altered(folder: Path) -> list[str]:
    """The released prompts of `folder` that are gone or no longer what they were when released."""
    return [name for name, sha in _released(folder / "RELEASED") if _sha(folder, name) != sha]


def _released(path: Path) -> list[tuple[str, str]]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [_entry(line) for line in lines if line.strip() and not line.startswith("#")]


def _entry(line: str) -> tuple[str, str]:
    match line.split():
        case [name, sha] if "@v" in name and len(sha) == 64:
            return name, sha
    raise PromptError(f"RELEASED: “{line}” is no entry; write name@vN and the sha256 of the file.")


def _sha(folder: Path, name: str) -> str:
    path = folder / f"{name.replace('@', '.')}.md.j2"
    return PromptFile(path).sha if path.exists() else ""
