"""`PromptLibrary`: the prompts of a folder, rendered for a model.

`render(name, context)` gives the newest version of a prompt with its id, which runs and personas record. Inputs are
checked both ways: one that is missing and one that the prompt does not know are errors.
"""

from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import BaseModel

from prompts.errors import PromptError
from prompts.file import FILE_NAME, PromptFile

FOLDER = Path(__file__).resolve().parent


class Rendered(NamedTuple):
    """A prompt ready to be sent. `id` is name@version#digest of the file it was made from."""

    id: str
    system: str
    user: str


class PromptLibrary:
    """Every `NAME.vN.md.j2` of `folder`. A file is read when it is first asked for, and once."""

    def __init__(self, folder: Path = FOLDER):
        self._paths: dict[str, dict[int, Path]] = defaultdict(dict)
        for path in sorted(folder.glob("*.md.j2")):
            named = FILE_NAME.fullmatch(path.name)
            if not named:
                raise PromptError(f"The prompt {path.name} needs another name: NAME.vN.md.j2.")
            self._paths[named["name"]][int(named["version"])] = path
        self._files: dict[str, PromptFile] = {}

    @property
    def names(self) -> list[str]:
        return sorted(self._paths)

    def ids(self) -> list[str]:
        """The id of the newest version of each prompt."""
        return [self.file(name).id for name in self.names]

    def file(self, name: str) -> PromptFile:
        """The newest version of the prompt `name`."""
        if name not in self._paths:
            raise PromptError(f"There is no prompt “{name}”. There are: {', '.join(self.names) or 'none'}.")
        if name not in self._files:
            versions = self._paths[name]
            self._files[name] = PromptFile(versions[max(versions)])
        return self._files[name]

    def render(self, name: str, context: Mapping[str, Any] | BaseModel) -> Rendered:
        """The prompt `name` for `context`, whose fields are the prompt's inputs, no more and no fewer."""
        file, values = self.file(name), _values(context)
        if missing := file.inputs - set(values):
            raise PromptError(f"The prompt {file.id} needs {', '.join(sorted(missing))} as well.")
        if unknown := set(values) - file.inputs:
            raise PromptError(f"The prompt {file.id} knows no {', '.join(sorted(unknown))}; leave it out.")
        return Rendered(file.id, file.block("system", values), file.block("user", values))


def _values(context: Mapping[str, Any] | BaseModel) -> dict[str, Any]:
    """The fields of a model as they are, because templates read attributes."""
    return dict(context)
